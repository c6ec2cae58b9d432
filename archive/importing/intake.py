"""One import under way: records to the parts that take them in, in bounded transactions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from archive.bundles import FORMAT, Malformed
from archive.connection import Connection
from archive.errors import ArchiveTooNew
from archive.export import Record
from archive.importing import articles, headlines, newsplease, sources
from archive.importing.lines import Numbered
from archive.importing.state import Intake, Taken
from archive.rows import number

if TYPE_CHECKING:
    from sqlite_utils import Database

# Records of one transaction: enough that commits cost nothing, few enough that no reader or second
# writer waits long and that a killed import loses little.
BATCH = 500

TEMPORARY = (
    "DROP TABLE IF EXISTS temp.story_leads",
    "DROP TABLE IF EXISTS temp.awaited_originals",
)
# Of the stories that came in: the key of who leads it there ▸ an article of it here.
STORY_LEADS = (
    "CREATE TEMP TABLE story_leads (key TEXT PRIMARY KEY, article_id INTEGER, begun INTEGER)"
)
# Posts whose original comes behind them.
AWAITED = (
    "CREATE TEMP TABLE awaited_originals (key TEXT, post_id INTEGER, PRIMARY KEY (key, post_id))"
)

HANDLERS: Mapping[str, Callable[["Database", Intake, Record], None]] = {
    "source": sources.take,
    "article": articles.take,
    "headline": headlines.take,
    newsplease.KIND: newsplease.take,
}


def take_in(
    connection: Connection, records: Iterable[Numbered], *, follow: bool, now: datetime
) -> Taken:
    """Take records in; with `follow` what headlines link to is fetched by the next crawl.

    A record that is malformed keeps none of the others back: the first ones are told in what is
    given back. Raises ArchiveError.
    """
    taken = Taken()
    waiting = iter(records)
    with _intake(connection, taken, follow=follow, now=now) as intake:
        while batch := list(islice(waiting, BATCH)):
            with connection.writing() as db:
                for each in batch:
                    _take(db, intake, each)
    return taken


@contextmanager
def _intake(
    connection: Connection, taken: Taken, *, follow: bool, now: datetime
) -> Iterator[Intake]:
    """Begin an import: what was held before it, and where it notes what comes behind."""
    with connection.reading() as raw:
        for statement in (*TEMPORARY, STORY_LEADS, AWAITED):
            raw.execute(statement)
        before = raw.execute("SELECT max(id) FROM articles").fetchone()[0]
        listed = raw.execute("SELECT 1 FROM headlines LIMIT 1").fetchone() is not None
        guarded = raw.execute("SELECT 1 FROM tombstones LIMIT 1").fetchone() is not None
    yield Intake(
        taken=taken,
        follow=follow,
        now=now,
        before=number(before),
        listed=listed,
        guarded=guarded,
    )
    with connection.reading() as raw:
        for statement in TEMPORARY:
            raw.execute(statement)


def _take(db: "Database", intake: Intake, given: Numbered) -> None:
    """Take one record in, or note what is wrong with it."""
    if given.fault is not None:
        intake.taken.fault(given.number, given.fault)
        return
    kind = newsplease.KIND if newsplease.is_one(given.record) else given.record.get("record")
    if kind == "backfile":
        _check_format(given.record)
        return
    handler = HANDLERS.get(str(kind))
    if handler is None:
        intake.taken.fault(given.number, "it is no record of this program or of news-please")
        return
    try:
        handler(db, intake, given.record)
    except Malformed as error:
        intake.taken.fault(given.number, f"{kind}: {error}")


def _check_format(record: Record) -> None:
    if record.get("format") != FORMAT:
        raise ArchiveTooNew(
            f"the records are of format {record.get('format')!r}, this program reads {FORMAT}; "
            "update it"
        )
