"""Read ▸ store: what happens to a page after it was fetched.

Thin by intent: `crawler.readers` reads, `archive` decides and stores. Every claim that enters
leaves settled, as stored or as failed with its reason; none is dropped on the way.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self, TypeAlias, cast

from archive.errors import ArchiveError
from archive.records import (
    DoorKind,
    FrontierEntry,
    ListPage,
    PageKind,
    UrlState,
    Validators,
    Verdict,
    VerdictKind,
)
from archive.schedule import retry_at
from archive.urls import page_key
from crawler.items import (
    NO_ROW,
    READER,
    Failed,
    Fetched,
    ReadList,
    ReadPage,
    Unchanged,
    claim_of,
    digest_of,
)
from crawler.paging import WALLS, bound_reached, why_ended
from crawler.readers import Readers, Unreadable

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.spiders.headlines import HeadlinesSpider

Stored: TypeAlias = ReadPage | ReadList | Failed | Unchanged

# What a site answers beyond a feed's last page, and WordPress' interface beyond its own.
PAST_THE_END = frozenset({400, 404, 410})

DRAWN_BY_SCRIPT = (
    "the list is drawn by a script, the page itself holds none of it; "
    "`backfile add` looks for its feed and other doors"
)


class ReadPipeline:
    """Turns a fetched page into what it says, in another process."""

    def __init__(self, crawler: "Crawler", readers: Readers) -> None:
        self.crawler = crawler
        self.readers = readers
        self.known_publishers: Mapping[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build with as many readers as `BACKFILE_READERS` says."""
        return cls(crawler, Readers(crawler.settings["BACKFILE_READERS"]))

    def open_spider(self) -> None:
        """Learn from the archive what the hosts call themselves; once for each crawl."""
        spider = cast("HeadlinesSpider", self.crawler.spider)
        self.known_publishers = spider.archive.known_publishers()

    def close_spider(self) -> None:
        """End the readers."""
        self.readers.close()

    async def process_item(
        self, item: Fetched | Failed | Unchanged
    ) -> ReadPage | ReadList | Failed | Unchanged:
        """Read what was fetched; a page that breaks its reader becomes a failure."""
        if not isinstance(item, Fetched):
            return item
        try:
            return await self._read(item)
        except Unreadable as error:
            return Failed(
                claim=item.claim,
                failed_at=item.captured_at,
                reason=str(error),
                status=item.status,
            )

    async def _read(self, fetched: Fetched) -> ReadPage | ReadList:
        if fetched.claim.kind is PageKind.LIST and fetched.status < 400:
            page = await self.readers.read_list(fetched, self.known_publishers)
            if page.headlines or page.parts:
                return ReadList(fetched=fetched, page=page)
            return ReadList(fetched=fetched, page=page, instead=await self._instead(fetched, page))
        return ReadPage(fetched=fetched, reading=await self.readers.read_page(fetched))

    async def _instead(self, fetched: Fetched, page: ListPage) -> Verdict:
        """Say what a list page without headlines is instead."""
        # What reads pages is loaded by the readers; in this process it is seldom needed.
        from crawler.extract.doors.forms import sniff

        if page.needs_javascript:
            return Verdict(kind=VerdictKind.JAVASCRIPT, reason=DRAWN_BY_SCRIPT)
        if sniff(fetched.body):
            return Verdict(kind=VerdictKind.EMPTY, reason="it holds no entries")
        verdict = (await self.readers.read_page(fetched)).verdict
        if fetched.door in {None, DoorKind.LIST, DoorKind.ITEM_LIST}:
            return verdict
        # A wall keeps its name; anything else in the place of a feed is no end of it, either.
        kind = verdict.kind if verdict.kind in WALLS else VerdictKind.ERROR
        return Verdict(kind=kind, reason=f"no {fetched.door} came, but a page: {verdict.reason}")


