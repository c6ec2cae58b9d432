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
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from twisted.python.failure import Failure

from archive import Archive
from archive.mementos import note
from crawler.lookups import Lookups
from crawler.run import WebArchive, project_settings
from crawler.settings import WAYBACK
from crawler.spiders.headlines import HeadlinesSpider
from tests.crawler.made import NOON, claim
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
    assert "3 kept from the web archive, 2 gone, not in the web archive" in status

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


LOST = "http://paper.example/ferry"
GATE = f"http://{KEEPSAKE}/web/"


@pytest.fixture
def spider(tmp_path: Path) -> Iterator[HeadlinesSpider]:
    """A spider whose look-ups are made at once."""
    with Archive.open(tmp_path, create=True) as archive:
        archive.add_source("http://paper.example/", now=NOON)
        made = HeadlinesSpider(archive=archive)
        made.lookups = Lookups(made, timegate=GATE, delay=0, most=9)
        yield made


def test_an_intranets_links_are_told_to_no_public_web_archive(
    stand: Newsstand, spider: HeadlinesSpider
) -> None:
    def built(**changed: object) -> Lookups:
        return Lookups.from_settings(
            spider, project_settings({"BACKFILE_TIMEGATE": WAYBACK} | changed)
        )

    assert built().timegate == WAYBACK
    assert built(BACKFILE_ALLOW_PRIVATE=True).timegate is None
    named = {"BACKFILE_ALLOW_PRIVATE": True, "BACKFILE_TIMEGATE": stand.timegate}
    assert built(**named).timegate == stand.timegate
    assert built(**WebArchive(is_asked=False).settings()).timegate is None
    assert built(BACKFILE_TIMEGATE="").timegate is None


def lose(spider: HeadlinesSpider, *urls: str) -> None:
    with spider.archive._connection.writing() as db:
        for url in urls:
            note(db, claim(url=url), now=NOON)


def failure_of(error: Exception) -> Failure:
    return Failure(error)  # type: ignore[no-untyped-call]  # Twisted has no types for it


def answer(spider: HeadlinesSpider, status: int, **headers: str) -> str | None:
    """Have the next request answered; gives its address, or None where there is none."""
    request = spider.lookups.next(datetime.now(UTC))
    if request is None:
        return None
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    response = Response(request.url, status=status, headers=given, request=request)
    assert list(spider.lookups.answered(response, **request.cb_kwargs)) == []
    return request.url


def reasons(spider: HeadlinesSpider) -> list[tuple[str, str | None]]:
    rows = spider.archive._connection.raw.execute("SELECT state, reason FROM mementos ORDER BY id")
    return [(row["state"], row["reason"]) for row in rows]


def test_one_is_asked_for_at_a_time_and_with_a_pause(spider: HeadlinesSpider) -> None:
    lose(spider, LOST)
    now = datetime.now(UTC)
    lookups = spider.lookups
    lookups.delay = timedelta(seconds=5)
    assert lookups.wait(now) == 0
    first = lookups.next(now)
    assert first is not None
    assert lookups.next(now) is None
    list(lookups.answered(Response(first.url, status=404), **first.cb_kwargs))
    lose(spider, f"{LOST}/2")
    assert lookups.next(datetime.now(UTC)) is None
    assert 4 < (lookups.wait(datetime.now(UTC)) or 0) <= 5
    assert lookups.next(datetime.now(UTC) + timedelta(seconds=5)) is not None


def test_whoever_balks_thrice_is_left_alone(spider: HeadlinesSpider) -> None:
    lose(spider, *(f"{LOST}/{n}" for n in range(5)))
    for _ in range(3):
        assert answer(spider, 502) is not None
    assert answer(spider, 502) is None
    assert spider.lookups.wait(datetime.now(UTC)) is None
    assert [state for state, _ in reasons(spider)] == ["waiting"] * 5
    assert spider.archive.mementos.due(now=datetime.now(UTC)) == 2


def test_patience_is_for_all_look_ups_and_beyond_this_crawl(spider: HeadlinesSpider) -> None:
    lose(spider, LOST, f"{LOST}/2")
    assert answer(spider, 429, Retry_After="3600") is not None
    assert answer(spider, 200) is None
    assert spider.lookups.wait(datetime.now(UTC)) is None
    assert spider.archive.mementos.due(now=datetime.now(UTC) + timedelta(minutes=59)) == 0
    assert spider.archive.mementos.due(now=datetime.now(UTC) + timedelta(minutes=61)) == 2


def test_an_archived_refusal_is_no_refusal(spider: HeadlinesSpider) -> None:
    lose(spider, LOST)
    day = "Fri, 08 Nov 2024 12:00:00 GMT"
    answer(spider, 302, Location=f"{GATE}20241108120000/{LOST}")
    assert answer(spider, 429, Memento_Datetime=day) == f"{GATE}20241108120000id_/{LOST}"
    assert reasons(spider) == [("none", "its captures are no article: archived as an error (429)")]


def test_a_timegate_that_leads_to_another_is_followed_but_not_for_ever(
    spider: HeadlinesSpider,
) -> None:
    lose(spider, LOST)
    asked = [answer(spider, 301, Location=f"/other/{n}") for n in range(6)]
    assert asked[:3] == [
        f"{GATE}{LOST}",
        f"http://{KEEPSAKE}/other/0",
        f"http://{KEEPSAKE}/other/1",
    ]
    assert asked[5] is None
    assert reasons(spider) == [("none", "no capture there (301)")]


def test_robots_txt_ends_the_look_ups_and_loses_none(spider: HeadlinesSpider) -> None:
    lose(spider, LOST)
    request = spider.lookups.next(datetime.now(UTC))
    assert request is not None
    failure = failure_of(IgnoreRequest("Forbidden by robots.txt"))
    failure.request = request  # type: ignore[attr-defined]  # as Scrapy does
    spider.lookups.failed(failure)
    assert spider.tally.lookup_trouble == "the web archive: Forbidden by robots.txt"
    assert spider.lookups.next(datetime.now(UTC)) is None
    assert reasons(spider) == [("waiting", None)]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://intranet/page", "no public address"),
        ("http://10.1.2.3/page", "no public address"),
        ("http://files.lan/page", "no public address"),
        (f"http://{KEEPSAKE}/about", "an address of the web archive itself"),
        (f"{GATE}20241108120000/{LOST}", "an address of the web archive itself"),
    ],
)
def test_what_is_nobodys_business_is_not_told(
    spider: HeadlinesSpider, url: str, reason: str
) -> None:
    lose(spider, url)
    assert spider.lookups.next(datetime.now(UTC)) is None
    assert reasons(spider) == [("closed", reason)]


def test_no_more_links_than_may_be_are_begun(spider: HeadlinesSpider) -> None:
    lose(spider, LOST, f"{LOST}/2")
    spider.lookups.most = 1
    assert answer(spider, 302, Location=f"{GATE}20241108120000/{LOST}") is not None
    assert answer(spider, 404) is not None
    assert answer(spider, 404) is not None
    assert answer(spider, 404) is None
    assert spider.archive.mementos.due(now=datetime.now(UTC)) == 1


def test_a_fault_of_our_own_postpones_the_look_up(spider: HeadlinesSpider) -> None:
    lose(spider, LOST)
    request = spider.lookups.next(datetime.now(UTC))
    assert request is not None
    response = Response(request.url, request=request)
    spider.page_broke(response, failure_of(ValueError("so")))
    assert reasons(spider) == [("waiting", "internal error: so")]
    assert spider.lookups.busy is None
    assert spider.tally.internal_errors == 1
