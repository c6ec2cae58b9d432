"""What a Datasette has opened that is an archive, and the metadata that we give of it.

Found out once, at start-up: Datasette asks for metadata dozens of times for a page, and cannot
wait. What a person's own metadata say goes before; on databases that are no archive there are none.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeAlias
from weakref import WeakKeyDictionary

from archive.datasette.counting import highest, quicken
from archive.datasette.described import TABLES, Table
from archive.datasette.queries import QUERIES, canned
from archive.datasette.rooms import rooms

if TYPE_CHECKING:
    from datasette.app import Datasette

TITLE = "News archive"
DESCRIPTION = (
    "Tables and queries of the archive. Times are UTC; a page's or list's date is as printed, and "
    "NULL where it is not known. Newest stored first; the reading room sorts by publication."
)

Details: TypeAlias = Mapping[str, object]
# Database ▸ table ▸ its metadata. Datasette has no place where plugins may keep something.
_OPENED: "WeakKeyDictionary[Datasette, dict[str, dict[str, Details]]]" = WeakKeyDictionary()


async def look(datasette: "Datasette") -> None:
    """Find the archives among what is open, and what is to be said of their tables."""
    theirs = datasette.metadata("databases") or {}
    found = {}
    for room in await rooms(datasette):
        tables = (theirs.get(room.name) or {}).get("tables") or {}
        found[room.name] = await room.database.execute_fn(partial(_details, theirs=tables))
        quicken(room.database)
    _OPENED[datasette] = found


def names(datasette: "Datasette") -> frozenset[str]:
    """Give the names of the databases that are archives; none before start-up."""
    return frozenset(_OPENED.get(datasette, ()))


def metadata(datasette: "Datasette") -> dict[str, object]:
    """Give what Datasette merges with a person's metadata, each time anew: it writes into it."""
    found = _OPENED.get(datasette)
    if not found:
        return {}
    return {
        "title": TITLE,
        "databases": {
            name: {
                "description": DESCRIPTION,
                "tables": {table: _fresh(details) for table, details in tables.items()},
            }
            for name, tables in found.items()
        },
    }


def without_columns(given: Details) -> Details:
    """Give a table's metadata without what its columns mean, which our template shows itself."""
    return {key: value for key, value in given.items() if key != "columns"}


def queries(datasette: "Datasette", database: str) -> dict[str, dict[str, object]]:
    """Give the canned queries of a database, without those that a person names the same."""
    if database not in names(datasette):
        return {}
    theirs = datasette.metadata("queries", database=database, fallback=False) or {}
    return {name: canned(query) for name, query in QUERIES.items() if name not in theirs}


def _fresh(details: Details) -> dict[str, object]:
    return {
        key: dict(value) if isinstance(value, dict) else value for key, value in details.items()
    }


def _details(
    raw: sqlite3.Connection, *, theirs: Mapping[str, Mapping[str, object]]
) -> dict[str, Details]:
    """Describe the tables that there are: an archive of another version may lack some."""
    held = {row[0] for row in raw.execute("SELECT name FROM sqlite_schema")}
    return {
        name: details(
            table,
            columns=[row[1] for row in raw.execute(f'PRAGMA table_xinfo("{name}")')],
            rows=highest(raw, table.sized_by or name),
            theirs=theirs.get(name) or {},
        )
        for name, table in TABLES.items()
        if name in held
    }


def details(
    table: Table, *, columns: Iterable[str], rows: int, theirs: Mapping[str, object]
) -> Details:
    """Give a table's metadata: of the columns that it has, with facets that its size allows.

    A person who sorts the table has it sorted once: two orders would be an error.
    """
    held = tuple(columns)
    facets = (*table.facets, *(table.small_facets if rows <= table.small else ()))
    sort_desc = None if {"sort", "sort_desc"} & theirs.keys() else table.sort_desc
    given: dict[str, object] = {
        "description": table.description,
        "columns": {name: words for name, words in table.columns.items() if name in held},
        "facets": [name for name in facets if name in held],
        "units": {name: unit for name, unit in table.units.items() if name in held},
        "label_column": table.label,
        "sort_desc": sort_desc if sort_desc in held else None,
        "hidden": table.hidden,
        **_searched(table),
    }
    return {key: value for key, value in given.items() if value}


def _searched(table: Table) -> Mapping[str, str]:
    return dict(zip(("fts_table", "fts_pk"), table.search or (), strict=False))
