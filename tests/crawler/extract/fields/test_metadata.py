from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.fields.metadata import Metadata, read_metadata
from crawler.extract.page import parse_page
from tests.crawler.extract.pages import CAPTURED_AT, URL, json_ld, page

TEXT = "The bridge across the harbour closes for repairs, and it is not known for how long. " * 5

FULL = json_ld(
    """{"@context": "https://schema.org", "@type": ["NewsArticle", "ReportageNewsArticle"],
    "headline": "Bridge closes", "articleSection": ["Harbour", "City"],
    "keywords": ["bridges", "Harbour, repairs", "Tag:internal"], "isAccessibleForFree": "False",
    "image": {"@type": "ImageObject", "url": "/bridge.jpg"}, "description": "For a year",
    "articleBody": "One.\\n\\nTwo &amp; three.", "publisher": {"name": "Evening Post"},
    "author": {"name": "Ann Lee"}, "datePublished": "2024-11-08T10:00:00Z"}"""
)


def test_every_field_comes_with_where_it_was_found() -> None:
    found = read_metadata(
        page(
            f"<h1>Bridge closes</h1><div id=b><p>{TEXT}</p>"
            "<a href='https://mayor.example/x'>x</a></div>",
            head=FULL + f'<link rel="canonical" href="{URL}">',
            attributes="lang=en",
        ),
        text=f"PORT CITY (Reuters) - {TEXT}",
    )
    assert found.title == "Bridge closes"
    assert found.section == "Harbour"
    assert found.tags == ("bridges", "Harbour", "repairs")
    assert found.free is False
    assert found.image_url == "https://www.evening-post.example/bridge.jpg"
    assert found.description == "For a year"
    assert found.article_body == "One.\n\nTwo & three."
    assert found.publisher == "Evening Post"
    assert found.canonical_url == URL
    assert found.types == ("NewsArticle", "ReportageNewsArticle")
    assert found.language == "en"
    assert (found.dateline, found.agency) == ("PORT CITY (Reuters)", "Reuters")
    assert found.credited == ("Ann Lee",)
    assert found.sources == {
        "title": "json-ld headline",
        "byline": "json-ld author",
        "agency": "dateline",
        "publisher": "json-ld publisher",
        "published": "json-ld datePublished",
        "dateline": "text",
        "section": "json-ld articleSection",
        "tags": "json-ld keywords",
        "language": "html lang",
        "description": "json-ld description",
        "image_url": "json-ld image",
        "canonical_url": "link canonical",
        "free": "json-ld isAccessibleForFree",
    }


def test_cited_links_come_from_the_located_article_alone() -> None:
    parsed = page(
        "<a href='https://a.example/'>a</a><div id=b><a href='https://c.example/'>c</a></div>"
    )
    found = read_metadata(parsed, body=parsed.root.get_element_by_id("b"))
    assert found.references == ("https://c.example/",)
    assert found.sources["references"] == "text"


def test_metas_stand_in_where_there_is_no_json_ld() -> None:
    head = """<meta property="article:section" content="Harbour">
        <meta property="article:tag" content="bridges">
        <meta property="article:tag" content="Bridges">
        <meta name="description" content="For a year"><meta property="og:image" content="/b.jpg">
        <meta property="article:content_tier" content="metered">"""
    found = read_metadata(page(head=head))
    assert (found.section, found.tags, found.description) == ("Harbour", ("Bridges",), "For a year")
    assert found.image_url == "https://www.evening-post.example/b.jpg"
    assert found.free is False


@pytest.mark.parametrize(
    ("value", "free"),
    [
        ("true", True),
        ("false", False),
        ('"True"', True),
        ('"http://schema.org/False"', False),
        ('"perhaps"', None),
        ("null", None),
    ],
)
def test_being_free_is_read_in_all_its_forms(value: str, *, free: bool | None) -> None:
    text = f'{{"@type": "NewsArticle", "isAccessibleForFree": {value}}}'
    assert read_metadata(page(head=json_ld(text))).free is free


def test_related_articles_give_nothing() -> None:
    text = """[{"@type": "NewsArticle", "headline": "Ferry is late", "url": "https://a.example/ferry",
        "author": "Cy Doe", "datePublished": "2019-05-07"}]"""
    found = read_metadata(
        page("<h1>Bridge closes</h1>", head=json_ld(text), url="https://b.example/x")
    )
    assert (found.title, found.byline, found.published) == ("Bridge closes", (), None)


def test_an_empty_page_has_nothing_but_its_host() -> None:
    found = read_metadata(page(url="https://tide.example/a"))
    assert found == Metadata(publisher="tide.example", sources={"publisher": "host"})


def test_the_same_page_reads_the_same_whatever_was_read_before() -> None:
    first = read_metadata(page("<h1>Bridge closes</h1>", head=FULL))
    read_metadata(page("<h1>Other</h1>"))
    again = read_metadata(page("<h1>Bridge closes</h1>", head=FULL))
    assert (again.title, again.published, again.sources) == (
        first.title,
        first.published,
        first.sources,
    )


