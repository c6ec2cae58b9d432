"""One crawl at a time, and who it is."""

import fcntl
import os
import re
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from archive.errors import ArchiveError, ArchiveLocked
from archive.lock import FILE_NAME, crawl_lock, holder
from tests.archive.making import NOW

HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from archive.lock import crawl_lock
with crawl_lock(Path(sys.argv[1]), now=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_holder_is_told_who_holds_it(tmp_path: Path) -> None:
    with crawl_lock(tmp_path, now=NOW):
        said = f"process {os.getpid()}, since 2026-11-22T10:00:00+00:00"
        assert holder(tmp_path) == said
        with (
            pytest.raises(ArchiveLocked, match=re.escape(said)) as caught,
            crawl_lock(tmp_path, now=NOW),
        ):
            pass
    assert caught.value.exit_code == 3
    assert holder(tmp_path) is None
    with crawl_lock(tmp_path, now=NOW):
        pass


def test_a_disk_that_takes_no_word_is_said_with_the_file(tmp_path: Path) -> None:
    bounds = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, bounds[1]))
    try:
        with (
            pytest.raises(ArchiveError, match=r"cannot lock .*crawl\.lock: "),
            crawl_lock(tmp_path, now=NOW),
        ):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, bounds)
    with crawl_lock(tmp_path, now=NOW):
        pass


def test_the_lock_ends_with_a_killed_process(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parent.parent.parent,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(ArchiveLocked, match=str(process.pid)), crawl_lock(tmp_path, now=NOW):
            pass
        process.kill()
    assert holder(tmp_path) is None
    with crawl_lock(tmp_path, now=NOW):
        assert str(os.getpid()) in (tmp_path / FILE_NAME).read_text()


def test_the_lock_ends_with_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError), crawl_lock(tmp_path, now=NOW):
        raise KeyError
    assert holder(tmp_path) is None


def test_nobody_holds_what_was_never_locked(tmp_path: Path) -> None:
    assert holder(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot lock"), crawl_lock(tmp_path / "no", now=NOW):
        pass


def test_somebody_who_only_looks_keeps_no_crawl_from_starting(tmp_path: Path) -> None:
    with crawl_lock(tmp_path, now=NOW):
        pass
    with (tmp_path / FILE_NAME).open() as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        threading.Timer(0.08, fcntl.flock, (looking, fcntl.LOCK_UN)).start()
        with crawl_lock(tmp_path, now=NOW):
            assert holder(tmp_path) is not None
