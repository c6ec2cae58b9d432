"""Writes a crawl's record into the archive: begun as it starts, written along, closed at its end.

What a killed crawl had done by then stands in its record; that it was killed the next one adds.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archive.crawls import CrawlEnding, CrawlTotals
from crawler.items import READER

if TYPE_CHECKING:
    from archive import Archive
    from crawler.tally import Tally

# Between two writings: each is a transaction of some milliseconds, and what a kill loses of the
# record is so much of it at most.
ALONG = timedelta(seconds=10)
# How Scrapy calls the end of a crawl ▸ how the record does.
ENDINGS = {"finished": CrawlEnding.DONE, "shutdown": CrawlEnding.STOPPED}


class Journal:
    """The record of one crawl. Every method raises ArchiveError where it cannot be written."""

    def __init__(self, archive: "Archive", tally: "Tally") -> None:
        self.archive = archive
        self.tally = tally
        self.crawl_id: int | None = None
        self.started_at: datetime | None = None
        self.written_at: datetime | None = None

    def begin(self, *, now: datetime) -> None:
        """Begin the record."""
        self.crawl_id = self.archive.begin_crawl(version=READER, now=now)
        self.started_at = self.written_at = now

    def along(self, *, now: datetime) -> None:
        """Write how far the crawl has come, if the last time was long enough ago."""
        if self.written_at is not None and now - self.written_at >= ALONG:
            self._write(now)

    def end(self, reason: str, *, now: datetime) -> None:
        """Close the record of a crawl that ended for a `reason` of Scrapy's."""
        ending = ENDINGS.get(reason, CrawlEnding.FAILED)
        if ending is CrawlEnding.DONE and self.tally.out_of_time:
            ending = CrawlEnding.MAX_TIME
        self._write(now, ending)

    def _write(self, now: datetime, ended: CrawlEnding | None = None) -> None:
        if self.crawl_id is None or self.started_at is None:
            return
        self.written_at = now
        tally, began = self.tally, self.started_at
        totals = CrawlTotals(
            pages=tally.pages, articles=tally.stored, failed=tally.failures, bytes=tally.bytes
        )
        visits = {source: account.visit(began) for source, account in tally.accounts.items()}
        self.archive.record_crawl(self.crawl_id, totals, visits, now=now, ended=ended)