PIECES = st.sampled_from(
    """
    <h1> </h1> <p_class='byline'>By_ <time_datetime=' 2024-13-45 08.11.2024 '> <title> _|_
    <meta_property='og:title'_content=' <meta_name='date'_content=' &#0; © von Ann_Lee // } ]
    <script_type='application/ld+json'> {"@type":_"NewsArticle",_"author":_[ "@id":_{} </script>
    "datePublished":_5 <link_rel='canonical'_href=' http://[x
    <div_itemscope_itemprop='author_datePublished'>
    """.replace("_", "\xa0").split(" ")
).map(lambda piece: piece.replace("\xa0", " ").strip("\n"))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=40))
def test_no_page_raises(pieces: list[str]) -> None:
    html = "".join(pieces).encode("utf-8", "replace")
    read_metadata(parse_page(html, url=URL, captured_at=CAPTURED_AT))


@given(st.binary(max_size=400), st.text(max_size=30))
def test_no_bytes_and_no_address_raise(html: bytes, address: str) -> None:
    found = read_metadata(
        parse_page(html, url=address, captured_at=datetime(2024, 11, 20, tzinfo=UTC)), text="x"
    )
    assert all(value for value in found.sources.values())


def test_keywords_for_machines_are_no_tags() -> None:
    head = '<meta name="keywords" content="bridges, 98be933f-38cf-4fba-b6c6-ad438e82010a, a:b, 7">'
    assert read_metadata(page(head=head)).tags == ("bridges",)


@pytest.mark.parametrize(
    ("head", "image"),
    [
        ('<meta property="og:image" content="/site-logo.png">', None),
        (
            '<meta property="og:image" content="/logo.png">'
            + json_ld('{"@type": "NewsArticle", "image": ["/a/bridge.jpg", "/b.jpg"]}'),
            "/a/bridge.jpg",
        ),
        ('<meta property="og:image" content="/default/b.jpg">', "/default/b.jpg"),
        (
            json_ld(
                '{"@graph": [{"@type": "NewsArticle", "image": [{"@id": "#i"}]},'
                ' {"@type": "ImageObject", "@id": "#i", "url": "/bridge.jpg"}]}'
            ),
            "/bridge.jpg",
        ),
        (json_ld('{"@type": "NewsArticle", "thumbnailUrl": "/t.jpg"}'), "/t.jpg"),
        ('<meta property="og:image" content="data:image/png;base64,x">', None),
    ],
)
def test_the_leading_picture_is_no_logo(head: str, image: str | None) -> None:
    found = read_metadata(page("<h1>Bridge closes</h1>", head=head)).image_url
    assert found == (image and f"https://www.evening-post.example{image}")


def test_a_description_that_repeats_the_title_is_passed_over() -> None:
    head = (
        '<meta property="og:description" content="Bridge closes!">'
        '<meta name="description" content="For a year">'
    )
    found = read_metadata(page("<h1>Bridge closes</h1>", head=head))
    assert (found.description, found.sources["description"]) == ("For a year", "description")


def test_a_walled_part_says_that_the_article_is_not_free() -> None:
    text = '{"@type": "NewsArticle", "hasPart": {"isAccessibleForFree": "False"}}'
    found = read_metadata(page(head=json_ld(text)))
    assert (found.free, found.sources["free"]) == (False, "json-ld hasPart")


@pytest.mark.parametrize(
    ("attributes", "text", "language", "source"),
    [
        ("lang=en", TEXT, "en", "html lang"),
        ("lang=de", TEXT, "en", "detected (html lang says de)"),
        ("", TEXT, "en", "detected"),
        ("lang=pt-BR", "Curto.", "pt", "html lang"),
    ],
)
def test_the_texts_language_is_told_beside_the_declared_one(
    attributes: str, text: str, language: str, source: str
) -> None:
    found = read_metadata(page(f"<p>{text}</p>", attributes=attributes), text=text)
    assert (found.language, found.sources["language"]) == (language, source)


def test_nothing_is_read_from_the_json_ld_of_another_article() -> None:
    other = json_ld(
        '{"@type": "NewsArticle", "headline": "A new tram for the suburbs",'
        ' "datePublished": "2020-01-01", "author": {"name": "Zed Quill"}}'
    )
    found = read_metadata(
        page(
            "<h1>Bridge closes until autumn</h1><p>It was a long vote.</p>",
            head=f"<title>Bridge closes until autumn | Evening Post</title>{other}",
        )
    )
    assert (found.title, found.published, found.byline) == ("Bridge closes until autumn", None, ())


def test_the_json_ld_of_a_shell_that_a_program_fills_is_its_articles() -> None:
    told = json_ld(
        '{"@type": "NewsArticle", "headline": "A new tram", "datePublished": "2020-01-01"}'
    )
    found = read_metadata(page(head=f"<title>The Evening Post Online</title>{told}"))
    assert (found.title, found.published is not None) == ("A new tram", True)
