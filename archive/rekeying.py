"""Bringing what is held under the identities that `archive.urls` gives today.

A key is an address itself, so that today's rules read it again; they only ever fold further. What
then meets is one page, and nothing of it is lost: of two articles the later captured goes on, with
what the other said as a version; of two rows of the frontier the one that is further goes on; a
source that reads the same list as another is taken off the list, its headlines stay.

Functions run in the transaction of the schema's step. What they know of the tables is what these
are at that step.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from archive.urls import page_key

if TYPE_CHECKING:
    from sqlite_utils import Database

# Identities that are no web address: `urn:` of imported texts, `file:` of imported lists.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)")
# Columns beside each other's: no row excludes another.
PLAIN = (
    ("articles", "original_key"),
    ("captures", "key"),
    ("headlines", "key"),
    ("resolutions", "key"),
    ("sources", "door_key"),
)
# Of an article that goes on, what it does not have itself is taken from the one that it meets.
FILLED = (
    "canonical_url",
    "byline",
    "agency",
    "publisher",
    "dateline",
    "section",
    "tags",
    "language",
    "description",
    "image_url",
    "captions",
    "cited",
    "source_id",
    "original_url",
    "original_key",
    "original_id",
    "attribution",
    "original_title",
)
VERSION = (
    "title, published, published_precision, published_from, published_text, modified, "
    "modified_precision, modified_from, modified_text, text, html, text_digest, captured_at"
)
# What goes on where two rows of the frontier meet: what was forgotten stays out, a list stays a
# list, what was read is not asked for again, and what may still be had is.
FRONTIER = """
    SELECT id FROM frontier WHERE id IN (?, ?) ORDER BY
        state = 'refused' AND reason = 'forgotten on request' DESC,
        kind <> 'list',
        CASE state WHEN 'done' THEN 0 WHEN 'due' THEN 1 WHEN 'claimed' THEN 2
            WHEN 'failed' THEN 3 ELSE 4 END,
        id
"""
ADDRESSES = """
    SELECT addresses.key FROM addresses JOIN articles ON articles.id = article_id
    WHERE addresses.key IN (:old, :new)
    ORDER BY articles.key <> :new, role <> 'own', role <> 'asked', addresses.key <> :new
