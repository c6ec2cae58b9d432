"""What stands beside a list's titles: short texts, logos, and what their column is headed.

Gathers only; which of it names publishers is decided for the list as a whole, in `publishers`.
"""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from crawler.extract.lists.columns import OTHER_WORDS, Record, cell_of, href_of
from crawler.extract.lists.outline import Node, Outline, Text, lineage
from crawler.extract.lists.publishers import Beside

# Texts beside a title that may name its publisher are short.
LONGEST_BESIDE = 80

# What the column of a table is headed whose cells are publishers.
HEADED = re.compile(
    r"\W*(?:(?:news |media |press )?(?:source|outlet|organi[sz]ation)s?|publications?|publishers?|"
    r"published (?:in|by)|newspapers?|media|medium|medien|quelle|zeitung|erschienen in|"
    r"médias?|journal|support|parution|fuente|medio|periódico|veículo|fonte|testata|"
    r"kilde|källa|medie|bron|źródło|zdroj|источник|издание|сми|джерело|видання|"
    r"来源|來源|媒体|媒體|媒体名|掲載(?:紙|誌|媒体|先)|出典|매체(?:명)?|언론사|출처|المصدر|מקור)\W*",
    re.IGNORECASE,
)

# An address with a path is no home page's.
DEEPER = re.compile(r"https?://[a-z0-9.-]+/+[^/?#\s]")

# What a logo's alternative text says besides the name.
LOGO_WORDS = re.compile(r"^(?:logo (?:of |von |de )?(?:the )?)|\W+logo(?:type)?\W*$", re.IGNORECASE)


def beside_of(page: Outline, record: Record, title: str) -> Iterator[Beside]:
    """Give the short texts and logos of a record that are not its title."""
    spot = record.spot.node
    start, end = record.span if record.root is not spot else (record.before, record.after)
    for text in page.texts_in(start, end):
        inside = spot.holds(text.number)
        if 1 < len(text.text) <= LONGEST_BESIDE and not (inside and text.text in title):
            yield from of_text(text, spot)
    for node in page.nodes_in(start, end):
        alt = (node.element.get("alt") or "") if node.tag == "img" else ""
        if 1 < len(alt) <= LONGEST_BESIDE and alt != title:
            yield Beside(
                kind=node.tags,
                path=-node.path,
                label="",
                text=LOGO_WORDS.sub("", " ".join(alt.split())),
                is_before=node.start < spot.start,
                is_doubtful=True,
            )


def of_text(text: Text, spot: Node) -> Iterator[Beside]:
    """Give what a text says, unless it is a machine-readable date's."""
    node = text.node
    if node.tag == "time":
        return
    parent = node.parent
    yield Beside(
        kind=node.tags,
        path=node.path,
        label=f"{node.label} {parent.label if parent else ''}",
        text=text.text,
        is_before=text.number < spot.start,
        home=home_of(node),
        is_headed=is_headed(node),
        is_doubtful=spot.holds(text.number) or is_otherwise(node),
    )


def is_otherwise(node: Node) -> bool:
    """Tell whether an element says that it names people, sections or actions."""
    return any(one.label and OTHER_WORDS.search(one.label) for one in lineage(node, 1))


def is_headed(node: Node) -> bool:
    """Tell whether a text stands in a table's column that is headed as one of publishers."""
    cell = next((one for one in lineage(node, 2) if one.tag == "td"), None)
    if cell is None:
        return False
    table = next((one for one in lineage(cell, 4) if one.tag == "table"), None)
    row = next(table.element.iter("tr"), None) if table else None
    if row is None:
        return False
    index = cell_of(cell)
    heads = list(row.iterchildren("td", "th"))
    if index is None or index >= len(heads):
        return False
    # A layout's cell may hold the whole page: its first texts are enough.
    return bool(HEADED.fullmatch("".join(islice(heads[index].itertext(), 4))[:60]))


def home_of(node: Node) -> str | None:
    """Give the host to whose home page an element is, or is in, a link."""
    link = node.link
    if link is None or (link is not node and link is not node.parent):
        return None
    href = href_of(link) or ""
    if "//" not in href or DEEPER.match(href):
        return None
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    return parts.hostname if not parts.path.strip("/") and not parts.query else None
