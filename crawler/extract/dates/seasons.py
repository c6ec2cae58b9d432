"""Zones whose names say no offset: `ET` is New York's time, in summer or winter as the day has it.

Computed by the rules since 1987 (United States) and 1996 (Europe), to the day: the hours of the
night in which clocks change are not told apart. Reads no time zone database.
"""

from calendar import SUNDAY, monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

# The Energy Policy Act of 2005 lengthened the summer from this year on.
LONGER_FROM = 2007


@dataclass(frozen=True, slots=True)
class Seasonal(tzinfo):
    """A zone of North America, by its hours behind UTC in winter; `London` is Britain's summer.

    Of a time on no known day its offset is None, and `BST` out of summer has none either: it is
    not Britain's then.
    """

    name: str
    winter: int | None
    summer: int

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """Give the offset on the day of `moment`."""
        if moment is None:
            return None
        rule = is_american_summer if self.winter is not None else is_european_summer
        hours = self.summer if rule(moment.date()) else self.winter
        return None if hours is None else timedelta(hours=hours)

    def dst(self, _moment: datetime | None) -> timedelta | None:
        """Give nothing: what the clocks were put forward by is not asked."""
        return None

    def tzname(self, _moment: datetime | None) -> str:
        """Give the name as printed."""
        return self.name


SEASONAL = {
    zone.name: zone
    for zone in (
        Seasonal("BST", None, 1),
        Seasonal("CT", -6, -5),
        Seasonal("ET", -5, -4),
        Seasonal("MT", -7, -6),
        Seasonal("PT", -8, -7),
    )
}


def is_american_summer(day: date) -> bool:
    """Tell whether clocks are put forward on that day in the United States and Canada."""
    if day.year >= LONGER_FROM:
        return sunday(day.year, 3, 2) <= day < sunday(day.year, 11, 1)
    return sunday(day.year, 4, 1) <= day < last_sunday(day.year, 10)


def is_european_summer(day: date) -> bool:
    """Tell whether clocks are put forward on that day in Europe, Britain's among them."""
    return last_sunday(day.year, 3) <= day < last_sunday(day.year, 10)


def sunday(year: int, month: int, number: int) -> date:
    """Give the first, second, … Sunday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(SUNDAY - first.weekday()) % 7 + 7 * (number - 1))


def last_sunday(year: int, month: int) -> date:
    """Give the last Sunday of a month."""
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - SUNDAY) % 7)
