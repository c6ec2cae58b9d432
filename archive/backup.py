"""An archive in one file, and back: a tar of the database and the captures.

May run while a crawl does: the database is copied as it is at one moment, and the captures after
it, so that all that the copy points to is there. What a crawl adds meanwhile, or has captured and
not yet put down, is left to the next backup: what comes back is whole. Nothing is changed in the
archive.
"""

import gzip
import os
import re
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from archive import schema
from archive.connection import FILE_NAME, explained, open_to_read
from archive.errors import ArchiveError, UsageError
from archive.lock import holder

# What belongs to an archive besides its database; nothing else is put in or taken out.
OWN_NAMES = ("backfile.toml", "metadata.yaml", "settings.json")
OWN_MEMBER = re.compile(
    rf"(?:{'|'.join(map(re.escape, (FILE_NAME, *OWN_NAMES)))}|captures/[\w.+-]+)"
)
CAPTURES = "captures"
# Of a copy that is written to: itself, and what may come on top of it.
ROOM = 2
MEGABYTE = 1_000_000
# Captures are compressed already, and what is left shrinks as much at a low level in half the time.
GZIP_LEVEL = 3
COMPRESSED = (".gz", ".tgz")


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """What a backup holds."""

    database: int
    """Bytes of the database."""
    captures: int
    """How many files of captures."""
    size: int
    """Bytes of the backup itself."""


def back_up(
    folder: Path, target: Path, *, captures: bool = True, replace: bool = False
) -> BackedUp:
    """Write an archive into one file, compressed if its name ends in `.gz` or `.tgz`.

    The file appears when it is whole. Raises UsageError for one that is there already (unless it is
    to be replaced), ArchiveMissing, ArchiveError for what is damaged or cannot be written.
    """
    if target.exists() and not replace:
        raise UsageError(
            f"{target} is there already; --replace overwrites it once the new one is whole"
        )
    partial = target.with_name(f"{target.name}.partial")
    copy = target.with_name(f"{target.name}.db-partial")
    try:
        with _removed(partial, copy):
            crawled = holder(folder) is not None
            _copy_database(folder, copy)
            database = copy.stat().st_size
            # A crawl that began or ended meanwhile has written what the copy does not know, too.
            ends = _known_ends(copy) if crawled or holder(folder) is not None else None
            files = _capture_files(folder, ends) if captures else {}
            _write(folder, partial, copy, files)
            size = partial.stat().st_size
            partial.rename(target)
    except OSError as error:
        raise ArchiveError(f"{target} cannot be written: {error.strerror or error}") from error
    return BackedUp(database=database, captures=len(files), size=size)


