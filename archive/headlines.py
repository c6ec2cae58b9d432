"""What the lists said: headlines recognised or stored, and tied to their articles.

Seeing a headline again in a later visit takes over what the list says now of its title, date and
link (`listchanges` decides what is a change, `history` keeps what was there before), and fills in
what was not known. Nothing else is overwritten.

Functions run in the caller's transaction.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from archive import history
from archive.connection import insert
from archive.history import Visit
from archive.listchanges import compare, identities
from archive.records import Change, ChangeKind, Headline, ListPage
from archive.rows import Row, headline_row, instant, storable
from archive.searchtables import LISTED, LISTING
from archive.urls import page_key

if TYPE_CHECKING:
    from sqlite_utils import Database

DATE = ("published", "published_precision", "published_from", "published_text", "date_text")
BY_LINK = "key IN (SELECT value FROM json_each(:keys))"
BY_TITLE = f"id IN (SELECT headline_id FROM resolutions WHERE {BY_LINK})"  # noqa: S608 - constant
IDS_OF_KEYS = (
    f"SELECT id FROM headlines WHERE {BY_LINK} "  # noqa: S608 - constants
    f"UNION SELECT id FROM headlines WHERE {BY_TITLE}"
)
LISTING_OF_IDS = f"SELECT {LISTING.format(these='id IN (SELECT value FROM json_each(:ids))')}"  # noqa: S608 - constant
# What a second look at a list may add where the first look found nothing.
FILLED_IN = ("publisher", *DATE)
# What a change replaces; the value before is in `list_changes`.
REPLACED = {
    ChangeKind.RETITLED: (
        "title",
        "title_characters",
        "raw",
        "truncated",
        "damaged",
        "publisher_cut",
    ),
    ChangeKind.REDATED: DATE,
    ChangeKind.RELINKED: ("url", "hosts", "key", "identity"),
}


def write(db: "Database", page: ListPage, *, source_id: int, visit: Visit, now: datetime) -> int:
    """Store a list page's headlines and what changed in the list; gives how many were not held."""
    held = history.held(db, page, source_id=source_id, visit=visit)
    changes = [c for c in compare(held.entries, page) if c.held is None or c.held.id in held.before]
    by_entry: defaultdict[int, list[Change]] = defaultdict(list)
    for change in changes:
        if change.entry is not None:
            by_entry[change.entry].append(change)
    ids = {entry.identity: entry.id for entry in held.entries}
    placed: dict[int, int] = {}
    printed: set[int] = set()
    new = 0
    for index, (headline, identity) in enumerate(
        zip(page.headlines, identities(page), strict=True)
    ):
        row = _row(headline, identity, page, source_id, index) | {"visit": visit.number}
        told = by_entry[index]
        relinked = next((c.held.id for c in told if c.kind is ChangeKind.RELINKED and c.held), None)
        headline_id = relinked or ids.get(identity)
        if headline_id is None:
            headline_id = _insert(db, row | _first_sight(db, row, now))
            new += 1
        else:
            # Where the page prints it twice, the first place counts.
            moves = headline_id in held.before and headline_id not in printed
            kinds = [change.kind for change in told]
            _see_again(db, headline_id, row, now, kinds=kinds, moves=moves)
        placed[index] = ids[identity] = headline_id
        printed.add(headline_id)
    history.write(db, changes, page, placed, source_id=source_id, visit=visit, now=now)
    return new


def write_past(db: "Database", page: ListPage, *, source_id: int, seen: datetime) -> int:
    """Store a list page of before the source's last visit; gives how many were not held.

    It adds headlines that were not known, fills in what was not, and moves `first_seen` back. What
    is held is the list's of later, so nothing of it is replaced, and nothing is a change.
    """
    known = history.known_headlines(db, page, source_id=source_id)
    ids: dict[str, int] = {}
    new = 0
    for index, (headline, identity) in enumerate(
        zip(page.headlines, identities(page), strict=True)
    ):
        # No visit judges by the place that it had then.
        row = _row(headline, identity, page, source_id, index) | {"place": None, "visit": None}
        headline_id = known.get(index) or ids.get(identity)
        if headline_id is None:
            ids[identity] = _insert(db, row | _first_sight(db, row, seen))
            new += 1
        else:
            _see_again(db, headline_id, row, seen, kinds=(), moves=False)
    return new


def _row(headline: Headline, identity: str, page: ListPage, source_id: int, index: int) -> Row:
    return headline_row(headline) | {
        "source_id": source_id,
        "identity": identity,
        "key": page_key(headline.url) if headline.url else None,
        "listed_on": storable(page.url),
        "place": index,
    }


def tie(db: "Database", article_id: int, keys: Iterable[str]) -> None:
    """Tie the headlines to an article whose link, or what they were resolved to, leads to it."""
    for of_these in (BY_LINK, BY_TITLE):
        db.execute(
            f"UPDATE headlines SET article_id = :article WHERE {of_these} "  # noqa: S608 - constants
            "AND article_id IS NOT :article",
            {"article": article_id, "keys": json.dumps(list(keys))},
        )


def listed(db: "Database", keys: Iterable[str]) -> Row:
    """Give what the lists say of a page that is to be stored: the columns `listed_*` of its row.

    Tying its headlines then changes nothing in it, and it is indexed once.
    """
    rows = db.execute(IDS_OF_KEYS, {"keys": json.dumps(list(keys))}).fetchall()
    if not rows:
        return dict.fromkeys(LISTED)
    ids = json.dumps([row["id"] for row in rows])
    said = db.execute(LISTING_OF_IDS, {"ids": ids}).fetchone()
    return {name: said[name] for name in LISTED}


def _insert(db: "Database", row: Row) -> int:
    return insert(db, "headlines", row)


def _first_sight(db: "Database", row: Row, now: datetime) -> Row:
    held = db.execute("SELECT article_id FROM addresses WHERE key = ?", (row["key"],)).fetchone()
    return {
        "first_seen": instant(now),
        "last_seen": instant(now),
        "article_id": held["article_id"] if held else None,
    }


def _see_again(
    db: "Database",
    headline_id: int,
    row: Row,
    now: datetime,
    *,
    kinds: Sequence[ChangeKind],
    moves: bool,
) -> None:
    """Take over what changed; with `moves` also where the list now has it."""
    replaced = [name for kind in kinds for name in REPLACED.get(kind, ())]
    replaced += ["visit", "listed_on", "place"] if moves else []
    filled = [name for name in FILLED_IN if name not in replaced]
    settings = [f"{name} = coalesce({name}, :{name})" for name in filled]
    settings += [f"{name} = :{name}" for name in replaced]
    filling = ", ".join(settings)
    db.execute(
        f"UPDATE headlines SET {filling}, last_seen = max(last_seen, :now), "  # noqa: S608 - constants
        "first_seen = min(first_seen, :now) WHERE id = :id",
        {name: row[name] for name in (*filled, *replaced)}
        | {"now": instant(now), "id": headline_id},
    )
    if ChangeKind.RELINKED in kinds:
        db.execute(
            "UPDATE headlines SET article_id = coalesce((SELECT article_id FROM addresses "
            "WHERE addresses.key = headlines.key), article_id) WHERE id = ?",
            (headline_id,),
        )


def links(page: ListPage) -> Sequence[Headline]:
    """Give the headlines of a page that lead somewhere else."""
    own = page_key(page.url)
    return [h for h in page.headlines if h.url and page_key(h.url) not in {None, own}]
