"""Canonical addresses and page keys: examples, laws, and real pages where they are at hand."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.urls import (
    HOST_ALIASES,
    TRACKING,
    TRACKING_BY_HOST,
    canonical_url,
    host,
    is_front_page,
    page_key,
    site,
    without_credentials,
)

PAGES = Path(__file__).parent.parent.parent.parent / "shared" / "pages"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Example.COM:80", "http://example.com/"),
        ("https://example.com:443/a", "https://example.com/a"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://user:secret@example.com/a", "https://example.com/a"),
        ("https://example.com/a#comments", "https://example.com/a"),
        ("https://example.com/#!/story/7", "https://example.com/#!/story/7"),
        ("https://example.com/a?utm_source=x&id=7&fbclid=q", "https://example.com/a?id=7"),
        ("https://example.com/a?source=rss&ref=home", "https://example.com/a?source=rss&ref=home"),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?b=2&a=1"),
        ("https://example.com/a?", "https://example.com/a"),
        ("https://example.com/%7euser/caf%c3%a9", "https://example.com/~user/caf%C3%A9"),
        ("https://example.com/café au lait", "https://example.com/caf%C3%A9%20au%20lait"),
        ("https://example.com/50%-off", "https://example.com/50%25-off"),
        ("https://example.com/a/./b/../c/", "https://example.com/a/c/"),
        ("https://example.com/a;jsessionid=AB12?id=3", "https://example.com/a?id=3"),
        ("https://bücher.example/neu", "https://xn--bcher-kva.example/neu"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://example.com./a", "https://example.com/a"),
        ("https:\\\\example.com\\a", "https://example.com/a"),
        (" https://example.com/a\n", "https://example.com/a"),
        ("https://[2001:DB8::0:1]:8080/a", "https://[2001:db8::1]:8080/a"),
        ("https://www.theguardian.com/a?CMP=share", "https://www.theguardian.com/a"),
        ("https://example.com/a?CMP=share", "https://example.com/a?CMP=share"),
        ("https://cooking.nytimes.com/a?smid=x", "https://cooking.nytimes.com/a"),
    ],
)
def test_canonical_url(url: str, expected: str) -> None:
    assert canonical_url(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com/a",
        "//example.com/a",
        "/a/b",
        "mailto:desk@example.com",
        "javascript:void(0)",
        "file:///etc/hosts",
        "urn:sha256:00",
        "https://",
        "https:///path",
        "https://exa mple.com/",
        "https://example.com:99999/",
        "https://example.com:port/",
        "https://[::g]/",
        "https://[::1/",
        "https://-a-.example..com/",
        "https://\ud800.example/",
        f"https://{'a' * 64}.example/",
        "https://example.com/" + "a" * 9000,
    ],
)
def test_what_is_no_web_address_gives_none(url: str) -> None:
    assert canonical_url(url) is None
    assert page_key(url) is None
    assert host(url) is None
    assert site(url) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://example.com/a", "https://example.com/a"),
        ("https://www.example.com/a", "https://example.com/a"),
        ("https://m.example.com/a", "https://example.com/a"),
        ("https://amp.example.com/a", "https://www.example.com/a"),
        ("https://example.com/a/", "https://example.com/a"),
        ("https://example.com//a//b", "https://example.com/a/b"),
        ("https://example.com", "https://example.com/index.html"),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?a=1&b=2"),
        ("https://example.com/a?q=x+y", "https://example.com/a?q=x%20y"),
        ("https://example.com/2024/a-story/amp/", "https://example.com/2024/a-story"),
        ("https://example.com/amp/2024/a-story", "https://example.com/2024/a-story"),
        ("https://example.com/a-story.amp.html", "https://example.com/a-story.html"),
        ("https://example.com/a-story?amp=1", "https://example.com/a-story"),
        ("https://example.com/a-story?outputType=amp", "https://example.com/a-story"),
        ("https://www.google.com/amp/s/www.example.com/a-b", "https://example.com/a-b"),
        ("https://example-com.cdn.ampproject.org/c/s/example.com/a-b", "http://example.com/a-b"),
        ("https://mobile.nytimes.com/a", "https://www.nytimes.com/a"),
        ("https://twitter.com/u/status/1?s=20", "https://x.com/u/status/1"),
        ("https://example.com/%E6%97%A5", "https://example.com/日"),
    ],
)
def test_one_page_has_one_key(one: str, other: str) -> None:
    assert page_key(one) == page_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a?id=1", "https://example.com/a?id=2"),
        ("https://example.com/?p=1", "https://example.com/?p=2"),
        ("https://example.com/a?page=2", "https://example.com/a"),
        ("https://example.com/a?source=wire", "https://example.com/a?source=staff"),
        ("https://example.com/a?ref=1", "https://example.com/a?ref=2"),
        ("https://example.com/A", "https://example.com/a"),
        ("https://example.com/a?a=1&a=2", "https://example.com/a?a=2&a=1"),
        ("https://example.com:8080/a", "https://example.com/a"),
        ("https://news.example.com/a", "https://example.com/a"),
        ("https://mobile.example.com/a", "https://example.com/a"),
        ("https://example.com/#!/story/7", "https://example.com/#!/story/8"),
        ("https://example.com/gear/amp", "https://example.com/gear"),
        ("https://example.com/a%2Fb", "https://example.com/a/b"),
        ("https://www.co.uk/", "https://co.uk/"),
        ("https://www.com/", "https://com/"),
        ("https://google.com/amp/s/one.example/a", "https://google.com/amp/s/two.example/a"),
    ],
)
def test_two_pages_have_two_keys(one: str, other: str) -> None:
    assert page_key(one) != page_key(other)


def test_host_and_site() -> None:
    assert host("https://www.Example.com:81/a") == "www.example.com"
    assert site("https://www.Example.com:81/a") == "example.com"


@pytest.mark.parametrize("url", ["https://www.example.com/", "http://example.com/index.php"])
def test_front_page(url: str) -> None:
    assert is_front_page(url)


@pytest.mark.parametrize("url", ["https://example.com/a", "https://example.com/?p=1", "urn:x"])
def test_no_front_page(url: str) -> None:
    assert not is_front_page(url)


# Fragments of addresses, so that generated ones meet the rules instead of being refused.
PIECES = st.sampled_from(
    [
        "/",
        "//",
        "..",
        ".",
        "amp",
        "/amp/",
        "index.html",
        ".amp",
        "%2e",
        "%2F",
        "%zz",
        "é",
        "日",
        "?",
        "&",
        "=",
        "+",
        "utm_x=1",
        "amp=1",
        "a=1",
        "b",
        "#",
        "#!",
        "a-1",
        "www.",
        "m.",
        ";jsessionid=1",
        "google.com/amp/s/",
        "x.cdn.ampproject.org/c/",
        "example.com",
        ":80",
        "@",
        "\\",
        "[::1]",
    ]
)
ADDRESSES = st.builds(
    "".join, st.tuples(st.sampled_from(["http://", "https://"]), st.lists(PIECES).map("".join))
)


@given(st.one_of(st.text(), ADDRESSES, st.text().map("https://example.com/{}".format)))
@example("https://google.com/amp/s/" + "x.cdn.ampproject.org/c/" * 300 + "a.example/")
@example("https://example.com" + "/index.html" * 700)
@example("https://example.com/\ud800?\udfff")
def test_laws(url: str) -> None:
    canonical, key = canonical_url(url), page_key(url)
    assert (canonical is None) == (key is None)
    if canonical is not None and key is not None:
        assert canonical_url(canonical) == canonical
        assert page_key(canonical) == key
        assert page_key(f"https://{key}") == key
        assert canonical.isascii()


def test_the_data_is_sorted_and_lower_case() -> None:
    for names in (*TRACKING.values(), *TRACKING_BY_HOST.values()):
        assert list(names) == sorted(names)
        assert all(name == name.lower() for name in names)
    assert list(TRACKING_BY_HOST) == sorted(TRACKING_BY_HOST)
    assert list(HOST_ALIASES) == sorted(HOST_ALIASES)


def known_urls() -> list[str]:
    urls: list[str] = []
    for kind in ("articles", "dates", "lists"):
        for truth in json.loads((PAGES / kind / "truth.json").read_text()).values():
            urls += [truth["url"], *(line.get("url") for line in truth.get("headlines", ()))]
    return [url for url in urls if url]


@pytest.mark.skipif(not PAGES.exists(), reason="the shared pages are not here")
def test_no_two_real_pages_meet() -> None:
    def by_hand(url: str) -> str:
        bare = url.partition("://")[2].partition("#")[0].removeprefix("www.").lower()
        return bare.rstrip("/")

    met: dict[str, set[str]] = {}
    for url in known_urls():
        key = page_key(url)
        assert key is not None, url
        met.setdefault(key, set()).add(by_hand(url))
    assert {key: urls for key, urls in met.items() if len(urls) > 1} == {}
    assert len(met) > 1000


@pytest.mark.parametrize(
    ("url", "left"),
    [
        ("https://user:secret@paper.example/a", "https://paper.example/a"),
        ("HTTP://user@paper.example:81/?q=a@b", "HTTP://paper.example:81/?q=a@b"),
        ("https://paper.example/@user/a", "https://paper.example/@user/a"),
        ("https://paper.example?mail=a@b", "https://paper.example?mail=a@b"),
        ("urn:sha256:ab@c", "urn:sha256:ab@c"),
    ],
)
def test_a_name_and_password_come_off_and_nothing_else(url: str, left: str) -> None:
    assert without_credentials(url) == left
