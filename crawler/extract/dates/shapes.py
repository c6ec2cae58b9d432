"""The shapes in which pages print dates: where in a line one stands, and every way to read it.

Each shape is a regular expression and a function that turns its match into readings; the words
come from `words`. A word beside a number is looked up rather than listed in the expression,
so that all languages cost the same and nothing backtracks: every repetition is bounded.

Does not choose among readings, does not know the time of capture except to count relative dates
from it, and does not know dateparser; `printed` does all that.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from enum import StrEnum

from archive.records import Precision
from crawler.extract.dates import solarhijri
from crawler.extract.dates.clocks import AT, CLOCK, CLOCK_ALONE, read_clock
from crawler.extract.dates.readings import (
    DIGITS,
    WORD,
    WORDS,
    DateOrder,
    Reading,
    Shape,
    alternatives,
    full_year,
    reading,
)
from crawler.extract.dates.relative import AGO, AGO_PARTS, CJK_AGO, LEADS, WHOLE_SHAPES, by_duration
from crawler.extract.dates.solarhijri import PERSIAN_DIGIT, by_jalali
from crawler.extract.dates.words import COMMON_WORDS, MONTHS, WEEKDAYS, look_up


class Clue(StrEnum):
    """What a line must hold for a shape to be worth trying."""

    JOINED = "numbers joined by a sign"
    MONTH = "the name of a month"
    AGO = "a word that makes a duration a date"
    SIGN = "a sign or word that stands for a month or for ago"
    JALALI = "the name of a Persian month"
    DIGITS = "eight digits in a row at its beginning"


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
    is_range: bool = False
    """It is the first of several days: in a list an entry's date, in an article an event's."""
    is_vague: bool = False
    """It names a season, a quarter or "earlier": a time, but none to file an entry under."""


FULL, WORDED, WEAK = 3, 2, 1

# A line with a date is a headline with its surroundings; what is longer is a page's text.
LONGEST_LINE = 2_000

# "gestern, 18:00 Uhr" and the like; what is longer is a sentence that begins with such a word.
LONGEST_WHOLE = 40

YEAR_AFTER = (
    r"(?:(?:\s?[,./\-]\s?|\s{1,2}|\s(?:de|del|of|do|da|din|года?)\s|"
    r"(?<=[^\W\d_][^\W\d_][^\W\d_]))"
    r"(?P<y>\d{4}(?!\d|:\d)|['’]\d\d|\d\d(?=\s{0,2}(?:$|[;|)\]]|,?\s\d\d?:)))(?:\s?(?:г\.|года|р\.|року))?)?"
)
HAS_DIGIT = re.compile(r"\d")
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
CJK_MONTH = re.compile(
    r"(?P<era>令和|平成|昭和|民國|民国)?(?<!\d)(?P<y>\d{1,4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월](?!\s?\d)"
)
# Months in numbers: `2024-11`, `11/2024`.
YEAR_NUMBER_MONTH = re.compile(
    r"(?<![\w.,/\-])(?P<y>\d{4})[-/.](?P<m>0[1-9]|1[0-2])(?![\w%]|[./\-,]\d)"
)
NUMBER_MONTH_YEAR = re.compile(
    r"(?<![\w.,/\-])(?P<m>\d{1,2})[-/.](?P<y>(?:19|20)\d\d)(?![\w%]|[./\-,]\d)"
)
# Thai short names are two consonants with full stops: `3 ก.ย. 67`.
THAI = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s?(?P<mon>[ก-ฮ]ี?\.\s?[ก-ฮ]\.|เม\.ย\.|มิ\.ย\.)(?:\s?(?P<y>\d{4}|\d\d))?(?!\d)"
)
JAPANESE = re.compile(
    r"(?<![^\W_])(?P<era>[RHS])(?P<y>\d{1,2})(?P<sep>[./\-])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})(?!\d)"
)
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
    r"(?<!\d)(?P<y>\d{4})(?:(?:-?e?ko|\.?\s?gada|\.?\s?g\.)\s|\.\s?|\s?m\.\s|[\s,/\-]{1,2})"
    rf"(?:(?P<d0>\d{{1,2}})\.\s)?(?P<mon>{WORD})\.?(?:[\s\-/]{{1,2}}(?P<d>\d{{1,2}})(?!\d))?",
    re.IGNORECASE,
)
# Ranges of days: `12–14 Nov 2026`, `30 Aug - 2 Sep 2026`, `Nov 12-14, 2026`.
TO = r"\s?(?:[-–—]|to|bis|au|al|tot)\s?"
DAYS_OF_MONTH = re.compile(
    rf"(?<![\d.,:/\-])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.)?{TO}(?P<last>\d{{1,2}})"
    rf"(?:st|nd|rd|th|\.)?\s?(?:(?:de|of)\s)?(?P<mon>{WORD})[.,]?" + YEAR_AFTER,
    re.IGNORECASE,
)
DAYS_OF_TWO_MONTHS = re.compile(
    rf"(?<![\d.,:/\-])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s?(?P<mon>{WORD})\.?{TO}"
    rf"(?P<last>\d{{1,2}})(?:st|nd|rd|th|\.)?\s?(?P<mon2>{WORD})[.,]?" + YEAR_AFTER,
    re.IGNORECASE,
)
MONTH_AND_DAYS = re.compile(
    rf"(?<![^\W_])(?P<mon>{WORD})\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?{TO}"
    rf"(?:(?P<mon2>{WORD})\.?\s)?(?P<last>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y>\d{{4}})(?!\d|:\d)",
    re.IGNORECASE,
)
# `20240105`, where it leads its text: elsewhere eight digits are a number.
EIGHT_DIGITS = re.compile(
    r"^\W{0,3}(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![\w.,/])"
)
MONTH_YEAR = re.compile(
    rf"(?<![^\W_])(?<!\d[\s.\-/])(?<!\d\.\s)(?P<mon>{WORD})\.?(?:[\s,/\-]{{1,2}}|\s(?:de|del|of)\s)(?P<y>\d{{4}})(?!\d|:\d)",
    re.IGNORECASE,
)
VIETNAMESE = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\s?(?:tháng|thg)\s?(?P<m>\d{1,2})(?:[,\s]{1,2}(?:năm\s)?(?P<y>\d{4}))?",
    re.IGNORECASE,
)
CLOCK_AFTER = re.compile(
    rf"(?:T|[\s,.|·•@\-–—(（\[]{{0,4}}(?:{AT}\s{{0,2}})?){CLOCK}", re.IGNORECASE
)
CLOCK_BEFORE = re.compile(rf"(?<![\d:.]){CLOCK}[\s,.|·•\-–—(]{{0,4}}$", re.IGNORECASE)
WEEKDAY_BEFORE = re.compile(
    r"([^\W\d_][^\s\d_,.()]{1,15})[.,)）]{0,2}(?:\s(?:den|de|the|a|o|le))?\s{0,2}$"
)

# Japanese eras and the Republic of China's: the year before their first.
ERAS = {
    "令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911, "R": 2018, "H": 1988,
    "S": 1925,
}  # fmt: skip


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
        if "fa" not in languages and PERSIAN_DIGIT.search(line):
            languages = (*languages, "fa")
        line = line.translate(DIGITS)
    whole = find_whole(line, languages, captured_at)
    if whole:
        return (whole,)
    if not HAS_DIGIT.search(line):
        return ()
    found = list(find_printed(line, languages, captured_at))
    if len(found) <= 1:
        return tuple(found)
    chosen: list[FoundDate] = []
    for one in sorted(found, key=lambda f: (-f.strength, f.start, f.start - f.end)):
        if all(one.end <= other.start or other.end <= one.start for other in chosen):
            chosen.append(one)
    return tuple(sorted(chosen, key=lambda f: f.start))


def find_whole(line: str, languages: Sequence[str], captured_at: datetime) -> FoundDate | None:
    """Give the date of a text that is nothing but a day word, a weekday, or "just now"."""
    if len(line) > LONGEST_WHOLE:
        return None
    first = FIRST.search(line)
    lead = first[0].lower() if first else ""
    if LEADS.isdisjoint((lead, lead[:1])):
        return None
    if lead[:1].isdigit() and line[-1].isdigit():
        return None
    for pattern, shape, leads in WHOLE_SHAPES:
        if leads.isdisjoint((lead, lead[:1])):
            continue
        match = pattern.fullmatch(line)
        readings = shape(match, languages, captured_at) if match else ()
        if readings:
            return FoundDate(start=0, end=len(line), text=line, readings=readings, strength=WORDED)
    return None


def find_printed(line: str, languages: Sequence[str], captured_at: datetime) -> Iterator[FoundDate]:
    """Give every match of every shape that a number leads or follows, overlapping ones too."""
    clues = clues_in(line)
    for pattern, shape, strength, clue in SHAPES if clues else ():
        if clue not in clues:
            continue
        for match in pattern.finditer(line):
            readings = shape(match, languages, captured_at)
            if readings:
                found = complete(line, match, readings, strength, languages)
                yield replace(found, is_range=True) if shape is by_range else found


def clues_in(line: str) -> set[Clue]:
    """Say of what kinds of date a line holds a trace; most lines with a number hold none.

    Nearly every number in a title has a word beside it, so the words are looked up here, once,
    before the shapes that would look at each of them.
    """
    clues: set[Clue] = set()
    if JOINED_NUMBERS.search(line):
        clues.add(Clue.JOINED)
    if EIGHT_DIGITS.match(line):
        clues.add(Clue.DIGITS)
    words = WORDS.findall(line.lower().replace("’", " ").replace("׳", " "))
    if not MONTHS.keys().isdisjoint(words):
        clues.add(Clue.MONTH)
    if not AGO_PARTS.isdisjoint(words):
        clues.add(Clue.AGO)
    if not VIETNAMESE_MONTH.isdisjoint(words) or (not line.isascii() and SIGNS.search(line)):
        clues.add(Clue.SIGN)
    if not line.isascii() and solarhijri.HAS_MONTH.search(line):
        clues.add(Clue.JALALI)
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


def by_month_number(
    match: re.Match[str], _languages: Sequence[str], _at: datetime
) -> tuple[Reading, ...]:
    """Read `2024-11` and `11/2024`; `2009-10` is a season, not a month."""
    year, month = int(match["y"]), int(match["m"])
    if match.start("y") < match.start("m") and (year + 1) % 100 == month:
        return ()
    return alternatives(reading(year, month, None))


def by_japanese(
    match: re.Match[str], languages: Sequence[str], at: datetime
) -> tuple[Reading, ...]:
    """Read `R6.11.8`, where the page is Japanese."""
    return by_parts(match, languages, at) if "ja" in languages else ()


def by_thai(match: re.Match[str], _languages: Sequence[str], _at: datetime) -> tuple[Reading, ...]:
    """Read `3 ก.ย. 2567` and `3 ก.ย. 67`, years of the Buddha."""
    name = match["mon"].replace(".", "").replace(" ", "")
    month = MONTHS.get(name, {}).get("th")
    if not month:
        return ()
    year = match["y"]
    if year and len(year) == 2:
        year = f"25{year}"
    return alternatives(reading(full_year(year), month, int(match["d"])))


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
    if year is None and not may_stand_alone(word, languages):
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


def by_range(match: re.Match[str], languages: Sequence[str], at: datetime) -> tuple[Reading, ...]:
    """Read a range of days as its first day; the printed year is the last day's."""
    part = match.groupdict()
    readings = by_month_word(match, languages, at)
    if not readings:
        return ()
    one = readings[0]
    if part.get("mon2"):
        last = look_up(MONTHS, part["mon2"].lower().rstrip("."), languages)
        if last is None or last == one.month:
            return ()
        back = int(last < one.month)
        return (replace(one, year=one.year - back if one.year else None),)
    return readings if one.day and one.day < int(part["last"]) <= LONGEST_MONTH else ()


