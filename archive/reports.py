"""The archive and its sources at a glance. Reads only; judges nothing."""

import sqlite3
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from urllib.parse import urljoin

from archive import mementos, rows
from archive.captures import FOLDER, SUFFIX
from archive.connection import FILE_NAME
from archive.held import FailureCount, SourceSummary, Status
from archive.records import UrlState

# A host has a name when so much of what it published is held under it.
LEAST_AGREEMENT = 0.8

COUNTS = """
SELECT
    (SELECT count(*) FROM sources WHERE removed_at IS NULL) AS sources,
    (SELECT count(*) FROM headlines) AS headlines,
    (SELECT count(*) FROM headlines WHERE article_id IS NOT NULL) AS headlines_with_article,
    (SELECT count(*) FROM headlines INDEXED BY idx_headlines_open
        WHERE headlines.url IS NULL AND article_id IS NULL AND NOT EXISTS
        (SELECT 1 FROM resolutions WHERE headline_id = headlines.id AND resolutions.url IS NOT NULL)
    ) AS headlines_unresolved,
    (SELECT count(*) FROM articles) AS articles,
    (SELECT count(*) FROM stories) AS stories,
    (SELECT count(*) FROM versions) AS versions,
    (SELECT count(*) FROM captures) AS captures,
    (SELECT min(published) FROM articles) AS oldest,
    (SELECT max(published) FROM articles) AS newest,
    (SELECT max(last_seen) FROM articles) AS last_stored
"""
SUMMARIES = """
SELECT
    sources.*,
    coalesce(listed.headlines, 0) AS headlines,
    coalesce(listed.with_link, 0) AS with_link,
    coalesce(listed.articles, 0) AS articles,
    listed.newest,
    frontier.visited_at, frontier.state, frontier.reason
FROM sources LEFT JOIN (
    SELECT source_id, count(*) AS headlines, count(url) AS with_link,
        count(article_id) AS articles, max(published) AS newest
    FROM headlines GROUP BY source_id
) AS listed ON listed.source_id = sources.id
LEFT JOIN frontier ON frontier.key = coalesce(sources.door_key, sources.key)
WHERE sources.removed_at IS NULL
ORDER BY sources.id
"""


def status(
    raw: sqlite3.Connection,
    folder: Path,
    *,
    frontier: Mapping[UrlState, int],
    failures: tuple[FailureCount, ...],
    next_due: datetime | None,
    held_by: str | None,
) -> Status:
    """Count everything; `oldest` and `newest` are days as printed."""
    row = raw.execute(COUNTS).fetchone()
    return Status(
        sources=row["sources"],
        headlines=row["headlines"],
        headlines_with_article=row["headlines_with_article"],
        headlines_unresolved=row["headlines_unresolved"],
        articles=row["articles"],
        stories=row["stories"],
        versions=row["versions"],
        frontier=frontier,
        failures=failures,
        next_due=next_due,
        oldest=_day(row["oldest"]),
        newest=_day(row["newest"]),
        last_stored=rows.moment_or_none(row["last_stored"]),
        size=sum(path.stat().st_size for path in folder.glob(f"{FILE_NAME}*")),
        captures=row["captures"],
        captures_size=sum(path.stat().st_size for path in (folder / FOLDER).glob(f"*{SUFFIX}")),
        lookups=mementos.counts(raw),
        held_by=held_by,
    )


def known_publishers(raw: sqlite3.Connection) -> dict[str, str]:
    """Give host ▸ the name under which its articles are held, where nearly all agree on one.

    A host whose articles name several publishers (a portal) has none.
    """
    return {name: publisher for name, (publisher, _) in _hosts(raw).items()}


def publisher_sites(raw: sqlite3.Connection) -> dict[str, str]:
    """Give home page ▸ publisher, of the same hosts."""
    return {urljoin(url, "/"): publisher for publisher, url in _hosts(raw).values()}


def _hosts(raw: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Give host ▸ the name that nearly all of its articles agree on, and one of their addresses."""
    found = raw.execute(
        "SELECT substr(key, 1, instr(key, '/') - 1) AS host, publisher, count(*) AS n, "
        "max(url) AS url FROM articles WHERE publisher IS NOT NULL AND url LIKE 'http%' "
        "GROUP BY host, publisher ORDER BY n"
    ).fetchall()
    total: Counter[str] = Counter()
    for row in found:
        total[row["host"]] += row["n"]
    # In ascending order of their count: the commonest name of a host comes last and stays.
    return {
        row["host"]: (row["publisher"], row["url"])
        for row in found
        if row["n"] >= LEAST_AGREEMENT * total[row["host"]]
    }


def source_summaries(raw: sqlite3.Connection) -> tuple[SourceSummary, ...]:
    """Give each source with what it has brought, in the order in which they were added."""
    return tuple(
        SourceSummary(
            source=rows.source(row),
            headlines=row["headlines"],
            with_link=row["with_link"],
            articles=row["articles"],
            newest=_day(row["newest"]),
            last_visit=rows.moment_or_none(row["visited_at"]),
            last_state=UrlState(row["state"]) if row["state"] else None,
            last_reason=row["reason"],
        )
        for row in raw.execute(SUMMARIES)
    )


def _day(published: str | None) -> str | None:
    return published[:10] if published else None
