"""The full-text tables follow their rows, whoever writes them; older archives are brought there."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from archive import Archive, indexed, schema, searchtables, timeorder, vetting
from archive.connection import FILE_NAME
from archive.found import Sort
from archive.records import Source
from tests.archive.making import (
    LIST,
    NOW,
    STORY,
    article,
    day,
    headline,
    list_page,
    new_archive,
    reading,
)

URL = "https://news.paper.example/ferry"


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection]:
    raw = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    try:
        yield raw
    finally:
        raw.close()


def check(folder: Path) -> None:
    """Raise where a full-text table differs from what it indexes."""
    with opened(folder) as raw:
        for name in (*indexed.COLUMNS, "publishers"):
            raw.execute(f"INSERT INTO {name}_fts ({name}_fts, rank) VALUES ('integrity-check', 1)")


def store_list(archive: Archive, source: Source, title: str, publisher: str | None = None) -> None:
    line = headline(title, URL, publisher=publisher)
    archive.store_list(
        list_page(line), source_id=source.id, claim=None, now=NOW, follow=None, follow_older=False
    )


def store(archive: Archive, text: str = STORY, **given: object) -> None:
    archive.store(
        reading(article(URL, text, **given)), asked_url=URL, claim=None, source_id=None, now=NOW
    )


@pytest.mark.parametrize(
    ("published", "precision", "expected"),
    [
        ("2024-11-08", "day", ("2024-11-08", timeorder.Grain.DAY)),
        ("2024-11-08T23:30:00-05:00", "minute", ("2024-11-09", timeorder.Grain.TIME)),
        ("2024-11-08T00:30:00+09:00", "minute", ("2024-11-07", timeorder.Grain.TIME)),
        ("2024-11-08T12:00:00", "minute", ("2024-11-08", timeorder.Grain.TIME)),
        ("2024-11-08T12:00:00.250000+05:53", "second", ("2024-11-08", timeorder.Grain.TIME)),
        ("2024-11-01", "month", ("2024-11-01", timeorder.Grain.MONTH)),
        ("2024-01-01", "year", ("2024-01-01", timeorder.Grain.YEAR)),
        ("0001-01-01", "day", ("0001-01-01", timeorder.Grain.DAY)),
        ("9999-12-31", "day", ("9999-12-31", timeorder.Grain.DAY)),
    ],
)
def test_the_order_is_day_grain_and_id(
    archive: Archive, folder: Path, published: str, precision: str, expected: tuple[str, int]
) -> None:
    store(archive)
    with opened(folder) as raw:
        raw.execute(
            "UPDATE articles SET published = ?, published_precision = ?", (published, precision)
        )
        ((order, article_id),) = raw.execute("SELECT time_order, id FROM articles").fetchall()
    first = datetime.fromisoformat(expected[0]).toordinal() + timeorder.BEFORE_FIRST_DAY
    assert timeorder.day_number(order) == first
    assert order >> timeorder.ID_BITS & 3 == expected[1]
    assert order & timeorder.ID_MASK == article_id
    check(folder)


def test_without_a_date_a_row_comes_first(archive: Archive, folder: Path) -> None:
    store(archive)
    with opened(folder) as raw:
        assert raw.execute("SELECT time_order FROM articles").fetchall() == [(1,)]
    assert not timeorder.is_dated(1)


def test_what_a_list_says_is_in_the_articles_row(
    archive: Archive, source: Source, folder: Path
) -> None:
    store(archive, publisher=None)
    store_list(archive, source, "Boats return", "Wire Service")
    other = archive.add_source("https://other.example/", now=NOW)
    store_list(archive, other, "船が戻る", "Garden News")
    with opened(folder) as raw:
        (row,) = raw.execute(f"SELECT {', '.join(searchtables.LISTED)} FROM articles").fetchall()
    apart = f" {indexed.SEPARATOR} "
    assert row == (
        f"Boats return{apart}船が戻る",
        f"Wire Service{apart}Garden News",
        "船 が 戻 る",
        "1 2",
        "2024-11-08",
        "day",
    )
    for words in ("boats islands", "islands 戻る", 'publisher:"wire service" islands', "garden"):
        assert archive.search(words).total == 1, words
    assert archive.search('"return 船"').total == 0, "two lists are no phrase"
    assert archive.search("islands", after="2024-11-08", before="2024-11-09").total == 1
    check(folder)


def test_an_article_whose_headlines_are_known_is_indexed_once(
    archive: Archive, source: Source, folder: Path
) -> None:
    store_list(archive, source, "Boats return", "Wire Service")
    with opened(folder) as raw:
        raw.execute(
            "CREATE TRIGGER again AFTER UPDATE OF listed_titles ON articles "
            "BEGIN SELECT raise(ABORT, 'indexed again'); END"
        )
    store(archive)
    assert archive.search("boats islands").total == 1
    check(folder)


def test_headlines_that_go_or_change_take_their_words_with_them(
    archive: Archive, source: Source, folder: Path
) -> None:
    store(archive)
    store_list(archive, source, "Boats return")
    with opened(folder) as raw:
        raw.execute("UPDATE headlines SET title = 'Vessels'")
        check(folder)
        assert archive.search("boats").total == 0
        assert archive.search("vessels islands").total == 1
        raw.execute("UPDATE headlines SET article_id = NULL")
        assert {hit.kind for hit in archive.search("vessels").hits} == {"headline"}
        raw.execute("UPDATE headlines SET article_id = 1")
        raw.execute("DELETE FROM headlines")
    assert archive.search("vessels").total == 0
    assert archive.search("islands").total == 1
    check(folder)


def test_an_id_that_would_run_into_the_day_is_refused(archive: Archive, folder: Path) -> None:
    store(archive)
    with (
        opened(folder) as raw,
        pytest.raises(sqlite3.IntegrityError, match="table headlines is full"),
    ):
        raw.execute(
            "INSERT INTO headlines (id, source_id, title, raw, list_url, position, identity, "
            "first_seen) VALUES (?, 1, '', '', '', 0, '', '')",
            (searchtables.MOST_ROWS,),
        )


def test_the_numbers_are_those_that_are_read() -> None:
    assert 1 << timeorder.ID_BITS == searchtables.MOST_ROWS


def make_old(folder: Path) -> None:
    """Make an archive of the step before, with an article, its headline, and one without."""
    folder.mkdir()
    db = Database(sqlite3.connect(folder / FILE_NAME))
    migrations = Migrations(vetting.SET_NAME)
    for step in schema.STEPS[: schema.STEPS.index(schema.m0015_search_order)]:
        migrations()(step)
    migrations.apply(db)
    with db.conn:
        db.execute(
            "INSERT INTO sources (url, key, added_at) VALUES (?, 'lists.example/news', ?)",
            (LIST, NOW.isoformat()),
        )
        db.execute("INSERT INTO stories (id, lead_id) VALUES (1, 1)")
        db.execute(
            "INSERT INTO articles (id, url, text, key, text_digest, verdict, partial, story_id, "
            "captured_at, first_seen, last_seen, language, title, title_characters) VALUES "
            "(1, ?, ?, 'a', 'b', 'article', 0, 1, ?, ?, ?, 'en-GB', 'Ferry', NULL)",
            (URL, STORY, *[NOW.isoformat()] * 3),
        )
        for title, article_id, date in (("Boats", 1, "2024-11-08"), ("Ships", None, None)):
            db.execute(
                "INSERT INTO headlines (source_id, title, raw, list_url, position, identity, "
                "first_seen, last_seen, article_id, published, published_precision, publisher) "
                "VALUES (1, ?, 'x', 'x', 0, ?, ?, ?, ?, ?, 'day', 'Daily Post')",
                (title, title, NOW.isoformat(), NOW.isoformat(), article_id, date),
            )
    db.close()


def test_an_archive_of_before_is_brought_into_order(folder: Path) -> None:
    make_old(folder)
    with Archive.open(folder, upgrade=True) as archive:
        (hit,) = archive.search("boats islands", publisher="daily", after="2024-11").hits
        assert (hit.id, hit.published, hit.published_from) == (1, "2024-11-08", "list")
        assert [hit.title for hit in archive.search("ships").hits] == ["Ships"]
    check(folder)


def test_an_index_that_is_made_anew_is_the_same(
    archive: Archive, source: Source, folder: Path
) -> None:
    store_list(archive, source, "Boats return", "Wire Service")
    store(archive, published=day("2024-11-09"), language="en-GB")
    before = archive.search("boats", sort=Sort.NEW)
    with opened(folder) as raw:
        for table in indexed.COLUMNS:
            raw.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('delete-all')")
            raw.execute(searchtables.filling(table))
    assert archive.search("boats", sort=Sort.NEW) == before
    check(folder)
    with opened(folder) as raw:
        for table in indexed.COLUMNS:
            raw.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('rebuild')")
    assert archive.search("boats", sort=Sort.NEW) == before
    check(folder)


def test_an_empty_archive_has_nothing_out_of_order(folder: Path) -> None:
    new_archive(folder).close()
    check(folder)
