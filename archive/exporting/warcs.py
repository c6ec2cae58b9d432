"""Captures as one WARC file, copied record by record as they lie in the archive's own."""

import sqlite3
from collections.abc import Iterator
from importlib.metadata import version

from archive import warc
from archive.captures import Captures, from_row
from archive.errors import ArchiveError
from archive.exporting.selecting import Picked

# A revisit has its original's key, so that both are meant or neither is.
CAPTURES = 'SELECT * FROM captures WHERE {picked} ORDER BY file, "offset"'
OF_PICKED = (
    "key IN (SELECT key FROM addresses WHERE article_id IN (SELECT id FROM temp.picked_articles))"
)


def write(
    raw: sqlite3.Connection, picked: Picked, captures: Captures, lost: list[str]
) -> Iterator[bytes]:
    """Give the records of what is meant; what cannot be read is noted in `lost`."""
    yield warc.opening(f"Backfile/{version('backfile')}")
    condition = "1" if picked.everything else OF_PICKED
    for row in raw.execute(CAPTURES.format(picked=condition)):
        try:
            request, answer = captures.packed(from_row(row))
        except ArchiveError as error:
            lost.append(str(error))
            continue
        yield request
        yield answer
