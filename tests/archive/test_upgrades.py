"""Archives of every version of the schema become today's, with all that they held."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from archive import Archive, schema, shape
from archive.connection import FILE_NAME
from archive.errors import ArchiveError, ArchiveOutdated
from archive.faults import FaultKind
from tests.archive.making import NOW
from tests.archive.schemas import dump, dumps, load

NAMES = [step.__name__ for step in schema.STEPS]
# Content that no upgrade may change.
KEPT = {
    "sources": "id, url, name, added_at",
    "articles": "id, url, canonical_url, title, byline, publisher, published, text, captured_at, "
    "first_seen, last_seen",
    "versions": "id, article_id, title, text, captured_at, replaced_at",
    "headlines": "id, source_id, title, url, publisher, published, raw, first_seen, last_seen",
    "addresses": "url, role, article_id",
    "frontier": "url, kind, state, due_at, reason",
}


def contents(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    raw = sqlite3.connect(database)
    held = {
        table: raw.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()
        for table, columns in KEPT.items()
    }
    raw.close()
    return held


def test_every_version_has_its_archive() -> None:
    """Whoever adds a step runs `python -m tests.archive.schemas`, and commits what it makes."""
    assert [path.stem for path in dumps()] == NAMES


# What searches find in the dumps, and in those from a version on: they are made of other articles.
FOUND = {
    "islands": 1,
    "title:ferry": 1,
    "大桥": 1,
    "unread OR nobody": 1,
    '"no boat was lost"': 1,
    "publisher:lists": 1,
}
OTHER_SINCE = "m0019"
OTHERS = {"title:ferry": 3, "islands": 1, "boat": 1, "publisher:daily": 4}


@pytest.mark.parametrize("path", dumps(), ids=lambda path: path.stem)
def test_a_dump_is_of_its_version(path: Path, tmp_path: Path) -> None:
    raw = sqlite3.connect(load(path, tmp_path / "archive"))
    assert list(schema.applied(raw)) == NAMES[: NAMES.index(path.stem) + 1]
    raw.close()


@pytest.mark.parametrize("path", dumps()[:-1], ids=lambda path: path.stem)
def test_an_older_archive_becomes_todays(path: Path, tmp_path: Path) -> None:
    database = load(path, tmp_path / "archive")
    before = contents(database)
    assert all(before.values())
    with pytest.raises(ArchiveOutdated):
        Archive.open(database.parent, read_only=True)

    with Archive.open(database.parent, upgrade=True) as archive:
        assert contents(database) == before
        # The files of the captures are in no dump.
        faults = [f for f in archive.check(now=NOW) if f.kind is not FaultKind.CAPTURE]
        assert faults == []
        for words, total in (OTHERS if path.stem >= OTHER_SINCE else FOUND).items():
            assert archive.search(words).total == total, words
    raw = sqlite3.connect(database)
    wanted = {name: each.shape for name, each in shape.pristine().items()}
    assert {name: each.shape for name, each in shape.objects(raw).items()} == wanted
    raw.close()


@pytest.mark.parametrize("path", dumps()[:-1], ids=lambda path: path.stem)
def test_a_copy_of_the_old_is_beside_it(path: Path, tmp_path: Path) -> None:
    database = load(path, tmp_path / "archive")
    before = dump(database)
    Archive.open(database.parent, upgrade=True).close()
    (copy,) = database.parent.glob("*before*")
    assert copy.name == f"{FILE_NAME}.before-upgrade-from-{path.stem}"
    assert dump(copy) == before


def test_the_newest_needs_no_upgrade(tmp_path: Path) -> None:
    database = load(dumps()[-1], tmp_path / "archive")
    with Archive.open(database.parent, upgrade=True) as archive:
        assert archive.status().articles
    assert not list(database.parent.glob("*before*"))


def test_an_upgrade_that_fails_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def m9998_half(db: Any) -> None:
        db.execute("CREATE TABLE half (id)")

    def m9999_fails(db: Any) -> None:
        db.execute("SELECT * FROM no_such_table")

    database = load(dumps()[-1], tmp_path / "archive")
    before = dump(database)
    monkeypatch.setattr(schema, "STEPS", (*schema.STEPS, m9998_half, m9999_fails))
    with pytest.raises(ArchiveError):
        Archive.open(database.parent, upgrade=True)
    assert dump(database) == before


def test_the_views_show_what_people_ask_for(tmp_path: Path) -> None:
    database = load(dumps()[0], tmp_path / "archive")
    raw = sqlite3.connect(database)
    raw.execute("UPDATE frontier SET state = 'gone', status = 404 WHERE url LIKE '%unread'")
    raw.execute("UPDATE articles SET publisher = NULL WHERE url LIKE '%bridge'")
    raw.commit()
    raw.close()
    Archive.open(database.parent, upgrade=True).close()
    raw = sqlite3.connect(database)
    news = raw.execute("SELECT title, publisher, members FROM news ORDER BY members, title")
    assert news.fetchall() == [
        ("大桥明年开放", "Daily Post", 1),
        ("Ferry sails on Sundays", "Daily Post", 2),
        ("Storm closes the harbour", "Daily Post", 2),
    ]
    twice = raw.execute("SELECT url, lead_url, same_text FROM duplicates ORDER BY url").fetchall()
    assert twice == [
        ("https://lists.example/storm-post", "https://paper.example/storm", 0),
        ("https://other.example/ferry", "https://paper.example/ferry", 1),
    ]
    dead = raw.execute("SELECT url, status, title, source, article_id FROM dead_links").fetchall()
    assert dead == [("https://paper.example/unread", 404, "Nobody has this one", "Lists", None)]
    raw.close()
