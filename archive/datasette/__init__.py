"""The reading room: a Datasette plugin that shows an archive as readers of newspapers want it.

Datasette finds it by the entry point of this distribution, and asks it for routes, templates and
static files. On databases that are no archive it does nothing. Pages are in `pages`, the way from a
request to an answer in `serving`, which database is an archive in `rooms`.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from datasette import hookimpl

if TYPE_CHECKING:
    from datasette.app import Datasette
    from jinja2 import Environment


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def register_routes() -> list[tuple[str, Callable[..., object]]]:
    """Give the addresses of the reading room's pages."""
    from archive.datasette.routes import ROUTES
    from archive.datasette.serving import serving

    return [(pattern, serving(page)) for pattern, page in ROUTES]


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def prepare_jinja2_environment(env: "Environment", datasette: "Datasette") -> None:
    """Add what the templates use."""
    from archive.datasette.words import FILTERS, address_book

    env.filters |= FILTERS
    env.globals["room"] = address_book(datasette)


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def startup(datasette: "Datasette") -> Callable[[], Awaitable[None]]:
    """Find out which of the databases are archives."""
    from archive.datasette import opened

    return lambda: opened.look(datasette)


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def get_metadata(datasette: "Datasette") -> dict[str, object]:
    """Say what an archive's tables and columns mean, and how they are shown."""
    from archive.datasette import opened

    return opened.metadata(datasette)
