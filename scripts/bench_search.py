"""CPU time of searching an archive of made-up articles, by kind of search.

    bench_search [--articles N] [--folder F] [--rounds R]

The archive is made by `million` (some 25 minutes and 8.5 GB for a million articles), or taken from
the folder where it is there already. Each kind is searched with several words, some rounds, after a
round that is not counted: 20 rows, with snippets, one row per story, and the count. Prints the
median and the 95th percentile of CPU milliseconds, the matches that the kind has, and last the CPU
of `backfile search` as a whole process in that of `python -c pass`. Ends with 1 where a kind is
above the bound, which holds for a million articles.
"""

import argparse
import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import million

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from archive import Archive  # noqa: E402 - the path comes first
from archive.connection import FILE_NAME  # noqa: E402
from archive.found import SearchResults, Sort  # noqa: E402

# CPU milliseconds for nineteen of twenty searches of a kind, and a process in bare ones.
MOST_MILLISECONDS = 50.0
MOST_PROCESSES = 8.0
ROUNDS = 5
WORDS_EACH = 8
STARTS = 7

Search = Callable[[Archive], SearchResults]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Searches of one kind."""

    name: str
    searches: tuple[Search, ...]
    is_bounded: bool = True
    """Whether the bound is for it; others are shown beside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What searching one kind cost."""

    kind: Kind
    milliseconds: tuple[float, ...]
    """In ascending order."""
    rows: str
    """How many rows the first search has, as it says."""

    @property
    def p95(self) -> float:
        """CPU milliseconds that nineteen of twenty searches take at most."""
        return self.milliseconds[int(0.95 * (len(self.milliseconds) - 1) + 0.5)]

    @property
    def is_slow(self) -> bool:
        """Whether it is above its bound."""
        return self.kind.is_bounded and self.p95 > MOST_MILLISECONDS


def main() -> int:
    """Make the archive where it is missing, search it, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where the archive is, or is to be kept")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made) / "archive"
        if not (folder / FILE_NAME).exists():
            million.make(folder, options.articles)
        return bench(folder, options.rounds)


def bench(folder: Path, rounds: int) -> int:
    """Search and print; gives the exit code."""
    searched = list(kinds(million.vocabulary()))
    # What the bench has loaded is not walked again and again at the cost of the search.
    gc.freeze()
    with Archive.open(folder, read_only=True) as archive:
        articles = archive.status().articles
        size = (folder / FILE_NAME).stat().st_size / 1e9
        print(f"{articles:,} articles, {size:.2f} GB; CPU ms")
        print(f"{'':34}{'median':>8}{'p95':>8}{'most':>8}  rows")
        slow = []
        for kind in searched:
            figures = measure(archive, kind, rounds)
            print(row(figures), flush=True)
            slow += [kind.name] if figures.is_slow else []
    ratio = start_up(folder)
    print(f"backfile search is {ratio:.1f} × python -c pass (bound {MOST_PROCESSES:.0f})")
    if slow:
        print(f"above {MOST_MILLISECONDS:.0f} ms: {', '.join(slow)}")
    return 1 if slow or ratio > MOST_PROCESSES else 0


def kinds(known: million.Vocabulary) -> Iterator[Kind]:
    """Give what is searched."""
    one, five, twenty = (near(known, share) for share in (0.01, 0.05, 0.2))
    rare = [million.rare(number * 997) for number in range(WORDS_EACH)]
    publishers = [million.publisher(known, number)[0] for number in (0, 1, 3, 10, 40, 90, 150, 190)]
    months = [million.NEWEST - timedelta(days=300 * number) for number in range(WORDS_EACH)]
    pairs = list(zip(twenty, five[1:] + five[:1], strict=True))
    yield Kind(name="rare word", searches=texts(rare))
    yield Kind(name="1 % word", searches=texts(one))
    yield Kind(name="5 % word", searches=texts(five))
    yield Kind(name="20 % word", searches=texts(twenty))
    yield Kind(name="20 % AND 5 %", searches=texts(f"{a} {b}" for a, b in pairs))
    yield Kind(name="5 % AND 1 %", searches=texts(map(" ".join, zip(five, one, strict=True))))
    yield Kind(name="20 % OR 5 %", searches=texts(f"{a} OR {b}" for a, b in pairs))
    yield Kind(name="20 % NOT 5 %", searches=texts(f"{a} -{b}" for a, b in pairs))
    yield Kind(name="phrase of 20 % and 5 %", searches=texts(f'"{a} {b}"' for a, b in pairs))
    yield Kind(name="prefix", searches=texts(f"{word[:5]}*" for word in one))
    yield Kind(name="20 % word in a month", searches=windows(twenty, months, 31))
    yield Kind(name="20 % word in a year", searches=windows(twenty, months, 365))
    yield Kind(name="1 % word in a year", searches=windows(one, months, 365))
    yield Kind(name="a month", searches=windows([""] * WORDS_EACH, months, 31))
    yield Kind(name="20 % word of a publisher", searches=of_publishers(twenty, publishers))
    yield Kind(name="1 % word of a publisher", searches=of_publishers(one, publishers))
    yield Kind(name="a publisher", searches=of_publishers([""] * WORDS_EACH, publishers))
    yield Kind(name="20 % word, newest first", searches=texts(twenty, sort=Sort.NEW))
    yield Kind(name="1 % word, newest first", searches=texts(one, sort=Sort.NEW))
    yield Kind(name="20 % word, oldest first", searches=texts(twenty, sort=Sort.OLD))
    yield Kind(name="20 % word, row 1,000", searches=texts(twenty, offset=1_000))
    yield Kind(name="two 20 %", searches=texts(map(" ".join, paired(twenty))), is_bounded=False)
    yield Kind(
        name="phrase of two 20 %",
        searches=texts(f'"{" ".join(pair)}"' for pair in paired(twenty)),
        is_bounded=False,
    )
    yield Kind(name="20 % word, facets", searches=texts(twenty, facets=True), is_bounded=False)
    yield Kind(
        name="20 % word, exhaustive",
        searches=texts(twenty[:2], exhaustive=True),
        is_bounded=False,
    )


