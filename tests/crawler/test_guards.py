"""The guards against strangers' pages, with real processes, servers and connections.

The guard is on; one loopback address is taken for a public one, so that there is a web to crawl.
A second address stands for the intranet: whoever connects to it has passed the guard.
"""

import gzip
import itertools
import json
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.test_run import backfile, rows

PUBLIC, INNER = "127.0.0.1", "127.0.0.9"

# The command, with what it takes for public, and names that answer in turn.
COMMAND = """
import sys
from itertools import cycle
from crawler import resolver

public = set(sys.argv.pop(1).split(","))
sound_public, sound_mapped = resolver.is_public, resolver.mapped
turns = cycle(("127.0.0.1", "127.0.0.9"))

def mapped(name, hosts):
    return next(turns) if name == "turns.example" else sound_mapped(name, hosts)

if __name__ == "__main__":
    resolver.is_public = lambda address: address in public or sound_public(address)
    resolver.mapped = mapped
    from crawler.cli import main
    main()
"""

TEXT = """<p>The ferry to the islands sails on Sundays again, the company said on Friday.</p>
<p>Islanders had asked for it since the timetable was cut two winters ago, when the old boat was
sold and the crew of eleven was left with the smaller one for all of the seven harbours.</p>
<p>The first boat leaves at nine in the morning and is back before the lamps are lit; a second one
follows in summer, if the mayor of the largest island finds the money for its fuel.</p>"""


