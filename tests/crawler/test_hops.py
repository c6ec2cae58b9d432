"""From a list's line over the aggregator's post to the publisher, whatever stands in between."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from archive.urls import page_key
from tests.crawler.test_run import backfile, crawl, rows
from tests.newsstand import Lead, Newsstand, Oddity

TIED = """
SELECT headlines.title, headlines.published, post.url, post.title, post.published,
    original.url, original.title, original.published, post.story_id = original.story_id
FROM articles post
JOIN headlines ON headlines.article_id = post.id
JOIN articles original ON original.id = post.original_id
"""
OF_THE_SHORTENER = (
    "SELECT url, state, reason, final_url, due_at IS NOT NULL FROM frontier "
    "WHERE host = 'snip.example' ORDER BY url"
)


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Newsstand, Path]]:
    """A newsstand whose posts lead to the originals in every way, and what a crawl made of it."""
    archive = tmp_path_factory.mktemp("hops") / "archive"
    with Newsstand(articles=54, lists=1) as stand:
        backfile(archive, "add", stand.seed, "--no-look")
        crawl(archive)
        yield stand, archive


def odd(stand: Newsstand, oddity: Oddity) -> Lead:
    return next(lead for lead in stand.leads() if lead.oddity is oddity)


@pytest.mark.parametrize(
    "oddity",
    [Oddity.REDIRECT, Oddity.REDIRECTOR, Oddity.SHORTENER, Oddity.REFRESH, Oddity.SCRIPT],
)
def test_list_post_and_article_are_kept_and_tied_each_with_its_own_words(
    crawled: tuple[Newsstand, Path], oddity: Oddity
) -> None:
    stand, archive = crawled
    lead = odd(stand, oddity)
    post, article = stand.truth[lead.post], stand.truth[lead.article]
    (found,) = rows(archive, f"{TIED} WHERE post.url = '{lead.post}'")
    listed, listed_on, post_url, posted, posted_on, url, title, published, same_story = found
    assert listed.startswith(lead.title.rstrip(" ."))
    assert listed_on == lead.day.isoformat()
    assert (post_url, posted, posted_on) == (post.url, post.title, lead.day.isoformat())
    assert (url, title) == (article.url, article.title)
    assert article.published is not None
    assert date.fromisoformat(published[:10]) == date.fromisoformat(
        article.published.isoformat()[:10]
    )
    assert same_story


# A redirector's address names its target, which is asked for at once.
@pytest.mark.parametrize(
    "oddity", [Oddity.REDIRECT, Oddity.SHORTENER, Oddity.REFRESH, Oddity.SCRIPT]
)
def test_every_hop_leads_to_the_article(crawled: tuple[Newsstand, Path], oddity: Oddity) -> None:
    stand, archive = crawled
    lead = odd(stand, oddity)
    answered = rows(archive, f"SELECT url FROM captures WHERE asked_url = '{lead.original}'")
    hops = {url for (url,) in answered} | {lead.original}
    with Archive.open(archive, read_only=True) as opened:
        held = opened.article(lead.article)
        assert {opened.article(url).id for url in hops} == {held.id}
    assert {page_key(url) for url in hops} <= {each.key for each in held.addresses}


def test_each_hop_is_captured(crawled: tuple[Newsstand, Path]) -> None:
    stand, archive = crawled
    lead = odd(stand, Oddity.SHORTENER)
    sql = f"SELECT url, status, location FROM captures WHERE asked_url = '{lead.original}'"
    hop = lead.original.replace("/x", "/hop/x")
    assert rows(archive, f"{sql} ORDER BY id") == [
        (lead.original, 301, "/hop/x" + hop.rpartition("x")[2]),
        (hop, 302, lead.article),
        (lead.article, 200, None),
    ]
    for oddity in (Oddity.REFRESH, Oddity.SCRIPT):
        lead = odd(stand, oddity)
        sql = f"SELECT url, status FROM captures WHERE asked_url = '{lead.original}' ORDER BY id"
        assert rows(archive, sql) == [(lead.original, 200), (lead.article, 200)]


def test_everything_that_was_answered_is_captured(crawled: tuple[Newsstand, Path]) -> None:
    stand, archive = crawled
    answered = sorted((f"http://{e.host}:{stand.port}{e.path}", e.status) for e in stand.log)
    assert rows(archive, "SELECT url, status FROM captures ORDER BY url, status") == answered
    assert {301, 302, 404, 410} <= {status for _, status in answered}


class Ends:
    """Where the short links of a newsstand lead, and what a crawl makes of it."""

    def __init__(self, stand: Newsstand, archive: Path) -> None:
        self.stand, self.archive = stand, archive
        self.leads = [lead for lead in stand.leads() if lead.original.endswith(f"x{lead.number}")]

    def crawl(self) -> dict[str, tuple[Any, ...]]:
        """Crawl, and give by address what became of the short links."""
        backfile(self.archive, "add", self.stand.seed, "--no-look")
        crawl(self.archive)
        return {row[0]: row[1:] for row in rows(self.archive, OF_THE_SHORTENER)}


@pytest.fixture
def ends(tmp_path: Path) -> Iterator[Ends]:
    with Newsstand(articles=12, lists=1, shortened=True) as stand:
        yield Ends(stand, tmp_path)


def test_where_a_short_link_ends_is_told(ends: Ends) -> None:
    stand = ends.stand
    targets = {
        "dead": stand.url("dailyassay.example", "/no/such/page"),
        "gone": stand.url("trouble.example", "/410"),
        "home": stand.url("meridianwire.example", "/"),
        "wall": stand.url("trouble.example", "/consent"),
        "list": stand.seed,
        "loop": stand.url("trouble.example", "/redirect-loop"),
        "file": "file:///etc/hostname",
    }
    leads = dict(zip(targets, ends.leads, strict=False))
    for name, lead in leads.items():
        stand.point(lead, targets[name])
    became = ends.crawl()
    told = {name: became[lead.original] for name, lead in leads.items()}
    assert {name: (state, again) for name, (state, _, _, again) in told.items()} == {
        "dead": ("gone", 0),
        "gone": ("gone", 0),
        "home": ("done", 0),
        "wall": ("failed", 1),
        "list": ("done", 0),
        "loop": ("failed", 1),
        "file": ("refused", 0),
    }
    for name, word in (("wall", "consent"), ("loop", "redirect"), ("file", "file:")):
        assert word in told[name][1]
    for name in ("dead", "home", "wall", "list"):
        assert told[name][2] == targets[name]
    held = {row[0] for row in rows(ends.archive, "SELECT url FROM articles")}
    assert not held & set(targets.values())
    assert {lead.post for lead in leads.values()} <= held


def test_what_is_held_already_is_tied_and_stored_once(ends: Ends) -> None:
    first, second, third, *_ = ends.leads
    ends.stand.point(second, first.article)
    ends.stand.point(third, third.post)
    ends.crawl()
    tied = dict(
        rows(
            ends.archive,
            "SELECT post.url, original.url FROM articles post "
            "JOIN articles original ON original.id = post.original_id",
        )
    )
    assert (tied[first.post], tied[second.post]) == (first.article, first.article)
    assert third.post not in tied
    urls = [row[0] for row in rows(ends.archive, "SELECT url FROM articles")]
    assert len(urls) == len(set(urls))
    assert not rows(ends.archive, "SELECT 1 FROM versions")


def test_a_short_link_that_failed_is_followed_and_tied_by_a_later_try(ends: Ends) -> None:
    lead = ends.leads[0]
    ends.stand.point(lead, ends.stand.url("trouble.example", "/500"))
    assert ends.crawl()[lead.original][0] == "failed"
    ends.stand.point(lead, lead.article)
    with sqlite3.connect(ends.archive / "archive.db") as db:
        db.execute("UPDATE frontier SET due_at = '2024-11-08T12:00:00+00:00' WHERE due_at > 0")
    assert ends.crawl()[lead.original][0] == "done"
    sql = f"SELECT original_id IS NOT NULL FROM articles WHERE url = '{lead.post}'"
    assert rows(ends.archive, sql) == [(1,)]
