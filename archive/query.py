"""What is asked ▸ FTS5's expressions and filters. Pure, and total: nothing typed breaks the index.

`language` reads what was typed; here it is put into the words of the FTS5 tables. Scripts without
blanks between words are searched by character, so that any part of a text is found; a word is
searched in every writing that the caller says the index has of it (`Ways`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple, TypeAlias

from archive import filters, language
from archive.errors import UsageError
from archive.filters import EVERYTHING, Filters
from archive.language import Either, Group, Narrowing, Near, Node, Term
from archive.scripts import is_unspaced, spaced
from archive.spelling import writings

# Of these one out of several may be asked for, and any may be excluded; a day has its other side.
EXCLUDABLE = frozenset({"lang", "site", "source"})
# Begins a publisher's whole name, of which no word is left out: `=Post` is not The Post.
EXACTLY = "="
# Of a phrase, with each of its words in each of its writings.
MOST_WRITINGS = 16

Ways: TypeAlias = Callable[[str, bool], Sequence[str]]
"""A word, and whether it was put in quotes ▸ the other words that are taken for it."""


class Asked(NamedTuple):
    """A search as it was asked for, before anything is read."""

    words: str = ""
    title: str | None = None
    """In the search language, all of it to be in the title."""
    by: str | None = None
    """A writer's name, or a part of it."""
    publisher: str | None = None
    """The same of a publisher; behind `=` the whole name, letter by letter: `=Daily Post`."""
    languages: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Numbers, names or addresses."""
    after: str | None = None
    before: str | None = None


class Here(NamedTuple):
    """What a search is read by, beside its words: when, where, and what the archive knows."""

    now: datetime
    """Aware."""
    zone: tzinfo
    source_id: Callable[[str], int]
    """A source's number, name or address ▸ its id; raises NotFound."""
    ways: Ways = lambda _word, _exact: ()
    publishers: Callable[[str], Sequence[str]] = lambda name: (name,)
    """A publisher's whole name ▸ the same as it is stored: with blanks around it, perhaps."""


class Expressions(NamedTuple):
    """The same in the words of each FTS5 table."""

    articles: str
    headlines: str | None
    """None where no headline can answer: lists have no bylines."""


class Query(NamedTuple):
    """A search in FTS5's words: three sets, of which the first is ranked; and its filters.

    Publishers are a set of their own, because a list often names the publisher and the page does
    not: the words may then be in the article, and the publisher in the headline that led to it.
    """

    words: Expressions | None
    publishers: Expressions | None
    excluded: Expressions | None
    unspaced: tuple[str, ...]
    """What is searched by character, for marking it in a snippet."""
    filters: Filters = EVERYTHING
    shown: str = ""
    """The words as they were understood, in the search language."""
    terms: tuple[Term, ...] = ()
    """Every word and phrase that is wanted, for saying which of them has no hit."""
    notes: tuple[str, ...] = ()
    """What may have been meant otherwise, a sentence each."""


class _Table(NamedTuple):
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


def build(asked: Asked, here: Here) -> Query | None:
    """Give the expressions and filters for what is asked.

    None where nothing at all is asked for. Raises UsageError for what cannot be searched (a query
    that only excludes, or is punctuation only, would find everything or nothing), NotFound for a
    source that there is none of.
    """
    question = language.read(asked.words)
    wanted, narrowings = _lifted(question.wanted)
    wanted += _from_options(asked)
    excluded, shut_out = _shut_out(question.wanted.none_of)
    narrowed = _filters(asked, narrowings, shut_out, here)
    if any(_narrows(node) for node in (*wanted, *excluded)):
        raise UsageError(
            "site:, lang:, source:, after: and before: narrow the whole search: they stand "
            "beside its words, not in `OR` or `-(…)` with them; -site:, -lang: and -source: exclude"
        )
    if not wanted and narrowed == EVERYTHING:
        if asked.words.strip():
            raise UsageError(_nothing_asked(asked.words, excluded=bool(excluded)))
        return None
    publishers = [node for node in wanted if _is_of_publisher(node)]
    words = [node for node in wanted if node not in publishers]
    terms = tuple(term for node in wanted for term in language.terms(node))
    return Query(
        words=_all_of(words, here.ways),
        publishers=_all_of(publishers, here.ways),
        excluded=_all_of([Either(parts=excluded)] if excluded else [], here.ways),
        unspaced=tuple(_needles(terms)),
        filters=narrowed,
        shown=language.shown(Group(all_of=tuple(wanted), none_of=excluded)),
        terms=terms,
        notes=question.notes,
    )


