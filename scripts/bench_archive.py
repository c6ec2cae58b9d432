"""What writing, checking and optimizing an archive cost, in CPU time.

    scripts/bench_archive [--articles 100000] [--rounds 3] [--html]

Makes synthetic articles (words of a Zipf distribution, 3.5 KB of text each; with --html as much of
HTML beside it, as pages leave it) and writes the same rows, prepared before, into a new archive by
each way in turn:

    plain        executemany into `articles` without search index and triggers
    insert_all   sqlite-utils' insert_all, the triggers filling the search index row by row
    store_many   ours: stories, addresses and ties too
    one by one   `Archive.store`, a transaction each; of the first few only

Of several rounds, each in another order, the least CPU time counts. Then what comes before and
after: preparing the rows, an import end to end of what `export` writes as JSONL (lines read and
checked, articles written, then sketched), `check`, `optimize`. The bounds: store_many at least 2
times insert_all, and at least 0.20 times plain. Exit code 1 where one does not hold.
"""

import argparse
import itertools
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from archive import Archive, bulk
from archive.bulk import Incoming, Prepared
from archive.connection import FILE_NAME, Connection, open_to_write
from archive.exporting.formats import Format, Wanted
from archive.importing import lines
from archive.importing.state import Taken
from archive.records import (
    Article,
    Dated,
    DateSource,
    PageReading,
    Precision,
    Verdict,
    VerdictKind,
)
from archive.rows import Row

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LEAST_OF_PLAIN, LEAST_OF_INSERT_ALL = 0.20, 2.0
WORDS, VOCABULARY, PARAGRAPH = 560, 50_000, 80
# So many in one transaction of the two that know no batches, as in ours.
BATCH = bulk.BATCH_ROWS
# One by one is slow, and its cost does not depend on how many follow.
MOST_SINGLE = 2_000


def main() -> int:
    """Measure all, print the tables; 1 where a bound does not hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--html", action="store_true", help="rows with HTML beside the text")
    options = parser.parse_args()
    pages = list(make(options.articles, html=options.html))
    with scratch() as folder:
        preparing, rows = prepared(pages)
        rates = measure(folder, pages, rows, rounds=options.rounds)
        held = report(rates, preparing)
        report_rest(folder, pages, rates["plain"])
    return 0 if held else 1


def make(count: int, *, html: bool) -> Iterator[Incoming]:
    """Give so many made-up pages, newest first, as a crawl into the past finds them."""
    rng = random.Random(6)
    letters = "etaoinshrdlucmfwypvbgk"
    known = ["".join(rng.choices(letters, k=rng.randint(2, 10))) for _ in range(VOCABULARY)]
    often = list(itertools.accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))
    for number in range(count):
        words = rng.choices(known, cum_weights=often, k=WORDS)
        yield page(number, words, html=html)


def page(number: int, words: Sequence[str], *, html: bool) -> Incoming:
    """Give one page; its address begins with words of its own."""
    blocks = [
        " ".join(words[at : at + PARAGRAPH]).capitalize() + "." for at in range(0, WORDS, PARAGRAPH)
    ]
    url = f"https://www.paper{number % 200}.example/2024/{number}-{'-'.join(words[:6])}"
    at = NOW - timedelta(minutes=7 * number)
    article = Article(
        url=url,
        text="\n\n".join(blocks),
        html="".join(f"<p>{block}</p>" for block in blocks) if html else None,
        title=" ".join(words[5:14]).capitalize(),
        byline=(" ".join(words[20:22]).title(),),
        publisher=f"Paper {number % 200}",
        published=Dated(
            value=at, precision=Precision.SECOND, source=DateSource.JSON_LD, raw=at.isoformat()
        ),
        language="en",
    )
    return Incoming(
        reading=PageReading(
            url=url,
            captured_at=NOW,
            verdict=Verdict(kind=VerdictKind.ARTICLE, reason="made up"),
            article=article,
        ),
        asked_url=f"{url}?utm_source=list",
        source_id=None,
        now=NOW,
    )


def prepared(pages: Sequence[Incoming]) -> tuple[float, list[Prepared]]:
    """Give the CPU seconds that preparing took, and what came of it."""
    began = time.process_time()
    rows = [each for each in map(bulk.prepare, pages) if each is not None]
    return time.process_time() - began, rows


def plain(connection: Connection, rows: Sequence[Prepared], _pages: Sequence[Incoming]) -> int:
    """Insert without search index."""
    drop_search(connection.raw)
    names = list(rows[0].row)
    marks = ", ".join("?" * len(names))
    sql = f"INSERT INTO articles ({', '.join(names)}) VALUES ({marks})"
    for batch in batches([each.row for each in rows]):
        connection.raw.execute("BEGIN IMMEDIATE")
        connection.raw.executemany(sql, (tuple(row.values()) for row in batch))
        connection.raw.execute("COMMIT")
    return len(rows)


def insert_all(connection: Connection, rows: Sequence[Prepared], _pages: Sequence[Incoming]) -> int:
    """Insert with the triggers, by sqlite-utils."""
    table = connection.database.table("articles")
    for batch in batches([each.row for each in rows]):
        with connection.writing():
            table.insert_all(batch)
    return len(rows)


def store_many(connection: Connection, rows: Sequence[Prepared], _pages: Sequence[Incoming]) -> int:
    """Write as an import does."""
    return bulk.write(connection, rows).given


def one_by_one(connection: Connection, _rows: Sequence[Prepared], pages: Sequence[Incoming]) -> int:
    """Store some as a crawl does."""
    archive = Archive(connection)
    some = pages[:MOST_SINGLE]
    for each in some:
        archive.store(
            each.reading, asked_url=each.asked_url, claim=None, source_id=None, now=each.now
        )
    return len(some)


WAYS: dict[str, Callable[[Connection, Sequence[Prepared], Sequence[Incoming]], int]] = {
    "plain": plain,
    "insert_all": insert_all,
    "store_many": store_many,
    "one by one": one_by_one,
}


def measure(
    folder: Path, pages: Sequence[Incoming], rows: Sequence[Prepared], *, rounds: int
) -> dict[str, float]:
    """Give each way's rows a CPU second, the best of the rounds; leaves ours in `folder`."""
    best = dict.fromkeys(WAYS, 0.0)
    for turn in range(rounds):
        for name in list(WAYS) if turn % 2 == 0 else list(WAYS)[::-1]:
            target = folder / name
            shutil.rmtree(target, ignore_errors=True)
            Archive.open(target, create=True).close()
            connection = open_to_write(target)
            # Each the memory that ours takes.
            connection.raw.execute(f"PRAGMA cache_size=-{bulk.BULK_CACHE_KIB}")
            began = time.process_time()
            count = WAYS[name](connection, rows, pages)
            connection.close()
            best[name] = max(best[name], count / (time.process_time() - began))
    return best


