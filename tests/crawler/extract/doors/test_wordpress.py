"""WordPress' interface: posts, their offsets, and the pages that it counts."""

from datetime import UTC, datetime

import pytest

from crawler.extract.doors.wordpress import posts_url, read_posts
from crawler.extract.fields.jsonld import Json

NOW = datetime(2024, 11, 9, 12, tzinfo=UTC)
URL = "https://blog.example/wp-json/wp/v2/posts?per_page=2"


def post(**fields: Json) -> dict[str, Json]:
    return {
        "id": 1,
        "date": "2024-11-08T10:00:00",
        "date_gmt": "2024-11-08T09:00:00",
        "link": "https://blog.example/sheep/",
        "title": {"rendered": "Sheep &#8216;climb&#8217; <em>again</em> &amp; rest"},
        **fields,
    }


def published(**fields: Json) -> str | None:
    (one,) = read_posts([post(**fields)], url=URL, captured_at=NOW).headlines
    return one.published.isoformat() if one.published else None


def test_a_post_has_its_words_and_its_link() -> None:
    (one,) = read_posts([post()], url=URL, captured_at=NOW).headlines
    assert one.title == "Sheep ‘climb’ again & rest"
    assert one.url == "https://blog.example/sheep/"
    assert one.date_text == "2024-11-08T09:00:00"


def test_the_offset_is_the_difference_of_the_two_times() -> None:
    assert published() == "2024-11-08T10:00:00+01:00"
    assert published(date="2024-11-07T23:30:00", date_gmt="2024-11-08T05:00:00") == (
        "2024-11-07T23:30:00-05:30"
    )


@pytest.mark.parametrize(
    ("date", "utc", "value"),
    [
        (None, "2024-11-08T09:00:00", "2024-11-08T09:00:00+00:00"),
        ("2024-11-01T09:07:00", "2024-11-08T09:00:00", "2024-11-08T09:00:00+00:00"),
        ("2024-11-08T09:00:00", None, "2024-11-08T09:00:00"),
        ("2024-11-08T09:00:00", "0001-01-01T00:00:00", "2024-11-08T09:00:00"),
        ("2025-11-08T09:00:00", "2025-11-08T09:00:00", None),
        ("soon", "later", None),
        (7, [], None),
    ],
)
def test_what_is_known_of_a_time_is_kept(date: Json, utc: Json, value: str | None) -> None:
    assert published(date=date, date_gmt=utc) == value


def test_pages_are_followed_as_long_as_the_interface_counts_them() -> None:
    counted = {"x-wp-total": "5", "x-wp-totalpages": "3"}
    page = read_posts([post()], url=URL, captured_at=NOW, headers=counted)
    assert (page.total, page.older, page.last) == (5, f"{URL}&page=2", f"{URL}&page=3")
    end = read_posts([post()], url=f"{URL}&page=3", captured_at=NOW, headers=counted)
    assert (end.older, end.last) == (None, None)


def test_without_a_count_a_full_page_has_an_older_one() -> None:
    full: list[Json] = [post(), post(link="https://blog.example/2")]
    assert read_posts(full, url=URL, captured_at=NOW).older == f"{URL}&page=2"
    assert read_posts(full[:1], url=URL, captured_at=NOW).older is None


@pytest.mark.parametrize("value", [None, {}, {"code": "error"}, [], [7, "x"], "posts"])
def test_what_is_no_list_of_posts_has_no_headlines(value: Json) -> None:
    assert read_posts(value, url=URL, captured_at=NOW).headlines == ()


@pytest.mark.parametrize(
    ("interface", "filtered", "url"),
    [
        ("https://a.example/wp-json/", {}, "https://a.example/wp-json/wp/v2/posts?per_page=100"),
        (
            "https://a.example/wp-json/",
            {"categories": "7"},
            "https://a.example/wp-json/wp/v2/posts?categories=7&per_page=100",
        ),
        (
            "https://a.example/?rest_route=/",
            {},
            "https://a.example/?rest_route=/wp/v2/posts&per_page=100",
        ),
    ],
)
def test_the_posts_address(interface: str, filtered: dict[str, str], url: str) -> None:
    given = posts_url(interface, filtered=filtered)
    assert given.partition("&_fields")[0] == url
    assert given.endswith("_fields=id,date,date_gmt,link,title")
