"""Each named misbehaviour, seen from the client's side."""

import gzip
import http.client
import re
import time
import zlib
from urllib.parse import urljoin

import pytest

from tests.newsstand import BEHAVIOURS, Newsstand
from tests.newsstand.client import fetch
from tests.newsstand.misbehaviour import READABLE
from tests.newsstand.publishers import TROUBLE
from tests.newsstand.test_pages import check, words


def trouble(stand: Newsstand, path: str) -> str:
    return stand.url(TROUBLE, f"/{path}")


def test_the_front_lists_every_behaviour_with_a_date(stand: Newsstand) -> None:
    text = fetch(stand, stand.lists["trouble"]).text
    check(text)
    assert re.findall(r'<li><a href="/([^"]+)">.+? - The Daily Trouble - \w+ \d+\w\w, ', text) == [
        *BEHAVIOURS
    ]
    assert list(BEHAVIOURS) == sorted(BEHAVIOURS)


@pytest.mark.parametrize("name", READABLE)
def test_patience_and_cookies_get_the_article(stand: Newsstand, name: str) -> None:
    url = trouble(stand, f"{name}/901")
    tried = (fetch(stand, url, {"Cookie": "seen=1"}) for _ in range(3))
    reply = next(one for one in tried if one.status == 200)
    assert all(paragraph in words(reply.text) for paragraph in stand.truth[url].paragraphs)


def test_slow_takes_as_long_as_it_was_told(stand: Newsstand) -> None:
    start = time.monotonic()
    assert fetch(stand, trouble(stand, "slow/3")).status == 200
    assert stand.slow_seconds <= time.monotonic() - start < 5


@pytest.mark.parametrize("name", ["drop", "length-long"])
def test_the_connection_ends_before_the_body(stand: Newsstand, name: str) -> None:
    with pytest.raises(http.client.IncompleteRead):
        fetch(stand, trouble(stand, name))


def test_a_length_may_be_too_short(stand: Newsstand) -> None:
    reply = fetch(stand, trouble(stand, "length-short/4"))
    whole = fetch(stand, trouble(stand, "fine/4"))
    assert int(reply.headers["content-length"]) < len(whole.body) * 0.6


@pytest.mark.parametrize(("name", "after"), [("429", "1"), ("503", None)])
def test_busy_twice_then_fine(stand: Newsstand, name: str, after: str | None) -> None:
    replies = [fetch(stand, trouble(stand, f"{name}/11")) for _ in range(4)]
    assert [reply.status for reply in replies] == [int(name), int(name), 200, 200]
    assert replies[0].headers.get("retry-after") == after


@pytest.mark.parametrize("name", ["404", "410", "500"])
def test_failing_stays_failing(stand: Newsstand, name: str) -> None:
    assert [fetch(stand, trouble(stand, name)).status for _ in range(3)] == [int(name)] * 3


def test_the_bomb_is_small_on_the_wire(stand: Newsstand) -> None:
    reply = fetch(stand, trouble(stand, "gzip-bomb"))
    assert reply.headers["content-encoding"] == "gzip"
    assert len(reply.body) < stand.bomb_bytes / 200
    assert len(gzip.decompress(reply.body)) >= stand.bomb_bytes * 0.9


def test_torn_gzip_has_no_end(stand: Newsstand) -> None:
    reply = fetch(stand, trouble(stand, "torn-gzip"))
    with pytest.raises(EOFError):
        gzip.decompress(reply.body)
    assert zlib.decompressobj(31).decompress(reply.body).startswith(b"<!DOCTYPE")


