"""Which sources a crawl is about."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import Archive
from archive.errors import UsageError
from crawler.commands.lists import due_now, imported_sources, sources_to_visit
from tests.crawler.made import NOON


def test_what_came_as_a_file_is_fetched_from_and_not_visited(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        file = archive.add_source("urn:sha256:ab", paused=True, now=NOON)
        saved = archive.add_source("https://paper.example/", paused=True, now=NOON)
        archive.add_source("https://hill.example/", now=NOON)
        assert imported_sources(archive) == (file.id, saved.id)


def test_what_is_paused_or_a_file_is_visited_only_where_it_is_named(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        file = archive.add_source("urn:sha256:ab", now=NOON)
        paused = archive.add_source("https://paper.example/", paused=True, now=NOON)
        other = archive.add_source("https://hill.example/", now=NOON)
        assert sources_to_visit(archive, ()) == (other.id,)
        assert sources_to_visit(archive, (paused.url,)) == (paused.id,)
        with pytest.raises(UsageError, match="was imported"):
            sources_to_visit(archive, (str(file.id),))


def test_where_no_list_is_due_the_next_one_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        source = archive.add_source("https://hill.example/", now=NOON)
        assert due_now(archive) == (source.id,)
        archive.frontier.make_due(archive.entry_of(source), now=datetime(2999, 1, 1, tzinfo=UTC))
        assert due_now(archive) == ()
    assert "no list is due before 2999-01-01 00:00 UTC" in capsys.readouterr().err
