"""Giving back what is held: an article with what is tied to it, by id or address. Reads only."""

import sqlite3
from dataclasses import replace

from archive import mementos, rows
from archive.errors import NotFound
from archive.held import Address, AddressRole, StoredArticle, StoredHeadline, StoryMember, Version
from archive.records import Attribution, VerdictKind
from archive.urls import page_key


def article(raw: sqlite3.Connection, asked: str) -> StoredArticle:
    """Give the article under an id, or that an address leads to. Raises NotFound."""
    row = raw.execute(
        "SELECT * FROM articles WHERE id = :id OR id = "
        "(SELECT article_id FROM addresses WHERE key = :key)",
        {"id": _number(asked), "key": page_key(asked) or rows.storable(asked)},
    ).fetchone()
    if row is None:
        raise NotFound(f"no article {asked!r}; `backfile search` shows ids and addresses")
    return StoredArticle(
        id=row["id"],
        article=rows.article(row),
        verdict=VerdictKind(row["verdict"]),
        asked_url=row["asked_url"],
        captured_at=rows.moment(row["captured_at"]),
        first_seen=rows.moment(row["first_seen"]),
        last_seen=rows.moment(row["last_seen"]),
        story_id=row["story_id"],
        source_id=row["source_id"],
        original_url=row["original_url"],
        attribution=_attribution(row),
        original_id=row["original_id"],
        headlines=_headlines(raw, row["id"]),
        members=_members(raw, row["id"], row["story_id"]),
        versions=_versions(raw, row["id"]),
        addresses=_addresses(raw, row["id"]),
        memento_url=row["memento_url"],
    )


def _attribution(row: sqlite3.Row) -> Attribution | None:
    if row["attribution"] is None:
        return None
    return Attribution(
        phrase=row["attribution"], title=row["original_title"], url=row["original_url"]
    )


def _number(asked: str) -> int | None:
    """Give the id that was asked for; None for what is none, or more than SQLite can hold."""
    return int(asked) if asked.isdecimal() and len(asked) < 19 else None


def headline(raw: sqlite3.Connection, headline_id: int) -> StoredHeadline:
    """Give a headline. Raises NotFound."""
    number = _number(str(headline_id))
    row = raw.execute("SELECT * FROM headlines WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(f"no headline {headline_id}")
    held = _with_resolution(raw, row)
    key = page_key(held.resolution.url) if held.resolution and held.resolution.url else row["key"]
    return replace(held, lookup=mementos.answer(raw, key))


def _with_resolution(raw: sqlite3.Connection, row: sqlite3.Row) -> StoredHeadline:
    held = rows.stored_headline(row)
    found = raw.execute("SELECT * FROM resolutions WHERE headline_id = ?", (held.id,)).fetchone()
    return replace(held, resolution=rows.resolution(found)) if found else held


def headlines(
    raw: sqlite3.Connection, *, source_id: int | None = None
) -> tuple[StoredHeadline, ...]:
    """Give the headlines of one source or of all, in the order in which they were found."""
    where = "SELECT * FROM headlines WHERE :source IS NULL OR source_id = :source ORDER BY id"
    return tuple(rows.stored_headline(row) for row in raw.execute(where, {"source": source_id}))


def newest_headlines(
    raw: sqlite3.Connection, source_id: int, limit: int
) -> tuple[StoredHeadline, ...]:
    """Give the headlines of a source that are dated last, so many."""
    where = (
        "SELECT * FROM headlines WHERE source_id = ? "
        "ORDER BY published DESC, last_seen DESC, id LIMIT ?"
    )
    return tuple(rows.stored_headline(row) for row in raw.execute(where, (source_id, limit)))


def _headlines(raw: sqlite3.Connection, article_id: int) -> tuple[StoredHeadline, ...]:
    found = raw.execute("SELECT * FROM headlines WHERE article_id = ? ORDER BY id", (article_id,))
    return tuple(_with_resolution(raw, row) for row in found.fetchall())


def _members(raw: sqlite3.Connection, article_id: int, story_id: int) -> tuple[StoryMember, ...]:
    found = raw.execute(
        "SELECT articles.id, url, title, publisher, published, lead_id = articles.id AS leads "
        "FROM articles JOIN stories ON stories.id = story_id "
        "WHERE story_id = ? AND articles.id <> ? ORDER BY articles.id",
        (story_id, article_id),
    )
    return tuple(
        StoryMember(
            id=row["id"],
            url=row["url"],
            title=row["title"],
            publisher=row["publisher"],
            published=row["published"],
            leads=bool(row["leads"]),
        )
        for row in found
    )


def _addresses(raw: sqlite3.Connection, article_id: int) -> tuple[Address, ...]:
    found = raw.execute(
        "SELECT url, key, role FROM addresses WHERE article_id = ? ORDER BY role <> 'own', key",
        (article_id,),
    )
    return tuple(
        Address(url=row["url"], key=row["key"], role=AddressRole(row["role"])) for row in found
    )


def _versions(raw: sqlite3.Connection, article_id: int) -> tuple[Version, ...]:
    found = raw.execute(
        "SELECT * FROM versions WHERE article_id = ? ORDER BY replaced_at DESC, id DESC",
        (article_id,),
    )
    return tuple(rows.version(row) for row in found)
