"""Many articles at once: for an import, with the result that storing them one by one has.

    for each batch: prepare (pure) ▸ stage (temporary tables) ▸ one transaction:
        what is held, repeats an earlier one of the batch, or was forgotten ▸ `pages`, one by one
        the rest, new in all respects ▸ one INSERT … SELECT for each table, then the ties

A trigger that one statement fires for all rows costs a third of what it costs fired by a statement
for each: FTS5 writes its pending words to the file at the end of every statement. Nothing is
decided here about what is held; that is `decide`'s business, by way of `pages`.

Readers go on meanwhile, and other writers between two batches. Killed at any instant, the archive
lacks the batch that was not committed, and nothing else; importing again brings it.
"""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING

from archive import articles, judging, pages
from archive.articles import Arrival
from archive.connection import CACHE_KIB, Connection
from archive.decide import identity
from archive.records import DecisionKind, PageReading
from archive.rows import Row, moment
from archive.shape import search_indexes

if TYPE_CHECKING:
    from sqlite_utils import Database

# Larger batches gain nothing, and other writers wait for the end of one: some three seconds.
BATCH_ROWS = 10_000
# A fifth of a second, for which other writers wait.
JUDGED_ROWS = 200
# Characters of text in one batch, which is held in memory twice (records and staging table).
BATCH_LETTERS = 40_000_000
# The words of a whole batch are gathered (bytes), so that FTS5 writes one segment for it and not
# dozens to be merged; segments are merged sixteen at a time, later articles or `optimize` merge the
# rest.
BULK_SEARCH = {"hashsize": 128_000_000, "automerge": 0}
# FTS5's own, where the file says nothing else.
USUAL_SEARCH = {"hashsize": 1_048_576, "automerge": 4}
# KiB, negative as SQLite wants it: every index's upper levels, and the pages of a batch.
BULK_CACHE_KIB = 64_000

STAGING = (
    (
        "CREATE TABLE temp.staged_addresses (position INTEGER, key TEXT, url TEXT, role TEXT, "
        "PRIMARY KEY (position, key)) WITHOUT ROWID"
    ),
    "CREATE TABLE temp.fresh (number INTEGER PRIMARY KEY, position INTEGER)",
)
# Columns of `staged` that the statements below name.
COMPARED = frozenset(
    {"key", "text_digest", "first_seen", "original_key", "published", "published_precision"}
)
# What an article is known by already, or kept out by.
KNOWN = """
    SELECT position FROM staged_addresses CROSS JOIN addresses USING (key)
    UNION SELECT position FROM staged_addresses CROSS JOIN tombstones USING (key)
    UNION SELECT position FROM staged CROSS JOIN articles USING (key)
    UNION SELECT position FROM staged CROSS JOIN articles USING (text_digest)
"""
# The new ones of a batch get their ids in the order of publication, those of a day as they were
# given: FTS5 writes what it has gathered whenever a row comes before the last one in its order, be
# that of ids or of days.
NUMBER_NEW = """
    INSERT INTO fresh (position) SELECT position FROM staged
    WHERE position NOT IN (SELECT value FROM json_each(?))
    ORDER BY
        coalesce(CAST(julianday(published) + 0.5 AS INTEGER),
            CAST(julianday(substr(published, 1, 10)) + 0.5 AS INTEGER), 0),
        CASE WHEN published IS NULL OR published_precision = 'year' THEN 0
            WHEN published_precision = 'month' THEN 1
            WHEN instr(published, 'T') THEN 3 ELSE 2 END,
        position
"""
NEW = "fresh CROSS JOIN staged USING (position)"
NEW_ADDRESSES = "fresh CROSS JOIN staged_addresses USING (position)"
NEW_KEYS = f"SELECT key FROM {NEW_ADDRESSES}"  # noqa: S608 - constants
# An article alone is its story, and leads it.
NEWEST_UNJUDGED = (
    "SELECT max(first_seen) FROM articles WHERE id IN (SELECT article_id FROM unjudged LIMIT 1)"
)
INSERT_STORIES = (
    "INSERT INTO stories (id, lead_id, made_at) "  # noqa: S608 - constants
    f"SELECT :story + number, :article + number, first_seen FROM {NEW} ORDER BY number"
)
# Whether each is near to what is held is judged when all are: that reads texts, one by one.
MARK_UNJUDGED = f"INSERT INTO unjudged (article_id) SELECT :article + number FROM {NEW}"  # noqa: S608 - constants
INSERT_ADDRESSES = (
    "INSERT INTO addresses (key, url, role, article_id) "  # noqa: S608 - constants
    f"SELECT key, url, role, :article + number FROM {NEW_ADDRESSES} ORDER BY number"
)
# The headlines whose link leads to a new article, or that were resolved to one.
TIE_BY_LINK = (
    "UPDATE headlines SET article_id = "  # noqa: S608 - constants
    "(SELECT article_id FROM addresses WHERE addresses.key = headlines.key) "
    f"WHERE key IN ({NEW_KEYS})"
)
TIE_BY_TITLE = (
    "UPDATE headlines SET article_id = (SELECT addresses.article_id FROM resolutions "  # noqa: S608 - our own names
    "JOIN addresses USING (key) WHERE headline_id = headlines.id) "
    f"WHERE id IN (SELECT headline_id FROM resolutions WHERE key IN ({NEW_KEYS}))"
)
# New posts whose original is held or new, and held posts whose original is new.
ORIGINALS = f"""
    SELECT :article + number AS post, addresses.article_id AS original
    FROM {NEW} CROSS JOIN addresses ON addresses.key = staged.original_key
    WHERE addresses.article_id <> :article + number
    UNION
    SELECT posts.id, :article + number
    FROM {NEW_ADDRESSES} CROSS JOIN articles posts ON posts.original_key = staged_addresses.key
    WHERE +posts.original_id IS NULL AND posts.id <> :article + number
    ORDER BY 1
"""  # noqa: S608 - constants


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A page that was read, and how it was come by: what `Archive.store` is given of one."""

    reading: PageReading
    asked_url: str
    source_id: int | None
    now: datetime
    """When it is, or was, first seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article with all that is worked out before the transaction."""

    arrival: Arrival
    row: Row
    """All columns of `articles` but its id and its story."""
    addresses: Mapping[str, tuple[str, str]]
    """Page key ▸ (URL, role)."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What became of what was given so far; all of it is committed."""

    decisions: Counter[DecisionKind] = field(default_factory=Counter)
    not_kept: int = 0
    """Pages whose verdict says that they are no article."""
    forgotten: int = 0
    """Pages that are kept out of the archive."""

    @property
    def given(self) -> int:
        """How many pages that were."""
        return self.decisions.total() + self.not_kept + self.forgotten


