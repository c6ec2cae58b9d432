"""Dead links looked up in a web archive: real crawls against the newsstand's."""

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from crawler.lookups import Lookups
from crawler.run import WebArchive, project_settings
from crawler.settings import WAYBACK
from crawler.spiders.headlines import HeadlinesSpider
from tests.crawler.test_run import LOCAL, backfile, rows, wait_for
from tests.newsstand import Lead, LogEntry, Newsstand
from tests.newsstand.answers import html

GONE = html("<html><body><h1>Not found</h1></body></html>", status=404)
SOFT = html(
    "<html><head><title>Page not found</title></head><body><h1>Page not found</h1>"
    "<p>Sorry, the page you are looking for does not exist any more.</p></body></html>"
)
KEEPSAKE = "keepsake.example"


@pytest.fixture
def stand() -> Iterator[Newsstand]:
    with Newsstand(articles=6, lists=1) as running:
        yield running


def on(lead: Lead, days: float) -> datetime:
    """Give an instant some days after the noon of a headline's day."""
    return datetime.combine(lead.day, time(12), UTC) + timedelta(days=days)


def die(stand: Newsstand, lead: Lead, behaviour: str = "404") -> None:
    """Let a headline's page be gone; its list goes on to print it."""
    stand.misbehave(lead.post, behaviour)


def add(folder: Path, stand: Newsstand) -> None:
    with Archive.open(folder, create=True) as archive:
        archive.add_source(stand.seed, now=datetime.now(UTC))


def crawl(archive: Path, stand: Newsstand, *arguments: str) -> dict[str, Any]:
    """Crawl with the newsstand's web archive, at once, and give what became of dead links."""
    told = ("--timegate", stand.timegate, "--memento-delay", "0", *arguments)
    done = backfile(archive, "crawl", "--all", "--json", *LOCAL, *told)
    dead_links: dict[str, Any] = json.loads(done.stdout)[0]["dead_links"]
    return dead_links


def asked(stand: Newsstand) -> list[LogEntry]:
    """Give the requests to the web archive, but those for its robots.txt."""
    return [e for e in stand.log if e.host == KEEPSAKE and e.path != "/robots.txt"]


def about(stand: Newsstand, lead: Lead) -> list[str]:
    """Give what was asked because of a lead's post, without the page's own address."""
    return [e.path.removesuffix(lead.post) for e in asked(stand) if e.path.endswith(lead.post)]


def states(archive: Path) -> dict[str, tuple[str, str | None]]:
    found = rows(archive, "SELECT url, state, reason FROM mementos")
    return {url: (state, reason) for url, state, reason in found}


def test_each_dead_link_gets_the_capture_nearest_its_day_or_is_said_to_have_none(
    stand: Newsstand, tmp_path: Path
) -> None:
    newest_dead, second_best, nowhere, errors, _, publishers = stand.leads()
    stand.remember(newest_dead.post, on(newest_dead, 2))
    stand.remember(newest_dead.post, on(newest_dead, 300), GONE)
    die(stand, newest_dead)
    stand.remember(second_best.post, on(second_best, 1), SOFT)
    stand.remember(second_best.post, on(second_best, 9))
    die(stand, second_best, "410")
    die(stand, nowhere)
    for days in (1, 2, 3, 4):
        stand.remember(errors.post, on(errors, days), GONE)
    die(stand, errors, "soft-404")
    stand.remember(publishers.article, on(publishers, 3))
    stand.misbehave(publishers.article, "404")
    stand.web_archive.newest_only = True

    add(tmp_path, stand)
    assert crawl(tmp_path, stand) == {
        "mementos": 3,
        "not_archived": 2,
        "left": 0,
        "trouble": None,
    }

    held = {
        url: (memento, captured, published)
        for url, memento, captured, published in rows(
            tmp_path,
            "SELECT url, memento_url, captured_at, published FROM articles "
            "WHERE memento_url IS NOT NULL",
        )
    }
    assert set(held) == {newest_dead.post, second_best.post, publishers.article}
    for lead, url, days in (
        (newest_dead, newest_dead.post, 2),
        (second_best, second_best.post, 9),
        (publishers, publishers.article, 3),
    ):
        memento, captured, published = held[url]
        assert captured == on(lead, days).isoformat()
        assert memento == f"{stand.timegate}{on(lead, days):%Y%m%d%H%M%S}id_/{url}"
        assert published[:10] in {str(lead.day), str(lead.day - timedelta(days=1))}
    texts = [text for (text,) in rows(tmp_path, "SELECT text FROM articles")]
    assert not any("Keepsake" in text for text in texts)

    found = states(tmp_path)
    assert found[nowhere.post] == ("none", "no capture there (404)")
    state, reason = found[errors.post]
    assert state == "none"
    assert reason is not None
    assert "archived as an error (404)" in reason
    assert about(stand, nowhere) == ["/web/"]
    # Three captures and no more, the date that was wanted being that of the headline.
    assert len(about(stand, errors)) == 1 + 1 + 3
    gates = {e.path: e.headers.get("accept-datetime") for e in asked(stand)}
    assert gates[f"/web/{nowhere.post}"] == f"{on(nowhere, 0):%a, %d %b %Y} 12:00:00 GMT"
    assert gates[f"/web/{publishers.article}"] == f"{on(publishers, 0):%a, %d %b %Y} 12:00:00 GMT"

    shown = backfile(tmp_path, "show", newest_dead.post).stdout
    assert f"archived {on(newest_dead, 2):%Y-%m-%d} 12:00 UTC" in shown
    ((headline,),) = rows(tmp_path, f"SELECT id FROM headlines WHERE url = '{nowhere.post}'")
    assert "not in the web archive" in backfile(tmp_path, "show", f"h{headline}").stdout
    status = " ".join(backfile(tmp_path, "status").stdout.split())
    assert "3 read from a web archive, 2 gone, not in the web archive" in status

    before = rows(tmp_path, "SELECT * FROM articles ORDER BY id")
    assert "captures read again" in backfile(tmp_path, "reread").stdout
    assert rows(tmp_path, "SELECT * FROM articles ORDER BY id") == before

    # What was looked up once is not asked for again.
    stand.reset_log()
    assert crawl(tmp_path, stand)["mementos"] == 0
    assert asked(stand) == []


