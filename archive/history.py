"""The history of the lists: which visit is under way, what was held of a page, and what changed.

A visit begins when the source's first list page is read. What is seen twice within one visit (in a
sidebar, or pushed onto the next page) is compared once. A first visit writes no `added` rows: all
of it is new, and `headlines.first_seen` says so. Later ones write them for what stands above what
was known; what a longer walk into the past brings below it was there before, only not read.

`listchanges` decides what changed. Functions run in the caller's transaction.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from archive.held import StoredChange
from archive.listchanges import compare, identities
from archive.records import Change, ChangeKind, HeldEntry, ListPage
from archive.rows import (
    Row,
    Stored,
    headline,
    instant,
    moment,
    number,
    number_or_none,
    storable,
    text_or_none,
)
from archive.urls import page_key

if TYPE_CHECKING:
    from sqlite_utils import Database


# All that is held was seen before this.
FURTHEST = datetime.max.replace(tzinfo=UTC)

# When a page of a list was read, and its address.
Seen: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One walk through a source's list."""

    number: int
    """1 for the first."""
    began: str
    """Instant when the first page was read, as stored."""
    before: str | None
    """The same of the visit before; only where this page is the first."""
    is_first_page: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is held of a page and of the readings that its headlines were last seen in."""

    entries: tuple[HeldEntry, ...]
    before: frozenset[int]
    """Ids of those last seen before this visit."""


def begin(db: "Database", page: ListPage, *, asked: str, source_id: int, now: datetime) -> Visit:
    """Give the visit that a page belongs to, begun by the source's first page."""
    row = db.execute(
        "SELECT key, door_key, listed_at, visits FROM sources WHERE id = ?", (source_id,)
    ).fetchone()
    if row is None:
        # Storing will say so, in SQLite's words about foreign keys.
        return Visit(number=1, began=instant(now), before=None, is_first_page=True)
    own = {row["key"], row["door_key"]}
    first = bool(own & {page_key(asked) or asked, page_key(page.url) or page.url})
    listed = text_or_none(row["listed_at"])
    if listed is not None and (not first or instant(now) <= listed):
        return Visit(number=row["visits"], began=listed, before=None, is_first_page=first)
    db.execute(
        "UPDATE sources SET listed_at = ?, visits = visits + 1 WHERE id = ?",
        (instant(now), source_id),
    )
    return Visit(number=row["visits"] + 1, began=instant(now), before=listed, is_first_page=first)


def is_past(db: "Database", *, source_id: int, seen: datetime) -> bool:
    """Tell whether a list was read at a later moment already: `seen` begins no visit of it."""
    row = db.execute("SELECT listed_at FROM sources WHERE id = ?", (source_id,)).fetchone()
    listed = text_or_none(row["listed_at"]) if row else None
    return listed is not None and instant(seen) < listed


def known_headlines(db: "Database", page: ListPage, *, source_id: int) -> dict[int, int]:
    """Give index on the page ▸ id of the headline that is held, also under another link by now."""
    listed = Visit(number=0, began=instant(FURTHEST), before=None, is_first_page=True)
    entries = held(db, page, source_id=source_id, visit=listed).entries
    ids = {entry.identity: entry.id for entry in entries}
    here = enumerate(identities(page))
    relinked = {
        change.entry: change.held.id
        for change in compare(entries, page)
        if change.kind is ChangeKind.RELINKED and change.entry is not None and change.held
    }
    return {index: ids[identity] for index, identity in here if identity in ids} | relinked


