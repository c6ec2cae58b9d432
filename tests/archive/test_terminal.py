"""What reaches a terminal cannot control it, and fits."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.found import Span
from archive.terminal import cells, counted, cut, harmless, harmless_lines, wrap, wrap_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b2Jgone", "gone"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("a\x07b\x08c", "abc"),
        ("one\r\ntwo\u2028three", "one two three"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("a\u200bb\u2066c\u2069", "abc"),
        ("नि\u200dष", "नि\u200dष"),
        ("lost \ud800", "lost \ufffd"),
    ],
)
def test_harmless(text: str, expected: str) -> None:
    assert harmless(text) == expected


@given(st.text())
def test_nothing_that_controls_is_left(text: str) -> None:
    for safe in (harmless(text), harmless_lines(text).replace("\n", "")):
        kinds = {unicodedata.category(char) for char in safe if char not in "\u200c\u200d"}
        assert not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}
        assert harmless(safe) == harmless(safe.strip())


def test_cells() -> None:
    assert cells("abc") == 3
    assert cells("北京") == 4
    assert cells("cafe\u0301") == 4


@given(st.text(), st.integers(2, 30))
def test_cut_fits(text: str, columns: int) -> None:
    assert cells(cut(text, columns)) <= columns


def test_cut_says_so() -> None:
    assert cut("a long title", 7) == "a long…"
    assert cut("short", 7) == "short"
    assert cut("北京晚报", 5) == "北京…"


def lines(spans: list[Span], columns: int) -> list[str]:
    return ["".join(span.text for span in line) for line in wrap(spans, columns)]


def test_wrap_keeps_marks_and_breaks_at_blanks() -> None:
    spans = [Span(text="The "), Span(text="island ferry", match=True), Span(text=" sails")]
    assert lines(spans, 10) == ["The island", "ferry", "sails"]
    marked = [span.text.strip() for line in wrap(spans, 10) for span in line if span.match]
    assert marked == ["island", "ferry"]


def test_wide_characters_break_anywhere() -> None:
    assert lines([Span(text="北京晚报")], 4) == ["北京", "晚报"]


@given(st.lists(st.text("ab 北", max_size=8)), st.integers(8, 30))
def test_lines_fit_and_lose_only_blanks(texts: list[str], columns: int) -> None:
    spans = [Span(text=f"{text} ") for text in texts]
    broken = lines(spans, columns)
    assert all(cells(line.rstrip()) <= max(columns, 9) for line in broken)
    assert "".join("".join(broken).split()) == "".join("".join(texts).split())


def test_wrap_text_keeps_paragraphs() -> None:
    assert wrap_text("one two\n\nthree", 5) == ["one", "two", "", "three"]


@pytest.mark.parametrize(("number", "words"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages")])
def test_a_number_and_its_noun_agree(number: int, words: str) -> None:
    assert counted(number, "page") == words
