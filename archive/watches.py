"""Keeping and running saved searches: what is new is told once, and written to a feed.

A run asks the whole search again and leaves out what it has seen before: so an old article that
says now what is looked for is found, one that moves into a span of days too, and nothing that is
stored meanwhile is lost. What was seen is kept by article and headline, and looked up through the
story that they are in now: copies, and stories that are joined later, are not told again.
"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from archive import asking, search, sources, timeorder, zones
from archive.connection import Connection, insert
from archive.errors import BackfileError, NotFound, UsageError
from archive.hits import HELD, KINDS, first_listed
from archive.matches import Matches
from archive.query import Asked, Query
from archive.questions import questions
from archive.rows import Stored, instant, moment, moment_or_none, number, storable
from archive.urls import page_key
from archive.watching import FOLDER, MOST_HITS, Wanted, Watch, WatchHit, WatchReport, checked_name

if TYPE_CHECKING:
    from sqlite_utils import Database

# Matches that are written down at a time.
PIECE = 10_000

EVERY = """
    SELECT *, (
        SELECT count(*) FROM watch_hits WHERE watch_id = watches.id AND told_at IS NOT NULL
    ) AS told
    FROM watches ORDER BY name
"""
# One by one: a script of several would end the transaction.
TABLES = (
    "DROP TABLE IF EXISTS temp.watch_matches",
    "CREATE TEMP TABLE watch_matches (kind TEXT, id INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID",
    "DROP TABLE IF EXISTS temp.watch_ways",
    "CREATE TEMP TABLE watch_ways (key TEXT, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID",
)
MATCH = "INSERT OR IGNORE INTO temp.watch_matches SELECT :kind, value FROM json_each(:ids)"
SEEN = (
    "SELECT 1 FROM watch_hits AS seen WHERE seen.kind = '{kind}' AND seen.item_id = {item} "
    "AND seen.watch_id = :watch"
)
# From which pages an article that was not seen was reached: an aggregator's post may be too short
# to be kept, and its headline is that article's all the same.
WAYS = f"""
    SELECT matched.id, frontier.found_on FROM temp.watch_matches AS matched
    CROSS JOIN addresses ON addresses.article_id = matched.id
    CROSS JOIN frontier ON frontier.key = addresses.key
    WHERE matched.kind = 'article' AND frontier.kind = 'article' AND frontier.found_on IS NOT NULL
    AND NOT EXISTS ({SEEN.format(kind="article", item="matched.id")})
"""  # noqa: S608 - constants
WAY = "INSERT OR IGNORE INTO temp.watch_ways (key, id) VALUES (?, ?)"
# A story is known by any member that was seen, or a headline that led to one.
NEW_STORIES = f"""
    SELECT coalesce(max(iif(stories.lead_id = found.id, found.id, NULL)), min(found.id)) AS id
    FROM temp.watch_matches AS matched
    CROSS JOIN articles AS found ON found.id = matched.id
    CROSS JOIN stories ON stories.id = found.story_id
    WHERE matched.kind = 'article'
    AND NOT EXISTS ({SEEN.format(kind="article", item="found.id")})
    AND NOT EXISTS (
        SELECT 1 FROM articles AS member WHERE member.story_id = found.story_id AND (
            EXISTS ({SEEN.format(kind="article", item="member.id")})
            OR EXISTS (SELECT 1 FROM headlines AS line WHERE line.article_id = member.id
                AND EXISTS ({SEEN.format(kind="headline", item="line.id")}))
            OR EXISTS (SELECT 1 FROM temp.watch_ways AS way CROSS JOIN headlines AS line
                ON line.key = way.key WHERE way.id = member.id
                AND EXISTS ({SEEN.format(kind="headline", item="line.id")}))
        )
    )
    GROUP BY found.story_id
