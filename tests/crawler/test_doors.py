"""Which door is chosen: the same list, further back, with dates and titles; in doubt the page."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from archive.records import (
    Dated,
    DateSource,
    Door,
    DoorKind,
    Headline,
    ListPage,
    ListPart,
    Precision,
)
from crawler.doors import KINDS, View, choose, door_of, is_same_list
from tests.crawler.made import NOON

TODAY = date(2024, 11, 8)
PAGE = "http://paper.example/news/"


def headline(number: int, *, dated: bool = True, damaged: bool = False) -> Headline:
    """The entry of so many days ago."""
    day = TODAY - timedelta(days=number)
    published = Dated(value=day, precision=Precision.DAY, source=DateSource.LIST, raw=str(day))
    return Headline(
        title=f"Sheep {number}",
        raw=f"Sheep {number}",
        list_url=PAGE,
        position=number,
        url=f"http://paper.example/{number}",
        published=published if dated else None,
        damaged=damaged,
    )


def view(
    kind: DoorKind = DoorKind.LIST,
    numbers: range = range(10),
    *,
    older: str | None = None,
    dated: bool = True,
    damaged: bool = False,
) -> View:
    page = ListPage(
        url=PAGE,
        captured_at=NOON,
        headlines=tuple(headline(n, dated=dated, damaged=damaged) for n in numbers),
        older=older,
    )
    return View(door=Door(kind=kind, url=f"{PAGE}{kind}"), page=page)


def drawn_by_script() -> View:
    empty = view(numbers=range(0))
    assert empty.page
    return replace(empty, page=replace(empty.page, needs_javascript=True))


def test_the_page_is_chosen_where_it_is_the_only_door() -> None:
    page = view()
    assert choose([page]).view is page


def test_a_tie_goes_to_the_page() -> None:
    page = view()
    assert choose([page, view(DoorKind.FEED)]).view is page


def test_the_same_list_that_reaches_further_is_chosen() -> None:
    page, feed = view(), view(DoorKind.FEED, range(40))
    choice = choose([page, feed, view(DoorKind.JSON_FEED, range(30))])
    assert choice.view is feed
    assert "2024-09-30" in choice.reason


def test_a_page_that_goes_on_needs_no_other_door() -> None:
    page = view(older=f"{PAGE}2")
    assert choose([page, view(DoorKind.WORDPRESS, range(90), older=f"{PAGE}3")]).view is page


def test_a_door_that_goes_on_reaches_further_than_one_that_ends() -> None:
    feed, posts = view(DoorKind.FEED, range(40)), view(DoorKind.WORDPRESS, range(12), older=PAGE)
    assert choose([view(), feed, posts]).view is posts


def test_another_list_is_not_chosen_however_far_it_reaches() -> None:
    elsewhere = view(DoorKind.FEED, range(100, 200))
    page = view()
    assert choose([page, elsewhere]).view is page


def test_the_feed_of_the_whole_site_is_not_a_categorys() -> None:
    page, site = view(numbers=range(0, 40, 4)), view(DoorKind.FEED, range(80))
    assert not is_same_list(page, site)
    assert choose([page, site]).view is page


def test_a_short_page_is_compared_with_the_time_it_covers() -> None:
    assert is_same_list(view(numbers=range(5)), view(DoorKind.FEED, range(60)))
    assert is_same_list(view(numbers=range(60)), view(DoorKind.FEED, range(5)))
    assert not is_same_list(view(numbers=range(2)), view(DoorKind.FEED, range(60)))


def test_an_undated_page_gives_way_to_a_door_with_dates() -> None:
    feed = view(DoorKind.FEED, range(20))
    choice = choose([view(dated=False), feed])
    assert choice.view is feed
    assert "dates" in choice.reason


@pytest.mark.parametrize(("dated", "damaged"), [(False, False), (True, True)])
def test_a_door_without_dates_or_titles_is_never_chosen_by_itself(
    dated: bool, damaged: bool
) -> None:
    page = view()
    sitemap = view(DoorKind.SITEMAP, range(500), dated=dated, damaged=damaged)
    assert choose([page, sitemap]).view is page


def test_a_list_that_a_script_draws_is_read_through_another_door() -> None:
    feed = view(DoorKind.FEED)
    choice = choose([drawn_by_script(), view(DoorKind.SITEMAP, dated=False), feed])
    assert choice.view is feed
    assert "script" in choice.reason


def test_without_any_headlines_there_is_nothing_to_choose() -> None:
    choice = choose([drawn_by_script(), view(DoorKind.FEED, range(0))])
    assert choice.view is None
    assert "script" in choice.reason
    unread = replace(view(numbers=range(0)), reason="no headlines")
    assert choose([unread]).reason == "no headlines, and no other door was found"


def test_what_is_wanted_is_taken_and_what_is_not_there_is_said() -> None:
    sitemap = view(DoorKind.SITEMAP, dated=False)
    views = [view(older=PAGE), sitemap, view(DoorKind.FEED, range(0))]
    assert choose(views, wanted="sitemap").view is sitemap
    assert choose(views, wanted="list").view is views[0]
    assert choose(views, wanted="wordpress").reason == "no wordpress found"
    assert choose(views, wanted="feed").reason == "the feed holds no headlines"


def test_an_index_is_a_door_even_where_its_newest_part_did_not_come() -> None:
    page = ListPage(url=PAGE, captured_at=NOON, headlines=(), parts=(ListPart(url=f"{PAGE}1"),))
    index = View(door=Door(kind=DoorKind.SITEMAP, url=PAGE), page=page)
    assert index.goes_on
    assert choose([view(), index], wanted="sitemap").view is index


def test_the_oldest_page_counts_for_how_far_back_a_door_goes() -> None:
    posts = view(DoorKind.WORDPRESS, range(10), older=PAGE)
    assert posts.page
    counted = replace(posts.page, total=300)
    deep = replace(posts.page, headlines=(headline(290), headline(299)), older=None)
    whole = replace(posts, page=counted, deep=deep)
    assert (whole.count, whole.goes_on, whole.days[0]) == (300, False, TODAY - timedelta(days=299))


@pytest.mark.parametrize("wanted", [None, *KINDS])
def test_a_door_unseen_is_of_the_kind_that_was_told(wanted: str | None) -> None:
    assert door_of(PAGE, wanted) == Door(kind=DoorKind(wanted or "list"), url=PAGE)
