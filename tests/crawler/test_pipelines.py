"""What happens between a fetched page and the archive; decisions only, storing is tested in run."""

from dataclasses import replace
from datetime import timedelta

import pytest

from archive.records import PageKind, VerdictKind
from crawler.items import Failed, ReadList, ReadPage
from crawler.pipelines import is_no_list, next_try, no_list, second_hop
from tests.crawler.made import NOON, claim, fetched, list_page, reading


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
