"""What is gathered of a page is the same under all its addresses."""

from pathlib import Path

import pytest

from archive import Archive
from archive.connection import Connection, open_to_read
from archive.errors import NotFound
from archive.explaining import Explanation, Traced
from archive.held import LookupState
from archive.records import FrontierEntry, PageKind
from archive.tracing import trace
from tests.archive.damaging import PAGES, make_whole
from tests.archive.making import NOW, article, claim_one, headline, list_page, reading


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Connection:
    folder: Path = tmp_path_factory.mktemp("whole") / "archive"
    make_whole(folder)
    return open_to_read(folder)


def traced(whole: Connection, asked: str) -> Traced:
    return trace(whole.raw, asked, now=NOW)


@pytest.mark.parametrize(
    "asked",
    [
        "1",
        "article:1",
        "h1",
        "headline:1",
        PAGES[0],
        "http://www.paper.example/ferry/?utm_source=mail#top",
    ],
)
def test_every_way_leads_to_the_same(whole: Connection, asked: str) -> None:
    found = traced(whole, asked)
    assert found.article is not None
    assert found.article.id == 1
    assert [line.id for line in found.headlines] == [1]
    assert {capture.url for capture in found.captures} == {PAGES[0]}
    assert len(found.captures) == 2
    assert len(found.article.versions) == 1
    assert found.member is not None
    assert found.member.leads


def test_a_copy_says_why_it_is_in_its_story(whole: Connection) -> None:
    found = traced(whole, "https://copy.example/ferry")
    assert found.member is not None
    assert (found.member.why, found.member.tied_to) == ("text", 1)


def test_a_list_and_when_it_is_visited_next(whole: Connection) -> None:
    found = traced(whole, "https://lists.example/news")
    assert [visit.kind for visit in found.visits] == [PageKind.LIST]
    assert found.lists.keys() == {1}


def test_a_headline_without_a_link(whole: Connection) -> None:
    found = traced(whole, "h4")
    assert found.article is None
    assert found.resolved_at == {4: NOW}
    assert found.keys == ()


def test_a_dead_link_and_its_look_up(whole: Connection) -> None:
    found = traced(whole, "https://lost.example/story")
    assert [(link.state, link.due_at) for link in found.dead_links] == [(LookupState.WAITING, NOW)]
    assert found.is_known


def test_what_was_forgotten_is_known_to_be(whole: Connection) -> None:
    found = traced(whole, "https://gone.example/")
    assert found.forgotten_at == NOW
    assert found.is_known


def test_what_is_not_known(whole: Connection) -> None:
    found = traced(whole, "https://lists.example/nevs")
    assert not found.is_known
    assert found.at_host == {"done": 1}
    assert found.candidates == ("https://lists.example/news",)
    assert set(traced(whole, "https://paper.example/fery").candidates) == set(PAGES)
    assert not traced(whole, "no address").is_known
    for number in ("99", "h99", "9" * 18):
        with pytest.raises(NotFound):
            traced(whole, number)


def test_an_archives_whole_way_from_the_list_to_the_redirected_page(archive: Archive) -> None:
    source = archive.add_source("https://lists.example/news", name="Lists", now=NOW)
    archive.store_list(
        list_page(headline("Ferry", "https://short.example/1")),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=PageKind.ARTICLE,
        follow_older=False,
    )
    page = reading(article("https://paper.example/ferry", sources={"title": "og:title"}))
    archive.store(
        page,
        asked_url="https://short.example/1",
        claim=claim_one(archive),
        source_id=source.id,
        now=NOW,
    )
    told = archive.explain("https://paper.example/ferry", now=NOW)
    assert [event.what for event in told.events] == ["found", "queued", "settled", "stored"]
    assert ("field title", "from og:title") in told.facts
    assert told.next == ("not again: it was read (https://short.example/1)",)
    assert same(archive.explain("https://short.example/1", now=NOW)) == same(told)
    archive.frontier.add(
        [FrontierEntry(url="https://paper.example/next", kind=PageKind.ARTICLE)], now=NOW
    )
    due = archive.explain("https://paper.example/next", now=NOW)
    assert due.next[0].startswith("due: asked by the next crawl")
    assert due.facts == (("kept", "no: it was not asked for yet"),)


def same(told: Explanation) -> object:
    """Give what does not depend on how it was asked for."""
    return told.events, told.facts, told.next, set(told.keys)
