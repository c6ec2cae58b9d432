"""Dates that count from the capture: "2 hours ago", "yesterday, 18:00", "Friday", "3d".

The words come from `words`. Does not look for them in a line: `shapes` does.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from archive.records import Precision
from crawler.extract.dates.clocks import AT, CLOCK, read_clock
from crawler.extract.dates.readings import WORD, WORDS, Reading, Shape
from crawler.extract.dates.words import (
    AGO_AFTER,
    AGO_BEFORE,
    CJK_UNITS,
    DAY_WORDS,
    DUALS,
    FEW_WORDS,
    JUST_NOW,
    LAST_AFTER,
    LAST_BEFORE,
    MONTHS,
    ONE_AFTER,
    ONE_BEFORE,
    ONE_WORDS,
    UNIT_WORDS,
    WEEK_WORDS,
    WEEKDAYS,
    look_up,
)

ABOUT = r"about|around|over|almost|etwa|ca\.?|circa|environ|около|unos|cerca de"
# `UT 2 hours ago`; the words decide, so that "10 years later" is none.
AGO = re.compile(
    rf"(?:(?<![^\W_])(?P<before>{AGO_BEFORE})\s+)?(?:(?:{ABOUT})\s+)?"
    rf"(?<![\w.,])(?P<n>\d{{1,3}}|{ONE_WORDS}|{'|'.join(FEW_WORDS)})\s?(?P<unit>{WORD}|[smhdwy])\.?"
    rf"(?:(?:,|\s(?:and|und|et|y|e|og|och|en))?\s?\d{{1,2}}\s?(?:{WORD}|[smhdwy])\.?)?"
    rf"(?:\s?(?P<after>{AGO_AFTER})(?![^\W_]))?",
    re.IGNORECASE,
)
CJK_AGO = re.compile(
    rf"(?<!\d)(?P<n>\d{{1,3}})\s?(?P<unit>{'|'.join(sorted(CJK_UNITS, key=len, reverse=True))})"
    r"\s?(?P<cjk>之?以?前|전|ที่แล้ว|ที่ผ่านมา|ก่อน)"
)
ONE_AGO = re.compile(
    rf"(?:(?P<before>{ONE_BEFORE})\s(?P<first>{WORD})|(?P<last>{WORD})\s(?P<after>{ONE_AFTER}))"
    r"(?![^\W_])",
    re.IGNORECASE,
)
LEADING_DAY = re.compile(
    rf"[\s(\[]*(?P<word>{'|'.join(sorted(map(re.escape, DAY_WORDS), key=len, reverse=True))})"
    rf"(?:[\s,.:;|@·•\-–]*(?:{AT}\s?)?{CLOCK})?[\s)\].]*",
    re.IGNORECASE,
)
WEEK_ALONE = re.compile(
    rf"\W*(?P<word>{'|'.join(sorted(map(re.escape, WEEK_WORDS), key=len, reverse=True))})\W*",
    re.IGNORECASE,
)
LAST_WEEKDAY = re.compile(
    rf"\W*(?:(?P<before>{LAST_BEFORE})\s(?P<first>{WORD})"
    rf"|(?:(?:le|el|il|la|lo|na|no)\s)?(?P<last>{WORD})\s(?P<after>{LAST_AFTER}))\W*",
    re.IGNORECASE,
)
NOW = re.compile(rf"\W*(?:{JUST_NOW})\W*", re.IGNORECASE)
BARE_DURATION = re.compile(rf"\W*(?P<n>\d{{1,3}})\s?(?P<unit>{WORD}|[smhdwy])\.?\W*", re.IGNORECASE)
WEEKDAY_ALONE = re.compile(
    rf"\W*(?P<word>{WORD})[.,]?(?:[\s,|·\-–]{{1,3}}(?:{AT}\s{{0,2}})?{CLOCK})?\W*", re.IGNORECASE
)


# The ago words' own words, those of one letter apart.
AGO_PARTS = frozenset(WORDS.findall(f"{AGO_BEFORE} {AGO_AFTER}"))


def by_duration(
    match: re.Match[str], _languages: Sequence[str], at: datetime
) -> tuple[Reading, ...]:
    """Read `22 minutes ago`, `il y a 2 heures`, `26分钟前`."""
    part = match.groupdict()
    if not (part.get("before") or part.get("after") or part.get("cjk")):
        return ()
    unit = CJK_UNITS.get(part["unit"]) or UNIT_WORDS.get(part["unit"].lower().rstrip("."))
    if not unit:
        return ()
    number = part["n"].lower()
    count = int(number) if number.isdigit() else FEW_WORDS.get(number, 1)
    return (counted_back(at, count, Precision(unit)),)


def by_single(match: re.Match[str], _languages: Sequence[str], at: datetime) -> tuple[Reading, ...]:
    """Read `час назад` and `منذ ساعتين`, one or two of a unit without a number."""
    word = (match["first"] or match["last"]).lower()
    unit = UNIT_WORDS.get(word) or DUALS.get(word)
    if not unit:
        return ()
    return (counted_back(at, 2 if word in DUALS else 1, Precision(unit)),)


def by_bare_duration(
    match: re.Match[str], _languages: Sequence[str], at: datetime
) -> tuple[Reading, ...]:
    """Read `2h`, `35 min`, `3d` where it is the whole text."""
    unit = UNIT_WORDS.get(match["unit"].lower())
    if not unit:
        return ()
    return (counted_back(at, int(match["n"]), Precision(unit)),)


def counted_back(at: datetime, count: int, unit: Precision) -> Reading:
    """Give the time `count` units before `at`, no more exact than its unit."""
    if unit in CALENDAR_MONTHS:
        months = at.year * 12 + at.month - 1 - count * CALENDAR_MONTHS[unit]
        year, month = divmod(months, 12)
        day = min(at.day, monthrange(year, month + 1)[1])
        return Reading(year=year, month=month + 1, day=day, precision=unit)
    then = at - timedelta(seconds=count * UNIT_SECONDS[unit])
    if unit in {Precision.DAY, Precision.WEEK}:
        return Reading(year=then.year, month=then.month, day=then.day, precision=unit)
    minute = 0 if unit is Precision.HOUR else then.minute
    second = then.second if unit is Precision.SECOND else 0
    clock = time(then.hour, minute, second, tzinfo=at.tzinfo)
    return Reading(year=then.year, month=then.month, day=then.day, clock=clock, precision=unit)


def on_day(day: date, match: re.Match[str], weekday: int | None = None) -> tuple[Reading, ...]:
    """Give a day with the clock that its match may hold."""
    read = read_clock(match) if match["h"] else None
    clock, precision = read or (None, Precision.DAY)
    return (
        Reading(
            year=day.year,
            month=day.month,
            day=day.day,
            clock=clock,
            precision=precision,
            weekday=weekday,
        ),
    )


def by_day_word(
    match: re.Match[str], _languages: Sequence[str], at: datetime
) -> tuple[Reading, ...]:
    """Read `yesterday 18:00`, `heute, 18:00 Uhr`."""
    return on_day(at.date() - timedelta(days=DAY_WORDS[match["word"].lower()]), match)


def by_weekday(match: re.Match[str], languages: Sequence[str], at: datetime) -> tuple[Reading, ...]:
    """Read `Tuesday`, `Di. 18:00`: the last such day, today included.

    `Mar` is a Tuesday in one language and a month in many, and alone it is neither.
    """
    word = match["word"].lower()
    weekday = look_up(WEEKDAYS, word, languages)
    if (
        not weekday
        or word in MONTHS
        or (languages and not any(lang in WEEKDAYS[word] for lang in languages))
    ):
        return ()
    back = (at.isoweekday() - weekday) % 7
    return on_day(at.date() - timedelta(days=back), match, weekday)


def by_week(match: re.Match[str], _languages: Sequence[str], at: datetime) -> tuple[Reading, ...]:
    """Read `Earlier this week`, `Letzte Woche`: a week, by its Monday."""
    days = at.isoweekday() - 1 + 7 * WEEK_WORDS[match["word"].lower()]
    then = at.date() - timedelta(days=days)
    return (Reading(year=then.year, month=then.month, day=then.day, precision=Precision.WEEK),)


def by_last_weekday(
    match: re.Match[str], languages: Sequence[str], at: datetime
) -> tuple[Reading, ...]:
    """Read `Last Friday`, `vendredi dernier`: the last such day before today."""
    weekday = look_up(WEEKDAYS, (match["first"] or match["last"]).lower(), languages)
    if not weekday:
        return ()
    then = at.date() - timedelta(days=(at.isoweekday() - weekday - 1) % 7 + 1)
    return (Reading(year=then.year, month=then.month, day=then.day, weekday=weekday),)


def by_now(_match: re.Match[str], _languages: Sequence[str], at: datetime) -> tuple[Reading, ...]:
    """Read `just now`."""
    return (counted_back(at, 0, Precision.MINUTE),)


CALENDAR_MONTHS = {Precision.MONTH: 1, Precision.YEAR: 12}
UNIT_SECONDS = {
    Precision.SECOND: 1,
    Precision.MINUTE: 60,
    Precision.HOUR: 3_600,
    Precision.DAY: 86_400,
    Precision.WEEK: 604_800,
}


def leads_of(words: Iterable[str], digits: str = "") -> frozenset[str]:
    """Give the first two letters of words, and digits, that a text of a shape may begin with."""
    return frozenset((*(f"{word} "[:2] for word in words), *digits))


# Each shape of a whole text with what such a text begins with.
WHOLE_SHAPES: tuple[tuple[re.Pattern[str], Shape, frozenset[str]], ...] = (
    (
        AGO,
        by_duration,
        leads_of(
            (
                *f"{AGO_BEFORE}|{ABOUT}|{ONE_WORDS}".replace(r"\.?", "").split("|"),
                *FEW_WORDS,
            ),
            "0123456789",
        ),
    ),
    (ONE_AGO, by_single, leads_of((*ONE_BEFORE.split("|"), *UNIT_WORDS))),
    (NOW, by_now, leads_of(JUST_NOW.split("|"))),
    (LEADING_DAY, by_day_word, leads_of(DAY_WORDS)),
    (WEEK_ALONE, by_week, leads_of(WEEK_WORDS)),
    (
        LAST_WEEKDAY,
        by_last_weekday,
        leads_of((*LAST_BEFORE.split("|"), *WEEKDAYS, "le", "el", "il", "la", "lo", "na", "no")),
    ),
    (WEEKDAY_ALONE, by_weekday, leads_of(WEEKDAYS)),
    (BARE_DURATION, by_bare_duration, leads_of((), "0123456789")),
)

# What such a text begins with, and one without a digit.
LEADS = frozenset(lead for _, _, leads in WHOLE_SHAPES for lead in leads)
LETTERS_FIRST = frozenset(lead for lead in LEADS if len(lead) > 1)
