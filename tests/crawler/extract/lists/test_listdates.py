from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from archive.records import Dated, DateSource, Precision
from crawler.extract.dates.printed import find_dates
from crawler.extract.lists.listdates import Entry, day_in, decide

CAPTURED = datetime(2024, 11, 20, 12, tzinfo=UTC)


def named(day: date) -> Dated:
    return Dated(value=day, precision=Precision.DAY, source=DateSource.URL, raw=f"{day:%Y/%m/%d}")


def decided(
    texts: Sequence[str], *, hints: Sequence[date | None] = (), languages: Sequence[str] = ()
) -> list[date | None]:
    entries = [
        Entry(
            found=found[0] if found else None,
            source=DateSource.LIST,
            hint=named(hint) if hint else None,
        )
        for text, hint in zip(texts, hints or [None] * len(texts), strict=True)
        for found in [find_dates(text, captured_at=CAPTURED)]
    ]
    dates = decide(entries, captured_at=CAPTURED, languages=languages)
    return [day_in(one) if one else None for one in dates]


def test_an_impossible_month_decides_for_all() -> None:
    assert decided(["10/03/2024", "05/25/2024"]) == [date(2024, 10, 3), date(2024, 5, 25)]


def test_the_future_decides_for_all() -> None:
    assert decided(["12/11/2024", "10/11/2024"]) == [date(2024, 11, 12), date(2024, 11, 10)]


def test_other_dates_of_the_records_decide() -> None:
    hints = [date(2024, 4, 5), None]
    assert decided(["05/04/2024", "04/03/2024"], hints=hints)[0] == date(2024, 4, 5)


def test_the_language_decides_last() -> None:
    texts = ["05/04/2024", "04/03/2024"]
    assert decided(texts) == [None, None]
    assert decided(texts, languages=["fr"]) == [date(2024, 4, 5), date(2024, 3, 4)]
    assert decided(["11-08", "10-05"], languages=["zh"]) == [date(2024, 11, 8), date(2024, 10, 5)]


def test_a_missing_date_stays_missing() -> None:
    assert decided(["8 May 2024", "no date", "7 May 2024"])[1] is None


def test_years_go_back_as_the_list_goes_on() -> None:
    texts = ["8 January", "30 December", "1 June", "20 December"]
    assert decided(texts) == [
        date(2024, 1, 8), date(2023, 12, 30), date(2023, 6, 1), date(2022, 12, 20),
    ]  # fmt: skip


steps = st.lists(st.integers(min_value=0, max_value=20), min_size=8, max_size=30)


@given(st.dates(min_value=date(2015, 1, 1), max_value=date(2024, 11, 20)), steps)
def test_no_order_is_ever_read_wrongly_in_a_sorted_list(day: date, steps: list[int]) -> None:
    ordered = []
    for step in steps:
        day -= timedelta(days=step)
        ordered.append(day)
    for form in ("%d/%m/%Y", "%m/%d/%Y"):
        read = decided([one.strftime(form) for one in ordered])
        assert all(a in {None, b} for a, b in zip(read, ordered, strict=True))


def test_a_list_that_is_kept_up_decides() -> None:
    assert decided(["01/11/2024", "01/10/2024", "01/09/2024"])[0] == date(2024, 11, 1)
    assert decided(["01/11/2019", "01/10/2019", "01/09/2019"])[0] is None


@given(st.lists(st.integers(min_value=0, max_value=20), min_size=2, max_size=20))
def test_a_sorted_list_without_years_is_read_back(steps: list[int]) -> None:
    day, ordered = date(2024, 11, 19), []
    for step in steps:
        day -= timedelta(days=step)
        ordered.append(day)
    assert decided([f"{one.day} {one:%B}" for one in ordered]) == ordered
