"""What each crawl did, kept for `health` and `backfile status`: written along, read back.

Functions that write run in the caller's transaction. It judges nothing.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from archive import rows
from archive.errors import UsageError
from archive.health import (
    ARRIVALS,
    VISITS,
    Health,
    HealthState,
    ListTrouble,
    Visit,
    can_be_accepted,
    judge,
    lost_since,
    needed_since,
)

if TYPE_CHECKING:
    from sqlite_utils import Database


# Crawls are kept for so long, a year and what a late look at it takes, and of a source at least its
# last ones, however seldom it is visited.
KEPT_FOR = timedelta(days=400)
KEPT_VISITS = 100


class CrawlEnding(StrEnum):
    """How a crawl ended."""

    DONE = "done"
    STOPPED = "stopped"
    """By a signal."""
    MAX_TIME = "max-time"
    FAILED = "failed"
    """The archive could not be written, or the like."""
    KILLED = "killed"
    """The next crawl found its record open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlTotals:
    """What a crawl did in all."""

    pages: int = 0
    articles: int = 0
    """New ones."""
    failed: int = 0
    bytes: int = 0
    """Of answers, as they came over the network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """One crawl as it is held."""

    id: int
    started_at: datetime
    seen_at: datetime
    """When its record was last written."""
    ended_at: datetime | None
    """None while it runs, and of one that was killed."""
    ended: CrawlEnding | None
    """None while it runs, or until the next crawl finds that it was killed."""
    version: str
    """The program's."""
    totals: CrawlTotals
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is remembered of one source's crawls."""

    visits: tuple[Visit, ...] = ()
    """The last ones, the newest last."""
    arrivals: tuple[datetime, ...] = ()
    """When the last crawls began that brought new headlines, the newest last."""
    accepted: datetime | None = None
    """When its owner said that what its list brings is normal; None where never."""

    def judged(self, now: datetime) -> Health:
        """Say how the source stands."""
        return judge(self.visits, arrivals=self.arrivals, accepted=self.accepted, now=now)


def begin(db: "Database", *, version: str, now: datetime) -> int:
    """Begin a crawl's record; gives its id. One that is open still belongs to a killed crawl.

    The first of a day takes out what is old, see `prune`.
    """
    newest = last(db.conn)
    if newest is not None and newest.started_at.date() != now.date():
        prune(db, now=now)
    db.execute("UPDATE crawls SET ended = ? WHERE ended IS NULL", (CrawlEnding.KILLED.value,))
    at = rows.instant(now)
    cursor = db.conn.execute(
        "INSERT INTO crawls (started_at, seen_at, version, pages, articles, failed, bytes, seconds)"
        " VALUES (?, ?, ?, 0, 0, 0, 0, 0)",
        (at, at, version),
    )
    return int(cursor.lastrowid or 0)


def write(
    db: "Database",
    crawl_id: int,
    totals: CrawlTotals,
    visits: Mapping[int, Visit],
    *,
    now: datetime,
    ended: CrawlEnding | None = None,
) -> None:
    """Write how far a crawl has come, and with `ended` that it is over.

    `visits` are those of the sources that it had to do with, by their ids.
    """
    at = rows.instant(now)
    db.execute(
        "UPDATE crawls SET seen_at = :at, ended = :ended, ended_at = :ended_at, pages = :pages, "
        "articles = :articles, failed = :failed, bytes = :bytes, "
        "seconds = max(0, round((julianday(:at) - julianday(started_at)) * 86400, 3)) "
        "WHERE id = :id",
        {
            "id": crawl_id,
            "at": at,
            "ended": ended.value if ended else None,
            "ended_at": at if ended else None,
            "pages": totals.pages,
            "articles": totals.articles,
            "failed": totals.failed,
            "bytes": totals.bytes,
        },
    )
    db.conn.executemany(_PUT, [_row(crawl_id, key, visit) for key, visit in visits.items()])


