"""What a person types ▸ FTS5's expressions. Pure, and total: no text yields an FTS5 or SQL error.

    words          all of them: `stem cell`
    "a phrase"     in this order: `"cell therapy"`
    -word          not this: `stem -plant`
    one OR other   either; binds tighter than the blank: `fda OR ema approval`
    begin*         words that begin so
    title: by: publisher:   only there: `title:licence by:"Ann Lee"`

Everything else is a word or punctuation, which is passed over as in the texts themselves. Scripts
without blanks between words are searched by character, so that any part of a text is found.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from archive.errors import UsageError
from archive.scripts import is_unspaced, spaced

FIELDS: Mapping[str, str] = MappingProxyType(
    {"by": "byline", "byline": "byline", "publisher": "publisher", "title": "title"}
)
# More are no question but a text; each costs a walk through the index.
MOST_WORDS = 64

_QUOTES = str.maketrans("“”„‟«»＂", '"""""""')
_TERM = re.compile(
    r'(?P<minus>-?)(?:(?P<field>[A-Za-z]+):)?(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))'
)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word or a phrase that is searched."""

    words: str
    """What the index takes for words, one blank apart; at least one."""
    field: str | None = None
    prefix: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Expressions:
    """The same in the words of each FTS5 table."""

    articles: str
    headlines: str | None
    """None where no headline can answer: lists have no bylines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search in FTS5's words: three sets, of which the first is ranked.

    Publishers are a set of their own, because a list often names the publisher and the page does
    not: the words may then be in the article, and the publisher in the headline that led to it.
    """

    words: Expressions | None
    publishers: Expressions | None
    excluded: Expressions | None
    unspaced: tuple[str, ...]
    """What is searched by character, for marking it in a snippet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Where a field's words are in one FTS5 table; None stands for every field."""

    words: Mapping[str | None, str]
    by_character: Mapping[str | None, str]
    whole: Mapping[str | None, str]
    """Short fields that are not indexed by character: found from their beginning."""


_ARTICLES = _Table(
    words={
        None: (
            "title text byline publisher title_characters text_characters "
            "listed_titles listed_publishers listed_characters"
        ),
        "title": "title title_characters listed_titles listed_characters",
        "byline": "byline",
        "publisher": "publisher listed_publishers",
    },
    by_character={
        None: "title_characters text_characters listed_characters",
        "title": "title_characters listed_characters",
    },
    whole={
        None: "byline publisher listed_publishers",
        "byline": "byline",
        "publisher": "publisher listed_publishers",
    },
)
_HEADLINES = _Table(
    words={
        None: "title publisher title_characters",
        "title": "title title_characters",
        "publisher": "publisher",
    },
    by_character={None: "title_characters", "title": "title_characters"},
    whole={None: "publisher", "publisher": "publisher"},
)


def build(text: str, *, publisher: str | None = None) -> Query | None:
    """Give the expressions for what was typed and for the publisher asked for.

    None where nothing at all is asked for (blanks only, and no publisher). Raises UsageError for a
    query that only excludes, or is punctuation only: it would find everything or nothing.
    """
    groups, excluded = _read(text)
    if publisher is not None:
        groups.append([_publisher(publisher)])
    if not groups:
        if text.strip():
            raise UsageError(_nothing_asked(text, excluded=bool(excluded)))
        return None
    if sum(map(len, groups)) + len(excluded) > MOST_WORDS:
        raise UsageError(f"a search takes at most {MOST_WORDS} words")
    publishers = [group for group in groups if all(term.field == "publisher" for term in group)]
    words = [group for group in groups if group not in publishers]
    wanted = [term.words for group in words for term in group if is_unspaced(term.words)]
    return Query(
        words=_all_of(words),
        publishers=_all_of(publishers),
        excluded=_all_of([excluded] if excluded else []),
        unspaced=tuple(wanted),
    )


def first_day(text: str) -> str:
    """Give the first day of a year, a month or a day: `2024`, `2024-11`, `2024-11-08`.

    Raises UsageError for anything else.
    """
    found = _DAY.fullmatch(text.strip())
    try:
        year, month, day = (int(part or 1) for part in found.groups()) if found else (0, 0, 0)
        return date(year, month, day).isoformat()
    except ValueError:
        raise UsageError(
            f"{text!r} is no date: give a year, a month or a day, as 2024, 2024-11 or 2024-11-08"
        ) from None


