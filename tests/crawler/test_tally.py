"""What a crawl counts."""

from dataclasses import replace
from datetime import date

import pytest

from archive.records import Decision, DecisionKind, ListOutcome, PageKind, VerdictKind
from crawler.items import Failed
from crawler.tally import Tally
from tests.crawler.made import NOON, claim, fetched, headline, list_page, reading


def decision(kind: DecisionKind) -> Decision:
    return Decision(kind=kind, article_id=1, reason="so")


def test_lists_are_counted_with_the_oldest_day_they_reach() -> None:
    tally = Tally()
    page = list_page(headline(0, day=8), headline(1, day=2), headline(2, day=None))
    tally.listed(claim(PageKind.LIST), page, ListOutcome(found=3, new=2, queued=2), None)
    other = replace(claim(PageKind.LIST), source_id=2)
    tally.listed(other, list_page(headline(0, day=5)), ListOutcome(found=1, new=0, queued=0), "so")
    assert (tally.list_pages, tally.headlines, tally.new_headlines) == (2, 4, 2)
    assert [of_list.ended for of_list in tally.lists.values()] == [None, "so"]
    assert tally.oldest == date(2024, 11, 2)


def test_duplicates_are_stored_articles_and_unchanged_ones_are_not() -> None:
    tally = Tally()
    for kind in DecisionKind:
        tally.read(fetched(), reading(), decision(kind))
    assert tally.stored == 2
    assert tally.pages == len(DecisionKind)
    assert tally.troubles == []


def test_what_is_no_article_is_counted_by_its_verdict() -> None:
    tally = Tally()
    tally.read(fetched(), reading(VerdictKind.LIST), None)
    assert tally.others == {"list": 1}
    assert tally.troubles == []


def test_a_wall_and_an_error_are_troubles_with_their_reason() -> None:
    tally = Tally()
    tally.read(fetched(), reading(VerdictKind.CONSENT), None)
    tally.read(fetched(status=404), reading(VerdictKind.ERROR), None)
    assert [t.reason for t in tally.troubles] == ["it is a consent-wall", "it is a http-error"]


def test_of_many_troubles_the_first_are_kept_and_all_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("crawler.tally.TROUBLES_KEPT", 3)
    tally = Tally()
    for n in range(6):
        item = Failed(claim=claim(PageKind.POST), failed_at=NOON, reason=str(n), refused=n == 5)
        tally.failed(item)
    tally.failed(Failed(claim=claim(PageKind.LIST), failed_at=NOON, reason="host not found"))
    assert [t.reason for t in tally.troubles] == ["0", "1", "2", "host not found"]
    assert (tally.failures, tally.refusals) == (6, 1)
    assert len(tally.broken_lists) == 1


def test_a_list_that_could_not_be_had_is_broken() -> None:
    tally = Tally()
    tally.failed(Failed(claim=claim(PageKind.POST), failed_at=NOON, reason="refused"))
    older = replace(claim(PageKind.LIST), found_on="http://wire.example/")
    tally.failed(Failed(claim=older, failed_at=NOON, reason="gone"))
    assert tally.broken_lists == []
    tally.failed(Failed(claim=claim(PageKind.LIST), failed_at=NOON, reason="host not found"))
    assert [t.reason for t in tally.broken_lists] == ["host not found"]
