from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.fields.folding import agreement, fold, squash


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_ascii_is_folded_as_all_else_is(text: str) -> None:
    beyond = fold(f"{text} é")
    assert fold(text) == beyond.removesuffix("é").rstrip()


def test_case_form_and_punctuation_are_folded() -> None:
    assert fold("“ＴＩＤＥ” – it’s High!") == "tide it s high"


def test_squash_keeps_letters_alone() -> None:
    assert squash("Süd-Kurier") == squash("süd kurier") == "südkurier"


def test_agreement_is_of_words_or_of_pairs_of_characters() -> None:
    assert agreement("harbour bridge closes", "harbour bridge closes today") > 0.8
    assert agreement("harbour bridge closes", "ferry is late") == 0.0
    assert agreement("港湾大橋が本日閉鎖される見通しとなった", "港湾大橋が本日閉鎖される") > 0.6


@given(st.text(), st.text())
def test_agreement_is_symmetric_and_between_0_and_1(one: str, other: str) -> None:
    rate = agreement(fold(one), fold(other))
    assert rate == agreement(fold(other), fold(one))
    assert 0.0 <= rate <= 1.0
