"""The shapes in which pages print dates: where in a line one stands, and every way to read it.

Each shape is a regular expression and a function that turns its match into readings; the words
come from `datewords`. A word beside a number is looked up rather than listed in the expression,
so that all languages cost the same and nothing backtracks: every repetition is bounded.

Does not choose among readings, does not know the time of capture except to count relative dates
from it, and does not know dateparser; `dates` does all that.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum

from archive.records import Precision
from crawler.extract.dates.words import (
    AGO_AFTER,
    AGO_BEFORE,
    CJK_UNITS,
    DAY_WORDS,
    JUST_NOW,
    MONTHS,
    ONE_WORDS,
    UNIT_WORDS,
    WEEKDAYS,
    ZONES,
    look_up,
)

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


class Clue(StrEnum):
    """What a line must hold for a shape to be worth trying."""

    JOINED = "numbers joined by a sign"
    MONTH = "the name of a month"
    AGO = "a word that makes a duration a date"
    SIGN = "a sign or word that stands for a month or for ago"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDate:
    """A date in a line: its span, and every way to read it (never none)."""

    start: int
    end: int
    text: str
    readings: tuple[Reading, ...]
    strength: int
    """`FULL`: a day with its year; `WORDED`: no year but a word; `WEAK`: less (`11/8`, a month)."""
    default: DateOrder | None = None
    """The order that the separator speaks for, where nothing better is known."""


FULL, WORDED, WEAK = 3, 2, 1

# A line with a date is a headline with its surroundings; what is longer is a page's text.
LONGEST_LINE = 2_000

# "gestern, 18:00 Uhr" and the like; what is longer is a sentence that begins with such a word.
LONGEST_WHOLE = 40

WORD = r"[^\W\d_][^\s\d_!-/:-@\[-`{-~–—|·•，。、]{1,19}"
YEAR_AFTER = (
    r"(?:(?:\s?[,./\-]\s?|\s{1,2}|\s(?:de|del|of|do|da|din|года?)\s)"
    r"(?P<y>\d{4}(?!\d|:\d)|['’]\d\d|\d\d(?=\s{0,2}(?:$|[;|)\]]|,?\s\d\d?:)))(?:\s?(?:г\.|года|р\.|року))?)?"
)
CLOCK = (
    r"(?P<half>上午|下午|午前|午後|凌晨|晚上|오전|오후|صباحا|مساء)?\s?"
    r"(?P<h>2[0-4]|[01]?\d)"
    r"(?:\s?(?P<colon>[:：h時时點点시]|\.(?=\d\d(?!\d)))\s?(?P<mi>[0-5]\d)(?!\d))?"
    r"(?:(?:\s?[:：分분]\s?(?P<s>[0-6]\d)(?!\d))(?:[.,]\d{1,9})?)?\s?[分분秒초時时点點시h]?"
    r"(?:\s?(?P<ampm>[ap]\.?\s?m\b\.?|π\.?μ\.?|μ\.?μ\.?))?"
    r"(?:\s?(?P<uhr>Uhr\b|[hH]rs?\b|ч\.))?"
    rf"(?:\s?(?P<zone>(?-i:{'|'.join(ZONES)}|[A-Z]ST|[EPCM]T)\b))?"
    r"(?:\s?(?P<offset>[+\-−]\d\d:?\d\d(?!\d)|[+\-]\d\d(?![\d:])))?"
)
AT = (
    r"(?P<at>at|um|à|a las|alle(?: ore)?|às|as|om|kl\.?|klo|godz\.?|в|о|o|u|ob|ore|ώρα|στις|saat|"
    r"la|lúc|pukul|jam|ca\.?|ora)"
)

HAS_DIGIT = re.compile(r"\d")
WORDS = re.compile(WORD)
# Two letters or digits that a text begins with, after its brackets and bullets.
FIRST = re.compile(r"[^\W_].?")
YMD_NUMBERS = re.compile(
    r"(?<![\d.,/\-])(?P<y>\d{4})\s?(?P<sep>[-/.])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<d>\d{1,2})(?!\d)"
)
NUMBERS = re.compile(
    r"(?<![\d.,:/\-])(?P<a>\d{1,2})\s?(?P<sep>[./\-])\s?(?P<b>\d{1,2})\s?(?P=sep)\s?"
    r"(?P<c>\d{4}|\d\d)(?!\d|[./]\d|%)"
)
SHORT_NUMBERS = re.compile(
    r"(?<![\w.,:/\-$€£])(?P<a>\d{1,2})(?P<sep>[./\-])(?P<b>\d{1,2})\.?(?![\w%]|[.,/:\-]\d|\s?[%$€])"
)
CJK = re.compile(
    r"(?:(?P<era>令和|平成|昭和|民國|民国)?\s?(?<!\d)(?P<y>\d{1,4}|元)\s?[年년]\s?)?"
    r"(?<!\d)(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日号號일]"
)
CJK_MONTH = re.compile(r"(?<!\d)(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월](?!\s?\d)")
MINGUO = re.compile(r"(?<![\d.,/\-])(?P<y>1\d\d)(?P<sep>[-/.])(?P<m>\d\d)(?P=sep)(?P<d>\d\d)(?!\d)")
DAY_MONTH = re.compile(
    r"(?<![\d.,:/\-])(?P<d>\d{1,2})(?:(?:st|nd|rd|th|ers?|re|e|ο?ς|η|-?го|-?е|an|a|:e)(?![^\W\d_])|[.ºª°])?"
    r"(?:\s?[\-/]\s?|[\s.,]{0,3})(?:(?:de|del|of|den|di|da|tháng)\s|d['’]\s?)?"
    rf"(?P<mon>{WORD})[.,׳]?" + YEAR_AFTER,
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    rf"(?<![^\W_])(?P<mon>{WORD})\.?[\s\-/,]{{0,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th|º|\.)?"
    r"(?!\d|[:.]\d)(?:,?\s(?P<mid>[0-2]?\d:\d\d(?::\d\d)?(?:\s[A-Z]{3,4})?)\s(?P<y2>\d{4})|"
    + YEAR_AFTER
    + ")",
    re.IGNORECASE,
)
YEAR_MONTH_DAY = re.compile(
    r"(?<!\d)(?P<y>\d{4})(?:\.\s?|\s?m\.\s|[\s,/\-]{1,2}|(?:-?e?ko|\.?\s?gada|\.?\s?g\.)\s)"
    rf"(?:(?P<d0>\d{{1,2}})\.\s)?(?P<mon>{WORD})\.?(?:[\s\-/]{{1,2}}(?P<d>\d{{1,2}})(?!\d))?",
    re.IGNORECASE,
)
MONTH_YEAR = re.compile(
    rf"(?<![^\W_])(?<!\d[\s.\-/])(?<!\d\.\s)(?P<mon>{WORD})\.?(?:[\s,/\-]{{1,2}}|\s(?:de|del|of)\s)(?P<y>\d{{4}})(?!\d|:\d)",
    re.IGNORECASE,
)
VIETNAMESE = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s?(?:tháng|thg)\s?(?P<m>\d{1,2})(?:[,\s]{1,2}(?:năm\s)?(?P<y>\d{4}))?",
    re.IGNORECASE,
)
ABOUT = r"about|around|over|almost|etwa|ca\.?|circa|environ|около|unos|cerca de"
# `UT 2 hours ago`; the words decide, so that "10 years later" is none.
AGO = re.compile(
    rf"(?:(?<![^\W_])(?P<before>{AGO_BEFORE})\s+)?(?:(?:{ABOUT})\s+)?"
    rf"(?<![\w.,])(?P<n>\d{{1,3}}|{ONE_WORDS})\s?(?P<unit>{WORD}|[smhdwy])\.?"
    rf"(?:(?:,|\s(?:and|und|et|y|e|og|och|en))?\s?\d{{1,2}}\s?(?:{WORD}|[smhdwy])\.?)?"
    rf"(?:\s?(?P<after>{AGO_AFTER})(?![^\W_]))?",
    re.IGNORECASE,
)
CJK_AGO = re.compile(
    rf"(?<!\d)(?P<n>\d{{1,3}})\s?(?P<unit>{'|'.join(sorted(CJK_UNITS, key=len, reverse=True))})"
    r"\s?(?P<cjk>之?以?前|전)"
)
LEADING_DAY = re.compile(
    rf"[\s(\[]*(?P<word>{'|'.join(sorted(map(re.escape, DAY_WORDS), key=len, reverse=True))})"
    rf"(?:[\s,.:;|@·•\-–]*(?:{AT}\s?)?{CLOCK})?[\s)\].]*",
    re.IGNORECASE,
)
NOW = re.compile(rf"\W*(?:{JUST_NOW})\W*", re.IGNORECASE)
BARE_DURATION = re.compile(rf"\W*(?P<n>\d{{1,3}})\s?(?P<unit>{WORD}|[smhdwy])\.?\W*", re.IGNORECASE)
CLOCK_AFTER = re.compile(
    rf"(?:T|[\s,.|·•@\-–—(（\[]{{0,4}}(?:{AT}\s{{0,2}})?){CLOCK}", re.IGNORECASE
)
CLOCK_BEFORE = re.compile(rf"(?<![\d:.]){CLOCK}[\s,.|·•\-–—(]{{0,4}}$", re.IGNORECASE)
CLOCK_ALONE = re.compile(rf"\W*(?:{AT}\s{{0,2}})?{CLOCK}\W*", re.IGNORECASE)
WEEKDAY_BEFORE = re.compile(
    r"([^\W\d_][^\s\d_,.()]{1,15})[.,)）]{0,2}(?:\s(?:den|de|the|a|o|le))?\s{0,2}$"
)
WEEKDAY_ALONE = re.compile(
    rf"\W*(?P<word>{WORD})[.,]?(?:[\s,|·\-–]{{1,3}}(?:{AT}\s{{0,2}})?{CLOCK})?\W*", re.IGNORECASE
)

# Japanese eras and the Republic of China's: the year before their first.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}

AFTERNOON = ("下午", "午後", "晚上", "오후", "مساء")
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


def find_dates(
    text: str, *, captured_at: datetime, languages: Sequence[str] = ()
) -> tuple[FoundDate, ...]:
    """Find the dates that stand in a line, in its order, none overlapping another.

    A bare number, a version, a price or a time is no date; a day word ("today") is one only where
    it leads the text, a weekday only where it is all of it. `captured_at` is what relative dates
    count from. Only the first `LONGEST_LINE` characters are looked at.
    """
    line = text[:LONGEST_LINE]
    if not line.isascii():
        line = line.translate(DIGITS)
    found = list(find_whole(line, languages, captured_at))
    if not found and HAS_DIGIT.search(line):
        found = list(find_printed(line, languages, captured_at))
    if len(found) <= 1:
        return tuple(found)
    chosen: list[FoundDate] = []
    for one in sorted(found, key=lambda f: (-f.strength, f.start, f.start - f.end)):
        if all(one.end <= other.start or other.end <= one.start for other in chosen):
            chosen.append(one)
    return tuple(sorted(chosen, key=lambda f: f.start))


def find_whole(line: str, languages: Sequence[str], captured_at: datetime) -> Iterator[FoundDate]:
    """Give the date of a text that is nothing but a day word, a weekday, or "just now"."""
    if len(line) > LONGEST_WHOLE:
        return
    first = FIRST.search(line)
    lead = first[0].lower() if first else ""
    if lead[:1].isdigit() and line[-1].isdigit():
        return
    for pattern, shape, leads in WHOLE_SHAPES:
        if leads.isdisjoint((lead, lead[:1])):
            continue
        match = pattern.fullmatch(line)
        readings = shape(match, languages, captured_at) if match else ()
        if readings:
            yield FoundDate(start=0, end=len(line), text=line, readings=readings, strength=WORDED)
            return


def find_printed(line: str, languages: Sequence[str], captured_at: datetime) -> Iterator[FoundDate]:
    """Give every match of every shape that a number leads or follows, overlapping ones too."""
    clues = clues_in(line)
    for pattern, shape, strength, clue in SHAPES:
        if clue not in clues:
            continue
        for match in pattern.finditer(line):
            readings = shape(match, languages, captured_at)
            if readings:
                yield complete(line, match, readings, strength, languages)


def clues_in(line: str) -> set[Clue]:
    """Say of what kinds of date a line holds a trace; most lines with a number hold none.

    Nearly every number in a title has a word beside it, so the words are looked up here, once,
    before the shapes that would look at each of them.
    """
    clues: set[Clue] = set()
    if JOINED_NUMBERS.search(line):
        clues.add(Clue.JOINED)
    words = WORDS.findall(line.lower().replace("’", " ").replace("׳", " "))
    if not MONTHS.keys().isdisjoint(words):
        clues.add(Clue.MONTH)
    if not AGO_PARTS.isdisjoint(words):
        clues.add(Clue.AGO)
    if not VIETNAMESE_MONTH.isdisjoint(words) or (not line.isascii() and SIGNS.search(line)):
        clues.add(Clue.SIGN)
    return clues


def complete(
    line: str,
    match: re.Match[str],
    readings: tuple[Reading, ...],
    strength: int,
    languages: Sequence[str],
) -> FoundDate:
    """Add the clock and the weekday that stand beside a date."""
    start, end = match.span()
    beside = start > 0 or end < len(line)
    if beside and readings[0].precision is Precision.DAY and strength > RELATIVE:
        clock, start, end = clock_beside(line, start, end)
        if clock:
            readings = tuple(replace(r, clock=clock[0], precision=clock[1]) for r in readings)
    before = WEEKDAY_BEFORE.search(line, max(0, start - 24), start) if start > 1 else None
    weekday = look_up(WEEKDAYS, before[1].lower(), languages) if before else None
    if before and weekday:
        start = before.start()
        readings = tuple(replace(r, weekday=weekday) for r in readings)
    if strength == FULL and readings[0].year is None:
        strength = WORDED
    return FoundDate(
        start=start,
        end=end,
        text=line[start:end],
        readings=readings,
        strength=abs(strength),
        default=DateOrder.DMY if match.groupdict().get("sep") == "." else None,
    )


def clock_beside(line: str, start: int, end: int) -> tuple[tuple[time, Precision] | None, int, int]:
    """Give the clock after or before a date's span, and the span with it."""
    after = CLOCK_AFTER.match(line, end)
    clock = read_clock(after) if after else None
    if after and clock:
        return clock, start, after.end()
    before = CLOCK_BEFORE.search(line, max(0, start - 24), start)
    clock = read_clock(before) if before else None
    if before and clock:
        return clock, before.start(), end
    return None, start, end


