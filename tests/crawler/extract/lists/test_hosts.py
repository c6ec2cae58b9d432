from urllib.parse import urlsplit

import pytest

from crawler.extract.lists.hosts import host_of, registrable, same_site


def test_registrable_domains() -> None:
    assert registrable("www.a.b.co.uk") == "b.co.uk"
    assert registrable("blog.abc.de") == "abc.de"
    assert registrable("news.tide.example") == "tide.example"


def test_hosts_of_one_site() -> None:
    assert same_site("blog.tide.example", "www.tide.example")
    assert not same_site("tide.example", "gloss.example")
    assert same_site("tide.example", None)


def test_a_malformed_address_has_no_host() -> None:
    assert host_of("https://[tide/") is None
    assert host_of(None) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://tide.example",
        "https://tide.example:8080/a?b#c",
        "http://WWW.Tide.example/a",
        "https://anna@tide.example/",
        "https://tide.example\n.other.example/",
        "https://tide.example]/",
        "https://[::1]/a",
        "https:///a",
        "//tide.example/a",
        "a.html",
    ],
)
def test_a_host_is_what_urlsplit_says(url: str) -> None:
    try:
        expected = urlsplit(url).hostname
    except ValueError:
        expected = None
    assert host_of(url) == expected
