"""Where the date of a line stands, and which: at its end, its beginning, between two signs, alone.

A date that is all of a piece of the line, set off by signs, by brackets or by a comma, is found by
that piece alone, and each distinct piece is read once. What is not set off is looked for at the
ends of the line. A piece that is plainly a date and cannot be one (February 30th) is told, too, so
that it is no part of the title.

Reads single lines; what a list makes of them is for `textlists`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from archive.records import Precision
from crawler.extract.dates.printed import DateOrder, FoundDate, Reading, find_dates
from crawler.extract.dates.shapes import (
    FULL,
    HAS_DIGIT,
    WEAK,
    by_month_word,
    by_numbers,
    by_parts,
)
from crawler.extract.dates.words import (
    AGO_AFTER,
    DAY_WORDS,
    JUST_NOW,
    MONTHS,
    UNIT_WORDS,
    WEEKDAYS,
    ZONES,
    look_up,
)
from crawler.extract.lists.datemarks import Place, letters

# What stands between a date and the text it dates.
EDGES = " \t-–—|:,;·•()[]/.、，：（）【】"

# Signs that part title, publisher and date. Each needs its spaces: "cell-based" has none.
SIGN = re.compile(r" (?:[-–—|·•~/:]|--|::|//) | ?[|•] ?")
AT_END_IN_BRACKETS = re.compile(r"\s*[(\[（【]([^()\[\]（）【】]{3,80})[)\]）】][\s.:;,]*$")
AT_START_IN_BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]{3,50})[)\]）】][\s:\-–—|,]*")
COLON = re.compile(r"[:：,]\s+(?=\S)")
COMMA = re.compile(r"[,，;]\s+|(?<=[.…!?])\s+")

# A line is an entry if it is no longer; a longer one is a paragraph with a date in it.
LONGEST_ENTRY = 400

# The longest dates: "Wednesday, September 25th, 2024, 10:30 a.m. CEST".
LONGEST_DATE = 60

# A date that is not set off stands within so many words of the line's end, or of its beginning.
NEAR = 4

# What may stand after the last number of a date, beside months and units: clocks and years.
AFTER_NUMBER = frozenset(
    f"am pm a.m p.m uhr h hrs hr г года р року ч {' '.join(ZONES)} {' '.join(AGO_AFTER.split('|'))}"
    .lower().split()
)  # fmt: skip
JOINED = re.compile(r"\d\s?[-./年月日년월일:]\s?\d|\d[年月日년월일前전]")
MONTH_SIGNS = frozenset(["tháng", "thg"])

LABEL = re.compile(
    r"(?:(?:posted|published|date|updated|datum|stand|publié|veröffentlicht)(?:\s(?:on|at|le|am))?"
    r"\s?:?|on|le|am|vom)\s+(?=\S)",
    re.IGNORECASE,
)
# How a date without a digit begins: "yesterday", "Monday", "just now", "an hour ago".
BEGINNINGS = frozenset(
    word[:2] for word in (*DAY_WORDS, *WEEKDAYS, *JUST_NOW.split("|"), "a ", "an ", "one ")
)
YEAR_ALONE = re.compile(r"\W*((?:19|20)\d\d)\W*")
NUMBERS_LIKE_A_DATE = re.compile(r"\d{1,4}\s?([./-])\s?\d{1,2}\s?\1\s?\d{1,4}")
WORD = re.compile(r"[^\W\d_]{3,}")

# The commonest shapes, whole. They say what `find_dates` says, at a tenth of its price.
MONTH_FIRST = re.compile(
    r"(?P<mon>[^\W\d_]{3,12})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>(?:19|20)\d\d)"
)
DAY_FIRST = re.compile(
    r"(?P<d>\d{1,2})(?:st|nd|rd|th|\.)? (?P<mon>[^\W\d_]{3,12})\.? (?P<y>(?:19|20)\d\d)"
)
YEAR_FIRST = re.compile(r"(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)")
NUMBERS = re.compile(r"(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<c>(?:19|20)\d\d)")
COMMON = (
    (MONTH_FIRST, by_month_word),
    (DAY_FIRST, by_month_word),
    (YEAR_FIRST, by_parts),
    (NUMBERS, by_numbers),
)

# The day alone before a title, under the heading of a month: `8 - Title`, `8th: Title`.
DAY_ALONE = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?\s*(?:[-–—|:]\s+|(?<=[thsnrd])\s+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDate:
    """The date of a line, and the line without it."""

    place: Place
    text: str
    """As printed."""
    rest: str
    found: FoundDate | None
    """None for what is plainly a date and cannot be one."""
    sign: str = ""
    """What sets it off, "(" for brackets; "" where nothing does."""

    @property
    def is_weak(self) -> bool:
        """Whether it says less than a day of a month in words: `11/8`, a month."""
        return self.found is None or self.found.strength <= WEAK


class LineDates:
    """Finds the dates of lines; each distinct piece is read once."""

    def __init__(self, captured_at: datetime, languages: Sequence[str]) -> None:
        self.captured_at = captured_at
        self.languages = languages
        self._known: dict[str, FoundDate | None] = {}

    def of(self, line: str) -> LineDate | None:
        """Give the date of a line; None where it has none."""
        if len(line) > LONGEST_ENTRY:
            return None
        alone = self.alone(line)
        if alone:
            return alone
        weak: LineDate | None = None
        for candidate in self._candidates(line):
            if not candidate.is_weak:
                return candidate
            weak = weak or candidate
        return weak or self._unmarked(line)

    def alone(self, line: str) -> LineDate | None:
        """Give the date that is all of a line; a month or a year may head a group, too."""
        if len(line) > LONGEST_DATE:
            return None
        year = YEAR_ALONE.fullmatch(line)
        found = year_heading(int(year[1]), line) if year else self.whole(line)
        if found is None:
            return None
        return LineDate(place=Place.ALONE, text=found.text, rest="", found=found)

    def whole(self, piece: str) -> FoundDate | None:
        """Give the date that a piece is, with nothing beside it but a label."""
        if len(piece) > LONGEST_DATE:
            return None
        text = piece.strip(EDGES)
        if text not in self._known:
            # A dot at the end may belong to the date: "8 ноября 2024 г."
            dotted = f"{text}." if piece.rstrip().endswith(f"{text[-1:]}.") else None
            self._known[text] = self._read_whole(text) or (
                self._read_whole(dotted) if dotted else None
            )
        return self._known[text]

    def _read_whole(self, text: str) -> FoundDate | None:
        if not HAS_DIGIT.search(text):
            if text[:2].lower() not in BEGINNINGS:
                return None
        elif text.isdigit():
            return None
        for pattern, shape in COMMON:
            match = pattern.fullmatch(text)
            readings = shape(match, self.languages, self.captured_at) if match else ()
            if match and readings:
                return common(match, readings)
        label = LABEL.match(text)
        bare = text[label.end() :] if label else text
        found = find_dates(bare, captured_at=self.captured_at, languages=self.languages)
        if len(found) == 1 and letters(found[0].text) == letters(bare):
            return found[0]
        return None

    def _candidates(self, line: str) -> Iterator[LineDate]:
        signs = list(SIGN.finditer(line))
        if signs:
            yield from self._set_off(line, signs)
        yield from self._in_brackets(line)
        head = COLON.search(line, 0, LONGEST_DATE)
        found = self.whole(line[: head.start()]) if head else None
        if head and found:
            yield LineDate(
                place=Place.START, text=found.text, rest=line[head.end() :], found=found, sign=":"
            )
        for comma in COMMA.finditer(line, max(0, len(line) - LONGEST_DATE)):
            found = self.whole(line[comma.end() :])
            if found:
                sign = line[comma.start()] if comma[0].strip() else ""
                rest = line[: comma.start()]
                yield LineDate(place=Place.END, text=found.text, rest=rest, found=found, sign=sign)
                return

    def _set_off(self, line: str, signs: Sequence[re.Match[str]]) -> Iterator[LineDate]:
        first, last = signs[0], signs[-1]
        tail, head = line[last.end() :], line[: first.start()]
        sign = last[0].strip()
        found = self.whole(tail)
        if found or self.is_like_a_date(tail):
            yield LineDate(
                place=Place.END,
                text=found.text if found else tail.strip(EDGES),
                rest=line[: last.start()],
                found=found,
                sign=sign,
            )
        found = self.whole(head)
        if found or self.is_like_a_date(head):
            yield LineDate(
                place=Place.START,
                text=found.text if found else head.strip(EDGES),
                rest=line[first.end() :],
                found=found,
                sign=first[0].strip(),
            )
        for before, after in pairwise(signs):
            found = self.whole(line[before.end() : after.start()])
            if found:
                rest = line[: before.end()] + line[after.end() :]
                yield LineDate(
                    place=Place.WITHIN, text=found.text, rest=rest, found=found, sign=sign
                )

    def _in_brackets(self, line: str) -> Iterator[LineDate]:
        last = (
            AT_END_IN_BRACKETS.search(line, max(0, len(line) - 90)) if ends_bracket(line) else None
        )
        if last:
            for name, date_text in bracket_parts(last[1]):
                found = self.whole(date_text)
                if found or self.is_like_a_date(date_text):
                    rest = line[: last.start()] + (f" ({name})" if name else "")
                    text = found.text if found else date_text
                    yield LineDate(place=Place.END, text=text, rest=rest, found=found, sign="(")
                    break
        first = AT_START_IN_BRACKETS.match(line) if line[:1] in "([（【" else None
        found = self.whole(first[1]) if first else None
        if first and found:
            rest = line[first.end() :]
            yield LineDate(place=Place.START, text=found.text, rest=rest, found=found, sign="(")

    def is_like_a_date(self, piece: str) -> bool:
        """Tell what is plainly meant as a date, though it may be none: February 30th, 2024."""
        text = piece.strip(EDGES)
        if not 6 <= len(text) <= len("30th of September, 2024") or not HAS_DIGIT.search(text):
            return False
        if NUMBERS_LIKE_A_DATE.fullmatch(text):
            return True
        words = WORD.findall(text)
        return len(words) == 1 and bool(look_up(MONTHS, words[0].lower(), self.languages))

    def _unmarked(self, line: str) -> LineDate | None:
        """Look for a date at the ends of a line where no sign sets it off."""
        if not HAS_DIGIT.search(line):
            return None
        offset = max(0, len(line) - LONGEST_DATE)
        if self._may_end(line[offset:].split()):
            for one in reversed(self._find(line[offset:])):
                if one.strength > WEAK and not line[offset + one.end :].strip(EDGES):
                    rest = line[: offset + one.start]
                    return LineDate(place=Place.END, text=one.text, rest=rest, found=one)
        if self._may_be_date(line[:LONGEST_DATE].split()[: NEAR + 1]):
            for one in self._find(line[:LONGEST_DATE]):
                if one.strength > WEAK and not line[: one.start].strip(EDGES):
                    rest = line[one.end :]
                    return LineDate(place=Place.START, text=one.text, rest=rest, found=one)
        return None

    def _may_end(self, words: Sequence[str]) -> bool:
        """Tell cheaply whether the last words of a line may be a date."""
        last = next((n for n, one in enumerate(reversed(words)) if HAS_DIGIT.search(one)), NEAR)
        after = words[len(words) - last :]
        if last >= NEAR or not all(map(self._may_follow_number, after)):
            return False
        return self._may_be_date(words[-last - NEAR :])

    def _may_follow_number(self, word: str) -> bool:
        bare = word.strip(EDGES).lower()
        return not bare or bare in AFTER_NUMBER or bare in UNIT_WORDS or self._is_month(bare)

    def _may_be_date(self, words: Sequence[str]) -> bool:
        """Tell cheaply whether words may hold a date: joined numbers, or a number by a month."""
        if not any(map(HAS_DIGIT.search, words)):
            return False
        return any(
            JOINED.search(word) or self._is_month(bare) or bare in UNIT_WORDS
            for word in words
            if (bare := word.strip(EDGES).lower())
        )

    def _is_month(self, word: str) -> bool:
        return word in MONTHS or word.rstrip(".") in MONTHS or word in MONTH_SIGNS

    def _find(self, text: str) -> tuple[FoundDate, ...]:
        return find_dates(text, captured_at=self.captured_at, languages=self.languages)


def ends_bracket(line: str) -> bool:
    """Tell whether a line ends in a bracket."""
    return line.rstrip(" .:;,")[-1:] in {")", "]", "）", "】"}


def bracket_parts(inside: str) -> Iterator[tuple[str, str]]:
    """Give the ways to part what stands in brackets into a name and a date."""
    yield "", inside
    for sign in re.finditer(r"[,;|·•/]\s*|\s[-–—]\s", inside):
        yield inside[: sign.start()].strip(), inside[sign.end() :]
        yield inside[sign.end() :].strip(), inside[: sign.start()]


def common(match: re.Match[str], readings: tuple[Reading, ...]) -> FoundDate:
    """Make a date of a match of one of the commonest shapes."""
    dotted = match.groupdict().get("sep") == "."
    return FoundDate(
        start=0,
        end=match.end(),
        text=match[0],
        readings=readings,
        strength=FULL,
        default=DateOrder.DMY if dotted else None,
    )


def year_heading(year: int, line: str) -> FoundDate:
    """Make a date of a line that is a year; nothing but a group's heading."""
    one = Reading(year=year, month=1, day=None, precision=Precision.YEAR)
    return FoundDate(start=0, end=len(line), text=line, readings=(one,), strength=WEAK)


def within(dated: LineDate, heading: FoundDate) -> LineDate:
    """Give a date the year of the heading that it stands under, where it prints none itself."""
    year = heading.readings[0].year
    found = dated.found
    if found is None or year is None or any(one.year is not None for one in found.readings):
        return dated
    readings = tuple(replace(one, year=year) for one in found.readings)
    return replace(dated, found=replace(found, readings=readings))


def day_within(line: str, heading: FoundDate) -> LineDate | None:
    """Read the day before a title under the heading of its month: `8 - Title`."""
    month = heading.readings[0]
    match = DAY_ALONE.match(line) if month.precision is Precision.MONTH else None
    if match is None or not 1 <= int(match[1]) <= 31:
        return None
    one = replace(month, day=int(match[1]), precision=Precision.DAY)
    text = f"{match[1]} {heading.text.strip()}"
    found = replace(heading, readings=(one,), text=text, strength=FULL)
    return LineDate(place=Place.START, text=text, rest=line[match.end() :], found=found, sign=":")
