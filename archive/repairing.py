"""Mending what can be worked out anew: search, digests, identities, leads, ties, WARC indexes.

What was stored is never taken away for being in the way: rows go only that point to nothing, and
what `forget` was told to take out. All that is done to the database's rows is one transaction.
`checking` finds the faults; what is not mended here, a second check still finds.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from archive import bulk, checksketches, forgetting, schema, shape, stories, tallies
from archive.captures import Captures
from archive.checking import KEPT_ORPHANS, key_of, worked_out
from archive.connection import Connection
from archive.faults import Fault, FaultKind
from archive.rows import instant, storable
from archive.urls import page_key

if TYPE_CHECKING:
    from sqlite_utils import Database

Mender: TypeAlias = "Callable[[Database, Sequence[Fault], datetime], str]"


# What is mended may uncover what it had hidden: a row without its story, once that is emptied.
ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What a repair did, and what it could not."""

    done: tuple[str, ...]
    """In words."""
    left: tuple[Fault, ...]
    """What is wrong still."""


def repair(
    connection: Connection,
    captures: Captures,
    find: Callable[[], tuple[Fault, ...]],
    *,
    now: datetime,
) -> Repaired:
    """Mend what can be of what `find` finds, and look again. For who holds the crawl lock.

    Raises ArchiveError, and has changed nothing of the database's rows in that round then.
    """
    done: list[str] = []
    faults = find()
    for _ in range(ROUNDS):
        mendable = [fault for fault in faults if fault.mendable]
        if not mendable:
            break
        done += _mend(connection, captures, mendable, now)
        before, faults = faults, find()
        if faults == before:
            break
    return Repaired(done=tuple(done), left=faults)


def _mend(
    connection: Connection, captures: Captures, faults: Sequence[Fault], now: datetime
) -> list[str]:
    found: defaultdict[FaultKind, list[Fault]] = defaultdict(list)
    for fault in faults:
        found[fault.kind].append(fault)
    done = [_forget(connection, captures)] if found[FaultKind.FORGOTTEN] else []
    with connection.writing() as db:
        db.execute("PRAGMA defer_foreign_keys=ON")
        done += [mend(db, found[kind], now) for kind, mend in MENDERS.items() if found[kind]]
    # Last: it writes rows of its own.
    if found[FaultKind.ORPHAN]:
        mended = captures.mend()
        done.append(f"captures: {mended.indexed} records indexed, {mended.cut} torn bytes cut off")
    return done


def _forget(connection: Connection, captures: Captures) -> str:
    with connection.reading() as raw:
        keys = [str(row[0]) for row in raw.execute("SELECT key FROM tombstones")]
    gone = forgetting.finish(connection, captures, keys)
    return (
        f"forgotten pages: {gone.articles} articles, {gone.headlines} headlines, "
        f"{gone.captures} captures taken out"
    )


def _mend_indexes(db: "Database", faults: Sequence[Fault], _now: datetime) -> str:
    names = sorted({fault.where for fault in faults})
    for name in names:
        db.execute(f'REINDEX "{name}"')
    return f"indexes made anew: {', '.join(names)}"


def _mend_schema(db: "Database", faults: Sequence[Fault], _now: datetime) -> str:
    wanted, held = shape.pristine(), shape.objects(db.conn)
    db.execute(f"PRAGMA application_id={schema.APPLICATION_ID}")
    for fault in faults:
        name = fault.where.rpartition(" ")[2]
        if name in held:
            db.execute(f'DROP {held[name].kind} "{name}"')
        if name in wanted:
            db.execute(wanted[name].sql)
    return f"schema: {', '.join(sorted(fault.where for fault in faults))} made anew"


def _mend_references(db: "Database", faults: Sequence[Fault], _now: datetime) -> str:
    """Empty the columns that point to nothing, or take the row out that is nothing without."""
    emptied = deleted = 0
    for fault in faults:
        for column, required in _dangling(db, fault):
            if required and fault.where in KEPT_ORPHANS:
                continue
            if required:
                db.execute(f"DELETE FROM {fault.where} WHERE rowid = ?", (fault.id,))  # noqa: S608 - our own names
                deleted += 1
            else:
                db.execute(
                    f"UPDATE {fault.where} SET {column} = NULL "  # noqa: S608 - of our own schema
                    "WHERE rowid = ?",
                    (fault.id,),
                )
                emptied += 1
    return f"references: {emptied} emptied, {deleted} rows that pointed to nothing taken out"


