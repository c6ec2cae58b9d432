"""One import under way: records to the parts that take them in, in bounded transactions.

records ▸ runs of one kind ▸ batches, each one transaction ▸ the stories of all that came in
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from archive import bulk
from archive.bundles import FORMAT, Malformed
from archive.connection import Connection
from archive.errors import ArchiveTooNew
from archive.export import Record
from archive.importing import batches, headlines, judging, newsplease, sources
from archive.importing.lines import Numbered
from archive.importing.state import Intake, Taken
from archive.rows import number

if TYPE_CHECKING:
    from sqlite_utils import Database

# Sources and headlines of one transaction: enough that commits cost nothing, few enough that no
# reader or second writer waits long and that a killed import loses little.
BATCH = 500
# Articles of one, and letters of their texts: half of what bulk storing takes at once, since each
# is held as its record, too. 200 MB, and a second and a half for which other writers wait.
MOST_ARTICLES = bulk.BATCH_ROWS // 2
MOST_LETTERS = bulk.BATCH_LETTERS // 2

TEMPORARY = (
    "DROP TABLE IF EXISTS temp.story_leads",
    "DROP TABLE IF EXISTS temp.awaited_originals",
    "DROP TABLE IF EXISTS temp.met",
)
# Of the stories that came in: the key of who leads it there ▸ an article of it here.
STORY_LEADS = (
    "CREATE TEMP TABLE story_leads (key TEXT PRIMARY KEY, article_id INTEGER, begun INTEGER)"
)
# Posts whose original comes behind them.
AWAITED = (
    "CREATE TEMP TABLE awaited_originals (key TEXT, post_id INTEGER, PRIMARY KEY (key, post_id))"
)
# Articles that the records hold, and whether their stories were looked for there.
MET = "CREATE TEMP TABLE met (article_id INTEGER PRIMARY KEY, judged INTEGER)"

ARTICLE = "article"
HANDLERS: Mapping[str, Callable[["Database", Intake, Record], None]] = {
    "source": sources.take,
    "headline": headlines.take,
}
MANY: Mapping[str, Callable[[Connection, Intake, Sequence[Numbered]], None]] = {
    ARTICLE: batches.take,
    newsplease.KIND: batches.take_foreign,
}


def take_in(
    connection: Connection,
    records: Iterable[Numbered],
    *,
    follow: bool,
    now: datetime,
    progress: Callable[[Taken], None] | None = None,
) -> Taken:
    """Take records in; with `follow` what headlines link to is fetched by the next crawl.

    A record that is malformed keeps none of the others back: the first ones are told in what is
    given back. `progress` hears of what is committed. Raises ArchiveError.
    """
    taken = Taken()

    def tell() -> None:
        if progress is not None:
            progress(taken)

    with bulk.set_up(connection), _intake(connection, taken, follow=follow, now=now) as intake:
        for kind, batch in _batches(records):
            if kind in MANY:
                MANY[kind](connection, intake, batch)
            else:
                with connection.writing() as db:
                    for each in batch:
                        _take(db, intake, kind, each)
            tell()
        judging.find_stories(connection, intake, progress=tell)
    return taken


def _batches(records: Iterable[Numbered]) -> Iterator[tuple[str, list[Numbered]]]:
    """Part the records into what one transaction takes in: runs of articles, and the others."""
    run, batch, letters = "", list[Numbered](), 0
    for each in records:
        kind = _kind(each)
        most = MOST_ARTICLES if run in MANY else BATCH
        if batch and (kind != run or len(batch) >= most or letters >= MOST_LETTERS):
            yield run, batch
            batch, letters = [], 0
        run = kind
        batch.append(each)
        letters += sum(len(value) for value in each.record.values() if isinstance(value, str))
    if batch:
        yield run, batch


def _kind(given: Numbered) -> str:
    return newsplease.KIND if newsplease.is_one(given.record) else str(given.record.get("record"))


@contextmanager
def _intake(
    connection: Connection, taken: Taken, *, follow: bool, now: datetime
) -> Iterator[Intake]:
    """Begin an import: what was held before it, and where it notes what comes behind."""
    with connection.reading() as raw:
        for statement in (*TEMPORARY, STORY_LEADS, AWAITED, MET):
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


def _take(db: "Database", intake: Intake, kind: str, given: Numbered) -> None:
    """Take one record in, or note what is wrong with it."""
    if given.fault is not None:
        intake.taken.fault(given.number, given.fault)
        return
    if kind == "backfile":
        _check_format(given.record)
        return
    handler = HANDLERS.get(kind)
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
