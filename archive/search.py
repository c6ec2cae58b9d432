"""Finding: articles, and headlines whose article is not held. Reads only.

One row per story: the member that leads it, or the best match where the leading one does not
match. A date is the page's own, or else the one that a list gave (`published_from` says which).
Ranks are FTS5's bm25 with the title above the text. What an expression may contain is `query`'s
business.
"""

import sqlite3
from dataclasses import dataclass

from archive import snippets
from archive.query import Query
from archive.records import HitKind, SearchHit, SearchResults, Sort, Span

# bm25's weights, in the order of the columns: a word of the title is worth ten of the text.
ARTICLE_WEIGHTS = "10, 1, 4, 4, 10, 1"
HEADLINE_WEIGHTS = "10, 4, 10"
# A headline alone answers less than an article does: of two equal matches the article is first.
HEADLINE_SHARE = 0.5
# Words in a snippet: three lines of a terminal.
SNIPPET_WORDS = 32
TEXT_COLUMN = 1

# Where the rank does not tell, the newest first.
NEWEST = "published IS NULL, datetime(published) DESC"
ORDERS = {
    Sort.RANK: f"rank, {NEWEST}, kind, id",
    Sort.NEW: f"{NEWEST}, rank, kind, id",
    Sort.OLD: "published IS NULL, datetime(published), rank, kind, id",
}

# The expressions of a query are bound, never pasted; what is pasted are constants of this module.
MATCHED_ARTICLES = f"""
    SELECT rowid AS id, bm25(articles_fts, {ARTICLE_WEIGHTS}) AS rank
    FROM articles_fts WHERE articles_fts MATCH :words_articles
"""  # noqa: S608
MATCHED_HEADLINES = f"""
    SELECT rowid AS id, bm25(headlines_fts, {HEADLINE_WEIGHTS}) * {HEADLINE_SHARE} AS rank
    FROM headlines_fts WHERE headlines_fts MATCH :words_headlines
"""  # noqa: S608
ALL_ARTICLES = "SELECT id, 0.0 AS rank FROM articles"
ALL_HEADLINES = "SELECT id, 0.0 AS rank FROM headlines"
NO_HEADLINES = "SELECT id, 0.0 AS rank FROM headlines WHERE 0"

OF_PUBLISHER = """
    AND id IN (
        SELECT rowid FROM articles_fts WHERE articles_fts MATCH :publishers_articles
        UNION
        SELECT article_id FROM headlines_fts JOIN headlines ON headlines.id = headlines_fts.rowid
        WHERE headlines_fts MATCH :publishers_headlines AND article_id IS NOT NULL
    )
"""
NOT_EXCLUDED = """
    AND id NOT IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :excluded_articles)
"""
HEADLINE_OF_PUBLISHER = """
    AND headlines.id IN (
        SELECT rowid FROM headlines_fts WHERE headlines_fts MATCH :publishers_headlines
    )
"""
HEADLINE_NOT_EXCLUDED = """
    AND headlines.id NOT IN (
        SELECT rowid FROM headlines_fts WHERE headlines_fts MATCH :excluded_headlines
    )
"""

# A date of which only the year or the month is known is within where all of it is.
# What a list says of an article finds it too: its title there may be another, and a page may not
# name its publisher. A page without a date of its own takes the first that a list gave for it.
FOUND = """
WITH matched_headlines AS MATERIALIZED ({headlines}),
matched_articles AS MATERIALIZED (
    SELECT id, min(rank) AS rank
    FROM (
        SELECT id, rank FROM ({articles})
        UNION ALL
        SELECT article_id, rank
        FROM matched_headlines JOIN headlines ON headlines.id = matched_headlines.id
        WHERE article_id IS NOT NULL
    )
    WHERE 1 {article_filters}
    GROUP BY id
),
listed AS (
    SELECT article_id, published, published_precision, publisher,
        row_number() OVER (
            PARTITION BY article_id ORDER BY published IS NULL, published_precision = 'year', id
        ) AS nth
    FROM headlines
    WHERE article_id IN (SELECT id FROM matched_articles)
),
candidates AS (
    SELECT 'article' AS kind, articles.id, articles.url, articles.title,
        coalesce(articles.publisher, listed.publisher) AS publisher,
        coalesce(articles.published, listed.published) AS published,
        CASE WHEN articles.published IS NOT NULL THEN articles.published_precision
            ELSE listed.published_precision END AS published_precision,
        CASE WHEN articles.published IS NOT NULL THEN articles.published_from
            WHEN listed.published IS NOT NULL THEN 'list' END AS published_from,
        rank, 'story:' || articles.story_id AS one_row, articles.id = stories.lead_id AS leads,
        articles.story_id, articles.damaged
    FROM matched_articles
    JOIN articles ON articles.id = matched_articles.id
    JOIN stories ON stories.id = articles.story_id
    LEFT JOIN listed ON listed.article_id = articles.id AND listed.nth = 1
    UNION ALL
    SELECT 'headline', headlines.id, url, title, publisher, published, published_precision,
        published_from,
        rank, coalesce('page:' || key, 'line:' || headlines.id), 0, NULL, damaged
    FROM matched_headlines JOIN headlines ON headlines.id = matched_headlines.id
    WHERE article_id IS NULL {headline_filters}
),
within AS (
    SELECT * FROM candidates
    WHERE (:after IS NULL OR substr(published, 1, 10) >= :after)
    AND (:before IS NULL OR CASE published_precision
        WHEN 'year' THEN substr(published, 1, 4) || '-12-31'
        WHEN 'month' THEN substr(published, 1, 7) || '-31'
        ELSE substr(published, 1, 10) END < :before)
),
ordered AS (
    SELECT *, row_number() OVER (PARTITION BY one_row ORDER BY leads DESC, rank, id) AS nth,
        min(rank) OVER (PARTITION BY one_row) AS best
    FROM within
)
SELECT kind, id, url, title, publisher, published, published_precision, published_from,
    damaged, best AS rank,
    count(*) OVER () AS total,
    (SELECT count(*) FROM articles WHERE articles.story_id = ordered.story_id) AS story_size
FROM ordered WHERE nth = 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which part of what matches is wanted."""

    after: str | None = None
    """First day, ISO; of those without a date none is within."""
    before: str | None = None
    """The day after the last, ISO."""
    sort: Sort = Sort.RANK
    limit: int = 20
    offset: int = 0


