from datetime import UTC, date, datetime

from archive.records import Precision
from crawler.extract import extract_headlines

CAPTURED = datetime(2025, 1, 20, 12, tzinfo=UTC)


def days_of(numbers: list[int]) -> list[tuple[date, Precision]]:
    rows = "".join(
        f"<li><b>{number}</b> <a href=/{n}>The harbour opens its bridge number {n}</a></li>"
        for n, number in enumerate(numbers)
    )
    html = f"<html><body><h2>November 2024</h2><ul>{rows}</ul></body></html>"
    page = extract_headlines(html.encode(), url="https://a.example/", captured_at=CAPTURED)
    found = [one.published for one in page.headlines if one.published]
    return [(one.value, one.precision) for one in found]


def test_numbers_under_a_months_heading_are_its_days() -> None:
    wanted = [(date(2024, 11, day), Precision.DAY) for day in (28, 21, 21, 9, 2)]
    assert days_of([28, 21, 21, 9, 2]) == wanted


def test_ranks_are_no_days() -> None:
    assert days_of([1, 2, 3, 4, 5]) == [(date(2024, 11, 1), Precision.MONTH)] * 5


def test_counts_are_no_days() -> None:
    assert days_of([3, 12, 1, 9, 2]) == [(date(2024, 11, 1), Precision.MONTH)] * 5