@dataclass(kw_only=True)
class Web:
    """What stands where, and who asked for it."""

    pages: dict[str, tuple[int, Mapping[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str, Mapping[str, str]]] = field(default_factory=list)
    """Host, path, and headers in lower case."""
    times: list[float] = field(default_factory=list)
    """When each of these was asked, in seconds."""
    pause: float = 0.0
    """Seconds that an answer takes."""
    under_way: Counter[str] = field(default_factory=Counter)
    most_at_once: Counter[str] = field(default_factory=Counter)
    """Host ▸ requests of it that were under way at the same time."""
    intruded: list[str] = field(default_factory=list)
    """What the intranet was asked for."""
    port: int = 0

    def put(self, path: str, body: str = "", *, status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        kind = {"Content-Type": "text/html; charset=utf-8"}
        self.pages[path] = (status, kind | named, body.encode())

    def put_list(self, path: str, *links: str, head: str = "", tail: str = "") -> None:
        """Set a dated list of links."""
        lines = "".join(
            f'<li><a href="{link}">Ferry number {n} sails on Sundays again</a> - Daily Post'
            f" - November {n % 28 + 1}th, 2024</li>"
            for n, link in enumerate((*links, "/fine/1", "/fine/2", "/fine/3"))
        )
        self.put(path, f"<html><head>{head}</head><body><ul>{lines}</ul>{tail}</body></html>")

    def url(self, path: str, host: str = "paper.example") -> str:
        return f"http://{host}:{self.port}{path}"


class Handler(BaseHTTPRequestHandler):
    """Answers for the web; what comes to the intranet's address is noted."""

    web: Web
    server: ThreadingHTTPServer

    def do_GET(self) -> None:
        if self.server.server_name == INNER:
            self.web.intruded.append(f"{self.headers['Host']}{self.path}")
        host = self.headers["Host"].rpartition(":")[0]
        given = {name.lower(): value for name, value in self.headers.items()}
        self.web.asked.append((host, self.path, given))
        self.web.times.append(time.monotonic())
        self.web.under_way[host] += 1
        at_once = self.web.under_way[host]
        self.web.most_at_once[host] = max(at_once, self.web.most_at_once[host])
        time.sleep(self.web.pause)
        self.web.under_way[host] -= 1
        fine = (200, {"Content-Type": "text/html"}, f"<h1>Ferry</h1>{TEXT}".encode())
        other = fine if self.path.startswith("/fine/") else (404, {}, b"")
        status, headers, body = self.web.pages.get(f"{host}{self.path}") or self.web.pages.get(
            self.path, other
        )
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        pass


@pytest.fixture
def web() -> Iterator[Web]:
    made = Web()
    handler = type("Bound", (Handler,), {"web": made})
    outer = ThreadingHTTPServer((PUBLIC, 0), handler)
    made.port = outer.server_port
    inner = ThreadingHTTPServer((INNER, made.port), handler)
    inner.server_name = INNER
    threads = [threading.Thread(target=each.serve_forever) for each in (outer, inner)]
    for thread in threads:
        thread.start()
    yield made
    for server, thread in zip((outer, inner), threads, strict=True):
        server.shutdown()
        thread.join()
        server.server_close()


def guarded(
    folder: Path, *arguments: str, public: str = PUBLIC, code: int | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command with the guard on."""
    script = folder / "command.py"
    script.write_text(COMMAND)
    hosts = ("--resolve", f"*.example={PUBLIC}", "--resolve", f"inner.example={INNER}")
    command = [sys.executable, str(script), public, "-a", str(folder / "archive"), *arguments]
    done = subprocess.run(
        [*command, *hosts, "--delay", "0"],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert code is None or done.returncode == code, done.stderr
    return done


def crawled(folder: Path, seed: str, *arguments: str, **how: Any) -> dict[str, tuple[str, str]]:
    """Crawl a list; gives what became of each address."""
    backfile(folder / "archive", "add", seed, "--no-look")
    guarded(folder, "crawl", "--all", "--json", *arguments, **how)
    told = rows(folder / "archive", "SELECT url, state, coalesce(reason, '') FROM frontier")
    return {url: (state, reason) for url, state, reason in told}


def captured(folder: Path) -> bytes:
    """Give all that the captures hold, unpacked."""
    paths = (folder / "archive" / "captures").iterdir()
    return b"".join(gzip.decompress(path.read_bytes()) for path in paths)


# 127.0.0.9 in the forms in which resolvers, libraries and browsers have taken it.
INWARD = (
    "http://127.0.0.9:{port}/a",
    "http://inner.example:{port}/b",
    "http://inner.example.:{port}/c",
    "http://2130706441:{port}/d",
    "http://0x7f.9:{port}/e",
    "http://0x7f000009:{port}/f",
    "http://0177.0.0.9:{port}/g",
    "http://127.9:{port}/h",
    "http://[::ffff:127.0.0.9]:{port}/i",
    "http://[::ffff:7f00:9]:{port}/j",
    "http://[64:ff9b::7f00:9]:{port}/k",
    "http://[2002:7f00:9::]:{port}/l",
    "http://①②⑦.⓪.⓪.⑨:{port}/m",
    "http://127。0。0。9:{port}/n",
    "http://paper.example@127.0.0.9:{port}/o",
    "http://paper.example%00@127.0.0.9:{port}/p",
    "http:\\\\127.0.0.9:{port}\\q",
    "HTTP://INNER.EXAMPLE:{port}/r",
    "http://ｉｎｎｅｒ.ｅｘａｍｐｌｅ:{port}/s",
    "http://inner.example:{port}#@paper.example/t",
)


def test_no_spelling_of_a_private_address_is_connected_to(web: Web, tmp_path: Path) -> None:
    links = [form.format(port=web.port) for form in INWARD]
    for number, link in enumerate(links):
        web.put(f"/status/{number}", status=302, Location=link.encode().decode("latin-1"))
        web.put(f"/refresh/{number}", f'<meta http-equiv="refresh" content="0; url={link}">')
        web.put(f"/script/{number}", f"<script>location.replace({json.dumps(link)})</script>")
    ways = [f"/{way}/{n}" for way in ("status", "refresh", "script") for n in range(len(links))]
    web.put_list("/list", *links, *ways)
    became = crawled(tmp_path, web.url("/list"))
    assert web.intruded == []
    assert len({path for _, path, _ in web.asked} & set(ways)) == len(ways)
    fine = {web.url(f"/fine/{n}") for n in (1, 2, 3)} | {web.url("/list")}
    assert {url for url, (state, _) in became.items() if state == "done"} >= fine
    assert all(state == "done" for url, (state, _) in became.items() if url in fine)
    refused = {url for url, (_, reason) in became.items() if "not a public address" in reason}
    for path in ("/status/0", "/refresh/0", "/script/1", "/status/8"):
        assert web.url(path) in refused
    assert f"http://127.0.0.9:{web.port}/a" in refused
    held = rows(tmp_path / "archive", "SELECT url FROM articles")
    assert {url for (url,) in held} <= fine


def test_without_the_guard_most_of_these_would_be(web: Web, tmp_path: Path) -> None:
    links = [form.format(port=web.port) for form in INWARD]
    web.put("/status", status=302, Location=f"http://inner.example:{web.port}/status")
    web.put_list("/list", *links, "/status")
    crawled(tmp_path, web.url("/list"), public=f"{PUBLIC},{INNER}")
    reached = {path.rpartition("/")[2] for path in web.intruded} - {"robots.txt"}
    assert len(reached) > 9, reached


def test_a_name_that_changes_its_address_is_asked_at_each_connection(
    web: Web, tmp_path: Path
) -> None:
    web.put_list("/list")
    became = crawled(tmp_path, web.url("/list", host="turns.example"), code=1)
    (told,) = became.values()
    assert "not a public address" in told[1]
    assert [(host, path) for host, path, _ in web.asked] == [("turns.example", "/robots.txt")]
    assert web.intruded == []


def test_robots_txt_is_fetched_under_the_guard(web: Web, tmp_path: Path) -> None:
    web.put("/robots.txt", status=302, Location=web.url("/robots.txt", host="inner.example"))
    web.put_list("/list")
    became = crawled(tmp_path, web.url("/list"))
    assert web.intruded == []
    assert became[web.url("/list")][0] == "done"


def test_older_pages_and_parts_of_lists_are_fetched_under_the_guard(
    web: Web, tmp_path: Path
) -> None:
    older = web.url("/list/page/2/", host="inner.example")
    web.put_list("/list", tail=f'<a rel="next" href="{older}">Older posts</a>')
    crawled(tmp_path, web.url("/list"))
    assert web.intruded == []


DOORS = """<link rel="alternate" type="application/rss+xml" href="{inner}/feed/">
<link rel="alternate" type="application/rss+xml" href="/moved.xml">
<link rel="https://api.w.org/" href="{inner}/wp-json/">"""


def test_doors_are_looked_behind_under_the_guard(web: Web, tmp_path: Path) -> None:
    inner = web.url("", host="inner.example")
    web.put("/robots.txt", f"User-agent: *\nSitemap: {inner}/sitemap.xml\n")
    web.put("/moved.xml", status=301, Location=f"{inner}/moved.xml")
    web.put_list("/list", head=DOORS.format(inner=inner))
    done = guarded(tmp_path, "add", web.url("/list"), code=0)
    assert "not a public address" in done.stdout + done.stderr
    assert web.intruded == []
    assert "/moved.xml" in {path for _, path, _ in web.asked}
    guarded(tmp_path, "add", web.url("/list"), public=f"{PUBLIC},{INNER}", code=0)
    assert {"/feed/", "/sitemap.xml", "/moved.xml"} <= {
        asked.partition(str(web.port))[2] for asked in web.intruded
    }


def test_sites_are_asked_for_headlines_under_the_guard(web: Web, tmp_path: Path) -> None:
    doors = DOORS.format(inner=web.url("", host="inner.example"))
    web.put("/moved.xml", status=301, Location=web.url("/moved.xml", host="inner.example"))
    web.put_list("/list", head=doors)
    lines = ("Quay walls mended by night", "Lamps lit in the fog", "Eleven harbours under ice")
    listed = tmp_path / "list.txt"
    listed.write_text("".join(f"- {line} - Paper - November 3rd, 2024\n" for line in lines))
    backfile(tmp_path / "archive", "add", web.url("/list"), "--no-look")
    backfile(tmp_path / "archive", "import", str(listed))
    guarded(tmp_path, "resolve")
    assert "/moved.xml" in {path for _, path, _ in web.asked}
    assert web.intruded == []
    rows(tmp_path / "archive", "DELETE FROM lookups")
    guarded(tmp_path, "resolve", public=f"{PUBLIC},{INNER}")
    assert web.intruded


def test_cookies_are_kept_for_one_host_and_one_crawl(web: Web, tmp_path: Path) -> None:
    other = web.url("/fine/9", host="other.example")
    web.put_list("/list", other, web.url("/fine/8", host="www.paper.example"))
    status, headers, body = web.pages["/list"]
    web.pages["/list"] = (status, {**headers, "Set-Cookie": "a=1; Domain=.example"}, body)
    web.put("/robots.txt", "User-agent: *\n", Set_Cookie="b=2")
    crawled(tmp_path, web.url("/list"))
    sent = {(host, path): given.get("cookie") for host, path, given in web.asked}
    assert sent["paper.example", "/list"] == "b=2"
    assert "b=2" in (sent["paper.example", "/fine/1"] or "")
    assert sent["other.example", "/fine/9"] == "b=2", "it is what its own robots.txt has set"
    assert not any(
        "a=1" in (value or "") for (host, _), value in sent.items() if host[:5] != "paper"
    )
    kept = captured(tmp_path)
    assert b"Host: paper.example" in kept
    assert b"a=1" not in kept
    assert b"b=2" not in kept
    web.asked.clear()
    guarded(tmp_path, "crawl", "--all")
    assert [given.get("cookie") for _, path, given in web.asked if path == "/robots.txt"] == [None]


def test_credentials_and_cookies_go_to_no_other_host_by_a_redirect(
    web: Web, tmp_path: Path
) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text('["paper.example"]\nCookie = "s=Sesame"\nAuthorization = "Bearer Sesame"\n')
    secrets.chmod(0o600)
    web.put("/away", status=302, Location=web.url("/fine/7", host="other.example"))
    web.put_list("/list", "/away")
    # Allowed to go over http, as to one's own hosts.
    crawled(tmp_path, web.url("/list"), "--allow-private", "--credentials", str(secrets))
    sesame = {host for host, _, given in web.asked if "Sesame" in str(given)}
    assert sesame == {"paper.example"}
    assert ("other.example", "/fine/7") in {(host, path) for host, path, _ in web.asked}


def test_a_password_in_an_address_is_sent_to_nobody_and_stands_in_none_of_ours(
    web: Web, tmp_path: Path
) -> None:
    link = f"http://user:Sesame@paper.example:{web.port}/fine/5"
    web.put("/away", status=302, Location=link.replace("/5", "/6"))
    web.put_list("/list", "/away", link)
    became = crawled(tmp_path, web.url("/list"))
    assert became[web.url("/fine/5")][0] == "done"
    assert web.url("/fine/6") in {
        row[0] for row in rows(tmp_path / "archive", "SELECT url FROM articles")
    }
    assert not [given for _, _, given in web.asked if "authorization" in given]
    kept = rows(
        tmp_path / "archive",
        "SELECT c.url, asked_url, f.url, final_url, reason FROM captures c, frontier f",
    )
    assert "Sesame" not in str(kept)


def test_a_page_that_loads_itself_again_and_again_is_read(web: Web, tmp_path: Path) -> None:
    web.put("/again", f'<meta http-equiv="refresh" content="2; url=/again"><h1>Again</h1>{TEXT}')
    web.put_list("/list", "/again")
    became = crawled(tmp_path, web.url("/list"))
    assert became[web.url("/again")][0] == "done"
    assert [path for _, path, _ in web.asked].count("/again") == 2


def test_names_from_the_web_become_no_paths(web: Web, tmp_path: Path) -> None:
    names = ("/fine/..%2f..%2fevil", "/fine/%2e%2e/evil.warc.gz", "/fine/a%00b", "/fine/C:%5Cevil")
    web.put("/fine/named", TEXT, Content_Disposition='attachment; filename="../../evil.html"')
    web.put_list("/list", *names, "/fine/named")
    crawled(tmp_path, web.url("/list"))
    made = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    ours = re.compile(
        r"command\.py|archive/(archive\.db.*|[a-z.-]*lock|settings\.json|metadata\.yaml|"
        r"captures/backfile-[\d-]+\.warc\.gz)"
    )
    assert {path for path in made if not ours.fullmatch(path)} == set()


def test_a_host_is_not_asked_faster_than_it_wishes(web: Web, tmp_path: Path) -> None:
    web.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.5\n", Content_Type="text/plain")
    web.put_list("/list", *(f"/fine/{number}" for number in range(4, 10)))
    crawled(tmp_path, web.url("/list"))
    _, *others = web.times
    assert len(others) == 10
    gaps = [later - sooner for sooner, later in itertools.pairwise(others)]
    assert min(gaps) > 0.45, gaps


def test_a_page_is_bounded_in_its_length(web: Web, tmp_path: Path) -> None:
    web.put_list("/list", "/long")
    web.pages["/long"] = (200, {"Content-Type": "text/html"}, b"<p>words " * 2_200_000)
    became = crawled(tmp_path, web.url("/list"))
    assert "larger than a page may be" in became[web.url("/long")][1]


def test_no_host_is_asked_for_many_pages_at_once(web: Web, tmp_path: Path) -> None:
    others = [web.url(f"/fine/{n}", host="other.example") for n in range(4, 10)]
    web.put_list("/list", *(f"/fine/{n}" for n in range(4, 10)), *others)
    web.pause = 0.3
    # Without AutoThrottle, which would itself see to it.
    settings = {"DOWNLOAD_DELAY": "0.02", "AUTOTHROTTLE_ENABLED": "0"}
    scrapy_crawl(tmp_path, web.url("/list"), settings)
    assert len(web.asked) > 15
    assert web.most_at_once == {"paper.example": 2, "other.example": 2}


def test_a_host_that_asks_for_patience_slows_itself_and_not_the_crawl(
    web: Web, tmp_path: Path
) -> None:
    busy = [web.url(f"/busy/{n}", host="busy.example") for n in range(9)]
    for n in range(9):
        web.put(f"/busy/{n}", status=429, Retry_After="600")
    web.put_list("/list", *busy)
    began = time.monotonic()
    became = crawled(tmp_path, web.url("/list"))
    assert time.monotonic() - began < 60
    assert {became[web.url(f"/fine/{n}")][0] for n in (1, 2, 3)} == {"done"}
    asked = [path for host, path, _ in web.asked if host == "busy.example" and "busy" in path]
    assert len(asked) == len(set(asked)) <= 9
    again = rows(tmp_path / "archive", "SELECT count(*) FROM frontier WHERE due_at IS NOT NULL")
    assert again == [(9,)]
    web.asked.clear()
    guarded(tmp_path, "crawl")
    assert not [path for _, path, _ in web.asked if path in asked]


@pytest.mark.parametrize("honoured", [True, False])
def test_a_page_that_asks_for_it_is_kept_nowhere(web: Web, tmp_path: Path, honoured: bool) -> None:
    web.put_list("/list", "/a", "/b", "/c")
    web.put("/a", f"<h1>Alpha</h1>{TEXT}", X_Robots_Tag="noarchive")
    web.put("/b", f'<meta name="robots" content="noarchive"><h1>Beta</h1>{TEXT}')
    web.put("/c", f"<h1>Gamma</h1>{TEXT}", X_Robots_Tag="otherbot: noarchive")
    settings = {"BACKFILE_HONOUR_NOARCHIVE": str(int(honoured)), "AUTOTHROTTLE_ENABLED": "0"}
    scrapy_crawl(tmp_path, web.url("/list"), settings)
    told = dict(rows(tmp_path / "archive", "SELECT url, state FROM frontier"))
    expected = "refused" if honoured else "done"
    states = [told[web.url(path)] for path in ("/a", "/b", "/c")]
    assert states == [expected, expected, "done"]
    kept = captured(tmp_path)
    for word, is_kept in ((b"Alpha", not honoured), (b"Beta", not honoured), (b"Gamma", True)):
        assert (word in kept) is is_kept


def scrapy_crawl(folder: Path, seed: str, changed: Mapping[str, str]) -> None:
    """Crawl by Scrapy's own command, with settings that ours has no options for."""
    settings = {
        "BACKFILE_ALLOW_PRIVATE": "1",
        "BACKFILE_HOSTS": json.dumps({"*.example": PUBLIC}),
        "DOWNLOAD_DELAY": "0",
        **changed,
    }
    given = [part for pair in settings.items() for part in ("-s", "=".join(pair))]
    command = [sys.executable, "-m", "scrapy", "crawl", "headlines", "-a", f"seed={seed}"]
    done = subprocess.run(
        [*command, "-a", f"archive={folder / 'archive'}", *given],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert "Traceback" not in done.stderr


def test_a_page_is_bounded_in_its_time(tmp_path: Path) -> None:
    slow = ThreadingHTTPServer((PUBLIC, 0), type("Slow", (Slow,), {}))
    thread = threading.Thread(target=slow.serve_forever, daemon=True)
    thread.start()
    seed = f"http://slow.example:{slow.server_port}/"
    settings = {"DOWNLOAD_TIMEOUT": "1", "RETRY_TIMES": "0", "ROBOTSTXT_OBEY": "0"}
    scrapy_crawl(tmp_path, seed, settings)
    slow.shutdown()
    slow.server_close()
    told = rows(tmp_path / "archive", "SELECT state, reason FROM frontier")
    assert told == [("failed", "no answer in time (DOWNLOAD_TIMEOUT)")]


class Slow(BaseHTTPRequestHandler):
    """Sends a byte now and then, so that no pause is long."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(40):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return
            threading.Event().wait(0.1)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        pass
