"""The list decides its dates: in what order of day and month, and of which year.

One date says little; a list says much. Its dates are sorted, mostly newest first. They are not in
the future. Other dates of the same record (a `<time>`, the link's path) agree with them. What these
leave open stays open: an undecided date is None.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from archive.records import Dated, DateSource, Precision
from crawler.extract.dates.printed import (
    DateOrder,
    FoundDate,
    Reading,
    day_before,
    find_dates,
    make_day,
    order_of,
    settle,
)
from crawler.extract.dates.shapes import FULL
from crawler.extract.lists.columns import Column, Record
from crawler.extract.lists.datemarks import LINE, Mark, Place, heading_above
from crawler.extract.lists.dating import (
    MARKS_OF_RECORD,
    Context,
    Dating,
    Marks,
    day_in_url,
)
from crawler.extract.lists.daynumbers import with_days
from crawler.extract.lists.listyears import Undated, years_of
from crawler.extract.lists.outline import HEADINGS, Outline

# An order of day and month whose dates lie this much closer together than the other's is right:
# lists move by days within a month, not by months on one day of it.
CLOSER = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of one record's date before the list has decided."""

    found: FoundDate | None
    source: DateSource
    hint: Dated | None = None
    """A day that another place of the same record names without doubt."""
    year: int | None = None
    """The year of the group that the record is in."""
    part: int = 0
    """The number of its list's path: a page may carry several lists of one column."""

    @classmethod
    def of(cls, mark: Mark | None) -> "Entry":
        """Give what a mark says."""
        if mark is None:
            return cls(found=None, source=DateSource.LIST)
        return cls(found=mark.found, source=mark.source)


def entries_of(
    column: Column,
    dating: Dating,
    urls: Sequence[str | None],
    marks: Marks,
    page: Outline,
    context: Context,
) -> list[Entry]:
    """Give what is known of each record's date: its mark, and what else on the page says."""
    founds = [mark.found for mark in dating.marks if mark]
    if all(len(f.readings) == 1 and is_whole(f.readings[0]) for f in founds):
        shared = Counter(id(mark) for mark in dating.marks)
        pairs = zip(dating.marks, urls, strict=True)
        return [
            of_all(mark, url) if mark and shared[id(mark)] > 1 else Entry.of(mark)
            for mark, url in pairs
        ]
    years = years_above(column, dating, marks, page, context)
    months = founds and all(f.readings[0].precision is Precision.MONTH for f in founds)
    days = with_days(column.records, dating.marks, page) if months else {}
    return [
        Entry(
            found=days.get(index) or (mark.found if mark else None),
            source=mark.source if mark else DateSource.LIST,
            hint=hint_of(record, mark, url, marks),
            year=year_in_link(mark, url) or year,
            part=record.root.parent.path if record.root.parent else 0,
        )
        for index, (record, mark, url, year) in enumerate(
            zip(column.records, dating.marks, urls, years, strict=True)
        )
    ]


def of_all(mark: Mark, url: str | None) -> Entry:
    """Give what a date says that stands over several records: a day at most.

    With a time of day it is that of the list ("Top news at 2:15 PM"): a day that the record's own
    address names says more.
    """
    one = mark.found.readings[0]
    if one.clock is None:
        return Entry.of(mark)
    named = day_in_url(url)
    own = named[0] if named and named[0].day else None
    source = DateSource.URL if own else mark.source
    reading = own or replace(one, clock=None, precision=Precision.DAY)
    text = named[1] if named and own else mark.found.text
    return Entry(found=replace(mark.found, text=text, readings=(reading,)), source=source)


def is_whole(reading: Reading) -> bool:
    """Tell whether a reading names a day and its year."""
    return reading.year is not None and reading.day is not None


def hint_of(record: Record, mark: Mark | None, url: str | None, marks: Marks) -> Dated | None:
    """Give a day that another place of a record names without doubt: its link, an attribute."""
    named = day_in_url(url)
    if named and named[0].day and (day := make_day(named[0].year or 0, named[0])):
        return Dated(value=day, precision=Precision.DAY, source=DateSource.URL, raw=named[1])
    for other in marks.first(*record.span, most=MARKS_OF_RECORD):
        one = other.found.readings[0]
        certain = len(other.found.readings) == 1 and other.found.strength == FULL
        certain = certain and other.place is not Place.WITHIN
        if other is not mark and certain and (day := make_day(one.year or 0, one)) and one.day:
            raw = other.found.text.strip()
            return Dated(value=day, precision=Precision.DAY, source=other.source, raw=raw)
    return None