@pytest.mark.parametrize("name", ["redirect-loop", "cookie-loop"])
def test_loops_do_not_end(stand: Newsstand, name: str) -> None:
    url, seen = trouble(stand, f"{name}/5"), []
    for _ in range(8):
        reply = fetch(stand, url)
        assert reply.status == 302
        url = urljoin(url, reply.headers["location"])
        seen.append(url)
    assert len(set(seen)) <= 2


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("redirect-data", "data:text/html"),
        ("redirect-file", "file:///"),
        ("redirect-loopback", "http://127.0.0.1:"),
        ("redirect-mapped", "http://[::ffff:127.0.0.1]:"),
        ("redirect-metadata", "http://169.254.169.254/"),
        ("redirect-other-host", "http://dailyassay.example:"),
        ("redirect-private", "http://10."),
    ],
)
def test_redirects_to_where_no_crawler_should_go(stand: Newsstand, name: str, target: str) -> None:
    reply = fetch(stand, trouble(stand, name))
    assert reply.status == 302
    assert reply.headers["location"].startswith(target)


def test_headers_may_be_huge(stand: Newsstand) -> None:
    url = trouble(stand, "huge-headers/2")
    assert sum(map(len, fetch(stand, url).headers.values())) > 300_000


def test_types_and_charsets_may_be_wrong(stand: Newsstand) -> None:
    pdf = fetch(stand, trouble(stand, "pdf-as-html"))
    assert (pdf.body[:5], pdf.headers["content-type"][:9]) == (b"%PDF-", "text/html")
    binary = fetch(stand, trouble(stand, "html-as-binary"))
    assert binary.headers["content-type"] == "application/octet-stream"
    check(binary.text)
    garbled = fetch(stand, trouble(stand, "wrong-charset"))
    assert garbled.headers["content-type"] == "text/html; charset=utf-8"
    with pytest.raises(UnicodeDecodeError):
        garbled.body.decode()


@pytest.mark.parametrize(
    ("name", "status", "phrase"),
    [
        ("challenge", 403, "whether a person is"),
        ("consent", 200, "Agree to all"),
        ("javascript", 200, "needs JavaScript"),
        ("login", 200, 'type="password"'),
        ("soft-404", 200, "We cannot find that page"),
    ],
)
def test_pages_that_hold_no_article(stand: Newsstand, name: str, status: int, phrase: str) -> None:
    reply = fetch(stand, trouble(stand, name))
    assert reply.status == status
    assert phrase in reply.text
    check(reply.text)
    assert trouble(stand, name) not in stand.truth


def test_a_paywall_leaves_the_first_paragraph(stand: Newsstand) -> None:
    text = fetch(stand, trouble(stand, "paywall/6")).text
    check(text)
    first, *others = stand.truth[trouble(stand, "fine/6")].paragraphs
    assert first in words(text)
    assert not any(other in words(text) for other in others)


@pytest.mark.parametrize("name", ["calendar", "endless"])
def test_older_pages_never_end(stand: Newsstand, name: str) -> None:
    url, seen = trouble(stand, name), set()
    for _ in range(40):
        reply = fetch(stand, url)
        check(reply.text)
        older = re.search(r'href="([^"]+)">(?:« )?Older', reply.text)
        assert older
        assert url not in seen
        seen.add(url)
        url = urljoin(url, older[1])


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_any_behaviour_can_be_laid_over_any_page(name: str) -> None:
    with Newsstand(slow_seconds=0.01, bomb_bytes=1, misbehave={"cellwire.example/": name}) as stand:
        lead = next(one for one in stand.leads() if one.host == "oldquarry.example")
        before = fetch(stand, lead.article)
        stand.misbehave(lead.article, "500")
        assert fetch(stand, lead.article).status == 500
        assert fetch(stand, f"{lead.article}&utm_source=x").status == 500
        stand.misbehave(lead.article, None)
        assert fetch(stand, lead.article).body == before.body
        try:
            fetch(stand, stand.url("cellwire.example", "/"))
        except http.client.HTTPException:
            assert name in {"drop", "endless-headers", "length-long"}
        assert len(stand.log) == 5


def test_an_unknown_behaviour_is_refused() -> None:
    with pytest.raises(ValueError, match="no misbehaviour 'sulk'"):
        Newsstand(misbehave={"cellwire.example/": "sulk"})
