"""Every URL's state: what is to be fetched, who has undertaken it, how it went.

A row's `due_at` alone says when it may be claimed: at once or later for one that is due or failed,
when the lease ends for one that is claimed (so a killed crawl's claims come back by themselves),
never where it is NULL. A claim's `serial` keeps a process whose lease has ended from closing what
another has claimed since.

URLs are identified by their page key; the address first found is the one that is fetched.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archive.connection import Connection
from archive.records import (
    Claim,
    FailureCount,
    FrontierEntry,
    PageKind,
    UrlState,
    Validators,
    Verdict,
)
from archive.rows import (
    Row,
    Stored,
    instant,
    moment,
    number,
    number_or_none,
    storable,
    text_or_none,
)
from archive.schedule import PRIORITY
from archive.urls import canonical_url, host, page_key

if TYPE_CHECKING:
    from sqlite_utils import Database

# Rows that are looked at for hosts with room. Behind more than so many of a host that waits, the
# others wait, too; without a bound a claim would walk through a million.
LOOK_AHEAD = 500

CLAIMED_COLUMNS = (
    "id, url, kind, source_id, attempts, claims, found_on, etag, last_modified, read_by, host"
)


class Frontier:
    """The URLs of one archive. Every public method is one transaction; raises ArchiveError."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, entries: Iterable[FrontierEntry], *, now: datetime) -> int:
        """Add pages to be fetched; known ones stay as they are. Gives how many are new."""
        with self._connection.writing() as db:
            return insert(db, entries, now=now)

    def make_due(self, entry: FrontierEntry, *, now: datetime) -> bool:
        """Have a page fetched (again), known or not; False while another process has it claimed."""
        with self._connection.writing() as db:
            return insert(db, [entry], now=now) == 1 or revive(db, entry.url, now=now)

    def claim(
        self,
        n: int,
        *,
        now: datetime,
        lease: timedelta,
        source_ids: Sequence[int] | None = None,
        without_lists_of: Sequence[int] = (),
        without_hosts: Sequence[str] = (),
        per_host: int | None = None,
        claimed: Sequence[Claim] = (),
    ) -> tuple[Claim, ...]:
        """Undertake to fetch up to `n` pages before the lease ends: lists, posts, then articles.

        `source_ids` limits to what those sources led to; None takes any. List pages of the sources
        in `without_lists_of` are left for another time, as is every page of `without_hosts`, and
        of any host beyond `per_host` together with those that are `claimed` already.
        """
        room = _Room(
            left=n,
            per_host=n if per_host is None else per_host,
            taken=Counter(host(claim.url) for claim in claimed),
            closed=frozenset(without_hosts),
        )
        with self._connection.writing() as db:
            rows = _soonest(db, room, now, source_ids, without_lists_of)
            db.execute(
                "UPDATE frontier SET state = 'claimed', due_at = ?, attempts = attempts + 1, "
                "claims = claims + 1 WHERE id IN (SELECT value FROM json_each(?))",
                (instant(now + lease), json.dumps([row["id"] for row in rows])),
            )
        return tuple(_claim(row) for row in rows)

    def release(self, claims: Iterable[Claim], *, now: datetime) -> None:
        """Give claims back unfetched; the attempt does not count."""
        with self._connection.writing() as db:
            for claim in claims:
                db.execute(
                    "UPDATE frontier SET state = 'due', due_at = ?, attempts = attempts - 1 "
                    "WHERE id = ? AND claims = ? AND state = 'claimed'",
                    (instant(now), claim.id, claim.serial),
                )

    def recover(self, *, now: datetime) -> int:
        """Give back every claim, whatever its lease; gives how many there were.

        Only for a process that knows that no other is fetching: it holds the crawl lock.
        """
        with self._connection.writing() as db:
            cursor = db.execute(
                "UPDATE frontier SET state = 'due', due_at = ? WHERE state = 'claimed'",
                (instant(now),),
            )
        return cursor.rowcount

    def done(self, claim: Claim, *, now: datetime, reason: str, status: int | None = None) -> bool:
        """Close a claim that needs nothing stored (the page has not changed); see `close`."""
        with self._connection.writing() as db:
            return close(db, claim, now=now, state=UrlState.DONE, reason=reason, status=status)

    def unchanged(self, claim: Claim, *, now: datetime, status: int) -> bool:
        """Close a claim whose page is as it was when it was last read; see `close`."""
        with self._connection.writing() as db:
            cursor = db.execute(
                "UPDATE frontier SET state = 'done', due_at = NULL, attempts = 0, status = ?, "
                "reason = 'not changed since it was last read', visited_at = ? "
                "WHERE id = ? AND claims = ? AND state = 'claimed'",
                (status, instant(now), claim.id, claim.serial),
            )
        return cursor.rowcount == 1

    def failed(
        self,
        claim: Claim,
        *,
        now: datetime,
        state: UrlState,
        reason: str,
        status: int | None = None,
        retry_at: datetime | None = None,
    ) -> bool:
        """Close a claim whose page could not be had: failed, gone or refused.

        It is claimed again from `retry_at` on; never where that is None. See `close`.
        """
        with self._connection.writing() as db:
            return close(
                db,
                claim,
                now=now,
                state=state,
                reason=reason,
                status=status,
                retry_at=retry_at,
            )

    def find(self, url: str) -> Claim | None:
        """Give what is known of a URL, as the claim that it last was; None where it is unknown."""
        with self._connection.reading() as raw:
            row = raw.execute(
                f"SELECT {CLAIMED_COLUMNS} FROM frontier WHERE key = ?",  # noqa: S608 - constant
                (page_key(url),),
            ).fetchone()
        return _claim(row) if row else None

    def counts(self, *, source_id: int | None = None) -> Mapping[UrlState, int]:
        """Count the URLs in each state, of one source or of all."""
        where, values = ("WHERE source_id = ?", (source_id,)) if source_id is not None else ("", ())
        sql = f"SELECT state, count(*) FROM frontier {where} GROUP BY state"  # noqa: S608 - constants
        with self._connection.reading() as raw:
            found = {UrlState(row[0]): row[1] for row in raw.execute(sql, values)}
        return {state: found.get(state, 0) for state in UrlState}

    def claimable(self, *, now: datetime, source_ids: Sequence[int] | None = None) -> int:
        """Count what a claim could take now."""
        where, values = _of_sources(source_ids)
        sql = f"SELECT count(*) FROM frontier WHERE due_at <= ? {where}"  # noqa: S608 - constants
        with self._connection.reading() as raw:
            return number(raw.execute(sql, (instant(now), *values)).fetchone()[0])

    def next_due(self, *, source_ids: Sequence[int] | None = None) -> datetime | None:
        """Say when the next URL may be claimed; None when none ever will."""
        where, values = _of_sources(source_ids)
        sql = f"SELECT min(due_at) FROM frontier WHERE due_at IS NOT NULL {where}"  # noqa: S608
        with self._connection.reading() as raw:
            due = raw.execute(sql, values).fetchone()[0]
        return moment(due) if due else None

    def failures(self, *, limit: int = 20) -> tuple[FailureCount, ...]:
        """Count what ended otherwise than in a kept page, by state and reason, commonest first."""
        sql = (
            "SELECT state, reason, count(*) AS n FROM frontier "
            "WHERE state IN ('failed', 'gone', 'refused') "
            "OR (state = 'done' AND verdict <> 'list' AND key NOT IN (SELECT key FROM addresses)) "
            "GROUP BY state, reason ORDER BY n DESC, state, reason LIMIT ?"
        )
        with self._connection.reading() as raw:
            rows = raw.execute(sql, (limit,)).fetchall()
        return tuple(
            FailureCount(state=UrlState(row[0]), reason=row[1] or "no reason given", count=row[2])
            for row in rows
        )


