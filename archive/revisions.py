"""The versions of an article in order, and what changed from one to the next. Pure.

Versions are numbered from 1, the first that was stored; the last is what is held now. Where a
page came back to an earlier text, that is a version of its own: it is what happened. How all this
looks on a terminal says `archive.redlines`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from archive.errors import UsageError
from archive.export import Record
from archive.fingerprint import fingerprint
from archive.rows import instant
from archive.terminal import counted
from archive.versions import Piece, differences

if TYPE_CHECKING:
    from archive.held import StoredArticle
    from archive.records import Dated


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An article as its page had it for a time."""

    number: int
    id: int | None
    """Of its row in `versions`; None for the one that is held now."""
    title: str | None
    text: str
    text_digest: str
    published: "Dated | None"
    modified: "Dated | None"
    first_seen: datetime
    last_seen: datetime
    """When the page last said so."""

    @property
    def words(self) -> int:
        """How many words the text has, by its blanks."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What changed from one version to another."""

    before: Revision
    after: Revision
    title: tuple[Piece, ...]
    """The whole title of both, in pieces; nothing where it is as it was."""
    text: tuple[Piece, ...]
    """The same of the text."""


def revisions(held: "StoredArticle") -> tuple[Revision, ...]:
    """Give every version of an article, the first one first, what is held now last."""
    begun = held.first_seen
    found: list[Revision] = []
    for version in reversed(held.versions):
        found.append(
            Revision(
                number=len(found) + 1,
                id=version.id,
                title=version.title,
                text=version.text,
                text_digest=version.text_digest,
                published=version.published,
                modified=version.modified,
                first_seen=begun,
                last_seen=version.captured_at,
            )
        )
        begun = version.replaced_at
    now = held.article
    last = Revision(
        number=len(found) + 1,
        id=None,
        title=now.title,
        text=now.text,
        text_digest=fingerprint(now.text).digest,
        published=now.published,
        modified=now.modified,
        first_seen=begun,
        last_seen=held.captured_at,
    )
    return (*found, last)


def steps(
    found: Sequence[Revision], *, first: int | None = None, last: int | None = None
) -> tuple[Step, ...]:
    """Give what changed from each version to the next; with `first` or `last` between these two.

    `first` alone is compared with what is held now, `last` alone with the version before it.
    Raises UsageError for a number that no version has.
    """
    if first is None and last is None:
        return tuple(_step(one, other) for one, other in pairwise(found))
    after = _numbered(found, last if last is not None else len(found))
    before = _numbered(found, first if first is not None else max(after.number - 1, 1))
    return (_step(before, after),)


def _numbered(found: Sequence[Revision], number: int) -> Revision:
    if not 1 <= number <= len(found):
        raise UsageError(f"there is no version {number}: {counted(len(found), 'version')} held")
    return found[number - 1]


def _step(before: Revision, after: Revision) -> Step:
    title = differences(before.title or "", after.title or "")
    text = differences(before.text, after.text)
    return Step(
        before=before,
        after=after,
        title=title if before.title != after.title else (),
        text=text if before.text != after.text else (),
    )


def record(held: "StoredArticle", found: Sequence[Revision], changes: Iterable[Step]) -> Record:
    """Give versions and changes for JSON; the spans of a change, joined, are both texts whole."""
    return {
        "id": held.id,
        "url": held.article.url,
        "title": held.article.title,
        "versions": [_revision(each) for each in found],
        "changes": [
            {
                "from": step.before.number,
                "to": step.after.number,
                "title": _spans(step.title),
                "text": _spans(step.text),
            }
            for step in changes
        ],
    }


def _revision(each: Revision) -> Record:
    return {
        "number": each.number,
        "id": each.id,
        "title": each.title,
        "published": each.published.isoformat() if each.published else None,
        "modified": each.modified.isoformat() if each.modified else None,
        "text_digest": each.text_digest,
        "words": each.words,
        "first_seen": instant(each.first_seen),
        "last_seen": instant(each.last_seen),
    }


def _spans(pieces: Iterable[Piece]) -> list[Record]:
    return [{"text": piece.text, "kind": piece.kind.value} for piece in pieces]
