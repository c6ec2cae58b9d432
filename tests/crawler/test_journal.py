"""The record of a crawl: begun, written along, closed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive import Archive
from archive.crawls import Crawl, CrawlEnding
from archive.records import ListOutcome, PageKind
from crawler.journal import ALONG, Journal
from crawler.tally import Tally
from tests.crawler.made import NOON, claim, headline, list_page

SECOND = timedelta(seconds=1)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path, create=True) as opened:
        opened.add_source("http://wire.example/", now=NOON)
        yield opened


def last(archive: Archive) -> Crawl:
    held = archive.last_crawl()
    assert held is not None
    return held


@pytest.mark.parametrize(
    ("reason", "out_of_time", "ending"),
    [
        ("finished", False, CrawlEnding.DONE),
        ("finished", True, CrawlEnding.MAX_TIME),
        ("shutdown", False, CrawlEnding.STOPPED),
        ("archive", False, CrawlEnding.FAILED),
    ],
)
def test_how_a_crawl_ended(
    archive: Archive, reason: str, out_of_time: bool, ending: CrawlEnding
) -> None:
    journal = Journal(archive, Tally(out_of_time=out_of_time))
    journal.begin(now=NOON)
    assert last(archive).ended is None
    journal.end(reason, now=NOON + SECOND)
    assert (last(archive).ended, last(archive).seconds) == (ending, 1.0)


def test_it_is_written_along_now_and_then(archive: Archive) -> None:
    tally = Tally()
    journal = Journal(archive, tally)
    journal.begin(now=NOON)
    of = claim(PageKind.LIST)
    tally.listed(of, list_page(headline()), ListOutcome(found=1, new=1, queued=1), None)
    tally.transferred(of, 10, 0.1)
    journal.along(now=NOON + ALONG - SECOND)
    assert last(archive).totals.pages == 0
    journal.along(now=NOON + ALONG)
    assert (last(archive).totals.pages, last(archive).totals.bytes) == (1, 10)
    (visit,) = archive.crawl_records([1])[1].visits
    assert (visit.at, visit.first_page, visit.bytes) == (NOON, 1, 10)


def test_what_was_never_begun_is_not_written(archive: Archive) -> None:
    journal = Journal(archive, Tally())
    journal.along(now=NOON)
    journal.end("finished", now=NOON)
    assert archive.last_crawl() is None
