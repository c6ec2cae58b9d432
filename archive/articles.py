"""Articles, their versions and addresses: carrying out what `decide` said.

Functions run in the caller's transaction. What is overwritten is kept first, as a version; what
was known and is not given any more stays.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from archive import headlines, judging, stories
from archive.connection import insert
from archive.decide import HeldArticle, Intent, NewArticle, decide, identity
from archive.fingerprint import Fingerprint
from archive.nearness import Leaf
from archive.records import Article, Decision, DecisionKind, PageReading, Precision
from archive.rows import Row, Stored, article_row, instant, moment, number, storable, text_or_none
from archive.urls import is_front_page, page_key, site, without_credentials

if TYPE_CHECKING:
    from sqlite_utils import Database

HELD_COLUMNS = "id, story_id, title, text, text_digest, partial, captured_at"
VERSION_COLUMNS = (
    "title",
    "published",
    "published_precision",
    "published_from",
    "published_text",
    "modified",
    "modified_precision",
    "modified_from",
    "modified_text",
    "text",
    "html",
    "text_digest",
    "captured_at",
    "memento_url",
)
# Columns that say when and where, not what: an unchanged article's are not "filled in".
NEVER_FILLED = frozenset(
    {"url", "text", "title", "title_characters", "text_characters", "partial", "damaged"}
)

# Of such a date the day is filled up.
UNSURE = frozenset({Precision.YEAR, Precision.MONTH, Precision.WEEK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """An article that is to be stored, with how it was come by."""

    article: Article
    fingerprint: Fingerprint
    """Of the article's text."""
    reading: PageReading
    asked_url: str
    redirects: tuple[str, ...] = ()
    """What was asked on the way from `asked_url` to the article's own address."""
    source_id: int | None
    now: datetime

    @property
    def addresses(self) -> Mapping[str, tuple[str, str]]:
        """Give page key ▸ (URL, role) of every address that leads to the article.

        Of several roles the strongest counts: its own before asked, declared, passed through. A
        front page that a redirect passed through leads to anything.
        """
        hops = [("redirect", url) for url in self.redirects if not is_front_page(url)]
        given = [
            *hops,
            ("memento", self.reading.memento_url),
            ("canonical", self.article.canonical_url),
            ("asked", self.asked_url),
        ]
        keyed = {
            (page_key(url) or storable(url)): (storable(without_credentials(url)), role)
            for role, url in given
            if url
        }
        return keyed | {self.own_key: (self.article.url, "own")}

    @property
    def leaf(self) -> Leaf:
        """Give what comparing with other texts needs."""
        known = self.article.published
        day = known.value if known and known.precision not in UNSURE else None
        return Leaf(
            text=self.article.text,
            title=self.article.title,
            site=site(self.article.url),
            day=day.date() if isinstance(day, datetime) else day,
        )

    @property
    def own_key(self) -> str:
        """The key of the address that the page was read from."""
        return page_key(self.article.url) or self.article.url

    @property
    def new(self) -> NewArticle:
        """Give what deciding needs."""
        return NewArticle(
            title=self.article.title,
            text=self.article.text,
            fingerprint=self.fingerprint,
            partial=self.article.partial,
            captured_at=self.reading.captured_at,
        )


def store(db: "Database", arrival: Arrival) -> Decision:
    """Store an article as new, changed, unchanged or a copy; tie it to all that belongs to it."""
    key = identity(arrival.article)
    new = arrival.new
    intent = decide(
        held=_held_under(db, key, arrival.own_key),
        same_text=_held_with(db, new.fingerprint.digest),
        new=new,
    )
    article_id = _carry_out(db, intent, arrival, key)
    _note_addresses(db, article_id, arrival)
    _tie_to_original(db, article_id, arrival)
    found = _judge(db, intent, article_id, arrival)
    judging.catch_up(db, now=arrival.now)
    return said(intent, article_id, found)


def said(intent: Intent, article_id: int, found: judging.Found | None) -> Decision:
    """Give what was decided, with what the text was found to be near to."""
    if found is None:
        copied = intent.duplicate_of.id if intent.duplicate_of else None
        return Decision(
            kind=intent.kind, article_id=article_id, reason=intent.reason, duplicate_of=copied
        )
    is_new = intent.kind is DecisionKind.NEW
    return Decision(
        kind=DecisionKind.DUPLICATE if is_new else intent.kind,
        article_id=article_id,
        reason=found.reason if is_new else f"{intent.reason}; {found.reason}",
        duplicate_of=found.article_id,
    )


