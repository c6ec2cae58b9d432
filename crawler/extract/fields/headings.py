"""The page's `<h1>`s: what each says to readers, its kicker apart, and which is only a logo.

Does not choose between headings.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

import lxml.etree
import lxml.html

from crawler.extract.fields.jsonld import clean

HEADINGS = 12
HEADING_CHARACTERS = 500
# The elements of a heading among which its kicker is looked for.
PARTS = 30

# A font's size for a headline where there are no headings; how many are looked at; how long it is.
LARGE = re.compile(r"[4-7]|\+[1-4]")
OLD_FONTS = 60
OLD_HEADLINE = range(12, 200)
BREAKS = frozenset({"br", "p", "div", "hr", "table"})

# What stands in a heading's element without being said: programs, buttons, drawings' own titles.
SILENT_TAGS = frozenset(
    {"button", "canvas", "noscript", "script", "select", "style", "svg", "template", "time"}
)
# What is there for screen readers or for the mouse (the mark that links to a heading).
SILENT = re.compile(
    r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader[\w-]*|offscreen|a11y-hidden|"
    r"headerlink|header-anchor|anchor-?link|heading-anchor|permalink|mw-editsection|edit-?link)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# A line of its own: its text never joins its neighbour's word.
LINES = frozenset({"br", "div", "p", "li", "small", "hgroup", "h2", "h3"})

# The words above or before a headline that file it (a kicker), by the names that sites give them.
KICKER = re.compile(
    r"kicker|overline|over-?title|dachzeile|roofline|eyebrow|top-?line|spitzmarke|super-?title|"
    r"sur-?titre|antetitulo|occhiello|volada|(?:^|[\s_-])(?:label|badge|flag|prefix|"
    r"topic|tag|category|rubrik|section)(?:$|[\s_-])",
    re.IGNORECASE,
)
# A kicker is shorter than its headline; what takes up more only wears the name.
MOST_OF_HEADING = 0.5

# What follows a headline inside of its element without being of it, by name: a subtitle, a writer,
# the count of comments. It may be longer than the headline, which is yet so long at least.
BESIDE = re.compile(
    r"(?:^|[\s_-])(?:sub-?(?:title|head|heading|headline)|deck|dek|standfirst|tagline|unterzeile|"
    r"untertitel|sous-?titre|subtitulo|bajada|sottotitolo|byline|author|"
    r"comments?[_-]?(?:count|link|number)s?)(?:$|[\s_-])",
    re.IGNORECASE,
)
LEAST_BESIDE = 12

LOGO = re.compile(
    r"(?:^|[\s_-])(?:logo|site-?(?:title|name)|brand|blog-?title)(?:$|[\s_-])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One `<h1>` of the page."""

    text: str
    """What it says without its kicker."""
    whole: str
    """What it says with its kicker."""
    element: lxml.html.HtmlElement
    is_logo: bool = False
    """It links to the site's front page, or is marked as the site's own name."""
    is_picture: bool = False
    """It is a picture, and `text` what the page has for those who do not see it."""


def read_headings(root: lxml.html.HtmlElement, url: str) -> tuple[Heading, ...]:
    """Give the `<h1>`s with a text of the page at `url`, in page order."""
    found = []
    for element in root.iter("h1"):
        whole = visible_text(element)
        alone = "" if whole else pictured_text(element)
        if whole or alone:
            found.append(
                Heading(
                    text=own_text(element, whole) if whole else alone,
                    whole=whole or alone,
                    element=element,
                    is_logo=is_logo(element, url),
                    is_picture=bool(alone),
                )
            )
        if len(found) == HEADINGS:
            break
    said = [one for one in found if not one.is_picture]
    return tuple(said or found or old_headings(root))


def old_headings(root: lxml.html.HtmlElement) -> Iterator[Heading]:
    """Give the first text of a page without headings that is set large and on a line of its own.

    So pages set their headlines before there were style sheets: `<font size=5>…</font><br>`.
    """
    if next(root.iter("h2", "h3"), None) is not None:
        return
    for element in islice(root.iter("font"), OLD_FONTS):
        if LARGE.fullmatch((element.get("size") or "").strip()) and is_own_line(element):
            text = visible_text(element)
            if (
                len(text) in OLD_HEADLINE
                and " " in text
                and not any(True for _ in element.iter("a"))
            ):
                yield Heading(text=text, whole=text, element=element)
                return


