"""Optimizing merges the search index step by step, beside readers, and may be interrupted."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from archive import Archive, connection, optimizing
from archive.connection import FILE_NAME, open_to_read
from tests.archive.making import new_archive
from tests.archive.test_bulk import incoming, one_by_one


@pytest.fixture
def scattered(folder: Path) -> Path:
    """An archive whose search index has many parts."""
    with new_archive(folder) as archive:
        raw = sqlite3.connect(folder / FILE_NAME)
        raw.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('automerge', 0)")
        raw.commit()
        raw.close()
    with Archive.open(folder) as archive:
        one_by_one(archive, [incoming(f"page-{n}") for n in range(12)])
    return folder


def test_the_parts_become_one_and_all_is_found_still(scattered: Path) -> None:
    with Archive.open(scattered) as archive:
        before = archive.search("harbour").total
        done = archive.optimize()
        assert done.segments_before > 10
        assert done.segments_after <= 2
        assert archive.search("harbour").total == before
        assert archive.optimize().segments_after == done.segments_after


def test_the_journal_is_emptied(scattered: Path) -> None:
    with Archive.open(scattered) as archive:
        one_by_one(archive, [incoming("one-more")])
        journal = scattered / f"{FILE_NAME}-wal"
        assert journal.stat().st_size
        archive.optimize()
        assert not journal.stat().st_size


def test_the_file_shrinks_when_it_is_written_anew(scattered: Path) -> None:
    with Archive.open(scattered) as archive:
        raw = sqlite3.connect(scattered / FILE_NAME)
        raw.execute("CREATE TABLE filling AS SELECT zeroblob(1000000) AS blank")
        raw.execute("DROP TABLE filling")
        raw.commit()
        raw.close()
        done = archive.optimize(vacuum=True)
    assert done.after < done.before - 900_000


def test_readers_read_on_and_see_what_they_saw(
    scattered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # To cut off what it wrote before it waits for readers, as long as for another writer.
    soon = {"patience": timedelta(milliseconds=50)}
    monkeypatch.setattr(connection.open_to_write, "__kwdefaults__", soon)
    reader = open_to_read(scattered)
    reader.raw.execute("BEGIN")
    count = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'harbour'"
    seen = reader.raw.execute(count).fetchone()[0]
    with Archive.open(scattered) as archive:
        archive.optimize()
    assert reader.raw.execute(count).fetchone()[0] == seen
    reader.close()


def test_what_was_interrupted_goes_on_the_next_time(
    scattered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(optimizing, "STEP_PAGES", 1)

    def interrupt(stage: str) -> None:
        if stage != "merging articles_fts":
            raise KeyboardInterrupt

    with Archive.open(scattered) as archive:
        with pytest.raises(KeyboardInterrupt):
            archive.optimize(progress=interrupt)
        assert archive.optimize().segments_after <= 2
        assert archive.search("page").total
