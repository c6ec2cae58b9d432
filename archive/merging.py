"""Two archives made one: `merge` takes another archive's records, pages to fetch and captures in.

    tombstones ─▶ records (`exporting.jsonl` ─▶ `importing`) ─▶ frontier, mementos ─▶ captures

What was forgotten here does not come back. What was forgotten there is kept out here from now on;
what this archive holds of it stays, and is counted: forgetting is a decision about one archive.

The other archive is only read, as it is at one moment. Each part is many transactions, each whole,
and none does again what was done: killed at any instant, the archive is as usable as before, and
merging again completes it.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from archive import forgetting, mementos
from archive.captures import Captures
from archive.connection import Connection, insert
from archive.errors import ArchiveError, UsageError
from archive.exporting import jsonl
from archive.importing.intake import take_in
from archive.importing.lines import Numbered
from archive.importing.state import Taken
from archive.records import Capture
from archive.rows import Row, Stored, Value, instant
from archive.urls import page_key

if TYPE_CHECKING:
    from sqlite_utils import Database

# Rows of one transaction: some milliseconds.
BATCH = 1_000
# Columns of the frontier that are of one archive alone.
OUR_OWN = frozenset({"id", "source_id"})
# A page that is known here by more than that it is to be fetched.
HELD = """
SELECT EXISTS (SELECT 1 FROM addresses WHERE key = :key)
    OR EXISTS (SELECT 1 FROM headlines WHERE key = :key)
    OR EXISTS (SELECT 1 FROM captures WHERE key = :key)
