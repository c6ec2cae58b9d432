"""Which words the archive has: asked of a real index."""

import sqlite3
from collections.abc import Iterator

import pytest

from archive import vocabulary
from tests.archive.wordindex import open_index


@pytest.fixture(scope="module")
def raw() -> Iterator[sqlite3.Connection]:
    opened = open_index()
    yield opened
    opened.close()


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
    assert vocabulary.held(raw, ()) == ()
