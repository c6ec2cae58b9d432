"""Gathering everything that is known of a page, under all its addresses. Reads only.

`explaining` makes a story of it.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from archive import captures, history, lookup, rows, sources, storylist
from archive.errors import NotFound
from archive.explaining import DeadLink, Traced, Visit
from archive.held import LookupState, StoredArticle, StoredChange, StoredHeadline
from archive.records import Capture, PageKind, Source, UrlState
from archive.urls import canonical_url, host, page_key

HEADLINE = re.compile(r"(?:h|headline:)(\d{1,18})")
ARTICLE = re.compile(r"(?:article:)?(\d{1,18})")
# Addresses of a host among which similar ones are looked for.
MOST_CANDIDATES = 500
# Those next to it in the order of the keys: they begin like it. Keys of a site's pages begin with
# its host and a slash, whose next sign is a zero.
NEAR = " UNION ".join(
    f"SELECT * FROM (SELECT url FROM {table} WHERE {span} LIMIT :most)"  # noqa: S608 - constants
    for table in ("addresses", "frontier")
    for span in (
        "key > :low AND key < :key ORDER BY key DESC",
        "key > :key AND key < :high ORDER BY key",
    )
)
IN = "IN (SELECT value FROM json_each(:these))"
HEADLINES = f"""
    SELECT id FROM headlines WHERE key {IN}
    UNION SELECT id FROM headlines WHERE article_id = :article
    UNION SELECT headline_id FROM resolutions WHERE key {IN}
    UNION SELECT id FROM headlines WHERE id = :headline
    ORDER BY id
