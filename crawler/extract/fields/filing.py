"""How a publisher files an article: the section it stands in and its keywords.

Reads what the page declares, then its trail of links and the links that are marked as keywords.
"""

import re
from collections.abc import Iterator

import lxml.html

from crawler.extract.fields.folding import agreement, fold
from crawler.extract.fields.jsonld import Json, Node, text_of, texts_of, types_of
from crawler.extract.fields.sitenames import SiteNames
from crawler.extract.fields.structured import Structured
from crawler.extract.fields.xpaths import elements

TAGS = 40
TAG_CHARACTERS = 80

# Keywords for machines: an identifier (`98be933f-38cf-…`), `Tag:internal`, `sections/city`.
MACHINE_TAG = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+|[\w-]+[:/]\S+", re.IGNORECASE)

SECTION_METAS = (
    "article:section",
    "og:section",
    "parsely-section",
    "cxenseparse:section",
    "section",
)
TAG_METAS = (
    "article:tag",
    "parsely-tags",
    "sailthru.tags",
    "news_keywords",
    "citation_keywords",
    "keywords",
    "cxenseparse:tags",
    "dc.subject",
    "dcterms.subject",
)

TAG_LINKS = elements("descendant::a[contains(@rel, 'tag')]")

# Where a trail of links begins: at the site's front page, by its name in many languages.
HOME_NAMES = """
home | home page | homepage | start | startseite | accueil | inicio | início | hjem | forside | hem
etusivu | strona główna | domů | úvod | főoldal | acasă | naslovnica | početna | главная | головна
начало | αρχική | ana sayfa | anasayfa | beranda | trang chủ | หน้าแรก | الرئيسية | ראשי | होम
ホーム | トップ | 首页 | 首頁 | 홈
"""
HOME = frozenset(fold(name) for line in HOME_NAMES.strip().splitlines() for name in line.split("|"))
# The last step of a trail is the page itself where it agrees with the title so far.
SAME = 0.6


def read_section(
    structured: Structured, site: SiteNames, title: str | None
) -> tuple[str | None, str | None]:
    """Give `(section, where it was found)`: what is declared, else the last step of the trail."""
    for node in structured.articles:
        if section := text_of(node.get("articleSection")):
            return section, "json-ld articleSection"
    for name, value in structured.meta_values(SECTION_METAS):
        return value, name
    for trail in trails(structured):
        if section := last_step(trail, site, title):
            return section, "json-ld BreadcrumbList"
    return None, None


def trails(structured: Structured) -> Iterator[list[str]]:
    """Give the names along each trail of links that JSON-LD declares, from the front page on."""
    for node in structured.json_ld.nodes:
        declared = node if "BreadcrumbList" in types_of(node) else node.get("breadcrumb")
        told = structured.json_ld.resolve(declared)
        if isinstance(told, dict):
            steps = told.get("itemListElement")
            items = steps if isinstance(steps, list) else [steps]
            yield [
                name for item in sorted(filter(is_node, items), key=place) if (name := step(item))
            ]


def is_node(value: Json) -> bool:
    """Tell whether a JSON value is an object."""
    return isinstance(value, dict)


def place(item: Json) -> int:
    """Give a step's place in its trail; those without one keep the order of the list."""
    told = str(item.get("position")) if isinstance(item, dict) else ""
    return int(told) if told.isdecimal() and len(told) < 4 else 0


def step(item: Json) -> str | None:
    """Give what a step of a trail is called: its own name, or that of the page it leads to."""
    node: Node = item if isinstance(item, dict) else {}
    linked = node.get("item")
    return text_of(node.get("name")) or (text_of(linked) if isinstance(linked, dict) else None)


def last_step(trail: list[str], site: SiteNames, title: str | None) -> str | None:
    """Give the last step of a trail that is neither the front page nor the page itself."""
    steps = [name for name in trail if fold(name) not in HOME and not site.means(name)]
    if steps and title and agreement(fold(steps[-1]), fold(title)) > SAME:
        steps.pop()
    return steps[-1] if steps and len(steps[-1]) <= TAG_CHARACTERS else None


def read_tags(
    structured: Structured, site: SiteNames, root: lxml.html.HtmlElement
) -> tuple[tuple[str, ...], str | None]:
    """Give the article's keywords, each once, without the site's own name."""
    for words, source in keyword_lists(structured, root):
        tags = {fold(tag): tag for tag in words if is_tag(tag) and not site.means(tag)}
        if tags:
            return tuple(tags.values())[:TAGS], source
    return (), None


def keyword_lists(
    structured: Structured, root: lxml.html.HtmlElement
) -> Iterator[tuple[list[str], str]]:
    """Give `(keywords, where)` for each list of keywords, the most particular first."""
    for name in TAG_METAS[:1]:
        yield [tag for value in structured.metas.get(name, ()) for tag in split_list(value)], name
    for node in structured.articles:
        words = [tag for text in texts_of(node.get("keywords")) for tag in split_list(text)]
        yield words, "json-ld keywords"
    for name in TAG_METAS[1:]:
        yield [tag for value in structured.metas.get(name, ()) for tag in split_list(value)], name
    yield list(linked_tags(root)), "rel=tag"


def linked_tags(root: lxml.html.HtmlElement) -> Iterator[str]:
    """Give the texts of the links that are marked as keywords, and not as categories too."""
    for link in TAG_LINKS(root):
        relations = (link.get("rel") or "").split()
        if "tag" in relations and "category" not in relations:
            yield " ".join("".join(link.itertext()).split()).lstrip("#")


def is_tag(text: str) -> bool:
    """Tell whether a keyword is meant for readers: no identifier, path or prefixed code."""
    return bool(fold(text)) and len(text) <= TAG_CHARACTERS and not MACHINE_TAG.fullmatch(text)


def split_list(text: str) -> list[str]:
    """Give the items of a list that commas or semicolons separate."""
    return [item.strip() for item in text.replace(";", ",").replace("、", ",").split(",")]
