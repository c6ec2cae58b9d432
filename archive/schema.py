"""Tables, full-text search and triggers of `archive.db`, and the steps that lead to them.

Each step is a function, numbered and named, applied once and in order by sqlite-utils' Migrations
inside one transaction. A step that was released is never edited: the next one changes what it did.
`docs/schema.md` describes every table and column.

`archive.vetting` names the steps for those who only ask whether all were applied. sqlite-utils is
imported when something is to be applied.
"""

import sqlite3
from typing import TYPE_CHECKING, TypeAlias

from archive import crawltables, searchtables
from archive.connection import FILE_NAME, Connection
from archive.indexed import COLUMNS, TOKENIZER
from archive.vetting import SET_NAME, applied, refuse_foreign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sqlite_utils import Database


# "Back" in ASCII: tells our databases from others (`PRAGMA application_id`).
APPLICATION_ID = 0x4261636B

ARTICLE_WORDS = ("title", "text", "byline", "publisher", "title_characters", "text_characters")
HEADLINE_WORDS = ("title", "publisher", "title_characters")


def m0001_tables(db: "Database") -> None:
    """Make the tables of lists, articles and the frontier."""
    db.execute(f"PRAGMA application_id={APPLICATION_ID}")
    _sources(db)
    _frontier(db)
    _stories_and_articles(db)
    _versions(db)
    _addresses(db)
    _headlines(db)


def m0002_search(db: "Database") -> None:
    """Make articles and headlines searchable, and keep them so by triggers."""
    for table, columns in (("articles", ARTICLE_WORDS), ("headlines", HEADLINE_WORDS)):
        db.table(table).enable_fts(columns, tokenize=TOKENIZER)
        db.executescript(search_triggers(table, columns))


def m0003_resolutions(db: "Database") -> None:
    """Make the table of what headlines without a link were resolved to."""
    table = db.table("resolutions").create(
        {
            "headline_id": int,
            "url": str,
            "key": str,
            "score": float,
            "evidence": str,
            "rivals": str,
            "resolved_at": str,
        },
        pk="headline_id",
        not_null={"evidence", "resolved_at"},
        foreign_keys=[("headline_id", "headlines", "id")],
    )
    table.create_index(["key"])
    # Only what is to be resolved is in it, however many headlines there are.
    db.execute(
        "CREATE INDEX idx_headlines_open ON headlines (source_id) "
        "WHERE url IS NULL AND article_id IS NULL"
    )


def m0004_list_changes(db: "Database") -> None:
    """Keep the history of the lists, where each headline last stood, and when visits began."""
    for column in ("listed_at", "removed_at"):
        db.table("sources").add_column(column, str)
    db.table("sources").add_column("visits", int, not_null_default=0)
    db.execute(
        "UPDATE sources SET visits = 1 WHERE id IN (SELECT DISTINCT source_id FROM headlines)"
    )
    headlines = db.table("headlines")
    for column, kind in (("listed_on", str), ("place", int), ("withdrawn_at", str)):
        headlines.add_column(column, kind)
    # One reading of one page is what shares all three.
    headlines.create_index(["source_id", "last_seen", "listed_on"])
    changes = db.table("list_changes").create(
        {
            "id": int,
            "source_id": int,
            "headline_id": int,
            "kind": str,
            "at": str,
            "old": str,
            "new": str,
        },
        pk="id",
        not_null={"source_id", "headline_id", "kind", "at"},
        foreign_keys=[("source_id", "sources", "id"), ("headline_id", "headlines", "id")],
    )
    for columns in (["source_id", "at"], ["headline_id"], ["at"]):
        changes.create_index(columns)


def m0005_doors(db: "Database") -> None:
    """Let a source be read through another door than its page."""
    for column in ("door", "door_kind", "door_key"):
        db.table("sources").add_column(column, str)


def m0006_attributions(db: "Database") -> None:
    """Keep the words by which a page attributes its text, also where no address goes with them."""
    for column in ("attribution", "original_title"):
        db.table("articles").add_column(column, str)


def m0007_visits(db: "Database") -> None:
    """Keep in which visit a headline was last seen: a visit's pages are one list."""
    db.table("headlines").add_column("visit", int)


def m0008_lookups(db: "Database") -> None:
    """Remember which sites were asked for which headline, so that none is asked twice a day."""
    db.table("lookups").create(
        {"headline_id": int, "site": str, "asked_at": str},
        pk=("headline_id", "site"),
        not_null={"asked_at"},
        foreign_keys=[("headline_id", "headlines", "id")],
    )