def drop_search(raw: sqlite3.Connection) -> None:
    """Take the triggers out, so that a row is nothing but a row."""
    names = [row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")]
    for name in names:
        raw.execute(f"DROP TRIGGER {name}")


def batches(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """Part the rows into transactions."""
    for at in range(0, len(rows), BATCH):
        yield rows[at : at + BATCH]


def report(rates: dict[str, float], preparing: float) -> bool:
    """Print what each way brings; tell whether the bounds hold."""
    print(f"{'':14}{'rows/CPU s':>12}{'of plain':>10}{'of insert_all':>15}")
    for name, rate in rates.items():
        ratios = rate / rates["plain"], rate / rates["insert_all"]
        print(f"{name:14}{rate:12,.0f}{ratios[0]:10.3f}{ratios[1]:15.2f}")
    print(f"preparing the rows: {preparing:.1f} CPU s")
    of_plain = rates["store_many"] / rates["plain"]
    of_insert_all = rates["store_many"] / rates["insert_all"]
    return bound("plain", of_plain, LEAST_OF_PLAIN) & bound(
        "insert_all", of_insert_all, LEAST_OF_INSERT_ALL
    )


def bound(name: str, value: float, least: float) -> bool:
    """Print whether a ratio is large enough."""
    held = value >= least
    print(f"store_many, to {name}: {value:.3f}, at least {least}{'' if held else ': MISSED'}")
    return held


def report_rest(folder: Path, pages: Sequence[Incoming], plainly: float) -> None:
    """Print what an export, an import, a check and optimizing cost; `plainly` are plain's rows."""
    source = folder / "pages.jsonl"
    with Archive.open(folder / "exported", create=True) as archive:
        archive.store_many(pages)
        with timed("export to JSONL", len(pages)):
            archive.export(
                Wanted(format=Format.JSONL, path=source, query=None, title="", mark=False)
            )
    with Archive.open(folder / "imported", create=True) as archive:
        import_lines(archive, source, len(pages), plainly)
        with timed("check", len(pages)):
            faults = archive.check(now=NOW)
        with timed("optimize", len(pages)):
            done = archive.optimize()
        with timed("optimize --vacuum", len(pages)):
            archive.optimize(vacuum=True)
    print(f"{len(faults)} faults; {done.segments_before} parts of the search index before")
    size = (folder / "imported" / FILE_NAME).stat().st_size
    print(f"{size / 1e6:,.0f} MB, {size / len(pages):,.0f} bytes an article")


def import_lines(archive: Archive, source: Path, count: int, plainly: float) -> None:
    """Print what an import costs: until all is held and found, and with its stories."""
    held = began = time.process_time()
    seen = 0

    def look(taken: Taken) -> None:
        nonlocal held, seen
        if taken.articles > seen:
            seen, held = taken.articles, time.process_time()

    with source.open("rb") as file:
        archive.take_in(lines.read(file), now=NOW, progress=look)
    for name, end in (("until held", held), ("with stories", time.process_time())):
        rate = count / (end - began)
        print(f"import of JSONL, {name}: {rate:,.0f} rows/CPU s, {rate / plainly:.3f} of plain")


@contextmanager
def timed(name: str, count: int) -> Iterator[None]:
    """Print what is done within."""
    began = time.process_time()
    yield
    spent = time.process_time() - began
    print(f"{name:22}{spent:8.1f} CPU s{spent / count * 1e6:8.0f} µs an article")


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder, and take it away."""
    folder = Path(tempfile.mkdtemp(prefix="bench-archive-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
