"""A repair makes anew what follows from what is held, changes nothing else, and is whole or not."""

import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from archive import Archive, repairing
from archive.errors import ArchiveError
from archive.faults import FaultKind
from tests.archive.damaging import PAGES, ask, damage, make_whole, store, warc_file
from tests.archive.making import NOW
from tests.archive.test_checking import DAMAGES, faults, repaired


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "archive"
    make_whole(folder)
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def test_nothing_is_done_where_nothing_is_wrong(copy: Path) -> None:
    before = ask(copy, "SELECT * FROM articles")
    assert repaired(copy, thorough=True) == ()
    assert ask(copy, "SELECT * FROM articles") == before


def test_all_damages_at_once_are_mended(copy: Path) -> None:
    """Each for itself `test_checking` holds; what one had hidden is mended in the next round."""
    for name, (statements, kind, _) in DAMAGES.items():
        if kind is not FaultKind.FORGOTTEN and "DROP" not in statements and "page" not in name:
            damage(copy, statements)
    with Archive.open(copy) as archive:
        mended = archive.repair(now=NOW, thorough=True)
    assert len(mended.done) > 5
    assert [fault for fault in mended.left if fault.mendable] == []


def test_a_mended_sketch_finds_near_copies_and_leaves_stories_alone(copy: Path) -> None:
    held = "SELECT id, story_id FROM articles UNION ALL SELECT id, lead_id FROM stories"
    before, shingles = ask(copy, held), ask(copy, "SELECT * FROM shingles")
    damage(copy, "DELETE FROM sketches", "DELETE FROM shingles WHERE article_id > 1")
    (done,) = repaired(copy)
    assert done.startswith("sketches: 4 made anew")
    assert ask(copy, held) == before
    assert ask(copy, "SELECT * FROM shingles") == shingles


def test_a_repair_keeps_every_article_and_headline(copy: Path) -> None:
    held = "SELECT id, title, text FROM articles UNION ALL SELECT id, title, raw FROM headlines"
    before = ask(copy, held)
    for name, (statements, kind, _) in DAMAGES.items():
        if kind is not FaultKind.FORGOTTEN and not re.search("text|word|search index", name):
            damage(copy, statements)
            repaired(copy)
    assert faults(copy) == ()
    assert ask(copy, held) == before


def test_an_identity_that_another_row_has_already_stays_said(copy: Path) -> None:
    damage(
        copy,
        "UPDATE articles SET url = 'https://paper.example/bridge', key = 'x' WHERE id = 3",
    )
    repaired(copy)
    (left,) = faults(copy)
    assert (left.kind, left.where, left.id) == (FaultKind.KEY, "articles", 3)


ADDRESSES = "SELECT key, url, role, article_id FROM addresses ORDER BY key"


def test_an_article_that_lost_its_addresses_is_not_stored_a_second_time(copy: Path) -> None:
    before = ask(copy, ADDRESSES)
    damage(copy, "DELETE FROM addresses")
    (found,) = {fault.what for fault in faults(copy) if fault.kind is FaultKind.ADDRESS}
    assert "a second time" in found
    repaired(copy)
    assert ask(copy, ADDRESSES) == before
    count = ask(copy, "SELECT count(*) FROM articles")
    with Archive.open(copy) as archive:
        store(archive, PAGES[2], "The storm's damage is a million, the harbour says now.", 1)
    assert ask(copy, "SELECT count(*) FROM articles") == count


def test_an_address_that_is_another_articles_is_given_back(copy: Path) -> None:
    damage(copy, "UPDATE addresses SET article_id = 1 WHERE article_id = 3")
    repaired(copy)
    assert faults(copy) == ()
    (held,) = ask(copy, "SELECT article_id FROM addresses WHERE key = 'paper.example/storm'")
    assert held == (3,)


def test_what_leads_to_another_article_too_stays_that_articles(copy: Path) -> None:
    shared = "https://paper.example/bridge"
    damage(
        copy,
        f"UPDATE articles SET asked_url = '{shared}' WHERE id = 3",
        "DELETE FROM addresses WHERE article_id = 3",
    )
    repaired(copy)
    assert faults(copy) == ()
    assert ask(copy, "SELECT article_id FROM addresses WHERE key = 'paper.example/bridge'") == [
        (2,)
    ]


def test_a_forgotten_page_that_came_back_is_taken_out_again(copy: Path) -> None:
    statements, _, _ = DAMAGES["a capture of a forgotten page"]
    damage(copy, statements)
    repaired(copy)
    assert ask(copy, "SELECT count(*) FROM articles WHERE id = 3") == [(0,)]
    assert b"bridge over the sound" not in warc_file(copy).read_bytes()


def test_a_repair_that_fails_changes_nothing(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    def fail(*_: object) -> str:
        raise sqlite3.OperationalError("database or disk is full")

    damage(copy, DAMAGES["a headline not tied"][0], DAMAGES["refused and due"][0])
    before = faults(copy)
    menders = {**repairing.MENDERS, FaultKind.FRONTIER: fail}
    monkeypatch.setattr(repairing, "MENDERS", menders)
    with pytest.raises(ArchiveError, match="disk is full"):
        repaired(copy)
    assert faults(copy) == before
