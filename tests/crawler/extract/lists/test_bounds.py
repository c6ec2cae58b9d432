from datetime import UTC, datetime

import pytest

from archive.records import LeftOut
from crawler.extract import extract_headlines
from crawler.extract.lists import bounds, columns, outline

CAPTURED = datetime(2024, 11, 20, 12, tzinfo=UTC)
ROW = '<li><a href="/{n}">A title of the number {n}</a> 5 May 2024</li>'


def left_out(html: str) -> tuple[LeftOut, ...]:
    page = extract_headlines(html.encode(), url="https://list.example/", captured_at=CAPTURED)
    return page.left_out


def rows(count: int) -> str:
    return f"<ul>{''.join(ROW.format(n=n) for n in range(count))}</ul>"


def test_a_page_within_the_bounds_leaves_nothing_out() -> None:
    assert left_out(rows(20)) == ()


def test_links_behind_the_first_elements_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (outline, bounds):
        monkeypatch.setattr(module, "MOST_NUMBERS", 42)
    (told,) = left_out(rows(20))
    assert told.what == "links"
    assert 8 <= told.count <= 11
    assert "first 42 elements" in told.reason


def test_elements_are_counted_where_no_link_is_left_out() -> None:
    (told,) = left_out("<div>" * 1_000 + "words")
    assert told.what == "elements"
    assert "nested more than 400 deep" in told.reason


def test_links_beyond_the_most_that_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (columns, bounds):
        monkeypatch.setattr(module, "MOST_SPOTS", 15)
    (told,) = left_out(rows(20))
    assert (told.what, told.count) == ("links", 5)
