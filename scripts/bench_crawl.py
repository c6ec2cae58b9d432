"""What a crawl costs: CPU by stage, pages a second beside trafilatura's, and memory.

    scripts/bench_crawl [SET] [--pages 800] [--rounds 2] [--no-peer]
    scripts/bench_crawl [SET] --memory 1000 20000

SET is a folder with saved pages, `html/*.html.gz`; `../shared/pages/articles` without one, and the
newsstand's pages where that is missing. A server of its own process gives each page on loopback
under several addresses, with words of its own in each copy, compressed as the web does. Measured
over the same pages: Scrapy downloading them unparsed, `extract_article` reading them, their
captures being written; then a whole crawl of ours with all its processes, and Scrapy with
trafilatura (with metadata) in its reactor, which stores rows without frontier, captures or search.
Start-up is in every figure. Of several rounds, each in another order, the least CPU and time count.

The bounds: the whole at most 1.25 times the sum of the stages, and at least 2.5 times as many pages
a second as with trafilatura; with --memory, the last crawl at most 1.2 times as large as the first.
Exit code 1 where one does not hold.
"""

import argparse
import ctypes
import gzip
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench_stages import CAPTURED_AT, ROOT, Pages, at_home, make_pages

STAGES = ("download", "read", "capture")
WHOLE, PEER = "whole", "trafilatura"
MOST_CPU, LEAST_RATE, MOST_GROWTH = 1.25, 2.5, 1.2

BACKFILE = (sys.executable, "-m", "crawler")
LOCAL = ("--allow-private", "--delay", "0", "--resolve", "*.example=127.0.0.1")
# Seconds between two looks at the running processes, and between two at what they share, which
# costs more.
LOOK, LOOK_CLOSELY = 0.1, 1.0
# linux/prctl.h: orphans of a process become ours, so that their CPU can be asked for.
PR_SET_CHILD_SUBREAPER = 36
# Saved pages that reload themselves would lead Scrapy in a circle.
RELOADS = b'http-equiv="refresh"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a program took, with all its processes."""

    seconds: float
    cpu: float
    """Seconds, of user and system together."""
    own_cpu: float
    """The same of its first process alone."""
    own_mb: float
    """The most memory that its first process held."""
    largest_mb: float
    """The most that any other process of it held."""
    all_mb: float
    """The most that all held together, what they share counted once."""


class Memory:
    """Watches how much the processes of one session hold."""

    def __init__(self, session: int) -> None:
        self.session = session
        self.looked_closely = 0.0
        self.own = self.largest = self.together = 0.0
        """Peaks so far, in MB."""

    def look(self) -> None:
        """Note the peaks so far."""
        pids = list(members(self.session))
        for pid in pids:
            peak = megabytes(pid, "status", "VmHWM")
            if pid == self.session:
                self.own = max(self.own, peak)
            else:
                self.largest = max(self.largest, peak)
        if time.monotonic() - self.looked_closely > LOOK_CLOSELY:
            self.looked_closely = time.monotonic()
            self.together = max(
                self.together, sum(megabytes(pid, "smaps_rollup", "Pss") for pid in pids)
            )


def members(session: int) -> Iterator[int]:
    """Give the ids of a session's processes."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            stat = (folder / "stat").read_text(encoding="utf-8")
            if int(stat.rpartition(")")[2].split()[3]) == session:
                yield int(folder.name)


def megabytes(pid: int, file: str, name: str) -> float:
    """Give a figure of a process' memory; 0 once it is gone."""
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    found = (line for line in lines if line.startswith(f"{name}:"))
    return next((int(line.split()[1]) / 1000 for line in found), 0.0)


def measured(*command: str) -> Cost:
    """Run a program to its end, and that of all that it started.

    Raises:
        CalledProcessError: it failed.

    """
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    start = time.monotonic()
    process = subprocess.Popen(command, start_new_session=True, cwd=ROOT)
    memory = Memory(process.pid)
    cpu: dict[int, float] = {}
    while True:
        try:
            pid, status, usage = os.wait4(-process.pid, os.WNOHANG)
        except ChildProcessError:
            break
        if pid:
            cpu[pid] = usage.ru_utime + usage.ru_stime
        if pid == process.pid:
            process.returncode = os.waitstatus_to_exitcode(status)
        if not pid:
            memory.look()
            time.sleep(LOOK)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(
        seconds=time.monotonic() - start,
        cpu=sum(cpu.values()),
        own_cpu=cpu[process.pid],
        own_mb=memory.own,
        largest_mb=memory.largest,
        all_mb=memory.together,
    )


def crawl(pages: Pages) -> Cost:
    """Crawl all pages into a new archive.

    Raises:
        CalledProcessError: the crawl failed.
        RuntimeError: it has not stored every page.

    """
    archive = pages.folder / "archive"
    shutil.rmtree(archive, ignore_errors=True)
    ours = (*BACKFILE, "-a", str(archive))
    subprocess.run([*ours, "add", pages.list_url, "--no-look"], check=True, capture_output=True)
    cost = measured(*ours, "crawl", "--all", "--quiet", *LOCAL)
    with sqlite3.connect(archive / "archive.db") as db:
        stored = db.execute("SELECT count(*) FROM articles").fetchone()[0]
    if stored != pages.count:
        raise RuntimeError(f"{stored} of {pages.count} pages were stored")
    return cost


def run_stage(name: str, pages: Pages) -> Cost:
    """Measure one stage."""
    if name == WHOLE:
        return crawl(pages)
    program = str(ROOT / "scripts" / "bench_stages.py")
    return measured(sys.executable, program, name, str(pages.folder), str(pages.port))


