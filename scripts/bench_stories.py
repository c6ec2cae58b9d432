"""How well near copies are found, and what that costs however much is held.

    scripts/bench_stories [--articles 4000] [--grow 10000 100000 1000000] [--seed 1]

Made news (`tests/archive/newsroom.py`), four fifths of it English and one fifth Chinese: articles
of some 3.5 KB like no other, copies of every tenth (framed, noted, cut, restyled, excerpted,
updated), and a family by each of sixteen templates for every thousand, with a copy of every third
of its members. All are judged one after the other in a shuffled order, as a crawl would. Printed
are recall by way of copying, precision over all pairs in a story, and CPU milliseconds an article:
its shingles, its lookups, and all of judging (these two, comparing texts, and writing the sketch).

With --grow as much is held of sketches that belong to nobody, a notice in 5,000 of them that the
articles have too, and the cost of judging 500 more articles is measured among each number.

The bounds: recall .99, precision .999, and 1.5 ms for judging. Exit code 1 where one does not hold.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from archive import Archive, judging, sketches, stories
from archive.connection import Connection, insert, open_to_write
from archive.fingerprint import fingerprint
from archive.nearness import Leaf
from archive.records import Article, Dated, DateSource, Precision
from archive.rows import article_row, instant
from archive.sketch import shingle
from tests.archive.newsroom import ChineseDesk, Desk, Piece, siblings

if TYPE_CHECKING:
    from sqlite_utils import Database

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LEAST_RECALL, LEAST_PRECISION, MOST_MS = 0.99, 0.999, 1.5
# Of what a template fills in these leave too little, or change most of it.
NOT_OF_TEMPLATES = {"excerpt", "updated"}
BATCH = 500
ORIGINAL = "original"
NOTICE = (
    "All rights reserved. No part of this page may be copied, framed, stored or sent on without "
    "written leave of its publisher, who is not answerable for what pages say that it links to."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A piece with how it was come by."""

    way: str
    piece: Piece


def main() -> int:
    """Measure, print, and say whether the bounds hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=4000, help="articles like no other")
    parser.add_argument("--grow", type=int, nargs="*", default=[], help="sketches that are held")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        holds = quality(Path(folder) / "quality", options.articles, options.seed)
        for held in options.grow:
            holds &= growth(Path(folder) / f"held-{held}", held, options.seed)
    return 0 if holds else 1


def quality(folder: Path, articles: int, seed: int) -> bool:
    """Judge made news with planted copies; print recall, precision and cost."""
    news = list(make_news(articles, seed))
    connection = new_archive(folder)
    ids, costs = judge_all(connection, [copied.piece for copied in news])
    with connection.reading() as raw:
        story = dict(raw.execute("SELECT id, story_id FROM articles").fetchall())
    connection.close()
    found = dict(zip(ids, news, strict=True))
    recall = print_recall(found, story)
    precision = print_precision(found, story)
    print_costs(costs, [copied.piece.text for copied in news])
    holds = recall >= LEAST_RECALL and precision >= LEAST_PRECISION
    return verdict("quality", holds) & verdict("cost", statistics.mean(costs) <= MOST_MS)


def make_news(articles: int, seed: int) -> Iterator[Copied]:
    """Give the pieces in the order in which they are stored."""
    desks = Desk(seed), ChineseDesk(seed + 1)
    chooser = random.Random(seed)
    made = []
    for number in range(articles):
        desk = desks[number % 5 == 4]
        piece = desk.article()
        made.append(Copied(way=ORIGINAL, piece=piece))
        if chooser.random() < 0.1:
            made.append(copy_of(piece, desk, list(desk.ways), chooser))
    for family in range(max(1, articles // 1000)):
        for kind, pieces in siblings(Desk(1000 + seed + family)):
            desk = desks[kind.startswith("han")]
            ways = [way for way in desk.ways if way not in NOT_OF_TEMPLATES]
            made += [Copied(way=ORIGINAL, piece=piece) for piece in pieces]
            made += [copy_of(piece, desk, ways, chooser) for piece in pieces[::3]]
    chooser.shuffle(made)
    yield from made


def copy_of(piece: Piece, desk: Desk, ways: Sequence[str], chooser: random.Random) -> Copied:
    """Give a copy of a piece, made in one of the ways."""
    way = chooser.choice(ways)
    return Copied(way=way, piece=desk.ways[way](piece))


def new_archive(folder: Path) -> Connection:
    """Make an archive and open its database."""
    Archive.open(folder, create=True).close()
    return open_to_write(folder)


def judge_all(connection: Connection, pieces: Sequence[Piece]) -> tuple[list[int], list[float]]:
    """Store pieces and judge each; gives their ids and the CPU milliseconds of judging."""
    ids: list[int] = []
    costs: list[float] = []
    for start in range(0, len(pieces), BATCH):
        with connection.writing() as db:
            for piece in pieces[start : start + BATCH]:
                article_id = add(db, piece, len(ids))
                leaf = Leaf(text=piece.text, title=piece.title, site=piece.site, day=piece.day)
                begun = time.process_time()
                judging.judge(db, article_id, leaf, now=NOW)
                costs.append((time.process_time() - begun) * 1000)
                ids.append(article_id)
    return ids, costs


def add(db: "Database", piece: Piece, number: int) -> int:
    """Store a piece as an article in a story of its own; gives its id."""
    day = Dated(value=piece.day, precision=Precision.DAY, source=DateSource.META, raw="")
    url = f"{piece.url}-{number}"
    article = Article(url=url, title=piece.title, text=piece.text, published=day)
    story_id = stories.begin(db, NOW)
    row = article_row(article) | {
        "key": url,
        "story_id": story_id,
        "text_digest": fingerprint(piece.text).digest,
        "verdict": "article",
        **dict.fromkeys(("captured_at", "first_seen", "last_seen"), instant(NOW)),
    }
    article_id = insert(db, "articles", row)
    stories.elect(db, story_id)
    return article_id


def print_recall(found: dict[int, Copied], story: dict[int, int]) -> float:
    """Print of each way how many copies are in their original's story; gives it of all."""
    original = {c.piece.story: number for number, c in found.items() if c.way == ORIGINAL}
    planted: Counter[str] = Counter()
    joined: Counter[str] = Counter()
    for number, copied in found.items():
        if copied.way != ORIGINAL:
            planted[copied.way] += 1
            joined[copied.way] += story[number] == story[original[copied.piece.story]]
    for way, count in sorted(planted.items()):
        print(f"  {way:20}{joined[way]:6} of {count:6}")
    recall = joined.total() / planted.total()
    print(f"recall {recall:.4f} of {planted.total()} copies among {len(found)} articles")
    return recall


