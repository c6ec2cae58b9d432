"""Equal texts have equal digests; other texts have others."""

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


@given(st.text())
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fingerprint(fold(text)) == fingerprint(text)
