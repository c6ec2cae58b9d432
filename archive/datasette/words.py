"""What the templates use: filters, and the addresses of pages and static files."""

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from archive.export import web_address
from archive.layout import known_date
from archive.terminal import harmless

if TYPE_CHECKING:
    from datasette.app import Datasette

STATIC = Path(__file__).parent / "static"


def number(value: int) -> str:
    """Give a number as people read it."""
    return f"{value:,}"


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def written_date(value: str, precision: str | None = None) -> str:
    """Give a stored date as a newspaper writes it: `8 November 2024, 14:05 +02:00`."""
    known = known_date(value, precision)
    day, _, time = known.partition(" ")
    year, *rest = day.split("-")
    if not rest:
        return year
    month = MONTHS[int(rest[0]) - 1]
    written = f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"
    return f"{written}, {time}" if time else written


def machine_date(value: str, precision: str | None = None) -> str:
    """Give a stored date as `<time datetime>` takes it: no more of it than is known."""
    return value if precision not in {"year", "month"} else known_date(value, precision)


FILTERS: Mapping[str, Callable[..., Any]] = {
    # Characters that turn the direction of a line, or cannot be seen, change what a reader reads.
    "harmless": harmless,
    "number": number,
    "written_date": written_date,
    "machine_date": machine_date,
    # Only http and https ever become a link.
    "web_address": web_address,
}


@cache
def static_path(name: str) -> str:
    """Give the path of a static file, below whatever path Datasette is served."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/-/static-plugins/backfile/{name}?v={digest}"


class AddressBook:
    """The addresses of the reading room, under whatever path Datasette is served."""

    def __init__(self, datasette: "Datasette") -> None:
        self._datasette = datasette

    def path(self, *parts: object, **arguments: object) -> str:
        """Give the address of a page: `room.path("article", 12)`, `room.path("search", q="x")`.

        Arguments that are None or empty are left out.
        """
        path = "/".join(quote(str(part), safe="") for part in parts)
        given = {name: value for name, value in arguments.items() if value not in (None, "")}
        asked = f"?{urlencode(given, doseq=True)}" if given else ""
        return str(self._datasette.urls.path(f"/-/{path}{asked}" if path else f"/{asked}"))

    def static(self, name: str) -> str:
        """Give the address of a static file, which changes with the file."""
        return str(self._datasette.urls.path(static_path(name)))

    def table(self, database: str, table: str, **arguments: object) -> str:
        """Give the address of Datasette's own page of a table."""
        asked = f"?{urlencode(arguments)}" if arguments else ""
        return f"{self._datasette.urls.table(database, table)}{asked}"


def address_book(datasette: "Datasette") -> AddressBook:
    """Give the addresses of the reading room in a Datasette."""
    return AddressBook(datasette)
