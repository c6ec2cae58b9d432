"""Near spellings that the archive has: asked of a real index."""

import sqlite3
from collections.abc import Iterator

import pytest

from archive import guessing
from tests.archive.wordindex import open_index


@pytest.fixture(scope="module")
def raw() -> Iterator[sqlite3.Connection]:
    opened = open_index()
    yield opened
    opened.close()


def near(raw: sqlite3.Connection, word: str) -> list[tuple[str, int]]:
    return [(each.word, each.documents) for each in guessing.near(raw, word)]


@pytest.mark.parametrize(
    ("word", "offered"),
    [
        ("naive", ["nave"]),
        ("naïve", ["nave"]),
        ("nave", ["naive"]),
        ("theraphy", ["therapy"]),
        ("thearpy", ["therapy"]),
        ("theripy", ["therapy"]),
        ("goverment", ["government"]),
        ("governmnet", ["government"]),
        ("recomendatoin", ["recommendation"]),
        ("aprovals", ["approvals"]),
        ("zeppelin", []),
        ("th", []),
        ("北京", []),
        ("strasse", []),
    ],
)
def test_near_spellings(raw: sqlite3.Connection, word: str, offered: list[str]) -> None:
    assert [each for each, _ in near(raw, word)] == offered


def test_the_commoner_is_told_by_its_documents(raw: sqlite3.Connection) -> None:
    assert near(raw, "theripy") == [("therapy", 30)]
    assert near(raw, "therapy") == [], "a word that is held is seldom a slip of a rare one"


def test_documents_are_counted_of_any_text(raw: sqlite3.Connection) -> None:
    assert guessing.documents(raw, '"') == 0
    assert guessing.documents(raw, "the") == 32
