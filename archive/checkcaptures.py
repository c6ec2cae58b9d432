"""Whether the WARC files and the table `captures` fit each other. Reads only; `checking` calls it.

Quick, it looks at files' sizes and at what lies behind the last indexed record. Thorough, it reads
every record and computes its digest.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

from archive.captures import FOLDER, SUFFIX
from archive.faults import Fault, FaultKind
from archive.records import CaptureKind
from archive.rows import number

if TYPE_CHECKING:
    from archive.warc import Found

REPEATING_NOTHING = """
    SELECT id FROM captures WHERE kind = 'revisit' AND NOT EXISTS (
        SELECT 1 FROM captures AS whole
        WHERE whole.key = captures.key AND whole.digest = captures.digest
        AND whole.kind = 'response'
    )
"""


def check(raw: sqlite3.Connection, folder: Path, *, thorough: bool) -> Iterator[Fault]:
    """Give what is wrong with an archive's captures."""
    for (row,) in raw.execute(REPEATING_NOTHING):
        yield _of_row(row, "repeats the body of a capture that is not held")
    present = {path.name: path for path in sorted((folder / FOLDER).glob(f"*{SUFFIX}"))}
    named = {str(row[0]) for row in raw.execute("SELECT DISTINCT file FROM captures")}
    for name in sorted(named - present.keys()):
        count = raw.execute("SELECT count(*) FROM captures WHERE file = ?", (name,)).fetchone()[0]
        yield Fault(
            kind=FaultKind.CAPTURE,
            where=f"{FOLDER}/{name}",
            what=f"is missing, with {count} captures that the table knows",
            mendable=False,
        )
    for path in present.values():
        yield from _check_file(raw, path, thorough=thorough)


def _check_file(raw: sqlite3.Connection, path: Path, *, thorough: bool) -> Iterator[Fault]:
    rows = {
        number(row["offset"]): row
        for row in raw.execute(
            'SELECT * FROM captures WHERE file = ? ORDER BY "offset"', (path.name,)
        )
    }
    size = path.stat().st_size
    beyond = [offset for offset, row in rows.items() if offset + number(row["length"]) > size]
    for offset in beyond:
        yield _of_row(rows.pop(offset)["id"], f"lies behind the end of {path.name}")
    if beyond:
        # What stands at the end is the rest of these.
        return
    with path.open("rb") as file:
        walk = _read_all if thorough else _read_tail
        yield from walk(file, rows, path)


def _read_tail(file: IO[bytes], rows: Mapping[int, sqlite3.Row], path: Path) -> Iterator[Fault]:
    """Look at what stands behind the last record that has a row."""
    from archive import warc

    end = max((offset + number(row["length"]) for offset, row in rows.items()), default=0)
    for found in warc.scan(file, end):
        yield _orphan(path, f"a capture of {found.exchange.url} at byte {found.offset} has no row")
    yield from _torn(file, end, path)


def _read_all(file: IO[bytes], rows: Mapping[int, sqlite3.Row], path: Path) -> Iterator[Fault]:
    """Read every record, also behind one that cannot be read."""
    from archive import warc

    left = dict(rows)
    position = 0
    while True:
        for found in warc.scan(file, position):
            position = found.offset + found.length
            row = left.pop(found.offset, None)
            if row is None:
                said = f"a capture of {found.exchange.url} at byte {found.offset} has no row"
                yield _orphan(path, said)
            else:
                yield from _differs(found, row)
        behind = [offset for offset in left if offset >= position]
        if not behind:
            break
        broken = left.pop(min(behind))
        position = number(broken["offset"]) + number(broken["length"])
        yield _of_row(broken["id"], f"cannot be read at byte {broken['offset']} of {path.name}")
    for row in left.values():
        yield _of_row(row["id"], f"points into the middle of a record of {path.name}")
    yield from _torn(file, position, path)


def _differs(found: "Found", row: sqlite3.Row) -> Iterator[Fault]:
    """Compare a record with its row, and its body with its digest."""
    from archive import warc

    whole = found.kind is CaptureKind.RESPONSE
    if found.digest != row["digest"] or found.kind.value != row["kind"]:
        yield _of_row(row["id"], "its record has another digest or kind than the row")
    elif whole and warc.digest_of(found.exchange.body) != found.digest:
        yield _of_row(row["id"], "its record's body does not fit its digest")


def _torn(file: IO[bytes], start: int, path: Path) -> Iterator[Fault]:
    """Tell of bytes at the end that are no whole record."""
    from archive import warc

    whole = warc.end_of_whole(file, start)
    torn = path.stat().st_size - whole
    if torn:
        yield _orphan(path, f"its last {torn} bytes are a torn record")


def _of_row(row_id: int, what: str) -> Fault:
    return Fault(kind=FaultKind.CAPTURE, where="captures", id=row_id, what=what, mendable=False)


def _orphan(path: Path, what: str) -> Fault:
    return Fault(kind=FaultKind.ORPHAN, where=f"{FOLDER}/{path.name}", what=what)
