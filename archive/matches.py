"""Which rows match, in the order of publication, read as far as they are needed. Reads only.

A match is a row's time order, its group and its bm25, None where that was not asked for. Rows of
one group are one row of the results (an article's story; headlines with the same link).
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import TypeAlias

from archive.questions import Question
from archive.ranking import RANK
from archive.timeorder import FIRST_DATED, ID_MASK, LAST, Days, is_moment_within

Group: TypeAlias = int | str
Match: TypeAlias = tuple[int, Group, float | None]

_order, _group = itemgetter(0), itemgetter(1)

# Rows taken from SQLite at a time: a page's worth first, most searches need no more in order.
FEW, MANY = 64, 1_024

# Told which index to take, since it alone has all that is read.
STREAMS = {
    "articles": (
        "SELECT articles_fts.rowid, articles.story_id, {rank} FROM articles_fts "
        "CROSS JOIN articles INDEXED BY idx_articles_time_order "
        "ON articles.time_order = articles_fts.rowid "
    ),
    "headlines": (
        "SELECT headlines_fts.rowid, "
        "coalesce('page:' || headlines.key, 'line:' || headlines.id), {rank} FROM headlines_fts "
        "CROSS JOIN headlines INDEXED BY idx_headlines_time_order "
        "ON headlines.time_order = headlines_fts.rowid "
    ),
}
SPAN = "WHERE {0}_fts MATCH ? AND {0}_fts.rowid BETWEEN ? AND ? ORDER BY {0}_fts.rowid {1} LIMIT ?"
ONE = "SELECT 1 FROM {0}_fts WHERE {0}_fts MATCH ? AND rowid = ?"
MOMENTS = {
    "articles": (
        "SELECT time_order, coalesce(published, listed_published) FROM articles "
        "WHERE id IN (SELECT value FROM json_each(?))"
    ),
    "headlines": (
        "SELECT time_order, published FROM headlines WHERE id IN (SELECT value FROM json_each(?))"
    ),
}


def numbers(ids: Iterable[int]) -> str:
    """Give numbers for `json_each`: Python's own JSON takes milliseconds to load."""
    return f"[{','.join(map(str, ids))}]"


class Matches:
    """What matches in one table, within the days, newest or oldest first; undated rows last."""

    def __init__(
        self,
        raw: sqlite3.Connection,
        question: Question,
        days: Days,
        *,
        newest: bool,
        all_copies: bool,
        ranked: int | None = 0,
    ) -> None:
        """Ask for the matches; of the newest so many (None: all) the ranks are noted.

        That is, where it costs little beside reading them: `is_ranked` tells.
        """
        self.table = question.table
        self.question = question
        self.complete = False
        """Whether all matches were read."""
        self.rows: list[Match] = []
        """Those that were read."""
        self.groups: set[Group] = set()
        self.is_ranked = ranked != 0 and question.ranked is not None and not question.is_common
        self._raw = raw
        self._days = days
        self._all_copies = all_copies
        self._held: set[int] = set()
        self._known = 0
        self._most_ranked = -1 if ranked is None else ranked
        self._pieces = self._read_ranked() if self.is_ranked else self._read(newest=newest)

    def read(self, most: int | None) -> None:
        """Read until there are more than so many groups, or (None) all matches."""
        while not self.complete and (most is None or len(self.groups) <= most):
            self._more()

    def read_rows(self, count: int) -> Sequence[Match]:
        """Give the first so many matches, or all where there are fewer."""
        while not self.complete and len(self.rows) < count:
            self._more()
        return self.rows[:count]

    def __iter__(self) -> Iterator[Match]:
        """Give the matches, reading on as they are asked for."""
        position = 0
        while position < len(self.rows) or not self.complete:
            if position == len(self.rows):
                self._more()
                continue
            yield self.rows[position]
            position += 1

    def once(self) -> Iterator[Match]:
        """Give the matches and keep none, however many there are; nothing else is asked after."""
        for piece in self._pieces:
            yield from piece

    def __contains__(self, order: int) -> bool:
        """Tell whether a row matches, also where it was not read yet."""
        if self._known != len(self.rows):
            self._held = set(map(_order, self.rows))
            self._known = len(self.rows)
        if order in self._held:
            return True
        if self.complete:
            return False
        return self._matches(order) and order in self._within([order])

    def _matches(self, order: int) -> bool:
        sql = ONE.format(self.table)
        return self._raw.execute(sql, (self.question.wanted, order)).fetchone() is not None

    def _more(self) -> None:
        piece = next(self._pieces, None)
        if piece is None:
            self.complete = True
            return
        self.rows += piece
        self.groups.update(map(_group, piece))

    def _read(self, *, newest: bool, before: int | None = None) -> Iterator[list[Match]]:
        """Read the matches; `before` is the order behind which to go on."""
        sql = STREAMS[self.table].format(rank="NULL")
        for low, high in _spans(self._days, newest=newest):
            last = high if before is None else before - 1
            for piece in self._pieces_of(sql, low, last, -1, newest=newest):
                yield self._kept(piece)

    def _read_ranked(self) -> Iterator[list[Match]]:
        """Read the matches, newest first, the first of them with their ranks."""
        sql = STREAMS[self.table].format(rank=RANK[self.table])
        low, high = self._days.low, self._days.high
        last, read = high + 1, 0
        for piece in self._pieces_of(sql, low, high, self._most_ranked, newest=True):
            last, read = piece[-1][0], read + len(piece)
            yield self._kept(piece)
        if read == self._most_ranked:
            yield from self._read(newest=True, before=last)

    def _pieces_of(
        self, sql: str, low: int, high: int, most: int, *, newest: bool
    ) -> Iterator[list[Match]]:
        cursor = self._raw.cursor()
        cursor.row_factory = None
        span = SPAN.format(self.table, "DESC" if newest else "ASC")
        cursor.execute(sql + span, (self.question.wanted, low, high, most))
        size = FEW
        while piece := cursor.fetchmany(size):
            yield piece
            size = MANY

    def _kept(self, piece: list[Match]) -> list[Match]:
        """Give those within the days, and where every copy is wanted, each as its own group."""
        if self._all_copies:
            piece = [(order, f"{self.table}:{order}", rank) for order, _, rank in piece]
        if self._days.filters.after is None and self._days.filters.before is None:
            return piece
        within = self._within(list(map(_order, piece)))
        return [match for match in piece if match[0] in within]

    def _within(self, orders: Sequence[int]) -> set[int]:
        """Give those that are within the days, reading the dates of which only they can tell."""
        told = {order: self._days.holds(order) for order in orders}
        unsure = [order for order, within in told.items() if within is None]
        sure = {order for order, within in told.items() if within}
        filters = self._days.filters
        return sure | {
            order
            for order, published in moments(self._raw, self.table, unsure)
            if is_moment_within(published, filters)
        }


def moments(
    raw: sqlite3.Connection, table: str, orders: Iterable[int]
) -> Iterator[tuple[int, str]]:
    """Give rows' time orders with their dates as stored, of those that have one."""
    ids = [order & ID_MASK for order in orders]
    if ids:
        for order, published in raw.execute(MOMENTS[table], (numbers(ids),)):
            if published is not None:
                yield order, published


def _spans(days: Days, *, newest: bool) -> Iterator[tuple[int, int]]:
    """Give the spans to be read one after the other; without a date comes last either way."""
    if newest or days.low >= FIRST_DATED:
        yield days.low, days.high
    else:
        yield FIRST_DATED, LAST
        yield 0, FIRST_DATED - 1
