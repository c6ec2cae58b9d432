"""What the commands say."""

from dataclasses import replace

import pytest

from archive.held import Resolution, Resolved, StoredHeadline
from archive.records import (
    Decision,
    DecisionKind,
    LeftOut,
    ListOutcome,
    PageKind,
    Source,
    VerdictKind,
)
from crawler.asking import MOST_REQUESTS, Answers, Asked
from crawler.items import Failed
from crawler.job import Resolving
from crawler.reports import (
    asked_lines,
    headline_lines,
    left_out_lines,
    paused_lines,
    reading_lines,
    reading_row,
    resolved_lines,
    summary_lines,
    summary_row,
)
from crawler.resolve import Plan, Site, Visit
from crawler.tally import Tally
from tests.crawler.made import NOON, claim, fetched, headline, list_page, reading


def test_a_list_is_shown_with_dates_links_and_what_is_unsure() -> None:
    page = list_page(headline(0), headline(1, day=None, title="Cells rest"))
    lines = list(headline_lines(page))
    assert lines[0] == "2024-11-08  Cells mend"
    assert lines[1].strip() == "http://wire.example/0"
    assert lines[2] == "no date     Cells rest"
    assert lines[-1] == "2 headlines, 1 dated"


def test_an_article_is_shown_with_its_verdict_and_the_fields_it_has() -> None:
    lines = list(reading_lines(reading(original="http://paper.example/a")))
    assert lines[:4] == [
        "verdict: article (it is a article)",
        "original: http://paper.example/a",
        "title: Cells mend",
        "byline: Ada Frey",
    ]
    assert lines[-1] == "One.\n\nTwo."


def test_what_is_no_article_is_shown_with_its_reason_alone() -> None:
    wall = reading(VerdictKind.CONSENT)
    assert list(reading_lines(wall)) == ["verdict: consent-wall (it is a consent-wall)"]
    assert reading_row(wall)["reason"] == "it is a consent-wall"


@pytest.fixture
def tally() -> Tally:
    tally = Tally()
    tally.listed(
        claim(PageKind.LIST),
        list_page(headline()),
        ListOutcome(found=1, new=1, queued=1),
        "its end",
    )
    for kind in (DecisionKind.NEW, DecisionKind.DUPLICATE):
        tally.read(fetched(), reading(), Decision(kind=kind, article_id=1, reason="so"))
    tally.failed(Failed(claim=claim(), failed_at=NOON, reason="robots.txt", refused=True))
    for _ in range(11):
        tally.failed(Failed(claim=claim(PageKind.LIST), failed_at=NOON, reason="host not found"))
    return tally


def test_the_summary_counts_and_names_the_failures(tally: Tally) -> None:
    lines = list(summary_lines(tally, {1: "Cell news"}))
    assert lines[0] == "fetched     0 pages"
    assert lines[1] == "lists       1 page read, back to 2024-11-08"
    assert lines[2] == "  Cell news: 1 headline (1 new) back to 2024-11-08; ended: its end"
    assert lines[3] == "headlines   1 found, 1 new"
    assert lines[4] == "articles    2 new (1 with a text that another has too)"
    assert lines[5] == "failed      11, 1 refused"
    assert lines[6] == "  robots.txt: http://wire.example/a"
    assert lines[-1] == "  and 2 more; `backfile status` counts them"


def test_a_crawl_that_brought_nothing_says_so() -> None:
    assert list(summary_lines(Tally(), {}))[-1].startswith("nothing new")


def test_what_a_crawl_leaves_due_is_said() -> None:
    (*_, last) = summary_lines(Tally(), {}, left=7)
    assert last.startswith("left        7 pages due still")
    assert summary_row(Tally(), left=7)["left"] == 7


def test_what_became_of_dead_links_is_said() -> None:
    tally = Tally(mementos=3, not_archived=1, lookup_trouble="no answer in time")
    (said,) = [line for line in summary_lines(tally, {}, lookups_left=9) if "dead" in line]
    assert said == (
        "dead links  3 read from the web archive, 1 not there, 9 to look up by the next crawls; "
        "no answer in time"
    )
    assert summary_row(tally, lookups_left=9)["dead_links"] == {
        "mementos": 3,
        "not_archived": 1,
        "left": 9,
        "trouble": "no answer in time",
    }
    assert not [line for line in summary_lines(Tally(), {}) if "dead" in line]