def m0009_captures(db: "Database") -> None:
    """Make the index of the WARC files."""
    table = db.table("captures").create(
        {
            "id": int,
            "key": str,
            "url": str,
            "asked_url": str,
            "captured_at": str,
            "status": int,
            "media_type": str,
            "digest": str,
            "kind": str,
            "location": str,
            "file": str,
            "offset": int,
            "length": int,
        },
        pk="id",
        not_null={"key", "url", "asked_url", "captured_at", "status", "digest", "kind", "file"},
    )
    table.create_index(["key", "captured_at"])
    table.create_index(["file", "offset"], unique=True)


def m0010_validators(db: "Database") -> None:
    """Keep what a server tells an unchanged page by, and which program's version read it."""
    for column in ("etag", "last_modified", "read_by"):
        db.table("frontier").add_column(column, str)


def m0011_tombstones(db: "Database") -> None:
    """Keep which pages were forgotten, so that they do not come back."""
    db.table("tombstones").create(
        {"key": str, "forgotten_at": str}, pk="key", not_null={"forgotten_at"}
    )


def m0012_damaged(db: "Database") -> None:
    """Flag articles whose text has garbled letters; `reread` finds them among what is held."""
    db.table("articles").add_column("damaged", int, not_null_default=0)


def m0013_hosts_due(db: "Database") -> None:
    """Find what is due of a host without walking through what is due of all others."""
    db.execute(
        "CREATE INDEX idx_frontier_host_due ON frontier (priority, host, source_id, due_at) "
        "WHERE due_at IS NOT NULL"
    )


def m0014_readings(db: "Database") -> None:
    """Keep what a list page held when it was last read whole, and when that was."""
    for column in ("digest", "read_at"):
        db.table("frontier").add_column(column, str)


def m0015_search_order(db: "Database") -> None:
    """Order the full-text tables by publication, with what lists say and what narrows a search."""
    from archive.rows import hosts_column

    db.conn.create_function("backfile_hosts", 1, hosts_column, deterministic=True)
    for table in ("articles", "headlines"):
        db.table(table).add_column("hosts", str)
        db.execute(f"UPDATE {table} SET hosts = backfile_hosts(url)")  # noqa: S608 - two names
    for statement in searchtables.steps():
        db.execute(statement)
    for table, columns in COLUMNS.items():
        db.execute(searchtables.index(table, columns, TOKENIZER))
        db.execute(searchtables.filling(table))
    db.execute(searchtables.index("publishers", ("publisher",), TOKENIZER, rowid="id"))
    db.execute("INSERT INTO publishers_fts (publishers_fts) VALUES ('rebuild')")
    for statement in searchtables.triggers():
        db.execute(statement)


def m0016_page_keys(db: "Database") -> None:
    """Give every page the identity that today's rules give it; see `archive.rekeying`."""
    from archive.rekeying import rekey

    rekey(db)


def m0017_sketches(db: "Database") -> None:
    """Keep a sketch of each article's text, by which near copies are found.

    What is held already is to be sketched and judged: in small portions, by whoever stores next.
    """
    db.execute(
        "CREATE TABLE sketches (article_id INTEGER PRIMARY KEY REFERENCES articles(id), "
        "version INTEGER NOT NULL, shingles INTEGER NOT NULL, hashes BLOB NOT NULL)"
    )
    # Without a foreign key: an article that goes would be looked for through the whole table.
    db.execute(
        "CREATE TABLE shingles (hash INTEGER NOT NULL, article_id INTEGER NOT NULL, "
        "PRIMARY KEY (hash, article_id)) WITHOUT ROWID"
    )
    db.execute("CREATE TABLE unjudged (article_id INTEGER PRIMARY KEY REFERENCES articles(id))")
    db.execute("INSERT INTO unjudged SELECT id FROM articles")


def m0018_story_ties(db: "Database") -> None:
    """Keep which articles are near copies, and what was joined or parted by hand."""
    table = db.table("story_ties").create(
        {"article_id": int, "other_id": int, "kind": str, "part": float, "made_at": str},
        pk=("article_id", "other_id"),
        not_null={"kind", "made_at"},
        foreign_keys=[("article_id", "articles", "id"), ("other_id", "articles", "id")],
    )
    table.create_index(["other_id"])
    # What was parted by hand is little, and asked for at each join.
    db.execute("CREATE INDEX idx_story_ties_apart ON story_ties (article_id) WHERE kind = 'apart'")


