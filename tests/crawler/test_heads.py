"""What comes before a body: how much of it is taken, in one line and in all."""

from typing import Any

import pytest
from twisted.internet.testing import StringTransport
from twisted.python.failure import Failure
from twisted.web._newclient import Request
from twisted.web.http_headers import Headers

from crawler.heads import MOST_BYTES, BoundedProtocol, HeadTooLong

PIECE = 4096


def answered(head: bytes) -> Any:
    """Give what becomes of an answer with this head, which comes in pieces."""
    protocol = BoundedProtocol(lambda _: None)  # type: ignore[no-untyped-call]  # Twisted's
    protocol.makeConnection(StringTransport())  # type: ignore[no-untyped-call]  # Twisted's
    got: list[object] = []
    headers = Headers({b"host": [b"paper.example"]})
    asked = Request(b"GET", b"/", headers, None)  # type: ignore[no-untyped-call]  # Twisted's
    protocol.request(asked).addBoth(got.append)
    for at in range(0, len(head), PIECE):
        protocol.dataReceived(head[at : at + PIECE])
    return got[0]


@pytest.mark.parametrize("length", [1_000, 16_380, 60_000, 200_000])
def test_one_line_may_be_long(length: int) -> None:
    policy = b"p" * length
    head = b"HTTP/1.1 200 OK\r\nX-Policy: " + policy + b"\r\nContent-Length: 0\r\n\r\n"
    assert answered(head).headers.getRawHeaders(b"x-policy") == [policy]


@pytest.mark.parametrize("line", [b"X-A: %s\r\n" % (b"a" * 1000), b"X-A: " + b"a" * MOST_BYTES])
def test_all_lines_together_are_bounded(line: bytes) -> None:
    got = answered(b"HTTP/1.1 200 OK\r\n" + line * (2 * MOST_BYTES // len(line)))
    assert isinstance(got, Failure)
    assert isinstance(got.value, HeadTooLong)
