import pytest

from crawler.extract.fields.metadata import Metadata, read_metadata
from tests.crawler.extract.pages import page

TEXT = "<p>" + "The bridge across the harbour closes for repairs. " * 30 + "</p>"
HERE = "https://evening-post.example/bridge-closes"


def read(line: str, url: str = HERE) -> Metadata:
    html = f"<h1>Bridge closes</h1>{line}{TEXT}"
    return read_metadata(page(html, url=url, attributes="lang=en"))


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("<p>3 days ago</p>", "2024-11-17"),
        ("<p>By Ann Lee · 5 hours ago</p>", "2024-11-20"),
        ("<p>Yesterday at 10:15</p>", "2024-11-19"),
        ("<p>5 min</p>", None),
        ("<p>2 months ago</p>", None),
        ("<p>Updated 3 hours ago</p>", None),
        ("<p>8 November</p>", None),
        ("<div class=comment>3 days ago</div>", None),
        (TEXT * 2 + "<p>3 days ago</p>", None),
    ],
)
def test_a_date_beside_the_headline_counts_from_the_capture(line: str, day: str | None) -> None:
    found = read(line).published
    assert (found and found.isoformat()[:10]) == day


def test_it_says_so_and_gives_way_to_any_other() -> None:
    assert read("<p>3 days ago</p>").sources["published"].startswith("text, counted from")
    printed = read("<p>3 days ago</p><p>8 November 2024</p>").published
    assert printed is not None
    assert printed.isoformat() == "2024-11-08"


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://evening-post.example/2023/bridge", "2023-11-08"),
        ("https://evening-post.example/2023/11/bridge", "2023-11-08"),
        ("https://evening-post.example/2023/10/bridge", None),
        ("https://evening-post.example/2023", None),
    ],
)
def test_the_address_has_the_year_of_a_day_without_one(url: str, day: str | None) -> None:
    found = read("<p>8 November</p>", url).published
    assert (found and found.isoformat()) == day


def test_a_time_of_day_is_kept() -> None:
    found = read("<p>8 November, 10:15</p>", "https://evening-post.example/2023/bridge").published
    assert found is not None
    assert found.isoformat() == "2023-11-08T10:15:00"
