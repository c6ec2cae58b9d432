"""An archive with an article, its list, and a headline without an article."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from archive.connection import Connection, open_to_read
from archive.records import Exchange
from tests.archive.making import LIST, NOW, article, day, headline, list_page, new_archive, reading

FERRY = "https://paper.example/ferry"
CHINESE = "https://zh.example/2024/ferry"


def store(archive: Archive, url: str, **given: Any) -> None:
    archive.store(
        reading(article(url, **given)), asked_url=url, claim=None, source_id=None, now=NOW
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    with new_archive(folder) as archive:
        source = archive.add_source(LIST, name="Lists & more", now=NOW)
        archive.store_list(
            list_page(
                headline("Ferry, says the list", FERRY, published="2024-11-07"),
                headline("=HYPERLINK(1)", "https://paper.example/missing"),
            ),
            source_id=source.id,
            claim=None,
            now=NOW,
            follow=None,
            follow_older=False,
        )
        store(
            archive,
            FERRY,
            text="The ferry sails.\n\n* Islanders \x01 <b>rejoice</b> & sing.",
            byline=("Ann Lee", "Bo Day"),
            tags=("sea", "ferries"),
            language="en-GB",
            publisher=None,
        )
        store(
            archive,
            CHINESE,
            title="渡轮",
            text="渡轮再次起航。",
            language="zh",
            published=day("2024-12-31"),
            html="<p>渡轮<b>再次</b>起航。</p>",
        )
        for url in (FERRY, CHINESE):
            exchange = Exchange(
                url=url,
                asked_url=url,
                captured_at=NOW,
                request_headers=(),
                status=200,
                headers=(("Content-Type", "text/html"),),
                body=b"<p>Page</p>",
            )
            archive.captures.write(exchange)
        archive.captures.index()
    return folder


@pytest.fixture
def connection(folder: Path) -> Iterator[Connection]:
    opened = open_to_read(folder)
    yield opened
    opened.close()
