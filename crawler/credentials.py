"""Headers that let somebody in (a subscription's cookie, a key), by host, from a file of its owner.

    ["paper.example"]
    Cookie = "session=…"

    ["*.archive.example"]
    Authorization = "Bearer …"

They are sent to that host alone, over https, and stand in no capture, log or export. `Credentials`
decides; `SendCredentials` sets them where each request goes out, redirects included.
"""

import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy.exceptions import NotConfigured
from scrapy.http import Request

from archive.errors import UsageError
from crawler.resolver import mapped

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

# What may not be set so: it says to whom a request goes, or how it is framed.
FRAMING = frozenset({"connection", "content-length", "host", "transfer-encoding"})
# A host as addresses name it: what has a scheme, a port or a path would be sent nowhere, and nobody
# would be told.
HOST = re.compile(r"(?:\*\.)?[a-z0-9_.-]+|[0-9a-f:.]+")
# A header's name (RFC 9110, 5.1).
TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Host, or `*.domain` ▸ header name ▸ value; names as their owner wrote them."""

    by_host: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Every header that is a secret for some host, in lower case."""
        return frozenset(name.casefold() for given in self.by_host.values() for name in given)

    def for_url(self, url: str, *, allow_plain: bool) -> Mapping[str, str]:
        """Give the headers that are sent to an address: none but over https, unless allowed."""
        parts = urlsplit(url)
        if parts.scheme != "https" and not allow_plain:
            return {}
        return mapped(parts.hostname or "", self.by_host) or {}


def read_credentials(path: Path) -> Credentials:
    """Read a file of credentials.

    Raises:
        UsageError: it cannot be read, can be read by others, or is not of this form.

    """
    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise UsageError(f"{path} can be read by others: `chmod 600 {path}`")
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path} is no TOML: {error}") from error
    by_host = {host_of(path, host): headers_of(path, host, each) for host, each in given.items()}
    return Credentials(by_host=by_host)


def host_of(path: Path, given: str) -> str:
    """Give a host as it is looked up, in lower case.

    Raises:
        UsageError: it is no host's name, but an address, say.

    """
    name = given.casefold().rstrip(".")
    if not HOST.fullmatch(name):
        raise UsageError(f"{path}: {given!r} is no host: write paper.example or *.paper.example")
    return name


def headers_of(path: Path, host: str, given: object) -> Mapping[str, str]:
    """Give one host's headers.

    Raises:
        UsageError: they are not names with texts, or one that may not be set.

    """
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise UsageError(f'{path}: {host} should read ["{host}"], then lines of NAME = "value"')
    for name, value in given.items():
        # The value is nowhere repeated: it is a secret.
        sendable = TOKEN.fullmatch(name) and value.isprintable() and value.isascii()
        if name.casefold() in FRAMING or not sendable:
            raise UsageError(f"{path}: {name} of {host} cannot be sent")
    return given


class SendCredentials:
    """A downloader middleware: sets each host's headers, and takes off what is another's."""

    def __init__(self, credentials: Credentials, *, allow_plain: bool) -> None:
        self.credentials = credentials
        self.allow_plain = allow_plain

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build from the settings `BACKFILE_CREDENTIALS` and `BACKFILE_ALLOW_PRIVATE`.

        Raises:
            NotConfigured: there are none.

        """
        path = crawler.settings.get("BACKFILE_CREDENTIALS")
        if not path:
            raise NotConfigured
        allow_plain = crawler.settings.getbool("BACKFILE_ALLOW_PRIVATE")
        return cls(read_credentials(Path(path)), allow_plain=allow_plain)

    def process_request(self, request: Request) -> None:
        """Set the headers of the request's host; cookies that the host set itself are kept."""
        for name in request.meta.pop("credentials", ()):
            request.headers.pop(name, None)
        given = self.credentials.for_url(request.url, allow_plain=self.allow_plain)
        for name, value in given.items():
            own = request.headers.get(name) if name.casefold() == "cookie" else None
            request.headers[name] = f"{own.decode('latin-1')}; {value}" if own else value
        if given:
            # Redirected requests are copies: what was set for this host comes off for the next.
            request.meta["credentials"] = tuple(given)
