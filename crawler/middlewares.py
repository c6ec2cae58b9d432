"""What stands between Scrapy's engine and the network. Decides nothing about pages."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Self, cast
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest, NotConfigured
from scrapy.http import Headers, Request, Response

from archive.errors import ArchiveError
from archive.records import Exchange
from archive.urls import without_credentials
from crawler.addresses import is_local_name
from crawler.politeness import asks_not_to_archive
from crawler.resolver import GuardedResolver, proxy_hosts

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.headlines import HeadlinesSpider

SCHEMES = frozenset({"http", "https"})

# What lets somebody in (a subscription, a session) is nobody's business who reads the archive.
SECRET = frozenset({b"authorization", b"cookie", b"proxy-authorization", b"set-cookie"})


class Refused(IgnoreRequest):
    """Our own guard forbids the request; `str()` says why."""


class NetworkGuard:
    """Lets only http and https out, and names the guard where an address was refused.

    The addresses themselves are checked by `crawler.resolver` when the connection is made. There
    a refused name looks like one that does not exist; here it gets its true reason, and is not
    tried again.

    Behind a proxy no address is seen: the proxy resolves the names. Then what is private by its
    name is refused, and the rest is for the proxy to decide. The proxy itself may be private, and
    is for that reason no host to fetch pages from.
    """

    def __init__(
        self, *, allow_private: bool = False, proxies: frozenset[str] = frozenset()
    ) -> None:
        self.allow_private = allow_private
        self.proxies = proxies

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build from the setting `BACKFILE_ALLOW_PRIVATE` and the environment's proxies."""
        return cls(
            allow_private=crawler.settings.getbool("BACKFILE_ALLOW_PRIVATE"), proxies=proxy_hosts()
        )

    def process_request(self, request: Request) -> Request | None:
        """Refuse every scheme but http and https, and private names behind a proxy.

        A name and a password in an address (a redirect's) are taken off: they are nobody's here.

        Raises:
            Refused: the address has another scheme, or a name that nobody else can have.

        """
        parts = urlsplit(request.url)
        if parts.scheme not in SCHEMES:
            raise Refused(f"only http and https are fetched, not {parts.scheme}:")
        name = parts.hostname or ""
        is_private = name in self.proxies or (request.meta.get("proxy") and is_local_name(name))
        if is_private and not self.allow_private:
            raise Refused(f"{name} is not a public address (--allow-private permits it)")
        return (
            request.replace(url=without_credentials(request.url)) if "@" in parts.netloc else None
        )

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Turn the failed look-up of a refused name into a refusal.

        Raises:
            Refused: the name led to no public address.

        """
        host = urlsplit(request.url).hostname
        if isinstance(exception, CannotResolveHostError) and host in refused_hosts():
            raise Refused(f"{host} is not a public address (--allow-private permits it)")


class Decompression(HttpCompressionMiddleware):
    """Scrapy's, spared its guess at the encoding of what is compressed still.

    That guess costs more than the download where a server names no encoding.
    """

    def process_response(  # type: ignore[override]  # its third argument is deprecated
        self, request: Request, response: Response
    ) -> Request | Response:
        """Give the answer with its body decompressed, as a page or as whatever it is."""
        if "Content-Encoding" in response.headers:
            given = {name: getattr(response, name) for name in Response.attributes}
            response = Response(**given)
        return super().process_response(request, response)


class Capturing:
    """Keeps every answer as it came, before anything reads it: errors, walls and redirects too."""

    def __init__(self, spider: "HeadlinesSpider") -> None:
        self.spider = spider

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build for a spider that has an archive, where captures are wanted."""
        if not (
            crawler.settings.getbool("BACKFILE_CAPTURES") and hasattr(crawler.spider, "archive")
        ):
            raise NotConfigured
        return cls(cast("HeadlinesSpider", crawler.spider))

    def process_request(self, request: Request) -> None:
        """Have pages come plain where what they ask of robots decides whether they are kept."""
        if self.spider.honours_noarchive:
            request.headers["Accept-Encoding"] = "identity"

    def process_response(self, request: Request, response: Response) -> Response:
        """Write the exchange; a disk that takes no more ends the crawl.

        Raises:
            IgnoreRequest: it could not be written.

        """
        request.meta["captured_at"] = now = self.spider.clock()
        if self.spider.honours_noarchive and asks_not_to_archive(response):
            return response
        try:
            self.spider.archive.captures.write(exchange_of(request, response, now))
        except ArchiveError as error:
            self.spider.stop_for(error)
            raise IgnoreRequest("the answer could not be kept") from error
        return response


def exchange_of(request: Request, response: Response, now: datetime) -> Exchange:
    """Give what went over the network, without what lets somebody in."""
    return Exchange(
        url=response.url,
        asked_url=request.meta.get("redirect_urls", [response.url])[0],
        captured_at=now,
        request_headers=open_headers(request.headers, request.meta.get("credentials", ())),
        status=response.status,
        headers=open_headers(response.headers),
        body=response.body,
        cut_short="dataloss" in response.flags,
    )


def open_headers(headers: Headers, secret: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """Give name and value of each header line that is no secret, by its nature or by `secret`."""
    closed = SECRET | {name.casefold().encode() for name in secret}
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in headers.items()
        for value in values
        if name.lower() not in closed
    )


def refused_hosts() -> set[str]:
    """Give the names that the reactor's resolver has refused in this run."""
    from twisted.internet import reactor

    resolver = getattr(reactor, "nameResolver", None)
    return resolver.refused if isinstance(resolver, GuardedResolver) else set()
