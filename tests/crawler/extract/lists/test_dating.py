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


def under(headings: Sequence[str], *, lang: str = "en") -> list[tuple[str | None, str | None, str]]:
    groups = "".join(
        f"<h2>{heading}</h2><ul>"
        + "".join(
            f"<li><a href=/news/{n}-{m}>The harbour opens its bridge number {n}{m}</a></li>"
            for m in range(3)
        )
        + "</ul>"
        for n, heading in enumerate(headings)
    )
    html = f"<html lang={lang}><body>{groups}</body></html>"
    page = extract_headlines(html.encode(), url="https://a.example/", captured_at=CAPTURED)
    assert len(page.headlines) == 3 * len(headings)
    return [
        (
            one.published.value.isoformat() if one.published else None,
            one.published.precision if one.published else None,
            one.date_text or "",
        )
        for one in page.headlines[::3]
    ]


@pytest.mark.parametrize(
    ("headings", "lang", "wanted"),
    [
        (
            ["Today", "Yesterday", "Earlier this week", "Last week"],
            "en",
            [
                ("2024-11-22", "day"),
                ("2024-11-21", "day"),
                ("2024-11-18", "week"),
                ("2024-11-11", "week"),
            ],
        ),
        (
            ["Heute", "Letzten Freitag", "Letzte Woche"],
            "de",
            [("2024-11-22", "day"), ("2024-11-15", "day"), ("2024-11-11", "week")],
        ),
        (
            ["Hier", "Lundi dernier", "La semaine dernière"],
            "fr",
            [("2024-11-21", "day"), ("2024-11-18", "day"), ("2024-11-11", "week")],
        ),
        (["2024", "2023"], "en", [("2024-01-01", "year"), ("2023-01-01", "year")]),
        (["Q3 2024", "Q2 2024"], "en", [(None, None), (None, None)]),
        (["Herbst 2024", "Sommer 2024"], "de", [(None, None), (None, None)]),
        # What comes under a day's heading is not of the day of the heading before.
        (["Today", "Earlier"], "en", [("2024-11-22", "day"), (None, None)]),
    ],
)
def test_what_headings_say_of_time(
    headings: Sequence[str], lang: str, wanted: Sequence[tuple[str | None, str | None]]
) -> None:
    expected = [(*one, heading) for one, heading in zip(wanted, headings, strict=True)]
    assert under(headings, lang=lang) == expected


def test_a_season_beside_a_date_does_not_hide_it() -> None:
    after = "<p>Herbst 2024</p>"
    assert days_of(["08.11.2024", "07.11.2024", "05.11.2024"], after=after) == WANTED[:3]


def test_an_older_heading_alone_dates_nothing() -> None:
    assert {one[2] for one in under(["Older", "Older"])} == {""}


def test_days_to_come_are_kept_as_printed() -> None:
    html = "".join(
        f"<li><a href=/e/{n}>The harbour opens its bridge number {n}</a> <b>{n} May 2025</b></li>"
        for n in range(1, 6)
    )
    page = extract_headlines(html.encode(), url="https://a.example/", captured_at=CAPTURED)
    assert [(one.published, one.date_text) for one in page.headlines] == [
        (None, f"{n} May 2025") for n in range(1, 6)
    ]
