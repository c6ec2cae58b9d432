"""Who wrote the article: the byline in what the page declares and in what it shows.

Taking a printed byline apart is `names.py`'s part.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import lxml.html

from crawler.extract.fields.bylinewords import COMPANY, WRITER_LABEL
from crawler.extract.fields.jsonld import Json, JsonLd, texts_of
from crawler.extract.fields.names import Names, is_slug, read_names
from crawler.extract.fields.pieces import Showing
from crawler.extract.fields.shownbylines import read_shown_bylines, read_signature
from crawler.extract.fields.sitenames import SiteNames
from crawler.extract.fields.structured import Structured

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

# How well a byline answers who wrote the article.
SITE, NEWSROOM, PEOPLE = 0, 1, 2

AUTHORS = 8
INITIALS = 4

BARE_ADDRESS = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}/\S", re.IGNORECASE)
PARSELY_WRITERS = re.compile(r'"authors?"\s*:\s*(\[[^\]]*\]|"[^"]*")', re.IGNORECASE)
QUOTED = re.compile(r'"([^"]+)"')

NOBODY_NAMED = Names()


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Who is named, and where."""

    names: Names = NOBODY_NAMED
    source: str | None = None


def read_byline(
    structured: Structured, site: SiteNames, showing: Showing, text: str | None = None
) -> Byline:
    """Choose the byline: people before newsrooms, what the page declares before what it shows.

    The site's own name counts where nobody else is named; a newsroom's (`Evening Post Staff`) gives
    way only to people, not to an agency. A signature below the article's `text` is asked last.
    """
    declared = best_of(declared_bylines(structured, site), site)
    if declared and (declared.names.agencies or rank_names(declared.names, site) == PEOPLE):
        return declared
    shown = best_of(shown_bylines(showing, site), site)
    if not declared or (shown and outranks(shown.names, declared.names, site)):
        return shown or signature(text)
    return declared


def signature(text: str | None) -> Byline:
    """Give the byline that an article's text ends with."""
    names = read_signature(text)
    return Byline(names=names, source="text") if names else Byline()


def outranks(shown: Names, declared: Names, site: SiteNames) -> bool:
    """Tell whether shown names answer better than declared ones that name no people."""
    return rank_names(shown, site) > max(rank_names(declared, site), SITE)


def best_of(bylines: Iterable[Byline], site: SiteNames) -> Byline | None:
    """Give the first byline that names people, else the first of the next best rank."""
    best: Byline | None = None
    best_rank = -1
    for byline in bylines:
        rank = rank_names(byline.names, site) if byline.names else -1
        if rank == PEOPLE:
            return byline
        if rank > best_rank:
            best, best_rank = byline, rank
    return best


def rank_names(names: Names, site: SiteNames) -> int:
    """Rate whom a byline names: people, a newsroom of the site or an agency, or just the site."""
    if any(is_person(name, site) for name in names.people):
        return PEOPLE
    elsewhere = any(not site.means(name) for name in names.people)
    return NEWSROOM if elsewhere or names.agencies else SITE


def is_person(name: str, site: SiteNames) -> bool:
    """Tell whether a name can be a person's: not the site's, an account's or a firm's."""
    return not (site.resembles(name) or is_account(name) or COMPANY.search(name))


def is_account(name: str) -> bool:
    """Tell whether the name is an account's or a writer's initials."""
    return is_slug(name) or (len(name) <= INITIALS and " " not in name and name.islower())


def shown_bylines(showing: Showing, site: SiteNames) -> Iterator[Byline]:
    """Give the bylines that the page shows, the surest first."""
    for names in read_shown_bylines(showing):
        yield Byline(names=without_affiliations(names, site), source="byline")


def declared_bylines(structured: Structured, site: SiteNames) -> Iterator[Byline]:
    """Give the bylines that the page declares, the best first."""
    for node in structured.articles:
        for key in ("author", "creator"):
            names = told_names(declared_writers(node.get(key), structured.json_ld), site)
            yield Byline(names=names, source=f"json-ld {key}")
    for meta in AUTHOR_METAS:
        values = [v for v in structured.metas.get(meta, ()) if not is_address(v)]
        names = without_affiliations(told_names(values, site), site)
        yield Byline(names=names, source=f"meta {meta}")
    yield Byline(names=read_names(*labelled_writers(structured)), source="meta twitter:data")
    yield Byline(names=read_names(*parsely_writers(structured)), source="meta parsely-page")
    authors = structured.properties.get("author", ())[:AUTHORS]
    yield Byline(names=read_names(*map(element_text, authors)), source="itemprop author")


def without_affiliations(names: Names, site: SiteNames) -> Names:
    """Give the names without the site's own, which a printed byline sets behind its people."""
    others = tuple(name for name in names.people if not site.resembles(name))
    return replace(names, people=others) if others else names


def declared_writers(value: Json, json_ld: JsonLd) -> list[str]:
    """Give the writers of a JSON-LD object as told, references followed, each item on its own."""
    items = value if isinstance(value, list) else [value]
    texts = [text for item in items for text in writer_texts(json_ld.resolve(item))]
    return [text for text in texts if not is_address(text)]


def told_names(texts: Sequence[str], site: SiteNames) -> Names:
    """Read declared writers; the site's own name is kept whole (`Jobs & Hire`)."""
    if texts and all(site.means(text) for text in texts):
        return Names(people=tuple(dict.fromkeys(texts))[:1])
    return read_names(*map(flip, texts))


def writer_texts(value: Json) -> list[str]:
    """Give what a writer's object is called: its `name`, else its given and family names.

    A role (`{"@type": "Role", "author": …}`) has the writer inside.
    """
    given = value if isinstance(value, dict) else {}
    if texts := texts_of(value) or texts_of(given.get("author")):
        return texts
    halves = [half for key in ("givenName", "familyName") for half in texts_of(given.get(key))]
    return [" ".join(halves)] if len(halves) > 1 else []


def labelled_writers(structured: Structured) -> Iterator[str]:
    """Give what `twitter:data1` says where `twitter:label1` (or 2) calls it the writer."""
    for number in "12":
        label = structured.meta(f"twitter:label{number}")
        value = structured.meta(f"twitter:data{number}")
        if label and value and WRITER_LABEL.search(label):
            yield value


def parsely_writers(structured: Structured) -> Iterator[str]:
    """Give the writers in a `parsely-page` meta, a JSON object."""
    for value in structured.metas.get("parsely-page", ()):
        if told := PARSELY_WRITERS.search(value):
            yield from QUOTED.findall(told[1])


def is_address(text: str) -> bool:
    """Tell whether a writer is given as a web address."""
    return text.startswith(("http://", "https://", "www.", "/")) or bool(BARE_ADDRESS.match(text))


def flip(text: str) -> str:
    """Give `Jane Doe` for `Doe, Jane`: two single words with a comma are no two people."""
    last, comma, first = text.partition(", ")
    if comma and " " not in last.strip() and "," not in first and len(first.split()) == 1:
        return f"{first} {last}"
    return text


def element_text(element: lxml.html.HtmlElement) -> str:
    """Give what an element says: what it marks as its name, else all, its parts apart."""
    named = next((one for one in element.iterdescendants() if one.get("itemprop") == "name"), None)
    one = element if named is None else named
    return one.get("content") or " ".join(one.itertext())
