"""What repeats on a page: columns of headline spots, and the record that each spot heads.

A spot is a link with a text, or a heading that is no link. Spots with the same path of tags and
classes form a column. A spot's record is the largest element that holds no other spot of its
column; where the page is flat (`<br>`, `<dt>` and `<dd>`, pairs of table rows) what lies between
two records belongs to one of them, and the list's dates say to which.

Locates only: whether a column is a headline list is decided in `headlines`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from crawler.extract.lists.outline import HEADINGS, Node, Outline, Text, Zone, join, lineage

# What a link's or element's class, id, itemprop or rel says of it.
TITLE_WORDS = re.compile(r"title|headline|heading|bookmark|permalink|\bname\b|subject|titre|titulo")
OTHER_WORDS = re.compile(
    r"author|byline|creator|categor|\btags?\b|tagcloud|comment|share|social|keyword|section|topic|"
    r"read-?more|more-?link|continue|reply|nofollow|avatar|thumb|edit-link|channel|barlink|vote"
)

# What is written where a link goes to more of the same, to people or to actions.
OTHER_TEXT = re.compile(
    r"\W*(?:(?:read|view|see|show|learn)?\s?(?:the\s)?(?:full\s)?(?:more|article|story|post)"
    r"|read more.{0,80}|continue(?: reading)?.{0,80}|\d+"
    r"|(?:no|\d+) (?:comments?|replies|shares?|views?)"
    r"|comments?(?:\s?\(?\d+\)?)?|leave a (?:comment|reply)|discuss|reply|share|tweet|permalink|pdf"
    r"|(?:full|html|word|doc|abs|ps|other|format|download|print|e-?mail|link|source|via|save|hide)"
    r"|weiter(?:lesen)?|mehr(?: lesen| erfahren)?|lire (?:la suite|plus)|en savoir plus|suite"
    r"|leer más|ver más|más|leia mais|saiba mais|ler mais|leggi(?: tutto| di più)?|continua"
    r"|lees (?:meer|verder)|läs mer|les mer|læs mere|lue lisää|czytaj (?:więcej|dalej)|więcej"
    r"|číst (?:více|dále)|více|tovább|részletek|citește.{0,20}|подробнее|читать.{0,20}|далее"
    r"|devamı.{0,15}|детальніше|続きを読む|もっと見る|詳細|更多|阅读全文|查看.{0,4}|详细|더보기|자세히"
    r"|selengkapnya|xem thêm|اقرأ المزيد|المزيد)\W*",
    re.IGNORECASE,
)


@dataclass(slots=True, eq=False)
class Spot:
    """Where a headline may stand."""

    node: Node
    href: str | None
    texts: list[Text]

    @property
    def text(self) -> str:
        """All its text, on one line."""
        return join(self.texts)


@dataclass(slots=True, eq=False)
class Record:
    """What belongs to one spot: its element, and how far what is around it may belong to it."""

    spot: Spot
    root: Node
    before: int
    """The first number after the previous record, or of their common container."""
    after: int
    """The number of the next record, or the end of their common container."""

    @property
    def span(self) -> tuple[int, int]:
        """The numbers of the record's own element."""
        return self.root.start, self.root.end