def prepare(incoming: Incoming) -> Prepared | None:
    """Work out an article's row and addresses; None where the verdict says it is none. Pure."""
    arrival = pages.arriving(
        incoming.reading,
        asked_url=incoming.asked_url,
        source_id=incoming.source_id,
        now=incoming.now,
    )
    if arrival is None:
        return None
    row = articles.new_row(arrival, identity(arrival.article))
    return Prepared(arrival=arrival, row=row, addresses=arrival.addresses)


def store(
    connection: Connection,
    incoming: Iterable[Incoming],
    *,
    progress: Callable[[Tally], None] | None = None,
    batch_rows: int = BATCH_ROWS,
) -> Tally:
    """Carry out `Archive.store_many`."""
    tally = write(
        connection, (prepare(each) for each in incoming), progress=progress, batch_rows=batch_rows
    )
    judge(connection)
    return tally


def judge(connection: Connection) -> None:
    """Find the stories of what was stored in bulk, some hundred articles in one transaction.

    What a kill leaves of it, later articles bring along (see `judging.catch_up`).
    """
    while True:
        with connection.writing() as db:
            newest = db.execute(NEWEST_UNJUDGED).fetchone()[0]
            if newest is None:
                return
            judging.catch_up(db, most=JUDGED_ROWS, now=moment(newest))


def write(
    connection: Connection,
    prepared: Iterable[Prepared | None],
    *,
    progress: Callable[[Tally], None] | None = None,
    batch_rows: int = BATCH_ROWS,
) -> Tally:
    """Store what is prepared, batch by batch, each in one transaction; raises ArchiveError.

    `progress` hears of each batch once it is committed. None among them counts as not kept.
    """
    tally = Tally()
    with _set_up(connection):
        for batch in _batches(prepared, batch_rows):
            articles_of = [each for each in batch if each is not None]
            _write_batch(connection, articles_of, tally)
            tally.not_kept += len(batch) - len(articles_of)
            if progress is not None:
                progress(tally)
    return tally


def _batches(
    prepared: Iterable[Prepared | None], batch_rows: int
) -> Iterator[list[Prepared | None]]:
    batch: list[Prepared | None] = []
    letters = 0
    for each in prepared:
        batch.append(each)
        letters += len(each.arrival.article.text) if each else 0
        if len(batch) >= batch_rows or letters >= BATCH_LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


@contextmanager
def _set_up(connection: Connection) -> Iterator[None]:
    """Give the connection what a bulk write needs, and take it back."""
    with connection.reading() as raw:
        raw.execute("PRAGMA temp_store=MEMORY")
        raw.execute(f"PRAGMA cache_size=-{BULK_CACHE_KIB}")
    try:
        yield
    finally:
        with connection.reading() as raw:
            _drop_staged(raw)
            raw.execute(f"PRAGMA cache_size=-{CACHE_KIB}")


