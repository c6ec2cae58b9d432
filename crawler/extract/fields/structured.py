"""What a page declares about itself, gathered once: `<meta>`, `<link>`, microdata, JSON-LD.

Gathers only; which of several declarations is right is decided by the module that owns the field.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import lxml.html

from crawler.extract.fields.jsonld import JsonLd, Node, clean, own_articles, read_scripts
from crawler.extract.fields.xpaths import elements
from crawler.extract.page import Page

# More than this of one name, or longer than this, is no description of a page.
VALUES_PER_NAME = 40
VALUE_CHARACTERS = 5_000
PROPERTIES = 600
CLIMB = 60

# The relations that are read; a page has dozens of others (styles, icons, feeds).
LINKS = frozenset({"canonical", "amphtml", "image_src"})

# The properties that are read; shops and recipes mark hundreds of others.
PROPERTY_NAMES = frozenset({"author", "datecreated", "datemodified", "datepublished", "headline"})
# A third faster than `descendant::*[@itemprop]`, which is twice as fast as `//*[@itemprop]`.
ITEM_PROPERTIES = elements("descendant::*/@itemprop/..")

# The microdata types of a page's own work; a property in a scope of any other type (a comment, a
# person, a picture) speaks of something else.
WORK_SCOPES = ("article", "posting", "webpage", "report", "review", "recipe", "creativework")


@dataclass(frozen=True, slots=True, kw_only=True)
class Structured:
    """What a page declares about itself."""

    metas: Mapping[str, tuple[str, ...]]
    """Lower-case name, property or http-equiv ▸ contents, in page order."""
    links: Mapping[str, tuple[str, ...]]
    """`rel` ▸ absolute addresses, for the relations of `LINKS`."""
    properties: Mapping[str, tuple[lxml.html.HtmlElement, ...]]
    """Lower-case `itemprop` ▸ elements of the page's own work, for those of `PROPERTY_NAMES`."""
    title: str | None
    """The text of `<title>`."""
    json_ld: JsonLd
    articles: tuple[Node, ...]
    """JSON-LD objects of the page's own article, the surest first."""

    def meta(self, *names: str) -> str | None:
        """Give the first content of the first of these names that has one."""
        return next((value for _, value in self.meta_values(names)), None)

    def meta_values(self, names: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Give `(name, content)` for each content under these names, name by name."""
        for name in names:
            for value in self.metas.get(name, ()):
                yield name, value


def read_structured(page: Page, headings: Iterable[str] = ()) -> Structured:
    """Gather the declarations of `page`; `headings` are its visible candidates for a title."""
    tagged = read_tagged(page.root)
    metas = read_metas(tagged["meta"])
    links = read_links(tagged["link"], page.url)
    title = read_page_title(tagged["title"])
    json_ld = read_scripts(tagged["script"])
    titles = [*headings, *metas.get("og:title", ())[:1], *([title] if title else [])]
    urls = [page.url, *links.get("canonical", ())[:1], *metas.get("og:url", ())[:1]]
    return Structured(
        metas=metas,
        links=links,
        properties=read_properties(page.root),
        title=title,
        json_ld=json_ld,
        articles=own_articles(json_ld, urls=urls, titles=titles),
    )


def read_tagged(root: lxml.html.HtmlElement) -> dict[str, list[lxml.html.HtmlElement]]:
    """Give the elements that hold declarations by tag, in page order: one walk of the tree."""
    table: dict[str, list[lxml.html.HtmlElement]] = {
        tag: [] for tag in ("meta", "link", "title", "script")
    }
    for element in root.iter(*table):
        table[element.tag].append(element)
    return table


def read_page_title(titles: Iterable[lxml.html.HtmlElement]) -> str | None:
    """Give the text of the page's `<title>`; a drawing has titles too."""
    for element in titles:
        if next(element.iterancestors("svg"), None) is None:
            return clean("".join(element.itertext())[:VALUE_CHARACTERS]) or None
    return None


def read_metas(elements: Iterable[lxml.html.HtmlElement]) -> dict[str, tuple[str, ...]]:
    """Give every `<meta>` with a content by its lower-case name."""
    table: dict[str, list[str]] = {}
    for element in elements:
        name = (
            element.get("property")
            or element.get("name")
            or element.get("http-equiv")
            or element.get("itemprop")
        )
        content = element.get("content") or element.get("value")
        if name and content and (text := clean(content[:VALUE_CHARACTERS])):
            values = table.setdefault(name.strip().lower(), [])
            if len(values) < VALUES_PER_NAME:
                values.append(text)
    return {name: tuple(values) for name, values in table.items()}


def read_links(elements: Iterable[lxml.html.HtmlElement], base: str) -> dict[str, tuple[str, ...]]:
    """Give the absolute addresses of the `<link>`s that speak of the page, by `rel`."""
    table: dict[str, list[str]] = {}
    for element in elements:
        rel = (element.get("rel") or "").strip().lower()
        if rel in LINKS and (url := absolute(base, element.get("href") or "")):
            table.setdefault(rel, []).append(url)
    return {rel: tuple(values) for rel, values in table.items()}


def absolute(base: str, href: str) -> str | None:
    """Give the web address that `href` means on the page `base`; None for anything else."""
    href = href.strip()
    if not href:
        return None
    try:
        # Without a base `urljoin` gives back an address that it has not looked at.
        url = urljoin(base, href) if base else urlsplit(href).geturl()
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None


def read_properties(
    root: lxml.html.HtmlElement,
) -> dict[str, tuple[lxml.html.HtmlElement, ...]]:
    """Give the elements with an `itemprop` by its name, without those of other works."""
    table: dict[str, list[lxml.html.HtmlElement]] = {}
    for element in ITEM_PROPERTIES(root)[:PROPERTIES]:
        names = PROPERTY_NAMES.intersection((element.get("itemprop") or "").lower().split())
        if names and belongs_to_work(element):
            for name in names:
                table.setdefault(name, []).append(element)
    return {name: tuple(elements) for name, elements in table.items()}


def belongs_to_work(element: lxml.html.HtmlElement) -> bool:
    """Tell whether the nearest scope around the element is an article's (or there is none)."""
    parent = element.getparent()
    for _ in range(CLIMB):
        if parent is None:
            return True
        if parent.get("itemscope") is not None:
            kind = (parent.get("itemtype") or "").lower()
            return not kind or any(scope in kind for scope in WORK_SCOPES)
        parent = parent.getparent()
    return False
