"""How many rows the tables have, for Datasette's page of a database.

Datasette counts every table each time, those of the full-text index too, and a plain count cannot
be interrupted: at a million articles that reads three gigabytes. Here only what people see is
counted, and of very long tables nothing ("Many rows").
"""

import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, cast

from archive.datasette.described import TABLES

if TYPE_CHECKING:
    from datasette.database import Database

# A count reads the table's smallest index: 50 ms a million rows once that is in memory.
MOST = 3_000_000


def instead(database: "Database") -> Callable[..., Awaitable[Mapping[str, int | None]]]:
    """Give what a database's `table_counts` is replaced by; Datasette has no other way."""

    async def table_counts(_limit: int = 10) -> Mapping[str, int | None]:
        return cast("Mapping[str, int | None]", await database.execute_fn(counts))

    return table_counts


def counts(raw: sqlite3.Connection) -> dict[str, int | None]:
    """Count the rows of each table; None for one that is not counted."""
    tables = raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    return {row[0]: _count(raw, row[0]) for row in tables}


def _count(raw: sqlite3.Connection, name: str) -> int | None:
    table = TABLES.get(name)
    if table is None or table.hidden or highest(raw, name) > MOST:
        return None
    return int(raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 - our own names


def highest(raw: sqlite3.Connection, table: str) -> int:
    """Give a table's highest rowid, which is found at once; 0 for what has none."""
    try:
        return int(raw.execute(f'SELECT max(rowid) FROM "{table}"').fetchone()[0] or 0)  # noqa: S608 - our own names
    except sqlite3.OperationalError:
        # A view, or a table without rowids.
        return 0
