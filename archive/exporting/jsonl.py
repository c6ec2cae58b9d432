"""What is held as records that stand alone (see `bundles`), and as lines of JSON.

An article comes before the headlines that led to it, a source before both; within one kind the
order is that in which they were stored, so that an archive made of the lines has the same. Read in
again, they give these lines again.
"""

import json
import sqlite3
from collections.abc import Iterator

from archive import bundles
from archive.export import Plain, Record
from archive.exporting.selecting import EVERYTHING, Picked
from archive.rows import Stored

ARTICLES = """
SELECT articles.*, sources.key AS source, original.key AS original,
    CASE WHEN EXISTS (
        SELECT 1 FROM articles AS member
        WHERE member.story_id = articles.story_id AND member.id <> articles.id
    ) THEN lead.key END AS story,
    NOT EXISTS (SELECT 1 FROM unjudged WHERE unjudged.article_id = articles.id) AS judged
FROM articles
LEFT JOIN sources ON sources.id = articles.source_id
LEFT JOIN articles AS original ON original.id = articles.original_id
LEFT JOIN stories ON stories.id = articles.story_id
LEFT JOIN articles AS lead ON lead.id = stories.lead_id
WHERE {picked} ORDER BY articles.id
"""
HEADLINES = """
SELECT headlines.*, sources.key AS source, articles.key AS article
FROM headlines JOIN sources ON sources.id = headlines.source_id
LEFT JOIN articles ON articles.id = headlines.article_id
WHERE {picked} ORDER BY headlines.id
"""
# By what they say, so that archives that hold the same say so in the same order.
VERSIONS = (
    "SELECT * FROM versions WHERE article_id = ? ORDER BY captured_at, replaced_at, text_digest, id"
)
ADDRESSES = "SELECT * FROM addresses WHERE article_id = ? ORDER BY key"
# Each stands with the later of its two articles; ids are in order within a pair.
TIES = """
SELECT story_ties.*, other.key AS other FROM story_ties
JOIN articles AS other ON other.id = story_ties.article_id
WHERE story_ties.other_id = ? ORDER BY other.key
"""
CHANGES = 'SELECT * FROM list_changes WHERE headline_id = ? ORDER BY "at", kind, old, new'
RESOLUTION = "SELECT * FROM resolutions WHERE headline_id = ?"
LOOKUPS = "SELECT * FROM lookups WHERE headline_id = ? ORDER BY site"


def write(raw: sqlite3.Connection, picked: Picked) -> Iterator[str]:
    """Give the lines of what is meant, the opening first, each with its end."""
    for record in records(raw, picked):
        yield f"{encoded(record)}\n"


def encoded(record: Record) -> str:
    """Give a record as JSON in one line, whatever program splits it."""
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    # Line ends to Unicode and to some programs, though not to JSON.
    for sign in "\x85\u2028\u2029":
        line = line.replace(sign, f"\\u{ord(sign):04x}")
    return line


def records(raw: sqlite3.Connection, picked: Picked = EVERYTHING) -> Iterator[Record]:
    """Give the records of what is meant, the opening first."""
    yield bundles.OPENING
    yield from sources(raw, picked)
    yield from articles(raw, picked)
    yield from headlines(raw, picked)


def sources(raw: sqlite3.Connection, picked: Picked) -> Iterator[Record]:
    """Give the sources, those that were removed too: what stays of them names them."""
    found = raw.execute(f"SELECT * FROM sources WHERE {picked.sources} ORDER BY id")  # noqa: S608 - ours
    for row in found:
        yield {"record": "source"} | bundles.SOURCE.plain(row)


def articles(raw: sqlite3.Connection, picked: Picked) -> Iterator[Record]:
    """Give the articles, each with its versions and addresses."""
    for row in raw.execute(ARTICLES.format(picked=picked.articles)):
        yield {
            "record": "article",
            **bundles.ARTICLE.plain(row),
            **_keys(row, "source", "story", "original"),
            "judged": bool(row["judged"]),
            "addresses": _plain(raw, bundles.ADDRESS, ADDRESSES, row["id"]),
            "versions": _plain(raw, bundles.VERSION, VERSIONS, row["id"]),
            "ties": [
                bundles.TIE.plain(tie) | _keys(tie, "other")
                for tie in raw.execute(TIES, (row["id"],))
            ],
        }


def headlines(raw: sqlite3.Connection, picked: Picked) -> Iterator[Record]:
    """Give the headlines, each with what its list changed and what it was resolved to."""
    for row in raw.execute(HEADLINES.format(picked=picked.headlines)):
        yield {
            "record": "headline",
            **bundles.HEADLINE.plain(row),
            **_keys(row, "source", "article"),
            "changes": _plain(raw, bundles.CHANGE, CHANGES, row["id"]),
            "resolution": _resolution(raw, row["id"]),
            "lookups": _plain(raw, bundles.LOOKUP, LOOKUPS, row["id"]),
        }


def _keys(row: Stored, *names: str) -> Record:
    return {name: row[name] for name in names}


def _plain(raw: sqlite3.Connection, shape: bundles.Shape, sql: str, of: int) -> list[Plain]:
    return [shape.plain(row) for row in raw.execute(sql, (of,))]


def _resolution(raw: sqlite3.Connection, headline_id: int) -> Record | None:
    row = raw.execute(RESOLUTION, (headline_id,)).fetchone()
    if row is None:
        return None
    rivals = json.loads(row["rivals"]) if row["rivals"] else []
    return bundles.RESOLUTION.plain(row) | {"rivals": [_rival(raw, one) for one in rivals]}


def _rival(raw: sqlite3.Connection, one: dict[str, str | float | None]) -> Record:
    held = raw.execute("SELECT key FROM articles WHERE id = ?", (one["article_id"],)).fetchone()
    return {name: one[name] for name in bundles.RIVAL.columns} | {
        "article": held["key"] if held else None
    }
