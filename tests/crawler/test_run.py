"""Whole crawls, as the command does them: a real process against the newsstand."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from archive.crawls import CrawlEnding, CrawlTotals
from archive.health import Visit
from tests.newsstand import Newsstand
from tests.newsstand.oddities import Oddity

LOCAL = ("--allow-private", "--delay", "0", "--resolve", "*.example=127.0.0.1")

# Slow enough that a crawl of the newsstand is caught in the middle.
SLOWLY = ("--allow-private", "--delay", "0.3", "--resolve", "*.example=127.0.0.1")


@pytest.fixture(scope="module")
def stand() -> Iterator[Newsstand]:
    with Newsstand() as running:
        yield running


def backfile(archive: Path, *arguments: str, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the command on an archive; fails the test when it exits otherwise than with `code`."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "crawler", "--archive", str(archive), *arguments],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def crawl(archive: Path, *arguments: str, code: int = 0) -> dict[str, Any]:
    """Crawl and give the summary."""
    done = backfile(archive, "crawl", "--json", "--all", *LOCAL, *arguments, code=code)
    summary: dict[str, Any] = json.loads(done.stdout)[0]
    return summary


def rows(archive: Path, sql: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(archive / "archive.db") as db:
        return db.execute(sql).fetchall()


@pytest.fixture(scope="module")
def crawled(stand: Newsstand, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """An archive that has crawled the whole newsstand once, and the crawl's summary."""
    archive = tmp_path_factory.mktemp("crawled") / "archive"
    backfile(archive, "add", stand.seed, *LOCAL)
    return archive, crawl(archive)


def test_the_list_is_followed_to_its_end(crawled: tuple[Path, Any], stand: Newsstand) -> None:
    archive, summary = crawled
    assert summary["list_pages"] > 1
    assert summary["new_headlines"] == len(rows(archive, "SELECT 1 FROM headlines"))
    assert summary["new_headlines"] >= 80


def test_each_post_leads_on_to_its_publisher(crawled: tuple[Path, Any]) -> None:
    archive, _ = crawled
    tied = rows(
        archive,
        "SELECT count(*) FROM articles post JOIN articles original "
        "ON post.original_id = original.id WHERE original.url NOT LIKE '%cellwire%'",
    )
    assert tied[0][0] > 50


def test_what_the_publishers_say_is_what_is_stored(
    crawled: tuple[Path, Any], stand: Newsstand
) -> None:
    archive, _ = crawled
    held = {
        url: (title, text)
        for url, title, text in rows(archive, "SELECT url, title, text FROM articles")
    }
    compared = 0
    for url, truth in stand.truth.items():
        if url not in held or not truth.paragraphs:
            continue
        compared += 1
        title, text = held[url]
        assert title == truth.title, url
        missing = [p for p in truth.paragraphs if p not in text]
        assert not missing, url
    assert compared > 50


def test_a_press_release_in_pdf_is_an_article_like_any_other(
    crawled: tuple[Path, Any], stand: Newsstand
) -> None:
    archive, _ = crawled
    (lead,) = [lead for lead in stand.leads() if lead.oddity is Oddity.PDF]
    truth = stand.truth[lead.article]
    words = " ".join(truth.paragraphs[-1].split()[:6])
    found = json.loads(backfile(archive, "search", "--json", f'"{words}"').stdout)
    assert truth.title in {hit["title"] for hit in found}
    held = rows(archive, f"SELECT title, published FROM articles WHERE url = '{lead.article}'")
    assert held == [(truth.title, str(truth.published)[:10])]


def test_failures_have_reasons_and_walls_are_no_articles(crawled: tuple[Path, Any]) -> None:
    archive, summary = crawled
    reasons = " ".join(t["reason"] for t in summary["troubles"])
    assert "404" in reasons
    assert "410" in reasons
    assert "robots.txt" in reasons
    assert summary["no_article"]["consent-wall"] >= 1
    assert not rows(archive, "SELECT 1 FROM articles WHERE verdict NOT IN ('article','live-blog')")


