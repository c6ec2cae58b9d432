"""How the sources stand, as a person and a program are told it."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import Archive
from archive.commands.status import (
    LEVELS,
    crawl_lines,
    history,
    level,
    standing_lines,
    standings_of,
)
from archive.crawls import CrawlEnding, CrawlTotals
from archive.health import ListTrouble, Visit
from tests.archive.calling import EVIL, backfile, said
from tests.archive.making import NOW, new_archive

DAY = timedelta(days=1)
DEAD = Visit(at=NOW, list_trouble=ListTrouble.UNREACHABLE, list_reason="host not found")
READ = Visit(at=NOW, list_pages=1, headlines=20, first_page=20, new_headlines=3, failed=1)


def crawl(
    archive: Archive, day: int, visits: dict[int, Visit], *, open_still: bool = False
) -> None:
    """Record the crawl of a day."""
    at = NOW + day * DAY
    crawl_id = archive.begin_crawl(version="1.0", now=at)
    ended = None if open_still else CrawlEnding.DONE
    totals = CrawlTotals(pages=34, articles=5, failed=1, bytes=2_500_000)
    made = {key: replace(visit, at=at) for key, visit in visits.items()}
    archive.record_crawl(crawl_id, totals, made, now=at + timedelta(seconds=12), ended=ended)


@pytest.fixture
def kept(folder: Path) -> Path:
    """An archive of five sources: well, dead, paused, imported, new."""
    with new_archive(folder) as archive:
        well = archive.add_source("https://a.example/", name="Well & good", now=NOW)
        dead = archive.add_source("https://b.example/", name=f"Dead {EVIL}", now=NOW)
        archive.add_source("https://c.example/", paused=True, name="Paused", now=NOW)
        archive.add_source("urn:sha256:ab", name="Imported", now=NOW)
        archive.add_source("https://e.example/", name="Unseen", now=NOW)
        for day in range(4):
            crawl(archive, day, {well.id: READ, dead.id: DEAD})
    return folder


def test_each_source_has_a_line_and_what_is_not_well_has_advice(kept: Path) -> None:
    out = said("status", "-a", str(kept))
    lines = out.partition("How the sources stand\n")[2].splitlines()
    assert lines[0].split("  ")[0] == "1. Well & good"
    assert "well" in lines[0]
    assert "20 found, 3 new, 1 failed" in lines[0]
    assert "news 2026-11-25" in lines[0]
    assert "dead" in lines[1]
    assert "not read, 0 new" in lines[1]
    assert lines[2].startswith("    its list could not be read for 3 days: host not found")
    assert "(since 2026-11-22 10:00 UTC)" in " ".join(out.split())
    assert "backfile source move" in out
    assert any(line.startswith("3. Paused") and "paused" in line for line in lines)
    assert any(line.startswith("4. Imported") and "imported" in line for line in lines)
    assert any(line.startswith("5. Unseen") and "new" in line for line in lines)
    assert "Last crawl  2026-11-25 10:00 UTC, done: 34 pages, 5 new articles, 1 failed" in out
    assert "\x1b" not in out


def test_json_has_all_of_it(kept: Path) -> None:
    (held,) = json.loads(said("status", "-a", str(kept), "--json"))
    states = [(each["state"], each["broken"]) for each in held["source_health"]]
    assert states == [
        ("well", False),
        ("dead", True),
        ("paused", False),
        ("imported", False),
        ("new", False),
    ]
    well, dead = held["source_health"][:2]
    assert well["last_new"] == (NOW + 3 * DAY).isoformat()
    assert [each["new_headlines"] for each in well["crawls"]] == [3, 3, 3, 3]
    assert dead["since"] == NOW.isoformat()
    assert dead["crawls"][0]["list_trouble"] == "unreachable"
    assert well["advice"] is None
    assert dead["advice"]
    assert held["last_crawl"]["ended"] == "done"
    assert held["last_crawl"]["seconds"] == 12.0


def test_a_crawl_without_an_end_runs_or_was_killed(folder: Path) -> None:
    with new_archive(folder) as archive:
        assert list(crawl_lines(archive.last_crawl(), is_running=False)) == []
        crawl(archive, 0, {}, open_still=True)
        last = archive.last_crawl()
    assert "UTC, running: " in "".join(crawl_lines(last, is_running=True))
    assert "UTC, killed: " in "".join(crawl_lines(last, is_running=False))


def test_a_source_that_was_visited_before_there_were_records_is_not_called_unseen(
    filled: Path,
) -> None:
    out = said("status", "-a", str(filled))
    assert "no crawl of it is on record yet" in out
    assert "has not been visited" not in out


@pytest.mark.parametrize("width", [40, 80, 100])
def test_a_name_is_cut_before_anything_else(folder: Path, width: int) -> None:
    with new_archive(folder) as archive:
        source = archive.add_source("https://a.example/", name="A long name " * 9, now=NOW)
        for day in range(10):
            crawl(archive, day, {source.id: READ})
        standings = standings_of(archive, now=NOW + 10 * DAY)
    (line,) = list(standing_lines(standings, width=width, unicode=True))[2:]
    assert line.endswith(LEVELS[-1] * 10)
    assert len(line) <= max(width, 80)


def test_history_is_drawn_or_written() -> None:
    visits = [replace(READ, new_headlines=n) for n in (400, 0, 1, 100)] + [DEAD]
    only_pages = Visit(at=NOW, pages=3)
    assert history([*visits, only_pages], unicode=True) == "█▁▂▅×"
    assert history([*visits, only_pages], unicode=False) == "400 0 1 100 x"
    assert history([], unicode=True) == ""
    assert level(5, 5) == LEVELS[-1]


def test_a_list_that_has_not_changed_is_not_said_to_be_empty(folder: Path) -> None:
    with new_archive(folder) as archive:
        source = archive.add_source("https://a.example/", name="A", now=NOW)
        crawl(archive, 0, {source.id: READ})
        crawl(archive, 1, {source.id: Visit(at=NOW, list_pages=1, unchanged_lists=1)})
    assert "unchanged, 0 new, 0 failed" in said("status", "-a", str(folder))


def test_what_is_broken_is_red_and_what_is_well_is_not(kept: Path) -> None:
    with Archive.open(kept, read_only=True) as archive:
        standings = standings_of(archive, now=NOW + 4 * DAY)
    lines = list(standing_lines(standings, width=100, unicode=True))
    assert [line for line in lines if "\x1b[31m" in line] == [lines[3]]


def test_a_shorter_list_is_said_until_it_is_accepted(kept: Path) -> None:
    short = replace(READ, headlines=6, first_page=6)
    with Archive.open(kept) as archive:
        for day in range(4, 50):
            crawl(archive, day, {1: short})
    assert "6 headlines on its first page, where there were 20" in said("status", "-a", str(kept))
    refused = backfile("source", "accept", "2", "-a", str(kept))
    assert refused.returncode == 2
    assert "source 2 is dead" in refused.stderr
    done = backfile("source", "accept", "1", "-a", str(kept))
    assert done.returncode == 0, done.stderr
    assert "fewer is normal from now on: 6 headlines" in done.stderr
    (row,) = json.loads(said("status", "-a", str(kept), "--json"))
    assert row["source_health"][0]["state"] == "well"
    assert row["source_health"][0]["accepted_at"]
    assert row["source_health"][1]["accepted_at"] is None