@dataclass(slots=True, eq=False)
class Column:
    """Spots that repeat, with their records, in document order."""

    spots: list[Spot]
    records: list[Record] = field(default_factory=list)

    @property
    def zone(self) -> Zone:
        """The zone that most of its spots are in."""
        zones = sorted(spot.node.zone for spot in self.spots)
        return zones[len(zones) // 2]


def find_columns(page: Outline) -> list[Column]:
    """Group the page's spots by path, and by tags alone where classes split a list in parts."""
    spots = list(islice(find_spots(page), MOST_SPOTS))
    paths: dict[tuple[int, str], list[Spot]] = defaultdict(list)
    tags: dict[tuple[int, bool], list[Spot]] = defaultdict(list)
    for spot in spots:
        paths[spot.node.path, bullet_before(page, spot)].append(spot)
        tags[spot.node.tags, spot.href is None].append(spot)
    groups = list(paths.values())
    for group in paths.values():
        groups += by_ordinal(group) + by_cell(group)
    groups += [group for group in tags.values() if len({s.node.path for s in group}) > 1]
    groups = sorted((merged(group) for group in groups), key=len, reverse=True)[:MOST_COLUMNS]
    return [with_records(page, group) for group in groups if len(group) > 1]


def by_ordinal(spots: Sequence[Spot]) -> list[list[Spot]]:
    """Part spots that stand side by side in every entry: the first, the second, the last of each.

    `[Section] Title`, without a class to tell the two links apart.
    """
    families: dict[int, list[Spot]] = defaultdict(list)
    for spot in spots:
        families[spot.node.parent.start if spot.node.parent else 0].append(spot)
    several = sum(len(family) > 1 for family in families.values())
    if 2 * several < len(families) or len(families) < FEWEST_FAMILIES:
        return []
    ordinals = (0, 1, -1)
    return [
        [family[n] for family in families.values() if -len(family) <= n < len(family)]
        for n in ordinals
    ]


def by_cell(spots: Sequence[Spot]) -> list[list[Spot]]:
    """Part spots in different cells of a table's rows: the titles, the authors, the counts."""
    cells: dict[int | None, list[Spot]] = defaultdict(list)
    for spot in spots:
        cells[cell_of(spot.node)].append(spot)
    return list(cells.values()) if len(cells) > 1 else []


def cell_of(node: Node) -> int | None:
    """Give which cell of its row an element is in, None outside tables."""
    cell = next((one for one in lineage(node, CELL_LEVELS) if one.tag == "td"), None)
    if cell is None:
        return None
    before = cell.element.itersiblings("td", "th", preceding=True)
    return sum(1 for _ in islice(before, MOST_CELLS))


# Elements between a cell and a link in it; cells of a row that are told apart.
CELL_LEVELS, MOST_CELLS = 3, 40

# A page of more links than this is a dump; columns beyond these are of two or three links.
MOST_SPOTS = 8_000
MOST_COLUMNS = 400

# Entries that show a habit of having several links side by side.
FEWEST_FAMILIES = 3


def find_spots(page: Outline) -> Iterator[Spot]:
    """Give the links that have a text and lead somewhere, and the headings that hold no link."""
    linked_until = 0
    links = (node for node in page.nodes if node.tag == "a")
    hrefs = {node.start: href for node in links if (href := href_of(node))}
    starts = iter([*hrefs, 1 << 60])
    following = next(starts)
    for node in page.nodes:
        while following < node.start:
            following = next(starts)
        if node.tag == "a":
            href = hrefs.get(node.start)
            texts = page.texts_in(node.start, node.end) if href else []
            if href and texts:
                linked_until = node.end
                yield Spot(node, href, texts)
        elif is_title(node) and node.start >= linked_until and following >= node.end:
            texts = page.texts_in(node.start, node.end)
            if texts:
                yield Spot(node, None, texts)


def bullet_before(page: Outline, spot: Spot) -> str:
    """Give the sign that stands before a spot in the same element: `■` or `・`, "" for none.

    Lists without markup tell sections and entries apart by it.
    """
    texts = page.texts_in(spot.node.start - 1, spot.node.start)
    if not texts or texts[0].node is not spot.node.parent:
        return ""
    last = texts[0].text[-1]
    return "" if last.isalnum() or last in ".,:;!?()[]\"'" else last


def href_of(node: Node) -> str | None:
    """Give a link's address as printed; None where it leads nowhere else."""
    href = (node.element.get("href") or "").strip()
    if not href or href.startswith("#"):
        return None
    return None if href[:11].lower().startswith(("javascript:", "mailto:", "tel:")) else href


def is_title(node: Node) -> bool:
    """Tell whether an element that is no link calls itself a title."""
    if node.tag in HEADINGS:
        return True
    return node.tag in TITLE_TAGS and bool(TITLE_WORDS.search(node.label))


TITLE_TAGS = frozenset(["div", "span", "p", "dt", "td", "strong", "b"])


def merged(spots: Sequence[Spot]) -> list[Spot]:
    """Join neighbours that lead to the same page: one headline in two links."""
    kept: list[Spot] = []
    for spot in spots:
        if kept and spot.href and kept[-1].href == spot.href:
            continue
        kept.append(spot)
    return kept


def with_records(page: Outline, spots: list[Spot]) -> Column:
    """Find each spot's record from where its neighbours branch off."""
    column = Column(spots)
    forks = [fork(a.node, b.node) for a, b in pairwise(spots)]
    for index, spot in enumerate(spots):
        before = forks[index - 1] if index else None
        after = forks[index] if index < len(forks) else None
        container = deeper(before, after)
        root = child_of(container, spot.node)
        column.records.append(Record(spot, root, root.start, root.end))
    bound_records(page, column.records)
    return column


def bound_records(page: Outline, records: list[Record]) -> None:
    """Let each record reach to its neighbours, but not out of the container."""
    last = page.nodes[0].end
    for index, record in enumerate(records):
        container = record.root.parent
        low, high = (container.start, container.end) if container else (0, last)
        if index:
            low = max(low, records[index - 1].root.end)
        if index + 1 < len(records):
            high = min(high, records[index + 1].root.start)
        record.before, record.after = min(low, record.root.start), max(high, record.root.end)


def fork(a: Node, b: Node) -> Node:
    """Give the smallest element that holds both."""
    one: Node | None = a
    while one is not None and not one.holds(b.start):
        one = one.parent
    return one or a


def deeper(a: Node | None, b: Node | None) -> Node | None:
    """Give the deeper of two elements of one line."""
    if a is None or b is None:
        return a or b
    return a if a.depth >= b.depth else b


def child_of(container: Node | None, node: Node) -> Node:
    """Give the child of `container` that holds `node`; the node itself without a container."""
    if container is None or container is node:
        return node
    while node.parent is not None and node.parent is not container:
        node = node.parent
    return node
