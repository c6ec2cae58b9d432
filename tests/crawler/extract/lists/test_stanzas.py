from datetime import UTC, date, datetime

import pytest

from crawler.extract import extract_headlines

CAPTURED = datetime(2024, 11, 22, 15, tzinfo=UTC)
ROWS = (
    ("21 November 2024", "The harbour opens its longest bridge to all", "The Tide"),
    ("20 November 2024", "Farmers fear a second dry spring in a row", "Glossbury"),
    ("18 November 2024", "The old ferry comes back after the winter", "The Tide"),
    ("12 November 2024", "A school wins a prize for its river garden", "Wire Nine"),
)


def read(text: str) -> list[tuple[str, str | None, date | None]]:
    page = extract_headlines(text.encode(), url="https://a.example/a.txt", captured_at=CAPTURED)
    return [
        (one.title, one.publisher, one.published.value if one.published else None)
        for one in page.headlines
    ]


@pytest.mark.parametrize(
    "form",
    ["{d}\n{t}\n{p}", "{d}\n{p}\n{t}", "{t}\n{d}\n{p}", "{t}\n{p}\n{d}"],
)
def test_the_publishers_line_is_no_headline_of_the_day(form: str) -> None:
    text = "\n\n".join(form.format(d=day, t=title, p=name) for day, title, name in ROWS)
    days = (21, 20, 18, 12)
    assert read(text) == [
        (title, name, date(2024, 11, day)) for (_, title, name), day in zip(ROWS, days, strict=True)
    ]


def test_two_headlines_under_a_day_stay_two() -> None:
    text = "\n\n".join(f"{day}\n{title}\nThen, {title.lower()}" for day, title, _ in ROWS)
    found = read(text)
    assert len(found) == 8
    assert [day for _, _, day in found[:3]] == [date(2024, 11, 21)] * 2 + [date(2024, 11, 20)]
