from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.errors import ArchiveMissing
from crawler.cli import backfile


def schedule(*arguments: str) -> Result:
    return CliRunner().invoke(backfile, ["schedule", *arguments])


def test_a_job_is_shown_and_nothing_is_written(tmp_path: Path) -> None:
    done = schedule("-a", str(tmp_path / "a b"), "--with", "cron", "--at", "7:05", "--", "--all")
    assert done.exit_code == 0, done.output
    assert f"--archive '{tmp_path / 'a b'}' crawl --quiet --all" in done.stdout
    assert "5 7 * * * cd " in done.stdout
    assert "nothing was written" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_job_for_what_is_no_archive_is_said_and_not_installed(tmp_path: Path) -> None:
    folder = str(tmp_path / "missing")
    assert "no archive at" in schedule("-a", folder, "--with", "cron").stderr
    done = schedule("-a", folder, "--with", "cron", "--install")
    assert isinstance(done.exception, ArchiveMissing)


def test_a_timer_is_shown_with_where_it_would_be(tmp_path: Path) -> None:
    done = schedule("-a", str(tmp_path), "--with", "systemd", "--hourly")
    assert ".timer\n[Unit]" in done.stdout
    assert "OnCalendar=*-*-* *:" in done.stdout


def test_care_is_shown_beside_the_crawl(tmp_path: Path) -> None:
    folder = tmp_path / "back ups"
    cron = schedule("-a", str(tmp_path), "--with", "cron", "--care", "--backup", str(folder))
    assert "0 18 * * 0 cd " in cron.stdout
    assert f"care --quiet --backup '{folder}'" in cron.stdout
    timer = schedule("-a", str(tmp_path), "--with", "systemd", "--care")
    assert "-care.timer\n[Unit]" in timer.stdout
    assert "-care." not in schedule("-a", str(tmp_path), "--with", "systemd").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--backup", "/srv/backups"], "give --care too"),
        (["--hourly", "--at", "6:00"], "exclude each other"),
        (["--at", "late"], "no time of the day"),
        (["--", "--max-pages", "none"], "crawl would not take that"),
    ],
)
def test_what_makes_no_job_is_refused(arguments: list[str], said: str) -> None:
    done = schedule(*arguments)
    assert done.exit_code != 0
    assert said in str(done.exception)


def test_what_the_shell_knows_and_a_job_does_not_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKFILE_CONTACT", "mailto:me@cells.example")
    assert "a job has no BACKFILE_CONTACT" in schedule("--with", "cron").stderr
    given = schedule("--with", "cron", "--", "--contact", "mailto:me@cells.example")
    assert "a job has no" not in given.stderr


def test_a_job_whose_configuration_is_wrong_is_refused_before_it_runs(tmp_path: Path) -> None:
    (tmp_path / "backfile.toml").write_text("[crawl]\ndelai = 2\n")
    done = schedule("-a", str(tmp_path), "--with", "cron")
    assert "did you mean crawl.delay?" in str(done.exception)
