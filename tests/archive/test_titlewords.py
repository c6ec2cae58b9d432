"""The words that do not distinguish are written as titles are folded, and each once."""

import pytest

from archive import titlewords
from archive.titles import read

SETS = {
    name: getattr(titlewords, name)
    for name in (
        "FUNCTION_WORDS",
        "COMPANY_WORDS",
        "RECURRING_WORDS",
        "FORMULA_WORDS",
        "PERIOD_WORDS",
    )
}


@pytest.mark.parametrize("name", SETS)
def test_words_are_folded(name: str) -> None:
    assert [word for word in SETS[name] if read(word).words != (word,)] == []


@pytest.mark.parametrize("name", ["_FUNCTION", "_COMPANY", "_RECURRING", "_FORMULA", "_PERIOD"])
def test_no_word_is_listed_twice(name: str) -> None:
    words = getattr(titlewords, name).split()
    assert len(words) == len(set(words))


def test_what_stands_in_formulas_only_is_not_listed_among_what_recurs() -> None:
    assert not set(titlewords._FORMULA.split()) & titlewords.RECURRING_WORDS
