from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import Dated, DateSource, Precision
from crawler.extract.dates.printed import DateOrder, find_dates, order_of, read_date

CAPTURED = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = date(2024, 11, 8)


def read(text: str, languages: str = "", order: DateOrder | None = None) -> Dated | None:
    return read_date(
        text,
        captured_at=CAPTURED,
        source=DateSource.TEXT,
        languages=languages.split(),
        order=order,
    )


def value(text: str, languages: str = "", order: DateOrder | None = None) -> object:
    dated = read(text, languages, order)
    return dated and dated.value


def at(hour: int, minute: int, second: int = 0, offset: float | None = None) -> datetime:
    zone = None if offset is None else timezone(timedelta(hours=offset))
    return datetime(2024, 11, 8, hour, minute, second, tzinfo=zone)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2024-11-08", DAY),
        ("20241108", DAY),
        ("2024-11-08T18:00:00+01:00", at(18, 0, offset=1)),
        ("2024-11-08T18:00:00.123Z", at(18, 0, offset=0)),
        ("2024-11-08 18:00", at(18, 0)),
        ("20241108T180500Z", at(18, 5, offset=0)),
        ("Fri, 08 Nov 2024 18:00:00 -0530", at(18, 0, offset=-5.5)),
        ("Fri Nov  8 18:00:00 2024", at(18, 0)),
        ("1731088800", at(18, 0, offset=0)),
        ("1731088800000", at(18, 0, offset=0)),
    ],
)
def test_what_programs_print(text: str, wanted: object) -> None:
    assert value(text) == wanted


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("November 8th, 2024", ""),
        ("8 Nov 2024", ""),
        ("08-Nov-24", ""),
        ("8 Nov '24", ""),
        ("2024/11/8", ""),
        ("08.11.2024", ""),
        ("2024年11月8日", ""),
        ("2024년 11월 8일", ""),
        ("令和6年11月8日", "ja"),
        ("113-11-08", "zh"),
        ("8. November 2024", "de"),
        ("8 de noviembre de 2024", "es"),
        ("le 8 novembre 2024", "fr"),
        ("8. listopadu 2024", "cs"),
        ("8 listopada 2024", "pl"),
        ("2024. november 8.", "hu"),
        ("2024 m. lapkričio 8 d.", "lt"),
        ("8 ноября 2024 г.", "ru"),
        ("19 Safar 8 Kasım 2024 Cuma", "tr"),
        ("Ngày 8 tháng 11, 2024", "vi"),
        ("8 พฤศจิกายน 2567", "th"),
        ("৮ নভেম্বর ২০২৪", "bn"),
        ("٨ نوفمبر ٢٠٢٤", "ar"),
        ("Posted by A. Writer on 8 November 2024 in News", "en"),
        ("8 พ.ย. 2567", "th"),
        ("8 พ.ย. 67", "th"),
        ("R6.11.8", "ja"),
        ("民國113年11月8日", "zh"),
        ("2024ko azaroaren 8a", "eu"),
        ("2024. gada 8. novembris", "lv"),
        ("8 Kasım 2024 Cuma", "tr"),
        ("8 Νοεμβρίου 2024", "el"),
        ("८ नवंबर २०२४", "hi"),
        ("8 thg 11, 2024", "vi"),
        ("08NOV2024", "en"),
    ],
)
def test_what_people_read(text: str, languages: str) -> None:
    assert value(text, languages) == DAY


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Nov. 8, 2024, 6:00 p.m. EST", at(18, 0, offset=-5)),
        ("Nov. 8, 2024 12:05 am", at(0, 5)),
        ("8. November 2024 um 18.30 Uhr", at(18, 30)),
        ("8 novembre 2024 à 18h30", at(18, 30)),
        ("18:30 | 8 Nov 2024", at(18, 30)),
        ("2024/11/8 下午6:30", at(18, 30)),
        ("8 ноября 2024 г., 18:30", at(18, 30)),
        ("8 Nov 2024 18:30 CST", at(18, 30)),
        ("8 Nov 2024, 18:30 (UTC+2)", at(18, 30, offset=2)),
    ],
)
def test_the_clock_and_its_offset_are_kept_as_printed(text: str, wanted: datetime) -> None:
    dated = read(text)
    assert dated is not None
    assert (dated.value, dated.precision) == (wanted, Precision.MINUTE)


@pytest.mark.parametrize(
    ("text", "wanted", "precision"),
    [
        ("22 minutes ago", datetime(2026, 11, 22, 11, 38, tzinfo=UTC), Precision.MINUTE),
        ("26分钟前", datetime(2026, 11, 22, 11, 34, tzinfo=UTC), Precision.MINUTE),
        ("an hour ago", datetime(2026, 11, 22, 11, tzinfo=UTC), Precision.HOUR),
        ("il y a 2 heures", datetime(2026, 11, 22, 10, tzinfo=UTC), Precision.HOUR),
        ("2h", datetime(2026, 11, 22, 10, tzinfo=UTC), Precision.HOUR),
        ("hace 3 días", date(2026, 11, 19), Precision.DAY),
        ("2 weeks ago", date(2026, 11, 8), Precision.WEEK),
        ("3 months ago", date(2026, 8, 22), Precision.MONTH),
        ("yesterday 18:00", datetime.fromisoformat("2026-11-21T18:00"), Precision.MINUTE),
        ("heute, 18:00 Uhr", datetime.fromisoformat("2026-11-22T18:00"), Precision.MINUTE),
        ("昨天", date(2026, 11, 21), Precision.DAY),
        ("Tuesday", date(2026, 11, 17), Precision.DAY),
        ("Sunday", date(2026, 11, 22), Precision.DAY),
    ],
)
def test_relative_dates_count_from_the_capture(
    text: str, wanted: object, precision: Precision
) -> None:
    dated = read(text)
    assert dated is not None
    assert (dated.value, dated.precision) == (wanted, precision)


