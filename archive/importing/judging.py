"""The stories of what came in, looked for when all of it is held, some hundred in one transaction.

    sketched: where the records hold all that is held, those whose story was looked for there
    judged:   the rest, which keep the ties that the records gave

What a kill leaves of it, importing again or later articles bring along (see `judging.catch_up`).
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from archive import judging, stories
from archive.bulk import JUDGED_ROWS
from archive.connection import Connection
from archive.importing.state import Intake
from archive.rows import moment, number
from archive.stories import TieKind

if TYPE_CHECKING:
    from sqlite_utils import Database

# All that is held is among the records.
ALONE = (
    "SELECT (SELECT count(*) FROM articles) = (SELECT count(*) FROM temp.met) "
    "AND EXISTS (SELECT 1 FROM temp.met WHERE judged)"
)
NEXT = """
    SELECT article_id FROM temp.met CROSS JOIN unjudged USING (article_id)
    WHERE article_id > :last AND (judged OR NOT :sketched) ORDER BY article_id LIMIT :most
"""
NEAR = """
    SELECT article_id, other_id, part, made_at FROM story_ties
    WHERE kind = 'near' AND (article_id = :id OR other_id = :id)
"""


def find_stories(connection: Connection, intake: Intake, *, progress: Callable[[], None]) -> None:
    """Find the stories of all that came in; `progress` hears of each transaction."""
    with connection.reading() as raw:
        alone = bool(raw.execute(ALONE).fetchone()[0])
    for sketched in (True, False) if alone else (False,):
        last = 0
        while articles := _next(connection, last, sketched=sketched):
            with connection.writing() as db:
                for article_id in _unjudged(db, articles):
                    _judge(db, intake, article_id, sketched=sketched)
            last = articles[-1]
            intake.taken.judged += len(articles)
            progress()


def _next(connection: Connection, last: int, *, sketched: bool) -> list[int]:
    with connection.reading() as raw:
        asked = {"last": last, "sketched": sketched, "most": JUDGED_ROWS}
        return [number(row["article_id"]) for row in raw.execute(NEXT, asked)]


def _unjudged(db: "Database", articles: list[int]) -> list[int]:
    """Give those that nobody has judged meanwhile."""
    rows = db.execute(
        "SELECT article_id FROM unjudged WHERE article_id IN (SELECT value FROM json_each(?))",
        (json.dumps(articles),),
    ).fetchall()
    return [number(row["article_id"]) for row in rows]


def _judge(db: "Database", intake: Intake, article_id: int, *, sketched: bool) -> None:
    leaf = judging.load(db, article_id)
    if sketched:
        judging.keep_sketch(db, article_id, leaf)
        return
    given = db.execute(NEAR, {"id": article_id}).fetchall()
    judging.judge(db, article_id, leaf, now=intake.now)
    for row in given:
        pair = row["article_id"], row["other_id"]
        stories.tie(db, *pair, TieKind.NEAR, part=row["part"], now=moment(row["made_at"]))