def test_the_same_press_release_is_one_story(crawled: tuple[Path, Any]) -> None:
    _, summary = crawled
    assert summary["articles"]["duplicate"] >= 1


def test_no_date_is_the_crawls(crawled: tuple[Path, Any]) -> None:
    archive, _ = crawled
    today = time.strftime("%Y-%m-%d", time.gmtime())
    assert not rows(archive, f"SELECT url FROM articles WHERE published LIKE '{today}%'")


def test_a_crawl_leaves_its_record(crawled: tuple[Path, Any]) -> None:
    archive, summary = crawled
    ((ended, pages, articles, size, seconds),) = rows(
        archive, "SELECT ended, pages, articles, bytes, seconds FROM crawls WHERE id = 1"
    )
    stored = summary["articles"]["new"] + summary["articles"]["duplicate"]
    assert (ended, articles) == ("done", stored)
    assert seconds > 0
    ((lists, headlines, first, new, of_source, walls, failed, bytes_of, kinds),) = rows(
        archive,
        "SELECT list_pages, headlines, first_page, new_headlines, new_articles, walls, failed, "
        "bytes, failures FROM crawl_sources WHERE crawl_id = 1",
    )
    assert (lists, headlines) == (summary["list_pages"], summary["headlines"])
    assert (new, of_source, failed) == (summary["new_headlines"], stored, summary["failed"])
    assert 0 < first < headlines
    assert walls >= 1
    assert json.loads(kinds)["HTTP 404"] >= 1
    assert size == bytes_of > 10_000
    assert pages >= lists + of_source


def remember(folder: Path, *, first_tries: int, walls: int) -> None:
    """Add the record of a crawl to an archive whose first source was walled so often."""
    now = datetime.now(UTC)
    with Archive.open(folder) as archive:
        crawl_id = archive.begin_crawl(version="1.0", now=now)
        visits = {1: Visit(at=now, list_pages=1, first_tries=first_tries, walls=walls)}
        totals, ended = CrawlTotals(), CrawlEnding.DONE
        archive.record_crawl(crawl_id, totals, visits, now=now, ended=ended)


def test_a_crawl_exits_1_while_a_source_is_broken_and_tells_it_once(
    stand: Newsstand, tmp_path: Path
) -> None:
    backfile(tmp_path, "add", stand.seed, "--no-look", "--name", "Cell news")
    program = "import os, sys; print(os.environ['BACKFILE_NOTICE'], file=open(sys.argv[1], 'a'))"
    words = json.dumps([sys.executable, "-c", program, str(tmp_path / "told")])
    (tmp_path / "backfile.toml").write_text(f"[notify]\ncommand = {words}\n")
    assert crawl(tmp_path)["health"][0]["state"] == "well"
    assert not (tmp_path / "told").exists()
    remember(tmp_path, first_tries=500, walls=500)
    (health,) = crawl(tmp_path, "--max-pages", "1", code=1)["health"]
    assert (health["state"], health["broken"]) == ("walled", True)
    done = backfile(tmp_path, "crawl", "--max-pages", "1", *LOCAL, code=1)
    assert "walled      Cell news: 5" in done.stderr
    assert "walled" in backfile(tmp_path, "status").stdout
    remember(tmp_path, first_tries=900, walls=1)
    assert crawl(tmp_path, "--max-pages", "1")["health"][0]["state"] == "well"
    told = (tmp_path / "told").read_text()
    assert [line for line in told.splitlines() if line.startswith("Cell news")] == [
        line for line in told.splitlines() if "Cell news is w" in line
    ]
    assert told.count("Cell news is walled: ") == told.count("Cell news is well again: ") == 1