def year_in_link(mark: Mark | None, url: str | None) -> int | None:
    """Give the year that a record's address names with the month that its date prints."""
    named = day_in_url(url)
    if named is None or mark is None:
        return None
    months = {one.month for one in mark.found.readings}
    return named[0].year if named[0].month in months else None


def years_above(
    column: Column, dating: Dating, marks: Marks, page: Outline, context: Context
) -> list[int | None]:
    """Give the year that a heading above each record names, else the page's own address."""
    named = [(m.number, m.found.readings[0].year) for m in marks.all if is_group(m)]
    for text in page.texts:
        match = YEAR_ALONE.fullmatch(text.text)
        if match and (text.node.tag in GROUP_TAGS or text.node.tag in HEADINGS):
            named.append((text.number, int(match[1])))
    named += years_in_headings(column, dating, page, context)
    named.sort()
    numbers = [number for number, _ in named]
    own = YEAR_IN_URL.search(context.url)
    default = int(own[1]) if own else None
    years: list[int | None] = []
    for record in column.records:
        index = bisect_left(numbers, record.root.start)
        years.append(named[index - 1][1] if index else default)
    return years


def years_in_headings(
    column: Column, dating: Dating, page: Outline, context: Context
) -> Iterator[tuple[int, int]]:
    """Give the numbers of headings with words about a month and year, and the year.

    "Archive: March 2019". The month must be the first date's below: another month's is a link to
    it, or the subject of a text.
    """
    first = next((m for m in dating.marks if m and m.found.readings[0].year is None), None)
    if first is None or not column.records:
        return
    start = column.records[0].root.start
    for text in page.texts_in(0, start):
        if text.node.link or not heading_above(text.node) or len(text.text) > LINE:
            continue
        for found in find_dates(
            text.text, captured_at=context.captured_at, languages=context.languages
        ):
            one = found.readings[0]
            month = one.month == first.found.readings[0].month
            if one.year and one.precision is Precision.MONTH and month:
                yield text.number, one.year


def is_group(mark: Mark) -> bool:
    """Tell whether a mark is the heading of a month's entries."""
    one = mark.found.readings[0]
    return one.day is None and one.year is not None and mark.place is Place.ALONE


YEAR_ALONE = re.compile(r"\W*((?:19|20)\d\d)\W*")
YEAR_IN_URL = re.compile(r"(?:/|[?&]year=|[?&]y=)((?:19|20)\d\d)(?=[/&?#._-]|$)")
GROUP_TAGS = frozenset(["caption", "th", "strong", "b", "summary", "dt", "legend", "span"])


def decide(
    entries: Sequence[Entry], *, captured_at: datetime, languages: Sequence[str]
) -> list[Dated | None]:
    """Decide the dates of a list, in page order; None where it is not decided."""
    order = decide_order(entries, captured_at=captured_at, languages=languages)
    readings = [pick(entry, order, captured_at=captured_at) for entry in entries]
    years = decide_years(entries, readings, captured_at=captured_at)
    return [
        dated_entry(entry, reading, year, captured_at)
        if entry.found and reading and (reading.year or year)
        else None
        for entry, reading, year in zip(entries, readings, years, strict=True)
    ]


def dated_entry(
    entry: Entry, reading: Reading, year: int | None, captured_at: datetime
) -> Dated | None:
    """Make an entry's date of its reading; a day that fits a printed month says more."""
    settled = settle(
        reading,
        captured_at=captured_at,
        source=entry.source,
        raw=entry.found.text.strip() if entry.found else "",
        year=year if reading.year is None else None,
    )
    if settled and entry.hint and reading.day is None:
        parts = 1 if reading.precision is Precision.YEAR else 2
        same = settled.value.timetuple()[:parts] == entry.hint.value.timetuple()[:parts]
        if same and day_in(entry.hint) <= captured_at.date():
            return entry.hint
    return settled


