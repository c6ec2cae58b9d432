"""What is said of a page, from what is known of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from archive.explaining import DeadLink, Traced, Visit, explain, lines, similar
from archive.held import LookupState
from archive.records import Capture, CaptureKind, PageKind, Source, UrlState
from tests.archive.making import HOUR, LIST, NOW

URL = "https://paper.example/ferry"
VISIT = Visit(
    url=URL,
    key="paper.example/ferry",
    kind=PageKind.ARTICLE,
    state=UrlState.DUE,
    due_at=NOW,
    source_id=1,
    found_on=LIST,
    added_at=NOW - HOUR,
    attempts=0,
    claims=0,
    visited_at=None,
    status=None,
    verdict=None,
    reason=None,
    final_url=None,
)
SOURCE = Source(id=1, url=LIST, name="Lists", added_at=NOW)
CAPTURE = Capture(
    url=URL,
    asked_url=URL,
    captured_at=NOW,
    status=301,
    media_type="text/html",
    digest="X",
    kind=CaptureKind.RESPONSE,
    location="https://paper.example/boats",
    file="a.warc.gz",
    offset=0,
    length=1,
)


def known(visit: Visit, **given: Any) -> Traced:
    traced = Traced(asked=URL, visits=(visit,), sources={1: SOURCE})
    return replace(traced, **given)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "due: asked by the next crawl"),
        ({"due_at": NOW + HOUR}, "asked from 2026-11-22 11:00 UTC on"),
        (
            {"state": UrlState.CLAIMED, "due_at": NOW + HOUR},
            "being fetched; given back at 2026-11-22 11:00 UTC",
        ),
        (
            {"state": UrlState.FAILED, "due_at": NOW + HOUR, "attempts": 2},
            "tried again from 2026-11-22 11:00 UTC on, having failed 2 times",
        ),
        ({"state": UrlState.GONE, "due_at": None, "reason": "404 Not Found"}, "never again: 404"),
        (
            {"state": UrlState.REFUSED, "due_at": None, "reason": "robots.txt forbids it"},
            "never again: robots.txt",
        ),
        ({"state": UrlState.DONE, "due_at": None}, "not again: it was read"),
    ],
)
def test_what_comes_next(changed: dict[str, Any], said: str) -> None:
    visit = replace(VISIT, **changed)
    (told,) = explain(known(visit), now=NOW).next
    assert told.startswith(said)
    assert told.endswith(f"({URL})")


@pytest.mark.parametrize(
    ("state", "asked_at", "due_at", "event", "following"),
    [
        (LookupState.WAITING, None, NOW, None, "looked up in the web archive, by the next crawl"),
        (
            LookupState.NONE,
            NOW - HOUR,
            NOW + HOUR,
            "not held, or nothing there that is the article: no memento",
            "looked up again in the web archive, from 2026-11-22 11:00 UTC on",
        ),
        (LookupState.FOUND, NOW - HOUR, None, "held: its memento is stored: no memento", None),
    ],
)
def test_a_dead_link_tells_its_look_ups(
    state: LookupState,
    asked_at: datetime | None,
    due_at: datetime | None,
    event: str | None,
    following: str | None,
) -> None:
    gone = replace(VISIT, state=UrlState.GONE, due_at=None, reason="404 Not Found")
    link = DeadLink(url=URL, state=state, due_at=due_at, asked_at=asked_at, reason="no memento")
    told = explain(known(gone, dead_links=(link,)), now=NOW)
    looked = [each.said for each in told.events if each.what == "looked up"]
    assert looked == ([f"in the web archive, {event} ({URL})"] if event else [])
    assert told.next[0] == f"never again at its own address: 404 Not Found ({URL})"
    assert told.next[1:] == ((f"{following} ({URL})",) if following else ())


def test_a_paused_source_keeps_its_pages_waiting() -> None:
    paused = replace(SOURCE, paused=True)
    (told,) = explain(known(VISIT, sources={1: paused}), now=NOW).next
    assert "by a crawl that names its source, which is paused" in told


def test_a_list_comes_by_its_own_rhythm() -> None:
    visit = replace(VISIT, kind=PageKind.LIST, state=UrlState.DONE, due_at=None, visited_at=NOW)
    later = explain(known(visit, lists={1: NOW + HOUR}), now=NOW)
    assert later.next[0].startswith("list due from 2026-11-22 11:00 UTC on")
    assert ("kept", "no: it is a list, whose headlines are kept") in later.facts
    assert explain(known(visit, lists={1: NOW}), now=NOW).next[0].startswith("list due: visited")


def test_events_are_in_order_of_time() -> None:
    visit = replace(
        VISIT,
        state=UrlState.FAILED,
        visited_at=NOW + HOUR,
        status=200,
        verdict="consent-wall",
        reason="a cookie wall",
        claims=3,
        final_url="https://consent.example/",
    )
    told = explain(known(visit, captures=(CAPTURE,)), now=NOW)
    assert [event.what for event in told.events] == ["queued", "answered", "settled"]
    hasty = replace(visit, visited_at=NOW)
    late = replace(CAPTURE, captured_at=NOW + timedelta(microseconds=9))
    told_of_one_second = explain(known(hasty, captures=(late,)), now=NOW).events
    assert [event.what for event in told_of_one_second] == ["queued", "answered", "settled"]
    queued, answered, settled = (event.said for event in told.events)
    assert queued == f"to be fetched as article, found on {LIST} through Lists"
    assert answered.startswith("301 to https://paper.example/boats text/html")
    assert settled == (
        "failed, status 200, read as consent-wall, a cookie wall, asked 3 times in all, "
        f"at https://consent.example/ ({URL})"
    )
    assert told.facts == (("kept", "no: a cookie wall"),)
    assert list(lines(told))[1].startswith("2026-11-22 09:00:00 queued: to be fetched")


def test_what_was_forgotten_does_not_come_back() -> None:
    told = explain(known(VISIT, forgotten_at=NOW), now=NOW + timedelta(days=1))
    assert told.events[-1].what == "forgotten"
    assert told.next[0].startswith("never again: it was forgotten")


def test_around_a_page_that_is_not_known() -> None:
    robots = replace(CAPTURE, url="https://paper.example/robots.txt", status=200, location=None)
    told = explain(
        Traced(
            asked="https://paper.example/fery",
            host="paper.example",
            at_host={"done": 3, "gone": 1},
            robots=robots,
            candidates=(URL, "https://paper.example/quite/another"),
        ),
        now=NOW,
    )
    assert not told.is_known
    assert told.facts == (
        ("host", "pages of paper.example: 3 done, 1 gone"),
        ("robots.txt", "answered 200 on 2026-11-22 (a.warc.gz)"),
        ("similar", URL),
    )
    assert list(lines(told))[1] == "nothing is known of it"


def test_what_is_similar_is_bounded() -> None:
    many = [f"https://paper.example/story-{number}" for number in range(100)]
    assert len(similar("https://paper.example/story-1", many)) == 5
    assert similar("https://else.example/", many) == []
