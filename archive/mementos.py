"""Dead links and what a web archive holds of them: a queue of look-ups, and the answers.

    frontier.close ─▶ note          a link is gone: it waits to be looked up
    Mementos.next                   the one that has waited longest, with what is known so far
    Mementos.learned | postponed    after each answer: a killed crawl goes on where it was
    pages.store ─▶ found            in the transaction that stores the article
    Mementos.absent                 the web archive has none; asked again after some weeks

One process looks up, one link after the other, so a row needs no lease: it is due until it is
answered. What is asked of whom, and what an answer means, is the crawler's business.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from archive.connection import Connection
from archive.held import Known, Lookup, LookupAnswer, LookupState, Memento
from archive.records import Claim, PageKind
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
from archive.urls import page_key

if TYPE_CHECKING:
    from sqlite_utils import Database

# What a web archive lacks it seldom gets later: from other crawlers' donations. The first wait is
# four times as long each further time, up to the longest.
ABSENT_FOR = timedelta(days=30)
ABSENT_LONGEST = timedelta(days=365)
# An archive that could not be asked: soon again, and then less and less often.
TROUBLE_FOR = timedelta(hours=1)
TROUBLE_LONGEST = timedelta(days=7)
GROWTH = 4
# 4^8 hours are longer than any cap: more would only overflow.
LAST_EXPONENT = 8

TABLES = """
    CREATE TABLE mementos (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        url TEXT NOT NULL,
        kind TEXT NOT NULL,
        source_id INTEGER REFERENCES sources(id),
        found_on TEXT,
        state TEXT NOT NULL,
        due_at TEXT,
        added_at TEXT NOT NULL,
        asked_at TEXT,
        attempts INTEGER NOT NULL DEFAULT 0,
        reason TEXT,
        known TEXT,
        asked TEXT,
        memento_url TEXT,
        memento_at TEXT
    );
    CREATE INDEX idx_mementos_due ON mementos (due_at) WHERE due_at IS NOT NULL;
    CREATE INDEX idx_mementos_state ON mementos (state);
    ALTER TABLE articles ADD COLUMN memento_url TEXT;
    ALTER TABLE versions ADD COLUMN memento_url TEXT;
"""
# What an older version left dead is looked up as well, what has been dead for longest first.
DEAD_BEFORE = """
    INSERT INTO mementos (key, url, kind, source_id, found_on, state, due_at, added_at)
    SELECT key, url, kind, source_id, found_on, 'waiting', coalesce(visited_at, added_at), added_at
    FROM frontier
    WHERE kind <> 'list' AND key NOT IN (SELECT key FROM addresses)
    AND (state = 'gone' OR (state = 'failed' AND reason = 'host not found'))
    ORDER BY id
"""
# The list's date of a page: of headlines that link to it or were resolved to it; else of those that
# led to the post in which it was found, or that post's own.
WANTED = """
    SELECT published FROM headlines WHERE key IN (:key, :post)
    UNION ALL SELECT published FROM headlines WHERE id IN
        (SELECT headline_id FROM resolutions WHERE key IN (:key, :post))
    UNION ALL SELECT coalesce(published, listed_published) FROM articles WHERE id =
        (SELECT article_id FROM addresses WHERE key = :post)
