"""Whether this program can use a database: which steps of the schema it has seen. Changes nothing.

The steps are in `archive.schema`; every command asks this when it opens an archive, and most of
them never need the steps themselves.
"""

import sqlite3

from archive.connection import FILE_NAME, Connection
from archive.errors import ArchiveError, ArchiveMissing, ArchiveOutdated, ArchiveTooNew

SET_NAME = "backfile"
# The names of `schema.STEPS`, in their order.
STEPS = (
    "m0001_tables",
    "m0002_search",
    "m0003_resolutions",
    "m0004_list_changes",
    "m0005_doors",
    "m0006_attributions",
    "m0007_visits",
    "m0008_lookups",
    "m0009_captures",
    "m0010_validators",
    "m0011_tombstones",
    "m0012_damaged",
    "m0013_hosts_due",
    "m0014_readings",
    "m0015_search_order",
    "m0016_page_keys",
    "m0017_sketches",
    "m0018_story_ties",
    "m0019_views",
    "m0020_crawls",
    "m0021_mementos",
    "m0022_watches",
    "m0023_care",
    "m0024_tallies",
)


def applied(raw: sqlite3.Connection) -> tuple[str, ...]:
    """Give the names of the steps that a database has seen; none for a new or foreign one."""
    known = "SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'"
    if raw.execute(known).fetchone() is None:
        return ()
    names = "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id"
    return tuple(row[0] for row in raw.execute(names, (SET_NAME,)))


def check(connection: Connection) -> None:
    """Raise what keeps this program from using the database: foreign, outdated or too new."""
    with connection.reading() as raw:
        seen = applied(raw)
    refuse_foreign(connection, seen)
    pending = set(STEPS) - set(seen)
    if pending:
        raise ArchiveOutdated(
            f"{connection.folder} was made by an older version; "
            "`backfile crawl` or `backfile import` upgrades it (after a backup)"
        )


def refuse_foreign(connection: Connection, seen: tuple[str, ...]) -> None:
    """Raise ArchiveError, ArchiveMissing or ArchiveTooNew for what is not ours to upgrade."""
    if not seen:
        with connection.reading() as raw:
            tables = raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        path = connection.folder / FILE_NAME
        if tables:
            raise ArchiveError(f"{path} is not an archive of this program")
        raise ArchiveMissing(f"{path} is empty; `backfile add URL` makes an archive of it")
    if set(seen) - set(STEPS):
        raise ArchiveTooNew(f"{connection.folder} was made by a newer version; update this program")
