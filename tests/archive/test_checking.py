"""Every fault is found where somebody has made it, and what can be mended is, for good."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archive import Archive, schema
from archive.captures import FOLDER
from archive.connection import FILE_NAME
from archive.errors import ArchiveError
from archive.faults import Fault, FaultKind
from tests.archive.damaging import PAGES, ask, damage, exchange, make_whole, store, warc_file
from tests.archive.making import NOW

# What is done to the archive by hand, what is found then, and where.
DAMAGES: dict[str, tuple[str, FaultKind, str]] = {
    "a count of articles": (
        "UPDATE tallies SET articles = articles + 1 WHERE kind = 'all'",
        FaultKind.TALLY,
        "tallies",
    ),
    "another program's mark": ("PRAGMA application_id=1", FaultKind.SCHEMA, "archive.db"),
    "a trigger gone": ("DROP TRIGGER articles_update", FaultKind.SCHEMA, "trigger articles_update"),
    "another trigger": (
        (
            "DROP TRIGGER headlines_delete; CREATE TRIGGER headlines_delete "
            "AFTER DELETE ON headlines BEGIN SELECT 1; END"
        ),
        FaultKind.SCHEMA,
        "trigger headlines_delete",
    ),
    "an index gone": (
        "DROP INDEX idx_articles_story_id",
        FaultKind.SCHEMA,
        "index idx_articles_story_id",
    ),
    "an address of no article": (
        "INSERT INTO addresses VALUES ('x.example/', 'https://x.example/', 'own', 99)",
        FaultKind.REFERENCE,
        "addresses",
    ),
    "a headline of no article": (
        "UPDATE headlines SET article_id = 99 WHERE id = 1",
        FaultKind.REFERENCE,
        "headlines",
    ),
    "a resolution of no headline": (
        "UPDATE resolutions SET headline_id = 99",
        FaultKind.REFERENCE,
        "resolutions",
    ),
    "an original that is gone": (
        "UPDATE articles SET original_id = 99 WHERE id = 2",
        FaultKind.REFERENCE,
        "articles",
    ),
    "an article without a sketch": (
        "DELETE FROM sketches WHERE article_id = 1",
        FaultKind.SKETCH,
        "articles",
    ),
    "a sketch of older rules": (
        "UPDATE sketches SET version = 0 WHERE article_id = 2",
        FaultKind.SKETCH,
        "articles",
    ),
    "a sketch that is no sketch": (
        "UPDATE sketches SET hashes = 'abc' WHERE article_id = 2",
        FaultKind.SKETCH,
        "articles",
    ),
    "shingles gone": (
        "DELETE FROM shingles WHERE article_id = 2 AND hash % 2",
        FaultKind.SKETCH,
        "articles",
    ),
    "shingles of nobody": (
        "INSERT INTO shingles VALUES (5, 99); INSERT INTO shingles VALUES (6, 1)",
        FaultKind.SKETCH,
        "shingles",
    ),
    "a text changed behind the triggers' back": (
        "DROP TRIGGER articles_update; UPDATE articles SET text = 'Quite another' WHERE id = 3",
        FaultKind.TEXT,
        "articles",
    ),
    "another digest of a version": (
        "UPDATE versions SET text_digest = 'x'",
        FaultKind.TEXT,
        "versions",
    ),
    "characters gone": (
        "UPDATE articles SET text_characters = NULL WHERE id = 2",
        FaultKind.TEXT,
        "articles",
    ),
    "characters of a headline": (
        "UPDATE headlines SET title_characters = '桥' WHERE id = 1",
        FaultKind.TEXT,
        "headlines",
    ),
    "another key of an article": (
        "UPDATE articles SET key = 'www.paper.example/storm/' WHERE id = 3",
        FaultKind.KEY,
        "articles",
    ),
    "another key of an address": (
        "UPDATE addresses SET key = 'x' WHERE article_id = 3",
        FaultKind.KEY,
        "addresses",
    ),
    "another key of a headline": (
        "UPDATE headlines SET key = 'x' WHERE id = 3",
        FaultKind.KEY,
        "headlines",
    ),
    "another key in the frontier": ("UPDATE frontier SET key = 'x'", FaultKind.KEY, "frontier"),
    "another key of a capture": (
        "UPDATE captures SET key = 'x' WHERE id = 3",
        FaultKind.KEY,
        "captures",
    ),
    "a story without members": (
        "INSERT INTO stories (id, made_at) VALUES (99, '2026')",
        FaultKind.STORY,
        "stories",
    ),
    "a story led from without": (
        "UPDATE stories SET lead_id = 3 WHERE id = 1",
        FaultKind.STORY,
        "stories",
    ),
    "an article without a story": (
        "UPDATE articles SET story_id = NULL WHERE id = 3",
        FaultKind.STORY,
        "articles",
    ),
    "an article without an address": (
        "DELETE FROM addresses WHERE article_id = 3",
        FaultKind.ADDRESS,
        "articles",
    ),
    "a headline not tied": (
        "UPDATE headlines SET article_id = NULL WHERE id = 1",
        FaultKind.TIE,
        "headlines",
    ),
    "a claim without end": (
        "UPDATE frontier SET state = 'claimed', due_at = NULL",
        FaultKind.FRONTIER,
        "frontier",
    ),
    "a claim of centuries": (
        "UPDATE frontier SET state = 'claimed', due_at = '2345-01-01T00:00:00+00:00'",
        FaultKind.FRONTIER,
        "frontier",
    ),
    "due for ever": (
        "UPDATE frontier SET state = 'due', due_at = NULL",
        FaultKind.FRONTIER,
        "frontier",
    ),
    "refused and due": (
        "UPDATE frontier SET state = 'refused', due_at = '2026-01-01T00:00:00+00:00'",
        FaultKind.FRONTIER,
        "frontier",
    ),
    "a state of nobody's": ("UPDATE frontier SET state = 'odd'", FaultKind.FRONTIER, "frontier"),
    "a row that is not in the search index": (
        (
            "DROP TRIGGER articles_insert; INSERT INTO articles (url, text, key, text_digest, "
            "verdict, partial, captured_at, first_seen, last_seen) VALUES ('https://x.example/a', "
            "'A storm', 'x.example/a', 'x', 'article', 0, '2026', '2026', '2026')"
        ),
        FaultKind.SEARCH,
        "articles",
    ),
    "a row too many in the search index": (
        "INSERT INTO headlines_fts (rowid, title) VALUES (99, 'ghost')",
        FaultKind.SEARCH,
        "headlines",
    ),
    "another word in the search index": (
        "DROP TRIGGER headlines_update; UPDATE headlines SET title = 'Other words'",
        FaultKind.SEARCH,
        "headlines_fts",
    ),
    "an article of a forgotten page": (
        "INSERT INTO tombstones SELECT key, '2026' FROM articles WHERE id = 3",
        FaultKind.FORGOTTEN,
        "articles",
    ),
    "a capture of a forgotten page": (
        "INSERT INTO tombstones SELECT key, '2026' FROM captures WHERE id = 3",
        FaultKind.FORGOTTEN,
        "captures",
    ),
}
# What cannot be worked out anew.
LOSSES: dict[str, tuple[str, FaultKind, str]] = {
    "a table gone": ("DROP TABLE lookups", FaultKind.SCHEMA, "table lookups"),
    "a column gone": (
        "ALTER TABLE sources DROP COLUMN visits",
        FaultKind.SCHEMA,
        "table sources",
    ),
    "a version of no article": (
        "UPDATE versions SET article_id = 99",
        FaultKind.REFERENCE,
        "versions",
    ),
    "no JSON": ("UPDATE articles SET tags = '[' WHERE id = 3", FaultKind.VALUE, "articles"),
    "a capture beyond its file": (
        'UPDATE captures SET "offset" = 9999999 WHERE id = 1',
        FaultKind.CAPTURE,
        "captures",
    ),
    "a repeated capture that is not held": (
        "UPDATE captures SET kind = 'revisit' WHERE id = 3",
        FaultKind.CAPTURE,
        "captures",
    ),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "archive"
    make_whole(folder)
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def faults(folder: Path, *, thorough: bool = False) -> tuple[Fault, ...]:
    with Archive.open(folder) as archive:
        return archive.check(now=NOW, thorough=thorough)


def repaired(folder: Path, *, thorough: bool = False) -> tuple[str, ...]:
    with Archive.open(folder) as archive:
        return archive.repair(now=NOW, thorough=thorough).done


@pytest.mark.parametrize("thorough", [False, True])
def test_a_whole_archive_has_no_fault(whole: Path, thorough: bool) -> None:
    assert faults(whole, thorough=thorough) == ()


def test_every_kind_of_fault_is_made_here() -> None:
    made = {kind for _, kind, _ in (*DAMAGES.values(), *LOSSES.values())}
    # These are made with the file's bytes, below.
    assert made | {FaultKind.DATABASE, FaultKind.INDEX, FaultKind.ORPHAN} == set(FaultKind)


@pytest.mark.parametrize("name", DAMAGES)
def test_what_was_damaged_by_hand_is_found_and_mended(copy: Path, name: str) -> None:
    statements, kind, where = DAMAGES[name]
    damage(copy, statements)
    found = faults(copy)
    assert (kind, where) in {(fault.kind, fault.where) for fault in found}
    assert all(fault.mendable for fault in found)
    assert repaired(copy)
    assert faults(copy) == ()


@pytest.mark.parametrize("name", LOSSES)
def test_what_is_lost_is_found_and_stays_said(copy: Path, name: str) -> None:
    statements, kind, where = LOSSES[name]
    damage(copy, statements)
    found = faults(copy)
    assert (kind, where) in {(f.kind, f.where) for f in found if not f.mendable}
    repaired(copy)
    assert [f for f in faults(copy) if not f.mendable] == [f for f in found if not f.mendable]


def overwrite(path: Path, offset: int, data: bytes) -> None:
    with path.open("rb+") as file:
        file.seek(offset)
        file.write(data)


def page_of(folder: Path, name: str) -> int:
    (row,) = ask(folder, f"SELECT rootpage FROM sqlite_schema WHERE name = '{name}'")
    return int(str(row[0]))


@pytest.mark.parametrize("name", ["versions", "articles", "idx_articles_published"])
def test_an_overwritten_page_of_the_file_is_found(copy: Path, name: str) -> None:
    damage(copy, "PRAGMA wal_checkpoint(TRUNCATE)")
    page = page_of(copy, name)
    overwrite(copy / FILE_NAME, 4096 * (page - 1), b"\xa5" * 4096)
    found = [fault for fault in faults(copy) if fault.kind is FaultKind.DATABASE]
    assert found
    assert "backup" in found[0].remedy


def test_a_damaged_first_page_is_one_clear_error(copy: Path) -> None:
    overwrite(copy / FILE_NAME, 100, b"\xa5" * 2000)
    with pytest.raises(ArchiveError, match="damaged"):
        faults(copy)


def test_an_index_that_lost_an_entry_is_made_anew(copy: Path) -> None:
    damage(
        copy,
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_schema SET sql = replace(sql, '\"published\"', '\"url\"') "
        "WHERE name = 'idx_articles_published'",
    )
    damage(copy, "INSERT INTO stories (id, lead_id, made_at) VALUES (50, 2, '2026')")
    damage(
        copy,
        "DELETE FROM stories WHERE id = 50",
        "UPDATE articles SET published = '2024-01-01' WHERE id = 2",
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_schema SET sql = replace(sql, '\"url\"', '\"published\"') "
        "WHERE name = 'idx_articles_published'",
    )
    found = faults(copy)
    assert FaultKind.INDEX in {fault.kind for fault in found}
    repaired(copy)
    assert faults(copy) == ()


def missing_file(folder: Path) -> None:
    warc_file(folder).unlink()


def flipped_byte(folder: Path) -> None:
    ((offset, length),) = ask(folder, 'SELECT "offset", length FROM captures WHERE id = 2')
    overwrite(warc_file(folder), int(str(offset)) + int(str(length)) // 2, b"\x00\xff\x00\xff")


def cut_file(folder: Path) -> None:
    os.truncate(warc_file(folder), warc_file(folder).stat().st_size // 2)


def another_digest(folder: Path) -> None:
    damage(folder, "UPDATE captures SET digest = 'sha1:AAAA' WHERE id = 2")


def into_the_middle(folder: Path) -> None:
    damage(folder, 'UPDATE captures SET "offset" = "offset" + 1 WHERE id = 2')


@pytest.mark.parametrize(
    ("harm", "quick"),
    [
        (missing_file, True),
        (cut_file, True),
        (flipped_byte, False),
        (another_digest, False),
        (into_the_middle, False),
    ],
)
def test_damaged_captures_are_found(copy: Path, harm: Callable[[Path], None], quick: bool) -> None:
    harm(copy)
    found = faults(copy, thorough=True)
    assert FaultKind.CAPTURE in {fault.kind for fault in found}
    assert bool(faults(copy)) is quick


def test_the_captures_behind_a_damaged_one_are_read(copy: Path) -> None:
    flipped_byte(copy)
    found = faults(copy, thorough=True)
    assert [(fault.kind, fault.id) for fault in found] == [(FaultKind.CAPTURE, 2)]


@pytest.mark.parametrize("thorough", [False, True])
def test_captures_without_a_row_are_found_and_indexed(copy: Path, thorough: bool) -> None:
    with Archive.open(copy) as archive:
        archive.captures.write(exchange("https://late.example/", b"not indexed"))
    with warc_file(copy).open("ab") as file:
        file.write(b"\x1f\x8b\x08torn")
    assert {fault.kind for fault in faults(copy, thorough=thorough)} == {FaultKind.ORPHAN}
    repaired(copy, thorough=thorough)
    assert faults(copy, thorough=thorough) == ()
    with Archive.open(copy) as archive:
        assert len(archive.captures.of("https://late.example/")) == 1


def test_a_forgotten_last_capture_leaves_nothing_to_complain_of(copy: Path) -> None:
    with Archive.open(copy) as archive:
        store(archive, "https://last.example/", "The last of all pages, which is forgotten.", 1)
        archive.captures.index()
        archive.forget("https://last.example/", now=NOW)
    assert faults(copy, thorough=True) == ()


def test_a_read_only_look_changes_nothing(whole: Path) -> None:
    with Archive.open(whole, read_only=True) as archive:
        assert archive.check(now=NOW, writable=False) == ()


def test_the_pages_are_those_that_were_stored(whole: Path) -> None:
    held = {row[0] for row in ask(whole, "SELECT url FROM articles")}
    assert held > set(PAGES)
    assert ask(whole, "SELECT count(*) FROM tombstones") == [(1,)]
    assert (whole / FOLDER).is_dir()
    assert len(schema.STEPS) == len(ask(whole, "SELECT * FROM _sqlite_migrations"))


def test_a_sketch_of_another_text_is_found_by_a_thorough_look(copy: Path) -> None:
    before = ask(copy, "SELECT * FROM shingles")
    damage(copy, "UPDATE sketches SET hashes = (SELECT hashes FROM sketches WHERE article_id = 2)")
    damage(
        copy,
        "DELETE FROM shingles",
        "INSERT OR IGNORE INTO shingles SELECT value, article_id FROM sketches, json_each('[5]')",
    )
    assert {fault.kind for fault in faults(copy, thorough=True)} == {FaultKind.SKETCH}
    repaired(copy, thorough=True)
    assert faults(copy, thorough=True) == ()
    assert ask(copy, "SELECT * FROM shingles") == before


def test_what_waits_for_its_sketch_is_no_fault(copy: Path) -> None:
    damage(
        copy,
        "DELETE FROM sketches",
        "DELETE FROM shingles",
        "INSERT INTO unjudged SELECT id FROM articles",
    )
    assert faults(copy, thorough=True) == ()
