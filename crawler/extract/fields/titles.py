"""An article's title: of all that the page calls itself, the headline without the site's name.

Does not repair titles and does not tell whether the page is an article.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import lxml.html

from crawler.extract.fields.folding import agreement, fold, is_unspaced, squash
from crawler.extract.fields.headings import Heading, visible_text
from crawler.extract.fields.jsonld import text_of
from crawler.extract.fields.sitenames import (
    BORDER,
    SiteNames,
    join_parts,
    split_title,
    strip_crumbs,
    strip_site_name,
)
from crawler.extract.fields.structured import Structured

SHORTEST_TITLE = 4
SHORTEST_UNSPACED = 2
LOWER_HEADINGS = 40

# A heading that agrees less with every declared title is of something else on the page.
LEAST_AGREEMENT = 0.1
# Two titles that agree more than this are of one article.
SAME = 0.6
# The part of a title's length up to which words in its midst are no headline.
SHORT_PART = 0.35

# A headline that nothing else on the page confirms has so many words, or characters.
LEAST_HEADLINE_WORDS = 4
LEAST_UNSPACED_HEADLINE = 8
# The parts of a page whose `<h1>` is a site's or a list's.
OUTSIDE = frozenset({"nav", "aside", "footer"})

# What programs call a page that nobody has named.
PLACEHOLDERS = frozenset({
    "app", "article", "blog", "default", "document", "home", "home page", "index", "loading",
    "new page 1", "no title", "page", "page title", "post", "react app", "story", "title",
    "undefined", "untitled", "untitled document", "untitled page", "null", "vite app",
    "unbenanntes dokument", "startseite", "documento sin título", "document sans titre",
})  # fmt: skip

# What makers call the `<h1>` that they write for search engines.
FOR_SEARCH = re.compile(r"(?:^|[\s_-])seo[_-]?(?:title|headline|heading|h1)", re.IGNORECASE)

# A mark behind which the site's name or nothing followed.
LOOSE_END = re.compile(r"\s+[|:–—»«›‹-]+$")
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)

HEADLINE = "json-ld headline"

# What else a JSON-LD object calls its article; sites write the headline for search engines beside.
OTHER_NAMES = ("name", "alternativeHeadline")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The chosen title, where it was found, and the `<h1>` that shows it."""

    text: str | None
    source: str | None
    heading: Heading | None


def read_title(
    root: lxml.html.HtmlElement,
    structured: Structured,
    headings: Sequence[Heading],
    names: SiteNames,
) -> Title:
    """Choose the title.

    The publisher's `headline` for its own article comes first, then the `<h1>` that agrees with
    what the page calls itself, then `og:title`, the article's only `<h1>`, `<title>`. Each
    is freed of the site's name.
    """
    names = names.called(one.text for one in headings if is_site_name(one, structured))
    told = [(text, where) for text, where in declared_titles(structured, names) if text]
    declared = [pair for pair in told if fold(pair[0]) not in PLACEHOLDERS]
    shown = [
        one
        for one in headings
        if not is_section(one, root, structured.title, names) and not is_inside(one, structured)
    ]
    heading = choose_heading(shown, [text for text, _ in declared], names)
    if heading is None and all(where == "title" for _, where in declared):
        heading = lone_heading(shown, root, [text for text, _ in declared], names)
    declared = without_stranger(declared, heading) or ([] if heading else told)
    chosen = first_choice(declared, heading, structured, names)
    if chosen is None:
        return Title(text=None, source=None, heading=None)
    text, source = read_by_readers(root, declared, heading) or settle_kicker(
        chosen, declared, heading
    )
    if source == "title":
        text = shown_part(root, text, names) or strip_crumbs(structured.title or text, names)
    return Title(text=LOOSE_END.sub("", text), source=source, heading=heading)