def test_the_summary_as_json_has_every_trouble(tally: Tally) -> None:
    row = summary_row(tally)
    assert row["articles"] == {"new": 1, "changed": 0, "unchanged": 0, "duplicate": 1}
    assert len(row["troubles"]) == 12


def test_nothing_of_a_page_reaches_the_terminal_as_a_command() -> None:
    page = list_page(headline(title="Cells \x1b[31mmend\x07\u202e"))
    assert all(char.isprintable() for line in headline_lines(page) for char in line)


LEFT_OUT = (
    LeftOut(what="lines", count=7, reason="no date", lines=tuple(f"line {n}" for n in range(7))),
    LeftOut(what="entries", count=1, reason="no title", at_least=True),
)


def test_what_was_left_out_is_said_with_its_first_lines() -> None:
    assert list(left_out_lines(LEFT_OUT)) == [
        "left out: 7 lines (no date)",
        *(f"  line {n}" for n in range(5)),
        "  and 2 more",
        "left out: at least 1 entry (no title)",
    ]


def test_a_summary_says_what_the_lists_left_out() -> None:
    tally = Tally()
    page = replace(list_page(headline(0)), left_out=LEFT_OUT)
    for _ in range(2):
        tally.listed(claim(PageKind.LIST), page, ListOutcome(found=1, new=1, queued=1), None)
    assert "    left out: 14 lines (no date)" in list(summary_lines(tally, {}))
    told = summary_row(tally)["lists"][0]["left_out"]
    assert [(one["count"], one["at_least"]) for one in told] == [(14, False), (2, True)]


def test_what_resolve_did_not_ask_for_is_said() -> None:
    visit = Visit(key="post.example", site=Site(url="https://post.example/"), headlines=())
    plan = Plan(visits=(visit,), homeless=1, asked_today=2, waiting=3)
    answers = Answers(sites=(Asked(visit=visit, requests=MOST_REQUESTS),))
    lines = list(asked_lines(plan, answers))
    assert lines[0] == f"asked 1 site for 0 headlines: {MOST_REQUESTS} requests"
    assert "post.example was asked as much as one run may" in lines[1]
    assert [line.partition(" not asked for")[0] for line in lines[2:]] == [
        "2 headlines",
        "3 headlines",
        "1 headline",
    ]
    assert list(asked_lines(Plan(visits=()), None)) == []


def test_what_a_paused_source_keeps_from_being_fetched_is_said() -> None:
    def found(source_id: int, *, to_fetch: bool = True) -> Resolved:
        held = StoredHeadline(
            id=source_id,
            source_id=source_id,
            headline=headline(),
            first_seen=NOON,
            last_seen=NOON,
            article_id=None,
        )
        resolution = Resolution(headline_id=source_id, url="http://a/", score=1.0, evidence="exact")
        return Resolved(held=held, resolution=resolution, to_fetch=to_fetch)

    sources = [
        Source(id=n, url=url, name=None, added_at=NOON, paused=paused)
        for n, url, paused in (
            (1, "urn:x", True),
            (2, "http://b/", True),
            (3, "http://c/", False),
            (4, "http://d/", True),
        )
    ]
    done = [found(1), found(2), found(3), found(4, to_fetch=False)]
    assert list(paused_lines(done, sources)) == [
        "1 page found for http://b/, which is paused: `backfile crawl 2` fetches them"
    ]


def test_what_became_of_headlines_without_a_link_is_said() -> None:
    assert list(resolved_lines(Resolving())) == []
    assert list(resolved_lines(Resolving(tried=3, found=1))) == [
        "resolved    1 of 3 headlines without a link"
    ]
    asked = Resolving(tried=3, found=1, asked=2, sites=1, answered=1, fault="asking \x1b ended")
    assert list(resolved_lines(asked)) == [
        "resolved    2 of 3 headlines without a link",
        "  asked 1 site for 2 headlines: 1 found",
        "  asking ended",
    ]
