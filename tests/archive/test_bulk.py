"""Storing many has the result of storing one by one, and disturbs nobody."""

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import Archive, bulk
from archive.bulk import Incoming, Tally
from archive.connection import FILE_NAME, Connection, open_to_write
from archive.errors import ArchiveError
from archive.records import DecisionKind, VerdictKind
from archive.shape import search_indexes
from tests.archive.making import (
    HOUR,
    LIST,
    NOW,
    STORY,
    article,
    day,
    headline,
    list_page,
    new_archive,
    reading,
)

WORDS = ("harbour", "ferry", "council", "island", "winter", "company", "bridge", "storm", "market")
# What may differ: which number a row was given.
NUMBERS = ("id", "article_id", "story_id", "lead_id", "original_id", "other_id", "time_order")
MEANT = ("article_id", "original_id")
ADDRESS = "https://paper.example/"


def incoming(name: str, **given: Any) -> Incoming:
    """Give a page of a newspaper; words of its own where no text is given."""
    original = given.pop("original", None)
    kind = given.pop("kind", VerdictKind.ARTICLE)
    asked = given.pop("asked", f"{ADDRESS}{name}")
    later = given.pop("later", 0) * HOUR
    said = article(f"{ADDRESS}{name}", **({"text": text_of(name), "title": name} | given))
    return Incoming(
        reading=reading(said, kind=kind, original=original, captured_at=NOW + later),
        asked_url=asked,
        source_id=None,
        now=NOW + later,
    )


def text_of(name: str, words: int = 60) -> str:
    rng = random.Random(name)
    return f"{name} " + " ".join(rng.choices(WORDS, k=words))


def one_by_one(archive: Archive, pages: Sequence[Incoming]) -> None:
    for each in pages:
        archive.store(
            each.reading,
            asked_url=each.asked_url,
            claim=None,
            source_id=each.source_id,
            now=each.now,
        )


def prepare_lists(archive: Archive) -> None:
    """Have two headlines that wait for their articles, one of them resolved by its title."""
    source = archive.add_source(LIST, now=NOW)
    lines = (headline("Linked", f"{ADDRESS}linked"), headline("A ferry that sails on Sundays"))
    archive.store_list(
        list_page(*lines, headline("Also linked", f"{ADDRESS}also-linked?utm_source=x")),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )
    with sqlite3.connect(archive.folder / FILE_NAME) as db:
        db.execute(
            "INSERT INTO resolutions (headline_id, url, key, evidence, resolved_at) "
            "VALUES (2, ?, 'paper.example/resolved', 'title', ?)",
            (f"{ADDRESS}resolved", NOW.isoformat()),
        )
    db.close()


def contents(folder: Path) -> dict[str, list[Any]]:
    """Give all that is held, rows by what they say: numbers are followed to what they mean."""
    db = sqlite3.connect(folder / FILE_NAME)
    db.row_factory = sqlite3.Row
    keys = {row["id"]: row["key"] for row in db.execute("SELECT id, key FROM articles")}
    found: dict[str, list[Any]] = {}
    for table in ("articles", "versions", "addresses", "headlines"):
        rows = []
        for row in map(dict, db.execute(f"SELECT * FROM {table}")):
            meant = {f"{name} means": keys.get(row[name]) for name in MEANT if name in row}
            rows.append({name: row[name] for name in row if name not in NUMBERS} | meant)
        found[table] = sorted(rows, key=repr)
    found["stories"] = sorted(
        (keys[row["lead_id"]], row["made_at"], sorted(row["members"].split(" ")))
        for row in db.execute(
            "SELECT lead_id, made_at, group_concat(articles.key, ' ') AS members "
            "FROM stories JOIN articles ON story_id = stories.id GROUP BY stories.id"
        )
    )
    found["counts"] = [db.execute("SELECT count(*) FROM stories").fetchone()[0]]
    for name in [index.name for index in search_indexes(db)]:
        # Raises where the index does not fit its table.
        db.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
    db.close()
    return found


def assert_equal_ways(tmp_path: Path, held: Sequence[Incoming], pages: Sequence[Incoming]) -> Tally:
    """Store the pages both ways into archives that hold the same already; they must be equal."""
    with new_archive(tmp_path / "one-by-one") as single, new_archive(tmp_path / "many") as many:
        for archive in (single, many):
            prepare_lists(archive)
            one_by_one(archive, held)
        one_by_one(single, pages)
        tally = many.store_many(pages)
    assert contents(tmp_path / "many") == contents(tmp_path / "one-by-one")
    assert tally.given == len(pages)
    return tally


def test_new_articles_with_addresses_and_headlines(tmp_path: Path) -> None:
    pages = [
        incoming("linked", asked=f"{ADDRESS}old-address"),
        incoming("resolved"),
        incoming("also-linked", canonical_url=f"{ADDRESS}canonical"),
        *(incoming(f"page-{n}") for n in range(20)),
    ]
    tally = assert_equal_ways(tmp_path, [], pages)
    assert tally.decisions == {DecisionKind.NEW: 23}
    assert len([h for h in contents(tmp_path / "many")["headlines"] if h["article_id means"]]) == 3


