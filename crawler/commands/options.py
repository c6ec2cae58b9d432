"""What several commands share: the options about the network and about files."""

import functools
import ipaddress
import math
from collections.abc import Callable
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, TypeVar

import click

T = TypeVar("T")

NO_CREDENTIALS = "an address with a user's name or password in it is not used: give it without"


def finite(_context: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    """Give a number of seconds; `nan` and `inf` are numbers to Python, but none to wait for.

    Raises:
        BadParameter: it is one of these.

    """
    if value is not None and not math.isfinite(value):
        raise click.BadParameter(f"{value} is no number of seconds")
    return value


NETWORK_OPTIONS = (
    click.option(
        "--contact",
        envvar="BACKFILE_CONTACT",
        metavar="TEXT",
        help="A mail or web address for the user agent, so that sites can reach you.",
    ),
    click.option(
        "--delay",
        type=click.FloatRange(min=0),
        callback=finite,
        metavar="SECONDS",
        help="Pause between two requests to one host (default 1; 0 only for your own hosts).",
    ),
    click.option(
        "--allow-private",
        is_flag=True,
        help="Fetch from private and loopback addresses too (an intranet).",
    ),
    click.option(
        "--resolve",
        "hosts",
        multiple=True,
        metavar="HOST=ADDRESS",
        help="Use this address for a host, or for *.DOMAIN, instead of asking DNS.",
    ),
    click.option(
        "--credentials",
        envvar="BACKFILE_CREDENTIALS",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Headers by host (a subscription's cookie), in TOML; readable by you alone.",
    ),
    click.option("-v", "--verbose", is_flag=True, help="Log what the crawler does."),
)


def network_options(command: Callable[..., T]) -> Callable[..., T]:
    """Add the options about the network; the command gets them as one argument, `network`."""

    @functools.wraps(command)
    def with_network(
        *args: Any,
        contact: str | None,
        delay: float | None,
        hosts: tuple[str, ...],
        credentials: Path | None,
        allow_private: bool,
        verbose: bool,
        **kwargs: Any,
    ) -> T:
        from crawler.credentials import read_credentials
        from crawler.run import Network

        if credentials is not None:
            # What is wrong with the file is said before anything is fetched.
            read_credentials(credentials)
        network = Network(
            contact=contact,
            delay=delay,
            allow_private=allow_private,
            hosts=dict(split_host(pair) for pair in hosts),
            credentials=credentials,
            verbose=verbose,
        )
        return command(*args, network=network, **kwargs)

    for option in reversed(NETWORK_OPTIONS):
        with_network = option(with_network)
    return with_network


WEB_ARCHIVE_OPTIONS = (
    click.option(
        "--no-mementos",
        is_flag=True,
        help="Do not look dead links up in a web archive; it is told of none.",
    ),
    click.option(
        "--timegate",
        envvar="BACKFILE_TIMEGATE",
        metavar="URL",
        help="Ask this web archive (RFC 7089) about dead links (default: the Wayback Machine).",
    ),
    click.option(
        "--memento-delay",
        type=click.FloatRange(min=0),
        callback=finite,
        metavar="SECONDS",
        help="Pause between two requests to the web archive (default 5).",
    ),
    click.option(
        "--max-mementos",
        type=click.IntRange(min=0),
        metavar="N",
        help="Look at most N dead links up in this crawl (default 100); the rest waits.",
    ),
)


def web_archive_options(command: Callable[..., T]) -> Callable[..., T]:
    """Add the options about dead links; the command gets them as one, `web_archive`."""

    @functools.wraps(command)
    def with_web_archive(
        *args: Any,
        no_mementos: bool,
        timegate: str | None,
        memento_delay: float | None,
        max_mementos: int | None,
        **kwargs: Any,
    ) -> T:
        from crawler.run import WebArchive

        web_archive = WebArchive(
            is_asked=not no_mementos,
            timegate=checked_timegate(timegate),
            delay=memento_delay,
            most=max_mementos,
        )
        return command(*args, web_archive=web_archive, **kwargs)

    for option in reversed(WEB_ARCHIVE_OPTIONS):
        with_web_archive = option(with_web_archive)
    return with_web_archive


def checked_timegate(value: str | None) -> str | None:
    """Give the address behind which a page's is put to ask for it.

    Raises:
        UsageError: it is no web address, or holds a password.

    """
    from archive.errors import UsageError
    from archive.urls import canonical_url

    if value is None:
        return None
    if has_credentials(value):
        raise UsageError(NO_CREDENTIALS)
    if canonical_url(value) is None:
        raise UsageError(
            f"--timegate: {value!r} is no web address: it begins with http:// or https://"
        )
    return value


def split_host(pair: str) -> tuple[str, str]:
    """Split HOST=ADDRESS.

    Raises:
        BadParameter: it is no such pair.

    """
    host, equals, address = pair.partition("=")
    if not (host and equals and address):
        raise click.BadParameter(f"{pair!r} should read HOST=ADDRESS", param_hint="--resolve")
    try:
        ipaddress.ip_address(address)
    except ValueError:
        raise click.BadParameter(
            f"{pair!r}: {address!r} is no IP address", param_hint="--resolve"
        ) from None
    return host.casefold(), address


def checked_address(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> str | None:
    """Give the address that a file was saved from.

    Raises:
        UsageError: it is no web address, or holds a password.

    """
    from archive.errors import UsageError
    from archive.urls import canonical_url

    if value is None:
        return None
    if has_credentials(value):
        raise UsageError(NO_CREDENTIALS)
    if canonical_url(value) is None:
        raise UsageError(f"--url: {value!r} is no web address: it begins with http:// or https://")
    return value


FILE_OPTIONS = (
    click.option(
        "--url", callback=checked_address, help="For a FILE: the address it was saved from."
    ),
    click.option(
        "--captured-at",
        type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
        help="For a FILE: when it was saved (UTC); relative dates and those without a year count "
        "from it; of a day, its end is meant. Now, if not given.",
    ),
)


def file_options(command: Callable[..., T]) -> Callable[..., T]:
    """Add what is known of a saved file: `url` and `captured_at`, as they were given."""
    for option in reversed(FILE_OPTIONS):
        command = option(command)
    return command


def saved_at(given: datetime | None, now: datetime) -> datetime:
    """Give the instant at which a file was saved; of a day its end, because its times may be of it.

    Not later than `now`, which is what is meant if none is given.

    Raises:
        UsageError: it is still to come.

    """
    from archive.errors import UsageError

    if given is None:
        return now
    saved = given.replace(tzinfo=UTC)
    if saved > now:
        raise UsageError(f"--captured-at: {saved:%Y-%m-%d %H:%M} UTC is still to come")
    if saved.time() == time():
        saved = datetime.combine(saved.date(), time(23, 59, 59), tzinfo=UTC)
    return min(saved, now)


ASSUMED_NOW = (
    "backfile: dates without a year, or like '3 days ago', were counted from now; "
    "if the file was saved before, say when with --captured-at"
)


def has_credentials(url: str) -> bool:
    """Tell whether an address holds a name or a password: `https://user:secret@host/`."""
    from urllib.parse import urlsplit

    try:
        return "@" in urlsplit(url).netloc
    except ValueError:
        return False
