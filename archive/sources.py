"""Sources: the seeds, list pages that are visited or files that were imported.

Functions run in the caller's transaction.
"""

import sqlite3
from datetime import date, datetime
from typing import TYPE_CHECKING

from archive import rows
from archive.errors import NotFound, UsageError
from archive.records import Door, DoorKind, Source
from archive.schedule import next_visit
from archive.urls import canonical_url, page_key

if TYPE_CHECKING:
    from sqlite_utils import Database

# Headlines by which a list's rhythm is known: a page of most lists.
NEWEST = 30


def add(
    db: "Database",
    url: str,
    *,
    name: str | None,
    paused: bool,
    door: Door | None = None,
    now: datetime,
) -> Source:
    """Add a source, or give the one that is held under the same page, renamed if a name is given.

    `door` is where its list is read from now on; None leaves that as it is. One that was removed
    is there again, with what was kept of it. Raises UsageError for what is neither a web address
    nor a `file:` or `urn:`.
    """
    address = rows.storable(canonical_url(url) or _imported(url))
    row = db.execute(
        "INSERT INTO sources (url, key, name, added_at, paused) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET name = coalesce(excluded.name, name), "
        "removed_at = NULL RETURNING *",
        (address, page_key(address) or address, name, rows.instant(now), int(paused)),
    ).fetchone()
    if door is not None:
        row = put_door(db, row["id"], door, now=now)
    return rows.source(row)


def put_door(db: "Database", source_id: int, door: Door, *, now: datetime) -> rows.Stored:
    """Have a source's list read through a door from now on; gives the source's row.

    List pages that wait behind its former door are not fetched any more: what they hold would be
    read as what it is not. Raises UsageError for a door that is no web address, or that another
    source has already: its headlines would be the other's alone.
    """
    held: rows.Stored = db.execute("SELECT * FROM sources WHERE id = ?", (source_id,)).fetchone()
    wanted = _columns(door)
    if wanted == (held["door"], held["door_kind"], held["door_key"]):
        return held
    other = db.execute(
        "SELECT id, url FROM sources WHERE id <> ? AND coalesce(door_key, key) = ?",
        (source_id, wanted[2] or held["key"]),
    ).fetchone()
    if other is not None:
        raise UsageError(
            f"source {other['id']} ({other['url']}) reads the list at {door.url} already"
        )
    _close_former(db, source_id, now=now)
    row: rows.Stored = db.execute(
        "UPDATE sources SET door = ?, door_kind = ?, door_key = ? WHERE id = ? RETURNING *",
        (*wanted, source_id),
    ).fetchone()
    return row


def _columns(door: Door) -> tuple[str | None, str | None, str | None]:
    if door.kind is DoorKind.LIST:
        return None, None, None
    address = canonical_url(door.url)
    if address is None:
        raise UsageError(
            f"{door.url!r} is no web address: it should begin with http:// or https://"
        )
    return rows.storable(address), door.kind.value, page_key(address)


def _close_former(db: "Database", source_id: int, *, now: datetime) -> None:
    db.execute(
        "UPDATE frontier SET state = 'done', due_at = NULL, attempts = 0, visited_at = "
        "coalesce(visited_at, ?), verdict = 'list', reason = 'its list is read elsewhere now' "
        "WHERE source_id = ? AND kind = 'list' AND due_at IS NOT NULL",
        (rows.instant(now), source_id),
    )


def find(raw: sqlite3.Connection, text: str) -> Source:
    """Find a source by id, name or URL, in this order. Raises NotFound."""
    row = raw.execute(
        "SELECT * FROM sources WHERE removed_at IS NULL "
        "AND (CAST(id AS TEXT) = :text OR name = :text OR key = :key) "
        "ORDER BY CAST(id AS TEXT) = :text DESC, name = :text DESC, id",
        {"text": rows.storable(text), "key": page_key(text) or rows.storable(text)},
    ).fetchone()
    if row is None:
        raise NotFound(f"no source {text!r}; `backfile sources` lists them")
    return rows.source(row)


