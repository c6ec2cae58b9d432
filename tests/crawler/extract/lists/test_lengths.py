from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from crawler.extract import extract_headlines

CAPTURED = datetime(2024, 11, 22, 15, tzinfo=UTC)
GROWING = ("1 min", "5 min", "12 min", "20 min", "45 min")
MIXED = ("5 min", "12 min", "4 min", "20 min", "7 min")
NINE_AGO, ONE_AGO = "2024-11-22T14:51", "2024-11-22T14:59"
DAYS = ("21 November", "20 November", "18 November", "12 November", "2 November")


def dates_of(rows: Sequence[str], *, lang: str = "en") -> list[str | None]:
    items = "".join(
        f"<li><h3><a href=/news/{n}>The harbour opens its bridge number {n}</a></h3>{row}</li>"
        for n, row in enumerate(rows)
    )
    html = f"<html lang={lang}><body><ul>{items}</ul></body></html>"
    page = extract_headlines(html.encode(), url="https://a.example/", captured_at=CAPTURED)
    assert len(page.headlines) == len(rows)
    return [
        one.published.value.isoformat()[:16] if one.published else None for one in page.headlines
    ]


@pytest.mark.parametrize("length", ["{}", "{} read", "⏱ {}", "({})"])
@pytest.mark.parametrize("counts", [GROWING, MIXED])
def test_a_printed_date_is_preferred_to_a_length(length: str, counts: Sequence[str]) -> None:
    rows = [
        f"<span>{length.format(count)}</span> <span>{day} 2024</span>"
        for count, day in zip(counts, DAYS, strict=True)
    ]
    days = (21, 20, 18, 12, 2)
    assert dates_of(rows) == [date(2024, 11, day).isoformat() for day in days]


@pytest.mark.parametrize(
    ("counts", "lang"),
    [
        (MIXED, "en"),
        (("12 Min.", "4 Min.", "7 Min.", "5 Min.", "9 Min."), "de"),
        (("2 minutos", "9 minutos", "4 minutos", "3 minutos", "8 minutos"), "es"),
        (("5 мин", "2 мин", "7 мин", "3 мин", "4 мин"), "ru"),
        (("5 dk", "2 dk", "7 dk", "3 dk", "4 dk"), "tr"),
        (("1 hr 20 min", "48 min", "55 min", "1 hr 2 min", "33 min"), "en"),
        (("45:10", "12:33", "1:20:11", "22:10", "15:00"), "en"),
        (("5 min",) * 5, "en"),
    ],
)
def test_counts_in_no_order_are_no_times(counts: Sequence[str], lang: str) -> None:
    assert dates_of([f"<span>{count}</span>" for count in counts], lang=lang) == [None] * 5


@pytest.mark.parametrize(
    ("row", "lang"),
    [
        ("<span>{} read</span>", "en"),
        ("<span>{}</span> <span>read</span>", "en"),
        ("<span>Reading time:</span> <span>{}</span>", "en"),
        ("<span>🎧 {}</span>", "en"),
        ("<span>⏱</span><span>{}</span>", "en"),
        ("<span class=duration>{}</span>", "en"),
        ("<span>{} listen</span>", "en"),
        ("<span>Lesezeit</span> <span>{}</span>", "de"),
        ("<span>Lesezeit {}</span>", "de"),
        ("<span>{}</span> <span>de lecture</span>", "fr"),
        ("<span>{}</span> <span>di lettura</span>", "it"),
        ("<span>Leestijd</span> <span>{}</span>", "nl"),
        ("<span>Время чтения</span> <span>{}</span>", "ru"),
        ("<span>{}</span> <span>czytania</span>", "pl"),
        ("<span>読了</span> <span>{}</span>", "ja"),
    ],
)
def test_a_count_that_is_called_a_length_is_no_time(row: str, lang: str) -> None:
    assert dates_of([row.format(count) for count in GROWING], lang=lang) == [None] * 5


def test_a_length_is_no_time_where_links_name_their_day() -> None:
    rows = [
        f"<li><a href=/2024/11/{day}/bridge>The harbour opens its bridge number {day}</a> "
        f"<span>{count}</span></li>"
        for day, count in zip((21, 19, 17, 15, 11), GROWING, strict=True)
    ]
    html = f"<ul>{''.join(rows)}</ul>"
    page = extract_headlines(html.encode(), url="https://a.example/", captured_at=CAPTURED)
    values = [one.published.value for one in page.headlines if one.published]
    assert values == [date(2024, 11, day) for day in (21, 19, 17, 15, 11)]


@pytest.mark.parametrize(
    ("counts", "first", "last"),
    [
        (GROWING, "2024-11-22T14:59", "2024-11-22T14:15"),
        (("3h", "5h", "9h", "1d", "2d"), "2024-11-22T12:00", "2024-11-20"),
        (("3h", "5h", "2h", "1d", "2d"), "2024-11-22T12:00", "2024-11-20"),
        (("20m", "1h", "2h", "9h", "21 November 2024"), "2024-11-22T14:40", "2024-11-21"),
        (("9 min ago", "5 min ago", "2h ago", "1d ago", "1 min ago"), NINE_AGO, ONE_AGO),
        (("vor 9 Min", "vor 5 Min", "vor 2 Std", "vor 5 Min", "vor 1 Min"), NINE_AGO, ONE_AGO),
    ],
)
def test_counts_in_order_of_time_are_times(counts: Sequence[str], first: str, last: str) -> None:
    dates = dates_of([f"<span>{count}</span>" for count in counts])
    assert (dates[0], dates[-1]) == (first, last)
    assert None not in dates


def test_a_length_at_the_end_of_a_line_is_no_time() -> None:
    text = "\n".join(f"- The harbour opens its bridge - {count}" for count in MIXED)
    page = extract_headlines(text.encode(), url="https://a.example/a.txt", captured_at=CAPTURED)
    assert [(one.published, one.date_text) for one in page.headlines] == [
        (None, count) for count in MIXED
    ]
