"""What a person types ▸ a tree of what is asked. Pure and total: a tree, or UsageError.

    words           all of them: `stem cell`
    "a phrase"      in this order: `"cell therapy"`
    begin*          words that begin so; `"stem cel"*` phrases that do
    one OR other    either; binds tighter than the blank: `fda OR ema approval`
    -word           not this: `stem -plant`
    (…)             what belongs together: `(stem cell) OR msc`, `-(plant OR tree)`
    "a b"~5         at most five words between them; `near:5(a b)` says the same
    title: by: publisher:   only there: `title:licence by:"Ann Lee" title:(stem cell)`
    site: lang: source: after: before:   narrow the whole search: see `filters`

AND and NOT (in capitals) say what the blank and the hyphen say. Everything else is a word or
punctuation, which is passed over as in the texts themselves. What a tree means in the words of an
index is `query`'s business; `docs/search.md` describes the language for people.

The nodes are named tuples: a data class takes seven times as long to make, and every search makes
these when it starts.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from archive.errors import UsageError

# What a field is called ▸ the column that is searched.
COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "author": "byline",
        "by": "byline",
        "byline": "byline",
        "publisher": "publisher",
        "title": "title",
    }
)
# What narrows a search is called ▸ which filter it is.
NARROWING: Mapping[str, str] = MappingProxyType(
    {
        "after": "after",
        "before": "before",
        "lang": "lang",
        "language": "lang",
        "site": "site",
        "source": "source",
    }
)
NEAR = "near"
FIELDS = frozenset({*COLUMNS, *NARROWING, NEAR})
# Fields of other search languages ▸ what is said here.
FOREIGN: Mapping[str, str] = MappingProxyType(
    {
        "authors": "by:",
        "date": "after: and before:",
        "domain": "site:",
        "from": "after:",
        "host": "site:",
        "intitle": "title:",
        "inurl": "site:",
        "newer": "after:",
        "older": "before:",
        "published": "after: and before:",
        "since": "after:",
        "until": "before:",
    }
)
# A shorter name is a word before a colon more often than a field with a slip in it.
SHORTEST_SLIP = 4
# More are no question but a text; each costs a walk through the index.
MOST_WORDS = 64
# FTS5's parser takes some fifty; nobody reads ten.
DEEPEST = 12
# Words between the words of a `near:` without a number, as in FTS5's own language.
USUAL_DISTANCE = 10

_QUOTES = str.maketrans("“”„‟«»＂（）", '"""""""()')
_ITEM = re.compile(
    r"""
    (?P<close>\))
    | (?P<minus>-?)
      (?:(?P<field>[A-Za-z]+):(?P<distance>(?<=[nN][eE][aA][rR]:)[0-9]{1,3}(?=[("]))?)?
      (?:
        (?P<open>\()
        | "(?P<phrase>[^"]*)(?:"|\Z)(?:(?P<star>\*)|~(?P<slop>[0-9]{1,3}))?
        | (?P<word>[^\s"()]+(?:\([^\s()"]*\)[^\s"()]*)*)
      )
    """,
    re.VERBOSE,
)


class Term(NamedTuple):
    """A word or a phrase that is searched."""

    words: str
    """What the index takes for words, one blank apart; at least one."""
    column: str | None = None
    """None stands for all."""
    prefix: bool = False
    exact: bool = False
    """It was put in quotes: other forms of its words are not meant."""


class Near(NamedTuple):
    """Words and phrases that stand close together, in any order."""

    terms: tuple[Term, ...]
    """At least two."""
    distance: int
    """Words that may stand between the first and the last."""
    column: str | None = None


class Narrowing(NamedTuple):
    """A condition on what is found, beside its words."""

    kind: str
    """One of NARROWING's values."""
    value: str
    shown: str
    """As it was typed."""


class Group(NamedTuple):
    """All of some, and none of others."""

    all_of: tuple["Node", ...]
    none_of: tuple["Node", ...] = ()


class Either(NamedTuple):
    """At least one of several."""

    parts: tuple["Node", ...]


Node: TypeAlias = Term | Near | Narrowing | Group | Either


class Question(NamedTuple):
    """What was asked."""

    wanted: Group
    """`all_of` may be empty: nothing was typed, or what is not wanted alone."""
    notes: tuple[str, ...] = ()
    """What may have been meant otherwise, a sentence each."""


class _Reading:
    """Where in the text we are, and what was noticed so far."""

    def __init__(self, items: Sequence[re.Match[str]]) -> None:
        self.items = items
        self.at = 0
        self.notes: list[str] = []

    def next(self) -> re.Match[str] | None:
        return self.items[self.at] if self.at < len(self.items) else None

    def take(self) -> re.Match[str]:
        self.at += 1
        return self.items[self.at - 1]

    def operator(self) -> str | None:
        """Give the operator that comes next, if something follows it that it may join."""
        item = self.next()
        name = item[0] if item and item[0] in {"OR", "AND", "NOT"} else None
        after = self.items[self.at + 1] if self.at + 1 < len(self.items) else None
        return name if after and not after["close"] else None


class _Sequence:
    """What stands between two parentheses, as far as it was read."""

    def __init__(self) -> None:
        self.groups: list[list[Node]] = []
        self.excluded: list[Node] = []
        self.said: set[str] = set()
        """Operators that were used."""
        self.ended_excluding = False
        """What was read last is excluded."""


def read(text: str, *, column: str | None = None) -> Question:
    """Read what was typed; `column` is where words are searched that name no field.

    Raises UsageError for what cannot be searched, in a line that says what could.
    """
    items = tuple(_ITEM.finditer(text.translate(_QUOTES)))
    reading = _Reading(items)
    wanted = Group(all_of=())
    while reading.next():
        # A parenthesis that closes nothing ends a sequence, and is passed over.
        more = _sequence(reading, column, depth=0)
        wanted = Group(all_of=wanted.all_of + more.all_of, none_of=wanted.none_of + more.none_of)
    if _size(wanted) > MOST_WORDS:
        raise UsageError(f"a search takes at most {MOST_WORDS} words")
    return Question(wanted=wanted, notes=tuple(dict.fromkeys(reading.notes)))


def words_of(text: str) -> str:
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


def terms(node: Node) -> Iterator[Term]:
    """Give every term that a node wants; none of those that it excludes."""
    match node:
        case Term():
            yield node
        case Near():
            yield from node.terms
        case Either(parts=parts) | Group(all_of=parts):
            for part in parts:
                yield from terms(part)
        case Narrowing():
            pass


def _sequence(reading: _Reading, column: str | None, *, depth: int) -> Group:
    """Read up to the parenthesis that closes, or to the end."""
    if depth > DEEPEST:
        raise UsageError(f"parentheses are nested more than {DEEPEST} deep")
    done = _Sequence()
    joins = False
    while (item := reading.next()) and not item["close"]:
        if name := _joined(reading, done):
            joins = name == "OR"
            continue
        minus, node = _node(reading, column, depth)
        if node is None:
            continue
        _add(done, node, excludes=minus, joins=joins, shown=item[0])
        joins = False
    # The parenthesis that closes, if there is one: the end closes all that are open.
    reading.at += 1
    return _group(done)


def _joined(reading: _Reading, done: _Sequence) -> str | None:
    """Take an operator between two parts, and give its name."""
    name = reading.operator()
    if name is None or name == "NOT" or not (done.groups or done.excluded):
        return None
    done.said.add(name)
    if done.said >= {"OR", "AND"}:
        raise UsageError("AND and OR side by side: say with parentheses what belongs together")
    if name == "OR" and done.ended_excluding:
        raise UsageError(
            "OR after what is excluded: write `-(one OR other)`, or put `-one` at the end"
        )
    reading.take()
    return name


def _add(done: _Sequence, node: Node, *, excludes: bool, joins: bool, shown: str) -> None:
    if excludes and joins:
        raise UsageError(f"`OR {shown}` cannot be searched: what is excluded is excluded always")
    if excludes:
        done.excluded.append(node)
    elif joins and done.groups:
        done.groups[-1].append(node)
    else:
        done.groups.append([node])
    done.ended_excluding = excludes


def _group(done: _Sequence) -> Group:
    parts = (each[0] if len(each) == 1 else Either(parts=tuple(each)) for each in done.groups)
    return Group(all_of=tuple(parts), none_of=tuple(done.excluded))


def _node(reading: _Reading, column: str | None, depth: int) -> tuple[bool, Node | None]:
    """Read one part; gives whether it is excluded, and None where it has no word."""
    denied = reading.operator() == "NOT"
    if denied:
        reading.take()
    item = reading.take()
    excludes = denied or bool(item["minus"])
    name = _field(item, reading)
    if name and column and (item["open"] or name != NEAR):
        raise UsageError(f"`{item[0]}` stands within another field: name one field at a time")
    if item["open"]:
        return excludes, _opened(reading, item, name, column, depth)
    return excludes, _closed(item, name, column, reading)


def _opened(
    reading: _Reading, item: re.Match[str], name: str | None, column: str | None, depth: int
) -> Node | None:
    """Read what stands in parentheses, which belong to a field or to nothing."""
    if name in NARROWING:
        raise UsageError(f"`{name}:` takes one value: write `({name}:one OR {name}:other)`")
    inner = _sequence(reading, COLUMNS.get(name or "", column), depth=depth + 1)
    if name == NEAR:
        return _near(inner, int(item["distance"] or USUAL_DISTANCE))
    if inner.none_of and not inner.all_of:
        raise UsageError("what stands in parentheses only excludes: name a word that is wanted")
    if len(inner.all_of) == 1 and not inner.none_of:
        return inner.all_of[0]
    return inner if inner.all_of else None


def _near(inner: Group, distance: int) -> Node | None:
    wanted = [part for part in inner.all_of if isinstance(part, Term)]
    if inner.none_of or len(wanted) < len(inner.all_of):
        raise UsageError('`near:` takes words and "phrases" alone: `near:5(cell therapy)`')
    return _side_by_side(wanted, distance)


def _side_by_side(wanted: Sequence[Term], distance: int) -> Node | None:
    if len(wanted) < 2:
        return wanted[0] if wanted else None
    return Near(terms=tuple(wanted), distance=distance, column=wanted[0].column)


def _closed(
    item: re.Match[str], name: str | None, column: str | None, reading: _Reading
) -> Node | None:
    """Read a word or a phrase."""
    body = item["word"] if item["phrase"] is None else item["phrase"]
    if name is not None and name in NARROWING:
        return Narrowing(kind=NARROWING[name], value=body.strip(), shown=item[0].lstrip("-"))
    if item["field"] and name is None:
        # No field of ours: `10:30` or an address, whose parts stand side by side.
        whole = item[0].removeprefix("-").replace('"', " ")
        return _term(whole, column, prefix=whole.endswith("*"), exact=True)
    column = COLUMNS.get(name or "", column)
    if name == NEAR or item["slop"]:
        if item["phrase"] is None:
            raise UsageError("`near:` takes words in parentheses: `near:5(cell therapy)`")
        distance = int(item["slop"] or item["distance"] or USUAL_DISTANCE)
        each = (_term(word, column, prefix=word.endswith("*")) for word in body.split())
        return _side_by_side([term for term in each if term], distance)
    prefix = body.endswith("*") or bool(item["star"])
    term = _term(body, column, prefix=prefix, exact=item["phrase"] is not None)
    if term and term.words.lower() in FIELDS and body.endswith(":"):
        reading.notes.append(
            f"`{body}` was searched as a word: a field's value stands right behind its colon"
        )
    return term


def _term(body: str, column: str | None, *, prefix: bool, exact: bool = False) -> Term | None:
    words = words_of(unicodedata.normalize("NFC", body))
    if not words:
        return None
    return Term(words=words, column=column, prefix=prefix, exact=exact or " " in words)


def _field(item: re.Match[str], reading: _Reading) -> str | None:
    """Give the field's name; None where there is none, or a word before a colon.

    Raises UsageError for what looks like one of ours.
    """
    name = (item["field"] or "").lower()
    if not name or name in FIELDS:
        return name or None
    if (item["word"] or "").startswith("//"):
        return None
    if meant := FOREIGN.get(name) or _slip(name):
        raise UsageError(
            f"there is no field `{name}:`, but {meant} (to search for the word itself, put it in "
            "quotes)"
        )
    reading.notes.append(f"`{name}:` is no field, so it was searched as a word")
    return None


def _slip(name: str) -> str | None:
    """Give the field that a name with a slip in it means."""
    if len(name) < SHORTEST_SLIP:
        return None
    # Few searches have a word before a colon that is no field.
    from archive.slips import is_near

    return next((f"{each}:" for each in sorted(FIELDS) if is_near(name, each)), None)


def _size(node: Node) -> int:
    """Count the terms of a node, the excluded ones too."""
    match node:
        case Near():
            return len(node.terms)
        case Either(parts=parts):
            return sum(map(_size, parts))
        case Group():
            return sum(map(_size, (*node.all_of, *node.none_of)))
        case Term() | Narrowing():
            return 1


def shown(node: Node) -> str:
    """Give a node as the language has it, for saying what was understood."""
    match node:
        case Term():
            words = f'"{node.words}"' if node.exact else node.words
            return f"{_prefixed(node.column)}{words}{'*' if node.prefix else ''}"
        case Near():
            inner = " ".join(shown(term._replace(column=None)) for term in node.terms)
            return f"{_prefixed(node.column)}near:{node.distance}({inner})"
        case Either(parts=parts):
            return f"({' OR '.join(map(shown, parts))})"
        case Group():
            wanted = [shown(part) for part in node.all_of]
            return " ".join((*wanted, *(f"-{_enclosed(part)}" for part in node.none_of)))
        case Narrowing():
            return node.shown


def _prefixed(column: str | None) -> str:
    return f"{ {'byline': 'by'}.get(column, column) }:" if column else ""


def _enclosed(node: Node) -> str:
    return f"({shown(node)})" if isinstance(node, Group) else shown(node)
