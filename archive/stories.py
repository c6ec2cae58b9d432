"""Stories: articles that are one, each kept with its own address, publisher and date.

Every article belongs to a story, most are alone in theirs. One member leads: search shows it for
all. What holds a story together are its ties: equal texts, an attribution, nearness, and what was
joined by hand; what was parted by hand never comes together again by itself. Which texts are near,
`judging` finds out. Functions run in the caller's transaction.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from archive.connection import insert
from archive.decide import Member, components, elect_lead
from archive.errors import UsageError
from archive.rows import instant, number

if TYPE_CHECKING:
    from sqlite_utils import Database


class TieKind(StrEnum):
    """What a row of `story_ties` says of two articles."""

    NEAR = "near"
    TOGETHER = "together"
    """Joined by hand."""
    APART = "apart"
    """Parted by hand."""


def begin(db: "Database", now: datetime) -> int:
    """Make a story without members; gives its id."""
    return insert(db, "stories", {"made_at": instant(now)})


def elect(db: "Database", story_id: int) -> None:
    """Choose anew who leads a story that has members."""
    rows = db.execute(
        "SELECT id, original_url IS NOT NULL AS attributed, partial, "
        "substr(published, 1, 10) AS day, length(text) AS letters "
        "FROM articles WHERE story_id = ?",
        (story_id,),
    )
    lead = elect_lead(
        [
            Member(
                id=row["id"],
                attributed=bool(row["attributed"]),
                partial=bool(row["partial"]),
                letters=row["letters"],
                day=row["day"],
            )
            for row in rows
        ]
    )
    db.execute("UPDATE stories SET lead_id = ? WHERE id = ?", (lead, story_id))


def join(db: "Database", one_id: int, other_id: int) -> bool:
    """Make one story of two articles' stories: the older one stays.

    Gives False where a member of one was parted from a member of the other by hand.
    """
    rows = db.execute(
        "SELECT DISTINCT story_id FROM articles WHERE id IN (?, ?) ORDER BY story_id",
        (one_id, other_id),
    )
    kept, *merged = [row["story_id"] for row in rows]
    for story_id in merged:
        if _are_apart(db, kept, story_id):
            return False
        db.execute("UPDATE articles SET story_id = ? WHERE story_id = ?", (kept, story_id))
        db.execute("DELETE FROM stories WHERE id = ?", (story_id,))
    elect(db, kept)
    return True


def lead(db: "Database", story_id: int) -> int:
    """Give the article that leads a story."""
    row = db.execute("SELECT lead_id FROM stories WHERE id = ?", (story_id,)).fetchone()
    return number(row["lead_id"])


def members(db: "Database", story_id: int) -> list[int]:
    """Give the ids of a story's articles, in the order in which they were stored."""
    rows = db.execute("SELECT id FROM articles WHERE story_id = ? ORDER BY id", (story_id,))
    return [row["id"] for row in rows]


def story_of(db: "Database", article_id: int) -> int:
    """Give the story that an article belongs to."""
    row = db.execute("SELECT story_id FROM articles WHERE id = ?", (article_id,)).fetchone()
    return number(row["story_id"])


def tie(
    db: "Database",
    one_id: int,
    other_id: int,
    kind: TieKind,
    *,
    part: float | None = None,
    now: datetime,
) -> None:
    """Note what two articles are to each other; what was said by hand stays unless by hand."""
    first, second = sorted((one_id, other_id))
    db.execute(
        "INSERT INTO story_ties (article_id, other_id, kind, part, made_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (article_id, other_id) DO UPDATE SET kind = excluded.kind, "
        "part = excluded.part, made_at = excluded.made_at "
        "WHERE story_ties.kind = 'near' OR excluded.kind <> 'near'",
        (first, second, kind.value, part, instant(now)),
    )


def near(db: "Database", article_id: int) -> list[int]:
    """Give the articles that an article's text is near to."""
    rows = db.execute(
        "SELECT other_id AS id FROM story_ties WHERE kind = 'near' AND article_id = :id "
        "UNION SELECT article_id FROM story_ties WHERE kind = 'near' AND other_id = :id",
        {"id": article_id},
    )
    return [row["id"] for row in rows]


def forget_nearness(db: "Database", article_id: int) -> None:
    """Take out what an article's text was near to: it is another text now."""
    db.execute(
        "DELETE FROM story_ties WHERE kind = 'near' AND (article_id = :id OR other_id = :id)",
        {"id": article_id},
    )


