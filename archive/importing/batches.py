"""Articles taken in by the batch: what is new in all respects at once, the rest one by one.

    read (pure) ▸ stage (temporary tables) ▸ one transaction:
        known, forgotten, or twice in the batch ▸ `articles.take`, one by one
        the rest ▸ one INSERT … SELECT for each table, then what each belongs to

New articles get their ids in the order of the records, so that they give the same records again;
they are inserted in the order of publication, for which `bulk` says why.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive import bulk, stories
from archive.bulk import IN_ORDER, Prepared, Tally
from archive.bundles import Malformed
from archive.connection import Connection
from archive.importing import articles, newsplease
from archive.importing.articles import Given
from archive.importing.lines import Numbered
from archive.importing.sources import tie_of
from archive.importing.state import Intake
from archive.records import DecisionKind
from archive.rows import number

if TYPE_CHECKING:
    from sqlite_utils import Database

ARRIVING = (
    "DROP TABLE IF EXISTS temp.arriving",
    (
        "CREATE TEMP TABLE arriving (position INTEGER PRIMARY KEY, place INTEGER, id INTEGER, "
        "story_id INTEGER, source_id INTEGER)"
    ),
)
# What an article is held by already, or kept out by.
KNOWN = """
    SELECT position FROM staged_addresses CROSS JOIN addresses USING (key)
        WHERE staged_addresses.role = 'own' AND addresses.role = 'own'
    UNION SELECT position FROM staged_addresses CROSS JOIN tombstones USING (key)
    UNION SELECT position FROM staged CROSS JOIN tombstones USING (key)
    UNION SELECT position FROM staged CROSS JOIN articles USING (key)
"""
ADDRESSES = (
    "INSERT INTO addresses (key, url, role, article_id) "
    "SELECT key, url, role, id FROM arriving CROSS JOIN staged_addresses USING (position) "
    "WHERE position NOT IN (SELECT value FROM json_each(?)) ORDER BY id"
)
# One of their addresses leads elsewhere so far.
DISPUTED = """
    SELECT DISTINCT position FROM arriving CROSS JOIN staged_addresses USING (position)
    CROSS JOIN addresses USING (key)
"""
UNJUDGED = "INSERT INTO unjudged (article_id) SELECT id FROM arriving ORDER BY id"
NEW_UNJUDGED = (
    "INSERT OR IGNORE INTO temp.met (article_id, judged) "
    "SELECT article_id, 0 FROM unjudged WHERE article_id > ?"
)


@dataclass(slots=True, kw_only=True)
class _Placing:
    """Which ids and stories the new articles of a batch get."""

    rows: dict[int, tuple[int, int, int | None]] = field(default_factory=dict)
    """Position ▸ ids of the article, its story and its source."""
    stories: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Id of a new story ▸ who leads it, and when it was made."""
    leads: dict[int, int] = field(default_factory=dict)
    """Story of an earlier batch ▸ who leads it."""
    elected: set[int] = field(default_factory=set)
    """Stories that have members from before: who leads is chosen among all."""


def take(connection: Connection, intake: Intake, batch: Sequence[Numbered]) -> None:
    """Take a batch of articles in, in one transaction. Raises ArchiveError."""
    given = list(_read(intake, batch))
    if not given:
        return
    # Before the transaction, so that nobody waits for it.
    rows = [articles.columns(each.article.row) for _, each in given]
    addresses = [
        {key: (str(row["url"]), str(row["role"])) for key, row in each.addresses.items()}
        for _, each in given
    ]
    with connection.reading() as raw:
        names = bulk.stage(raw, rows, addresses)
        for statement in ARRIVING:
            raw.execute(statement)
    with connection.writing() as db:
        known = {row["position"] for row in db.execute(KNOWN)} | _repeated(given)
        _insert_new(db, intake, given, known, names)
        for position in sorted(known):
            _take_one(db, intake, *given[position])


def take_foreign(connection: Connection, intake: Intake, batch: Sequence[Numbered]) -> None:
    """Take a batch of another program's articles in, as pages that were read."""
    prepared: list[Prepared] = []
    for each in batch:
        try:
            prepared.append(newsplease.prepare(each.record, now=intake.now))
        except Malformed as error:
            intake.taken.fault(each.number, f"{newsplease.KIND}: {error}")
    with connection.reading() as raw:
        last = raw.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0]
    tally = Tally()
    bulk.write_batch(connection, prepared, tally)
    with connection.reading() as raw:
        raw.execute(NEW_UNJUDGED, (last,))
    done, taken = tally.decisions, intake.taken
    taken.articles += done[DecisionKind.NEW] + done[DecisionKind.DUPLICATE]
    taken.changed += done[DecisionKind.CHANGED]
    taken.unchanged += done[DecisionKind.UNCHANGED]
    taken.kept_out += tally.forgotten


