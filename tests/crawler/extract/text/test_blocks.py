"""A body read into blocks and their HTML."""

from crawler.extract.text.blocks import fold
from tests.crawler.extract.readings import FIRST, SECOND, THIRD, page, read, text_of


def test_line_breaks_part_paragraphs() -> None:
    reading = read(page(f"<div class='story-body'>{FIRST}<br><br>{SECOND}<br>{THIRD}</div>"))
    assert text_of(reading) == f"{FIRST}\n\n{SECOND}\n{THIRD}"


def test_html_is_a_small_safe_subset() -> None:
    reading = read(
        page(
            f"<article><p onclick='x()'>{FIRST} <a href='javascript:x()'>No</a> "
            f"<a href='/more' class='k'>Yes</a> <b>bold</b></p><p>{SECOND}</p>"
            f"<script>x()</script><p style='color:red'>{THIRD}</p></article>"
        )
    )
    assert reading.article is not None
    html = reading.article.html or ""
    assert '<a href="https://paper.example/more">Yes</a>' in html
    assert "<strong>bold</strong>" in html
    for bad in ("onclick", "javascript", "script", "style", "class"):
        assert bad not in html


def test_no_blank_comes_of_a_line_break_in_japanese() -> None:
    lines = "渡し船が\n12日に\n再開した。The Paper\nsays so."
    assert fold(lines) == "渡し船が12日に再開した。The Paper says so."


def test_preformatted_text_around_tables_is_read_as_they_are() -> None:
    table = (
        "<table><tr><td>Ferry</td><td>Berth</td></tr><tr><td>Nordvik</td><td>Two</td></tr></table>"
    )
    reading = read(page(f"<article><p>{FIRST}</p><pre><span>{table}</span></pre></article>"))
    assert "Ferry | Berth\nNordvik | Two" in text_of(reading)
