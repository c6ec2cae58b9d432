"""Which formats there are, which one a file's name asks for, and one export from begin to end."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from archive.connection import Connection
from archive.errors import ArchiveError, UsageError
from archive.exporting import atom, jsonl, markdown, opml, output, selecting, table
from archive.exporting.selecting import Picked
from archive.query import Query


class Format(StrEnum):
    """What an archive is written out as."""

    JSONL = "jsonl"
    """Everything that is held, to be read in again."""
    CSV = "csv"
    MARKDOWN = "markdown"
    """A folder, a file an article."""
    ATOM = "atom"
    OPML = "opml"
    """The sources alone."""
    WARC = "warc"
    """What came over the network."""


# The end of a file's name ▸ what it holds; the longer before the shorter that it ends in.
SUFFIXES: Mapping[str, Format] = {
    ".jsonl.gz": Format.JSONL,
    ".warc.gz": Format.WARC,
    ".csv.gz": Format.CSV,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".atom": Format.ATOM,
    ".xml": Format.ATOM,
    ".opml": Format.OPML,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be exported, as what, and where to."""

    format: Format
    path: Path | None
    """None is stdout."""
    query: Query | None
    title: str
    """What was asked for, in words."""
    mark: bool = False
    """CSV begins with a byte order mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """How much of an archive was meant."""

    articles: int
    headlines: int
    """Also those that led to these articles."""
    lost: tuple[str, ...] = ()
    """Captures that could not be read, and why."""


Pieces = Callable[[sqlite3.Connection, Picked, Wanted], Iterator[str | bytes]]
PIECES: Mapping[Format, Pieces] = {
    Format.JSONL: lambda raw, picked, _: jsonl.write(raw, picked),
    Format.CSV: lambda raw, picked, wanted: table.write(raw, picked, mark=wanted.mark),
    Format.ATOM: lambda raw, picked, wanted: atom.write(raw, picked, title=wanted.title),
    Format.OPML: lambda raw, picked, _: opml.write(raw, picked),
}


def format_of(path: Path | None, given: str | None) -> Format:
    """Give the format that is asked for, by name or by the file's. Raises UsageError."""
    if given is not None:
        return Format(given)
    if path is None:
        return Format.JSONL
    name = path.name.lower()
    found = next((form for suffix, form in SUFFIXES.items() if name.endswith(suffix)), None)
    if found is None:
        raise UsageError(
            f"{path}: its name tells no format; say one with --format {'|'.join(Format)}"
        )
    return found


def export(connection: Connection, wanted: Wanted) -> Exported:
    """Write out what is wanted, all of it as it is at one moment; gives how much it is.

    Raises UsageError, ArchiveError.
    """
    with connection.reading() as raw, _one_moment(raw):
        picked = selecting.pick(raw, wanted.query)
        lost: list[str] = []
        if wanted.format is Format.MARKDOWN:
            _write_folder(markdown.write(raw, picked), wanted.path)
        elif wanted.format is Format.WARC:
            from archive.captures import Captures
            from archive.exporting import warcs

            output.write(warcs.write(raw, picked, Captures(connection), lost), wanted.path)
        else:
            output.write(PIECES[wanted.format](raw, picked, wanted), wanted.path)
        return Exported(
            articles=_count(raw, "articles", picked.articles),
            headlines=_count(raw, "headlines", picked.headlines),
            lost=tuple(lost),
        )


@contextmanager
def _one_moment(raw: sqlite3.Connection) -> Iterator[None]:
    """Read the archive as it is now, whatever is written meanwhile."""
    raw.execute("BEGIN")
    try:
        yield
    finally:
        if raw.in_transaction:
            raw.execute("ROLLBACK")


def _count(raw: sqlite3.Connection, name: str, condition: str) -> int:
    # Two names and a condition of our own.
    row = raw.execute(f"SELECT count(*) FROM {name} WHERE {condition}").fetchone()  # noqa: S608 - our own names
    return int(row[0])


def _write_folder(files: Iterator[markdown.File], folder: Path | None) -> None:
    if folder is None:
        raise UsageError("markdown is a folder of files: say which with -o FOLDER")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"cannot make {folder}: {error.strerror}") from error
    for file in files:
        with output.whole(folder / file.name) as out:
            out.write(file.text.encode("utf-8", "replace"))
