"""Which words the archive has: asked of a real index."""

import sqlite3
from collections.abc import Iterator

import pytest

from archive import vocabulary
from archive.indexed import ARTICLE_COLUMNS, HEADLINE_COLUMNS, TOKENIZER

ARTICLES = (
    "naïve plans for the Straße in København",
    *["therapy for the government"] * 30,
    "theripy once by mistake",
    "the cellular approvals",
)
HEADLINES = ("Nave islanders find a boat", "a recommendation")


@pytest.fixture(scope="module")
def raw() -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(":memory:", isolation_level=None)
    for name, columns in (("articles_fts", ARTICLE_COLUMNS), ("headlines_fts", HEADLINE_COLUMNS)):
        listed = ", ".join(columns)
        opened.execute(f'CREATE VIRTUAL TABLE {name} USING fts5({listed}, tokenize="{TOKENIZER}")')
    opened.executemany("INSERT INTO articles_fts (text) VALUES (?)", [(t,) for t in ARTICLES])
    opened.executemany("INSERT INTO headlines_fts (title) VALUES (?)", [(t,) for t in HEADLINES])
    yield opened
    opened.close()


def near(raw: sqlite3.Connection, word: str) -> list[tuple[str, int]]:
    return [(each.word, each.documents) for each in vocabulary.near(raw, word)]


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


@pytest.mark.parametrize(
    ("word", "written"),
    [("strasse", ("straße",)), ("kobenhavn", ("københavn",)), ("naive", ()), ("the", ())],
)
def test_other_writings_that_are_held(
    raw: sqlite3.Connection, word: str, written: tuple[str, ...]
) -> None:
    assert vocabulary.writings(raw, word) == written


def test_held_takes_any_text(raw: sqlite3.Connection) -> None:
    words = ['"', "", 'nave"', "OR", "*", "the", "北京", "a b"]
    assert vocabulary.held(raw, words) == ("nave", "the")
    assert vocabulary.documents(raw, '"') == 0
    assert vocabulary.documents(raw, "the") == 32
