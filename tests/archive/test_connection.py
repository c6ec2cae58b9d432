"""Every SQLite error leaves as one of ours; readers and writers do not disturb each other."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from archive import Archive, connection, watching
from archive.bulk import Incoming
from archive.connection import FILE_NAME, explained
from archive.crawls import CrawlTotals
from archive.errors import ArchiveError, ArchiveLocked, ArchiveMissing
from archive.exporting.formats import Format, Wanted
from archive.health import Health, HealthState
from archive.held import Known, Lookup
from archive.importing.lines import Numbered
from archive.language import Term
from archive.lock import crawl_lock
from archive.query import Asked, Expressions, Query
from archive.records import Claim, FrontierEntry, PageKind, Source, UrlState, Verdict, VerdictKind
from tests.archive.making import (
    LEASE,
    LIST,
    NOW,
    article,
    headline,
    list_page,
    new_archive,
    reading,
)

CLAIM = Claim(
    id=1, url="https://a.example/", kind=PageKind.ARTICLE, source_id=None, attempts=1, serial=1
)
ENTRY = FrontierEntry(url="https://a.example/", kind=PageKind.ARTICLE)

QUERY = Query(
    words=Expressions(articles='"ferry"', headlines='"ferry"'),
    publishers=None,
    excluded=None,
    unspaced=(),
    terms=(Term(words="ferry"),),
)
SOURCE = Source(id=1, url=LIST, name=None, added_at=NOW)
DEAD = Lookup(
    id=1,
    url="https://a.example/",
    kind=PageKind.ARTICLE,
    source_id=None,
    found_on=None,
    wanted=NOW,
    attempts=0,
)
FERRIES = watching.Wanted(asked=Asked(words="ferry"))
WELL = Health(state=HealthState.WELL, reason="x")
WRITES: dict[str, Callable[[Archive], object]] = {
    "find_stories": lambda a: a.find_stories(now=NOW),
    "join_stories": lambda a: a.join_stories("1", "1", now=NOW),
    "part_story": lambda a: a.part_story("1", now=NOW),
    "add_source": lambda a: a.add_source(LIST, now=NOW),
    "store": lambda a: a.store(
        reading(article()), asked_url="https://a.example/", claim=None, source_id=None, now=NOW
    ),
    "store_many": lambda a: a.store_many(
        [
            Incoming(
                reading=reading(article("https://many.example/")),
                asked_url="https://many.example/",
                source_id=None,
                now=NOW,
            )
        ]
    ),
    "optimize": lambda a: a.optimize(),
    "check": lambda a: a.check(now=NOW),
    "repair": lambda a: a.repair(now=NOW),
    "store_list": lambda a: a.store_list(
        list_page(headline("One")),
        source_id=1,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    ),
    "rename_source": lambda a: a.rename_source(SOURCE, "Another"),
    "pause_source": lambda a: a.pause_source(SOURCE, paused=True),
    "accept_source": lambda a: a.accept_source(SOURCE, now=NOW),
    "move_source": lambda a: a.move_source(SOURCE, "https://moved.example/"),
    "note_lookups": lambda a: a.note_lookups([(1, "a.example")], now=NOW),
    "forget": lambda a: a.forget("1", now=NOW),
    "recall": lambda a: a.recall("https://a.example/", now=NOW),
    "reread": lambda a: a.reread(
        reading(article(title="Read anew")), asked_url="https://a.example/", source_id=None
    ),
    "remove_source": lambda a: a.remove_source(SOURCE, now=NOW),
    "take_in": lambda a: a.take_in(
        [
            Numbered(
                number=1,
                record={
                    "record": "source",
                    "url": "https://taken.example/",
                    "key": "taken.example",
                    "added_at": NOW.isoformat(),
                },
            )
        ],
        now=NOW,
    ),
    "add_watch": lambda a: a.add_watch(
        "ferries", watching.Wanted(asked=Asked(words="ferry")), now=NOW
    ),
    "remove_watch": lambda a: a.remove_watch("boats"),
    "begin_crawl": lambda a: a.begin_crawl(version="1", now=NOW),
    "record_crawl": lambda a: a.record_crawl(1, CrawlTotals(), {}, now=NOW),
    "note_told": lambda a: a.note_told({1: WELL}, now=NOW),
    "frontier.visited": lambda a: a.frontier.visited(
        ENTRY,
        at=NOW,
        verdict=Verdict(kind=VerdictKind.ARTICLE, reason="x"),
        status=200,
        final_url=ENTRY.url,
        now=NOW,
        kept=True,
    ),
    "frontier.add": lambda a: a.frontier.add([ENTRY], now=NOW),
    "frontier.make_due": lambda a: a.frontier.make_due(ENTRY, now=NOW),
    "frontier.claim": lambda a: a.frontier.claim(1, now=NOW, lease=LEASE),
    "frontier.recover": lambda a: a.frontier.recover(now=NOW),
    "frontier.release": lambda a: a.frontier.release([CLAIM], now=NOW),
    "frontier.done": lambda a: a.frontier.done(CLAIM, now=NOW, reason="x"),
    "frontier.unchanged": lambda a: a.frontier.unchanged(CLAIM, now=NOW, status=304),
    "mementos.absent": lambda a: a.mementos.absent(DEAD, reason="x", now=NOW),
    "mementos.asking": lambda a: a.mementos.asking(DEAD, LIST, now=NOW),
    "mementos.close": lambda a: a.mementos.close(1, reason="x"),
    "mementos.learned": lambda a: a.mementos.learned(DEAD, Known()),
    "mementos.postponed": lambda a: a.mementos.postponed(DEAD, reason="x", now=NOW),
    "mementos.wait": lambda a: a.mementos.wait(until=NOW, reason="x"),
    "frontier.failed": lambda a: a.frontier.failed(CLAIM, now=NOW, state=UrlState.GONE, reason="x"),
}
READS: dict[str, Callable[[Archive], object]] = {
    "advise": lambda a: a.advise(QUERY),
    "answer": lambda a: a.answer(QUERY),
    "article": lambda a: a.article(1),
    "ask": lambda a: a.ask(Asked(words="strasse"), now=NOW),
    "changes": lambda a: a.changes(),
    "export": lambda a: a.export(Wanted(format=Format.OPML, path=None, query=None, title="x")),
    "explain": lambda a: a.explain("1", now=NOW),
    "watches": lambda a: a.watches(),
    "captures_of": lambda a: a.captures_of(a.article(1)),
    "similar": lambda a: a.similar(a.article(1), words=["ferry"]),
    # A watch that cannot write what it found says so in its report.
    "run_watches": lambda a: a.run_watches(now=NOW),
    "crawl_records": lambda a: a.crawl_records([1]),
    "last_crawl": lambda a: a.last_crawl(),
    "told": lambda a: a.told(),
    "is_forgotten": lambda a: a.is_forgotten("https://a.example/"),
    "find_to_forget": lambda a: a.find_to_forget("1"),
    "stories": lambda a: a.stories(),
    "story": lambda a: a.story("1"),
    "headline": lambda a: a.headline(1),
    "headlines": lambda a: a.headlines(),
    "known_publishers": lambda a: a.known_publishers(),
    "lookups": lambda a: a.lookups(),
    "next_visits": lambda a: a.next_visits(now=NOW),
    "publisher_sites": lambda a: a.publisher_sites(),
    "resolve": lambda a: a.resolve(dry_run=True, now=NOW),
    "search": lambda a: a.search("ferry"),
    "source": lambda a: a.source("1"),
    "source_summaries": lambda a: a.source_summaries(),
    "sources": lambda a: a.sources(),
    "status": lambda a: a.status(),
    "mementos.counts": lambda a: a.mementos.counts(),
    "mementos.due": lambda a: a.mementos.due(now=NOW),
    "mementos.next": lambda a: a.mementos.next(now=NOW),
    "mementos.next_due": lambda a: a.mementos.next_due(),
    "mementos.original": lambda a: a.mementos.original(LIST),
    "frontier.claimable": lambda a: a.frontier.claimable(now=NOW),
    "frontier.find": lambda a: a.frontier.find("https://a.example/"),
    "frontier.counts": lambda a: a.frontier.counts(),
    "frontier.failures": lambda a: a.frontier.failures(),
    "frontier.next_due": lambda a: a.frontier.next_due(),
    "frontier.waiting": lambda a: a.frontier.waiting(1, now=NOW, at_most=1),
}
# Checking everything takes the write lock; without the search index's words it reads only.
READS["check"] = lambda a: a.check(now=NOW, writable=False)
# What neither reads nor writes the database, and what takes two of them.
OTHERS = {"merge", "captures", "close", "crawling", "entry_of", "folder", "open", "reading"}
PARTS = ("frontier", "mementos")


def test_every_public_method_is_tested_here(archive: Archive) -> None:
    public = {name for name in dir(Archive) if not name.startswith("_")}
    of_parts = {
        f"{part}.{name}"
        for part in PARTS
        for name in dir(getattr(archive, part))
        if not name.startswith("_")
    }
    assert public | of_parts == WRITES.keys() | READS.keys() | OTHERS | set(PARTS)


@pytest.fixture
def held(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An archive with an article, which another connection is writing."""
    archive.add_source(LIST, now=NOW)
    WRITES["store"](archive)
    WRITES["store_list"](archive)
    archive.add_watch("boats", FERRIES, now=NOW)
    raw = sqlite3.connect(archive.folder / FILE_NAME, isolation_level=None)
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("UPDATE articles SET title = 'Not committed'")
    monkeypatch.setattr(
        connection.open_to_write, "__kwdefaults__", {"patience": timedelta(milliseconds=5)}
    )
    yield archive.folder
    raw.execute("ROLLBACK")
    raw.close()


