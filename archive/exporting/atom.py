"""Articles as an Atom feed (RFC 4287), for feed readers and whatever reads feeds.

Ids are URNs of the pages' keys, so that an article is one entry in every export. Atom has no days:
one becomes its first instant in UTC, with `<category scheme="urn:backfile:published">` saying what
is known. What has no date has no `published`, and `updated` is when its page said so.
"""

import hashlib
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from archive import rows
from archive.exporting.entries import Entry, entries
from archive.exporting.selecting import Picked
from archive.exporting.xmltext import attribute, element, escaped
from archive.records import Dated

# Of a feed without entries: a moment that is the same each time.
NEVER = "1970-01-01T00:00:00+00:00"
UPDATED = "SELECT max(captured_at) FROM articles WHERE {picked}"
KNOWN_AS = "urn:backfile:published"


def write(raw: sqlite3.Connection, picked: Picked, *, title: str) -> Iterator[str]:
    """Give the feed; `title` says what was asked for, and makes its id."""
    updated = raw.execute(UPDATED.format(picked=picked.articles)).fetchone()[0] or NEVER
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield f"<id>{urn(f'export:{title}')}</id>\n{element('title', title)}\n"
    yield f"{element('updated', updated)}\n<generator>Backfile</generator>\n"
    yield "<author><name>Backfile</name></author>\n"
    for entry in entries(raw, picked):
        yield f"{entry_xml(entry)}\n"
    yield "</feed>\n"


def urn(name: str) -> str:
    """Give the id that Atom knows a name by: the same each time."""
    digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
    return uuid5(NAMESPACE_URL, f"urn:sha256:{digest}").urn


def entry_xml(entry: Entry, *, known_as: str | None = None) -> str:
    """Give an article's entry; `known_as` is its id where it was given out under another one."""
    read = entry.article
    dated = read.published or (entry.listed.published if entry.listed else None)
    parts = (
        element("id", known_as or urn(entry.key)),
        element("title", entry.title or read.url),
        element("updated", rows.instant(_instant(read.modified) or rows.moment(entry.captured_at))),
        *published(dated),
        link(read.url),
        *(f"<author>{element('name', name)}</author>" for name in read.byline if name.strip()),
        _source(entry),
        *(element("category", None, term=tag) for tag in read.tags if tag.strip()),
        element("summary", read.description) if read.description else "",
        _content(entry),
    )
    language = f' xml:lang="{attribute(read.language)}"' if read.language else ""
    return f"<entry{language}>{''.join(parts)}</entry>"


def published(dated: Dated | None) -> tuple[str, ...]:
    """Give a date's element with what is known of it; none where there is no date."""
    moment = _instant(dated)
    if dated is None or moment is None:
        return ()
    known = element(
        "category", None, scheme=KNOWN_AS, term=dated.isoformat(), label=dated.precision.value
    )
    return element("published", rows.instant(moment)), known


def _instant(dated: Dated | None) -> datetime | None:
    """Give a date as an instant: a day's begins in UTC, a time without an offset is one in UTC."""
    if dated is None:
        return None
    value = dated.value
    whole = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001 - the zone follows
    aware = whole if whole.tzinfo else whole.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC)
    except OverflowError:
        # The first or last day that there is, beyond it in UTC.
        return aware.replace(tzinfo=UTC)


def link(url: str) -> str:
    """Give the link to a page; none for what is not on the web."""
    if not url.startswith("http"):
        return ""
    return f'<link rel="alternate" type="text/html" href="{attribute(url)}"/>'


def _source(entry: Entry) -> str:
    """Give the publisher, where Atom has the feed that an entry is from."""
    if not entry.publisher:
        return ""
    return f"<source>{element('title', entry.publisher)}</source>"


def _content(entry: Entry) -> str:
    if entry.article.html is not None:
        return f'<content type="html">{escaped(entry.article.html)}</content>'
    return f'<content type="text">{escaped(entry.article.text)}</content>'
