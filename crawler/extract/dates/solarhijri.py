"""Dates of the Solar Hijri (Jalali) calendar, as pages in Persian print them: `۲۹ آبان ۱۴۰۵`.

The leap years are those of the 33-year cycle, which agrees with the observed equinox from 1244 to
1472 (K. Borkowski, "The Persian calendar for 3000 years", 1996). A date without a year is not read.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from crawler.extract.dates.readings import Reading

# Twelve months, Iran's names and those of Afghanistan.
MONTHS_IN_ORDER = (
    ("فروردین", "حمل"), ("اردیبهشت", "ثور"), ("خرداد", "جوزا"), ("تیر", "سرطان"),
    ("مرداد", "اسد"), ("شهریور", "سنبله"), ("مهر", "میزان"), ("آبان", "عقرب"),
    ("آذر", "قوس"), ("دی", "جدی"), ("بهمن", "دلو"), ("اسفند", "حوت"),
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(MONTHS_IN_ORDER, 1) for name in names}
NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))

# Texts are matched after their digits were made ASCII's.
NUMBERS = re.compile(
    r"(?<![\d.,/\-])(?P<y>1[34]\d\d)\s?(?P<sep>[-/.])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<d>\d{1,2})(?!\d)"
)
WORDED = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})\s?(?:ام\s)?(?P<mon>{NAMES})(?:\sماه)?[\s،,]{{1,2}}(?P<y>1[34]\d\d)(?!\d)"
)
HAS_MONTH = re.compile(NAMES)
PERSIAN_DIGIT = re.compile("[۰-۹]")

# The first day of a year, from which others are counted; the cycle's leap years, by remainder.
ANCHOR, NEW_YEAR = 1400, date(2021, 3, 21)
LEAPS = frozenset([1, 5, 9, 13, 17, 22, 26, 30])
FIRST, LAST = 1300, 1472


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """Give the day of a Solar Hijri date; None where there is none, or outside 1300 to 1472."""
    if not (FIRST <= year <= LAST and 1 <= month <= 12):
        return None
    longest = 31 if month <= 6 else 30 if month <= 11 or is_leap(year) else 29
    if not 1 <= day <= longest:
        return None
    years = range(min(year, ANCHOR), max(year, ANCHOR))
    days = sum(365 + is_leap(one) for one in years)
    first = NEW_YEAR + timedelta(days=days if year >= ANCHOR else -days)
    return first + timedelta(days=31 * (month - 1) - max(0, month - 7) + day - 1)


def is_leap(year: int) -> bool:
    """Tell whether a year has a 30th of Esfand."""
    return year % 33 in LEAPS


def by_jalali(match: re.Match[str], languages: Sequence[str], _at: datetime) -> tuple[Reading, ...]:
    """Read `1405/08/29` where the page or its digits are Persian, `29 آبان 1405` anywhere."""
    part = match.groupdict()
    if not part.get("mon") and "fa" not in languages:
        return ()
    month = MONTHS[part["mon"]] if part.get("mon") else int(part["m"])
    day = to_gregorian(int(part["y"]), month, int(part["d"]))
    return (Reading(year=day.year, month=day.month, day=day.day),) if day else ()
