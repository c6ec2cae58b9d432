"""Every URL's state: what is to be fetched, who has undertaken it, how it went.

A row's `due_at` alone says when it may be claimed: at once or later for one that is due or failed,
when the lease ends for one that is claimed (so a killed crawl's claims come back by themselves),
never where it is NULL. A claim's `serial` keeps a process whose lease has ended from closing what
another has claimed since.

URLs are identified by their page key; the address first found is the one that is fetched.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archive import mementos
from archive.connection import Connection
from archive.held import FailureCount
from archive.records import Claim, FrontierEntry, PageKind, UrlState, Validators, Verdict
from archive.rows import (
    Row,
    Stored,
    instant,
    moment,
    moment_or_none,
    number,
    number_or_none,
    storable,
    text_or_none,
)
from archive.schedule import PRIORITY
from archive.urls import canonical_url, host, page_key

if TYPE_CHECKING:
    from sqlite_utils import Database

# Rows that are looked at in the order in which they became due. Behind more than so many of a host
# that waits, the others are found host by host: a claim never walks through a million.
LOOK_AHEAD = 500
# Below every priority: what is looked for comes behind it.
FIRST_PRIORITY = -(2**63)

CLAIMED_COLUMNS = (
    "id, url, kind, source_id, attempts, claims, found_on, etag, last_modified, read_by, digest, "
    "read_at, host"
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
            source_ids=None if source_ids is None else frozenset(source_ids),
            without_lists_of=frozenset(without_lists_of),
        )
        with self._connection.writing() as db:
            _fill(db, room, now)
            db.execute(
                "UPDATE frontier SET state = 'claimed', due_at = ?, attempts = attempts + 1, "
                "claims = claims + 1 WHERE id IN (SELECT value FROM json_each(?))",
                (instant(now + lease), json.dumps(list(room.rows))),
            )
        return tuple(_claim(row) for row in room.rows.values())

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
        dead: bool = False,
    ) -> bool:
        """Close a claim whose page could not be had: failed, gone or refused.

        It is claimed again from `retry_at` on; never where that is None. A `dead` link is looked up
        in a web archive. See `close`.
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
                dead=dead,
            )

    def visited(
        self,
        entry: FrontierEntry,
        *,
        at: datetime,
        verdict: Verdict,
        status: int,
        final_url: str,
        now: datetime,
        kept: bool,
    ) -> None:
        """Note that a page was fetched by somebody else, and what it was read as.

        One that is due stays so unless it was `kept`; what was fetched since, is being fetched, or
        is refused stays as it is, and so does a list.
        """
        row = _entry_row(entry, now)
        if row is None:
            return
        told = {
            "state": UrlState.DONE.value,
            "due_at": None,
            "visited_at": instant(at),
            "status": status,
            "verdict": verdict.kind.value,
            "reason": storable(verdict.reason),
            "final_url": storable(final_url),
        }
        names = ", ".join(row | told)
        marks = ", ".join(f":{name}" for name in row | told)
        settings = ", ".join(f"{name} = :{name}" for name in told)
        with self._connection.writing() as db:
            db.execute(
                f"INSERT INTO frontier ({names}) VALUES ({marks}) "  # noqa: S608 - our own names
                f"ON CONFLICT (key) DO UPDATE SET {settings} WHERE :kept AND kind <> 'list' "
                "AND state NOT IN ('claimed', 'refused') "
                "AND (visited_at IS NULL OR visited_at < :visited_at)",
                row | told | {"kept": int(kept)},
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

    def claimable(
        self, *, now: datetime, source_ids: Sequence[int] | None = None, at_most: int = -1
    ) -> int:
        """Count what a claim could take now, up to `at_most` of each priority (-1: all)."""
        where, values = _of_sources(source_ids)
        sql = (
            "SELECT count(*) FROM (SELECT 1 FROM frontier "  # noqa: S608 - constants
            f"WHERE priority = ? AND due_at <= ? {where} LIMIT ?)"
        )
        with self._connection.reading() as raw:
            return sum(
                number(raw.execute(sql, (priority, instant(now), *values, at_most)).fetchone()[0])
                for priority in _priorities(raw)
            )

    def waiting(
        self, source_id: int, *, now: datetime, at_most: int
    ) -> tuple[int, tuple[str, ...]]:
        """Count what a crawl would fetch now because of a source; gives its first addresses, too.

        Its list's first page is not among them: whether that is visited, its rhythm decides. What a
        killed crawl has claimed is.
        """
        sql = (
            "SELECT url FROM frontier WHERE source_id = ? AND (due_at <= ? OR state = 'claimed') "
            "AND NOT (kind = 'list' AND found_on IS NULL) ORDER BY priority, due_at, id"
        )
        with self._connection.reading() as raw:
            found = [row[0] for row in raw.execute(sql, (source_id, instant(now)))]
        return len(found), tuple(found[:at_most])

    def next_due(self, *, source_ids: Sequence[int] | None = None) -> datetime | None:
        """Say when the next URL may be claimed; None when none ever will."""
        where, values = _of_sources(source_ids)
        sql = (
            "SELECT min(due_at) FROM frontier "  # noqa: S608 - constants
            f"WHERE priority = ? AND due_at > '' {where}"
        )
        with self._connection.reading() as raw:
            found = [raw.execute(sql, (each, *values)).fetchone()[0] for each in _priorities(raw)]
        return min((moment(due) for due in found if due), default=None)

    def failures(self, *, limit: int = 20) -> tuple[FailureCount, ...]:
        """Count what ended otherwise than in a kept page, by state and reason, commonest first.

        Those whose page is kept from a web archive come first, whatever their reasons.
        """
        sql = (
            "SELECT state, iif(is_kept, 'kept from the web archive', reason) AS reason, "
            "count(*) AS n, min(url), min(due_at), is_kept FROM ("
            "SELECT frontier.*, EXISTS (SELECT 1 FROM mementos "
            "WHERE mementos.key = frontier.key AND mementos.state = 'found') AS is_kept "
            "FROM frontier WHERE state IN ('failed', 'gone', 'refused') "
            "OR (state = 'done' AND verdict <> 'list' AND key NOT IN (SELECT key FROM addresses))) "
            "GROUP BY 1, 2, is_kept ORDER BY is_kept DESC, n DESC, 1, 2 LIMIT ?"
        )
        with self._connection.reading() as raw:
            rows = raw.execute(sql, (limit,)).fetchall()
        return tuple(
            FailureCount(
                state=UrlState(row[0]),
                reason=row[1] or "no reason given",
                count=row[2],
                example=row[3],
                next_try=moment_or_none(row[4]),
                kept=bool(row[5]),
            )
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
    dead: bool = False,
) -> bool:
    """Write how a claim went, inside the caller's transaction; a `dead` link is to be looked up.

    Gives False, and writes nothing, where the lease had ended and another has claimed the URL.
    """
    cursor = db.execute(
        "UPDATE frontier SET state = :state, due_at = :due_at, reason = :reason, status = :status, "
        "verdict = :verdict, final_url = :final_url, visited_at = :now, "
        "etag = :etag, last_modified = :last_modified, read_by = :read_by, digest = :digest, "
        "read_at = iif(:read_by IS NULL, NULL, :now), "
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
    if dead and cursor.rowcount == 1:
        mementos.note(db, claim, now=now)
    return cursor.rowcount == 1


def _validator_columns(validators: Validators | None) -> Row:
    return {
        "etag": validators.etag if validators else None,
        "last_modified": validators.last_modified if validators else None,
        "read_by": validators.reader if validators else None,
        "digest": validators.digest if validators else None,
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
    """What may still be claimed: how much in all and of each host, and of which sources."""

    left: int
    per_host: int
    taken: Counter[str | None]
    closed: frozenset[str]
    source_ids: frozenset[int] | None
    without_lists_of: frozenset[int]
    rows: dict[int, Stored] = field(default_factory=dict)
    """What was taken in, by id."""

    def at(self, of: str | None) -> int:
        """Give how many pages of a host there is room for."""
        return 0 if of in self.closed else min(self.left, self.per_host - self.taken[of])

    def is_chosen(self, source_id: int | None) -> bool:
        """Tell whether pages are claimed that a source led to."""
        return self.source_ids is None or source_id in self.source_ids

    def take(self, row: Stored) -> None:
        """Take a row in, if it is wanted and there is room for it and its host."""
        of, source_id = text_or_none(row["host"]), number_or_none(row["source_id"])
        left_alone = row["kind"] == PageKind.LIST and source_id in self.without_lists_of
        if self.at(of) <= 0 or left_alone or not self.is_chosen(source_id):
            return
        if self.rows.setdefault(number(row["id"]), row) is row:
            self.left -= 1
            self.taken[of] += 1


def _fill(db: "Database", room: _Room, now: datetime) -> None:
    """Take in what is due, one priority after the other, what has waited longest first.

    Within one priority an index gives what is due and nothing else. Where all of its beginning is
    of hosts that have had their share, or of other sources, the others are looked for by name: a
    million pages of one host keep no other waiting, and are not walked through.
    """
    due = (
        f"SELECT {CLAIMED_COLUMNS} FROM frontier "  # noqa: S608 - constant
        f"WHERE priority = ? AND due_at <= ? ORDER BY due_at, id LIMIT {LOOK_AHEAD}"
    )
    for priority in _priorities(db):
        if room.left <= 0:
            return
        seen = 0
        for row in db.execute(due, (priority, instant(now))):
            seen += 1
            room.take(row)
            if room.left <= 0:
                return
        if seen == LOOK_AHEAD:
            _fill_by_host(db, room, now, priority)


def _fill_by_host(db: "Database", room: _Room, now: datetime, priority: int) -> None:
    """Take in what is due of every host that has room."""
    due = (
        f"SELECT {CLAIMED_COLUMNS} FROM frontier "  # noqa: S608 - constant
        "WHERE priority = ? AND host = ? AND source_id IS ? AND due_at <= ? "
        "AND NOT (kind = 'list' AND source_id IN (SELECT value FROM json_each(?))) "
        "AND id NOT IN (SELECT value FROM json_each(?)) ORDER BY due_at, id LIMIT ?"
    )
    without = json.dumps(list(room.without_lists_of))
    for of in _hosts(db, priority):
        for source_id in _sources_at(db, priority, of) if room.at(of) > 0 else ():
            if not room.is_chosen(source_id):
                continue
            held, most = json.dumps(list(room.rows)), room.at(of)
            values = (priority, of, source_id, instant(now), without, held, most)
            for row in db.execute(due, values).fetchall():
                room.take(row)
        if room.left <= 0:
            return


def _hosts(db: "Database", priority: int) -> Iterator[str]:
    """Give the hosts with pages of a priority, each found in the index behind the one before."""
    sql = "SELECT min(host) FROM frontier WHERE priority = ? AND host > ? AND due_at IS NOT NULL"
    of = ""
    while (found := db.execute(sql, (priority, of)).fetchone()[0]) is not None:
        yield (of := str(found))


def _sources_at(db: "Database", priority: int, of: str) -> Iterator[int | None]:
    """Give the sources that led to a host's pages of a priority; None for what none led to."""
    sql = (
        "SELECT min(source_id) FROM frontier "
        "WHERE priority = ? AND host = ? AND source_id > ? AND due_at IS NOT NULL"
    )
    yield None
    source_id = -1
    while (found := db.execute(sql, (priority, of, source_id)).fetchone()[0]) is not None:
        yield (source_id := number(found))


def _priorities(db: "Database | sqlite3.Connection") -> Iterator[int]:
    """Give the priorities of what may be claimed now or later, the soonest first."""
    sql = "SELECT min(priority) FROM frontier WHERE due_at IS NOT NULL AND priority > ?"
    priority = FIRST_PRIORITY
    while (found := db.execute(sql, (priority,)).fetchone()[0]) is not None:
        yield (priority := number(found))


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
        digest=text_or_none(row["digest"]),
        read_at=moment_or_none(row["read_at"]),
    )
