"""A crawl to which everything happens, and what it has lost or doubled in the end: nothing.

    scripts/endurance [--headlines 10000] [--kills 30] [--full-disk] [--folder FOLDER] [--seed N]

Starts a newsstand with every misbehaviour and crawls it in a process of its own, which is killed
(SIGKILL) at random instants, its start among them; once SIGTERM stops it, once a reader and once
the server that the readers fork from are killed. With --full-disk (as root) the archive lies on a
small disk of its own that fills up twice: once by the crawl, which leaves a reserve, and once to
the last byte by somebody else. The crawl's last part runs in one piece, to see its memory.

Prints what was fetched, stored, retried and refused as JSON, and what happened on stderr; exits 1
where a page is missing or held twice, where one was asked for again that was not in flight when
the crawl ended, or where the files, the index, the search and the rows do not agree.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from endurance_judge import TOLD, Judge, Tally, key_of, opened, place_of, ways_of

from archive.captures import RESERVE_BYTES
from crawler.settings import BACKFILE_BATCH
from tests.newsstand import Newsstand
from tests.newsstand.misbehaviour import BEHAVIOURS

LOCAL = ("--allow-private", "--delay", "0", "--resolve", "*.example=127.0.0.1")
BACKFILE = (sys.executable, "-m", "crawler")
# A list page of the newsstand, as long as the longest on the web.
ON_A_PAGE = 100
# Seconds between two looks at a running crawl.
LOOK = 0.05
# What happens to the crawl happens before so much of it is done; the rest runs in one piece.
DISTURBED = 0.7
# Kills at its start (its first seconds hold opening, mending, and the first look at the lists).
EARLY, EARLY_SECONDS = 0.3, 4.0
# One in so many of the publishers' pages misbehaves.
TROUBLED = 25
# Not laid over articles: what stands elsewhere (lists, other hosts) or takes minutes by design.
UNLAID = ("calendar", "endless", "fine", "gzip-bomb", "redirect-")
# Bytes that a page takes in captures and database together, and what a journal takes at most.
PAGE_BYTES, JOURNAL_BYTES = 12_000, 8_000_000
# More than a page may be (16 MB); the usual 200 MB would keep the newsstand busy for seconds.
BOMB = 40_000_000
# When a crawl's memory is noted, in pages of its own.
MARK = 500
# Every failed page is tried at least once more, when its time has come.
HOURS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What befalls a crawl once so many articles are held, or so many seconds after its start."""

    kind: str
    pages: int = 0
    seconds: float | None = None


class Crawl:
    """One process that crawls, as it is seen from outside."""

    def __init__(self, archive: Path, *, said: Path) -> None:
        self.archive, self.said = archive, said
        self.began = time.monotonic()
        self.held_at_start = held(archive)
        with said.open("wb") as file:
            self.process = subprocess.Popen(
                [*BACKFILE, "-a", str(archive), "crawl", "--quiet", *LOCAL], stderr=file
            )
        self.memory: list[dict[str, int]] = []

    def await_event(self, event: Event | None) -> bool:
        """Wait until an event is due; False once the crawl has ended before it."""
        while self.process.poll() is None:
            self.note_memory()
            if event is not None and self.is_due(event):
                return True
            time.sleep(LOOK)
        return False

    def is_due(self, event: Event) -> bool:
        """Tell whether an event's time has come."""
        if event.seconds is not None:
            return time.monotonic() - self.began >= event.seconds
        return held(self.archive) >= event.pages

    def note_memory(self) -> None:
        """Note the memory at each mark."""
        done = held(self.archive) - self.held_at_start
        if done < MARK * (len(self.memory) + 1):
            return
        readers = [resident_mb(pid) for pid in readers_of(self.process.pid)]
        crawler, reader = resident_mb(self.process.pid), max(readers, default=0)
        self.memory.append({"pages": done, "crawler_mb": crawler, "reader_mb": reader})

    def end(self, how: signal.Signals) -> int:
        """Send a signal and wait; gives the exit code."""
        self.process.send_signal(how)
        return self.process.wait(120)

    def lines(self) -> list[str]:
        """Give what the crawl has said on stderr, but for its word about lists that are not due."""
        told = self.said.read_text(encoding="utf-8").splitlines()
        return [line for line in told if not line.startswith("no list is due")]


