"""What a fetched page is: an article, or which kind of wall, list or nothing; and why.

Looks at the answer (status, type, addresses), at what was read from the page, and at its visible
words where little was read. A page with its article's text in it is never called a wall: walls
are looked for only where the text is short, or ends where a paywall says that it does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree

from archive.records import Verdict, VerdictKind
from crawler.extract.fields.xpaths import number
from crawler.extract.page import Page
from crawler.extract.text.boilerplate import words
from crawler.extract.text.teasers import (
    FEWEST_ENTRIES,
    entries_of,
    headline_links,
    is_list_address,
    share_in_entries,
)
from crawler.extract.text.walls import (
    AGE_GATE,
    CHALLENGE_HEADERS,
    CHALLENGES,
    CONSENT,
    CONSENT_ADDRESS,
    CONSENT_BUTTON,
    CONSENT_MATTER,
    FAULTS,
    LOGIN,
    LOGIN_ADDRESS,
    LOGIN_HOST,
    MISSING,
    NEEDS_SCRIPT,
    OFFER,
    PARKED,
    PARKED_MARKS,
    PAYWALL,
    POLICY,
)

# Counted by libxml2, without a Python object for each.
PASSWORDS = number("count(//input[@type='password'])")
PLAYERS = number(
    "count(//video | //audio | //iframe[contains(@src, 'player') or contains(@src, 'embed')])"
)
PICTURES = number("count(//figure//img | //figcaption)")

# Text of this many bytes is an article's, whatever banners hang over it.
WALL_TEXT = 1800
# Less is no article; a caption or a title alone.
LEAST_TEXT = 100
# The same of a page that declares itself an article: two short sentences.
LEAST_DECLARED = 60
# A list page, a player page or a script's empty frame holds less running text than this.
LITTLE_TEXT = 400
# So many teaser cards make a list page.
LIST_CARDS = 5
# Part of the text that stands in a list's entries: most of it, or where the page's address is a
# list's or the page declares itself one, a good part.
IN_ENTRIES = 0.6
IN_DECLARED_ENTRIES = 0.35
# So many links that read as headlines do, where the page declares itself no article.
LIST_LINKS = 8
# Bytes of text beside them that are a site's motto and imprint; the shortest news has more.
MOTTO_TEXT = 200
# Pictures with captions that make a gallery of a page without text.
GALLERY_PICTURES = 5
UNSEEN_TAGS = frozenset(["script", "style", "template"])
# Visible words of a page that are looked at for a wall; walls are short.
WALL_SIGHT = 6_000
# The same of a title or heading, and so many headings: a message is short and stands first.
HEADING_SIGHT = 1_000
HEADINGS = 20
# Characters of them at the beginning, where a page says what is wrong.
OPENING = 400

# By what the text was found, in words.
FOUND = {
    "article": "in its <article>",
    "class": "in an element named as the body",
    "density": "where most of the page's prose stands",
    "itemprop": "in the element marked articleBody",
    "json-ld": "in its metadata",
    "pdf": "on the pages of a PDF",
    "plain": "without markup",
    "script": "in the data of its scripts",
    "site": "where its publisher's declaration says",
}

# The ways to find a text that take the page's word for where it stands.
OWN_ELEMENTS = frozenset(["article", "class", "itemprop", "site"])

ARTICLE_TYPES = words(
    """AdvertiserContentArticle AnalysisNewsArticle Article AskPublicNewsArticle
    BackgroundNewsArticle BlogPosting MedicalScholarlyArticle NewsArticle
    OpinionNewsArticle Report ReportageNewsArticle ReviewNewsArticle ScholarlyArticle
    SocialMediaPosting TechArticle"""
)
LIVE_TYPES = frozenset(["LiveBlogPosting"])
MEDIA_TYPES = words(
    """AudioObject Clip ImageGallery MediaGallery PodcastEpisode VideoGallery VideoObject"""
)
LIST_TYPES = frozenset(["CollectionPage", "ItemList", "ProfilePage", "SearchResultsPage"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was read from a page, as far as the verdict needs it."""

    text: str
    how: str
    """By what the text was found; see `Body.how`."""
    cut: str | None = None
    """The page's own words that the rest is for subscribers."""
    cards: int = 0
    """Teasers of other articles on the page."""
    dated: int = 0
    """Lines that end with a date, where they are most of the text; `Title - November 8th, 2024`."""
    types: tuple[str, ...] = ()
    """The schema.org types of the page's main thing."""
    og_type: str | None = None
    timed: bool = False
    """The page's metadata says when the article was published."""
    free: bool | None = None
    title: str | None = None

    @property
    def size(self) -> int:
        """Give the text's length in UTF-8 bytes."""
        return len(self.text.encode("utf-8", "replace"))

    @property
    def is_typed(self) -> bool:
        """Tell whether the page's own data calls it an article."""
        return bool(set(self.types) & ARTICLE_TYPES)

    @property
    def is_declared(self) -> bool:
        """Tell whether the page calls itself an article in one way or another."""
        return self.is_typed or self.og_type == "article"

    @property
    def is_sentence(self) -> bool:
        """Tell whether the text ends as a sentence does."""
        return SENTENCE_END.search(self.text) is not None

    @property
    def is_enough(self) -> bool:
        """Tell whether there is text enough for an article of this page."""
        told = self.is_declared or (self.timed and self.is_sentence and self.how in OWN_ELEMENTS)
        return self.size >= (LEAST_DECLARED if told else LEAST_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a reader sees first of a page with little text; empty for any other."""

    headings: tuple[str, ...] = ()
    """The page's title and its first headings."""
    words: str = ""
    """The visible words, in page order."""

    @property
    def whole(self) -> str:
        """Give title and words."""
        return f"{self.headings[0] if self.headings else ''}\n{self.words}"


def judge(
    page: Page,
    findings: Findings,
    *,
    status: int = 200,
    asked_url: str | None = None,
    headers: Mapping[str, str] = {},
) -> Verdict:
    """Judge a page by its answer and by what was read from it."""
    small = findings.size < WALL_TEXT
    sight = see(page) if small or status >= HTTPStatus.BAD_REQUEST else Sight()
    return (
        judge_header(headers, status=status)
        or judge_answer(page, findings, sight, status=status, asked_url=asked_url)
        or (judge_consent(page, findings, sight) if small and not is_policy(page, sight) else None)
        or judge_paywall(findings, sight)
        or (judge_message(page, findings, sight) if small else None)
        or (judge_login(page, findings, sight, asked_url) if small else None)
        or judge_reading(page, findings, asked_url)
    )


def see(page: Page) -> Sight:
    """Give the headings and the first visible words of a page."""
    texts: list[str] = []
    size = 0
    for element in page.root.body.iter(etree.Element):
        for text in (element.text if element.tag not in UNSEEN_TAGS else None, element.tail):
            if text and (folded := " ".join(text.split())):
                texts.append(folded)
                size += len(folded)
        if size > WALL_SIGHT:
            break
    found = [page.root.findtext(".//title") or ""]
    found += [str(heading.text_content()) for heading in islice(page.root.iter("h1"), HEADINGS)]
    return Sight(
        headings=tuple(" ".join(text[:HEADING_SIGHT].split()) for text in found),
        words=" ".join(texts)[:WALL_SIGHT],
    )


def judge_header(headers: Mapping[str, str], *, status: int) -> Verdict | None:
    """Judge an answer whose header says that a guard gave it in the server's place."""
    given = {name.casefold(): value.casefold() for name, value in headers.items()}
    for header, value, guard, refusals in CHALLENGE_HEADERS:
        if value in given.get(header, ()) and (status in refusals or not refusals):
            return challenged(guard)
    return None


def challenged(guard: str) -> Verdict:
    """Give the verdict on a guard's page."""
    return Verdict(kind=VerdictKind.CHALLENGE, reason=f"{guard} asks whether a person is there")


def judge_answer(
    page: Page, findings: Findings, sight: Sight, *, status: int, asked_url: str | None
) -> Verdict | None:
    """Judge by challenge, status and a redirect to the home page."""
    if sight.headings and (guard := challenger(page, findings, sight, status=status)):
        return challenged(guard)
    if status == HTTPStatus.UNAUTHORIZED:
        return Verdict(kind=VerdictKind.LOGIN, reason="the server asks to log in (401)")
    if status >= HTTPStatus.BAD_REQUEST:
        return Verdict(kind=VerdictKind.ERROR, reason=f"the server answered {named(status)}")
    if asked_url and not is_root(asked_url) and is_home(page.url, findings):
        return Verdict(kind=VerdictKind.HOME, reason="the article's address led to the home page")
    return None


def named(status: int) -> str:
    """Give a status with its name."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


ROOT_PATH = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|default|home)(?:\.\w+)?/?)?", re.IGNORECASE
)


def is_root(url: str) -> bool:
    """Tell whether an address is a site's front page, or that of one of its languages."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return not parts.query and ROOT_PATH.fullmatch(parts.path) is not None


def is_home(url: str, findings: Findings) -> bool:
    """Tell whether an address that was redirected to is the home page, whatever its query.

    An article's address may be the root's with a number (`/?p=123`); it says that it is one.
    """
    return is_root(url) or (
        is_root(url.partition("?")[0]) and not findings.is_declared and "?p=" not in url
    )


# Guards put their scripts on good pages too; only a page with next to no text is a challenge.
CHALLENGE_TEXT = 900


def challenger(page: Page, findings: Findings, sight: Sight, *, status: int) -> str | None:
    """Name the guard that stands before the page, if one does.

    Its words alone are no proof on a good answer with a text: articles write about guards.
    """
    if findings.size > CHALLENGE_TEXT:
        return None
    bare = not findings.is_enough and len(sight.words) < CHALLENGE_TEXT
    marked = guards_marked(page) if bare else frozenset()
    for name, said, _ in CHALLENGES:
        if name in marked:
            return name
        if not said.search(sight.whole):
            continue
        if status >= HTTPStatus.BAD_REQUEST or not findings.is_enough:
            return name
        if any(is_message(said, heading) for heading in sight.headings):
            return name
    return None


def guards_marked(page: Page) -> frozenset[str]:
    """Name the guards whose scripts, frames and forms a page holds."""
    scripts = [
        script.get("src") or (script.text or "")[:WALL_SIGHT]
        for script in page.root.iter("script", "iframe")
    ]
    names = [
        f"{element.get('id', '')} {element.get('class', '')}"
        for element in page.root.iter("div", "form", "script")
    ]
    marks = "\n".join([*scripts, *names])
    return frozenset(name for name, _, shape in CHALLENGES if shape and shape.search(marks))


# Words of a heading beside those of a message: a name, a greeting. More make a headline of it.
MOST_WORDS_BESIDE = 2
# Letters of such words in scripts without blanks.
MOST_LETTERS_BESIDE = 16
SEPARATOR = re.compile(r"\s+[-–—|·•:»/]+\s+|\s*[|»]\s*")
SENTENCE_END = re.compile(r"[.!?。！？…:]\s*$")


def message_of(pattern: re.Pattern[str], findings: Findings, sight: Sight) -> str | None:
    """Give the words by which a page with little text says what it is, instead of an article.

    A heading that says nothing else; or, where there is next to no text or none that is declared
    to be an article, any heading, and a sentence that begins so.
    """
    for heading in sight.headings:
        if (found := pattern.search(heading)) and is_message(pattern, heading):
            return found.group().strip()
    if findings.size >= LITTLE_TEXT or (findings.is_declared and findings.is_enough):
        return None
    if not findings.is_enough:
        places = [*sight.headings, sight.words[:OPENING]]
        return next((m.group().strip() for text in places if (m := pattern.search(text))), None)
    for found in pattern.finditer(findings.text):
        before = findings.text[: found.start()]
        if not before.strip() or SENTENCE_END.search(before) or before.endswith("\n"):
            return found.group().strip()
    return None


def is_message(pattern: re.Pattern[str], heading: str) -> bool:
    """Tell whether a heading, or a part of it beside the site's name, is a message and no more."""
    return any(
        pattern.search(part) and is_little(pattern.sub(" ", part))
        for part in SEPARATOR.split(heading)
    )


def is_little(beside: str) -> bool:
    """Tell whether what a heading says beside a message is no statement of its own."""
    said = re.findall(r"\w+", beside)
    return len(said) <= MOST_WORDS_BESIDE and sum(map(len, said)) <= MOST_LETTERS_BESIDE


def judge_consent(page: Page, findings: Findings, sight: Sight) -> Verdict | None:
    """Judge a page whose own text asks for consent, or for the visitor's age."""
    reason = "the page asks for consent to cookies or tracking"
    if CONSENT_ADDRESS.search(page.url) and findings.size < LITTLE_TEXT:
        return Verdict(kind=VerdictKind.CONSENT, reason=reason)
    asks = any(is_message(CONSENT, heading) for heading in sight.headings)
    if asks or CONSENT.search(findings.text or sight.words[:OPENING]):
        return Verdict(kind=VerdictKind.CONSENT, reason=reason)
    if findings.size >= LITTLE_TEXT:
        return None
    asked = findings.text if findings.is_enough else sight.words
    if CONSENT_MATTER.search(asked) and has_button(page, CONSENT_BUTTON):
        return Verdict(kind=VerdictKind.CONSENT, reason=reason)
    if message_of(AGE_GATE, findings, sight):
        return Verdict(kind=VerdictKind.CONSENT, reason="the page asks how old the reader is")
    return None


def is_policy(page: Page, sight: Sight) -> bool:
    """Tell a site's statement of what it does with data, which speaks of consent and asks none."""
    titled = any(is_message(POLICY, heading) for heading in sight.headings)
    return titled and not has_button(page, CONSENT_BUTTON)


def has_button(page: Page, label: re.Pattern[str]) -> bool:
    """Tell whether the page has a button or link so labelled."""
    texts = (
        element.get("value") or element.text_content()
        for element in page.root.body.iter("a", "button", "input")
    )
    return any(label.search(" ".join(text.split())) for text in texts)


def judge_paywall(findings: Findings, sight: Sight) -> Verdict | None:
    """Judge by the page's words that the rest costs, and by where the text ends."""
    size = findings.size
    if findings.cut and (findings.free is False or size < 2 * WALL_TEXT):
        return Verdict(kind=VerdictKind.PAYWALL, reason=f"the page says: {findings.cut}")
    if findings.free is False and findings.text.endswith(("...", "…")):
        return Verdict(
            kind=VerdictKind.PAYWALL, reason="declared as not free, and the text breaks off"
        )
    if size >= WALL_TEXT or findings.free:
        return None
    walled = size < LITTLE_TEXT or (findings.free is False and size < WALL_TEXT / 2)
    if not walled:
        return None
    around = beside(findings.text, sight)
    wall = PAYWALL.search(around) or (OFFER.search(around) if findings.free is False else None)
    if wall:
        return Verdict(kind=VerdictKind.PAYWALL, reason=f"little text, and: {wall.group().strip()}")
    return None


def beside(text: str, sight: Sight) -> str:
    """Give what is seen of a page besides its text and headings, in which articles quote walls."""
    seen = sight.words
    for part in (*sight.headings, *text.split("\n")):
        if folded := " ".join(part.split()):
            seen = seen.replace(folded, "\n")
    return seen


def judge_message(page: Page, findings: Findings, sight: Sight) -> Verdict | None:
    """Judge a page that says that there is nothing: no such page, no newspaper, no server."""
    if missing := message_of(MISSING, findings, sight):
        return Verdict(kind=VerdictKind.SOFT_404, reason=f"the page says: {missing}")
    if findings.size < LITTLE_TEXT:
        sources = " ".join(e.get("src", "") for e in page.root.iter("script", "iframe"))
        marked = not findings.is_enough and PARKED_MARKS.search(sources)
        if marked or (parked := message_of(PARKED, findings, sight)):
            said = "it is parked" if marked else parked
            return Verdict(
                kind=VerdictKind.SOFT_404, reason=f"no newspaper is at this address: {said}"
            )
    if fault := message_of(FAULTS, findings, sight):
        return Verdict(kind=VerdictKind.ERROR, reason=f"the page says: {fault}")
    return None


def judge_login(
    page: Page, findings: Findings, sight: Sight, asked_url: str | None
) -> Verdict | None:
    """Judge a page with little text that is there to log in."""
    if findings.size >= LITTLE_TEXT or is_declared_media(findings):
        return None
    if findings.is_declared and findings.is_enough:
        return None
    parts = urlsplit(page.url)
    at_door = LOGIN_ADDRESS.search(parts.path) or LOGIN_HOST.search(parts.hostname or "")
    led = bool(at_door) and (asked_url not in (None, page.url) or not findings.is_enough)
    password = PASSWORDS(page.root) > 0
    greeted = any(LOGIN.search(heading) for heading in sight.headings)
    if led or (password and (greeted or not findings.is_enough) and not is_crowded(page)):
        return Verdict(kind=VerdictKind.LOGIN, reason="the page asks to log in")
    return None


def is_crowded(page: Page) -> bool:
    """Tell a page of headlines, on which a form to log in stands among other things."""
    return len(headline_links(page)) >= LIST_LINKS


def judge_reading(page: Page, findings: Findings, asked_url: str | None) -> Verdict:
    """Judge by what was read: live blog, article, or what kind of page holds so little text."""
    if set(findings.types) & LIVE_TYPES and findings.size >= LEAST_TEXT:
        return Verdict(kind=VerdictKind.LIVE_BLOG, reason="declared as a live blog")
    if reason := list_reason(page, findings):
        if asked_url and leads_up(asked_url, page.url):
            reason = f"the article's address led to a section's page: {reason}"
            return Verdict(kind=VerdictKind.HOME, reason=reason)
        return Verdict(kind=VerdictKind.LIST, reason=reason)
    return judge_little(page, findings) or Verdict(
        kind=VerdictKind.ARTICLE, reason=f"running text, {FOUND[findings.how]}"
    )


def judge_little(page: Page, findings: Findings) -> Verdict | None:
    """Judge a page with little text: media, a list of links, or nothing; None for short news."""
    if findings.size >= LITTLE_TEXT or (findings.is_typed and findings.is_enough):
        return None
    if is_media(page, findings):
        return Verdict(kind=VerdictKind.MEDIA, reason="a video, recording or gallery without text")
    headlines = headline_links(page)
    few = not (findings.is_declared and findings.is_enough) and findings.size < MOTTO_TEXT
    if few and len(headlines) >= LIST_LINKS:
        reason = f"{len(headlines)} headlines that are links, and little text of its own"
        return Verdict(kind=VerdictKind.LIST, reason=reason)
    return None if findings.is_enough else judge_empty(page)


def leads_up(asked_url: str, url: str) -> bool:
    """Tell whether an address is above the one that was asked for, on the same host or another."""
    asked, came = (urlsplit(u).path.strip("/").split("/") for u in (asked_url, url))
    return came != asked and len(came) < len(asked)


def list_reason(page: Page, findings: Findings) -> str | None:
    """Say why a page is a list of articles and not one; None if it is none."""
    addressed = is_list_address(page.url)
    if page.plain is not None or findings.is_typed or (findings.is_declared and not addressed):
        return dated_reason(findings) if not findings.is_declared else None
    if reason := dated_reason(findings):
        return reason
    if is_root(page.url) and len(headlines := headline_links(page)) >= LIST_LINKS:
        return f"a front page of {len(headlines)} headlines"
    said = bool(set(findings.types) & LIST_TYPES) or is_root(page.url) or addressed
    if findings.cards >= LIST_CARDS and (findings.size < MOTTO_TEXT or (said and not addressed)):
        return f"{findings.cards} teasers and little text of its own"
    return entries_reason(findings, entries_of(page), said=said)


def entries_reason(findings: Findings, entries: Sequence[str], *, said: bool) -> str | None:
    """Say that a page is made of its entries; `said` where it calls itself a list."""
    if len(entries) < FEWEST_ENTRIES:
        return None
    share = share_in_entries(findings.text.split("\n"), entries)
    if share >= (IN_DECLARED_ENTRIES if said else IN_ENTRIES):
        return f"{len(entries)} teasers, in which most of the text stands"
    if said and len(entries) >= LIST_LINKS and sum(map(len, entries)) >= len(findings.text):
        return f"{len(entries)} teasers, which outweigh the text beside them"
    return None


def dated_reason(findings: Findings) -> str | None:
    """Say that the text is a list of dated lines."""
    return f"{findings.dated} lines that end with a date" if findings.dated else None


def is_media(page: Page, findings: Findings) -> bool:
    """Tell whether the page declares itself a video, a recording or a gallery, or is one."""
    if is_declared_media(findings):
        return True
    if findings.is_enough:
        return False
    return PLAYERS(page.root) > 0 or PICTURES(page.root) >= GALLERY_PICTURES


def is_declared_media(findings: Findings) -> bool:
    """Tell whether the page's own data calls it a video, a recording or a gallery."""
    declared = (findings.og_type or "").startswith(("video", "music"))
    return declared or bool(set(findings.types) & MEDIA_TYPES)


def judge_empty(page: Page) -> Verdict:
    """Judge a page without text: drawn by a script, or empty."""
    notices = " ".join(
        " ".join(element.text_content().split()) for element in page.root.iter("noscript")
    )
    scripts = sum(len(s.text or "") + 100 * bool(s.get("src")) for s in page.root.iter("script"))
    if NEEDS_SCRIPT.search(notices) or NEEDS_SCRIPT.search(see(page).whole):
        return Verdict(kind=VerdictKind.JAVASCRIPT, reason="the page says that it needs JavaScript")
    if scripts > LITTLE_TEXT:
        return Verdict(kind=VerdictKind.JAVASCRIPT, reason="no text; scripts draw the page")
    return Verdict(kind=VerdictKind.EMPTY, reason="no readable text")
