"""One file after the other, from folders and pipes: what each is, and who reads it.

A file that cannot be read keeps none of the others back.
"""

import gzip
import hashlib
import io
import json
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from archive import Archive
from archive.errors import UsageError
from archive.importing import lines
from archive.records import FrontierEntry, PageKind
from crawler.importing.kinds import GZIP, HEAD, WARC, ZSTANDARD, Kind, is_json, kind_of
from crawler.importing.meter import Meter
from crawler.importing.outcome import Outcome
from crawler.importing.pages import LARGEST_FILE, PIPED, import_page, too_large

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How files are to be imported."""

    now: datetime
    url: str | None = None
    """Where the one file was saved from."""
    captured_at: datetime | None = None
    kind: Kind | None = None
    """What they are; None looks at their first bytes."""
    capture: bool = True
    """Pages of WARC files are kept as captures."""
    meter: Meter | None = None
    """Hears how far a file is."""


class Readable(Protocol):
    """What gives bytes."""

    def read(self, size: int, /) -> bytes:
        """Give so many, or as many as there are."""


class Replayed(io.RawIOBase):
    """A file whose beginning was read already."""

    def __init__(self, head: bytes, file: Readable) -> None:
        super().__init__()
        self._head = head
        self._file = file

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Read on, first what was read already."""
        view = memoryview(buffer)
        piece = self._head[: len(view)] or self._file.read(len(view))
        self._head = self._head[len(view) :]
        view[: len(piece)] = piece
        return len(piece)


class Watched:
    """A file of which it is told how much was read."""

    def __init__(self, file: Readable, meter: Meter) -> None:
        self._file = file
        self._meter = meter

    def read(self, size: int, /) -> bytes:
        """Read on."""
        piece = self._file.read(size)
        self._meter.read(len(piece))
        return piece


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Give the files of folders, sorted, however deep; hidden ones are passed over."""
    for path in paths:
        if str(path) == PIPED or not path.is_dir():
            yield path
            continue
        for folder, names, files in os.walk(path):
            names[:] = sorted(name for name in names if not name.startswith("."))
            yield from (Path(folder) / one for one in sorted(files) if not one.startswith("."))


def import_files(archive: Archive, paths: Iterable[Path], wanted: Wanted) -> Iterator[Outcome]:
    """Import files and folders one after the other; gives what became of each.

    Raises ArchiveError where the archive is at fault, and nothing more can be stored.
    """
    for path in files_in(paths):
        yield import_one(archive, path, wanted)


def import_one(archive: Archive, path: Path, wanted: Wanted) -> Outcome:
    """Import one file; a second time changes nothing. Raises ArchiveError."""
    try:
        if str(path) == PIPED:
            return _import(archive, path, sys.stdin.buffer, wanted)
        with path.open("rb") as file:
            return _import(archive, path, file, wanted)
    except UsageError as error:
        return Outcome(path=path, kind=None, failed=str(error))
    except OSError as error:
        return Outcome(
            path=path, kind=None, failed=f"cannot read {path}: {error.strerror or error}"
        )
    except (EOFError, zlib.error) as error:
        return Outcome(path=path, kind=None, failed=f"cannot unpack {path}: {error}")


def _import(archive: Archive, path: Path, file: IO[bytes], wanted: Wanted) -> Outcome:
    if wanted.meter is None:
        return _import_read(archive, path, file, wanted)
    size = os.fstat(file.fileno()).st_size if file is not sys.stdin.buffer else None
    wanted.meter.begin(path, size)
    try:
        return _import_read(archive, path, Watched(file, wanted.meter), wanted)
    finally:
        wanted.meter.end()


def _import_read(archive: Archive, path: Path, file: Readable, wanted: Wanted) -> Outcome:
    head = file.read(HEAD)
    if head.startswith(ZSTANDARD):
        raise UsageError(f"{path} is packed with Zstandard: unpack it first")
    stream = io.BufferedReader(Replayed(head, file))
    if head.startswith(GZIP):
        head = unpacked(head)
        if not head.startswith(WARC) and wanted.kind is not Kind.WARC:
            stream = io.BufferedReader(Replayed(b"", gzip.GzipFile(fileobj=stream)))
    kind = wanted.kind or kind_of(head)
    return IMPORTERS[kind](archive, path, stream, wanted)


def unpacked(head: bytes) -> bytes:
    """Unpack the beginning of a gzip file."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, HEAD)
    except zlib.error:
        return b""


