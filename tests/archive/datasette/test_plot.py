"""Counts by month as bars: months or years, gaps, labels, slips of date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.datasette.plot import HEIGHT, MOST_BARS, MOST_LABELS, WIDTH, plot

TODAY = date(2026, 11, 22)


def drawn(months: dict[str, int]) -> list[tuple[str, int]]:
    found = plot(months, today=TODAY)
    assert found is not None
    return [(bar.period, bar.count) for bar in found.bars]


def test_every_month_between_the_first_and_the_last_has_its_place() -> None:
    assert drawn({"2023-11": 2, "2024-02": 1}) == [
        ("2023-11", 2), ("2023-12", 0), ("2024-01", 0), ("2024-02", 1),
    ]  # fmt: skip


def test_of_many_months_years_are_drawn() -> None:
    found = plot({"1990-05": 3, "2024-02": 1, "2024-03": 1}, today=TODAY)
    assert found is not None
    assert found.unit == "year"
    assert (found.bars[0].period, found.bars[-1].count) == ("1990", 2)
    assert found.bars[0].narrowed == {"year": "1990"}


def test_of_more_years_the_last() -> None:
    found = plot({"1850-05": 3, "2024-02": 1}, today=TODAY)
    assert found is not None
    assert len(found.bars) == MOST_BARS
    assert found.beyond == 3


def test_a_year_alone_stands_with_years() -> None:
    assert drawn({"2023": 2, "2024-02": 1}) == [("2023", 2), ("2024", 1)]


def test_a_slip_into_the_future_presses_nothing_into_a_corner() -> None:
    found = plot({"2024-02": 1, "2204-02": 5}, today=TODAY)
    assert found is not None
    assert [bar.period for bar in found.bars] == ["2024-02"]
    assert found.beyond == 5


@pytest.mark.parametrize("months", [{}, {"": 5}, {"2999-01": 1}])
def test_without_a_date_there_is_nothing_to_draw(months: dict[str, int]) -> None:
    assert plot(months, today=TODAY) is None


def test_one_month_is_no_wider_than_others() -> None:
    found = plot({"2024-02": 7, "": 3}, today=TODAY)
    assert found is not None
    (bar,) = found.bars
    assert bar.width < WIDTH / 10
    assert (bar.height, bar.y) == (HEIGHT, 0)
    assert found.undated == 3
    assert bar.label == "Feb 2024"


MONTHS = st.dictionaries(
    st.one_of(
        st.just(""),
        st.builds("{:04}-{:02}".format, st.integers(1, 2400), st.integers(1, 12)),
        st.builds("{:04}".format, st.integers(1, 2400)),
    ),
    st.integers(0, 10_000_000),
)


@given(MONTHS)
def test_nothing_is_lost_and_all_is_within_the_picture(months: dict[str, int]) -> None:
    found = plot(months, today=TODAY)
    if found is None:
        assert not any(n for month, n in months.items() if month and month <= "2027-12")
        return
    shown = sum(bar.count for bar in found.bars)
    assert shown + found.undated + found.beyond == sum(months.values())
    assert len(found.bars) <= MOST_BARS
    assert sum(bar.label is not None for bar in found.bars) <= MOST_LABELS
    for bar in found.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= WIDTH + 1
        assert -0.01 <= bar.y <= HEIGHT
        assert (bar.height > 0) == (bar.count > 0)
