"""An article's title: of all that the page calls itself, the headline without the site's name.

Does not repair titles and does not tell whether the page is an article.
"""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

import lxml.html

from crawler.extract.fields.folding import agreement, fold, is_unspaced, squash
from crawler.extract.fields.headings import Heading, visible_text
from crawler.extract.fields.jsonld import text_of
from crawler.extract.fields.lasttitles import is_headline_long, marked_title, state_title
from crawler.extract.fields.sitenames import (
    BORDER,
    SiteNames,
    join_parts,
    split_title,
    strip_crumbs,
    strip_site_name,
    strip_unknown_name,
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

# A `headline` that agrees no more with what readers see is another wording, not another version.
REWORDED = 0.3
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
LINE_BREAK = re.compile(r"<br\b[^<>]*>|</?(?:p|div)\b[^<>]*>", re.IGNORECASE)
# What makers call the heading of a post, on pages whose `<h1>` is the site's name.
POST_TITLE = re.compile(
    r"(?:^|[\s_-])(?:entry|post|article|story|topic)-?(?:title|headline)(?:$|[\s_-])", re.IGNORECASE
)

HEADLINE = "json-ld headline"

# What else names the page; those of machines only where `<title>` says nothing.
TITLE_METAS = ("og:title", "twitter:title", "citation_title")
OTHER_METAS = ("parsely-title", "dc.title", "dcterms.title", "sailthru.title")

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
    for_sharing = {fold(text) for text, where in told if where in TITLE_METAS}
    declared = [pair for pair in told if fold(pair[0]) not in PLACEHOLDERS]
    shown = [
        one
        for one in headings
        if not is_section(one, root, structured.title, names, for_sharing)
        and not is_inside(one, structured)
    ]
    heading = choose_heading(shown, [text for text, _ in declared], names)
    if heading is None and only_title(declared):
        heading = lone_heading(shown, root, [text for text, _ in declared], names)
    declared = without_stranger(declared, heading) or ([] if heading else told)
    chosen = first_choice(declared, heading, structured, names)
    if chosen is None or (not heading and chosen in told and fold(chosen[0]) in PLACEHOLDERS):
        return last_title(root, names, chosen)
    text, source = read_by_readers(root, declared, heading) or settle_kicker(
        chosen, declared, heading
    )
    if heading is None:
        text = headline_of(text, source, root, structured.title, names)
    return Title(text=LOOSE_END.sub("", text), source=source, heading=heading)


def headline_of(
    text: str, source: str, root: lxml.html.HtmlElement, title: str | None, names: SiteNames
) -> str:
    """Give the headline in a declared title that no `<h1>` shows: whole, without what names a site.

    As a lower heading of the page shows it, else without the names that marks set off.
    """
    if whole := shown_whole(root, text, names):
        return whole
    if source == "title":
        return shown_part(root, text, names) or strip_unknown_name(
            strip_crumbs(title or text, names)
        )
    if source in TITLE_METAS:
        return shown_part(root, text, names) or strip_unknown_name(text)
    return text


def last_title(
    root: lxml.html.HtmlElement, names: SiteNames, placeholder: tuple[str, str] | None
) -> Title:
    """Give the title of a page that declares none, or nothing but what its program prints."""
    for find, source in ((state_title, "script"), (marked_title, "heading")):
        text = find(root)
        if text and not names.means(text):
            return Title(text=text, source=source, heading=None)
    text, where = placeholder or (None, None)
    return Title(text=text, source=where, heading=None)


def is_site_name(heading: Heading, structured: Structured) -> bool:
    """Tell whether a logo's `<h1>` names the site: `<title>` has its words beside others."""
    alone = {fold(text) for _, text in structured.meta_values(("og:title", "twitter:title"))}
    own = fold(heading.text)
    return (
        heading.is_logo and own not in alone and f" {own} " in f" {fold(structured.title or '')} "
    )


def is_section(
    heading: Heading,
    root: lxml.html.HtmlElement,
    title: str | None,
    names: SiteNames,
    for_sharing: AbstractSet[str],
) -> bool:
    """Tell whether an `<h1>` names the site or a part of it: `<title>` has it beside a headline.

    Which of the two is the headline is told by a title for sharing that is `<title>`'s start, or
    by a heading of a lower rank that shows the longer one. What `<title>` begins with is a headline
    itself, unless that lower heading is marked as one.
    """
    own = fold(heading.text)
    first, *others = [fold(text) for _, text in split_title(title or "")]
    if own in others:
        headline = shown_part(root, strip_site_name(title or "", names), names)
        longest = max(len(fold(headline or "")), len(first) if first in for_sharing else 0)
        return longest > len(own)
    if own != fold(BORDER.split(title or "", maxsplit=1)[0]):
        return False
    rest = fold(title or "")[len(own) :].strip()
    return len(rest) > len(own) and rest in marked_posts(root)


def marked_posts(root: lxml.html.HtmlElement) -> set[str]:
    """Give the folded texts of the lower headings that are marked as a post's title."""
    lower = islice(root.iter("h2", "h3", "h4"), LOWER_HEADINGS)
    marked = (one for one in lower if POST_TITLE.search(one.get("class") or ""))
    return {fold(visible_text(element)) for element in marked}


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


def only_title(declared: Sequence[tuple[str, str]]) -> bool:
    """Tell whether the page is called by its `<title>` alone, which `headline` may repeat.

    A title for sharing of other words shows that it was written for search engines.
    """
    titles = {where: fold(text) for text, where in declared}
    title = titles.get("title", "")
    if HEADLINE not in titles:
        return titles.keys() <= {"title"}
    alone = titles.get("og:title", title)
    return title.startswith(titles[HEADLINE]) and agreement(alone, title) <= REWORDED


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
    if headline and not (heading and is_pages_own(headline[0], heading, declared)):
        return fuller(headline, heading, declared)
    if heading:
        return unglued(strip_site_name(heading.text, names), declared), "h1"
    return declared[0] if declared else None


def is_pages_own(headline: str, heading: Heading, declared: Sequence[tuple[str, str]]) -> bool:
    """Tell whether `headline` but repeats `<title>`, for search engines, in words of its own.

    Neither the `<h1>` that readers see nor the title for sharing has them; without the latter
    nothing tells such an `<h1>` from a section's.
    """
    own, titles = fold(headline), {where: fold(text) for text, where in declared}
    others = (fold(heading.text), titles.get("og:title", own))
    return (
        titles.get("title", "").startswith(own)
        and is_headline_long(heading.text)
        and max(agreement(own, other) for other in others) <= REWORDED
    )


def unglued(text: str, declared: Sequence[tuple[str, str]]) -> str:
    """Give a title with its blanks, of which an `<h1>` of several lines may have lost some."""
    letters = text.replace(" ", "")
    same = (other for other, _ in declared if other.replace(" ", "") == letters)
    return max((text, *same), key=lambda one: one.count(" "))


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


def shown_whole(root: lxml.html.HtmlElement, title: str, names: SiteNames) -> str | None:
    """Give the lower heading of which `title`, or a part of it, is the start and ends in dots."""
    cut = [run for run in (title, *title_runs(title, names)) if run.endswith(("…", "..."))]
    if not cut:
        return None
    texts = (visible_text(one) for one in islice(root.iter("h2", "h3", "h4"), LOWER_HEADINGS))
    return next((text for text in texts if any(is_cut(run, text) for run in cut)), None)


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
    for name, value in structured.meta_values(TITLE_METAS):
        if not names.means(value):
            yield strip_site_name(bare(value), names), name
    marked = structured.properties.get("headline", ())
    if len(marked) == 1 and (text := marked[0].get("content") or visible_text(marked[0])):
        yield strip_site_name(text, names), "itemprop headline"
    if structured.title and not names.means(structured.title):
        yield strip_site_name(structured.title, names), "title"
    else:
        for name, value in structured.meta_values(OTHER_METAS):
            if not names.means(value):
                yield strip_site_name(bare(value), names), name


def bare(text: str) -> str:
    """Give a declared title without tags, which some sites leave in it."""
    if "<" not in text:
        return text
    return " ".join(TAG.sub("", LINE_BREAK.sub(" ", text)).split())


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
        if (heading.is_logo or heading.is_picture) and agreed[0] <= SAME:
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
        if not (one.is_logo or one.is_picture or names.means(one.text))
        and not any(above.tag in OUTSIDE for above in one.element.iterancestors())
    ]
    if len(own) != 1 or not is_headline_long(own[0].text):
        return None
    lower = islice(root.iter("h2", "h3", "h4"), LOWER_HEADINGS)
    below = {fold(visible_text(element)) for element in lower}
    parts = {fold(run) for title in titles for run in (title, *title_runs(title, names))}
    return None if below & parts else own[0]


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
