"""`Newsstand`: one loopback server that is every newspaper, told apart by the Host header.

It carries answers out (also wrongly, where asked to) and keeps the log. What a page says is
decided in `aggregator`, `papers` and `misbehaviour`.
"""

import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from html import escape
from http.server import BaseHTTPRequestHandler
from socketserver import BaseServer, TCPServer, ThreadingMixIn
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.newsstand import aggregator, papers, shortener
from tests.newsstand.answers import Answer, Request, conditional, covers, html
from tests.newsstand.designs import page
from tests.newsstand.misbehaviour import OVERLAYS, Scene, trouble_page
from tests.newsstand.publishers import (
    AGGREGATOR,
    HOSTS,
    KEEPSAKE,
    PRESS_ROOM,
    SHORTENER,
    TROUBLE,
)
from tests.newsstand.truth import Truth, TruthBook
from tests.newsstand.webarchive import WebArchive
from tests.newsstand.world import Lead, World

TODAY = date(2024, 11, 8)
IDLE_SECONDS = 30.0
"""How long a connection may stay open without a request."""
SLOW_PIECES = 10
"""In how many pieces a slow body is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One request, as it was answered."""

    time: float
    """Seconds since the epoch."""
    host: str
    method: str
    path: str
    """With its query."""
    headers: Mapping[str, str]
    """Names in lower case."""
    status: int

    @property
    def place(self) -> str:
        """Host and path, as `counts` names them."""
        return f"{self.host}{self.path}"