def held(db: "Database", page: ListPage, *, source_id: int, visit: Visit) -> Held:
    """Give what is held of a page, with the whole readings that its headlines were last seen in.

    However long the list's history is, it is as much as a few pages hold.
    """
    keys = json.dumps(sorted(set(identities(page))))
    known = db.execute(
        "SELECT * FROM headlines WHERE source_id = ? "
        "AND identity IN (SELECT value FROM json_each(?))",
        (source_id, keys),
    ).fetchall()
    readings = {(row["last_seen"], row["listed_on"]) for row in known if row["listed_on"]}
    if visit.before is not None:
        readings.add((visit.before, storable(page.url)))
    found = {row["id"]: row for row in known}
    for last_seen, listed_on in sorted(readings):
        if last_seen < visit.began:
            found |= {row["id"]: row for row in _reading(db, source_id, last_seen, listed_on)}
    before = frozenset(key for key, row in found.items() if row["last_seen"] < visit.began)
    pages = _in_a_row(db, source_id, [found[key] for key in before])
    entries = tuple(_entry(found[key], pages, is_before=key in before) for key in sorted(found))
    return Held(entries=entries, before=before)


def _in_a_row(db: "Database", source_id: int, rows: Iterable[Stored]) -> dict[Seen, Seen]:
    """Give page as it was read ▸ the first of those that the same visit read in a row with it.

    Where two pages meet, a headline stood between others as much as within a page.
    """
    visits = {_seen(row): row["visit"] for row in rows}
    first: dict[Seen, Seen] = {}
    above: Seen | None = None
    for seen, visit in sorted(visits.items(), key=lambda pair: pair[0]):
        joins = above is not None and visit is not None and visits[above] == visit
        if above is not None and joins and not _read_between(db, source_id, above, seen):
            first[seen] = first[above]
        else:
            first[seen] = seen
        above = seen
    return first


def _read_between(db: "Database", source_id: int, above: Seen, below: Seen) -> bool:
    found = db.execute(
        "SELECT 1 FROM headlines WHERE source_id = ? AND last_seen > ? AND last_seen < ? LIMIT 1",
        (source_id, above[0], below[0]),
    )
    return found.fetchone() is not None


def _seen(row: Stored) -> Seen:
    return (str(row["last_seen"]), str(row["listed_on"]))


def _reading(db: "Database", source_id: int, last_seen: str, listed_on: str) -> list[Stored]:
    rows: list[Stored] = db.execute(
        "SELECT * FROM headlines WHERE source_id = ? AND last_seen = ? AND listed_on = ?",
        (source_id, last_seen, listed_on),
    ).fetchall()
    return rows


def _entry(row: Stored, pages: Mapping[Seen, Seen], *, is_before: bool) -> HeldEntry:
    seen = _seen(row)
    place = number_or_none(row["place"])
    # What this visit has seen already is judged by no place.
    return HeldEntry(
        id=number(row["id"]),
        identity=str(row["identity"]),
        headline=headline(row),
        reading=" ".join(pages.get(seen, seen)),
        place=(_rank(seen, pages), place) if is_before and place is not None else None,
        withdrawn=row["withdrawn_at"] is not None,
    )


def _rank(seen: Seen, pages: Mapping[Seen, Seen]) -> int:
    return sum(other < seen and first == pages[seen] for other, first in pages.items())


def write(
    db: "Database",
    changes: Sequence[Change],
    page: ListPage,
    placed: Mapping[int, int],
    *,
    source_id: int,
    visit: Visit,
    now: datetime,
) -> None:
    """Write what changed; `placed` is index on the page ▸ id of the headline that is stored."""
    added = _is_added(db, changes, page, source_id, visit)
    rows: list[Row] = []
    for change in changes:
        if change.held is not None and change.kind is ChangeKind.RETURNED:
            if _only_moved(db, change.held.id, visit):
                continue
        elif change.held is not None and change.kind is ChangeKind.WITHDRAWN:
            db.execute(
                "UPDATE headlines SET withdrawn_at = ? WHERE id = ?",
                (instant(now), change.held.id),
            )
        elif change.kind is ChangeKind.ADDED and change.entry not in added:
            continue
        headline_id = placed[change.entry] if change.held is None else change.held.id  # type: ignore[index]  # what is added stands on the page
        old, new = _values(change, page)
        rows.append(
            {
                "source_id": source_id,
                "headline_id": headline_id,
                "kind": change.kind.value,
                "at": instant(now),
                "old": old,
                "new": storable(new) if new is not None else None,
            }
        )
    if rows:
        db.table("list_changes").insert_all(rows)


