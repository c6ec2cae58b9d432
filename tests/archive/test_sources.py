"""Sources in the order of their making, found by what people call them."""

import pytest

from archive import Archive
from archive.errors import NotFound, UsageError
from archive.records import Door, DoorKind, FrontierEntry, PageKind, Source, UrlState
from tests.archive.making import (
    HOUR,
    LEASE,
    NOW,
    article,
    claim_one,
    headline,
    list_page,
    reading,
)


def test_a_name_comes_before_an_address_and_an_id_before_both(archive: Archive) -> None:
    first = archive.add_source("https://one.example/", now=NOW)
    second = archive.add_source("https://two.example/", name="https://one.example/", now=NOW)
    third = archive.add_source("https://three.example/", name="2", now=NOW)
    assert archive.source("https://one.example/") == second
    assert archive.source("2") == second
    assert archive.sources() == (first, second, third)


def test_a_source_without_a_name_keeps_the_one_it_had(archive: Archive) -> None:
    archive.add_source("https://one.example/", name="One", now=NOW)
    assert archive.add_source("https://one.example/", now=NOW).name == "One"


def test_a_source_is_renamed_paused_and_resumed(archive: Archive, source: Source) -> None:
    archive.rename_source(source, "Other")
    archive.pause_source(source, paused=True)
    held = archive.source("Other")
    assert (held.id, held.paused) == (source.id, True)
    archive.pause_source(held, paused=False)
    assert not archive.source("Other").paused
    with pytest.raises(UsageError, match="empty"):
        archive.rename_source(source, " ")


def test_a_moved_source_is_visited_at_its_new_address(archive: Archive, source: Source) -> None:
    archive.frontier.make_due(archive.entry_of(source), now=NOW)
    moved = "https://lists.example/all-news"
    archive.frontier.add([FrontierEntry(url=moved, kind=PageKind.ARTICLE)], now=NOW)
    archive.move_source(source, moved)
    archive.frontier.make_due(archive.entry_of(archive.source(moved)), now=NOW)
    (claim,) = archive.frontier.claim(5, now=NOW, lease=LEASE)
    assert (claim.url, claim.kind, claim.source_id) == (moved, PageKind.LIST, source.id)
    other = archive.add_source("https://two.example/", now=NOW)
    for url, reason in (("https://two.example/", f"source {other.id}"), ("two", "web address")):
        with pytest.raises(UsageError, match=reason):
            archive.move_source(source, url)


def test_what_a_removed_source_led_to_stays(archive: Archive, source: Source) -> None:
    kept, bare = headline("Kept", "https://paper.example/ferry"), headline("Bare")
    for hours, lines in enumerate(([kept], [bare, kept], [bare])):
        archive.store_list(
            list_page(*lines),
            source_id=source.id,
            claim=None,
            now=NOW + hours * HOUR,
            follow=PageKind.ARTICLE,
            follow_older=False,
        )
    url = "https://paper.example/ferry"
    archive.store(reading(article(url)), asked_url=url, claim=None, source_id=source.id, now=NOW)
    archive.remove_source(source, now=NOW)
    assert archive.sources() == ()
    assert archive.source_summaries() == ()
    assert archive.status().sources == 0
    with pytest.raises(NotFound):
        archive.source(source.url)
    assert archive.frontier.claim(5, now=NOW, lease=LEASE) == ()
    assert [held.headline.title for held in archive.article(1).headlines] == ["Kept"]
    assert archive.search("bare").total == 0
    assert archive.changes() == ()
    again = archive.add_source(source.url, now=NOW)
    assert (again.id, archive.sources()) == (source.id, (again,))


FEED = Door(kind=DoorKind.FEED, url="https://one.example/feed.xml?utm_source=x")
PAGE = Door(kind=DoorKind.LIST, url="https://one.example/")


