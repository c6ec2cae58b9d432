"""What a fetched page is: an article, or which kind of wall, list or nothing; and why.

Looks at the answer (status, type, addresses), at what was read from the page, and at its visible
words where little was read. A page with its article's text in it is never called a wall: walls
are looked for only where the text is short, or ends where a paywall says that it does.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from lxml import etree
from w3lib.encoding import read_bom

from archive.records import Verdict, VerdictKind
from crawler.extract.fields.xpaths import number
from crawler.extract.page import Page
from crawler.extract.text.boilerplate import words
from crawler.extract.text.walls import (
    CHALLENGE_HEADERS,
    CHALLENGES,
    CONSENT,
    CONSENT_ADDRESS,
    LOGIN,
    LOGIN_ADDRESS,
    MISSING,
    NEEDS_SCRIPT,
    PAYWALL,
)
from crawler.extract.text.weights import leads_away

# Counted by libxml2, without a Python object for each.
ELEMENTS = number("count(descendant::*)")

# The budget of a page. The largest of six hundred real pages has 1.7 MB, and 9,751 elements.
LARGEST_PAGE = 16_000_000
MOST_ELEMENTS = 30_000
# Text of this many bytes is an article's, whatever banners hang over it.
WALL_TEXT = 1800
# Less is no article; a caption or a title alone.
LEAST_TEXT = 100
# A list page, a player page or a script's empty frame holds less running text than this.
LITTLE_TEXT = 400
# So many teaser cards make a list page.
LIST_CARDS = 5
# So many links that read as headlines do, where the page declares itself no article.
LIST_LINKS = 8
# Bytes of text beside them that are a site's motto and imprint; the shortest news has more.
MOTTO_TEXT = 200
# Characters of a headline; shorter links are of menus, longer ones are teasers' whole text.
SHORTEST_HEADLINE = 25
LONGEST_HEADLINE = 250
MENU_TAGS = frozenset(["aside", "footer", "nav"])
UNSEEN_TAGS = frozenset(["script", "style", "template"])
# Visible words of a page that are looked at for a wall; walls are short.
WALL_SIGHT = 6_000

# By what the text was found, in words.
FOUND = {
    "article": "in its <article>",
    "class": "in an element named as the body",
    "density": "where most of the page's prose stands",
    "itemprop": "in the element marked articleBody",
    "json-ld": "in its metadata",
    "plain": "without markup",
    "script": "in the data of its scripts",
}

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

# First bytes of what is no page, as `file` knows them.
MAGIC = {
    b"%PDF-": "a PDF document",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x1f\x8b": "gzip-compressed data",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "a RIFF file (WebP, WAV or AVI)",
    b"\x00\x00\x00\x18ftyp": "an MP4 video",
    b"\x00\x00\x00\x20ftyp": "an MP4 video",
    b"ID3": "an MP3 recording",
    b"OggS": "an Ogg recording",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
    b"wOF2": "a font",
}
FEED = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b"
)
HTML_TYPES = ("text/", "application/xhtml", "application/xml", "application/octet-stream")
SNIFFED = 512


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
    free: bool | None = None
    title: str | None = None


# Control characters that no text holds in any encoding (NUL apart: UTF-16 is full of it). Of random
# bytes one in ten is among them; a text with a stray one here and there is a text still.
NO_TEXT = bytes([*range(1, 9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
MOST_NO_TEXT = 0.03


def is_binary(head: bytes) -> bool:
    """Tell bytes that are text in no encoding; what begins with a byte order mark is text."""
    if read_bom(head)[0]:
        return False
    return len(head) - len(head.translate(None, NO_TEXT)) > MOST_NO_TEXT * len(head)


def judge_bytes(html: bytes, *, headers: Mapping[str, str] = {}) -> Verdict | None:
    """Judge an answer that is no web page by its first bytes and its declared type."""
    if not html or html.isspace():
        return Verdict(kind=VerdictKind.EMPTY, reason="the answer has no content")
    if len(html) > LARGEST_PAGE:
        reason = f"{len(html) / 1e6:.0f} MB; no article is so large"
        return Verdict(kind=VerdictKind.EMPTY, reason=reason)
    for magic, name in MAGIC.items():
        if html.startswith(magic):
            return Verdict(kind=VerdictKind.NOT_HTML, reason=f"{name}, by its first bytes")
    if FEED.match(html[:SNIFFED]) or is_binary(html[:SNIFFED]):
        named = "no text but binary data" if is_binary(html[:SNIFFED]) else "a feed or site map"
        return Verdict(kind=VerdictKind.NOT_HTML, reason=f"{named}, not a page")
    declared = next((v for k, v in headers.items() if k.lower() == "content-type"), "")
    mime = declared.partition(";")[0].strip().lower()
    if mime and not mime.startswith(HTML_TYPES) and b"<html" not in html[:SNIFFED].lower():
        return Verdict(kind=VerdictKind.NOT_HTML, reason=f"declared as {mime}")
    return None


def judge_size(page: Page) -> Verdict | None:
    """Judge a page too large to be an article's; reading it would hold up the rest."""
    if page.tags > MOST_ELEMENTS // 2 and ELEMENTS(page.root) > MOST_ELEMENTS:
        reason = f"more than {MOST_ELEMENTS:,} elements; no article has so many"
        return Verdict(kind=VerdictKind.EMPTY, reason=reason)
    return None


