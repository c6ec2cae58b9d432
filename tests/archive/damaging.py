"""Makes an archive with everything in it, and damages it as a person or a disk might."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from archive import Archive, mementos
from archive.captures import FOLDER
from archive.connection import FILE_NAME
from archive.query import Asked
from archive.records import Exchange, PageKind
from archive.watching import Wanted
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

PAGES = tuple(f"https://paper.example/{name}" for name in ("ferry", "bridge", "storm"))
TEXTS = (
    "The ferry to the islands sails on Sundays again, for the first time since two winters ago.",
    "北京的大桥明年开放。 The bridge over the sound opens to bicycles next year, the council says.",
    "A storm closed the harbour for two days; no one was hurt, and no boat was lost to it.",
)


def exchange(url: str, body: bytes) -> Exchange:
    return Exchange(
        url=url,
        asked_url=url,
        captured_at=NOW,
        request_headers=(("User-Agent", "test"),),
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=body,
    )


def make_whole(folder: Path) -> None:
    """Make an archive with a row in every table, and captures of all pages."""
    with new_archive(folder) as archive:
        source = archive.add_source(LIST, now=NOW)
        entry = archive.entry_of(source)
        archive.frontier.make_due(entry, now=NOW)
        (claim,) = archive.frontier.claim(1, now=NOW, lease=LEASE)
        lines = [headline(f"Line {n}", url, position=n) for n, url in enumerate(PAGES)]
        lines.append(headline("A line without a link", position=len(lines)))
        archive.store_list(
            list_page(*lines),
            source_id=source.id,
            claim=claim,
            now=NOW,
            follow=None,
            follow_older=False,
        )
        for url, text in zip(PAGES, TEXTS, strict=True):
            store(archive, url, text, source.id)
        store(archive, PAGES[0], f"{TEXTS[0]} It costs nothing.", source.id, hours=1)
        store(archive, "https://copy.example/ferry", f"{TEXTS[0]} It costs nothing.", source.id)
        store(archive, "https://gone.example/", "A text of somebody who wants it gone.", source.id)
        archive.captures.index()
        archive.forget("https://gone.example/", now=NOW)
        archive.resolve(now=NOW)
        archive.note_lookups([(4, "paper.example")], now=NOW)
        lost = replace(claim, url="https://lost.example/story", kind=PageKind.POST)
        with archive._connection.writing() as db:
            mementos.note(db, lost, now=NOW)
        archive.add_watch("ferries", Wanted(asked=Asked(words="ferry"), zone="UTC"), now=NOW)


def store(archive: Archive, url: str, text: str, source_id: int, *, hours: int = 0) -> None:
    """Capture a page and store what it says."""
    now = NOW + timedelta(hours=hours)
    archive.captures.write(exchange(url, f"<p>{text}".encode() * 20))
    archive.store(
        reading(article(url, text), captured_at=now),
        asked_url=url,
        claim=None,
        source_id=source_id,
        now=now,
    )


def damage(folder: Path, *statements: str) -> None:
    """Change the database by hand, without a thought for what refers to what."""
    raw = sqlite3.connect(folder / FILE_NAME)
    raw.executescript(";".join(statements))
    raw.commit()
    raw.close()


def warc_file(folder: Path) -> Path:
    """Give the archive's one WARC file."""
    (path,) = (folder / FOLDER).glob("*.warc.gz")
    return path


def ask(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """Give the rows of a question to the database."""
    raw = sqlite3.connect(folder / FILE_NAME)
    rows = raw.execute(sql).fetchall()
    raw.close()
    return rows
