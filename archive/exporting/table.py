"""CSV (RFC 4180) for spreadsheets and data frames: a row an article, or a headline without one.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, as OWASP advises
("CSV Injection"): a title of a page must not run in the reader's office.
"""

import csv
import io
import sqlite3
from collections.abc import Iterable, Iterator

from archive.exporting.entries import Entry, Line, bare, entries
from archive.exporting.selecting import Picked

COLUMNS = (
    "kind",
    "id",
    "title",
    "url",
    "publisher",
    "published",
    "published_precision",
    "published_from",
    "byline",
    "section",
    "tags",
    "language",
    "description",
    "source",
    "captured_at",
    "memento_url",
    "partial",
    "text",
)
# Wide ones too: some spreadsheets take them for the others.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
# Between several values in one cell.
BETWEEN = "; "
# Without it some spreadsheets read UTF-8 as the encoding of their country.
MARK = "\ufeff"


def write(raw: sqlite3.Connection, picked: Picked, *, mark: bool = False) -> Iterator[str]:
    """Give the rows, the columns' names first; with `mark` behind a byte order mark."""
    if mark:
        yield MARK
    yield _row(COLUMNS)
    for entry in entries(raw, picked):
        yield _row(defused(cell) for cell in _article(entry))
    for line in bare(raw, picked):
        yield _row(defused(cell) for cell in _headline(line))


def defused(cell: str) -> str:
    """Give a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _row(cells: Iterable[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(list(cells))
    return out.getvalue()


def _article(entry: Entry) -> tuple[str, ...]:
    read = entry.article
    return (
        "article",
        str(entry.id),
        entry.title or "",
        read.url,
        entry.publisher or "",
        entry.published or "",
        entry.published_precision or "",
        entry.published_from or "",
        BETWEEN.join(read.byline),
        read.section or "",
        BETWEEN.join(read.tags),
        read.language or "",
        read.description or "",
        entry.source or "",
        entry.captured_at,
        entry.memento_url or "",
        "yes" if read.partial else "",
        read.text,
    )


def _headline(line: Line) -> tuple[str, ...]:
    read = line.headline
    told = (
        read.published.isoformat() if read.published else "",
        read.published.precision.value if read.published else "",
        read.published.source.value if read.published else "",
    )
    known = (f"h{line.id}", read.title, read.url or "", read.publisher or "", *told)
    unknown = ("", "", "", "", "")
    return ("headline", *known, *unknown, line.source, line.first_seen, "", "", "")
