"""What happens between a fetched page and the archive; decisions only, storing is tested in run."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest

from archive.records import DoorKind, ListPage, ListPart, PageKind, PageReading, VerdictKind
from crawler.items import Failed, Fetched, ReadList, ReadPage
from crawler.pipelines import (
    ReadPipeline,
    is_no_list,
    is_past_the_end,
    next_try,
    no_list,
    second_hop,
)
from crawler.readers import Readers, Unreadable
from tests.crawler.made import NOON, claim, fetched, list_page, reading

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


def read(kind: PageKind = PageKind.POST, *, original: str | None) -> ReadPage:
    return ReadPage(fetched=fetched(kind=kind), reading=reading(original=original))


def test_a_post_leads_on_to_the_page_it_credits() -> None:
    entry = second_hop(read(original="http://paper.example/story"))
    assert entry is not None
    assert entry.url == "http://paper.example/story"
    assert entry.kind is PageKind.ARTICLE
    assert entry.found_on == "http://wire.example/a"


@pytest.mark.parametrize(
    "original", [None, "http://wire.example/a", "https://www.wire.example/a#top"]
)
def test_nothing_follows_without_another_page(original: str | None) -> None:
    assert second_hop(read(original=original)) is None


def test_a_chain_of_credits_ends_at_the_publisher() -> None:
    assert second_hop(read(PageKind.ARTICLE, original="http://paper.example/story")) is None


def failed(*, retry_after: float | None = None, refused: bool = False) -> Failed:
    return Failed(
        claim=claim(), failed_at=NOON, reason="busy", retry_after=retry_after, refused=refused
    )


def test_a_failure_is_tried_again_and_a_refusal_is_not() -> None:
    again = next_try(failed())
    assert again is not None
    assert again > NOON
    assert next_try(failed(refused=True)) is None


def test_a_server_that_asks_for_time_gets_it() -> None:
    asked = next_try(failed(retry_after=400_000))
    assert asked == NOON + timedelta(seconds=400_000)
    assert next_try(failed(retry_after=1)) == next_try(failed())


class Breaking:
    """Readers that every page breaks."""

    async def read_page(self, _fetched: Fetched) -> PageReading:
        raise Unreadable("reading took longer than 30 s")


def test_a_page_that_breaks_its_reader_is_a_failure_with_its_reason() -> None:
    pipeline = ReadPipeline(cast("Crawler", None), cast("Readers", Breaking()))
    page = fetched()
    item = asyncio.run(pipeline.process_item(page))
    assert isinstance(item, Failed)
    assert item.claim == page.claim
    assert (item.reason, item.status) == ("reading took longer than 30 s", 200)
    assert item.failed_at == page.captured_at


def without_headlines(instead: VerdictKind, *, found_on: str | None) -> ReadList:
    page = fetched(kind=PageKind.LIST)
    return ReadList(
        fetched=replace(page, claim=replace(page.claim, found_on=found_on)),
        page=list_page(),
        instead=reading(instead).verdict,
    )


def test_a_list_without_headlines_says_what_it_is_instead() -> None:
    page = without_headlines(VerdictKind.CHALLENGE, found_on=None)
    assert is_no_list(page)
    assert no_list(page).reason == "no headlines found: it is a bot-challenge"


@pytest.mark.parametrize(
    ("instead", "found_on", "expected"),
    [
        (VerdictKind.EMPTY, None, True),
        (VerdictKind.EMPTY, "http://wire.example/", False),
        (VerdictKind.CONSENT, "http://wire.example/", True),
    ],
)
def test_an_older_page_without_headlines_is_an_end_but_a_wall_is_none(
    instead: VerdictKind, found_on: str | None, expected: bool
) -> None:
    assert is_no_list(without_headlines(instead, found_on=found_on)) is expected


def through(
    door: DoorKind | None, *, status: int = 200, found_on: str | None = "http://wire.example/"
) -> Fetched:
    page = fetched(kind=PageKind.LIST, status=status)
    return replace(page, door=door, claim=replace(page.claim, found_on=found_on))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (through(DoorKind.FEED, status=404), True),
        (through(DoorKind.WORDPRESS, status=400), True),
        (through(DoorKind.FEED, status=404, found_on=None), False),
        (through(DoorKind.FEED, status=503), False),
        (through(DoorKind.SITEMAP, status=404), False),
        (through(DoorKind.LIST, status=404), False),
    ],
)
def test_a_feed_is_counted_through_until_its_server_has_no_page(
    page: Fetched, expected: bool
) -> None:
    assert is_past_the_end(ReadPage(fetched=page, reading=reading())) is expected


class FakeReaders(Readers):
    """Reads every list as the same page, and every page as a consent wall or what it is told."""

    def __init__(self, page: ListPage, kind: VerdictKind) -> None:
        self.page, self.kind = page, kind

    async def read_list(
        self, fetched: Fetched, known_publishers: Mapping[str, str] = {}
    ) -> ListPage:
        return self.page

    async def read_page(self, fetched: Fetched) -> PageReading:
        return reading(self.kind)


def read_list(
    page: Fetched, *, read_as: ListPage | None = None, kind: VerdictKind = VerdictKind.CONSENT
) -> ReadList:
    readers = FakeReaders(read_as or list_page(), kind)
    # The crawler brings the spider's archive, which reading does not look at.
    pipeline = ReadPipeline(cast("Crawler", None), readers)
    item = asyncio.run(pipeline.process_item(page))
    assert isinstance(item, ReadList)
    return item


@pytest.mark.parametrize(
    ("page", "kind", "reason"),
    [
        (through(DoorKind.FEED), VerdictKind.CONSENT, "no feed came, but a page"),
        (through(DoorKind.FEED), VerdictKind.ERROR, "no feed came, but a page"),
        (through(DoorKind.LIST), VerdictKind.CONSENT, "it is a consent-wall"),
    ],
)
def test_a_wall_in_the_place_of_a_list_is_no_end_of_it(
    page: Fetched, kind: VerdictKind, reason: str
) -> None:
    item = read_list(page, kind=kind)
    assert is_no_list(item)
    assert not is_past_the_end(item)
    assert reason in no_list(item).reason


def test_an_article_in_the_place_of_a_feed_is_no_end_of_it_either() -> None:
    assert is_no_list(read_list(through(DoorKind.FEED), kind=VerdictKind.ARTICLE))


def test_an_empty_feed_is_an_end_behind_another_page_and_a_failure_by_itself() -> None:
    body = b"<rss><channel></channel></rss>"
    assert is_past_the_end(read_list(replace(through(DoorKind.FEED), body=body)))
    alone = read_list(replace(through(DoorKind.FEED, found_on=None), body=body))
    assert is_no_list(alone)
    assert "no entries" in no_list(alone).reason


def test_a_list_that_a_script_draws_is_said_to_be_one() -> None:
    drawn = replace(list_page(), needs_javascript=True)
    item = read_list(through(DoorKind.LIST, found_on=None), read_as=drawn)
    assert "backfile add" in no_list(item).reason


def test_an_index_needs_no_headlines() -> None:
    index = replace(list_page(), parts=(ListPart(url="http://wire.example/1.xml"),))
    assert read_list(through(DoorKind.SITEMAP), read_as=index).instead is None
