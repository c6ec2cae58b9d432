"""Other writings and slips, by example and by what must hold of any word."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.indexed import TOKENIZER
from archive.spelling import (
    DOUBLED,
    EXCHANGED,
    LOST,
    MOST_VARIANTS,
    OTHER,
    SAME,
    cost,
    fold,
    is_near,
    slips,
    variants,
    writings,
)

WORDS = st.text(st.sampled_from("abcdelnoß"), min_size=1, max_size=7)


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


@given(WORDS)
def test_what_is_a_slip_away_is_near_and_the_other_way_round(word: str) -> None:
    for other in slips(word):
        assert is_near(word, other)
        assert is_near(other, word)


@given(WORDS, WORDS, st.integers(0, 2))
def test_distances_are_the_same_both_ways(one: str, other: str, most: int) -> None:
    assert cost(one, other, slips_at_most=most) == cost(other, one, slips_at_most=most)
    assert (cost(one, other, slips_at_most=most) == 0) is (one == other)


@pytest.mark.parametrize(
    ("one", "other", "price"),
    [
        ("naive", "nave", LOST),
        ("aproval", "approval", DOUBLED),
        ("thearpy", "therapy", EXCHANGED),
        ("therepy", "therapy", OTHER),
        ("therapy", "xyz", None),
        ("abcd", "badc", None),
    ],
)
def test_the_likelier_slip_costs_less(one: str, other: str, price: int | None) -> None:
    assert cost(one, other, slips_at_most=1) == price
    assert cost("hello", "jello", slips_at_most=1) == OTHER + LOST, "seldom the first letter"


@pytest.mark.parametrize("word", ["ab", "北京晚报", "abс", "covid19", "x" * 41, ""])
def test_no_guesses_at_what_is_short_or_no_word(word: str) -> None:
    assert slips(word) == ()