class Newsstand:
    """A running newsstand; a context manager. Everything public may be called from any thread.

    `articles` headlines stand on `lists` pages of the aggregator's archive, the newest of the day
    `today`. `misbehave` lays behaviours over pages: `host/path` or an address ▸ a name of
    `misbehaviour.OVERLAYS`; what is `held` comes once the `gate` is set. Another `salt` gives other
    words. Where all is `shortened`, every post without an oddity attributes its text through the
    shortener.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        articles: int = 80,
        lists: int = 4,
        today: date = TODAY,
        salt: str = "newsstand",
        misbehave: Mapping[str, str] | None = None,
        slow_seconds: float = 2.0,
        bomb_bytes: int = 200_000_000,
        shortened: bool = False,
    ) -> None:
        self.hosts = HOSTS
        self.slow_seconds = slow_seconds
        self.bomb_bytes = bomb_bytes
        self.gate = threading.Event()
        self.gate.set()
        self._lock = threading.Lock()
        self._log: list[LogEntry] = []
        self._visits: Counter[str] = Counter()
        self._misbehaving: dict[str, str] = {}
        for url, name in (misbehave or {}).items():
            self.misbehave(url, name)
        self._server = _Server(port, self)
        self.port = self._server.server_address[1]
        self._world = World(
            port=self.port,
            articles=articles,
            lists=lists,
            today=today,
            salt=salt,
            shortened=shortened,
        )
        self.web_archive = WebArchive(place=f"http://{KEEPSAKE}:{self.port}")
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.gate.set()
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()

    @property
    def seed(self) -> str:
        """Address of the newest page of the aggregator's dated list."""
        return self.url(AGGREGATOR, "/archive/")

    @property
    def lists(self) -> Mapping[str, str]:
        """Every list of headlines: its shape ▸ its address."""
        return {
            "archive": self.seed,
            "text": self.url(AGGREGATOR, "/list.txt"),
            "table": self.url(PRESS_ROOM, "/press/"),
            "time": self.url(papers.NEWS_HOST, "/in-the-news/"),
            "feed": self.url(papers.FEED_HOST, "/feed.xml"),
            "sitemap": self.url(papers.FEED_HOST, "/sitemap.xml"),
            "index": self.url(papers.FEED_HOST, "/sitemaps.xml"),
            "json": self.url(papers.SCRIPT_HOST, "/feed.json"),
            "script": self.url(papers.SCRIPT_HOST, "/latest/"),
            "blog": self.url(papers.NEWS_HOST, "/blog/"),
            "trouble": self.url(TROUBLE, "/"),
        }

    @property
    def truth(self) -> Mapping[str, Truth]:
        """Address ▸ what a reader should find there, for every page that can be read."""
        return TruthBook(self._world)

    @property
    def log(self) -> tuple[LogEntry, ...]:
        """Every request since the start or the last `reset_log`, in order of being answered."""
        with self._lock:
            return tuple(self._log)

    def reset_log(self) -> None:
        """Forget the log; behaviours that count visits go on counting."""
        with self._lock:
            self._log.clear()

    def counts(self) -> Counter[str]:
        """Count the logged requests by `host/path?query`."""
        return Counter(entry.place for entry in self.log)

    def url(self, host: str, path: str) -> str:
        """Give the absolute address of a page."""
        return self._world.url(host, path)

    def leads(self) -> Iterator[Lead]:
        """Give every headline of the aggregator's list, newest first."""
        return self._world.leads()

    def publish(
        self,
        *,
        title: str | None = None,
        paragraphs: tuple[str, ...] | None = None,
        host: str | None = None,
        day: date | None = None,
    ) -> Lead:
        """Put a new article at a publisher and its headline on top of the list."""
        return self._world.publish(title=title, paragraphs=paragraphs, host=host, day=day)

    def edit(
        self,
        url: str,
        *,
        title: str | None = None,
        paragraphs: tuple[str, ...] | None = None,
        modified: datetime | None = None,
    ) -> None:
        """Change a publisher's article; its modification date moves on by itself."""
        self._world.edit(url, title=title, paragraphs=paragraphs, modified=modified)

    def reprint(self, lead: Lead, title: str) -> None:
        """Let the list print another title for a headline."""
        self._world.reprint(lead.number, title)

    def point(self, lead: Lead, url: str) -> None:
        """Let a headline's short link lead to another address than its article's."""
        self._world.point(lead.number, url)

    def withdraw(self, url: str, *, status: int = 410) -> None:
        """Let a page answer with `status` from now on; a post's headline leaves the list."""
        self._world.withdraw(url, status=status)

    @property
    def timegate(self) -> str:
        """Address behind which the web archive is asked for a page."""
        return f"{self.web_archive.place}/web/"

    def remember(self, url: str, at: datetime, answer: Answer | None = None) -> None:
        """Let the web archive hold a page as it is now, or another answer, as of a time."""
        if answer is None:
            parts = urlsplit(url)
            target = f"{parts.path}?{parts.query}" if parts.query else parts.path
            request = Request(
                method="GET", host=parts.hostname or "", target=target, headers={}, visit=1
            )
            answer = replace(self.answer(request), headers=())
        self.web_archive.keep(url, at, answer)

    def misbehave(self, url: str, name: str | None) -> None:
        """Lay a behaviour over a page (`host/path` or an address); None takes it away."""
        place = re.sub(r"^(?:http://)?([^/:]+)(?::\d+)?", r"\1", url)
        with self._lock:
            if name is None:
                self._misbehaving.pop(place, None)
            else:
                self._misbehaving[place] = _known(name)

    def answer(self, request: Request) -> Answer:
        """Decide what a request gets; also without any network."""
        status = self._world.withdrawn(request.host, request.target)
        if request.host not in HOSTS:
            return _error(421, f"{request.host} is not printed here")
        if status is not None:
            return _error(status, "Withdrawn")
        name, good = self._find(request)
        behave = OVERLAYS[self._overlaid(request) or name]
        played = behave(self._scene(request, good))
        return conditional(good, request) if played is good else played

    def _find(self, request: Request) -> tuple[str, Answer]:
        """Give the name of the page's own behaviour, and the page."""
        if request.host == TROUBLE:
            found = trouble_page(self._world, request)
            return found or ("fine", _error(404, "Not found"))
        if request.host == KEEPSAKE:
            return "fine", self.web_archive.answer(request) or _error(404, "Not archived")
        desk = {AGGREGATOR: aggregator, SHORTENER: shortener}.get(request.host, papers)
        reply = desk.answer(self._world, request)
        return "fine", reply or _error(404, "Not found")

    def _overlaid(self, request: Request) -> str | None:
        """Give the behaviour laid over a page."""
        with self._lock:
            laid = tuple(self._misbehaving.items())
        host, target = request.host, request.target
        start = f"{host}{request.path}"
        # Most places are told apart by their beginning, at a tenth of the cost.
        near = (each for each in laid if each[0].startswith(start))
        return next((name for place, name in near if covers(place, host, target)), None)

    def _scene(self, request: Request, good: Answer) -> Scene:
        return Scene(
            request=request,
            good=good,
            here=self.url(request.host, request.target),
            port=self.port,
            seconds=self.slow_seconds,
            bomb_bytes=self.bomb_bytes,
            gate=self.gate,
        )

    def count_visit(self, host: str, target: str) -> int:
        """Count a request; for the server."""
        with self._lock:
            self._visits[f"{host}{target}"] += 1
            return self._visits[f"{host}{target}"]

    def note(self, entry: LogEntry) -> None:
        """Log a request; for the server."""
        with self._lock:
            self._log.append(entry)