"""  # noqa: S608 - constants


def trace(raw: sqlite3.Connection, asked: str, *, now: datetime) -> Traced:
    """Gather what is known of a page: by an address, an article's id, or `h12`.

    Raises NotFound for an id that there is none of; an address may be unknown.
    """
    headline, article = _start(raw, asked)
    keys = list(dict.fromkeys(_keys(asked, headline, article)))
    lines = _headlines(raw, keys, headline, article)
    keys = list(dict.fromkeys([*keys, *_links(lines)]))
    visits = _visits(raw, keys)
    known = Traced(
        asked=asked,
        keys=tuple(keys),
        headlines=lines,
        resolved_at=_resolved_at(raw, lines),
        changes=tuple(_changes(raw, lines)),
        visits=visits,
        dead_links=_dead_links(raw, keys),
        captures=captured(raw, keys),
        article=article,
        member=_member(raw, article),
        forgotten_at=_forgotten(raw, keys),
        sources={source.id: source for source in sources.every(raw)},
        lists=_lists(raw, visits, now),
    )
    return known if known.is_known else _around(raw, asked, known)


def _start(
    raw: sqlite3.Connection, asked: str
) -> tuple[StoredHeadline | None, StoredArticle | None]:
    """Give the headline and the article that are asked for by id or address."""
    if found := HEADLINE.fullmatch(asked):
        line = lookup.headline(raw, int(found[1]))
        held = lookup.article(raw, str(line.article_id)) if line.article_id is not None else None
        return line, held
    if found := ARTICLE.fullmatch(asked):
        return None, lookup.article(raw, found[1])
    try:
        return None, lookup.article(raw, asked)
    except NotFound:
        return None, None


def _keys(
    asked: str, headline: StoredHeadline | None, article: StoredArticle | None
) -> Iterable[str]:
    if not HEADLINE.fullmatch(asked) and not ARTICLE.fullmatch(asked):
        yield page_key(asked) or rows.storable(asked)
    if article is not None:
        yield from (address.key for address in article.addresses)
    if headline is not None:
        yield from _links([headline])


def _links(lines: Iterable[StoredHeadline]) -> Iterable[str]:
    """Give the identities of the pages that headlines link to, or were resolved to."""
    for line in lines:
        for url in (line.headline.url, line.resolution.url if line.resolution else None):
            if url and (key := page_key(url)):
                yield key


def _headlines(
    raw: sqlite3.Connection,
    keys: Sequence[str],
    headline: StoredHeadline | None,
    article: StoredArticle | None,
) -> tuple[StoredHeadline, ...]:
    found = raw.execute(
        HEADLINES,
        {
            "these": json.dumps(keys),
            "article": article.id if article else None,
            "headline": headline.id if headline else None,
        },
    ).fetchall()
    return tuple(lookup.headline(raw, row["id"]) for row in found)


def _resolved_at(raw: sqlite3.Connection, lines: Sequence[StoredHeadline]) -> dict[int, datetime]:
    found = raw.execute(
        f"SELECT headline_id, resolved_at FROM resolutions WHERE headline_id {IN}",  # noqa: S608 - constant
        {"these": json.dumps([line.id for line in lines])},
    )
    return {row["headline_id"]: rows.moment(row["resolved_at"]) for row in found}


def _changes(raw: sqlite3.Connection, lines: Sequence[StoredHeadline]) -> Iterable[StoredChange]:
    for line in lines:
        yield from history.changes(raw, source_id=None, headline_id=line.id, since=None, limit=None)


def _visits(raw: sqlite3.Connection, keys: Sequence[str]) -> tuple[Visit, ...]:
    found = raw.execute(
        f"SELECT * FROM frontier WHERE key {IN} ORDER BY id",  # noqa: S608 - constant
        {"these": json.dumps(keys)},
    )
    return tuple(_visit(row) for row in found.fetchall())


def _visit(row: rows.Stored) -> Visit:
    return Visit(
        url=str(row["url"]),
        key=str(row["key"]),
        kind=PageKind(str(row["kind"])),
        state=UrlState(str(row["state"])),
        due_at=rows.moment_or_none(row["due_at"]),
        source_id=rows.number_or_none(row["source_id"]),
        found_on=rows.text_or_none(row["found_on"]),
        added_at=rows.moment(row["added_at"]),
        attempts=rows.number(row["attempts"]),
        claims=rows.number(row["claims"]),
        visited_at=rows.moment_or_none(row["visited_at"]),
        status=rows.number_or_none(row["status"]),
        verdict=rows.text_or_none(row["verdict"]),
        reason=rows.text_or_none(row["reason"]),
        final_url=rows.text_or_none(row["final_url"]),
    )


def _dead_links(raw: sqlite3.Connection, keys: Sequence[str]) -> tuple[DeadLink, ...]:
    found = raw.execute(
        "SELECT url, state, due_at, asked_at, reason FROM mementos "  # noqa: S608 - constant
        f"WHERE key {IN} ORDER BY id",
        {"these": json.dumps(keys)},
    )
    return tuple(
        DeadLink(
            url=str(row["url"]),
            state=LookupState(str(row["state"])),
            due_at=rows.moment_or_none(row["due_at"]),
            asked_at=rows.moment_or_none(row["asked_at"]),
            reason=rows.text_or_none(row["reason"]),
        )
        for row in found.fetchall()
    )


def captured(raw: sqlite3.Connection, keys: Sequence[str]) -> tuple[Capture, ...]:
    """Give what is kept of the pages with these identities, the oldest first."""
    found = raw.execute(
        f"SELECT * FROM captures WHERE key {IN} ORDER BY captured_at, id",  # noqa: S608 - constant
        {"these": json.dumps(keys)},
    )
    return tuple(captures.from_row(row) for row in found.fetchall())


def _member(raw: sqlite3.Connection, article: StoredArticle | None) -> storylist.Copy | None:
    if article is None or not article.members:
        return None
    members = storylist.story(raw, str(article.story_id)).members
    return next((member for member in members if member.id == article.id), None)


def _forgotten(raw: sqlite3.Connection, keys: Sequence[str]) -> datetime | None:
    row = raw.execute(
        f"SELECT max(forgotten_at) AS at FROM tombstones WHERE key {IN}",  # noqa: S608 - constant
        {"these": json.dumps(keys)},
    ).fetchone()
    return rows.moment_or_none(row["at"])


def _lists(
    raw: sqlite3.Connection, visits: Sequence[Visit], now: datetime
) -> dict[int, datetime | None]:
    """Say when the lists among the pages are visited next, where they are sources' own."""
    own = {source.id: page_key(_first_page(source)) for source in sources.every(raw)}
    lists = {visit.source_id for visit in visits if own.get(visit.source_id or 0) == visit.key}
    planned = sources.next_visits(raw, now=now) if lists else {}
    return {key: at for key, at in planned.items() if key in lists}


def _first_page(source: Source) -> str:
    return source.door.url if source.door else source.url


def _around(raw: sqlite3.Connection, asked: str, known: Traced) -> Traced:
    """Add what is known of the host of a page that is not known itself."""
    url = canonical_url(asked)
    at = host(url) if url else None
    if url is None or at is None:
        return known
    counts = raw.execute(
        "SELECT state, count(*) FROM frontier WHERE host = ? GROUP BY state", (at,)
    )
    robots = captured(raw, [key for key in (page_key(_robots_of(url)),) if key])
    key = page_key(url) or at
    own = key.partition("/")[0]
    near = raw.execute(
        NEAR, {"low": f"{own}/", "key": key, "high": f"{own}0", "most": MOST_CANDIDATES}
    )
    return Traced(
        asked=asked,
        keys=known.keys,
        sources=known.sources,
        host=at,
        at_host={row[0]: row[1] for row in counts.fetchall()},
        robots=robots[-1] if robots else None,
        candidates=tuple(row[0] for row in near.fetchall()),
    )


def _robots_of(url: str) -> str:
    return "/".join([*url.split("/", 3)[:3], "robots.txt"])
