"""Snippets as spans: nothing is lost but the marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.found import Span
from archive.snippets import AFTER, BEFORE, CLOSE, OPEN, around, beginning, from_marked


def test_marked_text_becomes_spans() -> None:
    spans = from_marked(f"The {OPEN}ferry{CLOSE}\n sails to {OPEN}two islands{CLOSE}.")
    assert spans == (
        Span(text="The "),
        Span(text="ferry", match=True),
        Span(text=" sails to "),
        Span(text="two islands", match=True),
        Span(text="."),
    )


@pytest.mark.parametrize("text", [OPEN, CLOSE, f"{CLOSE}a{OPEN}", f"{OPEN}{OPEN}a{CLOSE}"])
def test_stray_marks_are_dropped(text: str) -> None:
    assert all(OPEN not in span.text and CLOSE not in span.text for span in from_marked(text))


@given(st.text())
def test_a_text_without_marks_is_one_span_at_most(text: str) -> None:
    bare = text.replace(OPEN, "").replace(CLOSE, "")
    assert "".join(span.text for span in from_marked(bare)).split() == bare.split()


def test_around_a_needle() -> None:
    text = "前" * 100 + "北京" + "后" * 300
    spans = around(text, ["北京"])
    assert [span.text for span in spans if span.match] == ["北京"]
    assert spans[0].text == "…" + "前" * BEFORE
    assert spans[-1].text == "后" * AFTER + "…"


def test_needles_are_found_whatever_their_case_and_signs() -> None:
    assert around("a IPHONE(2) b", ["iphone(2)"])[1] == Span(text="IPHONE(2)", match=True)
    assert around("nothing here", ["北京"]) == ()
    assert around("nothing here", []) == ()


def test_beginning_ends_at_a_word() -> None:
    (span,) = beginning("word " * 100)
    assert span.text.endswith("word…")
    assert beginning("short") == (Span(text="short"),)
    assert beginning("") == ()
