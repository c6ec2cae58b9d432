"""When a URL is fetched, when it is tried again, and when a list is visited again.

Pure: the time is an argument, and nothing is fetched.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType

from archive.records import PageKind, UrlState, VerdictKind
from archive.urls import is_front_page

# Lower is sooner. Lists first: while a list waits, what it would bring cannot be known.
PRIORITY: Mapping[PageKind, int] = MappingProxyType(
    {PageKind.LIST: 0, PageKind.POST: 10, PageKind.ARTICLE: 20}
)
FIRST_WAIT: Mapping[PageKind, timedelta] = MappingProxyType(
    {
        # A list is where everything comes from: it is asked again soonest.
        PageKind.LIST: timedelta(minutes=15),
        PageKind.POST: timedelta(hours=1),
        PageKind.ARTICLE: timedelta(hours=1),
    }
)
LONGEST_WAIT: Mapping[PageKind, timedelta] = MappingProxyType(
    {
        PageKind.LIST: timedelta(days=1),
        # A page that failed for a month is asked once a week: sites come back.
        PageKind.POST: timedelta(days=7),
        PageKind.ARTICLE: timedelta(days=7),
    }
)
# Each wait is four times the one before: a week is reached at the sixth failure.
GROWTH = 4

# A list is visited so often between two of its headlines, on the average: what is new is found
# within a quarter of the time that it took to come.
VISITS_PER_HEADLINE = 4
# Faster than this no list of headlines is worth its server's time; slower, and a list that wakes
# up is noticed too late.
SOONEST_VISIT = timedelta(minutes=30)
LATEST_VISIT = timedelta(days=3)
# Of a list whose rhythm is not known: it has too few dated headlines.
USUAL_VISIT = timedelta(hours=6)
FEWEST_FOR_A_RHYTHM = 3
# A job that runs at six every day must not find that its last visit was at ten past six.
SLACK = 0.1

AFTER_VERDICT: Mapping[VerdictKind, UrlState] = MappingProxyType(
    {
        # These pass: another address or another day is answered properly.
        VerdictKind.CHALLENGE: UrlState.FAILED,
        VerdictKind.CONSENT: UrlState.FAILED,
        VerdictKind.EMPTY: UrlState.FAILED,
        VerdictKind.ERROR: UrlState.FAILED,
        # The site says so itself.
        VerdictKind.SOFT_404: UrlState.GONE,
    }
)

# Statuses by which a server says that there is no such page.
NOT_THERE = frozenset({404, 410})


def retry_at(kind: PageKind, attempts: int, now: datetime) -> datetime:
    """Say when a page that has failed `attempts` times in a row is tried again; never "never"."""
    # 4^16 quarters of an hour are longer than any cap: more would only overflow.
    exponent = min(max(attempts, 1) - 1, 16)
    grown: timedelta = FIRST_WAIT[kind] * GROWTH**exponent
    return now + min(grown, LONGEST_WAIT[kind])


def next_visit(last: datetime, days: Sequence[date], now: datetime) -> datetime:
    """Say from when on a list that was last read at `last` is visited again.

    `days` are those of its newest headlines. A list that has fallen silent is visited less and
    less, for the time since then counts too.
    """
    planned = USUAL_VISIT
    if len(days) >= FEWEST_FOR_A_RHYTHM:
        apart = max(timedelta(), now - _noon(min(days), now)) / len(days)
        planned = min(max(apart / VISITS_PER_HEADLINE, SOONEST_VISIT), LATEST_VISIT)
    return last + planned * (1 - SLACK)


def _noon(day: date, now: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=now.tzinfo)


def is_dead(verdict: VerdictKind, url: str, *, status: int = 200) -> bool:
    """Tell a link that leads to its page no more: gone, or redirected to the front page.

    A link to the front page itself leads where it always did.
    """
    is_gone = state_after(verdict, status=status) is UrlState.GONE
    return is_gone or (verdict is VerdictKind.HOME and not is_front_page(url))


def state_after(verdict: VerdictKind, *, status: int = 200) -> UrlState:
    """Say where a URL stands once its page was read: done, unless the verdict may pass.

    `status` is the HTTP status that the page came with.
    """
    if verdict is VerdictKind.ERROR and status in NOT_THERE:
        return UrlState.GONE
    return AFTER_VERDICT.get(verdict, UrlState.DONE)
