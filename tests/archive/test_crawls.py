"""What crawls leave of themselves is given back, and a killed one is told from one that runs."""

from datetime import datetime, timedelta

import pytest

from archive import Archive
from archive.crawls import KEPT_FOR, KEPT_VISITS, CrawlEnding, CrawlTotals, Record
from archive.errors import ArchiveError, UsageError
from archive.health import (
    ARRIVALS,
    USUAL_READINGS,
    VISITS,
    Health,
    HealthState,
    ListTrouble,
    Visit,
)
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


DAY = timedelta(days=1)


def count(archive: Archive, table: str) -> int:
    return int(archive._connection.raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


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
    for n in range(0, 65 * 24, 4):
        crawl(archive, source, Visit(at=NOW + n * HOUR, list_pages=1))
        crawl(archive, other, Visit(at=NOW + n * HOUR, list_pages=1))
    times = [visit.at for visit in archive.crawl_records([source.id])[source.id].visits]
    assert times == sorted(times)
    newest = NOW + (65 * 24 - 4) * HOUR
    assert times[-VISITS:] == [newest - 4 * n * HOUR for n in reversed(range(VISITS))]
    by_day = {at.date() for at in times}
    assert len(by_day) in {65, 66}
    assert len(times) < VISITS + len(by_day)


def test_a_job_that_seldom_runs_is_remembered_for_longer(archive: Archive, source: Source) -> None:
    for n in range(KEPT_VISITS + 5):
        crawl(archive, source, Visit(at=NOW + n * timedelta(days=30), list_pages=1))
    visits = archive.crawl_records([source.id])[source.id].visits
    # The last one had not begun when the old ones were taken out.
    assert len(visits) == KEPT_VISITS + 1
    assert count(archive, "crawls") == KEPT_VISITS + 1


def test_old_news_is_not_forgotten(archive: Archive, source: Source) -> None:
    for n in range(ARRIVALS + 2):
        crawl(archive, source, Visit(at=NOW + n * HOUR, list_pages=1, new_headlines=1))
    newest = NOW + (ARRIVALS + 1) * HOUR
    for n in range(VISITS + 1):
        crawl(archive, source, Visit(at=newest + (n + 1) * 60 * DAY, list_pages=1))
    record = archive.crawl_records([source.id])[source.id]
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


def daily(archive: Archive, source: Source, sizes: list[int], *, start: datetime = NOW) -> None:
    """Record a crawl a day, each of which found so many headlines on the list's first page."""
    for n, size in enumerate(sizes):
        at = start + n * DAY
        visit = Visit(at=at, list_pages=1, headlines=size, first_page=size)
        crawl(archive, source, visit)


def test_what_is_long_ago_is_taken_out(archive: Archive, source: Source) -> None:
    other = archive.add_source("https://other.example/", now=NOW)
    crawl(archive, other, VISIT)
    days = KEPT_FOR.days + 30
    daily(archive, source, [20] * days, start=NOW + DAY)
    # The other's only visit stays, with its crawl.
    assert count(archive, "crawl_sources") == count(archive, "crawls") == KEPT_FOR.days + 2
    times = [visit.at for visit in archive.crawl_records([source.id])[source.id].visits]
    assert times[0] == times[-1] - KEPT_FOR
    assert archive.crawl_records([other.id])[other.id].visits == (VISIT,)


def test_the_last_visits_stay_however_long_ago(archive: Archive, source: Source) -> None:
    daily(archive, source, [20] * 150)
    archive.begin_crawl(version="1.0", now=NOW + 3 * KEPT_FOR)
    visits = archive.crawl_records([source.id])[source.id].visits
    assert [visit.at for visit in visits] == [NOW + n * DAY for n in range(50, 150)]


def test_what_a_list_has_lost_is_said_for_years(archive: Archive, source: Source) -> None:
    daily(archive, source, [20] * 100 + [9] * (KEPT_FOR.days + 50))
    record = archive.crawl_records([source.id])[source.id]
    judged = record.judged(record.visits[-1].at)
    assert (judged.state, judged.since) == (HealthState.FEWER, NOW + 100 * DAY)
    # No more stays than says what was usual.
    assert record.visits[0].at == NOW + (100 - USUAL_READINGS) * DAY


def test_no_list_is_judged_by_how_little_is_left_of_it(archive: Archive, source: Source) -> None:
    """Three great days after an ordinary one: alone they would be what is usual."""
    days = KEPT_FOR.days
    daily(archive, source, [40, *[9] * 50, 40, 40, 40, *[9] * days])
    newest = NOW + (days + 53) * DAY
    record = archive.crawl_records([source.id])[source.id]
    assert record.judged(newest).state is HealthState.WELL
    for n in range(1, 9):
        daily(archive, source, [9], start=newest + n * DAY)
        record = archive.crawl_records([source.id])[source.id]
        assert record.judged(newest + n * DAY).state is HealthState.WELL
    assert count(archive, "crawls") <= days + 4


def test_what_a_list_brings_is_normal_once_its_owner_says_so(
    archive: Archive, source: Source
) -> None:
    daily(archive, source, [20] * 10 + [9] * 5)
    now = NOW + 14 * DAY + HOUR
    health = archive.crawl_records([source.id])[source.id].judged(now)
    archive.note_told({source.id: health}, now=now)
    assert archive.accept_source(source, now=now) == health
    record = archive.crawl_records([source.id])[source.id]
    assert record.accepted == now
    assert record.judged(now).state is HealthState.WELL
    # Its owner knows that.
    assert archive.told() == {source.id: HealthState.WELL}
    with pytest.raises(UsageError, match="is well"):
        archive.accept_source(source, now=now)