def reread(db: "Database", arrival: Arrival) -> Decision:
    """Store what the capture that is held says to today's reader; another capture changes nothing.

    No version is kept of what was read before: the page said nothing else.
    """
    held = _held_under(db, identity(arrival.article), arrival.own_key)
    if held is None:
        return store(db, arrival)
    if held.captured_at != arrival.reading.captured_at:
        reason = "another capture than the one that is held"
        return Decision(kind=DecisionKind.UNCHANGED, article_id=held.id, reason=reason)
    row = _row(arrival)
    before = db.table("articles").get(held.id)
    told = [name for name, value in row.items() if before[name] != value]
    if not told:
        reason = "read as before"
        return Decision(kind=DecisionKind.UNCHANGED, article_id=held.id, reason=reason)
    db.table("articles").update(held.id, {name: row[name] for name in told})
    _note_addresses(db, held.id, arrival)
    _tie_to_original(db, held.id, arrival)
    if "text_digest" in told:
        judging.judge_again(db, held.id, arrival.leaf, now=arrival.now)
    return Decision(kind=DecisionKind.REREAD, article_id=held.id, reason=", ".join(told))


def find_id(db: "Database", key: str) -> int | None:
    """Give the id of the article that an address leads to."""
    row = db.execute("SELECT article_id FROM addresses WHERE key = ?", (key,)).fetchone()
    return number(row[0]) if row else None


def _held_under(db: "Database", key: str, own_key: str) -> HeldArticle | None:
    """Give the article held under its key, or else the one that was read from this address.

    The second finds a page that has since begun to declare another address for itself.
    """
    sql = (
        f"SELECT {HELD_COLUMNS} FROM articles WHERE key = :key OR id = "  # noqa: S608 - constant
        "(SELECT article_id FROM addresses WHERE key = :own AND role = 'own') "
        "ORDER BY key = :key DESC"
    )
    row = db.execute(sql, {"key": key, "own": own_key}).fetchone()
    return _held(row) if row else None


def _held_with(db: "Database", digest: str) -> HeldArticle | None:
    """Give the first article with the same text."""
    sql = f"SELECT {HELD_COLUMNS} FROM articles WHERE text_digest = ? ORDER BY id"  # noqa: S608 - our own names
    row = db.execute(sql, (digest,)).fetchone()
    return _held(row) if row else None


def _held(row: Stored) -> HeldArticle:
    return HeldArticle(
        id=number(row["id"]),
        story_id=number(row["story_id"]),
        title=text_or_none(row["title"]),
        text=str(row["text"]),
        text_digest=str(row["text_digest"]),
        partial=bool(row["partial"]),
        captured_at=moment(row["captured_at"]),
    )


def _carry_out(db: "Database", intent: Intent, arrival: Arrival, key: str) -> int:
    if intent.held is None:
        return _insert(db, intent, arrival, key)
    if intent.kind is DecisionKind.CHANGED:
        _keep_version(db, intent.held.id, arrival.now)
        _overwrite(db, intent.held.id, arrival)
    elif intent.refresh:
        _fill_in(db, intent.held.id, arrival)
        if arrival.reading.captured_at >= intent.held.captured_at:
            _take_spelling(db, intent.held, arrival)
    db.execute(
        "UPDATE articles SET last_seen = max(last_seen, ?) WHERE id = ?",
        (instant(arrival.now), intent.held.id),
    )
    return intent.held.id


def _judge(
    db: "Database", intent: Intent, article_id: int, arrival: Arrival
) -> judging.Found | None:
    """Find the story of a text that was not held before."""
    if intent.kind is DecisionKind.NEW:
        return judging.judge(db, article_id, arrival.leaf, now=arrival.now)
    if intent.kind is DecisionKind.DUPLICATE:
        # Its story is known; others are to find it all the same.
        judging.keep_sketch(db, article_id, arrival.leaf)
    elif _has_other_text(intent, arrival):
        return judging.judge_again(db, article_id, arrival.leaf, now=arrival.now)
    return None


def _has_other_text(intent: Intent, arrival: Arrival) -> bool:
    before = intent.held.text_digest if intent.held else None
    return intent.kind is DecisionKind.CHANGED and before != arrival.fingerprint.digest


def _insert(db: "Database", intent: Intent, arrival: Arrival, key: str) -> int:
    joined = intent.duplicate_of
    story_id = joined.story_id if joined else stories.begin(db, arrival.now)
    row = new_row(arrival, key) | headlines.listed(db, arrival.addresses) | {"story_id": story_id}
    article_id = insert(db, "articles", row)
    stories.elect(db, story_id)
    return article_id


def new_row(arrival: Arrival, key: str) -> Row:
    """Give the columns of an article that is not held yet, all but its id and its story."""
    return _row(arrival) | {
        "key": key,
        "source_id": arrival.source_id,
        "asked_url": storable(arrival.asked_url),
        "first_seen": instant(arrival.now),
        "last_seen": instant(arrival.now),
    }


def _row(arrival: Arrival) -> Row:
    original, said = arrival.reading.original, arrival.reading.attribution
    return article_row(arrival.article) | {
        "verdict": arrival.reading.verdict.kind.value,
        "captured_at": instant(arrival.reading.captured_at),
        "memento_url": memento_column(arrival.reading),
        "text_digest": arrival.fingerprint.digest,
        "original_url": storable(original) if original else None,
        "original_key": page_key(original) if original else None,
        "attribution": storable(said.phrase) if said else None,
        "original_title": storable(said.title) if said and said.title else None,
    }


