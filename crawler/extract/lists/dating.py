"""Which marks date a column's records: those that stand at the same place of most of them.

In the record itself, after it, or above it as the heading of one record or of a group. Where no
mark does, dateparser is asked about what stands at one place of most records; and an address may
name its day.

Does not decide what a date with two readings, or without a year, means: `listdates` does.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from archive.records import DateSource, Precision
from crawler.extract.dates.printed import Reading, read_date
from crawler.extract.dates.shapes import FULL, HAS_DIGIT, WEAK
from crawler.extract.lists.columns import Column, Record
from crawler.extract.lists.datemarks import (
    DATE_WORDS,
    LINE,
    VAGUE,
    Kind,
    Mark,
    Place,
    as_found,
    heading_above,
    letters,
)
from crawler.extract.lists.lengths import are_times, is_called_length
from crawler.extract.lists.outline import Outline, Text


class Relation(StrEnum):
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

# Many dates for many records say more than one date for all of them: by at most this much.
SEVERAL = 0.05

# A heading's own block is at most this many texts and letters; a longer one is a list or an
# article, whose date is its own.
HEADING_TEXTS, HEADING_LETTERS = 6, 160

# Kinds of marks above a record that are looked at, the nearest ones.
KINDS_ABOVE = 6

# Marks before a record among which its heading is looked for.
MARKS_BEFORE = 30

# Marks after a record, and in it, among which its own is looked for: in a column of few links far
# apart a record is half the page, and a page may have hundreds of such columns.
MARKS_AFTER, MARKS_OF_RECORD = 12, 60

# Samples of a column that dateparser is asked for, and how many of them it must read.
SAMPLES, LEAST_READ = 3, 2

# What may be a date in words that no shape knows: this short, with a digit and a letter.
LONGEST_ASKED = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What dates are read against."""

    url: str
    captured_at: datetime
    languages: tuple[str, ...]


Key = tuple[Relation, Kind]


@dataclass(slots=True, eq=False)
class Dating:
    """Which mark dates each record of a column (None where there is none)."""

    marks: list[Mark | None]
    relation: Relation

    @property
    def coverage(self) -> float:
        """The share of records with a date."""
        return sum(mark is not None for mark in self.marks) / max(1, len(self.marks))


URL_DATE = re.compile(
    r"[/_=\-.](?P<y>(?:19|20)\d\d)(?P<sep>[/_\-.]?)(?P<m>0[1-9]|1[0-2]|(?<=[/_\-.])[1-9])"
    r"(?:(?P=sep)(?P<d>0[1-9]|[12]\d|3[01]|(?<=[/_\-.])[1-9]))?(?=\D|$)"
)


# Parts any string, also one that is no address; and far quicker than what parts it in full.
PATH = re.compile(r"(?:[a-z][a-z0-9+.\-]*:)?(?://[^/?#]*)?([^?#]*)", re.IGNORECASE)


def path_of(url: str) -> str:
    """Give the path of an address."""
    match = PATH.match(url)
    return match[1] if match else ""


def day_in_url(url: str | None) -> tuple[Reading, str] | None:
    """Give the day (or month) that an address's path names, and how it prints it."""
    match = URL_DATE.search(path_of(url)) if url else None
    if not match or (not match["sep"] and not match["d"]):
        return None
    day = int(match["d"]) if match["d"] else None
    precision = Precision.DAY if day else Precision.MONTH
    one = Reading(year=int(match["y"]), month=int(match["m"]), day=day, precision=precision)
    return one, match[0].strip("/_=-.")


class Marks:
    """A page's marks, found by their numbers."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.all = marks
        self.numbers = [mark.number for mark in marks]

    def before(self, start: int, end: int) -> Sequence[Mark]:
        """Give the last few marks whose numbers are from `start` up to `end`."""
        last = bisect_left(self.numbers, end)
        return self.all[max(bisect_left(self.numbers, start), last - MARKS_BEFORE) : last]

    def first(self, start: int, end: int, *, most: int) -> Sequence[Mark]:
        """Give the first few marks whose numbers are from `start` up to `end`."""
        index = bisect_left(self.numbers, start)
        return self.all[index : min(index + most, bisect_left(self.numbers, end))]

    def between(self, start: int, end: int) -> Sequence[Mark]:
        """Give the marks whose numbers are from `start` up to `end`."""
        return self.all[bisect_left(self.numbers, start) : bisect_left(self.numbers, end)]


def date_column(column: Column, marks: Marks, page: Outline) -> Dating:
    """Choose the marks that date a column's records: those at the same place of most records."""
    candidates = without_lengths(candidates_of(column, marks, page), column, page)
    tally: Counter[Key] = Counter()
    samples: dict[Key, dict[int, Mark]] = {}
    for of_record in candidates:
        for key, mark in of_record.items():
            tally[key] += 1
            samples.setdefault(key, {})[mark.number] = mark
    total = len(column.records)

    def worth(key: Key) -> float:
        several = SEVERAL * len(samples[key]) / total
        sample = next(iter(samples[key].values()))
        return tally[key] / total * (weight(key, sample) + several)

    dating = [key for key in tally if any(map(says_when, samples[key].values()))]
    ranked = sorted(dating, key=worth, reverse=True)
    if not ranked or tally[ranked[0]] < LEAST_COVERAGE * total:
        return Dating([None] * total, Relation.OWN)
    relation = ranked[0][0]
    wanted = [
        key
        for key in ranked
        if key[0] is relation
        and (good(key, tally[key] / total) or is_same_line(key, ranked[0], samples))
    ]
    chosen = [next((one[key] for key in wanted if key in one), None) for one in candidates]
    if relation is Relation.OWN:
        chosen = at_usual_place(column, chosen, marks)
    return Dating(chosen, relation)


