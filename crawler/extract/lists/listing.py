"""Which of a page's columns are headline lists, and where each of their items leads.

A column is a headline list when its texts look like titles (long, different from one another,
called titles or set as headings) and dates stand at one place of its records. Columns that would
use the same dates compete: of a title, a section, an author and a "read more" beside one date, the
titles win. Where nothing on the page is dated, the column that looks most like titles is taken.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from crawler.extract.lists.columns import (
    OTHER_TEXT,
    OTHER_WORDS,
    TITLE_WORDS,
    Column,
    Record,
    Spot,
    find_columns,
    href_of,
)
from crawler.extract.lists.dating import (
    LEAST_COVERAGE,
    RELATIONS,
    Context,
    Dating,
    Marks,
    ask_column,
    date_column,
    day_in_url,
)
from crawler.extract.lists.outline import HEADINGS, Node, Outline, Zone, lineage
from crawler.extract.lists.titles import fullness, heading_in
from crawler.extract.lists.unlinked import unlinked_columns

# Below this, a column's texts are names, sections or buttons.
LEAST_QUALITY = 0.2

# Items that an undated list must have to be told from a menu.
LEAST_UNDATED = 5
LEAST_UNDATED_QUALITY = 0.4

# Texts of this quality are set as headings or called titles: fewer of them tell a list.
HEADED, LEAST_HEADED = 0.9, 3

ZONES = {Zone.MAIN: 1.0, Zone.SIDE: 0.6, Zone.FURNITURE: 0.15}

# Headings without a link are more often those of sections than of entries.
UNLINKED = 0.7

# A part of a column whose texts look this much more like titles shows that the rest are none.
MIXED = 1.2

# A list without printed dates is a page's main one if it is this many times as much as the rest.
MUCH_MORE = 2.0

# Columns for which dateparser is asked: each failure costs milliseconds.
MOST_ASKED = 3

# Spots that are looked at to judge a column.
SAMPLE = 60


@dataclass(slots=True, eq=False)
class Listing:
    """A column that may be a headline list, with its dates and what speaks for it."""

    column: Column
    dating: Dating
    quality: float

    @property
    def rank(self) -> float:
        """How likely this column, of those that share dates, is the headlines."""
        return (
            self.quality
            * self.dating.coverage
            * RELATIONS[self.dating.relation] ** 2
            * ZONES[self.column.zone]
            * sqrt(len(self.used) * len(self.column.records))
        )

    @property
    def value(self) -> float:
        """How much of the page's matter it is."""
        return self.quality * ZONES[self.column.zone] * len(self.column.records)

    @property
    def used(self) -> set[int]:
        """The marks that date it."""
        return {id(mark) for mark in self.dating.marks if mark}

    @property
    def is_dated_by_links(self) -> bool:
        """Tell whether the paths of most of its links name a day."""
        hrefs = [spot.href for spot in self.column.spots]
        days = [found for href in hrefs if (found := day_in_url(href)) and found[0].day]
        return len(days) >= LEAST_COVERAGE * len(hrefs)


def columns_of(page: Outline) -> list[Column]:
    """Give all columns of a page that may be headline lists."""
    columns = find_columns(page)
    return [*columns, *unlinked_columns(page, columns)]


def choose(
    page: Outline, columns: Sequence[Column], marks: Marks, context: Context
) -> list[Listing]:
    """Choose the headline lists among a page's columns, the main one first; empty for none.

    Lists with printed dates come first; then, where they are much the smaller part of the page, a
    list whose links name its days, or any where they stand at its side; then dates that only
    dateparser reads; then no dates at all.
    """
    candidates = [
        Listing(column, date_column(column, marks, page), quality)
        for column in columns
        if len(column.records) > 1 and (quality := quality_of(column)) >= LEAST_QUALITY
    ]
    dated = [one for one in without_mixtures(candidates) if one.dating.coverage > 0]
    if any(one.column.zone is not Zone.FURNITURE for one in dated):
        dated = [one for one in dated if one.column.zone is not Zone.FURNITURE]
    chosen = without_rivals(sorted(dated, key=lambda one: one.rank, reverse=True))
    others = likely_titles(candidates)
    value = max((one.value for one in chosen), default=0.0)
    greater = [one for one in others if one.value > MUCH_MORE * value]
    at_side = bool(chosen) and all(one.column.zone is not Zone.MAIN for one in chosen)
    missed = [one for one in greater if one.is_dated_by_links] or (greater if at_side else [])
    if missed:
        chosen.append(max(missed, key=lambda one: one.value))
    elif not chosen:
        chosen = asked(others, page, context) or others[:1]
    chosen.sort(key=lambda one: one.value, reverse=True)
    return [one for one in chosen if one is chosen[0] or stands_beside(one, chosen[0])]