def search(raw: sqlite3.Connection, query: Query | None, window: Window) -> SearchResults:
    """Find what matches the query within the window; without a query, everything in it."""
    sql = _statement(query)
    values = _values(query) | {
        "after": window.after,
        "before": window.before,
        "limit": window.limit,
        "offset": window.offset,
    }
    ordered = f"{sql} ORDER BY {ORDERS[window.sort]} LIMIT :limit OFFSET :offset"
    rows = raw.execute(ordered, values).fetchall()
    hits = tuple(_hit(raw, row, query) for row in rows)
    return SearchResults(hits=hits, total=rows[0]["total"] if rows else _count(raw, sql, values))


def _statement(query: Query | None) -> str:
    """Put the statement together from what the query asks for."""
    words, publishers, excluded = (
        (query.words, query.publishers, query.excluded) if query else (None, None, None)
    )
    headlines = NO_HEADLINES
    if words is None:
        headlines = ALL_HEADLINES
    elif words.headlines:
        headlines = MATCHED_HEADLINES
    of_headline = HEADLINE_NOT_EXCLUDED if excluded and excluded.headlines else ""
    return FOUND.format(
        articles=MATCHED_ARTICLES if words else ALL_ARTICLES,
        headlines=headlines,
        article_filters=(OF_PUBLISHER if publishers else "") + (NOT_EXCLUDED if excluded else ""),
        headline_filters=(HEADLINE_OF_PUBLISHER if publishers else "") + of_headline,
    )


def _values(query: Query | None) -> dict[str, str | int | None]:
    """Give the expressions to bind, by the names that the statement has for them."""
    if query is None:
        return {}
    sets = {"words": query.words, "publishers": query.publishers, "excluded": query.excluded}
    given: dict[str, str | int | None] = {}
    for name, expressions in sets.items():
        given[f"{name}_articles"] = expressions.articles if expressions else None
        given[f"{name}_headlines"] = expressions.headlines if expressions else None
    return given


def _count(raw: sqlite3.Connection, sql: str, values: dict[str, str | int | None]) -> int:
    """Count all rows where the page asked for is behind the last one."""
    row = raw.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()  # noqa: S608 - our own
    return int(row[0])


def _hit(raw: sqlite3.Connection, row: sqlite3.Row, query: Query | None) -> SearchHit:
    kind = HitKind(row["kind"])
    make = _article_snippet if kind is HitKind.ARTICLE else _headline_snippet
    return SearchHit(
        kind=kind,
        id=row["id"],
        url=row["url"],
        title=row["title"],
        publisher=row["publisher"],
        published=row["published"],
        published_precision=row["published_precision"],
        published_from=row["published_from"],
        snippet=make(raw, row["id"], query),
        rank=row["rank"],
        story_size=max(1, row["story_size"]),
        damaged=bool(row["damaged"]),
    )


def _article_snippet(
    raw: sqlite3.Connection, article_id: int, query: Query | None
) -> tuple[Span, ...]:
    if query is not None and query.words is not None:
        spans = snippets.from_marked(_marked_text(raw, article_id, query.words.articles))
        if any(span.match for span in spans) or (spans and not query.unspaced):
            return spans
    text = raw.execute("SELECT text FROM articles WHERE id = ?", (article_id,)).fetchone()[0]
    spans = snippets.around(text, query.unspaced) if query else ()
    return spans or snippets.beginning(text)


def _marked_text(raw: sqlite3.Connection, article_id: int, expression: str) -> str:
    sql = (
        "SELECT snippet(articles_fts, ?, ?, ?, ?, ?) FROM articles_fts "
        "WHERE articles_fts MATCH ? AND rowid = ?"
    )
    marks = (TEXT_COLUMN, snippets.OPEN, snippets.CLOSE, snippets.ELLIPSIS, SNIPPET_WORDS)
    row = raw.execute(sql, (*marks, expression, article_id)).fetchone()
    # None where only a list's headline of the article matched.
    return str(row[0]) if row else ""


def _headline_snippet(
    raw: sqlite3.Connection, headline_id: int, query: Query | None
) -> tuple[Span, ...]:
    """Give the title, its matches marked."""
    title: str = raw.execute("SELECT title FROM headlines WHERE id = ?", (headline_id,)).fetchone()[
        0
    ]
    if query is None or query.words is None or query.words.headlines is None:
        return (Span(text=title),)
    sql = (
        "SELECT highlight(headlines_fts, 0, ?, ?) FROM headlines_fts "
        "WHERE headlines_fts MATCH ? AND rowid = ?"
    )
    marks = (snippets.OPEN, snippets.CLOSE)
    marked = raw.execute(sql, (*marks, query.words.headlines, headline_id)).fetchone()[0]
    spans = snippets.from_marked(marked)
    if any(span.match for span in spans):
        return spans
    return snippets.around(title, query.unspaced) or spans
