"""What a freshly read article means for what is held. Pure: it answers, others act.

`decide` compares with what is held under the same key and with what has the same text; the store
carries the `Intent` out. Whether two texts are near copies `nearness` says; what becomes of a story
then, who leads it and what it falls into, is answered here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.clutter import reads_the_same
from archive.fingerprint import Fingerprint, fold
from archive.records import Article, DecisionKind, PageReading, VerdictKind
from archive.urls import is_front_page, page_key, site

# The verdict, not the presence of an article, decides what is kept.
KEPT = frozenset({VerdictKind.ARTICLE, VerdictKind.LIVE_BLOG, VerdictKind.PAYWALL})

# An equal text shorter than this is as likely a site's notice ("Subscribe to read on") as an
# article: then the title has to be equal too. Some 25 English words, or 120 Chinese characters.
TELLING_LETTERS = 120

# Shorter than this part of the fullest member a text was cut; house styles and frames differ less.
CUT = 0.75
# What has no date is sorted behind what has one.
LAST = "9999-99-99"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldArticle:
    """What is held, as far as deciding needs it."""

    id: int
    story_id: int
    title: str | None
    text: str
    text_digest: str
    partial: bool
    captured_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArticle:
    """What was read just now, as far as deciding needs it."""

    title: str | None
    text: str
    fingerprint: Fingerprint
    partial: bool
    captured_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What is to be done with an article."""

    kind: DecisionKind
    reason: str
    held: HeldArticle | None = None
    """The article under the same key; its id stays."""
    duplicate_of: HeldArticle | None = None
    """An article with the same text; its story is joined."""
    refresh: bool = False
    """Fill in what was not known before."""


def is_kept(reading: PageReading) -> bool:
    """Tell whether what a page was read as is an article that an archive keeps."""
    article = reading.article
    return article is not None and reading.verdict.kind in KEPT and bool(article.text.strip())


def decide(*, held: HeldArticle | None, same_text: HeldArticle | None, new: NewArticle) -> Intent:
    """Say whether an article is new, changed, unchanged or a copy, and why."""
    if held is not None:
        return _compare(held, new)
    if same_text is not None and _is_copy(same_text, new):
        return Intent(
            kind=DecisionKind.DUPLICATE,
            reason=f"the same text as article {same_text.id}",
            duplicate_of=same_text,
        )
    return Intent(kind=DecisionKind.NEW, reason="not held before")


def _compare(held: HeldArticle, new: NewArticle) -> Intent:
    same_text = reads_the_same(held.text, new.text)
    if same_text and _same_title(held.title, new.title):
        return Intent(
            kind=DecisionKind.UNCHANGED,
            reason="text and title are as held",
            held=held,
            refresh=True,
        )
    if new.captured_at < held.captured_at:
        reason = "an older capture than the one that is held"
    elif new.partial and not held.partial:
        reason = "only a part could be read this time; the whole text is kept"
    else:
        reason = "the title changed" if same_text else "the text changed"
        return Intent(kind=DecisionKind.CHANGED, reason=reason, held=held)
    return Intent(kind=DecisionKind.UNCHANGED, reason=reason, held=held)


def _same_title(one: str | None, other: str | None) -> bool:
    return fold(one or "") == fold(other or "")


def _is_copy(held: HeldArticle, new: NewArticle) -> bool:
    """Tell whether an equal text is evidence enough."""
    return new.fingerprint.letters >= TELLING_LETTERS or _same_title(held.title, new.title)


def identity(article: Article) -> str:
    """Give the key under which an article is held.

    The page's own canonical address where it is on the same site and is not the front page (which
    careless templates declare for every page), else the address it was read from.
    """
    own = page_key(article.url) or article.url
    declared = page_key(article.canonical_url) if article.canonical_url else None
    if article.canonical_url is None or declared is None or is_front_page(article.canonical_url):
        return own
    return declared if site(article.canonical_url) == site(article.url) else own


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article of a story, as far as the choice of the leading one needs it."""

    id: int
    attributed: bool
    """It says itself that its text comes from elsewhere."""
    partial: bool
    letters: int
    """Length of its text."""
    day: str | None
    """ISO day of publication; None where it is not known."""


def elect_lead(members: Sequence[Member]) -> int:
    """Choose who leads a story: the publisher before the aggregator, the fuller before the cut.

    Among equals the one that was published first, then the one that was stored first. Raises
    ValueError when there is no member.
    """
    fullest = max(
        (member.letters for member in members if not member.attributed and not member.partial),
        default=0,
    )

    def order(member: Member) -> tuple[bool, bool, bool, str, int]:
        is_cut = member.letters < CUT * fullest
        return member.attributed, member.partial, is_cut, member.day or LAST, member.id

    return min(members, key=order).id


def components(members: Iterable[int], ties: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Give what the ties hold together, each group and all of them sorted; singles too."""
    groups = {member: [member] for member in members}
    for one, other in ties:
        if one not in groups or other not in groups or groups[one] is groups[other]:
            continue
        merged = groups[one] + groups[other]
        groups.update(dict.fromkeys(merged, merged))
    return sorted(map(list, {tuple(sorted(group)) for group in groups.values()}))
