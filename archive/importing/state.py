"""What one import knows while it is under way, and what it has done so far. Holds and notes."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# Faults told one by one; the rest is counted.
FAULTS_KEPT = 20


@dataclass(slots=True, kw_only=True)
class Taken:
    """What taking records in has done."""

    sources: int = 0
    """New ones; so are the next."""
    articles: int = 0
    headlines: int = 0
    changed: int = 0
    """Articles that were held with less, or with another text."""
    unchanged: int = 0
    """Articles that were held as they are."""
    changed_headlines: int = 0
    kept_out: int = 0
    """Articles and headlines of pages that were forgotten here."""
    queued: int = 0
    """Pages that the next crawl fetches."""
    faults: int = 0
    """Records that are malformed."""
    told: list[str] = field(default_factory=list)
    """The first of them, each with its place and what is wrong."""

    judged: int = 0
    """Articles whose story was looked for when all were held."""
    disputed: int = 0
    """Pairs of articles that were joined by hand in one archive and parted in the other."""
    disputes: list[str] = field(default_factory=list)
    """The first of them, each with what counts now."""

    def dispute(self, what: str) -> None:
        """Note that two archives have decided otherwise."""
        self.disputed += 1
        if len(self.disputes) < FAULTS_KEPT:
            self.disputes.append(what)

    def fault(self, number: int, reason: str) -> None:
        """Note that a record is malformed."""
        self.faults += 1
        if len(self.told) < FAULTS_KEPT:
            self.told.append(f"record {number}: {reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTie:
    """A source of the records, here."""

    id: int
    places: bool
    """The places of its headlines are those of the list's latest reading."""
    removed: bool
    """It was removed here: only what led to articles is kept of it."""


@dataclass(slots=True, kw_only=True)
class Intake:
    """One import under way."""

    taken: Taken
    follow: bool
    """What headlines link to is fetched by the next crawl."""
    now: datetime
    before: int
    """Ids of articles up to this one were held when it began."""
    listed: bool
    """Headlines were held when it began."""
    guarded: bool
    """There are pages that were forgotten here."""
    sources: dict[str, SourceTie] = field(default_factory=dict)
    """By their keys."""

    def meet(self, db: "Database", article_id: int, *, judged: bool) -> None:
        """Note an article that the records hold, and whether its story was looked for there."""
        db.conn.execute(
            "INSERT OR REPLACE INTO temp.met (article_id, judged) VALUES (?, ?)",
            (article_id, int(judged)),
        )