def read_clock(match: re.Match[str]) -> tuple[time, Precision] | None:
    """Read a match of `CLOCK`: the time with its printed offset, and how exact it is.

    An hour alone is a time only with a word that says so ("6 pm", "18 Uhr", "18時").
    """
    part = match.groupdict()
    hour = int(part["h"])
    mark = part["ampm"] or part["uhr"] or part["half"]
    if not part["mi"] and not mark:
        return None
    if part["colon"] == "." and not (mark or part.get("at")):
        return None
    hour = half_day(hour, (part["ampm"] or "").lower()[:1], part["half"] or "")
    if hour > 23:
        return None
    precision = Precision.HOUR
    if part["mi"]:
        precision = Precision.SECOND if part["s"] else Precision.MINUTE
    seconds = min(int(part["s"] or 0), 59)
    zone = read_zone(part["zone"], part["offset"])
    return time(hour, int(part["mi"] or 0), seconds, tzinfo=zone), precision


def half_day(hour: int, ampm: str, half: str) -> int:
    """Turn an hour of twelve into one of twenty-four; "μ.μ." is Greek for after noon."""
    if hour > 12 or not (ampm or half):
        return hour % 24
    late = ampm in {"p", "μ"} or half in AFTERNOON
    return hour % 12 + (12 if late else 0)


