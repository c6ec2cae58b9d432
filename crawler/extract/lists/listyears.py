"""The years of dates without one, decided by the list that they stand in.

A list is sorted, mostly newest first, and no entry is of the future: that leaves one year for each
date, with the full dates among them as fixed points. What a list does not keep to is looked for: an
entry pinned to its top, a full date out of its place, several lists of one column on a page.

Does not read dates, and does not decide between day and month.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from crawler.extract.dates.printed import Reading, day_before

# Months: a longer step from one entry to the next is a turn of the year.
HALF_YEAR = 6

# A list sorted by time of update may have an entry a little out of order.
JITTER = timedelta(days=20)

# Entries that a site pins to the top of a list, at most.
MOST_PINNED = 3

# A day of an event to come, at the top of a list, is at most so far ahead.
AHEAD = timedelta(days=183)

# A list that is kept up has an entry of the last weeks; a pinned one is older than its season.
RECENT, OLD = timedelta(days=31), timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undated:
    """One entry's date: its reading, what is known of its year, and the list that it is in."""

    reading: Reading
    year: int | None = None
    """Of its own, or by the word of its group or of another date of its record."""
    part: int = 0


def years_of(entries: Sequence[Undated | None], *, captured_at: datetime) -> list[int | None]:
    """Give each date of a page's lists the year that keeps its list sorted and out of the future.

    None where there is no date, or no such year.
    """
    parts: dict[int, list[int]] = defaultdict(list)
    for index, entry in enumerate(entries):
        if entry:
            parts[entry.part].append(index)
    years: list[int | None] = [None] * len(entries)
    for indexes in parts.values():
        own = [entry for index in indexes if (entry := entries[index])]
        for index, day in zip(indexes, days_of(own, captured_at), strict=True):
            years[index] = day.year if day else None
    return years


def days_of(entries: Sequence[Undated], captured_at: datetime) -> list[date | None]:
    """Give the days of one list, in its order."""
    known = [month_day(entry.reading) for entry in entries]
    # Steps of half a year and more are turns of the year, in either direction.
    falls = sum(a > b and a[0] - b[0] < HALF_YEAR for a, b in pairwise(known))
    rises = sum(a < b and b[0] - a[0] < HALF_YEAR for a, b in pairwise(known))
    newest_first = falls >= rises
    latest = [latest_day(entry, captured_at) for entry in entries]
    # A list with many turns is not sorted, and says nothing about years.
    if min(falls, rises) > max(1, len(known) // 10):
        return latest
    step = 1 if newest_first else -1
    ordered = Sorted(entries[::step], latest[::step], captured_at)
    return ordered.days()[::step]


def month_day(reading: Reading) -> tuple[int, int]:
    """Give a reading's month and day, to compare days without years."""
    return reading.month, reading.day or 1


def latest_day(entry: Undated, captured_at: datetime) -> date | None:
    """Give an entry's day in the year that is known, else in the latest that is possible."""
    return day_before(entry.reading, captured_at, year=entry.year) or day_before(
        entry.reading, captured_at
    )


class Sorted:
    """A list that is sorted newest first, and the latest day that each entry may be of."""

    def __init__(
        self, entries: Sequence[Undated], latest: Sequence[date | None], captured_at: datetime
    ) -> None:
        self.entries = entries
        self.latest = latest
        self.captured_at = captured_at

    def days(self) -> list[date | None]:
        """Give the day of each entry: the latest that is not after the entry before."""
        days = list(self.latest)
        start = self.pinned()
        announced = 0 if start else self.announced()
        if announced:
            rest = Sorted(self.entries[announced:], self.latest[announced:], self.captured_at)
            return [*[None] * announced, *rest.days()]
        lead = self.leading(start)
        for index in range(lead - 1, -1, -1):
            days[index] = self.soonest_after(index, days[index + 1])
        previous: date | None = None
        for index in range(start, len(days)):
            day = days[index]
            if day is None or (self.is_fixed(index) and self.is_stray(index)):
                continue
            if not self.is_fixed(index) and previous and index >= lead:
                day = days[index] = self.not_after(index, day, previous)
            previous = min(day, previous) if previous else day
        return days

    def is_fixed(self, index: int) -> bool:
        """Tell whether an entry's year is known."""
        entry = self.entries[index]
        return entry.reading.year is not None or entry.year is not None

    def pinned(self) -> int:
        """Count the old entries at the top of a list that else is kept up."""
        days = [day for day in self.latest if day]
        if len(days) < len(self.latest) or len(days) <= 2 * MOST_PINNED:
            return 0
        for count in range(1, MOST_PINNED + 1):
            first = days[count]
            if self.captured_at.date() - first <= RECENT:
                return count if first - max(days[:count]) > OLD else 0
        return 0

    def announced(self) -> int:
        """Count the entries on top whose days are to come, of a list that else is kept up.

        They are of events, or of a year ago and pinned: which, the list does not say. That all of
        the list is of a year ago is less likely.
        """
        now = self.captured_at.date()
        for count in range(1, MOST_PINNED + 1):
            rest = [day for day in self.latest[count:] if day]
            if len(rest) < 2 * count or rest[0] != self.latest[count]:
                return 0
            if self.is_fixed(count - 1) or not self.is_to_come(count - 1, now):
                return 0
            if all(timedelta(0) <= now - day <= RECENT for day in rest[:2]):
                return count
        return 0

    def is_to_come(self, index: int, now: date) -> bool:
        """Tell whether an entry's day, a year after the latest it may be of, is soon to come."""
        day = self.latest[index]
        if day is None or now - day <= OLD:
            return False
        return timedelta(0) < day + timedelta(days=365) - now <= AHEAD

    def leading(self, start: int) -> int:
        """Count the entries before the first full date that its year decides.

        0 where all that follows is full too: such a list leaves out the year of what is new.
        """
        fixed = [self.is_fixed(index) for index in range(len(self.entries))]
        standing = (i for i in range(start, len(fixed)) if fixed[i] and not self.is_stray(i))
        first = next(standing, 0)
        return 0 if all(fixed[first:]) or start else first

    def is_stray(self, index: int) -> bool:
        """Tell whether a full date is out of its place, which its neighbours go past.

        It is in its place where only its year is not theirs: then theirs is the guess.
        """
        if not 0 < index < len(self.entries) - 1:
            return False
        before, own, after = self.latest[index - 1 : index + 2]
        if not (before and own and after):
            return False
        if abs(before - own) <= timedelta(days=365) or abs(before - after) > JITTER:
            return False
        first, day, last = (one.timetuple()[1:3] for one in (after, own, before))
        return not first <= day <= last

    def soonest_after(self, index: int, following: date | None) -> date | None:
        """Give the entry's first day that is not before the entry after it."""
        latest = self.latest[index]
        if latest is None or following is None:
            return latest
        for year in range(following.year, latest.year + 1):
            day = day_before(self.entries[index].reading, self.captured_at, year=year)
            if day and day + JITTER >= following:
                return day
        return latest

    def not_after(self, index: int, day: date, previous: date) -> date:
        """Give the entry's last day that is not after the entry before it."""
        for year in range(day.year, previous.year - 2, -1):
            earlier = day_before(self.entries[index].reading, self.captured_at, year=year)
            if earlier and earlier <= previous + JITTER:
                return earlier
        return day
