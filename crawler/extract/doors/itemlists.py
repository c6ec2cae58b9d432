"""The list that a page declares in JSON-LD: an `ItemList`, a `Blog`, or a collection's parts.

Of several the longest is the page's list; a trail of bread crumbs is none.
"""

from collections.abc import Iterator, Mapping

from archive.records import ListPage
from crawler.extract.doors.entries import Entry, headlines_of, read_feed_date
from crawler.extract.fields.jsonld import Json, Node, read_json_ld, text_of, types_of, url_of, walk
from crawler.extract.lists.listpage import languages_of, title_of_page
from crawler.extract.page import Page

# Type ▸ where it keeps its entries.
LISTS: Mapping[str, str] = {
    "ItemList": "itemListElement",
    "Blog": "blogPost",
    "CollectionPage": "hasPart",
    "SearchResultsPage": "hasPart",
    "DataFeed": "dataFeedElement",
}

# Fewer entries with title and address are no list.
FEWEST = 3


def read_item_list(page: Page, *, known_publishers: Mapping[str, str] = {}) -> ListPage:
    """Read the longest list that a page declares; without one, a page without headlines."""
    json_ld = read_json_ld(page.root)
    languages = languages_of(page.root)
    lists = [
        [entry for item in items if (entry := entry_of(item, page, languages))]
        for node in walk(json_ld.nodes)
        for items in items_of(node, json_ld.by_id)
    ]
    longest = max(lists, key=len, default=[])
    return ListPage(
        url=page.url,
        captured_at=page.captured_at,
        headlines=headlines_of(
            longest if len(longest) >= FEWEST else [],
            url=page.url,
            known_publishers=known_publishers,
        ),
        language=next(iter(languages), None),
        title=title_of_page(page.root),
    )


def items_of(node: Node, by_id: Mapping[str, Node]) -> Iterator[list[Node]]:
    """Give the entries of a node that is a list, references followed."""
    for name in types_of(node):
        declared = node.get(LISTS.get(name, ""))
        items = declared if isinstance(declared, list) else []
        yield [resolved(one, by_id) for one in items if isinstance(one, dict)]


def resolved(item: Node, by_id: Mapping[str, Node]) -> Node:
    """Give what an entry stands for: a `ListItem`'s item, the object that a reference names."""
    inner = item.get("item")
    if isinstance(inner, str):
        return {**item, "url": inner}
    chosen = {**item, **inner} if isinstance(inner, dict) else item
    named = by_id.get(str(chosen.get("@id")), {})
    return {**named, **chosen}


def entry_of(item: Node, page: Page, languages: list[str]) -> Entry | None:
    """Read an entry; None for one without title or address."""
    title = text_of(item.get("headline")) or text_of(item.get("name"))
    url = url_of(item.get("url")) or url_of(item.get("mainEntityOfPage")) or url_of(item.get("@id"))
    if title is None or url is None:
        return None
    printed = text_of(item.get("datePublished"))
    return Entry(
        title=title,
        url=url,
        published=read_feed_date(printed, captured_at=page.captured_at, languages=languages),
        date_text=printed,
        publisher=publisher_of(item),
    )


def publisher_of(item: Node) -> str | None:
    """Give the name of an entry's publisher."""
    publisher: Json = item.get("publisher")
    return text_of(publisher.get("name")) if isinstance(publisher, dict) else None
