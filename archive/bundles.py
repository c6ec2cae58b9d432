"""What an archive holds as records that stand alone: lines of JSONL, and what `merge` hands over.

A record names others by their keys, never by the ids of one archive: an article its source, its
story's lead and its original; a headline its source and its article. So it means the same in any
archive. What can be worked out again (digests, search columns, ids) is left out; `judged` says that
an article's story was looked for among all others, so that `story` and `ties` tell it. Pure:
columns to plain values and back, with what is malformed refused; `exporting` reads rows,
`importing` writes them.

    {"record": "backfile", "format": 1}           first, once
    {"record": "source",   "key": …, "url": …, …}
    {"record": "article",  "key": …, …, "source": key, "story": key, "original": key,
     "judged": true, "addresses": […], "versions": […], "ties": […]}
    {"record": "headline", "identity": …, …, "source": key, "article": key,
     "changes": […], "resolution": {…}, "lookups": […]}
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias

from archive.export import Plain, Record
from archive.records import ChangeKind, DoorKind, VerdictKind
from archive.rows import Row, Stored, Value, array, dated, instant, storable, strings

# Of the records' shape. A reader refuses a newer one rather than to guess what it means.
FORMAT = 1
OPENING: Record = {"record": "backfile", "format": FORMAT}


# Of whole numbers, to SQLite.
LARGEST = 2**63 - 1


class Malformed(ValueError):
    """A record is not what it says it is; `str()` says what is wrong with it."""


class TieKind(StrEnum):
    """What two articles are to each other; see `stories`."""

    NEAR = "near"
    TOGETHER = "together"
    APART = "apart"


Reader: TypeAlias = Callable[[Plain], Value]


def _text(value: Plain) -> Value:
    if value is None or isinstance(value, str):
        return storable(value) if value is not None else None
    raise ValueError("it should be a text")


def _number(value: Plain) -> Value:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST:
        return value
    raise ValueError("it should be a whole number")


def _real(value: Plain) -> Value:
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return value
    raise ValueError("it should be a number")


def _flag(value: Plain) -> Value:
    if isinstance(value, bool):
        return int(value)
    raise ValueError("it should be true or false")


def _moment(value: Plain) -> Value:
    return None if value is None else instant(datetime.fromisoformat(str(value)))


def _texts(value: Plain) -> Value:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return _whole(array([str(one) for one in value]))
    raise ValueError("it should be a list of texts")


def _object(value: Plain) -> Value:
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        raise ValueError("it should be an object of texts")
    return _whole(json.dumps(value, ensure_ascii=False, sort_keys=True)) if value else None


def _whole(encoded: str | None) -> str | None:
    """Give JSON as rows have it: what is escaped in it is storable as it is."""
    return None if encoded is None else storable(encoded)


def _one_of(names: type[StrEnum]) -> Reader:
    def read(value: Plain) -> Value:
        return None if value is None else names(str(value)).value

    return read


def _as_is(value: Value) -> Plain:
    return value


def _as_flag(value: Value) -> Plain:
    return bool(value)


def _as_texts(value: Value) -> Plain:
    return list(strings(value))


def _as_object(value: Value) -> Plain:
    read: dict[str, Plain] = json.loads(str(value)) if value else {}
    # Names that had halves of pairs stand where these sorted.
    return dict(sorted(read.items()))


# How a column's value is written ▸ how it is read again.
WRITERS: Mapping[Reader, Callable[[Value], Plain]] = MappingProxyType(
    {_flag: _as_flag, _texts: _as_texts, _object: _as_object}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Which columns of a table a record holds, and how each is read."""

    columns: Mapping[str, Reader]
    required: frozenset[str]
    """What may not be missing."""
    dates: tuple[str, ...] = ()
    """Dates of pages and lists, of four columns each."""

    def plain(self, row: Stored) -> Record:
        """Give a row's columns as plain values."""
        return {
            name: WRITERS.get(reader, _as_is)(row[name]) for name, reader in self.columns.items()
        }

    def row(self, record: Plain) -> Row:
        """Give the columns that a record holds; raises Malformed.

        What it does not name is missing; what no column is called by is passed over.
        """
        if not isinstance(record, Mapping):
            raise Malformed("an object is expected")
        row = {name: self._read(name, record) for name in self.columns}
        missing = sorted(name for name in self.required if row[name] is None)
        if missing:
            raise Malformed(f"{missing[0]} is missing")
        for name in self.dates:
            _check_date(row, name)
        return row

    def _read(self, name: str, record: Mapping[str, Plain]) -> Value:
        reader = self.columns[name]
        if name not in record:
            return 0 if reader is _flag else None
        try:
            return reader(record[name])
        except (ValueError, TypeError, OverflowError) as error:
            raise Malformed(f"{name}: {error}") from error


