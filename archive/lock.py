"""Who may crawl: one process at a time holds `crawl.lock` in the archive's folder.

The lock is the operating system's (flock), so that it ends with the process however that ends; the
file's text only says who holds it. Searching, importing and reading need no lock.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from archive.errors import ArchiveError, ArchiveLocked
from archive.rows import instant

FILE_NAME = "crawl.lock"
# A fifth of a second in all. Looking takes microseconds.
TRIES = 4
BETWEEN_TRIES = 0.05


@contextmanager
def crawl_lock(folder: Path, *, now: datetime) -> Iterator[None]:
    """Hold the folder's crawl lock. Raises ArchiveLocked that says who holds it, ArchiveError."""
    with _opened(folder) as file:
        if not _taken(file):
            raise ArchiveLocked(f"{folder} is being crawled by {_described(file)}")
        _describe(file, json.dumps({"pid": os.getpid(), "since": instant(now)}))
        try:
            yield
        finally:
            # Emptied, not removed: another process may have it open to lock it next.
            _describe(file, "")


def _taken(file: IO[str]) -> bool:
    """Try to take the lock, for long enough to outlast somebody who only looks (see `holder`)."""
    for _ in range(TRIES):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(BETWEEN_TRIES)
        else:
            return True
    return False


def holder(folder: Path) -> str | None:
    """Say who crawls, in words; None when nobody does."""
    try:
        file = (folder / FILE_NAME).open(encoding="utf-8")
    except FileNotFoundError:
        return None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _described(file)
    return None


def _opened(folder: Path) -> IO[str]:
    try:
        # "a" makes the file and does not empty what its holder has written.
        return (folder / FILE_NAME).open("a+", encoding="utf-8")
    except OSError as error:
        raise ArchiveError(f"cannot lock {folder}: {error.strerror}") from error


def _describe(file: IO[str], holder: str) -> None:
    file.seek(0)
    file.truncate()
    # By the system itself: what a buffer could not get rid of on a full disk it would try to write
    # once more when it is closed.
    try:
        os.write(file.fileno(), holder.encode())
    except OSError as error:
        raise ArchiveError(f"cannot lock {file.name}: {error.strerror}") from error


def _described(file: IO[str]) -> str:
    file.seek(0)
    try:
        held = json.loads(file.read())
        return f"process {held['pid']}, since {held['since']}"
    except (ValueError, KeyError):
        # Between taking the lock and writing the name lie some microseconds.
        return "another process"
