"""Equal texts have equal digests; other texts have others."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.fingerprint import fingerprint, fold, urn


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The boat sails.", "the  boat\n\nsails"),
        ("“Never,” she said", '"Never", she said'),
        ("caf\u00e9", "cafe\u0301"),
        ("ﬁnal １２", "final 12"),
        ("soft\u00adware", "software"),
        ("Straße", "STRASSE"),
    ],
)
def test_what_readers_do_not_see_is_folded(one: str, other: str) -> None:
    assert fingerprint(one).digest == fingerprint(other).digest


@pytest.mark.parametrize(
    ("one", "other"),
    [("sails", "sailed"), ("well known", "wellknown"), ("เที่ยว", "เที่ยวๆ"), ("কি", "কী")],
)
def test_other_texts_differ(one: str, other: str) -> None:
    assert fingerprint(one).digest != fingerprint(other).digest


def test_letters_count_what_is_there() -> None:
    assert fingerprint(" a, b -- c! ").letters == 3
    assert fingerprint("...").letters == 0


def test_urn() -> None:
    assert urn("A text.") == urn("a text")
    assert urn("A text.").startswith("urn:sha256:")


@given(st.text(st.characters(max_codepoint=127)))
def test_words_stand_one_blank_apart(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())
    signs = "".join(char if char.isalnum() else " " for char in text.lower())
    assert fold(text) == " ".join(signs.split())


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fingerprint(fold(text)) == fingerprint(text)


def test_letters_and_numbers_need_no_looking_up() -> None:
    """`fold` looks up only what is neither: every other character it would have kept."""
    others = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if chr(code).isalnum() and unicodedata.category(chr(code))[0] not in "LN"
    ]
    assert others == []


@given(st.text())
def test_the_quick_way_for_ascii_is_the_other_ones(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()
    assert fold(f"{plain} \u00e9") == f"{fold(plain)} \u00e9".strip()