def is_own_line(element: lxml.html.HtmlElement) -> bool:
    """Tell whether a line starts with the element and ends behind it."""
    before, behind = element.getprevious(), element.getnext()
    said = element.tail if before is not None else f"{parent_text(element)}{element.tail or ''}"
    starts = before is None or (before.tag in BREAKS and not (before.tail or "").strip())
    return starts and (behind is None or behind.tag in BREAKS) and not (said or "").strip()


def parent_text(element: lxml.html.HtmlElement) -> str:
    """Give what the element's parent says before its first child."""
    parent = element.getparent()
    return (parent.text or "") if parent is not None else ""


def visible_text(element: lxml.html.HtmlElement) -> str:
    """Give what an element says, a space set where two of its parts would run together."""
    said = clean("".join(spaced(pieces(element))))[:HEADING_CHARACTERS]
    return said or clean("".join(islice(element.itertext(), PARTS)))[:HEADING_CHARACTERS]


def pictured_text(element: lxml.html.HtmlElement) -> str:
    """Give what a heading's picture is said to show, for headings that are nothing else."""
    picture = next(element.iter("img"), None)
    return "" if picture is None else clean(picture.get("alt") or "")[:HEADING_CHARACTERS]


def own_text(heading: lxml.html.HtmlElement, whole: str) -> str:
    """Give what a heading says without the parts that are marked as its kicker or subtitle."""
    apart: list[lxml.html.HtmlElement] = []
    text = whole
    for element in islice(heading.iterdescendants("*"), PARTS):
        names = element.get("class") or ""
        kicker = KICKER.search(names) is not None
        if not (kicker or element.tag == "small" or BESIDE.search(names)):
            continue
        part = visible_text(element)
        rest = clean("".join(spaced(pieces(heading, (*apart, element))))).strip(" :|/-–—•·")
        if part and (is_kicker(part, rest, whole) if kicker else len(rest) >= LEAST_BESIDE):
            apart.append(element)
            text = rest[:HEADING_CHARACTERS]
    return text


def is_kicker(part: str, rest: str, whole: str) -> bool:
    """Tell whether a part that is named like a kicker is as short as one."""
    return len(part) < MOST_OF_HEADING * len(whole) and len(rest) > len(part)


def pieces(
    top: lxml.html.HtmlElement, without: Sequence[lxml.html.HtmlElement] = ()
) -> Iterator[str]:
    """Give the texts inside `top` that readers see, without those of some parts of it.

    Stops at what no heading is long enough for: one that is never closed holds the whole page.
    """
    left = 2 * HEADING_CHARACTERS
    walk = lxml.etree.iterwalk(top, events=("start", "end", "comment"))
    for event, element in walk:
        text = None
        if event == "start":
            if element in without or is_silent(element):
                walk.skip_subtree()
            else:
                text = f" {element.text or ''}" if element.tag in LINES else element.text
        elif element is not top:
            behind = element.tag in LINES or element in without
            text = f" {element.tail or ''}" if behind else element.tail
        if text:
            yield text
            left -= len(text)
        if left < 0:
            return


def is_silent(element: lxml.html.HtmlElement) -> bool:
    """Tell whether an element of a heading is not shown as a part of what it says."""
    return (
        element.tag in SILENT_TAGS
        or element.get("hidden") is not None
        or bool(SILENT.search(element.get("class") or ""))
        or bool(UNSHOWN.search(element.get("style") or ""))
    )


def spaced(texts: Sequence[str] | Iterator[str]) -> Iterator[str]:
    """Give the pieces of text, a space between a word's end and the next piece's capital.

    A label in capitals (`PLUS`) ends before a word that only begins with one, too.
    """
    last = ""
    for piece in texts:
        label = len(last) > 1 and last[-2:].isupper() and piece[1:2].islower()
        if piece[:1].isupper() and (last[-1:].islower() or label):
            yield " "
        yield piece
        last = piece or last


def is_logo(heading: lxml.html.HtmlElement, url: str) -> bool:
    """Tell whether a heading is the site's name: marked so, or all of it a link to the site."""
    if LOGO.search(f"{heading.get('id') or ''} {heading.get('class') or ''}"):
        return True
    link = next(heading.iter("a"), None)
    if link is None or clean("".join(link.itertext())) != clean("".join(heading.itertext())):
        return False
    return is_front_page(link.get("href") or "", url)


def is_front_page(href: str, url: str) -> bool:
    """Tell whether a link on the page at `url` leads to the root of its site; not from there."""
    try:
        here, there = urlsplit(url), urlsplit(urljoin(url, href.strip()))
    except ValueError:
        return False
    if there.path.strip("/") or there.query or not here.path.strip("/"):
        return False
    return bool(href.strip("# ")) and there.netloc == here.netloc
