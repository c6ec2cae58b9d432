"""docs/search.md names all of the search language, and what it shows can be searched."""

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from archive import Archive
from archive.commands.search import search
from archive.filters import DAYS, DAYS_AGO, MONTHS, read_day
from archive.found import Sort
from archive.language import COLUMNS, DEEPEST, FIELDS, MOST_WORDS, NARROWING, USUAL_DISTANCE
from archive.query import Asked
from archive.slips import BEGINNING
from archive.spelling import SAME
from tests.archive.making import LIST, NOW

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ") for line in TEXT.splitlines() if line.startswith("| `")]


def section(name: str) -> str:
    return TEXT.partition(f"\n## {name}\n")[2].partition("\n## ")[0]


def shown(text: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def typed() -> list[str]:
    """Give every search that the tables of words and fields show in their first column."""
    tables = section("Words").partition("Case and accents")[0] + section("Fields")
    rows = [line.split(" | ")[0] for line in tables.splitlines() if line.startswith("| `")]
    return [each for row in rows for each in shown(row) if each != "near:(…)"]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    opened = Archive.open(tmp_path / "an-archive", create=True)
    opened.add_source(LIST, name="Cell news", now=NOW)
    return opened


@pytest.mark.parametrize("words", [each for each in typed() if not re.fullmatch(r"\w+:", each)])
def test_every_search_that_is_shown_can_be_asked(archive: Archive, words: str) -> None:
    with archive:
        asked = archive.ask(Asked(words=words), now=NOW)
        assert asked is not None
        assert asked.notes == ()
        assert archive.answer(asked).total == 0


def test_searches_are_shown() -> None:
    assert len(typed()) > 25


def test_every_option_of_the_command_is_described() -> None:
    names = {name for param in search.params for name in param.opts if name.startswith("--")}
    for name in sorted(names - {"--archive", "--help"}):
        assert re.search(rf"`(?:-\w`/`)?{name}[`\s]", TEXT), name


def test_every_field_is_described() -> None:
    described = {each.partition(":")[0] for each in shown(TEXT) if ":" in each}
    assert described >= FIELDS
    options = {param.opts[-1] for param in search.params}
    for name in {*COLUMNS, *NARROWING} - {"author", "byline", "language"}:
        assert f"--{name}" in options
        assert re.search(rf"^\| `{name}:.*\| `--{name}` \|", TEXT, re.MULTILINE), name


def test_every_operator_is_described() -> None:
    words = section("Words")
    for sign in ("OR", "AND", "NOT", " -", '"', "*", "(", "near:", '"~'):
        assert any(sign in each for each in shown(words)), sign
    assert f"`near:(…)` means {USUAL_DISTANCE}" in words


def test_every_letter_that_is_taken_for_another_is_described() -> None:
    table = section("Words").partition("| plain | also |")[2].partition("\n\n")[0]
    for plain, special in SAME:
        assert f"`{plain}`" in table, plain
        assert f"`{special}`" in table, special


def test_every_form_of_a_day_is_described_and_read() -> None:
    days = shown(section("Days").partition("Days begin")[0])
    assert {each[-1] for each in days if re.fullmatch(r"\d\w", each)} == {*DAYS, *MONTHS}
    assert set(DAYS_AGO) <= set(days)
    for each in days:
        read_day(each, today=datetime(2024, 11, 8, tzinfo=UTC).date())


def test_the_orders_and_the_bounds_are_as_they_are() -> None:
    for sort in Sort:
        assert f"`--sort {sort.value}`" in TEXT
    assert f"more than {MOST_WORDS} words" in " ".join(TEXT.split())
    assert f"{DEEPEST} deep" in TEXT
    assert BEGINNING == 5
    assert "whose first five are right" in TEXT


@pytest.mark.parametrize("line", re.findall(r"^backfile search .*$", TEXT, re.MULTILINE))
def test_the_commands_that_are_shown_are_taken(line: str) -> None:
    context = click.Context(search, info_name="search")
    search.make_parser(context).parse_args(shlex.split(line)[2:])


def test_the_example_in_python_runs(archive: Archive) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    archive.close()
    exec(compile(code.replace("backfile-archive", str(archive.folder)), "search.md", "exec"), {})
