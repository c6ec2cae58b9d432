"""Sources: the seeds, list pages that are visited or files that were imported.

Functions run in the caller's transaction.
"""

import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING

from archive import rows
from archive.errors import NotFound, UsageError
from archive.records import Source
from archive.urls import canonical_url, page_key

if TYPE_CHECKING:
    from sqlite_utils import Database


def add(db: "Database", url: str, *, name: str | None, paused: bool, now: datetime) -> Source:
    """Add a source, or give the one that is held under the same page, renamed if a name is given.

    Raises UsageError for what is neither a web address nor a `file:` or `urn:`.
    """
    address = rows.storable(canonical_url(url) or _imported(url))
    row = db.execute(
        "INSERT INTO sources (url, key, name, added_at, paused) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET name = coalesce(excluded.name, name) RETURNING *",
        (address, page_key(address) or address, name, rows.instant(now), int(paused)),
    ).fetchone()
    return rows.source(row)


def find(raw: sqlite3.Connection, text: str) -> Source:
    """Find a source by id, name or URL, in this order. Raises NotFound."""
    row = raw.execute(
        "SELECT * FROM sources WHERE CAST(id AS TEXT) = :text OR name = :text OR key = :key "
        "ORDER BY CAST(id AS TEXT) = :text DESC, name = :text DESC, id",
        {"text": rows.storable(text), "key": page_key(text) or rows.storable(text)},
    ).fetchone()
    if row is None:
        raise NotFound(f"no source {text!r}; `backfile sources` lists them")
    return rows.source(row)


def every(raw: sqlite3.Connection) -> tuple[Source, ...]:
    """Give every source, in the order in which they were added."""
    return tuple(rows.source(row) for row in raw.execute("SELECT * FROM sources ORDER BY id"))


def _imported(url: str) -> str:
    if url.startswith(("file:", "urn:")):
        return url
    raise UsageError(f"{url!r} is no web address: it should begin with http:// or https://")
