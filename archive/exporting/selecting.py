"""Everything that a search finds, without order or limit, as ids in tables of the connection.

Each article that matches counts, not one a story; of the headlines those that led to such an
article, and those that match and have none. Without any condition nothing is written down, and
everything is meant. What words mean is `query`'s business.
"""

import json
import sqlite3
from dataclasses import dataclass

from archive.filters import Bound, Filters
from archive.query import Query

# One by one: a script of several would end the transaction that shows one state of the archive.
TABLES = (
    "DROP TABLE IF EXISTS temp.picked_articles",
    "DROP TABLE IF EXISTS temp.picked_headlines",
    "CREATE TEMP TABLE picked_articles (id INTEGER PRIMARY KEY)",
    "CREATE TEMP TABLE picked_headlines (id INTEGER PRIMARY KEY)",
)
MATCHED = "SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH :{name}_{table}"
# What a list says of an article finds it too: its title there may be another, and a page may not
# name its publisher.
LED_TO = "SELECT article_id FROM headlines WHERE article_id IS NOT NULL AND id IN ({matched})"
# A page without a date of its own has the first that a list gave for it.
LISTED = """
coalesce({table}.published, (
    SELECT listed.published FROM headlines AS listed WHERE listed.article_id = {table}.id
    ORDER BY listed.published IS NULL, listed.published_precision = 'year', listed.id LIMIT 1
))
"""
HAS_OFFSET = "({date} LIKE '%T%' AND ({date} LIKE '%+__:__%' OR substr({date}, 12) LIKE '%-%'))"


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


def pick(raw: sqlite3.Connection, query: Query | None, filters: Filters) -> Picked:
    """Find everything that matches; without query and filters, all that is held."""
    if query is None and filters == Filters():
        return EVERYTHING
    for statement in TABLES:
        raw.execute(statement)
    given = _values(query, filters)
    articles = " AND ".join(["1", *_of_query(query, "articles"), *_within(filters, "articles")])
    # The expressions are bound; what is pasted are constants of this module.
    raw.execute(
        f"INSERT INTO picked_articles SELECT id FROM articles WHERE {articles}",  # noqa: S608
        given,
    )
    bare = ["article_id IS NULL", *_of_query(query, "headlines"), *_within(filters, "headlines")]
    if query is not None and query.words is not None and query.words.headlines is None:
        bare.append("0")
    raw.execute(
        "INSERT INTO picked_headlines SELECT id FROM headlines "  # noqa: S608
        f"WHERE article_id IN (SELECT id FROM picked_articles) OR ({' AND '.join(bare)})",
        given,
    )
    return Picked(everything=False)


def _of_query(query: Query | None, table: str) -> list[str]:
    """Give the conditions that the words make on a row of a table."""
    conditions: list[str] = []
    for name in ("words", "publishers"):
        expressions = getattr(query, name) if query else None
        if expressions is None:
            continue
        matched = MATCHED.format(table=table, name=name)
        if table == "articles" and expressions.headlines is not None:
            led = LED_TO.format(matched=MATCHED.format(table="headlines", name=name))
            matched = f"{matched} UNION {led}"
        if table == "articles" or expressions.headlines is not None:
            conditions.append(f"{table}.id IN ({matched})")
    excluded = query.excluded if query else None
    if excluded and (table == "articles" or excluded.headlines is not None):
        matched = MATCHED.format(table=table, name="excluded")
        conditions.append(f"{table}.id NOT IN ({matched})")
    return conditions


def _within(filters: Filters, table: str) -> list[str]:
    """Give the conditions that the filters make on a row of a table."""
    date = LISTED.format(table=table) if table == "articles" else f"{table}.published"
    conditions: list[str] = []
    if filters.after:
        conditions.append(_compared(date, ">=", "after"))
    if filters.before:
        conditions.append(_compared(_last_day(date, table), "<", "before"))
    if filters.languages:
        languages = "(SELECT value FROM json_each(:languages))"
        held = "lower(substr(language, 1, instr(language || '-', '-') - 1))"
        conditions.append(f"{held} IN {languages}" if table == "articles" else "0")
    if filters.sites:
        conditions.append(
            "EXISTS (SELECT 1 FROM json_each(:sites) AS asked "  # noqa: S608 - our own
            f"WHERE {_host(table)} = value OR {_host(table)} LIKE '%.' || value)"
        )
    if filters.source_ids:
        conditions.append(_of_sources(table))
    return conditions


def _compared(date: str, sign: str, bound: str) -> str:
    """Compare a date with a bound: by the instant where it has an offset, else by its day."""
    by_day = f"substr({date}, 1, 10) {sign} :{bound}_day"
    by_instant = f"datetime({date}) {sign} datetime(:{bound}_instant)"
    return f"CASE WHEN {HAS_OFFSET.format(date=date)} THEN {by_instant} ELSE {by_day} END"


def _last_day(date: str, table: str) -> str:
    """Give a date of which only the year or the month is known as the last that it may be."""
    return (
        f"CASE WHEN {table}.published_precision = 'year' THEN substr({date}, 1, 4) || '-12-31' "
        f"WHEN {table}.published_precision = 'month' THEN substr({date}, 1, 7) || '-31' "
        f"ELSE {date} END"
    )


def _host(table: str) -> str:
    """Give the expression of a row's host: what stands in its key before the path."""
    return f"substr({table}.key, 1, instr({table}.key || '/', '/') - 1)"


def _of_sources(table: str) -> str:
    ids = "(SELECT value FROM json_each(:sources))"
    if table == "headlines":
        return f"headlines.source_id IN {ids}"
    listed = f"(SELECT article_id FROM headlines WHERE source_id IN {ids})"  # noqa: S608
    return f"(articles.source_id IN {ids} OR articles.id IN {listed})"


def _values(query: Query | None, filters: Filters) -> dict[str, str | None]:
    """Give what is bound, by the names that the conditions have for it."""
    given: dict[str, str | None] = {
        "languages": json.dumps(list(filters.languages)),
        "sites": json.dumps([site.removeprefix("www.") for site in filters.sites]),
        "sources": json.dumps(list(filters.source_ids)),
        **_bound("after", filters.after),
        **_bound("before", filters.before),
    }
    for name in ("words", "publishers", "excluded"):
        expressions = getattr(query, name) if query else None
        given[f"{name}_articles"] = expressions.articles if expressions else None
        given[f"{name}_headlines"] = expressions.headlines if expressions else None
    return given


def _bound(name: str, bound: Bound | None) -> dict[str, str | None]:
    return {
        f"{name}_day": bound.day if bound else None,
        f"{name}_instant": bound.instant.isoformat() if bound else None,
    }
