"""WARC files into the archive: their pages read by several processes, and kept as captures.

    records ─▶ pages that came whole (HTML, PDF, feeds) ─▶ readers ─▶ article, list ─▶ capture

A page's capture is written last: what is captured already was taken in whole, so importing a file
again, or going on after it was interrupted, reads nothing twice. Pictures, scripts, redirects and
errors are passed over and counted, and so are revisits: their page is in another record.
"""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO

from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest

from archive import Archive
from archive.decide import is_kept
from archive.errors import ArchiveError
from archive.lock import crawl_lock
from archive.records import (
    Claim,
    DecisionKind,
    Exchange,
    FrontierEntry,
    ListPage,
    PageKind,
    PageReading,
)
from archive.urls import canonical_url, page_key
from crawler.importing.pages import is_list
from crawler.importing.warcrecords import Damaged, Record, exchange_of, records
from crawler.items import Fetched
from crawler.readers import Readers, Unreadable
from crawler.rereading import decoder, fetched_of

# Pages under way at a time: enough that no reader waits, few enough to hold in memory.
AT_ONCE = 8
# Redirects that are remembered until the page that they lead to has come.
MOST_REDIRECTS = 10_000
# What is read; a page whose server says nothing of its kind is, too.
PAGES = frozenset({"text/html", "application/xhtml+xml", "application/pdf"})
LISTS = frozenset(
    {
        "application/atom+xml",
        "application/feed+json",
        "application/rdf+xml",
        "application/rss+xml",
        "application/xml",
        "text/xml",
    }
)
# What a file's faults are told of, one by one; the rest is counted.
FAULTS_TOLD = 5


@dataclass(slots=True, kw_only=True)
class Brought:
    """What a WARC file brought so far."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def fault(self, where: str, reason: str) -> None:
        """Note something that could not be read."""
        self.counts["damaged"] += 1
        if len(self.faults) < FAULTS_TOLD:
            self.faults.append(f"{where}: {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A page with what it was read as."""

    exchange: Exchange
    asked: bool
    """Its request is known."""
    reading: PageReading | None = None
    page: ListPage | None = None
    fault: str | None = None


def import_warc(archive: Archive, file: IO[bytes], *, now: datetime, capture: bool) -> Brought:
    """Take a WARC file in; without `capture` its pages are not kept as captures.

    Raises ArchiveError; ArchiveLocked while somebody else crawls.
    """
    brought = Brought()
    with crawl_lock(archive.folder, now=now) if capture else nullcontext():
        if capture:
            archive.captures.mend()
        asyncio.run(_import(archive, file, brought, now=now, capture=capture))
        archive.captures.index()
    return brought


async def _import(
    archive: Archive, file: IO[bytes], brought: Brought, *, now: datetime, capture: bool
) -> None:
    keeper = Keeper(archive=archive, brought=brought, now=now, capture=capture)
    known = archive.known_publishers()
    coded = decoder()
    waiting: deque[asyncio.Task[Read]] = deque()
    with Readers() as readers:
        for exchange, asked in exchanges(file, brought):
            if archive.captures.holds(exchange):
                brought.counts["known"] += 1
                continue
            waiting.append(
                asyncio.ensure_future(read_one(exchange, readers, coded, known, asked=asked))
            )
            if len(waiting) >= AT_ONCE:
                keeper.keep(await waiting.popleft())
        while waiting:
            keeper.keep(await waiting.popleft())


def exchanges(file: IO[bytes], brought: Brought) -> Iterator[tuple[Exchange, bool]]:
    """Give the pages that a file holds, each with whether its request is known."""
    redirects: OrderedDict[str, str] = OrderedDict()
    request: Record | None = None
    for number, record in enumerate(records(file), start=1):
        if isinstance(record, Damaged):
            brought.fault(f"record {number}", str(record))
            continue
        if record.kind == "request":
            request = record
            continue
        before, request = request, None
        try:
            exchange = _page(record, before, redirects, brought)
        except Damaged as damaged:
            brought.fault(f"record {number}", str(damaged))
            continue
        if exchange is not None:
            asked = before is not None and before.url == record.url
            yield exchange, asked


def _page(
    record: Record,
    request: Record | None,
    redirects: OrderedDict[str, str],
    brought: Brought,
) -> Exchange | None:
    """Give a record's page; None, and it is counted, where it holds none. Raises Damaged."""
    if record.kind == "revisit":
        brought.counts["revisits"] += 1
    if record.kind not in {"response", "resource"} or canonical_url(record.url) is None:
        return None
    if record.content is None:
        brought.counts["too large"] += 1
        return None
    own = page_key(record.url) or record.url
    known = request if request is not None and request.url == record.url else None
    exchange = exchange_of(record, asked=redirects.pop(own, None), request=known)
    if 300 <= exchange.status < 400:
        _remember(redirects, exchange)
    if not 200 <= exchange.status < 300:
        brought.counts["redirects and errors"] += 1
        return None
    if media_type(exchange) not in {None, *PAGES, *LISTS}:
        brought.counts["other files"] += 1
        return None
    return exchange


