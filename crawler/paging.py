"""How far a list is followed into the past in one crawl, and why it ended there. Decides only.

A list may lead back to itself, bring the same headlines under ever new addresses, or go on for
ever without any. Each of these ends the list's part of the crawl, with a name.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from archive.errors import UsageError
from archive.records import Headline, ListOutcome, ListPage, VerdictKind
from archive.urls import page_key

# Pages without headlines that are passed through on the way into the past: a blog may have paused
# for a month or two. A calendar that never ends has no more than these to waste our time with.
EMPTY_PAGES = 3

# Headlines that a trail remembers, some 200 bytes each. What it has forgotten the archive knows: a
# page that repeats it brings nothing new, and ends the list as well.
MOST_SEEN = 20_000

# A list page that turns out to be one of these was not seen at all; it is no end of the list.
WALLS = frozenset(
    {
        VerdictKind.CHALLENGE,
        VerdictKind.CONSENT,
        VerdictKind.ERROR,
        VerdictKind.JAVASCRIPT,
        VerdictKind.LOGIN,
        VerdictKind.PAYWALL,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How far a crawl may go; None is no bound."""

    max_pages: int | None = None
    """List pages of each source."""
    since: date | None = None
    """The day to follow lists back to."""
    max_time: timedelta | None = None
    """How long new pages are asked for; what is in flight then is finished."""


UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
# Beyond it a crawl is no crawl; and every moment of its own stays within the calendar.
LONGEST = timedelta(days=365)


def duration(text: str) -> timedelta:
    """Read how long: `90s`, `30m`, `2h`, `1d`; a bare number is minutes.

    Raises:
        UsageError: it is none of these, nothing, or more than a year.

    """
    found = re.fullmatch(r"([0-9]{1,9})([smhd]?)", text.strip().lower())
    length = timedelta(**{UNITS[found[2] or "m"]: int(found[1])}) if found else timedelta()
    if not timedelta() < length <= LONGEST:
        raise UsageError(f"{text!r} is no length of time: give 90s, 30m or 2h")
    return length


@dataclass(slots=True, kw_only=True)
class Trail:
    """What one crawl has read of one source's list so far."""

    pages: int = 0
    empty: int = 0
    """Pages without headlines, one after the other, last."""
    keys: set[str] = field(default_factory=set)
    """Page keys of the list pages read."""
    seen: set[str] = field(default_factory=set)
    """What the headlines read are known by; those that came last."""

    def leads_back(self, page: ListPage) -> bool:
        """Tell whether the page's older page is one that was read in this crawl, or itself."""
        older = page_key(page.older) if page.older else None
        return older is not None and older in {*self.keys, page_key(page.url)}

    def repeats(self, page: ListPage) -> bool:
        """Tell whether all that the page holds was on the pages read before it in this crawl."""
        return self.pages > 0 and {identity(h) for h in page.headlines} <= self.seen

    def add(self, page: ListPage) -> None:
        """Note that the page was read."""
        self.pages += 1
        self.empty = 0 if page.headlines else self.empty + 1
        self.keys.add(page_key(page.url) or page.url)
        if len(self.seen) >= MOST_SEEN:
            self.seen.clear()
        self.seen |= {identity(h) for h in page.headlines}


def identity(headline: Headline) -> str:
    """Give what a headline is known by within one crawl: its link, or else its title."""
    return (headline.url and page_key(headline.url)) or headline.title


def why_ended(trail: Trail, page: ListPage, outcome: ListOutcome, bounds: Bounds) -> str | None:
    """Say why the list is not followed beyond `page`, before it is added to `trail`; None if it is.

    `outcome` is what storing the page did.
    """
    if not page.older:
        return None if page.parts else "the list has no older page"
    if trail.leads_back(page):
        return "its older page leads back to one already read"
    if page.headlines and trail.repeats(page):
        return "its pages repeat the same headlines under other addresses"
    if page.headlines and not outcome.new:
        return "nothing new beyond this page"
    if not page.headlines and trail.empty + 1 >= EMPTY_PAGES:
        return f"{EMPTY_PAGES} pages in a row without headlines"
    return bound_reached(trail, page, bounds)


def bound_reached(trail: Trail, page: ListPage, bounds: Bounds) -> str | None:
    """Say which bound ends the list's part of this crawl; a later crawl goes on beyond it."""
    if bounds.max_pages is not None and trail.pages + 1 >= bounds.max_pages:
        return f"--max-pages {bounds.max_pages}; the rest waits for another crawl"
    newest = max((day_of(h.published.value) for h in page.headlines if h.published), default=None)
    if bounds.since is not None and newest is not None and newest < bounds.since:
        return f"--since {bounds.since}; the rest waits for another crawl"
    return None


def day_of(value: date | datetime) -> date:
    """Give the day, as printed, of a date or an instant."""
    return value.date() if isinstance(value, datetime) else value