def read_zone(name: str | None, offset: str | None) -> timezone | None:
    """Give the zone that is printed; None for none, and for a name that several zones share."""
    if offset and offset[0] in "+-−":
        digits = offset[1:].replace(":", "").ljust(4, "0")
        minutes = int(digits[:2]) * 60 + int(digits[2:])
        if minutes > 14 * 60:
            return None
        return timezone(timedelta(minutes=-minutes if offset[0] != "+" else minutes))
    hours = ZONES.get(name or (offset or "").strip("()"))
    return None if hours is None else timezone(timedelta(hours=hours))


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


def by_numbers(
    match: re.Match[str], _languages: Sequence[str], _at: datetime
) -> tuple[Reading, ...]:
    """Read `08.11.2024`, `11/8/24`, `24-11-08`."""
    a, b, c = int(match["a"]), int(match["b"]), int(match["c"])
    year = full_year(match["c"])
    return alternatives(
        reading(year, b, a, DateOrder.DMY),
        reading(year, a, b, DateOrder.MDY),
        reading(full_year(match["a"]), b, c, DateOrder.YMD)
        if len(match["c"]) == 2 == len(match["a"])
        else None,
    )


def by_short_numbers(
    match: re.Match[str], _languages: Sequence[str], _at: datetime
) -> tuple[Reading, ...]:
    """Read `08.11.`, `11/8`, `11-08`: a day without a year."""
    a, b = int(match["a"]), int(match["b"])
    return alternatives(reading(None, b, a, DateOrder.DMY), reading(None, a, b, DateOrder.MDY))