def _write_batch(connection: Connection, batch: list[Prepared], tally: Tally) -> None:
    if not batch:
        return
    # Before the transaction, so that nobody waits for it.
    with connection.reading() as raw:
        names = _stage(raw, batch)
    repeated = _repeated(batch)
    with connection.writing() as db:
        known = {row["position"] for row in db.execute(KNOWN)} | repeated
        new = len(batch) - len(known)
        if new:
            _insert_new(db, known, names)
        kept = [pages.store_article(db, batch[position].arrival) for position in sorted(known)]
    tally.decisions[DecisionKind.NEW] += new
    tally.decisions.update(decision.kind for decision in kept if decision)
    tally.forgotten += kept.count(None)


def _stage(raw: sqlite3.Connection, batch: list[Prepared]) -> list[str]:
    """Fill the temporary tables, this connection's own; gives the columns of `staged`.

    Those in which no article of the batch has a value are left out: half of them, often.
    """
    names = [
        name
        for name in batch[0].row
        if name in COMPARED or any(each.row[name] is not None for each in batch)
    ]
    values = itemgetter(*names)
    raw.execute("BEGIN")
    _drop_staged(raw)
    raw.execute(f"CREATE TABLE temp.staged (position INTEGER PRIMARY KEY, {_quoted(names)})")
    for statement in STAGING:
        raw.execute(statement)
    raw.executemany(
        f"INSERT INTO temp.staged VALUES (?{', ?' * len(names)})",  # noqa: S608 - our own names
        ((position, *values(each.row)) for position, each in enumerate(batch)),
    )
    raw.executemany(
        "INSERT INTO temp.staged_addresses VALUES (?, ?, ?, ?)",
        (
            (position, key, url, role)
            for position, each in enumerate(batch)
            for key, (url, role) in each.addresses.items()
        ),
    )
    raw.execute("COMMIT")
    return names


def _drop_staged(raw: sqlite3.Connection) -> None:
    for name in ("staged", "staged_addresses", "fresh"):
        raw.execute(f"DROP TABLE IF EXISTS temp.{name}")


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _repeated(batch: list[Prepared]) -> set[int]:
    """Give the places of those that share a page or a text with an earlier one of the batch."""
    seen: set[str] = set()
    repeated: set[int] = set()
    for position, each in enumerate(batch):
        marks = {f"text {each.arrival.fingerprint.digest}", *each.addresses}
        if not seen.isdisjoint(marks):
            repeated.add(position)
        seen |= marks
    return repeated


def _insert_new(db: "Database", known: set[int], names: list[str]) -> None:
    """Insert all that is staged but what is known, with stories, addresses and ties."""
    db.execute(NUMBER_NEW, (json.dumps(sorted(known)),))
    base = {"article": _last_id(db, "articles"), "story": _last_id(db, "stories")}
    columns = _quoted(names)
    db.execute(INSERT_STORIES, base)
    with gathering(db):
        db.execute(
            f"INSERT INTO articles (id, story_id, {columns}) "  # noqa: S608 - our own names
            f"SELECT :article + number, :story + number, {columns} FROM {NEW} ORDER BY number",
            base,
        )
    db.execute(MARK_UNJUDGED, base)
    db.execute(INSERT_ADDRESSES, base)
    db.execute(TIE_BY_LINK)
    db.execute(TIE_BY_TITLE)
    for row in db.execute(ORIGINALS, base).fetchall():
        articles.tie(db, row["post"], row["original"])


def _last_id(db: "Database", table: str) -> int:
    row = db.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()  # noqa: S608 - constant
    return int(row[0])


@contextmanager
def gathering(db: "Database") -> Iterator[None]:
    """Have each search index gather a batch of rows in memory, and write it as one segment.

    Its settings are in the file: they are as before when the transaction ends, for other programs
    would gather as much for one article.
    """
    tables = [index.name for index in search_indexes(db.conn)]
    usual = {table: _settings(db, table) for table in tables}
    for table in tables:
        _set(db, table, BULK_SEARCH)
    yield
    # FTS5 writes what it has gathered when a savepoint begins.
    db.execute("SAVEPOINT gathered")
    db.execute("RELEASE gathered")
    for table in tables:
        _set(db, table, usual[table])


def _settings(db: "Database", table: str) -> Mapping[str, int]:
    """Give what an index is set to, of what a bulk write changes."""
    rows = db.execute(f"SELECT k, v FROM {table}_config")  # noqa: S608 - of our own schema
    held = {row["k"]: row["v"] for row in rows}
    return {name: held.get(name, value) for name, value in USUAL_SEARCH.items()}


def _set(db: "Database", table: str, settings: Mapping[str, int]) -> None:
    for name, value in settings.items():
        db.execute(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", (name, value))  # noqa: S608 - our own names
