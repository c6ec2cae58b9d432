"""Which door a list is read through: what looking at each of them showed, and the choice.

Decides only; `crawler.looking` fetches. A door is chosen where it leads to the same list and
reaches further back, with dates and titles; in doubt it is the page itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.records import Door, DoorKind, Headline, ListPage
from crawler.paging import day_of, identity

# What `--as` says ▸ the doors that it means.
KINDS: dict[str, frozenset[DoorKind]] = {
    "feed": frozenset({DoorKind.FEED, DoorKind.JSON_FEED}),
    "list": frozenset({DoorKind.LIST, DoorKind.ITEM_LIST}),
    "sitemap": frozenset({DoorKind.SITEMAP}),
    "wordpress": frozenset({DoorKind.WORDPRESS}),
}

# This part of a door's headlines must have dates of its own, and titles that were printed.
LEAST_SOUND = 0.5

# Of what two doors could both hold, this part must be in both: the rest are sidebars, and posts
# that came between two requests. A site's feed holds far less of one category's list.
LEAST_SHARED = 0.5

# Fewer headlines show nothing about whether two lists are one.
FEWEST_COMPARED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What looking at a door showed."""

    door: Door
    page: ListPage | None = None
    """Its newest headlines; None where it could not be read."""
    deep: ListPage | None = None
    """Its oldest headlines, where the door says where they are."""
    reason: str | None = None
    """Why it could not be read."""

    @property
    def headlines(self) -> tuple[Headline, ...]:
        """The headlines that were seen."""
        pages = (page for page in (self.page, self.deep) if page)
        return tuple(headline for page in pages for headline in page.headlines)

    @property
    def count(self) -> int:
        """How many headlines it gives: what it says itself, or what was seen."""
        told = self.page.total if self.page else None
        return max(told or 0, len(self.headlines))

    @property
    def dated(self) -> int:
        """How many of the seen headlines have a date."""
        return sum(headline.published is not None for headline in self.headlines)

    @property
    def days(self) -> tuple[date, ...]:
        """The days of the seen headlines, the oldest first."""
        return tuple(sorted(day_of(h.published.value) for h in self.headlines if h.published))

    @property
    def goes_on(self) -> bool:
        """Whether there are older pages than those that were seen."""
        return self.deep is None and bool(self.page and (self.page.older or self.page.parts))

    @property
    def sound(self) -> bool:
        """Whether most of its headlines have a date, and titles that were printed."""
        least = LEAST_SOUND * len(self.headlines)
        printed = sum(not headline.damaged for headline in self.headlines)
        return bool(self.headlines) and self.dated >= least and printed >= least


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The door that is chosen, and why; None where no door leads to a list."""

    view: View | None
    reason: str


def door_of(url: str, wanted: str | None) -> Door:
    """Give the door that an address is, unseen, by what `--as` says of it."""
    kind = DoorKind(wanted) if wanted else DoorKind.LIST
    return Door(kind=kind, url=url)


def choose(views: Sequence[View], *, wanted: str | None = None) -> Choice:
    """Choose among the doors of a list, of which the first is the page itself.

    `wanted` is what `--as` says.
    """
    if wanted is not None:
        return first_of(views, wanted)
    page, others = views[0], [view for view in views[1:] if view.sound]
    if not (page.headlines or page.goes_on):
        return instead_of(page, others)
    same = [view for view in others if is_same_list(page, view)]
    further = [view for view in same if reaches_further(view, page)]
    if not further:
        return Choice(view=page, reason="no other door to the same list reaches further back")
    best = max(further, key=reach)
    return Choice(view=best, reason=f"it is the same list and {how_far(best, page)}")


def first_of(views: Sequence[View], wanted: str) -> Choice:
    """Choose the door that reaches furthest of the kind that was asked for."""
    of_kind = [view for view in views if view.door.kind in KINDS[wanted]]
    full = [view for view in of_kind if view.headlines or (view.page and view.page.parts)]
    if not full:
        found = f"no {wanted} found" if not of_kind else f"the {wanted} holds no headlines"
        return Choice(view=None, reason=found)
    return Choice(view=max(full, key=reach), reason="as told")


def instead_of(page: View, others: Sequence[View]) -> Choice:
    """Choose a door to a list of which the page itself shows nothing."""
    why = page.reason or "the page itself holds no headlines"
    if page.page and page.page.needs_javascript:
        why = "the page's list is drawn by a script"
    if not others:
        return Choice(view=None, reason=f"{why}, and no other door was found")
    return Choice(view=max(others, key=reach), reason=why)


def reach(view: View) -> tuple[bool, int, int]:
    """Order doors by how far back they go; of two equals the fuller is further."""
    oldest = -view.days[0].toordinal() if view.days else -date.max.toordinal()
    return view.goes_on, oldest, view.count


def reaches_further(view: View, page: View) -> bool:
    """Tell whether a door goes further back than the page: it goes on, or is older where it ends.

    A page that goes on itself is taken to go on to the list's beginning.
    """
    if page.goes_on:
        return False
    if not page.days or not page.sound:
        return True
    return view.goes_on or view.days[0] < page.days[0]


def how_far(view: View, page: View) -> str:
    """Say how much further a door goes."""
    if not page.sound:
        return "its headlines have dates"
    if view.goes_on:
        return "it goes on where the page ends"
    return f"it goes back to {view.days[0]}, the page to {page.days[0]}"


def is_same_list(page: View, view: View) -> bool:
    """Tell whether a door leads to the same list as the page, by the headlines in both.

    Compared are their newest pages, since the day on which the younger of the two begins. Where
    the page has no dates, all that can be asked is whether the door has what the page has.
    """
    begins = [days[0] for days in (days_of(page.page), days_of(view.page)) if days]
    since = max(begins) if len(begins) > 1 else None
    mine, theirs = keys_since(page.page, since), keys_since(view.page, since)
    shared = len(mine & theirs)
    if len(mine) < FEWEST_COMPARED or shared < LEAST_SHARED * len(mine):
        return False
    return since is None or shared >= LEAST_SHARED * len(theirs)


def days_of(page: ListPage | None) -> list[date]:
    """Give the days of a page's headlines, the oldest first."""
    return sorted(day_of(h.published.value) for h in page.headlines if h.published) if page else []


def keys_since(page: ListPage | None, since: date | None) -> set[str]:
    """Give what a page's headlines since a day are known by; without a day, all of them."""
    return {
        identity(h)
        for h in (page.headlines if page else ())
        if since is None or (h.published and day_of(h.published.value) >= since)
    }
