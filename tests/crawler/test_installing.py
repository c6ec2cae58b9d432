"""Whole hand-overs: the machine's own systemd and cron where they are, stand-ins where not."""

import shutil
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from archive.errors import BackfileError
from crawler.installing import Cron, Systemd
from crawler.timers import Job, care_name_of, name_of

ODD = Job(
    program="/bin/true",
    archive='/srv/50% of "cells"',
    at=(time(6), time(18, 30)),
    options=("--contact", "m$x"),
    folder="/tmp",
)
CARED = replace(ODD, care=("--backup", "/srv/back ups"))

# What is handed over is kept in a file, as cron keeps it in its spool.
CRONTAB = """#!/bin/sh
case "$1" in
-l) cat "$SPOOL" 2>/dev/null || { echo "no crontab for tester" >&2; exit 1; } ;;
-r) rm "$SPOOL" ;;
-) cat > "$SPOOL" ;;
esac
"""
SYSTEMCTL = """#!/bin/sh
echo "$@" >> "$SPOOL"
case "$*" in *refused*) echo "Failed to enable unit: refused" >&2; exit 1 ;; esac
"""


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name, text in (("crontab", CRONTAB), ("systemctl", SYSTEMCTL)):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setenv("SPOOL", str(tmp_path / "spool"))
    return tmp_path / "spool"


def test_a_line_is_put_among_others_and_taken_out(spool: Path) -> None:
    cron = Cron()
    assert not cron.remove(ODD.archive)
    cron.install(ODD)
    cron.install(ODD)
    assert spool.read_text().count("crawl --quiet") == len(ODD.at)
    spool.write_text("0 1 * * * mine\n" + spool.read_text())
    assert cron.remove(ODD.archive)
    assert spool.read_text() == "0 1 * * * mine\n"


def test_care_comes_and_goes_with_its_job(spool: Path) -> None:
    Cron().install(CARED)
    assert spool.read_text().count("care --quiet") == 1
    Cron().install(ODD)
    assert "care --quiet" not in spool.read_text()
    Cron().install(CARED)
    assert Cron().remove(CARED.archive)
    assert not spool.exists()


def test_a_crontab_of_this_job_alone_goes_with_it(spool: Path) -> None:
    Cron().install(ODD)
    assert Cron().remove(ODD.archive)
    assert not spool.exists()


def test_a_crontab_that_cannot_be_read_is_left_alone(spool: Path) -> None:
    (spool.parent / "bin" / "crontab").write_text("#!/bin/sh\necho 'not allowed' >&2\nexit 1\n")
    with pytest.raises(BackfileError, match="not allowed"):
        Cron().install(ODD)


@pytest.mark.skipif(shutil.which("crontab") is None, reason="no cron on this machine")
def test_the_machines_own_cron_takes_the_line() -> None:
    cron = Cron()
    before = cron.read()
    cron.install(CARED)
    try:
        assert name_of(ODD.archive) in cron.read()
        assert "care --quiet --backup" in cron.read()
    finally:
        assert cron.remove(ODD.archive)
    assert cron.read() == before


def test_a_timer_is_written_started_and_taken_back(tmp_path: Path, spool: Path) -> None:
    systemd = Systemd(tmp_path / "units")
    assert not systemd.remove(ODD.archive)
    systemd.install(ODD)
    assert sorted(path.name for path in systemd.folder.iterdir()) == [
        f"{name_of(ODD.archive)}.service",
        f"{name_of(ODD.archive)}.timer",
    ]
    said = spool.read_text()
    assert "daemon-reload" in said
    assert f"enable --now {name_of(ODD.archive)}.timer" in said
    assert systemd.remove(ODD.archive)
    assert not list(systemd.folder.iterdir())


def test_care_has_a_timer_that_is_started_and_taken_back(tmp_path: Path, spool: Path) -> None:
    systemd = Systemd(tmp_path / "units")
    care = care_name_of(ODD.archive)
    systemd.install(CARED)
    assert len(list(systemd.folder.iterdir())) == 4
    assert f"enable --now {care}.timer" in spool.read_text()
    systemd.install(ODD)
    assert not [path for path in systemd.folder.iterdir() if care in path.name]
    assert len(list(systemd.folder.iterdir())) == 2
    systemd.install(CARED)
    assert systemd.remove(ODD.archive)
    assert not list(systemd.folder.iterdir())


def test_a_timer_that_stays_behind_is_stopped(
    tmp_path: Path, spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Systemd, "is_there", staticmethod(lambda: True))
    systemd = Systemd(tmp_path / "units")
    systemd.install(CARED)
    spool.write_text("")
    assert systemd.remove(ODD.archive)
    for name in (name_of(ODD.archive), care_name_of(ODD.archive)):
        assert f"disable --now {name}.timer" in spool.read_text()


def test_what_systemd_refuses_leaves_no_file(tmp_path: Path, spool: Path) -> None:
    systemd = Systemd(tmp_path / "units")
    refused = Job(program="/bin/true", archive="/srv/refused", at=())
    with pytest.raises(BackfileError, match="refused"):
        systemd.install(refused)
    assert "enable" in spool.read_text()
    assert not list(systemd.folder.iterdir())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_the_machines_own_systemd_finds_no_fault(tmp_path: Path, spool: Path) -> None:
    systemd = Systemd(tmp_path / "units")
    systemd.install(CARED)
    systemd.verify(CARED)
    timer = systemd.folder / f"{name_of(ODD.archive)}.timer"
    timer.write_text(timer.read_text().replace("*-*-* 06:00:00", "at six"))
    with pytest.raises(BackfileError, match="at six"):
        systemd.verify(ODD)
    weekly = systemd.folder / f"{care_name_of(ODD.archive)}.timer"
    timer.write_text(timer.read_text().replace("at six", "*-*-* 06:00:00"))
    weekly.write_text(weekly.read_text().replace("Sun *", "Sunsday *"))
    with pytest.raises(BackfileError, match="Sunsday"):
        systemd.verify(CARED)
    assert spool.exists()