def held(archive: Path) -> int:
    """Count the articles of an archive that another process writes."""
    try:
        with opened(archive) as db:
            return int(db.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def resident_mb(pid: int) -> int:
    """Give a process's resident memory; 0 once it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    lines = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return next((int(line.split()[1]) // 1024 for line in lines), 0)


def children(pid: int) -> list[int]:
    """Give the processes that a process has started."""
    found = []
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        # It may be gone by now.
        with suppress(OSError):
            found += [int(each) for each in thread.read_text(encoding="ascii").split()]
    return found


def fork_servers(pid: int) -> list[int]:
    """Give the process that a crawl forks its readers from, once there is one."""
    found = []
    for child in children(pid):
        with suppress(OSError):
            if b"forkserver" in Path(f"/proc/{child}/cmdline").read_bytes():
                found.append(child)
    return found


def readers_of(pid: int) -> list[int]:
    """Give a crawl's readers."""
    return [reader for server in fork_servers(pid) for reader in children(server)]


def planned(options: argparse.Namespace) -> list[Event]:
    """Decide what befalls the crawl, and when."""
    pages = int(2 * options.headlines * DISTURBED)
    early = int(options.kills * EARLY)
    marks = sorted(random.sample(range(pages), options.kills - early))
    events = [Event(kind="kill", pages=mark) for mark in marks]
    for _ in range(early):
        event = Event(kind="kill", seconds=random.uniform(0, EARLY_SECONDS))
        events.insert(random.randrange(len(events) + 1), event)
    wanted = ["reader", "fork server", "stop"] if options.kills else []
    wanted += ["fill"] if options.full_disk else []
    for number, kind in enumerate(wanted, start=1):
        mark = pages * number // (len(wanted) + 1)
        place = next((n for n, e in enumerate(events) if e.pages > mark), len(events))
        events.insert(place, Event(kind=kind, pages=mark))
    return events


class Run:
    """Everything from the first crawl to the last."""

    def __init__(self, folder: Path, stand: Newsstand, options: argparse.Namespace) -> None:
        self.folder, self.archive = folder, folder / "archive"
        self.stand, self.options = stand, options
        self.tally = Tally()
        self.events = planned(options)
        self.ways = ways_of(stand)
        self.said = Path(tempfile.gettempdir()) / f"endurance-{os.getpid()}.txt"
        self.began = time.monotonic()

    def run(self) -> Tally:
        """Crawl with all that befalls it, until nothing is left to do."""
        for address in (self.stand.seed, self.stand.lists["trouble"]):
            command = [*BACKFILE, "-a", str(self.archive), "add", address, "--no-look"]
            subprocess.run(command, check=True, capture_output=True)
        while self.crawl():
            pass
        if self.events:
            left = Counter(event.kind for event in self.events)
            self.tally.faults.append(f"the crawl was done before it met {dict(left)}")
        for _ in range(HOURS):
            self.let_time_pass()
            self.crawl()
        self.tally.seconds = time.monotonic() - self.began
        self.said.unlink()
        return self.tally

    def crawl(self) -> bool:
        """Crawl once, until it ends or is ended; gives whether there is more to do."""
        asked = self.stand.counts()
        crawl = self.started()
        while crawl.await_event(self.events[0] if self.events else None):
            event = self.events.pop(0)
            if self.befall(crawl, event):
                break
        else:
            return self.ended(crawl, asked)
        # What was sent before the end reaches the server's log a moment later.
        time.sleep(0.2)
        flown = self.note_flight(asked, "claimed" if crawl.process.returncode == -9 else "due")
        if event.kind == "stop" and flown:
            self.tally.faults.append(f"SIGTERM left {flown} pages in flight")
        return True

    def started(self) -> Crawl:
        """Start a crawl; what it says goes to a file that is on no small disk."""
        self.tally.crawls += 1
        return Crawl(self.archive, said=self.said)

    def befall(self, crawl: Crawl, event: Event) -> bool:
        """Carry an event out; gives whether it has ended the crawl."""
        self.tell(f"{event.kind}, with {held(self.archive)} articles held")
        if event.kind in {"reader", "fork server"}:
            return self.kill_reading(crawl, event)
        if event.kind == "stop" and not fork_servers(crawl.process.pid):
            return self.put_off(event)
        if event.seconds is None:
            # Not at the moment of a commit only.
            time.sleep(random.uniform(0, 0.3))
        self.tally.happened[event.kind] += 1
        if event.kind == "kill":
            crawl.end(signal.SIGKILL)
        elif event.kind == "stop":
            self.expect(crawl, crawl.end(signal.SIGTERM), 143)
        else:
            self.fill(crawl)
        return True

    def put_off(self, event: Event) -> bool:
        """Have an event come a moment later, as the crawl has only just begun."""
        self.events.insert(0, event)
        time.sleep(LOOK)
        return False

    def kill_reading(self, crawl: Crawl, event: Event) -> bool:
        """Kill a reader or what they fork from, as the system does when memory is short."""
        pid = crawl.process.pid
        found = readers_of(pid) if event.kind == "reader" else fork_servers(pid)
        if not found:
            return self.put_off(event)
        self.tally.happened[event.kind] += 1
        with suppress(ProcessLookupError):
            os.kill(random.choice(found), signal.SIGKILL)
        return False

    def fill(self, crawl: Crawl) -> None:
        """Fill the disk to its last byte under a crawl, see it end, and make room again."""
        filler = self.folder / "filler"
        with filler.open("wb", buffering=0) as file:
            for size in (1_000_000, 4096):
                with suppress(OSError):
                    while file.write(b"\0" * size):
                        pass
        self.expect(crawl, crawl.process.wait(120), 1)
        # Nor does one begin while it is so.
        again = self.started()
        self.expect(again, again.process.wait(120), 1)
        filler.unlink()

    def ended(self, crawl: Crawl, asked: Counter[str]) -> bool:
        """Note how a crawl ended by itself; gives whether there is more to do."""
        code = crawl.process.returncode
        if code == 1 and "are free on the disk" in crawl.said.read_text(encoding="utf-8"):
            self.tell(f"the disk's reserve is reached, with {held(self.archive)} articles held")
            self.tally.happened["reserve"] += 1
            self.expect(crawl, code, 1)
            self.note_flight(asked, "due")
            enlarge(self.folder, 2 * room_for(self.options.headlines))
            return True
        if code != 0:
            self.tally.fault(f"a crawl ended with {code}", crawl.lines()[-TOLD:] or ["no word"])
        self.tell(f"a crawl has ended, with {held(self.archive)} articles held")
        if len(crawl.memory) > len(self.tally.memory):
            self.tally.memory = crawl.memory
        return False

    def expect(self, crawl: Crawl, code: int, wanted: int) -> None:
        """Have a crawl that came to an early end say so in one line."""
        if code != wanted or len(crawl.lines()) != 1:
            said = crawl.lines()[-TOLD:] or ["no word"]
            self.tally.fault(f"exit code {code} instead of {wanted}, or not one line", said)

    def note_flight(self, asked: Counter[str], state: str) -> int:
        """Note, and count, which pages a crawl that was ended had asked for and not settled.

        Only these may be asked for once more. A killed crawl leaves its claims; one that could say
        goodbye has given them back.
        """
        with opened(self.archive, "rw") as db:
            urls = [
                row[0] for row in db.execute("SELECT url FROM frontier WHERE state = ?", [state])
            ]
        now = self.stand.counts()
        flown = [url for url in urls if now[place_of(url)] > asked[place_of(url)]]
        for url in flown:
            self.tally.explained.update(self.ways.get(key_of(url), (place_of(url),)))
        self.tally.in_flight.append(len(flown))
        if max(len(flown), len(urls) if state == "claimed" else 0) > BACKFILE_BATCH:
            self.tally.faults.append(f"{len(urls)} pages claimed, {len(flown)} of them in flight")
        return len(flown)

    def let_time_pass(self) -> None:
        """Make what has failed due, as the hour does after which it is tried again."""
        with opened(self.archive, "rw") as db:
            urls = [r[0] for r in db.execute("SELECT url FROM frontier WHERE state = 'failed'")]
            db.execute("UPDATE frontier SET due_at = visited_at WHERE state = 'failed'")
        self.tell(f"an hour later: {len(urls)} failed pages are tried again")
        self.tally.retried.update(urls)
        for url in urls:
            self.tally.explained.update(self.ways.get(key_of(url), (place_of(url),)))

    def tell(self, line: str) -> None:
        """Say what happens."""
        print(f"{time.monotonic() - self.began:6.0f} s  {line}", file=sys.stderr, flush=True)


def room_for(headlines: int) -> int:
    """Give the bytes that the archive of so many headlines will take."""
    return 2 * headlines * PAGE_BYTES + JOURNAL_BYTES


@contextmanager
def disk_of_its_own(folder: Path, options: argparse.Namespace) -> Iterator[None]:
    """Mount a disk at a folder, where that is wanted, on which half of the archive has room."""
    if not options.full_disk:
        yield
        return
    size = int(RESERVE_BYTES + room_for(options.headlines) * DISTURBED / 2)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    subprocess.run(mount, check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def enlarge(folder: Path, room: int) -> None:
    """Give a full disk more room, as its owner would."""
    size = f"remount,size={RESERVE_BYTES + room}"
    subprocess.run(["mount", "-o", size, str(folder)], check=True)


def newsstand(headlines: int) -> Newsstand:
    """Make a newsstand with so many headlines."""
    lists = max(1, headlines // ON_A_PAGE)
    return Newsstand(articles=headlines, lists=lists, slow_seconds=0.5, bomb_bytes=BOMB)


def lay_troubles(stand: Newsstand) -> dict[str, str]:
    """Lay every misbehaviour in turn over some of the publishers' pages; gives page ▸ name."""
    names = cycle(name for name in BEHAVIOURS if not name.startswith(UNLAID))
    leads = (lead for lead in stand.leads() if lead.number % TROUBLED == 7 and lead.oddity is None)
    laid = {lead.article: name for lead, name in zip(leads, names, strict=False)}
    for url, name in laid.items():
        stand.misbehave(url, name)
    return laid


def main() -> int:
    """Run, print, and say by the exit code whether all went well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--headlines", type=int, default=10_000, help="each leads to two pages")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--full-disk", action="store_true", help="fill a disk twice (as root)")
    parser.add_argument("--folder", type=Path, help="where the archive is made; a temporary one")
    parser.add_argument("--seed", type=int, default=0, help="of the random instants")
    options = parser.parse_args()
    random.seed(options.seed)
    folder = options.folder or Path(tempfile.mkdtemp(prefix="endurance-"))
    folder.mkdir(parents=True, exist_ok=True)
    lists = max(1, options.headlines // ON_A_PAGE)
    try:
        with (
            disk_of_its_own(folder, options),
            Newsstand(
                articles=options.headlines, lists=lists, slow_seconds=0.5, bomb_bytes=BOMB
            ) as stand,
        ):
            laid = lay_troubles(stand)
            tally = Run(folder, stand, options).run()
            figures = Judge(folder / "archive", stand, tally, laid).judge()
    finally:
        if options.folder is None:
            shutil.rmtree(folder)
    print(json.dumps(figures | summary(tally), indent=2))
    return 1 if tally.faults else 0


def summary(tally: Tally) -> dict[str, object]:
    """Give the tally as it is printed."""
    return {
        "happened": dict(tally.happened),
        "kills": tally.happened["kill"],
        "in_flight": tally.in_flight,
        "crawls": tally.crawls,
        "seconds": round(tally.seconds),
        "memory": tally.memory,
        "faults": tally.faults,
    }


if __name__ == "__main__":
    sys.exit(main())
