"""Whom to ask for which headline, and with which words."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from archive.held import StoredHeadline
from archive.records import Door, DoorKind, Headline, ListPart, Source
from crawler import resolve
from crawler.resolve import Plan, Site, Visit
from tests.crawler.made import NOON, headline

RIVER = "https://river.example/news/"
HOMES = {"https://post.example/": "Daily Post", "https://hill.example/": "Hill Letters"}


def source(number: int, url: str = RIVER) -> Source:
    return Source(id=number, url=url, name=None, added_at=NOON)


def held(number: int, publisher: str | None, source_id: int = 1, day: int = 8) -> StoredHeadline:
    line = replace(headline(number, day=day), url=None, publisher=publisher)
    return StoredHeadline(
        id=number,
        source_id=source_id,
        headline=line,
        first_seen=NOON,
        last_seen=NOON,
        article_id=None,
    )


def planned(
    *headlines: StoredHeadline,
    lookups: dict[tuple[int, str], datetime] | None = None,
    most: int = 100,
    sources: tuple[Source, ...] = (source(1, "urn:sha256:00"), source(2)),
) -> Plan:
    return resolve.plan(
        headlines, sources=sources, homes=HOMES, lookups=lookups or {}, most=most, now=NOON
    )


def asked(plan: Plan) -> dict[str, list[int]]:
    return {visit.key: [each.id for each in visit.headlines] for visit in plan.visits}


def test_a_known_publisher_is_asked_and_a_sources_own_site() -> None:
    plan = planned(held(1, "Daily Post"), held(2, "The Hill Letters", 2), held(3, None, 2))
    assert asked(plan) == {"post.example": [1], "hill.example": [2], "river.example": [2, 3]}
    (post, *_) = plan.visits
    assert post == Visit(
        key="post.example",
        site=Site(url="https://post.example/", name="Daily Post"),
        headlines=(held(1, "Daily Post"),),
    )
    assert (plan.headlines, plan.homeless) == (3, 0)


def test_whoever_has_no_site_is_counted() -> None:
    plan = planned(held(1, None), held(2, "Unheard Of"))
    assert (plan.visits, plan.homeless) == ((), 2)


def test_a_source_is_the_site_of_the_publisher_that_its_host_names() -> None:
    page = "https://www.quarry.example/blog/"
    plan = planned(held(1, "Quarry"), sources=(source(1, "urn:x"), source(2, page)))
    assert [visit.site for visit in plan.visits] == [Site(url=page)]


def test_a_sources_page_is_looked_at_before_its_publishers_home() -> None:
    page = "https://post.example/science/"
    (visit,) = planned(held(1, "Daily Post"), sources=(source(1, "urn:x"), source(2, page))).visits
    assert visit.site == Site(url=page, name="Daily Post")


def test_a_sources_door_is_known() -> None:
    door = Door(kind=DoorKind.FEED, url="https://river.example/feed/")
    (visit,) = planned(held(1, None), sources=(replace(source(1), door=door),)).visits
    assert visit.site.door == door


def test_a_site_is_asked_for_a_headline_once_a_day() -> None:
    lookups = {(1, "post.example"): NOON - timedelta(hours=3)}
    assert planned(held(1, "Daily Post"), lookups=lookups).asked_today == 1
    assert planned(held(1, "Daily Post"), lookups=lookups).visits == ()
    again = {(1, "post.example"): NOON - timedelta(hours=13)}
    assert asked(planned(held(1, "Daily Post"), lookups=again)) == {"post.example": [1]}


def test_what_was_never_asked_for_comes_first() -> None:
    lookups = {(n, "post.example"): NOON - timedelta(days=n) for n in (1, 2)}
    plan = planned(*(held(n, "Daily Post") for n in (1, 2, 3)), lookups=lookups, most=2)
    assert asked(plan) == {"post.example": [3, 2]}
    assert plan.waiting == 1


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Study of the harbour seals: a tendon grows in three weeks", "harbour seals tendon grows"),
        ("Abelix Reports Second Quarter 2024 Results", "abelix"),
        ("Financial Results of the First Quarter", "financial results first quarter"),
        ("How tendons grow - Daily Post", "tendons grow"),
        ("Harbour seals lea...", "harbour seals"),
        ("Of the", ""),
    ],
)
def test_the_most_telling_words_are_searched_for(title: str, words: str) -> None:
    assert " ".join(resolve.search_words(headline(title=title))) == words


def test_of_a_damaged_title_fewer_words_are_searched_for() -> None:
    line = replace(headline(title="Harbour seals nave tendon growing islanders"), damaged=True)
    assert resolve.search_words(line) == ("harbour", "islanders")


@pytest.mark.parametrize(
    ("posts", "interface", "search"),
    [
        (
            "https://a.example/wp-json/wp/v2/posts?per_page=100",
            "https://a.example/wp-json/wp/v2/posts?per_page=100&search=two+seals",
            "https://a.example/?s=two+seals&feed=rss2",
        ),
        (
            "https://a.example/blog/?rest_route=/wp/v2/posts",
            "https://a.example/blog/?rest_route=/wp/v2/posts&search=two+seals",
            "https://a.example/blog/?s=two+seals&feed=rss2",
        ),
    ],
)
def test_addresses_of_searches(posts: str, interface: str, search: str) -> None:
    assert resolve.interface_search(posts, ("two", "seals")) == interface
    assert resolve.site_search(posts, ("two", "seals")) == search


def test_of_each_kind_of_door_a_few_are_opened_the_cheapest_first() -> None:
    kinds = (*(DoorKind.SITEMAP,) * 3, DoorKind.WORDPRESS, DoorKind.ITEM_LIST, DoorKind.FEED)
    doors = [Door(kind=kind, url=f"https://a.example/{n}") for n, kind in enumerate(kinds)]
    opened = [door.kind for door in resolve.doors_to_ask(doors)]
    assert opened == [DoorKind.FEED, DoorKind.WORDPRESS, DoorKind.SITEMAP, DoorKind.SITEMAP]


def test_the_parts_that_changed_soonest_after_the_day_are_read() -> None:
    def part(month: int | None) -> ListPart:
        changed = datetime(2024, month, 28, tzinfo=UTC) if month else None
        return ListPart(url=f"https://a.example/{month}.xml", changed=changed)

    parts = [part(month) for month in (11, 10, 9, 8, 7, None)]
    near = resolve.parts_near(parts, [date(2024, 8, 6)])
    assert [each.url[18:] for each in near] == ["8.xml", "9.xml", "10.xml"]
    assert [each.url[18:] for each in resolve.parts_near(parts, [])] == [
        "11.xml",
        "10.xml",
        "9.xml",
    ]
    assert resolve.parts_near(parts[3:5], [date(2024, 11, 1)]) == ()


def test_candidates_bear_the_sites_name_and_made_up_titles_may_go_on() -> None:
    made_up = replace(
        headline(1, title="harbour seals ride"),
        damaged=True,
        raw="https://post.example/harbour-seals-ride",
        url="https://post.example/harbour-seals-ride",
    )
    elsewhere, bare = headline(2), replace(headline(3), url=None)
    found = tuple(
        resolve.as_candidates([made_up, elsewhere, bare], site="post.example", name="Daily Post")
    )
    assert [(each.title, each.publisher) for each in found] == [
        ("harbour seals ride …", "Daily Post"),
        ("Cells mend", None),
    ]
    assert found[0].truncated


def test_what_is_found_need_not_be_looked_for_further() -> None:
    def named(number: int, title: str) -> Headline:
        return replace(headline(number, title=title), publisher="Daily Post")

    title = "Harbour seals learn to ride the morning ferry"
    line = replace(held(1, "Daily Post"), headline=replace(named(1, title), url=None))
    other = replace(held(2, "Daily Post"), headline=replace(named(2, "Seals rest"), url=None))
    assert resolve.unanswered((line, other), [named(7, title)]) == (other,)
    assert resolve.unanswered((line, other), []) == (line, other)
