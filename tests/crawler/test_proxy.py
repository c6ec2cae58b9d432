"""Behind a proxy: a real one, and what it is not asked for."""

import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from tests.newsstand import Newsstand


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


# Itself behind no proxy, and what leads elsewhere is for its client to follow.
ASKER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect())


class Forwarder(BaseHTTPRequestHandler):
    """Asks the newsstand for every host, as a proxy that knows its names would."""

    asked: list[str]
    port: int

    def do_GET(self) -> None:
        self.asked.append(self.path)
        parts = urlsplit(self.path)
        target = f"http://127.0.0.1:{self.port}{parts.path}"
        request = urllib.request.Request(target, headers={"Host": parts.netloc})
        try:
            with ASKER.open(request, timeout=10) as answer:
                self.pass_on(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            with error:
                self.pass_on(error.status or 500, error.headers, error.read())

    def pass_on(self, status: int, headers: object, body: bytes) -> None:
        self.send_response(status)
        for name in ("Content-Type", "Location"):
            value = headers.get(name)  # type: ignore[attr-defined]  # a Message
            if value is not None:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        pass


@pytest.fixture(scope="module")
def stand() -> Iterator[Newsstand]:
    with Newsstand() as running:
        yield running


@pytest.fixture(scope="module")
def proxy(stand: Newsstand) -> Iterator[tuple[str, list[str]]]:
    """A proxy's address, and what it was asked for."""
    asked: list[str] = []
    port = urlsplit(stand.seed).port
    handler = type("Bound", (Forwarder,), {"asked": asked, "port": port})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


def extract(url: str, proxy: str) -> subprocess.CompletedProcess[str]:
    """Run `backfile extract` behind a proxy, private addresses not allowed."""
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "crawler", "extract", url],
        env=environment | {"http_proxy": proxy},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_pages_come_through_the_proxy_which_may_be_private(
    stand: Newsstand, proxy: tuple[str, list[str]]
) -> None:
    address, asked = proxy
    url, truth = next((u, t) for u, t in stand.truth.items() if t.paragraphs)
    done = extract(url, address)
    assert done.returncode == 0, done.stderr
    assert truth.paragraphs[0][:40] in " ".join(done.stdout.split())
    assert url in asked


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "router"])
def test_the_proxy_is_not_asked_for_private_names(proxy: tuple[str, list[str]], name: str) -> None:
    address, asked = proxy
    done = extract(f"http://{name}:9/secret", address)
    assert done.returncode == 1
    assert "not a public address" in done.stderr
    assert not [path for path in asked if "secret" in path]


def test_nor_by_a_redirect(stand: Newsstand, proxy: tuple[str, list[str]]) -> None:
    address, asked = proxy
    done = extract(stand.url("trouble.example", "/redirect-loopback"), address)
    assert done.returncode == 1
    assert "not a public address" in done.stderr
    assert all("trouble.example" in path for path in asked if "redirect" in path)


def test_the_proxy_itself_is_no_host_of_pages(proxy: tuple[str, list[str]]) -> None:
    address, asked = proxy
    before = len(asked)
    assert "not a public address" in extract(f"{address}/admin", address).stderr
    assert len(asked) == before
