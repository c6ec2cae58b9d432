"""The command `stories`, as people call it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.cli import main
from archive.errors import NotFound, UsageError
from tests.archive.making import NOW, article, new_archive, reading
from tests.archive.newsroom import Desk

TEXT = Desk(61).article().text
EVIL = "Evil \x1b[31mtitle"


@pytest.fixture
def filled(folder: Path) -> Path:
    """An archive with a story of two, and an article of its own."""
    with new_archive(folder) as archive:
        for url, text in (
            ("https://paper.example/long", TEXT),
            ("https://copy.example/long", f"{TEXT}\n\nRead on at home."),
            ("https://paper.example/short", "Something else."),
        ):
            page = reading(article(url, text, title=EVIL))
            archive.store(page, asked_url=url, claim=None, source_id=None, now=NOW)
    return folder


def stories(folder: Path, *arguments: str) -> Result:
    called = ["stories", *arguments, "-a", str(folder)]
    return CliRunner().invoke(main, called, standalone_mode=False)


def listed(folder: Path, *arguments: str) -> list[list[int]]:
    """Give each story's members, as its JSON lines say."""
    output = stories(folder, *arguments, "--jsonl").stdout
    return [
        [member["id"] for member in json.loads(line)["members"]] for line in output.splitlines()
    ]


def test_a_list_says_who_leads_and_why_the_others_belong(filled: Path) -> None:
    shown = stories(filled).output
    assert "1. Evil title" in shown
    assert "article 1 · Daily Post · no date · https://paper.example/long · leads" in shown
    assert "near article 1, 100 % of the words" in shown
    assert "\x1b" not in shown
    assert "short" not in shown


def test_json_is_one_array(filled: Path) -> None:
    (story,) = json.loads(stories(filled, "--json").stdout)
    assert story["members"][1]["why"] == "near"
    assert json.loads(stories(filled, "1", "--json").stdout) == [story]


def test_parted_and_joined_by_hand(filled: Path) -> None:
    assert listed(filled) == [[1, 2]]
    assert "a story of its own" in stories(filled, "--part", "2").stderr
    assert listed(filled) == []
    assert "No story has several" in stories(filled).output
    joined = stories(filled, "--join", "https://paper.example/short", "2")
    assert "2 articles in one story" in joined.stderr
    assert [sorted(each) for each in listed(filled)] == [[2, 3]]


def test_finding_says_how_much_was_looked_at(filled: Path) -> None:
    assert "looked at 0 articles; 3 articles in 2 stories" in stories(filled, "--find").stderr


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("1", "--part", "2"), UsageError),
        (("--find", "--join", "1", "2"), UsageError),
        (("--part", "3"), UsageError),
        (("--part", "99"), NotFound),
        (("99",), NotFound),
    ],
)
def test_what_cannot_be_done_is_told(
    filled: Path, arguments: tuple[str, ...], error: type[Exception]
) -> None:
    assert isinstance(stories(filled, *arguments).exception, error)
