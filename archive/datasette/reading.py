"""What the pages of an article, its versions, its story and a headline show: decided here. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from archive.datasette.markup import harmless_html, paragraphs
from archive.export import web_address
from archive.held import AddressRole, StoredArticle, StoredHeadline
from archive.records import Capture, Dated
from archive.revisions import Step
from archive.storylist import Copy, Why
from archive.terminal import harmless, harmless_lines
from archive.versions import Piece, PieceKind, hunks

# A web archive that answers for any page: a link for readers, nothing is fetched from it here.
REPLAYED = "https://web.archive.org/web/{at}/{url}"
# Characters of a title that are shown.
MOST_TITLE = 300
# Words of a title that say what it is about, and their least length.
TELLING, LEAST = 6, 5

WHY: Mapping[Why, str] = {
    Why.HAND: "joined by hand",
    Why.TEXT: "the same text",
    Why.ATTRIBUTION: "one attributes its text to the other",
    Why.NEAR: "a near copy",
}
ROLES: Mapping[AddressRole, str] = {
    AddressRole.OWN: "its own",
    AddressRole.ASKED: "asked for there, and redirected",
    AddressRole.REDIRECT: "passed through",
    AddressRole.CANONICAL: "declared by the page",
    AddressRole.MEMENTO: "in a web archive",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A date as it is shown."""

    value: str
    precision: str
    raw: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A capture as it is listed."""

    at: datetime
    status: int
    media_type: str | None
    size: int
    url: str
    replayed: str | None
    """Where a web archive shows the page of about that time, if it has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article as it is read."""

    id: int
    title: str
    byline: Sequence[str]
    agency: str | None
    publisher: str | None
    section: str | None
    tags: Sequence[str]
    language: str | None
    published: Told | None
    modified: Told | None
    listed: Told | None
    """The date by a list, where the page gives none."""
    description: str | None
    body: str | None
    """HTML that cannot do anything; None where only the text is held."""
    blocks: Sequence[str]
    """The text's blocks, where there is no HTML."""
    notices: Sequence[str]
    url: str
    replayed: str | None
    picture: str | None
    references: Sequence[tuple[str, str]]
    """Address and what it is called."""
    words: int


def reading(held: StoredArticle) -> Reading:
    """Prepare an article for reading."""
    read = held.article
    listed = next((h.headline.published for h in held.headlines if h.headline.published), None)
    body = harmless_html(read.html) if read.html else None
    return Reading(
        id=held.id,
        title=short(read.title) or "(no title)",
        byline=[short(name) for name in read.byline],
        agency=read.agency,
        publisher=read.publisher or next(_publishers(held.headlines), None),
        section=read.section,
        tags=[short(tag) for tag in read.tags],
        language=read.language,
        published=_told(read.published),
        modified=_told(read.modified),
        listed=None if read.published else _told(listed),
        description=read.description,
        body=body,
        blocks=() if body else paragraphs(read.text),
        notices=list(_notices(held)),
        url=read.url,
        replayed=replayed(read.url, held.captured_at, memento=held.memento_url),
        picture=web_address(read.image_url),
        references=[(url, name) for url in read.references for name in _reference(url)],
        words=len(read.text.split()),
    )


def short(text: str | None) -> str:
    """Give a text in one line, harmless, its end cut off where it has none."""
    if text is None:
        return ""
    cut = harmless(text[: MOST_TITLE + 1])
    return f"{cut[:MOST_TITLE].rstrip()}…" if len(text) > MOST_TITLE else cut


def _publishers(lines: Iterable[StoredHeadline]) -> Iterator[str]:
    return (line.headline.publisher for line in lines if line.headline.publisher)


def _told(dated: Dated | None) -> Told | None:
    if dated is None:
        return None
    return Told(
        value=dated.isoformat(),
        precision=dated.precision.value,
        raw=dated.raw,
        where=dated.source.value,
    )


