from collections.abc import Callable
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.lists.addresses import absolute, joined

BASES = [
    "https://press.example/",
    "http://user@Press.example:8080/a/b.html?page=2",
    "HTTPS://press.example/a;b/c",
    "ftp://press.example/a",
    "//press.example/a",
    "https://[::1]/a",
    "seed.txt",
]
PIECES = st.sampled_from(
    [
        *("/", "//", ".", "..", "./", "news", "a.b", "?", "a=b", "&", "#", ";", ":", "@", "[", "]"),
        *("http://", "https://", "HTTPS://", "other.example", ":80", "é", "%20", " ", "\t", "\0"),
    ]
)


def outcome(join: Callable[[str, str], str], base: str, href: str) -> str | type[ValueError]:
    try:
        return join(base, href)
    except ValueError:
        return ValueError


@given(st.sampled_from(BASES), st.lists(PIECES, max_size=8).map("".join))
def test_joined_is_what_urljoin_says(base: str, href: str) -> None:
    assert outcome(joined, base, href) == outcome(urljoin, base, href)


def test_an_address_is_looked_at_without_a_base_too() -> None:
    assert joined("", "https://press.example/a") == "https://press.example/a"
    with pytest.raises(ValueError, match="IPv6"):
        joined("", "http://[broken")


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/news/1?from=list", "https://press.example/news/1?from=list"),
        (" https://other.example/a.html ", "https://other.example/a.html"),
        ("../1", "https://press.example/1"),
        ("/a/../1", "https://press.example/1"),
        ("//other.example/1", "https://other.example/1"),
        ("ftp://other.example/1", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_absolute(href: str | None, url: str | None) -> None:
    assert absolute("https://press.example/list/", href) == url


def test_absolute_without_the_address_of_the_page() -> None:
    assert absolute("seed.txt", "/news/1") is None
    assert absolute("seed.txt", "https://press.example/1") == "https://press.example/1"