def m0019_views(db: "Database") -> None:
    """Make views for people: one row for each story, what is held twice, and what is gone.

    A step that makes one of their tables anew drops them first, and makes them again.
    """
    from archive import views

    for name, query in views.VIEWS.items():
        db.create_view(name, query)


def m0020_crawls(db: "Database") -> None:
    """Keep what each crawl did for each source, and what its owner was told."""
    for statement in crawltables.STATEMENTS:
        db.execute(statement)


def m0021_mementos(db: "Database") -> None:
    """Make the queue of dead links that are looked up in a web archive."""
    from archive import mementos

    mementos.make(db)


def m0022_watches(db: "Database") -> None:
    """Keep saved searches, and what each has seen."""
    from archive import watchtables

    for statement in watchtables.STEPS:
        db.execute(statement)


def m0023_care(db: "Database") -> None:
    """Find the last page that was seen; keep what an owner has said is normal."""
    from archive import caretables

    for statement in caretables.STEPS:
        db.execute(statement)


def m0024_tallies(db: "Database") -> None:
    """Count the articles by month, publisher, language and source, and keep the counts."""
    from archive import tallies

    for statement in tallies.STEPS:
        db.execute(statement)


Step: TypeAlias = "Callable[[Database], None]"
STEPS: tuple[Step, ...] = (
    m0001_tables,
    m0002_search,
    m0003_resolutions,
    m0004_list_changes,
    m0005_doors,
    m0006_attributions,
    m0007_visits,
    m0008_lookups,
    m0009_captures,
    m0010_validators,
    m0011_tombstones,
    m0012_damaged,
    m0013_hosts_due,
    m0014_readings,
    m0015_search_order,
    m0016_page_keys,
    m0017_sketches,
    m0018_story_ties,
    m0019_views,
    m0020_crawls,
    m0021_mementos,
    m0022_watches,
    m0023_care,
    m0024_tallies,
)


def _sources(db: "Database") -> None:
    columns = {"id": int, "url": str, "name": str, "key": str, "added_at": str, "paused": int}
    db.table("sources").create(
        columns, pk="id", not_null={"url", "key", "added_at", "paused"}, defaults={"paused": 0}
    ).create_index(["key"], unique=True)


def _frontier(db: "Database") -> None:
    table = db.table("frontier").create(
        {
            "id": int,
            "url": str,
            "key": str,
            "kind": str,
            "state": str,
            "due_at": str,
            "priority": int,
            "source_id": int,
            "found_on": str,
            "added_at": str,
            "attempts": int,
            "claims": int,
            "visited_at": str,
            "status": int,
            "verdict": str,
            "reason": str,
            "final_url": str,
            "host": str,
        },
        pk="id",
        not_null={"url", "key", "kind", "state", "priority", "added_at", "attempts", "claims"},
        defaults={"attempts": 0, "claims": 0},
        foreign_keys=[("source_id", "sources", "id")],
    )
    table.create_index(["key"], unique=True)
    table.create_index(["state"])
    table.create_index(["source_id"])
    # Only what may be claimed is in it, in the order in which it is claimed.
    db.execute(
        "CREATE INDEX idx_frontier_due ON frontier (priority, due_at) WHERE due_at IS NOT NULL"
    )


def _stories_and_articles(db: "Database") -> None:
    db.table("stories").create({"id": int, "lead_id": int, "made_at": str}, pk="id")
    table = db.table("articles").create(
        {
            "id": int,
            "url": str,
            "canonical_url": str,
            "title": str,
            "byline": str,
            "agency": str,
            "publisher": str,
            **_date_columns("published"),
            **_date_columns("modified"),
            "language": str,
            "partial": int,
            "verdict": str,
            "story_id": int,
            "source_id": int,
            "original_url": str,
            "original_key": str,
            "original_id": int,
            "asked_url": str,
            "captured_at": str,
            "first_seen": str,
            "last_seen": str,
            "key": str,
            "text_digest": str,
            "dateline": str,
            "section": str,
            "tags": str,
            "description": str,
            "image_url": str,
            # What is long comes last: SQLite walks through it to reach what is behind it.
            "text": str,
            "html": str,
            "captions": str,
            "cited": str,
            "field_sources": str,
            "title_characters": str,
            "text_characters": str,
        },
        pk="id",
        not_null={"url", "text", "key", "text_digest", "verdict", "partial", "captured_at"},
        foreign_keys=[
            ("story_id", "stories", "id"),
            ("source_id", "sources", "id"),
            ("original_id", "articles", "id"),
        ],
    )
    table.create_index(["key"], unique=True)
    # Each referring column too: SQLite looks there before it changes what is referred to.
    indexed = ("text_digest", "story_id", "original_key", "published", "source_id", "original_id")
    for column in indexed:
        table.create_index([column])


