"""Days, zones, languages and sites, as people write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.filters import bound, first_day, midnight, read_day, read_language, read_site

TODAY = date(2024, 3, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024", "2024-01-01"),
        ("2024-11", "2024-11-01"),
        (" 2024-11-8 ", "2024-11-08"),
        ("today", "2024-03-31"),
        ("Yesterday", "2024-03-30"),
        ("0d", "2024-03-31"),
        ("7d", "2024-03-24"),
        ("2w", "2024-03-17"),
        ("1m", "2024-02-29"),
        ("3M", "2023-12-31"),
        ("1y", "2023-03-31"),
        ("13m", "2023-02-28"),
    ],
)
def test_days(text: str, day: str) -> None:
    assert read_day(text, today=TODAY).isoformat() == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2024-13",
        "2023-02-29",
        "0000",
        "24",
        "8/11/24",
        "9999y",
        "999999d",
        "-1d",
        "７d",
    ],
)
def test_no_day(text: str) -> None:
    with pytest.raises(UsageError, match="no date"):
        read_day(text, today=TODAY)


@given(st.text())
def test_any_text_is_a_day_or_is_refused(text: str) -> None:
    try:
        read_day(text, today=TODAY)
    except UsageError as error:
        assert "no date" in str(error)  # noqa: PT017 - it need not be raised


def test_a_day_begins_where_the_reader_is() -> None:
    zone = timezone(timedelta(hours=-5))
    now = datetime(2024, 11, 8, 3, tzinfo=UTC)
    found = bound("today", now=now, zone=zone)
    assert found.day == "2024-11-07"
    assert found.instant == datetime(2024, 11, 7, 5, tzinfo=UTC)


@pytest.mark.parametrize(("day", "hours"), [(date.min, 14), (date.max, -12)])
def test_the_first_and_the_last_day_have_a_beginning(day: date, hours: int) -> None:
    assert midnight(day, timezone(timedelta(hours=hours))).day == day.isoformat()


@pytest.mark.parametrize(
    ("text", "day"),
    [("2024", "2024-01-01"), ("2024-11", "2024-11-01"), (" 2024-11-8 ", "2024-11-08")],
)
def test_first_day(text: str, day: str) -> None:
    assert first_day(text) == day


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2024-13", "2023-02-29", "0000", "24", "8/11/24"]
)
def test_no_first_day(text: str) -> None:
    with pytest.raises(UsageError, match="no date"):
        first_day(text)


@pytest.mark.parametrize(("text", "code"), [("EN", "en"), ("en-GB", "en"), (" zh_Hant ", "zh")])
def test_languages(text: str, code: str) -> None:
    assert read_language(text) == code


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("Paper.Example", "paper.example"),
        ("www.paper.example", "paper.example"),
        ("https://news.paper.example:8080/2024?x=1", "news.paper.example"),
        ("Köln.example", "xn--kln-sna.example"),
        ("localhost", "localhost"),
    ],
)
def test_sites(text: str, host: str) -> None:
    assert read_site(text) == host


@pytest.mark.parametrize("text", ["", "english", "e", "12", "en gb"])
def test_no_language(text: str) -> None:
    with pytest.raises(UsageError, match="no language"):
        read_language(text)


@pytest.mark.parametrize("text", ["", "Daily Post", "paper", "a..b", "ftp://", "\ud800.example"])
def test_no_site(text: str) -> None:
    with pytest.raises(UsageError, match="no site"):
        read_site(text)