def _whole(path: Path, stream: IO[bytes]) -> bytes:
    """Read all of a file that has to be in memory at once. Raises UsageError."""
    body = stream.read(LARGEST_FILE + 1)
    if len(body) > LARGEST_FILE:
        raise too_large(path)
    return body


def _import_page(archive: Archive, path: Path, stream: IO[bytes], wanted: Wanted) -> Outcome:
    done = import_page(
        archive,
        _whole(path, stream),
        path,
        url=wanted.url,
        captured_at=wanted.captured_at,
        now=wanted.now,
    )
    return Outcome(path=path, kind=Kind.PAGE, page=done)


def _import_urls(archive: Archive, path: Path, stream: IO[bytes], wanted: Wanted) -> Outcome:
    from crawler.importing.urls import read_urls

    body = _whole(path, stream)
    saved = wanted.captured_at or wanted.now
    address = wanted.url or f"urn:sha256:{hashlib.sha256(body).hexdigest()}"
    read = read_urls(body.decode("utf-8-sig", "replace"), address=address, captured_at=saved)
    name = None if wanted.url or str(path) == PIPED else path.name
    source = archive.add_source(address, name=name, paused=True, now=wanted.now)
    found = archive.store_list(
        read.page,
        source_id=source.id,
        claim=None,
        now=wanted.now,
        seen=saved,
        follow=PageKind.POST,
        follow_older=False,
    )
    bare = (
        FrontierEntry(url=url, kind=PageKind.POST, source_id=source.id, found_on=address)
        for url in read.urls
    )
    queued = archive.frontier.add(bare, now=wanted.now)
    counts = {
        "addresses": len(read.urls),
        "queued": queued + found.queued,
        "headlines": found.new,
    }
    faults = tuple(f"{one.reason}: {line}" for one in read.page.left_out for line in one.lines)
    return Outcome(path=path, kind=Kind.URLS, counts=counts, faults=faults)


def _import_opml(archive: Archive, path: Path, stream: IO[bytes], wanted: Wanted) -> Outcome:
    from crawler.importing.opml import read_opml

    read = read_opml(_whole(path, stream))
    held = {source.url for source in archive.sources()}
    faults = [f"no web address: {url}" for url in read.refused]
    added = known = 0
    for one in read.sources:
        if one.url in held:
            known += 1
            continue
        try:
            archive.add_source(one.url, name=one.name, door=one.door, now=wanted.now)
            added += 1
        except UsageError as error:
            faults.append(str(error))
    counts = {"sources": added, "known": known}
    return Outcome(path=path, kind=Kind.OPML, counts=counts, faults=tuple(faults))


def _import_jsonl(archive: Archive, path: Path, stream: IO[bytes], wanted: Wanted) -> Outcome:
    progress = wanted.meter.take if wanted.meter else None
    taken = archive.take_in(_records(path, stream), now=wanted.now, progress=progress)
    counts = {
        "articles": taken.articles,
        "changed": taken.changed,
        "unchanged": taken.unchanged,
        "headlines": taken.headlines,
        "changed headlines": taken.changed_headlines,
        "sources": taken.sources,
        "queued": taken.queued,
        "stories disputed": taken.disputed,
        "kept out": taken.kept_out,
        "malformed": taken.faults,
    }
    return Outcome(path=path, kind=Kind.JSONL, counts=counts, faults=tuple(taken.told))


def _records(path: Path, stream: IO[bytes]) -> Iterator[lines.Numbered]:
    """Give the records of lines, or of one JSON value that is longer than a line."""
    first = stream.readline(lines.LONGEST_LINE)
    if is_json(first) and not first.lstrip().startswith(b"["):
        return lines.read(io.BufferedReader(Replayed(first, stream)))
    try:
        value = json.loads(first + _whole(path, stream))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is no JSON: {error}") from error
    return lines.of_values(value if isinstance(value, list) else [value])


def _import_warc(archive: Archive, path: Path, stream: IO[bytes], wanted: Wanted) -> Outcome:
    # Scrapy is loaded for it.
    from crawler.importing.warcs import import_warc

    brought = import_warc(archive, stream, now=wanted.now, capture=wanted.capture)
    return Outcome(path=path, kind=Kind.WARC, counts=brought.counts, faults=tuple(brought.faults))


Importer = Callable[[Archive, Path, IO[bytes], Wanted], Outcome]
IMPORTERS: Mapping[Kind, Importer] = {
    Kind.PAGE: _import_page,
    Kind.FEED: _import_page,
    Kind.URLS: _import_urls,
    Kind.OPML: _import_opml,
    Kind.JSONL: _import_jsonl,
    Kind.WARC: _import_warc,
}