def stands_beside(one: Listing, main: Listing) -> bool:
    """Tell whether a listing is a headline list too, beside the page's main one.

    Where that has a date for each entry, one date above many links is not theirs; its texts must
    look like titles about as much; and beside a list in the page's middle, what is called popular
    or related is not the page's own.
    """
    if one.column.zone > main.column.zone:
        return False
    if len(main.used) > 1 == len(one.used):
        return False
    return one.quality >= BESIDE * main.quality


# A second list's texts look at least this much like titles, compared with the main list's.
BESIDE = 0.35


def without_mixtures(candidates: Sequence[Listing]) -> Iterator[Listing]:
    """Drop the columns by tags alone that mix titles with something else."""
    best: dict[int, float] = {}
    for one in candidates:
        tags = one.column.spots[0].node.tags
        best[tags] = max(best.get(tags, 0.0), one.quality)
    for one in candidates:
        if (
            one.quality * MIXED >= best[one.column.spots[0].node.tags]
            or len({spot.node.path for spot in one.column.spots}) == 1
        ):
            yield one


def without_rivals(ranked: Sequence[Listing]) -> list[Listing]:
    """Keep, of listings that use the same dates or links, the first."""
    chosen: list[Listing] = []
    taken: set[int] = set()
    hrefs: set[str] = set()
    for one in ranked:
        used = one.used
        own = {spot.href for spot in one.column.spots if spot.href}
        if len(used & taken) * 3 > len(used) or len(own & hrefs) * 2 > len(own) > 0:
            continue
        chosen.append(one)
        taken |= used
        hrefs |= own
    return chosen


def likely_titles(candidates: Sequence[Listing]) -> list[Listing]:
    """Give the columns without printed dates that look like titles, the likeliest first."""
    likely = [
        one
        for one in candidates
        if one.quality >= LEAST_UNDATED_QUALITY
        and not one.used
        and len(one.column.records) >= (LEAST_HEADED if one.quality >= HEADED else LEAST_UNDATED)
        and one.column.zone is Zone.MAIN
        and one.column.spots[0].href
    ]
    return sorted(likely, key=lambda one: one.value, reverse=True)


def asked(likely: Sequence[Listing], page: Outline, context: Context) -> list[Listing]:
    """Give the first of the likeliest columns whose dates only dateparser can read."""
    for one in likely[:MOST_ASKED]:
        dating = ask_column(one.column, page, context)
        if dating:
            return [replace(one, dating=dating)]
    return []


def quality_of(column: Column) -> float:
    """Say how much a column's texts look like titles, from 0 to about 2."""
    spots = column.spots[:: max(1, len(column.spots) // SAMPLE)]
    texts = [spot.text for spot in spots]
    weights = [title_weight(spot, text) for spot, text in zip(spots, texts, strict=True)]
    different = len(set(texts)) / len(texts)
    linked = 1.0 if column.spots[0].href else UNLINKED
    return sum(weights) / len(weights) * different * linked


def title_weight(spot: Spot, text: str) -> float:
    """Say how much one spot looks like a title."""
    if OTHER_TEXT.fullmatch(text[:120]):
        return 0.0
    weight = fullness(text)
    above = list(lineage(spot.node, 2))
    labels = " ".join(node.label for node in above)
    if OTHER_WORDS.search(labels):
        weight *= 0.3
    elif TITLE_WORDS.search(labels):
        weight *= 1.4
    if any(node.tag in HEADINGS for node in above) or heading_in(spot):
        weight *= 1.4
    return weight


def link_of(record: Record, page: Outline) -> str | None:
    """Give the address that a record's headline leads to; of a title without a link, the record's.

    It is the record's first link that is none of an author, a section or an action, else the first
    of what stands before it, else after.
    """
    if record.spot.href:
        return record.spot.href
    root = record.root
    spans = ((root.start, root.end), (record.before, root.start), (root.end, record.after))
    for start, end in spans:
        href = next(filter(None, map(usable_href, page.nodes_in(start, end))), None)
        if href:
            return href
    return None


def usable_href(node: Node) -> str | None:
    """Give the address of an element that is a link to what an entry is about."""
    if node.tag != "a":
        return None
    labels = " ".join(one.label for one in lineage(node, 1))
    return None if NOT_ENTRY.search(labels) else href_of(node)


# Whom or what a link beside a headline is for, when it is not the headline's.
NOT_ENTRY = re.compile(
    r"author|byline|creator|categor|\btags?\b|comment|share|social|keyword|reply|avatar|vote"
)
