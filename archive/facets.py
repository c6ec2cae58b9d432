"""What was found, counted: by publisher, year, month, language and source. Reads only.

A row counts once for each value that one of its matching members has, so that a count is the total
of the same search narrowed to that value. Counting reads each row: of very many matches the newest
are counted, and the facet says so.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from archive.found import Facet
from archive.hits import first_listed
from archive.matches import Group, Match, Matches
from archive.timeorder import ID_MASK

# Values of a facet that are shown: what a person reads through.
MOST_VALUES = 20
YEAR, MONTH = 4, 7

COLUMNS = {
    "articles": """
        SELECT id, coalesce(publisher, listed_publishers) AS publisher,
            coalesce(published, listed_published) AS published,
            CASE WHEN published IS NULL THEN listed_published_precision
                ELSE published_precision END AS published_precision,
            language, source_id, listed_sources
        FROM articles WHERE id IN (SELECT value FROM json_each(?))
    """,
    "headlines": """
        SELECT id, publisher, published, published_precision, NULL AS language, source_id,
            NULL AS listed_sources
        FROM headlines WHERE id IN (SELECT value FROM json_each(?))
    """,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetCount:
    """How many rows of what was found have one value."""

    value: str
    count: int


def facets(
    raw: sqlite3.Connection, streams: Sequence[Matches], most: int | None
) -> tuple[Facet, ...]:
    """Count the matches, or the newest of each table; None counts all that were read."""
    groups: Mapping[str, defaultdict[str, set[Group]]] = {
        name: defaultdict(set) for name in _VALUES
    }
    counted = 0
    is_all = True
    for stream in streams:
        chosen = stream.rows if most is None else stream.read_rows(most)
        is_all = is_all and stream.complete and len(chosen) == len(stream.rows)
        counted += len(chosen)
        for group, row in _rows(raw, stream.table, chosen):
            for name, values in _VALUES.items():
                for value in values(row):
                    groups[name][value].add(group)
    covered = None if is_all else counted
    return tuple(_facet(name, found, covered) for name, found in groups.items())


def _rows(
    raw: sqlite3.Connection, table: str, matches: Sequence[Match]
) -> Iterator[tuple[Group, sqlite3.Row]]:
    groups = {order & ID_MASK: group for order, group, _ in matches}
    for row in raw.execute(COLUMNS[table], (json.dumps(list(groups)),)):
        yield groups[row["id"]], row


def _facet(name: str, found: Mapping[str, set[Group]], covered: int | None) -> Facet:
    counts = [FacetCount(value=value, count=len(groups)) for value, groups in found.items()]
    if name in {"year", "month"}:
        counts.sort(key=lambda each: each.value, reverse=True)
    else:
        counts.sort(key=lambda each: (-each.count, each.value))
    return Facet(
        name=name,
        counts=tuple(counts[:MOST_VALUES]),
        other=max(0, len(counts) - MOST_VALUES),
        covered=covered,
    )


def _publisher(row: sqlite3.Row) -> Iterable[str]:
    name = first_listed(row["publisher"])
    return [name] if name else []


def _year(row: sqlite3.Row) -> Iterable[str]:
    return [row["published"][:YEAR]] if row["published"] is not None else []


def _month(row: sqlite3.Row) -> Iterable[str]:
    """Give the month, or the year where no more is known."""
    if row["published"] is None:
        return []
    return [row["published"][: YEAR if row["published_precision"] == "year" else MONTH]]


def _language(row: sqlite3.Row) -> Iterable[str]:
    first = (row["language"] or "").replace("_", "-").partition("-")[0].lower()
    return [first] if first else []


def _source(row: sqlite3.Row) -> Iterable[str]:
    listed = (row["listed_sources"] or "").split()
    return {*listed, *([str(row["source_id"])] if row["source_id"] is not None else [])}


_VALUES: Mapping[str, Callable[[sqlite3.Row], Iterable[str]]] = MappingProxyType(
    {
        "publisher": _publisher,
        "year": _year,
        "month": _month,
        "language": _language,
        "source": _source,
    }
)
