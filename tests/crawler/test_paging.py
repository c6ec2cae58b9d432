"""How far a list is followed, and why it ends."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from archive.errors import UsageError
from archive.records import ListOutcome, ListPage, ListPart
from crawler.paging import (
    EMPTY_PAGES,
    Bounds,
    Trail,
    bound_reached,
    duration,
    identity,
    why_ended,
)
from tests.crawler.made import headline, list_page

ROOT = "http://wire.example/"


def page(number: int, *positions: int, older: str | None = "next") -> ListPage:
    """Make list page `number` with the headlines of these positions."""
    held = list_page(*(headline(p) for p in positions))
    following = f"{ROOT}page/{number + 1}" if older == "next" else older
    return replace(held, url=f"{ROOT}page/{number}", older=following)


def outcome(new: int) -> ListOutcome:
    return ListOutcome(found=new, new=new, queued=new)


def ended(
    trail: Trail, read: ListPage, *, new: int = 1, bounds: Bounds | None = None
) -> str | None:
    return why_ended(trail, read, outcome(new), bounds or Bounds())


def after(*pages: ListPage) -> Trail:
    trail = Trail()
    for read in pages:
        trail.add(read)
    return trail


def test_a_list_is_followed_while_it_brings_something_new() -> None:
    assert ended(after(page(1, 0, 1)), page(2, 2, 3)) is None


def test_the_last_page_says_so() -> None:
    assert ended(Trail(), page(1, 0, older=None)) == "the list has no older page"


@pytest.mark.parametrize("older", ["page/1", "page/1#top", "page/3"])
def test_a_way_back_is_recognised(older: str) -> None:
    trail = after(page(1, 0), page(2, 1))
    assert ended(trail, page(3, 2, older=ROOT + older)) == (
        "its older page leads back to one already read"
    )


def test_the_same_headlines_under_another_address_are_recognised() -> None:
    trail = after(page(1, 0, 1))
    assert "repeat" in str(ended(trail, page(2, 0, 1), new=0))
    assert "repeat" in str(ended(trail, page(2, 1), new=0))


def test_a_trail_stays_small_and_the_archive_recognises_what_it_forgot(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("crawler.paging.MOST_SEEN", 10)
    trail = after(*(page(n, *range(4 * n, 4 * n + 4)) for n in range(50)))
    assert len(trail.seen) < 15
    assert "repeat" in str(ended(trail, page(50, 199), new=0))
    assert ended(trail, page(50, 0), new=0) == "nothing new beyond this page"


def test_what_an_earlier_crawl_has_is_no_repetition() -> None:
    assert ended(after(page(1, 0)), page(2, 1), new=0) == "nothing new beyond this page"
    assert ended(Trail(), page(1, 0), new=0) == "nothing new beyond this page"


def test_a_calendar_without_end_is_left_after_some_empty_months() -> None:
    trail = after(page(1, 0))
    for number in range(2, EMPTY_PAGES + 1):
        assert ended(trail, page(number), new=0) is None
        trail.add(page(number))
    assert ended(trail, page(EMPTY_PAGES + 1), new=0) == "3 pages in a row without headlines"


def test_one_month_with_headlines_starts_the_count_again() -> None:
    trail = after(page(1), page(2), page(3, 0), page(4))
    assert ended(trail, page(5), new=0) is None


@pytest.mark.parametrize(
    ("bounds", "reached"),
    [
        (Bounds(), False),
        (Bounds(max_pages=3), False),
        (Bounds(max_pages=2), True),
        (Bounds(since=date(2024, 11, 8)), False),
        (Bounds(since=date(2024, 11, 9)), True),
    ],
)
def test_bounds_are_kept_and_named(bounds: Bounds, reached: bool) -> None:
    trail, read = after(page(1, 0)), page(2, 1)
    assert bool(bound_reached(trail, read, bounds)) is reached
    assert bool(ended(trail, read, bounds=bounds)) is reached


def test_a_headline_without_link_is_known_by_its_title() -> None:
    assert identity(replace(headline(), url=None, title="Cells")) == "Cells"
    tracked = replace(headline(), url="http://www.wire.example/0?utm_source=x")
    assert identity(tracked) == identity(headline(0))


def test_an_index_is_no_end_of_a_list() -> None:
    index = replace(page(1, older=None), parts=(ListPart(url=f"{ROOT}part"),))
    assert ended(after(), index, new=0) is None


@pytest.mark.parametrize(
    ("text", "seconds"), [("90s", 90), ("30m", 1_800), ("2H", 7_200), ("1d", 86_400), (" 5 ", 300)]
)
def test_a_length_of_time_is_read(text: str, seconds: int) -> None:
    assert duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["", "0", "0h", "-1h", "1.5h", "2 weeks", "999999999d", "h", "１h"]
)
def test_what_is_no_length_of_time_is_said(text: str) -> None:
    with pytest.raises(UsageError, match="no length of time"):
        duration(text)
