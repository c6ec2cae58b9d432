"""What was captured in a real crawl, read again without the network."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawler.test_run import LOCAL, backfile, rows, started, wait_for
from tests.newsstand import Newsstand


@pytest.fixture(scope="module")
def stand() -> Iterator[Newsstand]:
    with Newsstand() as running:
        yield running


@pytest.fixture(scope="module")
def crawled(stand: Newsstand, tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = tmp_path_factory.mktemp("captured") / "archive"
    backfile(archive, "add", stand.seed, "--no-look")
    backfile(archive, "crawl", "--quiet", "--max-pages", "1", *LOCAL)
    return archive


@pytest.fixture
def copy(crawled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(crawled, tmp_path / "archive")


def test_every_answer_is_captured_as_it_came(crawled: Path, stand: Newsstand) -> None:
    asked = {entry.path for entry in stand.log if entry.status != 304}
    captured = {
        url.partition(".example")[2] for (url,) in rows(crawled, "SELECT url FROM captures")
    }
    assert {path.partition(":")[2].partition("/")[2] for path in captured} == {
        path.removeprefix("/") for path in asked
    }
    statuses = {status for (status,) in rows(crawled, "SELECT DISTINCT status FROM captures")}
    assert statuses >= {200, 301, 404}


def test_the_tools_of_others_find_no_fault(crawled: Path) -> None:
    files = [str(path) for path in (crawled / "captures").iterdir()]
    command = [sys.executable, "-m", "warcio.cli", "check", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_todays_reader_says_what_the_crawl_said(copy: Path) -> None:
    before = rows(copy, "SELECT * FROM articles")
    done = backfile(copy, "reread")
    assert "captures read again" in done.stdout
    assert done.stdout.count("\n") == 1
    assert rows(copy, "SELECT * FROM articles") == before


def test_what_was_read_badly_before_is_replaced_and_makes_no_version(copy: Path) -> None:
    ((article, title),) = rows(copy, "SELECT id, title FROM articles LIMIT 1")
    write(copy, f"UPDATE articles SET title = 'Menu', tags = '[\"x\"]' WHERE id = {article}")
    done = backfile(copy, "reread")
    assert f"article {article} reread: title, tags" in done.stdout
    assert rows(copy, f"SELECT title FROM articles WHERE id = {article}") == [(title,)]
    assert "1 found" in backfile(copy, "search", f'"{title}"').stdout
    assert not rows(copy, "SELECT 1 FROM versions")


def test_what_was_not_recognised_before_is_stored_now(copy: Path) -> None:
    ((article, title),) = rows(copy, "SELECT id, title FROM articles ORDER BY id DESC LIMIT 1")
    for table, column in (("addresses", "article_id"), ("articles", "id")):
        write(copy, f"DELETE FROM {table} WHERE {column} = {article}")
    backfile(copy, "reread")
    assert len(rows(copy, f"SELECT 1 FROM articles WHERE title = '{title}'")) >= 1


def test_a_damaged_capture_is_told_and_the_others_are_read(copy: Path) -> None:
    (path,) = (copy / "captures").iterdir()
    ((url, offset),) = rows(
        copy,
        'SELECT c.url, c."offset" FROM captures c JOIN addresses USING (key) '
        "WHERE role = 'own' ORDER BY \"offset\" LIMIT 1",
    )
    content = bytearray(path.read_bytes())
    content[offset + 40 : offset + 80] = b"\x00" * 40
    path.write_bytes(content)
    done = backfile(copy, "reread", code=1)
    assert f"({url})" in done.stdout
    assert done.stdout.count("not read:") == 1


def test_captures_can_be_left_out(stand: Newsstand, tmp_path: Path) -> None:
    backfile(tmp_path, "add", stand.seed, "--no-look")
    backfile(tmp_path, "crawl", "--quiet", "--max-pages", "1", "--no-captures", *LOCAL)
    assert not (tmp_path / "captures").exists()
    assert len(rows(tmp_path, "SELECT 1 FROM articles")) > 15


def test_after_a_kill_all_that_is_whole_is_indexed(stand: Newsstand, tmp_path: Path) -> None:
    backfile(tmp_path, "add", stand.seed, "--no-look")
    with started(tmp_path) as killed:
        wait_for(lambda: len(rows(tmp_path, "SELECT 1 FROM articles")) > 5)
        killed.kill()
        killed.wait(30)
    backfile(tmp_path, "crawl", "--quiet", *LOCAL)
    (path,) = (tmp_path / "captures").iterdir()
    command = [sys.executable, "-m", "warcio.cli", "index", "-f", "warc-type,offset", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    whole = done.stdout.count('"response"') + done.stdout.count('"revisit"')
    assert whole == rows(tmp_path, "SELECT count(*) FROM captures")[0][0]
    unkept = "SELECT url FROM articles WHERE captured_at NOT IN (SELECT captured_at FROM captures)"
    assert rows(tmp_path, unkept) == []


def write(archive: Path, sql: str) -> None:
    import sqlite3

    with sqlite3.connect(archive / "archive.db") as db:
        db.execute(sql)