def _remember(redirects: OrderedDict[str, str], exchange: Exchange) -> None:
    """Remember where a redirect led, and what was asked first."""
    from urllib.parse import urljoin

    location = next((v for n, v in exchange.headers if n.lower() == "location"), None)
    try:
        target = urljoin(exchange.url, location) if location else None
    except ValueError:
        return
    key = page_key(target) if target else None
    if key is not None:
        redirects[key] = exchange.asked_url
        if len(redirects) > MOST_REDIRECTS:
            redirects.popitem(last=False)


def media_type(exchange: Exchange) -> str | None:
    """Give what an answer says that it is; None where it says nothing."""
    told = next((v for n, v in exchange.headers if n.lower() == "content-type"), "")
    return told.partition(";")[0].strip().lower() or None


async def read_one(
    exchange: Exchange,
    readers: Readers,
    coded: HttpCompressionMiddleware,
    known_publishers: Mapping[str, str],
    *,
    asked: bool,
) -> Read:
    """Have a page read: as an article, or as a list where it is none."""
    url = exchange.asked_url
    claim = Claim(id=0, url=url, kind=PageKind.POST, source_id=None, attempts=1, serial=1)
    try:
        fetched = fetched_of(exchange, claim, coded)
        reading = await readers.read_page(fetched)
        # An article's page may carry its site's list; each would become a source of its own.
        page = None if is_kept(reading) else await _read_list(fetched, readers, known_publishers)
    except (ArchiveError, IgnoreRequest, Unreadable) as error:
        return Read(exchange=exchange, asked=asked, fault=str(error))
    return Read(exchange=exchange, asked=asked, reading=reading, page=page)


async def _read_list(
    fetched: Fetched, readers: Readers, known_publishers: Mapping[str, str]
) -> ListPage | None:
    if fetched.body.startswith(b"%PDF"):
        return None
    return await readers.read_list(fetched, known_publishers)


@dataclass(slots=True, kw_only=True)
class Keeper:
    """Stores what was read, in the order in which it stands in the file."""

    archive: Archive
    brought: Brought
    now: datetime
    capture: bool
    sources: dict[str, int] = field(default_factory=dict)
    """Keys of lists' older pages ▸ the list's source."""

    def keep(self, read: Read) -> None:
        """Store a page's article, its list, and its capture."""
        exchange, counts = read.exchange, self.brought.counts
        counts["pages"] += 1
        if read.reading is None:
            self.brought.fault(exchange.url, read.fault or "it could not be read")
            return
        if not self._keep_list(read.page, exchange):
            counts["no article"] += not self._keep_article(read.reading, exchange)
        if self.capture:
            self.archive.captures.write(exchange, asked=read.asked)

    def _keep_article(self, reading: PageReading, exchange: Exchange) -> bool:
        decision = self.archive.store(
            reading,
            asked_url=exchange.asked_url,
            claim=None,
            source_id=None,
            now=self.now,
            status=exchange.status,
        )
        self.archive.frontier.visited(
            FrontierEntry(url=exchange.asked_url, kind=PageKind.POST),
            at=exchange.captured_at,
            verdict=reading.verdict,
            status=exchange.status,
            final_url=exchange.url,
            now=self.now,
            kept=decision is not None,
        )
        if decision is None:
            return False
        name = "articles" if decision.kind is DecisionKind.NEW else decision.kind.value
        self.brought.counts["copies" if name == "duplicate" else name] += 1
        return True

    def _keep_list(self, page: ListPage | None, exchange: Exchange) -> bool:
        if page is None or not is_list(page):
            return False
        key = page_key(page.url) or page.url
        source_id = self.sources.get(key)
        if source_id is None:
            source_id = self.archive.add_source(page.url, paused=True, now=self.now).id
        if page.older:
            self.sources[page_key(page.older) or page.older] = source_id
        outcome = self.archive.store_list(
            page,
            source_id=source_id,
            claim=None,
            now=self.now,
            seen=exchange.captured_at,
            follow=PageKind.POST,
            follow_older=False,
        )
        counts = self.brought.counts
        counts["lists"] += 1
        counts["headlines"] += outcome.new
        counts["queued"] += outcome.queued
        return True
