"""Reading the counts that the archive keeps of its articles; `tallies` says how they are kept."""

import sqlite3
from collections.abc import Mapping, Sequence

SUMS = """
    SELECT name, sum(articles) AS articles FROM tallies
    WHERE kind = ? AND name <> '' GROUP BY name ORDER BY articles DESC, name LIMIT ?
"""
MONTHS = "SELECT month, articles FROM tallies WHERE kind = ? AND name = ? ORDER BY month"
NAMED = "SELECT count(DISTINCT name) FROM tallies WHERE kind = ? AND name <> ''"


def months(raw: sqlite3.Connection, kind: str = "all", name: str = "") -> Mapping[str, int]:
    """Give month (`2024-11`, `2024`, `` for no date) ▸ articles, in order of time."""
    return {row["month"]: row["articles"] for row in raw.execute(MONTHS, (kind, name))}


def commonest(raw: sqlite3.Connection, kind: str, most: int) -> Sequence[tuple[str, int]]:
    """Give the commonest names of a kind with their articles, so many."""
    return [(row["name"], row["articles"]) for row in raw.execute(SUMS, (kind, most))]


def named(raw: sqlite3.Connection, kind: str) -> int:
    """Give how many names of a kind there are."""
    return int(raw.execute(NAMED, (kind,)).fetchone()[0])
