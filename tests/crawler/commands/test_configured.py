"""Which value holds: an option's, a variable's, the file's or the default; and who says so."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from archive.configuration import FILE_NAME, SETTINGS, read
from archive.errors import UsageError
from crawler import settings
from crawler.cli import backfile
from crawler.commands.configured import OPTIONS, defaults_of, scrapy_settings
from crawler.commands.lists import add, crawl, resolve


def shown(folder: Path, *options: str, **environment: str) -> dict[str, dict[str, Any]]:
    """Give the rows of `backfile config --json` by setting."""
    line = ["-a", str(folder), "config", "--json", "--", *options]
    done = CliRunner(env=environment).invoke(backfile, line, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return {row["setting"]: row for row in json.loads(done.stdout)}


def write(folder: Path, text: str) -> None:
    (folder / FILE_NAME).write_text(text)
    (folder / FILE_NAME).chmod(0o600)


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ARCHIVE", "CONTACT", "CREDENTIALS", "RESERVE_MB", "BUDGET_MB", "TIMEGATE"):
        monkeypatch.delenv(f"BACKFILE_{name}", raising=False)


def test_an_option_goes_before_a_variable_that_before_the_file_and_that_before_the_default(
    tmp_path: Path,
) -> None:
    def contact(*options: str, **environment: str) -> tuple[Any, ...]:
        row = shown(tmp_path, *options, **environment)["crawl.contact"]
        return row["value"], row["source"], row["where"]

    assert contact() == (None, "default", None)
    write(tmp_path, '[crawl]\ncontact = "file"\n')
    assert contact() == ("file", "file", FILE_NAME)
    variable = {"BACKFILE_CONTACT": "variable"}
    assert contact(**variable) == ("variable", "environment", "BACKFILE_CONTACT")
    assert contact("--contact", "option", **variable) == ("option", "option", "--contact")


def test_dead_links_are_looked_up_as_the_file_says(tmp_path: Path) -> None:
    write(
        tmp_path,
        '[crawl]\nmementos = false\ntimegate = "https://gate.example/"\n'
        "memento_delay = 7\nmax_mementos = 3\n",
    )
    assert defaults_of(read(tmp_path)) == {
        "no_mementos": True,
        "timegate": "https://gate.example/",
        "memento_delay": 7.0,
        "max_mementos": 3,
    }
    rows = shown(tmp_path)
    assert (rows["crawl.mementos"]["value"], rows["crawl.mementos"]["source"]) == (False, "file")
    asked = shown(tmp_path, "--timegate", "https://other.example/", "--max-mementos", "5")
    assert asked["crawl.timegate"]["value"] == "https://other.example/"
    assert asked["crawl.max_mementos"]["source"] == "option"
    named = shown(tmp_path, BACKFILE_TIMEGATE="https://third.example/")["crawl.timegate"]
    assert (named["value"], named["where"]) == ("https://third.example/", "BACKFILE_TIMEGATE")


def test_every_setting_is_shown_with_what_holds_without_it(tmp_path: Path) -> None:
    rows = shown(tmp_path)
    assert set(rows) == {"archive", *SETTINGS}
    assert {row["source"] for name, row in rows.items() if name != "archive"} == {"default"}
    assert rows["archive"] == {
        "setting": "archive",
        "value": str(tmp_path),
        "source": "option",
        "where": "--archive",
    }
    assert rows["crawl.delay"]["value"] == settings.DOWNLOAD_DELAY
    assert rows["crawl.captures"]["value"] is settings.BACKFILE_CAPTURES
    assert rows["crawl.allow_private"]["value"] is settings.BACKFILE_ALLOW_PRIVATE
    assert rows["crawl.mementos"]["value"] is settings.BACKFILE_MEMENTOS
    assert rows["crawl.memento_delay"]["value"] == settings.BACKFILE_MEMENTO_DELAY
    assert rows["crawl.max_mementos"]["value"] == settings.BACKFILE_MEMENTO_MOST
    assert rows["crawl.reserve_mb"]["value"] == settings.BACKFILE_RESERVE_MB
    assert rows["crawl.budget_mb"]["value"] is settings.BACKFILE_BUDGET_MB is None
    assert rows["crawl.honour_noarchive"]["value"] is settings.BACKFILE_HONOUR_NOARCHIVE
    assert rows["crawl.readers"]["value"] is settings.BACKFILE_READERS is None


def test_the_archive_may_come_from_the_environment(tmp_path: Path) -> None:
    done = CliRunner(env={"BACKFILE_ARCHIVE": str(tmp_path)}).invoke(backfile, ["config", "--json"])
    row = json.loads(done.stdout)[0]
    assert (row["value"], row["source"]) == (str(tmp_path), "environment")


def test_flags_and_files_are_turned_into_the_options_form(tmp_path: Path) -> None:
    write(tmp_path, '[crawl]\ncaptures = false\ncredentials = "keys.toml"\nreaders = 2\n')
    rows = shown(tmp_path)
    assert rows["crawl.captures"]["value"] is False
    assert rows["crawl.credentials"]["value"] == str(tmp_path / "keys.toml")
    assert rows["crawl.readers"] == {
        "setting": "crawl.readers",
        "value": 2,
        "source": "file",
        "where": FILE_NAME,
    }
    assert shown(tmp_path, "--no-captures")["crawl.captures"]["source"] == "option"


def test_hosts_days_and_logs_are_turned_into_the_options_form(tmp_path: Path) -> None:
    write(
        tmp_path,
        '[crawl]\nhosts = "cells.example=10.0.0.7"\nsince = 2024-11-08\nlog_json = "a.jsonl"\n',
    )
    rows = shown(tmp_path)
    assert rows["crawl.hosts"]["value"] == ["cells.example=10.0.0.7"]
    assert rows["crawl.since"]["value"] == "2024-11-08"
    assert rows["crawl.log_json"]["value"] == str(tmp_path / "a.jsonl")
    assert {rows[f"crawl.{name}"]["source"] for name in ("hosts", "since", "log_json")} == {"file"}
    context = crawl.make_context("crawl", ["-a", str(tmp_path)])
    assert context.params["hosts"] == ("cells.example=10.0.0.7",)
    assert context.params["since"] == datetime.fromisoformat("2024-11-08")
    given = shown(tmp_path, "--resolve", "b.example=::1", "--since", "2025-01-02")
    assert given["crawl.hosts"]["value"] == ["b.example=::1"]
    assert given["crawl.since"]["value"] == "2025-01-02"
    assert given["crawl.since"]["source"] == "option"
    write(tmp_path, '[crawl]\nlog_json = "-"\n')
    assert shown(tmp_path)["crawl.log_json"]["value"] == "-"


def test_no_secret_is_shown(tmp_path: Path) -> None:
    write(
        tmp_path,
        '[notify]\nsmtp_password = "hush1"\nwebhook_token = "hush2"\n'
        'webhook = "https://hooks.example/hush3"\n',
    )
    for options in ([], ["--json"]):
        done = CliRunner().invoke(backfile, ["-a", str(tmp_path), "config", *options])
        assert "hush" not in done.output
        assert "(set, not shown)" in done.output


@pytest.mark.parametrize("command", ["crawl", "config", "resolve"])
def test_a_file_that_is_wrong_ends_the_command_before_anything(
    tmp_path: Path, command: str
) -> None:
    write(tmp_path, "[crawl]\ndelai = 2\n")
    with pytest.raises(UsageError, match=r"did you mean crawl\.delay"):
        CliRunner().invoke(backfile, ["-a", str(tmp_path), command], catch_exceptions=False)


def test_help_is_there_however_wrong_the_file(tmp_path: Path) -> None:
    write(tmp_path, "[crawl]\ndelai = 2\n")
    done = CliRunner().invoke(backfile, ["-a", str(tmp_path), "crawl", "--help"])
    assert done.exit_code == 0


@pytest.mark.parametrize("command", [add, crawl, resolve])
def test_what_fetches_heeds_the_file(tmp_path: Path, command: click.Command) -> None:
    write(tmp_path, '[crawl]\ncontact = "file"\ndelay = 7\n')
    argument = ["https://a.example/"] if command is add else []
    context = command.make_context(command.name, [*argument, "-a", str(tmp_path)])
    assert (context.params["contact"], context.params["delay"]) == ("file", 7.0)


def test_options_that_crawl_would_not_take_are_refused(tmp_path: Path) -> None:
    line = ["-a", str(tmp_path), "config", "--", "--delay", "soon"]
    with pytest.raises(UsageError, match="crawl would not take that"):
        CliRunner().invoke(backfile, line, catch_exceptions=False)


def test_the_options_are_the_crawls_own() -> None:
    assert set(OPTIONS) <= set(SETTINGS)
    assert set(OPTIONS.values()) <= {param.name for param in crawl.params}


def test_what_has_no_option_is_handed_to_scrapy(tmp_path: Path) -> None:
    from archive.configuration import parse

    held = parse("[crawl]\nhonour_noarchive = true\nreaders = 3\ndelay = 2\n", tmp_path / FILE_NAME)
    assert scrapy_settings(held) == {"BACKFILE_HONOUR_NOARCHIVE": True, "BACKFILE_READERS": 3}
    assert defaults_of(held) == {"delay": 2.0}


def test_a_trial_tells_by_every_way_and_says_what_fails(tmp_path: Path) -> None:
    out = tmp_path / "told"
    words = json.dumps(["sh", "-c", f"cat > {out}"])
    write(tmp_path, f"[notify]\ncommand = {words}\n")
    done = CliRunner().invoke(backfile, ["-a", str(tmp_path), "config", "--try-notify"])
    assert (done.stderr, done.stdout) == ("notify.command: told\n", "")
    record = json.loads(out.read_text())
    assert "trial" in record["text"]
    assert record["sources"] == []
    write(tmp_path, '[notify]\ncommand = "false"\n')
    done = CliRunner().invoke(
        backfile, ["-a", str(tmp_path), "config", "--try-notify"], standalone_mode=False
    )
    assert done.return_value == 1
    assert "false exited 1" in done.stderr
    (tmp_path / FILE_NAME).unlink()
    with pytest.raises(UsageError, match="no way of telling"):
        CliRunner().invoke(
            backfile, ["-a", str(tmp_path), "config", "--try-notify"], catch_exceptions=False
        )
