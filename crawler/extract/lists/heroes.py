"""The featured entry above a list, in other markup than the rest: a heading's link with a date.

It is taken in where it is dated as the list is, on the list's site and in the page's main part.
Navigation, sidebars, promotions and what the list has itself are not.

Does not decide what its date means: `listdates` does, with the list's.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from crawler.extract.lists.columns import OTHER_TEXT, Column, Record, Spot, href_of
from crawler.extract.lists.datemarks import Mark, Place
from crawler.extract.lists.dating import Marks, Relation
from crawler.extract.lists.listing import Listing
from crawler.extract.lists.outline import HEADINGS, Node, Outline, Zone, lineage
from crawler.extract.lists.titles import fullness

# A list of fewer entries does not show how its page dates them.
FEWEST_ENTRIES = 3

# Featured entries above a list, at most; more are a list of their own.
MOST_HEROES = 3

# A featured entry's element has at most this many texts: a heading, a date, a summary, a byline.
MOST_TEXTS = 30

# Levels between a heading's link and its entry's element, and between link and heading.
ENTRY_LEVELS, HEADING_LEVELS = 5, 2

# A title is at least so full of words as entries' titles are.
LEAST_FULLNESS = 0.5


def with_heroes(listings: list[Listing], page: Outline, marks: Marks) -> tuple[int, list[Listing]]:
    """Count the featured entries above a page's main list, and give its lists, that with them."""
    if not listings or not may_have_hero(listings[0]):
        return 0, listings
    main = listings[0]
    records, dates = main.column.records, main.dating.marks
    dated = next(mark for mark in dates if mark)
    start = min(records[0].root.start, dated.number)
    taken = {spot.href for one in listings for spot in one.column.spots if spot.href}
    found = list(heroes_before(start, taken, page, marks, like=dated))
    if not 0 < len(found) <= MOST_HEROES:
        return 0, listings
    own = [record for record, _ in found]
    column = Column([*(one.spot for one in own), *main.column.spots], [*own, *records])
    dating = replace(main.dating, marks=[*(mark for _, mark in found), *dates])
    return len(found), [replace(main, column=column, dating=dating), *listings[1:]]


def may_have_hero(listing: Listing) -> bool:
    """Tell whether a list is one of links in the page's main part that have dates of their own."""
    return (
        listing.column.zone is Zone.MAIN
        and listing.dating.relation is not Relation.ABOVE
        and sum(mark is not None for mark in listing.dating.marks) >= FEWEST_ENTRIES
        and listing.column.spots[0].href is not None
    )


def heroes_before(
    start: int, known: Collection[str], page: Outline, marks: Marks, *, like: Mark
) -> Iterator[tuple[Record, Mark]]:
    """Give the dated headings with a link before a list, but those of `known` addresses."""
    links = [node for node in page.nodes_in(0, start) if is_heading_link(node, page)]
    taken = set(known)
    for link in links:
        href = href_of(link)
        texts = page.texts_in(link.start, link.end)
        spot = Spot(link, href, texts)
        if (
            not href
            or href in taken
            or not texts
            or link.zone is not Zone.MAIN
            or not is_full(spot.text)
        ):
            continue
        root = root_of(link, links, start)
        mark = date_in(root, page, marks, like=like)
        if mark:
            taken.add(href)
            yield Record(spot, root, root.start, root.end), mark


def is_heading_link(node: Node, page: Outline) -> bool:
    """Tell whether an element is a link in a heading, or around one."""
    if node.tag != "a" or not href_of(node):
        return False
    near = (*lineage(node, HEADING_LEVELS), *page.nodes_in(node.start, node.end))
    return any(one.tag in HEADINGS for one in near)


def is_full(text: str) -> bool:
    """Tell whether a text may be a title."""
    return fullness(text) >= LEAST_FULLNESS and not OTHER_TEXT.fullmatch(text[:120])


def root_of(link: Node, links: Sequence[Node], start: int) -> Node:
    """Give the largest element around a link, a few levels up, without other such or the list."""
    root = link
    for above in list(lineage(link, ENTRY_LEVELS))[1:]:
        if above.end > start or any(one is not link and above.holds(one.start) for one in links):
            break
        root = above
    return root


def date_in(root: Node, page: Outline, marks: Marks, *, like: Mark) -> Mark | None:
    """Give the date of a featured entry, if it prints one as the list's entries do."""
    if len(page.texts_in(root.start, root.end)) > MOST_TEXTS:
        return None
    for mark in marks.between(root.start, root.end):
        _, _, place, is_changed = mark.kind
        alike = mark.found.strength == like.found.strength and mark.is_count == like.is_count
        if alike and not is_changed and place is not Place.WITHIN and not mark.found.is_vague:
            return mark
    return None
