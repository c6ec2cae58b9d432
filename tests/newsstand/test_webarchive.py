"""The newsstand's web archive answers as RFC 7089 says."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crawler.mementos import accept_datetime, from_timegate, http_date, original_of, without_inserts
from tests.newsstand import Newsstand
from tests.newsstand.client import Reply, fetch

FIRST, SECOND = datetime(2024, 11, 9, tzinfo=UTC), datetime(2025, 3, 1, tzinfo=UTC)


@pytest.fixture
def stand() -> Iterator[Newsstand]:
    with Newsstand(articles=2, lists=1) as running:
        for at in (FIRST, SECOND):
            running.remember(page(running), at)
        yield running


def page(stand: Newsstand) -> str:
    return next(stand.leads()).article


def gate(stand: Newsstand, at: datetime) -> Reply:
    return fetch(stand, stand.timegate + page(stand), {"Accept-Datetime": accept_datetime(at)})


@pytest.mark.parametrize("at", [FIRST, SECOND])
def test_the_timegate_leads_to_the_capture_nearest_the_date(stand: Newsstand, at: datetime) -> None:
    reply = gate(stand, at)
    assert (reply.status, reply.headers["vary"]) == (302, "accept-datetime")
    shown = fetch(stand, reply.headers["location"])
    assert http_date(shown.headers["memento-datetime"]) == at
    known = from_timegate(reply.headers, asked=stand.timegate, status=302, wanted=at)
    assert known is not None
    assert [each.at for each in known.mementos] == sorted(
        (FIRST, SECOND), key=lambda m: abs(m - at)
    )


def test_what_is_replayed_has_a_banner_that_comes_off(stand: Newsstand) -> None:
    live = fetch(stand, page(stand)).body
    url = gate(stand, FIRST).headers["location"]
    shown = fetch(stand, url).body
    assert b"Kept by Keepsake" in shown
    assert stand.timegate.encode() in shown
    assert without_inserts(shown, url=url) == live
    raw = url.replace("/http", "id_/http", 1)
    assert original_of(raw) == page(stand)
    assert fetch(stand, raw).body == live


def test_what_it_does_not_hold_is_missing(stand: Newsstand) -> None:
    for path in ("", "20241109000000/", "timemap/link/"):
        assert fetch(stand, f"{stand.timegate}{path}http://other.example/").status == 404


def test_it_refuses_who_asks_too_often_and_counts_anew(stand: Newsstand) -> None:
    stand.web_archive.limit = 2
    replies = [gate(stand, FIRST) for _ in range(4)]
    assert [reply.status for reply in replies] == [302, 302, 429, 302]
    assert replies[2].headers["retry-after"] == "1"
