"""Sitemaps: of news with titles and dates, ordinary ones by the words of addresses, indexes."""

import gzip
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import DateSource, ListPage
from crawler.extract.doors import sitemaps
from crawler.extract.doors.sitemaps import read_sitemap, words_of

NOW = datetime(2024, 11, 9, 12, tzinfo=UTC)
URL = "https://paper.example/sitemap.xml"
SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" '
    'xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"'
)
NEWS = """<url><loc>https://paper.example/story/4711</loc><lastmod>2024-11-09</lastmod>
<image:image><image:loc>https://paper.example/a.png</image:loc>
<image:title>A picture</image:title></image:image>
<news:news><news:publication><news:name>Meadow Post</news:name>
<news:language>de</news:language></news:publication>
<news:publication_date>2024-11-08T09:00:00+01:00</news:publication_date>
<news:title>Sheep &amp; cells</news:title></news:news></url>"""


def read(entries: str | bytes) -> ListPage:
    if isinstance(entries, str):
        entries = f"<?xml version='1.0'?><urlset {SPACES}>{entries}</urlset>".encode()
    return read_sitemap(entries, url=URL, captured_at=NOW)


def entry(path: str, more: str = "") -> str:
    return f"<url><loc>https://paper.example{path}</loc>{more}</url>"


def test_news_have_titles_dates_and_a_publisher() -> None:
    page = read(NEWS)
    (one,) = page.headlines
    assert (one.title, one.publisher) == ("Sheep & cells", "Meadow Post")
    assert one.published is not None
    assert one.published.isoformat() == "2024-11-08T09:00:00+01:00"
    assert one.published.source is DateSource.FEED
    assert not one.damaged
    assert page.language == "de"


def test_an_ordinary_entry_is_known_by_its_address_and_flagged() -> None:
    (one,) = read(entry("/news/sheep-climb-again-4711.html")).headlines
    assert one.title == "sheep climb again"
    assert one.damaged
    assert one.raw == one.url == "https://paper.example/news/sheep-climb-again-4711.html"


def test_the_day_of_a_change_is_no_date_of_publication() -> None:
    (one,) = read(entry("/sheep-climb-again", "<lastmod>2024-11-08</lastmod>")).headlines
    assert one.published is None
    assert one.date_text is None


def test_the_day_in_a_path_is() -> None:
    (one,) = read(entry("/2024/11/07/sheep-climb-again", "<lastmod>2024-11-08</lastmod>")).headlines
    assert one.published is not None
    assert (one.published.isoformat(), one.published.source) == ("2024-11-07", DateSource.URL)


def test_pictures_and_films_have_titles_of_their_own() -> None:
    film = (
        "<video:video><video:title>A film</video:title>"
        "<video:publication_date>2024-11-01</video:publication_date></video:video>"
    )
    (one,) = read(entry("/sheep-climb-again", film)).headlines
    assert (one.title, one.published) == ("sheep climb again", None)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://a.example/2024/11/sheep-climb-again/", "sheep climb again"),
        ("https://a.example/sheep_climb_again_n123456.php", "sheep climb again"),
        ("https://a.example/123456-sheep-climb-again", "sheep climb again"),
        ("https://a.example/sheep-climb-again/4711", "sheep climb again"),
        (
            "https://a.example/%D0%BE%D0%B2%D1%86%D1%8B-%D0%B8%D0%B4%D1%83%D1%82-%D0%B2%D0%B2%D0%B5%D1%80%D1%85",
            "овцы идут вверх",
        ),
        ("https://a.example/about", None),
        ("https://a.example/story/4711", None),
        ("https://a.example/category/science", None),
        ("https://a.example/", None),
        ("http://[broken", None),
    ],
)
def test_words_of_an_address(address: str, words: str | None) -> None:
    assert words_of(address) == words


