"""An article's title: of all that the page calls itself, the headline without the site's name.

Does not repair titles and does not tell whether the page is an article.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import lxml.html

from crawler.extract.fields.folding import agreement, fold, is_unspaced
from crawler.extract.fields.jsonld import clean, text_of
from crawler.extract.fields.sitenames import (
    BORDER,
    SiteNames,
    join_parts,
    split_title,
    strip_site_name,
)
from crawler.extract.fields.structured import Structured
from crawler.extract.fields.xpaths import strings

TEXTS = strings(".//text()[not(ancestor::script or ancestor::style)]")

HEADINGS = 12
HEADING_CHARACTERS = 500
SHORTEST_TITLE = 4
SHORTEST_UNSPACED = 2
LOWER_HEADINGS = 40

# A heading that agrees less with every declared title is of something else on the page.
LEAST_AGREEMENT = 0.1

HEADLINE = "json-ld headline"

# What else a JSON-LD object calls its article; sites write the headline for search engines beside.
OTHER_NAMES = ("name", "alternativeHeadline")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """One `<h1>` of the page."""

    text: str
    element: lxml.html.HtmlElement


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The chosen title, where it was found, and the `<h1>` that shows it."""

    text: str | None
    source: str | None
    heading: Heading | None


def read_headings(root: lxml.html.HtmlElement) -> tuple[Heading, ...]:
    """Give the page's `<h1>` with a text, in page order."""
    found = []
    for element in root.iter("h1"):
        text = visible_text(element)
        if text:
            found.append(Heading(text=text, element=element))
        if len(found) == HEADINGS:
            break
    return tuple(found)


def visible_text(element: lxml.html.HtmlElement) -> str:
    """Give an element's text, a space set where two of its parts would run together."""
    return clean("".join(spaced(TEXTS(element))))[:HEADING_CHARACTERS]


def spaced(pieces: Sequence[str]) -> Iterator[str]:
    """Give the pieces of text, a space between a word's end and the next piece's capital."""
    last = ""
    for piece in pieces:
        if last[-1:].islower() and piece[:1].isupper():
            yield " "
        yield piece
        last = piece or last


def read_title(
    root: lxml.html.HtmlElement,
    structured: Structured,
    headings: Sequence[Heading],
    names: SiteNames,
) -> Title:
    """Choose the title.

    The publisher's `headline` for its own article comes first, then the `<h1>` that agrees with
    what the page calls itself, then `og:title`, then `<title>`. Each is freed of the site's name.
    """
    declared = [(text, where) for text, where in declared_titles(structured, names) if text]
    heading = choose_heading(headings, [text for text, _ in declared], names)
    chosen = first_choice(declared, heading, structured, names)
    if chosen is None:
        return Title(text=None, source=None, heading=None)
    text, source = settle_kicker(chosen, declared, heading)
    if source == "title":
        text = shown_part(root, text, names) or text
    return Title(text=text, source=source, heading=heading)


def first_choice(
    declared: Sequence[tuple[str, str]],
    heading: Heading | None,
    structured: Structured,
    names: SiteNames,
) -> tuple[str, str] | None:
    """Give `(title, where)` by rank: the article's own headline, the `<h1>`, what else there is.

    Where the object with the headline also has the `<h1>` as a name of the article, the `<h1>` is
    the headline for readers and the other one is written for search engines.
    """
    headline = next((pair for pair in declared if pair[1] == HEADLINE), None)
    if headline and heading and is_for_search(headline[0], heading.text, structured):
        return strip_site_name(heading.text, names), "h1"
    if headline:
        return fuller(headline, heading)
    if heading:
        return strip_site_name(heading.text, names), "h1"
    return declared[0] if declared else None


def is_for_search(headline: str, shown: str, structured: Structured) -> bool:
    """Tell whether the article's JSON-LD objects have the shown title beside another `headline`."""
    texts = (text_of(node.get(key)) for node in structured.articles for key in OTHER_NAMES)
    others = {fold(text) for text in texts if text}
    return fold(shown) in others and fold(headline) != fold(shown)


