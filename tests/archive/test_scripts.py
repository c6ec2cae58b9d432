"""Which texts are indexed by character, and how."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.scripts import UNSPACED, characters, is_unspaced, spaced


@pytest.mark.parametrize(
    "text", ["北京", "ひらがな", "カタカナ", "한국", "ไทย", "ລາວ", "ខ្មែរ", "မြန်မာ"]
)
def test_scripts_without_blanks(text: str) -> None:
    assert is_unspaced(text)
    assert spaced(text).split() == list(text)


@pytest.mark.parametrize("text", ["", "naïve", "Ελλάδα", "हिन्दी", "عربي", "русский", "12:30"])
def test_scripts_with_blanks(text: str) -> None:
    assert not is_unspaced(text)
    assert characters(text) is None


def test_other_words_stay_whole() -> None:
    assert characters("iPhone発売, 2024年") == "iPhone 発 売 , 2024 年"
    assert characters(None) is None


@given(st.text())
def test_nothing_but_blanks_is_added(text: str) -> None:
    assert "".join(spaced(text).split()) == "".join(text.split())
    assert spaced(spaced(text)) == spaced(text)


def test_the_ranges_are_sorted_and_apart() -> None:
    flat = [char for bounds in UNSPACED for char in bounds]
    assert flat == sorted(flat)