def restore(source: Path, folder: Path) -> BackedUp:
    """Make an archive from a backup, in a folder that is not there or is empty.

    The folder appears when it is whole. Raises UsageError for a folder that holds something, or a
    file that is no backup; ArchiveError for what is damaged or cannot be written.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty; -a FOLDER names where the archive is to be")
    partial = folder.with_name(f"{folder.name}.partial")
    try:
        shutil.rmtree(partial, ignore_errors=True)
        with _removed(partial):
            partial.mkdir(parents=True)
            count = _unpack(source, partial)
            database = (partial / FILE_NAME).stat().st_size
            _see_whole(partial)
            if folder.exists():
                folder.rmdir()
            partial.rename(folder)
    except tarfile.TarError as error:
        raise UsageError(f"{source} is no backup, or a damaged one: {error}") from error
    except EOFError as error:
        raise UsageError(f"{source} is cut off: it ends before its last file does") from error
    except OSError as error:
        raise ArchiveError(f"{source} into {folder}: {error.strerror or error}") from error
    return BackedUp(database=database, captures=count, size=source.stat().st_size)


def copy_without_captures(folder: Path, target: Path) -> None:
    """Copy an archive's database into another folder, as it is at one moment, to try things on.

    Raises ArchiveError where there is no room for it, or where it is damaged.
    """
    needed = (folder / FILE_NAME).stat().st_size
    free = shutil.disk_usage(target).free
    if free < needed * ROOM:
        raise ArchiveError(
            f"the archive is tried on a copy, for which {target.parent} has no room: "
            f"{free // MEGABYTE} MB of {needed * ROOM // MEGABYTE}; TMPDIR names another folder"
        )
    _copy_database(folder, target / FILE_NAME)


@contextmanager
def _removed(*paths: Path) -> Iterator[None]:
    """Remove what is left of unfinished files and folders, however it ends."""
    try:
        yield
    finally:
        for path in paths:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def _copy_database(folder: Path, target: Path) -> None:
    """Copy the database as it is at one moment, and see that the copy is sound."""
    source = open_to_read(folder)
    try:
        target.unlink(missing_ok=True)
        copy = sqlite3.connect(target)
        try:
            # In one step: a copy in several begins anew whenever a crawl writes between two.
            source.raw.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        finally:
            copy.close()
    except sqlite3.Error as error:
        raise explained(error, folder) from error
    finally:
        source.close()
    if found != "ok":
        raise ArchiveError(f"{folder / FILE_NAME} is damaged ({found}); nothing was backed up")


def _known_ends(database: Path) -> dict[str, int]:
    """Give for each file of captures where the last one ends that a copied database has."""
    copy = sqlite3.connect(database)
    try:
        return dict(copy.execute('SELECT file, max("offset" + length) FROM captures GROUP BY file'))
    except sqlite3.Error as error:
        raise explained(error, database) from error
    finally:
        copy.close()


def _capture_files(folder: Path, ends: dict[str, int] | None) -> dict[Path, int]:
    """Give the files of captures, and how many bytes of each: all, or as far as is known."""
    files = {path: path.stat().st_size for path in sorted((folder / CAPTURES).glob("*"))}
    if ends is None:
        return files
    known = {path: min(size, ends.get(path.name, 0)) for path, size in files.items()}
    return {path: size for path, size in known.items() if size}


def _write(folder: Path, target: Path, database: Path, captures: dict[Path, int]) -> None:
    compressed = target.with_suffix("").suffix in COMPRESSED
    with target.open("wb") as file:
        through = gzip.GzipFile("", "wb", GZIP_LEVEL, file) if compressed else nullcontext(file)
        with through as stream, tarfile.open(fileobj=stream, mode="w") as pack:
            pack.add(database, FILE_NAME)
            for name in OWN_NAMES:
                if (folder / name).is_file():
                    pack.add(folder / name, name)
            for path, size in captures.items():
                # No further than that: a crawl may go on writing.
                member = pack.gettarinfo(path, f"{CAPTURES}/{path.name}")
                member.size = size
                with path.open("rb") as held:
                    pack.addfile(member, held)
        file.flush()
        os.fsync(file.fileno())


def _unpack(source: Path, folder: Path) -> int:
    """Unpack what belongs to an archive; gives how many files of captures there were."""
    captures = 0
    with tarfile.open(source) as pack:
        for member in pack:
            if not member.isreg() or not OWN_MEMBER.fullmatch(member.name):
                raise UsageError(f"{source} is no backup of an archive: it holds {member.name!r}")
            target = folder / member.name
            target.parent.mkdir(exist_ok=True)
            held = pack.extractfile(member)
            if held is None:
                raise UsageError(f"{source} is damaged: {member.name!r} has no content")
            with held, target.open("wb") as file:
                shutil.copyfileobj(held, file)
                if file.tell() != member.size:
                    raise UsageError(f"{source} is cut off in {member.name!r}")
            captures += member.name.startswith(f"{CAPTURES}/")
    if not (folder / FILE_NAME).is_file():
        raise UsageError(f"{source} is no backup of an archive: it holds no {FILE_NAME}")
    return captures


def _see_whole(folder: Path) -> None:
    """See that a database is one of ours, whatever its schema. Raises ArchiveError."""
    connection = open_to_read(folder)
    try:
        with connection.reading() as raw:
            ours = raw.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION_ID
    finally:
        connection.close()
    if not ours:
        raise ArchiveError("the database in the backup is not one of this program's")
