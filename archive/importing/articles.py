"""Articles taken in: new, made one with the article that is held, or kept out.

The story is the one that the records say, joined with ours where an article is in both, has the
text of one that was held before, or is the original of one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive import bundles, combining, headlines, stories
from archive.articles import find_id, tie, tie_posts
from archive.bundles import ADDRESS, ARTICLE, TIE, VERSION, records_of, text_of
from archive.connection import insert
from archive.decide import TELLING_LETTERS
from archive.export import Record
from archive.fingerprint import Fingerprint, fingerprint, fold
from archive.held import AddressRole
from archive.importing.sources import tie_of
from archive.importing.state import Intake
from archive.rows import Row, Stored, article, article_row, moment, number, number_or_none
from archive.stories import TieKind
from archive.urls import page_key

if TYPE_CHECKING:
    from sqlite_utils import Database

ROLES = frozenset(role.value for role in AddressRole)
# What two archives' articles and versions are compared by.
CONTENT = (*ARTICLE.columns, "text_digest")
VERSION_CONTENT = (*VERSION.columns, "text_digest")

BY_HAND = {TieKind.TOGETHER, TieKind.APART}
# Whoever joins two stories by hand takes back what parted them before.
FORGET_PARTED = """
    DELETE FROM story_ties WHERE kind = 'apart' AND made_at < :made_at
    AND (SELECT story_id FROM articles WHERE id = article_id) IN
        (SELECT story_id FROM articles WHERE id IN (:one, :other))
    AND (SELECT story_id FROM articles WHERE id = other_id) IN
        (SELECT story_id FROM articles WHERE id IN (:one, :other))
"""
JOINED_SINCE = """
    SELECT 1 FROM articles AS held
    JOIN articles AS member ON member.story_id = held.story_id
    JOIN story_ties ON story_ties.article_id = member.id
    WHERE held.id = :id AND kind = 'together' AND story_ties.made_at > :made_at
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An article as its record has it."""

    article: combining.Article
    addresses: Mapping[str, Row]
    """By their keys."""
    fingerprint: Fingerprint
    judged: bool
    """Its story was looked for among all that the records hold."""
    source: str | None
    story: str | None
    original: str | None
    ties: tuple[tuple[str, Row], ...]
    """Keys of other articles, and what they are to this one."""

    @property
    def key(self) -> str:
        """Its identity."""
        return str(self.article.row["key"])


def take(db: "Database", intake: Intake, given: Given) -> None:
    """Take an article in. Raises Malformed."""
    if intake.guarded and _is_forgotten(db, given):
        intake.taken.kept_out += 1
        return
    source_id = tie_of(db, intake, given.source).id if given.source else None
    held = _held(db, given)
    if held is None:
        article_id = _insert(db, intake, given, source_id)
        intake.taken.articles += 1
    else:
        article_id = number(held["id"])
        changed = _combine(db, held, given, source_id)
        _join_story(db, given, article_id)
        intake.taken.changed += changed
        intake.taken.unchanged += not changed
    tie_up(db, intake, article_id, given, fresh=note_addresses(db, article_id, given))


def tie_up(
    db: "Database", intake: Intake, article_id: int, given: Given, *, fresh: Sequence[str]
) -> None:
    """Tie an article that is stored now to what it belongs to; `fresh` are keys new to it."""
    intake.meet(db, article_id, judged=given.judged)
    _tie_original(db, intake, article_id, given)
    for other, row in given.ties:
        _take_tie(db, intake, given, other, row)
    if fresh and intake.listed:
        headlines.tie(db, article_id, fresh)
    if fresh and intake.before:
        tie_posts(db, article_id, list(fresh), up_to=intake.before)


def read(record: Record) -> Given:
    """Give an article as its record has it. Raises Malformed."""
    row = ARTICLE.row(record)
    printed = fingerprint(str(row["text"]))
    row["text_digest"] = printed.digest
    versions = [VERSION.row(one) for one in records_of(record, "versions")]
    addresses = [ADDRESS.row(one) for one in records_of(record, "addresses")]
    if not all(one["role"] in ROLES for one in addresses):
        raise bundles.Malformed(f"addresses: a role is one of {', '.join(sorted(ROLES))}")
    return Given(
        article=combining.Article(
            row=row,
            versions=tuple(
                one | {"text_digest": fingerprint(str(one["text"])).digest} for one in versions
            ),
        ),
        addresses={str(one["key"]): one for one in addresses},
        fingerprint=printed,
        judged=record.get("judged") is True,
        source=text_of(record, "source"),
        story=text_of(record, "story"),
        original=text_of(record, "original"),
        ties=tuple(
            (text_of(one, "other") or "", TIE.row(one))
            for one in records_of(record, "ties")
            if isinstance(one, dict)
        ),
    )


def columns(row: Row) -> Row:
    """Give an article's columns with those that are worked out from them."""
    worked_out = {
        name: value for name, value in article_row(article(row)).items() if name not in row
    }
    original = row["original_url"]
    key = page_key(str(original)) if original else None
    return row | worked_out | {"original_key": key}