"""  # noqa: S608 - constants
# A headline is known where any list's line of the same link or the same print was seen, or one
# that was resolved to its page, or whose page it was resolved to; or where the article that its
# page led to is found.
NEW_HEADLINES = f"""
    SELECT min(found.id) AS id
    FROM temp.watch_matches AS matched
    CROSS JOIN headlines AS found ON found.id = matched.id
    LEFT JOIN resolutions ON resolutions.headline_id = found.id
    WHERE matched.kind = 'headline'
    AND NOT EXISTS ({SEEN.format(kind="headline", item="found.id")})
    AND NOT EXISTS (
        SELECT 1 FROM sources CROSS JOIN headlines AS line
        ON line.source_id = sources.id AND line.identity = found.identity
        WHERE EXISTS ({SEEN.format(kind="headline", item="line.id")})
    )
    AND NOT EXISTS (
        SELECT 1 FROM resolutions AS other
        WHERE other.key = coalesce(resolutions.key, found.identity)
        AND EXISTS ({SEEN.format(kind="headline", item="other.headline_id")})
    )
    AND NOT EXISTS (
        SELECT 1 FROM headlines AS line WHERE line.key = resolutions.key
        AND EXISTS ({SEEN.format(kind="headline", item="line.id")})
    )
    AND NOT EXISTS (SELECT 1 FROM temp.watch_ways AS way WHERE way.key = found.key)
    GROUP BY coalesce(resolutions.key, found.identity)
