"""What a crawl's record says of one source."""

from dataclasses import replace

import pytest

from archive.health import ListTrouble, Visit
from archive.records import (
    Claim,
    Decision,
    DecisionKind,
    ListOutcome,
    PageKind,
    VerdictKind,
)
from crawler.accounts import KINDS, OTHER, Account, kind_of, trouble_of
from crawler.items import Failed
from tests.crawler.made import NOON, claim, fetched, headline, list_page, reading

FIRST = claim(PageKind.LIST)
OLDER = replace(FIRST, found_on="http://wire.example/")


def failed(of: Claim = FIRST, reason: str = "host not found", **more: object) -> Failed:
    return replace(Failed(claim=of, failed_at=NOON, reason=reason), **more)  # type: ignore[arg-type]  # fields by name


def visit(account: Account) -> Visit:
    return account.visit(NOON)


def test_a_lists_pages_are_counted_and_the_first_by_itself() -> None:
    account = Account()
    page = list_page(headline(0), headline(1, day=None), headline(2))
    account.listed(FIRST, page, ListOutcome(found=3, new=2, queued=2))
    account.listed(OLDER, list_page(headline(3)), ListOutcome(found=1, new=1, queued=1))
    assert visit(account) == Visit(
        at=NOON, list_pages=2, pages=2, headlines=4, first_page=3, undated=1, new_headlines=3
    )


def test_an_unchanged_list_was_visited_and_not_read() -> None:
    account = Account()
    account.unchanged(FIRST)
    assert visit(account) == Visit(at=NOON, list_pages=1, unchanged_lists=1, pages=1)
    assert visit(account).is_of_list


def test_an_index_without_headlines_has_no_first_page_to_compare() -> None:
    account = Account()
    account.listed(FIRST, list_page(), ListOutcome(found=0, new=0, queued=0))
    assert visit(account).first_page is None


@pytest.mark.parametrize(
    ("item", "trouble"),
    [
        (failed(), ListTrouble.UNREACHABLE),
        (failed(instead=VerdictKind.ERROR), ListTrouble.UNREACHABLE),
        (failed(instead=VerdictKind.EMPTY), ListTrouble.EMPTY),
        (failed(instead=VerdictKind.ARTICLE), ListTrouble.EMPTY),
        (failed(instead=VerdictKind.JAVASCRIPT), ListTrouble.EMPTY),
        (failed(instead=VerdictKind.CONSENT), ListTrouble.WALL),
        (failed(instead=VerdictKind.CHALLENGE), ListTrouble.WALL),
        (failed(refused=True), ListTrouble.OURS),
        (failed(broke=True), ListTrouble.OURS),
    ],
)
def test_a_list_that_brings_nothing_does_it_in_one_of_these_ways(
    item: Failed, trouble: ListTrouble
) -> None:
    account = Account()
    account.brought_nothing(item)
    assert trouble_of(item) is visit(account).list_trouble is trouble
    assert visit(account).list_reason == item.reason


def test_an_older_page_that_fails_is_no_trouble_of_the_list() -> None:
    account = Account()
    account.brought_nothing(failed(OLDER))
    assert visit(account).list_trouble is None
    assert visit(account).failed == 1


def test_a_list_that_answers_with_an_error_or_a_wall_is_in_trouble() -> None:
    for kind, trouble in (
        (VerdictKind.ERROR, ListTrouble.UNREACHABLE),
        (VerdictKind.CHALLENGE, ListTrouble.WALL),
    ):
        account = Account()
        account.read(fetched(kind=PageKind.LIST, status=403), reading(kind), None)
        assert visit(account).list_trouble is trouble
        assert visit(account).first_tries == visit(account).walls == 0


def test_a_list_that_is_had_at_the_second_try_is_no_trouble() -> None:
    account = Account()
    account.brought_nothing(failed())
    account.listed(FIRST, list_page(headline()), ListOutcome(found=1, new=1, queued=1))
    assert visit(account).list_trouble is visit(account).list_reason is None


def test_articles_are_counted_by_what_storing_them_did() -> None:
    account = Account()
    for kind in DecisionKind:
        account.read(fetched(), reading(), Decision(kind=kind, article_id=1, reason="so"))
    held = visit(account)
    assert (held.new_articles, held.changed_articles, held.unchanged_articles) == (2, 1, 1)
    assert held.failed == held.walls == 0


def test_a_wall_counts_when_its_page_is_first_asked_for() -> None:
    account = Account()
    account.read(fetched(), reading(VerdictKind.PAYWALL), None)
    again = replace(fetched(), claim=replace(claim(), attempts=2))
    account.read(again, reading(VerdictKind.PAYWALL), None)
    assert (visit(account).first_tries, visit(account).walls) == (1, 1)


def test_failures_are_told_apart_by_kind() -> None:
    account = Account()
    account.read(fetched(status=404), reading(VerdictKind.ERROR), None)
    account.read(fetched(status=404), reading(VerdictKind.ERROR), None)
    account.read(fetched(), reading(VerdictKind.CONSENT), None)
    account.brought_nothing(failed(claim()))
    account.brought_nothing(failed(claim(), "robots.txt forbids it", refused=True))
    held = visit(account)
    assert held.failures == {
        "HTTP 404": 2,
        "consent-wall": 1,
        "host not found": 1,
        "robots.txt forbids it": 1,
    }
    assert (held.failed, held.refused) == (4, 1)


def test_kinds_beyond_the_first_are_summed_up() -> None:
    account = Account()
    for n in range(KINDS + 5):
        account.brought_nothing(failed(claim(), f"reason {n}"))
    assert visit(account).failures[OTHER] == 5
    assert sum(visit(account).failures.values()) == KINDS + 5


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("no headlines found: it is empty", "no headlines found"),
        (
            "redirected to ftp://a.example/, which is not fetched",
            "redirected to what is not fetched",
        ),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_kind_names_no_address(reason: str, kind: str) -> None:
    assert kind_of(reason) == kind


def test_bytes_and_seconds_add_up() -> None:
    account = Account()
    account.transferred(100, 0.5)
    account.transferred(50, 0.25)
    assert (visit(account).bytes, visit(account).seconds) == (150, 0.75)