def is_site_name(heading: Heading, structured: Structured) -> bool:
    """Tell whether a logo's `<h1>` names the site: `<title>` has its words beside others."""
    alone = {fold(text) for _, text in structured.meta_values(("og:title", "twitter:title"))}
    own = fold(heading.text)
    return (
        heading.is_logo and own not in alone and f" {own} " in f" {fold(structured.title or '')} "
    )


def is_section(
    heading: Heading, root: lxml.html.HtmlElement, title: str | None, names: SiteNames
) -> bool:
    """Tell whether an `<h1>` names a part of the site: `<title>` has it behind a headline.

    Which of the two is the headline is told by a heading of a lower rank that shows the longer one.
    """
    parts = split_title(title or "")
    if fold(heading.text) not in {fold(text) for _, text in parts[1:]}:
        return False
    headline = shown_part(root, strip_site_name(title or "", names), names)
    return headline is not None and len(headline) > len(heading.text)


def is_inside(heading: Heading, structured: Structured) -> bool:
    """Tell whether an `<h1>` is but a few words in the midst of what the page is called.

    A publication's name above its article, mostly. What stands apart in a title, at its start or
    its end is the headline, a kicker or a name.
    """
    alone, own = structured.meta("og:title") or "", fold(heading.text)
    if not own or len(own) > SHORT_PART * len(fold(alone)):
        return False
    parts = [fold(part) for part in BORDER.split(alone)]
    inside = any(f" {own} " in f" {part} " and own != part for part in parts)
    return inside and not fold(alone).startswith(own) and not fold(alone).endswith(own)


def without_stranger(
    declared: list[tuple[str, str]], heading: Heading | None
) -> list[tuple[str, str]]:
    """Give the declared titles without a `headline` that shares no word with any other.

    Only where those agree with the `<h1>`: such a headline is of a template or another page.
    """
    others = [fold(text) for text, where in declared if where != HEADLINE]
    if heading is None or not others or len(others) == len(declared):
        return declared
    headline, shown = fold(declared[0][0]), fold(heading.text)
    strange = max(agreement(headline, text) for text in (shown, *others)) < LEAST_AGREEMENT
    agreed = max(agreement(shown, text) for text in others) > SAME
    return declared[1:] if strange and agreed else declared


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
        return fuller(headline, heading, declared)
    if heading:
        return strip_site_name(heading.text, names), "h1"
    return declared[0] if declared else None


