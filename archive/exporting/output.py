"""Where an export goes: to stdout, or to a file that is there whole or not at all."""

import gzip
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Protocol

from archive.errors import ArchiveError

# Pieces that are gathered before they are written, in bytes.
BUFFER = 256 * 1024


class Sink(Protocol):
    """What takes bytes."""

    def write(self, data: bytes, /) -> int:
        """Take them."""


def write(pieces: Iterable[str | bytes], path: Path | None) -> None:
    """Write pieces to a file, or to stdout where there is none; packed if its name ends in .gz.

    Raises:
        ArchiveError: the file cannot be written; what was there before is there still.
        BrokenPipeError: who reads stdout has enough.

    """
    if path is None:
        sys.stdout.flush()
        _write(pieces, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    with whole(path) as file:
        if path.suffix == ".gz" and not path.name.endswith(".warc.gz"):
            # Without a time of its own the same export is the same file.
            with gzip.GzipFile(fileobj=file, mode="wb", filename="", mtime=0) as packed:
                _write(pieces, packed)
        else:
            _write(pieces, file)


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """Give a file that takes its name once it is whole; after any error there is no trace of it.

    Raises ArchiveError.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        _remove(beside)
        raise ArchiveError(f"cannot write {path}: {error.strerror or error}") from error
    except BaseException:
        _remove(beside)
        raise


def _remove(path: Path) -> None:
    with suppress(OSError):
        path.unlink()


def _write(pieces: Iterable[str | bytes], file: Sink) -> None:
    waiting: list[bytes] = []
    size = 0
    for piece in pieces:
        data = piece.encode("utf-8", "replace") if isinstance(piece, str) else piece
        waiting.append(data)
        size += len(data)
        if size >= BUFFER:
            file.write(b"".join(waiting))
            waiting, size = [], 0
    file.write(b"".join(waiting))