def pick(entry: Entry, order: DateOrder | None, *, captured_at: datetime) -> Reading | None:
    """Give the one reading of an entry that is left under the list's order."""
    if entry.found is None or entry.found.is_vague:
        return None
    readings = entry.found.readings
    if len(readings) == 1:
        return readings[0]
    possible = [r for r in readings if settled(r, entry, captured_at)]
    if entry.hint:
        agreeing = [r for r in possible if near(r, entry, captured_at)]
        if len(agreeing) == 1:
            return agreeing[0]
    if len(possible) == 1:
        return possible[0]
    return under(possible, order) if order else None


def under(readings: Sequence[Reading], order: DateOrder) -> Reading | None:
    """Give the reading in an order; 9/9 is the same day-first and month-first."""
    for one in readings:
        if one.order is order:
            return one
    if order is DateOrder.YMD:
        return None
    return next((r for r in readings if r.order and r.day == r.month), None)


def settled(reading: Reading, entry: Entry, captured_at: datetime) -> date | None:
    """Give the day of a reading, None if it lies in the future."""
    return day_before(reading, captured_at, year=entry.year)


def near(reading: Reading, entry: Entry, captured_at: datetime) -> bool:
    """Tell whether a reading is the day that another place of the record names, or beside it."""
    day = settled(reading, entry, captured_at)
    return bool(day and entry.hint and abs(day - day_in(entry.hint)) <= timedelta(days=1))


def decide_order(
    entries: Sequence[Entry], *, captured_at: datetime, languages: Sequence[str]
) -> DateOrder | None:
    """Find the order of day and month that the list as a whole supports.

    In turn: the order that leaves the fewest dates impossible; that agrees with other dates of
    the records; that leaves the list sorted; that makes it one that is kept up; of the page's
    language; that keeps it together; of the separator. None where all of these tie.
    """
    open_ones = [e for e in entries if e.found and len(e.found.readings) > 1]
    if not open_ones:
        return None
    orders = sorted({r.order for e in open_ones if e.found for r in e.found.readings if r.order})
    trials = {order: Trial(entries, order, captured_at) for order in orders}
    best = min(trial.flaws for trial in trials.values())
    left = sorted_ones({o: trials[o] for o in orders if trials[o].flaws == best})
    if len(left) == 1:
        return next(iter(left))
    several = len({e.found.text for e in open_ones if e.found}) >= FEWEST_OPEN
    likely = by_nearness(left, captured_at) if several else None
    if likely:
        return likely
    language = order_of(languages)
    year_less = all(r.year is None for e in open_ones if e.found for r in e.found.readings)
    if language is DateOrder.YMD and year_less:
        language = DateOrder.MDY
    near = by_travel(left) if several else None
    default = open_ones[0].found.default if open_ones[0].found else None
    return next((order for order in (language, near, default) if order in left), None)


def sorted_ones(trials: Mapping[DateOrder, "Trial"]) -> Mapping[DateOrder, "Trial"]:
    """Keep the orders that leave the list best sorted; all where none leaves it sorted.

    Of a list that is sorted in neither order, fewer breaks are chance.
    """
    breaks = min(trial.breaks for trial in trials.values())
    if breaks * UNSORTED >= max(1, *(len(trial.days) for trial in trials.values())):
        return trials
    return {order: trial for order, trial in trials.items() if trial.breaks == breaks}


# A sorted list has at most one entry out of its place among this many.
UNSORTED = 8


def by_nearness(trials: Mapping[DateOrder, "Trial"], captured_at: datetime) -> DateOrder | None:
    """Choose the order in which a list is up to date, where the other makes it months old."""
    ages = {
        order: (captured_at.date() - max(trial.days)).days
        for order, trial in trials.items()
        if trial.days
    }
    recent = [order for order, age in ages.items() if age <= RECENT_DAYS]
    if len(recent) == 1 and all(age > STALE_DAYS for o, age in ages.items() if o not in recent):
        return recent[0]
    return None


def by_travel(trials: Mapping[DateOrder, "Trial"]) -> DateOrder | None:
    """Choose the order whose dates lie much closer together than in any other.

    Lists move by days within a month, not by months on one day of it; but a list of firsts of the
    month may be a monthly one.
    """
    spans = sorted((trial.travel, order) for order, trial in trials.items())
    (near, order), (far, _) = spans[:2]
    if any(day.day != 1 for day in trials[spans[1][1]].days) and near < CLOSER * far:
        return order
    return None


# Distinct open dates that show how a list moves.
FEWEST_OPEN = 3

