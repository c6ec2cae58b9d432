"""A watch's feed: what it told last as Atom (RFC 4287), in a file that feed readers follow.

The newest come first, each under the id that it had when it was told: a headline keeps its own once
its article is held. What was forgotten since is in it no more.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive import rows
from archive.connection import Connection
from archive.errors import ArchiveError
from archive.exporting import atom, output
from archive.exporting.entries import Entry, entries
from archive.exporting.selecting import PICK, TABLES, Picked
from archive.exporting.xmltext import element
from archive.held import StoredHeadline
from archive.watching import MOST_HITS, Watch, words

TOLD = """
    SELECT kind, item_id, told_at, CASE kind
        WHEN 'article' THEN (SELECT time_order FROM articles WHERE id = item_id)
        ELSE (SELECT time_order FROM headlines WHERE id = item_id)
    END AS time_order
    FROM watch_hits WHERE watch_id = ? AND told_at IS NOT NULL
    ORDER BY told_at DESC, time_order DESC, item_id DESC LIMIT ?
"""
LINE = "SELECT * FROM headlines WHERE id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Something that was told."""

    at: str
    article_id: int | None
    line: StoredHeadline | None
    identity: str | None
    """Of the headline."""


def write(connection: Connection, watch: Watch) -> None:
    """Write a watch's feed anew, if it is not as it should be already. Raises ArchiveError."""
    path = connection.folder / watch.feed
    with connection.reading() as raw:
        text = "".join(_feed(raw, watch)).encode("utf-8", "replace")
    try:
        if path.is_file() and path.read_bytes() == text:
            return
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"cannot write {path}: {error.strerror or error}") from error
    output.write([text], path)


def _feed(raw: sqlite3.Connection, watch: Watch) -> Iterator[str]:
    told = _told(raw, watch)
    held = _articles(raw, [one.article_id for one in told if one.article_id is not None])
    made = rows.instant(watch.made_at)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield f"<id>{atom.urn(f'watch:{watch.name}:{made}')}</id>\n{element('title', watch.name)}\n"
    if watch.wanted is not None:
        yield f"{element('subtitle', words(watch.wanted))}\n"
    yield f"{element('updated', max((one.at for one in told), default=made))}\n"
    yield "<generator>Backfile</generator>\n<author><name>Backfile</name></author>\n"
    ids: set[str] = set()
    for one in told:
        known_as, text = _entry(one, held)
        # Atom forbids two entries of one id: a page that was told as a headline, and as an article
        # under the same address after the headline was forgotten.
        if text and known_as not in ids:
            ids.add(known_as)
            yield f"{text}\n"
    yield "</feed>\n"


def _told(raw: sqlite3.Connection, watch: Watch) -> Sequence[_Told]:
    found = raw.execute(TOLD, (watch.id, MOST_HITS)).fetchall()
    return [_one(raw, row["kind"], row["item_id"], row["told_at"]) for row in found]


def _one(raw: sqlite3.Connection, kind: str, item: int, at: str) -> _Told:
    if kind == "article":
        return _Told(at=at, article_id=item, line=None, identity=None)
    row = raw.execute(LINE, (item,)).fetchone()
    line = rows.stored_headline(row)
    return _Told(at=at, article_id=line.article_id, line=line, identity=row["identity"])


def _articles(raw: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Entry]:
    for statement in TABLES:
        raw.execute(statement)
    raw.executemany(PICK["articles"].replace("INSERT", "INSERT OR IGNORE"), ((i,) for i in ids))
    return {entry.id: entry for entry in entries(raw, Picked(everything=False))}


def _entry(one: _Told, held: dict[int, Entry]) -> tuple[str, str]:
    """Give an entry's id and text."""
    entry = held.get(one.article_id) if one.article_id is not None else None
    if one.line is None:
        return (atom.urn(entry.key), atom.entry_xml(entry)) if entry else ("", "")
    # A linked headline's identity is its page's key: its article has the same id.
    known_as = atom.urn(one.identity or "")
    if entry is not None:
        return known_as, atom.entry_xml(entry, known_as=known_as)
    return known_as, _line(one.line, known_as, one.at)


def _line(held: StoredHeadline, known_as: str, at: str) -> str:
    """Give the entry of a headline whose article is not held."""
    read = held.headline
    source = element("title", read.publisher) if read.publisher else ""
    parts = (
        element("id", known_as),
        element("title", read.title),
        element("updated", at),
        *atom.published(read.published),
        atom.link(read.url or ""),
        f"<source>{source}</source>" if source else "",
        element("content", read.raw, type="text"),
    )
    return f"<entry>{''.join(parts)}</entry>"
