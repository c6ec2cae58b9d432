"""Reading one printed date: a clean string to a `Dated`.

The shapes that pages print are read by `shapes`, in microseconds. What it does not know goes to
dateparser, which costs milliseconds: only a short string with a digit and letters, and only with
languages, because without them it takes 20 ms to say no and reads one language's words as
another's dates.

A numeric date whose day and month could be swapped has two readings. Without an order that tells
them apart it is not read: `read_date` gives None, and `find_dates` gives both readings to callers
with more evidence, such as a whole list. A date without a year is the latest such day that is not
after the page's capture. Nothing is ever read as later than the capture (plus a day, because a
page's clock may be ahead of UTC).

Does not look at pages, and does not decide which date of a text is the publication date.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from archive.records import Dated, DateSource, Precision
from crawler.extract.dates.clocks import read_zone
from crawler.extract.dates.readings import DIGITS, FIRST_YEAR, DateOrder, Reading
from crawler.extract.dates.seasons import Seasonal
from crawler.extract.dates.shapes import HAS_DIGIT, WEAK, FoundDate, find_dates
from crawler.extract.dates.words import MONTH_NAMES

if TYPE_CHECKING:
    from dateparser.date import DateData

__all__ = [
    "DateOrder",
    "FoundDate",
    "Reading",
    "day_before",
    "find_dates",
    "make_day",
    "order_of",
    "read_date",
    "read_found",
    "read_machine_date",
    "settle",
]

# The longest text that is looked at as one clean date string; bylines with a date are shorter.
LONGEST = 200

# The longest string worth dateparser's time; longer ones are sentences with a number in them.
LONGEST_FOR_DATEPARSER = 60

# A page's local day may be ahead of UTC's by up to 14 hours.
SLACK = timedelta(days=1)

# How far back a weekday may decide the year of a date without one; the calendar repeats within it.
WEEKDAY_YEARS = 11

# February 29th without a year is at most eight years old (1900 and 2100 are no leap years).
LEAP_YEARS = 8

ISO = re.compile(
    r"\s*(\d{4})(-?)(\d\d)\2(\d\d)(?:(?:T|\s{1,2})(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,9})?)?\s?"
    r"(?:(Z|UTC|GMT)|([+-]\d\d(?::?\d\d)?))?)?\s*",
    re.IGNORECASE,
)
EPOCH = re.compile(r"\s*(\d{10})(\d{3})?(?:\.\d{1,9})?\s*")
YEAR = re.compile(r"(?<!\d)(?:1[5-9]|2[01])\d\d(?!\d)")
LETTERS = re.compile(r"[^\W\d_]{2}|[年月日년월일]")

# What dateparser calls a precision; a week or a year is too vague to be worth its guess.
PERIODS = {"time": Precision.MINUTE, "day": Precision.DAY, "month": Precision.MONTH}

# Languages whose pages print numeric dates in one order only, by what CLDR says of their regions.
# English prints both, so it is no evidence.
ORDERS = {
    DateOrder.DMY: (
        "be bg bn ca cs cy da de el es et fi fr ga gl he hi hr id is it lv mk ms nb nl nn no pl pt "
        "ro ru sk sl sq sr sv th tr uk vi"
    ),
    DateOrder.YMD: "eu fa hu ja ko lt mn zh",
}


def read_date(
    text: str,
    *,
    captured_at: datetime,
    source: DateSource,
    languages: Sequence[str] = (),
    order: DateOrder | None = None,
) -> Dated | None:
    """Read the one date that `text`, a clean string, prints; None where it is not decided.

    `languages` are two-letter codes, the likeliest first; `order` settles numeric dates whose day
    and month could be swapped. The value keeps a printed offset and never gains one; only a
    relative date ("2 hours ago") is in the zone of `captured_at`, because it counts from it.
    """
    if len(text) > LONGEST:
        return None
    machine = read_machine_date(text, captured_at=captured_at, source=source)
    if machine:
        return machine
    found = find_dates(text, captured_at=captured_at, languages=languages)
    if found:
        best = max(found, key=lambda one: one.strength)
        if is_bare_number(best) and LETTERS.search(text[: best.start] + text[best.end :]):
            return None
        return read_found(best, captured_at=captured_at, source=source, order=order, raw=text)
    return ask_dateparser(
        text, captured_at=captured_at, source=source, languages=languages, order=order
    )


def is_bare_number(found: FoundDate) -> bool:
    """Tell whether a date is two numbers without a word: beside words, mostly a score."""
    return found.strength == WEAK and not LETTERS.search(found.text)


def order_of(languages: Sequence[str]) -> DateOrder | None:
    """Give the order that the first of `languages` prints; None where it has no single one."""
    first = languages[0] if languages else None
    return next((order for order, known in ORDERS.items() if first in known.split()), None)


def read_found(
    found: FoundDate,
    *,
    captured_at: datetime,
    source: DateSource,
    order: DateOrder | None = None,
    raw: str | None = None,
) -> Dated | None:
    """Read a date that `find_dates` found; None where its readings stay apart.

    None for a range of days too: on a page of its own it is when something takes place.
    """
    if found.is_range:
        return None
    raw = (raw or found.text).strip()
    settled = {
        reading.order: dated
        for reading in by_weekday(found.readings, captured_at=captured_at)
        if (dated := settle(reading, captured_at=captured_at, source=source, raw=raw))
    }
    if len(settled) == 1:
        return next(iter(settled.values()))
    wanted = DateOrder.MDY if order is DateOrder.YMD and order not in settled else order
    return settled.get(wanted or found.default) if wanted or found.default else None


def by_weekday(readings: tuple[Reading, ...], *, captured_at: datetime) -> tuple[Reading, ...]:
    """Keep the readings that fall on the printed weekday; all of them where none does."""
    if len(readings) == 1 or not readings[0].weekday:
        return readings
    days = [(r, day_of(r, captured_at=captured_at)) for r in readings]
    right = tuple(r for r, day in days if day and day.isoweekday() == r.weekday)
    return right or readings


def settle(
    reading: Reading,
    *,
    captured_at: datetime,
    source: DateSource,
    raw: str,
    year: int | None = None,
) -> Dated | None:
    """Make a `Dated` of a reading; None if it would lie after the capture.

    `year` is the caller's word for a reading without one.
    """
    value = value_of(reading, captured_at, year=year)
    if value is None:
        return None
    return Dated(value=value, precision=reading.precision, source=source, raw=raw)


def day_before(reading: Reading, captured_at: datetime, *, year: int | None = None) -> date | None:
    """Give the day that `settle` would settle on; callers who weigh many readings need no more."""
    value = value_of(reading, captured_at, year=year)
    return value.date() if isinstance(value, datetime) else value


def value_of(
    reading: Reading, captured_at: datetime, *, year: int | None = None
) -> date | datetime | None:
    """Give the day or time of a reading; None if it would lie after the capture."""
    if year is not None and reading.year is None:
        day = make_day(year, reading)
    else:
        day = day_of(reading, captured_at=captured_at)
    if day is None:
        return None
    value = day if reading.clock is None else fixed(datetime.combine(day, reading.clock))
    return None if is_future(value, captured_at) else value


def fixed(value: datetime) -> datetime:
    """Give a time with the offset that its zone has on its day, for names that say none alone."""
    if not isinstance(value.tzinfo, Seasonal):
        return value
    offset = value.utcoffset()
    return value.replace(tzinfo=None if offset is None else timezone(offset))


def day_of(reading: Reading, *, captured_at: datetime) -> date | None:
    """Give the reading's day: of its own year, else of the latest year that is not in the future.

    A month's day is its first; `precision` says so.
    """
    if reading.year is not None:
        return make_day(reading.year, reading)
    latest = (captured_at + SLACK).date()
    years = range(latest.year, latest.year - WEEKDAY_YEARS - 1, -1)
    days = [day for year in years if (day := make_day(year, reading)) and day <= latest]
    if reading.weekday:
        right = [day for day in days if day.isoweekday() == reading.weekday]
        days = right or days
    return days[0] if days else None


def make_day(year: int, reading: Reading) -> date | None:
    """Give the day in that year; None for a February 29th that the year does not have."""
    try:
        return date(year, reading.month, reading.day or 1)
    except ValueError:
        return None


def is_future(value: date | datetime, captured_at: datetime) -> bool:
    """Tell whether a value lies after the capture, a day's slack given for its zone."""
    if not isinstance(value, datetime):
        return value > (captured_at + SLACK).date()
    if value.tzinfo is None:
        value = value.replace(tzinfo=captured_at.tzinfo)
    return value > captured_at + SLACK