# A list that is kept up has an entry of the last weeks; the other reading makes it a season old.
RECENT_DAYS, STALE_DAYS = 31, 90


class Trial:
    """A list read in one order: what speaks against it."""

    def __init__(self, entries: Sequence[Entry], order: DateOrder, captured_at: datetime) -> None:
        self.missing = self.wrong = 0
        self.days: list[date] = []
        for entry in entries:
            if entry.found:
                self._add(entry, order, captured_at)

    def _add(self, entry: Entry, order: DateOrder, captured_at: datetime) -> None:
        readings = entry.found.readings if entry.found else ()
        # Under an order that is proven by one date, a date that does not fit it is a flaw.
        reading = under(readings, order)
        if reading is None and len(readings) == 1:
            reading = readings[0]
            self.missing += against(reading, order, entry)
        day = settled(reading, entry, captured_at) if reading else None
        if reading is None or day is None:
            self.missing += 1
            return
        self.days.append(day)
        self.wrong += bool(entry.hint and not near(reading, entry, captured_at))

    @property
    def flaws(self) -> tuple[int, int]:
        """Count the dates that are impossible, and those that other evidence contradicts."""
        return self.missing, self.wrong

    @property
    def breaks(self) -> int:
        """Count the dates that break the order of the list, whichever it is."""
        falls = sum(a > b for a, b in pairwise(self.days))
        rises = sum(a < b for a, b in pairwise(self.days))
        return min(falls, rises)

    @property
    def travel(self) -> int:
        """Days passed from each date to the next."""
        return sum(abs((a - b).days) for a, b in pairwise(self.days))


NUMERIC = re.compile(r"\s*\D{0,12}(\d{1,2})\s?[./\-]\s?(\d{1,2})\b")


def against(reading: Reading, order: DateOrder, entry: Entry) -> int:
    """Tell whether a date with one possible reading disproves an order: 1 if it does."""
    match = NUMERIC.match(entry.found.text) if entry.found else None
    if not match or reading.day is None:
        return 0
    first, second = int(match[1]), int(match[2])
    expected = {
        DateOrder.DMY: (reading.day, reading.month),
        DateOrder.MDY: (reading.month, reading.day),
    }.get(order)
    return int(expected is not None and (first, second) != expected)


def decide_years(
    entries: Sequence[Entry], readings: Sequence[Reading | None], *, captured_at: datetime
) -> list[int | None]:
    """Give each date without a year the one that its list supports."""
    if all(reading is None or reading.year is not None for reading in readings):
        return [None] * len(entries)
    wanted = [
        Undated(
            reading=reading,
            year=entry.year or year_of_hint(entry.hint, reading),
            part=entry.part,
        )
        if reading
        else None
        for entry, reading in zip(entries, readings, strict=True)
    ]
    return years_of(wanted, captured_at=captured_at)


def year_of_hint(hint: Dated | None, reading: Reading) -> int | None:
    """Give the year of another date of the record, where its month is not far from the reading's.

    A date that a teaser tells of is of any year and month; an address is the record's own.
    """
    if hint is None:
        return None
    apart = abs(hint.value.month - reading.month)
    far = min(apart, 12 - apart) > 1 and hint.source is DateSource.LIST
    return None if far else hint.value.year


def as_printed(dated: Dated, mark: Mark, marks: Marks) -> Dated:
    """Give the day that readers see where a machine's instant is of the day beside it.

    `<time datetime="2024-11-09T04:30:00Z">November 8, 2024</time>` is an article of November 8th:
    the page prints its publisher's day, the attribute gives it in another zone.
    """
    if not isinstance(dated.value, datetime) or dated.value.tzinfo is None:
        return dated
    if mark.source not in {DateSource.TIME, DateSource.ATTRIBUTE, DateSource.META}:
        return dated
    for printed in marks.between(mark.node.start + 1, mark.node.end):
        if printed.text is None or len(printed.found.readings) > 1:
            continue
        shown = settle(
            printed.found.readings[0],
            captured_at=dated.value + timedelta(days=1),
            source=printed.source,
            raw=printed.found.text.strip(),
        )
        if shown and abs(day_in(shown) - day_in(dated)) == timedelta(days=1):
            return shown
    return dated


def day_in(dated: Dated) -> date:
    """Give the day of a date or an instant."""
    return dated.value.date() if isinstance(dated.value, datetime) else dated.value
