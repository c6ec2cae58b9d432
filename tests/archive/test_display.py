"""What people see: every text harmless, every line within the width."""

import re
from datetime import UTC, datetime

import pytest

from archive import display
from archive.held import SourceSummary
from archive.layout import short_date
from archive.records import Source

OURS = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2024-11-08", "2024-11-08"),
        ("2024-11-08T09:30:00", "2024-11-08 09:30"),
        ("2024-11-08T09:30:15.5-05:00", "2024-11-08 09:30-05:00"),
        ("2024-11-08T09:30:00+00:00", "2024-11-08 09:30 UTC"),
        (datetime(2024, 11, 8, 9, 30, tzinfo=UTC), "2024-11-08 09:30 UTC"),
    ],
)
def test_short_date(value: str | datetime, shown: str) -> None:
    assert short_date(value) == shown


@pytest.mark.parametrize(
    ("url", "paused", "headlines", "state"),
    [
        ("urn:sha256:ab", True, 3, "(imported)"),
        ("https://paper.example/", True, 3, "(imported)"),
        ("https://paper.example/", True, 0, "(paused)"),
        ("https://paper.example/", False, 0, "Lists"),
    ],
)
def test_a_source_that_came_as_a_file_says_so(
    url: str, paused: bool, headlines: int, state: str
) -> None:
    added = datetime(2026, 11, 22, tzinfo=UTC)
    summary = SourceSummary(
        source=Source(id=1, url=url, name="Lists", added_at=added, paused=paused),
        headlines=headlines,
        with_link=headlines,
        articles=0,
        newest=None,
        last_visit=None,
        last_state=None,
        last_reason=None,
    )
    first, *_, visited = [OURS.sub("", line) for line in display.sources([summary])]
    assert first.endswith(state)
    assert ("imported" in visited) is (state == "(imported)")
