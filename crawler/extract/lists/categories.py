"""Which columns are an entry's category and which its title, where the title is the shorter.

Titles look like titles by their length, and sections may be called longer than what is in them:
"Music and performing arts" above "Fire". The addresses tell then: a category's has a word for
categories in its path, and comes again; a title's is its own.

Does not say that a column is a list; `listing` does.
"""

import re
from collections.abc import Sequence

from crawler.extract.lists.columns import OTHER_TEXT, OTHER_WORDS, Column, Record
from crawler.extract.lists.outline import Zone

# Where links to categories lead; `/topic/` and `/section/` hold a forum's own entries, too.
CATEGORY = re.compile(
    r"/(?:cat|categor(?:y|ies|ia|ias|ie)|kategori(?:e|en|a)|rubri(?:k|ken|que|ques|ca|cas|ek)|tags?)"
    r"/[^/?#]+/?(?:[?#]|$)|[?&](?:cat|category|tag)=",
    re.IGNORECASE,
)
PERSON = re.compile(r"/(?:authors?|autor\w*|users?|people|profiles?|members?|u)/", re.IGNORECASE)

# Of a column's links this share leads to categories, or has a category beside it.
NEARLY_ALL = 0.8

# Columns that hold this share of links to categories mix them with something else.
MIXED = 0.3

FEWEST = 3


def parted_categories(columns: Sequence[Column]) -> tuple[list[Column], set[Column]]:
    """Give the columns without those of categories, and which are titles that stand beside these.

    A column of categories that has no titles beside it is given, too: it may be a list itself.
    """
    categories = [column for column in columns if share_of_categories(column) >= NEARLY_ALL]
    starts = {spot.node.start for column in categories for spot in column.spots}
    if not starts:
        return list(columns), set()
    titles = {column for column in columns if is_own(column) and is_beside(column, starts)}
    if not titles:
        return list(columns), set()
    kept = [column for column in columns if share_of_categories(column) < MIXED]
    return kept, titles


def share_of_categories(column: Column) -> float:
    """Give the share of a column's links that lead to categories."""
    found = sum(bool(spot.href and CATEGORY.search(spot.href)) for spot in column.spots)
    return found / len(column.spots)


def is_own(column: Column) -> bool:
    """Tell whether each of a column's links has a text and an address of its own."""
    hrefs = [spot.href for spot in column.spots]
    texts = {spot.text for spot in column.spots}
    if None in hrefs or len(hrefs) < FEWEST or column.zone is not Zone.MAIN:
        return False
    if not len(hrefs) == len(set(hrefs)) == len(texts):
        return False
    if any(OTHER_TEXT.fullmatch(text[:120]) for text in texts):
        return False
    if any(OTHER_WORDS.search(spot.node.label) for spot in column.spots):
        return False
    return not any(PERSON.search(href) or CATEGORY.search(href) for href in hrefs if href)


def is_beside(column: Column, starts: set[int]) -> bool:
    """Tell whether most of a column's entries hold one of the links that begin at `starts`."""
    found = sum(holds_any(record, starts) for record in column.records)
    return found >= NEARLY_ALL * len(column.records)


def holds_any(record: Record, starts: set[int]) -> bool:
    """Tell whether an entry's element holds one of the links that begin at `starts`."""
    start, end = record.span
    if end - start > LONGEST_ENTRY:
        return False
    return any(number in starts for number in range(start, end))


# An element of more elements and texts than this is no entry.
LONGEST_ENTRY = 300
