"""Spans of days as spans of orders: exact, or asking for the date itself."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.filters import Bound, Filters
from archive.timeorder import (
    BEFORE_FIRST_DAY,
    DAY_SHIFT,
    ID_BITS,
    Grain,
    instant,
    is_moment_within,
    span,
)


def order(day: date, grain: Grain, row: int = 7) -> int:
    return (day.toordinal() + BEFORE_FIRST_DAY << DAY_SHIFT) | grain << ID_BITS | row


def bound(day: date, hours: int = 0) -> Bound:
    midnight = datetime(day.year, day.month, day.day, tzinfo=timezone(timedelta(hours=hours)))
    return Bound(day=day.isoformat(), instant=midnight.astimezone(UTC))


days = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 12, 31))
offsets = st.integers(-12, 14)
bounds = st.one_of(st.none(), st.builds(bound, days, offsets))


@given(bounds, bounds, st.builds(datetime.combine, days, st.times()), offsets)
def test_a_time_of_day_is_decided_as_its_date_says_or_not_at_all(
    after: Bound | None, before: Bound | None, local: datetime, hours: int
) -> None:
    filters = Filters(after=after, before=before)
    moment = local.replace(tzinfo=timezone(timedelta(hours=hours)))
    told = span(filters).holds(order(moment.astimezone(UTC).date(), Grain.TIME))
    assert told in {None, is_moment_within(moment.isoformat(), filters)}
    told = span(filters).holds(order(local.date(), Grain.TIME))
    assert told in {None, is_moment_within(local.isoformat(), filters)}


@given(bounds, bounds, days)
def test_a_day_is_decided_at_once(after: Bound | None, before: Bound | None, day: date) -> None:
    told = span(Filters(after=after, before=before)).holds(order(day, Grain.DAY))
    text = day.isoformat()
    assert told == ((not after or text >= after.day) and (not before or text < before.day))


@pytest.mark.parametrize(
    ("grain", "after", "before", "within"),
    [
        (Grain.YEAR, date(2024, 1, 1), date(2025, 1, 1), True),
        (Grain.YEAR, date(2024, 1, 2), date(2025, 1, 1), False),
        (Grain.YEAR, date(2024, 1, 1), date(2024, 12, 31), False),
        (Grain.MONTH, date(2024, 1, 1), date(2024, 2, 1), True),
        (Grain.MONTH, date(2024, 1, 1), date(2024, 1, 31), False),
    ],
)
def test_all_of_a_year_or_month_is_to_be_within(
    grain: Grain, after: date, before: date, within: bool
) -> None:
    filters = Filters(after=bound(after), before=bound(before))
    assert span(filters).holds(order(date(2024, 1, 1), grain)) is within


def test_what_has_no_date_is_within_only_where_nothing_is_asked() -> None:
    assert span(Filters()).holds(7) is True
    assert span(Filters(before=bound(date(2024, 1, 1)))).holds(7) is False


def test_an_instant_is_by_the_readers_midnight() -> None:
    tokyo = Filters(after=bound(date(2024, 2, 1), 9))
    assert is_moment_within("2024-01-31T15:00:00+00:00", tokyo)
    assert not is_moment_within("2024-01-31T14:59:59+00:00", tokyo)
    assert not is_moment_within("2024-01-31T15:00:00", tokyo), "without an offset: its day"


def test_for_ordering_a_day_is_its_start() -> None:
    assert instant("2024-01-31") < instant("2024-01-31T01:00:00") < instant("2024-01-31T02:00:00Z")
