"""Stories: articles that are one, each kept with its own address, publisher and date.

Every article belongs to a story, most are alone in theirs. One member leads: search shows it for
all. Functions run in the caller's transaction.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from archive.connection import insert
from archive.decide import Member, elect_lead
from archive.rows import instant

if TYPE_CHECKING:
    from sqlite_utils import Database


def begin(db: "Database", now: datetime) -> int:
    """Make a story without members; gives its id."""
    return insert(db, "stories", {"made_at": instant(now)})


def elect(db: "Database", story_id: int) -> None:
    """Choose anew who leads a story that has members."""
    rows = db.execute(
        "SELECT id, original_url IS NOT NULL AS attributed, partial FROM articles "
        "WHERE story_id = ?",
        (story_id,),
    )
    lead = elect_lead(
        Member(id=row["id"], attributed=bool(row["attributed"]), partial=bool(row["partial"]))
        for row in rows
    )
    db.execute("UPDATE stories SET lead_id = ? WHERE id = ?", (lead, story_id))


def join(db: "Database", one_id: int, other_id: int) -> None:
    """Make one story of two articles' stories: the older one stays."""
    rows = db.execute(
        "SELECT DISTINCT story_id FROM articles WHERE id IN (?, ?) ORDER BY story_id",
        (one_id, other_id),
    )
    kept, *merged = [row["story_id"] for row in rows]
    for story_id in merged:
        db.execute("UPDATE articles SET story_id = ? WHERE story_id = ?", (kept, story_id))
        db.execute("DELETE FROM stories WHERE id = ?", (story_id,))
    elect(db, kept)
