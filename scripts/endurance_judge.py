"""What `scripts/endurance` finds in the archive in the end, compared with what was printed.

Starts, stops and changes nothing but for the search's check of itself.
"""

import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from archive import warc
from archive.records import CaptureKind
from archive.urls import canonical_url, page_key
from tests.newsstand import Newsstand
from tests.newsstand.misbehaviour import READABLE
from tests.newsstand.oddities import Oddity
from tests.newsstand.world import Lead

# Pages until a crawl's memory has settled: the connection's cache (32 MB) is full by then.
SETTLED = 2_500
# Above what it then was; the frontier, the journal and the allocator breathe.
FLAT = 1.10
# Faults of one kind that are told one by one.
TOLD = 10


@dataclass(slots=True, kw_only=True)
class Tally:
    """What happened, and what was found wrong."""

    happened: Counter[str] = field(default_factory=Counter)
    crawls: int = 0
    seconds: float = 0.0
    in_flight: list[int] = field(default_factory=list)
    """Of each abrupt end: pages that had been asked for and were not settled."""
    explained: Counter[str] = field(default_factory=Counter)
    """Place ▸ how often it may be asked for beyond the first time."""
    retried: set[str] = field(default_factory=set)
    """Pages that had failed, and were tried again when their time had come."""
    memory: list[dict[str, int]] = field(default_factory=list)
    """Of the last crawl that was let run: pages of its own, MB of the crawler and of a reader."""
    faults: list[str] = field(default_factory=list)

    def fault(self, name: str, found: list[str]) -> None:
        """Note what was found wrong."""
        self.faults += [f"{name}: {each}" for each in found[:TOLD]]
        if len(found) > TOLD:
            self.faults.append(f"{name}: {len(found) - TOLD} more")


@contextmanager
def opened(archive: Path, mode: str = "ro") -> Iterator[sqlite3.Connection]:
    """Open the database, and close it: an open file would keep its disk from being unmounted."""
    uri = f"file:{archive}/archive.db?mode={mode}"
    with closing(sqlite3.connect(uri, uri=True, timeout=10)) as db, db:
        yield db


def place_of(url: str) -> str:
    """Give an address as the newsstand's log names it."""
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return f"{parts.hostname}{target}"


def key_of(url: str) -> str:
    """Give what a page is known by; an address that is none stands for itself."""
    return page_key(url) or url


def ways_of(stand: Newsstand) -> dict[str, tuple[str, ...]]:
    """Give each good page's key ▸ every place that is asked on the way to it."""
    ways: dict[str, tuple[str, ...]] = {}
    for lead in stand.leads():
        ways[key_of(lead.post)] = (place_of(lead.post),)
        original = canonical_url(lead.original) or lead.original
        ways[key_of(original)] = tuple({place_of(original), place_of(lead.article)})
    return ways