INDEX = f"""<sitemapindex {SPACES}>
<sitemap><loc>/post-sitemap1.xml</loc><lastmod>2024-10-01T00:00:00Z</lastmod></sitemap>
<sitemap><loc>/post-sitemap2.xml</loc><lastmod>2024-11-08</lastmod></sitemap>
<sitemap><loc>/2024-09.xml</loc></sitemap><sitemap><loc>/2024-10.xml</loc></sitemap>
<sitemap><loc>/category-sitemap.xml</loc><lastmod>2024-11-09</lastmod></sitemap>
<sitemap><loc>/page-sitemap.xml</loc></sitemap>
<sitemap><loc>/wp-sitemap-users-1.xml</loc></sitemap>
<sitemap><loc>{URL}</loc></sitemap></sitemapindex>"""


def test_an_index_gives_its_parts_the_last_changed_first() -> None:
    page = read(INDEX.encode())
    assert page.headlines == ()
    assert [part.url.removeprefix("https://paper.example/") for part in page.parts] == [
        "post-sitemap2.xml",
        "post-sitemap1.xml",
        "2024-10.xml",
        "2024-09.xml",
    ]


def test_a_day_of_change_lasts_until_it_ends_everywhere() -> None:
    changed = [part.changed for part in read(INDEX.encode()).parts]
    assert changed[0] == datetime(2024, 11, 9, 12, tzinfo=UTC)
    assert changed[1] == datetime(2024, 10, 1, tzinfo=UTC)
    assert changed[2:] == [None, None]


def test_gzip_is_unpacked() -> None:
    packed = gzip.compress(f"<urlset {SPACES}>{NEWS}</urlset>".encode())
    assert len(read(packed).headlines) == 1
    assert read(packed[:-40]).headlines is not None
    assert read(b"\x1f\x8bnonsense").headlines == ()


def test_a_bomb_of_gzip_is_unpacked_to_a_bound_only() -> None:
    began = time.process_time()
    assert read(gzip.compress(b" " * 200_000_000, 9)).headlines == ()
    assert time.process_time() - began < 10


def test_entities_are_neither_multiplied_nor_loaded() -> None:
    levels = "".join(
        f'<!ENTITY {new} "{f"&{old};" * 10}">'
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    head = f'<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa">{levels}<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    for entity in ("&i;", "&file;"):
        began = time.process_time()
        text = f"{head}<urlset {SPACES}>{entry(f'/sheep-climb-again-{entity}')}</urlset>"
        assert all(len(h.title) < 100 for h in read(text.encode()).headlines)
        assert time.process_time() - began < 5


def test_fifty_thousand_entries_are_read_and_no_more() -> None:
    began = time.process_time()
    page = read("".join(entry(f"/sheep-climb-again-to-{n}-hills") for n in range(50_100)))
    assert len(page.headlines) == 50_000
    assert time.process_time() - began < 30


@pytest.mark.parametrize("body", [b"", b"<html><body>No</body></html>", b"{}", b"<urlset>"])
def test_what_is_no_sitemap_is_empty(body: bytes) -> None:
    page = read(body)
    assert (page.headlines, page.parts) == ((), ())


def test_broken_xml_gives_what_came_before() -> None:
    body = f"<urlset {SPACES}>{NEWS}<url><loc>https://paper.exa"
    assert len(read(body.encode()).headlines) == 1


@given(st.binary(max_size=300))
def test_any_bytes_give_a_page(body: bytes) -> None:
    assert read(b"<urlset>" + body).url == URL


def test_what_is_not_read_of_a_sitemap_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST_ENTRIES", 3)
    told = read(entry("/about") + entry("/a-story-of-sheep") * 5).left_out
    assert [(one.what, one.count) for one in told] == [("addresses", 1), ("entries", 3)]
    assert "first 3" in told[1].reason


def test_parts_beyond_the_bound_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MOST_PARTS", 2)
    parts = "".join(
        f"<sitemap><loc>https://paper.example/posts-{n}.xml</loc></sitemap>" for n in range(5)
    )
    page = read_sitemap(f"<sitemapindex>{parts}</sitemapindex>".encode(), url=URL, captured_at=NOW)
    assert len(page.parts) == 2
    assert [(one.what, one.count) for one in page.left_out] == [("parts", 3)]


def test_what_is_beyond_the_largest_size_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "LARGEST", 1_000)
    packed = gzip.compress(f"<urlset>{entry('/a-story-of-sheep') * 200}</urlset>".encode())
    told = read(packed).left_out[-1]
    assert (told.what, told.at_least) == ("entries", True)
