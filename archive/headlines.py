"""What the lists said: headlines recognised or stored, and tied to their articles.

A headline is the same one when its source is the same and its link leads to the same page; without
a link, when title, day and publisher are the same (and it is as often above it on the page). Seeing
it again fills in what was not known and never overwrites.

Functions run in the caller's transaction.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from archive.fingerprint import fold
from archive.records import Headline, ListPage
from archive.rows import Row, headline_row, instant
from archive.urls import page_key

if TYPE_CHECKING:
    from sqlite_utils import Database

BY_LINK = "key IN (SELECT value FROM json_each(:keys))"
BY_TITLE = f"id IN (SELECT headline_id FROM resolutions WHERE {BY_LINK})"  # noqa: S608 - constant
# What a second look at a list may add where the first look found nothing.
FILLED_IN = (
    "publisher",
    "published",
    "published_precision",
    "published_from",
    "published_text",
    "date_text",
)


def write(db: "Database", page: ListPage, *, source_id: int, now: datetime) -> int:
    """Store a list page's headlines; gives how many were not held."""
    new = 0
    for headline, identity in zip(page.headlines, identities(page), strict=True):
        row = headline_row(headline) | {
            "source_id": source_id,
            "identity": identity,
            "key": page_key(headline.url) if headline.url else None,
        }
        held = db.execute(
            "SELECT id FROM headlines WHERE source_id = ? AND identity = ?", (source_id, identity)
        ).fetchone()
        if held is None:
            db.table("headlines").insert(row | _first_sight(db, row, now))
            new += 1
        else:
            _see_again(db, held["id"], row, now)
    return new


def identities(page: ListPage) -> tuple[str, ...]:
    """Give each headline's identity within its source."""
    seen: Counter[str] = Counter()
    given: list[str] = []
    for headline in page.headlines:
        link = page_key(headline.url) if headline.url else None
        # A link to the list itself (`href="#"`) tells no headline from another.
        if link is not None and link != page_key(page.url):
            given.append(link)
            continue
        printed = _as_printed(headline)
        given.append(f"text:{_digest(printed, seen[printed])}")
        seen[printed] += 1
    return tuple(given)


def tie(db: "Database", article_id: int, keys: Iterable[str]) -> None:
    """Tie the headlines to an article whose link, or what they were resolved to, leads to it."""
    for of_these in (BY_LINK, BY_TITLE):
        db.execute(
            f"UPDATE headlines SET article_id = :article WHERE {of_these} "  # noqa: S608 - constants
            "AND article_id IS NOT :article",
            {"article": article_id, "keys": json.dumps(list(keys))},
        )


def _as_printed(headline: Headline) -> str:
    day = headline.published.isoformat()[:10] if headline.published else headline.date_text or ""
    return "\n".join((fold(headline.title), day, fold(headline.publisher or "")))


def _digest(printed: str, times_above: int) -> str:
    text = f"{printed}\n{times_above}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _first_sight(db: "Database", row: Row, now: datetime) -> Row:
    held = db.execute("SELECT article_id FROM addresses WHERE key = ?", (row["key"],)).fetchone()
    return {
        "first_seen": instant(now),
        "last_seen": instant(now),
        "article_id": held["article_id"] if held else None,
    }


def _see_again(db: "Database", headline_id: int, row: Row, now: datetime) -> None:
    filled = ", ".join(f"{name} = coalesce({name}, :{name})" for name in FILLED_IN)
    # The names are this module's own constants.
    db.execute(
        f"UPDATE headlines SET {filled}, last_seen = max(last_seen, :now) WHERE id = :id",  # noqa: S608
        {name: row[name] for name in FILLED_IN} | {"now": instant(now), "id": headline_id},
    )


def links(page: ListPage) -> Sequence[Headline]:
    """Give the headlines of a page that lead somewhere else."""
    own = page_key(page.url)
    return [h for h in page.headlines if h.url and page_key(h.url) not in {None, own}]