def read_machine_date(text: str, *, captured_at: datetime, source: DateSource) -> Dated | None:
    """Read what programs print: ISO 8601 in all its forms, and seconds or milliseconds of 1970."""
    match = ISO.fullmatch(text)
    if not match:
        return read_epoch(text, captured_at=captured_at, source=source)
    year, _, month, day, hour, minute, second, zone, offset = match.groups()
    try:
        value: date | datetime = date(int(year), int(month), int(day))
        if hour is not None:
            clock = time(int(hour) % 24, int(minute), min(int(second or 0), 59))
            tzinfo = read_zone(zone.upper() if zone else None, offset)
            value = datetime.combine(value, clock.replace(tzinfo=tzinfo))
    except ValueError:
        return None
    if value.year < FIRST_YEAR or is_future(value, captured_at):
        return None
    precision = Precision.DAY
    if hour is not None:
        precision = Precision.SECOND if second else Precision.MINUTE
    return Dated(value=value, precision=precision, source=source, raw=text.strip())


def read_epoch(text: str, *, captured_at: datetime, source: DateSource) -> Dated | None:
    """Read ten digits as seconds since 1970, thirteen as milliseconds: 2001 and later."""
    match = EPOCH.fullmatch(text)
    if not match:
        return None
    value = datetime.fromtimestamp(int(match[1]), UTC)
    if is_future(value, captured_at):
        return None
    return Dated(value=value, precision=Precision.SECOND, source=source, raw=text.strip())