def _notices(held: StoredArticle) -> Iterator[str]:
    read = held.article
    if read.partial:
        yield "Only a part of the article could be read."
    if read.damaged:
        yield "Letters of the text were lost or garbled on the page; they are kept as they were."
    if held.memento_url:
        yield "The link is dead: this is the page as a web archive has it."
    if held.versions:
        are = "version is" if len(held.versions) == 1 else "versions are"
        yield f"The page was changed: {len(held.versions)} earlier {are} held."


def _reference(url: str) -> Iterator[str]:
    """Give what a cited work is called; nothing for what leads nowhere on the web."""
    if web_address(url) is None:
        return
    for pattern, name in (
        (r"https?://(?:dx\.)?doi\.org/(.+)", "DOI"),
        (r"https?://pubmed\.ncbi\.nlm\.nih\.gov/(\d+)/?", "PubMed"),
        (r"https?://arxiv\.org/abs/(.+)", "arXiv"),
    ):
        if found := re.fullmatch(pattern, url):
            yield f"{name} {short(found[1])}"
            return
    yield short(url)


def replayed(url: str, at: datetime, *, memento: str | None = None) -> str | None:
    """Give where a web archive shows a page of about a time; None for what is not on the web."""
    if memento is not None:
        return web_address(memento)
    address = web_address(url)
    return REPLAYED.format(at=f"{at:%Y%m%d%H%M%S}", url=address) if address else None


def captures(found: Iterable[Capture]) -> list[Kept]:
    """Give captures, the newest first."""
    kept = [
        Kept(
            at=each.captured_at,
            status=each.status,
            media_type=each.media_type,
            size=each.length,
            url=each.url,
            replayed=replayed(each.url, each.captured_at),
        )
        for each in found
    ]
    return sorted(kept, key=lambda each: each.at, reverse=True)


def why(member: Copy) -> str:
    """Say why an article belongs to its story."""
    if member.leads:
        return "leads the story"
    if member.why is None:
        return ""
    part = f", {round(member.part * 100)} % of the words" if member.part is not None else ""
    return f"{WHY[member.why]}{part}"


def timeline(members: Iterable[Copy]) -> list[Copy]:
    """Give the copies of a story in order of publication, the undated last."""
    return sorted(members, key=lambda each: (each.published is None, each.published or "", each.id))


def telling_words(title: str | None) -> list[str]:
    """Give the words of a title that may say what it is about, the longest first."""
    words = dict.fromkeys(re.findall(r"\w+", (title or "")[:MOST_TITLE].lower()))
    long = [word for word in words if len(word) >= LEAST and not word.isdecimal()]
    return sorted(long, key=len, reverse=True)[:TELLING]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What changed from one version to the next, as it is shown."""

    title: Sequence[Piece]
    rows: Sequence[Sequence[Piece]]
    """Each change with what stands around it."""
    removed: int
    added: int
    """Words."""


def changed(step: Step) -> Changed:
    """Prepare the difference of two versions."""
    return Changed(
        title=_harmless(step.title),
        rows=[_harmless(row) for row in hunks(step.text)],
        removed=_words(step.text, PieceKind.REMOVED),
        added=_words(step.text, PieceKind.ADDED),
    )


def _words(pieces: Iterable[Piece], kind: PieceKind) -> int:
    return sum(len(piece.text.split()) for piece in pieces if piece.kind is kind)


def _harmless(pieces: Iterable[Piece]) -> list[Piece]:
    return [Piece(text=_edged(piece.text), kind=piece.kind) for piece in pieces]


def _edged(text: str) -> str:
    """Give a piece's text harmless, with the blanks that separate it from the next."""
    kept = harmless_lines(text.strip())
    lead = text[: len(text) - len(text.lstrip())]
    tail = text[len(text.rstrip()) :] if text.strip() else ""
    return f"{_blank(lead)}{kept}{_blank(tail)}"


def _blank(text: str) -> str:
    """Give one break for several, or one blank."""
    return "\n" if "\n" in text else " " * bool(text)
