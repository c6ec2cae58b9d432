"""Scrapy's download handler with a bound on what comes before a body: status line and headers.

Scrapy bounds bodies, Twisted the length of one line (16 KB, fewer than some policies and cookies
take); a server that sends headers without end would fill the memory until the time is over.
"""

from typing import TYPE_CHECKING

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.exceptions import DownloadCancelledError
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS, Request
from twisted.web.iweb import IResponse

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

# What Chrome takes; real answers have one to eight thousand.
MOST_BYTES = 256 * 1024


class HeadTooLong(DownloadCancelledError):
    """More headers came than an answer may have."""


class BoundedProtocol(_LenientHTTP11ClientProtocol):
    """One connection, over which one answer after the other comes."""

    bytes_of_head = 0

    def request(self, request: Request) -> Deferred[IResponse]:
        """Ask for a page; fails with HeadTooLong."""
        self.bytes_of_head = 0
        answer = super().request(request)
        if self._parser is not None:
            # One line may be as long as all: this bound counts them together.
            self._parser.MAX_LENGTH = MOST_BYTES
        return answer.addErrback(self.explain)

    def dataReceived(self, bytes: bytes) -> None:  # noqa: A002, N802 - Twisted's names
        """Take what came, unless it is too much: headers are counted as they come, in pieces."""
        if self._parser is not None and self._parser.state in {STATUS, HEADER}:
            self.bytes_of_head += len(bytes)
            if self.bytes_of_head > MOST_BYTES:
                self._giveUp(Failure(HeadTooLong("too many headers")))  # type: ignore[no-untyped-call]  # Twisted's
                return
        super().dataReceived(bytes)  # type: ignore[no-untyped-call]  # Twisted's

    def explain(self, failure: Failure) -> Failure:
        """Give the true reason of a connection that was given up."""
        if self.bytes_of_head > MOST_BYTES:
            return Failure(HeadTooLong("too many headers"))  # type: ignore[no-untyped-call]  # Twisted's
        return failure


class BoundedFactory(_LenientHTTP11ClientFactory):
    """Makes connections."""

    def buildProtocol(self, addr: IAddress | None) -> BoundedProtocol:  # noqa: ARG002, N802 - Twisted's
        """Make one."""
        return BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]  # Twisted's


class BoundedHandler(HTTP11DownloadHandler):
    """Downloads by http and https."""

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        # As Scrapy sets its own.
        self._pool._factory = BoundedFactory  # noqa: SLF001 - the pool has no other way
