"""The way to `archive.db`: opening, transactions, and SQLite's errors in our own words.

Reading takes plain sqlite3. Writing takes sqlite-utils, imported when the first transaction
begins, so that commands that only read start fast. No SQL about the archive's tables is here.
"""

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import ArchiveError, ArchiveLocked, ArchiveMissing

if TYPE_CHECKING:
    from sqlite_utils import Database

    from archive.rows import Value

FILE_NAME = "archive.db"
# A writer holds the lock for one page's transaction, milliseconds; a bulk import for a few seconds.
PATIENCE = timedelta(seconds=15)
# Pages kept in memory, in KiB (negative means so to SQLite): the upper levels of every index of a
# million articles.
CACHE_KIB = 32_000
# A search reads more of it than a crawl, and a reader's process has nothing else to hold.
READER_CACHE_KIB = 128_000

EXPLANATIONS = (
    ("readonly", "it cannot be written: the file or its folder is read-only"),
    ("full", "the disk is full; nothing was lost, free some space and try again"),
    ("disk I/O error", "the disk does not take or give it: it is full, or failing"),
    ("not a database", "the file is not a SQLite database"),
    ("malformed", "the database is damaged; restore a backup"),
    ("unable to open", "the file cannot be opened"),
    ("interrupted", "reading it took longer than it may; ask for less"),
    ("no such table", "the file is not an archive of this program"),
)


class Connection:
    """One open `archive.db`, and the only place where transactions begin and end."""

    def __init__(self, folder: Path, raw: sqlite3.Connection) -> None:
        self.folder = folder
        self.raw = raw

    @cached_property
    def database(self) -> "Database":
        """The same connection as sqlite-utils sees it; its nested writes become savepoints."""
        from sqlite_utils import Database

        return Database(self.raw, execute_plugins=False)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for reading; raises ArchiveError for what SQLite reports."""
        try:
            yield self.raw
        except sqlite3.Error as error:
            raise explained(error, self.folder) from error

    @contextmanager
    def writing(self) -> Iterator["Database"]:
        """Run one transaction: all of it is stored, or (after any error) nothing.

        Raises ArchiveLocked when another process writes for longer than our patience.
        """
        try:
            database = self.database
            self.raw.execute("BEGIN IMMEDIATE")
            try:
                yield database
                self.raw.execute("COMMIT")
            except BaseException:
                if self.raw.in_transaction:
                    self.raw.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise explained(error, self.folder) from error

    def close(self) -> None:
        """Close the file; what was not committed is undone."""
        self.raw.close()


def insert(db: "Database", table: str, row: "Mapping[str, Value]") -> int:
    """Insert one row in the caller's transaction; gives its id.

    For what is stored of every page: sqlite-utils works its statement out anew each time.
    """
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    cursor = db.conn.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608 - our own names
        tuple(row.values()),
    )
    return int(cursor.lastrowid or 0)


def explained(error: sqlite3.Error, folder: Path) -> ArchiveError:
    """Give SQLite's error as one of ours: one line that says what to do."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return ArchiveLocked(f"{folder} is being written by another process; try again later")
    reason = next((ours for theirs, ours in EXPLANATIONS if theirs in text), text)
    return ArchiveError(f"{folder / FILE_NAME}: {reason}")


def open_to_write(folder: Path, *, patience: timedelta = PATIENCE) -> Connection:
    """Open the database for writing, made when it is missing.

    Readers go on while we write (WAL). Raises ArchiveError.
    """
    return _opened(
        folder,
        "rwc",
        patience,
        (
            "PRAGMA journal_mode=WAL",
            # With WAL a crash of the machine may lose the last commits, never the file's integrity;
            # a lost page is fetched again, since its frontier row is in the same transaction.
            "PRAGMA synchronous=NORMAL",
            "PRAGMA foreign_keys=ON",
        ),
    )


def open_to_read(folder: Path, *, patience: timedelta = PATIENCE) -> Connection:
    """Open the database read-only. Raises ArchiveMissing, ArchiveError."""
    path = folder / FILE_NAME
    if not path.is_file():
        raise ArchiveMissing(missing(folder))
    # Opening reads nothing yet: what is no database is told from here on.
    looks = (f"PRAGMA cache_size=-{READER_CACHE_KIB}", "SELECT 1 FROM sqlite_schema LIMIT 1")
    return _opened(folder, _reading_mode(path), patience, looks)


def missing(folder: Path) -> str:
    """Say that there is no archive, and how to get one."""
    return f"no archive at {folder}; `backfile add URL` makes one, -a FOLDER names another"


def _reading_mode(path: Path) -> str:
    """Give `ro`, or for a medium that nobody can write also `immutable`.

    A reader of a WAL database shares a file beside it, which cannot be made there.
    """
    pending = path.with_name(f"{path.name}-wal")
    untouched = not pending.exists() or pending.stat().st_size == 0
    return "ro&immutable=1" if untouched and not os.access(path.parent, os.W_OK) else "ro"


def _opened(
    folder: Path, mode: str, patience: timedelta, statements: tuple[str, ...]
) -> Connection:
    """Open the database and run what belongs to opening it; raises ArchiveError."""
    try:
        # Without an isolation level the driver begins no transaction of its own: we say BEGIN.
        raw = sqlite3.connect(
            f"{(folder / FILE_NAME).absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=patience.total_seconds(),
            isolation_level=None,
            cached_statements=256,
        )
    except sqlite3.Error as error:
        raise explained(error, folder) from error
    raw.row_factory = sqlite3.Row
    try:
        for statement in (f"PRAGMA cache_size=-{CACHE_KIB}", *statements):
            raw.execute(statement)
    except sqlite3.Error as error:
        raw.close()
        raise explained(error, folder) from error
    return Connection(folder, raw)