class Judge:
    """Compares an archive with what the newsstand printed; faults go to the tally."""

    def __init__(
        self, archive: Path, stand: Newsstand, tally: Tally, laid: Mapping[str, str]
    ) -> None:
        self.archive, self.stand, self.tally, self.laid = archive, stand, tally, laid
        self.leads = {key_of(lead.post): lead for lead in stand.leads()}
        self.asked = stand.counts()
        self.paragraphs: dict[str, tuple[str, ...] | None] = {}
        ways = {place for way in ways_of(stand).values() for place in way}
        self.good = ways - set(map(place_of, laid))

    def judge(self) -> dict[str, Any]:
        """Judge everything; gives the figures."""
        with opened(self.archive, "rw") as db:
            db.row_factory = sqlite3.Row
            self.judge_pages(db)
            self.judge_headlines(db)
            self.judge_database(db)
            figures = {**self.figures(db), "captures": self.judge_captures(db)}
        self.judge_requests()
        self.judge_memory()
        return figures

    def readable(self, url: str) -> bool:
        """Tell whether a page has an article that can be had in the end."""
        return self.printed(url) is not None and self.laid.get(url, "fine") in READABLE

    def printed(self, url: str) -> tuple[str, ...] | None:
        """Give the paragraphs of a page's article; None where it has none."""
        if url not in self.paragraphs:
            truth = self.stand.truth.get(url)
            self.paragraphs[url] = truth.paragraphs if truth else None
        return self.paragraphs[url]

    def judge_pages(self, db: sqlite3.Connection) -> None:
        """Every page that can be read is held, whole, and once; nothing else is."""
        texts = {row["url"]: row["text"] for row in db.execute("SELECT url, text FROM articles")}
        pages = [page for lead in self.leads.values() for page in (lead.post, lead.article)]
        wanted = [url for url in dict.fromkeys(pages) if self.readable(url)]
        documents = {lead.article for lead in self.leads.values() if lead.oddity is Oddity.PDF}
        torn = [
            url
            for url in wanted
            if url in texts and not self.is_whole(url, texts[url], printed=url in documents)
        ]
        keys = Counter(map(key_of, texts))
        strange = [
            url
            for url in texts
            if self.printed(url) is None and urlsplit(url).hostname != "trouble.example"
        ]
        changed = db.execute(
            "SELECT url FROM articles JOIN versions ON articles.id = article_id"
        ).fetchall()
        self.tally.fault("missing", [url for url in wanted if url not in texts])
        self.tally.fault("not whole", torn)
        self.tally.fault("held twice", [key for key, times in keys.items() if times > 1])
        self.tally.fault("held, and never printed", [u for u in strange if not self.is_listed(u)])
        self.tally.fault("changed", [url for (url,) in changed if self.readable(url)])

    def is_listed(self, url: str) -> bool:
        """Tell a page that the newsstand prints although no reader should find an article there."""
        return any(url in {lead.article, lead.original} for lead in self.leads.values())

    def is_whole(self, url: str, text: str, *, printed: bool) -> bool:
        """Tell whether an article holds every paragraph of a page.

        A printed document does not say which hyphens at the ends of its lines are its own.
        """
        wanted = self.printed(url) or ()
        if printed:
            return all(each.replace("-", "") in text.replace("-", "") for each in wanted)
        return all(each in text for each in wanted)

    def judge_headlines(self, db: sqlite3.Connection) -> None:
        """Every headline is there as it was printed, once, and tied to its post and article."""
        rows = db.execute(
            "SELECT headlines.*, post.url AS post, article.url AS article FROM headlines "
            "LEFT JOIN articles post ON post.id = headlines.article_id "
            "LEFT JOIN articles article ON article.id = post.original_id "
            "WHERE headlines.source_id = (SELECT min(id) FROM sources)"
        ).fetchall()
        found = Counter(row["key"] for row in rows)
        self.tally.fault("no headline", [key for key in self.leads if key not in found])
        self.tally.fault("headline twice", [key for key, times in found.items() if times > 1])
        wrong = [
            row["raw"]
            for row in rows
            if row["key"] not in self.leads or not self.is_right(row, self.leads[row["key"]])
        ]
        self.tally.fault("headline not as printed, or not tied", wrong)

    def is_right(self, row: sqlite3.Row, lead: Lead) -> bool:
        """Tell whether a headline is as it was printed, and leads where it should."""
        if (row["raw"], row["published"]) != (lead.line, lead.day.isoformat()):
            return False
        # Where the reader does not dare to part a page's titles from names, both are kept as one.
        if row["publisher"] != lead.publisher and row["title"] != lead.name:
            return False
        article = lead.article if self.readable(lead.article) else None
        return row["post"] == lead.post and article in {None, row["article"]}

    def judge_database(self, db: sqlite3.Connection) -> None:
        """See that database, search and frontier agree with themselves."""
        for check in ("integrity_check", "foreign_key_check"):
            found = [str(tuple(row)) for row in db.execute(f"PRAGMA {check}")]
            self.tally.fault(check, [row for row in found if row != "('ok',)"])
        for name in ("articles", "headlines"):
            with suppress_into(self.tally, f"search of {name}"):
                db.execute(
                    f"INSERT INTO {name}_fts ({name}_fts, rank) VALUES ('integrity-check', 1)"
                )
        left = db.execute("SELECT url FROM frontier WHERE state IN ('claimed', 'due')").fetchall()
        self.tally.fault("never settled", [url for (url,) in left])

    def judge_captures(self, db: sqlite3.Connection) -> dict[str, int]:
        """Every record is readable and has its row, every row its record, every article both."""
        rows = {
            (row["file"], row["offset"]): (row["url"], row["digest"], row["length"], row["kind"])
            for row in db.execute("SELECT * FROM captures")
        }
        found: dict[tuple[str, int], tuple[str, str, int, str]] = {}
        for path in sorted((self.archive / "captures").iterdir()):
            done = subprocess.run(
                [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)],
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode != 0 or "failed" in done.stdout:
                self.tally.faults.append(f"warcio check does not pass over {path.name}")
            found |= self.records_of(path)
        self.tally.fault("no row or another", [str(k) for k in found if rows.get(k) != found[k]])
        self.tally.fault("no record", [str(key) for key in rows if key not in found])
        bare = db.execute(
            "SELECT url FROM articles WHERE NOT EXISTS (SELECT 1 FROM captures "
            "WHERE captures.key = articles.key AND captures.captured_at = articles.captured_at)"
        ).fetchall()
        self.tally.fault("no capture", [url for (url,) in bare])
        kinds = Counter(kind for _, _, _, kind in rows.values())
        size = sum(path.stat().st_size for path in (self.archive / "captures").iterdir())
        return {"records": len(rows), **kinds, "bytes": size}

    def records_of(self, path: Path) -> dict[tuple[str, int], tuple[str, str, int, str]]:
        """Give the answers of a file, where they lie; a wrong digest is a fault."""
        found = {}
        with path.open("rb") as file:
            end = warc.end_of_opening(file)
            for each in warc.scan(file, end):
                key = (path.name, each.offset)
                found[key] = (each.exchange.url, each.digest, each.length, each.kind.value)
                whole = each.kind is CaptureKind.REVISIT or (
                    warc.digest_of(each.exchange.body) == each.digest
                )
                if not whole:
                    self.tally.faults.append(f"digest: {key}")
                end = each.offset + each.length
        if end != path.stat().st_size:
            self.tally.faults.append(f"{path.name}: what lies behind byte {end} is no record")
        return found

    def judge_requests(self) -> None:
        """See that only pages that were in flight or had failed were asked for again."""
        again = [
            f"{place} {times} times, {1 + self.tally.explained[place]} may have been"
            for place, times in self.asked.items()
            if place in self.good and times > 1 + self.tally.explained[place]
        ]
        self.tally.fault("asked for again", again)

    def judge_memory(self) -> None:
        """See that the longest crawl that was let run did not grow once its caches were full."""
        settled = [mark for mark in self.tally.memory if mark["pages"] >= SETTLED]
        if not settled:
            return
        grown = max(m["crawler_mb"] for m in settled) / settled[0]["crawler_mb"]
        if grown > FLAT:
            self.tally.faults.append(f"memory has grown {grown:.2f} times")

    def became(self, db: sqlite3.Connection) -> dict[str, dict[str, int]]:
        """Give misbehaviour ▸ what became of the articles over which it was laid."""
        rows = db.execute(
            "SELECT frontier.url, CASE WHEN articles.id IS NULL THEN state "
            "WHEN partial THEN 'held in part' ELSE 'held' END AS state FROM frontier "
            "LEFT JOIN articles ON articles.key = frontier.key"
        )
        found: dict[str, Counter[str]] = {name: Counter() for name in sorted({*self.laid.values()})}
        for row in rows:
            if row["url"] in self.laid:
                found[self.laid[row["url"]]][row["state"]] += 1
        return {name: dict(states) for name, states in found.items()}

    def figures(self, db: sqlite3.Connection) -> dict[str, Any]:
        """Give what was fetched, stored, retried and refused."""
        states = db.execute(
            "SELECT state, CASE WHEN state = 'done' THEN 'kept or read' ELSE reason END AS why, "
            "count(*) AS n FROM frontier GROUP BY state, why ORDER BY state, n DESC"
        )
        again = {p: n - 1 for p, n in self.asked.items() if n > 1 and p in self.good}
        return {
            "pages": 2 * len(self.leads),
            "misbehaving": len(self.laid),
            "became_of_misbehaving": self.became(db),
            "retried": len(self.tally.retried),
            "had_then": sum(
                row["state"] == "done" and row["url"] in self.tally.retried
                for row in db.execute("SELECT url, state FROM frontier")
            ),
            "requests": sum(self.asked.values()),
            "requests_by_status": dict(
                sorted(Counter(str(entry.status) for entry in self.stand.log).items())
            ),
            "asked_again": sum(again.values()),
            "articles": db.execute("SELECT count(*) FROM articles").fetchone()[0],
            "headlines": db.execute("SELECT count(*) FROM headlines").fetchone()[0],
            "publishers_left_in_titles": sum(
                1
                for row in db.execute("SELECT key, publisher FROM headlines")
                if row["key"] in self.leads and row["publisher"] != self.leads[row["key"]].publisher
            ),
            "frontier": [f"{row['n']} {row['state']}: {row['why']}" for row in states],
            "database_bytes": (self.archive / "archive.db").stat().st_size,
        }


@contextmanager
def suppress_into(tally: Tally, name: str) -> Iterator[None]:
    """Make what SQLite finds wrong a fault."""
    try:
        yield
    except sqlite3.Error as error:
        tally.faults.append(f"{name}: {error}")
