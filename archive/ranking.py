"""How well matches answer: FTS5's bm25 with weights, and a mild preference for the recent.

bm25 costs microseconds for each match, so it is asked for those that are to be ranked only. It
looks at how common each word is, whatever is ranked: a match has the same rank in any selection.
"""

import sqlite3
from collections.abc import Collection, Iterable, Mapping

from archive.questions import Question
from archive.timeorder import DAY_SHIFT, day_number

# bm25's weights, in the order of the columns: a word of the title is worth ten of the text, and
# what a list says of an article half of what its page says. Marks say nothing.
WEIGHTS = {
    "articles": "1, 10, 4, 4, 10, 1, 5, 2, 5, 0",
    "headlines": "10, 4, 10, 0",
}
# A headline alone answers less than an article does: of two equal matches the article is first.
SHARES = {"articles": 1.0, "headlines": 0.5}
# What is as new as the newest match counts a fifth more than what is old, a year later half of
# that: enough to tell equals apart, less than one more mention of a rare word.
PREFERENCE = 0.2
DAYS_TO_HALF = 365
# Asking for the words alone spares counting how common the marks are, which may be in every row;
# it has the matches ranked that the marks would keep out: up to so many times those wanted.
MOST_NEEDLESS = 2
A_FEW = 1_000

RANK = {table: f"bm25({table}_fts, {weights})" for table, weights in WEIGHTS.items()}
RANKS = "SELECT rowid, {1} FROM {0}_fts WHERE {0}_fts MATCH ? AND rowid BETWEEN ? AND ?"
COUNT = (
    "SELECT count(*) FROM (SELECT 1 FROM {0}_fts "
    "WHERE {0}_fts MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?)"
)


def ranks(
    raw: sqlite3.Connection, question: Question, orders: Collection[int]
) -> Mapping[int, float]:
    """Give time order ▸ bm25 for matches of a question that ranks; lower is better."""
    if not orders or question.ranked is None:
        return {}
    low, high = min(orders), max(orders)
    expression = question.ranked
    if expression != question.wanted and _is_needless(raw, question, low, high, len(orders)):
        expression = question.wanted
    sql = RANKS.format(question.table, RANK[question.table])
    cursor = raw.cursor()
    cursor.row_factory = None
    wanted = set(orders)
    return {
        order: rank
        for order, rank in cursor.execute(sql, (expression, low, high))
        if order in wanted
    }


def preferences(orders: Iterable[int], *, newest: int) -> Mapping[int, float]:
    """Give day ▸ the factor by which its matches are preferred, from 1 to 1.2.

    `newest` is the order of the newest of all matches; what has no date is old.
    """
    last = day_number(newest)
    days = {order >> DAY_SHIFT for order in orders}
    return {
        day: 1 + PREFERENCE * 0.5 ** ((last - day) / DAYS_TO_HALF) if day else 1.0 for day in days
    }


def _is_needless(
    raw: sqlite3.Connection, question: Question, low: int, high: int, wanted: int
) -> bool:
    """Tell whether far more rows have the words than are to be ranked."""
    most = wanted * MOST_NEEDLESS + A_FEW
    sql = COUNT.format(question.table)
    (count,) = raw.execute(sql, (question.ranked, low, high, most + 1)).fetchone()
    return bool(count > most)