def _is_forgotten(db: "Database", given: Given) -> bool:
    keys = json.dumps([given.key, *given.addresses])
    sql = "SELECT 1 FROM tombstones WHERE key IN (SELECT value FROM json_each(?)) LIMIT 1"
    return db.execute(sql, (keys,)).fetchone() is not None


def _held(db: "Database", given: Given) -> Stored | None:
    """Give the article under the key, or else the one that was read from one of the addresses."""
    own = json.dumps([key for key, row in given.addresses.items() if row["role"] == "own"])
    held: Stored | None = db.execute(
        "SELECT * FROM articles WHERE key = :key OR id IN (SELECT article_id FROM addresses "
        "WHERE role = 'own' AND key IN (SELECT value FROM json_each(:own))) "
        "ORDER BY key = :key DESC, id LIMIT 1",
        {"key": given.key, "own": own},
    ).fetchone()
    return held


def _insert(db: "Database", intake: Intake, given: Given, source_id: int | None) -> int:
    row = given.article.row
    member = member_of(db, given.story)
    if member is not None:
        story_id = stories.story_of(db, number(member["article_id"]))
    else:
        story_id = stories.begin(db, moment(row["first_seen"]))
    tied: Row = {"story_id": story_id, "source_id": source_id}
    article_id = insert(db, "articles", columns(row) | tied)
    begun = bool(member["begun"]) if member is not None else True
    if given.story is not None and member is None:
        remember(db, given.story, article_id, begun=True)
    if not begun:
        stories.elect(db, story_id)
    elif member is None or given.key == given.story:
        db.execute("UPDATE stories SET lead_id = ? WHERE id = ?", (article_id, story_id))
    write_versions(db, article_id, given.article.versions)
    stories.to_judge(db, [article_id])
    join_copied(db, intake, article_id, given)
    return article_id


def member_of(db: "Database", story: str | None) -> Stored | None:
    """Give an article here of a story there, by the key of who leads it; None where none came."""
    if story is None:
        return None
    sql = "SELECT article_id, begun FROM temp.story_leads WHERE key = ?"
    member: Stored | None = db.execute(sql, (story,)).fetchone()
    return member


def remember(db: "Database", story: str, article_id: int, *, begun: bool) -> None:
    """Note an article as one of a story; `begun` where the story began with this import."""
    db.execute(
        "INSERT INTO temp.story_leads (key, article_id, begun) VALUES (?, ?, ?)",
        (story, article_id, int(begun)),
    )


def _forget_begun(db: "Database", story: str | None) -> None:
    """Note that a story has members from before: who leads it is chosen among all."""
    db.execute("UPDATE temp.story_leads SET begun = 0 WHERE key = ?", (story,))


