"""The counts on Datasette's page of an archive."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.datasette import counting
from tests.archive.datasette.asking import visiting


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


def test_what_is_counted_otherwise_is_as_many(filled: Path, raw: sqlite3.Connection) -> None:
    for asked, quicker in counting.QUICKER.items():
        many = raw.execute(asked).fetchone()
        assert many == raw.execute(quicker).fetchone()
        assert many[0] > 0
    with visiting(filled) as visitor:
        news = visitor.get("/archive/news.json").json()
        some = visitor.get("/archive/news.json?members=7").json()
    assert (news["filtered_table_rows_count"], some["filtered_table_rows_count"]) == (1, 0)


def test_datasette_asks_for_counts_as_we_know_them(filled: Path) -> None:
    """See to it that a count of news reads no article: another wording would go unnoticed."""
    asked: list[str] = []
    with visiting(filled) as visitor:
        database = visitor._datasette.databases["archive"]
        execute_fn = database.execute_fn

        async def watched(function: Any) -> Any:
            return await execute_fn(lambda raw: traced(raw, function))

        def traced(raw: sqlite3.Connection, function: Any) -> Any:
            raw.set_trace_callback(asked.append)
            try:
                return function(raw)
            finally:
                raw.set_trace_callback(None)

        database.execute_fn = watched
        visitor.page("/archive/news")
    counted = [sql for sql in asked if "count(*)" in sql.lower() and "group by" not in sql.lower()]
    assert counting.QUICKER["select count(*) from news"] in counted
    assert not [sql for sql in counted if sql.strip().endswith("from news")]
