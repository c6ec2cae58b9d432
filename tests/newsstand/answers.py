"""What comes in and what goes out: `Request`, `Answer`, and answers of a few usual kinds.

An `Answer` also says how it is sent wrongly (cut, slow, a false length); `server` carries it out.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import parse_qsl, urlsplit

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it arrived; header names in lower case, the host without its port."""

    method: str
    host: str
    target: str
    headers: Mapping[str, str]
    visit: int
    """1 for the first request to this host and target, then 2, …"""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> Mapping[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))

    @property
    def cookies(self) -> frozenset[str]:
        return frozenset(pair.strip() for pair in self.headers.get("cookie", "").split(";"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A response, and how to send it."""

    status: int = 200
    body: bytes = b""
    type: str | None = HTML
    headers: tuple[tuple[str, str], ...] = ()
    changed: datetime | None = None
    """For `Last-Modified`; None where the page must not say."""
    seconds: float = 0.0
    """How long the body takes to be sent."""
    declared: int | None = None
    """A false `Content-Length`."""
    cut: int | None = None
    """The connection is dropped after so many bytes of the body."""
    stream: Callable[[], Iterator[bytes]] | None = None
    """Makes the body while it is sent, chunked, in place of `body`."""
    endless_headers: bool = False
    """Headers are sent until the client goes."""


def html(text: str, *, status: int = 200, changed: datetime | None = None) -> Answer:
    """Answer with an HTML page in UTF-8."""
    return Answer(status=status, body=text.encode(), changed=changed)


def plain(text: str, type: str = "text/plain; charset=utf-8") -> Answer:  # noqa: A002
    """Answer with text of another type."""
    return Answer(body=text.encode(), type=type)


def moved(location: str, *, status: int = 302, cookie: str | None = None) -> Answer:
    """Answer with a redirect."""
    cookies = (("Set-Cookie", cookie),) if cookie else ()
    return Answer(status=status, type=None, headers=(("Location", location), *cookies))


def covers(place: str, host: str, target: str) -> bool:
    """Whether `place` (`host/path?query`) names a target: same path, and at least its query."""
    path, _, query = place.partition("?")
    parts = urlsplit(target)
    return path == f"{host}{parts.path}" and set(parse_qsl(query)) <= set(parse_qsl(parts.query))


def conditional(answer: Answer, request: Request) -> Answer:
    """Add validators to a good page, and answer 304 where the client holds it already."""
    if answer.status != 200 or answer.stream or "set-cookie" in dict(answer.headers):
        return answer
    tag = f'"{hashlib.sha256(answer.body).hexdigest()[:20]}"'
    marks = [("ETag", tag)]
    if answer.changed:
        marks.append(
            ("Last-Modified", format_datetime(answer.changed.astimezone(UTC), usegmt=True))
        )
    marked = replace(answer, headers=(*answer.headers, *marks))
    if _is_held(request.headers, tag, answer.changed):
        return replace(marked, status=304, body=b"", type=None)
    return marked


def _is_held(headers: Mapping[str, str], tag: str, changed: datetime | None) -> bool:
    """Decide as RFC 9110, section 13.2.2: a tag that is given settles the matter alone."""
    if "if-none-match" in headers:
        given = headers["if-none-match"].split(",")
        return any(one.strip().removeprefix("W/") in (tag, "*") for one in given)
    if changed is None or "if-modified-since" not in headers:
        return False
    try:
        since = parsedate_to_datetime(headers["if-modified-since"])
    except ValueError:
        return False
    return since.tzinfo is not None and changed <= since