def near(known: million.Vocabulary, share: float) -> list[str]:
    """Give words that about so many of all articles have."""
    middle = known.words.index(known.with_share(share))
    start = max(0, middle - WORDS_EACH // 2)
    return list(known.words[start : start + WORDS_EACH])


def paired(words: Sequence[str]) -> list[tuple[str, str]]:
    """Give each word with the next."""
    return list(zip(words, [*words[1:], words[0]], strict=True))


def texts(
    words: Iterator[str] | Sequence[str],
    *,
    sort: Sort = Sort.RANK,
    offset: int = 0,
    facets: bool = False,
    exhaustive: bool = False,
) -> tuple[Search, ...]:
    """Give searches for words."""

    def of(text: str) -> Search:
        return lambda archive: archive.search(
            text, sort=sort, offset=offset, facets=facets, exhaustive=exhaustive
        )

    return tuple(of(text) for text in words)


def windows(words: Sequence[str], days: Sequence[date], length: int) -> tuple[Search, ...]:
    """Give searches for words within so many days up to a day."""

    def of(text: str, last: date) -> Search:
        first = last - timedelta(days=length)
        return lambda archive: archive.search(
            text, after=first.isoformat(), before=last.isoformat()
        )

    return tuple(of(text, day) for text, day in zip(words, days, strict=True))


def of_publishers(words: Sequence[str], publishers: Sequence[str]) -> tuple[Search, ...]:
    """Give searches for words of publishers, of which the first have most."""

    def of(text: str, publisher: str) -> Search:
        return lambda archive: archive.search(text, publisher=publisher)

    return tuple(of(text, name) for text, name in zip(words, publishers, strict=True))


def measure(archive: Archive, kind: Kind, rounds: int) -> Figures:
    """Search a kind so many rounds, after one that warms up."""
    first = kind.searches[0](archive)
    spent = []
    for turn in range(rounds + 1):
        for one in kind.searches:
            start = time.process_time()
            one(archive)
            if turn:
                spent.append((time.process_time() - start) * 1000)
    more = "more than " if first.capped else ""
    return Figures(kind=kind, milliseconds=tuple(sorted(spent)), rows=f"{more}{first.total:,}")


def row(figures: Figures) -> str:
    """Give a kind's line of the table."""
    values = figures.milliseconds
    columns = (values[len(values) // 2], figures.p95, values[-1])
    told = "".join(f"{value:8.1f}" for value in columns)
    beside = "" if figures.kind.is_bounded else " (no bound)"
    return f"{figures.kind.name:34}{told}  {figures.rows}{beside}"


def start_up(folder: Path) -> float:
    """Give the CPU of `backfile search` in that of a Python that does nothing, the best of some.

    Both have their bytecode, as an installed program has it, also where none is to be written.
    """
    word = million.rare(997)
    bare = [sys.executable, "-c", "pass"]
    search = [sys.executable, "-m", "archive", "search", word, "-a", str(folder)]
    times: dict[str, list[float]] = {"bare": [], "search": []}
    with tempfile.TemporaryDirectory() as compiled:
        for turn in range(STARTS + 1):
            costs = {"bare": cpu_of(bare, compiled), "search": cpu_of(search, compiled)}
            if turn:
                for name, cost in costs.items():
                    times[name].append(cost)
    return min(times["search"]) / min(times["bare"])


def cpu_of(command: Sequence[str], compiled: str) -> float:
    """Run a command with bytecode in a folder; gives its CPU seconds. Raises where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": compiled,
        "PYTHONDONTWRITEBYTECODE": "",
    }
    subprocess.run(command, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


if __name__ == "__main__":
    sys.exit(main())