class StorePipeline:
    """Stores what was read; each page and its frontier state in one transaction."""

    def __init__(self, crawler: "Crawler") -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build; the spider brings the archive."""
        return cls(crawler)

    @property
    def spider(self) -> "HeadlinesSpider":
        """The running spider: the only one of the project that yields items."""
        return cast("HeadlinesSpider", self.crawler.spider)

    def process_item(self, item: Stored) -> Stored:
        """Store `item`, tell the tally, and let the spider go on, or stop where nothing can be.

        Once the archive has failed, what is still in flight is left to the next crawl.
        """
        if self.spider.fatal is not None:
            return item
        claim = claim_of(item)
        try:
            if claim.id == NO_ROW:
                self._settle_lookup(item)
                return item
            self._store(item)
        except ArchiveError as error:
            self.spider.stop_for(error)
        else:
            self.spider.settled(claim)
        return item

    def _settle_lookup(self, item: Stored) -> None:
        """Hand on what came of a web archive's page."""
        if isinstance(item, ReadPage):
            self.spider.lookups.settle(item, follow=second_hop(item))
        elif isinstance(item, Failed):
            self.spider.lookups.settle(item, follow=None)

    def _store(self, item: Stored) -> None:
        if isinstance(item, Failed):
            self._fail(item)
        elif isinstance(item, Unchanged):
            self._leave(item)
        elif is_past_the_end(item):
            self._end_list(item)
        elif isinstance(item, ReadPage):
            self._store_page(item)
        elif is_no_list(item):
            self._fail(no_list(item))
        else:
            self._store_list(item)

    def _store_list(self, item: ReadList) -> None:
        spider, page, claim = self.spider, item.page, item.fetched.claim
        if claim.source_id is None:
            raise ArchiveError(f"{claim.url} is a list page of no source")
        trail = spider.trails[claim.source_id]
        outcome = spider.archive.store_list(
            page,
            source_id=claim.source_id,
            claim=claim,
            now=item.fetched.captured_at,
            follow=PageKind.POST,
            follow_older=not trail.leads_back(page),
            validators=validators_of(item.fetched),
        )
        ended = why_ended(trail, page, outcome, spider.bounds)
        if bound_reached(trail, page, spider.bounds):
            spider.at_bound.add(claim.source_id)
        trail.add(page)
        spider.tally.listed(claim, page, outcome, ended)
        if page.older and not (ended or outcome.older):
            self._pass_by(page.older, item)

    def _pass_by(self, older: str, item: ReadList) -> None:
        """Have a page behind one without headlines fetched, which storing that did not cause."""
        entry = FrontierEntry(
            url=older,
            kind=PageKind.LIST,
            source_id=item.fetched.claim.source_id,
            found_on=item.page.url,
        )
        self.spider.archive.frontier.make_due(entry, now=item.fetched.captured_at)

    def _leave(self, item: Unchanged) -> None:
        spider, claim = self.spider, item.claim
        spider.archive.frontier.unchanged(claim, now=item.asked_at, status=item.status)
        spider.tally.unchanged(claim)

    def _end_list(self, item: ReadPage | ReadList) -> None:
        """Note that a list's pages have ended before this one."""
        fetched, source_id = item.fetched, item.fetched.claim.source_id
        self.spider.archive.frontier.done(
            fetched.claim,
            now=fetched.captured_at,
            reason="behind the list's last page",
            status=fetched.status,
        )
        if source_id in self.spider.tally.lists:
            self.spider.tally.lists[source_id].ended = "the list has no older page"

    def _store_page(self, item: ReadPage) -> None:
        fetched, reading = item.fetched, item.reading
        decision = self.spider.archive.store(
            reading,
            asked_url=fetched.claim.url,
            redirects=fetched.redirects,
            claim=fetched.claim,
            source_id=fetched.claim.source_id,
            now=fetched.captured_at,
            status=fetched.status,
            follow=second_hop(item),
        )
        self.spider.tally.read(fetched, reading, decision)

    def _fail(self, item: Failed) -> None:
        self.spider.archive.frontier.failed(
            item.claim,
            now=item.failed_at,
            state=UrlState.REFUSED if item.refused else UrlState.FAILED,
            reason=item.reason,
            status=item.status,
            retry_at=next_try(item),
            dead=item.dead,
        )
        self.spider.tally.failed(item)


def validators_of(fetched: Fetched) -> Validators:
    """Give what this page will be told by when it comes again."""
    return Validators(
        etag=fetched.headers.get("etag"),
        last_modified=fetched.headers.get("last-modified"),
        reader=READER,
        digest=digest_of(fetched.body),
    )


def is_past_the_end(item: ReadPage | ReadList) -> bool:
    """Tell the answer to a request for a page behind the last: feeds are counted until it comes."""
    fetched = item.fetched
    if fetched.door not in {DoorKind.FEED, DoorKind.WORDPRESS} or not fetched.claim.found_on:
        return False
    instead = item.instead if isinstance(item, ReadList) else None
    empty = instead is not None and instead.kind is VerdictKind.EMPTY
    return empty or fetched.status in PAST_THE_END


def is_no_list(item: ReadList) -> bool:
    """Tell a page that should have been a list from an older one at which the list has ended."""
    if item.instead is None:
        return False
    return item.fetched.claim.found_on is None or item.instead.kind in WALLS


def no_list(item: ReadList) -> Failed:
    """Say why a list page brought no headline: what it is instead, in the reader's words."""
    instead = item.instead.reason if item.instead else "the page holds none"
    return Failed(
        claim=item.fetched.claim,
        failed_at=item.fetched.captured_at,
        reason=f"no headlines found: {instead}",
        status=item.fetched.status,
        instead=item.instead.kind if item.instead else VerdictKind.EMPTY,
    )


def next_try(item: Failed) -> datetime | None:
    """Say when a failed page is tried again: never sooner than its server asked for."""
    if item.refused:
        return None
    planned = retry_at(item.claim.kind, item.claim.attempts, item.failed_at)
    if item.retry_after is None:
        return planned
    return max(planned, item.failed_at + timedelta(seconds=item.retry_after))


def second_hop(item: ReadPage) -> FrontierEntry | None:
    """Give the publisher's page that an aggregator's post attributes its text to.

    Only from what a headline led to: a publisher's page that credits another in its turn is
    not followed, so that a chain of credits has an end.
    """
    claim, original = item.fetched.claim, item.reading.original
    if claim.kind is not PageKind.POST or not original:
        return None
    if page_key(original) in {page_key(item.fetched.url), page_key(claim.url)}:
        return None
    return FrontierEntry(
        url=original, kind=PageKind.ARTICLE, source_id=claim.source_id, found_on=item.fetched.url
    )
