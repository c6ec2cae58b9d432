"""Lines of a text put together to entries."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from crawler.extract.lists.textdates import LineDates
from crawler.extract.lists.textjoins import joined, read_line
from crawler.extract.lists.textlines import line_of, rows_of_text

AT = datetime(2024, 11, 20, tzinfo=UTC)
NO_ADDRESSES: Mapping[str, str] = {}


def join(text: str) -> list[str]:
    """Give the lines of a text as they are joined."""
    dates = LineDates(AT, ["en"])
    reads = [read_line(line_of(row, NO_ADDRESSES), dates) for row in rows_of_text(text)]
    return [read.line.body for read in joined(reads, dates)]


def test_a_wrapped_entry_is_one_line() -> None:
    long = "Nordvik ferry resumes its crossings after the storm that closed the harbour"
    assert join(
        f"- {long}\n  for nine days - Tideway Post - November 8th, 2024\n"
        "- Harbour master retires - Tideway Post - November 6th, 2024\n"
    ) == [
        f"{long} for nine days - Tideway Post - November 8th, 2024",
        "Harbour master retires - Tideway Post - November 6th, 2024",
    ]


def test_an_entry_of_several_lines_is_one_line() -> None:
    assert join(
        "Nordvik ferry resumes its crossings\nTideway Post\nNovember 8, 2024\n\n"
        "Harbour master retires at last\nHarbour Business\nNovember 6, 2024\n"
    ) == [
        "Nordvik ferry resumes its crossings - Tideway Post - November 8, 2024",
        "Harbour master retires at last - Harbour Business - November 6, 2024",
    ]


def test_lines_that_are_whole_stay_apart() -> None:
    lines = [
        "Nordvik ferry resumes its crossings - Tideway Post - November 8, 2024",
        "Harbour master retires - Tideway Post - November 6, 2024",
    ]
    assert join("\n".join(lines)) == lines


@pytest.mark.parametrize("greeting", ["Dear all, this week:", "What we read last week："])
def test_a_greeting_of_a_week_dates_nothing(greeting: str) -> None:
    (row,) = rows_of_text(greeting)
    assert read_line(line_of(row, NO_ADDRESSES), LineDates(AT, ["en"])).is_undated
