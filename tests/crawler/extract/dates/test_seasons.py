from datetime import UTC, date, datetime, time, timedelta

import pytest

from archive.records import DateSource
from crawler.extract.dates.printed import read_date
from crawler.extract.dates.seasons import SEASONAL, is_american_summer, is_european_summer


def read(text: str) -> str | None:
    captured_at = datetime(2024, 11, 20, tzinfo=UTC)
    dated = read_date(text, captured_at=captured_at, source=DateSource.TEXT)
    return dated.isoformat() if dated else None


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("Nov 8, 2023 2:15 PM ET", "2023-11-08T14:15:00-05:00"),
        ("July 8, 2023 2:15 p.m. ET", "2023-07-08T14:15:00-04:00"),
        ("2:15 PM CT November 8, 2023", "2023-11-08T14:15:00-06:00"),
        ("8 Jul 2023 14:15 PT", "2023-07-08T14:15:00-07:00"),
        ("8 July 2023 14.15 BST", "2023-07-08T14:15:00+01:00"),
        ("8 January 2023 14:15 BST", "2023-01-08T14:15:00"),
        ("8 July 2023 14:15 IST", "2023-07-08T14:15:00"),
        ("8 July 2023 14:15 CST", "2023-07-08T14:15:00"),
    ],
)
def test_a_zone_has_the_offset_of_its_day(printed: str, iso: str) -> None:
    assert read(printed) == iso


@pytest.mark.parametrize(
    ("day", "summer"),
    [
        (date(2024, 3, 9), False),
        (date(2024, 3, 10), True),
        (date(2024, 11, 2), True),
        (date(2024, 11, 3), False),
        (date(2006, 4, 1), False),
        (date(2006, 4, 2), True),
        (date(2006, 10, 29), False),
    ],
)
def test_americas_clocks_change_on_the_days_of_the_law(day: date, *, summer: bool) -> None:
    assert is_american_summer(day) is summer


@pytest.mark.parametrize(
    ("day", "summer"),
    [(date(2024, 3, 30), False), (date(2024, 3, 31), True), (date(2024, 10, 27), False)],
)
def test_europes_clocks_change_on_last_sundays(day: date, *, summer: bool) -> None:
    assert is_european_summer(day) is summer


def test_a_clock_without_a_day_has_no_offset() -> None:
    eastern = SEASONAL["ET"]
    assert time(14, 15, tzinfo=eastern).utcoffset() is None
    noon = datetime(2024, 7, 8, 12, tzinfo=eastern)
    assert (noon.utcoffset(), noon.dst(), noon.tzname()) == (timedelta(hours=-4), None, "ET")
