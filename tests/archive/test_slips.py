"""Slips, by example and by what must hold of any word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.slips import DOUBLED, EXCHANGED, LOST, OTHER, cost, is_near, slips

WORDS = st.text(st.sampled_from("abcdelnoß"), min_size=1, max_size=7)


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
