"""How many rows tables and views have, for Datasette's pages of a database and of a view.

Datasette counts every table each time, those of the full-text index too, and a plain count cannot
be interrupted: at a million articles that reads three gigabytes. Here only what people see is
counted, and of very long tables nothing ("Many rows"). The view `news` has a row for each story
that has a lead, and is counted so: 60 ms instead of 1.6 seconds.
"""

import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from archive.datasette.described import TABLES

if TYPE_CHECKING:
    from datasette.database import Database, Results

# A count reads the table's smallest index: 50 ms a million rows once that is in memory.
MOST = 3_000_000


# A count as Datasette asks for it ▸ the same count, quicker.
QUICKER = {
    "select count(*) from news": "SELECT count(*) FROM stories WHERE lead_id IS NOT NULL",
}


def quicken(database: "Database") -> None:
    """Have a database count quickly. Datasette has no hook for it: two methods are replaced."""
    execute = database.execute

    async def table_counts(_limit: int = 10) -> Mapping[str, int | None]:
        return cast("Mapping[str, int | None]", await database.execute_fn(counts))

    async def quicker(sql: str, *rest: object, **named: object) -> "Results":
        return await execute(QUICKER.get(sql.strip(), sql), *rest, **named)

    database.table_counts = table_counts
    database.execute = quicker


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
