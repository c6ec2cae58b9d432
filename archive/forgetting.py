"""Taking a page out for good: its article and versions, headlines, captures; and keeping it out.

First the tombstones, then the captures' bytes, then the rows: killed at any instant, it does not
come back, and forgetting it again finishes the work. What was exported or backed up is elsewhere.
"""

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from archive import mementos, sketches, stories
from archive.captures import Captures
from archive.connection import Connection
from archive.errors import NotFound
from archive.questions import mark
from archive.records import Forgotten
from archive.rows import instant, storable
from archive.urls import page_key

if TYPE_CHECKING:
    from sqlite_utils import Database

REASON = "forgotten on request"
# Every address by which the page is known: its article's, and those that it was looked for under.
# A headline's link is its identity unless it leads to the list itself, which stays.
KEYS = """
    SELECT key FROM addresses WHERE article_id IN (
        SELECT id FROM articles WHERE id = :id
        UNION SELECT article_id FROM addresses WHERE key = :key
    )
    UNION SELECT key FROM addresses WHERE article_id = (
        SELECT article_id FROM headlines WHERE id = :headline
    )
    UNION SELECT key FROM headlines WHERE id = :headline AND identity = key
    UNION SELECT key FROM frontier WHERE key = :key
    UNION SELECT key FROM captures WHERE key = :key
    UNION SELECT key FROM headlines WHERE key = :key
"""
# SQLite's integers end within this many.
MOST_DIGITS = 19
# In an order that leaves no row referring to one that is gone.
DELETIONS = (
    "DELETE FROM list_changes WHERE headline_id IN (SELECT value FROM json_each(:headlines))",
    "DELETE FROM resolutions WHERE headline_id IN (SELECT value FROM json_each(:headlines))",
    "DELETE FROM headlines WHERE id IN (SELECT value FROM json_each(:headlines))",
    (
        "DELETE FROM story_ties WHERE article_id IN (SELECT value FROM json_each(:articles)) "
        "OR other_id IN (SELECT value FROM json_each(:articles))"
    ),
    (
        "UPDATE articles SET original_id = NULL "
        "WHERE original_id IN (SELECT value FROM json_each(:articles))"
    ),
    "DELETE FROM versions WHERE article_id IN (SELECT value FROM json_each(:articles))",
    "DELETE FROM addresses WHERE article_id IN (SELECT value FROM json_each(:articles))",
    "DELETE FROM articles WHERE id IN (SELECT value FROM json_each(:articles))",
    (
        "UPDATE frontier SET state = 'refused', due_at = NULL, verdict = NULL, reason = :reason "
        "WHERE key IN (SELECT value FROM json_each(:keys))"
    ),
)


def forget(connection: Connection, captures: Captures, asked: str, *, now: datetime) -> Forgotten:
    """Forget the page under an address, or of an article or headline by id, with all it has.

    For who holds the crawl lock. Raises NotFound for what is not known, ArchiveError.
    """
    with connection.reading() as raw:
        keys = find(raw, asked)
    with connection.writing() as db:
        db.table("tombstones").insert_all(
            [{"key": key, "forgotten_at": instant(now)} for key in keys], ignore=True
        )
    return finish(connection, captures, keys)


def finish(connection: Connection, captures: Captures, keys: list[str]) -> Forgotten:
    """Take out all that is held under identities that have their tombstones already."""
    with connection.reading() as raw:
        elsewhere = mementos.asked_keys(raw, keys)
    erased = captures.erase([*keys, *elsewhere])
    # What is deleted is overwritten, not only given free.
    connection.raw.execute("PRAGMA secure_delete=ON")
    with connection.writing() as db:
        headlines, articles = _delete(db, keys)
    return Forgotten(keys=tuple(keys), articles=articles, headlines=headlines, captures=erased)


def find(raw: sqlite3.Connection, asked: str) -> list[str]:
    """Give the identities under which a page is known: by address, article's id, or `h12`.

    Raises NotFound where there is none; a headline may have neither link nor article.
    """
    numbers = {"id": asked, "headline": asked.removeprefix("h") if asked[:1] == "h" else ""}
    ids = {
        name: int(text) if text.isdecimal() and len(text) < MOST_DIGITS else None
        for name, text in numbers.items()
    }
    key = page_key(asked) or storable(asked)
    keys = [row[0] for row in raw.execute(KEYS, ids | {"key": key})]
    if not keys:
        raise NotFound(f"no page is known of {asked!r}; `backfile search` shows ids and addresses")
    return keys


