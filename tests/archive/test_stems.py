"""English words and their other forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.stems import Stems


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("approve", {"approved", "approves", "approving", "approval", "approvals"}),
        ("approval", {"approve", "approved"}),
        ("therapy", {"therapies"}),
        ("therapies", {"therapy"}),
        ("cells", {"cell"}),
        ("running", {"run", "runs"}),
        ("Run", {"running", "runs"}),
        ("organization", {"organize", "organizing", "organizations"}),
        ("study", {"studies", "studied", "studying"}),
    ],
)
def test_forms(word: str, others: set[str]) -> None:
    with Stems() as stems:
        found = set(stems.forms(word))
    assert others <= found
    assert word.lower() not in found


@pytest.mark.parametrize("word", ["", "ab", "北京", "naïve", "10", "x" * 41, "a b"])
def test_no_forms_of_what_is_no_english_word(word: str) -> None:
    with Stems() as stems:
        assert stems.forms(word) == ()


@given(st.text(st.sampled_from("aeiousdgnlyt"), max_size=9))
def test_forms_are_forms_of_one_another(word: str) -> None:
    with Stems() as stems:
        for other in stems.forms(word)[:3]:
            assert stems._stemmed([other]) == stems._stemmed([word])
