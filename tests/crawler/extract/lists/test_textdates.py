from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.dates.printed import find_dates
from crawler.extract.lists.datemarks import Place
from crawler.extract.lists.textdates import LineDates, day_within

CAPTURED = datetime(2024, 11, 20, 12, tzinfo=UTC)


def dates() -> LineDates:
    return LineDates(CAPTURED, ())


@pytest.mark.parametrize(
    ("line", "place", "text", "rest"),
    [
        ("A title - 8 Nov 2024", Place.END, "8 Nov 2024", "A title"),
        ("A title (8 Nov 2024)", Place.END, "8 Nov 2024", "A title"),
        ("A title (Paper, 8 Nov 2024).", Place.END, "8 Nov 2024", "A title (Paper)"),
        ("A title, November 8, 2024", Place.END, "November 8, 2024", "A title"),
        ("A title 8 Nov 2024", Place.END, "8 Nov 2024", "A title "),
        ("A title - published on 8 Nov 2024", Place.END, "8 Nov 2024", "A title"),
        ("A title - yesterday", Place.END, "yesterday", "A title"),
        ("2024-11-08 - A title", Place.START, "2024-11-08", "A title"),
        ("2024-11-08 A title", Place.START, "2024-11-08", " A title"),
        ("[2024-11-08] A title", Place.START, "2024-11-08", "A title"),
        ("8 Nov: A title", Place.START, "8 Nov", "A title"),
        ("A title - 8 Nov 2024 - Paper", Place.WITHIN, "8 Nov 2024", "A title - Paper"),
        ("8 Nov 2024", Place.ALONE, "8 Nov 2024", ""),
        ("November 2024", Place.ALONE, "November 2024", ""),
        ("2024", Place.ALONE, "2024", ""),
    ],
)
def test_where_a_date_stands(line: str, place: Place, text: str, rest: str) -> None:
    found = dates().of(line)
    assert found
    assert (found.place, found.text, found.rest) == (place, text, rest)


@pytest.mark.parametrize(
    "line",
    [
        "A title without any date",
        "A title of 2024",
        "The 25 best cells",
        "A title - USA Today",
        "It fell by 3.5 - 4.5 per cent",
        "On 3 May 2019 something began that went on for a long while after",
        "x" * 500 + " - 8 Nov 2024",
    ],
)
def test_lines_without_a_date_of_their_own(line: str) -> None:
    found = dates().of(line)
    assert found is None or found.place is Place.START


@pytest.mark.parametrize("text", ["February 30th, 2024", "31/11/2024", "30 February 2024"])
def test_an_impossible_date_is_no_part_of_the_title(text: str) -> None:
    found = dates().of(f"A title - {text}")
    assert found
    assert (found.rest, found.text, found.found) == ("A title", text, None)


def test_a_day_under_its_month() -> None:
    heading = dates().whole("November 2024")
    assert heading
    found = day_within("8 - A title", heading)
    assert found
    assert found.found
    assert (found.rest, found.found.readings[0].day) == ("A title", 8)
    assert day_within("A title", heading) is None


FORMATS = st.sampled_from(
    [
     "%B %d, %Y", "%d %B %Y", "%d. %B %Y", "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y",
     "%b %d, %Y"]
)  # fmt: skip


@given(st.dates(date(1990, 1, 1), date(2024, 11, 19)), FORMATS)
def test_the_quick_reading_says_what_the_thorough_one_does(day: date, form: str) -> None:
    text = day.strftime(form)
    found = dates().whole(text)
    (thorough,) = find_dates(text, captured_at=CAPTURED)
    assert found == thorough


@given(st.text(max_size=120))
def test_any_line_has_an_answer(line: str) -> None:
    found = dates().of(line)
    assert found is None or len(found.rest) <= len(line)
