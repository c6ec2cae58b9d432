"""Waits grow, are capped and never end; verdicts that pass are tried again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import PageKind, UrlState, VerdictKind
from archive.schedule import LONGEST_WAIT, PRIORITY, retry_at, state_after
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
