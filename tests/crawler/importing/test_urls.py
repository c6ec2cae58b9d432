"""Addresses one a line, with what stands beside them."""

from datetime import date

import pytest

from crawler.importing.urls import read_urls
from tests.crawler.made import NOON

LIST = "urn:sha256:1"


def read(text: str) -> list[tuple[str | None, str, date | None]]:
    page = read_urls(text, address=LIST, captured_at=NOON).page
    return [
        (one.url, one.title, one.published.value if one.published else None)
        for one in page.headlines
    ]


@pytest.mark.parametrize(
    "line",
    [
        "https://paper.example/1\tThe ferry, again\t2024-11-07",
        "https://paper.example/1\t2024-11-07\tThe ferry, again",
        '"https://paper.example/1","The ferry, again",2024-11-07',
        "url;title;date\nhttps://paper.example/1;The ferry, again;2024-11-07",
        'date,title,url\n2024-11-07,"The ferry, again",https://paper.example/1',
        "2024-11-07 https://paper.example/1 The ferry, again",
        "https://paper.example/1 The ferry, again 2024-11-07",
        "https://paper.example/1 2024-11-07 The ferry, again",
        "https://paper.example/1\tThe ferry, again\tNovember 7th, 2024",
    ],
)
def test_a_title_and_a_date_beside_an_address(line: str) -> None:
    assert read(line) == [("https://paper.example/1", "The ferry, again", date(2024, 11, 7))]


def test_addresses_alone_are_no_headlines_but_are_fetched_once() -> None:
    text = "# mine\nhttps://a.example/1\n\nhttps://a.example/1\nhttps://a.example/2\t2024-11-01\n"
    given = read_urls(text, address=LIST, captured_at=NOON)
    assert given.page.headlines == ()
    assert given.urls == ("https://a.example/1", "https://a.example/2")


def test_signs_of_an_address_are_its_own() -> None:
    text = "https://a.example/story,1;x=2.html The ferry\n"
    assert read(text) == [("https://a.example/story,1;x=2.html", "The ferry", None)]


def test_lines_without_an_address_are_told() -> None:
    given = read_urls("url,title\nhttp://[::1/x\nwords\n", address=LIST, captured_at=NOON)
    (left,) = given.page.left_out
    assert (left.count, left.reason) == (2, "no web address")
    assert left.lines == ("http://[::1/x", "words")


def test_what_is_dated_later_than_it_was_saved_has_no_such_date() -> None:
    ((_, _, published),) = read("https://a.example/1\tThe ferry\t2030-01-01")
    assert published is None