"""


# Columns that are of one archive alone.
OUR_OWN = frozenset({"id", "source_id"})


class Mementos:
    """The look-ups of one archive. Every public method is one transaction; raises ArchiveError."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self, *, now: datetime, source_ids: Sequence[int] | None = None) -> Lookup | None:
        """Give the look-up that has been due for longest, one that has begun before others.

        Links whose page is held by now are closed on the way. `source_ids` limits to what those
        sources led to; None takes any.
        """
        while (row := self._first_due(now, source_ids)) is not None:
            if not self._is_held(str(row["key"])):
                return self._lookup(row)
            self.close(number(row["id"]), reason="held by now")
        return None

    def next_due(self, *, source_ids: Sequence[int] | None = None) -> datetime | None:
        """Say when the next look-up is due; None when none ever will be."""
        of, values = _of_sources(source_ids)
        sql = f"SELECT min(due_at) FROM mementos WHERE due_at IS NOT NULL {of}"  # noqa: S608 - constants
        with self._connection.reading() as raw:
            return moment_or_none(raw.execute(sql, values).fetchone()[0])

    def due(self, *, now: datetime, source_ids: Sequence[int] | None = None) -> int:
        """Count the look-ups that are due."""
        of, values = _of_sources(source_ids)
        sql = f"SELECT count(*) FROM mementos WHERE due_at <= :now {of}"  # noqa: S608 - constants
        with self._connection.reading() as raw:
            return number(raw.execute(sql, {"now": instant(now), **values}).fetchone()[0])

    def asking(self, lookup: Lookup, url: str, *, now: datetime) -> None:
        """Note, before it is asked for, which address of the web archive is."""
        with self._connection.writing() as db:
            db.execute(
                "UPDATE mementos SET asked_at = :now, asked = json_insert(coalesce(asked, '[]'), "
                "'$[#]', :url) WHERE id = :id",
                {"now": instant(now), "url": storable(url), "id": lookup.id},
            )

    def learned(self, lookup: Lookup, known: Known) -> Lookup:
        """Keep what the web archive has said; gives the look-up with it."""
        with self._connection.writing() as db:
            db.execute(
                "UPDATE mementos SET known = ? WHERE id = ?", (_known_column(known), lookup.id)
            )
        return replace(lookup, known=known)

    def absent(self, lookup: Lookup, *, reason: str, now: datetime) -> None:
        """Close a look-up that found nothing; it is made again, from the beginning, after weeks."""
        with self._connection.writing() as db:
            db.execute(
                "UPDATE mementos SET state = 'none', reason = :reason, known = NULL, "
                "attempts = attempts + 1, due_at = :due WHERE id = :id",
                {
                    "reason": storable(reason),
                    "due": instant(now + _grown(ABSENT_FOR, lookup.attempts, ABSENT_LONGEST)),
                    "id": lookup.id,
                },
            )

    def postponed(self, lookup: Lookup, *, reason: str, now: datetime) -> None:
        """Have a look-up that could not be made wait, longer each time; what is known stays."""
        with self._connection.writing() as db:
            db.execute(
                "UPDATE mementos SET reason = :reason, attempts = attempts + 1, due_at = :due "
                "WHERE id = :id",
                {
                    "reason": storable(reason),
                    "due": instant(now + _grown(TROUBLE_FOR, lookup.attempts, TROUBLE_LONGEST)),
                    "id": lookup.id,
                },
            )

    def wait(self, *, until: datetime, reason: str) -> None:
        """Have every look-up wait until then: the web archive has asked for patience."""
        with self._connection.writing() as db:
            db.execute(
                "UPDATE mementos SET due_at = :until, reason = coalesce(reason, :reason) "
                "WHERE due_at < :until",
                {"until": instant(until), "reason": storable(reason)},
            )

    def close(self, lookup_id: int, *, reason: str) -> None:
        """Have a link not looked up any more."""
        with self._connection.writing() as db:
            db.execute(
                "UPDATE mementos SET state = 'closed', reason = ?, due_at = NULL, known = NULL "
                "WHERE id = ?",
                (storable(reason), lookup_id),
            )

    def counts(self) -> Mapping[LookupState, int]:
        """Count the dead links by the state of their look-up."""
        with self._connection.reading() as raw:
            return counts(raw)

    def original(self, url: str) -> str | None:
        """Give the dead link whose article is held from this address of a web archive."""
        sql = (
            "SELECT asked_url FROM articles WHERE memento_url = :url AND id = "
            "(SELECT article_id FROM addresses WHERE key = :key AND role = 'memento')"
        )
        with self._connection.reading() as raw:
            row = raw.execute(sql, {"url": url, "key": page_key(url)}).fetchone()
        return str(row[0]) if row else None

    def _first_due(self, now: datetime, source_ids: Sequence[int] | None) -> Stored | None:
        of, values = _of_sources(source_ids)
        sql = (
            f"SELECT * FROM mementos WHERE due_at <= :now {of} "  # noqa: S608 - constants
            "ORDER BY due_at, id LIMIT 1"
        )
        with self._connection.reading() as raw:
            row: Stored | None = raw.execute(sql, {"now": instant(now), **values}).fetchone()
        return row

    def _is_held(self, key: str) -> bool:
        with self._connection.reading() as raw:
            found = raw.execute("SELECT 1 FROM addresses WHERE key = ?", (key,)).fetchone()
        return found is not None

    def _lookup(self, row: Stored) -> Lookup:
        found_on = text_or_none(row["found_on"])
        asked = {"key": row["key"], "post": page_key(found_on) if found_on else None}
        with self._connection.reading() as raw:
            days = [each[0] for each in raw.execute(WANTED, asked) if each[0]]
        return Lookup(
            id=number(row["id"]),
            url=str(row["url"]),
            kind=PageKind(str(row["kind"])),
            source_id=number_or_none(row["source_id"]),
            found_on=found_on,
            wanted=_noon(days[0]) if days else moment(row["added_at"]),
            attempts=number(row["attempts"]),
            known=_known(text_or_none(row["known"])),
        )


def make(db: "Database") -> None:
    """Make the table and the columns, and have what is dead already looked up: a schema's step."""
    for statement in filter(str.strip, TABLES.split(";")):
        db.execute(statement)
    db.execute(DEAD_BEFORE)


