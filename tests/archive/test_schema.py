"""The tables are as documented; older, newer and foreign databases are told apart."""

import re
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from archive import Archive, schema, vetting
from archive.connection import FILE_NAME
from archive.errors import ArchiveError, ArchiveMissing, ArchiveOutdated, ArchiveTooNew
from archive.records import FrontierEntry, PageKind
from tests.archive.making import LIST, NOW, new_archive

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "schema.md"


def documented() -> dict[str, set[str]]:
    """Give table ▸ columns as the document's headings and tables (or words) name them."""
    sections = re.split(r"^## ", DOCUMENT.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found: dict[str, set[str]] = {}
    for section in sections:
        names, _, body = section.partition("\n")
        columns = set(re.findall(r"^\| `(\w+)` \|", body, flags=re.MULTILINE))
        for name in names.split(", "):
            found[name] = columns or set(re.findall(r"`(\w+)`", body))
    return found


def test_every_table_and_column_is_documented_and_nothing_else(
    archive: Archive, folder: Path
) -> None:
    db = Database(sqlite3.connect(folder / FILE_NAME))
    internal = re.compile(r"_fts_(data|idx|docsize|config)$|^sqlite_")
    names = {*db.table_names(), *db.view_names()}
    tables = {name for name in names if not internal.search(name)}
    described = documented()
    assert tables == set(described)
    for name in sorted(tables):
        columns = set(db[name].columns_dict)
        if name.endswith("_fts") or name.startswith("_"):
            assert {c for c in columns if "characters" not in c} <= described[name], name
        else:
            assert columns == described[name], name
    db.close()


def test_foreign_keys_hold(archive: Archive) -> None:
    entry = FrontierEntry(url="https://a.example/", kind=PageKind.LIST, source_id=99)
    with pytest.raises(ArchiveError, match="FOREIGN KEY"):
        archive.frontier.add([entry], now=NOW)


def make_old(folder: Path) -> None:
    """Make an archive as a program would that knew the first step only."""
    folder.mkdir()
    db = Database(sqlite3.connect(folder / FILE_NAME))
    migrations = Migrations(vetting.SET_NAME)
    migrations()(schema.m0001_tables)
    migrations.apply(db)
    db.execute(
        "INSERT INTO sources (url, key, added_at) VALUES (?, 'lists.example/news', ?)",
        (LIST, "2026-01-01T00:00:00+00:00"),
    )
    db.close()


@pytest.mark.parametrize("read_only", [True, False])
def test_an_older_archive_says_how_to_upgrade(folder: Path, read_only: bool) -> None:
    make_old(folder)
    with pytest.raises(ArchiveOutdated, match="backfile crawl"):
        Archive.open(folder, read_only=read_only)


def test_an_upgrade_keeps_what_is_held_and_a_copy_of_the_old(folder: Path) -> None:
    make_old(folder)
    with Archive.open(folder, upgrade=True) as archive:
        assert [source.url for source in archive.sources()] == [LIST]
        assert archive.search("anything").total == 0
    (copy,) = folder.glob("*before-upgrade*")
    raw = sqlite3.connect(copy)
    assert vetting.applied(raw) == ("m0001_tables",)
    assert raw.execute("SELECT count(*) FROM sources").fetchone() == (1,)
    raw.close()


def test_an_upgrade_indexes_what_is_held(folder: Path) -> None:
    make_old(folder)
    raw = sqlite3.connect(folder / FILE_NAME)
    raw.execute(
        "INSERT INTO headlines (source_id, title, raw, list_url, position, identity, first_seen, "
        "last_seen) VALUES (1, 'Ferry', 'Ferry', 'x', 0, 'y', '2026', '2026')"
    )
    raw.commit()
    raw.close()
    with Archive.open(folder, upgrade=True) as archive:
        assert archive.search("ferry").total == 1


def test_an_upgrade_flags_no_article_of_before_as_damaged(folder: Path) -> None:
    make_old(folder)
    raw = sqlite3.connect(folder / FILE_NAME)
    raw.execute("INSERT INTO stories (id, lead_id) VALUES (1, 1)")
    raw.execute(
        "INSERT INTO articles (id, url, text, key, text_digest, verdict, partial, story_id, "
        "captured_at, first_seen, last_seen) "
        "VALUES (1, 'https://a.example/', 'Ferry', 'a', 'b', 'article', 0, 1, ?, ?, ?)",
        [NOW.isoformat()] * 3,
    )
    raw.commit()
    raw.close()
    with Archive.open(folder, upgrade=True) as archive:
        assert not archive.article(1).article.damaged


@pytest.mark.parametrize("upgrade", [True, False])
def test_a_newer_archive_is_refused(folder: Path, upgrade: bool) -> None:
    new_archive(folder).close()
    raw = sqlite3.connect(folder / FILE_NAME)
    raw.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        "VALUES (?, 'm9999_future', '')",
        (vetting.SET_NAME,),
    )
    raw.commit()
    raw.close()
    with pytest.raises(ArchiveTooNew, match="newer"):
        Archive.open(folder, upgrade=upgrade)


@pytest.mark.parametrize("create", [True, False])
def test_a_foreign_database_is_left_alone(folder: Path, create: bool) -> None:
    folder.mkdir()
    raw = sqlite3.connect(folder / FILE_NAME)
    raw.execute("CREATE TABLE recipes (name)")
    raw.close()
    with pytest.raises(ArchiveError, match="not an archive"):
        Archive.open(folder, create=create)
    raw = sqlite3.connect(folder / FILE_NAME)
    assert [row[0] for row in raw.execute("SELECT name FROM sqlite_schema")] == ["recipes"]
    raw.close()


def test_an_empty_file_is_no_archive_until_it_is_made_one(folder: Path) -> None:
    folder.mkdir()
    (folder / FILE_NAME).touch()
    with pytest.raises(ArchiveMissing):
        Archive.open(folder, read_only=True)
    Archive.open(folder, create=True).close()
    Archive.open(folder, read_only=True).close()


def test_creating_twice_changes_nothing(folder: Path) -> None:
    new_archive(folder).close()
    with new_archive(folder) as archive:
        archive.add_source(LIST, now=NOW)
    with new_archive(folder) as archive:
        assert len(archive.sources()) == 1
    assert not list(folder.glob("*before-upgrade*"))