@contextmanager
def served(originals: Sequence[bytes], count: int, *, plain: bool = True) -> Iterator[Pages]:
    """Make so many pages and serve them; `plain` as `make_pages` has it."""
    folder = Path(tempfile.mkdtemp(prefix="bench-crawl-"))
    program = str(ROOT / "scripts" / "bench_stages.py")
    try:
        with subprocess.Popen(
            [sys.executable, program, "serve", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as server:
            said = server.stdout.readline() if server.stdout else ""
            pages = Pages(folder=folder, port=int(said))
            make_pages(pages, originals, count, plain=plain)
            # The server ends with our side of its pipe.
            yield pages
    finally:
        shutil.rmtree(folder)


def saved(folder: Path) -> list[bytes]:
    """Give the saved pages of a set, or the newsstand's where there is none."""
    found = [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("html/*.html.gz"))]
    return [html for html in found or printed() if is_plain_article(html)]


def is_plain_article(html: bytes) -> bool:
    """Tell a page that is stored from a wall, and from one that leads a crawl out of the bench."""
    from archive.records import VerdictKind
    from crawler.extract import extract_article

    url = "http://p0.example/"
    reading = extract_article(at_home(html, url), url=url, captured_at=CAPTURED_AT)
    leads_on = reading.original is not None or RELOADS in html.lower()
    return reading.verdict.kind is VerdictKind.ARTICLE and not leads_on


def printed() -> list[bytes]:
    """Give publishers' pages of the newsstand."""
    from tests.newsstand import Newsstand
    from tests.newsstand.client import fetch

    with Newsstand() as stand:
        return [fetch(stand, lead.article).body for lead in stand.leads()]


def measure(pages: Pages, names: Sequence[str], *, rounds: int) -> dict[str, list[Cost]]:
    """Measure each of the stages in every round, to and fro."""
    costs: dict[str, list[Cost]] = {name: [] for name in names}
    for turn in range(rounds):
        for name in names if turn % 2 == 0 else names[::-1]:
            costs[name].append(run_stage(name, pages))
    return costs


def report(costs: dict[str, list[Cost]], count: int) -> bool:
    """Print the tables; tell whether the bounds hold."""
    cpu = {name: min(c.cpu for c in each) * 1000 / count for name, each in costs.items()}
    rate = {name: count / min(c.seconds for c in each) for name, each in costs.items()}
    total = sum(cpu[name] for name in STAGES)
    print(f"{'':34}{'CPU ms a page':>14}{'pages/s':>9}")
    for name, label in LABELS.items():
        if name in costs:
            print(f"{label:34}{cpu[name]:14.1f}{rate[name]:9.0f}")
        if name == STAGES[-1]:
            print(f"{'  their sum':34}{total:14.1f}")
    whole = min(costs[WHOLE], key=lambda cost: cost.cpu)
    own = whole.own_cpu * 1000 / count
    print(f"{'  of that the crawler, the readers':34}{own:9.1f}{cpu[WHOLE] - own:7.1f}")
    print_memory({count: whole})
    within = bound("the whole, to the sum", cpu[WHOLE] / total, most=MOST_CPU)
    if PEER in costs:
        times = rate[WHOLE] / rate[PEER]
        within &= bound("pages/s, to trafilatura's", times, least=LEAST_RATE)
    return within


LABELS = {
    "download": "Scrapy downloads them unparsed",
    "read": "extract_article reads them",
    "capture": "their captures are written",
    WHOLE: "the whole crawl",
    PEER: "Scrapy, trafilatura in its reactor",
}


def bound(name: str, value: float, *, most: float = float("inf"), least: float = 0.0) -> bool:
    """Print a ratio and its bound; tell whether it holds."""
    within = least <= value <= most
    asked = f"at least {least}" if least else f"at most {most}"
    print(f"{name:34}{value:9.2f}  ({asked}){'' if within else '  MISSED'}")
    return within


def print_memory(costs: dict[int, Cost]) -> None:
    """Print what crawls held at most."""
    print(f"{'MB at most: pages':>34}{'crawler':>9}{'reader':>9}{'together':>10}")
    for count, cost in costs.items():
        print(f"{count:34}{cost.own_mb:9.0f}{cost.largest_mb:9.0f}{cost.all_mb:10.0f}")


def report_memory(originals: Sequence[bytes], counts: Sequence[int]) -> bool:
    """Crawl so many pages, and so many; tell whether memory stays flat."""
    costs: dict[int, Cost] = {}
    for count in counts:
        with served(originals, count, plain=False) as pages:
            costs[count] = crawl(pages)
    print_memory(costs)
    first, last = (costs[count] for count in (counts[0], counts[-1]))
    return bound("the last, to the first", last.all_mb / first.all_mb, most=MOST_GROWTH)


def main() -> int:
    """Measure, print, and say by the exit code whether the bounds hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = ROOT.parent / "shared" / "pages" / "articles"
    parser.add_argument("set", nargs="?", type=Path, default=default)
    parser.add_argument("--pages", type=int, default=800, help="how many are crawled")
    parser.add_argument("--rounds", type=int, default=2, help="times each stage is measured")
    parser.add_argument("--no-peer", action="store_true", help="leave trafilatura out")
    parser.add_argument("--memory", type=int, nargs="+", help="crawl so many pages, only for that")
    options = parser.parse_args()
    originals = saved(options.set)
    if options.memory:
        return 0 if report_memory(originals, options.memory) else 1
    names = (*STAGES, WHOLE, *(() if options.no_peer else (PEER,)))
    with served(originals, options.pages) as pages:
        costs = measure(pages, names, rounds=options.rounds)
    return 0 if report(costs, options.pages) else 1


if __name__ == "__main__":
    sys.exit(main())