def by_parts(match: re.Match[str], _languages: Sequence[str], _at: datetime) -> tuple[Reading, ...]:
    """Read a match whose groups say which part is which: `2024-11-08`, `2024年11月8日`."""
    part = match.groupdict()
    year = full_year(part["y"] if part["y"] != "元" else "1") if part["y"] else None
    if part.get("era"):
        year = ERAS[part["era"]] + int(part["y"].replace("元", "1")) if part["y"] else None
    return alternatives(reading(year, int(part["m"]), int(part["d"]) if part.get("d") else None))


def by_minguo(match: re.Match[str], languages: Sequence[str], _at: datetime) -> tuple[Reading, ...]:
    """Read `113-11-08`, a year of the Republic of China, where the page is Chinese."""
    if "zh" not in languages:
        return ()
    return alternatives(reading(int(match["y"]) + 1911, int(match["m"]), int(match["d"])))


def by_month_word(
    match: re.Match[str], languages: Sequence[str], _at: datetime
) -> tuple[Reading, ...]:
    """Read a date with a month's name.

    A name of a language that the page is not in counts only with a year: `set`, `out` and `mars`
    are words elsewhere.
    """
    part = match.groupdict()
    word = part["mon"].lower().rstrip(".")
    month = look_up(MONTHS, word, languages)
    if not month:
        return ()
    year = full_year(part.get("y2") or part.get("y"))
    known = MONTHS.get(word) or {}
    if year is None and languages and not any(language in known for language in languages):
        return ()
    day = part.get("d") or part.get("d0")
    if day is None and year is None:
        return ()
    one = reading(year, month, int(day) if day else None)
    if one and part.get("mid"):
        clock = CLOCK_ALONE.fullmatch(part["mid"])
        read = read_clock(clock) if clock else None
        one = replace(one, clock=read[0], precision=read[1]) if read else one
    return (one,) if one else ()


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
    count = int(part["n"]) if part["n"].isdigit() else 1
    return (counted_back(at, count, Precision(unit)),)


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

