"""How a command ends: exit codes, one line per error, JSON that can always be printed."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from archive import errors
from archive.console import archive_option, examples, print_json, run

if TYPE_CHECKING:
    from archive.export import Record

ROOT = Path(__file__).parent.parent.parent


def ended(command: click.Command, capsys: pytest.CaptureFixture[str]) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as caught:
        run(command, name="program")
    printed = capsys.readouterr()
    return caught.value.code, printed.out, printed.err


@pytest.fixture(autouse=True)
def no_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["program"])


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.BackfileError, 1),
        (errors.UsageError, 2),
        (errors.ArchiveMissing, 2),
        (errors.ArchiveLocked, 3),
        (errors.ArchiveTooNew, 1),
        (errors.NotFound, 1),
        (errors.FetchError, 1),
    ],
)
def test_an_error_of_ours_is_one_line_with_its_code(
    error: type[errors.BackfileError], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def command() -> None:
        raise error("what\n\x1b[31mwas wrong")

    assert ended(command, capsys) == (code, "", "program: what was wrong\n")


def test_a_command_may_return_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    @click.command()
    def command() -> int:
        click.echo("half done")
        return 1

    assert ended(command, capsys) == (1, "half done\n", "")


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, click.Abort])
def test_an_interruption_is_130(
    interruption: type[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def command() -> None:
        raise interruption

    code, out, _ = ended(command, capsys)
    assert (code, out) == (130, "")


def test_an_error_that_is_not_ours_is_not_hidden() -> None:
    @click.command()
    def command() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(command, name="program")


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    records: list[Record] = [{"title": "Ferry – 渡轮"}, {"title": None}]
    print_json(records, by_line=False)
    assert json.loads(capsys.readouterr().out) == records
    print_json(records, by_line=True)
    out = capsys.readouterr().out
    assert [json.loads(line) for line in out.splitlines()] == records
    assert "渡轮" in out
    print_json([], by_line=False)
    assert capsys.readouterr().out == "[]\n"


def test_json_is_escaped_where_the_terminal_cannot_print_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ascii_only = io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True)
    monkeypatch.setattr(sys, "stdout", ascii_only)
    print_json([{"title": "渡轮"}], by_line=True)
    buffer = ascii_only.buffer
    assert isinstance(buffer, io.BytesIO)
    assert json.loads(buffer.getvalue()) == {"title": "渡轮"}


def test_a_terminal_that_lacks_a_character_shows_another() -> None:
    code = """
import click
from archive.console import run
run(click.Command("say", callback=lambda: click.echo("a · 渡轮")), name="say")
"""
    given = [sys.executable, "-c", code]
    env = os.environ | {"PYTHONIOENCODING": "latin-1"}
    ran = subprocess.run(given, capture_output=True, cwd=ROOT, check=True, env=env)
    assert ran.stdout.decode("latin-1") == "a · ??\n"


def test_examples_stay_line_by_line() -> None:
    assert examples("a b", "a c").splitlines() == ["\b", "Examples:", "  a b", "  a c"]


def test_a_group_of_another_program_can_use_the_option(tmp_path: Path) -> None:
    code = """
import click
from archive.cli import COMMANDS
from archive.console import archive_option, run
from archive.offered import Offered

@click.group(commands=Offered(COMMANDS))
@archive_option
def main(archive):
    pass

@main.command()
@archive_option
def where(archive):
    click.echo(archive)

run(main, name="backfile")
"""
    given = [sys.executable, "-c", code, "-a", "one/folder", "where"]
    ran = subprocess.run(given, capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout == "one/folder\n"


def test_the_default_folder(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BACKFILE_ARCHIVE", raising=False)

    @click.command()
    @archive_option
    def where(archive: Path) -> None:
        click.echo(archive)

    assert ended(where, capsys) == (0, "backfile-archive\n", "")
