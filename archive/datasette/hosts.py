"""Whose requests are answered: on this machine, those that name this machine.

A page of the web can give its own host's name the address 127.0.0.1 and then read, in a visitor's
browser, what is served there (DNS rebinding). Its requests name that host; they are refused where
they come in on a loopback address. What is made public with `backfile browse --public` answers to
every name; a proxy's names are given in the metadata:

    plugins:
      backfile:
        hosts: [news.example.org]
"""

import ipaddress
import os
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import TYPE_CHECKING, Any, TypeAlias

from archive.browse import PUBLIC_VARIABLE
from archive.datasette import opened

if TYPE_CHECKING:
    from datasette.app import Datasette

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Any]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

REFUSED = (
    "This archive is served on this machine, and the request names another host. If a proxy sends "
    "it, name the host in metadata.yaml (plugins: backfile: hosts), or use backfile browse "
    "--public.\n"
)
# Datasette's own answers lack it: JSON and CSV of what pages said are never to be taken for a page.
NOSNIFF = (b"x-content-type-options", b"nosniff")


def guarded(datasette: "Datasette", app: App) -> App:
    """Give Datasette's application behind the guard; it stands open where there is no archive."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        # Where another server runs it, start-up is at the first request.
        await datasette.invoke_startup()
        if not opened.names(datasette):
            await app(scope, receive, send)
        elif is_welcome(_host(scope), served_at=_served_at(scope), names=_names(datasette)):
            await app(scope, receive, _unsniffed(send))
        else:
            await _refuse(send)

    return guard


def is_welcome(host: str, *, served_at: str | None, names: Iterable[str]) -> bool:
    """Tell whether a request is answered that names a host, by the address it came in at."""
    if os.environ.get(PUBLIC_VARIABLE) or not is_local(served_at or ""):
        return True
    return is_local(host) or host in {name.lower() for name in names}


def is_local(host: str) -> bool:
    """Tell whether a host is this machine, whatever a name server says: no look-up is made."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _names(datasette: "Datasette") -> Iterable[str]:
    given = (datasette.plugin_config("backfile") or {}).get("hosts") or ()
    return (given,) if isinstance(given, str) else map(str, given)


def _served_at(scope: Scope) -> str | None:
    server = scope.get("server")
    return server[0] if server else None


def _host(scope: Scope) -> str:
    """Give the host that a request names, without its port; "" for one without or with several."""
    named = [value for key, value in scope["headers"] if key.lower() == b"host"]
    if len(named) != 1:
        return ""
    host = bytes(named[0]).decode("latin-1").lower()
    bare, colon, port = host.rpartition(":")
    return (bare if colon and port.isdecimal() else host).rstrip(".")


def _unsniffed(send: Send) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        headers = list(message.get("headers", ()))
        held = {key.lower() for key, _ in headers}
        if message["type"] == "http.response.start" and NOSNIFF[0] not in held:
            message = {**message, "headers": [*headers, NOSNIFF]}
        await send(message)

    return sending


async def _refuse(send: Send) -> None:
    body = REFUSED.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": 421, "headers": headers})
    await send({"type": "http.response.body", "body": body})