def read_by_readers(
    root: lxml.html.HtmlElement, declared: Sequence[tuple[str, str]], heading: Heading | None
) -> tuple[str, str] | None:
    """Give `og:title` where the `<h1>` is marked as the one for search engines.

    Only where the page shows that title to its readers too, as a heading of a lower rank, perhaps
    behind a kicker.
    """
    if heading is None or not FOR_SEARCH.search(heading.element.get("class") or ""):
        return None
    lower = islice(root.iter("h2", "h3", "h4"), LOWER_HEADINGS)
    shown = [f" {fold(visible_text(element))}" for element in lower]
    alone = next((pair for pair in declared if pair[1] == "og:title"), None)
    seen = alone and any(text.endswith(f" {fold(alone[0])}") for text in shown)
    return alone if seen else None


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
    for element in islice(root.iter("h2", "h3", "h4"), LOWER_HEADINGS):
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
    only where the `<h1>` or the headline has the same words: it may carry a section's name. A
    shorter one is the start of an `<h1>` that goes on (with a subtitle, a writer) if `<title>` is
    the same.
    """
    alone = next((pair for pair in declared if pair[1] == "og:title"), None)
    if alone is None:
        return chosen
    words, others = fold(alone[0]), {fold(text) for text, where in declared if where == HEADLINE}
    mine = fold(chosen[0])
    if words.count(" ") >= 1 and mine.endswith(f" {words}"):
        return alone
    if chosen[1] == "h1" and mine.startswith(f"{words} ") and words.count(" "):
        others.update(fold(text) for text, where in declared if where == "title")
    if heading:
        others.update((fold(heading.text), fold(heading.whole)))
    if words in others and (words.endswith(f" {mine}") or mine.startswith(f"{words} ")):
        return alone
    return chosen


def declared_titles(structured: Structured, names: SiteNames) -> Iterator[tuple[str, str]]:
    """Give `(title, where)` for each title that the page declares, the best first."""
    for node in structured.articles:
        headline = bare(text_of(node.get("headline")) or "")
        if headline and not names.means(headline):
            yield strip_site_name(headline, names), HEADLINE
            break
    for name, value in structured.meta_values(("og:title", "twitter:title", "citation_title")):
        if not names.means(value):
            yield strip_site_name(bare(value), names), name
    marked = structured.properties.get("headline", ())
    if len(marked) == 1 and (text := marked[0].get("content") or visible_text(marked[0])):
        yield strip_site_name(text, names), "itemprop headline"
    if structured.title and not names.means(structured.title):
        yield strip_site_name(structured.title, names), "title"


def bare(text: str) -> str:
    """Give a declared title without tags, which some sites leave in it."""
    return TAG.sub("", text) if "<" in text else text


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
        if heading.is_logo and agreed[0] <= SAME:
            continue
        if agreed > rate:
            best, rate = heading, agreed
    return best if rate[0] >= LEAST_AGREEMENT else None


def lone_heading(
    headings: Sequence[Heading],
    root: lxml.html.HtmlElement,
    titles: Sequence[str],
    names: SiteNames,
) -> Heading | None:
    """Give the article's only `<h1>`, which has nothing in common with what `<title>` says.

    A `<title>` is written for search engines, or is forgotten; the `<h1>` is what readers see. Not
    where the page shows the title as a lower heading, below the `<h1>` of a section.
    """
    own = [
        one
        for one in headings
        if not (one.is_logo or names.means(one.text))
        and not any(above.tag in OUTSIDE for above in one.element.iterancestors())
    ]
    if len(own) != 1 or not is_headline_long(own[0].text):
        return None
    lower = islice(root.iter("h2", "h3", "h4"), LOWER_HEADINGS)
    below = {fold(visible_text(element)) for element in lower}
    parts = {fold(run) for title in titles for run in (title, *title_runs(title, names))}
    return None if below & parts else own[0]


def is_headline_long(text: str) -> bool:
    """Tell whether a heading is longer than a section's name."""
    folded = fold(text)
    if is_unspaced(folded):
        return len(folded) >= LEAST_UNSPACED_HEADLINE
    return len(folded.split()) >= LEAST_HEADLINE_WORDS


def shortest(text: str) -> int:
    """Give how many characters a title has at least, in the script of `text`."""
    return SHORTEST_UNSPACED if is_unspaced(text) else SHORTEST_TITLE


def fuller(
    headline: tuple[str, str], heading: Heading | None, declared: Sequence[tuple[str, str]]
) -> tuple[str, str]:
    """Give the declared headline, or what has it whole: it was cut short or lost its marks.

    Other titles may go on with an unknown name of the site: the headline must show its cut.
    """
    text = headline[0]
    others = [(other, where) for other, where in declared if where != HEADLINE]
    if heading and (is_cut(text, heading.text) or is_unmarked(text, heading.text)):
        return heading.text, "h1"
    dots = text.endswith(("…", "..."))
    better = (one for one in others if (dots and is_cut(text, one[0])) or is_unmarked(text, one[0]))
    return next(better, headline)


def is_unmarked(text: str, whole: str) -> bool:
    """Tell whether `text` is `whole` without the marks inside of its words (`Germanys`)."""
    return fold(text) != fold(whole) and len(text) < len(whole) and squash(text) == squash(whole)


def is_cut(text: str, whole: str) -> bool:
    """Tell whether `text` is the start of `whole`, cut by a length limit (110 is the usual one)."""
    start = fold(text.rstrip(" .…"))
    if not start or not fold(whole).startswith(start) or start == fold(whole):
        return False
    return text.endswith(("…", "...")) or len(text) >= 100
