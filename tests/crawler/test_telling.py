"""What a crawl says of its sources at its end."""

import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from archive.configuration import Configuration
from archive.crawls import CrawlEnding, CrawlTotals
from archive.health import Health, HealthState, ListTrouble, Visit, news_of
from crawler.telling import (
    health_lines,
    health_rows,
    is_any_broken,
    judged,
    tell,
    telling_of,
)
from tests.crawler.made import NOON


def health(state: HealthState) -> Health:
    return Health(state=state, since=NOON, reason="no \x1b[31mheadline any more")


def test_what_is_not_well_is_said_with_advice() -> None:
    health_of = {
        1: health(HealthState.FEWER),
        2: health(HealthState.WELL),
        3: health(HealthState.FAILED),
        4: health(HealthState.QUIET),
    }
    lines = list(health_lines(health_of, {1: "Cell news", 4: "Hill"}))
    assert lines[0] == "fewer       Cell news: no headline any more"
    assert "backfile headlines URL" in lines[1]
    assert lines[2].startswith("quiet       Hill: ")
    assert len(lines) == 4
    assert "\x1b" not in "".join(lines)


def test_broken_is_what_somebody_should_see_to() -> None:
    assert is_any_broken({1: health(HealthState.WELL), 2: health(HealthState.DEAD)})
    for state in (HealthState.QUIET, HealthState.FAILED, HealthState.NEW, HealthState.WELL):
        assert not is_any_broken({1: health(state)})


def test_json_has_every_source() -> None:
    rows = health_rows({1: health(HealthState.DEAD), 2: health(HealthState.WELL)})
    assert [(row["source_id"], row["state"], row["broken"]) for row in rows] == [
        (1, "dead", True),
        (2, "well", False),
    ]
    assert rows[0]["since"] == NOON.isoformat()


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "kept", create=True) as opened:
        opened.add_source("https://cells.example/a:b", name="Cell: \x1b[31mnews", now=NOON)
        opened.add_source("https://hill.example/", now=NOON)
        yield opened


def told_to(tmp_path: Path) -> Configuration:
    """Have what is told appended to a file, a line each."""
    program = "import sys; open(sys.argv[1], 'a').write(sys.stdin.read() + chr(10))"
    words = (sys.executable, "-c", program, str(tmp_path / "told"))
    return Configuration(path=tmp_path / "backfile.toml", given={"notify.command": words})


def lines_of(tmp_path: Path) -> list[dict[str, Any]]:
    path = tmp_path / "told"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_broken_is_told_once_and_so_is_that_it_is_over(archive: Archive, tmp_path: Path) -> None:
    held = told_to(tmp_path)
    for state in (
        HealthState.WELL,
        HealthState.FAILED,
        HealthState.DEAD,
        HealthState.DEAD,
        HealthState.FAILED,
        HealthState.WELL,
        HealthState.WELL,
    ):
        assert tell(archive, {1: health(state)}, (), held, now=NOON) == ()
    told = [[(s["state"], s["before"]) for s in line["sources"]] for line in lines_of(tmp_path)]
    assert told == [[("dead", None)], [("well", "dead")]]


def test_what_could_not_be_told_is_told_by_the_next_crawl(archive: Archive, tmp_path: Path) -> None:
    broken = {1: health(HealthState.DEAD)}
    nobody = Configuration(path=tmp_path / "x", given={"notify.command": ("/no/such/program",)})
    (fault,) = tell(archive, broken, (), nobody, now=NOON)
    assert fault == "notify.command: /no/such/program: No such file or directory"
    assert archive.told() == {}
    assert tell(archive, broken, (), told_to(tmp_path), now=NOON) == ()
    assert len(lines_of(tmp_path)) == 1


def test_who_wants_to_be_told_later_is_told_what_is_broken_then(
    archive: Archive, tmp_path: Path
) -> None:
    broken = {1: health(HealthState.DEAD)}
    assert tell(archive, broken, (), Configuration(path=tmp_path / "x"), now=NOON) == ()
    tell(archive, broken, (), told_to(tmp_path), now=NOON)
    assert len(lines_of(tmp_path)) == 1


def test_several_sources_are_one_notice(archive: Archive, tmp_path: Path) -> None:
    health_of = {1: health(HealthState.DEAD), 2: health(HealthState.QUIET)}
    tell(archive, health_of, (), told_to(tmp_path), now=NOON)
    (line,) = lines_of(tmp_path)
    assert [source["broken"] for source in line["sources"]] == [True, False]
    assert line["text"].count("\n") == 7
    assert "\x1b" not in line["text"]
    assert line["text"].endswith(f"archive: {archive.folder}")


def test_the_subject_says_of_one_source_how_it_stands(archive: Archive) -> None:
    sources = {source.id: source for source in archive.sources()}
    news = news_of({}, {1: health(HealthState.DEAD)})
    assert telling_of("x", news, sources).subject == "Backfile: Cell: news is dead"
    news = news_of({1: HealthState.DEAD}, {1: health(HealthState.WELL)})
    assert telling_of("x", news, sources).subject == "Backfile: Cell: news is well again"
    assert "(it was dead)" in telling_of("x", news, sources).text
    both = news_of({}, {1: health(HealthState.DEAD), 2: health(HealthState.DEAD)})
    assert telling_of("x", both, sources).subject == "Backfile: news of 2 sources"


def visit_of(mark: str, at: datetime) -> Visit:
    """Give what a day's crawl did for a source: news, nothing new, or a list that failed."""
    if mark in "x0":
        trouble = ListTrouble.UNREACHABLE if mark == "x" else ListTrouble.EMPTY
        return Visit(at=at, list_trouble=trouble, list_reason="so")
    if mark == "=":
        return Visit(at=at, list_pages=1, unchanged_lists=1)
    return Visit(at=at, list_pages=1, headlines=20, first_page=20, new_headlines=2)


# Day by day: one has a bad night, a redesign that is seen to, and dies; one falls silent and wakes.
MONTH = {
    1: "nnnnnnnnnnxnnn000nnnxxxxxxxxxx",
    2: "nnnnnnnnnnnn============nnnnnn",
}
TOLD_IN_A_MONTH = [
    (15, 1, "fewer"),
    (17, 2, "quiet"),
    (18, 1, "well"),
    (23, 1, "dead"),
    (25, 2, "well"),
]


def test_of_a_month_of_jobs_exactly_what_happened_is_told(archive: Archive, tmp_path: Path) -> None:
    held = told_to(tmp_path)
    broken, told = [], []
    for day in range(1, 31):
        at = NOON + timedelta(days=day)
        crawl_id = archive.begin_crawl(version="1.0", now=at)
        visits = {source: visit_of(marks[day - 1], at) for source, marks in MONTH.items()}
        # The eighth is killed before its end, and tells nothing; the ninth finds its record.
        ended = None if day == 8 else CrawlEnding.DONE
        archive.record_crawl(crawl_id, CrawlTotals(), visits, now=at, ended=ended)
        if ended is None:
            continue
        health = judged(archive, (1, 2), now=at)
        broken += [day] if is_any_broken(health) else []
        before = len(lines_of(tmp_path))
        assert tell(archive, health, (), held, now=at) == ()
        told += [
            (day, source["id"], source["state"])
            for line in lines_of(tmp_path)[before:]
            for source in line["sources"]
        ]
    assert told == TOLD_IN_A_MONTH
    assert broken == [15, 16, 17, *range(23, 31)]
