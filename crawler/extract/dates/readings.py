"""What a printed date may mean: a reading, and how its parts are made of digits.

Does not look for dates in a text.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum

from archive.records import Precision

# Years outside are numbers that look like years: nothing on the web is dated before print.
FIRST_YEAR, LAST_YEAR = 1500, 2200

# Two-digit years from here on are of the last century.
PIVOT = 70

# Years from here on are counted from the Buddha (Thailand); nothing else is that late.
BUDDHIST_FROM, BUDDHIST_OFFSET = 2400, 543


class DateOrder(StrEnum):
    """In which order a numeric date gives its parts."""

    DMY = "DMY"
    MDY = "MDY"
    YMD = "YMD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a printed date. `order` is what it supposes; None where nothing else fits."""

    year: int | None
    month: int
    day: int | None
    clock: time | None = None
    precision: Precision = Precision.DAY
    order: DateOrder | None = None
    weekday: int | None = None
    """The printed weekday, 1 for Monday."""


WORD = r"[^\W\d_][^\s\d_!-/:-@\[-`{-~–—|·•，。、]{1,19}"
WORDS = re.compile(WORD)

SPACES = {ord(c): " " for c in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2007\u2009\u202f\u3000"}
FULL_WIDTH = {0xFF10 + n: str(n) for n in range(10)} | {
    ord("／"): "/",
    ord("．"): ".",
    ord("－"): "-",
}
# The zero of each script whose digits pages print; one character becomes one, so spans hold.
ZEROS = (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0BE6, 0x0C66, 0x0CE6, 0x0E50, 0x1040)
DIGITS = SPACES | FULL_WIDTH | {zero + n: str(n) for zero in ZEROS for n in range(10)}


Shape = Callable[[re.Match[str], Sequence[str], datetime], tuple[Reading, ...]]


def full_year(text: str | None) -> int | None:
    """Give the year that two or four digits name, of the era that pages print."""
    if not text:
        return None
    digits = text.lstrip("'’")
    year = int(digits)
    if len(digits) == 2:
        return year + (1900 if year >= PIVOT else 2000)
    return year - BUDDHIST_OFFSET if year >= BUDDHIST_FROM else year


def reading(
    year: int | None, month: int, day: int | None, order: DateOrder | None = None
) -> Reading | None:
    """Make a reading if its parts can be a date at all."""
    if not 1 <= month <= 12 or (year is not None and not FIRST_YEAR <= year <= LAST_YEAR):
        return None
    if day is None:
        return Reading(year=year, month=month, day=None, precision=Precision.MONTH)
    if not 1 <= day <= monthrange(year or 2000, month)[1]:
        return None
    return Reading(year=year, month=month, day=day, order=order)


def alternatives(*readings: Reading | None) -> tuple[Reading, ...]:
    """Drop the impossible and the equal; a reading without rival supposes no order."""
    possible: dict[tuple[int | None, int, int | None], Reading] = {}
    for one in readings:
        if one:
            possible.setdefault((one.year, one.month, one.day), one)
    if len(possible) == 1:
        return tuple(replace(one, order=None) for one in possible.values())
    return tuple(possible.values())
