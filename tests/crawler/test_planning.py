"""What a crawl would fetch is said, and nothing is fetched or written."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import Archive
from archive.errors import UsageError
from archive.records import FrontierEntry, PageKind
from crawler.planning import NAMED, Chosen, choose, chosen_lines, plan, plan_lines, plan_rows
from tests.crawler.made import NOON


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path, create=True) as opened:
        for name in ("wire", "hill", "file"):
            opened.add_source(
                "urn:sha256:ab" if name == "file" else f"https://{name}.example/", now=NOON
            )
        yield opened


def wait_for(archive: Archive, source_id: int, count: int) -> None:
    entries = [
        FrontierEntry(
            url=f"https://wire.example/{source_id}/{n}", kind=PageKind.POST, source_id=source_id
        )
        for n in range(count)
    ]
    archive.frontier.add(entries, now=NOON)


def test_lists_and_pages_are_told_by_source(archive: Archive) -> None:
    wait_for(archive, 1, NAMED + 2)
    wait_for(archive, 3, 1)
    hill = archive.source("2")
    later = NOON + timedelta(hours=3)
    archive.frontier.make_due(archive.entry_of(hill), now=later)
    first, second, file = plan(archive, sources=(1, 2), imported=(3,), visit=(1,), now=NOON)
    assert (first.list_url, first.waiting) == ("https://wire.example/", NAMED + 2)
    assert (second.list_url, second.next_visit, second.waiting) == (None, later, 0)
    assert (file.list_url, file.next_visit, file.waiting) == (None, None, 1)
    lines = list(plan_lines((first, second, file)))
    assert lines[0] == "1. https://wire.example/: its list, 5 pages waiting"
    assert lines[1:5] == [
        "  https://wire.example/",
        "  https://wire.example/1/0",
        "  https://wire.example/1/1",
        "  https://wire.example/1/2",
    ]
    assert lines[5] == "  and 2 more"
    assert "2. https://hill.example/: its list not before 2024-11-08 15:00 UTC" in lines[6]
    assert lines[7] == "3. urn:sha256:ab: not its list, 1 page waiting"
    assert lines[-1].startswith("1 list and 6 pages would be fetched now")
    row = next(iter(plan_rows((first,))))
    assert (row["list_url"], row["waiting"], len(row["first"])) == (first.list_url, 5, 5)


def test_all_lists_are_visited_where_nothing_limits_them(archive: Archive) -> None:
    planned = plan(archive, sources=(1, 2), imported=(), visit=None, now=NOON)
    assert [each.list_url for each in planned] == ["https://wire.example/", "https://hill.example/"]


def test_what_is_not_due_yet_does_not_wait_and_a_killed_crawls_claims_do(archive: Archive) -> None:
    wait_for(archive, 1, 2)
    archive.frontier.add(
        [FrontierEntry(url="https://wire.example/late", kind=PageKind.POST, source_id=1)],
        now=NOON + timedelta(days=1),
    )
    archive.frontier.claim(1, now=NOON, lease=timedelta(hours=1))
    count, first = archive.frontier.waiting(1, now=NOON, at_most=1)
    assert (count, len(first)) == (2, 1)


def test_what_came_as_a_file_is_fetched_from_and_not_visited(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        file = archive.add_source("urn:sha256:ab", paused=True, now=NOON)
        saved = archive.add_source("https://paper.example/", paused=True, now=NOON)
        hill = archive.add_source("https://hill.example/", now=NOON)
        chosen = choose(archive, (), every=False, now=NOON)
        assert chosen == Chosen(
            sources=(hill.id,), imported=(file.id, saved.id), visit=(hill.id,), next_due=None
        )
        assert choose(archive, (), every=True, now=NOON).visit is None
        assert list(chosen_lines(chosen)) == []


def test_what_is_paused_or_a_file_is_visited_only_where_it_is_named(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        file = archive.add_source("urn:sha256:ab", now=NOON)
        paused = archive.add_source("https://paper.example/", paused=True, now=NOON)
        other = archive.add_source("https://hill.example/", now=NOON)
        assert choose(archive, (), every=False, now=NOON).sources == (other.id,)
        assert choose(archive, (paused.url,), every=False, now=NOON) == Chosen(sources=(paused.id,))
        with pytest.raises(UsageError, match="was imported"):
            choose(archive, (str(file.id),), every=False, now=NOON)


def test_where_no_list_is_due_the_next_one_is_named(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        (said,) = chosen_lines(choose(archive, (), every=False, now=NOON))
        assert "no source to visit" in said
        source = archive.add_source("https://hill.example/", now=NOON)
        assert choose(archive, (), every=False, now=NOON).visit == (source.id,)
        later = datetime(2999, 1, 1, tzinfo=UTC)
        archive.frontier.make_due(archive.entry_of(source), now=later)
        chosen = choose(archive, (), every=False, now=NOON)
        assert (chosen.visit, chosen.next_due) == ((), later)
        (said,) = chosen_lines(chosen)
        assert "no list is due before 2999-01-01 00:00 UTC" in said
        assert choose(archive, (), every=False, now=later).visit == (source.id,)