def judge(
    page: Page,
    findings: Findings,
    *,
    status: int = 200,
    asked_url: str | None = None,
    headers: Mapping[str, str] = {},
) -> Verdict:
    """Judge a page by its answer and by what was read from it."""
    size = len(findings.text.encode("utf-8", "replace"))
    sight = visible(page) if size < WALL_TEXT or status >= HTTPStatus.BAD_REQUEST else ""
    return (
        judge_header(headers, status=status)
        or judge_answer(page, sight, size, status=status, asked_url=asked_url)
        or judge_paywall(findings, sight, size)
        or (judge_wall(page, findings, sight, size) if size < WALL_TEXT else None)
        or judge_reading(page, findings, size)
    )


def visible(page: Page) -> str:
    """Give the title and the first visible words of a page."""
    title = page.root.findtext(".//title") or ""
    texts: list[str] = []
    size = 0
    for element in page.root.body.iter(etree.Element):
        for text in (element.text if element.tag not in UNSEEN_TAGS else None, element.tail):
            if text and (folded := " ".join(text.split())):
                texts.append(folded)
                size += len(folded)
        if size > WALL_SIGHT:
            break
    return f"{' '.join(title.split())}\n{' '.join(texts)[:WALL_SIGHT]}"


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
    page: Page, sight: str, size: int, *, status: int, asked_url: str | None
) -> Verdict | None:
    """Judge by challenge, status and a redirect to the home page."""
    if sight and (guard := challenger(page, sight, size)):
        return challenged(guard)
    if status == HTTPStatus.UNAUTHORIZED:
        return Verdict(kind=VerdictKind.LOGIN, reason="the server asks to log in (401)")
    if status >= HTTPStatus.BAD_REQUEST:
        return Verdict(kind=VerdictKind.ERROR, reason=f"the server answered {named(status)}")
    if asked_url and is_root(page.url) and not is_root(asked_url):
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


# Guards put their scripts on good pages too; only a page with next to no text is a challenge.
CHALLENGE_TEXT = 900


def challenger(page: Page, sight: str, size: int) -> str | None:
    """Name the guard that stands before the page, if one does."""
    if size > CHALLENGE_TEXT:
        return None
    scripts = "\n".join(
        script.get("src") or (script.text or "")[:WALL_SIGHT]
        for script in page.root.iter("script", "iframe")
    )
    ids = " ".join(element.get("id", "") for element in page.root.iter("div", "form"))
    for name, said, marks in CHALLENGES:
        if said.search(sight) or (marks and size < LEAST_TEXT and marks.search(f"{scripts} {ids}")):
            return name
    return None


def judge_paywall(findings: Findings, sight: str, size: int) -> Verdict | None:
    """Judge by the page's words that the rest costs, and by where the text ends."""
    if findings.cut and (findings.free is False or size < 2 * WALL_TEXT):
        return Verdict(kind=VerdictKind.PAYWALL, reason=f"the page says: {findings.cut}")
    if findings.free is False and findings.text.endswith(("...", "…")):
        return Verdict(
            kind=VerdictKind.PAYWALL, reason="declared as not free, and the text breaks off"
        )
    if size >= WALL_TEXT:
        return None
    walled = size < LITTLE_TEXT or (findings.free is False and size < WALL_TEXT / 2)
    if walled and (wall := PAYWALL.search(sight)):
        return Verdict(kind=VerdictKind.PAYWALL, reason=f"little text, and: {wall.group().strip()}")
    return None


