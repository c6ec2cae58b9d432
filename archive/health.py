"""Whether a source is well, judged by what its last crawls brought. Pure: time is an argument.

`judge` takes the records that crawls leave of a source and says how it stands, since when, why, and
what its owner can do. It reads nothing, stores nothing, tells nobody; `news_of` says what of it the
owner has not been told yet.

A list is compared with itself: with what it brought before, never with other lists. One bad night
is no redesign; what cannot be chance is said at once. What a list has lost is said until it is
back, or until its owner says that this is normal now.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import accumulate, pairwise
from statistics import median, quantiles
from types import MappingProxyType

# Crawls of a source that are looked at: the last ones, and one of each day before them, as far back
# as they are kept: a change is known by what was before it, however long ago that is.
VISITS = 20
# Arrivals of news by which a rhythm is known: enough that a tenth of them is more than one.
ARRIVALS = 30
# Readings that a comparison needs: with fewer, what is usual is not known.
FEWEST = 3
# In a row, and over so long, a list must have failed to be broken: retries come after a quarter of
# an hour and an hour, and a server's bad night or a day's maintenance ends by itself.
FAILURES_IN_A_ROW = 3
LONGEST_BAD_NIGHT = timedelta(days=1)
# A list that never brought fewer than so many headlines does not run empty by itself.
CERTAIN = 5
# Below this part of the least that it ever brought, a list is read in part: a list's length moves
# with its news, but not below half of its own minimum.
PART = 0.5
# So often read in a row, for a list that brings less but not nothing: a slow Sunday is one, and
# finding it unchanged on Monday no second.
SHORT_IN_A_ROW = 2
# Readings before a change that say what was usual, two months of daily ones. What was before them
# is another time: a list's one bad day would excuse all that follows it for ever.
USUAL_READINGS = 60
# A list dates its headlines if at least this part of them has a date, and no longer does below the
# second: between lie lists that date some.
DATED, UNDATED = 0.8, 0.1
# Headlines without a date that are no accident together.
FEWEST_UNDATED = 5
# Pages asked for the first time that make a judgement on walls: fewer are one publisher's bad day.
# More than this part of them walled is most.
FEWEST_TRIES, MOST = 8, 0.5
# Gaps between arrivals that make a rhythm, and the part of them that is usual. News that comes by
# chance stays away for three times nine tenths of its gaps once in a thousand.
FEWEST_GAPS, USUAL, FACTOR = 4, 0.9, 3
# No list is quiet before this: a weekend with a holiday on either side.
SOONEST_QUIET = timedelta(days=4)


class ListTrouble(StrEnum):
    """How a list's first page could not be read."""

    UNREACHABLE = "unreachable"
    """Nothing came, or an error."""
    WALL = "wall"
    """A wall came in its place."""
    EMPTY = "empty"
    """It came, without a headline."""
    OURS = "ours"
    """The program itself failed on it, or may not ask for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What one crawl did for one source."""

    at: datetime
    """When the crawl began."""
    list_pages: int = 0
    """Pages of its list that came, those that had not changed included."""
    unchanged_lists: int = 0
    """Of them those that were as before, and were not read again."""
    list_trouble: ListTrouble | None = None
    """What was wrong with the list's first page; None where it was read or not asked for."""
    list_reason: str | None = None
    headlines: int = 0
    """On all pages of the list that were read."""
    first_page: int | None = None
    """Headlines on the list's first page; None where that was not read."""
    undated: int = 0
    """Headlines without a date."""
    new_headlines: int = 0
    pages: int = 0
    """Pages that came of all that the source led to, its list included."""
    new_articles: int = 0
    changed_articles: int = 0
    unchanged_articles: int = 0
    first_tries: int = 0
    """Pages behind its headlines that were asked for the first time, and came."""
    walls: int = 0
    """Of them those that were walls."""
    failed: int = 0
    refused: int = 0
    failures: Mapping[str, int] = field(default_factory=dict)
    """Kind ▸ how many, of what failed or was refused."""
    bytes: int = 0
    """Of answers, as they came over the network."""
    seconds: float = 0.0
    """That its answers took, together."""

    @property
    def is_of_list(self) -> bool:
        """Whether the list was asked for, and not only pages that it had led to before."""
        return self.list_pages > 0 or self.list_trouble is not None


