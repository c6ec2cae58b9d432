"""Giving back stories: their members, which of them leads, and why each belongs. Reads only."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from archive.errors import NotFound

if TYPE_CHECKING:
    from archive.export import Record

# SQLite's integers end within this many digits.
MOST_DIGITS = 19


class Why(StrEnum):
    """What makes an article a member of its story."""

    HAND = "hand"
    """It was joined by hand."""
    TEXT = "text"
    """The other has the same text."""
    ATTRIBUTION = "attribution"
    """One of the two attributes its text to the other."""
    NEAR = "near"
    """The two are near copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article of a story."""

    id: int
    url: str
    title: str | None
    publisher: str | None
    published: str | None
    """ISO text, as stored."""
    first_seen: str
    leads: bool
    why: Why | None
    """None for the one that leads, and where the tie is gone (a page that was forgotten)."""
    tied_to: int | None
    """The article that it is tied to by that; the leading one where it is several."""
    part: float | None
    """Of near copies: how much of the smaller text is in the larger, from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles that are one."""

    id: int
    made_at: str
    members: tuple[Copy, ...]
    """The leading one first, the others as they were stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tie:
    """What ties two articles."""

    why: Why
    part: float | None = None


def stories(raw: sqlite3.Connection, *, since: str | None, limit: int) -> tuple[Story, ...]:
    """Give the stories with several members, the one with the newest member first.

    `since` is an ISO day: a member was stored on it (UTC) or later.
    """
    rows = raw.execute(
        "WITH several AS ("
        "  SELECT story_id FROM articles GROUP BY story_id HAVING count(*) > 1"
        ") SELECT story_id, "
        "(SELECT max(first_seen) FROM articles WHERE articles.story_id = several.story_id) "
        "AS newest FROM several WHERE :since IS NULL OR newest >= :since "
        "ORDER BY newest DESC, story_id DESC LIMIT :limit",
        {"since": since, "limit": limit},
    ).fetchall()
    return tuple(_story(raw, row["story_id"]) for row in rows)


def story(raw: sqlite3.Connection, asked: str) -> Story:
    """Give the story under an id. Raises NotFound."""
    number = int(asked) if asked.isdecimal() and len(asked) < MOST_DIGITS else None
    row = raw.execute("SELECT id FROM stories WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(f"no story {asked!r}; `backfile stories` and `show` show their numbers")
    return _story(raw, row["id"])


def record(found: Story) -> "Record":
    """Give a story as plain values for JSON."""
    return {
        "id": found.id,
        "made_at": found.made_at,
        "members": [
            {
                "id": member.id,
                "url": member.url,
                "title": member.title,
                "publisher": member.publisher,
                "published": member.published,
                "first_seen": member.first_seen,
                "leads": member.leads,
                "why": member.why.value if member.why else None,
                "tied_to": member.tied_to,
                "part": member.part,
            }
            for member in found.members
        ],
    }


def _story(raw: sqlite3.Connection, story_id: int) -> Story:
    held = raw.execute("SELECT lead_id, made_at FROM stories WHERE id = ?", (story_id,)).fetchone()
    rows = raw.execute(
        "SELECT id, url, title, publisher, published, first_seen, text_digest, original_id "
        "FROM articles WHERE story_id = ? ORDER BY id <> ?, id",
        (story_id, held["lead_id"]),
    ).fetchall()
    ties = _ties(raw, rows)
    return Story(
        id=story_id,
        made_at=held["made_at"],
        members=tuple(_copy(row, ties, lead=held["lead_id"]) for row in rows),
    )


def _copy(row: sqlite3.Row, ties: Mapping[tuple[int, int], _Tie], *, lead: int) -> Copy:
    leads = row["id"] == lead
    tied_to, tie = (None, None) if leads else _strongest(row["id"], ties, lead)
    return Copy(
        id=row["id"],
        url=row["url"],
        title=row["title"],
        publisher=row["publisher"],
        published=row["published"],
        first_seen=row["first_seen"],
        leads=leads,
        why=tie.why if tie else None,
        tied_to=tied_to,
        part=tie.part if tie else None,
    )


def _strongest(
    member: int, ties: Mapping[tuple[int, int], _Tie], lead: int
) -> tuple[int, _Tie] | tuple[None, None]:
    """Give what ties a member: to the leading one rather than to others, a hand before texts."""
    order = list(Why)
    found = [
        (other, tie)
        for pair, tie in ties.items()
        if member in pair
        for other in pair
        if other != member
    ]
    return min(
        found,
        key=lambda tied: (tied[0] != lead, order.index(tied[1].why), tied[0]),
        default=(None, None),
    )


def _ties(raw: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> dict[tuple[int, int], _Tie]:
    """Give pair of members ▸ what ties them, the strongest where it is several."""
    found: dict[tuple[int, int], _Tie] = {}
    ids = {row["id"] for row in rows}
    first: dict[str, int] = {}
    for row in rows:
        _add(found, ids, row["id"], row["original_id"], _Tie(why=Why.ATTRIBUTION))
        same = first.setdefault(row["text_digest"], row["id"])
        _add(found, ids, row["id"], same, _Tie(why=Why.TEXT))
        for tie in raw.execute(
            "SELECT other_id, kind, part FROM story_ties WHERE article_id = ? AND kind <> 'apart'",
            (row["id"],),
        ):
            why = Why.NEAR if tie["kind"] == "near" else Why.HAND
            _add(found, ids, row["id"], tie["other_id"], _Tie(why=why, part=tie["part"]))
    return found


def _add(
    found: dict[tuple[int, int], _Tie], ids: set[int], one: int, other: int | None, tie: _Tie
) -> None:
    if other is None or other == one or other not in ids:
        return
    pair = min(one, other), max(one, other)
    order = list(Why)
    if pair not in found or order.index(tie.why) < order.index(found[pair].why):
        found[pair] = tie
