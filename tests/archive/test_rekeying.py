"""An archive whose keys are of former rules is brought under today's, and loses nothing by it."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from archive import Archive, vetting
from archive.connection import FILE_NAME
from archive.records import FrontierEntry, PageKind, UrlState
from archive.rekeying import today
from tests.archive.making import (
    HOUR,
    LIST,
    NOW,
    STORY,
    article,
    claim_one,
    headline,
    list_page,
    new_archive,
    reading,
)

URL = "https://paper.example/2024/ferry-sails"
# As a key was when `print` told pages apart.
FORMER = "paper.example/2024/ferry-sails?print=1"
PRINTED = f"{URL}?print=1"


@pytest.mark.parametrize(
    ("former", "now"),
    [
        (FORMER, "paper.example/2024/ferry-sails"),
        ("paper.example/2024/ferry-sails", "paper.example/2024/ferry-sails"),
        ("paper.example:8080/a?print=1", "paper.example:8080/a"),
        ("dw.com/a?maca=x&id=7", "dw.com/a?id=7"),
        ("urn:sha256:00", "urn:sha256:00"),
        ("file:///lists/a.txt", "file:///lists/a.txt"),
        ("not an address", "not an address"),
        ("", ""),
    ],
)
def test_today(former: str, now: str) -> None:
    assert today(former) == now
    assert today(now) == now


def former_keys(folder: Path, *changes: tuple[str, str, Any]) -> None:
    """Take an archive back to before the step, with rows as former rules made them."""
    raw = sqlite3.connect(folder / FILE_NAME)
    raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0016_page_keys'")
    # What later steps brought was not there yet.
    for later in ("story_ties", "unjudged", "sketches", "shingles"):
        raw.execute(f"DELETE FROM {later}")
    for table, column, (value, row) in changes:
        raw.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, row))
    raw.commit()
    raw.close()


def store(archive: Archive, url: str, hours: int, text: str = STORY, **given: Any) -> int:
    now = NOW + hours * HOUR
    page = reading(article(url, text, **given), captured_at=now)
    decision = archive.store(page, asked_url=url, claim=None, source_id=None, now=now)
    assert decision is not None
    return decision.article_id


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    raw = sqlite3.connect(folder / FILE_NAME)
    found = raw.execute(query).fetchall()
    raw.close()
    return found


def upgraded(folder: Path) -> Archive:
    archive = Archive.open(folder, upgrade=True)
    raw = archive._connection.raw
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    assert vetting.applied(raw)[-1] == "m0016_page_keys"
    return archive


def test_nothing_changes_where_no_key_does(folder: Path) -> None:
    with new_archive(folder) as archive:
        source = archive.add_source(LIST, now=NOW)
        page = list_page(headline("Ferry", URL))
        archive.store_list(
            page, source_id=source.id, claim=None, now=NOW, follow=PageKind.POST, follow_older=False
        )
        store(archive, URL, 0)
    former_keys(folder)
    tables = ("articles", "addresses", "frontier", "headlines", "sources", "stories")
    before = [rows(folder, f"SELECT * FROM {table}") for table in tables]
    upgraded(folder).close()
    assert [rows(folder, f"SELECT * FROM {table}") for table in tables] == before


def test_every_table_s_keys_follow(folder: Path) -> None:
    with new_archive(folder) as archive:
        source = archive.add_source(LIST, now=NOW)
        page = list_page(headline("Ferry", URL))
        archive.store_list(
            page, source_id=source.id, claim=None, now=NOW, follow=PageKind.POST, follow_older=False
        )
        store(archive, URL, 0)
    former_keys(
        folder,
        ("articles", "key", (FORMER, 1)),
        ("addresses", "key", (FORMER, 1)),
        ("headlines", "key", (FORMER, 1)),
        ("headlines", "identity", (FORMER, 1)),
        ("frontier", "key", (FORMER, 1)),
        ("sources", "key", ("lists.example/news?print=1", 1)),
        ("articles", "original_key", ("wire.example/a?mobile=1", 1)),
    )
    raw = sqlite3.connect(folder / FILE_NAME)
    raw.execute("INSERT INTO tombstones VALUES ('paper.example/gone?print=1', '2026')")
    raw.execute("INSERT INTO tombstones VALUES ('paper.example/gone', '2025')")
    raw.commit()
    raw.close()
    with upgraded(folder) as archive:
        assert archive.article(URL).id == archive.article(PRINTED).id == 1
        assert archive.source(LIST).id == 1
    key = "paper.example/2024/ferry-sails"
    for table in ("articles", "addresses", "headlines", "frontier"):
        assert rows(folder, f"SELECT key FROM {table}") == [(key,)], table
    assert rows(folder, "SELECT identity FROM headlines") == [(key,)]
    assert rows(folder, "SELECT original_key FROM articles") == [("wire.example/a",)]
    assert rows(folder, "SELECT * FROM tombstones") == [("paper.example/gone", "2025")]


def two_articles(folder: Path, later: int, text: str = "It sails at ten.") -> None:
    """Make an archive in which the printed form of a page is an article of its own."""
    with new_archive(folder) as archive:
        archive.add_source(LIST, now=NOW)
        store(archive, URL, 0, byline=("Ann Lee",), title="Ferry")
        other = store(
            archive, "https://other.example/", later, text, section="Travel", title="Boat"
        )
        store(archive, "https://third.example/", 9, "Boat post.", title="Post")
        archive.store_list(
            list_page(headline("Boat", "https://other.example/")),
            source_id=1,
            claim=None,
            now=NOW,
            follow=None,
            follow_older=False,
        )
        assert other == 2
    former_keys(
        folder,
        ("articles", "key", (FORMER, 2)),
        ("articles", "url", (PRINTED, 2)),
        ("articles", "original_id", (2, 3)),
        ("addresses", "url", (PRINTED, 2)),
        ("addresses", "key", (FORMER, 2)),
    )


@pytest.mark.parametrize(("later", "kept"), [(1, 2), (-1, 1)])
def test_two_articles_that_meet_become_one_with_a_version(
    folder: Path, later: int, kept: int
) -> None:
    two_articles(folder, later)
    with upgraded(folder) as archive:
        held = archive.article(URL)
        assert (held.id, archive.article(PRINTED).id) == (kept, kept)
        (version,) = held.versions
        assert {held.article.text, version.text} == {STORY, "It sails at ten."}
        assert version.text == (STORY if kept == 2 else "It sails at ten.")
        assert (held.article.byline, held.article.section) == (("Ann Lee",), "Travel")
        assert held.first_seen == NOW + min(0, later) * HOUR
        assert [line.headline.title for line in held.headlines] == ["Boat"]
        assert archive.article(3).original_id == kept
        assert archive.search("ferry OR boat OR ten").total == 2
        assert archive.status().articles == 2
        archive.forget(URL, now=NOW)
        assert archive.status().articles == 1
    assert rows(folder, "SELECT count(*) FROM stories") == [(1,)]
    assert rows(folder, "SELECT count(*) FROM versions") == [(0,)]


def test_two_articles_that_say_the_same_become_one_without_a_version(folder: Path) -> None:
    two_articles(folder, 1, STORY)
    raw = sqlite3.connect(folder / FILE_NAME)
    raw.execute("UPDATE articles SET title = 'Ferry' WHERE id = 2")
    raw.commit()
    raw.close()
    with upgraded(folder) as archive:
        assert archive.article(URL).versions == ()
        assert archive.article(URL).members == ()


def test_what_was_read_goes_on_in_the_frontier(folder: Path) -> None:
    with new_archive(folder) as archive:
        for url in ("https://a.example/", "https://b.example/"):
            archive.frontier.add([FrontierEntry(url=url, kind=PageKind.ARTICLE)], now=NOW)
        archive.frontier.failed(
            claim_one(archive), now=NOW, state=UrlState.FAILED, reason="no answer", retry_at=None
        )
    ((due,),) = rows(folder, "SELECT id FROM frontier WHERE state = 'due'")
    former_keys(
        folder,
        ("frontier", "key", ("b.example?print=1", 3 - due)),
        ("frontier", "key", ("b.example", due)),
    )
    upgraded(folder).close()
    assert rows(folder, "SELECT id, key, state FROM frontier") == [(due, "b.example", "due")]


def test_two_sources_of_one_list_become_one_and_no_headline_goes(folder: Path) -> None:
    other = "https://lists.example/old"
    with new_archive(folder) as archive:
        for source_id, url in enumerate((LIST, other), 1):
            archive.add_source(url, name=f"List {source_id}", now=NOW)
            page = list_page(
                headline(f"Ferry {source_id}", f"https://a.example/{source_id}"), url=url
            )
            archive.store_list(
                page, source_id=source_id, claim=None, now=NOW, follow=None, follow_older=False
            )
    former_keys(folder, ("sources", "key", ("lists.example/news?print=1", 2)))
    with upgraded(folder) as archive:
        assert [source.id for source in archive.sources()] == [1]
        assert archive.source(f"{LIST}?print=1").id == 1
        assert archive.status().headlines == 2
    with upgraded(folder) as archive:
        assert archive.add_source(f"{LIST}?print=1", now=NOW).id == 1


def test_two_headlines_of_one_list_that_meet_are_both_kept(folder: Path) -> None:
    with new_archive(folder) as archive:
        archive.add_source(LIST, now=NOW)
        lines = [
            headline("Before", "https://a.example/0", position=0),
            headline("Ferry", URL, position=1),
            headline("Ferry (print)", "https://a.example/1", position=2),
            headline("After", "https://a.example/2", position=3),
        ]
        archive.store_list(
            list_page(*lines), source_id=1, claim=None, now=NOW, follow=None, follow_older=False
        )
    former_keys(
        folder,
        ("headlines", "url", (PRINTED, 3)),
        ("headlines", "key", (FORMER, 3)),
        ("headlines", "identity", (FORMER, 3)),
    )
    with upgraded(folder) as archive:
        assert len(archive.headlines()) == 4
        lines[2] = headline("Ferry (print)", PRINTED, position=2)
        archive.store_list(
            list_page(*lines),
            source_id=1,
            claim=None,
            now=NOW + HOUR,
            follow=None,
            follow_older=False,
        )
        assert len(archive.headlines()) == 4
        assert not [each for each in archive.changes() if each.kind.value == "withdrawn"]
