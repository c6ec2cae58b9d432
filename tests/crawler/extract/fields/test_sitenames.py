import pytest

from crawler.extract.fields.sitenames import (
    SiteNames,
    read_site_names,
    strip_site_name,
    strip_unknown_name,
)
from crawler.extract.fields.structured import read_structured
from tests.crawler.extract.pages import json_ld, page

POST = SiteNames(
    publisher="The Evening Post",
    source="og:site_name",
    known=frozenset({"theeveningpost", "eveningpost", "eveningpostexample", "ep"}),
)


@pytest.mark.parametrize(
    ("title", "stripped"),
    [
        ("Bridge closes | The Evening Post", "Bridge closes"),
        ("Bridge closes - Evening Post", "Bridge closes"),
        ("Bridge closes – what now? — The Evening Post", "Bridge closes – what now?"),
        ("Bridge closes :: Evening Post", "Bridge closes"),
        ("橋が閉鎖：Evening Post", "橋が閉鎖"),
        ("Evening Post: Bridge closes", "Evening Post: Bridge closes"),
        ("Evening Post | Bridge closes", "Bridge closes"),
        ("Bridge closes | Evening Post | 08.11.2024", "Bridge closes"),
        ("Bridge closes, The Evening Post, 08.11.2024", "Bridge closes"),
        ("Bridge closes - and nobody knows why", "Bridge closes - and nobody knows why"),
        ("Budget: bridge closes", "Budget: bridge closes"),
        ("The Evening Post", "The Evening Post"),
    ],
)
def test_only_the_sites_name_is_taken_off(title: str, stripped: str) -> None:
    assert strip_site_name(title, POST) == stripped


def test_the_publishers_own_word_comes_before_the_host() -> None:
    found = read_site_names(
        read_structured(page(head='<meta property="og:site_name" content="Evening Post">')),
        "https://www.evening-post.example/a",
    )
    assert (found.publisher, found.source) == ("Evening Post", "og:site_name")
    assert found.means("evening-post.example")
    assert found.means("The Evening Post Online")
    assert not found.means("Morning Post")


def test_json_ld_names_the_publisher() -> None:
    text = '{"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "Daily Tide"}}'
    found = read_site_names(read_structured(page(json_ld(text))), "https://tide.example/a")
    assert (found.publisher, found.source) == ("Daily Tide", "json-ld publisher")


def test_the_host_names_a_site_that_does_not() -> None:
    found = read_site_names(read_structured(page()), "https://www.tide.example/a")
    assert (found.publisher, found.source) == ("tide.example", "host")


def test_what_is_no_name_is_not_taken_for_one() -> None:
    head = (
        '<meta name="publisher" content="mail@tide.example">'
        '<meta name="application-name" content="Tide">'
    )
    found = read_site_names(read_structured(page(head=head)), "https://a.example/")
    assert found.publisher == "Tide"


def test_initials_mean_the_site_and_a_newsroom_resembles_it() -> None:
    assert POST.means("Evening Post")
    assert POST.means("Excellent Person")
    assert POST.resembles("Evening Post Staff")
    assert not POST.resembles("Ann Lee")


@pytest.mark.parametrize(
    "title",
    [
        "Old Harbour Gazette: Bridge closes",
        "Bridge closes - Old Harbour Gazette",
        "Old Harbour Gazette | Bridge closes",
    ],
)
def test_a_part_of_the_title_that_is_named_like_the_host_names_the_site(title: str) -> None:
    structured = read_structured(page(head=f"<title>{title}</title>"))
    found = read_site_names(structured, "http://oldharbour.example/story?id=1")
    assert (found.publisher, found.source) == ("Old Harbour Gazette", "title")
    assert found.means("Old Harbour Gazette")


@pytest.mark.parametrize(
    "title", ["Old harbour bridge closes to all traffic | Local", "Old Harbour", "News | Sports"]
)
def test_a_headline_with_the_hosts_word_does_not_name_the_site(title: str) -> None:
    structured = read_structured(page(head=f"<title>{title}</title>"))
    found = read_site_names(structured, "http://oldharbour.example/story?id=1")
    assert (found.publisher, found.source) == ("oldharbour.example", "host")


@pytest.mark.parametrize(
    ("title", "stripped"),
    [
        ("Bridge closes | The Heron", "Bridge closes"),
        ("Bridge closes | Traffic | The Heron", "Bridge closes"),
        ("Traffic | Bridge closes for a year", "Traffic | Bridge closes for a year"),
        ("Bridge closes - and now what?", "Bridge closes - and now what?"),
        ("港口大桥关闭一年_国内_晚报网", "港口大桥关闭一年"),
        ("港口大桥关闭一年-晚报网", "港口大桥关闭一年"),
        ("晚报网-港口大桥关闭一年", "晚报网-港口大桥关闭一年"),
        ("COVID-19の新しい波", "COVID-19の新しい波"),
    ],
)
def test_unknown_names_are_told_by_the_marks_before_them(title: str, stripped: str) -> None:
    assert strip_unknown_name(title) == stripped