def test_what_is_held_changed_or_copied_goes_as_ever(tmp_path: Path) -> None:
    held = [incoming("a"), incoming("b"), incoming("c", text=STORY)]
    pages = [
        incoming("new"),
        incoming("a", later=1),
        incoming("b", text=text_of("another"), later=1),
        incoming("copy", text=STORY),
        incoming("x", text=text_of("twice")),
        incoming("y", text=text_of("twice")),
        incoming("new", later=2, text=text_of("changed")),
        incoming("wall", kind=VerdictKind.CONSENT),
        incoming("declares", canonical_url=f"{ADDRESS}b"),
    ]
    tally = assert_equal_ways(tmp_path, held, pages)
    assert tally.decisions == {
        DecisionKind.NEW: 2,
        DecisionKind.UNCHANGED: 2,
        DecisionKind.CHANGED: 2,
        DecisionKind.DUPLICATE: 2,
    }
    assert tally.not_kept == 1


def test_posts_and_originals_become_one_story_whichever_comes_first(tmp_path: Path) -> None:
    held = [
        incoming("held-original"),
        incoming("held-post", original=f"{ADDRESS}new-original"),
    ]
    pages = [
        incoming("post-1", original=f"{ADDRESS}held-original"),
        incoming("new-original"),
        incoming("post-2", original=f"{ADDRESS}late-original"),
        incoming("late-original"),
        incoming("early-original"),
        incoming("post-3", original=f"{ADDRESS}early-original"),
        incoming("post-4", original=f"{ADDRESS}nowhere"),
        incoming("post-5", original=f"{ADDRESS}post-5"),
    ]
    assert_equal_ways(tmp_path, held, pages)
    stories = contents(tmp_path / "many")["stories"]
    assert sum(len(members) == 2 for _, _, members in stories) == 4


def test_what_was_forgotten_stays_out(tmp_path: Path) -> None:
    with new_archive(tmp_path / "archive") as archive:
        archive.store_many([incoming("name"), incoming("other")])
        archive.forget(f"{ADDRESS}name", now=NOW)
        tally = archive.store_many([incoming("name"), incoming("third")])
        assert (tally.forgotten, tally.decisions) == (1, {DecisionKind.NEW: 1})
        assert archive.status().articles == 2


@pytest.mark.parametrize("seed", range(6))
def test_any_mixture_has_the_same_result(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)

    def page(later: int) -> Incoming:
        name = f"p{rng.randrange(12)}"
        other = f"{ADDRESS}p{rng.randrange(14)}"
        return incoming(
            name,
            text=text_of(f"text {rng.randrange(14)}"),
            title=rng.choice(["One", "Two"]),
            later=later,
            asked=rng.choice([f"{ADDRESS}{name}", f"{ADDRESS}asked-{rng.randrange(5)}"]),
            canonical_url=rng.choice([None, None, other]),
            original=rng.choice([None, None, None, other]),
            partial=rng.random() < 0.2,
        )

    pages = [page(n) for n in range(60)]
    assert_equal_ways(tmp_path, pages[:10], pages[10:])


def test_batches_are_committed_one_by_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [incoming(f"page-{n}", text=f"{n} " + "ferry " * 100) for n in range(10)]
    monkeypatch.setattr(bulk, "BATCH_LETTERS", 4 * len(f"0 {'ferry ' * 100}"))
    seen: list[int] = []
    with new_archive(folder) as archive:
        reader = sqlite3.connect(folder / FILE_NAME)

        def look(tally: Tally) -> None:
            held = reader.execute("SELECT count(*) FROM articles").fetchone()[0]
            assert held == tally.given
            seen.append(held)

        archive.store_many(pages, progress=look)
        reader.close()
    assert seen == [4, 8, 10]


def test_a_failure_loses_the_batch_and_nothing_else(folder: Path) -> None:
    new_archive(folder).close()
    connection = open_to_write(folder)
    good = [bulk.prepare(incoming(f"page-{n}")) for n in range(4)]
    bad = bulk.prepare(incoming("bad"))
    assert bad is not None
    broken = replace(bad, row=bad.row | {"source_id": 99})
    with pytest.raises(ArchiveError, match="FOREIGN KEY"):
        bulk.write(connection, [*good, broken], batch_rows=2)
    connection.close()
    with Archive.open(folder) as archive:
        assert archive.status().articles == 4
        assert archive.store_many([incoming("later")]).given == 1


def test_nothing_to_store_stores_nothing(archive: Archive) -> None:
    assert archive.store_many([]).given == 0
    assert archive.store_many([incoming("wall", kind=VerdictKind.CONSENT)]).not_kept == 1


def test_the_settings_of_the_search_index_are_as_before(archive: Archive, folder: Path) -> None:
    raw = sqlite3.connect(folder / FILE_NAME)
    raw.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('automerge', 7)")
    raw.commit()
    archive.store_many([incoming("one")])
    held = dict(raw.execute("SELECT k, v FROM articles_fts_config").fetchall())
    assert held["automerge"] == 7
    assert held["hashsize"] == bulk.USUAL_SEARCH["hashsize"]
    raw.close()


