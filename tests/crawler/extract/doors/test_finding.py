"""Which doors a page names, and that what comes through one is read as what it is."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import Door, DoorKind
from crawler.extract.doors.finding import find_doors, read_door
from crawler.extract.page import parse_page
from tests.crawler.extract.hostile import HREFS, hrefs, page_with

NOW = datetime(2024, 11, 9, 12, tzinfo=UTC)
URL = "https://paper.example/science/"
RSS = b"<rss><channel><item><title>Sheep climb</title><link>/x</link></item></channel></rss>"
WALL = b"<html><body><h1>Before you go on</h1><p>We value your privacy.</p></body></html>"


def doors(
    head: str = "", body: str = "", *, url: str = URL, robots: str | None = None
) -> list[Door]:
    html = f"<html><head>{head}</head><body>{body}</body></html>".encode()
    return list(find_doors(parse_page(html, url=url, captured_at=NOW), robots=robots))


def places(found: list[Door], kind: DoorKind) -> list[str]:
    return [door.url.removeprefix("https://paper.example") for door in found if door.kind is kind]


def test_declared_feeds_are_found_those_of_the_lists_own_path_first() -> None:
    found = doors(
        '<link rel="alternate" type="application/rss+xml" title="All &amp; more" href="/feed/">'
        '<link rel="alternate" type="application/atom+xml; charset=utf-8" href="/science/atom">'
        '<link rel="alternate" type="application/feed+json" href="/feed.json">'
    )
    assert places(found, DoorKind.FEED) == ["/science/atom", "/feed/"]
    assert places(found, DoorKind.JSON_FEED) == ["/feed.json"]
    assert found[1].title == "All & more"


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/rss+xml" title="Paper Comments Feed" href="/c">',
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">',
        '<link rel="alternate" type="text/html" href="/de/">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:void(0)">',
        '<link rel="stylesheet" type="application/rss+xml" href="/feed">',
    ],
)
def test_what_is_no_feed_of_the_list_is_left_out(link: str) -> None:
    assert doors(link) == []


@pytest.mark.parametrize(
    "href", ["/rss", "feed.xml", "/news.rss", "/feeds/all.atom", "?format=rss"]
)
def test_feeds_that_are_only_linked_are_found(href: str) -> None:
    assert len(places(doors(body=f'<a href="{href}">RSS</a>'), DoorKind.FEED)) == 1


def test_a_directory_of_feeds_and_other_sites_are_no_doors() -> None:
    many = "".join(f'<a href="/{name}/rss">x</a>' for name in "abcdefg")
    assert doors(body=many) == []
    assert doors(body='<a href="https://elsewhere.example/rss">RSS</a>') == []


@pytest.mark.parametrize(
    ("trace", "feed"),
    [
        ('<meta name="generator" content="WordPress 6.6">', "/science/feed/"),
        ('<meta name="Generator" content="Drupal 10">', "/rss.xml"),
        ('<meta name="generator" content="Hugo 0.130">', "/science/index.xml"),
        ('<meta name="generator" content="Ghost 5.9">', "/rss/"),
        (
            '<meta name="generator" content="Joomla! - Open Source">',
            "/science/?format=feed&type=rss",
        ),
        ('<meta name="generator" content="blogger">', "/feeds/posts/default"),
        ('<script src="/wp-includes/js/x.js"></script>', "/science/feed/"),
    ],
)
def test_a_site_of_a_known_making_has_its_feed_where_they_have(trace: str, feed: str) -> None:
    assert places(doors(trace), DoorKind.FEED) == [feed]


def test_a_later_page_has_the_feed_of_the_first() -> None:
    trace = '<meta name="generator" content="WordPress 6.6">'
    assert places(doors(trace, url=f"{URL}page/4/"), DoorKind.FEED) == ["/science/feed/"]


def test_without_traces_nothing_is_guessed() -> None:
    assert (
        doors("<meta name='generator' content='Handmade 1'>", "<p>WordPress is a program.</p>")
        == []
    )


def test_wordpress_is_found_and_asked_for_what_the_page_shows() -> None:
    declared = '<link rel="https://api.w.org/" href="https://paper.example/api/">'
    (plain,) = places(doors(declared), DoorKind.WORDPRESS)
    assert plain.startswith("/api/wp/v2/posts?per_page=100")
    shown = '<link rel="alternate" type="application/json" href="/api/wp/v2/categories/7">'
    (category,) = places(doors(declared + shown), DoorKind.WORDPRESS)
    assert "categories=7" in category
    (guessed,) = places(doors('<link rel="x" href="/wp-content/a.css">'), DoorKind.WORDPRESS)
    assert guessed.startswith("/wp-json/wp/v2/posts?")


def test_sitemaps_are_named_by_robots_those_of_news_first() -> None:
    robots = (
        "User-agent: *\nDisallow:\nSitemap: /a.xml\nsitemap:https://paper.example/b.xml\n"
        "SITEMAP : /news.xml\nSitemap: /d.xml"
    )
    assert places(doors(robots=robots), DoorKind.SITEMAP) == ["/news.xml", "/a.xml", "/b.xml"]
    assert places(doors('<link rel="sitemap" href="/s.xml">'), DoorKind.SITEMAP) == ["/s.xml"]


def test_a_declared_list_is_a_door_at_the_pages_own_address() -> None:
    items = ",".join(f'{{"name":"Sheep {n}","url":"/{n}"}}' for n in range(3))
    declared = f'{{"@type":"ItemList","itemListElement":[{items}]}}'
    script = f'<script type="application/ld+json">{declared}</script>'
    assert doors(script) == [Door(kind=DoorKind.ITEM_LIST, url=URL)]


def test_one_address_is_one_door_and_the_page_itself_is_none() -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="{}">'
    assert len(doors(link.format("/feed") + link.format("/feed?utm_source=x"))) == 1
    assert doors(link.format(URL)) == []


@pytest.mark.parametrize("kind", [None, *DoorKind])
def test_a_feed_is_read_as_one_whatever_was_expected(kind: DoorKind | None) -> None:
    assert len(read_door(RSS, url=URL, captured_at=NOW, kind=kind).headlines) == 1


@pytest.mark.parametrize("kind", [DoorKind.FEED, DoorKind.SITEMAP, DoorKind.WORDPRESS])
def test_a_page_in_the_place_of_a_feed_is_not_read_as_a_list(kind: DoorKind) -> None:
    listed = b"<ul>" + b"".join(
        b"<li><a href='/%d'>Sheep climb the hill %d</a> - 2024-11-0%d</li>" % (n, n, n)
        for n in range(1, 8)
    )
    assert len(read_door(listed, url=URL, captured_at=NOW).headlines) == 7
    assert read_door(listed, url=URL, captured_at=NOW, kind=kind).headlines == ()
    assert read_door(WALL, url=URL, captured_at=NOW, kind=kind).headlines == ()


@settings(max_examples=15, deadline=None)
@given(st.lists(hrefs, min_size=1, max_size=5), st.sampled_from(["", URL]))
def test_addresses_that_cannot_be_parted_break_nothing(addresses: list[str], url: str) -> None:
    for some in (addresses, list(HREFS)):
        robots = "\n".join(f"Sitemap: {one}" for one in some)
        page = parse_page(page_with(some), url=url, captured_at=NOW)
        schemes = {urlsplit(one.url).scheme for one in find_doors(page, robots=robots)}
        assert schemes <= ({"http", "https"} if url else {"http", "https", ""})
