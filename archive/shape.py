"""Which tables, indexes, triggers, views and search indexes a database has, and should have.

Read from the schema itself, so that it is true of whatever the steps of `schema` have made. It
changes nothing.
"""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from archive import schema

# Names may be quoted in several ways that mean the same.
QUOTES = re.compile(r"[\"'`\[\]]")
CONTENT = re.compile(r"\bcontent\s*=\s*([\"'\[`]?)(\w+)", re.IGNORECASE)
CONTENT_ROWID = re.compile(r"\bcontent_rowid\s*=\s*([\"'\[`]?)(\w+)", re.IGNORECASE)
IS_SEARCH = "type = 'table' AND sql LIKE '%USING fts5%'"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaObject:
    """A table, index, trigger or view."""

    kind: str
    name: str
    table: str
    """The table that it belongs to; its own name where it is one."""
    sql: str
    shape: tuple[str, ...]
    """What two of the same name have in common that are the same: columns, or the statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchIndex:
    """A full-text index, and the table that it indexes (None: it keeps its own)."""

    name: str
    table: str | None
    rowid: str


def objects(raw: sqlite3.Connection) -> Mapping[str, SchemaObject]:
    """Give all that a schema has, by name, but what SQLite and its search keep for themselves."""
    rows = raw.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema "
        "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ).fetchall()
    hidden = tuple(f"{index.name}_" for index in search_indexes(raw))
    return {
        row[1]: SchemaObject(
            kind=row[0], name=row[1], table=row[2], sql=row[3], shape=_shape(raw, row[0], *row[1:4])
        )
        for row in rows
        if not (row[0] == "table" and row[1].startswith(hidden))
    }


def _shape(raw: sqlite3.Connection, kind: str, name: str, _table: str, sql: str) -> tuple[str, ...]:
    if kind == "table" and "USING" not in sql:
        # Also those that are worked out; whoever made the table anew may have sorted them.
        return tuple(sorted(row[1] for row in raw.execute(f"PRAGMA table_xinfo({name})")))
    return (" ".join(QUOTES.sub("", sql).split()),)


def search_indexes(raw: sqlite3.Connection) -> tuple[SearchIndex, ...]:
    """Give the full-text indexes."""
    rows = raw.execute(
        f"SELECT name, sql FROM sqlite_schema WHERE {IS_SEARCH} ORDER BY name"  # noqa: S608 - our own names
    )
    return tuple(_search_index(str(row[0]), str(row[1])) for row in rows)


def _search_index(name: str, sql: str) -> SearchIndex:
    table, rowid = CONTENT.search(sql), CONTENT_ROWID.search(sql)
    return SearchIndex(
        name=name,
        table=table[2] if table else None,
        rowid=rowid[2] if rowid else "rowid",
    )


def pristine() -> Mapping[str, SchemaObject]:
    """Give what all steps of the schema make, in the order in which they make it."""
    from sqlite_utils import Database

    db = Database(memory=True)
    try:
        schema.apply(db, schema.STEPS)
        return objects(db.conn)
    finally:
        db.close()
