"""What the documents say is there, and what is there is in the documents."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

from archive.configuration import SETTINGS
from crawler import settings
from crawler.cli import backfile

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = {path: path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")}
COMMANDS = dict(sorted(backfile.commands.items()))


def readme_lines() -> list[str]:
    """Give every command line of the README's shell blocks that calls `backfile`."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    return [line for line in lines if line.startswith("backfile ")]


def examples(command: click.Command) -> list[str]:
    """Give the example lines of a command's help."""
    shown = f"{command.help}\n{command.epilog}"
    return re.findall(r"^ *(backfile .*)$", shown, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_and_has_examples(name: str) -> None:
    assert re.search(rf"^\| `{name}\b", README, re.MULTILINE)
    assert examples(COMMANDS[name]), f"`backfile {name} --help` has no example"


@pytest.mark.parametrize(
    "line", [*readme_lines(), *(e for c in COMMANDS.values() for e in examples(c))]
)
def test_the_commands_that_are_shown_exist_with_their_options(line: str) -> None:
    name, *arguments = shlex.split(line)[1:]
    command = COMMANDS[name]
    context = click.Context(command, info_name=name)
    command.make_parser(context).parse_args(arguments)
    command.make_context(name, arguments, resilient_parsing=True)


def test_every_command_within_another_is_in_the_readme_and_has_examples() -> None:
    groups = {name: group for name, group in COMMANDS.items() if isinstance(group, click.Group)}
    assert groups
    for name, group in groups.items():
        for inner, command in group.commands.items():
            assert re.search(rf"^\| `{name} .*\b{inner}\b", README, re.MULTILINE)
            for line in examples(command):
                arguments = shlex.split(line)[3:]
                assert line.startswith(f"backfile {name} {inner} ")
                command.make_parser(click.Context(command)).parse_args(arguments)
            assert examples(command), f"`backfile {name} {inner} --help` has no example"


def test_the_shown_scripts_exist() -> None:
    for script in sorted(set(re.findall(r"scripts/\w+", README))):
        assert (ROOT / script).exists(), script


def test_the_settings_of_our_own_are_described() -> None:
    described = set(
        re.findall(
            r"^\| `(BACKFILE_\w+)`", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE
        )
    )
    assert described == {name for name in dir(settings) if name.startswith("BACKFILE_")}


def test_the_settings_of_the_file_are_described_with_their_defaults() -> None:
    document = DOCUMENTS[ROOT / "docs" / "settings.md"]
    described = re.findall(r"^\| `(\w+\.\w+)` \|(.*?)\|", document, re.MULTILINE)
    assert [name for name, _ in described] == list(SETTINGS)
    for name, default in described:
        held = SETTINGS[name].default
        text = default.strip(" `")
        said = tomllib.loads(f"x = {text}")["x"] if text else None
        assert said == held, name


def test_the_exit_codes_are_the_same_everywhere() -> None:
    assert re.findall(r"^\| ([\d, ]+) \|", README, re.MULTILINE) == ["0", "1", "2", "3", "130, 143"]
    assert "0 done, 1 the job failed or a source is broken, 2 wrong usage, 3" in (
        " ".join((backfile.help or "").split())
    )


def test_links_between_the_documents_lead_somewhere() -> None:
    for document in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(
            r"\]\((?!https?:)([^)#]+)\)", document.read_text(encoding="utf-8")
        ):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_every_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project.partition("\ndependencies = [")[2].partition("]")[0]
    wanted = set(re.findall(r'"([\w-]+)', block))
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    assert wanted == set(re.findall(r"^\| ([a-z][\w-]+) \|", design, re.MULTILINE)) - {
        "where",
        "package",
    }


def test_the_lists_of_scrapy_name_our_spider() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert listed.stdout.split() == ["headlines"]
