"""`Archive` itself: sources, opening, and that importing it stays cheap."""

import subprocess
import sys
from pathlib import Path

import pytest

import archive as package
from archive import Archive
from archive.errors import ArchiveLocked, ArchiveMissing, NotFound, UsageError
from archive.records import FrontierEntry, PageKind, Source
from tests.archive.making import HOUR, LIST, NOW, new_archive

ROOT = Path(__file__).parent.parent.parent


def test_adding_a_source_twice_gives_the_same_one(archive: Archive, source: Source) -> None:
    again = archive.add_source("http://www.lists.example/news/?utm_source=x", now=NOW + HOUR)
    assert again == source
    assert archive.add_source(LIST, name="Renamed", now=NOW).name == "Renamed"
    assert len(archive.sources()) == 1


def test_a_source_is_found_by_id_name_or_address(archive: Archive, source: Source) -> None:
    other = archive.add_source("https://other.example/", name="1", now=NOW)
    assert archive.source("1") == source, "an id comes before a name"
    assert archive.source("2") == other
    assert archive.source("Lists") == source
    assert archive.source("https://www.lists.example/news") == source
    with pytest.raises(NotFound, match="backfile sources"):
        archive.source("nobody")


def test_what_was_imported_is_a_source_too(archive: Archive) -> None:
    source = archive.add_source("file:///lists/seed.txt", now=NOW, paused=True)
    assert archive.source("file:///lists/seed.txt") == source
    assert source.paused


@pytest.mark.parametrize("url", ["", "lists.example", "ftp://lists.example/", "javascript:x"])
def test_what_is_no_address_is_refused(archive: Archive, url: str) -> None:
    with pytest.raises(UsageError, match="http"):
        archive.add_source(url, now=NOW)


def test_a_source_s_own_entry(archive: Archive, source: Source) -> None:
    entry = FrontierEntry(url=LIST, kind=PageKind.LIST, source_id=source.id)
    assert archive.entry_of(source) == entry


def test_what_is_not_held_says_so(archive: Archive) -> None:
    with pytest.raises(NotFound):
        archive.article("https://paper.example/")
    with pytest.raises(NotFound):
        archive.headline(1)
    with pytest.raises(NotFound):
        archive.article("\udcff")


def test_the_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    with new_archive(tmp_path / "a" / "b") as archive:
        assert archive.folder == tmp_path / "a" / "b"


def test_the_package_offers_what_it_says() -> None:
    assert [getattr(package, name) for name in package.__all__] == [Archive]
    with pytest.raises(AttributeError):
        _ = package.nothing


def imported_by(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(run.stdout.split())


def test_importing_the_package_or_its_pure_parts_loads_no_database() -> None:
    assert not imported_by("import archive, archive.urls, archive.records") & {
        "archive.store",
        "click",
        "sqlite3",
        "sqlite_utils",
    }


def test_reading_loads_no_sqlite_utils(archive: Archive) -> None:
    code = f"""
from archive import Archive
with Archive.open({str(archive.folder)!r}, read_only=True) as opened:
    opened.search("ferry")
    opened.status()
"""
    assert not imported_by(code) & {"sqlite_utils", "scrapy", "bs4", "lxml", "dateparser"}


def test_who_crawls_holds_the_lock_and_then_the_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing), Archive.crawling(tmp_path / "none", now=NOW):
        pass
    with Archive.crawling(tmp_path / "new", create=True, now=NOW) as archive:
        assert archive.sources() == ()
        with pytest.raises(ArchiveLocked), Archive.crawling(tmp_path / "new", now=NOW):
            pass
    with Archive.crawling(tmp_path / "new", now=NOW) as archive:
        assert archive.status().held_by is not None