def join_by_hand(db: "Database", one_id: int, other_id: int, *, now: datetime) -> None:
    """Make one story of two articles' stories, whatever was parted before.

    Raises UsageError for an article and itself.
    """
    joined = {"one": story_of(db, one_id), "other": story_of(db, other_id)}
    db.execute(
        "DELETE FROM story_ties WHERE kind = 'apart' "
        "AND (SELECT story_id FROM articles WHERE id = article_id) IN (:one, :other) "
        "AND (SELECT story_id FROM articles WHERE id = other_id) IN (:one, :other)",
        joined,
    )
    if one_id == other_id:
        raise UsageError(f"article {one_id} is one with itself; name two")
    tie(db, one_id, other_id, TieKind.TOGETHER, now=now)
    join(db, one_id, other_id)


def part_by_hand(db: "Database", article_id: int, *, now: datetime) -> list[int]:
    """Take an article out of its story for good; gives those that it was parted from.

    What held only to it falls out too, and is left to be judged anew. Raises UsageError for an
    article that is alone in its story.
    """
    db.execute(
        "DELETE FROM story_ties WHERE kind = 'together' AND (article_id = :id OR other_id = :id)",
        {"id": article_id},
    )
    story_id = story_of(db, article_id)
    others = [member for member in members(db, story_id) if member != article_id]
    if not others:
        raise UsageError(f"article {article_id} is alone in its story")
    for other in others:
        tie(db, article_id, other, TieKind.APART, now=now)
    regroup(db, story_id, now=now)
    return others


def regroup(db: "Database", story_id: int, *, now: datetime) -> list[int]:
    """Split a story into what its ties still hold together.

    The part with the leading article stays the story. Gives the articles that are in another now;
    these are to be judged again.
    """
    held = members(db, story_id)
    if len(held) < 2:
        return []
    groups = components(held, _ties(db, story_id))
    others = _by_lead(groups, lead(db, story_id))[1:]
    for group in others:
        fresh = begin(db, now)
        db.execute(
            "UPDATE articles SET story_id = ? WHERE id IN (SELECT value FROM json_each(?))",
            (fresh, json.dumps(group)),
        )
        elect(db, fresh)
    if others:
        elect(db, story_id)
        to_judge(db, (member for group in others for member in group))
    return [member for group in others for member in group]


def to_judge(db: "Database", article_ids: Iterable[int]) -> None:
    """Have articles judged by whoever stores next."""
    db.conn.executemany(
        "INSERT OR IGNORE INTO unjudged (article_id) VALUES (?)", [(each,) for each in article_ids]
    )


def _by_lead(groups: list[list[int]], leading: int) -> list[list[int]]:
    return sorted(groups, key=lambda group: (leading not in group, group))


def _ties(db: "Database", story_id: int) -> list[tuple[int, int]]:
    """Give the pairs of a story's members that are one, without what was parted by hand."""
    rows = db.execute(
        """
        WITH held AS (
            SELECT id, text_digest, original_id FROM articles WHERE story_id = :story
        ), same AS (
            SELECT min(id) AS first, text_digest FROM held GROUP BY text_digest
        ), tied AS (
            SELECT id AS one, original_id AS other FROM held WHERE original_id IS NOT NULL
            UNION SELECT held.id, same.first FROM held JOIN same USING (text_digest)
            UNION SELECT ties.article_id, ties.other_id FROM held
                JOIN story_ties AS ties ON ties.article_id = held.id WHERE ties.kind <> 'apart'
        )
        SELECT one, other FROM tied WHERE one <> other AND NOT EXISTS (
            SELECT 1 FROM story_ties WHERE kind = 'apart'
            AND article_id = min(one, other) AND other_id = max(one, other)
        )
        """,
        {"story": story_id},
    )
    return [(row["one"], row["other"]) for row in rows]


def _are_apart(db: "Database", one: int, other: int) -> bool:
    """Tell whether an article of one story was parted from one of another by hand."""
    row = db.execute(
        "SELECT 1 FROM story_ties JOIN articles AS a ON a.id = article_id "
        "JOIN articles AS b ON b.id = other_id WHERE kind = 'apart' AND "
        "(a.story_id, b.story_id) IN (VALUES (:one, :other), (:other, :one)) LIMIT 1",
        {"one": one, "other": other},
    ).fetchone()
    return row is not None