def alone(term: Term, ways: Ways) -> Expressions | None:
    """Give the expressions for one word or phrase; None where no table has its column."""
    return _all_of([term], ways)


def _lifted(group: Group) -> tuple[list[Node], list[Narrowing]]:
    """Part what narrows the whole search from what is searched."""
    wanted: list[Node] = []
    narrowings: list[Narrowing] = []
    for node in group.all_of:
        if (found := _narrowings(node)) is None:
            wanted.append(node)
        else:
            narrowings += found
    return wanted, narrowings


def _shut_out(nodes: Sequence[Node]) -> tuple[tuple[Node, ...], list[Narrowing]]:
    """Part the sites, languages and sources that are not wanted from the words that are not."""
    excluded: list[Node] = []
    shut_out: list[Narrowing] = []
    for node in nodes:
        found = _narrowings(node) if isinstance(node, Narrowing | Either) else None
        if found is None or not {each.kind for each in found} <= EXCLUDABLE:
            excluded.append(node)
        else:
            shut_out += found
    return tuple(excluded), shut_out


def _narrowings(node: Node) -> list[Narrowing] | None:
    """Give the conditions that a node consists of; None where it is something else."""
    match node:
        case Narrowing():
            return [node]
        case Either(parts=parts):
            of_one_kind = {part.kind for part in parts if isinstance(part, Narrowing)}
            alone = [part for part in parts if isinstance(part, Narrowing)]
            is_whole = len(alone) == len(parts) and len(of_one_kind) == 1
            return alone if is_whole and of_one_kind <= EXCLUDABLE else None
        case Group(all_of=parts, none_of=()):
            inner = [_narrowings(part) for part in parts]
            found = [each for each in inner if each is not None]
            return [each for part in found for each in part] if len(found) == len(inner) else None
        case _:
            return None


def _narrows(node: Node) -> bool:
    """Tell whether a condition is hidden within a node."""
    match node:
        case Narrowing():
            return True
        case Either(parts=parts):
            return any(map(_narrows, parts))
        case Group():
            return any(map(_narrows, (*node.all_of, *node.none_of)))
        case _:
            return False


def _from_options(asked: Asked) -> list[Node]:
    """Give what is to be in one field, where that was asked for beside the words."""
    nodes: list[Node] = []
    if asked.title is not None:
        title = language.read(asked.title, column="title").wanted
        if not title.all_of:
            raise UsageError(_nothing_asked(asked.title, excluded=bool(title.none_of)))
        nodes += [title] if title.none_of else title.all_of
    for column, name, value in (("byline", "writer", asked.by), *_publisher(asked)):
        if value is not None:
            words = language.words_of(value)
            if not words:
                raise UsageError(f"{value!r} is no {name}'s name")
            nodes.append(Term(words=words, column=column, exact=True))
    if sum(1 for node in nodes for _ in language.terms(node)) > language.MOST_WORDS:
        raise UsageError(f"a search takes at most {language.MOST_WORDS} words")
    return nodes


def _publisher(asked: Asked) -> Iterator[tuple[str, str, str | None]]:
    if not _exact_publisher(asked):
        yield "publisher", "publisher", asked.publisher


def _exact_publisher(asked: Asked) -> str | None:
    """Give the publisher's name that nothing may be added to; None where it is asked by words."""
    name = asked.publisher or ""
    return (name[1:].strip() or None) if name.startswith(EXACTLY) else None


