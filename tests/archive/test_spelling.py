"""Other writings, by example and by what must hold of any word."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.indexed import TOKENIZER
from archive.spelling import (
    MOST_VARIANTS,
    SAME,
    fold,
    variants,
    writings,
)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    raw = sqlite3.connect(":memory:")
    raw.execute(f'CREATE VIRTUAL TABLE t USING fts5(w, tokenize="{TOKENIZER}")')
    raw.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, row)")
    yield raw
    raw.close()


def in_the_index(raw: sqlite3.Connection, word: str) -> str:
    raw.execute("DELETE FROM t")
    raw.execute("INSERT INTO t VALUES (?)", (word,))
    ((term,),) = raw.execute("SELECT term FROM v").fetchall()
    return str(term)


@pytest.mark.parametrize(
    "word",
    ["naïve", "Café", "cafe\u0301", "Việt", "Đà", "STRASSE", "Straße", "ẞ", "ПОЛЁТ", "Ἀθῆναι",
     "άνθρωπος", "İstanbul", "Łódź", "हिन्दी", "أحمد", "7ème", "Ａ"],
)  # fmt: skip
def test_words_are_folded_as_the_index_does(index: sqlite3.Connection, word: str) -> None:
    assert fold(word) == in_the_index(index, word)


@pytest.mark.parametrize(("plain", "special"), SAME)
def test_what_the_index_leaves_apart_is_taken_for_one(
    index: sqlite3.Connection, plain: str, special: str
) -> None:
    assert in_the_index(index, special) != in_the_index(index, plain), "it folds this one itself"
    assert f"x{special}x" in variants(f"x{plain}x")
    assert f"x{plain}x" in variants(f"x{special}x")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("strasse", "straße"),
        ("STRASSE", "straße"),
        ("Straße", "strasse"),
        ("kobenhavn", "københavn"),
        ("Lodz", "łodz"),
        ("Łódź", "lodz"),
        ("полет", "полёт"),
        ("ΑΝΘΡΩΠΟΣ", "άνθρωποσ"),
        ("احمد", "أحمد"),
        ("مُحَمَّد", "محمد"),
        ("finance", "ﬁnance"),
        ("Ａpple", "apple"),
        ("smorrebrod", "smørrebrød"),
    ],
)
def test_other_writings(typed: str, written: str) -> None:
    assert written in variants(typed)


@given(st.text(max_size=30))
def test_variants_are_few_and_never_the_word_itself(word: str) -> None:
    found = variants(word)
    assert len(found) <= MOST_VARIANTS
    assert fold(word) not in found


def test_phrases_in_every_writing() -> None:
    ways = {"a": ("x", "y"), "b": ("z",)}
    assert writings(["a", "b"], ways, 9) == ["a b", "a z", "x b", "x z", "y b", "y z"]
    assert writings(["a", "b"], ways, 2) == ["a b", "a z"]
