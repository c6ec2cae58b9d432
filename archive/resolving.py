"""Finding the pages that headlines without a link mean, among what is held.

    headline ─▶ full-text candidates (articles, other lists' headlines with links)
             ─▶ matching.choose ─▶ a page, or none ─▶ resolutions; article tied, or page queued

Candidates come from the full-text index by the title's first and its last words, so the cost does
not grow with what is held. What a title means is `matching`'s business. A link that a list printed
is never touched: only headlines without any are looked at.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from archive import frontier, matching, rows, titles
from archive.connection import Connection
from archive.held import Resolution, Resolved, Rival, StoredHeadline
from archive.matching import Answer, Candidate, Printed, Shelf, Weighed
from archive.records import FrontierEntry, Headline, PageKind
from archive.rows import instant, number, number_or_none, text_or_none
from archive.scripts import is_unspaced, spaced
from archive.timeorder import ID_MASK
from archive.urls import page_key

if TYPE_CHECKING:
    from sqlite_utils import Database

# Words of a title that are looked for together: rarely do two titles share five in a row.
WORDS_ASKED = 5
# Fewer are shared by too many.
FEWEST_ASKED = 3
# A title whose words more rows have than this is a formula: reading them all would not tell more.
MOST_CANDIDATES = 200
# Headlines that are written in one transaction.
BATCH = 200

# Told which index to take: the planner prefers that of `article_id`, in which nearly all are NULL.
OPEN = """
SELECT id FROM headlines INDEXED BY idx_headlines_open
LEFT JOIN resolutions ON headline_id = headlines.id
WHERE headlines.url IS NULL AND article_id IS NULL
AND (:sources IS NULL OR source_id IN (SELECT value FROM json_each(:sources)))
AND (:headlines IS NULL OR headlines.id IN (SELECT value FROM json_each(:headlines)))
AND resolutions.url IS NULL
ORDER BY CASE WHEN :most IS NOT NULL THEN resolved_at END, id
LIMIT coalesce(:most, -1)
"""
MATCHED = "SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ? LIMIT ?"
ARTICLES = """
SELECT id, url, title, publisher, published, published_precision, published_from, published_text,
    story_id
FROM articles WHERE id IN (SELECT value FROM json_each(?)) AND title IS NOT NULL
"""
# A link to the list itself (its identity is no page) leads nowhere.
HEADLINES = """
SELECT headlines.title, headlines.publisher, headlines.published, headlines.published_precision,
    headlines.published_from, headlines.published_text, headlines.list_url, headlines.key,
    coalesce(articles.url, headlines.url) AS url, headlines.article_id, articles.story_id
FROM headlines LEFT JOIN articles ON articles.id = headlines.article_id
WHERE headlines.id IN (SELECT value FROM json_each(?))
AND headlines.url IS NOT NULL AND headlines.identity = headlines.key
"""
HELD_AT = """
SELECT articles.id, articles.story_id, articles.url
FROM addresses JOIN articles ON articles.id = addresses.article_id WHERE addresses.key = ?
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A headline with what was chosen for it."""

    held: StoredHeadline
    answer: Answer


def resolve(
    connection: Connection,
    *,
    source_ids: Sequence[int] | None,
    headline_ids: Sequence[int] | None,
    candidates: Iterable[Headline],
    most: int | None,
    dry_run: bool,
    now: datetime,
) -> tuple[Resolved, ...]:
    """Carry out `Archive.resolve`."""
    shelf = Shelf(candidates)
    with connection.reading() as raw:
        bounds = {"sources": _listed(source_ids), "headlines": _listed(headline_ids), "most": most}
        ids = [row["id"] for row in raw.execute(OPEN, bounds)]
    done: list[Resolved] = []
    for start in range(0, len(ids), BATCH):
        with connection.reading() as raw:
            found = [_find(raw, each, shelf) for each in ids[start : start + BATCH]]
        if dry_run:
            done += (_resolved(one) for one in found)
            continue
        with connection.writing() as db:
            done += [_write(db, one, now) for one in found]
    return tuple(done)


def _listed(ids: Sequence[int] | None) -> str | None:
    return json.dumps(list(ids)) if ids is not None else None


def lookups(raw: sqlite3.Connection) -> Mapping[tuple[int, str], datetime]:
    """Give headline's id and site ▸ when that site was last asked for it."""
    found = raw.execute("SELECT headline_id, site, asked_at FROM lookups")
    return {(row["headline_id"], row["site"]): rows.moment(row["asked_at"]) for row in found}


def note_lookups(db: "Database", asked: Iterable[tuple[int, str]], now: datetime) -> None:
    """Carry out `Archive.note_lookups`."""
    db.table("lookups").upsert_all(
        (
            {"headline_id": headline_id, "site": site, "asked_at": instant(now)}
            for headline_id, site in asked
        ),
        pk=("headline_id", "site"),
    )


def _find(raw: sqlite3.Connection, headline_id: int, shelf: Shelf) -> _Found:
    row = raw.execute("SELECT * FROM headlines WHERE id = ?", (headline_id,)).fetchone()
    held = rows.stored_headline(row)
    asked = matching.printed(held.headline)
    offered = [*_held_like(raw, asked.title), *_shelved(raw, shelf, asked.title)]
    return _Found(held=held, answer=matching.choose(asked, offered))