def _dangling(db: "Database", fault: Fault) -> list[tuple[str, bool]]:
    """Give a row's columns that point to nothing, and whether a row must have them."""
    table = fault.where
    required = {row["name"]: bool(row["notnull"]) for row in _pragma(db, "table_info", table)}
    required |= {row["name"]: True for row in _pragma(db, "table_info", table) if row["pk"]}
    found = []
    for key in _pragma(db, "foreign_key_list", table):
        column = key["from"]
        gone = db.execute(
            f"SELECT 1 FROM {table} WHERE rowid = ? AND {column} IS NOT NULL "  # noqa: S608 - our own names
            f"AND {column} NOT IN (SELECT {key['to']} FROM {key['table']})",
            (fault.id,),
        ).fetchone()
        if gone:
            found.append((column, required[column]))
    return found


def _pragma(db: "Database", name: str, table: str) -> list[sqlite3.Row]:
    rows: list[sqlite3.Row] = db.execute(f"PRAGMA {name}({table})").fetchall()
    return rows


def _mend_texts(db: "Database", faults: Sequence[Fault], _now: datetime) -> str:
    for fault in faults:
        row = _row(db, fault)
        if row is not None:
            values = worked_out(fault.where, row)
            settings = ", ".join(f"{name} = :{name}" for name in values)
            db.execute(
                f"UPDATE {fault.where} SET {settings} WHERE rowid = :rowid",  # noqa: S608 - our own names
                values | {"rowid": fault.id},
            )
            if fault.where == "articles":
                checksketches.rebuild(db, row["id"])
    return f"texts: digests and characters of {len(faults)} worked out anew, as the texts are held"


def _mend_sketches(db: "Database", faults: Sequence[Fault], _now: datetime) -> str:
    articles = {fault.id for fault in faults if fault.id is not None}
    for article_id in sorted(articles):
        checksketches.rebuild(db, article_id)
    checksketches.sweep(db)
    return f"sketches: {len(articles)} made anew from the texts, and the shingles from the sketches"


def _mend_keys(db: "Database", faults: Sequence[Fault], _now: datetime) -> str:
    mended = 0
    for fault in faults:
        row = _row(db, fault)
        if row is not None:
            cursor = db.execute(
                f"UPDATE OR IGNORE {fault.where} SET key = ? WHERE rowid = ?",  # noqa: S608 - our own names
                (key_of(fault.where, row), fault.id),
            )
            mended += cursor.rowcount
    return f"keys: {mended} of {len(faults)} worked out anew"


def _mend_stories(db: "Database", faults: Sequence[Fault], now: datetime) -> str:
    """Give articles without a story one, have each led by a member, and drop those without."""
    alone = db.execute("SELECT id FROM articles WHERE story_id IS NULL").fetchall()
    for row in alone:
        story_id = stories.begin(db, now)
        db.execute("UPDATE articles SET story_id = ? WHERE id = ?", (story_id, row["id"]))
        stories.elect(db, story_id)
    for fault in faults:
        if fault.where == "stories" and fault.id is not None:
            _mend_story(db, fault.id)
    return f"stories: {len(faults)} mended"


def _mend_story(db: "Database", story_id: int) -> None:
    if db.execute("SELECT 1 FROM articles WHERE story_id = ?", (story_id,)).fetchone():
        stories.elect(db, story_id)
    else:
        db.execute("DELETE FROM stories WHERE id = ?", (story_id,))


def _mend_addresses(db: "Database", faults: Sequence[Fault], _now: datetime) -> str:
    """Have articles known again by the addresses in their rows; redirects' are not to be had."""
    written = 0
    for fault in faults:
        row = _row(db, fault)
        if row is not None:
            for key, (url, role) in _addresses(row).items():
                values = {"key": key, "url": url, "role": role, "id": fault.id, "own": row["key"]}
                written += db.conn.execute(WRITE_ADDRESS, values).rowcount
    return f"addresses: {written} written anew for {len(faults)} articles"


