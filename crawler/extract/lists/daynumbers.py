"""The bare day numbers of entries under a month's heading: "November 2024", then "8 Title".

A number beside a title is mostly none of that: a rank, a count of comments. It is a day where
nearly every entry has one at the same place, and they run through the month in one direction.

Does not find the heading: `dating` does.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from archive.records import Precision
from crawler.extract.dates.printed import FoundDate
from crawler.extract.lists.columns import Record
from crawler.extract.lists.datemarks import Mark
from crawler.extract.lists.outline import Outline, Text

DAY_NUMBER = re.compile(r"\W*(?:[^\W\d_]{2,10}[.,]?\s)?([12]?\d|3[01])(?:st|nd|rd|th|日|일|º)?\W*")

# The share of entries that have a number where all have one.
NEARLY_ALL = 0.9

# Texts of an entry among which its day is looked for.
MOST_TEXTS = 8


def with_days(
    records: Sequence[Record], marks: Sequence[Mark | None], page: Outline
) -> Mapping[int, FoundDate]:
    """Give the records (by index) whose month's heading and own number make a day, and that day."""
    numbers = [number_of(record, page) for record in records]
    kinds = [text.node.tags for text in numbers if text]
    if not kinds or kinds.count(kinds[0]) < NEARLY_ALL * len(records):
        return {}
    days = {
        index: int(match[1])
        for index, text in enumerate(numbers)
        if text and marks[index] and (match := DAY_NUMBER.fullmatch(text.text))
    }
    if not run_through_months(days, marks):
        return {}
    return {
        index: joined(mark.found, numbers[index], day)
        for index, day in days.items()
        if (mark := marks[index])
    }


def number_of(record: Record, page: Outline) -> Text | None:
    """Give the first text of a record, beside its title, that may be a day."""
    start = record.before if record.root is record.spot.node else record.root.start
    for text in page.texts_in(start, record.root.end)[:MOST_TEXTS]:
        if not record.spot.node.holds(text.number) and DAY_NUMBER.fullmatch(text.text):
            return text
    return None


def run_through_months(days: Mapping[int, int], marks: Sequence[Mark | None]) -> bool:
    """Tell whether the numbers under each heading run in one direction, and are no ranks."""
    falls = rises = steps = 0
    for _, group in groupby(days, key=lambda index: id(marks[index])):
        own = [days[index] for index in group]
        falls += sum(a > b for a, b in pairwise(own))
        rises += sum(a < b for a, b in pairwise(own))
        steps += sum(b - a == 1 for a, b in pairwise(own))
    return falls + rises > 0 == min(falls, rises) and steps < falls + rises


def joined(heading: FoundDate, number: Text | None, day: int) -> FoundDate:
    """Put a day into the month that its heading names."""
    text = f"{heading.text.strip()} {number.text if number else day}"
    readings = tuple(replace(r, day=day, precision=Precision.DAY) for r in heading.readings)
    return replace(heading, text=text, readings=readings)