def _known(name: str) -> str:
    if name not in OVERLAYS:
        raise ValueError(f"no misbehaviour {name!r}; there are: {', '.join(OVERLAYS)}")
    return name


def _error(status: int, words: str) -> Answer:
    body = f"<header><a href='/'>Home</a></header><h1>{status}</h1><p>{escape(words)}</p>"
    return html(page(title=words, head="", body=body), status=status)


class _Server(ThreadingMixIn, TCPServer):
    """A thread for each connection; `hang_up` ends those that are still open."""

    allow_reuse_address = True
    daemon_threads = False
    request_queue_size = 256

    def __init__(self, port: int, stand: Newsstand) -> None:
        self.stand = stand
        self.stopping = threading.Event()
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def hang_up(self) -> None:
        """Wake every thread that waits for its client."""
        self.stopping.set()
        with self._open_lock:
            for connection in self._open:
                # A client that has gone already has nothing to be woken from.
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def process_request(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        assert isinstance(request, socket.socket)
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        assert isinstance(request, socket.socket)
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)


class _Handler(BaseHTTPRequestHandler):
    """Reads requests, sends answers."""

    protocol_version = "HTTP/1.1"
    server_version = "Newsstand"
    sys_version = ""
    timeout = IDLE_SECONDS
    wbufsize = -1
    disable_nagle_algorithm = True

    def __init__(self, request: socket.socket, client_address: object, server: BaseServer) -> None:
        assert isinstance(server, _Server)
        self.desk = server
        super().__init__(request, client_address, server)

    def handle(self) -> None:
        try:
            super().handle()
        except ConnectionError:
            self.close_connection = True

    def finish(self) -> None:
        try:
            super().finish()
        except ConnectionError:
            self.close_connection = True

    def do_GET(self) -> None:
        stand = self.desk.stand
        parts = urlsplit(self.path)
        target = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        host = (parts.netloc or self.headers.get("Host", "")).lower().rpartition(":")
        name = host[0] or host[2]
        headers = {key.lower(): value for key, value in self.headers.items()}
        visit = stand.count_visit(name, target)
        request = Request(
            method=self.command, host=name, target=target, headers=headers, visit=visit
        )
        answer = stand.answer(request)
        entry = LogEntry(
            time=time.time(),
            host=name,
            method=self.command,
            path=target,
            headers=headers,
            status=answer.status,
        )
        stand.note(entry)
        self._send(answer)

    do_HEAD = do_GET  # noqa: N815 (the base looks for this name)

    def _send(self, answer: Answer) -> None:
        falls = answer.declared is not None or answer.cut is not None
        self.close_connection = self.close_connection or falls
        own_server = any(name == "Server" for name, _ in answer.headers)
        self.send_response_only(answer.status) if own_server else self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.type:
            self.send_header("Content-Type", answer.type)
        if answer.stream:
            self.send_header("Transfer-Encoding", "chunked")
        elif answer.status != 304:
            length = len(answer.body) if answer.declared is None else answer.declared
            self.send_header("Content-Length", str(length))
        if self.close_connection:
            self.send_header("Connection", "close")
        while answer.endless_headers and not self.desk.stopping.is_set():
            self.send_header("X-Padding", "p" * 4000)
            self.flush_headers()
        self.end_headers()
        if self.command != "HEAD":
            self._send_body(answer)

    def _send_body(self, answer: Answer) -> None:
        if answer.stream:
            for piece in answer.stream():
                self.wfile.write(b"%x\r\n%b\r\n" % (len(piece), piece))
            self.wfile.write(b"0\r\n\r\n")
            return
        body = answer.body if answer.cut is None else answer.body[: answer.cut]
        size = max(1, -(-len(body) // (SLOW_PIECES if answer.seconds else 1)))
        for start in range(0, len(body), size):
            if answer.seconds:
                self.wfile.flush()
                self.desk.stopping.wait(answer.seconds / SLOW_PIECES)
            self.wfile.write(body[start : start + size])

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base's name)
        """Print nothing: the log is `Newsstand.log`."""
