"""An archive in a folder of its own, for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from archive import Archive
from archive.records import FrontierEntry, PageKind, Source, UrlState
from tests.archive.calling import EVIL
from tests.archive.making import (
    LIST,
    NOW,
    article,
    claim_one,
    headline,
    list_page,
    new_archive,
    reading,
)

# Laws are about values: on a busy machine a slow example is no failure.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "an-archive"


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with new_archive(folder) as opened:
        yield opened


@pytest.fixture
def source(archive: Archive) -> Source:
    return archive.add_source(LIST, name="Lists", now=NOW)


@pytest.fixture
def filled(folder: Path) -> Path:
    """An archive with a source, an article, a copy, two headlines and a dead link."""
    with new_archive(folder) as archive:
        source = archive.add_source(LIST, name="Lists", now=NOW)
        archive.frontier.make_due(archive.entry_of(source), now=NOW)
        page = list_page(
            headline("Ferry listed", "https://paper.example/ferry"),
            headline(EVIL, "https://paper.example/evil", position=1),
        )
        archive.store_list(
            page,
            source_id=source.id,
            claim=claim_one(archive),
            now=NOW,
            follow=None,
            follow_older=False,
        )
        for url in ("https://paper.example/ferry", "https://copy.example/ferry"):
            read = article(url, byline=("Ann Lee", "李雷"))
            archive.store(reading(read), asked_url=url, claim=None, source_id=source.id, now=NOW)
        archive.frontier.add(
            [FrontierEntry(url="https://paper.example/evil", kind=PageKind.ARTICLE)], now=NOW
        )
        archive.frontier.failed(
            claim_one(archive), now=NOW, state=UrlState.GONE, reason="404 Not Found", status=404
        )
    return folder
