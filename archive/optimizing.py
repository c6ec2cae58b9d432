"""Making an archive small and fast again: search segments merged, statistics, journal, file.

Readers go on meanwhile. The search indexes are merged in steps, each a transaction of its own:
other writers wait for one step at most, and what is interrupted goes on from there the next time.
"""

from collections.abc import Callable
from dataclasses import dataclass

from archive.connection import FILE_NAME, Connection
from archive.shape import search_indexes

# Pages of the index (4 KB each) that one step writes: some tenths of a second.
STEP_PAGES = 5_000
# A step that changed fewer rows than this had nothing to merge (SQLite's documentation of `merge`).
LEAST_CHANGES = 2
# Rows of each index that the statistics are taken from: enough to plan by, at any size.
ANALYSIS_LIMIT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimized:
    """What became of the files; sizes in bytes, of the database with its journal."""

    before: int
    after: int
    segments_before: int
    """Parts that the search indexes consisted of: a search looks into each."""
    segments_after: int


def optimize(
    connection: Connection, *, vacuum: bool, progress: Callable[[str], None] | None = None
) -> Optimized:
    """Merge, analyse and truncate; with `vacuum` write the file anew, without its free pages.

    Raises ArchiveError.
    """
    say = progress or (lambda _: None)
    before, segments_before = _size(connection), _segments(connection)
    for name in _names(connection):
        say(f"merging {name}")
        _merge(connection, name)
    say("taking statistics")
    with connection.writing() as db:
        db.execute(f"PRAGMA analysis_limit={ANALYSIS_LIMIT}")
        db.execute("ANALYZE")
    with connection.reading() as raw:
        if vacuum:
            say("writing the file anew")
            raw.execute("VACUUM")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Optimized(
        before=before,
        after=_size(connection),
        segments_before=segments_before,
        segments_after=_segments(connection),
    )


def _merge(connection: Connection, name: str) -> None:
    """Make one segment of a search index's many."""
    # The negative number takes all segments for one level, which the later steps then merge.
    pages = -STEP_PAGES
    while True:
        before = connection.raw.total_changes
        with connection.writing() as db:
            db.execute(
                f"INSERT INTO {name} ({name}, rank) VALUES ('merge', ?)",  # noqa: S608 - our own names
                (pages,),
            )
        if connection.raw.total_changes - before < LEAST_CHANGES:
            return
        pages = STEP_PAGES


def _names(connection: Connection) -> list[str]:
    with connection.reading() as raw:
        return [index.name for index in search_indexes(raw)]


def _segments(connection: Connection) -> int:
    with connection.reading() as raw:
        return sum(
            int(raw.execute(f"SELECT count(DISTINCT segid) FROM {name}_idx").fetchone()[0])  # noqa: S608 - our own names
            for name in _names(connection)
        )


def _size(connection: Connection) -> int:
    files = (connection.folder / f"{FILE_NAME}{suffix}" for suffix in ("", "-wal"))
    return sum(path.stat().st_size for path in files if path.exists())
