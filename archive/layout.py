"""What lies behind every answer on a terminal: its width, columns of names and values, dates.

Loaded by each command, so it knows no record. What the answers are is `display`'s business, and
`answers`'.
"""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

import click

from archive.terminal import cells, wrap_text

# Longer lines are hard to read, shorter ones hardly hold a title.
WIDEST, NARROWEST = 100, 40
INDENT = "    "
USUAL = 80
# Of a date that is known in part, by its precision: so many characters tell it.
KNOWN: Mapping[str | None, int] = MappingProxyType({"year": 4, "month": 7})


def columns() -> int:
    """Give the columns to write in."""
    return max(NARROWEST, min(WIDEST, screen()[0]))


def screen() -> tuple[int, int]:
    """Give the terminal's columns and lines: by COLUMNS and LINES, its own, or as it was once.

    As `shutil.get_terminal_size` does, which loads every kind of compression.
    """
    try:
        own = os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1)
    except (OSError, ValueError):
        own = os.terminal_size((USUAL, 24))
    return _number("COLUMNS") or own.columns or USUAL, _number("LINES") or own.lines or 24


def _number(name: str) -> int:
    value = os.environ.get(name, "")
    return int(value) if value.isdecimal() and value.isascii() else 0


def table(rows: Sequence[tuple[str, str]], width: int) -> Iterator[str]:
    """Give names and values in two columns, long values wrapped under themselves."""
    names = max((cells(name) for name, _ in rows), default=0)
    for name, value in rows:
        for index, line in enumerate(wrap_text(value, width - names - 2)):
            lead = name if index == 0 else ""
            padding = " " * (names - cells(lead) + 2)
            yield click.style(lead, dim=True) + padding + line


def known_date(value: str, precision: str | None) -> str:
    """Give what is known of a date: of a year or a month the rest is only filled up."""
    return value[: KNOWN[precision]] if precision in KNOWN else short_date(value)


def short_date(value: str | datetime) -> str:
    """Give a date for reading: the day, and the time to the minute with its offset."""
    text = value if isinstance(value, str) else value.isoformat()
    day, _, time = text.partition("T")
    if not time:
        return day
    offset = "" if time.endswith("+00:00") else time[-6:] if time[-6:-5] in {"+", "-"} else ""
    return f"{day} {time[:5]}{offset or (' UTC' if time.endswith('+00:00') else '')}"
