"""What the archive itself has to say of a question before it is answered.

Reads the list of sources and the index of words; `query` builds, `search` finds, `advising` helps
where little is found.
"""

import sqlite3
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from archive import query, vocabulary
from archive.query import Asked, Here, Query

if TYPE_CHECKING:
    from archive.stems import Stems

PUBLISHERS = "SELECT publisher FROM publishers WHERE trim(publisher) = ? ORDER BY id"


def ask(
    raw: sqlite3.Connection, asked: Asked, *, zone: tzinfo, now: datetime, stems: bool
) -> Query | None:
    """Read what is asked for; see `query.build`. Raises UsageError, NotFound."""
    here = Here(
        now=now,
        zone=zone,
        source_id=lambda text: _source_id(raw, text),
        ways=writings(raw),
        publishers=lambda name: _publishers(raw, name),
    )
    if not stems:
        return query.build(asked, here)
    from archive.stems import Stems

    with Stems() as known:
        return query.build(asked, here._replace(ways=_with_forms(raw, known)))


def _source_id(raw: sqlite3.Connection, text: str) -> int:
    # Most searches name no source, and need no rhythms and addresses.
    from archive import sources

    return sources.find(raw, text).id


def _publishers(raw: sqlite3.Connection, name: str) -> tuple[str, ...]:
    """Give a publisher's name as it is stored; names are few, and counted without their blanks."""
    found = raw.execute(PUBLISHERS, (name,)).fetchall()
    return tuple(row[0] for row in found) or (name,)


def writings(raw: sqlite3.Connection) -> query.Ways:
    """Give what looks up a word's other writings."""
    return lambda word, _exact: vocabulary.writings(raw, word)


def _with_forms(raw: sqlite3.Connection, stems: "Stems") -> query.Ways:
    def ways(word: str, exact: bool) -> tuple[str, ...]:  # noqa: FBT001 - as `Ways` calls it
        forms = () if exact else vocabulary.held(raw, stems.forms(word))
        return (*vocabulary.writings(raw, word), *forms)

    return ways
