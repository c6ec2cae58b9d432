"""A thousand pages with every misbehaviour and five kills; and a judge that misses nothing."""

import argparse
import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

import endurance  # noqa: E402 - the scripts are no package
from endurance_judge import Judge, Tally  # noqa: E402

from tests.newsstand import Newsstand  # noqa: E402


def test_a_crawl_survives_being_killed() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "endurance.py")]
    command += ["--headlines", "500", "--kills", "5"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    assert told["faults"] == []
    assert done.returncode == 0
    assert told["happened"] == {"kill": 5, "reader": 1, "fork server": 1, "stop": 1}
    assert told["articles"] > 950


@pytest.fixture(scope="module")
def stand() -> Iterator[Newsstand]:
    with Newsstand(articles=20, lists=1, slow_seconds=0.1, bomb_bytes=20_000_000) as running:
        yield running


@pytest.fixture(scope="module")
def crawled(stand: Newsstand, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tally]:
    """A folder with an archive of the whole newsstand, and what happened: nothing."""
    folder = tmp_path_factory.mktemp("crawled")
    options = argparse.Namespace(headlines=20, kills=0, full_disk=False)
    with pytest.MonkeyPatch.context() as patch:
        # What failed need not be tried again.
        patch.setattr(endurance, "HOURS", 0)
        return folder, endurance.Run(folder, stand, options).run()


def sql(statement: str) -> Callable[[Path], None]:
    """Give what carries a statement out in an archive."""

    def tamper(archive: Path) -> None:
        with closing(sqlite3.connect(archive / "archive.db")) as db, db:
            db.executescript(statement)

    return tamper


def spoil_a_record(archive: Path) -> None:
    (path,) = (archive / "captures").iterdir()
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    # As long as a member's head: of a single byte of that, its time say, nothing is checked.
    content[middle : middle + 16] = bytes(byte ^ 0xFF for byte in content[middle : middle + 16])
    path.write_bytes(content)


def add_a_torn_record(archive: Path) -> None:
    (path,) = (archive / "captures").iterdir()
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08\x00torn")


LAST = "(SELECT id FROM articles WHERE url LIKE '%cellwire%' ORDER BY id LIMIT 1)"
UNTIED = f"UPDATE headlines SET article_id = NULL WHERE article_id = {LAST};"
TAMPERINGS: dict[str, tuple[Callable[[Path], None], str]] = {
    "nothing": (lambda _: None, ""),
    "a page that is gone": (sql(f"{UNTIED} DELETE FROM articles WHERE id = {LAST}"), "missing"),
    "a page that is cut": (
        sql(f"UPDATE articles SET text = substr(text, 1, 300) WHERE id = {LAST}"),
        "not whole",
    ),
    "a page that nobody printed": (
        sql(f"UPDATE articles SET url = url || 'x' WHERE id = {LAST}"),
        "held, and never printed",
    ),
    "a headline that is gone": (
        sql("DELETE FROM headlines WHERE id = (SELECT max(id) FROM headlines WHERE source_id = 1)"),
        "no headline",
    ),
    "a headline of another day": (
        sql("UPDATE headlines SET published = '2024-01-01' WHERE source_id = 1"),
        "headline not as printed",
    ),
    "a headline without its page": (sql(UNTIED), "not tied"),
    "a claim that is left": (sql("UPDATE frontier SET state = 'claimed'"), "never settled"),
    "an index without a row": (
        sql("DROP TRIGGER articles_update; UPDATE articles SET title = 'other' WHERE id = 3"),
        "search of articles",
    ),
    "a capture without a row": (
        sql("DELETE FROM captures WHERE id = (SELECT max(id) FROM captures)"),
        "no row",
    ),
    "an article without a capture": (
        sql("UPDATE articles SET captured_at = '2020-01-01T00:00:00+00:00' WHERE id = 3"),
        "no capture",
    ),
    "a row without a record": (
        sql('UPDATE captures SET "offset" = "offset" + 1 WHERE id = 3'),
        "no record",
    ),
    "a spoilt record": (spoil_a_record, "warcio check"),
    "a torn record": (add_a_torn_record, "is no record"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_the_judge_sees(
    stand: Newsstand, crawled: tuple[Path, Tally], tmp_path: Path, name: str
) -> None:
    tamper, fault = TAMPERINGS[name]
    folder, lived = crawled
    shutil.copytree(folder / "archive", tmp_path / "archive")
    tamper(tmp_path / "archive")
    tally = Tally(explained=lived.explained)
    Judge(tmp_path / "archive", stand, tally, {}).judge()
    assert lived.faults == []
    if fault:
        assert any(fault in told for told in tally.faults), tally.faults
    else:
        assert tally.faults == []


def test_the_judge_sees_what_was_asked_for_again(
    stand: Newsstand, crawled: tuple[Path, Tally]
) -> None:
    judge = Judge(crawled[0] / "archive", stand, tally := Tally(), {})
    judge.asked[min(judge.good)] += 1
    judge.judge_requests()
    assert any("asked for again" in fault for fault in tally.faults)


@pytest.mark.parametrize(("last", "grown"), [(105, False), (150, True)])
def test_the_judge_sees_memory_that_grows(
    stand: Newsstand, tmp_path: Path, last: int, grown: bool
) -> None:
    sizes = [60, 90, 100, 101, last]
    tally = Tally(
        memory=[
            {"pages": pages, "crawler_mb": size, "reader_mb": 50}
            for pages, size in zip(range(1_000, 6_000, 1_000), sizes, strict=True)
        ]
    )
    Judge(tmp_path, stand, tally, {}).judge_memory()
    assert bool(tally.faults) is grown


@pytest.mark.parametrize("seed", range(5))
def test_everything_that_is_planned_comes_before_the_last_part(seed: int) -> None:
    random.seed(seed)
    options = argparse.Namespace(headlines=1_000, kills=30, full_disk=True)
    events = endurance.planned(options)
    kinds = [event.kind for event in events]
    assert kinds.count("kill") == 30
    assert {"reader", "fork server", "stop", "fill"} < set(kinds)
    marks = [event.pages for event in events if event.seconds is None]
    assert marks == sorted(marks)
    assert marks[-1] < 2_000 * endurance.DISTURBED
