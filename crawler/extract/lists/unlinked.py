"""Titles that are plain text beside a link that only says "PDF", "Download" or "Read more".

Such links repeat as titles' links do, so their records are found the same way; what stands at one
place of most records and looks like titles is taken. A record with any other link, or with a
heading, has its title there and is left alone.
"""

from collections.abc import Iterator, Sequence

from crawler.extract.lists.columns import (
    OTHER_TEXT,
    Column,
    Record,
    Spot,
    href_of,
    is_title,
    with_records,
)
from crawler.extract.lists.outline import Outline, join
from crawler.extract.lists.titles import pattern_of

# Of a column's records, this share must hold no link but the one that says nothing.
LEAST_BARE = 0.7

# A record of more elements and texts than this is no line of a list.
LONGEST_RECORD = 120


def unlinked_columns(page: Outline, columns: Sequence[Column]) -> Iterator[Column]:
    """Give the columns of titles that stand beside the links of `columns` which say nothing."""
    for column in columns:
        if column.is_linked and all(is_action(spot) for spot in column.spots):
            bare = [spot for record in column.records if (spot := bare_text(page, record))]
            if len(bare) > 1 and len(bare) >= LEAST_BARE * len(column.records):
                yield from titles_among(page, bare)


def is_action(spot: Spot) -> bool:
    """Tell whether a link's text says what to do, not what it leads to."""
    return bool(OTHER_TEXT.fullmatch(spot.text[:120]))


def bare_text(page: Outline, record: Record) -> Spot | None:
    """Give a record's texts outside links; None where a link or a heading may be its title."""
    start, end = record.span
    if end - start > LONGEST_RECORD:
        return None
    links = []
    for node in page.nodes_in(start, end):
        if node.tag == "a" and href_of(node):
            text = join(page.texts_in(node.start, node.end))
            if text and not OTHER_TEXT.fullmatch(text[:120]):
                return None
            links.append(node)
        elif is_title(node):
            return None
    texts = [
        text
        for text in page.texts_in(start, end)
        if not any(link.holds(text.number) for link in links)
    ]
    return Spot(record.root, None, texts) if texts else None


def titles_among(page: Outline, bare: Sequence[Spot]) -> Iterator[Column]:
    """Give the column of the texts that look like titles, if there is one."""
    pattern = pattern_of(bare)
    spots = []
    for spot in bare:
        texts = pattern.title_in(spot)
        if texts:
            spots.append(Spot(texts[0].node, None, texts))
    if len(spots) > 1:
        yield with_records(page, spots)
