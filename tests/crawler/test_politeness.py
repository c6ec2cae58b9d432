"""How hosts are treated, by what they wish and answer."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from crawler.politeness import (
    LONGEST_PATIENCE,
    LONGEST_PENALTY,
    LONGEST_ROBOTS,
    LONGEST_WISH,
    REFUSALS,
    USUAL_PATIENCE,
    BoundedRobots,
    Manners,
    asks_not_to_archive,
    named,
    retry_after,
)
from crawler.run import project_settings
from tests.crawler.made import NOON

HOST = "paper.example"


def test_of_an_endless_robots_txt_the_beginning_counts() -> None:
    rules = b"User-agent: *\nDisallow: /first\n" + b"Disallow: /b/*/c$\n" * 30_000
    assert len(rules) > LONGEST_ROBOTS
    robots = BoundedRobots(rules + b"Disallow: /last\n", None)
    allowed = [
        robots.allowed(f"http://a.example{path}", "Backfile") for path in ("/first", "/last")
    ]
    assert allowed == [False, True]
    cut_short = BoundedRobots(b"User-agent: *\nDisallow: /no\n" + b"Disallow: /" * 60_000, None)
    assert cut_short.allowed("http://a.example/", "Backfile")
    assert project_settings({})["ROBOTSTXT_PARSER"] == "crawler.politeness.BoundedRobots"


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Fri, 08 Nov 2024 12:01:00 GMT", 60.0),
        ("Fri, 08 Nov 2024 11:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("\u00b2", None),
        ("31536000", LONGEST_PATIENCE),
        ("9" * 999, LONGEST_PATIENCE),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_PATIENCE),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: float | None) -> None:
    response = Response("http://wire.example/", headers={"Retry-After": value})
    assert retry_after(response, NOON) == seconds


@given(st.text(max_size=40) | st.from_regex(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} .{0,20}"))
def test_no_retry_after_breaks_a_crawl(value: str) -> None:
    raw = value.encode("latin-1", "replace")
    seconds = retry_after(Response("http://wire.example/", headers={"Retry-After": raw}), NOON)
    assert seconds is None or 0 <= seconds <= LONGEST_PATIENCE


@pytest.mark.parametrize(("wish", "pause"), [(None, 0), (0.5, 0.5), (30, 30), (9e9, LONGEST_WISH)])
def test_a_crawl_delay_is_kept_within_reason(wish: float | None, pause: float) -> None:
    manners = Manners()
    manners.wished(HOST, wish)
    assert manners.pause(HOST) == pause


def test_a_refusal_slows_its_host_and_good_answers_make_up_for_it() -> None:
    manners = Manners(usual=2.0)
    pauses = []
    for _ in range(6):
        manners.answered(HOST, 403, patience=None, now=NOON)
        pauses.append(manners.pause(HOST))
    assert pauses == [4, 8, 16, 32, 60, 60]
    for _ in range(6):
        manners.answered(HOST, 200, patience=None, now=NOON)
    assert manners.pause(HOST) < 1
    assert manners.pause("other.example") == 0


@pytest.mark.parametrize(
    ("status", "patience", "seconds"),
    [(429, None, USUAL_PATIENCE), (429, 7, 7), (503, 30, 30), (503, None, 0), (403, None, 0)],
)
def test_a_host_that_asks_for_patience_is_not_asked(
    status: int, patience: float | None, seconds: float
) -> None:
    manners = Manners()
    manners.answered(HOST, status, patience=patience, now=NOON)
    until = NOON + timedelta(seconds=seconds)
    assert manners.waiting(NOON) == ({HOST: until} if seconds else {})
    assert manners.waiting(until) == {}


@given(st.lists(st.sampled_from([200, 404, *REFUSALS]), max_size=50), st.floats(0, 1e6))
def test_no_host_is_kept_waiting_for_ever(statuses: list[int], wish: float) -> None:
    manners = Manners(usual=1.0)
    manners.wished(HOST, wish)
    for status in statuses:
        manners.answered(HOST, status, patience=None, now=NOON)
    assert min(wish, LONGEST_WISH) <= manners.pause(HOST) <= max(LONGEST_WISH, LONGEST_PENALTY)


def test_hosts_are_named_as_the_frontier_names_them() -> None:
    assert named("https://WWW.Paper.example:8080/a") == "www.paper.example"


@pytest.mark.parametrize(
    ("header", "head", "asked"),
    [
        (None, "<title>No archive</title>", False),
        ("noindex, nofollow", "", False),
        ("noindex, noarchive", "", True),
        ("otherbot: noarchive", "", False),
        ("otherbot: noindex, none", "", False),
        ("otherbot: noindex, *: noarchive", "", True),
        ("Backfile: noarchive", "", True),
        ("none", "", True),
        ("max-image-preview:none, max-snippet: -1", "", False),
        ("unavailable_after: 25 Jun 2030 15:00:00 GMT, noarchive", "", True),
        (None, '<meta name="robots" content="index, max-image-preview:none">', False),
        (None, '<meta name="backfile" content="noarchive">', True),
        (None, '<meta name="otherbot" content="noarchive">', False),
        (None, '<meta name="robots" content="index, NOARCHIVE">', True),
        (None, "<META content=none name='robots'>", True),
        (None, '<meta name="description" content="noarchive explained">', False),
    ],
)
def test_what_asks_not_to_be_archived(header: str | None, head: str, asked: bool) -> None:
    headers = {"X-Robots-Tag": header} if header else {}
    page = Response("http://paper.example/", headers=headers, body=head.encode())
    assert asks_not_to_archive(page) is asked