def insert(db: "Database", entries: Iterable[FrontierEntry], *, now: datetime) -> int:
    """Add entries inside the caller's transaction; gives how many were not known."""
    rows = [row for entry in entries if (row := _entry_row(entry, now)) is not None]
    before = db.conn.total_changes
    if rows:
        db.table("frontier").insert_all(rows, ignore=True)
    return db.conn.total_changes - before


def revive(
    db: "Database", url: str, *, now: datetime, visited_before: datetime | None = None
) -> bool:
    """Make a known URL due at once, unless it is claimed; gives whether it was.

    With `visited_before`, only where its last visit was before then.
    """
    cursor = db.execute(
        "UPDATE frontier SET state = 'due', due_at = :now, attempts = 0 "
        "WHERE key = :key AND (state <> 'claimed' OR due_at <= :now) "
        "AND (:before IS NULL OR visited_at < :before)",
        {
            "now": instant(now),
            "key": page_key(url),
            "before": instant(visited_before) if visited_before else None,
        },
    )
    return cursor.rowcount == 1


def close(
    db: "Database",
    claim: Claim,
    *,
    now: datetime,
    state: UrlState,
    reason: str,
    status: int | None = None,
    retry_at: datetime | None = None,
    verdict: Verdict | None = None,
    final_url: str | None = None,
    validators: Validators | None = None,
) -> bool:
    """Write how a claim went, inside the caller's transaction.

    Gives False, and writes nothing, where the lease had ended and another has claimed the URL.
    """
    cursor = db.execute(
        "UPDATE frontier SET state = :state, due_at = :due_at, reason = :reason, status = :status, "
        "verdict = :verdict, final_url = :final_url, visited_at = :now, "
        "etag = :etag, last_modified = :last_modified, read_by = :read_by, "
        "attempts = CASE :state WHEN 'failed' THEN attempts ELSE 0 END "
        "WHERE id = :id AND claims = :serial AND state = 'claimed'",
        {
            "state": state.value,
            "due_at": instant(retry_at) if retry_at else None,
            "reason": storable(reason),
            "status": status,
            "verdict": verdict.kind.value if verdict else None,
            "final_url": final_url,
            **_validator_columns(validators),
            "now": instant(now),
            "id": claim.id,
            "serial": claim.serial,
        },
    )
    return cursor.rowcount == 1