def _check_date(row: Row, name: str) -> None:
    """Refuse a date that could not be read again."""
    try:
        dated(row, name)
    except ValueError as error:
        raise Malformed(f"{name}: {error}") from error


def text_of(record: Mapping[str, Plain], name: str) -> str | None:
    """Give the text under a name; None where there is none. Raises Malformed."""
    value = record.get(name)
    if value is None or isinstance(value, str):
        return storable(value) if value else None
    raise Malformed(f"{name}: it should be a text")


def records_of(record: Mapping[str, Plain], name: str) -> Sequence[Plain]:
    """Give the records under a name. Raises Malformed."""
    value = record.get(name) or []
    if isinstance(value, list):
        return value
    raise Malformed(f"{name}: it should be a list")


def _date(name: str) -> dict[str, Reader]:
    return {f"{name}{suffix}": _text for suffix in ("", "_precision", "_from", "_text")}


SOURCE = Shape(
    columns={
        "url": _text,
        "name": _text,
        "key": _text,
        "added_at": _moment,
        "paused": _flag,
        "listed_at": _moment,
        "visits": _number,
        "removed_at": _moment,
        "door": _text,
        "door_kind": _one_of(DoorKind),
        "door_key": _text,
    },
    required=frozenset({"url", "key", "added_at"}),
)
ARTICLE = Shape(
    columns={
        "key": _text,
        "url": _text,
        "canonical_url": _text,
        "title": _text,
        "byline": _texts,
        "agency": _text,
        "publisher": _text,
        **_date("published"),
        **_date("modified"),
        "dateline": _text,
        "section": _text,
        "tags": _texts,
        "language": _text,
        "description": _text,
        "text": _text,
        "html": _text,
        "captions": _texts,
        "image_url": _text,
        "cited": _texts,
        "partial": _flag,
        "damaged": _flag,
        "field_sources": _object,
        "verdict": _one_of(VerdictKind),
        "original_url": _text,
        "original_title": _text,
        "attribution": _text,
        "asked_url": _text,
        "captured_at": _moment,
        "memento_url": _text,
        "first_seen": _moment,
        "last_seen": _moment,
    },
    required=frozenset(
        {"key", "url", "text", "verdict", "asked_url", "captured_at", "first_seen", "last_seen"}
    ),
    dates=("published", "modified"),
)
VERSION = Shape(
    columns={
        "title": _text,
        **_date("published"),
        **_date("modified"),
        "text": _text,
        "html": _text,
        "captured_at": _moment,
        "memento_url": _text,
        "replaced_at": _moment,
    },
    required=frozenset({"text", "captured_at", "replaced_at"}),
    dates=("published", "modified"),
)
ADDRESS = Shape(
    columns={"key": _text, "url": _text, "role": _text}, required=frozenset({"key", "url", "role"})
)
TIE = Shape(
    columns={"kind": _one_of(TieKind), "part": _real, "made_at": _moment},
    required=frozenset({"kind", "made_at"}),
)
HEADLINE = Shape(
    columns={
        "identity": _text,
        "key": _text,
        "title": _text,
        "url": _text,
        "publisher": _text,
        **_date("published"),
        "date_text": _text,
        "raw": _text,
        "truncated": _flag,
        "damaged": _flag,
        "publisher_cut": _flag,
        "list_url": _text,
        "position": _number,
        "first_seen": _moment,
        "last_seen": _moment,
        "listed_on": _text,
        "place": _number,
        "visit": _number,
        "withdrawn_at": _moment,
    },
    required=frozenset(
        {"identity", "title", "raw", "list_url", "position", "first_seen", "last_seen"}
    ),
    dates=("published",),
)
CHANGE = Shape(
    columns={"kind": _one_of(ChangeKind), "at": _moment, "old": _text, "new": _text},
    required=frozenset({"kind", "at"}),
)
RESOLUTION = Shape(
    columns={
        "url": _text,
        "key": _text,
        "score": _real,
        "evidence": _text,
        "resolved_at": _moment,
    },
    required=frozenset({"evidence", "resolved_at"}),
)
RIVAL = Shape(
    columns={"url": _text, "title": _text, "score": _real, "evidence": _text},
    required=frozenset({"title", "score", "evidence"}),
)
LOOKUP = Shape(
    columns={"site": _text, "asked_at": _moment}, required=frozenset({"site", "asked_at"})
)
