"""The sketches of the articles that are held: written, taken out, and looked up.

Functions run in the caller's transaction. What a sketch is, `sketch` says; what is made of what is
found, `judging` does.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from archive.sketch import VERSION, Sketch, unpack

if TYPE_CHECKING:
    from sqlite_utils import Database

# How many articles with a shingle are read, the newest first: of boilerplate that thousands have no
# more, while of a story's copies these few are enough to find it.
READ = 12


def write(db: "Database", article_id: int, sketch: Sketch) -> None:
    """Keep the sketch of an article's text, in the place of the one that was held."""
    held = db.execute("SELECT hashes FROM sketches WHERE article_id = ?", (article_id,)).fetchone()
    before = unpack(held["hashes"]) if held else None
    if before == sketch.hashes:
        return
    if before:
        _take_out(db, article_id, before)
    db.execute(
        "INSERT OR IGNORE INTO shingles (hash, article_id) "
        "SELECT value, ? FROM json_each(?) ORDER BY value",
        (article_id, json.dumps(sketch.hashes)),
    )
    db.execute(
        "INSERT INTO sketches (article_id, version, shingles, hashes) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (article_id) DO UPDATE SET version = excluded.version, "
        "shingles = excluded.shingles, hashes = excluded.hashes",
        (article_id, VERSION, sketch.shingles, sketch.packed),
    )


def erase(db: "Database", article_ids: Iterable[int]) -> None:
    """Take out the sketches of articles."""
    listed = json.dumps(list(article_ids))
    held = db.execute(
        "SELECT article_id, hashes FROM sketches "
        "WHERE article_id IN (SELECT value FROM json_each(?))",
        (listed,),
    ).fetchall()
    for row in held:
        _take_out(db, row["article_id"], unpack(row["hashes"]))
    for table in ("sketches", "unjudged"):
        db.execute(
            f"DELETE FROM {table} "  # noqa: S608 - one of ours
            "WHERE article_id IN (SELECT value FROM json_each(?))",
            (listed,),
        )


def holders(db: "Database", sketch: Sketch, *, besides: int) -> tuple[tuple[int, ...], ...]:
    """Give of each hash the articles that have it, the newest first and READ of them at most."""
    rows = db.execute(
        "SELECT (SELECT group_concat(article_id) FROM (SELECT article_id FROM shingles "
        "WHERE hash = value AND article_id <> :id ORDER BY article_id DESC LIMIT :read)) AS held "
        "FROM json_each(:hashes) ORDER BY key",
        {"hashes": json.dumps(sketch.hashes), "id": besides, "read": READ},
    )
    return tuple(tuple(map(int, row["held"].split(","))) if row["held"] else () for row in rows)


def _take_out(db: "Database", article_id: int, hashes: Iterable[int]) -> None:
    db.execute(
        "DELETE FROM shingles WHERE article_id = ? AND hash IN (SELECT value FROM json_each(?))",
        (article_id, json.dumps(list(hashes))),
    )