def test_a_second_crawl_asks_for_robots_and_the_lists_first_page_only(
    crawled: tuple[Path, Any], stand: Newsstand
) -> None:
    archive, _ = crawled
    stand.reset_log()
    summary = crawl(archive)
    asked = [(entry.host, entry.path) for entry in stand.log]
    assert asked == [("cellwire.example", "/robots.txt"), ("cellwire.example", "/archive/")]
    assert [entry.status for entry in stand.log] == [200, 304]
    assert summary["new_headlines"] == 0
    assert summary["fetched"] == 1
    assert "not changed" in summary["lists"][0]["ended"]


def test_a_list_that_was_just_visited_is_not_due(
    crawled: tuple[Path, Any], stand: Newsstand
) -> None:
    archive, _ = crawled
    stand.reset_log()
    done = backfile(archive, "crawl", *LOCAL)
    assert "no list is due before" in done.stderr
    assert not stand.log
    backfile(archive, "crawl", "1", *LOCAL)
    assert len(stand.log) == 2


def test_the_page_bound_leaves_the_rest_for_the_next_crawl(
    stand: Newsstand, tmp_path: Path
) -> None:
    backfile(tmp_path, "add", stand.seed, "--no-look")
    first = crawl(tmp_path, "--max-pages", "1")
    assert first["list_pages"] == 1
    second = crawl(tmp_path)
    assert second["list_pages"] > 2
    assert second["new_headlines"] > 0


def test_a_crawl_tells_at_its_end_what_saved_searches_find(
    stand: Newsstand, tmp_path: Path
) -> None:
    backfile(tmp_path, "add", stand.seed, "--no-look")
    backfile(tmp_path, "watch", "add", "dated", "--after", "2000")
    done = backfile(tmp_path, "crawl", "--json", "--max-pages", "1", *LOCAL)
    (report,) = json.loads(done.stdout)[0]["watches"]
    new, *titles = done.stderr.split("watch dated: ")[1].splitlines()
    told = rows(tmp_path, "SELECT 1 FROM watch_hits WHERE told_at IS NOT NULL")
    assert (new, report["new"]) == (f"{len(told)} new", len(told))
    assert report["hits"][0]["title"] in titles[0]
    assert "<entry" in (tmp_path / "feeds" / "dated.atom").read_text()


def test_a_day_bounds_how_far_back_a_list_is_followed(stand: Newsstand, tmp_path: Path) -> None:
    backfile(tmp_path, "add", stand.seed, "--no-look")
    summary = crawl(tmp_path, "--since", "2024-10-20")
    assert summary["list_pages"] == 2
    assert "--since 2024-10-20" in summary["lists"][0]["ended"]


@pytest.mark.parametrize(
    ("behaviour", "ended"), [("endless", "repeat the same headlines"), ("calendar", None)]
)
def test_a_list_without_end_is_left_with_the_reason(
    stand: Newsstand, tmp_path: Path, behaviour: str, ended: str | None
) -> None:
    backfile(tmp_path, "add", stand.url("trouble.example", f"/{behaviour}"), "--no-look")
    summary = crawl(tmp_path, code=0 if ended else 1)
    if ended:
        assert ended in summary["lists"][0]["ended"]
    else:
        assert "no headlines found" in summary["troubles"][0]["reason"]
    assert summary["list_pages"] <= 4


def test_a_list_that_cannot_be_read_ends_in_exit_code_1(stand: Newsstand, tmp_path: Path) -> None:
    backfile(tmp_path, "add", stand.seed.replace("/archive/", "/no-such-list/"), "--no-look")
    summary = crawl(tmp_path, code=1)
    assert "404" in summary["troubles"][0]["reason"]


