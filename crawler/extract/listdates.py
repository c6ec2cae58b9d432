"""The list decides its dates: which marks date its records, in what order, of which year.

One date says little; a list says much. Its dates stand at the same place of every record. They are
sorted, mostly newest first. They are not in the future. Other dates of the same record (a `<time>`,
the link's path) agree with them. What these leave open stays open: an undecided date is None.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import pairwise

from archive.records import Dated, DateSource
from crawler.extract.columns import Column
from crawler.extract.datemarks import CHANGED, DATE_WORDS, Mark, Place
from crawler.extract.dates import DateOrder, FoundDate, Reading, order_of, settle
from crawler.extract.dateshapes import FULL, WEAK


class Relation(Enum):
    """Where a record's date stands."""

    OWN = "own"
    AFTER = "after"
    ABOVE = "above"
    """Before the record, for it alone or for a group of records."""


# How much a mark's place speaks for its being the entry's date.
PLACES = {
    Place.ALONE: 1.0,
    Place.SHORT: 1.0,
    Place.START: 0.95,
    Place.END: 0.95,
    Place.WITHIN: 0.5,
}
RELATIONS = {Relation.OWN: 1.0, Relation.AFTER: 0.95, Relation.ABOVE: 0.9}

# A date that only some records have is not what dates the list.
LEAST_COVERAGE = 0.5

# A mark inside the headline's own text is its date only if nearly all headlines have one there.
LEAST_IN_TITLE = 0.7

# An order of day and month whose dates lie this much closer together than the other's is right:
# lists move by days within a month, not by months on one day of it.
CLOSER = 0.5

# Kinds of marks above a record that are looked at, the nearest ones.
KINDS_ABOVE = 6

Key = tuple[Relation, int, DateSource, Place, bool]


@dataclass(slots=True, eq=False)
class Dating:
    """Which mark dates each record of a column (None where there is none)."""

    marks: list[Mark | None]
    relation: Relation

    @property
    def coverage(self) -> float:
        """The share of records with a date."""
        return sum(mark is not None for mark in self.marks) / max(1, len(self.marks))


class Marks:
    """A page's marks, found by their numbers."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.all = marks
        self.numbers = [mark.number for mark in marks]

    def between(self, start: int, end: int) -> Sequence[Mark]:
        """Give the marks whose numbers are from `start` up to `end`."""
        return self.all[bisect_left(self.numbers, start) : bisect_left(self.numbers, end)]


def date_column(column: Column, marks: Marks) -> Dating:
    """Choose the marks that date a column's records: those at the same place of most records."""
    candidates = candidates_of(column, marks)
    tally: Counter[Key] = Counter()
    samples: dict[Key, Mark] = {}
    for of_record in candidates:
        for key, mark in of_record.items():
            tally[key] += 1
            samples.setdefault(key, mark)
    total = len(column.records)
    ranked = sorted(
        tally, key=lambda key: tally[key] / total * weight(key, samples[key]), reverse=True
    )
    if not ranked or tally[ranked[0]] < LEAST_COVERAGE * total:
        return Dating([None] * total, Relation.OWN)
    relation = ranked[0][0]
    wanted = [key for key in ranked if key[0] is relation and good(key, tally[key] / total)]
    chosen = [next((one[key] for key in wanted if key in one), None) for one in candidates]
    return Dating(chosen, relation)


def good(key: Key, coverage: float) -> bool:
    """Tell whether marks of this kind may fill in where the best kind is missing."""
    return key[3] in {Place.ALONE, Place.SHORT} or coverage >= LEAST_COVERAGE


def candidates_of(column: Column, marks: Marks) -> list[dict[Key, Mark]]:
    """Give, for each record, the first mark of each kind that may be its date."""
    result = []
    above: dict[Key, Mark] = {}
    reached = 0
    for record in column.records:
        one: dict[Key, Mark] = {}
        for mark in marks.between(reached, record.root.start):
            if mark.place is not Place.WITHIN and mark.end <= record.root.start:
                key = key_of(Relation.ABOVE, mark)
                above.pop(key, None)
                above[key] = mark
        for mark in marks.between(*record.span):
            one.setdefault(key_of(Relation.OWN, mark), mark)
        for mark in marks.between(record.root.end, record.after):
            one.setdefault(key_of(Relation.AFTER, mark), mark)
        for key, mark in list(above.items())[-KINDS_ABOVE:]:
            one.setdefault(key, mark)
        reached = record.root.end
        result.append(one)
    return result


def key_of(relation: Relation, mark: Mark) -> Key:
    """Give what marks of one kind share across records."""
    place = Place.ALONE if mark.place is Place.SHORT else mark.place
    return relation, mark.node.tags, mark.source, place, bool(CHANGED.search(mark.label))


def weight(key: Key, mark: Mark) -> float:
    """Say how much a kind of mark looks like the date of its record."""
    relation, _, source, place, changed = key
    value = RELATIONS[relation] * PLACES[place]
    if source in {DateSource.TIME, DateSource.META, DateSource.ATTRIBUTE}:
        value *= 1.05
    elif DATE_WORDS.search(mark.label):
        value *= 1.04
    if changed:
        value *= 0.8
    if mark.link is not None and place in {Place.START, Place.END}:
        value *= 0.9
    return value * {FULL: 1.0, WEAK: 0.8}.get(mark.found.strength, 0.97)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of one record's date before the list has decided."""

    found: FoundDate | None
    source: DateSource
    hint: date | None = None
    """A day that another place of the same record names without doubt."""
    year: int | None = None
    """The year of the group that the record is in."""
    raw: str | None = None


