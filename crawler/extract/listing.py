"""Which of a page's columns are headline lists, and what each of their items says.

A column is a headline list when its texts look like titles (long, different from one another,
called titles or set as headings) and dates stand at one place of its records. Columns that would
use the same dates compete: of a title, a section, an author and a "read more" beside one date, the
titles win. Where nothing on the page is dated, the column that looks most like titles is taken.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.records import DateSource
from crawler.extract.columns import OTHER_TEXT, OTHER_WORDS, TITLE_WORDS, Column, Record, Spot
from crawler.extract.datemarks import Mark, Place
from crawler.extract.listdates import RELATIONS, Dating, Marks, date_column
from crawler.extract.outline import BLOCKS, HEADINGS, Node, Text, Zone, join

# A title of this many letters is a full one; beyond, more letters say nothing more.
FULL_TITLE = 50

# Letters of scripts that write a word in one or two of them weigh more.
WIDE_FROM, WIDE = "\u2e80", 2.5

# Below this, a column's texts are names, sections or buttons.
LEAST_QUALITY = 0.2

# Items that an undated list must have to be told from a menu.
LEAST_UNDATED = 5
LEAST_UNDATED_QUALITY = 0.4

ZONES = {Zone.MAIN: 1.0, Zone.SIDE: 0.6, Zone.FURNITURE: 0.15}

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
            * len(self.used)
        )

    @property
    def value(self) -> float:
        """How much of the page's matter it is."""
        return self.quality * ZONES[self.column.zone] * len(self.column.records)

    @property
    def used(self) -> set[int]:
        """The marks that date it."""
        return {id(mark) for mark in self.dating.marks if mark}


def choose(columns: Sequence[Column], marks: Marks) -> list[Listing]:
    """Choose the headline lists of a page, the main one first; empty where there is none."""
    candidates = [
        Listing(column, date_column(column, marks), quality)
        for column in columns
        if len(column.records) > 1 and (quality := quality_of(column)) >= LEAST_QUALITY
    ]
    dated = [one for one in candidates if one.dating.coverage > 0]
    chosen = without_rivals(sorted(dated, key=lambda one: one.rank, reverse=True))
    if not chosen:
        chosen = undated(candidates)
    return sorted(chosen, key=lambda one: one.value, reverse=True)


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


def undated(candidates: Sequence[Listing]) -> list[Listing]:
    """Give the one column that looks most like titles, on a page without dates."""
    likely = [
        one
        for one in candidates
        if one.quality >= LEAST_UNDATED_QUALITY
        and len(one.column.records) >= LEAST_UNDATED
        and one.column.zone is Zone.MAIN
        and one.column.spots[0].href
    ]
    return [max(likely, key=lambda one: one.value)] if likely else []


def quality_of(column: Column) -> float:
    """Say how much a column's texts look like titles, from 0 to about 2."""
    spots = column.spots[:: max(1, len(column.spots) // SAMPLE)]
    texts = [spot.text for spot in spots]
    weights = [title_weight(spot, text) for spot, text in zip(spots, texts, strict=True)]
    different = len(set(texts)) / len(texts)
    return sum(weights) / len(weights) * different


def title_weight(spot: Spot, text: str) -> float:
    """Say how much one spot looks like a title."""
    if OTHER_TEXT.fullmatch(text[:120]):
        return 0.0
    weight = min(1.0, width(text[: 2 * FULL_TITLE]) / FULL_TITLE)
    labels = " ".join(node.label for node in lineage(spot.node, 2))
    if OTHER_WORDS.search(labels):
        weight *= 0.3
    elif TITLE_WORDS.search(labels):
        weight *= 1.4
    if any(node.tag in HEADINGS for node in lineage(spot.node, 2)) or heading_in(spot):
        weight *= 1.4
    return weight


def width(text: str) -> float:
    """Count letters, those of dense scripts more."""
    return sum(WIDE if c >= WIDE_FROM else 1.0 for c in text if c.isalpha())


def lineage(node: Node, levels: int) -> Iterator[Node]:
    """Give an element and its nearest ancestors."""
    one: Node | None = node
    for _ in range(levels + 1):
        if one is None:
            return
        yield one
        one = one.parent


def heading_in(spot: Spot) -> Node | None:
    """Give the heading inside a link."""
    for text in spot.texts:
        for node in lineage(text.node, 3):
            if node is spot.node:
                break
            if node.tag in HEADINGS:
                return node
    return None


def title_of(spot: Spot, marks: Sequence[Mark]) -> str:
    """Give the title in a spot: its heading, else what calls itself so, else its first line.

    `marks` are the dates inside the spot; they are no part of the title.
    """
    texts = without_dates(spot.texts, marks)
    inner = heading_in(spot) or called_title(spot)
    if inner is not None:
        texts = [text for text in texts if inner.holds(text.number)] or texts
    lines = [join(line) for line in lines_of(texts)]
    if inner is not None or len(lines) <= 1:
        return join(texts) if len(lines) <= 1 or inner is not None else lines[0]
    longest = max(lines[:4], key=len)
    return next((line for line in lines if 2 * len(line) >= len(longest[:80])), longest)


def called_title(spot: Spot) -> Node | None:
    """Give the element inside a link that calls itself a title."""
    for text in spot.texts:
        for node in lineage(text.node, 2):
            if node is spot.node:
                break
            if TITLE_WORDS.search(node.label):
                return node
    return None


def without_dates(texts: Sequence[Text], marks: Sequence[Mark]) -> list[Text]:
    """Drop the texts that are dates, and cut a date off a text that it begins or ends."""
    kept = []
    for text in texts:
        mark = next((m for m in marks if m.number <= text.number < m.end), None)
        if mark is None or (mark.text is None and mark.source is not DateSource.LIST):
            kept.append(text)
        elif mark.place in {Place.START, Place.END} and mark.text is text:
            start, end = mark.found.start, mark.found.end
            rest = text.text[end:] if mark.place is Place.START else text.text[:start]
            rest = rest.strip(" -–—|:·•,()[]/")
            if rest:
                kept.append(Text(text.number, text.node, rest, text.gap))
        elif mark.place is Place.WITHIN:
            kept.append(text)
    return kept


def lines_of(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """Part texts into lines, where a block begins or ends."""
    line: list[Text] = []
    for text in texts:
        if line and (text.gap == 2 or crosses_block(line[-1].node, text.node)):
            yield line
            line = []
        line.append(text)
    if line:
        yield line


def crosses_block(a: Node, b: Node) -> bool:
    """Tell whether two neighbouring texts are in different blocks."""
    return a is not b and (a.tag in BLOCKS) and (b.tag in BLOCKS) and a.parent is b.parent


def record_text(record: Record, texts: Sequence[Text]) -> str:
    """Give all that a record says, on one line."""
    return join(texts) or record.spot.text
