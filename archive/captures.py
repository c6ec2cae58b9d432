"""Everything that came over the network, kept in WARC files, and the index of them.

    captures.mend()                     at the start: what a killed crawl left unindexed or torn
    kept = captures.write(exchange)     before the page is read
    captures.index()                    now and then, and at the end
    exchange = captures.read(kept)
    captures.erase(keys)                what is to be forgotten, overwritten in its place

A record is on the disk before the row that points to it. What was written and not indexed when a
process was killed is found at the end of its file; a torn record there is cut off. Only who holds
the crawl lock writes. Nothing is ever deleted but what `erase` is told to.
"""

import json
import os
import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from archive.connection import FILE_NAME, Connection
from archive.errors import ArchiveError
from archive.records import Capture, CaptureKind, Exchange
from archive.rows import (
    Row,
    Stored,
    instant,
    moment,
    number,
    number_or_none,
    storable,
    text_or_none,
)
from archive.urls import page_key

if TYPE_CHECKING:
    from io import FileIO

    from archive.warc import Found

FOLDER = "captures"
SUFFIX = ".warc.gz"
# A file of this size still copies and opens in seconds; it is what the standard recommends.
FILE_BYTES = 1_000_000_000
# Rows that one transaction writes: some hundred bytes each, and one commit costs what fifty do.
BATCH = 50
# Left free for the database, its journal and everybody else on the disk.
RESERVE_BYTES = 500_000_000

READABLE = """
    SELECT captures.* FROM captures
    JOIN addresses ON addresses.key = captures.key
    JOIN articles ON articles.id = article_id AND articles.captured_at = captures.captured_at
    WHERE captures.status BETWEEN 200 AND 299 AND captures.captured_at >= :since
    UNION ALL
    SELECT captures.* FROM articles
    JOIN addresses ON addresses.article_id = articles.id AND addresses.role = 'memento'
    JOIN captures ON captures.key = addresses.key AND captures.url = articles.memento_url
    WHERE captures.status BETWEEN 200 AND 299 AND captures.captured_at >= :since
    UNION ALL
    SELECT * FROM captures WHERE id IN (
        SELECT id FROM (
            SELECT id, max(captured_at) FROM captures
            WHERE status BETWEEN 200 AND 299 AND captured_at >= :since
            AND key NOT IN (SELECT key FROM addresses) GROUP BY key
        )
    )
"""


