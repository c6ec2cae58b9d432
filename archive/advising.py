"""What may help where little was found: words and conditions without a hit, near spellings.

Loaded only then; `asking` reads the question, `search` finds.
"""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from archive import guessing, query, search
from archive.asking import writings
from archive.filters import EVERYTHING, Filters
from archive.found import Sort
from archive.guessing import Spelling
from archive.language import Term, shown
from archive.query import Query
from archive.scripts import is_unspaced

# Looking for near spellings costs some 10 ms a word.
MOST_WORDS = 3


class Advice(NamedTuple):
    """What may help where little was found."""

    missing: tuple[str, ...]
    """Words and phrases that nothing has, as the language writes them."""
    near: tuple[tuple[str, tuple[Spelling, ...]], ...]
    """A word ▸ what the archive has that is written nearly so."""
    unmet: tuple[str, ...]
    """Conditions that nothing at all meets, in words: `in xx`."""
    articles: int
    """That are held; and headlines, with and without their article."""
    headlines: int
    without_filters: int | None
    """How many there were without the conditions; None where there are none."""


def advise(raw: sqlite3.Connection, asked: Query) -> Advice:
    """Say which words nothing has, which are written nearly so, which conditions nothing meets."""
    missing = [term for term in dict.fromkeys(asked.terms) if not _is_met(raw, term)]
    return Advice(
        missing=tuple(map(shown, missing)),
        near=tuple(_near(raw, asked, missing)),
        unmet=tuple(_unmet(raw, asked.filters)),
        articles=_rows(raw, "articles"),
        headlines=_rows(raw, "headlines"),
        without_filters=_without(raw, asked),
    )


def _rows(raw: sqlite3.Connection, table: str) -> int:
    return int(raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 - our own


def _is_met(raw: sqlite3.Connection, term: Term) -> bool:
    """Tell whether anything has a word or a phrase where it is to be."""
    found = query.alone(term, writings(raw))
    if found is None:
        return False
    for name, expression in (("articles_fts", found.articles), ("headlines_fts", found.headlines)):
        sql = f"SELECT 1 FROM {name} WHERE {name} MATCH ? LIMIT 1"  # noqa: S608 - our own name
        if expression is not None and raw.execute(sql, (expression,)).fetchone():
            return True
    return False


def _near(
    raw: sqlite3.Connection, asked: Query, missing: list[Term]
) -> Iterator[tuple[str, tuple[Spelling, ...]]]:
    """Give near spellings of the words that nothing has; else of all."""
    words = dict.fromkeys(
        word
        for term in (missing or asked.terms)
        if not term.prefix and not is_unspaced(term.words)
        for word in term.words.split()
    )
    searched = asked.words.articles if asked.words else ""
    for word in list(words)[:MOST_WORDS]:
        near = guessing.near(raw, word)
        if found := tuple(each for each in near if f'"{each.word}"' not in searched):
            yield word, found


def _unmet(raw: sqlite3.Connection, filters: Filters) -> Iterator[str]:
    """Name the languages and sites that nothing held is of."""
    for language in filters.languages:
        if not _finds(raw, Filters(languages=(language,))):
            yield f"in the language {language}"
    for site in filters.sites:
        if not _finds(raw, Filters(sites=(site,))):
            yield f"at {site}"


def _finds(raw: sqlite3.Connection, filters: Filters) -> bool:
    everything = Query(words=None, publishers=None, excluded=None, unspaced=(), filters=filters)
    return _count(raw, everything) > 0


def _without(raw: sqlite3.Connection, asked: Query) -> int | None:
    if asked.filters == EVERYTHING or not asked.terms:
        return None
    return _count(raw, asked._replace(filters=EVERYTHING))


def _count(raw: sqlite3.Connection, asked: Query) -> int:
    window = search.Window(filters=asked.filters, sort=Sort.NEW, limit=1)
    return search.search(raw, asked, window).total
