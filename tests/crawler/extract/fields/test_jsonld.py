import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.fields.jsonld import (
    clean,
    own_articles,
    parse_script,
    path_key,
    read_json_ld,
    text_of,
    texts_of,
    types_of,
    url_of,
)
from tests.crawler.extract.pages import URL, json_ld, page

ARTICLE = {"@type": "NewsArticle", "headline": "Harbour bridge closes"}


@pytest.mark.parametrize(
    "text",
    [
        '{"headline": "Tide", "datePublished": "2024-11-08"}',
        '{"headline": "Tide", "datePublished": "2024-11-08",}',
        '{"headline": "Tide", // the title\n "datePublished": "2024-11-08"}',
        '{"headline": "Tide", /* both */ "datePublished": "2024-11-08"};',
        '<!-- {"headline": "Tide", "datePublished": "2024-11-08"} -->',
        '//<![CDATA[\n{"headline": "Tide", "datePublished": "2024-11-08"}\n//]]>',
        '/* both */ {"headline": "Tide", "datePublished": "2024-11-08",}',
        "{&quot;headline&quot;:&quot;Tide&quot;,&quot;datePublished&quot;:&quot;2024-11-08&quot;}",
        '{"headline": "Tide", "note": "it\\\'s high", "datePublished": "2024-11-08"}',
    ],
)
def test_a_broken_script_is_repaired(text: str) -> None:
    (value,) = parse_script(text)
    assert isinstance(value, dict)
    assert (value["headline"], value["datePublished"]) == ("Tide", "2024-11-08")


def test_control_characters_inside_of_strings_do_no_harm() -> None:
    assert parse_script('{"description": "two\nlines\tand a tab"}') == [
        {"description": "two\nlines\tand a tab"}
    ]


def test_slashes_inside_of_strings_are_no_comments() -> None:
    (value,) = parse_script('{"url": "https://a.example//b", "n": [1,],}')
    assert value == {"url": "https://a.example//b", "n": [1]}


def test_several_values_in_one_script_are_all_read() -> None:
    assert parse_script('{"a": 1}\n{"b": 2}') == [{"a": 1}, {"b": 2}]


def test_headline_writer_and_dates_are_saved_from_a_script_beyond_repair() -> None:
    text = '{"headline": "The "big" one", "datePublished": "2024-11-08T10:00:00Z", "author" }'
    assert parse_script(text) == [{"@type": "Article", "datePublished": "2024-11-08T10:00:00Z"}]
    named = '{"headline": "The "big" one", "author": [{"@type": "Person", "name": "Ann Lee"}]}'
    assert parse_script(named) == [{"@type": "Article", "author": {"name": "Ann Lee"}}]


def test_a_script_of_nothing_readable_is_skipped() -> None:
    root = page(json_ld("window.data = {}") + json_ld('{"@type": "Article"}')).root
    assert [types_of(node) for node in read_json_ld(root).nodes] == [("Article",)]


def test_graphs_and_main_entities_are_flattened_and_related_items_are_not() -> None:
    root = page(
        json_ld(
            """{"@graph": [
                {"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "Own"}},
                {"@type": "ItemList", "itemListElement": [
                    {"@type": "NewsArticle", "headline": "Related"}]}]}"""
        )
    ).root
    headlines = [node.get("headline") for node in read_json_ld(root).nodes]
    assert "Own" in headlines
    assert "Related" not in headlines


def test_a_reference_is_resolved_to_the_object_of_that_name() -> None:
    read = read_json_ld(
        page(
            json_ld(
                '{"@graph": [{"@type": "Person", "@id": "#me", "name": "Ann Lee"},'
                '{"@type": "Article", "author": {"@id": "#me"}}]}'
            )
        ).root
    )
    assert text_of(read.resolve(read.by_id["#me"])) == "Ann Lee"
    assert text_of(read.resolve({"@id": "#me"})) == "Ann Lee"
    assert read.resolve({"@id": "#you"}) == {"@id": "#you"}


def test_the_pages_own_article_is_told_by_its_address() -> None:
    other = {"@type": "NewsArticle", "headline": "Ferry is late", "url": "https://a.example/ferry"}
    own = {**ARTICLE, "mainEntityOfPage": {"@id": URL + "/"}}
    read = read_json_ld(page(json_ld(str([other, own]).replace("'", '"'))).root)
    found = own_articles(read, urls=[URL], titles=["Harbour bridge closes"])
    assert [node["headline"] for node in found] == ["Harbour bridge closes"]


def test_an_article_of_another_address_and_title_is_nobodys() -> None:
    text = '{"@type": "NewsArticle", "headline": "Ferry is late", "url": "https://a.example/ferry"}'
    read = read_json_ld(page(json_ld(text)).root)
    assert own_articles(read, urls=[URL], titles=["Harbour bridge closes"]) == ()


def test_an_article_with_another_headline_at_the_pages_address_is_its_own() -> None:
    text = f'{{"@type": "NewsArticle", "headline": "No way across", "url": "{URL}"}}'
    read = read_json_ld(page(json_ld(text)).root)
    assert len(own_articles(read, urls=[URL], titles=["Harbour bridge closes"])) == 1


def test_types_lose_their_namespace() -> None:
    assert types_of({"@type": ["https://schema.org/NewsArticle", "schema:Report"]}) == (
        "NewsArticle",
        "Report",
    )


def test_texts_and_addresses_come_out_of_any_shape() -> None:
    assert texts_of([{"name": "Ann"}, "Bo &amp;amp; Co", {"@value": "Cy"}, 4]) == [
        "Ann",
        "Bo & Co",
        "Cy",
    ]
    assert url_of([{"x": 1}, {"url": {"@id": "https://a.example/b"}}]) == "https://a.example/b"


def test_clean_drops_what_is_unseen() -> None:
    assert clean(" Mes\u00adsen\u200bger &amp;quot;x&amp;quot;\n") == 'Messenger "x"'


def test_two_addresses_of_a_page_have_one_key() -> None:
    assert path_key("https://a.example/News/Tide.html?x=1#top") == path_key(
        "http://b.example/news/tide/"
    )
    assert path_key("https://a.example/") is None
    assert path_key("http://[broken/") is None


@given(st.text())
def test_no_script_raises(text: str) -> None:
    parse_script(text)
    parse_script('{"headline": ' + text)


def test_deep_nesting_is_not_fatal() -> None:
    parse_script("[" * 100_000 + "]" * 100_000)


@pytest.mark.parametrize(
    "script",
    [
        pytest.param('{"a":"' + '\\"' * 200_000, id="a string that never closes"),
        pytest.param('{"a":1,' + "/* " * 200_000 + "}", id="comments that never close"),
        pytest.param('{"a":' * 100_000 + "1", id="a deep nest"),
        pytest.param('{"headline":"' * 50_000, id="facts that never end"),
    ],
)
def test_hostile_scripts_take_no_time(script: str) -> None:
    start = time.process_time()
    read_json_ld(page(head=json_ld(script)).root)
    assert time.process_time() - start < 2
