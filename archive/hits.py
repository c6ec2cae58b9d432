"""What is shown of a page of results: rows as they are held, with snippets. Reads only.

A snippet's matches are found in an index of the page's rows alone, in memory: FTS5 marks them as
it does in the whole index, without walking through that again for each row.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from archive import snippets
from archive.found import HitKind, SearchHit, Span
from archive.indexed import COLUMNS, SEPARATOR, TOKENIZER
from archive.matches import Group, numbers
from archive.questions import Question
from archive.timeorder import ID_MASK

# Words in a snippet: three lines of a terminal.
SNIPPET_WORDS = 32
KINDS = {"articles": HitKind.ARTICLE, "headlines": HitKind.HEADLINE}

HELD = {
    "articles": """
        SELECT id, url, title, publisher, published, published_precision, published_from, damaged,
            listed_publishers, listed_published, listed_published_precision,
            memento_url IS NOT NULL AS memento, 0 AS gone,
            (SELECT count(*) FROM articles AS members
                WHERE members.story_id = articles.story_id) AS story_size
        FROM articles WHERE id IN (SELECT value FROM json_each(?))
    """,
    "headlines": """
        SELECT id, url, title, publisher, published, published_precision, published_from, damaged,
            NULL AS listed_publishers, NULL AS listed_published,
            NULL AS listed_published_precision, 0 AS memento, 1 AS story_size,
            EXISTS (
                SELECT 1 FROM mementos WHERE mementos.state = 'none' AND mementos.key = coalesce(
                    headlines.key, (SELECT key FROM resolutions WHERE headline_id = headlines.id)
                )
            ) AS gone
        FROM headlines WHERE id IN (SELECT value FROM json_each(?))
    """,
}
# What the marks are put into: an article's text, a headline's title.
MARKED = {
    "articles": f"snippet(page, 0, ?, ?, '{snippets.ELLIPSIS}', {SNIPPET_WORDS})",
    "headlines": "highlight(page, 0, ?, ?)",
}


class Shown(NamedTuple):
    """A row of the results."""

    table: str
    """`articles` or `headlines`."""
    order: int
    group: Group
    rank: float = 0.0

    @property
    def id(self) -> int:
        """Id of the article or of the headline."""
        return self.order & ID_MASK

    def at(self, order: int) -> "Shown":
        """Give the same row shown by another member."""
        return self._replace(order=order)


def hits(
    raw: sqlite3.Connection,
    asked: Sequence[Question],
    unspaced: Sequence[str],
    shown: Sequence[Shown],
) -> tuple[SearchHit, ...]:
    """Give the rows with what is needed to judge them; `unspaced` is marked by character."""
    found: dict[tuple[str, int], SearchHit] = {}
    for question in asked:
        ids = [row.id for row in shown if row.table == question.table]
        if ids:
            spans = _snippets(raw, question, unspaced, ids)
            for row in raw.execute(HELD[question.table], (numbers(ids),)):
                found[question.table, row["id"]] = _hit(row, question.table, spans[row["id"]])
    return tuple(found[row.table, row.id]._replace(rank=row.rank) for row in shown)


def _hit(row: sqlite3.Row, table: str, snippet: tuple[Span, ...]) -> SearchHit:
    dated = "listed_" if row["published"] is None and row["listed_published"] else ""
    return SearchHit(
        kind=KINDS[table],
        id=row["id"],
        url=row["url"],
        title=row["title"],
        publisher=row["publisher"] or first_listed(row["listed_publishers"]),
        published=row[f"{dated}published"],
        published_precision=row[f"{dated}published_precision"],
        published_from="list" if dated else row["published_from"],
        snippet=snippet,
        rank=0.0,
        story_size=max(1, row["story_size"]),
        damaged=bool(row["damaged"]),
        memento=bool(row["memento"]),
        gone=bool(row["gone"]),
    )


def first_listed(names: str | None) -> str | None:
    """Give the first of several names that lists gave."""
    return names.partition(SEPARATOR)[0].strip() if names else None


def _snippets(
    raw: sqlite3.Connection, question: Question, unspaced: Sequence[str], ids: Sequence[int]
) -> Mapping[int, tuple[Span, ...]]:
    """Give id ▸ the piece that shows why the row was found."""
    columns = COLUMNS[question.table]
    sql = (
        f"SELECT id, {', '.join(columns)} FROM {question.table} "  # noqa: S608 - our own names
        "WHERE id IN (SELECT value FROM json_each(?))"
    )
    rows = [tuple(row) for row in raw.execute(sql, (numbers(ids),))]
    marked = _marked(question, rows) if question.words else {}
    make = _of_article if question.table == "articles" else _of_headline
    return {row[0]: make(row[1], marked.get(row[0], ""), unspaced) for row in rows}


def _marked(question: Question, rows: Sequence[tuple[object, ...]]) -> Mapping[int, str]:
    """Give id ▸ text with marks around what matches; a row that matches elsewhere has none."""
    columns = ", ".join(COLUMNS[question.table])
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        memory.execute(f'CREATE VIRTUAL TABLE page USING fts5({columns}, tokenize="{TOKENIZER}")')
        memory.execute("BEGIN")
        places = ", ".join("?" * (len(COLUMNS[question.table]) + 1))
        memory.executemany(
            f"INSERT INTO page (rowid, {columns}) VALUES ({places})",  # noqa: S608 - our own names
            rows,
        )
        sql = f"SELECT rowid, {MARKED[question.table]} FROM page WHERE page MATCH ?"  # noqa: S608 - our own names
        values = (snippets.OPEN, snippets.CLOSE, question.words)
        return dict(memory.execute(sql, values).fetchall())
    finally:
        memory.close()


def _of_article(text: str, marked: str, unspaced: Sequence[str]) -> tuple[Span, ...]:
    spans = snippets.from_marked(marked)
    if any(span.match for span in spans) or (spans and not unspaced):
        return spans
    return snippets.around(text, unspaced) or snippets.beginning(text)


def _of_headline(title: str, marked: str, unspaced: Sequence[str]) -> tuple[Span, ...]:
    """Give the title, its matches marked."""
    spans = snippets.from_marked(marked) if marked else (Span(text=title),)
    if any(span.match for span in spans):
        return spans
    return snippets.around(title, unspaced) or spans
