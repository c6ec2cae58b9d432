"""The reading room: a Datasette plugin that shows an archive as readers of newspapers want it.

Datasette finds it by the entry point of this distribution, and asks it for routes, templates and
static files. On databases that are no archive it does nothing. Pages are in `pages`, the way from a
request to an answer in `serving`, which database is an archive in `rooms`.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from datasette import hookimpl

if TYPE_CHECKING:
    from sqlite3 import Connection

    from datasette.app import Datasette
    from jinja2 import Environment
    from markupsafe import Markup

    from archive.datasette.hosts import App


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def register_routes() -> list[tuple[str, Callable[..., object]]]:
    """Give the addresses of the reading room's pages."""
    from archive.datasette.routes import ROUTES
    from archive.datasette.serving import serving

    return [(pattern, serving(page)) for pattern, page in ROUTES]


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def prepare_jinja2_environment(env: "Environment", datasette: "Datasette") -> None:
    """Add what the templates use."""
    from archive.datasette import opened
    from archive.datasette.words import FILTERS, address_book

    env.filters |= {**FILTERS, "without_columns": opened.without_columns}
    env.globals["is_archive"] = lambda database: database in opened.names(datasette)
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


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def canned_queries(datasette: "Datasette", database: str) -> dict[str, dict[str, object]]:
    """Give the questions that people ask of an archive."""
    from archive.datasette import opened

    return opened.queries(datasette, database)


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def asgi_wrapper(datasette: "Datasette") -> Callable[["App"], "App"]:
    """Have requests refused that name another machine than this one."""
    from archive.datasette.hosts import guarded

    return lambda app: guarded(datasette, app)


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def menu_links(datasette: "Datasette") -> list[dict[str, str]]:
    """Lead from Datasette's own pages into the reading room."""
    from archive.datasette import linking

    return linking.menu(datasette)


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def render_cell(
    value: object, column: str, table: str | None, database: str, datasette: "Datasette"
) -> "Markup | None":
    """Lead from the numbers in tables to the pages of what they number."""
    from archive.datasette import linking

    return linking.cell(datasette, database=database, table=table, column=column, value=value)


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def prepare_connection(conn: "Connection") -> None:
    """Keep a single value that SQL makes within bounds, on archives."""
    from archive.datasette.rooms import bound

    bound(conn)


@hookimpl  # type: ignore[untyped-decorator]  # Datasette has no types
def extra_css_urls(
    datasette: "Datasette", database: str | None, view_name: str | None
) -> list[str]:
    """Give running text room in Datasette's own tables."""
    from archive.datasette import linking

    return linking.styles(datasette, database=database, view_name=view_name)