def judge_wall(page: Page, findings: Findings, sight: str, size: int) -> Verdict | None:
    """Judge a page with little text by its words."""
    heads = "\n".join([findings.title or "", *headings(page)])
    if CONSENT_ADDRESS.search(page.url) or CONSENT.search(findings.text or sight[:LITTLE_TEXT]):
        return Verdict(
            kind=VerdictKind.CONSENT, reason="the page asks for consent to cookies or tracking"
        )
    if missing := MISSING.search(heads) or (
        size < LITTLE_TEXT and MISSING.search(sight[:LITTLE_TEXT])
    ):
        return Verdict(
            kind=VerdictKind.SOFT_404, reason=f"the page says: {missing.group().strip()}"
        )
    if size < LITTLE_TEXT and is_login(page, heads):
        return Verdict(kind=VerdictKind.LOGIN, reason="the page asks to log in")
    return None


def headings(page: Page) -> list[str]:
    """Give the page's title and first headings."""
    found = [page.root.findtext(".//title") or ""]
    found += [heading.text_content() for heading in page.root.iter("h1")]
    return [" ".join(text.split()) for text in found]


def is_login(page: Page, heads: str) -> bool:
    """Tell whether a page with little text is there to log in."""
    password = page.root.xpath("boolean(//input[@type='password'])")
    return bool(LOGIN_ADDRESS.search(urlsplit(page.url).path) or (password and LOGIN.search(heads)))


def judge_reading(page: Page, findings: Findings, size: int) -> Verdict:
    """Judge by what was read: live blog, article, or what kind of page holds so little text."""
    types = set(findings.types)
    if types & LIVE_TYPES and size >= LEAST_TEXT:
        return Verdict(kind=VerdictKind.LIVE_BLOG, reason="declared as a live blog")
    if reason := list_reason(page, findings, size):
        return Verdict(kind=VerdictKind.LIST, reason=reason)
    if size < LITTLE_TEXT and not (types & ARTICLE_TYPES and size >= LEAST_TEXT):
        if is_media(findings):
            return Verdict(
                kind=VerdictKind.MEDIA, reason="a video, recording or gallery without text"
            )
        headlines = headline_links(page)
        if len(headlines) >= LIST_LINKS and size < MOTTO_TEXT:
            reason = f"{len(headlines)} headlines that are links, and little text of its own"
            return Verdict(kind=VerdictKind.LIST, reason=reason)
        if size < LEAST_TEXT:
            return judge_empty(page)
    return Verdict(kind=VerdictKind.ARTICLE, reason=f"running text, {FOUND[findings.how]}")


def list_reason(page: Page, findings: Findings, size: int) -> str | None:
    """Say why a page is a list of articles and not one; None if it is none."""
    if set(findings.types) & ARTICLE_TYPES or findings.og_type == "article":
        return None
    if findings.dated:
        return f"{findings.dated} lines that end with a date"
    if findings.cards >= LIST_CARDS:
        listed = set(findings.types) & LIST_TYPES or is_root(page.url)
        if listed or size < LITTLE_TEXT:
            return f"{findings.cards} teasers and little text of its own"
    if is_root(page.url) and len(headlines := headline_links(page)) >= LIST_LINKS:
        return f"a front page of {len(headlines)} headlines"
    return None


def headline_links(page: Page) -> list[str]:
    """Give the texts of a page's links that read as headlines, one for each address."""
    found = {
        link.get("href"): " ".join(link.text_content().split())
        for link in page.root.body.iter("a")
        if leads_away(link) and not any(above.tag in MENU_TAGS for above in link.iterancestors())
    }
    return [text for text in found.values() if SHORTEST_HEADLINE <= len(text) <= LONGEST_HEADLINE]


def is_media(findings: Findings) -> bool:
    """Tell whether the page declares itself a video, a recording or a gallery."""
    return bool(set(findings.types) & MEDIA_TYPES) or (findings.og_type or "").startswith(
        ("video", "music")
    )


def judge_empty(page: Page) -> Verdict:
    """Judge a page without text: drawn by a script, or empty."""
    notices = " ".join(
        " ".join(element.text_content().split()) for element in page.root.iter("noscript")
    )
    scripts = sum(len(s.text or "") + 100 * bool(s.get("src")) for s in page.root.iter("script"))
    if NEEDS_SCRIPT.search(notices) or NEEDS_SCRIPT.search(visible(page)):
        return Verdict(kind=VerdictKind.JAVASCRIPT, reason="the page says that it needs JavaScript")
    if scripts > LITTLE_TEXT:
        return Verdict(kind=VerdictKind.JAVASCRIPT, reason="no text; scripts draw the page")
    return Verdict(kind=VerdictKind.EMPTY, reason="no readable text")