def every(raw: sqlite3.Connection) -> tuple[Source, ...]:
    """Give every source, in the order in which they were added."""
    found = raw.execute("SELECT * FROM sources WHERE removed_at IS NULL ORDER BY id")
    return tuple(rows.source(row) for row in found)


def next_visits(raw: sqlite3.Connection, *, now: datetime) -> dict[int, datetime | None]:
    """Give source id ▸ from when on its list is to be visited; None where it never was.

    One that failed is tried again when the frontier says; else its own rhythm decides.
    """
    found = raw.execute(
        "SELECT sources.id, frontier.state, frontier.visited_at, frontier.due_at FROM sources "
        "LEFT JOIN frontier ON frontier.key = coalesce(sources.door_key, sources.key) "
        "WHERE removed_at IS NULL AND paused = 0 AND sources.url LIKE 'http%' ORDER BY sources.id"
    ).fetchall()
    return {row["id"]: _next_visit(raw, row, now) for row in found}


def _next_visit(raw: sqlite3.Connection, row: rows.Stored, now: datetime) -> datetime | None:
    if row["due_at"] is not None or row["visited_at"] is None:
        return rows.moment_or_none(row["due_at"])
    listed = raw.execute(
        "SELECT substr(published, 1, 10) AS day FROM headlines "
        "WHERE source_id = ? AND length(published) >= 10 ORDER BY day DESC LIMIT ?",
        (row["id"], NEWEST),
    ).fetchall()
    days = [date.fromisoformat(each["day"]) for each in listed]
    return next_visit(rows.moment(row["visited_at"]), days, now)


def rename(db: "Database", source_id: int, name: str) -> None:
    """Give a source another name. Raises UsageError for an empty one."""
    if not name.strip():
        raise UsageError("a source's name cannot be empty")
    db.execute("UPDATE sources SET name = ? WHERE id = ?", (rows.storable(name), source_id))


def pause(db: "Database", source_id: int, *, paused: bool) -> None:
    """Have a source left out by crawls that do not name it, or visited again."""
    db.execute("UPDATE sources SET paused = ? WHERE id = ?", (int(paused), source_id))


def move(db: "Database", source_id: int, url: str) -> None:
    """Give a source another address; what it brought stays, its list's old pages are forgotten.

    Raises UsageError for what is no web address, or is another source's.
    """
    address = rows.storable(canonical_url(url) or _imported(url))
    key = page_key(address) or address
    other = db.execute(
        "SELECT id FROM sources WHERE key = ? AND id <> ?", (key, source_id)
    ).fetchone()
    if other is not None:
        raise UsageError(f"{address} is source {other['id']} already")
    db.execute(
        "UPDATE sources SET url = ?, key = ?, door = NULL, door_kind = NULL, door_key = NULL "
        "WHERE id = ?",
        (address, key, source_id),
    )
    # A row of that address, as whatever it was found, would keep it from being visited as a list.
    db.execute(
        "DELETE FROM frontier WHERE (source_id = ? AND kind = 'list') OR key = ?", (source_id, key)
    )


def remove(db: "Database", source_id: int, *, now: datetime) -> None:
    """Take a source out: articles stay, with the headlines that led to them and their history.

    Its other headlines go, and what was still to be fetched because of it. The row itself is kept
    out of sight, for what stays refers to it.
    """
    bare = "(SELECT id FROM headlines WHERE source_id = ? AND article_id IS NULL)"
    for table in ("list_changes", "resolutions", "lookups"):
        db.execute(f"DELETE FROM {table} WHERE headline_id IN {bare}", (source_id,))  # noqa: S608 - our own names
    db.execute(f"DELETE FROM headlines WHERE id IN {bare}", (source_id,))  # noqa: S608 - constant
    db.execute("DELETE FROM frontier WHERE source_id = ? AND state <> 'done'", (source_id,))
    db.execute("DELETE FROM frontier WHERE source_id = ? AND kind = 'list'", (source_id,))
    db.execute(
        "UPDATE sources SET removed_at = ?, paused = 0 WHERE id = ?",
        (rows.instant(now), source_id),
    )


def _imported(url: str) -> str:
    if url.startswith(("file:", "urn:")):
        return url
    raise UsageError(f"{url!r} is no web address: it should begin with http:// or https://")