def recall(connection: Connection, url: str, *, now: datetime) -> int:
    """Let a page come back, under all its addresses; gives how many of them were kept out.

    It is fetched by the next crawl, which reads every list anew: an unchanged one may hold it.
    """
    key = page_key(url) or storable(url)
    with connection.writing() as db:
        # What was forgotten together is one page: while one of its addresses is kept out, so is it.
        found = db.execute(
            "SELECT key FROM tombstones WHERE forgotten_at = "
            "(SELECT forgotten_at FROM tombstones WHERE key = ?)",
            (key,),
        ).fetchall()
        keys = json.dumps([row["key"] for row in found])
        db.execute("DELETE FROM tombstones WHERE key IN (SELECT value FROM json_each(?))", (keys,))
        if found:
            db.execute(
                "UPDATE frontier SET state = 'due', due_at = ?, attempts = 0 WHERE reason = ? "
                "AND key IN (SELECT value FROM json_each(?)) AND kind <> 'list'",
                (instant(now), REASON, keys),
            )
            db.execute("UPDATE frontier SET etag = NULL, last_modified = NULL, read_by = NULL")
    return len(found)


def forgotten(db: "Database | sqlite3.Connection", urls: Iterable[str | None]) -> frozenset[str]:
    """Give those of the addresses' keys that are kept out."""
    keys = [key for url in urls if url and (key := page_key(url))]
    found = db.execute(
        "SELECT key FROM tombstones WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(keys),),
    )
    return frozenset(row["key"] for row in found)


def _delete(db: "Database", keys: list[str]) -> tuple[int, int]:
    """Delete the rows; gives how many headlines and articles there were."""
    given = {"keys": json.dumps(keys)}
    held = db.execute(
        "SELECT id, story_id, publisher FROM articles WHERE id IN "
        "(SELECT article_id FROM addresses WHERE key IN (SELECT value FROM json_each(:keys)))",
        given,
    ).fetchall()
    articles = json.dumps([row["id"] for row in held])
    sketches.erase(db, [row["id"] for row in held])
    mementos.erase(db, keys)
    lines = db.execute(
        "SELECT id, publisher FROM headlines WHERE key IN (SELECT value FROM json_each(:keys)) "
        "OR article_id IN (SELECT value FROM json_each(:articles))",
        given | {"articles": articles},
    ).fetchall()
    headlines = json.dumps([row["id"] for row in lines])
    for statement in DELETIONS:
        db.execute(
            statement, given | {"articles": articles, "headlines": headlines, "reason": REASON}
        )
    for story_id in {row["story_id"] for row in held}:
        _tidy(db, story_id)
    for name in {row["publisher"] for row in (*held, *lines)} - {None}:
        _forget_publisher(db, name)
    return len(lines), len(held)


def _tidy(db: "Database", story_id: int) -> None:
    """Have a story led by who is left, or gone with its last member."""
    left = db.execute("SELECT 1 FROM articles WHERE story_id = ?", (story_id,)).fetchone()
    if left is None:
        db.execute("DELETE FROM stories WHERE id = ?", (story_id,))
    else:
        stories.elect(db, story_id)


def _forget_publisher(db: "Database", name: str) -> None:
    """Take a publisher's name out of the list of them, where nothing that is held has it."""
    held = mark("pub", name.encode().hex())
    for table in ("articles_fts", "headlines_fts"):
        sql = f"SELECT 1 FROM {table} WHERE {table} MATCH ? LIMIT 1"  # noqa: S608 - our own names
        if db.execute(sql, (held,)).fetchone():
            return
    db.execute(
        "INSERT INTO publishers_fts (publishers_fts, rowid, publisher) "
        "SELECT 'delete', id, publisher FROM publishers WHERE publisher = ?",
        (name,),
    )
    db.execute("DELETE FROM publishers WHERE publisher = ?", (name,))
