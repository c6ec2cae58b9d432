from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import dropwhile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.extract.dates.printed import find_dates
from crawler.extract.lists.listyears import Undated, years_of

CAPTURED = datetime(2025, 1, 20, 12, tzinfo=UTC)


def years(texts: Sequence[str], parts: Sequence[int] = ()) -> list[int | None]:
    return years_of(
        [
            Undated(reading=found[0].readings[0], part=part)
            for text, part in zip(texts, parts or [0] * len(texts), strict=True)
            for found in [find_dates(text, captured_at=CAPTURED)]
        ],
        captured_at=CAPTURED,
    )


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["2 Jan", "30 Dec", "1 Dec"], [2025, 2024, 2024]),
        (["1 Dec", "30 Dec", "2 Jan"], [2024, 2024, 2025]),
        (["3 Jun", "1 Jun 2019", "20 May", "2 Jan", "28 Dec"], [2019, 2019, 2019, 2019, 2018]),
        (["18 Jan", "3 Jan", "30 Dec 2024", "1 Mar 2019"], [2025, 2025, 2024, 2019]),
        (["18 Jan", "3 Mar 2019", "15 Jan", "9 Jan"], [2025, 2019, 2025, 2025]),
        (["9 Jan", "15 Jan", "3 Mar 2019", "18 Jan"], [2025, 2025, 2019, 2025]),
    ],
)
def test_the_year_that_keeps_a_list_sorted(texts: list[str], wanted: list[int]) -> None:
    assert years(texts) == wanted


@pytest.mark.parametrize(("pinned", "year"), [("3 Mar", 2024), ("5 Aug 2021", 2021)])
def test_a_pinned_entry_decides_nothing(pinned: str, year: int) -> None:
    rest = ["19 Jan", "15 Jan", "9 Jan", "2 Jan", "28 Dec", "20 Dec", "11 Dec"]
    assert years([pinned, *rest]) == [year, 2025, 2025, 2025, 2025, 2024, 2024, 2024]


def test_each_list_of_a_page_begins_anew() -> None:
    texts = ["19 Jan", "9 Jan", "10 Dec", "12 Jan", "28 Dec"]
    assert years(texts, parts=[1, 1, 1, 2, 2]) == [2025, 2025, 2024, 2025, 2024]
    assert years(texts) == [2025, 2025, 2024, 2024, 2023]


@given(st.lists(st.dates(date(2000, 1, 1), date(2024, 12, 31)), min_size=1, max_size=30))
@example([date(2000, 1, 1)] * 3 + [date(2000, 1, 22)])
def test_no_year_makes_a_date_of_the_future(days: list[date]) -> None:
    found = years([f"{day.day} {day:%B}" for day in days])
    assert all(year <= 2025 for year in found if year is not None)
    # What is announced at the newer end of a list may have none; all the rest has one.
    first = list(dropwhile(lambda year: year is None, found))
    last = list(dropwhile(lambda year: year is None, reversed(found)))
    assert None not in first or None not in last
    assert found.count(None) <= 3


def test_days_to_come_on_top_do_not_age_the_list() -> None:
    assert years(["9 Feb", "18 Jan", "3 Jan", "30 Dec"]) == [None, 2025, 2025, 2024]
    assert years(["9 Mar", "9 Feb", "18 Jan", "9 Jan", "3 Jan", "2 Jan"])[:3] == [None, None, 2025]
    assert years(["9 Feb", "18 Dec", "3 Dec", "30 Nov"]) == [2024, 2023, 2023, 2023]
