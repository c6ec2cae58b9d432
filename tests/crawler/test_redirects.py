"""Redirects that a page itself asks for."""

import pytest
from scrapy.http import HtmlResponse, Request, Response, TextResponse
from scrapy.utils.test import get_crawler

from crawler.redirects import GoOn

URL = "http://paper.example/a"
PAGE = "<html><head><title>Züge</title></head><body><p>Die Züge fahren.</p></body></html>"


class Undecodable(HtmlResponse):
    """A page that must not be decoded."""

    @property
    def encoding(self) -> str:
        raise AssertionError("its encoding was asked for")


def refreshed(page: TextResponse) -> Request | Response:
    return GoOn.from_crawler(get_crawler()).process_response(Request(URL), page)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_page_that_sends_its_reader_on_is_followed(encoding: str) -> None:
    tag = '<meta http-equiv="REFRESH" content="0; url=/b">'
    page = HtmlResponse(URL, body=f"<html><head>{tag}</head></html>", encoding=encoding)
    followed = refreshed(page)
    assert isinstance(followed, Request)
    # Scrapy writes the byte order mark of the page's encoding behind it.
    assert followed.url.partition("?")[0] == "http://paper.example/b"


def test_a_page_that_does_not_is_not_decoded() -> None:
    page = Undecodable(URL, body=PAGE.encode())
    assert refreshed(page) is page


def test_a_script_that_goes_on_to_another_site_is_followed() -> None:
    script = "<script>location.replace('http://post.example/b')</script>"
    page = HtmlResponse(URL, body=f"<html><head>{script}</head></html>".encode())
    followed = refreshed(page)
    assert isinstance(followed, Request)
    assert followed.url == "http://post.example/b"


def test_an_error_page_goes_nowhere_by_its_script() -> None:
    script = "<script>location.replace('http://post.example/b')</script>"
    page = HtmlResponse(URL, status=404, body=f"<html><head>{script}</head></html>".encode())
    assert refreshed(page) is page


def test_a_page_whose_redirects_are_not_wanted_is_read_as_it_is() -> None:
    head = '<meta http-equiv="refresh" content="0; url=/b">'
    script = "<script>window.location.replace('http://other.example/');</script>"
    request = Request(URL, meta={"dont_redirect": True})
    for held in (head, script):
        page = HtmlResponse(URL, body=f"<html><head>{held}</head></html>", encoding="utf-8")
        assert GoOn.from_crawler(get_crawler()).process_response(request, page) is page