def decide(
    entries: Sequence[Entry], *, captured_at: datetime, languages: Sequence[str]
) -> list[Dated | None]:
    """Decide the dates of a list, in page order; None where it is not decided."""
    founds = [entry.found for entry in entries if entry.found]
    order = decide_order(entries, captured_at=captured_at, languages=languages)
    readings = [pick(entry, order, captured_at=captured_at) for entry in entries]
    years = decide_years(entries, readings, captured_at=captured_at) if founds else []
    result: list[Dated | None] = []
    for index, (entry, reading) in enumerate(zip(entries, readings, strict=True)):
        if reading is None or entry.found is None:
            result.append(None)
            continue
        raw = entry.raw or entry.found.text
        result.append(
            settle(
                reading,
                captured_at=captured_at,
                source=entry.source,
                raw=raw.strip(),
                year=years[index] if reading.year is None else None,
            )
        )
    return result


def pick(entry: Entry, order: DateOrder | None, *, captured_at: datetime) -> Reading | None:
    """Give the one reading of an entry that is left under the list's order."""
    if entry.found is None:
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
    return next((r for r in possible if r.order is order), None) if order else None


def settled(reading: Reading, entry: Entry, captured_at: datetime) -> date | None:
    """Give the day of a reading, None if it lies in the future."""
    dated = settle(reading, captured_at=captured_at, source=entry.source, raw="", year=entry.year)
    if dated is None:
        return None
    return dated.value.date() if isinstance(dated.value, datetime) else dated.value


def near(reading: Reading, entry: Entry, captured_at: datetime) -> bool:
    """Tell whether a reading is the day that another place of the record names, or beside it."""
    day = settled(reading, entry, captured_at)
    return bool(day and entry.hint and abs(day - entry.hint) <= timedelta(days=1))


def decide_order(
    entries: Sequence[Entry], *, captured_at: datetime, languages: Sequence[str]
) -> DateOrder | None:
    """Find the order of day and month that the list as a whole supports.

    In turn: the order that leaves the fewest dates impossible; that agrees with other dates of
    the records; that leaves the list sorted; that keeps it together; of the page's language; of
    the separator. None where all of these tie.
    """
    open_ones = [e for e in entries if e.found and len(e.found.readings) > 1]
    if not open_ones:
        return None
    orders = sorted({r.order for e in open_ones if e.found for r in e.found.readings if r.order})
    trials = {order: Trial(entries, order, captured_at) for order in orders}
    best = min(trial.cost for trial in trials.values())
    left = [order for order in orders if trials[order].cost == best]
    if len(left) > 1 and len(entries) > 2:
        spans = sorted((trials[order].travel, order) for order in left)
        if spans[0][0] < CLOSER * spans[1][0]:
            return spans[0][1]
    if len(left) == 1:
        return left[0]
    language = order_of(languages)
    year_less = all(r.year is None for e in open_ones if e.found for r in e.found.readings)
    if language is DateOrder.YMD and year_less:
        language = DateOrder.MDY
    default = open_ones[0].found.default if open_ones[0].found else None
    return next((order for order in (language, default) if order in left), None)


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
        reading = next((r for r in readings if r.order is order), None)
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
    def cost(self) -> tuple[int, int, int]:
        """Dates that are impossible, that other evidence contradicts, that break the order."""
        falls = sum(a > b for a, b in pairwise(self.days))
        rises = sum(a < b for a, b in pairwise(self.days))
        return self.missing, self.wrong, min(falls, rises)

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
    """Give each date without a year the year that keeps the list sorted and out of the future."""
    days = [month_day(reading) for reading in readings]
    known = [day for day in days if day]
    falls = sum(a > b for a, b in pairwise(known))
    rises = sum(a < b for a, b in pairwise(known))
    newest_first = falls >= rises
    years: list[int | None] = [None] * len(entries)
    sequence = range(len(entries)) if newest_first else range(len(entries) - 1, -1, -1)
    # A list with many turns is not sorted, and says nothing about years.
    is_sorted = min(falls, rises) <= max(1, len(known) // 10 + years_spanned(known, newest_first))
    previous: date | None = None
    for index in sequence:
        reading = readings[index]
        if reading is None:
            continue
        hint = entries[index].hint
        year = entries[index].year or (hint.year if hint else None)
        day = year_less_day(reading, year, previous if is_sorted else None, captured_at)
        if day:
            years[index] = day.year
            previous = min(day, previous) if previous else day
    return years


def years_spanned(days: Sequence[tuple[int, int]], newest_first: bool) -> int:  # noqa: FBT001
    """Count the turns of the year in a sorted list: steps from January back to December."""
    pairs = pairwise(days) if newest_first else pairwise(reversed(days))
    return sum(b[0] - a[0] >= 6 for a, b in pairs)


def month_day(reading: Reading | None) -> tuple[int, int] | None:
    """Give a reading's month and day, to compare days without years."""
    return (reading.month, reading.day or 1) if reading else None


# A list sorted by time of update may have an entry a little out of order.
JITTER = timedelta(days=20)


def year_less_day(
    reading: Reading, year: int | None, previous: date | None, captured_at: datetime
) -> date | None:
    """Give the day of a reading: latest that is neither in the future nor after the one before."""
    for candidate in (year, None):
        dated = settle(
            reading, captured_at=captured_at, source=DateSource.LIST, raw="", year=candidate
        )
        if dated and (candidate or reading.year or previous is None):
            break
    if dated is None:
        return None
    day = dated.value.date() if isinstance(dated.value, datetime) else dated.value
    if reading.year is not None or year is not None or previous is None:
        return day
    while day > previous + JITTER and day.year > previous.year - 2:
        earlier = settle(
            reading, captured_at=captured_at, source=DateSource.LIST, raw="", year=day.year - 1
        )
        if earlier is None:
            break
        day = earlier.value.date() if isinstance(earlier.value, datetime) else earlier.value
    return day
