"""The list that a page declares in JSON-LD."""

import json
from datetime import UTC, datetime

import pytest

from archive.records import ListPage
from crawler.extract.doors.itemlists import read_item_list
from crawler.extract.page import parse_page

NOW = datetime(2024, 11, 9, 12, tzinfo=UTC)


def read(*values: object) -> ListPage:
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values
    )
    html = f"<html lang='en'><head><title>Latest</title>{scripts}</head><body></body></html>"
    return read_item_list(
        parse_page(html.encode(), url="https://paper.example/latest", captured_at=NOW)
    )


def article(number: int, **more: object) -> dict[str, object]:
    return {
        "@type": "NewsArticle",
        "headline": f"Sheep {number} &amp; cells",
        "url": f"/{number}",
        "datePublished": f"2024-11-0{number}T10:00:00+01:00",
        **more,
    }


def listed(*items: object) -> dict[str, object]:
    elements = [{"@type": "ListItem", "position": n, "item": i} for n, i in enumerate(items)]
    return {"@context": "https://schema.org", "@type": "ItemList", "itemListElement": elements}


def test_the_items_of_a_list_are_headlines() -> None:
    page = read(listed(article(3, publisher={"name": "Hill Letters"}), article(2), article(1)))
    one = page.headlines[0]
    assert (one.title, one.url) == ("Sheep 3 & cells", "https://paper.example/3")
    assert one.published is not None
    assert one.published.isoformat() == "2024-11-03T10:00:00+01:00"
    assert one.publisher == "Hill Letters"
    assert (len(page.headlines), page.language, page.title) == (3, "en", "Latest")


def test_items_may_stand_flat_or_as_addresses() -> None:
    flat = [{"@type": "ListItem", "name": f"Sheep {n}", "url": f"/{n}"} for n in range(3)]
    bare = [{"@type": "ListItem", "name": f"Goat {n}", "item": f"/g{n}"} for n in range(4)]
    assert len(read({"@type": "ItemList", "itemListElement": flat}).headlines) == 3
    assert read({"@type": "ItemList", "itemListElement": bare}).headlines[3].url == (
        "https://paper.example/g3"
    )


@pytest.mark.parametrize(("kind", "key"), [("Blog", "blogPost"), ("CollectionPage", "hasPart")])
def test_blogs_and_collections_are_lists_too(kind: str, key: str) -> None:
    page = read({"@graph": [{"@type": kind, key: [article(1), article(2), article(3)]}]})
    assert [h.position for h in page.headlines] == [0, 1, 2]


def test_references_are_followed_within_the_page() -> None:
    named = [article(n, **{"@id": f"#{n}"}) for n in (1, 2, 3)]
    page = read(
        {"@graph": [{"@type": "Blog", "blogPost": [{"@id": f"#{n}"} for n in (1, 2, 3)]}, *named]}
    )
    assert len(page.headlines) == 3


def test_of_several_lists_the_longest_is_the_pages() -> None:
    page = read(listed(*map(article, (1, 2, 3))), listed(*map(article, (4, 5, 6, 7))))
    assert page.headlines[0].url == "https://paper.example/4"


def test_bread_crumbs_two_items_and_nonsense_are_no_list() -> None:
    crumbs = [{"@type": "ListItem", "name": n, "item": f"/{n}"} for n in ("Home", "News", "All")]
    assert read({"@type": "BreadcrumbList", "itemListElement": crumbs}).headlines == ()
    assert read(listed(article(1), article(2))).headlines == ()
    assert read(listed(*[{"name": "No address"}] * 5), {"itemListElement": 7}).headlines == ()
