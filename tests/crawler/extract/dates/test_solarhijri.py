from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.dates.shapes import find_dates
from crawler.extract.dates.solarhijri import to_gregorian

CAPTURED = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("year", "month", "day", "wanted"),
    [
        (1403, 1, 1, date(2024, 3, 20)),
        (1403, 12, 30, date(2025, 3, 20)),
        (1404, 1, 1, date(2025, 3, 21)),
        (1405, 8, 29, date(2026, 11, 20)),
        (1357, 11, 22, date(1979, 2, 11)),
        (1404, 12, 30, None),
        (1405, 7, 31, None),
        (1405, 13, 1, None),
        (2024, 1, 1, None),
    ],
)
def test_days_of_the_persian_calendar(year: int, month: int, day: int, wanted: date | None) -> None:
    assert to_gregorian(year, month, day) == wanted


@given(st.integers(1300, 1472), st.integers(1, 12))
def test_months_follow_one_another(year: int, month: int) -> None:
    days = [day for n in range(1, 32) if (day := to_gregorian(year, month, n))]
    following = (year, month + 1) if month < 12 else (year + 1, 1)
    after = to_gregorian(*following, 1)
    assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
    assert after in {None, days[-1] + timedelta(days=1)}
    assert after or following[0] > 1472


@pytest.mark.parametrize(
    ("text", "languages", "wanted"),
    [
        ("۱۴۰۵/۰۸/۲۹", (), date(2026, 11, 20)),
        ("1405/08/29", ("fa",), date(2026, 11, 20)),
        ("1405/08/29", ("en",), None),
        ("پنجشنبه ۲۹ آبان ۱۴۰۵", ("fa", "en"), date(2026, 11, 20)),
        ("15 مهر 1405", (), date(2026, 10, 7)),
        ("١٤٤٧/٠٥/١٢", ("ar",), None),
    ],
)
def test_where_it_is_read(text: str, languages: tuple[str, ...], wanted: date | None) -> None:
    found = find_dates(text, captured_at=CAPTURED, languages=languages)
    one = found[0].readings[0] if found else None
    assert (one and date(one.year or 1, one.month, one.day or 1)) == wanted