"""


def today(key: str) -> str:
    """Give what today's rules make of a key; what is no web address's stays."""
    return key if _SCHEME.match(key) else page_key(f"https://{key}") or key


def rekey(db: "Database") -> None:
    """Write every key anew, and bring together what meets."""
    # Headlines first: whether one is known by its link is told by its former key.
    _headline_identities(db)
    for table, column in PLAIN:
        _plain(db, table, column)
    for article_id, new in _changed(db, "articles", "id", "key"):
        _article(db, article_id, new)
    for old, new in _changed(db, "addresses", "key", "key"):
        _address(db, str(old), new)
    for row_id, new in _changed(db, "frontier", "id", "key"):
        _frontier(db, row_id, new)
    for source_id, new in _changed(db, "sources", "id", "key"):
        _source(db, source_id, new)
    for old, new in _changed(db, "tombstones", "key", "key"):
        db.execute("UPDATE OR IGNORE tombstones SET key = ? WHERE key = ?", (new, old))
        db.execute("DELETE FROM tombstones WHERE key = ?", (old,))


def _changed(db: "Database", table: str, name: str, column: str) -> list[tuple[int | str, str]]:
    """Give what tells a row, and its new key, of each whose key is another today."""
    return list(_read_changed(db, table, name, column))


def _read_changed(
    db: "Database", table: str, name: str, column: str
) -> Iterator[tuple[int | str, str]]:
    held = db.execute(
        f"SELECT {name}, {column} FROM {table} "  # noqa: S608 - names of our own
        f"WHERE {column} IS NOT NULL ORDER BY {name}"
    )
    for row_id, key in map(tuple, held):
        if (new := today(key)) != key:
            yield row_id, new


def _plain(db: "Database", table: str, column: str) -> None:
    # One key belongs to many rows of these: each is worked out once.
    name = "rowid"
    for row_id, new in _changed(db, table, name, column):
        db.execute(
            f"UPDATE {table} SET {column} = ? WHERE {name} = ?",  # noqa: S608 - the same
            (new, row_id),
        )


def _headline_identities(db: "Database") -> None:
    """Have headlines known by their link's new key, the first of each list that leads there.

    Another keeps its former identity, out of any reading: else the next visit would miss it where
    it stood, and take it for withdrawn.
    """
    held = db.execute("SELECT id, source_id, key FROM headlines WHERE identity = key ORDER BY id")
    moved = [
        (row["id"], row["source_id"], new)
        for row in held
        if (new := today(row["key"])) != row["key"]
    ]
    for headline_id, source_id, new in moved:
        taken = db.execute(
            "SELECT 1 FROM headlines WHERE source_id = ? AND identity = ?", (source_id, new)
        ).fetchone()
        setting = "listed_on = NULL, place = NULL, visit = NULL" if taken else "identity = :new"
        db.execute(
            f"UPDATE headlines SET {setting} WHERE id = :id",  # noqa: S608 - constants
            {"new": new, "id": headline_id},
        )


def _article(db: "Database", article_id: int | str, new: str) -> None:
    met = db.execute("SELECT id FROM articles WHERE key = ?", (new,)).fetchone()
    if met is None:
        db.execute("UPDATE articles SET key = ? WHERE id = ?", (new, article_id))
        return
    kept, gone = [
        row["id"]
        for row in db.execute(
            "SELECT id FROM articles WHERE id IN (?, ?) ORDER BY captured_at DESC, id",
            (article_id, met["id"]),
        ).fetchall()
    ]
    _join(db, kept, gone)
    db.execute("UPDATE articles SET key = ? WHERE id = ?", (new, kept))


def _join(db: "Database", kept: int, gone: int) -> None:
    """Make one article of two: what the one that goes said is a version of the other."""
    ids = {"kept": kept, "gone": gone}
    db.execute(
        f"INSERT INTO versions (article_id, replaced_at, {VERSION}) "  # noqa: S608 - constants
        "SELECT :kept, (SELECT max(kept.first_seen, articles.captured_at) FROM articles AS kept "
        f"WHERE id = :kept), {VERSION} FROM articles WHERE id = :gone AND NOT EXISTS ("
        "SELECT 1 FROM articles AS kept WHERE kept.id = :kept "
        "AND kept.text = articles.text AND kept.title IS articles.title)",
        ids,
    )
    filled = ", ".join(
        f"{name} = coalesce({name}, (SELECT {name} FROM gone))"  # noqa: S608 - constants
        for name in FILLED
    )
    db.execute(
        "WITH gone AS (SELECT * FROM articles WHERE id = :gone) "  # noqa: S608 - constants
        f"UPDATE articles SET {filled}, "
        "first_seen = min(first_seen, (SELECT first_seen FROM gone)), "
        "last_seen = max(last_seen, (SELECT last_seen FROM gone)) WHERE id = :kept",
        ids,
    )
    _join_stories(db, kept, gone)
    for table, column in _referring(db):
        # A row that is there for the one that goes on already needs no second.
        db.execute(
            f"UPDATE OR IGNORE {table} SET {column} = :kept WHERE {column} = :gone",  # noqa: S608 - our own names
            ids,
        )
        if table != "articles":
            db.execute(f"DELETE FROM {table} WHERE {column} = :gone", ids)  # noqa: S608 - names
    db.execute("UPDATE articles SET original_id = NULL WHERE id = ? AND original_id = id", (kept,))
    db.execute("DELETE FROM articles WHERE id = ?", (gone,))


def _join_stories(db: "Database", kept: int, gone: int) -> None:
    stories = {
        name: db.execute("SELECT story_id FROM articles WHERE id = ?", (each,)).fetchone()[0]
        for name, each in (("kept", kept), ("gone", gone))
    }
    db.execute("UPDATE articles SET story_id = :kept WHERE story_id = :gone", stories)
    db.execute("DELETE FROM stories WHERE id = :gone AND :gone <> :kept", stories)
    # By the story's id: there is no index by who leads it.
    db.execute(
        "UPDATE stories SET lead_id = :lead WHERE id = :kept AND lead_id = :gone",
        {"lead": kept, "kept": stories["kept"], "gone": gone},
    )


def _referring(db: "Database") -> list[tuple[str, str]]:
    """Give every table and column that refers to an article."""
    return [
        (table, row["from"])
        for table in db.table_names()
        for row in db.execute(f"PRAGMA foreign_key_list([{table}])").fetchall()
        if row["table"] == "articles"
    ]


def _address(db: "Database", old: str, new: str) -> None:
    """Have the address's own article behind it, where two had it each in another form."""
    keys = {"old": old, "new": new}
    first, *others = [row[0] for row in db.execute(ADDRESSES, keys).fetchall()]
    for key in others:
        db.execute("DELETE FROM addresses WHERE key = ?", (key,))
    db.execute("UPDATE addresses SET key = ? WHERE key = ?", (new, first))


def _frontier(db: "Database", row_id: int | str, new: str) -> None:
    met = db.execute("SELECT id FROM frontier WHERE key = ?", (new,)).fetchone()
    kept = row_id
    if met is not None:
        kept, gone = [row[0] for row in db.execute(FRONTIER, (row_id, met["id"])).fetchall()]
        db.execute("DELETE FROM frontier WHERE id = ?", (gone,))
    db.execute("UPDATE frontier SET key = ? WHERE id = ?", (new, kept))


def _source(db: "Database", source_id: int | str, new: str) -> None:
    """Have one source for one list; the other is taken off, and keeps its own key."""
    met = db.execute("SELECT id, key FROM sources WHERE key = ?", (new,)).fetchone()
    if met is None:
        db.execute("UPDATE sources SET key = ? WHERE id = ?", (new, source_id))
        return
    kept, gone = db.execute(
        "SELECT id, key FROM sources WHERE id IN (?, ?) "
        "ORDER BY removed_at IS NOT NULL, paused, id",
        (source_id, met["id"]),
    ).fetchall()
    # Neither may have the other's key at any moment; the former one of this source is nobody's.
    former = gone["key"] if gone["key"] != new else kept["key"]
    db.execute("UPDATE sources SET key = ? WHERE id = ?", (f"former {former}", gone["id"]))
    db.execute("UPDATE sources SET key = ? WHERE id = ?", (new, kept["id"]))
    db.execute(
        "UPDATE sources SET key = ?, paused = 0, removed_at = "
        "coalesce(removed_at, strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now')) WHERE id = ?",
        (former, gone["id"]),
    )
    db.execute("UPDATE frontier SET source_id = ? WHERE source_id = ?", (kept["id"], gone["id"]))