@pytest.mark.parametrize("name", WRITES)
def test_a_writer_that_must_wait_too_long_is_told(held: Path, name: str) -> None:
    with Archive.open(held) as archive, pytest.raises(ArchiveLocked, match="another process"):
        WRITES[name](archive)


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("read_only", [True, False])
def test_readers_do_not_wait_for_a_writer(held: Path, name: str, read_only: bool) -> None:
    with Archive.open(held, read_only=read_only) as archive:
        READS[name](archive)


@pytest.mark.parametrize("name", WRITES)
def test_nothing_is_written_through_a_reader(archive: Archive, name: str) -> None:
    WRITES["store"](archive)
    archive.add_watch("boats", FERRIES, now=NOW)
    with (
        Archive.open(archive.folder, read_only=True) as reader,
        pytest.raises(ArchiveError, match="read-only"),
    ):
        WRITES[name](reader)


@pytest.mark.parametrize("name", [*WRITES, *READS])
def test_a_closed_archive_says_so(archive: Archive, name: str) -> None:
    archive.close()
    with pytest.raises(ArchiveError, match="closed"):
        (WRITES | READS)[name](archive)


def test_a_damaged_database_is_told(folder: Path) -> None:
    with new_archive(folder) as archive:
        WRITES["store"](archive)
    whole = (folder / FILE_NAME).read_bytes()
    # The first page, with the list of tables, stays; the tables' own pages do not.
    (folder / FILE_NAME).write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(ArchiveError, match="damaged"), Archive.open(folder) as archive:
        archive.article(1)