# What a page's server means by "not modified": the last that it sent whole.
NOT_MODIFIED = 304
LAST_WHOLE = (
    "SELECT * FROM captures WHERE key = ? AND kind = 'response' AND status = 200 "
    "ORDER BY captured_at DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What was found at the ends of the files."""

    indexed: int
    """Whole records that had no row."""
    cut: int
    """Bytes of a torn record that were cut off."""


class Captures:
    """The captures of one archive; every method raises ArchiveError."""

    def __init__(
        self,
        connection: Connection,
        *,
        file_bytes: int = FILE_BYTES,
        reserve_bytes: int = RESERVE_BYTES,
        budget_bytes: int | None = None,
    ) -> None:
        self._connection = connection
        self.folder = connection.folder / FOLDER
        self.file_bytes = file_bytes
        self.reserve_bytes = reserve_bytes
        self.budget_bytes = budget_bytes
        self._pending: list[Capture] = []
        self._newest: Path | None = None

    def write(self, exchange: Exchange, *, asked: bool = True) -> Capture:
        """Append an exchange to the newest file; gives where it lies.

        A body that is held of the same page already is not written again. Without `asked` nothing
        is known of the request, and no record of it is made.
        """
        from archive import warc

        digest = warc.digest_of(exchange.body)
        repeats = self._repeated(exchange, digest)
        if repeats is not None:
            digest = repeats.digest
        request, answer = warc.members(exchange, digest=digest, repeats=repeats)
        request = request if asked else b""
        path, offset = self._append(request, answer, exchange.captured_at)
        capture = _capture(exchange, digest, path.name, offset + len(request), len(answer))
        if repeats is not None:
            capture = replace(capture, kind=CaptureKind.REVISIT)
        self._pending.append(capture)
        if len(self._pending) >= BATCH:
            self.index()
        return capture

    def index(self) -> None:
        """Write the rows of what was written since the last time."""
        if self._pending:
            self._insert(self._pending)
            self._pending.clear()

    def mend(self) -> Mended:
        """Index what has no row yet, and cut off torn records; for who holds the crawl lock."""
        ends = self._indexed_ends()
        indexed = cut = 0
        for path in self._files():
            end = ends.get(path.name, 0)
            if path.stat().st_size > end:
                found, torn = self._mend_file(path, end)
                indexed, cut = indexed + found, cut + torn
        return Mended(indexed=indexed, cut=cut)

    def holds(self, exchange: Exchange) -> bool:
        """Tell whether an answer is kept already: of this page, at this moment, with this body."""
        from archive import warc

        digest = warc.digest_of(exchange.body)
        return self.holds_record(exchange.url, captured_at=exchange.captured_at, digest=digest)

    def holds_record(self, url: str, *, captured_at: datetime, digest: str) -> bool:
        """Tell the same of a page, a moment and a body's digest."""
        wanted = (instant(captured_at), digest)
        key = page_key(url) or url
        for held in self._pending:
            if (instant(held.captured_at), held.digest) == wanted and page_key(held.url) == key:
                return True
        with self._connection.reading() as raw:
            row = raw.execute(
                "SELECT 1 FROM captures WHERE key = ? AND captured_at = ? AND digest = ?",
                (key, *wanted),
            ).fetchone()
        return row is not None

    def every(self) -> Iterator[Capture]:
        """Give all captures, in the order in which they were indexed."""
        with self._connection.reading() as raw:
            yield from map(from_row, raw.execute("SELECT * FROM captures ORDER BY id"))

    def of(self, url: str) -> tuple[Capture, ...]:
        """Give the captures of a page, the oldest first."""
        with self._connection.reading() as raw:
            rows = raw.execute(
                "SELECT * FROM captures WHERE key = ? ORDER BY captured_at, id",
                (page_key(url) or url,),
            ).fetchall()
        return tuple(from_row(row) for row in rows)

    def readable(self, *, since: datetime | None = None) -> Iterator[Capture]:
        """Give one capture of each page that came whole: what is held was read from, else the last.

        Pages that are none of ours to read (robots.txt) are among them.
        """
        with self._connection.reading() as raw:
            rows = raw.execute(READABLE, {"since": instant(since) if since else ""})
            yield from map(from_row, rows)

    def read(self, capture: Capture) -> Exchange:
        """Read a capture back; of a revisit the body of the capture that it repeats."""
        found = self._read_at(capture)
        if capture.kind is not CaptureKind.REVISIT:
            return found.exchange
        original = self._holding(capture.url, capture.digest)
        if original is None:
            raise ArchiveError(f"the body of {capture.url} is in no capture any more")
        return replace(found.exchange, body=self._read_at(original).exchange.body)

    def packed(self, capture: Capture) -> tuple[bytes, bytes]:
        """Give the records of a capture as they lie in their file: the request's, if any, and its.

        Raises ArchiveError, also where the file was taken away.
        """
        from archive import warc

        with self._connection.reading() as raw:
            above = raw.execute(
                'SELECT max("offset" + length) FROM captures WHERE file = ? AND "offset" < ?',
                (capture.file, capture.offset),
            ).fetchone()[0]
        path = self.folder / capture.file
        try:
            with path.open("rb") as file:
                start = warc.end_of_opening(file) if above is None else number(above)
                begin = warc.request_before(file, start, capture.offset)
                file.seek(begin)
                data = file.read(capture.offset + capture.length - begin)
        except OSError as error:
            raise ArchiveError(f"cannot read {path}: {error.strerror}") from error
        if len(data) < capture.offset + capture.length - begin:
            raise ArchiveError(f"{path} ends before the capture of {capture.url}")
        return data[: capture.offset - begin], data[capture.offset - begin :]

    def adopt(self, capture: Capture, request: bytes, answer: bytes) -> Capture:
        """Append another archive's records as they are; gives where they lie here."""
        path, offset = self._append(request, answer, capture.captured_at)
        kept = replace(capture, file=path.name, offset=offset + len(request), length=len(answer))
        self._pending.append(kept)
        if len(self._pending) >= BATCH:
            self.index()
        return kept

    def erase(self, keys: Collection[str]) -> int:
        """Overwrite every capture of these pages, requests too; gives how many there were.

        The files' other records stay where they are. For who holds the crawl lock.
        """
        self.index()
        with self._connection.reading() as raw:
            rows = raw.execute(
                'SELECT *, (SELECT max(above."offset" + above.length) FROM captures above '
                'WHERE above.file = captures.file AND above."offset" < captures."offset") '
                "AS above FROM captures WHERE key IN (SELECT value FROM json_each(?))",
                (json.dumps(list(keys)),),
            ).fetchall()
        for row in rows:
            self._overwrite(from_row(row), number_or_none(row["above"]))
        with self._connection.writing() as db:
            ids = json.dumps([row["id"] for row in rows])
            db.execute("DELETE FROM captures WHERE id IN (SELECT value FROM json_each(?))", (ids,))
        return len(rows)

    def _overwrite(self, capture: Capture, above: int | None) -> None:
        """Put a record that says nothing in place of a request and its answer."""
        from archive import warc

        path = self.folder / capture.file
        try:
            with path.open("rb+") as file:
                start = warc.end_of_opening(file) if above is None else above
                file.seek(start)
                file.write(warc.filler(capture.offset + capture.length - start))
                file.flush()
                os.fsync(file.fileno())
        except FileNotFoundError:
            # Somebody has taken the whole file away already.
            return
        except OSError as error:
            raise ArchiveError(f"cannot write {path}: {error.strerror}") from error

    def _read_at(self, capture: Capture) -> "Found":
        from archive import warc

        path = self.folder / capture.file
        try:
            with path.open("rb") as file:
                return warc.read(file, capture.offset)
        except OSError as error:
            raise ArchiveError(f"cannot read {path}: {error.strerror}") from error

    def _repeated(self, exchange: Exchange, digest: str) -> Capture | None:
        """Give the capture that holds the body of an answer, also of one that only says so."""
        if exchange.status == NOT_MODIFIED:
            held = [each for each in self._pending if _is_page(each, exchange.url)]
            with self._connection.reading() as raw:
                row = raw.execute(LAST_WHOLE, (page_key(exchange.url) or exchange.url,)).fetchone()
            return held[-1] if held else from_row(row) if row else None
        return self._holding(exchange.url, digest) if exchange.body else None

    def _holding(self, url: str, digest: str) -> Capture | None:
        """Give the capture of a page that holds this body."""
        key = page_key(url) or url
        for capture in self._pending:
            if _holds_body(capture, digest) and page_key(capture.url) == key:
                return capture
        with self._connection.reading() as raw:
            row = raw.execute(
                "SELECT * FROM captures WHERE key = ? AND digest = ? AND kind = 'response' LIMIT 1",
                (key, digest),
            ).fetchone()
        return from_row(row) if row else None

    def _append(self, request: bytes, answer: bytes, now: datetime) -> tuple[Path, int]:
        """Write both records at the end of a file with room; raises ArchiveError."""
        from archive import warc

        try:
            self.folder.mkdir(exist_ok=True)
            self._check_free()
            path = self._file_with_room(now)
            begun = path.stat().st_size
            opening = b"" if begun else warc.opening(f"Backfile/{version('backfile')}")
            with path.open("ab", buffering=0) as file:
                _write_whole(file, opening + request + answer)
        except OSError as error:
            raise ArchiveError(f"cannot write captures: {self.folder}: {error.strerror}") from error
        return path, begun + len(opening)

    def check_room(self) -> None:
        """See that the disk has room for more, and the archive's own bound; raises ArchiveError.

        For whoever is about to fetch, with or without captures: it ends before the disk is full.
        """
        self._check_free()
        if self.budget_bytes is None:
            return
        folder = self._connection.folder
        held = (*folder.glob(f"{FILE_NAME}*"), *self._files())
        taken = sum(path.stat().st_size for path in held)
        if taken >= self.budget_bytes:
            raise ArchiveError(
                f"{folder} takes {taken // 1_000_000} MB, and is to take no more than "
                f"{self.budget_bytes // 1_000_000} MB; nothing was deleted"
            )

    def _check_free(self) -> None:
        folder = self._connection.folder
        free = shutil.disk_usage(folder).free
        if free < self.reserve_bytes:
            raise ArchiveError(
                f"only {free // 1_000_000} MB are free on the disk of {folder}, and "
                f"{self.reserve_bytes // 1_000_000} MB are to stay so; nothing was deleted"
            )

    def _file_with_room(self, now: datetime) -> Path:
        if self._newest is None:
            self._newest = next(reversed(self._files()), None)
        if self._newest is None or self._newest.stat().st_size >= self.file_bytes:
            self._newest = self._unused(now)
            self._newest.touch()
        return self._newest

    def _unused(self, now: datetime) -> Path:
        """Give the path of a new file; names sort as they were begun."""
        number = len(self._files()) + 1
        return self.folder / f"backfile-{now:%Y%m%d%H%M%S}-{number:05}{SUFFIX}"

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(f"*{SUFFIX}"))

    def _indexed_ends(self) -> dict[str, int]:
        with self._connection.reading() as raw:
            rows = raw.execute('SELECT file, max("offset" + length) FROM captures GROUP BY file')
            return {str(row[0]): number(row[1]) for row in rows}

    def _mend_file(self, path: Path, end: int) -> tuple[int, int]:
        """Index a file from `end` on; gives how many records, and how many bytes were torn."""
        from archive import warc

        found: list[Capture] = []
        with path.open("rb") as file:
            whole = end or warc.end_of_opening(file)
            for each in warc.scan(file, whole):
                kept = _capture(each.exchange, each.digest, path.name, each.offset, each.length)
                found.append(replace(kept, kind=each.kind))
                whole = each.offset + each.length
        torn = path.stat().st_size - whole
        if torn:
            os.truncate(path, whole)
        self._insert(found)
        return len(found), torn

    def _insert(self, captures: Sequence[Capture]) -> None:
        for name in {capture.file for capture in captures}:
            _make_durable(self.folder / name)
        with self._connection.writing() as db:
            db.table("captures").insert_all([_row(c) for c in captures], ignore=True)