_COLUMNS = (
    "source_id",
    "crawl_id",
    "list_pages",
    "unchanged_lists",
    "list_trouble",
    "list_reason",
    "headlines",
    "first_page",
    "undated",
    "new_headlines",
    "pages",
    "new_articles",
    "changed_articles",
    "unchanged_articles",
    "first_tries",
    "walls",
    "failed",
    "refused",
    "failures",
    "bytes",
    "seconds",
)
_SET = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[2:])
_MARKS = ", ".join(f":{name}" for name in _COLUMNS)
# Where the list was read goes with it: one that is read elsewhere now is another list.
_PUT = (
    f"INSERT INTO crawl_sources (list_key, {', '.join(_COLUMNS)}) "  # noqa: S608 - our own names
    f"SELECT coalesce(door_key, key), {_MARKS} FROM sources WHERE id = :source_id "
    f"ON CONFLICT (source_id, crawl_id) DO UPDATE SET {_SET}"
)
# The last visits, and the last one up to the end of each day before them: an hourly job's twenty
# would be forgotten within a day. `days` are the last crawls of all days.
_VISITS = """
SELECT crawl_sources.*, started_at FROM crawl_sources JOIN crawls ON crawls.id = crawl_id
WHERE source_id = :id AND list_key = (SELECT coalesce(door_key, key) FROM sources WHERE id = :id)
AND crawl_id IN (
    SELECT * FROM (
        SELECT crawl_id FROM crawl_sources WHERE source_id = :id ORDER BY crawl_id DESC LIMIT :most
    )
    UNION
    SELECT (
        SELECT max(crawl_id) FROM crawl_sources WHERE source_id = :id AND crawl_id <= value
    ) FROM json_each(:days)
)
ORDER BY crawl_id
"""
_ARRIVALS = """
SELECT started_at FROM crawl_sources INDEXED BY idx_crawl_sources_arrivals
JOIN crawls ON crawls.id = crawl_id
WHERE source_id = :id AND list_key = (SELECT coalesce(door_key, key) FROM sources WHERE id = :id)
AND new_headlines > 0 ORDER BY crawl_id DESC LIMIT :most
"""


def _row(crawl_id: int, source_id: int, visit: Visit) -> rows.Row:
    return {
        "source_id": source_id,
        "crawl_id": crawl_id,
        "list_pages": visit.list_pages,
        "unchanged_lists": visit.unchanged_lists,
        "list_trouble": visit.list_trouble.value if visit.list_trouble else None,
        "list_reason": rows.storable(visit.list_reason) if visit.list_reason else None,
        "headlines": visit.headlines,
        "first_page": visit.first_page,
        "undated": visit.undated,
        "new_headlines": visit.new_headlines,
        "pages": visit.pages,
        "new_articles": visit.new_articles,
        "changed_articles": visit.changed_articles,
        "unchanged_articles": visit.unchanged_articles,
        "first_tries": visit.first_tries,
        "walls": visit.walls,
        "failed": visit.failed,
        "refused": visit.refused,
        "failures": json.dumps(dict(sorted(visit.failures.items()))) if visit.failures else None,
        "bytes": visit.bytes,
        "seconds": round(visit.seconds, 3),
    }


def _visit(row: rows.Stored) -> Visit:
    trouble = rows.text_or_none(row["list_trouble"])
    return Visit(
        at=rows.moment(row["started_at"]),
        list_pages=rows.number(row["list_pages"]),
        unchanged_lists=rows.number(row["unchanged_lists"]),
        list_trouble=ListTrouble(trouble) if trouble else None,
        list_reason=rows.text_or_none(row["list_reason"]),
        headlines=rows.number(row["headlines"]),
        first_page=rows.number_or_none(row["first_page"]),
        undated=rows.number(row["undated"]),
        new_headlines=rows.number(row["new_headlines"]),
        pages=rows.number(row["pages"]),
        new_articles=rows.number(row["new_articles"]),
        changed_articles=rows.number(row["changed_articles"]),
        unchanged_articles=rows.number(row["unchanged_articles"]),
        first_tries=rows.number(row["first_tries"]),
        walls=rows.number(row["walls"]),
        failed=rows.number(row["failed"]),
        refused=rows.number(row["refused"]),
        failures=json.loads(str(row["failures"])) if row["failures"] else {},
        bytes=rows.number(row["bytes"]),
        seconds=float(row["seconds"] or 0),
    )


def last(raw: sqlite3.Connection) -> Crawl | None:
    """Give the last crawl, be it running; None before any."""
    row = raw.execute("SELECT * FROM crawls ORDER BY id DESC LIMIT 1").fetchone()
    if row is None:
        return None
    return Crawl(
        id=row["id"],
        started_at=rows.moment(row["started_at"]),
        seen_at=rows.moment(row["seen_at"]),
        ended_at=rows.moment_or_none(row["ended_at"]),
        ended=CrawlEnding(row["ended"]) if row["ended"] else None,
        version=row["version"],
        totals=CrawlTotals(
            pages=row["pages"],
            articles=row["articles"],
            failed=row["failed"],
            bytes=row["bytes"],
        ),
        seconds=row["seconds"],
    )


def records(raw: sqlite3.Connection, source_ids: Iterable[int]) -> dict[int, Record]:
    """Give source id ▸ what is remembered of its crawls, since its list is read where it is now."""
    by_day = raw.execute("SELECT max(id) FROM crawls GROUP BY substr(started_at, 1, 10)").fetchall()
    days = json.dumps([row[0] for row in by_day])
    return {source_id: _record(raw, source_id, days) for source_id in source_ids}