def _filters(
    asked: Asked, narrowings: Sequence[Narrowing], shut_out: Sequence[Narrowing], here: Here
) -> Filters:
    """Read the conditions of the words and of the options; either of two of one kind will do.

    Of two days after which all is to be, the later one is kept: that is both.
    """
    given: dict[str, list[str]] = {
        "lang": list(asked.languages),
        "site": list(asked.sites),
        "source": list(asked.sources),
        "after": [asked.after] if asked.after is not None else [],
        "before": [asked.before] if asked.before is not None else [],
    }
    for each in narrowings:
        given[each.kind].append(each.value)
    without: dict[str, list[str]] = {kind: [] for kind in EXCLUDABLE}
    for each in shut_out:
        without[each.kind].append(each.value)
    after, before = (
        [filters.bound(text, now=here.now, zone=here.zone) for text in given[kind]]
        for kind in ("after", "before")
    )
    narrowed = Filters(
        after=max(after, key=lambda each: each.day, default=None),
        before=min(before, key=lambda each: each.day, default=None),
        languages=tuple(dict.fromkeys(map(filters.read_language, given["lang"]))),
        sites=tuple(dict.fromkeys(map(filters.read_site, given["site"]))),
        source_ids=tuple(dict.fromkeys(map(here.source_id, given["source"]))),
        publishers=tuple(here.publishers(name)) if (name := _exact_publisher(asked)) else (),
        not_languages=tuple(dict.fromkeys(map(filters.read_language, without["lang"]))),
        not_sites=tuple(dict.fromkeys(map(filters.read_site, without["site"]))),
        not_source_ids=tuple(dict.fromkeys(map(here.source_id, without["source"]))),
    )
    if narrowed.after and narrowed.before and narrowed.after.day >= narrowed.before.day:
        raise UsageError(
            f"no day lies after {narrowed.after.day} and before {narrowed.before.day}: "
            "after begins with that day, before ends with the one ahead of it"
        )
    return narrowed


def _is_of_publisher(node: Node) -> bool:
    match node:
        case Term() | Near():
            return node.column == "publisher"
        case Either(parts=parts):
            return all(map(_is_of_publisher, parts))
        case _:
            return False


def _nothing_asked(text: str, *, excluded: bool) -> str:
    if excluded:
        return f"{text!r} only excludes: name at least one word that is to be found"
    return f"there is no word to search for in {text!r}"


def _needles(terms: Sequence[Term]) -> Iterator[str]:
    """Give what a snippet marks by itself, as it was typed and as the index has it."""
    for term in terms:
        if is_unspaced(term.words):
            composed = spaced(term.words)
            yield from dict.fromkeys((term.words, composed.replace(" ", "")))


def _all_of(nodes: Sequence[Node], ways: Ways) -> Expressions | None:
    """Give expressions that meet every node; None for no nodes."""
    group = Group(all_of=tuple(nodes))
    articles = _expression(_ARTICLES, group, ways) if nodes else None
    if articles is None:
        return None
    return Expressions(articles=articles, headlines=_expression(_HEADLINES, group, ways))


def _expression(table: _Table, node: Node, ways: Ways) -> str | None:
    """Give a node in FTS5's words; None where the table cannot meet it."""
    match node:
        case Term():
            return _term(table, node, ways)
        case Near():
            return _near(table, node)
        case Either(parts=parts):
            return _joined(" OR ", [_expression(table, part, ways) for part in parts])
        case Group(all_of=wanted, none_of=unwanted):
            needed = [_expression(table, part, ways) for part in wanted]
            both = None if None in needed else _joined(" AND ", needed)
            if both is None:
                return None
            without = _joined(" OR ", [_expression(table, part, ways) for part in unwanted])
            return f"({both}) NOT ({without})" if without else both
        case Narrowing():
            return None


def _joined(operator: str, parts: Sequence[str | None]) -> str | None:
    return operator.join(f"({part})" for part in parts if part is not None) or None


def _term(table: _Table, term: Term, ways: Ways) -> str | None:
    star = " *" if term.prefix else ""
    if is_unspaced(term.words):
        return _in_columns(
            (table.by_character.get(term.column), f'"{spaced(term.words)}"{star}'),
            (table.whole.get(term.column), f'"{term.words}" *'),
        )
    columns = table.words.get(term.column)
    words = term.words.split()
    others = {word: ways(word, term.exact) for word in dict.fromkeys(words)}
    phrases = writings(words, others, MOST_WRITINGS)
    return _in_columns(*((columns, f'"{phrase}"{star}') for phrase in phrases))


def _near(table: _Table, near: Near) -> str | None:
    """Give words that stand together; all by character, if any has a script without blanks."""
    unspaced = any(is_unspaced(term.words) for term in near.terms)
    columns = (table.by_character if unspaced else table.words).get(near.column)
    phrases = (
        f'"{spaced(term.words) if unspaced else term.words}"{" *" if term.prefix else ""}'
        for term in near.terms
    )
    return _in_columns((columns, f"NEAR({' '.join(phrases)}, {near.distance})"))


def _in_columns(*ways: tuple[str | None, str]) -> str | None:
    """Give alternatives, each in its columns; None where there are none."""
    return " OR ".join(f"{{{columns}}} : {phrase}" for columns, phrase in ways if columns) or None