def test_a_web_archive_that_asks_for_patience_gets_it(stand: Newsstand, tmp_path: Path) -> None:
    lead, *_ = stand.leads()
    stand.remember(lead.post, on(lead, 1))
    die(stand, lead)
    stand.web_archive.limit = 1
    stand.web_archive.retry_after = 2
    add(tmp_path, stand)
    done = crawl(tmp_path, stand)
    assert (done["mementos"], done["left"]) == (1, 0)
    assert "slow down (429)" in done["trouble"]
    refused, again = next(
        (one, other)
        for one, other in zip(asked(stand), asked(stand)[1:], strict=False)
        if one.status == 429
    )
    assert again.time - refused.time >= 2
    assert len(asked(stand)) == 3


def test_a_web_archive_that_is_off_or_down_costs_the_crawl_nothing(
    stand: Newsstand, tmp_path: Path
) -> None:
    lead, other, *_ = stand.leads()
    stand.remember(lead.post, on(lead, 1))
    die(stand, lead)
    die(stand, other)
    add(tmp_path, stand)
    done = crawl(tmp_path, stand, "--no-mementos")
    assert done == {"mementos": 0, "not_archived": 0, "left": 0, "trouble": None}
    assert asked(stand) == []
    assert {state for state, _ in states(tmp_path).values()} == {"waiting"}
    stored = rows(tmp_path, "SELECT count(*) FROM articles")

    stand.misbehave(f"{KEEPSAKE}/web/{lead.post}", "500")
    stand.misbehave(f"{KEEPSAKE}/web/{other.post}", "500")
    done = crawl(tmp_path, stand)
    assert (done["mementos"], done["trouble"]) == (0, "the web archive answers 500")
    assert len(asked(stand)) == 2
    assert rows(tmp_path, "SELECT count(*) FROM articles") == stored

    stand.misbehave(f"{KEEPSAKE}/web/{lead.post}", None)
    stand.misbehave(f"{KEEPSAKE}/web/{other.post}", None)
    with_db(tmp_path, "UPDATE mementos SET due_at = '2026'")
    done = crawl(tmp_path, stand, "--max-mementos", "1")
    assert (done["mementos"] + done["not_archived"], done["left"]) == (1, 1)


def with_db(archive: Path, sql: str) -> None:
    with sqlite3.connect(archive / "archive.db") as db:
        db.execute(sql)


def test_a_killed_crawl_goes_on_where_it_was(stand: Newsstand, tmp_path: Path) -> None:
    lead, *_ = stand.leads()
    stand.remember(lead.post, on(lead, 1), GONE)
    stand.remember(lead.post, on(lead, 3))
    die(stand, lead)
    add(tmp_path, stand)
    slowly = ("--timegate", stand.timegate, "--memento-delay", "60", *LOCAL)
    command = [sys.executable, "-m", "crawler", "--archive", str(tmp_path), "crawl", "--all"]
    running = subprocess.Popen([*command, "-q", *slowly], stderr=subprocess.DEVNULL)
    wait_for(lambda: rows(tmp_path, "SELECT 1 FROM mementos WHERE known IS NOT NULL"))
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert about(stand, lead) == ["/web/"]

    assert crawl(tmp_path, stand)["mementos"] == 1
    stamps = [f"/web/{on(lead, days):%Y%m%d%H%M%S}id_/" for days in (1, 3)]
    assert about(stand, lead) == ["/web/", *stamps]


def test_an_intranets_links_are_told_to_no_public_web_archive(
    stand: Newsstand, tmp_path: Path
) -> None:
    def built(**changed: object) -> Lookups:
        return Lookups.from_settings(
            spider, project_settings({"BACKFILE_TIMEGATE": WAYBACK} | changed)
        )

    with Archive.open(tmp_path, create=True) as archive:
        spider = HeadlinesSpider(archive=archive)
        assert built().timegate == WAYBACK
        assert built(BACKFILE_ALLOW_PRIVATE=True).timegate is None
        named = {"BACKFILE_ALLOW_PRIVATE": True, "BACKFILE_TIMEGATE": stand.timegate}
        assert built(**named).timegate == stand.timegate
        assert built(**WebArchive(is_asked=False).settings()).timegate is None
        assert built(BACKFILE_TIMEGATE="").timegate is None
