"""A bare HTTP client that asks loopback for any host of a newsstand. Follows nothing."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.newsstand.server import Newsstand


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A response as it came; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def fetch(
    stand: Newsstand, url: str, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> Reply:
    """Ask the newsstand for an absolute address. Raises what `http.client` raises."""
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    line = http.client.HTTPConnection("127.0.0.1", stand.port, timeout=10)
    try:
        line.request(method, target, headers={"Host": parts.netloc, **(headers or {})})
        response = line.getresponse()
        named = {name.lower(): value for name, value in response.getheaders()}
        return Reply(status=response.status, headers=named, body=response.read())
    finally:
        line.close()