def _record(raw: sqlite3.Connection, source_id: int, days: str) -> Record:
    asked = {"id": source_id, "most": VISITS, "days": days}
    visits = raw.execute(_VISITS, asked).fetchall()
    arrivals = raw.execute(_ARRIVALS, {"id": source_id, "most": ARRIVALS}).fetchall()
    row = raw.execute("SELECT accepted_at FROM sources WHERE id = ?", (source_id,)).fetchone()
    return Record(
        visits=tuple(_visit(row) for row in visits),
        arrivals=tuple(rows.moment(row["started_at"]) for row in reversed(arrivals)),
        accepted=rows.moment_or_none(row["accepted_at"]) if row else None,
    )


def accept(db: "Database", source_id: int, *, now: datetime) -> Health:
    """Have what a source brings be normal from now on; gives how it stood.

    Its owner is not told that it is well again. Raises UsageError where that would not make it so.
    """
    record = records(db.conn, [source_id])[source_id]
    health = record.judged(now)
    # What was visited by a clock that goes ahead is accepted with the rest.
    at = max([now, *(visit.at for visit in record.visits)])
    db.execute("UPDATE sources SET accepted_at = ? WHERE id = ?", (rows.instant(at), source_id))
    db.execute(
        "UPDATE notices SET state = ?, reason = 'accepted by its owner', told_at = ? "
        "WHERE source_id = ?",
        (HealthState.WELL.value, rows.instant(now), source_id),
    )
    if not can_be_accepted(health, record.visits, arrivals=record.arrivals, now=at):
        raise UsageError(
            f"source {source_id} is {health.state.value} ({health.reason}): "
            "only what its list brings can be said to be normal"
        )
    return health


# The last news stays: a list's rhythm may be one of years.
_PRUNE = """
DELETE FROM crawl_sources WHERE source_id = :id AND crawl_id < :first
AND crawl_id NOT IN (
    SELECT crawl_id FROM crawl_sources INDEXED BY idx_crawl_sources_arrivals
    WHERE source_id = :id AND new_headlines > 0 ORDER BY crawl_id DESC LIMIT :arrivals
)
"""
# Of a source's last crawls the first, and of the crawls since an instant.
_FIRST = """
SELECT min(last, coalesce((SELECT min(id) FROM crawls WHERE started_at >= :since), last)) FROM (
    SELECT min(crawl_id) AS last FROM (
        SELECT crawl_id FROM crawl_sources WHERE source_id = :id ORDER BY crawl_id DESC LIMIT :most
    )
)
"""


def prune(db: "Database", *, now: datetime) -> None:
    """Take out what is remembered of crawls that are long ago, and needed by no judgement."""
    raw = db.conn
    since = now - KEPT_FOR
    found = raw.execute("SELECT max(id) FROM crawls WHERE started_at < ?", (rows.instant(since),))
    old = found.fetchone()[0]
    if old is None:
        return
    sources = raw.execute(
        "SELECT id FROM sources WHERE EXISTS "
        "(SELECT 1 FROM crawl_sources WHERE source_id = sources.id AND crawl_id <= ?)",
        (old,),
    ).fetchall()
    for source_id, record in records(raw, [row["id"] for row in sources]).items():
        first = _first_kept(raw, source_id, record, since)
        if first is not None:
            raw.execute(_PRUNE, {"id": source_id, "first": first, "arrivals": ARRIVALS})
    raw.execute(
        "DELETE FROM crawls WHERE id <= ? AND id NOT IN (SELECT crawl_id FROM crawl_sources)",
        (old,),
    )


def _first_kept(
    raw: sqlite3.Connection, source_id: int, record: Record, since: datetime
) -> int | None:
    """Give the first crawl that is to be remembered of a source; None where all of them are.

    Where a list would be judged otherwise by what is left, all of it stays: three great days say
    less of what is usual than the three months before them.
    """
    accepted = record.accepted
    needed = needed_since(record.visits, accepted=accepted)
    bound = rows.instant(min(since, needed or since))
    asked = {"id": source_id, "most": KEPT_VISITS, "since": bound}
    first = raw.execute(_FIRST, asked).fetchone()[0]
    if first is None:
        return None
    row = raw.execute("SELECT started_at FROM crawls WHERE id = ?", (first,)).fetchone()
    left = [visit for visit in record.visits if visit.at >= rows.moment(row["started_at"])]
    lost = lost_since(record.visits, accepted=accepted)
    return rows.number(first) if lost_since(left, accepted=accepted) == lost else None


def told(raw: sqlite3.Connection) -> dict[int, HealthState]:
    """Give source id ▸ what its owner was last told of it."""
    found = raw.execute("SELECT source_id, state FROM notices")
    return {row["source_id"]: HealthState(row["state"]) for row in found}


def note_told(db: "Database", judged: Mapping[int, Health], *, now: datetime) -> None:
    """Remember what the owner was told."""
    db.conn.executemany(
        "INSERT INTO notices (source_id, state, reason, told_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (source_id) DO UPDATE SET state = excluded.state, reason = excluded.reason, "
        "told_at = excluded.told_at",
        [
            (source_id, health.state.value, rows.storable(health.reason), rows.instant(now))
            for source_id, health in judged.items()
        ],
    )
