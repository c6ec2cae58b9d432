"""What crawls leave of themselves is given back, and a killed one is told from one that runs."""

from datetime import timedelta

import pytest

from archive import Archive
from archive.crawls import CrawlEnding, CrawlTotals, Record
from archive.errors import ArchiveError
from archive.health import ARRIVALS, DAYS, VISITS, Health, HealthState, ListTrouble, Visit
from archive.records import Door, DoorKind, Source
from tests.archive.making import HOUR, NOW

TOTALS = CrawlTotals(pages=3, articles=1, failed=2, bytes=9000)
VISIT = Visit(
    at=NOW,
    list_pages=2,
    unchanged_lists=1,
    list_trouble=ListTrouble.EMPTY,
    list_reason="no headlines found",
    headlines=20,
    first_page=19,
    undated=3,
    new_headlines=4,
    pages=6,
    new_articles=1,
    changed_articles=2,
    unchanged_articles=3,
    first_tries=5,
    walls=1,
    failed=2,
    refused=1,
    failures={"HTTP 404": 2, "robots.txt forbids it": 1},
    bytes=9000,
    seconds=1.25,
)


def crawl(archive: Archive, source: Source, visit: Visit) -> int:
    """Record a whole crawl that visited one source; gives its id."""
    crawl_id = archive.begin_crawl(version="1.0", now=visit.at)
    ended = CrawlEnding.DONE
    archive.record_crawl(crawl_id, TOTALS, {source.id: visit}, now=visit.at + HOUR, ended=ended)
    return crawl_id


def test_before_any_crawl_there_is_none(archive: Archive, source: Source) -> None:
    assert archive.last_crawl() is None
    assert archive.crawl_records([source.id]) == {source.id: Record()}
    judged = archive.crawl_records([source.id])[source.id].judged(NOW)
    assert judged.state is HealthState.NEW


def test_a_crawl_is_given_back_as_it_was_recorded(archive: Archive, source: Source) -> None:
    crawl(archive, source, VISIT)
    held = archive.last_crawl()
    assert held is not None
    assert (held.started_at, held.ended_at, held.ended) == (NOW, NOW + HOUR, CrawlEnding.DONE)
    assert (held.version, held.totals, held.seconds) == ("1.0", TOTALS, 3600.0)
    record = archive.crawl_records([source.id])[source.id]
    assert record == Record(visits=(VISIT,), arrivals=(NOW,))


def test_a_record_is_written_along_and_replaced(archive: Archive, source: Source) -> None:
    crawl_id = archive.begin_crawl(version="1.0", now=NOW)
    for pages in (1, 2):
        visit = Visit(at=NOW, list_pages=pages)
        archive.record_crawl(crawl_id, CrawlTotals(pages=pages), {source.id: visit}, now=NOW)
    held = archive.last_crawl()
    assert held is not None
    assert (held.ended, held.ended_at) == (None, None)
    assert held.totals.pages == 2
    assert archive.crawl_records([source.id])[source.id].visits == (visit,)


def test_what_is_open_still_when_the_next_begins_was_killed(
    archive: Archive, source: Source
) -> None:
    killed = archive.begin_crawl(version="1.0", now=NOW)
    archive.record_crawl(killed, TOTALS, {source.id: VISIT}, now=NOW + HOUR)
    crawl(archive, source, Visit(at=NOW + 2 * HOUR, list_pages=1))
    endings = archive._connection.raw.execute("SELECT ended, ended_at FROM crawls").fetchall()
    assert [row["ended"] for row in endings] == ["killed", "done"]
    assert endings[0]["ended_at"] is None
    assert len(archive.crawl_records([source.id])[source.id].visits) == 2


def test_of_an_hourly_job_the_last_visits_and_one_of_each_day_are_remembered(
    archive: Archive, source: Source
) -> None:
    other = archive.add_source("https://other.example/", now=NOW)
    days = DAYS.days + 5
    for n in range(0, days * 24, 4):
        crawl(archive, source, Visit(at=NOW + n * HOUR, list_pages=1))
        crawl(archive, other, Visit(at=NOW + n * HOUR, list_pages=1))
    times = [visit.at for visit in archive.crawl_records([source.id])[source.id].visits]
    assert times == sorted(times)
    newest = NOW + (days * 24 - 4) * HOUR
    assert times[-VISITS:] == [newest - 4 * n * HOUR for n in reversed(range(VISITS))]
    by_day = {at.date() for at in times}
    assert len(by_day) in {DAYS.days, DAYS.days + 1}
    assert len(times) < VISITS + len(by_day)
    assert all(at >= newest - DAYS for at in times)


def test_a_job_that_seldom_runs_is_remembered_for_longer(archive: Archive, source: Source) -> None:
    for n in range(VISITS + 5):
        crawl(archive, source, Visit(at=NOW + n * timedelta(days=30), list_pages=1))
    assert len(archive.crawl_records([source.id])[source.id].visits) == VISITS


def test_old_news_is_not_forgotten(archive: Archive, source: Source) -> None:
    for n in range(ARRIVALS + 2):
        crawl(archive, source, Visit(at=NOW + n * HOUR, list_pages=1, new_headlines=1))
    newest = NOW + (ARRIVALS + 1) * HOUR
    for n in range(VISITS + 1):
        crawl(archive, source, Visit(at=newest + (n + 1) * DAYS, list_pages=1))
    record = archive.crawl_records([source.id])[source.id]
    assert not any(visit.new_headlines for visit in record.visits)
    assert record.arrivals == tuple(newest - n * HOUR for n in reversed(range(ARRIVALS)))


def test_a_list_that_is_read_elsewhere_now_is_another_list(
    archive: Archive, source: Source
) -> None:
    crawl(archive, source, VISIT)
    door = Door(kind=DoorKind.FEED, url="https://lists.example/feed")
    archive.add_source(source.url, door=door, now=NOW)
    assert archive.crawl_records([source.id])[source.id] == Record()
    archive.add_source(source.url, door=Door(kind=DoorKind.LIST, url=source.url), now=NOW)
    assert archive.crawl_records([source.id])[source.id].visits == (VISIT,)


def test_a_source_that_was_removed_meanwhile_breaks_no_record(
    archive: Archive, source: Source
) -> None:
    crawl_id = archive.begin_crawl(version="1.0", now=NOW)
    archive.remove_source(source, now=NOW)
    archive.record_crawl(crawl_id, TOTALS, {source.id: VISIT, 99: VISIT}, now=NOW)
    held = archive.last_crawl()
    assert held is not None
    assert held.totals == TOTALS


def test_what_was_told_is_remembered(archive: Archive, source: Source) -> None:
    assert archive.told() == {}
    for state in (HealthState.DEAD, HealthState.WELL):
        health = Health(state=state, since=NOW, reason="so")
        archive.note_told({source.id: health}, now=NOW + timedelta(days=1))
        assert archive.told() == {source.id: state}


def test_a_database_that_fails_is_an_archive_error(archive: Archive) -> None:
    archive._connection.raw.execute("DROP TABLE crawl_sources")
    with pytest.raises(ArchiveError):
        archive.crawl_records([1])