def _held_like(raw: sqlite3.Connection, title: str) -> Iterator[Candidate]:
    """Give the held articles and headlines with links that share some of a title's words."""
    asked = [_expression(words) for words in dict.fromkeys(_asked(title))]
    for row in raw.execute(ARTICLES, (_matched(raw, "articles", asked),)):
        yield _article(row)
    for row in raw.execute(HEADLINES, (_matched(raw, "headlines", asked),)):
        yield _headline(row)


def _asked(title: str) -> Iterator[tuple[str, ...]]:
    """Give the words that are looked for together, with and without a publisher's name.

    First and last ones, and the halves of a short title: a damaged word is in one of them only.
    """
    for text in (title, matching.without_tail(title)):
        words = titles.content_words(text)
        if not titles.telling(words):
            continue
        yield words[:WORDS_ASKED]
        yield words[-WORDS_ASKED:]
        half = len(words) // 2
        if FEWEST_ASKED <= half < WORDS_ASKED:
            yield words[:half]
            yield words[half:]


def _expression(words: Iterable[str]) -> str:
    """Give FTS5's expression for titles with all these words, which are letters and digits."""
    return " AND ".join(
        f'{{title_characters}} : "{spaced(word)}"' if is_unspaced(word) else f'{{title}} : "{word}"'
        for word in words
    )


def _matched(raw: sqlite3.Connection, table: str, asked: Iterable[str]) -> str:
    """Give the ids that match as a JSON array; none of a question that too many answer."""
    sql = MATCHED.format(table=table)
    found: set[int] = set()
    for expression in asked:
        ids = [row[0] & ID_MASK for row in raw.execute(sql, (expression, MOST_CANDIDATES + 1))]
        found.update(ids if len(ids) <= MOST_CANDIDATES else ())
    return json.dumps(sorted(found))


def _article(row: sqlite3.Row) -> Candidate:
    return Candidate(
        printed=_printed(row), page=f"story:{row['story_id']}", article_id=number(row["id"])
    )


def _headline(row: sqlite3.Row) -> Candidate:
    return Candidate(
        printed=_printed(row),
        page=f"story:{row['story_id']}" if row["article_id"] else f"page:{row['key']}",
        found_on=str(row["list_url"]),
        article_id=number_or_none(row["article_id"]),
    )


def _printed(row: sqlite3.Row) -> Printed:
    return Printed(
        title=str(row["title"]),
        publisher=text_or_none(row["publisher"]),
        day=matching.day_of(rows.dated(row, "published")),
        url=text_or_none(row["url"]),
    )


def _shelved(raw: sqlite3.Connection, shelf: Shelf, title: str) -> Iterator[Candidate]:
    """Give candidates from outside the archive; what is held of them is known as such."""
    for headline in shelf.like(title):
        key = page_key(headline.url) if headline.url else None
        if key is None:
            continue
        held = raw.execute(HELD_AT, (key,)).fetchone()
        yield Candidate(
            printed=matching.printed(headline),
            page=f"story:{held['story_id']}" if held else f"page:{key}",
            found_on=headline.list_url,
            article_id=number(held["id"]) if held else None,
        )


def _write(db: "Database", found: _Found, now: datetime) -> Resolved:
    done = _resolved(found)
    resolution, url = done.resolution, done.resolution.url
    row = {
        "headline_id": found.held.id,
        "url": url,
        "key": (page_key(url) or url) if url else None,
        "score": resolution.score,
        "evidence": resolution.evidence,
        "rivals": rows.rivals_column(resolution.rivals),
        "resolved_at": instant(now),
    }
    if url is None and not resolution.rivals:
        # A look that finds nothing keeps what an earlier one, at other places, found and doubted.
        db.table("resolutions").insert(row, pk="headline_id", ignore=True)
    else:
        db.table("resolutions").upsert(row, pk="headline_id")
    if done.article_id is not None:
        db.execute(
            "UPDATE headlines SET article_id = ? WHERE id = ? AND url IS NULL",
            (done.article_id, found.held.id),
        )
    elif found.answer.taken and url:
        frontier.insert(db, [_entry(found, found.answer.taken, url)], now=now)
    return done


def _entry(found: _Found, taken: Weighed, url: str) -> FrontierEntry:
    return FrontierEntry(
        url=url,
        kind=PageKind.POST,
        source_id=found.held.source_id,
        found_on=taken.candidate.found_on or found.held.headline.list_url,
    )


def _resolved(found: _Found) -> Resolved:
    taken, rivals = found.answer.taken, found.answer.rivals
    best = taken or next(iter(rivals), None)
    resolution = Resolution(
        headline_id=found.held.id,
        url=taken.candidate.url if taken else None,
        score=best.score if best else None,
        evidence=found.answer.reason,
        rivals=tuple(_rival(each) for each in rivals),
    )
    article_id = taken.candidate.article_id if taken else None
    return Resolved(
        held=found.held,
        resolution=resolution,
        article_id=article_id,
        to_fetch=taken is not None and article_id is None,
    )


def _rival(weighed: Weighed) -> Rival:
    return Rival(
        title=weighed.candidate.printed.title,
        url=weighed.candidate.url,
        article_id=weighed.candidate.article_id,
        score=weighed.score,
        evidence=weighed.evidence,
    )
