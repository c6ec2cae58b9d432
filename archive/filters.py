"""What an answer must be besides having the words that were asked for, and how that is written.

Pure: what "7d" counts from and where the reader is are arguments. It holds what `query` read and
what `search` applies, and does neither. A day is given as

    2024, 2024-11, 2024-11-08    the first day of that year or month, or that day
    today, yesterday
    7d 2w 3m 1y                  so many days, weeks, months or years ago

Named tuples, as in `found`.
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from types import MappingProxyType
from typing import NamedTuple

from archive.errors import UsageError

FORMS = "2024, 2024-11, 2024-11-08, 7d, 2w, 3m, 1y, today or yesterday"
MONTHS_OF_YEAR = 12
DAYS_AGO: Mapping[str, int] = MappingProxyType({"today": 0, "yesterday": 1})
MONTHS: Mapping[str, int] = MappingProxyType({"m": 1, "y": MONTHS_OF_YEAR})
DAYS: Mapping[str, int] = MappingProxyType({"d": 1, "w": 7})

# Made when they are used: most searches name no day.
_DAY = r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?"
_AGO = r"([0-9]{1,6})([dwmy])"
_LANGUAGE = r"([a-z]{2,3})(?:[-_][a-z0-9-]+)?"


class Bound(NamedTuple):
    """The beginning of a day where the reader is."""

    day: str
    """ISO day: what has a day only, or a time without an offset, is compared with this."""
    instant: datetime
    """The same midnight as aware UTC: what has a time with an offset is compared with this."""


class Filters(NamedTuple):
    """Each narrows what is found; an empty one lets everything through."""

    after: Bound | None = None
    """Published on this day or later; what has no date is not within."""
    before: Bound | None = None
    """Published before this day."""
    languages: tuple[str, ...] = ()
    """In one of these: first subtags, lower case (`en`, `zh`)."""
    sites: tuple[str, ...] = ()
    """At one of these hosts or below: `paper.example` is also `news.paper.example`."""
    source_ids: tuple[int, ...] = ()
    """Brought by one of these sources."""
    publishers: tuple[str, ...] = ()
    """Named just so by the page or a list."""
    not_languages: tuple[str, ...] = ()
    """In none of these; what has no language is in none."""
    not_sites: tuple[str, ...] = ()
    """At none of these hosts, nor below."""
    not_source_ids: tuple[int, ...] = ()
    """Brought by none of these sources, whatever others brought it too."""


EVERYTHING = Filters()


def bound(text: str, *, now: datetime, zone: tzinfo) -> Bound:
    """Read a day as the reader means it. Raises UsageError."""
    return midnight(read_day(text, today=now.astimezone(zone).date()), zone)


def read_day(text: str, *, today: date) -> date:
    """Read a day, the first of a year or a month, or one counted back from today.

    Raises UsageError for anything else.
    """
    asked = text.strip().lower()
    try:
        if asked in DAYS_AGO:
            return today - timedelta(days=DAYS_AGO[asked])
        if ago := re.fullmatch(_AGO, asked):
            return _back(today, int(ago[1]), ago[2])
        if found := re.fullmatch(_DAY, asked):
            year, month, day = (int(part or 1) for part in found.groups())
            return date(year, month, day)
    except (ValueError, OverflowError):
        pass
    raise UsageError(f"{text!r} is no date: give {FORMS}")


def _back(today: date, number: int, unit: str) -> date:
    """Go back by whole units; the 31st of a shorter month is its last day."""
    if unit in DAYS:
        return today - timedelta(days=number * DAYS[unit])
    months = today.year * MONTHS_OF_YEAR + today.month - 1 - number * MONTHS[unit]
    first = date(months // MONTHS_OF_YEAR, months % MONTHS_OF_YEAR + 1, 1)
    length = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - first
    return first.replace(day=min(today.day, length.days))


def midnight(day: date, zone: tzinfo) -> Bound:
    """Give where a day begins in a zone."""
    local = datetime(day.year, day.month, day.day, tzinfo=zone)
    try:
        instant = local.astimezone(UTC)
    except OverflowError:
        # The first and the last day that there are: their own midnight is as good as any.
        instant = local.replace(tzinfo=UTC)
    return Bound(day=day.isoformat(), instant=instant)


def first_day(text: str) -> str:
    """Give the first day of a year, a month or a day: `2024`, `2024-11`, `2024-11-08`.

    Raises UsageError for anything else.
    """
    try:
        found = re.fullmatch(_DAY, text.strip())
        year, month, day = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
        return date(year, month, day).isoformat()
    except ValueError:
        raise UsageError(
            f"{text!r} is no date: give a year, a month or a day, as 2024, 2024-11 or 2024-11-08"
        ) from None


def read_language(text: str) -> str:
    """Give a language's first subtag: `en` for `en-GB`. Raises UsageError."""
    found = re.fullmatch(_LANGUAGE, text.strip().lower())
    if found is None:
        raise UsageError(f"{text!r} is no language: give its two or three letters, as en, de, zh")
    return found[1]


def read_site(text: str) -> str:
    """Give a site's host, of an address too: `paper.example`. Raises UsageError."""
    # Most searches name no site, and need no tables of addresses.
    from archive.urls import site

    asked = text.strip()
    host = site(asked if "://" in asked else f"https://{asked}")
    if host is None or ("." not in host and host != "localhost"):
        raise UsageError(
            f"{text!r} is no site: give its host, as paper.example (publisher: takes a name)"
        )
    return host