"""
KEEP_OUT = (
    "UPDATE frontier SET state = 'refused', due_at = NULL, verdict = NULL, reason = ? WHERE key = ?"
)
FRONTIER = """
SELECT frontier.*, sources.key AS source FROM frontier
LEFT JOIN sources ON sources.id = frontier.source_id ORDER BY frontier.id
"""


@dataclass(slots=True, kw_only=True)
class Merged:
    """What merging another archive did."""

    taken: Taken
    """Of its records."""
    forgotten: int = 0
    """Pages that were forgotten there, and are kept out here from now on."""
    still_held: int = 0
    """Pages that were forgotten there, and are held here."""
    pages: int = 0
    """Pages that its frontier knows, and ours did not or knew less of."""
    captures: int = 0
    lost: int = 0
    """Captures that could not be read there."""


def merge(
    ours: Connection, captures: Captures, other: Connection, theirs: Captures, *, now: datetime
) -> Merged:
    """Take everything of another archive in. For who holds the crawl lock.

    Raises UsageError where both are one, ArchiveError.
    """
    if ours.folder.resolve() == other.folder.resolve():
        raise UsageError(f"{other.folder} is the archive itself: there is nothing to merge")
    captures.mend()
    with other.reading() as raw, _one_moment(raw):
        forgotten, still_held = _take_tombstones(ours, raw)
        records = enumerate(jsonl.records(raw))
        numbered = (Numbered(number=number, record=record) for number, record in records)
        merged = Merged(
            taken=take_in(ours, numbered, follow=False, now=now),
            forgotten=forgotten,
            still_held=still_held,
        )
        merged.pages = _take_frontier(ours, raw, now=now)
        _take_lookups(ours, raw)
        _take_captures(ours, captures, theirs, merged)
    return merged


@contextmanager
def _one_moment(raw: sqlite3.Connection) -> Iterator[None]:
    """Read the other archive as it is now, whatever is written to it meanwhile."""
    raw.execute("BEGIN")
    try:
        yield
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")


def _batches(found: sqlite3.Cursor) -> Iterator[list[sqlite3.Row]]:
    while batch := list(islice(found, BATCH)):
        yield batch


def _take_tombstones(ours: Connection, raw: sqlite3.Connection) -> tuple[int, int]:
    """Keep out what was forgotten there; gives how much of it is new, and how much is held."""
    forgotten = still_held = 0
    for batch in _batches(raw.execute("SELECT * FROM tombstones ORDER BY key")):
        with ours.writing() as db:
            for row in batch:
                if db.execute(HELD, {"key": row["key"]}).fetchone()[0]:
                    still_held += 1
                    continue
                forgotten += _keep_out(db, row)
    return forgotten, still_held


def _keep_out(db: "Database", row: Stored) -> int:
    added = db.execute(
        "INSERT OR IGNORE INTO tombstones (key, forgotten_at) VALUES (?, ?)",
        (row["key"], row["forgotten_at"]),
    )
    if added.rowcount > 0:
        db.execute(KEEP_OUT, (forgetting.REASON, row["key"]))
    return max(0, added.rowcount)


def _take_frontier(ours: Connection, raw: sqlite3.Connection, *, now: datetime) -> int:
    """Have what waits there wait here, and what is done there done; gives how many rows changed."""
    changed = 0
    for batch in _batches(raw.execute(FRONTIER)):
        with ours.writing() as db:
            out = _forgotten(db, [row["key"] for row in batch])
            changed += sum(_take_page(db, row, now) for row in batch if row["key"] not in out)
    return changed


def _take_lookups(ours: Connection, raw: sqlite3.Connection) -> None:
    """Have dead links looked up that were found there, and not again those that were."""
    for batch in _batches(raw.execute("SELECT * FROM mementos ORDER BY id")):
        with ours.writing() as db:
            out = _forgotten(db, [row["key"] for row in batch])
            mementos.take_in(db, [row for row in batch if row["key"] not in out])


def _forgotten(db: "Database", keys: Sequence[str]) -> frozenset[str]:
    found = db.execute(
        "SELECT key FROM tombstones WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(keys),),
    )
    return frozenset(row["key"] for row in found)


def _take_page(db: "Database", row: sqlite3.Row, now: datetime) -> bool:
    """Take one page of the frontier in; gives whether anything is different now."""
    given = _given(row, now)
    source = db.execute(
        "SELECT id, removed_at FROM sources WHERE key = ?", (row["source"],)
    ).fetchone()
    if source is not None and source["removed_at"] is not None and given["state"] != "done":
        return False
    source_id = source["id"] if source is not None else None
    held = db.execute("SELECT * FROM frontier WHERE key = ?", (given["key"],)).fetchone()
    if held is None:
        insert(db, "frontier", given | {"source_id": source_id})
        return True
    told = {name: value for name, value in _joined(held, given).items() if held[name] != value}
    if told:
        db.table("frontier").update(held["id"], told)
    return bool(told)


def _given(row: sqlite3.Row, now: datetime) -> Row:
    """Give a row as it is to be here: what is being fetched there is due here, or was not read."""
    given: Row = {name: row[name] for name in row.keys() if name not in OUR_OWN | {"source"}}  # noqa: SIM118 - a row's values are what it iterates
    if given["state"] == "claimed":
        given |= {"state": "due", "due_at": instant(now)}
    return given


def _joined(held: sqlite3.Row, given: Row) -> Row:
    """Make one row of two: what is done stays done, else the later visit counts."""
    ours: Row = {name: held[name] for name in given}
    later, earlier = (given, ours) if _rank(given) > _rank(ours) else (ours, given)
    made = later | {
        "url": ours["url"],
        "claims": ours["claims"],
        "added_at": min(str(ours["added_at"]), str(given["added_at"])),
        "priority": min(int(ours["priority"] or 0), int(given["priority"] or 0)),
        "found_on": later["found_on"] or earlier["found_on"],
    }
    if "list" in {ours["kind"], given["kind"]}:
        made["kind"] = "list"
    return made


def _rank(row: Row) -> tuple[bool, Value]:
    return row["state"] == "done", row["visited_at"] or ""


def _take_captures(ours: Connection, captures: Captures, theirs: Captures, merged: Merged) -> None:
    """Copy the captures that are not held, record by record."""
    for capture in theirs.every():
        if _is_out(ours, capture) or captures.holds_record(
            capture.url, captured_at=capture.captured_at, digest=capture.digest
        ):
            continue
        try:
            request, answer = theirs.packed(capture)
        except ArchiveError:
            merged.lost += 1
            continue
        captures.adopt(capture, request, answer)
        merged.captures += 1
    captures.index()


def _is_out(ours: Connection, capture: Capture) -> bool:
    """Tell whether a capture is of a page that was forgotten here."""
    keys = [page_key(url) or url for url in (capture.url, capture.asked_url)]
    with ours.reading() as raw:
        sql = "SELECT 1 FROM tombstones WHERE key IN (?, ?)"
        return raw.execute(sql, keys).fetchone() is not None