def test_a_source_is_read_through_its_door(archive: Archive) -> None:
    source = archive.add_source("https://one.example/", door=FEED, now=NOW)
    assert source.door == Door(kind=DoorKind.FEED, url="https://one.example/feed.xml")
    assert archive.entry_of(source).url == "https://one.example/feed.xml"
    assert archive.source("https://one.example/") == source
    again = archive.add_source("https://one.example/", name="One", now=NOW)
    assert again.door == source.door


def test_a_door_may_be_taken_back(archive: Archive) -> None:
    archive.add_source("https://one.example/", door=FEED, now=NOW)
    source = archive.add_source("https://one.example/", door=PAGE, now=NOW)
    assert source.door is None
    assert archive.entry_of(source).url == "https://one.example/"


def test_pages_behind_the_former_door_are_not_fetched_any_more(archive: Archive) -> None:
    source = archive.add_source("https://one.example/", now=NOW)
    article = FrontierEntry(url="https://one.example/a", kind=PageKind.POST, source_id=source.id)
    older = FrontierEntry(url="https://one.example/2", kind=PageKind.LIST, source_id=source.id)
    archive.frontier.add([article, older], now=NOW)
    archive.add_source("https://one.example/", door=PAGE, now=NOW)
    assert archive.frontier.claimable(now=NOW) == 2
    archive.add_source("https://one.example/", door=FEED, now=NOW)
    assert claim_one(archive).url == article.url
    assert archive.frontier.claimable(now=NOW) == 0
    assert not archive.frontier.failures()


def test_the_last_visit_is_that_of_the_door(archive: Archive) -> None:
    source = archive.add_source("https://one.example/", door=FEED, now=NOW)
    archive.frontier.make_due(archive.entry_of(source), now=NOW)
    archive.frontier.done(claim_one(archive), now=NOW, reason="read")
    (summary,) = archive.source_summaries()
    assert (summary.last_visit, summary.last_reason) == (NOW, "read")


def test_one_list_is_not_read_by_two_sources(archive: Archive) -> None:
    archive.add_source("https://one.example/", door=FEED, now=NOW)
    with pytest.raises(UsageError, match="source 1"):
        archive.add_source("https://two.example/", door=FEED, now=NOW)
    assert len(archive.sources()) == 1


def test_a_door_that_is_no_address_is_refused(archive: Archive) -> None:
    with pytest.raises(UsageError, match="no web address"):
        archive.add_source(
            "https://one.example/", door=Door(kind=DoorKind.FEED, url="feed.xml"), now=NOW
        )


def test_a_list_is_due_until_it_was_visited_and_then_by_its_rhythm(archive: Archive) -> None:
    daily = archive.add_source("https://daily.example/", now=NOW)
    archive.add_source("https://paused.example/", now=NOW, paused=True)
    archive.add_source("file:list.txt", now=NOW)
    assert archive.next_visits(now=NOW) == {daily.id: None}
    archive.frontier.make_due(archive.entry_of(daily), now=NOW)
    assert archive.next_visits(now=NOW) == {daily.id: NOW}
    lines = (headline(f"Title {n}", published=f"2026-11-{n:02}") for n in range(1, 22))
    claim = claim_one(archive)
    archive.store_list(
        list_page(*lines, url=daily.url),
        source_id=daily.id,
        claim=claim,
        now=NOW,
        follow=None,
        follow_older=False,
    )
    (planned,) = archive.next_visits(now=NOW).values()
    assert planned is not None
    assert 5 * HOUR < planned - NOW < 6 * HOUR


def test_a_list_that_failed_is_due_when_the_frontier_says(archive: Archive) -> None:
    source = archive.add_source("https://daily.example/", now=NOW)
    archive.frontier.make_due(archive.entry_of(source), now=NOW)
    archive.frontier.failed(
        claim_one(archive), now=NOW, state=UrlState.FAILED, reason="500", retry_at=NOW + HOUR
    )
    assert archive.next_visits(now=NOW) == {source.id: NOW + HOUR}
