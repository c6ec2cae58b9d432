"""Everything that a search finds, without order or limit, as ids in tables of the connection.

Each article that matches counts, not one a story; of the headlines those that led to such an
article, and those that match and have none. Without any condition nothing is written down, and
everything is meant. What matches is `matches`' business, the same as a search's.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from archive import timeorder
from archive.matches import Matches
from archive.query import Query
from archive.questions import questions

# One by one: a script of several would end the transaction that shows one state of the archive.
TABLES = (
    "DROP TABLE IF EXISTS temp.picked_articles",
    "DROP TABLE IF EXISTS temp.picked_headlines",
    "CREATE TEMP TABLE picked_articles (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE picked_headlines (id INTEGER PRIMARY KEY)",
)
PICK = {
    "articles": "INSERT INTO temp.picked_articles VALUES (?)",
    "headlines": "INSERT INTO temp.picked_headlines VALUES (?)",
}
LED_TO = (
    "INSERT OR IGNORE INTO temp.picked_headlines SELECT id FROM headlines "
    "WHERE article_id IN (SELECT id FROM temp.picked_articles)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """What is meant: everything, or what stands in the tables of a search."""

    everything: bool

    @property
    def articles(self) -> str:
        """Give the condition that an article's row fulfils."""
        return "1" if self.everything else "articles.id IN (SELECT id FROM temp.picked_articles)"

    @property
    def headlines(self) -> str:
        """Give the condition that a headline's row fulfils."""
        return "1" if self.everything else "headlines.id IN (SELECT id FROM temp.picked_headlines)"

    @property
    def sources(self) -> str:
        """Give the condition that a source's row fulfils: something that is meant names it."""
        if self.everything:
            return "1"
        return (
            "sources.id IN (SELECT source_id FROM articles WHERE id IN "
            "(SELECT id FROM temp.picked_articles) UNION SELECT source_id FROM headlines "
            "WHERE id IN (SELECT id FROM temp.picked_headlines))"
        )


EVERYTHING = Picked(everything=True)


def pick(raw: sqlite3.Connection, query: Query | None) -> Picked:
    """Find everything that matches; without a query, all that is held."""
    if query is None:
        return EVERYTHING
    for statement in TABLES:
        raw.execute(statement)
    days = timeorder.span(query.filters)
    for question in questions(query, query.filters):
        stream = Matches(raw, question, days, newest=True, all_copies=True)
        raw.executemany(PICK[question.table], _ids(stream))
    raw.execute(LED_TO)
    return Picked(everything=False)


def _ids(stream: Matches) -> Iterator[tuple[int]]:
    return ((order & timeorder.ID_MASK,) for order, *_ in stream.once())
