import pytest

from crawler.extract.pdf.hyphens import is_parted, made_whole, words_of

LINES = (
    "Knowledge of the long-term costs was thin, and no-",
    "body thought of the harbour side of it.",
    "The harbour keeps a time table. Some other thing",
)


def test_what_is_parted_at_a_lines_end_is_no_word_of_the_document() -> None:
    known = words_of(LINES)
    assert {"knowledge", "long-term", "harbour", "thing"} <= known
    assert known.isdisjoint({"no", "body", "long", "term"})


@pytest.mark.parametrize(
    ("text", "more", "whole"),
    [
        ("of the knowl-", "edge", "of the knowledge"),
        ("Know-", "ledge.", "Knowledge."),
        ("the long-", "term costs", "the long-term costs"),
        ("the harbour-", "side road", "the harbour-side road"),
        ("a well-", "known lock", "a well-known lock"),
        ("their well-", "ness", "their wellness"),
        ("and some-", "thing", "and something"),
        ("a not-so-long-", "term plan", "a not-so-long-term plan"),
        ("state-of-the-", "art", "state-of-the-art"),
        ("a well-estab-", "lished one", "a well-established one"),
        ("the har\u00ad", "bour side", "the harbour side"),
        ("the time\u00ad", "table", "the timetable"),
    ],
)
def test_the_documents_own_words_tell_a_compound(text: str, more: str, whole: str) -> None:
    assert is_parted(text, more)
    assert made_whole(text, more, words_of(LINES)) == whole


@pytest.mark.parametrize(("text", "more"), [("knowl-", "Edge"), ("from 3-", "to"), ("a -", "b")])
def test_other_dashes_part_no_word(text: str, more: str) -> None:
    assert not is_parted(text, more)
