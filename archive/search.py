"""Finding: articles, and headlines whose article is not held. Reads only.

    query, filters ─▶ questions ─▶ matches, newest first, as far as needed ─▶ ranking of the newest
      ─▶ one row per story ─▶ the page that is asked for ─▶ hits with snippets; facets

One row per story: the member that leads it, or the best match (by date: the first) where the
leading one does not match. A date is the page's own, or else the one that a list gave. What an
expression may contain is `query`'s business.

What costs grows with the matches is bounded: so many of the newest are ranked, so many are counted,
and the results say so. Behind those that are ranked the others follow, newest first: whatever
matches is on some page. `exhaustive` ranks and counts all.
"""

import heapq
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, islice
from typing import NamedTuple

from archive import hits, ranking, timeorder
from archive.filters import Filters
from archive.found import Facet, SearchResults, Sort
from archive.hits import Shown
from archive.matches import Group, Match, Matches, moments, numbers
from archive.query import Query
from archive.questions import questions

# Rows that are counted: nobody reads on so far, and each costs some microseconds.
MOST_COUNTED = 10_000
# Rows that are counted by publisher, month and so on; each is read for it, which costs ten times
# as much. Of more, so many of the newest of each table are counted.
MOST_FACETED = 2_500
MOST_SAMPLED = 500
# Matches of a table that are ranked: more take longer than a reader notices.
MOST_RANKED = 2_000
# Rows of one day are ordered by their times together, others in portions of so many.
PORTION = 100

# Names that a publisher asked for may mean: more are asked for by their words.
MOST_NAMES = 200
EVERYTHING = Filters()
NAMES = "SELECT publisher FROM publishers_fts WHERE publishers_fts MATCH ? LIMIT ?"


LEADS = """
    SELECT stories.id, leading.time_order FROM stories
    JOIN articles AS leading ON leading.id = stories.lead_id
    WHERE stories.id IN (SELECT value FROM json_each(?))
"""


class Window(NamedTuple):
    """Which part of what matches is wanted, and how it is shown."""

    filters: Filters = EVERYTHING
    sort: Sort = Sort.RANK
    limit: int = 20
    offset: int = 0
    all_copies: bool = False
    """Every article and headline is a row of its own."""
    exhaustive: bool = False
    """All matches are ranked and counted, however many there are."""
    facets: bool = False


def search(raw: sqlite3.Connection, query: Query | None, window: Window) -> SearchResults:
    """Find what matches the query within the window; without a query, everything in it."""
    asked = questions(query, window.filters, names(raw, query))
    days = timeorder.span(window.filters)
    newest = window.sort is not Sort.OLD
    is_ranked = window.sort is Sort.RANK and any(question.ranked for question in asked)
    most = (None if window.exhaustive else MOST_RANKED) if is_ranked else 0
    streams = [
        Matches(raw, question, days, newest=newest, all_copies=window.all_copies, ranked=most)
        for question in asked
    ]
    _read(streams, most, exhaustive=window.exhaustive)
    total, capped = _count(streams, None if window.exhaustive else MOST_COUNTED)
    ranked = _ranked(raw, streams, most) if is_ranked else _Ranked()
    rows = chain(ranked.shown, _by_date(raw, streams, newest=newest, done=ranked.groups))
    shown = list(islice(rows, window.offset, window.offset + window.limit))
    return SearchResults(
        hits=hits.hits(raw, asked, query.unspaced if query else (), _leading(raw, streams, shown)),
        total=total,
        capped=capped,
        ranked=ranked.most,
        facets=_facets(
            raw, streams, is_all=window.exhaustive or (not capped and total <= MOST_FACETED)
        )
        if window.facets
        else (),
    )


def names(raw: sqlite3.Connection, query: Query | None) -> Sequence[str] | None:
    """Give the names of publishers that the query asks for; None where it does not, or of many."""
    if query is None or query.publishers is None or query.publishers.headlines is None:
        return None
    found = raw.execute(NAMES, (query.publishers.headlines, MOST_NAMES + 1)).fetchall()
    return [row[0] for row in found] if len(found) <= MOST_NAMES else None


def _read(streams: Sequence[Matches], most: int | None, *, exhaustive: bool) -> None:
    """Read what is ranked."""
    for stream in streams:
        if exhaustive:
            stream.read()
        elif most:
            stream.read_rows(most)


def _count(streams: Sequence[Matches], most: int | None) -> tuple[int, bool]:
    """Give how many rows there are, and whether there are more."""
    if most is None:
        return sum(len(stream.groups) for stream in streams), False
    total = 0
    for stream in streams:
        total += stream.count(most - total)
        if total > most:
            return most, True
    return total, False


def _facets(
    raw: sqlite3.Connection, streams: Sequence[Matches], *, is_all: bool
) -> tuple[Facet, ...]:
    """Count all matches, or the newest where there are too many."""
    from archive import facets

    for stream in streams if is_all else ():
        stream.read()
    return facets.facets(raw, streams, None if is_all else MOST_SAMPLED)


class _Ranked(NamedTuple):
    """What was ranked, the best first."""

    shown: Iterable[Shown] = ()
    groups: Collection[Group] = frozenset()
    most: int | None = None
    """Matches that were ranked, where there are more."""


