"""Headlines taken in: each once within its source, tied to its article, with its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive import combining, frontier
from archive.articles import find_id
from archive.bundles import (
    CHANGE,
    HEADLINE,
    LOOKUP,
    RESOLUTION,
    RIVAL,
    records_of,
    text_of,
)
from archive.connection import insert
from archive.export import Plain, Record
from archive.held import Rival
from archive.importing.sources import tie_of
from archive.importing.state import Intake, SourceTie
from archive.records import FrontierEntry, PageKind
from archive.rows import Row, headline, headline_row, number, rivals_column, text_or_none

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A headline as its record has it."""

    row: Row
    source: str | None
    article: str | None
    changes: tuple[Row, ...]
    lookups: tuple[Row, ...]
    resolution: Row | None
    rivals: tuple[tuple[Row, str | None], ...]
    """Each with the key of its article."""

    @property
    def key(self) -> str | None:
        """Identity of the page that it leads to."""
        resolved = self.resolution["key"] if self.resolution else None
        return text_or_none(self.row["key"]) or text_or_none(resolved)

    @property
    def url(self) -> str | None:
        """Where it leads to; a link to the list itself is no headline's."""
        own = self.row["url"] if self.row["identity"] == self.row["key"] else None
        resolved = self.resolution["url"] if self.resolution else None
        return text_or_none(own) or text_or_none(resolved)


def take(db: "Database", intake: Intake, record: Record) -> None:
    """Take a headline in. Raises Malformed."""
    given = _read(record)
    tie = tie_of(db, intake, given.source)
    if intake.guarded and _is_forgotten(db, given):
        intake.taken.kept_out += 1
        return
    article_id = _article(db, given)
    if tie.removed and article_id is None:
        return
    unplaced: Row = {} if tie.places else {"visit": None, "place": None}
    headline_id = _write(db, intake, tie, given.row | unplaced, article_id)
    _add_changes(db, tie.id, headline_id, given.changes)
    _add_lookups(db, headline_id, given.lookups)
    if given.resolution is not None:
        _resolve(db, headline_id, given.resolution | {"rivals": _rivals(db, given)})
    if intake.follow and article_id is None:
        _queue(db, intake, tie.id, given)


def _read(record: Record) -> Given:
    row = HEADLINE.row(record)
    resolution = record.get("resolution")
    rivals = records_of(resolution, "rivals") if isinstance(resolution, dict) else ()
    return Given(
        row=row,
        source=text_of(record, "source"),
        article=text_of(record, "article"),
        changes=tuple(CHANGE.row(one) for one in records_of(record, "changes")),
        lookups=tuple(LOOKUP.row(one) for one in records_of(record, "lookups")),
        resolution=None if resolution is None else RESOLUTION.row(resolution),
        rivals=tuple((RIVAL.row(one), _article_key(one)) for one in rivals),
    )


def _article_key(rival: Plain) -> str | None:
    return text_of(rival, "article") if isinstance(rival, dict) else None


def _is_forgotten(db: "Database", given: Given) -> bool:
    sql = "SELECT 1 FROM tombstones WHERE key = ?"
    return db.execute(sql, (given.row["key"],)).fetchone() is not None


def _article(db: "Database", given: Given) -> int | None:
    """Give the article that a headline led to: as its record says, or as its link leads to."""
    return _id_of(db, given.article) or (find_id(db, given.key) if given.key else None)


def _id_of(db: "Database", key: str | None) -> int | None:
    """Give the article that is held under a key."""
    if key is None:
        return None
    row = db.execute("SELECT id FROM articles WHERE key = ?", (key,)).fetchone()
    return number(row["id"]) if row else None


def _write(
    db: "Database", intake: Intake, tie: SourceTie, given: Row, article_id: int | None
) -> int:
    held = db.execute(
        "SELECT * FROM headlines WHERE source_id = ? AND identity = ?",
        (tie.id, given["identity"]),
    ).fetchone()
    if held is None:
        intake.taken.headlines += 1
        tied: Row = {"source_id": tie.id, "article_id": article_id}
        return insert(db, "headlines", _columns(given) | tied)
    ours = {name: held[name] for name in given}
    made = _columns(combining.headlines(ours, given))
    made["article_id"] = held["article_id"] or article_id
    told = {name: value for name, value in made.items() if held[name] != value}
    if told:
        db.table("headlines").update(held["id"], told)
        intake.taken.changed_headlines += 1
    return number(held["id"])


def _columns(row: Row) -> Row:
    """Give a headline's columns with those that are worked out from them."""
    worked_out = headline_row(headline(row)).items()
    return row | {name: value for name, value in worked_out if name not in row}


def _add_changes(db: "Database", source_id: int, headline_id: int, changes: Sequence[Row]) -> None:
    for change in changes:
        db.execute(
            'INSERT INTO list_changes (source_id, headline_id, kind, "at", old, new) '
            "SELECT :source_id, :headline_id, :kind, :at, :old, :new WHERE NOT EXISTS ("
            "SELECT 1 FROM list_changes WHERE headline_id = :headline_id AND kind = :kind "
            'AND "at" = :at AND old IS :old AND new IS :new)',
            change | {"source_id": source_id, "headline_id": headline_id},
        )


def _add_lookups(db: "Database", headline_id: int, lookups: Sequence[Row]) -> None:
    for lookup in lookups:
        db.execute(
            "INSERT INTO lookups (headline_id, site, asked_at) VALUES (:id, :site, :asked_at) "
            "ON CONFLICT DO UPDATE SET asked_at = max(asked_at, excluded.asked_at)",
            lookup | {"id": headline_id},
        )


def _resolve(db: "Database", headline_id: int, given: Row) -> None:
    """Write what a headline was resolved to."""
    held = db.execute("SELECT * FROM resolutions WHERE headline_id = ?", (headline_id,)).fetchone()
    if held is None:
        insert(db, "resolutions", given | {"headline_id": headline_id})
        return
    made = combining.resolutions({name: held[name] for name in given}, given)
    if any(held[name] != value for name, value in made.items()):
        db.table("resolutions").update(headline_id, made)


def _rivals(db: "Database", given: Given) -> str | None:
    return rivals_column(
        [
            Rival(
                title=str(row["title"]),
                url=text_or_none(row["url"]),
                article_id=_id_of(db, key),
                score=float(row["score"] or 0),
                evidence=str(row["evidence"]),
            )
            for row, key in given.rivals
        ]
    )


def _queue(db: "Database", intake: Intake, source_id: int, given: Given) -> None:
    """Have the next crawl fetch what a headline leads to."""
    if given.url is None:
        return
    entry = FrontierEntry(
        url=given.url,
        kind=PageKind.POST,
        source_id=source_id,
        found_on=text_or_none(given.row["list_url"]),
    )
    intake.taken.queued += frontier.insert(db, [entry], now=intake.now)
