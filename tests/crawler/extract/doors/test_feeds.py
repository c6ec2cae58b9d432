"""RSS, RDF, Atom and JSON Feed: what they print, and nothing that they do not."""

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import ListPage
from crawler.extract.doors.feeds import MOST_ENTRIES, next_paged, read_feed, read_json_feed

if TYPE_CHECKING:
    from crawler.extract.fields.jsonld import Json

NOW = datetime(2024, 11, 9, 12, tzinfo=UTC)
URL = "https://paper.example/feed"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Meadow &amp; Hill</title><link>https://paper.example/</link><language>en-gb</language>
{extra}
<item><title>Sheep climb &lt;i&gt;again&lt;/i&gt;</title><link>/2024/sheep</link>
<pubDate>Fri, 08 Nov 2024 10:00:00 +0100</pubDate><description>They did.</description></item>
<item><title>Cells rest</title><link>https://paper.example/2024/cells</link>
<pubDate>not today</pubDate></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Hill</title>
<link rel="self" href="/feed"/><link rel="next" href="/feed?page=2"/>
<entry><title type="html">A &lt;b&gt;second&lt;/b&gt; look</title>
<link rel="alternate" href="/second"/><link rel="edit" href="/edit"/>
<published>2024-11-07T08:00:00+02:00</published><updated>2024-11-08T08:00:00Z</updated></entry>
<entry><title>Only changed</title><link href="/changed"/>
<updated>2024-11-08T08:00:00Z</updated></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Old</title></channel>
<item><title>From the archive</title><link>https://paper.example/old</link>
<dc:date>2024-11-06T10:00:00+01:00</dc:date></item></rdf:RDF>"""


def read(text: str | bytes, url: str = URL) -> ListPage:
    body = text.encode() if isinstance(text, str) else text
    return read_feed(body, url=url, captured_at=NOW)


def rows(page: ListPage) -> list[tuple[str, str | None, str | None]]:
    return [
        (h.title, h.url, h.published.isoformat() if h.published else None) for h in page.headlines
    ]


def test_rss_gives_titles_links_and_dates_as_printed() -> None:
    page = read(RSS.format(extra=""))
    assert rows(page) == [
        ("Sheep climb again", "https://paper.example/2024/sheep", "2024-11-08T10:00:00+01:00"),
        ("Cells rest", "https://paper.example/2024/cells", None),
    ]
    assert page.headlines[1].date_text == "not today"
    assert (page.title, page.language, page.older) == ("Meadow & Hill", "en", None)


def test_atom_is_dated_by_publication_and_never_by_change() -> None:
    page = read(ATOM)
    assert rows(page) == [
        ("A second look", "https://paper.example/second", "2024-11-07T08:00:00+02:00"),
        ("Only changed", "https://paper.example/changed", None),
    ]
    assert page.headlines[1].date_text == "2024-11-08T08:00:00Z"
    assert page.older == "https://paper.example/feed?page=2"


def test_the_date_of_rdf_is_its_publications() -> None:
    assert rows(read(RDF)) == [
        ("From the archive", "https://paper.example/old", "2024-11-06T10:00:00+01:00")
    ]


def test_an_entry_names_the_paper_it_comes_from() -> None:
    source = '<source url="http://hill.example/rss">Hill Letters</source>'
    item = f"<item><title>Cells mend - Hill Letters</title><link>/x</link>{source}</item>"
    page = read(RSS.format(extra=item))
    assert (page.headlines[0].title, page.headlines[0].publisher) == ("Cells mend", "Hill Letters")


def test_an_entry_without_title_is_known_by_its_text() -> None:
    item = f"<item><link>/note</link><description>{'Rain again. ' * 30}</description></item>"
    first = read(RSS.format(extra=item)).headlines[0]
    assert first.title.startswith("Rain again.")
    assert first.truncated
    assert len(first.title) <= 120


@pytest.mark.parametrize(
    ("url", "older"),
    [
        ("https://paper.example/feed/", "https://paper.example/feed/?paged=2"),
        ("https://paper.example/feed/?paged=2", "https://paper.example/feed/?paged=3"),
        (
            "https://paper.example/?feed=rss2&cat=7",
            "https://paper.example/?feed=rss2&cat=7&paged=2",
        ),
    ],
)
def test_a_feed_of_wordpress_goes_on_by_numbers(url: str, older: str) -> None:
    extra = "<generator>https://wordpress.org/?v=6.6</generator>"
    assert read(RSS.format(extra=extra), url).older == older
    assert read(RSS.format(extra=""), url).older is None


def test_a_number_of_many_digits_is_no_page() -> None:
    assert (
        next_paged("https://a.example/feed?paged=99999999999") == "https://a.example/feed?paged=2"
    )


def test_a_feed_that_names_itself_as_its_next_page_has_none() -> None:
    extra = f'<atom:link rel="next" href="{URL}"/>'
    assert read(RSS.format(extra=extra)).older is None


def test_an_archived_feed_leads_to_the_archive_before_it() -> None:
    extra = '<atom:link rel="prev-archive" href="/feed/2024-10"/>'
    assert read(RSS.format(extra=extra)).older == "https://paper.example/feed/2024-10"


def test_a_broken_feed_gives_what_can_be_read() -> None:
    text = RSS.format(extra="").replace("Cells rest", "Cells & rest <br>")[:-30]
    assert rows(read(text))[0][0] == "Sheep climb again"


def test_latin_letters_are_read_as_declared() -> None:
    text = RSS.format(extra="").replace("utf-8", "iso-8859-1").replace("Cells", "Zürich")
    assert read(text.encode("latin-1")).headlines[1].title == "Zürich rest"


@pytest.mark.parametrize("body", [b"", b"<rss/>", b"<html><p>No feed</p></html>", b"\x00\xff<rss>"])
def test_what_is_no_feed_has_no_headlines(body: bytes) -> None:
    assert read(body).headlines == ()


BOMB = "".join(
    [
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">',
        *(
            f'<!ENTITY {new} "{f"&{old};" * 10}">'
            for old, new in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        '<!ENTITY file SYSTEM "file:///etc/hostname">]>',
    ]
)


def test_entities_are_neither_multiplied_nor_loaded() -> None:
    item = "<item><title>See {}</title><link>/x</link></item>"
    item = f"<rss version='2.0'><channel>{item}</channel></rss>"
    began = time.process_time()
    for entity in ("&i;", "&file;"):
        for headline in read(BOMB + item.format(entity)).headlines:
            assert len(headline.title) < 100
    assert time.process_time() - began < 10


def test_of_an_endless_feed_the_first_entries_are_read() -> None:
    item = "<item><title>Cells {0}</title><link>/{0}</link></item>"
    many = "".join(item.format(n) for n in range(MOST_ENTRIES + 500))
    page = read(f"<rss version='2.0'><channel><title>All</title>{many}</channel></rss>")
    assert len(page.headlines) == MOST_ENTRIES
    assert [(one.what, one.count) for one in page.left_out] == [("entries", 500)]
    assert page.headlines[-1].title == f"Cells {MOST_ENTRIES - 1}"


@pytest.mark.parametrize("tag", ["<a>", "<item>"])
def test_a_feed_that_nests_without_end_is_read_to_where_it_does(tag: str) -> None:
    began = time.process_time()
    page = read(RSS.format(extra="").replace("</channel></rss>", tag * 100_000))
    assert page.headlines[0].title == "Sheep climb again"
    assert time.process_time() - began < 10


@given(st.binary(max_size=400))
def test_any_bytes_give_a_page(body: bytes) -> None:
    assert read(b"<rss>" + body).url == URL


def test_a_json_feed() -> None:
    page = read_json_feed(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Hill",
            "language": "de",
            "next_url": "https://paper.example/feed.json?page=2",
            "items": [
                {
                    "id": "1",
                    "url": "/one",
                    "title": "One",
                    "date_published": "2024-11-08T10:00:00Z",
                },
                {"id": "2", "external_url": "http://b.example/x", "content_html": "<p>Said</p>"},
                {"id": "3", "url": "/three", "title": "Three", "date_modified": "2024-11-08"},
                "nothing",
            ],
        },
        url=URL,
        captured_at=NOW,
    )
    assert rows(page) == [
        ("One", "https://paper.example/one", "2024-11-08T10:00:00+00:00"),
        ("Said", "http://b.example/x", None),
        ("Three", "https://paper.example/three", None),
    ]
    assert (page.language, page.older) == ("de", "https://paper.example/feed.json?page=2")


@pytest.mark.parametrize("value", [None, [], {}, {"items": 3}, {"items": [3, {"title": 7}]}, "x"])
def test_what_is_no_json_feed_has_no_headlines(value: object) -> None:
    page = read_json_feed(value, url=URL, captured_at=NOW)  # type: ignore[arg-type]  # any JSON
    assert page.headlines == ()


def test_entries_without_a_title_are_counted() -> None:
    feed = "<rss><channel><item><link>https://paper.example/1</link></item></channel></rss>"
    page = read_feed(feed.encode(), url=URL, captured_at=NOW)
    assert [(one.count, one.reason) for one in page.left_out] == [(1, "no title")]


def test_what_is_nested_too_deep_is_told() -> None:
    item = "<item><title>Cells rest</title></item>"
    feed = f"<rss><channel>{item}{'<b>' * 3_000}{item}</channel></rss>"
    (told,) = read_feed(feed.encode(), url=URL, captured_at=NOW).left_out
    assert (told.count, told.at_least) == (1, True)


def test_a_json_feed_beyond_the_bound_is_counted() -> None:
    items: list[Json] = [{"title": f"Cells {n}", "url": f"/{n}"} for n in range(MOST_ENTRIES + 7)]
    page = read_json_feed({"items": items}, url=URL, captured_at=NOW)
    assert len(page.headlines) == MOST_ENTRIES
    assert [(one.what, one.count) for one in page.left_out] == [("entries", 7)]
