"""The articles and headlines of an export one after the other, with what lists say of them."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from archive import rows
from archive.exporting.selecting import Picked
from archive.records import Article, Headline

ARTICLES = """
SELECT articles.*, sources.name AS source_name, sources.url AS source_url
FROM articles LEFT JOIN sources ON sources.id = articles.source_id
WHERE {picked} ORDER BY articles.id
"""
# As search has it: the first that a list gave with a date, one whose day is known before others.
LISTED = """
SELECT * FROM headlines WHERE article_id = ?
ORDER BY published IS NULL, published_precision = 'year', id LIMIT 1
"""
BARE = """
SELECT headlines.*, sources.name AS source_name, sources.url AS source_url
FROM headlines JOIN sources ON sources.id = headlines.source_id
WHERE article_id IS NULL AND {picked} ORDER BY headlines.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article that is held."""

    id: int
    key: str
    article: Article
    listed: Headline | None
    """What a list says of it."""
    source: str | None
    """Name of the source that led to it, or its address."""
    captured_at: str
    last_seen: str
    memento_url: str | None = None
    """Where a web archive has it, from which it was read."""

    @property
    def published(self) -> str | None:
        """Give the page's date, or else the list's."""
        dated = self.article.published or (self.listed.published if self.listed else None)
        return dated.isoformat() if dated else None

    @property
    def published_precision(self) -> str | None:
        """Say how much of it is known."""
        dated = self.article.published or (self.listed.published if self.listed else None)
        return dated.precision.value if dated else None

    @property
    def published_from(self) -> str | None:
        """Say where it was found; `list` for a list's."""
        if self.article.published:
            return self.article.published.source.value
        return "list" if self.published else None

    @property
    def publisher(self) -> str | None:
        """Give the page's publisher, or else the list's."""
        return self.article.publisher or (self.listed.publisher if self.listed else None)

    @property
    def title(self) -> str | None:
        """Give the page's title, or else the list's."""
        return self.article.title or (self.listed.title if self.listed else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A headline whose article is not held."""

    id: int
    headline: Headline
    source: str
    first_seen: str


def entries(raw: sqlite3.Connection, picked: Picked) -> Iterator[Entry]:
    """Give the articles that are meant, in the order in which they were stored."""
    for row in raw.execute(ARTICLES.format(picked=picked.articles)):
        listed = raw.execute(LISTED, (row["id"],)).fetchone()
        yield Entry(
            id=row["id"],
            key=row["key"],
            article=rows.article(row),
            listed=rows.headline(listed) if listed else None,
            source=row["source_name"] or row["source_url"],
            captured_at=row["captured_at"],
            last_seen=row["last_seen"] or row["captured_at"],
            memento_url=row["memento_url"],
        )


def bare(raw: sqlite3.Connection, picked: Picked) -> Iterator[Line]:
    """Give the headlines that are meant and whose article is not held."""
    for row in raw.execute(BARE.format(picked=picked.headlines)):
        yield Line(
            id=row["id"],
            headline=rows.headline(row),
            source=row["source_name"] or row["source_url"],
            first_seen=row["first_seen"],
        )
