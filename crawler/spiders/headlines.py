"""The spider that follows dated headline lists into the past, and each headline to its article.

    start ─▶ claim from the frontier ─▶ request ─▶ Fetched | Failed ─▶ pipelines: read ▸ store
                    ▲                                                        │
                    └──────── settled(): what was stored brought new URLs ◀──┘

It keeps no list of what to do: the archive's frontier does, so a killed crawl goes on where it
was. Reading and storing are the pipelines' part.
"""

import asyncio
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, suppress
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Self

import scrapy
from scrapy import signals
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from archive import Archive
from archive.errors import BackfileError, UsageError
from archive.records import Claim, DoorKind, PageKind, UrlState, Validators
from archive.schedule import retry_at
from archive.terminal import harmless
from archive.urls import canonical_url
from crawler.clock import Clock, utc
from crawler.heads import HeadTooLong
from crawler.items import (
    NO_ROW,
    NOT_MODIFIED,
    READER,
    Failed,
    Fetched,
    ReadList,
    ReadPage,
    Unchanged,
    claim_of,
    digest_of,
)
from crawler.journal import Journal
from crawler.lookups import Lookups, claim_for
from crawler.middlewares import Refused
from crawler.paging import Bounds, Trail, duration
from crawler.politeness import Manners, asks_not_to_archive, retry_after
from crawler.tally import Tally

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

# Scrapy serves higher numbers first. Lists before all, then posts, then the publishers' pages.
PRIORITIES = {PageKind.LIST: 20, PageKind.POST: 10, PageKind.ARTICLE: 0}

# Statuses by which a server asks for patience, with or without a time: 503 only with one.
TOO_MANY_REQUESTS, UNAVAILABLE = 429, 503
# The crawl itself waits so long for hosts that have asked not to be asked, when all else is done.
PATIENCE = timedelta(minutes=2)
# While enough is under way, pages that end within so many seconds are followed by one claim: each
# costs a transaction.
GATHER = 0.1

# Pages of one kind that are counted for the display, which looks twice a second: some 10 ms each.
COUNTED = 10_000

OK = 200
MEGABYTE = 1_000_000
# For so long a server is believed that says that a list has not changed; then it is read again.
TRUSTED = timedelta(days=7)

REDIRECTS = frozenset({301, 302, 303, 307, 308})

NOARCHIVE = "the page asks not to be archived (BACKFILE_HONOUR_NOARCHIVE)"

REASONS: Mapping[type[BaseException], str] = MappingProxyType(
    {
        HeadTooLong: "more headers than an answer may have",
        CannotResolveHostError: "host not found",
        DownloadCancelledError: "larger than a page may be (DOWNLOAD_MAXSIZE)",
        DownloadConnectionRefusedError: "connection refused",
        DownloadTimeoutError: "no answer in time (DOWNLOAD_TIMEOUT)",
        ResponseDataLossError: "the connection was dropped in mid-answer",
    }
)