def at_usual_place(
    column: Column, chosen: Sequence[Mark | None], marks: Marks
) -> list[Mark | None]:
    """Replace a date with words about it where the record has one alone, as most records do.

    A short sentence of a teaser ("Built on 1 June 1888, it stood empty") stands before the date.
    """
    alone = sum(mark is not None and mark.place is Place.ALONE for mark in chosen)
    if 2 * alone <= len(chosen):
        return list(chosen)
    usual = Counter(m.node.path for m in chosen if m and m.place is Place.ALONE)
    return [
        next(
            (
                other
                for other in marks.first(*record.span, most=MARKS_OF_RECORD)
                if other.place is Place.ALONE
                and other.kind == mark.kind
                and other.node.path in usual
            ),
            mark,
        )
        if mark and mark.place is Place.SHORT
        else mark
        for record, mark in zip(column.records, chosen, strict=True)
    ]


def ask_column(column: Column, page: Outline, context: Context) -> Dating | None:
    """Have dateparser read what stands at one place of most records, if it can read samples."""
    kinds: dict[int, list[Text | None]] = {}
    for index, record in enumerate(column.records):
        for text in page.texts_in(*record.span):
            if may_be_asked(text) and not record.spot.node.holds(text.number):
                places = kinds.setdefault(text.node.tags, [None] * len(column.records))
                places[index] = places[index] or text
    for texts in kinds.values():
        present = [text for text in texts if text]
        if len(present) < ASKED_COVERAGE * len(texts):
            continue
        samples = present[:: max(1, len(present) // SAMPLES)][:SAMPLES]
        if sum(ask(text, context) is not None for text in samples) >= LEAST_READ:
            marks = [ask(text, context) if text else None for text in texts]
            return Dating(marks, Relation.OWN)
    return None


# A place that dates a list in unknown words is filled in nearly every record.
ASKED_COVERAGE = 0.8


def may_be_asked(text: Text) -> bool:
    """Tell whether a text may be a date in words of an unknown language."""
    line = text.text
    return (
        len(line) <= LONGEST_ASKED and bool(HAS_DIGIT.search(line)) and any(map(str.isalpha, line))
    )


def ask(text: Text, context: Context) -> Mark | None:
    """Have a text read as a date by all means."""
    dated = read_date(
        text.text,
        captured_at=context.captured_at,
        source=DateSource.LIST,
        languages=context.languages,
    )
    if dated is None:
        return None
    mark = Mark(
        number=text.number,
        end=text.number + 1,
        node=text.node,
        found=as_found(dated),
        place=Place.ALONE,
        source=DateSource.LIST,
        text=text,
    )
    return None if mark.is_count else mark


def good(key: Key, coverage: float) -> bool:
    """Tell whether marks of this kind may fill in where the best kind is missing."""
    _, (_, _, place, _) = key
    return place in {Place.ALONE, Place.SHORT} or coverage >= LEAST_COVERAGE


def is_same_line(key: Key, best: Key, samples: Mapping[Key, Mapping[int, Mark]]) -> bool:
    """Tell whether dates at an end of longer lines are of the kind that short lines show best.

    "Source: AP, 8.11.2024" is a date with few words about it; a longer name makes it one at the
    end of its line.
    """
    (_, (tags, source, place, changed)), (_, (of_best, best_source, _, best_changed)) = key, best
    same = (tags, source, changed) == (of_best, best_source, best_changed)
    if not same or place not in {Place.START, Place.END}:
        return False
    beside = sum(has_words(mark) for mark in samples[best].values())
    longest = max((len(mark.text.text) for mark in samples[key].values() if mark.text), default=0)
    return 2 * beside >= len(samples[best]) and longest <= LINE


def has_words(mark: Mark) -> bool:
    """Tell whether words stand beside a date in its text."""
    return mark.text is not None and letters(mark.text.text) > letters(mark.found.text)


def candidates_of(column: Column, marks: Marks, page: Outline) -> list[dict[Key, Mark]]:
    """Give, for each record, the first mark of each kind that may be its date."""
    result = []
    above: dict[Kind, Mark] = {}
    reached = 0
    for record in column.records:
        one: dict[Key, Mark] = {}
        for mark in marks.before(reached, record.root.start):
            if (
                (mark.found.strength > VAGUE or mark.source is DateSource.HEADING)
                and mark.place is not Place.WITHIN
                and mark.end <= record.root.start
            ):
                above.pop(mark.kind, None)
                above[mark.kind] = mark
        for mark in marks.first(*record.span, most=MARKS_OF_RECORD):
            take(one, (Relation.OWN, mark.kind), mark)
        for mark in marks.first(record.root.end, record.after, most=MARKS_AFTER):
            take(one, (Relation.AFTER, mark.kind), mark)
        for kind in list(above)[-KINDS_ABOVE:]:
            if heads(above[kind], record, page):
                one.setdefault((Relation.ABOVE, kind), above[kind])
        reached = record.root.end
        result.append(one)
    return result


def says_when(mark: Mark) -> bool:
    """Tell whether a mark names at least a year; "Earlier" alone dates nothing."""
    return not mark.found.is_vague or mark.found.readings[0].year is not None


def take(one: dict[Key, Mark], key: Key, mark: Mark) -> None:
    """Note a record's first mark of a kind; a bare count or a season gives way to a date."""
    known = one.setdefault(key, mark)
    if is_doubtful(known) and not is_doubtful(mark):
        one[key] = mark


def is_doubtful(mark: Mark) -> bool:
    """Tell whether a mark may be a length, or is too vague to file an entry under."""
    return mark.is_count or mark.found.is_vague


def without_lengths(
    candidates: list[dict[Key, Mark]], column: Column, page: Outline
) -> list[dict[Key, Mark]]:
    """Drop the bare counts of minutes and hours that are lengths, not times."""
    counted = {key for one in candidates for key, mark in one.items() if mark.is_count}
    lengths = {key for key in counted if not counts_times(key, candidates, column, page)}
    if not lengths:
        return candidates
    return [
        {key: mark for key, mark in one.items() if not mark.is_count or key not in lengths}
        for one in candidates
    ]


def counts_times(
    key: Key, candidates: Sequence[dict[Key, Mark]], column: Column, page: Outline
) -> bool:
    """Tell whether bare counts at one place date the list: nothing else does, and they grow."""
    marks = [mark for one in candidates if (mark := one.get(key))]
    counts = [mark for mark in marks if mark.is_count][:SAMPLE_COUNTS]
    called = sum(is_called_length(beside_count(mark, page), mark.label) for mark in counts)
    if called >= LEAST_COVERAGE * len(counts) or is_dated_else(key, candidates, column):
        return False
    return are_times([mark.found for mark in marks])


def is_dated_else(key: Key, candidates: Sequence[dict[Key, Mark]], column: Column) -> bool:
    """Tell whether entries have a date at another place, above each group, or in their links.

    One date above the whole list is the page's own.
    """
    above = {id(m) for one in candidates for k, m in one.items() if k[0] is Relation.ABOVE}
    beside = 0
    for one, record in zip(candidates, column.records, strict=True):
        others = (
            k
            for k, mark in one.items()
            if k != key and not mark.is_count and k[1][2] is not Place.WITHIN
        )
        found = any(k[0] is not Relation.ABOVE or len(above) > 1 for k in others)
        beside += found or day_in_url(record.spot.href) is not None
    return beside >= LEAST_ELSE * len(candidates)


# This share of entries with another date shows that counts beside their titles are lengths.
LEAST_ELSE = 0.2

# Counts whose surroundings are looked at; texts beside one, and their letters.
SAMPLE_COUNTS, TEXTS_BESIDE, LONGEST_WORDS = 20, 8, 30


def beside_count(mark: Mark, page: Outline) -> Iterator[str]:
    """Give a bare count's text, and the short texts beside it that are in no link or heading."""
    yield mark.found.text
    near = mark.node.parent or mark.node
    for text in page.texts_in(near.start, near.end)[:TEXTS_BESIDE]:
        if len(text.text) <= LONGEST_WORDS and not text.node.link and not heading_above(text.node):
            yield text.text


def heads(mark: Mark, record: Record, page: Outline) -> bool:
    """Tell whether a mark is a heading over a record, not the date of something before it.

    It is when the part of the page that holds the mark but not the record is a short one, with
    one date.
    """
    branch = mark.node
    if branch.holds(record.root.start):
        return True
    while branch.parent is not None and not branch.parent.holds(record.root.start):
        branch = branch.parent
    texts = page.texts_in(branch.start, branch.end)
    return len(texts) <= HEADING_TEXTS and sum(len(t.text) for t in texts) <= HEADING_LETTERS


def weight(key: Key, mark: Mark) -> float:
    """Say how much a kind of mark looks like the date of its record."""
    relation, (_, source, place, changed) = key
    value = RELATIONS[relation] * PLACES[place]
    if source in {DateSource.TIME, DateSource.META, DateSource.ATTRIBUTE}:
        value *= 1.05
    elif DATE_WORDS.search(mark.label):
        value *= 1.04
    if changed:
        value *= 0.8
    if mark.is_headed_published:
        value *= 1.1
    if mark.found.is_vague:
        value *= 0.5
    if mark.link is not None and place in {Place.START, Place.END}:
        value *= 0.9
    return value * {FULL: 1.0, WEAK: 0.8, VAGUE: 0.5}.get(mark.found.strength, 0.97)
