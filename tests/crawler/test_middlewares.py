"""What the guard lets out, how it names what it does not, and what is done to what comes."""

import gzip

import pytest
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import HtmlResponse, Request, Response
from scrapy.utils.test import get_crawler

from crawler import middlewares
from crawler.middlewares import Decompression, NetworkGuard, Refused

URL = "http://paper.example/a"
PAGE = "<html><head><title>Züge</title></head><body><p>Die Züge fahren.</p></body></html>"


class Undecodable(HtmlResponse):
    """A page that must not be decoded."""

    @property
    def encoding(self) -> str:
        raise AssertionError("its encoding was asked for")


@pytest.mark.parametrize("url", ["http://paper.example/a", "https://paper.example/a"])
def test_the_web_is_let_out(url: str) -> None:
    NetworkGuard().process_request(Request(url))


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://paper.example/a", "data:,x"])
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(Refused, match="only http and https"):
        NetworkGuard().process_request(Request(url))


def test_a_refused_name_gets_its_true_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middlewares, "refused_hosts", lambda: {"inner.example"})
    guard, failed = NetworkGuard(), CannotResolveHostError("no results")
    with pytest.raises(Refused, match=r"inner[.]example is not a public address"):
        guard.process_exception(Request("http://inner.example/"), failed)
    guard.process_exception(Request("http://unknown.example/"), failed)
    guard.process_exception(Request("http://inner.example/"), ValueError("another fault"))


def decompressed(response: Response, **settings: object) -> Request | Response:
    crawler = get_crawler(settings_dict=settings)
    return Decompression.from_crawler(crawler).process_response(Request(URL), response)


def test_a_page_is_decompressed_and_no_encoding_guessed_before() -> None:
    packed = Undecodable(
        URL,
        status=404,
        headers={"Content-Type": "text/html", "Content-Encoding": "gzip"},
        body=gzip.compress(PAGE.encode()),
        flags=["dataloss"],
    )
    page = decompressed(packed)
    assert type(page) is HtmlResponse
    assert page.text == PAGE
    assert page.status == 404
    assert page.flags == ["dataloss"]
    assert "Content-Encoding" not in page.headers


def test_what_is_not_compressed_stays_as_it_is() -> None:
    page = Undecodable(URL, headers={"Content-Type": "text/html"}, body=PAGE.encode())
    assert decompressed(page) is page


def test_what_swells_beyond_the_bound_is_dropped() -> None:
    packed = gzip.compress(b"x" * 1_000_000)
    bomb = HtmlResponse(URL, headers={"Content-Encoding": "gzip"}, body=packed)
    with pytest.raises(IgnoreRequest, match="DOWNLOAD_MAXSIZE"):
        decompressed(bomb, DOWNLOAD_MAXSIZE=100_000)
