"""Who wrote the article: the byline in what the page declares and in what it shows.

Taking a printed byline apart is `names.py`'s part.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html

from crawler.extract.jsonld import Json, JsonLd, texts_of
from crawler.extract.names import Names, is_slug, read_names
from crawler.extract.sitenames import SiteNames
from crawler.extract.structured import Structured
from crawler.extract.xpaths import elements

# The names under which pages declare their writers, the most particular first. `article:author`
# is an address on most sites and a name on some.
AUTHOR_METAS = (
    "citation_author",
    "parsely-author",
    "cxenseparse:author",
    "articleauthor",
    "article:author_name",
    "mrf:authors",
    "sailthru.author",
    "lp.article:author",
    "dc.creator",
    "dcterms.creator",
    "dcsext.author",
    "byl",
    "author",
    "article:author",
    "og:article:author",
    "authors",
)

# Elements that may hold the byline, by what their markup says.
MARKED = elements(
    "following::*[@rel='author' or contains(@class,'uthor') or contains(@class,'yline') or "
    "contains(@class,'autor') or contains(@class,'Autor') or contains(@class, 'writer') or "
    "contains(@class, 'verfasser') or contains(@class, 'reporter')]"
    "[not(self::script or self::style or self::svg or self::img or self::meta or self::input)]"
)
AROUND = 4
MARKED_BEFORE = 120
CLIMB = 9
LINE_CHARACTERS = 160

# Where names are of other people: commenters, photographers, writers of other articles.
FOREIGN = re.compile(
    r"comment|related|teaser|card(?!\w*author)|recommend|newsletter|caption|image|photo|foto|picture|"
    r"credit|quote|sidebar|footer|promo|more-|most|popular|widget|latest|media|video|carousel|slider|"
    r"avatar|bio\b|description|follow|job|title\b|editor|social|share|-date|time",
    re.IGNORECASE,
)
FOREIGN_TAGS = frozenset({"aside", "footer", "nav", "figure", "figcaption", "blockquote", "form"})

BY_LINE = re.compile(
    r"^(?:by|von|por|par|di|af|av|door|przez|text|autor|reporting by|written by)\s*:?\s+(?=\S)"
    r"(?P<names>[^.!?]{3,120})$",
    re.IGNORECASE,
)


NOBODY_NAMED = Names()


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Who is named, and where."""

    names: Names = NOBODY_NAMED
    source: str | None = None


def read_byline(
    structured: Structured, names: SiteNames, heading: lxml.html.HtmlElement | None
) -> Byline:
    """Choose the byline: people before newsrooms, what the page declares before what it shows."""
    fallback = Byline()
    for byline in candidates(structured, heading):
        if not byline.names:
            continue
        if names_people(byline.names, names):
            return byline
        if not fallback.names:
            fallback = byline
    return fallback


def candidates(structured: Structured, heading: lxml.html.HtmlElement | None) -> Iterator[Byline]:
    """Give the bylines that the page offers, the best first."""
    for node in structured.articles:
        for key in ("author", "creator"):
            value = node.get(key)
            yield Byline(names=declared_names(value, structured.json_ld), source=f"json-ld {key}")
    for meta in AUTHOR_METAS:
        values = [v for v in structured.metas.get(meta, ()) if not is_address(v)]
        yield Byline(names=read_names(*map(flip, values)), source=f"meta {meta}")
    yield Byline(
        names=read_names(*map(element_text, structured.properties.get("author", ())[:5])),
        source="itemprop author",
    )
    if heading is not None:
        yield Byline(names=shown_names(heading), source="byline")


def declared_names(value: Json, json_ld: JsonLd) -> Names:
    """Read the writers of a JSON-LD object, references followed, each item on its own."""
    items = value if isinstance(value, list) else [value]
    texts = [text for item in items for text in texts_of(json_ld.resolve(item))]
    return read_names(*(text for text in texts if not is_address(text)))


def is_address(text: str) -> bool:
    """Tell whether a writer is given as a web address."""
    return text.startswith(("http://", "https://", "www.", "/"))


def flip(text: str) -> str:
    """Give `Jane Doe` for `Doe, Jane`: two single words with a comma are no two people."""
    last, comma, first = text.partition(", ")
    if comma and " " not in last.strip() and "," not in first and len(first.split()) == 1:
        return f"{first} {last}"
    return text


def names_people(found: Names, site: SiteNames) -> bool:
    """Tell whether somebody other than the site itself or an account is named."""
    return bool(found.agencies) or any(
        not site.means(name) and not is_slug(name) for name in found.people
    )


def element_text(element: lxml.html.HtmlElement) -> str:
    """Give what an element says, its parts apart, without what it merely shows."""
    return element.get("content") or " ".join(element.itertext())


def shown_names(heading: lxml.html.HtmlElement) -> Names:
    """Read the byline that is marked as one near the heading, behind it first."""
    for element in MARKED(heading)[:MARKED_BEFORE]:
        if is_foreign(element):
            continue
        text = " ".join(" ".join(element.itertext()).split())
        if not text or len(text) > LINE_CHARACTERS:
            continue
        names = read_names(*line_parts(element))
        if names:
            return names
    return Names()


def line_parts(element: lxml.html.HtmlElement) -> list[str]:
    """Give the byline's parts: its links where it has some, else its text."""
    links = [text for a in element.iter("a") if (text := " ".join(" ".join(a.itertext()).split()))]
    return links or [" | ".join(piece for piece in element.itertext() if piece.strip())]


def is_foreign(element: lxml.html.HtmlElement) -> bool:
    """Tell whether the element stands in a part of the page that names other people."""
    for _ in range(CLIMB):
        if element is None or element.tag in ("body", "html"):
            return False
        if element.tag in FOREIGN_TAGS:
            return True
        if FOREIGN.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return bool(element.tag != "main")
        element = element.getparent()
    return False
