"""Asking sites for headlines without a link: whole commands against the newsstand."""

import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.lock import crawl_lock
from crawler.asking import MOST_REQUESTS
from tests.crawler.test_run import LOCAL, backfile, crawl, rows
from tests.newsstand import Newsstand
from tests.newsstand.client import fetch

HARBOUR, LABNOTES = "harbourbusiness.example", "labnotes.example"


ARTICLES = 120


@pytest.fixture(scope="module")
def newsstand() -> Iterator[Newsstand]:
    """More articles than front pages show, so that their sites have to be searched."""
    with Newsstand(articles=ARTICLES) as running:
        yield running


@pytest.fixture
def stand(newsstand: Newsstand) -> Iterator[Newsstand]:
    """The newsstand, freed of what the test has laid over its pages."""
    newsstand.reset_log()
    yield newsstand
    for place in OVERLAID:
        newsstand.misbehave(place, None)


OVERLAID = (
    f"{LABNOTES}/",
    f"{LABNOTES}/feed/",
    f"{LABNOTES}/blog/feed/",
    f"{LABNOTES}/wp-json/wp/v2/posts",
    f"{HARBOUR}/feed.xml",
)


@pytest.fixture(scope="module")
def imported(newsstand: Newsstand, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the newsstand's list as a text without links."""
    folder = tmp_path_factory.mktemp("imported")
    (folder / "list.txt").write_bytes(fetch(newsstand, newsstand.lists["text"]).body)
    backfile(folder / "archive", "import", str(folder / "list.txt"))
    return folder / "archive"


@pytest.fixture(scope="module")
def knowing(newsstand: Newsstand, imported: Path) -> Mapping[str, Path]:
    """Host ▸ such an archive that knows that publisher's site, by one article that was saved."""
    made = {}
    for host in (LABNOTES, HARBOUR):
        made[host] = imported.parent / host
        shutil.copytree(imported, made[host])
        lead = next(one for one in newsstand.leads() if one.host == host and one.oddity is None)
        page = imported.parent / f"{host}.html"
        page.write_bytes(fetch(newsstand, lead.article).body)
        backfile(made[host], "import", str(page), "--url", lead.article)
    return made


@pytest.fixture
def archive(imported: Path, tmp_path: Path) -> Path:
    """An archive that knows no site."""
    return shutil.copytree(imported, tmp_path / "archive")


@pytest.fixture
def labnotes(knowing: Mapping[str, Path], tmp_path: Path) -> Path:
    """An archive that knows the site of a paper with WordPress."""
    return shutil.copytree(knowing[LABNOTES], tmp_path / "archive")


@pytest.fixture
def harbour(knowing: Mapping[str, Path], tmp_path: Path) -> Path:
    """An archive that knows the site of a paper with a feed and a sitemap."""
    return shutil.copytree(knowing[HARBOUR], tmp_path / "archive")


def resolve(archive: Path, *arguments: str, code: int = 0) -> tuple[list[dict[str, Any]], str]:
    """Resolve, and give the rows and what was said on stderr."""
    done = backfile(archive, "resolve", "--json", *LOCAL, *arguments, code=code)
    return json.loads(done.stdout), done.stderr


def right(stand: Newsstand) -> dict[str, str]:
    """Give line ▸ address of the article that it means."""
    return {lead.line: lead.article for lead in stand.leads()}


def raw_lines(archive: Path) -> dict[int, str]:
    """Give a headline's id ▸ its line, as it is held."""
    return {i: raw.removeprefix("- ") for i, raw in rows(archive, "SELECT id, raw FROM headlines")}


def check(found: list[dict[str, Any]], archive: Path, stand: Newsstand) -> int:
    """Count what was resolved; fails for whatever was resolved to another page."""
    lines, truth = raw_lines(archive), right(stand)
    resolved = [row for row in found if row["url"]]
    for row in resolved:
        assert row["url"] == truth[lines[row["id"]]]
        assert row["score"] >= 0.8
        assert row["evidence"]
    return len(resolved)


def of_host(stand: Newsstand, host: str) -> int:
    return sum(1 for lead in stand.leads() if lead.host == host and lead.publisher)


def test_without_a_known_site_nobody_is_asked(stand: Newsstand, archive: Path) -> None:
    stand.reset_log()
    found, said = resolve(archive)
    assert len(found) == ARTICLES
    assert not [row for row in found if row["url"]]
    assert f"{len(found)} headlines not asked for: the list came as a file" in said
    assert stand.log == ()


def test_wordpress_is_asked_for_each_headline_once_a_day(stand: Newsstand, labnotes: Path) -> None:
    stand.reset_log()
    found, said = resolve(labnotes)
    assert check(found, labnotes, stand) >= of_host(stand, LABNOTES) - 1 > 9
    asked = stand.counts()
    assert 3 < sum("search=" in place for place in asked) <= of_host(stand, LABNOTES)
    assert sum(asked.values()) <= MOST_REQUESTS
    assert {place.partition("/")[0] for place in asked} == {LABNOTES}
    assert f"{LABNOTES}:{stand.port}: " in said
    stand.reset_log()
    again, said = resolve(labnotes)
    assert stand.log == ()
    assert len(again) < len(found)
    assert check(again, labnotes, stand) == 0


def test_what_was_resolved_is_fetched_by_the_next_crawl(stand: Newsstand, labnotes: Path) -> None:
    found, _ = resolve(labnotes)
    to_fetch = {row["url"] for row in found if row["to_fetch"]}
    assert len(to_fetch) > 3
    crawl(labnotes)
    held = rows(
        labnotes,
        "SELECT resolutions.url FROM headlines JOIN resolutions ON headline_id = headlines.id "
        "JOIN articles ON articles.id = headlines.article_id",
    )
    readable = {url for url in to_fetch if url in stand.truth}
    assert readable <= {url for (url,) in held}
    assert not rows(labnotes, "SELECT 1 FROM frontier WHERE kind = 'list'")
    assert not any(crawl(labnotes)["articles"].values())


def test_an_interface_that_is_closed_is_replaced_by_the_sites_own_search(
    stand: Newsstand, labnotes: Path
) -> None:
    stand.misbehave(f"{LABNOTES}/wp-json/wp/v2/posts", "410")
    found, _ = resolve(labnotes)
    assert check(found, labnotes, stand) > 3
    asked = stand.counts()
    assert sum("/wp-json/" in place for place in asked) <= 1 + 2
    assert sum("/?s=" in place for place in asked) > 3


def test_a_feed_serves_all_headlines_of_a_publisher(stand: Newsstand, harbour: Path) -> None:
    stand.reset_log()
    found, _ = resolve(harbour)
    assert check(found, harbour, stand) > 3
    assert stand.counts()[f"{HARBOUR}/feed.xml"] == 1
    assert len(stand.log) <= 6


def test_a_sitemap_is_read_where_the_feed_ends(stand: Newsstand, harbour: Path) -> None:
    stand.misbehave(f"{HARBOUR}/feed.xml", "404")
    found, _ = resolve(harbour)
    assert check(found, harbour, stand) > 3
    assert stand.counts()[f"{HARBOUR}/sitemap.xml"] == 1


def test_a_source_makes_its_publishers_site_known(stand: Newsstand, archive: Path) -> None:
    backfile(archive, "add", stand.lists["blog"], "--no-look")
    found, _ = resolve(archive)
    assert check(found, archive, stand) >= of_host(stand, LABNOTES) - 2


def test_a_dry_run_asks_and_stores_nothing(stand: Newsstand, labnotes: Path) -> None:
    found, _ = resolve(labnotes, "--dry-run", "--limit", "3")
    assert 0 < check(found, labnotes, stand) <= ARTICLES
    assert not rows(labnotes, "SELECT 1 FROM resolutions")
    assert not rows(labnotes, "SELECT 1 FROM lookups")
    assert not rows(labnotes, "SELECT 1 FROM frontier")


def test_offline_asks_the_archive_alone(stand: Newsstand, labnotes: Path) -> None:
    stand.reset_log()
    found, said = resolve(labnotes, "--offline")
    assert len([row for row in found if row["article_id"]]) == 1
    assert (stand.log, said) == ((), "")


def test_a_bounded_run_says_so_and_the_next_one_goes_on(stand: Newsstand, labnotes: Path) -> None:
    many = of_host(stand, LABNOTES)
    _, said = resolve(labnotes, "--limit", "2")
    assert "beyond --limit; run again" in said
    stand.reset_log()
    resolve(labnotes)
    assert stand.log
    open_ones = rows(labnotes, "SELECT count(*) FROM resolutions WHERE url IS NULL")
    assert open_ones[0][0] <= ARTICLES - many + 1


def test_a_site_that_does_not_answer_ends_with_1_and_is_asked_again(
    stand: Newsstand, labnotes: Path
) -> None:
    stand.misbehave(f"{LABNOTES}/", "500")
    _, said = resolve(labnotes, code=1)
    assert "the server answers 500" in said
    assert not rows(labnotes, "SELECT 1 FROM lookups")


def test_a_private_site_is_not_asked_unless_allowed(stand: Newsstand, labnotes: Path) -> None:
    done = backfile(labnotes, "resolve", "--resolve", "*.example=127.0.0.1", code=1)
    assert "not a public address" in done.stderr


def test_a_held_lock_keeps_from_asking(stand: Newsstand, archive: Path) -> None:
    with crawl_lock(archive, now=datetime.now(UTC)):
        done = backfile(archive, "resolve", *LOCAL, code=3)
        assert "is being crawled" in done.stderr
        backfile(archive, "resolve", "--offline")
    assert not rows(archive, "SELECT 1 FROM lookups")


def test_a_source_that_is_an_interface_itself_is_asked(stand: Newsstand, archive: Path) -> None:
    posts = stand.url(LABNOTES, "/wp-json/wp/v2/posts?per_page=3")
    backfile(archive, "add", posts, "--as", "wordpress", "--no-look")
    found, _ = resolve(archive, "--limit", "6")
    assert check(found, archive, stand) > 3
    assert sum("search=" in place for place in stand.counts()) > 0


def test_a_stopped_run_keeps_what_it_has_found(stand: Newsstand, labnotes: Path) -> None:
    command = [sys.executable, "-W", "error", "-m", "crawler", "--archive", str(labnotes)]
    slowly = ("--allow-private", "--delay", "2", "--resolve", "*.example=127.0.0.1")
    with subprocess.Popen([*command, "resolve", *slowly], stderr=subprocess.PIPE) as running:
        while not any("search=" in entry.path for entry in stand.log):
            assert running.poll() is None
            time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert running.returncode == 130
    assert b"Traceback" not in said
    assert rows(labnotes, "SELECT 1 FROM resolutions WHERE url IS NOT NULL")
    asked, many = rows(labnotes, "SELECT 1 FROM lookups"), of_host(stand, LABNOTES)
    assert len(asked) < many
