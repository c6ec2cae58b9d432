"""Whether the sketches fit the articles, and the shingles the sketches. Reads; `rebuild` writes.

Quick, it looks that every article has a sketch, or is marked as waiting for one, and counts the
shingles. Thorough, it makes each sketch anew and looks up each of its shingles: that costs a
millisecond an article.
"""

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from archive import sketches
from archive.faults import Fault, FaultKind
from archive.rows import number
from archive.sketch import HASH_BYTES, VERSION, sketch, unpack

if TYPE_CHECKING:
    from sqlite_utils import Database

# So much of a sketch is that of the text: where clutter alone changed (a count of views), the text
# is held as it is spelled today, and the sketch stays.
LIKE = 0.5
# A sketch that was packed otherwise, or by other rules.
UNREADABLE = f"version <> {VERSION} OR typeof(hashes) <> 'blob' OR length(hashes) % {HASH_BYTES}"
WITHOUT = """
    SELECT id FROM articles WHERE id NOT IN (SELECT article_id FROM sketches)
    AND id NOT IN (SELECT article_id FROM unjudged)
"""
OTHERWISE = f"SELECT article_id FROM sketches WHERE {UNREADABLE}"  # noqa: S608 - constants
FIT = f"""
    SELECT (SELECT count(*) FROM shingles)
        = (SELECT coalesce(sum(length(hashes)), 0) / {HASH_BYTES} FROM sketches)
"""  # noqa: S608 - constants
SHINGLES = "SELECT count(*) FROM shingles WHERE hash = ? AND article_id = ?"
SKETCHES = f"""
    SELECT article_id, hashes, text, article_id IN (SELECT article_id FROM unjudged) AS waits
    FROM sketches JOIN articles ON articles.id = article_id WHERE NOT ({UNREADABLE})
"""  # noqa: S608 - constants


def check(raw: sqlite3.Connection, *, thorough: bool) -> Iterator[Fault]:
    """Give what is wrong with an archive's sketches."""
    for sql, what in ((WITHOUT, "has no sketch"), (OTHERWISE, "has a sketch of another kind")):
        for (row,) in raw.execute(sql):
            yield _of(row, f"{what}: its near copies are not found by it")
    fit = bool(raw.execute(FIT).fetchone()[0])
    if not fit:
        what = "has more or fewer rows than the sketches have shingles"
        yield Fault(kind=FaultKind.SKETCH, where="shingles", what=what)
    if thorough or not fit:
        yield from _each(raw, thorough=thorough)


def _each(raw: sqlite3.Connection, *, thorough: bool) -> Iterator[Fault]:
    for row in raw.execute(SKETCHES):
        held = set(unpack(row["hashes"]))
        if thorough and not row["waits"] and not _is_like(held, str(row["text"])):
            yield _of(row["article_id"], "has a sketch that is not its text's")
        elif any(not _is_found(raw, each, row["article_id"]) for each in held):
            yield _of(row["article_id"], "has shingles that are not among `shingles`")


def _is_like(held: set[int], text: str) -> bool:
    wanted = set(sketch(text).hashes)
    return held == wanted or len(held & wanted) >= LIKE * max(len(held), len(wanted))


def _is_found(raw: sqlite3.Connection, shingle: int, article_id: int) -> bool:
    return bool(raw.execute(SHINGLES, (shingle, article_id)).fetchone()[0])


def _of(row: int, what: str) -> Fault:
    return Fault(kind=FaultKind.SKETCH, where="articles", id=number(row), what=what)


def rebuild(db: "Database", article_id: int) -> None:
    """Make an article's sketch and its shingles anew; its story stays. In the caller's transaction.

    What is left of other shingles under its number, `sweep` takes out.
    """
    row = db.execute("SELECT text FROM articles WHERE id = ?", (article_id,)).fetchone()
    if row is not None:
        db.execute("DELETE FROM sketches WHERE article_id = ?", (article_id,))
        sketches.write(db, article_id, sketch(row["text"]))


def sweep(db: "Database") -> None:
    """Take out the shingles that are in no sketch."""
    db.execute("CREATE TEMP TABLE kept_shingles (hash INTEGER, article_id INTEGER)")
    for row in db.execute("SELECT article_id, hashes FROM sketches"):
        db.conn.executemany(
            "INSERT INTO temp.kept_shingles VALUES (?, ?)",
            ((each, row["article_id"]) for each in unpack(row["hashes"])),
        )
    db.execute("DELETE FROM shingles")
    db.execute(
        "INSERT OR IGNORE INTO shingles (hash, article_id) "
        "SELECT hash, article_id FROM temp.kept_shingles ORDER BY hash, article_id"
    )
    db.execute("DROP TABLE temp.kept_shingles")
