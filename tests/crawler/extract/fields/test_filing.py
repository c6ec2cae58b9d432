import pytest

from crawler.extract.fields.metadata import Metadata, read_metadata
from tests.crawler.extract.pages import json_ld, page

SITE = '<meta property="og:site_name" content="Evening Post">'


def read(head: str = "", body: str = "") -> Metadata:
    return read_metadata(page(f"<h1>Bridge closes</h1>{body}", head=SITE + head))


def trail(*names: str) -> str:
    steps = ", ".join(
        f'{{"@type": "ListItem", "position": {place}, "item": {{"name": "{name}"}}}}'
        for place, name in enumerate(names, 1)
    )
    return json_ld(f'{{"@type": "BreadcrumbList", "itemListElement": [{steps}]}}')


@pytest.mark.parametrize(
    ("names", "section"),
    [
        (("Home", "Harbour", "Bridge closes"), "Harbour"),
        (("Evening Post", "News", "Harbour"), "Harbour"),
        (("首页", "港口", "Bridge closes"), "港口"),
        (("Startseite", "Bridge closes"), None),
        ((), None),
    ],
)
def test_the_section_is_the_trails_last_step(names: tuple[str, ...], section: str | None) -> None:
    found = read(trail(*names))
    assert found.section == section
    assert found.sources.get("section") == ("json-ld BreadcrumbList" if section else None)


def test_steps_stand_in_their_own_order_and_in_the_page_object_too() -> None:
    text = (
        '{"@type": "WebPage", "breadcrumb": {"@type": "BreadcrumbList", "itemListElement":'
        ' [{"position": 2, "name": "Harbour"}, {"position": 1, "name": "News"}, "x"]}}'
    )
    assert read(json_ld(text)).section == "Harbour"


def test_a_declared_section_comes_first() -> None:
    head = '<meta property="article:section" content="City">'
    assert read(trail("Home", "Harbour") + head).section == "City"


def test_keywords_are_linked_where_none_are_declared() -> None:
    body = (
        "<a rel='category tag' href='/h'>Harbour</a><a rel=tag href='/b'>#bridges</a>"
        "<a rel='tag nofollow' href='/r'>Repairs</a><a rel=tag href='/e'>Evening Post</a>"
    )
    found = read(body=body)
    assert (found.tags, found.sources["tags"]) == (("bridges", "Repairs"), "rel=tag")
    declared = '<meta name="keywords" content="ferry">'
    assert read(declared, body).tags == ("ferry",)


@pytest.mark.parametrize(
    ("head", "tags"),
    [
        ('<meta name="dc.subject" content="bridges; ferries">', ("bridges", "ferries")),
        ('<meta name="sailthru.tags" content="bridges,repairs">', ("bridges", "repairs")),
        ('<meta name="citation_keywords" content="bridges">', ("bridges",)),
        (
            json_ld('{"@type": "NewsArticle", "keywords": [{"name": "bridges"}]}'),
            ("bridges",),
        ),
        ('<meta name="keywords" content="12345, tag:internal, a/b">', ()),
    ],
)
def test_keywords_are_read_from_many_vocabularies(head: str, tags: tuple[str, ...]) -> None:
    assert read(head).tags == tags