def test_a_medium_that_nobody_can_write_is_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_archive(folder).close()
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with Archive.open(folder, read_only=True) as archive:
        assert archive.sources() == ()
    assert not list(folder.glob("*-shm")), "nothing was written beside it"


def test_what_is_no_database_is_told(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE_NAME).write_bytes(b"no database, but long enough to be taken for one" * 50)
    for given in ({"read_only": True}, {}, {"create": True}):
        with pytest.raises(ArchiveError, match="not a SQLite database"):
            Archive.open(folder, **given)


@pytest.mark.parametrize("read_only", [True, False])
def test_no_archive_says_how_to_make_one(folder: Path, read_only: bool) -> None:
    with pytest.raises(ArchiveMissing, match="backfile add"):
        Archive.open(folder, read_only=read_only)
    assert not folder.exists(), "asking makes nothing"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveError, match="cannot make"):
        Archive.open(tmp_path / "file" / "archive", create=True)


def as_nobody(function: Callable[[], None]) -> int:
    """Run a function in a child process without root's rights; gives 0 where it raised nothing."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(65534)
                os.setuid(65534)
            function()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_a_read_only_folder_can_be_read_and_says_why_it_is_not_written() -> None:
    folder = Path(tempfile.mkdtemp())
    with new_archive(folder) as archive:
        WRITES["store"](archive)

    def use() -> None:
        with Archive.open(folder, read_only=True) as reader:
            assert reader.search("ferry").total == 1
        with pytest.raises(ArchiveError, match="read-only"):
            Archive.open(folder)
        with pytest.raises(ArchiveError, match="cannot lock"), crawl_lock(folder, now=NOW):
            pass

    (folder / FILE_NAME).chmod(0o444)
    folder.chmod(0o555)
    try:
        assert as_nobody(use) == 0
        assert as_nobody(lambda: pytest.fail("as it should")) == 1
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_full_disk_loses_nothing(archive: Archive) -> None:
    archive.add_source(LIST, now=NOW)
    raw = archive._connection.raw
    raw.execute("PRAGMA max_page_count = 1")  # it cannot shrink: what is there is the most
    urls = [f"https://a.example/{number}" for number in range(5000)]
    entries = [FrontierEntry(url=url, kind=PageKind.ARTICLE) for url in urls]
    with pytest.raises(ArchiveError, match="disk is full"):
        archive.frontier.add(entries, now=NOW)
    assert archive.frontier.claimable(now=NOW) == 0
    assert len(archive.sources()) == 1


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("database or disk is full", "the disk is full"),
        ("disk I/O error", "it is full, or failing"),
    ],
)
def test_what_the_disk_does_is_said_in_words(tmp_path: Path, theirs: str, ours: str) -> None:
    assert ours in str(explained(sqlite3.OperationalError(theirs), tmp_path))


def test_sqlite_settings(archive: Archive) -> None:
    raw = archive._connection.raw
    settings = {
        name: raw.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "foreign_keys", "busy_timeout", "application_id")
    }
    assert settings == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 15_000,
        "application_id": 0x4261636B,
    }


def test_a_row_is_inserted_under_the_names_of_its_columns(tmp_path: Path) -> None:
    new_archive(tmp_path).close()
    opened = connection.open_to_write(tmp_path)
    with opened.writing() as db:
        made = connection.insert(db, "stories", {"made_at": "2024-11-08"})
        again = connection.insert(db, "stories", {"lead_id": None, "made_at": "2024-11-09"})
    held = opened.raw.execute("SELECT id, made_at FROM stories ORDER BY id").fetchall()
    assert [tuple(row) for row in held] == [(made, "2024-11-08"), (again, "2024-11-09")]
    opened.close()
