"""What `bench_crawl` measures: each stage runs in a process of its own, over the same pages.

    python scripts/bench_stages.py serve FOLDER                the pages, on a loopback port
    python scripts/bench_stages.py download FOLDER PORT        Scrapy alone, the pages unparsed
    python scripts/bench_stages.py read FOLDER PORT            `extract_article`, without a network
    python scripts/bench_stages.py capture FOLDER PORT         WARC records of the answers
    python scripts/bench_stages.py trafilatura FOLDER PORT     Scrapy and trafilatura in its reactor

FOLDER holds the pages as `make_pages` writes them. Measures nothing itself.
"""

import asyncio
import gzip
import json
import os
import re
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response

# Publishers that the pages are spread over: at two requests to a host at once, more than enough for
# a crawl's sixteen.
HOSTS = 16
LIST_HOST = "list.example"
# Headlines on a list page.
ON_A_PAGE = 100
NEWEST = date(2024, 11, 20)
CAPTURED_AT = datetime(2026, 11, 22, tzinfo=UTC)
# Rows that the spider with trafilatura commits at a time.
BATCH = 50
# How the answers are compressed: as nearly all of the web's are.
CODING, LEVEL = "gzip", 3
# Nearly all servers say in which encoding a page comes, too; so ours are made.
TYPE = "text/html; charset=utf-8"
# Where a page says what its own address is.
OWN_ADDRESS = re.compile(
    rb"<link\b[^>]*\bcanonical\b[^>]*>|<meta\b[^>]*\bog:url\b[^>]*>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The pages of a folder, and their addresses at a server."""

    folder: Path
    port: int = 0

    @property
    def count(self) -> int:
        """How many there are."""
        return sum(1 for _ in (self.folder / "sent").iterdir())

    def url(self, number: int) -> str:
        """Give a page's address."""
        return f"http://p{number % HOSTS}.example:{self.port}/{number:06}.html"

    @property
    def list_url(self) -> str:
        """Address of the newest page of the list that leads to all."""
        return f"http://{LIST_HOST}:{self.port}/list-0.html"

    def sent(self, name: str) -> bytes | None:
        """Give a page's bytes as they go over the network; None where there is none."""
        try:
            return (self.folder / "sent" / name).read_bytes()
        except FileNotFoundError:
            return None

    def html(self, number: int) -> bytes:
        """Give a page's bytes as a reader gets them."""
        return (self.folder / "plain" / f"{number:06}.html").read_bytes()

    def list_page(self, number: int) -> bytes:
        """Make a page of the dated list."""
        first = number * ON_A_PAGE
        last = min(first + ON_A_PAGE, self.count)
        rows = "\n".join(
            f'<li><a href="{self.url(n)}">The {n}th story of the harbour press</a>'
            f" - Paper {n % HOSTS} - {NEWEST - timedelta(days=n // 10):%B %d, %Y}</li>"
            for n in range(first, last)
        )
        older = f'<a rel="next" href="/list-{number + 1}.html">Older</a>' * (last < self.count)
        return f"<html><body><h1>News</h1><ul>{rows}</ul>{older}</body></html>".encode()


def make_pages(pages: Pages, originals: Sequence[bytes], count: int, *, plain: bool = True) -> None:
    """Write so many pages, each an original with words of its own in every paragraph.

    As they are sent, and (unless they are only crawled) as a reader gets them.
    """
    from crawler.extract.page import decode

    texts = [decode(html)[0].encode("utf-8", "replace") for html in originals]
    for name in ("sent", "plain"):
        (pages.folder / name).mkdir()
    for number in range(count):
        original = at_home(texts[number % len(texts)], pages.url(number))
        html = original.replace(b"</p>", b" No. %d.</p>" % number)
        if plain:
            (pages.folder / "plain" / f"{number:06}.html").write_bytes(html)
        packed = gzip.compress(html, LEVEL) if CODING == "gzip" else html
        (pages.folder / "sent" / f"{number:06}.html").write_bytes(packed)


def at_home(html: bytes, url: str) -> bytes:
    """Give a saved page as it would be at another address: it names that as its own."""
    return OWN_ADDRESS.sub(f'<link rel="canonical" href="{url}">'.encode(), html)


class Answering(asyncio.Protocol):
    """One connection to the server: HTTP/1.1, kept open."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way back."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        *requests, self.held = (self.held + data).split(b"\r\n\r\n")
        for request in requests:
            self.answer(request.split(b" ", 2)[1].decode("ascii").lstrip("/"))

    def answer(self, name: str) -> None:
        """Send a page, or say that there is none."""
        if name.startswith("list-"):
            number = int(name.removeprefix("list-").removesuffix(".html"))
            body, coding = self.pages.list_page(number), ""
        else:
            body, coding = self.pages.sent(name) or b"", f"Content-Encoding: {CODING}\r\n"
        status = "200 OK" if body else "404 Not Found"
        coding = coding if body and CODING == "gzip" else ""
        head = (
            f"HTTP/1.1 {status}\r\nContent-Type: {TYPE}\r\n{coding}"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.write(head.encode() + body)


async def serve(folder: Path) -> None:
    """Serve until our starter is gone; prints the port."""
    loop = asyncio.get_running_loop()
    listening = socket.create_server(("127.0.0.1", 0))
    pages = Pages(folder=folder, port=listening.getsockname()[1])
    await loop.create_server(lambda: Answering(pages), sock=listening)
    print(pages.port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


def crawl(spider: "type[Spider]", pages: Pages) -> None:
    """Run a plain spider as Scrapy has it, no slower than a crawl of ours."""
    from scrapy.crawler import AsyncCrawlerProcess

    from crawler import settings

    process = AsyncCrawlerProcess(
        {
            "CONCURRENT_REQUESTS": settings.CONCURRENT_REQUESTS,
            "CONCURRENT_REQUESTS_PER_DOMAIN": settings.CONCURRENT_REQUESTS_PER_DOMAIN,
            "DOWNLOAD_DELAY": 0,
            "LOG_LEVEL": "ERROR",
            "TELNETCONSOLE_ENABLED": False,
            # Only how the names of the pages' hosts lead to loopback.
            "TWISTED_DNS_RESOLVER": "crawler.resolver.GuardedResolver",
            "BACKFILE_ALLOW_PRIVATE": True,
            "BACKFILE_HOSTS": {"*.example": "127.0.0.1"},
        }
    )
    process.crawl(spider, pages=pages)
    process.start()


def download(pages: Pages) -> None:
    """Have Scrapy download every page, and look at none."""
    crawl(plain_spider(), pages)


def plain_spider() -> "type[Spider]":
    """Give a spider that asks for every page and drops it; Scrapy is loaded only here."""
    from scrapy import Request, Spider

    class Plain(Spider):
        name = "plain"
        came = 0

        def __init__(self, *, pages: Pages) -> None:
            super().__init__()
            self.pages = pages

        async def start(self) -> "AsyncIterator[Request]":
            for number in range(self.pages.count):
                yield Request(self.pages.url(number))

        def parse(self, response: "Response") -> None:  # noqa: ARG002 - Scrapy's signature
            self.came += 1

        def closed(self, reason: str) -> None:
            if self.came != self.pages.count:
                raise SystemExit(f"{self.came} of {self.pages.count} pages came: {reason}")

    return Plain


def trafilatura(pages: Pages) -> None:
    """Have the plain spider read each page with trafilatura, in the reactor, and store that."""
    from trafilatura import bare_extraction

    stored = pages.folder / "trafilatura.db"
    stored.unlink(missing_ok=True)
    connection = sqlite3.connect(stored, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE pages (url TEXT PRIMARY KEY, text TEXT, fields TEXT)")

    class Reading(plain_spider()):  # type: ignore[misc]  # made there
        def parse(self, response: "Response") -> None:
            super().parse(response)
            read = bare_extraction(response.body, url=response.url, with_metadata=True)
            fields = read if isinstance(read, dict) else read.as_dict() if read else {}
            said = {name: value for name, value in fields.items() if isinstance(value, str)}
            if self.came % BATCH == 1:
                connection.execute("BEGIN")
            connection.execute(
                "INSERT INTO pages VALUES (?, ?, ?)",
                (response.url, said.pop("text", None), json.dumps(said)),
            )
            if self.came % BATCH == 0 or self.came == self.pages.count:
                connection.execute("COMMIT")

    crawl(Reading, pages)


def read(pages: Pages) -> None:
    """Have `extract_article` read every page."""
    from crawler.extract import extract_article

    for number in range(pages.count):
        url, headers = pages.url(number), {"content-type": TYPE}
        extract_article(
            pages.html(number), url=url, captured_at=CAPTURED_AT, asked_url=url, headers=headers
        )


def capture(pages: Pages) -> None:
    """Write a WARC record of every answer and its request, a file of them on the disk."""
    from archive import warc

    with (pages.folder / "captures.warc.gz").open("wb") as file:
        for exchange in exchanges(pages):
            digest = warc.digest_of(exchange.body)
            file.writelines(warc.members(exchange, digest=digest, repeats=None))
        file.flush()
        os.fsync(file.fileno())


def exchanges(pages: Pages) -> "Iterator[Any]":
    """Give each page with its answer as a crawl sees it."""
    from archive.records import Exchange

    coding = (("Content-Encoding", CODING),) if CODING == "gzip" else ()
    for number in range(pages.count):
        yield Exchange(
            url=pages.url(number),
            asked_url=pages.url(number),
            captured_at=CAPTURED_AT,
            request_headers=(("User-Agent", "Backfile"), ("Accept-Encoding", "gzip, deflate")),
            status=200,
            headers=(("Content-Type", TYPE), *coding),
            body=pages.sent(f"{number:06}.html") or b"",
            cut_short=False,
        )


STAGES = {"download": download, "read": read, "capture": capture, "trafilatura": trafilatura}


def main() -> None:
    """Run the stage that is named."""
    stage, folder, *rest = sys.argv[1:]
    if stage == "serve":
        asyncio.run(serve(Path(folder)))
    else:
        STAGES[stage](Pages(folder=Path(folder), port=int(rest[0])))


if __name__ == "__main__":
    main()