def _only_moved(db: "Database", headline_id: int, visit: Visit) -> bool:
    """Take a withdrawal back; gives whether it was this visit's, on a page above this one.

    Then the headline had only gone on to the next page, and it was never withdrawn.
    """
    db.execute("UPDATE headlines SET withdrawn_at = NULL WHERE id = ?", (headline_id,))
    undone = db.execute(
        "DELETE FROM list_changes WHERE headline_id = ? AND kind = 'withdrawn' AND at >= ?",
        (headline_id, visit.began),
    )
    return bool(undone.rowcount)


def _is_added(
    db: "Database", changes: Sequence[Change], page: ListPage, source_id: int, visit: Visit
) -> frozenset[int]:
    """Give the indexes of what is new to the list, not only to us."""
    fresh = {c.entry for c in changes if c.kind is ChangeKind.ADDED and c.entry is not None}
    if visit.number <= 1 or not fresh:
        return frozenset()
    if visit.is_first_page and page.older is None:
        return frozenset(fresh)
    known = [index for index in range(len(page.headlines)) if index not in fresh]
    if known:
        return frozenset(index for index in fresh if index < known[-1])
    return frozenset() if _met_known(db, source_id, visit) else frozenset(fresh)


def _met_known(db: "Database", source_id: int, visit: Visit) -> bool:
    """Tell whether this visit has come to what earlier ones have seen."""
    met = db.execute(
        "SELECT 1 FROM headlines WHERE source_id = ? AND last_seen >= ? AND first_seen < ? LIMIT 1",
        (source_id, visit.began, visit.began),
    )
    return met.fetchone() is not None


def _values(change: Change, page: ListPage) -> tuple[str | None, str | None]:
    """Give what is kept of a change: the value before, and the one now."""
    before = change.held.headline if change.held else None
    now = page.headlines[change.entry] if change.entry is not None else None
    if change.kind is ChangeKind.REDATED:
        old, new = (line and line.published for line in (before, now))
        return (old.isoformat() if old else None, new.isoformat() if new else None)
    if change.kind is ChangeKind.RELINKED:
        return (before.url if before else None, now.url if now else None)
    gone, come = change.kind is ChangeKind.WITHDRAWN, change.kind is ChangeKind.RETURNED
    return (
        before.title if before and not come else None,
        now.title if now and not gone else None,
    )


def changes(
    raw: sqlite3.Connection,
    *,
    source_id: int | None,
    headline_id: int | None,
    since: str | None,
    limit: int | None,
) -> tuple[StoredChange, ...]:
    """Give what changed, newest first; of one instant in the order in which it was found."""
    asked = {
        "list_changes.source_id = ?": source_id,
        "headline_id = ?": headline_id,
        "at >= ?": since,
    }
    wanted = {condition: value for condition, value in asked.items() if value is not None}
    where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
    rows = raw.execute(
        "SELECT list_changes.*, headlines.title, headlines.url FROM list_changes "  # noqa: S608 - ours
        f"JOIN headlines ON headlines.id = headline_id {where} "
        "ORDER BY at DESC, list_changes.id LIMIT ?",
        (*wanted.values(), -1 if limit is None else limit),
    )
    return tuple(_change(row) for row in rows)


def _change(row: Stored) -> StoredChange:
    return StoredChange(
        id=number(row["id"]),
        source_id=number(row["source_id"]),
        headline_id=number(row["headline_id"]),
        kind=ChangeKind(str(row["kind"])),
        at=moment(row["at"]),
        old=text_or_none(row["old"]),
        new=text_or_none(row["new"]),
        title=str(row["title"]),
        url=text_or_none(row["url"]),
    )
