"""Crawls that nobody watches, as real processes: dry runs, logs for programs, signals."""

import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.newsstand import Newsstand

LOCAL = ("--allow-private", "--delay", "0", "--resolve", "*.example=127.0.0.1")


@pytest.fixture
def stand() -> Iterator[Newsstand]:
    with Newsstand() as running:
        yield running


def command(archive: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-W", "error", "-m", "crawler", "-a", str(archive), *arguments]


def backfile(archive: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        command(archive, *arguments), capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def contents(archive: Path) -> dict[str, bytes]:
    """Give every file of an archive that its commands write, but what readers share."""
    return {
        path.name: path.read_bytes()
        for path in archive.rglob("*")
        if path.is_file() and not path.name.endswith(("-shm", "-wal"))
    }


def test_a_dry_run_fetches_and_writes_nothing(stand: Newsstand, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    backfile(archive, "add", stand.seed, "--no-look", "--name", "Cell news")
    before = contents(archive)
    done = backfile(archive, "crawl", "--dry-run", *LOCAL)
    assert f"1. Cell news: its list, 0 pages waiting\n  {stand.seed}\n" in done.stdout
    (row,) = json.loads(backfile(archive, "crawl", "--dry-run", "--json", *LOCAL).stdout)
    assert (row["list_url"], row["waiting"]) == (stand.seed, 0)
    assert contents(archive) == before
    assert not stand.log
    missing = backfile(tmp_path / "none", "crawl", "--dry-run", code=2)
    assert "no archive at" in missing.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("to_file", [True, False])
def test_a_log_for_programs_is_one_object_a_line(
    stand: Newsstand, tmp_path: Path, to_file: bool
) -> None:
    archive, log = tmp_path / "archive", tmp_path / "log"
    backfile(archive, "add", stand.seed, "--no-look")
    target = str(log) if to_file else "-"
    done = backfile(archive, "crawl", "--max-pages", "1", "--log-json", target, *LOCAL)
    lines = (log.read_text() if to_file else done.stderr).splitlines()
    events = [json.loads(line) for line in lines]
    assert [events[0]["event"], *(each["event"] for each in events[-2:])] == [
        "begin",
        "end",
        "summary",
    ]
    assert {"list", "page", "failed"} <= {each["event"] for each in events}
    assert events[-1]["fetched"] == len(events) - 3
    assert events[-1]["health"][0]["state"] == "well"
    assert ("articles    " in done.stderr) is to_file
    # A job that finds nothing due says nothing else on stderr, either.
    done = backfile(archive, "crawl", "--log-json", target, *LOCAL)
    if not to_file:
        assert {json.loads(line)["event"] for line in done.stderr.splitlines()} <= {
            "begin",
            "list",
            "page",
            "failed",
            "unchanged",
            "end",
            "summary",
        }


def test_a_log_that_cannot_be_written_ends_the_command_before_anything(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    backfile(archive, "add", "http://wire.example/", "--no-look")
    done = backfile(archive, "crawl", "--log-json", str(tmp_path), code=2)
    assert done.stderr == f"backfile: cannot write {tmp_path}: Is a directory\n"


def test_quiet_says_nothing_at_all_where_all_is_well(stand: Newsstand, tmp_path: Path) -> None:
    backfile(tmp_path, "add", stand.seed, "--no-look")
    done = backfile(tmp_path, "crawl", "-q", "--max-pages", "1", *LOCAL)
    assert done.stdout == done.stderr == ""
    done = backfile(tmp_path, "crawl", "-q", *LOCAL)
    assert done.stdout == done.stderr == ""


@contextmanager
def silence() -> Iterator[tuple[str, socket.socket]]:
    """Give the address of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(60)
        yield f"http://silent.example:{server.getsockname()[1]}/", server


@pytest.mark.parametrize("which", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_stops_at_once(tmp_path: Path, which: signal.Signals) -> None:
    with silence() as (address, server):
        backfile(tmp_path, "add", address, "--no-look")
        running = subprocess.Popen(
            command(tmp_path, "crawl", *LOCAL), stderr=subprocess.PIPE, text=True
        )
        try:
            connection, _ = server.accept()
            running.send_signal(which)
            # What is in flight is waited for: the page that does not come.
            with pytest.raises(subprocess.TimeoutExpired):
                running.wait(3)
            running.send_signal(which)
            began = time.monotonic()
            assert running.wait(30) == 128 + which
            assert time.monotonic() - began < 10
        finally:
            running.kill()
            assert running.stderr is not None
            said = running.stderr.read()
            running.stderr.close()
            connection.close()
    assert "stopping once all is safe; again stops at once" in said
    assert "Traceback" not in said
    with sqlite3.connect(tmp_path / "archive.db") as db:
        assert db.execute("SELECT ended FROM crawls").fetchall() == [(None,)]
    db.close()
    assert "killed" in backfile(tmp_path, "status").stdout
    # Nothing that it left stands in the next crawl's way.
    (row,) = json.loads(backfile(tmp_path, "crawl", "--dry-run", "--all", "--json").stdout)
    assert row["list_url"] == address
