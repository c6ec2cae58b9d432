"""`check` and `optimize` as they are called: what is printed where, and the exit codes."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive.connection import FILE_NAME
from archive.lock import crawl_lock
from tests.archive.damaging import ask, damage, make_whole, warc_file
from tests.archive.making import NOW

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "archive"
    make_whole(folder)
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def called(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "archive", *arguments, "-a", str(folder)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def test_a_whole_archive_is_said_to_be(copy: Path) -> None:
    done = called(copy, "check", "--thorough")
    assert (done.returncode, done.stdout) == (0, "")
    assert "no fault found in 4 articles" in done.stderr
    assert "captures …" in done.stderr
    assert "…" not in called(copy, "check", "--quiet").stderr


def test_each_fault_is_one_line_with_what_to_do(copy: Path) -> None:
    damage(copy, "UPDATE headlines SET article_id = NULL WHERE id = 1")
    warc_file(copy).unlink()
    done = called(copy, "check")
    assert done.returncode == 1
    tie, capture = done.stdout.splitlines()
    assert tie.startswith("tie: headlines 1: ")
    assert tie.endswith("`backfile check --repair` mends it")
    assert capture.startswith("capture: captures/")
    assert "backup" in capture


def test_a_repair_says_what_it_did_and_what_is_left(copy: Path) -> None:
    damage(
        copy,
        "UPDATE headlines SET article_id = NULL WHERE id = 1",
        "UPDATE articles SET tags = '[' WHERE id = 3",
    )
    done = called(copy, "check", "--repair")
    assert done.returncode == 1
    assert "mended: headlines: 1 tied" in done.stderr
    assert len(done.stdout.splitlines()) == 1
    assert done.stdout.startswith("value: articles 3: ")
    damage(copy, "UPDATE articles SET tags = NULL WHERE id = 3")
    assert called(copy, "check").returncode == 0


def test_faults_as_json(copy: Path) -> None:
    damage(copy, "UPDATE headlines SET article_id = NULL WHERE id = 1")
    (fault,) = json.loads(called(copy, "check", "--json").stdout)
    assert fault["kind"] == "tie"
    assert (fault["where"], fault["id"], fault["mendable"]) == ("headlines", 1, True)
    assert json.loads(called(copy, "check", "--jsonl").stdout) == fault
    assert called(copy, "check", "--repair", "--json").stdout == "[]\n"


def test_many_faults_of_a_kind_are_counted(copy: Path) -> None:
    damage(
        copy,
        "WITH RECURSIVE n(i) AS (VALUES (100) UNION ALL SELECT i + 1 FROM n WHERE i < 150) "
        "INSERT INTO stories (id, made_at) SELECT i, '2026' FROM n",
    )
    lines = called(copy, "check").stdout.splitlines()
    assert len(lines) == 21
    assert lines[-1].startswith("story: 31 more")


def test_a_damaged_file_is_told_in_a_line(copy: Path) -> None:
    (copy / FILE_NAME).write_bytes(b"SQLite format 3\x00" + b"\xa5" * 9000)
    done = called(copy, "check")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", ["check", "optimize"])
def test_nobody_is_disturbed_who_crawls(copy: Path, command: str) -> None:
    with crawl_lock(copy, now=NOW):
        done = called(copy, command)
    assert done.returncode == 3
    assert "being crawled" in done.stderr


@pytest.mark.parametrize("command", ["check", "optimize"])
def test_no_archive_is_wrong_usage(tmp_path: Path, command: str) -> None:
    done = called(tmp_path / "none", command)
    assert done.returncode == 2
    assert not (tmp_path / "none").exists()


def test_optimize_says_the_sizes(copy: Path) -> None:
    done = called(copy, "optimize", "--vacuum")
    assert done.returncode == 0
    assert "MB before" in done.stderr
    assert ask(copy, "SELECT count(*) FROM sqlite_stat1")[0] > (0,)
    assert called(copy, "check").returncode == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount")
def test_an_archive_on_a_read_only_medium_is_checked(copy: Path) -> None:
    damage(copy, "PRAGMA wal_checkpoint(TRUNCATE)")
    for options in ("--bind", "-o remount,ro,bind"):
        command = ["mount", *options.split(), str(copy), str(copy)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("nothing can be mounted here")
    try:
        done = called(copy, "check", "--repair")
        assert done.returncode == 0
        assert "read-only" in done.stderr
        refused = called(copy, "optimize")
        assert refused.returncode == 1
        assert len(refused.stderr.splitlines()) == 1
        assert "read-only" in refused.stderr
    finally:
        subprocess.run(["umount", "-l", str(copy)], check=True)