def _write_whole(file: "FileIO", data: bytes) -> None:
    """Append to a file all of `data` or, on a disk that takes no more of it, nothing.

    Raises:
        OSError: nothing was written.

    """
    begun = file.seek(0, os.SEEK_END)
    left = memoryview(data)
    try:
        while left:
            left = left[file.write(left) :]
    except OSError:
        # A torn record would spoil all that is written behind it, should there be room again.
        file.truncate(begun)
        raise


def _make_durable(path: Path) -> None:
    """Have a file on the disk itself before rows point into it."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _holds_body(capture: Capture, digest: str) -> bool:
    return capture.kind is CaptureKind.RESPONSE and capture.digest == digest


def _is_page(capture: Capture, url: str) -> bool:
    whole = capture.kind is CaptureKind.RESPONSE and capture.status == 200
    return whole and page_key(capture.url) == page_key(url)


def _capture(exchange: Exchange, digest: str, file: str, offset: int, length: int) -> Capture:
    given = {name.casefold(): value for name, value in exchange.headers}
    return Capture(
        url=exchange.url,
        asked_url=exchange.asked_url,
        captured_at=exchange.captured_at,
        status=exchange.status,
        media_type=given.get("content-type", "").partition(";")[0].strip().casefold() or None,
        digest=digest,
        kind=CaptureKind.RESPONSE,
        location=given.get("location"),
        file=file,
        offset=offset,
        length=length,
    )


def _row(capture: Capture) -> Row:
    return {
        "key": page_key(capture.url) or storable(capture.url),
        "url": storable(capture.url),
        "asked_url": storable(capture.asked_url),
        "captured_at": instant(capture.captured_at),
        "status": capture.status,
        "media_type": storable(capture.media_type) if capture.media_type else None,
        "digest": capture.digest,
        "kind": capture.kind.value,
        "location": storable(capture.location) if capture.location else None,
        "file": capture.file,
        "offset": capture.offset,
        "length": capture.length,
    }


def from_row(row: Stored) -> Capture:
    """Read a capture from a row of `captures`."""
    return Capture(
        url=str(row["url"]),
        asked_url=str(row["asked_url"]),
        captured_at=moment(row["captured_at"]),
        status=number(row["status"]),
        media_type=text_or_none(row["media_type"]),
        digest=str(row["digest"]),
        kind=CaptureKind(str(row["kind"])),
        location=text_or_none(row["location"]),
        file=str(row["file"]),
        offset=number(row["offset"]),
        length=number(row["length"]),
    )