# What another article is known by stays its own, but for the one that this is held by.
WRITE_ADDRESS = """
    INSERT INTO addresses (key, url, role, article_id) SELECT :key, :url, :role, :id
    WHERE :key NOT IN (SELECT key FROM tombstones)
    ON CONFLICT (key) DO UPDATE SET url = :url, role = :role, article_id = :id WHERE :key = :own
"""


def _addresses(row: sqlite3.Row) -> dict[str, tuple[str, str]]:
    """Give key ▸ address and role of every address in an article's row, the strongest role last."""
    given = (
        ("memento", row["memento_url"]),
        ("canonical", row["canonical_url"]),
        ("asked", row["asked_url"]),
        ("own", row["url"]),
    )
    known = {page_key(url) or storable(url): (url, role) for role, url in given if url}
    return {row["key"]: (row["url"], "own")} | known


def _mend_ties(db: "Database", faults: Sequence[Fault], _now: datetime) -> str:
    for fault in faults:
        db.execute(
            "UPDATE headlines SET article_id = (SELECT article_id FROM addresses "
            "WHERE addresses.key = headlines.key) WHERE id = ?",
            (fault.id,),
        )
    return f"headlines: {len(faults)} tied to their articles"


def _mend_frontier(db: "Database", faults: Sequence[Fault], now: datetime) -> str:
    """Have what waits fetched now, and what is done with left alone; a state unknown is due."""
    for fault in faults:
        db.execute(
            "UPDATE frontier SET "
            "due_at = CASE WHEN state IN ('done', 'gone', 'refused') THEN NULL ELSE :now END, "
            "state = CASE WHEN state IN ('done', 'gone', 'refused') THEN state ELSE 'due' END "
            "WHERE id = :id",
            {"now": instant(now), "id": fault.id},
        )
    return f"frontier: {len(faults)} rows mended"


def _mend_tallies(db: "Database", _faults: Sequence[Fault], _now: datetime) -> str:
    db.execute(tallies.EMPTY)
    db.execute(tallies.FILL)
    return "articles counted anew"


def _mend_search(db: "Database", _faults: Sequence[Fault], _now: datetime) -> str:
    indexes = shape.search_indexes(db.conn)
    with bulk.gathering(db):
        for index in indexes:
            _fill(db, index)
    return f"search indexes made anew: {', '.join(index.name for index in indexes)}"


def _fill(db: "Database", index: shape.SearchIndex) -> None:
    """Index a table anew, in the index's order; FTS5's own `rebuild` has the table's."""
    name = index.name
    if index.table is None:
        db.execute(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")  # noqa: S608 - of our schema
        return
    columns = ", ".join(row["name"] for row in _pragma(db, "table_info", name))
    db.execute(f"INSERT INTO {name} ({name}) VALUES ('delete-all')")  # noqa: S608 - the same
    db.execute(
        f"INSERT INTO {name} (rowid, {columns}) "  # noqa: S608 - the same
        f"SELECT {index.rowid}, {columns} FROM {index.table} ORDER BY {index.rowid}"
    )


def _row(db: "Database", fault: Fault) -> sqlite3.Row | None:
    row: sqlite3.Row | None = db.execute(
        f"SELECT * FROM {fault.where} WHERE rowid = ?",  # noqa: S608 - of our own schema
        (fault.id,),
    ).fetchone()
    return row


# In an order in which none undoes what another has done: triggers first, the search index, which
# the others' changes reach by these, last.
MENDERS: Mapping[FaultKind, Mender] = {
    FaultKind.INDEX: _mend_indexes,
    FaultKind.SCHEMA: _mend_schema,
    FaultKind.TALLY: _mend_tallies,
    FaultKind.SEARCH: _mend_search,
    FaultKind.REFERENCE: _mend_references,
    FaultKind.TEXT: _mend_texts,
    FaultKind.SKETCH: _mend_sketches,
    FaultKind.KEY: _mend_keys,
    FaultKind.STORY: _mend_stories,
    FaultKind.ADDRESS: _mend_addresses,
    FaultKind.TIE: _mend_ties,
    FaultKind.FRONTIER: _mend_frontier,
}