def memento_column(reading: PageReading) -> str | None:
    """Give where a web archive has what was read; NULL for what was read where it stood."""
    return storable(reading.memento_url) if reading.memento_url else None


def _keep_version(db: "Database", article_id: int, now: datetime) -> None:
    columns = ", ".join(VERSION_COLUMNS)
    db.execute(
        f"INSERT INTO versions (article_id, replaced_at, {columns}) "  # noqa: S608 - constants
        f"SELECT id, ?, {columns} FROM articles WHERE id = ?",
        (instant(now), article_id),
    )


def _overwrite(db: "Database", article_id: int, arrival: Arrival) -> None:
    """Write what the page says now; what it does not give any more stays as it was known."""
    given = {name: value for name, value in _row(arrival).items() if value is not None}
    # These follow the text and the title, also to nothing.
    follow = ("html", "title_characters", "text_characters", "memento_url")
    db.table("articles").update(article_id, dict.fromkeys(follow) | given)


def _fill_in(db: "Database", article_id: int, arrival: Arrival) -> None:
    """Write what was not known before, and when the page last said all of it."""
    row = {name: value for name, value in _row(arrival).items() if name not in NEVER_FILLED}
    seen = {name: row.pop(name) for name in ("captured_at", "memento_url", "verdict")}
    filled = ", ".join(f"{name} = coalesce({name}, :{name})" for name in row)
    db.execute(
        f"UPDATE articles SET {filled}, verdict = :verdict, "  # noqa: S608 - our own names
        "memento_url = iif(:captured_at >= captured_at, :memento_url, memento_url), "
        "captured_at = max(captured_at, :captured_at), partial = min(partial, :partial), "
        "damaged = :damaged WHERE id = :id",
        row
        | seen
        | {
            "id": article_id,
            "partial": int(arrival.article.partial),
            "damaged": int(arrival.article.damaged),
        },
    )


def _take_spelling(db: "Database", held: HeldArticle, arrival: Arrival) -> None:
    """Have the text as its latest capture spells it, where only clutter tells the two apart.

    The capture that an article is held by is the one that `reread` reads: they are to agree.
    """
    if held.text != arrival.article.text:
        row = _row(arrival)
        spelled = ("text", "text_characters", "text_digest", "html")
        db.table("articles").update(held.id, {name: row[name] for name in spelled})


def _note_addresses(db: "Database", article_id: int, arrival: Arrival) -> None:
    """Remember every address that leads here, and tie the lists' headlines with these links.

    An address that is an article's own stays that article's: a page elsewhere may declare it. What
    a redirect passed through is the first's that did: others may pass through it too.
    """
    known = arrival.addresses
    for address, (url, role) in known.items():
        db.execute(
            "INSERT INTO addresses (key, url, role, article_id) VALUES (:key, :url, :role, :id) "
            "ON CONFLICT (key) DO UPDATE SET article_id = :id, role = :role "
            "WHERE :role = 'own' OR (addresses.role <> 'own' AND :role <> 'redirect')",
            {"key": address, "url": url, "role": role, "id": article_id},
        )
    ours = db.execute("SELECT key FROM addresses WHERE article_id = ?", (article_id,))
    keys = [row["key"] for row in ours]
    headlines.tie(db, article_id, keys)
    tie_posts(db, article_id, keys)


def tie_posts(
    db: "Database", article_id: int, keys: list[str], *, up_to: int | None = None
) -> None:
    """Tie posts that were stored earlier and attribute their text to this article.

    With `up_to` only those with an id up to it.
    """
    # The plus keeps SQLite from the index of originals: nearly all articles have none.
    posts = db.execute(
        "SELECT id FROM articles WHERE +original_id IS NULL AND id <> :id "
        "AND (:up_to IS NULL OR id <= :up_to) "
        "AND original_key IN (SELECT value FROM json_each(:keys))",
        {"id": article_id, "up_to": up_to, "keys": json.dumps(keys)},
    ).fetchall()
    for post in posts:
        tie(db, post["id"], article_id)


def _tie_to_original(db: "Database", article_id: int, arrival: Arrival) -> None:
    """Tie this article, if it attributes its text, to an original that is held already."""
    original = arrival.reading.original
    key = page_key(original) if original else None
    original_id = find_id(db, key) if key else None
    if original_id is not None and original_id != article_id:
        tie(db, article_id, original_id)


def tie(db: "Database", post_id: int, original_id: int) -> None:
    """Note the original of a post; an attribution makes the two one story."""
    db.execute("UPDATE articles SET original_id = ? WHERE id = ?", (original_id, post_id))
    stories.join(db, post_id, original_id)
