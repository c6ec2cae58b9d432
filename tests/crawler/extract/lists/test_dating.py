from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from crawler.extract import extract_headlines

CAPTURED = datetime(2024, 11, 22, 15, tzinfo=UTC)


def days_of(lines: Sequence[str], *, after: str = "") -> list[date | None]:
    items = "".join(
        f"<li><h3><a href=/news/{n}>Die Brücke Nummer {n} öffnet im Hafen</a></h3>"
        f"<p>{line}</p>{after}</li>"
        for n, line in enumerate(lines)
    )
    html = f"<html lang=de><body><ul>{items}</ul></body></html>"
    page = extract_headlines(html.encode(), url="https://a.example/", captured_at=CAPTURED)
    return [one.published.value if one.published else None for one in page.headlines]


WANTED = [date(2024, 11, 8), date(2024, 11, 7), date(2024, 11, 5), date(2024, 11, 4)]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Quelle: Bote, 08.11.2024",
            "Quelle: Kurier, 07.11.2024",
            "Quelle: Anzeiger für den Hafen und die Inseln, 05.11.2024",
            "Quelle: Bote, 04.11.2024",
        ],
        [
            "08.11.2024, Bote",
            "07.11.2024, Kurier",
            "05.11.2024, Anzeiger für den Hafen und die Inseln",
            "04.11.2024, Kurier",
        ],
    ],
)
def test_a_longer_name_beside_a_date_does_not_hide_it(lines: Sequence[str]) -> None:
    assert days_of(lines) == WANTED


def test_a_day_at_the_end_of_a_summary_is_not_the_entrys() -> None:
    lines = [
        "08.11.2024",
        "07.11.2024",
        "Anmelden kann man sich noch bis zum 05.10.2024",
        "04.11.2024",
    ]
    assert days_of(lines) == [WANTED[0], WANTED[1], None, WANTED[3]]