class HeadlinesSpider(scrapy.Spider):
    """`scrapy crawl headlines -a seed=URL -a archive=FOLDER`, or `backfile crawl`.

    `archive` is a folder, made if it is missing, or an open `Archive` that its owner closes.
    `seed` is added as a source. `sources` limits the crawl to these ids, `visit` the lists that are
    visited although nothing waits there; `max_pages` bounds the list pages read of each source in
    this run, `since` (a day) how far back they are followed, `max_time` (`2h`) how long pages are
    asked for. Of the sources in `imported` only what they led to is fetched. The `clock` says what
    time it is, and goes on while the crawl does.
    """

    name = "headlines"

    def __init__(
        self,
        *,
        archive: str | Archive | None = None,
        seed: str | None = None,
        sources: tuple[int, ...] | None = None,
        imported: tuple[int, ...] = (),
        visit: tuple[int, ...] | None = None,
        max_pages: int | str | None = None,
        since: date | str | None = None,
        max_time: timedelta | str | None = None,
        clock: Clock = utc,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.clock = clock
        self.held = ExitStack()
        self.bounds = bounds_of(max_pages, since, max_time)
        if archive is None:
            raise UsageError("say where the archive is: -a archive=FOLDER")
        if seed is not None and canonical_url(seed) is None:
            raise UsageError(f"-a seed={seed}: it should begin with http:// or https://")
        self.stands_alone = isinstance(archive, str)
        """Started by Scrapy's own command: nobody else will say why the crawl ended early."""
        self.archive = self.open(archive) if isinstance(archive, str) else archive
        self.seed = seed
        self.source_ids = sources
        self.imported = imported
        """Sources whose lists came as files: only what they led to is fetched."""
        self.visit = visit
        self.tally = Tally()
        self.journal = Journal(self.archive, self.tally)
        self.manners = Manners()
        self.honours_noarchive = False
        self.lookups = Lookups(self, timegate=None, delay=0, most=0)
        self.fatal: BackfileError | None = None
        self.open_claims: dict[int, Claim] = {}
        self.trails: defaultdict[int, Trail] = defaultdict(Trail)
        self.doors: dict[int | None, DoorKind] = {}
        """In which form each source's list is to come."""
        self.at_bound: set[int] = set()
        """Sources of whose lists this run has read as much as it may."""
        self.batch = self.per_host = 0
        self.lease = timedelta()
        self.ends_at: datetime | None = None
        """From when on no page is asked for any more."""
        self.progressed = asyncio.Event()

    @classmethod
    def from_crawler(cls, crawler: "Crawler", *args: Any, **kwargs: Any) -> Self:
        """Build with the settings' batch and lease.

        What is wrong with the arguments of `scrapy crawl` ends it with one line and an exit code.
        """
        try:
            spider = super().from_crawler(crawler, *args, **kwargs)
        except BackfileError as error:
            if isinstance(kwargs.get("archive"), Archive):
                raise
            sys.stderr.write(f"backfile: {harmless(str(error))}\n")
            raise SystemExit(error.exit_code) from None
        spider.batch = crawler.settings.getint("BACKFILE_BATCH")
        spider.per_host = crawler.settings.getint("BACKFILE_BATCH_PER_HOST")
        spider.honours_noarchive = crawler.settings.getbool("BACKFILE_HONOUR_NOARCHIVE")
        spider.lookups = Lookups.from_settings(spider, crawler.settings)
        budget = crawler.settings["BACKFILE_BUDGET_MB"]
        captures = spider.archive.captures
        captures.reserve_bytes = crawler.settings.getint("BACKFILE_RESERVE_MB") * MEGABYTE
        captures.budget_bytes = None if budget is None else int(budget) * MEGABYTE
        spider.manners.usual = crawler.settings.getfloat("DOWNLOAD_DELAY")
        spider.lease = timedelta(seconds=crawler.settings.getint("BACKFILE_LEASE"))
        crawler.signals.connect(spider.transferred, signal=signals.response_downloaded)
        crawler.signals.connect(spider.item_broke, signal=signals.item_error)
        crawler.signals.connect(spider.page_broke, signal=signals.spider_error)
        return spider

    def open(self, folder: str) -> Archive:
        """Open and lock an archive of our own, until the spider closes."""
        return self.held.enter_context(Archive.crawling(folder, create=True, now=self.clock()))

    async def start(self) -> AsyncIterator[Request]:
        """Yield requests for as long as the frontier has pages due or in flight."""
        try:
            now = self.clock()
            self.ends_at = now + self.bounds.max_time if self.bounds.max_time else None
            self.journal.begin(now=now)
            self.archive.frontier.recover(now=now)
            self.archive.captures.mend()
            self.make_lists_due()
            async for request in self.requests():
                yield request
        except BackfileError as error:
            self.stop_for(error)

    async def requests(self) -> AsyncIterator[Request]:
        """Ask for what may be fetched, and wait while all that is to be had is in flight.

        Beside the frontier's pages the dead links are looked up, one at a time.
        """
        while self.fatal is None:
            for claim in self.claims():
                yield self.request(claim)
            if (lookup := self.lookups.next(self.clock())) is not None:
                yield lookup
            if self.open_claims or self.lookups.busy:
                await self.progress()
            elif not await self.waited_for_lookup() and not await self.waited():
                return

    async def progress(self) -> None:
        """Wait until something that is in flight has ended, or the next look-up may be made."""
        patience = None if self.lookups.busy else self.lookups.wait(self.clock())
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self.progressed.wait()
        self.progressed.clear()
        if len(self.open_claims) > self.batch // 2:
            await asyncio.sleep(GATHER)

    async def waited_for_lookup(self) -> bool:
        """Wait until the next look-up may be made; False where none is to be made in this crawl."""
        patience = self.lookups.wait(self.clock())
        if patience is None:
            return False
        await asyncio.sleep(patience)
        return True

    async def waited(self) -> bool:
        """Wait for the first host that has asked for patience; False where none is worth it.

        What waits for longer than our own patience is left to another crawl.
        """
        now = self.clock()
        last = now + PATIENCE if self.ends_at is None else min(now + PATIENCE, self.ends_at)
        ends = [until for until in self.manners.waiting(now).values() if until < last]
        frontier, sources = self.archive.frontier, self.claimed_from()
        if not (ends and frontier.claimable(now=now, source_ids=sources, at_most=1)):
            return False
        await asyncio.sleep((min(ends) - now).total_seconds())
        return True

    def make_lists_due(self) -> None:
        """Have the lists that are to be crawled visited, however lately they were."""
        now = self.clock()
        if self.seed:
            self.source_ids = (self.archive.add_source(self.seed, now=now).id,)
        sources = [s for s in self.archive.sources() if s.url.startswith("http")]
        if self.source_ids is None:
            self.source_ids = tuple(s.id for s in sources if not s.paused)
        for source in sources:
            if source.id not in self.source_ids:
                continue
            self.doors[source.id] = source.door.kind if source.door else DoorKind.LIST
            if self.visit is None or source.id in self.visit:
                self.archive.frontier.make_due(self.archive.entry_of(source), now=now)

    def claims(self) -> tuple[Claim, ...]:
        """Claim as many pages as there is room for."""
        room = self.batch - len(self.open_claims)
        if room <= 0 or self.is_out_of_time(self.clock()):
            return ()
        try:
            self.archive.captures.check_room()
        except BackfileError as error:
            self.stop_for(error)
            return ()
        now = self.clock()
        claimed = self.archive.frontier.claim(
            room,
            now=now,
            lease=self.lease,
            source_ids=self.claimed_from(),
            without_lists_of=self.lists_to_leave(),
            without_hosts=tuple(self.manners.waiting(now)),
            per_host=self.per_host,
            claimed=tuple(self.open_claims.values()),
        )
        claims = one_list_each(claimed)
        self.archive.frontier.release([c for c in claimed if c not in claims], now=now)
        self.open_claims |= {claim.id: claim for claim in claims}
        return claims

    def is_out_of_time(self, now: datetime) -> bool:
        """Tell whether the crawl has taken as long as it may; the tally remembers it."""
        if self.ends_at is not None and now >= self.ends_at:
            self.tally.out_of_time = True
        return self.tally.out_of_time

    def claimed_from(self) -> tuple[int, ...] | None:
        """Give the sources of which pages are fetched; None for all."""
        return None if self.source_ids is None else (*self.source_ids, *self.imported)

    def lists_to_leave(self) -> tuple[int, ...]:
        """Give the sources whose lists are not asked for: at a bound, or a page is under way.

        One page after the other: how far a list goes is decided by what the page before held.
        """
        under_way = {c.source_id for c in self.open_claims.values() if c.kind is PageKind.LIST}
        left = {source for source in under_way if source is not None}
        return tuple(self.at_bound | left | set(self.imported))

    def request(self, claim: Claim) -> Request:
        """Turn a claim into a request."""
        return Request(
            claim.url,
            callback=self.fetched,
            errback=self.failed,
            priority=PRIORITIES[claim.kind],
            cb_kwargs={"claim": claim},
            headers=headers_for(claim, now=self.clock()),
        )

    def fetched(self, response: Response, claim: Claim) -> Iterator[Fetched | Failed | Unchanged]:
        """Hand on what came; an answer that asks for patience is a failure with a time."""
        now: datetime = response.meta.get("captured_at") or self.clock()
        if refusal := refused(response, claim, now):
            yield refusal
            return
        if is_unchanged(response, claim):
            yield Unchanged(claim=claim, asked_at=now, status=response.status)
            return
        if self.honours_noarchive and asks_not_to_archive(response):
            yield Failed(claim=claim, failed_at=now, reason=NOARCHIVE, refused=True)
            return
        yield Fetched(
            claim=claim,
            url=response.url,
            status=response.status,
            headers=header_map(response),
            body=response.body,
            captured_at=now,
            redirects=tuple(response.meta.get("redirect_urls", ())),
            door=self.doors.get(claim.source_id) if claim.kind is PageKind.LIST else None,
        )

    def failed(self, failure: Failure) -> Iterator[Failed]:
        """Hand on why nothing came."""
        error = failure.value or RuntimeError("no reason given")
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        yield Failed(
            claim=request.cb_kwargs["claim"],
            failed_at=self.clock(),
            reason=reason_of(error),
            refused=is_refusal(error),
            dead=isinstance(error, CannotResolveHostError),
        )

    def waiting(self) -> int:
        """Count what is left: in flight, or due in the frontier, where that is up to COUNTED."""
        due = self.archive.frontier.claimable(
            now=self.clock(), source_ids=self.claimed_from(), at_most=COUNTED
        )
        return due + len(self.open_claims)

    def waiting_of(self, source_id: int) -> int:
        """Count what is due of one source, up to COUNTED."""
        return self.archive.frontier.claimable(
            now=self.clock(), source_ids=(source_id,), at_most=COUNTED
        )

    def settled(self, claim: Claim) -> None:
        """Note that a claim was stored or failed, so that `start` goes on."""
        self.open_claims.pop(claim.id, None)
        self.tally.settled += 1
        self.progressed.set()
        try:
            self.journal.along(now=self.clock())
        except BackfileError as error:
            self.stop_for(error)

    def transferred(self, response: Response, request: Request) -> None:
        """Count an answer as it came over the network, each hop and each try by itself."""
        claim = request.cb_kwargs.get("claim")
        if isinstance(claim, Claim):
            seconds = float(request.meta.get("download_latency", 0.0))
            self.tally.transferred(claim, len(response.body), seconds)

    def closed(self, reason: str) -> None:
        """Give back what was in flight; what a killed crawl leaves, the next one recovers."""
        with self.held:
            try:
                self.archive.captures.index()
                now = self.clock()
                self.archive.frontier.release(self.open_claims.values(), now=now)
                self.journal.end(reason, now=now)
            except BackfileError as error:
                # On a full disk, say: this, too, the next crawl makes good.
                self.fatal = self.fatal or error
        if self.fatal is not None and self.stands_alone:
            sys.stderr.write(f"backfile: {harmless(str(self.fatal))}\n")

    def stop_for(self, error: BackfileError) -> None:
        """End the crawl: the archive cannot be written, so nothing more may be fetched."""
        if self.fatal is None and self.crawler.engine is not None:
            self.fatal = error
            self.closing = asyncio.ensure_future(
                self.crawler.engine.close_spider_async(reason="archive")
            )
            self.progressed.set()

    def item_broke(
        self, item: Fetched | ReadPage | ReadList | Failed | Unchanged, failure: Failure
    ) -> None:
        """Settle the claim of an item whose pipeline raised what nobody expected."""
        self.settle_broken(claim_of(item), failure)

    def page_broke(self, response: Response | None, failure: Failure) -> None:
        """Settle the claim of a page whose callback raised what nobody expected.

        Without a page it is `start` that raised, and Scrapy ends the crawl.
        """
        if response is not None and response.request is not None:
            given = response.request.cb_kwargs
            self.settle_broken(
                claim_for(given["lookup"]) if "lookup" in given else given["claim"], failure
            )

    def settle_broken(self, claim: Claim, failure: Failure) -> None:
        """Record a fault of our own as the page's failure, so that the crawl goes on without it."""
        now, reason = self.clock(), f"internal error: {failure.getErrorMessage()}"
        again = retry_at(claim.kind, claim.attempts, now)
        try:
            if claim.id == NO_ROW:
                self.lookups.broke(reason)
                self.tally.broke(Failed(claim=claim, failed_at=now, reason=reason))
                return
            self.archive.frontier.failed(
                claim, now=now, state=UrlState.FAILED, reason=reason, retry_at=again
            )
        except BackfileError as error:
            self.stop_for(error)
            return
        self.tally.broke(Failed(claim=claim, failed_at=now, reason=reason, broke=True))
        self.settled(claim)


def bounds_of(
    max_pages: int | str | None, since: date | str | None, max_time: timedelta | str | None
) -> Bounds:
    """Read the bounds as Scrapy's command line gives them.

    Raises:
        UsageError: they are no number, no day and no length of time.

    """
    try:
        return Bounds(
            max_pages=int(max_pages) if max_pages is not None else None,
            since=date.fromisoformat(since) if isinstance(since, str) else since,
            max_time=duration(max_time) if isinstance(max_time, str) else max_time,
        )
    except ValueError as error:
        raise UsageError(
            f"max_pages should be a number, since a day (2024-11-08): {error}"
        ) from None


def refused(response: Response, claim: Claim, now: datetime) -> Failed | None:
    """Give the failure that an answer without a page is: one that asks for patience, or leads off.

    Redirects within the web were followed before; what is left goes to `file:` or the like.
    """
    patience = retry_after(response, now)
    asks_for_time = response.status == UNAVAILABLE and patience is not None
    if asks_for_time or response.status == TOO_MANY_REQUESTS:
        return Failed(
            claim=claim,
            failed_at=now,
            reason=f"the server asks us to slow down ({response.status})",
            status=response.status,
            retry_after=patience,
        )
    location = response.headers.get("Location")
    if location is None or response.status not in REDIRECTS:
        return None
    return Failed(
        claim=claim,
        failed_at=now,
        reason=f"redirected to {location.decode('latin-1')[:80]}, which is not fetched",
        status=response.status,
        refused=True,
    )


def is_unchanged(response: Response, claim: Claim) -> bool:
    """Tell a list page that is as it was when this reader read it."""
    held = claim.validators
    if held is None or held.reader != READER or claim.kind is not PageKind.LIST:
        return False
    return response.status == NOT_MODIFIED or (
        response.status == OK and held.digest == digest_of(response.body)
    )


def headers_for(claim: Claim, *, now: datetime) -> dict[str, str]:
    """Say where the page was found, and which copy of it is held, if the same reader read that.

    Now and then the page is asked for whatever its server says: some say the same for ever.
    """
    held = claim.validators
    if held is not None and (held.reader != READER or not is_trusted(held, now)):
        held = None
    given = {
        "Referer": claim.found_on,
        "If-None-Match": held and held.etag,
        "If-Modified-Since": held and held.last_modified,
    }
    return {name: value for name, value in given.items() if value}


def is_trusted(held: Validators, now: datetime) -> bool:
    """Tell whether a server is still taken at its word that a page has not changed."""
    return held.read_at is not None and now - held.read_at < TRUSTED


def one_list_each(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Leave out all list pages of a source but the first: the parts of an index come in turn."""
    of_lists = {c.source_id: c for c in reversed(claims) if c.kind is PageKind.LIST}
    return tuple(c for c in claims if c.kind is not PageKind.LIST or of_lists[c.source_id] is c)


def header_map(response: Response) -> dict[str, str]:
    """Give the answer's headers, names in lower case."""
    return {str(name).lower(): v for name, v in response.headers.to_unicode_dict().items()}


def is_refusal(error: BaseException) -> bool:
    """Tell a page that may not be fetched from one that could not be."""
    return isinstance(error, Refused) or "robots.txt" in str(error)


def reason_of(error: BaseException) -> str:
    """Say in words a person understands why a request brought nothing."""
    detail = str(error).strip().partition("\n")[0]
    if "DOWNLOAD_MAXSIZE" in detail:
        return REASONS[DownloadCancelledError]
    known = next((words for kind, words in REASONS.items() if isinstance(error, kind)), None)
    return known or detail or type(error).__name__
