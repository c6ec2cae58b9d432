"""The reading room: Datasette on the archive's folder, on this machine only unless made public.

Datasette opens the database read-only, so a crawl may go on meanwhile. Which addresses others may
reach is decided here; whose requests are answered on this machine, in `archive.datasette.hosts`.
"""

import ipaddress
import json
import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

from archive.errors import ArchiveError, UsageError
from archive.roomfiles import SETTINGS_FILE, keep, lacking

LOOPBACK = "127.0.0.1"
# Datasette's own, tried first so that the address stays the same from day to day.
USUAL_PORT = 8001
# Set for the server: it is for others too, under whatever name they know it by.
PUBLIC_VARIABLE = "BACKFILE_BROWSE_PUBLIC"
# Milliseconds that a query may take where the settings say nothing.
DATASETTES_LIMIT = 1000
# Addresses that stand for every address of the machine.
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - named, to be explained


def prepare(folder: Path) -> tuple[str, ...]:
    """Bring the folder's configuration to this version; give what is to be told, a line each.

    Raises UsageError for settings that Datasette could not read.
    """
    return (*keep(folder), *lacking(folder))


def choose_host(wanted: str | None, *, public: bool) -> str:
    """Give the address to listen at.

    Raises UsageError for one that others can reach where that was not asked for, and the other way
    round for what is to be public without saying where.
    """
    if wanted is None:
        if public:
            raise UsageError(
                "--public needs --host: an address of this machine that others reach, 0.0.0.0 for "
                f"all of them, or {LOOPBACK} behind a proxy"
            )
        return LOOPBACK
    if not (public or is_loopback(wanted)):
        raise UsageError(
            f"others can reach {wanted}; add --public if they may read the whole archive"
        )
    return wanted


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def warning(folder: Path) -> str:
    """Tell what becoming public opens, in words."""
    limit = _time_limit(folder) / 1000
    return (
        "Public: whoever reaches this address can read all that the archive holds (texts, lists, "
        "the addresses of your sources, saved searches) and run any SQL query that reads, for up "
        f"to {limit:g} seconds each. Nobody can write, and the folder's other files stay closed. "
        "There is no password and no encryption: a proxy before it can give both."
    )


def _time_limit(folder: Path) -> int:
    path = folder / SETTINGS_FILE
    given = json.loads(path.read_bytes()).get("sql_time_limit_ms") if path.exists() else None
    return given if isinstance(given, int) else DATASETTES_LIMIT


def choose_port(wanted: int | None, host: str = LOOPBACK) -> int:
    """Give the port asked for, or the usual one, or any free one. Raises UsageError when taken."""
    if wanted is not None:
        if wanted and not _is_free(host, wanted):
            raise UsageError(f"port {wanted} is in use; leave --port out to take a free one")
        return wanted or _any_free(host)
    return USUAL_PORT if _is_free(host, USUAL_PORT) else _any_free(host)


def _is_free(host: str, port: int) -> bool:
    family, address = _found(host, port)
    with socket.socket(family) as probe:
        # As the server will: a port whose last connections are only fading counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError:
            return False
    return True


def _any_free(host: str) -> int:
    family, address = _found(host, 0)
    with socket.socket(family) as probe:
        try:
            probe.bind(address)
        except OSError as error:
            raise UsageError(f"cannot listen at {host}: {error.strerror}") from error
        return int(probe.getsockname()[1])


def _found(host: str, port: int) -> tuple[socket.AddressFamily, tuple[object, ...]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise UsageError(f"there is no address {host}: {error.strerror}") from error
    family, _, _, _, address = found[0]
    return family, tuple(address)


def reached(host: str, port: int) -> str:
    """Give where the archive is to be found, in words."""
    if host in EVERYWHERE:
        return f"port {port} of all addresses of this machine, here http://{LOOPBACK}:{port}/"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def arguments(folder: Path, *, host: str = LOOPBACK, port: int, opens: bool) -> list[str]:
    """Give the command that serves a folder."""
    command = [sys.executable, "-m", "archive.datasette", "serve", str(folder)]
    return [*command, "--host", host, "--port", str(port), *(["--open"] if opens else [])]


def serve(folder: Path, *, host: str, port: int, opens: bool, public: bool) -> NoReturn:
    """Become Datasette: signals go to it directly and nothing is left running.

    Raises ArchiveError.
    """
    command = arguments(folder, host=host, port=port, opens=opens)
    environment = {name: value for name, value in os.environ.items() if name != PUBLIC_VARIABLE}
    environment |= {PUBLIC_VARIABLE: "1"} if public else {}
    # The command is built from our own constants, a path and a number; no shell sees it.
    try:
        os.execve(command[0], command, environment)  # noqa: S606 - the command is our own
    except OSError as error:
        raise ArchiveError(f"cannot start Datasette: {error.strerror}") from error
