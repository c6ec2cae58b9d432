"""What stands between Scrapy's engine and the network. Decides nothing about pages."""

from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Request

from crawler.resolver import GuardedResolver

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

SCHEMES = frozenset({"http", "https"})


class Refused(IgnoreRequest):
    """Our own guard forbids the request; `str()` says why."""


class NetworkGuard:
    """Lets only http and https out, and names the guard where an address was refused.

    The addresses themselves are checked by `crawler.resolver` when the connection is made. There
    a refused name looks like one that does not exist; here it gets its true reason, and is not
    tried again.
    """

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:  # noqa: ARG003 - Scrapy's signature
        """Build; there is nothing to configure."""
        return cls()

    def process_request(self, request: Request) -> None:
        """Refuse every scheme but http and https.

        Raises:
            Refused: the address has another scheme.

        """
        scheme = urlsplit(request.url).scheme
        if scheme not in SCHEMES:
            raise Refused(f"only http and https are fetched, not {scheme}:")

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Turn the failed look-up of a refused name into a refusal.

        Raises:
            Refused: the name led to no public address.

        """
        host = urlsplit(request.url).hostname
        if isinstance(exception, CannotResolveHostError) and host in refused_hosts():
            raise Refused(f"{host} is not a public address (--allow-private permits it)")


def refused_hosts() -> set[str]:
    """Give the names that the reactor's resolver has refused in this run."""
    from twisted.internet import reactor

    resolver = getattr(reactor, "nameResolver", None)
    return resolver.refused if isinstance(resolver, GuardedResolver) else set()
