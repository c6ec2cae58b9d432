"""The server itself: hosts, validators, the log, changes while it runs, and its end."""

import ast
import http.client
import io
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

import pytest

from tests.newsstand import HOSTS, Newsstand
from tests.newsstand.client import fetch
from tests.newsstand.test_pages import words

ROOT = Path(__file__).parent.parent.parent
MODULES = [
    path
    for path in sorted(Path(__file__).parent.glob("*.py"))
    if not path.stem.startswith(("test_", "conftest"))
]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_demo_needs_nothing_but_the_standard_library(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    found = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    found |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    ours = {name for name in found if name.startswith("tests.newsstand")}
    assert {name.partition(".")[0] for name in found - ours} <= sys.stdlib_module_names


def test_unknown_hosts_are_misdirected(stand: Newsstand) -> None:
    for host in ("127.0.0.1", "localhost", "nobody.example", "[::ffff:127.0.0.1]"):
        assert fetch(stand, stand.url(host, "/")).status == 421


def test_a_host_is_known_without_its_port_and_in_capitals(stand: Newsstand) -> None:
    assert fetch(stand, "http://CellWire.Example/archive/").status == 200


def test_a_request_may_name_the_host_in_its_target(stand: Newsstand) -> None:
    line = http.client.HTTPConnection("127.0.0.1", stand.port, timeout=10)
    line.request("GET", stand.seed)
    assert line.getresponse().read() == fetch(stand, stand.seed).body
    line.close()


def test_head_is_get_without_a_body(stand: Newsstand) -> None:
    got, head = fetch(stand, stand.seed), fetch(stand, stand.seed, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(got.body))
    assert head.headers["etag"] == got.headers["etag"]


def test_one_connection_carries_many_requests(stand: Newsstand) -> None:
    line = http.client.HTTPConnection("127.0.0.1", stand.port, timeout=10)
    line.connect()
    assert isinstance(line.sock, socket.socket)
    first = line.sock
    for host in HOSTS * 2:
        line.request("GET", "/robots.txt", headers={"Host": host})
        assert line.getresponse().read()
        assert line.sock is first
    line.close()


def test_validators_are_answered_with_304(stand: Newsstand) -> None:
    url = next(lead.article for lead in stand.leads() if lead.oddity is None)
    headers = fetch(stand, url).headers
    tag, changed = headers["etag"], headers["last-modified"]
    held = [
        {"If-None-Match": tag},
        {"If-None-Match": f'"other", W/{tag}'},
        {"If-Modified-Since": changed},
    ]
    stale = [
        {"If-None-Match": '"other"'},
        {"If-Modified-Since": "Mon, 01 Jan 2024 00:00:00 GMT"},
        {"If-None-Match": '"other"', "If-Modified-Since": changed},
        {"If-Modified-Since": "some day"},
    ]
    for given in held:
        reply = fetch(stand, url, given)
        assert (reply.status, reply.body, reply.headers["etag"]) == (304, b"", tag)
    assert [fetch(stand, url, given).status for given in stale] == [200] * 4


def portless(stand: Newsstand, body: bytes) -> bytes:
    return body.replace(b".example:%d" % stand.port, b".example")


def test_the_same_arguments_give_the_same_pages() -> None:
    with Newsstand(articles=8, slow_seconds=0) as one:
        pages = [portless(one, fetch(one, url).body) for url in one.truth]
    with Newsstand(articles=8, slow_seconds=0) as other:
        assert [portless(other, fetch(other, url).body) for url in other.truth] == pages
        titles = {lead.title for lead in other.leads()}
    with Newsstand(articles=8, salt="other") as third:
        assert not titles & {lead.title for lead in third.leads()}


def test_the_log_has_every_request(stand: Newsstand) -> None:
    stand.reset_log()
    before = time.time()
    fetch(stand, f"{stand.seed}?a=b", {"User-Agent": "tester"})
    fetch(stand, stand.url("nobody.example", "/x"))
    first, second = stand.log
    assert (first.host, first.method, first.path) == ("cellwire.example", "GET", "/archive/?a=b")
    assert (first.status, first.headers["user-agent"]) == (200, "tester")
    assert before - 1 < first.time <= time.time()
    assert second.status == 421
    assert stand.counts() == {"cellwire.example/archive/?a=b": 1, "nobody.example/x": 1}
    stand.reset_log()
    assert stand.log == ()


def test_publishing_puts_a_headline_on_top_and_moves_nothing_else() -> None:
    with Newsstand() as stand:
        before, tag = list(stand.leads()), fetch(stand, stand.seed).headers["etag"]
        lead = stand.publish(title="Fish & chips", paragraphs=("One <b>.", "Two."))
        other = stand.publish(host="polderpost.example", day=date(2024, 11, 9))
        assert list(stand.leads()) == [other, lead, *before]
        listed = fetch(stand, stand.seed, {"If-None-Match": tag})
        assert listed.status == 200
        assert listed.text.index(other.post) < listed.text.index(lead.post)
        assert stand.truth[lead.article].paragraphs == ("One <b>.", "Two.")
        assert words(fetch(stand, lead.article).text).count("One <b>.") == 1
        assert "Fish &amp; chips" in fetch(stand, lead.post).text
        assert fetch(stand, other.article).status == 200
        assert other.line.endswith("November 9th, 2024")


def test_an_edit_changes_the_article_and_its_validators_alone() -> None:
    with Newsstand(articles=20) as stand:
        first, *others = [lead for lead in stand.leads() if lead.oddity is None]
        tags = {one.article: fetch(stand, one.article).headers["etag"] for one in others}
        old, old_truth = fetch(stand, first.article), stand.truth[first.article]
        stand.edit(first.article, title="Second thoughts", paragraphs=("All was different.",))
        truth, new = stand.truth[first.article], fetch(stand, first.article)
        assert (truth.title, truth.published) == ("Second thoughts", old_truth.published)
        assert truth.modified
        assert "All was different." in new.text
        held = {"If-Modified-Since": old.headers["last-modified"]}
        assert fetch(stand, first.article, held).status == 200
        again = {url: fetch(stand, url).headers["etag"] for url in tags}
        assert again == tags
        moment = datetime(2025, 1, 2, 3, 4, tzinfo=UTC)
        stand.edit(first.article, modified=moment)
        assert stand.truth[first.article].modified == moment
        assert stand.truth[first.article].title == "Second thoughts"
        with pytest.raises(LookupError):
            stand.edit(stand.seed, title="No article")


def test_a_withdrawn_page_is_gone() -> None:
    with Newsstand(articles=12) as stand:
        one, two = islice((lead for lead in stand.leads() if lead.oddity is None), 2)
        stand.withdraw(one.article)
        stand.withdraw(two.post, status=404)
        assert fetch(stand, one.article).status == 410
        assert fetch(stand, two.post).status == 404
        assert one.article not in stand.truth
        assert fetch(stand, two.article).status == 200


def test_changes_are_safe_under_load() -> None:
    with Newsstand(articles=10) as stand, ThreadPoolExecutor(8) as pool:
        published = list(pool.map(lambda n: stand.publish(title=f"Number {n}"), range(40)))
        replies = list(pool.map(lambda lead: fetch(stand, lead.article).status, published))
        assert replies == [200] * 40
        assert len({lead.article for lead in published}) == 40
        assert len(list(stand.leads())) == 50


def test_a_large_newsstand_costs_no_more_than_what_is_asked_for() -> None:
    start = time.process_time()
    with Newsstand(articles=1_000_000, lists=50_000) as stand:
        newest = next(stand.leads())
        oldest = stand.url("cellwire.example", "/archive/page/50000/")
        assert fetch(stand, newest.article).status == 200
        assert "Older posts" not in fetch(stand, oldest).text
        assert newest.article in stand.truth
    assert time.process_time() - start < 2


@pytest.mark.parametrize(("articles", "lists"), [(0, 4), (1, 1), (7, 20)])
def test_small_newsstands(articles: int, lists: int) -> None:
    with Newsstand(articles=articles, lists=lists) as stand:
        assert len(list(stand.leads())) == articles
        assert all(fetch(stand, url).status == 200 for url in stand.lists.values())
        assert fetch(stand, stand.publish().post).status == 200


def test_nothing_is_left_running_even_with_clients_waiting() -> None:
    before = threading.active_count()
    with Newsstand(slow_seconds=30) as stand:
        idle = socket.create_connection(("127.0.0.1", stand.port))
        slow = socket.create_connection(("127.0.0.1", stand.port))
        slow.sendall(b"GET /slow HTTP/1.1\r\nHost: trouble.example\r\n\r\n")
        assert slow.recv(100)
        start = time.monotonic()
    assert time.monotonic() - start < 5
    assert threading.active_count() <= before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", stand.port))
    idle.close()
    slow.close()


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_the_command_says_where_it_stands_and_ends_well(ending: signal.Signals) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.newsstand", "--articles", "12"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            place = json.loads((process.stdout or io.StringIO()).readline())
            assert place["hosts"] == list(HOSTS)
            assert place["seed"] == f"http://cellwire.example:{place['port']}/archive/"
            line = http.client.HTTPConnection("127.0.0.1", place["port"], timeout=10)
            line.request("GET", "/archive/", headers={"Host": "cellwire.example"})
            assert line.getresponse().read().count(b", 2024</li>") == 3
            process.send_signal(ending)
            assert process.wait(5) == 0
            line.close()
        finally:
            process.kill()
