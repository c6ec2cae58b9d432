"""When something was published, as the number by which the full-text tables are ordered. Pure.

A time order is a row's id below how exactly its date is known (`Grain`), below the day (UTC) as a
Julian day number; the schema's column `time_order` makes it (`searchtables`). It tells whether a
row is within a span of days, but for times of day near its ends: for these the date itself has to
be read.
"""

from datetime import UTC, date, datetime
from enum import IntEnum
from typing import NamedTuple

from archive.filters import Bound, Filters

ID_BITS = 28
ID_MASK = (1 << ID_BITS) - 1
DAY_SHIFT = ID_BITS + 2
# Julian day number of the day before 0001-01-01, the first day that Python counts.
BEFORE_FIRST_DAY = 1_721_425
FIRST_DAY = BEFORE_FIRST_DAY + 1
LAST_DAY = BEFORE_FIRST_DAY + date.max.toordinal()
# Below are the rows without a date.
FIRST_DATED = 1 << DAY_SHIFT
# An offset moves a day's last hours into the next day.
LAST = (LAST_DAY + 2 << DAY_SHIFT) - 1


class Grain(IntEnum):
    """How exactly a date is known, in the order in which one day's rows stand."""

    YEAR = 0
    MONTH = 1
    DAY = 2
    TIME = 3
    """Has a time of day, with an offset or without."""


class Days(NamedTuple):
    """A span of days, as orders; `span` makes it."""

    low: int
    high: int
    """No row outside of these is within."""
    sure_low: int
    sure_high: int
    """A day or a time of day between these is within."""
    filters: Filters

    def holds(self, order: int) -> bool | None:
        """Tell whether a row is within; None where its date has to be read.

        It is the same for all rows of one slot.
        """
        exactness = order >> ID_BITS & 3
        if self.sure_low <= order <= self.sure_high and exactness >= Grain.DAY:
            return True
        if not self.low <= order <= self.high:
            return False
        if not _is_bounded(self.filters):
            return True
        return None if exactness == Grain.TIME else _is_day_within(order, self.filters)


def span(filters: Filters) -> Days:
    """Give the span of the filters' days: without bounds it holds everything, else what is dated.

    Near its ends it is wider by a day than what a bound may mean, whatever the offset.
    """
    if not _is_bounded(filters):
        return Days(low=0, high=LAST, sure_low=0, sure_high=LAST, filters=filters)
    after = _days(filters.after) if filters.after else (1, 1)
    before = _days(filters.before) if filters.before else (LAST_DAY + 3, LAST_DAY + 3)
    return Days(
        low=max(1, min(after) - 1) << DAY_SHIFT,
        high=(max(before) + 2 << DAY_SHIFT) - 1,
        sure_low=max(after) + 2 << DAY_SHIFT,
        sure_high=(min(before) - 1 << DAY_SHIFT) - 1,
        filters=filters,
    )


def is_moment_within(published: str, filters: Filters) -> bool:
    """Tell whether a time of day is within: an instant by the reader's midnights, else by its day.

    `published` is ISO text as the archive has it.
    """
    moment = datetime.fromisoformat(published)
    after, before = filters.after, filters.before
    if moment.tzinfo is None:
        day = published[:10]
        return (after is None or day >= after.day) and (before is None or day < before.day)
    return (after is None or moment >= after.instant) and (
        before is None or moment < before.instant
    )


def instant(published: str) -> datetime:
    """Give a date or time for ordering: without an offset it counts as UTC, a day as its start."""
    moment = datetime.fromisoformat(published)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def slot(order: int) -> int:
    """Give day and grain: rows of one slot differ in their order by their ids only."""
    return order >> ID_BITS


def is_timed(order: int) -> bool:
    """Tell whether rows of the same slot may be earlier or later than this one."""
    return order >> ID_BITS & 3 == Grain.TIME


def is_dated(order: int) -> bool:
    """Tell whether a date is known."""
    return order >= FIRST_DATED


def day_number(order: int) -> int:
    """Give the day: days apart are numbers apart; 0 without a date."""
    return order >> DAY_SHIFT


def _is_bounded(filters: Filters) -> bool:
    return filters.after is not None or filters.before is not None


def _is_day_within(order: int, filters: Filters) -> bool:
    """Tell it of a day, or of a month or a year, all of which must be within."""
    day = day_number(order)
    if day < FIRST_DAY:
        return False
    first = date.fromordinal(day - BEFORE_FIRST_DAY).isoformat()
    last = {
        Grain.YEAR: f"{first[:4]}-12-31",
        Grain.MONTH: f"{first[:7]}-31",
    }.get(Grain(order >> ID_BITS & 3), first)
    after, before = filters.after, filters.before
    return (after is None or first >= after.day) and (before is None or last < before.day)


def _days(bound: Bound) -> tuple[int, int]:
    """Give the two days that a bound may mean: the reader's, and the one of its instant in UTC."""
    day = date.fromisoformat(bound.day).toordinal()
    return day + BEFORE_FIRST_DAY, bound.instant.date().toordinal() + BEFORE_FIRST_DAY
