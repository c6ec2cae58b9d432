"""Weekly care in one go: the archive is optimized, checked, and backed up where it is whole.

    optimize ─▶ check ─▶ backup (only where no fault was found) ─▶ the oldest backups go

The backup is of what was checked, and a damaged archive takes no good backup's place. What fails is
in its step, and the steps that may still follow do. For who holds the crawl lock.
"""

import hashlib
import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.backup import back_up
from archive.errors import ArchiveError, BackfileError
from archive.faults import Fault
from archive.store import Archive
from archive.terminal import counted

MEGABYTE = 1_000_000
# What ends so is a file; anything else is a folder of several backups.
FILES = (".tar", ".gz", ".tgz")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One part of the care, and how it went."""

    name: str
    """`optimize`, `check` or `backup`."""
    seconds: float
    size: int | None
    """Bytes: of the database then, or of the backup; None where nothing came of it."""
    said: str
    code: int = 0
    """Exit code that it would have alone."""
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outcome:
    """What a step's function says of it."""

    said: str
    size: int | None = None
    code: int = 0
    faults: tuple[Fault, ...] = ()


def is_file(target: Path) -> bool:
    """Tell whether a backup's target is one file; else it is a folder of several."""
    return target.name.endswith(FILES) and not target.is_dir()


def care(
    archive: Archive, *, target: Path | None, keep: int = 1, now: datetime
) -> tuple[Step, ...]:
    """Optimize, check and (with a target) back up an archive; gives what was done.

    `target` is a file that is replaced, or a folder in which the last `keep` backups are kept.
    """
    optimized = _timed("optimize", lambda: _optimize(archive))
    checked = _timed("check", lambda: _check(archive, now))
    if target is None:
        return optimized, checked
    whole = not checked.code
    backed_up = _timed("backup", lambda: _back_up(archive, target, keep, now, whole=whole))
    return optimized, checked, backed_up


def _timed(name: str, do: Callable[[], _Outcome]) -> Step:
    start = time.monotonic()
    try:
        done = do()
    except BackfileError as error:
        done = _Outcome(said=str(error), code=error.exit_code)
    return Step(
        name=name,
        seconds=time.monotonic() - start,
        size=done.size,
        said=done.said,
        code=done.code,
        faults=done.faults,
    )


def _optimize(archive: Archive) -> _Outcome:
    # What a killed crawl has captured and not put down; the next crawl would do it, too.
    archive.captures.mend()
    done = archive.optimize()
    before, after = (size / MEGABYTE for size in (done.before, done.after))
    return _Outcome(said=f"{before:.1f} MB before, {after:.1f} MB now", size=done.after)


def _check(archive: Archive, now: datetime) -> _Outcome:
    faults = archive.check(now=now)
    if faults:
        said = f"{counted(len(faults), 'fault')}; `backfile check --repair` mends what can be"
        return _Outcome(said=said, code=1, faults=faults)
    held = archive.status()
    size = f"{counted(held.articles, 'article')}, {counted(held.captures, 'capture')}"
    return _Outcome(said=f"no fault in {size}")


def _back_up(archive: Archive, target: Path, keep: int, now: datetime, *, whole: bool) -> _Outcome:
    if not whole:
        return _Outcome(said="nothing was backed up, earlier backups stay: see check", code=1)
    if is_file(target):
        done = back_up(archive.folder, target, replace=True)
        return _Outcome(said=f"{done.size / MEGABYTE:.1f} MB in {target}", size=done.size)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"cannot make {target}: {error.strerror or error}") from error
    path = target / f"{_prefix(archive.folder)}{_stamp(now)}.tar"
    done = back_up(archive.folder, path, replace=True)
    gone = _rotate(path, keep, _prefix(archive.folder))
    said = f"{done.size / MEGABYTE:.1f} MB in {path}"
    return _Outcome(
        said=f"{said}; {counted(gone, 'older one')} removed" if gone else said, size=done.size
    )


def _prefix(folder: Path) -> str:
    """Give how the names of an archive's backups begin: two of one name may share a folder."""
    path = str(folder.resolve())
    slug = re.sub(r"[^\w.-]+", "-", folder.resolve().name)[:40] or "archive"
    return f"{slug}-{hashlib.sha256(path.encode('utf-8', 'replace')).hexdigest()[:6]}-"


def _stamp(now: datetime) -> str:
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _rotate(newest: Path, keep: int, prefix: str) -> int:
    """Remove all but the last backups of an archive; gives how many went."""
    ours = re.compile(re.escape(prefix) + r"\d{8}T\d{6}Z\.tar")
    held = sorted(path for path in newest.parent.iterdir() if ours.fullmatch(path.name))
    gone = 0
    for path in _surplus(held, newest, keep):
        with suppress(OSError):
            path.unlink()
            gone += 1
    return gone


def _surplus(held: Sequence[Path], newest: Path, keep: int) -> Sequence[Path]:
    """Give those beyond the last `keep`; never the one that was just made, whatever the clock."""
    others = [path for path in held if path != newest]
    return others[: max(0, len(others) - (keep - 1))]