def note(db: "Database", claim: Claim, *, now: datetime) -> None:
    """Have a dead link looked up, in the caller's transaction; not again, nor where it is held."""
    key = page_key(claim.url)
    if key is None or claim.kind is PageKind.LIST:
        return
    db.execute(
        "INSERT OR IGNORE INTO mementos "
        "(key, url, kind, source_id, found_on, state, due_at, added_at) "
        "SELECT :key, :url, :kind, :source_id, :found_on, 'waiting', :now, :now "
        "WHERE NOT EXISTS (SELECT 1 FROM addresses WHERE key = :key)",
        {
            "key": key,
            "url": claim.url,
            "kind": claim.kind.value,
            "source_id": claim.source_id,
            "found_on": claim.found_on,
            "now": instant(now),
        },
    )


def take_in(db: "Database", rows: Iterable[sqlite3.Row]) -> None:
    """Take another archive's look-ups in, in the caller's transaction; what is known here stays."""
    for row in rows:
        given: Row = {name: row[name] for name in row.keys() if name not in OUR_OWN}  # noqa: SIM118 - a row's values are what it iterates
        names, marks = ", ".join(given), ", ".join(f":{name}" for name in given)
        db.execute(
            f"INSERT OR IGNORE INTO mementos ({names}, source_id) "  # noqa: S608 - our own names
            f"VALUES ({marks}, (SELECT source_id FROM frontier WHERE key = :key))",
            given,
        )


def found(db: "Database", lookup: Lookup, memento: Memento) -> None:
    """Close a look-up whose memento is stored, in the caller's transaction."""
    db.execute(
        "UPDATE mementos SET state = 'found', due_at = NULL, known = NULL, reason = NULL, "
        "memento_url = :url, memento_at = :at WHERE id = :id",
        {"url": storable(memento.url), "at": instant(memento.at), "id": lookup.id},
    )


def answer(raw: sqlite3.Connection, key: str | None) -> LookupAnswer | None:
    """Give what became of the look-up of a page; None where none was wanted."""
    row = raw.execute("SELECT * FROM mementos WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    memento = (
        Memento(url=str(row["memento_url"]), at=moment(row["memento_at"]))
        if row["memento_url"]
        else None
    )
    return LookupAnswer(
        state=LookupState(row["state"]),
        reason=text_or_none(row["reason"]),
        asked_at=moment_or_none(row["asked_at"]),
        next_try=moment_or_none(row["due_at"]),
        memento=memento,
    )


def counts(raw: sqlite3.Connection) -> Mapping[LookupState, int]:
    """Count the dead links by the state of their look-up."""
    found = dict(raw.execute("SELECT state, count(*) FROM mementos GROUP BY state").fetchall())
    return {state: found.get(state.value, 0) for state in LookupState}


def asked_keys(db: "Database | sqlite3.Connection", keys: Sequence[str]) -> list[str]:
    """Give the identities of all that web archives were asked for because of these pages."""
    rows = db.execute(
        "SELECT asked FROM mementos WHERE asked IS NOT NULL "
        "AND key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    )
    return [page_key(url) or url for row in rows for url in json.loads(row["asked"])]


def erase(db: "Database", keys: Sequence[str]) -> None:
    """Take look-ups out, in the caller's transaction."""
    db.execute(
        "DELETE FROM mementos WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    )


def _grown(first: timedelta, attempts: int, longest: timedelta) -> timedelta:
    grown: timedelta = first * GROWTH ** min(attempts, LAST_EXPONENT)
    return min(grown, longest)


def _noon(published: str) -> datetime:
    """Give the instant of a list's date: of a day its noon, which favours neither neighbour."""
    value = datetime.fromisoformat(published)
    if "T" not in published:
        value = datetime.combine(value.date(), time(12))
    return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


def _known_column(known: Known) -> str:
    return json.dumps(
        {
            "mementos": [[each.url, instant(each.at)] for each in known.mementos],
            "timemap": known.timemap,
            "map_first": known.map_first,
            "tried": list(known.tried),
            "why": known.why,
        },
        ensure_ascii=True,
    )


def _known(column: str | None) -> Known | None:
    if column is None:
        return None
    held = json.loads(column)
    return Known(
        mementos=tuple(Memento(url=url, at=moment(at)) for url, at in held["mementos"]),
        timemap=held["timemap"],
        map_first=held["map_first"],
        tried=tuple(held["tried"]),
        why=held["why"],
    )


def _of_sources(source_ids: Sequence[int] | None) -> tuple[str, dict[str, str]]:
    if source_ids is None:
        return "", {}
    return (
        "AND source_id IN (SELECT value FROM json_each(:sources))",
        {"sources": json.dumps(list(source_ids))},
    )
