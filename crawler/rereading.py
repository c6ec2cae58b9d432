"""Captures read again by today's reader, in parallel and without the network.

A list is not read again: what it said when it was visited is in its history.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.statscollectors import DummyStatsCollector

from archive import Archive
from archive.errors import ArchiveError
from archive.held import Memento
from archive.records import Capture, Claim, Decision, Exchange, PageKind, Verdict
from crawler.items import Fetched
from crawler.mementos import as_original
from crawler.readers import Readers, Unreadable
from crawler.run import project_settings
from crawler.spiders.headlines import HeadlinesSpider, header_map

# Pages under way at a time: enough that no reader waits, few enough to hold in memory.
AT_ONCE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """What became of one capture."""

    capture: Capture
    verdict: Verdict | None = None
    """None where it could not be read."""
    decision: Decision | None = None
    """None where the page is nothing to keep."""
    fault: str | None = None
    """Why it could not be read."""


def reread_all(archive: Archive, *, since: datetime | None) -> tuple[Reread, ...]:
    """Read captures again and store what is read otherwise now; gives what became of each."""

    async def gathered() -> tuple[Reread, ...]:
        with Readers() as readers:
            return tuple([each async for each in reread(archive, since=since, readers=readers)])

    return asyncio.run(gathered())


async def reread(
    archive: Archive, *, since: datetime | None, readers: Readers
) -> AsyncIterator[Reread]:
    """Read a capture of each page again (see `readable`), and store what is read otherwise now."""
    coded = decoder()
    waiting: set[asyncio.Task[Reread]] = set()
    for capture, claim in pages(archive, since):
        waiting.add(asyncio.ensure_future(read_one(archive, capture, claim, coded, readers)))
        if len(waiting) >= AT_ONCE:
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                yield task.result()
    for task in waiting:
        yield await task


def decoder() -> HttpCompressionMiddleware:
    """Give what takes content codings off an answer in a crawl, with the same bounds."""
    crawler = Crawler(HeadlinesSpider, project_settings({}))
    crawler.stats = DummyStatsCollector(crawler)
    return HttpCompressionMiddleware.from_crawler(crawler)


def pages(archive: Archive, since: datetime | None) -> Iterator[tuple[Capture, Claim]]:
    """Give the captures of posts and articles, each with what the frontier knows of it."""
    for capture in list(archive.captures.readable(since=since)):
        claim = archive.frontier.find(asked_for(archive, capture))
        if claim is not None and claim.kind is not PageKind.LIST:
            yield capture, claim


def asked_for(archive: Archive, capture: Capture) -> str:
    """Give the address that a capture was made for: of a web archive's copy the dead link."""
    return archive.mementos.original(capture.url) or capture.asked_url


async def read_one(
    archive: Archive,
    capture: Capture,
    claim: Claim,
    coded: HttpCompressionMiddleware,
    readers: Readers,
) -> Reread:
    """Read one capture and store what it says."""
    try:
        fetched = as_fetched(archive, capture, claim, coded)
        reading = await readers.read_page(fetched)
    except (ArchiveError, IgnoreRequest, Unreadable) as error:
        return Reread(capture=capture, fault=str(error))
    reading = replace(reading, memento_url=fetched.memento_url)
    decision = archive.reread(reading, asked_url=claim.url, source_id=claim.source_id)
    return Reread(capture=capture, verdict=reading.verdict, decision=decision)


def as_fetched(
    archive: Archive, capture: Capture, claim: Claim, coded: HttpCompressionMiddleware
) -> Fetched:
    """Give a capture as the crawl that made it had it."""
    fetched = fetched_of(archive.captures.read(capture), claim, coded)
    if archive.mementos.original(capture.url) is None:
        return fetched
    memento = Memento(url=capture.url, at=capture.captured_at)
    return as_original(
        claim=claim,
        url=capture.url,
        headers=fetched.headers,
        body=fetched.body,
        memento=memento,
    )


def fetched_of(exchange: Exchange, claim: Claim, coded: HttpCompressionMiddleware) -> Fetched:
    """Give what went over the network as a crawl has it. Raises ArchiveError, IgnoreRequest."""
    headers: dict[str, list[str]] = {}
    for name, value in exchange.headers:
        headers.setdefault(name, []).append(value)
    came = Response(exchange.url, status=exchange.status, headers=headers, body=exchange.body)
    response = coded.process_response(Request(exchange.url), came)
    if not isinstance(response, Response):
        raise ArchiveError(f"{exchange.url}: its capture cannot be unpacked")
    return Fetched(
        claim=claim,
        url=exchange.url,
        status=exchange.status,
        headers=header_map(response),
        body=response.body,
        captured_at=exchange.captured_at,
    )
