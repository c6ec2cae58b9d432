import pytest

from crawler.extract.fields.ownentries import own_entries, place_of
from tests.crawler.extract.pages import URL, page


def entries(html: str, url: str = URL) -> list[str]:
    return list(own_entries(page(html).root, url, url))


def test_an_entry_is_read_from_small_to_large_up_to_the_next_one() -> None:
    own = "<li><b>8 November</b> <a href='harbour-bridge-closes'>Bridge</a></li>"
    assert entries(f"<ul>{own}<li><a href='/ferry'>Ferry</a></li></ul>") == [
        "Bridge",
        "8 November Bridge",
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<p>8 November <a href='/ferry'>Ferry</a></p>",
        "<p>8 November <a href='harbour-bridge-closes#comment-3'>Bo says</a></p>",
        "<p>8 November <a href='harbour-bridge-closes?print=1'>Print</a></p>",
        "<p>8 November <a href='http://[broken/harbour-bridge-closes'>Bridge</a></p>",
        "<p>8 November <a>Bridge</a></p>",
    ],
)
def test_other_links_open_no_entry_of_the_page(html: str) -> None:
    assert entries(html) == []


def test_the_front_page_has_no_entry() -> None:
    assert place_of("https://evening-post.example/") is None
    assert entries("<p>8 November <a href='/'>Home</a></p>", "https://evening-post.example/") == []


def test_addresses_that_differ_in_their_query_are_two_pages() -> None:
    html = "<p>8 November <a href='?id=2'>Bridge</a></p><p>9 November <a href='?id=3'>Ferry</a></p>"
    assert entries(html, "https://a.example/show.php?id=2") == ["Bridge", "8 November Bridge"]