# Each shape with the strength of what it finds; a date without its year loses one from `FULL`.
# `RELATIVE` shapes are as strong as worded ones, but never take a clock that stands beside them.
RELATIVE = -WORDED
# What a line must hold for a shape to be worth trying.
JOINED, MONTH, AGO_WORD, SIGN = (
    "numbers joined by a sign",
    "a month's name",
    "an ago word",
    "a sign",
)
JOINED_NUMBERS = re.compile(r"\d\s?[./\-]\s?\d")
SIGNS = re.compile("[月월前전]")
VIETNAMESE_MONTH = frozenset(["tháng", "thg"])
# The ago words' own words, those of one letter apart.
AGO_PARTS = frozenset(WORDS.findall(f"{AGO_BEFORE} {AGO_AFTER}"))
SHAPES: tuple[tuple[re.Pattern[str], Shape, int, Clue], ...] = (
    (YMD_NUMBERS, by_parts, FULL, Clue.JOINED),
    (CJK, by_parts, FULL, Clue.SIGN),
    (VIETNAMESE, by_parts, FULL, Clue.SIGN),
    (NUMBERS, by_numbers, FULL, Clue.JOINED),
    (DAY_MONTH, by_month_word, FULL, Clue.MONTH),
    (MONTH_DAY, by_month_word, FULL, Clue.MONTH),
    (YEAR_MONTH_DAY, by_month_word, FULL, Clue.MONTH),
    (MINGUO, by_minguo, FULL, Clue.JOINED),
    (AGO, by_duration, RELATIVE, Clue.AGO),
    (CJK_AGO, by_duration, RELATIVE, Clue.SIGN),
    (MONTH_YEAR, by_month_word, WEAK, Clue.MONTH),
    (CJK_MONTH, by_parts, WEAK, Clue.SIGN),
    (SHORT_NUMBERS, by_short_numbers, WEAK, Clue.JOINED),
)


def leads_of(words: Iterable[str], digits: str = "") -> frozenset[str]:
    """Give the first two letters of words, and digits, that a text of a shape may begin with."""
    return frozenset((*(f"{word} "[:2] for word in words), *digits))


# Each shape of a whole text with what such a text begins with.
WHOLE_SHAPES: tuple[tuple[re.Pattern[str], Shape, frozenset[str]], ...] = (
    (
        AGO,
        by_duration,
        leads_of(f"{AGO_BEFORE}|{ABOUT}|{ONE_WORDS}".replace(r"\.?", "").split("|"), "0123456789"),
    ),
    (NOW, by_now, leads_of(JUST_NOW.split("|"))),
    (LEADING_DAY, by_day_word, leads_of(DAY_WORDS)),
    (WEEKDAY_ALONE, by_weekday, leads_of(WEEKDAYS)),
    (BARE_DURATION, by_bare_duration, leads_of((), "0123456789")),
)