def _join_story(db: "Database", given: Given, article_id: int) -> None:
    """Have an article that was held, and those that are its story there, one story."""
    if given.story is None:
        return
    member = member_of(db, given.story)
    if member is None:
        remember(db, given.story, article_id, begun=False)
        return
    other = number(member["article_id"])
    _forget_begun(db, given.story)
    if stories.story_of(db, other) != stories.story_of(db, article_id):
        stories.join(db, article_id, other)


def join_copied(db: "Database", intake: Intake, article_id: int, given: Given) -> None:
    """Have a new article, and one that was held before and has its text, one story."""
    copied = _copied(db, intake, given)
    if copied is not None:
        stories.join(db, article_id, copied)
        _forget_begun(db, given.story)


def _copied(db: "Database", intake: Intake, given: Given) -> int | None:
    """Give an article that was held before this import and has the same text."""
    if not intake.before:
        return None
    row = db.execute(
        "SELECT id, title FROM articles WHERE text_digest = ? AND id <= ? ORDER BY id LIMIT 1",
        (given.fingerprint.digest, intake.before),
    ).fetchone()
    if row is None:
        return None
    titles = (row["title"], given.article.row["title"])
    same_title = len({fold(str(title or "")) for title in titles}) == 1
    telling = given.fingerprint.letters >= TELLING_LETTERS
    return number(row["id"]) if telling or same_title else None


def _combine(db: "Database", held: Stored, given: Given, source_id: int | None) -> bool:
    """Make what is held and what is given one; gives whether anything is different now."""
    held_id = number(held["id"])
    ours = combining.Article(
        row={name: held[name] for name in CONTENT}, versions=_versions(db, held_id)
    )
    made = combining.articles(ours, given.article)
    told: Row = {name: value for name, value in columns(made.row).items() if held[name] != value}
    first = _first_source(held, given, source_id)
    if first != held["source_id"]:
        told["source_id"] = first
    if "original_url" in told:
        # It goes with the attribution, which is theirs now.
        told["original_id"] = None
    if told:
        db.table("articles").update(held_id, told)
    if made.versions != ours.versions:
        db.execute("DELETE FROM versions WHERE article_id = ?", (held_id,))
        write_versions(db, held_id, made.versions)
    if "text_digest" in told:
        stories.to_judge(db, [held_id])
    if {"partial", "original_url", "text_digest", "published"} & told.keys():
        stories.elect(db, number(held["story_id"]))
    return bool(told) or made.versions != ours.versions


def _first_source(held: Stored, given: Given, source_id: int | None) -> int | None:
    """Give the source that led to an article first."""
    ours = number_or_none(held["source_id"])
    if ours is None or source_id is None:
        return ours if source_id is None else source_id
    earlier = str(given.article.row["first_seen"]) < str(held["first_seen"])
    return source_id if earlier else ours


def _versions(db: "Database", article_id: int) -> tuple[Row, ...]:
    found = db.execute(
        "SELECT * FROM versions WHERE article_id = ? ORDER BY captured_at, replaced_at, id",
        (article_id,),
    )
    return tuple({name: row[name] for name in VERSION_CONTENT} for row in found)


def write_versions(db: "Database", article_id: int, versions: Sequence[Row]) -> None:
    """Keep what an article said before."""
    for version in versions:
        insert(db, "versions", version | {"article_id": article_id})


def note_addresses(db: "Database", article_id: int, given: Given) -> list[str]:
    """Remember the addresses that lead here; gives those that did not before.

    One that led elsewhere already goes on to do so, unless it is this article's own.
    """
    fresh: list[str] = []
    for key, row in given.addresses.items():
        noted = db.execute(
            "INSERT INTO addresses (key, url, role, article_id) VALUES (:key, :url, :role, :id) "
            "ON CONFLICT (key) DO UPDATE SET article_id = :id, role = :role "
            "WHERE addresses.role <> 'own' AND :role = 'own'",
            row | {"id": article_id},
        )
        if noted.rowcount > 0:
            fresh.append(key)
    return fresh