@pytest.mark.parametrize("arguments", [(), ("--no-captures",)])
def test_a_crawl_ends_before_the_disk_is_full(
    stand: Newsstand, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    backfile(tmp_path, "add", stand.seed, "--no-look")
    stand.reset_log()
    done = backfile(tmp_path, "crawl", "--reserve", "999999999", *arguments, *LOCAL, code=1)
    last = done.stderr.splitlines()[-1]
    assert re.fullmatch(r"backfile: only \d+ MB are free on .* nothing was deleted", last)
    assert not stand.log
    assert rows(tmp_path, "SELECT state FROM frontier") == [("due",)]


def test_a_crawl_ends_within_the_archives_budget_and_goes_on_with_a_larger_one(
    stand: Newsstand, tmp_path: Path
) -> None:
    backfile(tmp_path, "add", stand.seed, "--no-look")
    done = backfile(tmp_path, "crawl", "--budget", "1", *LOCAL, code=1)
    assert "is to take no more than 1 MB" in done.stderr
    held = len(rows(tmp_path, "SELECT 1 FROM articles"))
    assert not rows(tmp_path, "SELECT 1 FROM frontier WHERE state = 'claimed'")
    backfile(tmp_path, "crawl", *LOCAL)
    assert len(rows(tmp_path, "SELECT 1 FROM articles")) > held


def test_private_addresses_are_refused_unless_allowed(stand: Newsstand, tmp_path: Path) -> None:
    backfile(tmp_path, "add", stand.seed, "--no-look")
    done = backfile(tmp_path, "crawl", "--resolve", "*.example=127.0.0.1", "--delay", "0", code=1)
    assert "not a public address" in done.stderr
    assert not rows(tmp_path, "SELECT 1 FROM headlines")


def test_a_second_crawl_at_the_same_time_is_told_who_holds_the_archive(
    stand: Newsstand, tmp_path: Path
) -> None:
    backfile(tmp_path, "add", stand.seed, "--no-look")
    with started(tmp_path) as first:
        wait_for(lambda: bool(rows(tmp_path, "SELECT 1 FROM articles")))
        done = backfile(tmp_path, "crawl", *LOCAL, code=3)
        assert str(first.pid) in done.stderr
        first.send_signal(signal.SIGTERM)
        assert first.wait(30) == 143
    assert not rows(tmp_path, "SELECT 1 FROM frontier WHERE state = 'claimed'")
    assert rows(tmp_path, "SELECT ended FROM crawls") == [("stopped",)]


def test_a_killed_crawl_loses_nothing_and_stores_nothing_twice(
    stand: Newsstand, crawled: tuple[Path, Any], tmp_path: Path
) -> None:
    backfile(tmp_path, "add", stand.seed, "--no-look")
    with started(tmp_path) as killed:
        wait_for(lambda: len(rows(tmp_path, "SELECT 1 FROM articles")) > 10)
        killed.kill()
        killed.wait(30)
    crawl(tmp_path)
    assert rows(tmp_path, "SELECT ended FROM crawls ORDER BY id") == [("killed",), ("done",)]
    urls = "SELECT url FROM articles ORDER BY url"
    assert rows(tmp_path, urls) == rows(crawled[0], urls)


# A command whose disk is full from a certain transaction on, and stays so.
FULL = """
from archive.connection import Connection
from archive.errors import ArchiveError
from {program} import {start}

sound, begun = Connection.writing, []

def writing(self):
    begun.append(self)
    if len(begun) >= {first}:
        raise ArchiveError("the disk is full")
    return sound(self)

if __name__ == "__main__":
    Connection.writing = writing
    {start}()
"""


@pytest.mark.parametrize("first", [1, 4, 30])
def test_a_disk_that_is_full_ends_a_crawl_in_one_line_wherever_it_was(
    stand: Newsstand, tmp_path: Path, first: int
) -> None:
    archive, script = tmp_path / "archive", tmp_path / "full.py"
    script.write_text(FULL.format(first=first, program="crawler.cli", start="main"))
    backfile(archive, "add", stand.seed, "--no-look")
    command = [sys.executable, str(script), "-a", str(archive), "crawl", "-q", *LOCAL]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr == "backfile: the disk is full\n"
    crawl(archive, "--max-pages", "1")
    assert not rows(archive, "SELECT 1 FROM frontier WHERE state = 'claimed'")


# A command whose archive fails in a way that only a full disk, or a mistake of ours, brings about.
FAULTY = """
import sys
from archive import Archive
from archive.errors import ArchiveError
from crawler.cli import main

sound, stored = Archive.store, []

def store(self, reading, **rest):
    stored.append(reading.url)
    if len(stored) == 5:
        raise {fault}
    return sound(self, reading, **rest)

if __name__ == "__main__":
    Archive.store = store
    main()
"""


def faulty_crawl(
    tmp_path: Path, stand: Newsstand, fault: str
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """Crawl with an archive that raises `fault` at the fifth page."""
    archive, script = tmp_path / "archive", tmp_path / "faulty.py"
    script.write_text(FAULTY.format(fault=fault))
    backfile(archive, "add", stand.seed, "--no-look")
    command = [sys.executable, str(script), "-a", str(archive), "crawl", "--max-pages", "1", *LOCAL]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return archive, done


def test_an_archive_that_cannot_be_written_ends_the_crawl_with_its_reason(
    stand: Newsstand, tmp_path: Path
) -> None:
    archive, done = faulty_crawl(tmp_path, stand, "ArchiveError('the disk is full')")
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "backfile: the disk is full"
    assert len(rows(archive, "SELECT 1 FROM articles")) == 4
    assert not rows(archive, "SELECT 1 FROM frontier WHERE state = 'claimed'")


def test_a_fault_of_our_own_costs_one_page_and_shows_in_the_exit_code(
    stand: Newsstand, tmp_path: Path
) -> None:
    archive, done = faulty_crawl(tmp_path, stand, "TypeError('no such thing')")
    assert done.returncode == 1
    assert "internal error: no such thing" in done.stderr
    assert len(rows(archive, "SELECT 1 FROM articles")) > 15
    failed = rows(archive, "SELECT reason FROM frontier WHERE reason LIKE 'internal error%'")
    assert len(failed) == 1


def test_every_misbehaviour_is_survived_and_named(stand: Newsstand, tmp_path: Path) -> None:
    backfile(tmp_path, "add", stand.lists["trouble"], "--no-look")
    stand.reset_log()
    crawl(tmp_path)
    told = {
        url.rpartition("/")[2]: (state, reason)
        for url, state, reason in rows(tmp_path, "SELECT url, state, reason FROM frontier")
    }
    assert not [name for name, (state, _) in told.items() if state in {"due", "claimed"}]
    for name, state, reason in (
        ("404", "gone", "404"),
        ("410", "gone", "410"),
        ("429", "failed", "slow down"),
        ("500", "failed", "500"),
        ("drop", "failed", "dropped"),
        ("cookie-loop", "done", ""),
        ("endless-headers", "failed", "more headers"),
        ("gzip-bomb", "failed", "larger than a page may be"),
        ("huge-headers", "failed", "more headers"),
        ("redirect-loop", "failed", "redirect"),
        ("redirect-data", "refused", "redirected to data:"),
        ("redirect-file", "refused", "redirected to file:"),
        ("soft-404", "gone", "find that page"),
        ("consent", "failed", "consent"),
        ("login", "done", "log in"),
        ("pdf-as-html", "done", "PDF"),
        ("503", "done", ""),
        ("503-later", "failed", "slow down"),
        ("slow", "done", ""),
        ("wrong-charset", "done", ""),
    ):
        assert told[name][0] == state, (name, told[name])
        assert reason in told[name][1], (name, told[name])
    counts = stand.counts()
    for name, times in (("429", 1), ("503-later", 1), ("500", 3), ("503", 3), ("404", 1)):
        assert counts[f"trouble.example/{name}"] == times, name


def test_a_crawl_ends_when_its_time_is_up_and_the_next_goes_on(
    stand: Newsstand, tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    backfile(archive, "add", stand.seed, *LOCAL)
    slowly = ("crawl", "--all", "--json", *SLOWLY)
    summary = json.loads(backfile(archive, *slowly, "--max-time", "2s").stdout)[0]
    assert summary["out_of_time"]
    assert summary["left"] > 0
    assert 0 < summary["fetched"] < 80
    assert not rows(archive, "SELECT 1 FROM frontier WHERE state = 'claimed'")
    said = backfile(archive, "crawl", "--all", *SLOWLY, "--max-time", "1s").stderr
    assert "due still, as time is up; the next crawl goes on with them" in said
    whole = crawl(archive)
    assert (whole["out_of_time"], whole["left"]) == (False, 0)
    assert len(rows(archive, "SELECT 1 FROM headlines")) >= 80


def test_a_job_resolves_the_headlines_of_a_file(stand: Newsstand, tmp_path: Path) -> None:
    archive, lines = tmp_path / "archive", tmp_path / "list.txt"
    lead = next(lead for lead in stand.leads() if not (lead.damaged or lead.truncated))
    lines.write_text(f"- {lead.line}\n", encoding="utf-8")
    backfile(archive, "import", str(lines))
    backfile(archive, "add", stand.seed, *LOCAL)
    for tried, found in ((1, 0), (1, 1), (0, 0)):
        done = crawl(archive, "--max-pages", "1", "--resolve-most", "0")["resolved"]
        assert (done["tried"], done["found"], done["asked"]) == (tried, found, 0)
    tied = rows(archive, "SELECT article_id IS NOT NULL FROM headlines WHERE url IS NULL")
    assert tied == [(1,)]


def test_redirects_to_private_addresses_are_refused_where_the_connection_is_made(
    stand: Newsstand, tmp_path: Path
) -> None:
    page = stand.url("trouble.example", "/redirect-loopback")
    stand.reset_log()
    done = backfile(tmp_path, "extract", page, "--resolve", "*.example=127.0.0.1", code=1)
    assert "not a public address" in done.stderr
    assert not list(stand.log)


def scrapy_crawl(stand: Newsstand, archive: Path) -> list[str]:
    """Give the arguments of Scrapy's own command that crawls one page of the list."""
    local = {
        "BACKFILE_ALLOW_PRIVATE": "1",
        "BACKFILE_HOSTS": json.dumps({"*.example": "127.0.0.1"}),
        "DOWNLOAD_DELAY": "0",
        "AUTOTHROTTLE_ENABLED": "0",
    }
    settings = [part for pair in local.items() for part in ("-s", "=".join(pair))]
    arguments = {"seed": stand.seed, "archive": str(archive), "max_pages": "1"}
    given = [part for pair in arguments.items() for part in ("-a", "=".join(pair))]
    return ["crawl", "headlines", *given, *settings]


def test_scrapys_own_command_says_why_it_ended_early(stand: Newsstand, tmp_path: Path) -> None:
    script = tmp_path / "full.py"
    script.write_text(FULL.format(first=60, program="scrapy.cmdline", start="execute"))
    command = [sys.executable, str(script), *scrapy_crawl(stand, tmp_path / "archive")]
    env = os.environ | {"SCRAPY_SETTINGS_MODULE": "crawler.settings"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=env)
    assert done.stderr.splitlines()[-1] == "backfile: the disk is full"
    assert "Traceback" not in done.stderr


def test_scrapys_own_command_does_the_same(stand: Newsstand, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scrapy", *scrapy_crawl(stand, tmp_path / "archive")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert "Traceback" not in done.stderr
    assert len(rows(tmp_path / "archive", "SELECT 1 FROM headlines")) == 20
    assert len(rows(tmp_path / "archive", "SELECT 1 FROM articles")) > 15


class started:  # noqa: N801 - reads as a phrase
    """A crawl in the background, ended with the block."""

    def __init__(self, archive: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "crawler", "-a", str(archive), "crawl", "--quiet", *SLOWLY],
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> subprocess.Popen[bytes]:
        return self.process

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def wait_for(happened: Any) -> None:
    """Wait until `happened()` is true, at most 30 s."""
    for _ in range(600):
        try:
            if happened():
                return
        except sqlite3.OperationalError:
            pass
        time.sleep(0.05)
    pytest.fail("it did not happen within 30 s")