def _read(text: str) -> tuple[list[list[Term]], list[Term]]:
    """Give the terms that must be met (of each inner list, one of them) and those that must not."""
    groups: list[list[Term]] = []
    excluded: list[Term] = []
    pieces = [found[0] for found in _TERM.finditer(text.translate(_QUOTES))]
    joins = False
    for index, piece in enumerate(pieces):
        if _is_or(pieces, index) and groups:
            joins = True
            continue
        term = _term(piece)
        if term is None:
            continue
        if term.negated and joins:
            raise UsageError(
                f"`OR {piece}` cannot be searched: what is excluded is excluded always"
            )
        if term.negated:
            excluded.append(term)
        elif joins:
            groups[-1].append(term)
        else:
            groups.append([term])
        joins = False
    return groups, excluded


def _is_or(pieces: Sequence[str], index: int) -> bool:
    """Tell whether a piece is the operator: `OR` with something on both sides; else it's a word."""
    return pieces[index] == "OR" and 0 < index < len(pieces) - 1


def _term(piece: str) -> Term | None:
    found = _TERM.fullmatch(piece)
    if found is None:
        return None
    field = FIELDS.get((found["field"] or "").lower())
    if found["field"] and field is None:
        # No field of ours: `10:30` or an address, whose parts stand side by side.
        negated = bool(found["minus"])
        body = piece[1:] if negated else piece
        return _of(body.replace('"', " "), None, negated=negated, prefix=body.endswith("*"))
    body = found["word"] if found["phrase"] is None else found["phrase"]
    prefix = found["phrase"] is None and body.endswith("*")
    return _of(body, field, negated=bool(found["minus"]), prefix=prefix)


def _of(body: str, field: str | None, *, negated: bool, prefix: bool) -> Term | None:
    words = _words(body)
    if not words:
        return None
    return Term(words=words, field=field, negated=negated, prefix=prefix)


def _words(text: str) -> str:
    """Give what the index takes for words: runs of letters, marks, digits, private characters.

    What SQLite could not take (zero bytes, halves of surrogate pairs) is none of them.
    """
    kept = (
        char
        if unicodedata.category(char)[0] in "LMN" or unicodedata.category(char) == "Co"
        else " "
        for char in text
    )
    return " ".join("".join(kept).split())


def _publisher(name: str) -> Term:
    words = _words(name)
    if not words:
        raise UsageError(f"{name!r} is no publisher's name")
    return Term(words=words, field="publisher")


def _nothing_asked(text: str, *, excluded: bool) -> str:
    if excluded:
        return f"{text!r} only excludes: name at least one word that is to be found"
    return f"there is no word to search for in {text!r}"


def _all_of(groups: Sequence[Sequence[Term]]) -> Expressions | None:
    """Give expressions that meet every group; None for no groups."""
    articles = _expression(_ARTICLES, groups) if groups else None
    if articles is None:
        return None
    return Expressions(articles=articles, headlines=_expression(_HEADLINES, groups))


def _expression(table: _Table, groups: Sequence[Sequence[Term]]) -> str | None:
    """Give one table's expression; None where a group cannot be met there."""
    parts = [part for group in groups if (part := _any_of(table, group)) is not None]
    return " AND ".join(f"({part})" for part in parts) if len(parts) == len(groups) else None


def _any_of(table: _Table, terms: Sequence[Term]) -> str | None:
    parts = [part for term in terms if (part := _one(table, term)) is not None]
    return " OR ".join(parts) or None


def _one(table: _Table, term: Term) -> str | None:
    """Give a term in FTS5's words; None where the table has no such field."""
    if is_unspaced(term.words):
        ways = [
            (table.by_character.get(term.field), f'"{spaced(term.words)}"'),
            (table.whole.get(term.field), f'"{term.words}" *'),
        ]
    else:
        star = " *" if term.prefix else ""
        ways = [(table.words.get(term.field), f'"{term.words}"{star}')]
    return " OR ".join(f"{{{columns}}} : {phrase}" for columns, phrase in ways if columns) or None
