"""Ways from Datasette's own tables into the reading room."""

from typing import TYPE_CHECKING

import markupsafe

from archive.datasette import opened
from archive.datasette.words import AddressBook, static_path
from archive.terminal import harmless

if TYPE_CHECKING:
    from datasette.app import Datasette

# Column ▸ the page of what it numbers, in tables, views and the answers to queries.
PAGES = {
    "article_id": "article",
    "other_id": "article",
    "original_id": "article",
    "lead_id": "article",
    "story_id": "story",
    "headline_id": "headline",
    "source_id": "source",
}
# Table ▸ the page of its rows, shown with the row itself.
ROWS = {"articles": "article", "stories": "story", "headlines": "headline", "sources": "source"}


def menu(datasette: "Datasette") -> list[dict[str, str]]:
    """Give the links of the menu at the top of each of Datasette's pages."""
    if not opened.names(datasette):
        return []
    book = AddressBook(datasette)
    return [
        {"href": book.path(), "label": "Reading room"},
        {"href": book.path("search"), "label": "Search"},
        {"href": book.path("sources"), "label": "Sources"},
        {"href": book.path("publishers"), "label": "Publishers"},
    ]


def styles(datasette: "Datasette", *, database: str | None, view_name: str | None) -> list[str]:
    """Give the style of an archive's tables; Datasette puts its own path before the address."""
    is_ours = view_name in {"table", "row"} and database in opened.names(datasette)
    return [static_path("tables.css")] if is_ours else []


def cell(
    datasette: "Datasette", *, database: str, table: str | None, column: str, value: object
) -> markupsafe.Markup | None:
    """Give a number as a link to the page of what it numbers; None for all other cells.

    Where Datasette knows the row's name (`{"value": 7, "label": "A title"}`), the link has it.
    """
    page = ROWS.get(table or "") if column == "id" else PAGES.get(column)
    if page is None or database not in opened.names(datasette):
        return None
    number, label = (
        (value.get("value"), value.get("label")) if isinstance(value, dict) else (value, None)
    )
    if not isinstance(number, int):
        return None
    path = datasette.urls.path(f"/-/{page}/{number}")
    if label is None or label == number:
        return markupsafe.Markup('<a href="{}">{}</a>').format(path, number)
    return markupsafe.Markup('<a href="{}">{}</a>&nbsp;<em>{}</em>').format(
        path, harmless(str(label)), number
    )