def ask_dateparser(
    text: str,
    *,
    captured_at: datetime,
    source: DateSource,
    languages: Sequence[str],
    order: DateOrder | None,
) -> Dated | None:
    """Have dateparser read what no shape fits, in the page's languages.

    It must print its year, or be relative in a language that `datewords` does not have: dateparser
    reads a day out of almost any word with a number.
    """
    text = text.translate(DIGITS).strip()
    if not languages or len(text) > LONGEST_FOR_DATEPARSER or not LETTERS.search(text):
        return None
    counted = not YEAR.search(text)
    if counted and (not HAS_DIGIT.search(text) or any(code in MONTH_NAMES for code in languages)):
        return None
    data = parse_with_dateparser(
        text, captured_at=captured_at, languages=languages, order=order, counted=counted
    )
    if data is None or data.date_obj is None or data.period not in PERIODS:
        return None
    precision = PERIODS[data.period]
    value: date | datetime = data.date_obj.date()
    if precision is Precision.MINUTE:
        value = data.date_obj.replace(tzinfo=captured_at.tzinfo) if counted else data.date_obj
    if is_future(value, captured_at):
        return None
    return Dated(value=value, precision=precision, source=source, raw=text)


def parse_with_dateparser(
    text: str,
    *,
    captured_at: datetime,
    languages: Sequence[str],
    order: DateOrder | None,
    counted: bool,
) -> "DateData | None":
    """Call dateparser so that it reads neither the clock nor the machine's time zone."""
    from dateparser.data.languages_info import language_order
    from dateparser.date import DateDataParser

    known = [code for code in languages if code in language_order]
    if not known:
        return None
    settings = {
        "RELATIVE_BASE": captured_at.replace(tzinfo=None),
        "TIMEZONE": "UTC",
        "PREFER_DATES_FROM": "past",
        "PREFER_DAY_OF_MONTH": "first",
        "REQUIRE_PARTS": ["month"],
        "PARSERS": ["relative-time" if counted else "absolute-time"],
        "RETURN_TIME_AS_PERIOD": True,
    }
    if order:
        settings["DATE_ORDER"] = order.value
    return DateDataParser(languages=known, settings=settings).get_date_data(text)
