"""A query and its filters ▸ one expression for each full-text table. Pure.

What narrows a search is a word of the column `marks` (`searchtables`), so that a table is asked
once, whatever is asked. Days are no words: they are spans of rows (`timeorder`).
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from archive.filters import Filters
from archive.indexed import HOST_SIGNS, SEPARATOR
from archive.query import Expressions, Query


class Question(NamedTuple):
    """What one full-text table is asked."""

    table: str
    """`articles` or `headlines`."""
    wanted: str
    """Matched by all that answers."""
    ranked: str | None
    """The part of it that says how well; None where nothing does: then dates give the order."""
    words: str | None
    """The part of it that is marked in a snippet."""
    is_common: bool
    """Whether it has marks that nearly every row may have: how common these are is not counted."""


def questions(
    query: Query | None, filters: Filters, publishers: Sequence[str] | None = None
) -> tuple[Question, ...]:
    """Give what each table is to be asked; a table that cannot answer is left out.

    `publishers` are the names that the query's publishers may mean; None where they are too many,
    and the tables are asked for their words.
    """
    narrowing = [*_marks(filters)]
    if publishers is not None:
        if not publishers:
            return ()
        narrowing.append(" OR ".join(mark("pub", _hexadecimal(name)) for name in publishers))
        query = query._replace(publishers=None) if query else None
    asked = [_question("articles", query, [*narrowing, *_languages(filters)], filters)]
    # Lists do not tell a headline's language.
    if not filters.languages:
        asked.append(_question("headlines", query, narrowing, filters))
    return tuple(question for question in asked if question is not None)


def mark(kind: str, value: str = "") -> str:
    """Give the expression for a mark, as the schema writes it."""
    for sign, letter in HOST_SIGNS:
        value = value.replace(sign, letter)
    kept = "".join(char for char in value if char.isalnum() or "\ue000" <= char <= "\uf8ff")
    return f'marks : "{SEPARATOR}{kind}{kept}"'


def _hexadecimal(name: str) -> str:
    return name.encode().hex()


def _marks(filters: Filters) -> Iterable[str]:
    if filters.sites:
        yield " OR ".join(mark("site", site.lower()) for site in filters.sites)
    if filters.source_ids:
        yield " OR ".join(mark("source", str(number)) for number in filters.source_ids)
    if filters.publishers:
        yield " OR ".join(mark("pub", _hexadecimal(name)) for name in filters.publishers)


def _languages(filters: Filters) -> Iterable[str]:
    if filters.languages:
        yield " OR ".join(mark("lang", language.lower()) for language in filters.languages)


def _shut_out(filters: Filters) -> Iterable[str]:
    """Give the marks of what is not wanted; no headline has that of a language."""
    yield from (mark("site", site.lower()) for site in filters.not_sites)
    yield from (mark("source", str(number)) for number in filters.not_source_ids)
    yield from (mark("lang", language.lower()) for language in filters.not_languages)


def _question(
    table: str, query: Query | None, narrowing: list[str], filters: Filters
) -> Question | None:
    parts = (query.words, query.publishers, query.excluded) if query else (None, None, None)
    words, publishers, excluded = (_of(table, part) for part in parts)
    if any(part and not own for part, own in zip(parts[:2], (words, publishers), strict=True)):
        return None
    asked = _all_of([words, publishers])
    # A headline whose article is held is not shown beside it.
    every = [mark("every")] if table == "headlines" or not (asked or narrowing) else []
    wanted = _all_of([asked, *narrowing, *every])
    unwanted = " OR ".join(f"({part})" for part in (excluded, *_shut_out(filters)) if part)
    return Question(
        table=table,
        wanted=f"({wanted}) NOT ({unwanted})" if unwanted else wanted,
        ranked=asked if words else None,
        words=words,
        is_common=bool(every or filters.languages or filters.source_ids or unwanted),
    )


def _of(table: str, part: Expressions | None) -> str | None:
    if part is None:
        return None
    return part.articles if table == "articles" else part.headlines


def _all_of(parts: Iterable[str | None]) -> str:
    return " AND ".join(f"({part})" for part in parts if part)
