"""Looks dead links up in a web archive, one request after the other, beside a crawl's live pages.

    next ─▶ request ─▶ answered ─▶ learned | absent | postponed | Fetched ─▶ pipelines ─▶ settle
      ▲                                                                                     │
      └─────────────────────────────────── wait ◀───────────────────────────────────────────┘

What is to be asked, and what an answer means, `crawler.mementos` says; what is known stands in the
archive's queue, so a killed crawl goes on with it. Here is only the pace and the trouble: the web
archive is everybody's, so it is asked seldom, never twice at a time, and left alone once it balks.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

from scrapy.http import Request, Response

from archive.decide import is_kept
from archive.errors import BackfileError
from archive.held import Lookup
from archive.records import Claim, FrontierEntry
from archive.urls import host
from crawler.addresses import is_local_name
from crawler.items import NO_ROW, Failed, Fetched, ReadPage
from crawler.mementos import (
    Ask,
    Step,
    accept_datetime,
    as_original,
    from_timegate,
    from_timemap,
    is_replayed,
    next_step,
    original_of,
    stamp_of,
)
from crawler.politeness import USUAL_PATIENCE, asks_not_to_archive, retry_after
from crawler.settings import WAYBACK

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure

    from crawler.spiders.headlines import HeadlinesSpider

# A crawl waits so long for a web archive that asks for patience; longer is left to another crawl.
PATIENCE = timedelta(minutes=2)
# Requests in a row that brought nothing, after which the web archive is taken to be down.
MOST_FAILURES = 3
# Redirects within the web archive on the way to one capture: archived redirects, mostly.
MOST_HOPS = 4
# An empty queue is looked at again after so long while live pages may put more into it.
LOOK_AGAIN = timedelta(seconds=1)

TOO_MANY_REQUESTS, UNAVAILABLE = 429, 503
# Answers of a TimeGate for a page that it has no capture of, or shows none of.
NOT_THERE = frozenset({400, 403, 404, 410, 451})

META = {
    "dont_redirect": True,
    "dont_retry": True,
    "dont_merge_cookies": True,
    "autothrottle_dont_adjust_delay": True,
}


class Lookups:
    """The look-ups of one crawl."""

    def __init__(
        self, spider: "HeadlinesSpider", *, timegate: str | None, delay: float, most: int
    ) -> None:
        self.spider = spider
        self.timegate = timegate
        """None: nothing is looked up."""
        self.delay = timedelta(seconds=delay)
        self.most = most
        self.busy: Lookup | None = None
        """What is being asked for, or read."""
        self.begun: set[int] = set()
        self.is_full = False
        """As many links as may be were looked up, and more are due."""
        self.failures = 0
        """Requests in a row that brought nothing."""
        self.ready_at = datetime.min.replace(tzinfo=UTC)
        self.hop: tuple[Lookup, Step, int] | None = None
        """Where the web archive has sent us on to, and how often in a row."""

    @classmethod
    def from_settings(cls, spider: "HeadlinesSpider", settings: "BaseSettings") -> Self:
        """Build as the settings say.

        Where private addresses are fetched, the public web archive is not told of them: there only
        one that was named is asked.
        """
        timegate = settings["BACKFILE_TIMEGATE"] or None
        is_private = settings.getbool("BACKFILE_ALLOW_PRIVATE") and timegate == WAYBACK
        is_on = settings.getbool("BACKFILE_MEMENTOS") and not is_private
        return cls(
            spider,
            timegate=timegate if is_on else None,
            delay=settings.getfloat("BACKFILE_MEMENTO_DELAY"),
            most=settings.getint("BACKFILE_MEMENTO_MOST"),
        )

    def next(self, now: datetime) -> Request | None:
        """Give the next request to the web archive, if it is time for one."""
        if self.is_over(now) or self.busy is not None or now < self.ready_at:
            return None
        if self.hop is not None:
            return self._request(*self.hop, now)
        lookup = self._next_lookup(now)
        if lookup is None:
            self.ready_at = now + LOOK_AGAIN
            return None
        step = next_step(lookup, timegate=self.timegate or "")
        if step is None:
            # All that a web archive's list named was tried before, or it named nothing.
            self._give_up(lookup, now)
            return self.next(now)
        return self._request(lookup, step, 0, now)

    def wait(self, now: datetime) -> float | None:
        """Say in how many seconds the web archive may be asked next; None: not in this crawl."""
        if self.is_over(now):
            return None
        due = (
            now
            if self.hop
            else self.spider.archive.mementos.next_due(source_ids=self.spider.claimed_from())
        )
        if due is None:
            return None
        at = max(due, self.ready_at)
        last = now + max(PATIENCE, self.delay)
        if at > last or (self.spider.ends_at is not None and at >= self.spider.ends_at):
            return None
        return max(0.0, (at - now).total_seconds())

    def is_over(self, now: datetime) -> bool:
        """Tell whether this crawl asks the web archive for nothing more."""
        stopped = self.timegate is None or self.is_full or self.failures >= MOST_FAILURES
        return stopped or self.spider.is_out_of_time(now)

    def _next_lookup(self, now: datetime) -> Lookup | None:
        """Give the look-up that is next; those that nobody is to be told of are closed."""
        mementos, sources = self.spider.archive.mementos, self.spider.claimed_from()
        while (lookup := mementos.next(now=now, source_ids=sources)) is not None:
            if (reason := self._why_not(lookup)) is not None:
                mementos.close(lookup.id, reason=reason)
                continue
            if lookup.id not in self.begun and len(self.begun) >= self.most:
                self.is_full = True
                return None
            self.begun.add(lookup.id)
            return lookup
        return None

    def _why_not(self, lookup: Lookup) -> str | None:
        name = host(lookup.url) or ""
        if is_local_name(urlsplit(lookup.url).hostname or ""):
            return "no public address"
        own = original_of(lookup.url) or name == host(self.timegate or "")
        return "an address of the web archive itself" if own else None

    def _request(self, lookup: Lookup, step: Step, hops: int, now: datetime) -> Request:
        self.hop = None
        self.busy = lookup
        self.spider.archive.mementos.asking(lookup, step.url, now=now)
        headers = (
            {"Accept-Datetime": accept_datetime(lookup.wanted)} if step.ask is Ask.TIMEGATE else {}
        )
        return Request(
            step.url,
            callback=self.answered,
            errback=self.failed,
            headers=headers,
            meta=dict(META),
            cb_kwargs={"lookup": lookup, "step": step, "hops": hops},
        )

    def answered(
        self, response: Response, lookup: Lookup, step: Step, hops: int
    ) -> Iterator[Fetched]:
        """Take in what the web archive says; a capture goes on to be read."""
        now = self.spider.clock()
        try:
            if self._balks(response, lookup, now):
                self._done(now)
                return
            self.failures = 0
            if step.ask is Ask.MEMENTO:
                page = self._memento(response, lookup, step, hops, now)
                if page is not None:
                    yield page
                    return
            else:
                self._told(response, lookup, step, hops, now)
            self._done(now)
        except BackfileError as error:
            self.spider.stop_for(error)

    def failed(self, failure: "Failure") -> None:
        """Note that nothing came; robots.txt's word ends the look-ups of this crawl."""
        # Loaded by now: the spider is what runs.
        from crawler.spiders.headlines import is_refusal, reason_of

        now = self.spider.clock()
        error = failure.value or RuntimeError("no reason given")
        lookup: Lookup = failure.request.cb_kwargs["lookup"]  # type: ignore[attr-defined]  # Scrapy adds it
        reason = f"the web archive: {reason_of(error)}"
        try:
            if is_refusal(error):
                self.failures = MOST_FAILURES
                self.spider.tally.lookup_trouble = reason
            else:
                self._trouble(lookup, reason, now)
            self._done(now)
        except BackfileError as fatal:
            self.spider.stop_for(fatal)

    def settle(self, item: ReadPage | Failed, *, follow: FrontierEntry | None) -> None:
        """Store a capture that was read as an article; any other is passed by. Raises ArchiveError.

        `follow` is fetched next: the publisher's page that an aggregator's post names.
        """
        lookup, now = self.busy, self.spider.clock()
        if lookup is None:
            return
        if isinstance(item, Failed):
            self._reject(lookup, item.reason, now)
        elif is_kept(item.reading):
            self._store(lookup, item, follow, now)
        else:
            self._reject(lookup, item.reading.verdict.reason, now)
        self._done(now)

    def broke(self, reason: str) -> None:
        """Have a look-up wait on which the program itself has failed."""
        if self.busy is not None:
            now = self.spider.clock()
            self._trouble(self.busy, reason, now)
            self._done(now)

    def _done(self, now: datetime) -> None:
        self.busy = None
        self.ready_at = now + self.delay
        self.spider.progressed.set()

    def _balks(self, response: Response, lookup: Lookup, now: datetime) -> bool:
        """Note an answer by which the web archive asks for patience, or is out of order."""
        if is_replayed(headers_of(response)):
            return False
        patience = retry_after(response, now)
        status = response.status
        if status == TOO_MANY_REQUESTS or (status == UNAVAILABLE and patience is not None):
            reason = f"the web archive asks us to slow down ({status})"
            until = now + timedelta(seconds=patience or USUAL_PATIENCE)
            self.failures += 1
            self.spider.archive.mementos.wait(until=until, reason=reason)
            self.spider.tally.lookup_trouble = reason
            return True
        if status < 500:
            return False
        self._trouble(lookup, f"the web archive answers {status}", now)
        return True

    def _trouble(self, lookup: Lookup, reason: str, now: datetime) -> None:
        self.failures += 1
        self.spider.tally.lookup_trouble = reason
        self.spider.archive.mementos.postponed(lookup, reason=reason, now=now)

    def _told(
        self, response: Response, lookup: Lookup, step: Step, hops: int, now: datetime
    ) -> None:
        """Take in what a TimeGate or a TimeMap says."""
        mementos = self.spider.archive.mementos
        if step.ask is Ask.TIMEMAP and lookup.known is not None:
            text = response.body.decode("utf-8", "replace") if response.status < 300 else ""
            known = from_timemap(text, asked=response.url, known=lookup.known, wanted=lookup.wanted)
            mementos.learned(lookup, known)
            return
        headers = headers_of(response)
        told = from_timegate(
            headers, asked=response.url, status=response.status, wanted=lookup.wanted
        )
        onward = headers.get("location") if 300 <= response.status < 400 else None
        if told is not None and response.status not in NOT_THERE:
            mementos.learned(lookup, told)
        elif onward and hops < MOST_HOPS:
            self.hop = (lookup, replace(step, url=urljoin(response.url, onward)), hops + 1)
        else:
            self._absent(lookup, f"no capture there ({response.status})", now)

    def _memento(
        self, response: Response, lookup: Lookup, step: Step, hops: int, now: datetime
    ) -> Fetched | None:
        """Give a capture as the page that it was; what is none is followed or passed by."""
        headers = headers_of(response)
        if step.memento is None:
            return None
        if 300 <= response.status < 400:
            self._follow(
                urljoin(response.url, headers.get("location", "")), lookup, step, hops, now
            )
        elif response.status >= 400 and not is_replayed(headers) and step.url != step.memento.url:
            # It has no raw form of its captures: the one with the banner is asked for.
            self.hop = (lookup, replace(step, url=step.memento.url), hops + 1)
        elif response.status >= 400:
            self._reject(lookup, f"archived as an error ({response.status})", now)
        elif self.spider.honours_noarchive and asks_not_to_archive(response):
            self._reject(lookup, "the page asks not to be archived", now)
        else:
            return as_original(
                claim=claim_for(lookup),
                url=response.url,
                headers=headers,
                body=response.body,
                memento=step.memento,
            )
        return None

    def _follow(self, onward: str, lookup: Lookup, step: Step, hops: int, now: datetime) -> None:
        """Go on to where an archived redirect leads within the web archive."""
        if stamp_of(onward) is not None and host(onward) == host(step.url) and hops < MOST_HOPS:
            self.hop = (lookup, replace(step, url=onward), hops + 1)
        else:
            self._reject(lookup, "archived as a redirect that leads nowhere", now)

    def _reject(self, lookup: Lookup, reason: str, now: datetime) -> None:
        """Pass by the capture that was tried: the next nearest is next."""
        known = lookup.known
        step = next_step(lookup, timegate=self.timegate or "")
        if known is None or step is None or step.memento is None:
            self._absent(lookup, reason, now)
            return
        tried = (*known.tried, step.memento.url)
        told = replace(known, tried=tried, why=reason)
        lookup = self.spider.archive.mementos.learned(lookup, told)
        if next_step(lookup, timegate=self.timegate or "") is None:
            self._give_up(lookup, now)

    def _give_up(self, lookup: Lookup, now: datetime) -> None:
        why = lookup.known.why if lookup.known else None
        self._absent(lookup, f"its captures are no article: {why or 'none is left'}", now)

    def _absent(self, lookup: Lookup, reason: str, now: datetime) -> None:
        self.spider.archive.mementos.absent(lookup, reason=reason, now=now)
        self.spider.tally.not_archived += 1

    def _store(
        self, lookup: Lookup, item: ReadPage, follow: FrontierEntry | None, now: datetime
    ) -> None:
        archive = self.spider.archive
        decision = archive.store(
            replace(item.reading, memento_url=item.fetched.memento_url),
            asked_url=lookup.url,
            claim=None,
            source_id=lookup.source_id,
            now=now,
            follow=follow,
            lookup=lookup,
        )
        if decision is None:
            archive.mementos.close(lookup.id, reason="forgotten")
            return
        self.spider.tally.mementos += 1
        self.spider.tally.articles[decision.kind] += 1


def claim_for(lookup: Lookup) -> Claim:
    """Give a dead link as a claim: of no row of the frontier, which has it as dead."""
    return Claim(
        id=NO_ROW,
        url=lookup.url,
        kind=lookup.kind,
        source_id=lookup.source_id,
        attempts=1,
        serial=0,
        found_on=lookup.found_on,
    )


def headers_of(response: Response) -> dict[str, str]:
    """Give the answer's headers, names in lower case; several lines of one are one (RFC 9110)."""
    return {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
