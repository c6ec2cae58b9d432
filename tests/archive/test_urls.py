"""Canonical addresses and page keys: examples, laws, and real pages where they are at hand."""

import gzip
import html
import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.tracking import HOST_ALIASES, PATHS_BY_HOST, TRACKING_BY_HOST, VIEWS_BY_HOST
from archive.urls import (
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
        ("https://example.com/a?a=1&amp;utm_source=x", "https://example.com/a?a=1"),
        ("https://example.com/a?a=1&#038;b=2", "https://example.com/a?a=1&b=2"),
        ("https://example.com/?PHPSESSID=q&id=7", "https://example.com/?id=7"),
        (f"https://example.com/t.php?t=5&sid={'0f' * 16}", "https://example.com/t.php?t=5"),
        (
            f"https://example.com/t.php?sid={'0f' * 16}",
            f"https://example.com/t.php?sid={'0f' * 16}",
        ),
        ("https://example.com/story?sid=123&x=1", "https://example.com/story?sid=123&x=1"),
        ("https://example.com/(S(a1b2c3))/a.aspx", "https://example.com/a.aspx"),
        ("https://example.com/a/b;phpsessid=1/c", "https://example.com/a/b/c"),
        ("https://example.com/a#!", "https://example.com/a"),
        ("https://example.com/a#!/", "https://example.com/a"),
        ("https://example.com/a#!po=17.3", "https://example.com/a"),
        ("https://example.com/a#:~:text=ferry", "https://example.com/a"),
        (
            "https://example.com/a?print=1&replytocom=8",
            "https://example.com/a?print=1&replytocom=8",
        ),
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
        ("https://example.com/it%27s-%28not%29%2C-a", "https://example.com/it's-(not),-a"),
        ("https://example.com/cafe%CC%81", "https://example.com/caf%c3%a9"),
        ("https://example.com/a?q=a%2Fb%3A", "https://example.com/a?q=a/b:"),
        ("https://example.com/a?x=1&amp;y=2", "https://example.com/a?x=1&y=2"),
        ("https://example.com/a?x=", "https://example.com/a?x"),
        ("https://en.m.wikipedia.org/wiki/Ferry", "https://en.wikipedia.org/wiki/Ferry"),
        ("https://pier.blogspot.co.uk/2024/a.html?m=1", "https://pier.blogspot.com/2024/a.html"),
        (
            "https://pier.blogspot.com/2024/a.html?showComment=9#c9",
            "https://pier.blogspot.com/2024/a.html",
        ),
        ("https://amp.cnn.com/cnn/2024/a-b", "https://www.cnn.com/2024/a-b"),
        ("https://gov.uk/a", "https://www.gov.uk/a"),
        (
            "https://example.com/news/amp/ferry-sails-1234",
            "https://example.com/news/ferry-sails-1234",
        ),
        ("https://example.com/a-b/amp/index.html", "https://example.com/a-b"),
        ("https://example.com/a-story?_amp=true", "https://example.com/a-story"),
        ("https://example.com/a-story?template=ampart", "https://example.com/a-story"),
        ("https://example.com/a-story?print", "https://example.com/a-story"),
        ("https://example.com/a-story?replytocom=82#respond", "https://example.com/a-story"),
        ("https://example.com/a-story?mobile=0", "https://example.com/a-story"),
        ("https://www.google.co.uk/amp/s/example.com/a-b", "https://example.com/a-b"),
        ("https://www.bing.com/amp/s/example.com/a-b", "https://example.com/a-b"),
        ("https://cdn.ampproject.org/v/s/example.com/a-b?amp_js_v=0.1", "https://example.com/a-b"),
        ("https://example-com.bing-amp.com/c/s/example.com/a-b", "https://example.com/a-b"),
        ("https://example.com/a/index.shtml", "https://example.com/a"),
        ("https://example.com/a/index.amp", "https://example.com/a"),
        ("https://example.com/ferry-100~amp.html", "https://example.com/ferry-100.html"),
        (
            "https://example.com/amphtml/ferry-sails-12.html",
            "https://example.com/ferry-sails-12.html",
        ),
        (
            "https://example.com/ferry-sails-12?ot=ot.AMPPageLayout",
            "https://example.com/ferry-sails-12",
        ),
        ("https://phys.org/news/a-b.amp", "https://phys.org/news/a-b.html"),
        ("https://example.com/index.php?id=5", "https://example.com/?id=5"),
        (
            "https://asahi.com/sp/articles/A1.html?iref=top",
            "https://www.asahi.com/articles/A1.html",
        ),
        (
            "https://timesofindia.indiatimes.com/a/amp_articleshow/12.cms",
            "https://timesofindia.indiatimes.com/a/articleshow/12.cms",
        ),
        ("https://www.zeit.de/2024/a/komplettansicht", "https://www.zeit.de/2024/a"),
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
        ("https://google.com/amp/s/one.example/a", "https://google.com/url?q=one.example/a"),
        ("https://google.com/c/one.example/a", "https://one.example/a"),
        ("https://example.com/a?view=7", "https://example.com/a?view=8"),
        ("https://example.com/a?format=rss", "https://example.com/a"),
        ("https://example.com/?m=202411", "https://example.com/?m=202412"),
        ("https://example.com/story?sid=12", "https://example.com/story?sid=13"),
        ("https://example.com/?cat=3&#038;p=10", "https://example.com/?cat=3&#038;p=11"),
        ("https://example.com/amp/gear", "https://example.com/gear"),
        ("https://example.com/a%2Bb", "https://example.com/a+b"),
        ("https://example.com/?q=a%26b=1", "https://example.com/?q=a&b=1"),
        ("https://example.com/sp/articles/A1.html", "https://example.com/articles/A1.html"),
        ("https://example.com/a.html", "https://example.com/a"),
        ("https://example.com/guitar-amp.html", "https://example.com/guitar.html"),
        ("https://example.com/amp/12", "https://example.com/gear/12"),
        ("https://example.com/index.php/a", "https://example.com/a"),
        ("https://example.com/a/komplettansicht", "https://example.com/a"),
        ("https://blogspot.de/", "https://pier.blogspot.de/"),
        ("https://edition.cnn.com/", "https://www.cnn.com/"),
        ("https://example.com/a?mobile=5", "https://example.com/a"),
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


# Hosts that have rules of their own.
HOSTS = sorted({*HOST_ALIASES, *PATHS_BY_HOST, *TRACKING_BY_HOST, *VIEWS_BY_HOST, "a.blogspot.de"})
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
        "e%CC%81",
        "%27",
        "&#038;",
        "amp;",
        "print",
        "m.wikipedia.org",
        "(S(a1))/",
        "sid=" + "0f" * 16,
        "/komplettansicht",
        "ferry-sails-1234",
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
    "".join,
    st.tuples(
        st.sampled_from(
            ["http://", "https://", *(f"https://{name.lstrip('.')}" for name in HOSTS)]
        ),
        st.lists(PIECES).map("".join),
    ),
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


def known_urls() -> Iterator[str]:
    """Give every address of the shared pages, and every link on them."""
    for kind in ("articles", "dates", "lists"):
        for page, truth in json.loads((PAGES / kind / "truth.json").read_text()).items():
            yield from (line["url"] for line in truth.get("headlines", ()) if line.get("url"))
            if truth.get("url"):
                yield truth["url"]
            saved = PAGES / kind / "html" / f"{page}.html.gz"
            text = gzip.decompress(saved.read_bytes()).decode("utf-8", "replace")
            for link in re.findall(r"""href=["'](https?://[^"'\s<>]+)""", text):
                yield html.unescape(link)


# Parts of a path that say how a page is drawn, not which it is.
DRAWN = {"amp", "amphtml", "cnn", "default", "index", "komplettansicht", "lite", "mobile", "sp"}
DRAWN |= {"articleshow", "asp", "aspx", "cfm", "htm", "html", "jsp", "php", "shtml", "xhtml"}
CACHED = re.compile(r"https?://[^/]*(?:ampproject\.org/[cv]|google\.com/amp)/(s/)?(.+)")
# Names of parameters that some site or other tells its articles by.
TELLING = {"aid", "article", "articleid", "article_id", "id", "itemid", "logno", "nid", "no", "oid"}
TELLING |= {"p", "page", "page_id", "postid", "sid", "story", "storyid", "v"}


def by_hand(url: str) -> tuple[object, ...]:
    """Give what two addresses of one article share, by blunt rules that know no list."""
    cached = CACHED.fullmatch(url)
    rest = (cached[2] if cached else url.partition("://")[2]).partition("#")[0]
    path, _, query = rest.replace("\\", "/").partition("?")
    path = unicodedata.normalize("NFC", unquote(path.partition("/")[2].partition(";")[0])).lower()
    words = [word for word in re.split(r"[\W_]+", path) if word not in DRAWN | {""}]
    pairs = [pair.partition("=") for pair in re.sub("(amp;)+", "", unquote(query)).split("&")]
    told = sorted((name.lower(), value) for name, _, value in pairs if name.lower() in TELLING)
    return (*words, *told)


@pytest.mark.skipif(not PAGES.exists(), reason="the shared pages are not here")
def test_no_two_real_pages_meet() -> None:
    met: dict[str, dict[tuple[object, ...], str]] = {}
    for url in known_urls():
        key = page_key(url)
        if key is not None:
            assert page_key(canonical_url(url) or "") == page_key(f"https://{key}") == key, url
            met.setdefault(key, {})[by_hand(url)] = url
    assert {key: urls for key, urls in met.items() if len(urls) > 1} == {}
    assert len(met) > 40_000


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