class HealthState(StrEnum):
    """How a source stands."""

    NEW = "new"
    """Not visited yet."""
    WELL = "well"
    FAILED = "failed"
    """Its list could not be read last time; it is tried again."""
    QUIET = "quiet"
    """Nothing new for longer than its rhythm."""
    FEWER = "fewer"
    """It brings fewer headlines than it used to, or none."""
    UNDATED = "undated"
    """It used to date its headlines, and suddenly none."""
    WALLED = "walled"
    """A wall stands before the list, or before most of its articles."""
    DEAD = "dead"
    """Its list could not be had for days."""


# Without doing something, the archive does not get what these lists hold.
BROKEN = frozenset(
    {HealthState.FEWER, HealthState.UNDATED, HealthState.WALLED, HealthState.DEAD},
)
# What may be normal from now on. A list that cannot be read never is.
ACCEPTABLE = frozenset({HealthState.FEWER, HealthState.UNDATED, HealthState.QUIET})
# What the owner is told of; of the rest it is not known yet how it ends.
TOLD = BROKEN | {HealthState.QUIET}

_NORMAL = "`backfile source accept` says that this is normal now"
_REDESIGNED = (
    "its page may look different now: `backfile headlines URL` shows what is read of it, "
    f"`backfile add URL` looks for its feed and other doors; {_NORMAL}"
)
ADVICE: Mapping[HealthState, str] = MappingProxyType(
    {
        HealthState.NEW: "`backfile crawl` visits it",
        HealthState.FAILED: "nothing to do yet: it is tried again by itself",
        HealthState.QUIET: "look at its page: does it still publish, and there? `backfile source "
        f"move` gives it another address, `backfile source pause` leaves it out; {_NORMAL}",
        HealthState.FEWER: _REDESIGNED,
        HealthState.UNDATED: _REDESIGNED,
        HealthState.WALLED: "open it in a browser: where a subscription opens it, --credentials "
        "sends its cookie; a slower --delay helps against challenges; `backfile add URL` looks for "
        "its feed",
        HealthState.DEAD: "open it in a browser: if it has moved, `backfile source move` gives it "
        "its new address; if it is gone, `backfile source pause` leaves it out",
    }
)
# After these the list itself is looked at by the same reasons as what it brought.
_BROKEN_BY: Mapping[ListTrouble, HealthState] = MappingProxyType(
    {
        ListTrouble.UNREACHABLE: HealthState.DEAD,
        ListTrouble.WALL: HealthState.WALLED,
        ListTrouble.EMPTY: HealthState.FEWER,
        ListTrouble.OURS: HealthState.DEAD,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a source stands, since when and why."""

    state: HealthState
    since: datetime | None = None
    """When the first crawl found it so, of those that are remembered; None before any."""
    reason: str
    """In words, with figures."""

    @property
    def is_broken(self) -> bool:
        """Whether somebody should do something about it."""
        return self.state in BROKEN

    @property
    def advice(self) -> str | None:
        """What its owner can do; None where all is well."""
        return ADVICE.get(self.state)


def judge(
    visits: Sequence[Visit],
    *,
    arrivals: Sequence[datetime] = (),
    accepted: datetime | None = None,
    now: datetime,
) -> Health:
    """Say how a source stands by its last visits, the newest of which comes last.

    `arrivals` are the starts of its last crawls that brought new headlines, the newest last, from
    before `visits` too. `accepted` is when its owner said that what it brings then is normal: it is
    compared with what it brought since. Never raises; what is too little to judge by is well.
    """
    of_list = _filled(visit for visit in visits if visit.is_of_list)
    if not of_list:
        return Health(state=HealthState.NEW, reason="its list has not been visited yet")
    failing = _trailing(of_list, lambda visit: visit.list_trouble is not None)
    if failing:
        return _of_failures(of_list[: -len(failing)], failing)
    fewer, undated = _losses(visits, accepted)
    news = [arrival for arrival in arrivals if accepted is None or arrival > accepted]
    found = fewer or undated or _walled(visits) or _quiet(of_list[-1].at, sorted(news))
    return found or _well(of_list, arrivals, now)


def can_be_accepted(
    health: Health, visits: Sequence[Visit], *, arrivals: Sequence[datetime], now: datetime
) -> bool:
    """Tell whether a source that stands so would be well, if its owner said that this is normal."""
    if health.state not in ACCEPTABLE:
        return False
    then = judge(visits, arrivals=arrivals, accepted=now, now=now)
    return then.state is HealthState.WELL


def lost_since(
    visits: Sequence[Visit], *, accepted: datetime | None = None
) -> tuple[datetime | None, datetime | None]:
    """Give since when a list is short, and without dates; None for what it is not.

    That holds whether the list can be had just now or not.
    """
    fewer, undated = _losses(visits, accepted)
    return fewer.since if fewer else None, undated.since if undated else None


def needed_since(visits: Sequence[Visit], *, accepted: datetime | None = None) -> datetime | None:
    """Give from when on visits have to be remembered for what a list has lost to stay known.

    That is the first of those that say what was usual. None where nothing is lost.
    """
    starts = [at for at in lost_since(visits, accepted=accepted) if at is not None]
    if not starts:
        return None
    read = [visit.at for visit in visits if visit.list_pages and not visit.list_trouble]
    return [at for at in read if at < min(starts)][-USUAL_READINGS:][0]


def _losses(
    visits: Sequence[Visit], accepted: datetime | None
) -> tuple[Health | None, Health | None]:
    of_list = _filled(visit for visit in visits if visit.is_of_list)
    since = [visit for visit in of_list if accepted is None or visit.at > accepted]
    return _fewer(since), _undated(since)


def _filled(visits: Iterable[Visit]) -> list[Visit]:
    """Have a visit that found the list unchanged say what the list held when it was last read."""
    filled: list[Visit] = []
    read: Visit | None = None
    for visit in visits:
        if not visit.unchanged_lists and not visit.list_trouble:
            read = visit
        elif read is not None and not visit.list_trouble and visit.first_page is None:
            visit = replace(  # noqa: PLW2901 - what follows is about the filled one
                visit,
                first_page=read.first_page,
                headlines=read.headlines,
                undated=read.undated,
            )
        filled.append(visit)
    return filled


def _of_failures(before: Sequence[Visit], failing: Sequence[Visit]) -> Health:
    """Judge a list whose last visits all failed, `failing`."""
    last, since = failing[-1], failing[0].at
    trouble = last.list_trouble or ListTrouble.UNREACHABLE
    usual = _sizes(before)
    words = last.list_reason or trouble.value
    if trouble is ListTrouble.EMPTY and len(usual) >= FEWEST and min(usual) >= CERTAIN:
        reason = f"no headline any more, where there were {_range(usual)} ({words})"
        return Health(state=HealthState.FEWER, since=since, reason=reason)
    lasted = last.at - since
    when = "last time" if len(failing) == 1 else f"for {length(lasted)}"
    reason = f"its list could not be read {when}: {words}"
    broken = len(failing) >= FAILURES_IN_A_ROW and lasted >= LONGEST_BAD_NIGHT
    state = _BROKEN_BY[trouble] if broken else HealthState.FAILED
    return Health(state=state, since=since, reason=reason)


def _fewer(visits: Sequence[Visit]) -> Health | None:
    """Tell a list that is read in part only: its first page is shorter than it ever was."""
    read = [visit for visit in visits if visit.first_page is not None]
    sizes = _sizes(read)
    most = _most_since(sizes)
    for start in range(FEWEST, len(read)):
        usual = sizes[max(0, start - USUAL_READINGS) : start]
        if min(usual) < CERTAIN or most[start] >= PART * min(usual):
            continue
        readings = sum(1 for visit in read[start:] if not visit.unchanged_lists)
        if readings >= SHORT_IN_A_ROW:
            held = f"{_range(sizes[start:])} headlines on its first page"
            reason = f"{held}, where there were {_range(usual)}"
            return Health(state=HealthState.FEWER, since=read[start].at, reason=reason)
    return None


def _undated(visits: Sequence[Visit]) -> Health | None:
    """Tell a list whose headlines have lost their dates."""
    read = [visit for visit in visits if visit.headlines]
    dated = [_dated(visit) for visit in read]
    most = _most_since(dated)
    for start in range(FEWEST, len(read)):
        if most[start] > UNDATED or median(dated[max(0, start - USUAL_READINGS) : start]) < DATED:
            continue
        headlines = sum(visit.headlines for visit in read[start:])
        if headlines >= FEWEST_UNDATED:
            undated = sum(visit.undated for visit in read[start:])
            reason = f"{undated} of {headlines} headlines have no date; before, nearly all had one"
            return Health(state=HealthState.UNDATED, since=read[start].at, reason=reason)
    return None


def _most_since(figures: Sequence[float]) -> list[float]:
    """Give for each of some figures the most of it and all that follow."""
    return list(accumulate(reversed(figures), max))[::-1]


def _walled(visits: Sequence[Visit]) -> Health | None:
    """Tell a source most of whose articles are walls when they are first asked for.

    Judged are as many of the last visits as make a judgement, so that a day's one page that is
    read changes nothing, and a wall that has gone is soon forgotten.
    """
    tries = walls = 0
    for visit in reversed(visits):
        tries += visit.first_tries
        walls += visit.walls
        if tries >= FEWEST_TRIES:
            break
    if tries < FEWEST_TRIES or walls <= MOST * tries:
        return None
    since = next(each.at for each in visits if each.walls)
    reason = f"{walls} of the last {tries} pages behind its headlines were walls"
    return Health(state=HealthState.WALLED, since=since, reason=reason)


def _quiet(looked: datetime, arrivals: Sequence[datetime]) -> Health | None:
    """Tell a list that has brought nothing new for longer than its rhythm, when last `looked` at.

    The silence ends with the last look: a job that did not run says nothing of the list.
    """
    gaps = [after - before for before, after in pairwise(arrivals)]
    if len(gaps) < FEWEST_GAPS:
        return None
    seconds = [gap.total_seconds() for gap in gaps]
    usual = timedelta(seconds=quantiles(seconds, n=10, method="inclusive")[int(USUAL * 10) - 1])
    silence = looked - arrivals[-1]
    if silence <= max(FACTOR * usual, SOONEST_QUIET):
        return None
    middle = timedelta(seconds=median(seconds))
    reason = f"nothing new for {length(silence)}; before, there was some every {length(middle)}"
    return Health(state=HealthState.QUIET, since=arrivals[-1], reason=reason)


def _well(visits: Sequence[Visit], arrivals: Sequence[datetime], now: datetime) -> Health:
    since = _trailing(visits, lambda visit: visit.list_trouble is None)[0].at
    newest = max(arrivals, default=None)
    if newest is None:
        return Health(state=HealthState.WELL, since=since, reason="nothing new yet")
    ago = length(max(timedelta(), now - newest))
    return Health(state=HealthState.WELL, since=since, reason=f"something new {ago} ago")


def _trailing(visits: Sequence[Visit], holds: Callable[[Visit], bool]) -> Sequence[Visit]:
    """Give the last visits for all of which something holds."""
    first = len(visits)
    while first and holds(visits[first - 1]):
        first -= 1
    return visits[first:]


def _sizes(visits: Sequence[Visit]) -> list[int]:
    return [visit.first_page for visit in visits if visit.first_page is not None]


def _dated(visit: Visit) -> float:
    return 1 - visit.undated / visit.headlines


def _range(sizes: Sequence[int]) -> str:
    least, most = min(sizes), max(sizes)
    return str(most) if least == most else f"{least} to {most}"


def length(span: timedelta) -> str:
    """Say how long something took in the unit that a person would: `5 days`, `3 hours`."""
    seconds = span.total_seconds()
    for unit, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 2 * unit:
            return f"{seconds / unit:.0f} {name}s"
    return "a minute"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the owner of an archive is to be told of one source."""

    source_id: int
    health: Health
    before: HealthState | None
    """What they were told last; None where that was nothing."""

    @property
    def is_recovery(self) -> bool:
        """Whether it is good news."""
        return self.health.state is HealthState.WELL


def news_of(told: Mapping[int, HealthState], judged: Mapping[int, Health]) -> tuple[Notice, ...]:
    """Say of which sources the owner is to be told, given what they were `told` last of each.

    A state is told once, and once that it is over. What is not known yet (a list that failed last
    time, one that was not visited) changes nothing.
    """
    return tuple(
        Notice(source_id=source_id, health=health, before=told.get(source_id))
        for source_id, health in judged.items()
        if _is_news(told.get(source_id, HealthState.WELL), health.state)
    )


def _is_news(told: HealthState, state: HealthState) -> bool:
    return state is not told and state in TOLD | {HealthState.WELL}
