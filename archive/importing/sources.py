"""Sources taken in: new, or made one with the source that is held under the same key.

What was set here by hand (name, door, paused, removed) stays as it is.
"""

from typing import TYPE_CHECKING

from archive.bundles import SOURCE, Malformed
from archive.connection import insert
from archive.export import Record
from archive.importing.state import Intake, SourceTie
from archive.rows import Row, Stored, number, text_or_none

if TYPE_CHECKING:
    from sqlite_utils import Database


def take(db: "Database", intake: Intake, record: Record) -> None:
    """Take a source in. Raises Malformed."""
    given = SOURCE.row(record)
    given["visits"] = number(given["visits"])
    held = db.execute("SELECT * FROM sources WHERE key = ?", (given["key"],)).fetchone()
    if held is None:
        held_id = insert(db, "sources", given)
        intake.taken.sources += 1
        tie = SourceTie(id=held_id, places=True, removed=False)
    else:
        tie = _join(db, held, given)
    intake.sources[str(given["key"])] = tie


def tie_of(db: "Database", intake: Intake, key: str | None) -> SourceTie:
    """Give the source of a headline or an article by its key. Raises Malformed."""
    tie = intake.sources.get(str(key))
    if tie is not None:
        return tie
    held = db.execute("SELECT id, removed_at FROM sources WHERE key = ?", (key,)).fetchone()
    if held is None:
        raise Malformed(f"its source {key!r} is not among the records before it")
    tie = SourceTie(id=held["id"], places=False, removed=held["removed_at"] is not None)
    intake.sources[str(key)] = tie
    return tie


def _join(db: "Database", held: Stored, given: Row) -> SourceTie:
    held_id = number(held["id"])
    listed, theirs = text_or_none(held["listed_at"]), text_or_none(given["listed_at"])
    db.execute(
        "UPDATE sources SET added_at = min(added_at, ?), name = coalesce(name, ?) WHERE id = ?",
        (given["added_at"], given["name"], held_id),
    )
    if theirs is not None and (listed is None or theirs > listed):
        # Their reading is the later one: no visit judges by where a headline stood in ours.
        db.execute(
            "UPDATE headlines SET visit = NULL, place = NULL WHERE source_id = ?", (held_id,)
        )
        db.execute(
            "UPDATE sources SET listed_at = ?, visits = ? WHERE id = ?",
            (theirs, given["visits"], held_id),
        )
        listed = theirs
    removed = held["removed_at"] is not None
    return SourceTie(id=held_id, places=theirs == listed, removed=removed)
