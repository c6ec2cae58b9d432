"""Where a source's list is read: at its page, or through another door (a feed, a sitemap, …).

Runs in the caller's transaction; finds no doors and reads none.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from archive.errors import UsageError
from archive.records import Door, DoorKind
from archive.rows import Stored, instant, storable
from archive.urls import canonical_url, page_key

if TYPE_CHECKING:
    from sqlite_utils import Database


def put(db: "Database", source_id: int, door: Door, *, now: datetime) -> Stored:
    """Have a source's list read through a door from now on; gives the source's row.

    List pages that wait behind its former door are not fetched any more: what they hold would be
    read as what it is not. Raises UsageError for a door that is no web address.
    """
    held: Stored = db.execute("SELECT * FROM sources WHERE id = ?", (source_id,)).fetchone()
    wanted = _columns(door)
    if wanted == (held["door"], held["door_kind"], held["door_key"]):
        return held
    _close_former(db, source_id, now=now)
    row: Stored = db.execute(
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
    return storable(address), door.kind.value, page_key(address)


def _close_former(db: "Database", source_id: int, *, now: datetime) -> None:
    db.execute(
        "UPDATE frontier SET state = 'done', due_at = NULL, attempts = 0, visited_at = "
        "coalesce(visited_at, ?), verdict = 'list', reason = 'its list is read elsewhere now' "
        "WHERE source_id = ? AND kind = 'list' AND due_at IS NOT NULL",
        (instant(now), source_id),
    )
