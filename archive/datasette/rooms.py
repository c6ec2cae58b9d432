"""Which of Datasette's databases is an archive, and reading it within Datasette's limits.

The first one that is an archive is the one that the pages show; others are browsed as tables.
Reading goes through Datasette's own read-only connections, in its threads, and ends at its limit of
time (`sql_time_limit_ms`).
"""

import sqlite3
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from datasette.utils import sqlite_timelimit

from archive import vetting
from archive.connection import Connection
from archive.holdings import Holdings

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

T = TypeVar("T")
# Bytes: twice what the largest page that is read could become as a text.
LONGEST_VALUE = 64_000_000


class Room(NamedTuple):
    """An archive that Datasette has open."""

    name: str
    """What Datasette calls the database."""
    database: "Database"
    folder: Path


async def room(datasette: "Datasette") -> Room | None:
    """Give the first database that is an archive, of whatever version; None where there is none."""
    return await anext(_found(datasette), None)


async def rooms(datasette: "Datasette") -> tuple[Room, ...]:
    """Give all databases that are archives, in their order."""
    return tuple([found async for found in _found(datasette)])


async def _found(datasette: "Datasette") -> AsyncIterator[Room]:
    for name, database in datasette.databases.items():
        if database.path and await database.execute_fn(_is_archive):
            yield Room(name, database, Path(database.path).parent)


def bound(raw: sqlite3.Connection) -> None:
    """Bound what a single value may take on an archive's connection; others are left alone.

    Within one function's call there is no limit of time: `hex(zeroblob(500000000))` takes a
    gigabyte before anything could interrupt it.
    """
    if _is_archive(raw):
        raw.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)


def _is_archive(raw: sqlite3.Connection) -> bool:
    try:
        return bool(vetting.applied(raw))
    except sqlite3.DatabaseError:
        # Not a database at all: Datasette says so itself.
        return False


async def read(datasette: "Datasette", shown: Room, reading: Callable[[Holdings], T]) -> T:
    """Read the archive in one of Datasette's threads.

    Raises:
        ArchiveOutdated: it was made by an older version; and what else `vetting.check` raises.
        ArchiveError: SQLite's errors, also that the limit of time was reached.

    """
    limit = datasette.setting("sql_time_limit_ms")

    def in_thread(raw: sqlite3.Connection) -> T:
        connection = Connection(shown.folder, raw)
        vetting.check(connection)
        with sqlite_timelimit(raw, limit):
            return reading(Holdings(connection))

    return cast("T", await shown.database.execute_fn(in_thread))
