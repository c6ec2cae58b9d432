"""A source that has not changed costs one request for robots.txt and one for each list due.

Whatever its server says of that: nothing, the truth, or the same for ever.
"""

import sqlite3
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.crawler.test_guards import Handler, Web
from tests.crawler.test_run import backfile, crawl, rows

QUIET = {"Content-Type": "text/html"}


class Stubborn(Handler):
    """Says that nothing has changed to whoever names a copy."""

    def do_GET(self) -> None:  # noqa: N802 - http.server's name
        if "If-None-Match" in self.headers:
            self.web.asked.append(("paper.example", f"{self.path} 304", {}))
            self.send_response(304)
            self.end_headers()
        else:
            super().do_GET()


@pytest.fixture
def web() -> Iterator[Web]:
    """A site that sends its pages whole each time, unless `Stubborn` is put in front."""
    made = Web()
    handler = type("Bound", (Stubborn,), {"web": made})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        made.port = server.server_port
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield made
        server.shutdown()
        thread.join()


def asked(web: Web) -> list[str]:
    paths = [path for _, path, _ in web.asked]
    web.asked.clear()
    return paths


def set_list(web: Web, *links: str, **headers: str) -> None:
    web.put_list("/list", *links)
    status, _, body = web.pages["/list"]
    web.pages["/list"] = (status, QUIET | headers, body)


def test_a_server_that_says_nothing_is_told_by_its_bytes(web: Web, tmp_path: Path) -> None:
    set_list(web)
    backfile(tmp_path, "add", web.url("/list"), "--no-look")
    crawl(tmp_path)
    assert sorted(asked(web)) == ["/fine/1", "/fine/2", "/fine/3", "/list", "/robots.txt"]
    again = crawl(tmp_path)
    assert asked(web) == ["/robots.txt", "/list"]
    assert again["lists"][0]["ended"] == "not changed since the last visit"
    repeated = "SELECT kind FROM captures WHERE url LIKE '%/list' ORDER BY id"
    assert rows(tmp_path, repeated) == [("response",), ("revisit",)]
    set_list(web, "/fine/4")
    third = crawl(tmp_path)
    assert asked(web) == ["/robots.txt", "/list", "/fine/4"]
    assert third["new_headlines"] == 1


def test_the_same_mark_for_another_page_hides_nothing(web: Web, tmp_path: Path) -> None:
    """Some servers give a tag that never changes, and send the page that did."""
    set_list(web, **{"Last-Modified": "Fri, 08 Nov 2024 12:00:00 GMT"})
    backfile(tmp_path, "add", web.url("/list"), "--no-look")
    crawl(tmp_path)
    set_list(web, "/fine/4", **{"Last-Modified": "Fri, 08 Nov 2024 12:00:00 GMT"})
    assert crawl(tmp_path)["new_headlines"] == 1


def test_a_server_that_calls_everything_unchanged_is_not_believed_for_ever(
    web: Web, tmp_path: Path
) -> None:
    set_list(web, ETag='"a"')
    backfile(tmp_path, "add", web.url("/list"), "--no-look")
    crawl(tmp_path)
    set_list(web, "/fine/4", ETag='"a"')
    asked(web)
    assert crawl(tmp_path)["new_headlines"] == 0
    assert asked(web) == ["/robots.txt", "/list 304"]
    with sqlite3.connect(tmp_path / "archive.db") as db:
        db.execute("UPDATE frontier SET read_at = '2024-11-08T12:00:00+00:00'")
    assert crawl(tmp_path)["new_headlines"] == 1
    assert asked(web) == ["/robots.txt", "/list", "/fine/4"]