def _tie_original(db: "Database", intake: Intake, article_id: int, given: Given) -> None:
    """Note whose text this is, as the records say or as its attribution leads to what was held."""
    for row in db.execute(
        "SELECT post_id FROM temp.awaited_originals WHERE key = ?", (given.key,)
    ).fetchall():
        _note_original(db, number(row["post_id"]), article_id)
    held = db.execute("SELECT original_url FROM articles WHERE id = ?", (article_id,)).fetchone()
    if held["original_url"] != given.article.row["original_url"]:
        return
    if given.original is not None:
        sql = "SELECT id FROM articles WHERE key = ?"
        held = db.execute(sql, (given.original,)).fetchone()
        if held is not None:
            _note_original(db, article_id, number(held["id"]))
            return
        db.execute(
            "INSERT OR IGNORE INTO temp.awaited_originals VALUES (?, ?)",
            (given.original, article_id),
        )
        return
    url = given.article.row["original_url"]
    key = page_key(str(url)) if url else None
    original_id = find_id(db, key) if key else None
    if original_id is not None and original_id <= intake.before and original_id != article_id:
        tie(db, article_id, original_id)


def _note_original(db: "Database", post_id: int, original_id: int) -> None:
    """Note the original that the records name; their stories say whether the two are one."""
    if post_id != original_id:
        db.execute(
            "UPDATE articles SET original_id = ? WHERE id = ? AND original_id IS NULL",
            (original_id, post_id),
        )


def _take_tie(db: "Database", intake: Intake, given: Given, other: str, tie: Row) -> None:
    """Note what two articles are to each other; what was said by hand, and later, counts."""
    ids = [_id_of(db, key) for key in (given.key, other)]
    first, second = sorted(each for each in ids if each is not None) if all(ids) else (0, 0)
    if first == second:
        return
    pair = {"first": first, "second": second}
    held = db.execute(
        "SELECT kind, made_at FROM story_ties WHERE article_id = :first AND other_id = :second",
        pair,
    ).fetchone()
    if held is not None and {held["kind"], tie["kind"]} == BY_HAND:
        intake.taken.dispute(_told(given.key, other, held, tie))
    are_one = stories.story_of(db, first) == stories.story_of(db, second)
    if are_one and tie["kind"] == TieKind.APART and _was_joined_since(db, first, tie):
        return
    taken = db.execute(
        "INSERT INTO story_ties (article_id, other_id, kind, part, made_at) "
        "VALUES (:first, :second, :kind, :part, :made_at) "
        "ON CONFLICT (article_id, other_id) DO UPDATE SET kind = excluded.kind, "
        "part = excluded.part, made_at = excluded.made_at "
        "WHERE (excluded.kind <> 'near', excluded.made_at) > (kind <> 'near', made_at)",
        tie | pair,
    )
    if taken.rowcount <= 0:
        return
    if tie["kind"] == TieKind.TOGETHER and not are_one:
        db.execute(FORGET_PARTED, {"one": first, "other": second, "made_at": tie["made_at"]})
        stories.join(db, first, second)
    elif tie["kind"] == TieKind.APART and are_one:
        stories.regroup(db, stories.story_of(db, first), now=intake.now)


def _id_of(db: "Database", key: str) -> int | None:
    row = db.execute("SELECT id FROM articles WHERE key = ?", (key,)).fetchone()
    return number(row["id"]) if row else None


def _was_joined_since(db: "Database", article_id: int, parted: Row) -> bool:
    """Tell whether a story was joined by hand after two of its members were parted elsewhere."""
    values = {"id": article_id, "made_at": parted["made_at"]}
    return db.execute(JOINED_SINCE, values).fetchone() is not None


def _told(key: str, other: str, held: Stored, given: Row) -> str:
    """Say that the two archives have decided otherwise, and which of them counts."""
    said = {TieKind.TOGETHER: "joined", TieKind.APART: "parted"}
    ours, theirs = (said[TieKind(str(one["kind"]))] for one in (held, given))
    later = "there" if str(given["made_at"]) > str(held["made_at"]) else "here"
    pair = f"{key} and {other}: {ours} here, {theirs} there"
    return f"{pair}; what was said {later} is later, and counts"