def print_precision(found: dict[int, Copied], story: dict[int, int]) -> float:
    """Print how many pairs within the stories belong together; gives their part."""
    members = defaultdict(list)
    for number, copied in found.items():
        members[story[number]].append(copied.piece.story)
    right = pairs = 0
    for each in members.values():
        pairs += len(each) * (len(each) - 1) // 2
        right += sum(count * (count - 1) // 2 for count in Counter(each).values())
    precision = right / pairs if pairs else 1.0
    print(f"precision {precision:.4f} of {pairs} pairs")
    return precision


def print_costs(costs: Sequence[float], texts: Sequence[str]) -> None:
    """Print what judging costs, and of it the shingles alone."""
    begun = time.process_time()
    for text in texts:
        shingle(text)
    alone = (time.process_time() - begun) * 1000 / len(texts)
    print(row("shingles", [alone]))
    print(row("judging", costs))


def growth(folder: Path, held: int, seed: int) -> bool:
    """Measure judging among so many sketches."""
    connection = new_archive(folder)
    hold(connection, held)
    desk = Desk(seed + held)
    pieces = [desk.article() for _ in range(BATCH)]
    noticed = [replace(piece, text=f"{piece.text}\n\n{NOTICE}") for piece in pieces]
    # The first ones warm the file up.
    _, costs = judge_all(connection, noticed)
    costs = costs[BATCH // 10 :]
    lookups = time_lookups(connection, noticed)
    connection.close()
    size = (folder / "archive.db").stat().st_size / 1e6
    print(f"among {held} sketches ({size:.0f} MB)")
    print(row("lookups", lookups))
    print(row("judging", costs))
    return verdict("cost", statistics.mean(costs) <= MOST_MS)


def hold(connection: Connection, held: int) -> None:
    """Fill the table of shingles as so many articles would, 5,000 of them with the notice."""
    common = shingle(NOTICE).sketch.hashes
    each = len(shingle(Desk(1).article().text).sketch.hashes)
    with connection.writing() as db:
        db.execute(
            "INSERT OR IGNORE INTO shingles (hash, article_id) "
            "WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number "
            "WHERE n < :rows - 1) SELECT abs(random()) % 281474976710656 AS hash, "
            "1000000000 + n / :each FROM number ORDER BY hash",
            {"rows": held * each, "each": each},
        )
        db.conn.executemany(
            "INSERT OR IGNORE INTO shingles VALUES (?, ?)",
            [(value, 10**9 + n) for n in range(min(held, 5000)) for value in common],
        )


def time_lookups(connection: Connection, pieces: Sequence[Piece]) -> list[float]:
    """Give the CPU milliseconds of looking up each piece's sketch."""
    costs = []
    with connection.writing() as db:
        for piece in pieces:
            sketch = shingle(piece.text).sketch
            begun = time.process_time()
            sketches.holders(db, sketch, besides=0)
            costs.append((time.process_time() - begun) * 1000)
    return costs


def row(name: str, costs: Sequence[float]) -> str:
    """Give a line of the table: the mean, and what 95 of 100 cost at most."""
    high = sorted(costs)[int(0.95 * len(costs))]
    return f"  {name:12}{statistics.mean(costs):8.2f} ms of CPU, 95 of 100 at most {high:.2f}"


def verdict(name: str, holds: bool) -> bool:  # noqa: FBT001 - said, not chosen
    """Print whether a bound holds; gives it."""
    print(f"{name}: {'holds' if holds else 'MISSED'}")
    return holds


if __name__ == "__main__":
    sys.exit(main())
