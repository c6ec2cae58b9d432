"""Lines of JSON to records, one at a time; a line that is none is told and passed over."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from archive.export import Plain, Record

# An article of a whole book is some megabytes; a longer line is no record.
LONGEST_LINE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A record with its place among the others; or what is wrong with what stands there."""

    number: int
    record: Record = field(default_factory=dict)
    fault: str | None = None


def read(file: IO[bytes]) -> Iterator[Numbered]:
    """Give the records of a file of lines, in its order; blank lines are none."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            _pass_by(file, line)
            yield Numbered(number=number, fault=f"longer than {LONGEST_LINE >> 20} MB")
        elif line.strip():
            yield _read_line(line, number)


def _pass_by(file: IO[bytes], line: bytes) -> None:
    """Read on to the line's end."""
    while line and not line.endswith(b"\n"):
        line = file.readline(LONGEST_LINE)


def _read_line(line: bytes, number: int) -> Numbered:
    try:
        value: Plain = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        return Numbered(number=number, fault=f"no JSON: {error}")
    if isinstance(value, dict):
        return Numbered(number=number, record=value)
    return Numbered(number=number, fault="no JSON object")


def of_values(values: list[Plain]) -> Iterator[Numbered]:
    """Give the records of an array."""
    for number, value in enumerate(values, start=1):
        if isinstance(value, dict):
            yield Numbered(number=number, record=value)
        else:
            yield Numbered(number=number, fault="no JSON object")
