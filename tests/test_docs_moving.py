"""docs/moving.md has every format and option of `import`, `export` and `merge`."""

import re
from pathlib import Path

import click
import pytest

from archive.commands import moving
from archive.exporting.formats import SUFFIXES, Format
from crawler.commands.moving import KINDS, import_
from crawler.importing.kinds import Kind

TEXT = (Path(__file__).parent.parent / "docs" / "moving.md").read_text(encoding="utf-8")
# Said of every command, in the README.
EVERYWHERE = {"--archive", "--jsonl"}


def rows(head: str) -> list[str]:
    """Give the first cells of the table under a head."""
    table = TEXT.partition(f"| {head} |")[2].partition("\n\n")[0]
    return re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)


def test_the_formats_are_those_that_there_are() -> None:
    assert rows("`--as`") == list(KINDS) == [kind.value for kind in Kind]
    assert rows("`--format`") == list(moving.FORMATS) == [form.value for form in Format]


def test_the_ends_of_names_are_told() -> None:
    for suffix in SUFFIXES:
        assert f"`{suffix}`" in TEXT


@pytest.mark.parametrize("command", [import_, moving.export, moving.merge])
def test_every_option_is_told(command: click.Command) -> None:
    options = [one for one in command.params if isinstance(one, click.Option)]
    names = {max(option.opts, key=len) for option in options} - EVERYWHERE
    assert {name for name in names if f"`{name}" not in TEXT and f"[{name}" not in TEXT} <= {
        "--output"
    }
    assert "`-o`" in TEXT
