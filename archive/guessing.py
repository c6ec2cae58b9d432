"""Which words of the archive a word may be a slip of: near spellings. Reads only.

What lies one slip away is looked up (`vocabulary.held`). FTS5's own list of words (`fts5vocab`)
counts every occurrence on its way, so it is walked only where few words can be: behind a beginning
of five letters. `slips` says what to look for.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from archive import slips, spelling
from archive.vocabulary import held

# Beyond this the number says nothing more to whom it is offered.
MOST_COUNTED = 1_000
# Words behind a beginning that are compared; each costs some microseconds.
MOST_COMPARED = 500
# Near spellings of one word that are offered.
MOST_OFFERED = 3
# A word that is held is taken for a slip only where another is so many times commoner.
COMMONER = 10
COUNT = """
    SELECT max(
        (SELECT count(*) FROM
            (SELECT 1 FROM articles_fts WHERE articles_fts MATCH :word LIMIT :most)),
        (SELECT count(*) FROM
            (SELECT 1 FROM headlines_fts WHERE headlines_fts MATCH :word LIMIT :most))
    )
"""
LISTS = ("articles_fts", "headlines_fts")


class Spelling(NamedTuple):
    """A word that the archive has, and in how many documents, up to MOST_COUNTED."""

    word: str
    documents: int


def documents(raw: sqlite3.Connection, word: str) -> int:
    """Count the articles, or the headlines, that have a word; up to MOST_COUNTED."""
    quoted = '"{}"'.format(word.replace('"', ""))
    return int(raw.execute(COUNT, {"word": quoted, "most": MOST_COUNTED}).fetchone()[0])


def rarest(raw: sqlite3.Connection, words: Iterable[str], most: int = 3) -> list[str]:
    """Give the rarest of some words, those left out that nothing or only one document has."""
    counts = {word: documents(raw, word) for word in words}
    known = [word for word, count in counts.items() if count > 1]
    return sorted(known, key=counts.__getitem__)[:most]


def near(raw: sqlite3.Connection, word: str) -> tuple[Spelling, ...]:
    """Give the words that are held and that a word may be a slip of, the likeliest first."""
    folded = spelling.fold(word)
    own = documents(raw, folded)
    prices = {each: _price(folded, each) for each in _candidates(raw, folded)}
    known = {folded, *spelling.variants(folded)}
    found = [
        (price, Spelling(word=each, documents=documents(raw, each)))
        for each, price in prices.items()
        if price is not None and each not in known
    ]
    likely = [
        (price, each)
        for price, each in found
        if price <= slips.SLIGHT or each.documents >= own * COMMONER
    ]
    likely.sort(key=lambda pair: (pair[0], -pair[1].documents, pair[1].word))
    return tuple(each for _, each in likely[:MOST_OFFERED])


def _price(folded: str, other: str) -> int | None:
    most = 2 if slips.may_have_two_slips(folded) else 1
    return slips.cost(folded, other, slips_at_most=most)


def _candidates(raw: sqlite3.Connection, folded: str) -> Sequence[str]:
    one_slip = held(raw, slips.slips(folded))
    if not slips.may_have_two_slips(folded):
        return one_slip
    return (*one_slip, *_beginning_with(raw, folded[: slips.BEGINNING]))


def _beginning_with(raw: sqlite3.Connection, beginning: str) -> list[str]:
    """Give words of the archive that begin so, up to MOST_COMPARED of each index."""
    found: list[str] = []
    for name in LISTS:
        # A temporary table: it is this connection's alone, and the file may be read-only.
        raw.execute(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.{name}_words "
            f"USING fts5vocab(main, {name}, row)"
        )
        rows = raw.execute(
            f"SELECT term FROM temp.{name}_words "  # noqa: S608 - our own name
            "WHERE term >= ? AND term < ? LIMIT ?",
            (beginning, f"{beginning}\U0010ffff", MOST_COMPARED),
        )
        found += (row[0] for row in rows)
    return found
