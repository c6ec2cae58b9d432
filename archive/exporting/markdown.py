"""A folder of Markdown, a file an article, with its fields before it as YAML.

Names are made of the day, the title and a digest of the page's key: safe on every system, and the
same in each export. What a page said is text here, never markup of its own: every character that
Markdown would read is escaped.
"""

import hashlib
import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from archive.exporting.entries import Entry, entries
from archive.exporting.marked import escaped, from_html
from archive.exporting.selecting import Picked

# Letters of a title in a file's name; together with the rest within what any system takes.
LONGEST_SLUG = 60
DIGITS = 10
# What YAML has no printed form of, and JSON leaves as it is.
_UNPRINTED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of the folder."""

    name: str
    text: str


def write(raw: sqlite3.Connection, picked: Picked) -> Iterator[File]:
    """Give the files, an article each."""
    for entry in entries(raw, picked):
        yield File(name=name_of(entry), text=_text(entry))


def name_of(entry: Entry) -> str:
    """Give the name of an article's file."""
    day = (entry.published or "undated")[:10]
    plain = unicodedata.normalize("NFKD", entry.title or "").encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    slug = "-".join(words)[:LONGEST_SLUG].strip("-")
    digest = hashlib.sha256(entry.key.encode("utf-8", "replace")).hexdigest()[:DIGITS]
    return f"{'-'.join(filter(None, (day, slug, digest)))}.md"


def _text(entry: Entry) -> str:
    read = entry.article
    body = from_html(read.html) if read.html else None
    text = body or "\n\n".join(escaped(block) for block in read.text.split("\n\n"))
    title = f"# {escaped(entry.title)}\n\n" if entry.title else ""
    return f"{_front(entry)}\n{title}{text.strip()}\n"


def _front(entry: Entry) -> str:
    """Give the fields as YAML; JSON's texts and lists are YAML's, too."""
    read = entry.article
    fields = {
        "title": entry.title,
        "url": read.url,
        "canonical_url": read.canonical_url,
        "byline": list(read.byline),
        "agency": read.agency,
        "publisher": entry.publisher,
        "published": entry.published,
        "published_precision": entry.published_precision,
        "published_from": entry.published_from,
        "modified": read.modified.isoformat() if read.modified else None,
        "section": read.section,
        "tags": list(read.tags),
        "language": read.language,
        "description": read.description,
        "source": entry.source,
        "captured_at": entry.captured_at,
        "memento_url": entry.memento_url,
        "partial": read.partial,
    }
    lines = [f"{name}: {_yaml(value)}" for name, value in fields.items() if value or value is False]
    return "\n".join(("---", *lines, "---", ""))


def _yaml(value: str | list[str] | bool | None) -> str:  # noqa: FBT001 - a value, no switch
    text = json.dumps(value, ensure_ascii=False)
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