LONGEST_MONTH = 31


def may_stand_alone(word: str, languages: Sequence[str]) -> bool:
    """Tell whether a month's name without a year can be one on a page of these languages."""
    if not languages:
        return word not in COMMON_WORDS
    known = MONTHS.get(word) or {}
    return any(language in known for language in languages)


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
SIGNS = re.compile(r"[月월前전]|[ก-ฮ]ี?\.|แล้ว|ผ่านมา|ก่อน")
VIETNAMESE_MONTH = frozenset(["tháng", "thg"])
SHAPES: tuple[tuple[re.Pattern[str], Shape, int, Clue], ...] = (
    (DAYS_OF_MONTH, by_range, FULL, Clue.MONTH),
    (DAYS_OF_TWO_MONTHS, by_range, FULL, Clue.MONTH),
    (MONTH_AND_DAYS, by_range, FULL, Clue.MONTH),
    (EIGHT_DIGITS, by_parts, FULL, Clue.DIGITS),
    (solarhijri.NUMBERS, by_jalali, FULL, Clue.JOINED),
    (solarhijri.WORDED, by_jalali, FULL, Clue.JALALI),
    (YMD_NUMBERS, by_parts, FULL, Clue.JOINED),
    (CJK, by_parts, FULL, Clue.SIGN),
    (VIETNAMESE, by_parts, FULL, Clue.SIGN),
    (NUMBERS, by_numbers, FULL, Clue.JOINED),
    (DAY_MONTH, by_month_word, FULL, Clue.MONTH),
    (MONTH_DAY, by_month_word, FULL, Clue.MONTH),
    (YEAR_MONTH_DAY, by_month_word, FULL, Clue.MONTH),
    (MINGUO, by_minguo, FULL, Clue.JOINED),
    (JAPANESE, by_japanese, FULL, Clue.JOINED),
    (THAI, by_thai, FULL, Clue.SIGN),
    (AGO, by_duration, RELATIVE, Clue.AGO),
    (CJK_AGO, by_duration, RELATIVE, Clue.SIGN),
    (MONTH_YEAR, by_month_word, WEAK, Clue.MONTH),
    (CJK_MONTH, by_parts, WEAK, Clue.SIGN),
    (SHORT_NUMBERS, by_short_numbers, WEAK, Clue.JOINED),
    (YEAR_NUMBER_MONTH, by_month_number, WEAK, Clue.JOINED),
    (NUMBER_MONTH_YEAR, by_month_number, WEAK, Clue.JOINED),
)