def _versions(db: "Database") -> None:
    db.table("versions").create(
        {
            "id": int,
            "article_id": int,
            "title": str,
            **_date_columns("published"),
            **_date_columns("modified"),
            "text": str,
            "html": str,
            "text_digest": str,
            "captured_at": str,
            "replaced_at": str,
        },
        pk="id",
        not_null={"article_id", "text", "text_digest", "captured_at", "replaced_at"},
        foreign_keys=[("article_id", "articles", "id")],
    ).create_index(["article_id"])


def _addresses(db: "Database") -> None:
    db.table("addresses").create(
        {"key": str, "url": str, "role": str, "article_id": int},
        pk="key",
        not_null={"url", "role", "article_id"},
        foreign_keys=[("article_id", "articles", "id")],
    ).create_index(["article_id"])


def _headlines(db: "Database") -> None:
    table = db.table("headlines").create(
        {
            "id": int,
            "source_id": int,
            "title": str,
            "url": str,
            "publisher": str,
            **_date_columns("published"),
            "raw": str,
            "truncated": int,
            "damaged": int,
            "publisher_cut": int,
            "date_text": str,
            "list_url": str,
            "position": int,
            "first_seen": str,
            "last_seen": str,
            "article_id": int,
            "key": str,
            "identity": str,
            "title_characters": str,
        },
        pk="id",
        not_null={"source_id", "title", "raw", "list_url", "position", "identity", "first_seen"},
        foreign_keys=[("source_id", "sources", "id"), ("article_id", "articles", "id")],
    )
    table.create_index(["source_id", "identity"], unique=True)
    for column in ("key", "article_id", "published"):
        table.create_index([column])


def _date_columns(name: str) -> dict[str, type]:
    suffixes = ("", "_precision", "_from", "_text")
    return {f"{name}{suffix}": str for suffix in suffixes}


def search_triggers(table: str, columns: tuple[str, ...]) -> str:
    """Give the triggers that keep `<table>_fts` equal to its table.

    An update that leaves every searched column as it was does not touch the index.
    """
    listed = ", ".join(columns)
    old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("old", "new"))
    differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name in columns)
    # The names are this module's own constants.
    removal = (
        f"INSERT INTO {table}_fts ({table}_fts, rowid, {listed}) "  # noqa: S608 - our own names
        f"VALUES ('delete', old.id, {old});"
    )
    addition = f"INSERT INTO {table}_fts (rowid, {listed}) VALUES (new.id, {new});"  # noqa: S608 - our own names
    return f"""
        CREATE TRIGGER {table}_insert AFTER INSERT ON {table} BEGIN {addition} END;
        CREATE TRIGGER {table}_delete AFTER DELETE ON {table} BEGIN {removal} END;
        CREATE TRIGGER {table}_update AFTER UPDATE OF {listed} ON {table}
        WHEN {differs} BEGIN {removal} {addition} END;
    """


def upgrade(connection: Connection) -> None:
    """Bring the database to this program's schema; a copy is made first of one that holds data.

    Raises ArchiveTooNew, ArchiveError.
    """
    with connection.reading() as raw:
        seen = applied(raw)
        empty = raw.execute("SELECT 1 FROM sqlite_schema").fetchone() is None
    if not empty:
        refuse_foreign(connection, seen)
    if len(seen) == len(STEPS):
        return
    if seen:
        _back_up(connection, seen[-1])
    _apply(connection)


def _back_up(connection: Connection, last_step: str) -> None:
    """Copy the database beside itself, named after the last step it has seen."""
    target = connection.folder / f"{FILE_NAME}.before-upgrade-from-{last_step}"
    with connection.reading() as raw:
        copy = sqlite3.connect(target)
        try:
            raw.backup(copy)
        finally:
            copy.close()


def _apply(connection: Connection) -> None:
    with connection.writing() as db:
        apply(db, STEPS)


def apply(db: "Database", steps: "Iterable[Step]") -> None:
    """Carry out those of the steps that a database has not seen, in the caller's transaction."""
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(SET_NAME)
    for step in steps:
        migrations()(step)
    migrations.apply(db)
