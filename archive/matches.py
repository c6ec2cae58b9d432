"""Which rows match, in the order of publication, read as far as they are needed. Reads only.

A match is a row's time order, its group and its bm25, None where that was not asked for. Rows of
one group are one row of the results (an article's story; headlines with the same link).

What is only counted is not read row by row: SQLite gives it as one text, the oldest first. So a
match costs half, and where several words are asked for less: FTS5 walks backwards slowly.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import TypeAlias

from archive.questions import Question
from archive.ranking import RANK
from archive.timeorder import FIRST_DATED, ID_BITS, ID_MASK, LAST, Days, is_moment_within

Group: TypeAlias = int | str
Match: TypeAlias = tuple[int, Group, float | None]

_order, _group = itemgetter(0), itemgetter(1)

# Rows taken from SQLite at a time: a page's worth first, most searches need no more in order.
FEW, MANY = 64, 1_024
# Matches that are counted at a time beyond those that are missing: some share their group.
SPARE = 1_000

GROUPS = {
    "articles": "articles.story_id",
    "headlines": "coalesce('page:' || headlines.key, 'line:' || headlines.id)",
}
# Told which index to take, since it alone has all that is read.
JOINED = "{0}_fts CROSS JOIN {0} INDEXED BY idx_{0}_time_order ON {0}.time_order = {0}_fts.rowid "
STREAM = "SELECT {0}_fts.rowid, {1}, {2} FROM {3} {4}"
AT_ONCE = (
    "SELECT count(*), max(time_order), {4}, {5} "
    "FROM (SELECT {0}_fts.rowid AS time_order, {1} AS of FROM {2} {3})"
)
SPAN = "WHERE {0}_fts MATCH ? AND {0}_fts.rowid BETWEEN ? AND ? ORDER BY {0}_fts.rowid {1} LIMIT ?"
ONE = "SELECT 1 FROM {0}_fts WHERE {0}_fts MATCH ? AND rowid = ?"
MOMENTS = {
    "articles": (
        "SELECT id, coalesce(published, listed_published) FROM articles "
        "WHERE id IN (SELECT value FROM json_each(?))"
    ),
    "headlines": (
        "SELECT id, published FROM headlines WHERE id IN (SELECT value FROM json_each(?))"
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
        self._held_of = 0
        self._counted = 0
        self._newest = newest
        self._unread = list(_spans(days, newest=newest))
        self._is_bounded = not (days.filters.after is None and days.filters.before is None)
        self._most_ranked = -1 if ranked is None else ranked
        self._pieces = self._read_ranked() if self.is_ranked else self._read()

    def read(self) -> None:
        """Read all matches."""
        while not self.complete:
            self._more()

    def read_rows(self, count: int) -> Sequence[Match]:
        """Give the first so many matches, or all where there are fewer."""
        while not self.complete and len(self.rows) < count:
            self._more()
        return self.rows[:count]

    def count(self, most: int) -> int:
        """Count the groups, without reading on for it; more than `most` says that there are more.

        `known` tells the matches that have them.
        """
        if not self.rows and not self.complete:
            self._more()
        groups = set(self.groups)
        self._counted = 0
        for span in () if self.complete else self._unread:
            low, high = span
            while len(groups) <= most and low <= high:
                low, found = self._at_once(low, high, most + 1 - len(groups) + SPARE)
                self._counted += len(found)
                groups.update(found)
        return len(groups)

    @property
    def known(self) -> int:
        """How many matches were read or counted; there may be more."""
        return len(self.rows) + self._counted

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
        if self._held_of != len(self.rows):
            self._held = set(map(_order, self.rows))
            self._held_of = len(self.rows)
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
        self._counted = 0
        self.groups.update(map(_group, piece))

    def _read(self) -> Iterator[list[Match]]:
        """Read the matches that are not read yet."""
        while self._unread:
            yield from map(self._kept, self._spanned("NULL", -1))
            self._unread.pop(0)

    def _read_ranked(self) -> Iterator[list[Match]]:
        """Read the matches, newest first, the first of them with their ranks."""
        read = 0
        for piece in self._spanned(RANK[self.table], self._most_ranked):
            read += len(piece)
            yield self._kept(piece)
        if read == self._most_ranked:
            yield from self._read()

    def _spanned(self, rank: str, most: int) -> Iterator[list[Match]]:
        """Read the span that is next, so many matches (-1: all)."""
        low, high = self._unread[0]
        joined = JOINED.format(self.table)
        span = SPAN.format(self.table, "DESC" if self._newest else "ASC")
        sql = STREAM.format(self.table, GROUPS[self.table], rank, joined, span)
        cursor = self._raw.cursor()
        cursor.row_factory = None
        cursor.execute(sql, (self.question.wanted, low, high, most))
        size = FEW
        while piece := cursor.fetchmany(size):
            last = piece[-1][0]
            self._unread[0] = (low, last - 1) if self._newest else (last + 1, high)
            yield piece
            size = MANY

    def _at_once(self, low: int, high: int, most: int) -> tuple[int, list[Group]]:
        """Give the groups of the oldest so many in a span, and where to go on behind them."""
        # It takes milliseconds to load, and most searches have nothing left to count.
        import json

        joined, span = JOINED.format(self.table), SPAN.format(self.table, "ASC")
        # Each number that is written and read again costs a third of a microsecond.
        orders = "json_group_array(time_order)" if self._is_bounded else "NULL"
        told = "json_group_array(of)"
        if self._all_copies:
            told = f"json_group_array('{self.table}:' || time_order)"
        sql = AT_ONCE.format(self.table, GROUPS[self.table], joined, span, orders, told)
        row = self._raw.execute(sql, (self.question.wanted, low, high, most)).fetchone()
        groups: list[Group] = json.loads(row[3])
        if self._is_bounded:
            within = self._within(numbered := json.loads(row[2]))
            if within is not numbered:
                pairs = zip(numbered, groups, strict=True)
                groups = [group for order, group in pairs if order in within]
        return (row[1] + 1 if row[0] == most else high + 1), groups

    def _kept(self, piece: list[Match]) -> list[Match]:
        """Give those within the days, and where every copy is wanted, each as its own group."""
        if self._all_copies:
            piece = [(order, f"{self.table}:{order}", rank) for order, _, rank in piece]
        if not self._is_bounded:
            return piece
        within = self._within(orders := list(map(_order, piece)))
        return piece if within is orders else [match for match in piece if match[0] in within]

    def _within(self, orders: Sequence[int]) -> Collection[int]:
        """Give those that are within the days, reading the dates of which only they can tell.

        Where all are, `orders` itself: that is so of most pieces of a long span.
        """
        told = {each: self._days.holds(each << ID_BITS) for each in {o >> ID_BITS for o in orders}}
        if all(told.values()):
            return orders
        within = {order for order in orders if told[order >> ID_BITS]}
        unsure = [order for order in orders if told[order >> ID_BITS] is None]
        filters = self._days.filters
        within.update(
            order
            for order, published in moments(self._raw, self.table, unsure)
            if is_moment_within(published, filters)
        )
        return within


def moments(
    raw: sqlite3.Connection, table: str, orders: Iterable[int]
) -> Iterator[tuple[int, str]]:
    """Give rows' time orders with their dates as stored, of those that have one."""
    # By their ids: to work the orders out anew would cost more than to read the dates.
    orders_of = {order & ID_MASK: order for order in orders}
    if orders_of:
        cursor = raw.cursor()
        cursor.row_factory = None
        for number, published in cursor.execute(MOMENTS[table], (numbers(orders_of),)):
            if published is not None:
                yield orders_of[number], published


def _spans(days: Days, *, newest: bool) -> Iterator[tuple[int, int]]:
    """Give the spans to be read one after the other; without a date comes last either way."""
    if newest or days.low >= FIRST_DATED:
        yield days.low, days.high
    else:
        yield FIRST_DATED, LAST
        yield 0, FIRST_DATED - 1
