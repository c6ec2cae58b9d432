"""Whether an archive is whole: the file, its rows, the search index, and the captures. Reads only.

Each stage looks for one sort of fault and gives it as it is found; where the file is so damaged
that a stage cannot go on, that is the fault, and the next stage begins. `repairing` mends.
"""

import heapq
import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from archive import checkcaptures, checksketches, schema, shape, tallies
from archive.connection import Connection
from archive.decide import identity
from archive.faults import Fault, FaultKind
from archive.fingerprint import fingerprint
from archive.records import Article, UrlState
from archive.rows import Value, instant, storable, text_or_none
from archive.scripts import characters
from archive.urls import page_key

# Beyond so many the file is past counting.
MOST_DAMAGES = 100
# A crawl's leases are minutes; one that ends so much later was made by a clock that went wrong.
LONGEST_LEASE = timedelta(days=1)
# Messages of PRAGMA integrity_check about an index that can be made anew from its table.
OF_INDEX = re.compile(r"(?:missing from|wrong # of entries in) index (\S+)")
# SQLite's result codes without what details them.
PRIMARY = 0xFF
# SQLITE_ERROR is what a missing table or column brings.
DAMAGE = frozenset(
    {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR}
)
STATES = ", ".join(f"'{state.value}'" for state in UrlState)
JSON_COLUMNS = {
    "articles": ("byline", "tags", "captions", "cited", "field_sources"),
    "resolutions": ("rivals",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is looked at."""

    raw: sqlite3.Connection
    folder: Path
    now: datetime
    thorough: bool
    """Read every WARC record, and make every sketch anew."""
    writable: bool
    """The search index is compared with its table by a statement that takes the write lock."""


Stage: TypeAlias = Callable[[Scope], Iterator[Fault]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One question to the tables; each row of the answer is a fault: its table, its id."""

    kind: FaultKind
    what: str
    sql: str


PROBES = (
    Probe(
        kind=FaultKind.STORY,
        what="has no member",
        sql="SELECT 'stories', id FROM stories "
        "WHERE NOT EXISTS (SELECT 1 FROM articles WHERE story_id = stories.id)",
    ),
    Probe(
        kind=FaultKind.STORY,
        what="is led by an article that is none of its members",
        # The plus has the few members looked through in their index, and not the lead's row read.
        sql="SELECT 'stories', id FROM stories "
        "WHERE EXISTS (SELECT 1 FROM articles WHERE story_id = stories.id) AND NOT EXISTS "
        "(SELECT 1 FROM articles WHERE +id = lead_id AND story_id = stories.id)",
    ),
    Probe(
        kind=FaultKind.STORY,
        what="belongs to no story",
        sql="SELECT 'articles', id FROM articles WHERE story_id IS NULL",
    ),
    Probe(
        kind=FaultKind.ADDRESS,
        what="has no address by which it is known: its page would be stored a second time",
        sql="SELECT 'articles', id FROM articles "
        "WHERE NOT EXISTS (SELECT 1 FROM addresses WHERE article_id = articles.id)",
    ),
    Probe(
        kind=FaultKind.TIE,
        what="leads to an article that is held, and is not tied to it",
        sql="SELECT 'headlines', headlines.id FROM headlines JOIN addresses USING (key) "
        "WHERE headlines.article_id IS NULL",
    ),
    Probe(
        kind=FaultKind.FRONTIER,
        what="is in a state that there is not",
        sql=f"SELECT 'frontier', id FROM frontier WHERE state NOT IN ({STATES})",  # noqa: S608 - our own names
    ),
    Probe(
        kind=FaultKind.FRONTIER,
        what="waits to be fetched, but no time is set for it: it never would be",
        sql="SELECT 'frontier', id FROM frontier "
        "WHERE state IN ('due', 'claimed') AND due_at IS NULL",
    ),
    Probe(
        kind=FaultKind.FRONTIER,
        what="is done with, but would be fetched again",
        sql="SELECT 'frontier', id FROM frontier "
        "WHERE state IN ('done', 'gone', 'refused') AND due_at IS NOT NULL",
    ),
    Probe(
        kind=FaultKind.FRONTIER,
        what="is claimed for longer than any crawl does",
        sql="SELECT 'frontier', id FROM frontier WHERE state = 'claimed' AND due_at > :furthest",
    ),
    *(
        Probe(
            kind=FaultKind.FORGOTTEN,
            what="is of a page that was forgotten",
            sql=f"SELECT '{table}', {table}.rowid FROM {table} "  # noqa: S608 - constants
            f"JOIN tombstones USING (key) {where}",
        )
        for table, where in (
            ("articles", ""),
            ("addresses", ""),
            ("headlines", ""),
            ("captures", ""),
            ("frontier", "WHERE state <> 'refused'"),
        )
    ),
)


def check(
    connection: Connection,
    *,
    now: datetime,
    thorough: bool = False,
    writable: bool = True,
    progress: Callable[[str], None] | None = None,
) -> Iterator[Fault]:
    """Give every fault; `progress` hears of each stage that begins, in words."""
    scope = Scope(
        raw=connection.raw,
        folder=connection.folder,
        now=now,
        thorough=thorough,
        writable=writable,
    )
    for name, stage in STAGES:
        if progress is not None:
            progress(name)
        try:
            yield from stage(scope)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            yield Fault(
                kind=FaultKind.DATABASE,
                where="archive.db",
                what=f"{name} cannot be checked: {error}",
                mendable=False,
            )


def _is_damage(error: sqlite3.Error) -> bool:
    """Tell a file that is damaged, or lacks a table, from one that is only not to be had now."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and (code & PRIMARY) in DAMAGE


def _file(scope: Scope) -> Iterator[Fault]:
    (marked,) = scope.raw.execute("PRAGMA application_id").fetchone()
    if marked != schema.APPLICATION_ID:
        yield Fault(
            kind=FaultKind.SCHEMA,
            where="archive.db",
            what=f"is marked as another program's (application_id {marked:#x})",
        )
    for (said,) in scope.raw.execute(f"PRAGMA integrity_check({MOST_DAMAGES})"):
        if said == "ok":
            continue
        index = OF_INDEX.search(said)
        yield Fault(
            kind=FaultKind.INDEX if index else FaultKind.DATABASE,
            where=index[1] if index else "archive.db",
            what=" ".join(said.split()),
            mendable=index is not None,
        )


def _schema(scope: Scope) -> Iterator[Fault]:
    held = shape.objects(scope.raw)
    for wanted in shape.pristine().values():
        if wanted.name not in held:
            what = "is missing"
        elif held[wanted.name].shape != wanted.shape:
            what = "is not as this program makes it"
        else:
            continue
        yield Fault(
            kind=FaultKind.SCHEMA,
            where=f"{wanted.kind} {wanted.name}",
            what=what,
            mendable=wanted.kind != "table",
        )


def _references(scope: Scope) -> Iterator[Fault]:
    for table, row, parent, _number in scope.raw.execute("PRAGMA foreign_key_check"):
        yield Fault(
            kind=FaultKind.REFERENCE,
            where=table,
            id=row,
            what=f"refers to a row of {parent} that is not there",
            mendable=table not in KEPT_ORPHANS or parent not in KEPT_ORPHANS[table],
        )


# Rows that are worth more than what they refer to: they are not taken out because it is gone.
KEPT_ORPHANS = {"headlines": ("sources",), "versions": ("articles",)}


def _rows(scope: Scope) -> Iterator[Fault]:
    values = {"furthest": instant(scope.now + LONGEST_LEASE)}
    for probe in PROBES:
        for table, row in scope.raw.execute(probe.sql, values if ":" in probe.sql else {}):
            yield Fault(kind=probe.kind, where=table, id=row, what=probe.what)
    for table, columns in JSON_COLUMNS.items():
        yield from _no_json(scope.raw, table, columns)


def _no_json(raw: sqlite3.Connection, table: str, columns: Sequence[str]) -> Iterator[Fault]:
    """Give what is no JSON in any of a table's columns, in one walk through its texts."""
    broken = [f"({name} IS NOT NULL AND NOT json_valid({name}))" for name in columns]
    sql = f"SELECT rowid, {', '.join(broken)} FROM {table} WHERE {' OR '.join(broken)}"  # noqa: S608 - constants
    for row, *are_broken in raw.execute(sql):
        for column, is_broken in zip(columns, are_broken, strict=True):
            if is_broken:
                what = f"has no JSON in {column}"
                yield Fault(kind=FaultKind.VALUE, where=table, id=row, what=what, mendable=False)


def _texts(scope: Scope) -> Iterator[Fault]:
    for table, columns in TEXTS.items():
        for row in scope.raw.execute(f"SELECT id, {columns} FROM {table}"):  # noqa: S608 - constants
            wrong = [name for name, value in worked_out(table, row).items() if row[name] != value]
            if wrong:
                yield Fault(
                    kind=FaultKind.TEXT,
                    where=table,
                    id=row["id"],
                    what=f"{', '.join(wrong)} {'does' if len(wrong) == 1 else 'do'} not fit it",
                )


# What `worked_out` reads, and what it gives.
TEXTS = {
    "articles": "title, text, text_digest, title_characters, text_characters",
    "versions": "text, text_digest",
    "headlines": "title, title_characters",
}


def worked_out(table: str, row: sqlite3.Row) -> dict[str, Value]:
    """Give the columns of a text that follow from it."""
    found: dict[str, Value] = {}
    if table != "headlines":
        found["text_digest"] = fingerprint(str(row["text"])).digest
    if table != "versions":
        found["title_characters"] = _characters(row["title"])
    if table == "articles":
        found["text_characters"] = _characters(row["text"])
    return found


def _characters(text: Value) -> str | None:
    spaced = characters(text_or_none(text))
    return None if spaced is None else storable(spaced)


def _keys(scope: Scope) -> Iterator[Fault]:
    for table, row in _keyed(scope.raw):
        if row["key"] != key_of(table, row) and not _is_known(scope.raw, table, row):
            yield Fault(
                kind=FaultKind.KEY,
                where=table,
                id=row["id"],
                what=f"its key {row['key']!r} does not fit its address",
            )


def _keyed(raw: sqlite3.Connection) -> Iterator[tuple[str, sqlite3.Row]]:
    """Give table and row of all that has a key.

    Articles come with their addresses: what two of them share, `page_key` remembers so long.
    """
    together = (
        _rows_of(raw, "articles", "id", "ORDER BY id"),
        _rows_of(raw, "addresses", "article_id", "ORDER BY article_id"),
    )
    yield from heapq.merge(*together, key=lambda each: int(each[1]["place"]))
    for table in KEYED:
        if table not in ("articles", "addresses"):
            yield from _rows_of(raw, table)


def _rows_of(
    raw: sqlite3.Connection, table: str, place: str = "NULL", order: str = ""
) -> Iterator[tuple[str, sqlite3.Row]]:
    sql = f"SELECT rowid AS id, {place} AS place, {KEYED[table]} FROM {table} {order}"  # noqa: S608 - constants
    return ((table, row) for row in raw.execute(sql))


KEYED = {
    "articles": "key, url, canonical_url",
    "addresses": "key, url",
    "headlines": "key, url",
    "sources": "key, url",
    "frontier": "key, url",
    "captures": "key, url",
}


def key_of(table: str, row: sqlite3.Row) -> str | None:
    """Give the identity that a row's address has today."""
    url = text_or_none(row["url"])
    if url is None:
        return None
    if table == "articles":
        canonical = text_or_none(row["canonical_url"])
        return storable(identity(Article(url=url, text="", canonical_url=canonical)))
    if table == "headlines":
        return page_key(url)
    return page_key(url) or storable(url)


def _is_known(raw: sqlite3.Connection, table: str, row: sqlite3.Row) -> bool:
    """Tell whether an article's key is an address that led to it before it declared another."""
    if table != "articles":
        return False
    sql = "SELECT 1 FROM addresses WHERE article_id = ? AND key = ?"
    return raw.execute(sql, (row["id"], row["key"])).fetchone() is not None


def _search(scope: Scope) -> Iterator[Fault]:
    for index in shape.search_indexes(scope.raw):
        faults = list(_missing_rows(scope.raw, index))
        yield from faults
        if not faults and scope.writable and not _fits(scope.raw, index.name):
            yield Fault(
                kind=FaultKind.SEARCH,
                where=index.name,
                what="does not fit its table: some words are not found, or found wrongly",
            )


def _missing_rows(raw: sqlite3.Connection, index: shape.SearchIndex) -> Iterator[Fault]:
    if index.table is None:
        return
    rows, indexed = index.table, f"{index.name}_docsize"
    # The names are of our own schema.
    unindexed = f"SELECT rowid FROM {rows} WHERE {index.rowid} NOT IN (SELECT id FROM {indexed})"  # noqa: S608 - our own names
    unheld = f"SELECT id FROM {indexed} WHERE id NOT IN (SELECT {index.rowid} FROM {rows})"  # noqa: S608 - our own names
    for sql, what in (
        (unindexed, "is not in the search index"),
        (unheld, "is in the search index and in no table"),
    ):
        for (row,) in raw.execute(sql):
            yield Fault(kind=FaultKind.SEARCH, where=rows, id=row, what=what)


def _fits(raw: sqlite3.Connection, name: str) -> bool:
    """Have FTS5 compare its index with the table."""
    try:
        raw.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - our own names
    except sqlite3.DatabaseError as error:
        if "malformed" not in str(error):
            raise
        return False
    return True


def _tallies(scope: Scope) -> Iterator[Fault]:
    for row in scope.raw.execute(tallies.WRONG):
        what = f"the count of {row['kind']} {row['name']!r} in {row['month']!r} is not what is held"
        yield Fault(kind=FaultKind.TALLY, where="tallies", what=what)


def _sketches(scope: Scope) -> Iterator[Fault]:
    yield from checksketches.check(scope.raw, thorough=scope.thorough)


def _captures(scope: Scope) -> Iterator[Fault]:
    yield from checkcaptures.check(scope.raw, scope.folder, thorough=scope.thorough)


STAGES: tuple[tuple[str, Stage], ...] = (
    ("the file", _file),
    ("the schema", _schema),
    ("references", _references),
    ("stories, frontier, tombstones", _rows),
    ("texts", _texts),
    ("keys", _keys),
    ("counts", _tallies),
    ("sketches", _sketches),
    ("the search index", _search),
    ("captures", _captures),
)
