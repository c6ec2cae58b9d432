"""Sketches: the same for what folds alike, alike for what is alike, bounded for what is long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.sketch import LEAST, MOST, NUMBERED, Sketch, shingle, sketch, unpack, words
from tests.archive.newsroom import ChineseDesk, Desk

LANGUAGES = {"english": Desk, "chinese": ChineseDesk}


def shared(one: Sketch, other: Sketch) -> int:
    return len(set(one.hashes) & set(other.hashes))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The boat, sails at nine on Sundays.", "the  BOAT sails\n\nat nine on Sundays"),
        ("some 1,200 boats and 3 500 000 people", "some 1200 boats and 3’500’000 people"),
        ("“We never,” she said, “sail so late.”", '"We never", she said, "sail so late"'),
    ],
)
def test_what_house_styles_write_otherwise_is_the_same(one: str, other: str) -> None:
    assert sketch(one) == sketch(other)


def test_characters_are_words_where_no_blanks_are() -> None:
    assert words("北京的船 sails 下午 3点") == [
        "北",
        "京",
        "的",
        "船",
        "sails",
        "下",
        "午",
        "3",
        "点",
    ]


def test_decimals_and_years_stay_apart() -> None:
    assert words("In 2024, 1.25 of 3,5 or 12,34") == words("in 2024 1 25 of 3 5 or 12 34")


@pytest.mark.parametrize("text", ["", "…", "one two three four"])
def test_less_than_a_shingle_has_an_empty_sketch(text: str) -> None:
    assert sketch(text) == Sketch(hashes=(), shingles=0)


@given(st.text())
def test_any_text_has_a_sketch_that_is_read_back_as_it_was(text: str) -> None:
    found = shingle(text)
    assert unpack(found.sketch.packed) == found.sketch.hashes
    assert len(found.lowest) == len(found.sketch.hashes) <= MOST + NUMBERED
    assert all(0 <= value < 2**48 for value in found.sketch.hashes)


@given(st.lists(st.sampled_from("abcdefgh"), min_size=5, max_size=60), st.integers(2, 4))
def test_what_is_said_again_changes_nothing_but_where_it_meets(said: list[str], times: int) -> None:
    once, again = shingle(" ".join(said)), shingle(" ".join(said * times))
    assert set(once.marks) <= set(again.marks)


def test_the_order_of_paragraphs_changes_only_the_seams() -> None:
    every = Desk(11).article(30).text.split("\n\n")
    there, back = sketch("\n\n".join(every)), sketch("\n\n".join(reversed(every)))
    assert shared(there, back) > 0.7 * len(there.hashes)


def test_the_size_follows_the_length_within_bounds() -> None:
    desk = Desk(11)

    def size(paragraphs: int) -> int:
        return len(sketch("\n\n".join(desk.paragraphs(paragraphs))).hashes)

    assert LEAST <= size(4) <= LEAST + NUMBERED
    assert LEAST < size(40) < size(80) <= MOST + NUMBERED
    assert size(400) == MOST + NUMBERED


@pytest.mark.parametrize("language", LANGUAGES)
def test_copies_share_and_strangers_do_not(language: str) -> None:
    desk = LANGUAGES[language](11)
    piece, stranger = desk.article(), desk.article()
    assert shared(sketch(piece.text), sketch(stranger.text)) == 0
    for way in desk.ways.values():
        assert shared(sketch(piece.text), sketch(way(piece).text)) > 0


def test_shingles_that_begin_with_numbers_are_kept_beside_the_lowest() -> None:
    plain = " ".join(f"word{'abcdefghijklmnop'[n % 16]}{'qrstuvwxyz'[n % 10]}x" for n in range(400))
    assert len(sketch(plain).hashes) == min(LEAST, sketch(plain).shingles)
    numbered = f"{plain} it sold 345 shares on the day and 2024 was the year of all years"
    assert len(sketch(numbered).hashes) in {LEAST, LEAST + 1}
