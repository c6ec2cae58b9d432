"""What the guard lets out, and how it names what it does not."""

import pytest
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Request

from crawler import middlewares
from crawler.middlewares import NetworkGuard, Refused


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