"""  # noqa: S608 - constants
SEE = (
    "INSERT OR IGNORE INTO watch_hits (kind, item_id, watch_id, told_at) "
    "SELECT kind, id, :watch, NULL FROM temp.watch_matches"
)
TELL = (
    "UPDATE watch_hits SET told_at = :now WHERE kind = :kind AND watch_id = :watch "
    "AND item_id IN (SELECT value FROM json_each(:ids))"
)
NEWEST = {
    "articles": "SELECT max(time_order) FROM articles WHERE id = ?",
    "headlines": "SELECT max(time_order) FROM headlines WHERE id = ?",
}


def add(
    db: "Database", name: str, wanted: Wanted, *, past: bool = False, now: datetime
) -> tuple[Watch, int]:
    """Save a search; gives it, and how many rows match already and are not told.

    With `past` these are told by its first run. Raises UsageError for a name that is taken or no
    name, and for what cannot be searched for; NotFound for a source that there is none of.
    """
    named = checked_name(name)
    if db.execute("SELECT 1 FROM watches WHERE name = ?", (named,)).fetchone():
        raise UsageError(f"there is a watch {named!r} already; `backfile watch remove` removes it")
    raw = db.conn
    wanted = _settled(raw, wanted)
    query = _query(raw, wanted, now)
    watch_id = insert(
        db,
        "watches",
        {
            "name": named,
            "asked": _written(wanted),
            "made_at": instant(now),
            "feed": f"{FOLDER}/{named}.atom",
        },
    )
    known = 0
    if not past:
        _match(raw, query)
        known = raw.execute(SEE, {"watch": watch_id}).rowcount
    return find(raw, named), known


def remove(db: "Database", name: str) -> Watch:
    """Take a watch out, with what it has seen; gives what it was. Raises NotFound."""
    held = find(db.conn, name)
    db.execute("DELETE FROM watch_hits WHERE watch_id = ?", (held.id,))
    db.execute("DELETE FROM watches WHERE id = ?", (held.id,))
    return held


def every(raw: sqlite3.Connection) -> tuple[Watch, ...]:
    """Give every watch, by name."""
    return tuple(_watch(row) for row in raw.execute(EVERY).fetchall())


def find(raw: sqlite3.Connection, name: str) -> Watch:
    """Give the watch of a name, in any case. Raises NotFound."""
    row = raw.execute("SELECT id FROM watches WHERE name = ?", (storable(name.strip()),)).fetchone()
    if row is None:
        raise NotFound(f"no watch {name!r}; `backfile watch list` shows them")
    return next(watch for watch in every(raw) if watch.id == row["id"])


def run(connection: Connection, watch: Watch, *, now: datetime) -> WatchReport:
    """Look for what a watch has not seen, and write its feed.

    What goes wrong is in the report: no watch keeps others, or a crawl, from their work.
    """
    from archive.exporting import watchfeed

    report = WatchReport(name=watch.name)
    try:
        # All of a million articles take minutes to look through: others write meanwhile.
        with connection.reading() as raw:
            _match(raw, _query(raw, _readable(watch), now))
            _note_ways(raw, watch.id)
        with connection.writing() as db:
            report = _look(db, watch, now)
        watchfeed.write(connection, watch)
    except BackfileError as error:
        return WatchReport(name=report.name, new=report.new, hits=report.hits, problem=str(error))
    return report


def _look(db: "Database", watch: Watch, now: datetime) -> WatchReport:
    """Note what matches as seen, and what of it is told."""
    raw = db.conn
    of_watch = {"watch": watch.id}
    told = {
        table: [row["id"] for row in raw.execute(sql, of_watch).fetchall()]
        for table, sql in (("articles", NEW_STORIES), ("headlines", NEW_HEADLINES))
    }
    raw.execute(SEE, of_watch)
    for table, ids in told.items():
        values = {"kind": KINDS[table].value, "ids": json.dumps(ids), "now": instant(now)}
        raw.execute(TELL, values | of_watch)
    raw.execute("UPDATE watches SET last_run_at = ? WHERE id = ?", (instant(now), watch.id))
    return WatchReport(
        name=watch.name,
        new=sum(map(len, told.values())),
        hits=tuple(_hits(raw, told)),
        feed=watch.feed,
    )


def _readable(watch: Watch) -> Wanted:
    if watch.wanted is None:
        raise UsageError("its query cannot be read; remove it and add it again")
    return watch.wanted


def _query(raw: sqlite3.Connection, wanted: Wanted, now: datetime) -> Query:
    """Read what a watch looks for, as of now. Raises UsageError, NotFound."""
    zone = zones.named(wanted.zone) if wanted.zone else zones.Local()
    query = asking.ask(raw, wanted.asked, zone=zone, now=now, stems=wanted.stems)
    if query is None:
        raise UsageError("say what to watch for: words, a publisher, a site, a date")
    return query


def _match(raw: sqlite3.Connection, query: Query) -> None:
    """Write down everything that a search finds now, in a table of the connection."""
    for statement in TABLES:
        raw.execute(statement)
    days = timeorder.span(query.filters)
    for question in questions(query, query.filters, search.names(raw, query)):
        stream = Matches(raw, question, days, newest=True, all_copies=False)
        kind = KINDS[question.table].value
        ids = (order & timeorder.ID_MASK for order, *_ in stream.once())
        # A statement for each would be a transaction for each, where there is none around it.
        while piece := list(islice(ids, PIECE)):
            raw.execute(MATCH, {"kind": kind, "ids": json.dumps(piece)})


def _note_ways(raw: sqlite3.Connection, watch_id: int) -> None:
    """Write down from which pages the articles were reached that a watch has not seen."""
    found = raw.execute(WAYS, {"watch": watch_id})
    while rows := found.fetchmany(PIECE):
        ways = ((page_key(str(row["found_on"])), row["id"]) for row in rows)
        raw.executemany(WAY, [way for way in ways if way[0] is not None])


def _hits(raw: sqlite3.Connection, told: dict[str, list[int]]) -> Iterator[WatchHit]:
    """Describe the newest of what is told, by publication."""
    newest = sorted(
        (
            (raw.execute(NEWEST[table], (item,)).fetchone()[0] or 0, table, item)
            for table, ids in told.items()
            for item in ids
        ),
        reverse=True,
    )[:MOST_HITS]
    for _, table, item in newest:
        for row in raw.execute(HELD[table], (json.dumps([item]),)).fetchall():
            yield WatchHit(
                kind=KINDS[table],
                id=row["id"],
                title=row["title"],
                url=row["url"],
                publisher=row["publisher"] or first_listed(row["listed_publishers"]),
                published=row["published"] or row["listed_published"],
            )


def _settled(raw: sqlite3.Connection, wanted: Wanted) -> Wanted:
    """Name sources by their numbers: they may be renamed and moved."""
    numbers = tuple(str(sources.find(raw, text).id) for text in wanted.asked.sources)
    return Wanted(
        asked=wanted.asked._replace(sources=numbers), zone=wanted.zone, stems=wanted.stems
    )


def _written(wanted: Wanted) -> str:
    asked = {name: value for name, value in wanted.asked._asdict().items() if value}
    return json.dumps({"asked": asked, "zone": wanted.zone, "stems": wanted.stems})


def _wanted(text: str) -> Wanted | None:
    """Read what `_written` wrote; None for anything else."""
    try:
        given = json.loads(text)
        asked = Asked(**given.pop("asked"))
        return Wanted(
            asked=asked._replace(
                languages=tuple(asked.languages),
                sites=tuple(asked.sites),
                sources=tuple(asked.sources),
            ),
            **given,
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _watch(row: Stored) -> Watch:
    return Watch(
        id=number(row["id"]),
        name=str(row["name"]),
        wanted=_wanted(str(row["asked"])),
        made_at=moment(row["made_at"]),
        last_run_at=moment_or_none(row["last_run_at"]),
        feed=str(row["feed"]),
        told=number(row["told"]),
    )
