import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from archive import cli as archive_cli
from archive.offered import Offered
from crawler import cli as crawler_cli

ROOT = Path(__file__).parent.parent.parent
MODULE = """
import click

@click.command()
def greet():
    "Say something friendly."
    click.echo("good morning")
"""


@pytest.fixture
def greeting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Offered:
    """A command in a module that nobody has imported yet."""
    (tmp_path / "greetings_of_a_test.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "greetings_of_a_test", raising=False)
    return Offered({"greet": "greetings_of_a_test:greet"})


def test_names_are_told_without_an_import(greeting: Offered) -> None:
    assert list(greeting) == ["greet"]
    assert len(greeting) == 1
    assert "greetings_of_a_test" not in sys.modules


def test_a_command_is_imported_when_it_is_asked_for(greeting: Offered) -> None:
    command = greeting["greet"]
    assert command.get_short_help_str() == "Say something friendly."
    assert greeting.get("greet") is command


def test_what_is_not_there_is_none(greeting: Offered) -> None:
    assert greeting.get("part") is None
    assert "part" not in greeting


def test_a_group_may_add_and_take_out_commands(greeting: Offered) -> None:
    group = click.Group(commands=greeting)
    other = click.Command("other")
    group.add_command(other)
    assert (greeting["other"], set(greeting)) == (other, {"greet", "other"})
    del greeting["other"]
    assert set(greeting) == {"greet"}


@pytest.mark.parametrize(
    ("group", "name"),
    [
        pytest.param(group, name, id=f"{group.name} {name}")
        for group in (archive_cli.main, crawler_cli.backfile)
        for name in group.commands
    ],
)
def test_every_command_is_where_it_is_said_to_be(group: click.Group, name: str) -> None:
    assert group.commands[name].name == name


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("backfile sea", {"search"}),
        ("backfile sou", {"source", "sources"}),
        ("backfile source re", {"remove", "rename", "resume"}),
        ("backfile search --face", {"--facets"}),
    ],
)
def test_a_shell_completes_commands_and_options(words: str, completed: set[str]) -> None:
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    run = subprocess.run(
        [sys.executable, "-m", "crawler"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | asked | {"_BACKFILE_COMPLETE": "bash_complete"},
        check=True,
    )
    assert {line.partition(",")[2] for line in run.stdout.splitlines()} == completed
