"""CPU time of the reading room's pages over an archive of made-up articles.

    bench_browse [--articles N] [--folder F] [--rounds R]

The archive is made by `million` (some 25 minutes and 8.5 GB for a million articles), or taken from
the folder where it is there already. Each page is asked for through the whole of Datasette, in this
process, without a network: routing, reading, template. Several pages of each kind, some rounds,
after a round that is not counted. Prints the median, the 95th percentile and the most of CPU
milliseconds. Ends with 1 where the 95th percentile of a bounded kind is above the bound, which
holds for a million articles; what is Datasette's own has none.
"""

import argparse
import asyncio
import gc
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import million

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from datasette.app import Datasette  # noqa: E402 - the path comes first

from archive import Archive  # noqa: E402
from archive.connection import FILE_NAME  # noqa: E402

# CPU milliseconds of nineteen of twenty answers of a kind.
MOST_MILLISECONDS = 150.0
ROUNDS = 3
EACH = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Pages of one kind."""

    name: str
    paths: tuple[str, ...]
    is_bounded: bool = True


def kinds(folder: Path, words: million.Vocabulary) -> list[Kind]:
    """Give the pages that are asked for."""
    chosen = random.Random(million.SEED)
    with Archive.open(folder, read_only=True) as archive:
        articles = archive.status().articles
        ids = [chosen.randrange(1, articles + 1) for _ in range(EACH)]
        stories = [archive.article(number).story_id for number in ids]
        sources = [source.id for source in archive.sources()][:EACH]
        publishers = [name for name, _ in archive.commonest("publisher", 2 * EACH)]
    rare, usual, common = (
        words.words[20_000 : 20_000 + EACH],
        words.words[1_000 : 1_000 + EACH],
        words.words[40 : 40 + EACH],
    )
    search = "/-/search?q="
    return [
        Kind(name="front page", paths=("/",)),
        Kind(name="search, rare word", paths=tuple(search + word for word in rare)),
        Kind(name="search, usual word", paths=tuple(search + word for word in usual)),
        Kind(name="search, common word", paths=tuple(search + word for word in common)),
        Kind(
            name="search, two words",
            paths=tuple(f"{search}{a}+{b}" for a, b in zip(usual, common, strict=True)),
        ),
        Kind(
            name="search, a month of a word",
            paths=tuple(f"{search}{word}&month=2023-0{1 + i}" for i, word in enumerate(common)),
        ),
        Kind(
            name="search, newest of a publisher",
            paths=tuple(
                f"/-/search?publisher=%22{quote(name)}%22&sort=new" for name in publishers[:EACH]
            ),
        ),
        Kind(name="search, a year", paths=tuple(f"/-/search?year={2015 + i}" for i in range(EACH))),
        Kind(name="search, nothing found", paths=tuple(f"{search}{word}qxz" for word in usual)),
        Kind(name="search, page 10", paths=tuple(f"{search}{word}&page=10" for word in usual)),
        Kind(name="feed", paths=tuple(f"/-/search.atom?q={word}" for word in usual)),
        Kind(name="article", paths=tuple(f"/-/article/{number}" for number in ids)),
        Kind(name="story", paths=tuple(f"/-/story/{number}" for number in stories)),
        Kind(name="headline", paths=tuple(f"/-/headline/{number}" for number in range(1, EACH))),
        Kind(name="sources", paths=("/-/sources",)),
        Kind(name="source", paths=tuple(f"/-/source/{number}" for number in sources)),
        Kind(name="publishers", paths=("/-/publishers",)),
        Kind(
            name="publisher",
            paths=tuple(f"/-/publisher/{quote(name, safe='')}" for name in publishers),
        ),
        Kind(name="Datasette: tables", paths=("/archive",), is_bounded=False),
        *(
            Kind(name=f"Datasette: {table}", paths=(f"/archive/{table}",), is_bounded=False)
            for table in ("news", "articles", "headlines")
        ),
    ]


class Room:
    """The reading room, as Datasette serves it."""

    def __init__(self, folder: Path) -> None:
        self.datasette: Any = Datasette(config_dir=folder)
        self.loop = asyncio.new_event_loop()
        self.loop.run_until_complete(self.datasette.invoke_startup())

    def cost(self, path: str) -> float:
        """Ask for a page; gives the CPU milliseconds of this process that it took."""
        before = time.process_time()
        answer = self.loop.run_until_complete(self.datasette.client.get(path))
        took = (time.process_time() - before) * 1000
        if answer.status_code not in {200, 302}:
            raise SystemExit(f"bench_browse: {path} answered {answer.status_code}")
        return took


def measured(room: Room, kind: Kind, rounds: int) -> list[float]:
    """Ask for each page of a kind, some rounds after one that is not counted."""
    for path in kind.paths:
        room.cost(path)
    gc.collect()
    return sorted(room.cost(path) for _ in range(rounds) for path in kind.paths)


def percentile(costs: list[float], part: float) -> float:
    """Give the value below which such a part of the values is."""
    return costs[min(len(costs) - 1, int(len(costs) * part))]


def main() -> int:
    """Measure, print, and judge."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where the archive is, or is to be made")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = given.folder or Path(work) / "archive"
        if not (folder / FILE_NAME).is_file():
            million.make(folder, given.articles)
        room, is_within = Room(folder), True
        print(f"{'page':32} {'median':>8} {'p95':>8} {'most':>8}  ms CPU")
        for kind in kinds(folder, million.vocabulary()):
            costs = measured(room, kind, given.rounds)
            middle, most = percentile(costs, 0.5), percentile(costs, 0.95)
            late = kind.is_bounded and most > MOST_MILLISECONDS
            is_within = is_within and not late
            mark = "" if not late else f"  above {MOST_MILLISECONDS:.0f}"
            print(f"{kind.name:32} {middle:8.1f} {most:8.1f} {costs[-1]:8.1f}{mark}", flush=True)
    return 0 if is_within else 1


if __name__ == "__main__":
    raise SystemExit(main())
