"""A job asks sites for headlines without a link, within bounds; the rest of it is in test_month."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from crawler.job import JobEnd, Resolving
from crawler.tally import Tally
from tests.crawler.test_run import LOCAL, backfile, crawl, rows
from tests.newsstand import Newsstand
from tests.newsstand.client import fetch

LABNOTES = "labnotes.example"
ASKED = "SELECT headline_id, site FROM lookups"
FOUND = """
SELECT articles.title, resolutions.url, state FROM resolutions
JOIN headlines ON headlines.id = headline_id
LEFT JOIN articles ON articles.id = headlines.article_id
JOIN frontier ON frontier.url = resolutions.url WHERE resolutions.url IS NOT NULL
"""


@pytest.fixture(scope="module")
def stand() -> Iterator[Newsstand]:
    with Newsstand(articles=60) as running:
        yield running


@pytest.fixture(scope="module")
def imported(stand: Newsstand, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the newsstand's list as a text without links, that knows one publisher."""
    folder = tmp_path_factory.mktemp("imported")
    (folder / "list.txt").write_bytes(fetch(stand, stand.lists["text"]).body)
    backfile(folder / "archive", "import", str(folder / "list.txt"))
    backfile(folder / "archive", "add", stand.lists["blog"], "--no-look")
    backfile(folder / "archive", "source", "pause", "2")
    return folder / "archive"


@pytest.fixture
def archive(stand: Newsstand, imported: Path, tmp_path: Path) -> Path:
    stand.reset_log()
    return shutil.copytree(imported, tmp_path / "archive")


def resolved(archive: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = crawl(archive, *arguments)["resolved"]
    return found


def test_sites_are_asked_for_some_and_what_they_have_is_fetched(
    stand: Newsstand, archive: Path
) -> None:
    done = resolved(archive, "--resolve-most", "3")
    assert (done["asked"], done["fault"]) == (3, None)
    assert 0 < done["found_by_asking"] == done["found"] <= 3
    asked = rows(archive, ASKED)
    assert (len(asked), {site.partition(":")[0] for _, site in asked}) == (3, {LABNOTES})
    titles = {truth.title: url for url, truth in stand.truth.items()}
    found = rows(archive, FOUND)
    assert len(found) == done["found"]
    fetched = [(title, url) for title, url, state in found if state == "done"]
    assert fetched
    assert [titles[title] for title, _ in fetched] == [url for _, url in fetched]
    assert {state for _, _, state in found} <= {"done", "refused"}


def test_others_are_asked_for_next_and_none_twice_a_day(stand: Newsstand, archive: Path) -> None:
    first = resolved(archive, "--resolve-most", "2")
    before = {headline for headline, _ in rows(archive, ASKED)}
    second = resolved(archive, "--resolve-most", "2")
    both = {headline for headline, _ in rows(archive, ASKED)}
    assert (first["asked"], second["asked"], len(before), len(both)) == (2, 2, 2, 4)
    rest = resolved(archive, "--resolve-most", "100")["asked"]
    stand.reset_log()
    assert rest > 0
    assert resolved(archive, "--resolve-most", "100")["asked"] == 0
    assert not [entry for entry in stand.log if entry.host == LABNOTES]


def test_none_is_asked_for_where_none_may_be(stand: Newsstand, archive: Path) -> None:
    assert resolved(archive, "--resolve-most", "0")["asked"] == 0
    (archive / "backfile.toml").write_text("[crawl]\nresolve_most = 0\n")
    assert resolved(archive)["asked"] == 0
    (archive / "backfile.toml").unlink()
    backfile(archive, "crawl", "--dry-run", *LOCAL)
    assert (stand.log, rows(archive, ASKED)) == ((), [])


def test_a_site_that_is_slow_keeps_no_list_waiting(stand: Newsstand, archive: Path) -> None:
    backfile(archive, "source", "resume", "2")
    stand.slow_seconds = 8.0
    stand.misbehave(f"{LABNOTES}/blog/feed/", "slow")
    try:
        done = crawl(archive, "--max-time", "8s", "--resolve-most", "5")
    finally:
        stand.misbehave(f"{LABNOTES}/blog/feed/", None)
    assert done["resolved"]["asked"] == 5
    assert done["list_pages"] > 0


def test_a_person_is_told_whom_it_asked(archive: Path) -> None:
    said = backfile(archive, "crawl", "--resolve-most", "2", *LOCAL).stderr
    assert f"backfile: {LABNOTES}" in said
    assert "  asked 1 site for 2 headlines: " in said
    said = backfile(archive, "crawl", "-q", "--resolve-most", "2", *LOCAL).stderr
    assert said == ""


@pytest.mark.parametrize(
    ("resolving", "signal_came", "code"),
    [
        (Resolving(), None, 0),
        (Resolving(fault="asking ended early"), None, 1),
        (Resolving(fault="asking ended early"), signal.SIGTERM, 143),
    ],
)
def test_a_fault_in_asking_shows_in_the_exit_code(
    resolving: Resolving, signal_came: int | None, code: int
) -> None:
    end = JobEnd(
        tally=Tally(),
        names={},
        left=0,
        lookups_left=0,
        resolving=resolving,
        health={},
        watched=(),
        untold=(),
        signal=signal_came,
    )
    assert end.exit_code == code


@contextmanager
def asking(stand: Newsstand, archive: Path) -> Iterator["subprocess.Popen[str]"]:
    """A crawl that waits for a site that it asks for headlines without a link."""
    stand.gate.clear()
    stand.misbehave(f"{LABNOTES}/blog/", "held")
    arguments = ("-m", "crawler", "-a", str(archive), "crawl", "--all", *LOCAL)
    running = subprocess.Popen(
        [sys.executable, "-W", "error", *arguments], stderr=subprocess.PIPE, text=True
    )
    try:
        while not any(entry.path == "/blog/" for entry in stand.log):
            assert running.poll() is None
            time.sleep(0.01)
        yield running
    finally:
        stand.gate.set()
        stand.misbehave(f"{LABNOTES}/blog/", None)
        running.kill()
        running.communicate()


def test_a_signal_ends_the_asking_and_no_crawl_follows(stand: Newsstand, archive: Path) -> None:
    with asking(stand, archive) as running:
        running.send_signal(signal.SIGTERM)
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(1)
        stand.gate.set()
        _, said = running.communicate(timeout=60)
    assert running.returncode == 128 + signal.SIGTERM
    assert "stopping once all is safe" in said
    assert "Traceback" not in said
    assert rows(archive, "SELECT 1 FROM crawls") == []
    assert resolved(archive)["asked"] > 0


def test_a_second_signal_ends_the_asking_at_once(stand: Newsstand, archive: Path) -> None:
    with asking(stand, archive) as running:
        running.send_signal(signal.SIGINT)
        time.sleep(1)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=20)
    assert running.returncode == 128 + signal.SIGINT
    assert "Traceback" not in said
    assert rows(archive, "SELECT 1 FROM crawls") == []