def _read(intake: Intake, batch: Sequence[Numbered]) -> "list[tuple[int, Given]]":
    """Give what the records say, each with its place; what is malformed is told."""
    given: list[tuple[int, Given]] = []
    for each in batch:
        try:
            given.append((each.number, articles.read(each.record)))
        except Malformed as error:
            intake.taken.fault(each.number, f"article: {error}")
    return given


def _repeated(given: Sequence[tuple[int, Given]]) -> set[int]:
    """Give the places of those that share a page with an earlier one of the batch."""
    seen: set[str] = set()
    repeated: set[int] = set()
    for position, (_, each) in enumerate(given):
        marks = {f"article {each.key}", *each.addresses}
        if not seen.isdisjoint(marks):
            repeated.add(position)
        seen |= marks
    return repeated


def _take_one(db: "Database", intake: Intake, place: int, given: Given) -> None:
    try:
        articles.take(db, intake, given)
    except Malformed as error:
        intake.taken.fault(place, f"article: {error}")


def _insert_new(
    db: "Database",
    intake: Intake,
    given: Sequence[tuple[int, Given]],
    known: set[int],
    names: list[str],
) -> None:
    """Insert all that is staged but what is known, and tie it to what it belongs to."""
    placing = _placed(db, intake, given, known)
    if not placing.rows:
        return
    out = known | (set(range(len(given))) - placing.rows.keys())
    order = [row["position"] for row in db.execute(IN_ORDER, (json.dumps(sorted(out)),))]
    db.conn.executemany(
        "INSERT INTO temp.arriving (place, position, id, story_id, source_id) "
        "VALUES (?, ?, ?, ?, ?)",
        ((place, position, *placing.rows[position]) for place, position in enumerate(order)),
    )
    db.conn.executemany(
        "INSERT INTO stories (id, lead_id, made_at) VALUES (?, ?, ?)",
        ((story, *made) for story, made in placing.stories.items()),
    )
    _insert_articles(db, names)
    db.execute(UNJUDGED)
    disputed = {row["position"] for row in db.execute(DISPUTED)}
    db.execute(ADDRESSES, (json.dumps(sorted(disputed)),))
    db.conn.executemany(
        "UPDATE stories SET lead_id = ? WHERE id = ?",
        ((lead, story) for story, lead in placing.leads.items()),
    )
    for story in placing.elected:
        stories.elect(db, story)
    for position, (article_id, _, _) in placing.rows.items():
        each = given[position][1]
        articles.write_versions(db, article_id, each.article.versions)
        articles.join_copied(db, intake, article_id, each)
        fresh = list(each.addresses)
        if position in disputed:
            fresh = articles.note_addresses(db, article_id, each)
        articles.tie_up(db, intake, article_id, each, fresh=fresh)
    intake.taken.articles += len(placing.rows)


def _insert_articles(db: "Database", names: list[str]) -> None:
    columns = bulk.quoted(names)
    with bulk.gathering(db):
        db.execute(
            f"INSERT INTO articles (id, story_id, source_id, {columns}) "  # noqa: S608 - our own names
            f"SELECT id, story_id, source_id, {columns} "
            "FROM arriving CROSS JOIN staged USING (position) ORDER BY place"
        )


def _placed(
    db: "Database", intake: Intake, given: Sequence[tuple[int, Given]], known: set[int]
) -> _Placing:
    """Give each new article its id and its story, in the order of the records."""
    placing = _Placing()
    sources = _sources(db, intake, given, known)
    article_id, story_id = bulk.last_id(db, "articles"), bulk.last_id(db, "stories")
    of: dict[int, int] = {}
    for position, source_id in sources.items():
        each = given[position][1]
        article_id += 1
        member = articles.member_of(db, each.story)
        if member is None:
            story_id += 1
            of[article_id] = story_id
            placing.stories[story_id] = (article_id, str(each.article.row["first_seen"]))
            if each.story is not None:
                articles.remember(db, each.story, article_id, begun=True)
        else:
            held = number(member["article_id"])
            of[article_id] = of.get(held) or stories.story_of(db, held)
            _lead(placing, of[article_id], article_id, each, begun=bool(member["begun"]))
        placing.rows[position] = (article_id, of[article_id], source_id)
    return placing


def _lead(placing: _Placing, story: int, article_id: int, each: Given, *, begun: bool) -> None:
    """Note who leads a story, of whose members some came before: who led it there."""
    if not begun:
        placing.elected.add(story)
    elif each.key == each.story:
        placing.leads[story] = article_id


def _sources(
    db: "Database", intake: Intake, given: Sequence[tuple[int, Given]], known: set[int]
) -> Mapping[int, int | None]:
    """Give the sources of the new articles; one whose source is not known is told, and left out."""
    found: dict[int, int | None] = {}
    for position, (place, each) in enumerate(given):
        if position in known:
            continue
        try:
            found[position] = tie_of(db, intake, each.source).id if each.source else None
        except Malformed as error:
            intake.taken.fault(place, f"article: {error}")
    return found