def test_a_numeric_date_with_two_readings_needs_an_order() -> None:
    assert value("11/08/2024") is None
    assert value("11/08/2024", order=DateOrder.MDY) == DAY
    assert value("11/08/2024", order=DateOrder.DMY) == date(2024, 8, 11)
    assert value("24-11-08") is None
    assert value("24-11-08", order=DateOrder.YMD) == DAY


@pytest.mark.parametrize("text", ["11/18/2024", "18/11/2024", "18.11.2024", "Mon 18/11/24"])
def test_an_impossible_order_is_no_choice(text: str) -> None:
    assert value(text) == date(2024, 11, 18)


def test_the_future_is_no_choice() -> None:
    assert value("11/12/2026") == date(2026, 11, 12)


def test_the_weekday_chooses_the_order() -> None:
    assert value("Fri 11/08/2024", "en") == DAY
    assert value("Sun 11/08/2024", "en") == date(2024, 8, 11)


def test_a_date_without_a_year_is_the_latest_that_is_not_in_the_future() -> None:
    assert value("8 November") == date(2026, 11, 8)
    assert value("8 December") == date(2025, 12, 8)
    assert value("Friday, 8 November", "en") == DAY
    assert value("29 February") == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["2026-12-30", "30 December 2026", "2031-01-01T00:00:00Z"])
def test_nothing_is_later_than_the_capture(text: str) -> None:
    assert value(text) is None


def test_a_page_may_be_ahead_of_utc() -> None:
    assert value("2026-11-23") == date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    ["", "Room 5", "v1.2.3", "$12.50", "3-1", "Top 10 of 2024", "18:00", "31 February 2024",

     "iPhone 16 Pro", "4.5 stars", "Q3 2024", "2009-10", "5 dead", "2024-13-45",
     "99999999", "Our plan for today", "1234567890123456", "8" * 5_000],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    assert value(text, "en") is None


def test_words_of_other_languages_need_a_year() -> None:
    assert value("8 set", "en") is None
    assert value("8 set", "it") == date(2026, 9, 8)
    assert value("8 set 2024", "en") == date(2024, 9, 8)


def test_a_word_that_is_a_weekday_and_a_month_is_no_date() -> None:
    assert value("Mar") is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("November 2024", "en"), ("11/2024", "en"), ("2024-11", "en"), ("11.2024", "de"),
        ("令和6年11月", "ja"), ("2024년 11월", "ko"), ("พฤศจิกายน 2567", "th"),
    ],
)  # fmt: skip
def test_a_month_is_a_month(text: str, language: str) -> None:
    dated = read(text, language)
    assert dated is not None
    assert (dated.value, dated.precision) == (date(2024, 11, 1), Precision.MONTH)


def test_dateparser_reads_what_no_shape_knows() -> None:
    assert value("Nobyembre 8, 2024", "fil") == DAY
    assert value("Nobyembre 8, 2024") is None
    assert value("2 oras ang nakalipas", "fil") == datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_the_languages_of_one_order() -> None:
    assert order_of(["de"]) is DateOrder.DMY
    assert order_of(["ja", "en"]) is DateOrder.YMD
    assert order_of(["en"]) is None
    assert order_of([]) is None


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2026, 11, 22)))
def test_every_day_is_read_back(day: date) -> None:
    assert value(day.isoformat()) == day
    assert value(f"{day:%B} {day.day}, {day.year}") == day
    assert value(f"{day.day}/{day.month}/{day.year}", order=DateOrder.DMY) == day
    assert value(f"{day.month}/{day.day}/{day.year}", order=DateOrder.MDY) == day


@given(st.text(max_size=80))
def test_any_text_gives_an_answer_that_is_not_in_the_future(text: str) -> None:
    dated = read(text)
    if dated:
        day = dated.value.date() if isinstance(dated.value, datetime) else dated.value
        assert day <= CAPTURED.date() + timedelta(days=2)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("8–14 Nov 2024", DAY),
        ("8-9 November 2024", DAY),
        ("8 Nov - 2 Dec 2024", DAY),
        ("Nov 8–10, 2024", DAY),
        ("November 8 - December 1, 2024", DAY),
        ("8. bis 10. November 2024", DAY),
        ("8 al 10 de noviembre de 2024", DAY),
        ("30 Dec - 2 Jan 2024", date(2023, 12, 30)),
    ],
)
def test_a_range_is_its_first_day_in_a_list(text: str, wanted: date) -> None:
    (found,) = find_dates(text, captured_at=CAPTURED)
    (one,) = found.readings
    assert found.is_range
    assert one.precision is Precision.DAY
    assert (one.year, one.month, one.day) == (wanted.year, wanted.month, wanted.day)
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("20241108 – Title", DAY),
        ("Nov. 8th, '24", DAY),
        ("Order 20241108 of parts", None),
    ],
)
def test_odd_forms(text: str, wanted: date | None) -> None:
    assert value(text) == wanted
