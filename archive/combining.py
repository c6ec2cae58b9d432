"""One article, headline or source that two archives hold, made one. Pure: rows in, rows out.

What comes out does not depend on which of the two was asked to take the other in, as far as the
contents go, and taking the same in again changes nothing. An article's current text is the later
capture's (a whole text before a part of one, as when a page is read); the other is a version. What
only one of the two knows is kept.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.clutter import reads_the_same
from archive.fingerprint import fold
from archive.rows import Row, Value

# What follows the text: without it in the newer page, the older one's would be of another text.
WITH_TEXT = frozenset({"title", "text", "html", "text_digest", "memento_url"})
EARLIEST, LATEST = ("first_seen",), ("last_seen",)
STATE_COLUMNS = (
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
# What a headline's list says of it, in its latest reading.
AS_LISTED = (
    "title",
    "raw",
    "url",
    "key",
    "truncated",
    "damaged",
    "publisher_cut",
    "list_url",
    "position",
    "listed_on",
    "place",
    "visit",
    "withdrawn_at",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article's columns and its versions'."""

    row: Row
    versions: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What a page said at one time."""

    row: Row
    ours: bool
    theirs: bool

    @property
    def said(self) -> tuple[str, str]:
        """Give what tells it from another state."""
        return str(self.row["text_digest"]), fold(str(self.row["title"] or ""))

    @property
    def order(self) -> tuple[str, ...]:
        """Give what it is sorted by: when the page said so, then by what it said."""
        when = (str(self.row["captured_at"]), str(self.row["replaced_at"] or "~"))
        return (*when, *self.said)


def articles(ours: Article, theirs: Article) -> Article:
    """Make one article of two; the key stays ours."""
    later, earlier = _newest_first(ours, theirs)
    same = _says_the_same(later.row, earlier.row)
    row = {
        name: value if value is not None or name in WITH_TEXT else earlier.row[name]
        for name, value in later.row.items()
    }
    row |= _extremes(ours.row, theirs.row) | {"key": ours.row["key"]}
    if same:
        for name in ("title", "html"):
            row[name] = row[name] if row[name] is not None else earlier.row[name]
        latest = max((later.row, earlier.row), key=lambda one: str(one["captured_at"]))
        row |= {name: latest[name] for name in ("captured_at", "memento_url")}
        row["partial"] = min(int(later.row["partial"] or 0), int(earlier.row["partial"] or 0))
    return Article(row=row, versions=_versions(ours, theirs, later, same=same))


def _says_the_same(one: Row, other: Row) -> bool:
    """Compare text and title as storing does; one that was read without a title says no other."""
    titles = {fold(str(row["title"])) for row in (one, other) if row["title"] is not None}
    same_digest = one["text_digest"] == other["text_digest"]
    same_text = same_digest or reads_the_same(str(one["text"]), str(other["text"]))
    return same_text and len(titles) < 2


def _newest_first(one: Article, other: Article) -> tuple[Article, Article]:
    """Give both, the one first whose text is the current one."""
    first, second = sorted((one, other), key=_rank, reverse=True)
    return first, second


def _rank(article: Article) -> tuple[bool, str, str]:
    row = {name: value for name, value in article.row.items() if name != "key"}
    told = json.dumps(row, sort_keys=True, ensure_ascii=False)
    return not row["partial"], str(row["captured_at"]), told


def _extremes(one: Row, other: Row) -> Row:
    """Give the columns of which the earliest or the latest of both counts."""
    earliest: Row = {name: min(_known(name, one, other), default=None) for name in EARLIEST}
    return earliest | {name: max(_known(name, one, other), default=None) for name in LATEST}


def _known(name: str, *rows: Row) -> list[str]:
    return [str(row[name]) for row in rows if row[name] is not None]


def _versions(ours: Article, theirs: Article, later: Article, *, same: bool) -> tuple[Row, ...]:
    """Give what the page said before, in order of time, nothing twice."""
    states = [_State(row=row, ours=True, theirs=False) for row in ours.versions]
    states += [_State(row=row, ours=False, theirs=True) for row in theirs.versions]
    current = _State(
        row=later.row | {"replaced_at": None}, ours=later is ours, theirs=later is theirs
    )
    replaced = theirs if later is ours else ours
    if not same and not _is_late_part(replaced.row, later.row):
        states.append(_past(replaced.row, ours=replaced is ours))
    if same:
        current = replace(current, ours=True, theirs=True)
    kept = _once_each(sorted(states, key=lambda state: state.order))
    while kept and _is_same_again(kept[-1], current):
        kept.pop()
    return _replaced_in_turn([state.row for state in kept], until=later.row["captured_at"])


def _past(row: Row, *, ours: bool) -> _State:
    state = {name: row[name] for name in STATE_COLUMNS} | {"replaced_at": None}
    return _State(row=state, ours=ours, theirs=not ours)


def _is_late_part(row: Row, whole: Row) -> bool:
    """Tell what a crawl would not have stored: a part, read after the whole."""
    is_part = bool(row["partial"]) and not whole["partial"]
    return is_part and str(row["captured_at"]) >= str(whole["captured_at"])


def _is_same_again(one: _State, other: _State) -> bool:
    """Tell one state that both archives hold from one that a single archive holds twice."""
    apart = not (one.ours and other.ours) and not (one.theirs and other.theirs)
    exact = one.row["captured_at"] == other.row["captured_at"]
    return one.said == other.said and (apart or exact)


def _once_each(states: Iterable[_State]) -> list[_State]:
    kept: list[_State] = []
    for state in states:
        if kept and _is_same_again(kept[-1], state):
            above = kept.pop()
            kept.append(_joined(above, state))
        else:
            kept.append(state)
    return kept


def _joined(one: _State, other: _State) -> _State:
    """Give one state of two that say the same: of the later sight, replaced when that is known."""
    replaced_at = min(_known("replaced_at", one.row, other.row), default=None)
    return _State(
        row=other.row | {"replaced_at": replaced_at},
        ours=one.ours or other.ours,
        theirs=one.theirs or other.theirs,
    )


def _replaced_in_turn(rows: Sequence[Row], *, until: Value) -> tuple[Row, ...]:
    """Fill in when each was replaced, where no archive has done so: when the next was said."""
    return tuple(
        row
        if row["replaced_at"] is not None
        else row | {"replaced_at": rows[at]["captured_at"] if at < len(rows) else until}
        for at, row in enumerate(rows, start=1)
    )


def headlines(ours: Row, theirs: Row) -> Row:
    """Make one headline of two: as the later reading of the list has it."""
    later, earlier = (ours, theirs) if _seen(ours) >= _seen(theirs) else (theirs, ours)
    listed = {name: later[name] for name in AS_LISTED}
    filled = {
        name: value if value is not None else earlier[name]
        for name, value in later.items()
        if name not in listed
    }
    return filled | listed | _extremes(ours, theirs)


def _seen(row: Row) -> tuple[str, str]:
    return str(row["last_seen"]), json.dumps(row, sort_keys=True, ensure_ascii=False)


def resolutions(ours: Row, theirs: Row) -> Row:
    """Give the resolution that counts: one that names a page, else the later one."""
    return max(ours, theirs, key=_firmness)


def _firmness(row: Mapping[str, Value]) -> tuple[bool, str, str]:
    told = json.dumps(dict(row), sort_keys=True, ensure_ascii=False)
    return row["url"] is not None, str(row["resolved_at"]), told