def _validator_columns(validators: Validators | None) -> Row:
    return {
        "etag": validators.etag if validators else None,
        "last_modified": validators.last_modified if validators else None,
        "read_by": validators.reader if validators else None,
    }


def _entry_row(entry: FrontierEntry, now: datetime) -> Row | None:
    """Give the row of an entry; None for what is no web address."""
    url = canonical_url(entry.url)
    if url is None:
        return None
    priority = PRIORITY[entry.kind] if entry.priority is None else entry.priority
    return {
        "url": url,
        "key": page_key(url),
        "kind": entry.kind.value,
        "state": UrlState.DUE.value,
        "due_at": instant(now),
        "priority": priority,
        "source_id": entry.source_id,
        "found_on": entry.found_on,
        "added_at": instant(now),
        "host": host(url),
    }


@dataclass(slots=True, kw_only=True)
class _Room:
    """How much may still be claimed, in all and of each host."""

    left: int
    per_host: int
    taken: Counter[str | None]
    closed: frozenset[str]

    def take(self, row: Stored) -> bool:
        """Take a row in, if there is room for it and its host."""
        of = text_or_none(row["host"])
        if not self.left or of in self.closed or self.taken[of] >= self.per_host:
            return False
        self.left -= 1
        self.taken[of] += 1
        return True


def _soonest(
    db: "Database",
    room: _Room,
    now: datetime,
    source_ids: Sequence[int] | None,
    without_lists_of: Sequence[int],
) -> list[Stored]:
    """Give the rows to claim, one priority after the other.

    Within one priority the index gives what is due and nothing else: what waits for a later day,
    however much it is, is not walked through.
    """
    where, values = _of_sources(source_ids)
    due = (
        f"SELECT {CLAIMED_COLUMNS} FROM frontier "  # noqa: S608 - constants
        f"WHERE priority = ? AND due_at <= ? {where} "
        "AND NOT (kind = 'list' AND source_id IN (SELECT value FROM json_each(?))) "
        f"ORDER BY due_at, id LIMIT {LOOK_AHEAD}"
    )
    values = (*values, json.dumps(list(without_lists_of)))
    rows: list[Stored] = []
    priority = _next_priority(db, None)
    while priority is not None and room.left:
        for row in db.execute(due, (priority, instant(now), *values)):
            if room.take(row):
                rows.append(row)
            elif not room.left:
                break
        priority = _next_priority(db, priority)
    return rows


def _next_priority(db: "Database", after: int | None) -> int | None:
    where, values = ("", ()) if after is None else ("AND priority > ?", (after,))
    sql = f"SELECT min(priority) FROM frontier WHERE due_at IS NOT NULL {where}"  # noqa: S608
    return number_or_none(db.execute(sql, values).fetchone()[0])


def _of_sources(source_ids: Sequence[int] | None) -> tuple[str, tuple[str, ...]]:
    if source_ids is None:
        return "", ()
    return "AND source_id IN (SELECT value FROM json_each(?))", (json.dumps(list(source_ids)),)


def _claim(row: Stored) -> Claim:
    return Claim(
        id=number(row["id"]),
        url=str(row["url"]),
        kind=PageKind(str(row["kind"])),
        source_id=number_or_none(row["source_id"]),
        attempts=number(row["attempts"]) + 1,
        serial=number(row["claims"]) + 1,
        found_on=text_or_none(row["found_on"]),
        validators=_validators(row),
    )


def _validators(row: Stored) -> Validators | None:
    if row["read_by"] is None:
        return None
    return Validators(
        etag=text_or_none(row["etag"]),
        last_modified=text_or_none(row["last_modified"]),
        reader=str(row["read_by"]),
    )
