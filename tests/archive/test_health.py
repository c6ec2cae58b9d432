"""How a source stands, by tables of what its crawls brought and by laws."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.health import (
    ADVICE,
    BROKEN,
    FAILURES_IN_A_ROW,
    TOLD,
    USUAL_READINGS,
    Health,
    HealthState,
    ListTrouble,
    Visit,
    can_be_accepted,
    judge,
    length,
    lost_since,
    needed_since,
    news_of,
)

START = datetime(2026, 1, 5, 6, tzinfo=UTC)
DAY = timedelta(days=1)
NEW, WELL, FAILED = HealthState.NEW, HealthState.WELL, HealthState.FAILED
QUIET, FEWER, UNDATED = HealthState.QUIET, HealthState.FEWER, HealthState.UNDATED
WALLED, DEAD = HealthState.WALLED, HealthState.DEAD
TROUBLES = {
    "x": ListTrouble.UNREACHABLE,
    "w": ListTrouble.WALL,
    "0": ListTrouble.EMPTY,
    "o": ListTrouble.OURS,
}


def visits(marks: str, *, apart: timedelta = DAY) -> list[Visit]:
    """Give a visit for each word: headlines on the first page, `=` unchanged, or a trouble."""
    made = []
    for number, mark in enumerate(marks.split()):
        at = START + number * apart
        if mark in TROUBLES:
            trouble = TROUBLES[mark]
            made.append(Visit(at=at, list_trouble=trouble, list_reason=f"it was {trouble}"))
        elif mark == "=":
            made.append(Visit(at=at, list_pages=1, unchanged_lists=1))
        else:
            n = int(mark)
            made.append(Visit(at=at, list_pages=1, headlines=n, first_page=n, new_headlines=1))
    return made


def judged(made: Sequence[Visit]) -> Health:
    arrivals = [visit.at for visit in made if visit.new_headlines]
    now = made[-1].at + timedelta(minutes=5) if made else START
    return judge(made, arrivals=arrivals, now=now)


@pytest.mark.parametrize(
    ("marks", "state"),
    [
        ("", NEW),
        ("20", WELL),
        ("20 21 = 19 =", WELL),
        # One bad night, or the second of two crawls, is no broken source.
        ("20 20 20 20 x", FAILED),
        ("20 20 20 20 x x", FAILED),
        ("x", FAILED),
        ("20 20 20 20 x x x", DEAD),
        ("20 20 20 20 x x x =", WELL),
        ("20 20 20 20 x x x 20", WELL),
        ("x x x", DEAD),
        ("20 20 20 20 o o o", DEAD),
        ("20 20 20 20 w", FAILED),
        ("20 20 20 20 w w w", WALLED),
        # What ran empty all at once cannot be chance, but where there was never much.
        ("20 20 20 0", FEWER),
        ("20 20 20 = 0 0", FEWER),
        ("20 20 0", FAILED),
        # What has not changed is as it was read last.
        ("20 = = 0", FEWER),
        ("20 = 0", FAILED),
        ("20 = = = 9 =", WELL),
        ("20 = = = 9 = 9", FEWER),
        ("= = = = 0", FAILED),
        ("20 x = = 0", FEWER),
        ("3 3 3 3 0", FAILED),
        ("3 3 3 3 0 0 0", FEWER),
        ("0 0 0", FEWER),
        ("20 20 2 20 0", FAILED),
        # What is shorter than ever is told the second time.
        ("20 20 20 20 9", WELL),
        ("20 20 20 20 9 9", FEWER),
        ("20 20 20 20 9 = 9", FEWER),
        ("20 20 20 20 9 20", WELL),
        ("20 20 20 20 10 10", WELL),
        ("20 8 20 20 9 9", WELL),
        ("4 4 4 4 1 1 1", WELL),
        ("20 " * 4 + "9 " * 400, FEWER),
        ("20 " * 4 + "9 " * 400 + "20", WELL),
        # What was usual is what was so lately: one short day is no excuse for ever.
        ("20 8 " + "20 " * USUAL_READINGS + "9 9", FEWER),
        ("20 8 " + "20 " * (USUAL_READINGS - 2) + "9 9", WELL),
    ],
)
def test_a_list_is_compared_with_itself(marks: str, state: HealthState) -> None:
    assert judged(visits(marks)).state is state, judged(visits(marks)).reason


def test_failures_within_a_day_are_one_bad_night() -> None:
    hourly = visits("20 20 20 " + "x " * 10, apart=timedelta(hours=1))
    assert judged(hourly).state is FAILED
    later = visits("20 20 20 " + "x " * 30, apart=timedelta(hours=1))
    assert judged(later).state is DEAD


def test_what_is_wrong_is_said_with_figures_and_since_when() -> None:
    fewer = judged(visits("20 22 20 9 8"))
    assert fewer.reason == "8 to 9 headlines on its first page, where there were 20 to 22"
    assert fewer.since == START + 3 * DAY
    dead = judged(visits("20 x x x"))
    assert dead.reason == "its list could not be read for 2 days: it was unreachable"
    assert dead.since == START + DAY
    assert "no headline any more, where there were 20" in judged(visits("20 20 20 0")).reason


def test_a_redesign_is_told_from_its_second_day_until_its_owner_says_that_it_is_normal() -> None:
    """Ninety days, judged on each: thirty of 20 headlines or so, the rest of 9 or so, then of 3."""
    sizes = [20 + day % 3 for day in range(30)] + [8 + day % 2 for day in range(45)] + [3] * 15
    made = [
        Visit(at=START + n * DAY, list_pages=1, headlines=size, first_page=size, new_headlines=1)
        for n, size in enumerate(sizes)
    ]
    accepted = made[60].at + timedelta(hours=1)
    told: dict[int, HealthState] = {}
    said = []
    for day in range(90):
        held = made[: day + 1]
        found = judge(
            held,
            arrivals=[visit.at for visit in held],
            accepted=accepted if day > 60 else None,
            now=held[-1].at,
        )
        expected = WELL if day < 31 or 60 < day < 76 else FEWER
        assert found.state is expected, (day, found.reason)
        if found.state is FEWER:
            assert found.since == START + (30 if day < 75 else 75) * DAY
        for notice in news_of(told, {1: found}):
            told[1] = notice.health.state
            said.append((day, notice.health.state))
    assert said == [(31, FEWER), (61, WELL), (76, FEWER)]


def test_lost_dates_are_told_until_they_are_back_or_nobody_misses_them() -> None:
    dated = visits("20 " * 70)
    bare = [
        replace(visits("20")[0], at=START + (70 + n) * DAY, undated=20, headlines=20)
        for n in range(100)
    ]
    for more in (1, 30, 31, 100):
        assert judged([*dated, *bare[:more]]).state is UNDATED
        assert judged([*dated, *bare[:more]]).since == bare[0].at
    made = [*dated, *bare]
    arrivals = [visit.at for visit in made]
    assert judge(made, arrivals=arrivals, accepted=bare[50].at, now=made[-1].at).state is WELL
    back = replace(visits("20")[0], at=START + 170 * DAY)
    assert judged([*made, back]).state is WELL


def test_a_loss_outlasts_the_days_on_which_the_list_could_not_be_had() -> None:
    assert judged(visits("20 20 20 20 9 9 x x x")).state is DEAD
    assert judged(visits("20 20 20 20 9 9 x x x 9")).state is FEWER
    assert lost_since(visits("20 20 20 20 9 9 x x x")) == (START + 4 * DAY, None)


@pytest.mark.parametrize(
    ("marks", "acceptable"),
    [
        ("20 20 20 9 9", True),
        ("20 20 20 20", False),
        ("20 20 20 9 9 x", False),
        ("20 20 20 x x x", False),
        ("20 20 20 0", False),
        ("", False),
    ],
)
def test_only_what_a_list_brings_can_be_normal(marks: str, acceptable: bool) -> None:
    made = visits(marks)
    arrivals = [visit.at for visit in made if visit.new_headlines]
    held = judged(made)
    now = START + 30 * DAY
    assert can_be_accepted(held, made, arrivals=arrivals, now=now) is acceptable


def test_a_silence_may_be_normal_too() -> None:
    arrivals = [START + n * DAY for n in range(10)]
    looked = Visit(at=START + 30 * DAY, list_pages=1, unchanged_lists=1)
    held = judge([looked], arrivals=arrivals, now=looked.at)
    assert held.state is QUIET
    assert can_be_accepted(held, [looked], arrivals=arrivals, now=looked.at)
    then = judge([looked], arrivals=arrivals, accepted=looked.at, now=looked.at)
    assert then.state is WELL


sizes = st.lists(st.sampled_from([0, 4, 8, 9, 10, 19, 20, 21, 40]), max_size=120)


@given(sizes)
def test_what_is_lost_is_known_from_what_is_needed_alone(of_days: list[int]) -> None:
    made = [
        Visit(at=START + n * DAY, list_pages=1, headlines=size, first_page=size)
        for n, size in enumerate(of_days)
    ]
    needed = needed_since(made)
    fewer, undated = lost_since(made)
    assert (needed is None) == (fewer is None and undated is None)
    if needed is not None:
        left = [visit for visit in made if visit.at >= needed]
        assert lost_since(left)[0] is not None
        assert len([visit for visit in left if fewer and visit.at < fewer]) <= USUAL_READINGS


@given(sizes, st.integers(0, 120))
def test_what_is_lost_stays_lost_until_it_is_back(of_days: list[int], more: int) -> None:
    made = visits(" ".join(str(size) for size in of_days if size))
    fewer, _ = lost_since(made)
    if fewer is not None:
        last = made[-1]
        same = [replace(last, at=last.at + n * DAY) for n in range(1, more + 1)]
        assert lost_since([*made, *same])[0] == fewer


def test_a_list_that_loses_all_its_dates_is_told_at_once() -> None:
    dated = visits("20 20 20 20")
    bare = [replace(visits("20")[0], at=START + 5 * DAY, undated=20)]
    assert judged([*dated, *bare]).state is UNDATED
    assert judged([*dated, *bare]).since == START + 5 * DAY
    assert "20 of 20 headlines have no date" in judged([*dated, *bare]).reason
    assert judged([*dated, replace(bare[0], undated=10)]).state is WELL
    assert judged([*dated, replace(bare[0], headlines=4, undated=4)]).state is WELL


def test_dates_are_lost_also_by_a_list_that_seldom_changes() -> None:
    bare = replace(visits("20")[0], at=START + 5 * DAY, undated=20)
    assert judged([*visits("20 = ="), bare]).state is UNDATED
    assert judged([*visits("20 ="), bare]).state is WELL


def test_a_list_that_never_had_dates_has_not_lost_them() -> None:
    bare = [replace(visit, undated=20) for visit in visits("20 20 20 20 20")]
    assert judged(bare).state is WELL


@pytest.mark.parametrize(
    ("tries", "walls", "state"), [(2, 2, WALLED), (2, 1, WELL), (1, 1, WELL), (4, 3, WALLED)]
)
def test_most_pages_must_be_walls(tries: int, walls: int, state: HealthState) -> None:
    made = [replace(visit, first_tries=tries, walls=walls) for visit in visits("20 20 20 20")]
    found = judged(made)
    assert found.state is state
    if state is WALLED:
        assert f"{8 * walls // tries} of the last 8 pages" in found.reason
        assert found.since == START


def test_one_page_that_is_read_opens_no_wall_and_several_do() -> None:
    made = [replace(visit, first_tries=500, walls=500) for visit in visits("20 20 20 20")]
    read = [replace(visits("20")[0], at=START + n * DAY, first_tries=2) for n in range(4, 8)]
    for more in range(4):
        assert judged([*made, *read[:more]]).state is WALLED
    assert judged([*made, *read]).state is WELL


@pytest.mark.parametrize(
    ("apart", "silence", "state"),
    [
        (timedelta(hours=1), timedelta(days=3), WELL),
        (timedelta(hours=1), timedelta(days=5), QUIET),
        (DAY, timedelta(days=4), WELL),
        (DAY, timedelta(days=5), QUIET),
        (7 * DAY, timedelta(days=20), WELL),
        (7 * DAY, timedelta(days=22), QUIET),
    ],
)
def test_quiet_is_longer_than_its_own_rhythm(
    apart: timedelta, silence: timedelta, state: HealthState
) -> None:
    arrivals = [START + n * apart for n in range(10)]
    looked = Visit(at=arrivals[-1] + silence, list_pages=1, unchanged_lists=1)
    found = judge([looked], arrivals=arrivals, now=looked.at)
    assert found.state is state
    if state is QUIET:
        assert found.since == arrivals[-1]
        assert found.reason.startswith(f"nothing new for {length(silence)}; before, there was")


def test_a_weekend_is_no_silence() -> None:
    days = [START + n * DAY for n in range(40) if (START + n * DAY).weekday() < 5]
    for silence in range(1, 9):
        looked = Visit(at=days[-1] + silence * DAY, list_pages=1)
        assert judge([looked], arrivals=days, now=looked.at).state is WELL


def test_a_job_that_did_not_run_says_nothing_of_the_list() -> None:
    made = visits("20 20 20 20 20 20 20 20")
    arrivals = [visit.at for visit in made]
    assert judge(made, arrivals=arrivals, now=START + 300 * DAY).state is WELL


def test_a_crawl_that_asked_for_other_pages_only_is_no_visit() -> None:
    only_pages = Visit(at=START + 9 * DAY, pages=3, failed=1)
    assert judged([only_pages]).state is NEW
    assert judged([*visits("20 x"), only_pages]).state is FAILED


def test_all_that_is_not_well_comes_with_advice() -> None:
    assert set(ADVICE) == set(HealthState) - {WELL}
    assert BROKEN <= TOLD


numbers = st.integers(0, 30)
moments = st.integers(0, 10**8).map(lambda seconds: START + timedelta(seconds=seconds))


@st.composite
def any_visits(draw: st.DrawFn) -> list[Visit]:
    """Give visits as crawls could leave them, in any order and however absurd."""
    made = []
    for at in draw(st.lists(moments, max_size=80)):
        headlines = draw(numbers)
        tries = draw(numbers)
        made.append(
            Visit(
                at=at,
                list_pages=draw(st.integers(0, 2)),
                list_trouble=draw(st.none() | st.sampled_from(ListTrouble)),
                headlines=headlines,
                first_page=draw(st.none() | numbers),
                undated=draw(st.integers(0, headlines)),
                new_headlines=draw(numbers),
                first_tries=tries,
                walls=draw(st.integers(0, tries)),
            )
        )
    return made


@given(any_visits(), st.lists(moments, max_size=40), moments)
def test_whatever_is_remembered_it_is_judged_in_words(
    made: list[Visit], arrivals: list[datetime], now: datetime
) -> None:
    found = judge(made, arrivals=arrivals, now=now)
    assert found.reason
    assert (found.since is None) == (found.state is NEW)
    assert (found.advice is None) == (found.state is WELL)


@given(any_visits(), st.lists(moments, max_size=40), moments, st.integers(1, 5))
def test_another_failure_never_makes_a_broken_source_better(
    made: list[Visit], arrivals: list[datetime], now: datetime, more: int
) -> None:
    ordered = sorted(made, key=lambda visit: visit.at)
    last = max((visit.at for visit in ordered), default=now)
    failing = [
        Visit(at=last + n * DAY, list_trouble=ListTrouble.UNREACHABLE) for n in range(1, more + 1)
    ]
    found = judge([*ordered, *failing], arrivals=arrivals, now=now)
    assert found.state in {FAILED, DEAD}
    if more >= FAILURES_IN_A_ROW:
        assert found.state is DEAD


@given(
    st.lists(st.integers(1, 200), min_size=1, max_size=40), st.integers(0, 4000), st.integers(0, 99)
)
def test_a_longer_silence_is_never_better(gaps: list[int], hours: int, more: int) -> None:
    arrivals = [START]
    for gap in gaps:
        arrivals.append(arrivals[-1] + timedelta(hours=gap))
    states = []
    for silence in (hours, hours + more):
        looked = Visit(at=arrivals[-1] + timedelta(hours=silence), list_pages=1)
        states.append(judge([looked], arrivals=arrivals, now=looked.at).state)
    assert states in ([WELL, WELL], [WELL, QUIET], [QUIET, QUIET])


@given(st.integers(5, 500), st.lists(st.integers(0, 500), min_size=3, max_size=50))
def test_a_list_that_brings_half_of_its_most_is_never_too_short(
    least: int, more: list[int]
) -> None:
    made = visits(" ".join(str(least + each % (least + 1)) for each in more))
    assert judged(made).state is WELL


def health(state: HealthState) -> Health:
    return Health(state=state, since=START, reason="so")


@pytest.mark.parametrize(
    ("told", "state", "is_news"),
    [
        (None, WELL, False),
        (None, FAILED, False),
        (None, NEW, False),
        (None, DEAD, True),
        (None, QUIET, True),
        (DEAD, DEAD, False),
        (DEAD, FAILED, False),
        (DEAD, NEW, False),
        (DEAD, WELL, True),
        (DEAD, FEWER, True),
        (WELL, WELL, False),
        (WELL, DEAD, True),
        (QUIET, WELL, True),
    ],
)
def test_a_state_is_told_once_and_once_that_it_is_over(
    told: HealthState | None, state: HealthState, is_news: bool
) -> None:
    news = news_of({1: told} if told else {}, {1: health(state)})
    assert bool(news) is is_news
    for notice in news:
        assert (notice.source_id, notice.before) == (1, told)
        assert notice.is_recovery is (state is WELL)


@given(st.lists(st.sampled_from(HealthState), max_size=30))
def test_nothing_is_told_twice_in_a_row(states: list[HealthState]) -> None:
    told: dict[int, HealthState] = {}
    said = []
    for state in states:
        for notice in news_of(told, {1: health(state)}):
            told[1] = notice.health.state
            said.append(notice.health.state)
    assert all(one is not next_one for one, next_one in pairwise(said))
    assert said[:1] != [WELL]


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(seconds=20), "a minute"),
        (timedelta(minutes=119), "119 minutes"),
        (timedelta(hours=30), "30 hours"),
        (timedelta(days=9), "9 days"),
    ],
)
def test_a_length_is_in_a_persons_unit(span: timedelta, words: str) -> None:
    assert length(span) == words