def _ranked(raw: sqlite3.Connection, streams: Sequence[Matches], most: int | None) -> _Ranked:
    """Rank the newest matches, so many of each table, and give each group by its best one.

    Where ranks do not tell, the newest is first, an article before a headline.
    """
    chosen = [_rankable(stream, most) for stream in streams]
    newest = max((rows[0][0] for rows in chosen if rows), default=0)
    ranks: dict[Group, float] = {}
    best: dict[Group, tuple[str, int]] = {}
    for stream, rows in zip(streams, chosen, strict=True):
        for (order, group, _), rank in zip(rows, _ranks(raw, stream, rows, newest), strict=True):
            if group not in ranks or rank < ranks[group]:
                ranks[group] = rank
                best[group] = stream.table, order
    is_part = sum(map(len, chosen)) < sum(stream.known for stream in streams)
    return _Ranked(
        shown=(
            Shown(table=best[group][0], order=best[group][1], group=group, rank=ranks[group])
            for group in sorted(ranks, key=ranks.__getitem__)
        ),
        groups=ranks.keys(),
        most=sum(map(len, chosen)) if is_part else None,
    )


def _rankable(stream: Matches, most: int | None) -> Sequence[Match]:
    """Give the newest matches, so many; where days were narrowed, some less may be ranked."""
    rows = stream.rows if most is None else stream.read_rows(most)
    return [match for match in rows if match[2] is not None] if stream.is_ranked else rows


def _ranks(
    raw: sqlite3.Connection, stream: Matches, rows: Sequence[Match], newest: int
) -> Sequence[float]:
    """Give each match's rank, lower is better: bm25, with the recent preferred."""
    told = {} if stream.is_ranked else ranking.ranks(raw, stream.question, [r[0] for r in rows])
    share = ranking.SHARES[stream.table]
    preferred = ranking.preferences((row[0] for row in rows), newest=newest)
    return [
        (told[order] if rank is None else rank) * share * preferred[order >> timeorder.DAY_SHIFT]
        for order, _, rank in rows
    ]


def _by_date(
    raw: sqlite3.Connection,
    streams: Sequence[Matches],
    *,
    newest: bool,
    done: Collection[Group],
) -> Iterator[Shown]:
    """Give one row per group in order of publication, without the groups that are done."""
    given = set(done)
    for portion in _portions(streams, newest=newest):
        waiting = [row for row in portion if row.group not in given]
        leads = _leads(raw, waiting)
        for row in _in_time(raw, waiting, newest=newest):
            lead = leads.get(row.group)
            if row.group in given or _is_elsewhere(row, lead, streams):
                continue
            given.add(row.group)
            yield row


def _is_elsewhere(row: Shown, lead: int | None, streams: Sequence[Matches]) -> bool:
    """Tell whether the story's row is that of its leading member, which matches too."""
    return lead is not None and lead != row.order and lead in _articles(streams)


def _articles(streams: Sequence[Matches]) -> Matches:
    return next(stream for stream in streams if stream.table == "articles")


def _portions(streams: Sequence[Matches], *, newest: bool) -> Iterator[list[Shown]]:
    """Give the matches of all tables in order of day and grain, those of one slot together.

    Where a slot's rows have no time of day, they come in portions: nothing is to be ordered.
    """
    merged = heapq.merge(*map(_rows, streams), key=_newest if newest else _oldest, reverse=newest)
    for slot, rows in groupby(merged, key=lambda row: timeorder.slot(row.order)):
        if timeorder.is_timed(slot << timeorder.ID_BITS):
            yield list(rows)
        else:
            while portion := list(islice(rows, PORTION)):
                yield portion


def _rows(stream: Matches) -> Iterator[Shown]:
    return (Shown(table=stream.table, order=order, group=group) for order, group, _ in stream)


def _newest(row: Shown) -> tuple[int, bool, int]:
    return timeorder.slot(row.order), row.table == "articles", row.order


def _oldest(row: Shown) -> tuple[bool, int, bool, int]:
    dated = timeorder.is_dated(row.order)
    return not dated, timeorder.slot(row.order), row.table != "articles", row.order


def _in_time(raw: sqlite3.Connection, rows: list[Shown], *, newest: bool) -> list[Shown]:
    """Order the rows of one slot by their times of day, if they have any."""
    if len(rows) < 2 or not timeorder.is_timed(rows[0].order):
        return rows
    told = {
        (table, order): timeorder.instant(published)
        for table in {row.table for row in rows}
        for order, published in moments(raw, table, [r.order for r in rows if r.table == table])
    }
    return sorted(rows, key=lambda row: told[row.table, row.order], reverse=newest)


def _leads(raw: sqlite3.Connection, rows: Iterable[Shown]) -> Mapping[Group, int]:
    """Give story ▸ time order of the member that leads it, for rows that are stories."""
    stories = [row.group for row in rows if isinstance(row.group, int)]
    if not stories:
        return {}
    return dict(map(tuple, raw.execute(LEADS, (numbers(stories),))))


def _leading(
    raw: sqlite3.Connection, streams: Sequence[Matches], shown: Sequence[Shown]
) -> list[Shown]:
    """Show each story by the member that leads it, where that one matches."""
    leads = _leads(raw, shown)
    return [
        row.at(lead)
        if (lead := leads.get(row.group)) is not None and lead in _articles(streams)
        else row
        for row in shown
    ]
