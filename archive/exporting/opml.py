"""The sources as OPML 2.0, which feed readers read; `import` reads it again."""

import sqlite3
from collections.abc import Iterator

from archive import rows
from archive.exporting.selecting import Picked
from archive.exporting.xmltext import attribute
from archive.records import DoorKind

# What a feed reader can follow.
FEEDS = frozenset({DoorKind.FEED, DoorKind.JSON_FEED})
SOURCES = (
    "SELECT * FROM sources WHERE {picked} AND removed_at IS NULL AND url LIKE 'http%' ORDER BY id"
)


def write(raw: sqlite3.Connection, picked: Picked) -> Iterator[str]:
    """Give the document; files that were imported have no address and are left out."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
    yield "<head><title>Backfile: sources</title></head>\n<body>\n"
    for row in raw.execute(SOURCES.format(picked=picked.sources)):
        yield f"{_outline(row)}\n"
    yield "</body>\n</opml>\n"


def _outline(row: rows.Stored) -> str:
    held = rows.source(row)
    name = held.name or held.url
    told = {"text": name, "title": name}
    if held.door is not None and held.door.kind in FEEDS:
        told |= {"type": "rss", "xmlUrl": held.door.url, "htmlUrl": held.url}
    else:
        told |= {"type": "link", "url": held.url, "htmlUrl": held.url}
    given = " ".join(f'{key}="{attribute(value)}"' for key, value in told.items())
    return f"<outline {given}/>"
