"""A crawl that is killed again and again, and what it has lost or doubled in the end: nothing.

    scripts/endurance [--headlines 10000] [--kills 30] [--full-disk] [--folder FOLDER] [--seed N]

Starts a newsstand with every misbehaviour, crawls it in a process of its own, and kills that at
random instants (SIGKILL); with --full-disk (as root) the archive also lies on a small disk of its
own that fills up once. Prints what was asked, stored, retried and refused as JSON, and exits 1
where a page is missing, is held twice, or was asked for more often than the kills explain.
"""

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.newsstand import Newsstand

LOCAL = ("--allow-private", "--delay", "0", "--resolve", "*.example=127.0.0.1")
BACKFILE = (sys.executable, "-m", "crawler")
# A list page of the newsstand, as long as the longest on the web.
ON_A_PAGE = 100
# Seconds between two looks at a running crawl.
LOOK = 0.05
# What a disk of this size holds beside what a crawl leaves free fills up in a minute or two.
SMALL_DISK, LARGE_DISK = "515m", "20g"


@dataclass(slots=True, kw_only=True)
class Tally:
    """What happened, and what was found wrong."""

    kills: int = 0
    full_disks: int = 0
    crawls: int = 0
    seconds: float = 0.0
    peak_mb: float = 0.0
    """The largest resident memory of the crawling process itself, its readers apart."""
    faults: list[str] = field(default_factory=list)


def crawl(archive: Path, tally: Tally, *, kill_after: int | None) -> int:
    """Crawl until the end, or until so many more articles are held; gives the exit code."""
    tally.crawls += 1
    aim = None if kill_after is None else held(archive) + kill_after
    process = subprocess.Popen(
        [*BACKFILE, "-a", str(archive), "crawl", "--all", "--quiet", *LOCAL],
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None:
        tally.peak_mb = max(tally.peak_mb, resident_mb(process.pid))
        if aim is not None and held(archive) >= aim:
            # Not at the moment of a commit only.
            time.sleep(random.uniform(0, 0.3))
            process.kill()
            process.wait()
            tally.kills += 1
            return -9
        time.sleep(LOOK)
    return process.returncode


def held(archive: Path) -> int:
    """Count the articles of an archive that another process writes."""
    try:
        with sqlite3.connect(f"file:{archive}/archive.db?mode=ro", uri=True, timeout=10) as db:
            return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def resident_mb(pid: int) -> float:
    """Give a process's resident memory; 0 once it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    lines = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return next((int(line.split()[1]) / 1024 for line in lines), 0.0)


@contextmanager
def disk_of_its_own(folder: Path, *, wanted: bool) -> Iterator[None]:
    """Mount a small disk at a folder, where that is wanted."""
    if not wanted:
        yield
        return
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(folder)], check=True
    )
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def run(archive: Path, stand: Newsstand, options: argparse.Namespace) -> Tally:
    """Crawl with all that befalls it, until nothing is left to do."""
    tally = Tally()
    start = time.monotonic()
    for address in (stand.seed, stand.lists["trouble"]):
        command = [*BACKFILE, "-a", str(archive), "add", address, "--no-look"]
        subprocess.run(command, check=True, capture_output=True)
    pages = 2 * options.headlines
    while tally.kills < options.kills:
        code = crawl(archive, tally, kill_after=random.randint(1, pages // options.kills))
        if code == -9:
            continue
        if code == 1 and options.full_disk and not tally.full_disks:
            tally.full_disks += 1
            enlarge(archive.parent)
            continue
        break
    crawl(archive, tally, kill_after=None)
    if tally.kills < options.kills:
        tally.faults.append(f"the crawl was done after {tally.kills} of {options.kills} kills")
    tally.seconds = time.monotonic() - start
    return tally


def enlarge(folder: Path) -> None:
    """Give a full disk more room, as its owner would."""
    subprocess.run(["mount", "-o", f"remount,size={LARGE_DISK}", str(folder)], check=True)


def judge(archive: Path, stand: Newsstand, tally: Tally) -> dict[str, object]:
    """Compare the archive with what the newsstand printed; faults go to the tally."""
    with sqlite3.connect(archive / "archive.db") as db:
        urls = [row[0] for row in db.execute("SELECT url FROM articles")]
        states = dict(db.execute("SELECT state, count(*) FROM frontier GROUP BY state"))
        captures = db.execute("SELECT count(*) FROM captures").fetchone()[0]
        texts = dict(db.execute("SELECT url, text FROM articles"))
    wanted = [page for lead in stand.leads() for page in (lead.post, lead.article)]
    missing = [url for url in dict.fromkeys(wanted) if url in stand.truth and url not in texts]
    torn = [url for url in set(wanted) & texts.keys() if not is_whole(stand, url, texts[url])]
    doubled = [url for url, times in Counter(urls).items() if times > 1]
    asked = stand.counts()
    again = sum(times - 1 for place, times in asked.items() if is_page(place))
    # Each kill leaves at most a batch in flight.
    allowed = tally.kills * 32
    for name, found in (("missing", missing), ("torn", torn), ("held twice", doubled)):
        tally.faults += [f"{name}: {url}" for url in found[:20]]
    tally.faults += [f"{state}: {n} pages" for state, n in states.items() if state in LEFT]
    if again > allowed:
        tally.faults.append(f"{again} pages were asked for again, {allowed} may have been")
    if captures < len(urls):
        tally.faults.append(f"{captures} captures of {len(urls)} articles")
    return {
        "requests": sum(asked.values()),
        "asked_again": again,
        "articles": len(urls),
        "captures": captures,
        "frontier": states,
    }


# States in which nothing may be left once a crawl has ended by itself.
LEFT = frozenset({"claimed", "due"})


def is_whole(stand: Newsstand, url: str, text: str) -> bool:
    """Tell whether an article holds every paragraph that was printed."""
    return url not in stand.truth or all(each in text for each in stand.truth[url].paragraphs)


def is_page(place: str) -> bool:
    """Tell an article's address from lists, robots.txt and what misbehaves."""
    return not (
        place.startswith("trouble.") or "/archive/" in place or place.endswith("/robots.txt")
    )


def main() -> int:
    """Run, print, and say by the exit code whether all went well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--headlines", type=int, default=10_000, help="each leads to two pages")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--full-disk", action="store_true", help="fill a disk once (as root)")
    parser.add_argument("--folder", type=Path, help="where the archive is made; a temporary one")
    parser.add_argument("--seed", type=int, default=0, help="of the random instants")
    options = parser.parse_args()
    random.seed(options.seed)
    folder = options.folder or Path(tempfile.mkdtemp(prefix="endurance-"))
    folder.mkdir(parents=True, exist_ok=True)
    lists = max(1, options.headlines // ON_A_PAGE)
    try:
        with (
            disk_of_its_own(folder, wanted=options.full_disk),
            Newsstand(articles=options.headlines, lists=lists, slow_seconds=0.5) as stand,
        ):
            tally = run(folder / "archive", stand, options)
            figures = judge(folder / "archive", stand, tally)
    finally:
        if options.folder is None:
            shutil.rmtree(folder)
    print(json.dumps(figures | summary(tally), indent=2))
    return 1 if tally.faults else 0


def summary(tally: Tally) -> dict[str, object]:
    """Give the tally as it is printed."""
    return {
        "kills": tally.kills,
        "full_disks": tally.full_disks,
        "crawls": tally.crawls,
        "seconds": round(tally.seconds),
        "peak_mb": round(tally.peak_mb),
        "faults": tally.faults,
    }


if __name__ == "__main__":
    sys.exit(main())
