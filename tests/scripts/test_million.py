"""The archive that the bench searches is one that `Archive.store` could have made."""

import sqlite3
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import million  # noqa: E402 - the scripts are no package

from archive import Archive, search  # noqa: E402
from archive.connection import FILE_NAME  # noqa: E402
from archive.found import Sort  # noqa: E402

ARTICLES = 400


def one_by_one(folder: Path) -> None:
    """Store the same articles and lists as a crawl does."""
    with Archive.open(folder, create=True) as archive:
        sources = [
            archive.add_source(million.list_url(number), name=f"List {number}", now=million.NOW).id
            for number in range(million.SOURCES)
        ]
        listed: list[list[Any]] = [[] for _ in sources]
        for one in million.made(ARTICLES):
            archive.store(
                million.reading(one.article),
                asked_url=one.article.url,
                claim=None,
                source_id=sources[one.source],
                now=million.NOW,
            )
            if one.listed:
                lines = listed[one.source]
                lines.append(million.headline_of(one, len(lines)))
        for source_id, headlines in zip(sources, listed, strict=True):
            million.store_list(archive, source_id, headlines)


def rows(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    raw = sqlite3.connect(folder / FILE_NAME)
    try:
        # The time of the lists' rows is that of storing; numbers of names tell nothing.
        tables = ("articles", "stories", "headlines", "addresses", "sources")
        names = raw.execute("SELECT publisher FROM publishers ORDER BY publisher").fetchall()
        found = {table: raw.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
        for table in ("articles", "headlines", "publishers"):
            raw.execute(
                f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)"
            )
        return found | {"publishers": names, "triggers": triggers(raw)}
    finally:
        raw.close()


def triggers(raw: sqlite3.Connection) -> list[tuple[Any, ...]]:
    return raw.execute("SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY 1").fetchall()


def test_it_is_as_if_stored_one_by_one(tmp_path: Path) -> None:
    million.make(tmp_path / "fast", ARTICLES)
    one_by_one(tmp_path / "slow")
    fast, slow = rows(tmp_path / "fast"), rows(tmp_path / "slow")
    for table, held in slow.items():
        assert fast[table] == held, table
    word = million.vocabulary().with_share(0.2)
    with (
        Archive.open(tmp_path / "fast", read_only=True) as one,
        Archive.open(tmp_path / "slow", read_only=True) as other,
    ):
        for sort in Sort:
            assert one.search(word, sort=sort) == other.search(word, sort=sort)
        assert one.search(word).total > search.Window().limit


def test_what_is_made_is_what_it_says() -> None:
    articles = list(million.made(2_000))
    assert sum(one.article.published is None for one in articles) == 100
    assert sum(one.copy_of is not None for one in articles) == 100
    assert len({one.article.url for one in articles}) == 2_000
    length = sum(len(one.article.text) for one in articles) / 2_000
    assert 3_200 < length < 3_800
    word = million.vocabulary().with_share(0.2)
    share = sum(word in one.article.text.split() for one in articles) / 2_000
    assert 0.15 < share < 0.25
