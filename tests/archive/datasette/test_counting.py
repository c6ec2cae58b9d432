"""The counts on Datasette's page of an archive."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.datasette import counting


@pytest.fixture
def raw(filled: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(filled / "archive.db")
    yield connection
    connection.close()


def test_what_people_see_is_counted(raw: sqlite3.Connection) -> None:
    counts = counting.counts(raw)
    assert (counts["articles"], counts["headlines"], counts["sources"]) == (2, 2, 1)
    assert counts["shingles"] is None
    assert counts["articles_fts_data"] is None


def test_very_long_tables_are_not(raw: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST", 1)
    counts = counting.counts(raw)
    assert counts["articles"] is None
    assert counts["sources"] == 1


def test_the_highest_rowid(raw: sqlite3.Connection) -> None:
    assert counting.highest(raw, "articles") == 2
    assert counting.highest(raw, "captures") == 0
    assert counting.highest(raw, "shingles") == 0
