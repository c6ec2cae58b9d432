"""Waits grow, are capped and never end; verdicts that pass are tried again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import PageKind, UrlState, VerdictKind
from archive.schedule import (
    LATEST_VISIT,
    LONGEST_WAIT,
    PRIORITY,
    SOONEST_VISIT,
    USUAL_VISIT,
    next_visit,
    retry_at,
    state_after,
)
from tests.archive.making import NOW


def test_waits_of_an_article() -> None:
    waits = [retry_at(PageKind.ARTICLE, attempts, NOW) - NOW for attempts in range(1, 6)]
    hours = [timedelta(hours=count) for count in (1, 4, 16, 64, 168)]
    assert waits == hours


@given(st.sampled_from(PageKind), st.integers(-5, 10**9))
def test_a_retry_is_later_and_bounded(kind: PageKind, attempts: int) -> None:
    assert NOW < retry_at(kind, attempts, NOW) <= NOW + LONGEST_WAIT[kind]
    assert retry_at(kind, attempts, NOW) <= retry_at(kind, attempts + 1, NOW)


def test_lists_come_first() -> None:
    assert sorted(PageKind, key=PRIORITY.__getitem__) == list(PageKind)


@pytest.mark.parametrize("kind", VerdictKind)
def test_every_verdict_has_a_state(kind: VerdictKind) -> None:
    assert state_after(kind) in {UrlState.DONE, UrlState.FAILED, UrlState.GONE}


def test_what_is_stored_is_done() -> None:
    assert state_after(VerdictKind.ARTICLE) is UrlState.DONE
    assert state_after(VerdictKind.CHALLENGE) is UrlState.FAILED
    assert state_after(VerdictKind.SOFT_404) is UrlState.GONE


@pytest.mark.parametrize(("status", "state"), [(404, UrlState.GONE), (500, UrlState.FAILED)])
def test_a_page_that_is_not_there_is_gone_and_another_error_passes(
    status: int, state: UrlState
) -> None:
    assert state_after(VerdictKind.ERROR, status=status) is state


def days_ago(*ago: int) -> list[date]:
    return [(NOW - timedelta(days=each)).date() for each in ago]


@pytest.mark.parametrize(
    ("days", "least", "most"),
    [
        (days_ago(*[0] * 30), 0.3, 0.5),  # thirty a day
        (days_ago(*range(30)), 5, 6),  # one a day: every few hours, on the same morning each day
        (days_ago(*range(0, 210, 7)), 35, 42),  # one a week
        (days_ago(*range(300, 330)), 58, 65),  # one a day, but none since last winter
        (days_ago(1, 2), 5, 6),  # too few to know
        ([], 5, 6),
    ],
)
def test_a_list_is_visited_as_often_as_it_publishes(
    days: list[date], least: float, most: float
) -> None:
    hours = (next_visit(NOW, days, NOW) - NOW) / timedelta(hours=1)
    assert least <= hours <= most


@given(st.lists(st.dates(date(1990, 1, 1), date(2040, 1, 1)), max_size=30))
def test_visits_are_bounded_and_more_news_brings_no_later_one(days: list[date]) -> None:
    wait = next_visit(NOW, days, NOW) - NOW
    assert 0.9 * min(SOONEST_VISIT, USUAL_VISIT) <= wait <= 0.9 * LATEST_VISIT
    if len(days) >= 3:
        assert next_visit(NOW, [*days, NOW.date()], NOW) - NOW <= wait


def test_a_job_at_the_same_hour_of_each_day_finds_a_slow_list_due_on_its_day() -> None:
    last = NOW + timedelta(minutes=10)
    slowest = next_visit(last, days_ago(*range(300, 330)), last)
    assert slowest <= NOW + timedelta(days=3)