IMPORTING = """
import sys
from pathlib import Path
from archive import bulk
from archive.connection import open_to_write
from tests.archive.test_bulk import incoming

connection = open_to_write(Path(sys.argv[1]))
print(0, flush=True)
rows = (bulk.prepare(incoming(f"bulk-{n}")) for n in range(*map(int, sys.argv[2:])))
bulk.write(connection, rows, batch_rows=200, progress=lambda tally: print(tally.given, flush=True))
"""
ROOT = Path(__file__).parent.parent.parent


def importing(folder: Path, first: int, end: int) -> "subprocess.Popen[str]":
    """Import articles of these numbers in a process of its own, in batches of 200."""
    return subprocess.Popen(
        [sys.executable, "-c", IMPORTING, str(folder), str(first), str(end)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_readers_go_on_and_writers_wait_their_turn(folder: Path) -> None:
    """What another process reads and writes meanwhile; nobody hears that anything is locked."""
    new_archive(folder).close()
    looks = 0
    with importing(folder, 0, 3_000) as other, Archive.open(folder) as writer:
        assert other.stdout
        other.stdout.readline()
        other.stdout.readline()
        with Archive.open(folder, read_only=True) as reader:
            while other.poll() is None:
                assert reader.search("harbour", limit=1).total > 150
                looks += 1
                one_by_one(writer, [incoming(f"single-{looks}")])
                time.sleep(0.01)
        assert other.returncode == 0
    assert looks
    with Archive.open(folder, read_only=True) as archive:
        assert archive.status().articles == 3_000 + looks
    contents(folder)


def test_a_kill_at_any_instant_loses_the_batch_under_way_at_most(folder: Path) -> None:
    """Twenty kills; each time what was said to be committed is there, in whole batches."""
    rng = random.Random(20)
    new_archive(folder).close()
    committed = 0
    for _ in range(20):
        with importing(folder, committed, committed + 20_000) as other:
            assert other.stdout
            said = [int(other.stdout.readline()) for _ in range(rng.randrange(4))]
            time.sleep(rng.uniform(0, 0.4))
            other.kill()
            said += [int(line) for line in other.stdout.read().split()]
        with Archive.open(folder) as archive:
            held = archive.status().articles
            assert archive.check(now=NOW) == ()
        assert held % 200 == 0
        assert held >= max([committed, *(committed + count for count in said)])
        committed = held
    assert committed


def test_instants_are_those_that_were_given(archive: Archive) -> None:
    archive.store_many([incoming("one", later=3)])
    assert archive.article(1).first_seen == NOW + timedelta(hours=3)


def test_ids_follow_publication_within_a_batch(archive: Archive) -> None:
    days = ("2024-11-09", "2024-11-08", "2024-11-10")
    archive.store_many([incoming(f"of-{text}", published=day(text)) for text in days])
    assert [archive.article(n).article.title for n in (1, 2, 3)] == [
        f"of-{text}" for text in sorted(days)
    ]


def assert_lost_nothing(folder: Path, committed: int) -> None:
    """What was said to be committed is there, and the archive is whole."""
    with Archive.open(folder) as archive:
        assert archive.status().articles == committed
        assert archive.check(now=NOW) == ()
        assert archive.store_many([incoming("afterwards")]).given == 1


def fill(folder: Path, connection: Connection) -> int:
    """Import until the disk is full; gives how many articles were said to be committed."""
    committed = [0]
    pages = (bulk.prepare(incoming(f"page-{n}", text=text_of(str(n), 900))) for n in range(5_000))
    with pytest.raises(ArchiveError, match="disk") as raised:
        bulk.write(
            connection,
            pages,
            batch_rows=50,
            progress=lambda tally: committed.append(tally.given),
        )
    assert "\n" not in str(raised.value)
    assert raised.value.exit_code == 1
    return committed[-1]


def test_a_full_database_loses_nothing(folder: Path) -> None:
    new_archive(folder).close()
    connection = open_to_write(folder)
    connection.raw.execute("PRAGMA max_page_count=900")
    committed = fill(folder, connection)
    connection.close()
    assert committed
    assert_lost_nothing(folder, committed)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount")
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(tmp_path)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        new_archive(tmp_path / "archive").close()
        connection = open_to_write(tmp_path / "archive")
        committed = fill(tmp_path, connection)
        connection.close()
        assert committed
        subprocess.run(
            ["mount", "-o", "remount,size=64m", str(tmp_path)], capture_output=True, check=True
        )
        assert_lost_nothing(tmp_path / "archive", committed)
    finally:
        subprocess.run(["umount", "-l", str(tmp_path)], check=True)


def test_an_archive_that_cannot_be_written_says_so(folder: Path) -> None:
    new_archive(folder).close()
    with (
        Archive.open(folder, read_only=True) as archive,
        pytest.raises(ArchiveError, match="read-only"),
    ):
        archive.store_many([incoming("one")])
    with Archive.open(folder, read_only=True) as archive:
        assert archive.status().articles == 0
