import pytest

from crawler.extract.fields.canonical import read_canonical, same_site, site_of
from crawler.extract.fields.structured import read_structured
from tests.crawler.extract.pages import page

URL = "https://www.evening-post.example/news/bridge-closes-12345?from=feed"


def canonical(address: str, title: str | None = "Bridge closes") -> tuple[str | None, str | None]:
    structured = read_structured(page(head=f'<link rel="canonical" href="{address}">', url=URL))
    found, _, elsewhere = read_canonical(structured, URL, title)
    return found, elsewhere


@pytest.mark.parametrize(
    "address",
    [
        "https://www.evening-post.example/news/bridge-closes-12345",
        "https://evening-post.example/news/bridge-closes-12345.html",
        "https://m.evening-post.example/bridge-closes",
        "https://www.evening-post.example/city/12345",
    ],
)
def test_an_address_of_the_same_page_is_believed(address: str) -> None:
    assert canonical(address) == (address, None)


@pytest.mark.parametrize(
    "address",
    [
        "https://www.evening-post.example/",
        "https://www.evening-post.example/news/ferry-sails-late",
        "javascript:void(0)",
        "http://[",
    ],
)
def test_a_root_and_another_titles_page_are_not(address: str) -> None:
    assert canonical(address) == (None, None)


def test_another_sites_address_is_given_apart() -> None:
    assert canonical("https://agency.example/bridge") == (None, "https://agency.example/bridge")


def test_a_slug_may_follow_the_title_instead_of_the_address() -> None:
    address = "https://www.evening-post.example/x/uebergang-gesperrt"
    assert canonical(address, "Übergang gesperrt") == (address, None)


def test_og_url_stands_in() -> None:
    head = '<meta property="og:url" content="/news/bridge-closes-12345">'
    structured = read_structured(page(head=head, url=URL))
    assert read_canonical(structured, URL, None)[:2] == (
        "https://www.evening-post.example/news/bridge-closes-12345",
        "og:url",
    )


def test_sites_are_told_by_their_registered_names() -> None:
    assert same_site("https://www.a.co.uk/x", "http://news.a.co.uk/y")
    assert not same_site("https://a.co.uk/", "https://b.co.uk/")
    assert site_of("http://10.0.0.1/a") == "10.0.0.1"
    assert site_of("not an address") is None