def shown_part(root: lxml.html.HtmlElement, title: str, names: SiteNames) -> str | None:
    """Give the part of `title` that the page shows as a heading of a lower rank.

    For pages without an `<h1>`: what stands before or behind the shown words names the site, or a
    part of it. The name is shorter than the headline, unless it is known for the site's.
    """
    runs = {fold(run): run for run in title_runs(title, names)}
    if not runs:
        return None
    for element, _ in zip(root.iter("h2", "h3", "h4"), range(LOWER_HEADINGS), strict=False):
        if run := runs.get(fold(visible_text(element))):
            return run
    return None


def title_runs(title: str, names: SiteNames) -> Iterator[str]:
    """Give what may be the headline in `title`: its start up to a mark, or its end from one on.

    A colon is such a mark only for a title's end, for the words before one are a headline's own.
    """
    parts = split_title(title)
    yield from (join_parts(parts[:count]) for count in range(1, len(parts)))
    for mark in BORDER.finditer(title):
        rest, run = title[: mark.start()], title[mark.end() :]
        if len(run) > len(rest) or names.means(rest):
            yield run.strip()


def settle_kicker(
    chosen: tuple[str, str], declared: Sequence[tuple[str, str]], heading: Heading | None
) -> tuple[str, str]:
    """Give the title with or without its kicker, as `og:title` has it.

    `og:title` is what the publisher calls the article where it stands alone. A longer one counts
    only where the `<h1>` or the headline has the same words: it may carry a section's name.
    """
    alone = next((pair for pair in declared if pair[1] == "og:title"), None)
    if alone is None:
        return chosen
    words, others = fold(alone[0]), {fold(text) for text, where in declared if where == HEADLINE}
    mine = fold(chosen[0])
    if words.count(" ") >= 1 and mine.endswith(f" {words}"):
        return alone
    if heading:
        others.add(fold(heading.text))
    if words in others and (words.endswith(f" {mine}") or mine.startswith(f"{words} ")):
        return alone
    return chosen


def declared_titles(structured: Structured, names: SiteNames) -> Iterator[tuple[str, str]]:
    """Give `(title, where)` for each title that the page declares, the best first."""
    for node in structured.articles:
        headline = text_of(node.get("headline")) or text_of(node.get("name"))
        if headline and not names.means(headline) and "headline" in node:
            yield strip_site_name(headline, names), HEADLINE
            break
    for name, value in structured.meta_values(("og:title", "twitter:title", "citation_title")):
        if not names.means(value):
            yield strip_site_name(value, names), name
    if structured.title and not names.means(structured.title):
        yield strip_site_name(structured.title, names), "title"


def choose_heading(
    headings: Sequence[Heading], declared: Sequence[str], names: SiteNames
) -> Heading | None:
    """Give the `<h1>` that best agrees with the declared titles.

    Of equals the one that agrees with the better declared title, then the first. A site's logo is
    none, nor is a heading that shares next to nothing with what is declared.
    """
    folded = [fold(title) for title in declared]
    best, rate = None, (-1.0, 0)
    for heading in headings:
        if len(heading.text) < shortest(heading.text) or names.means(heading.text):
            continue
        own = fold(heading.text)
        agreed = max(((agreement(own, t), -i) for i, t in enumerate(folded)), default=(1.0, 0))
        if agreed > rate:
            best, rate = heading, agreed
    return best if rate[0] >= LEAST_AGREEMENT else None


def shortest(text: str) -> int:
    """Give how many characters a title has at least, in the script of `text`."""
    return SHORTEST_UNSPACED if is_unspaced(text) else SHORTEST_TITLE


def fuller(headline: tuple[str, str], heading: Heading | None) -> tuple[str, str]:
    """Give the declared headline, or the `<h1>` where the declared one was only cut short."""
    text, source = headline
    if heading and is_cut(text, heading.text):
        return heading.text, "h1"
    return text, source


def is_cut(text: str, whole: str) -> bool:
    """Tell whether `text` is the start of `whole`, cut by a length limit (110 is the usual one)."""
    start = fold(text.rstrip(" .…"))
    if not start or not fold(whole).startswith(start) or start == fold(whole):
        return False
    return text.endswith(("…", "...")) or len(text) >= 100
