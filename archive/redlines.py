"""The versions of an article and what changed, for a terminal.

By colours where there are any, else marked as `wdiff` does. Nothing of a page passes that is not
harmless (`archive.terminal`), and of long texts only what is near a change.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

import click

from archive.layout import columns, short_date
from archive.revisions import Revision, Step
from archive.terminal import cells, counted, cut, harmless
from archive.versions import Piece, PieceKind, hunks

if TYPE_CHECKING:
    from archive.held import StoredArticle
    from archive.records import Dated

INDENT = "    "
MARKS = {
    PieceKind.SAME: ("", ""),
    PieceKind.REMOVED: ("[-", "-]"),
    PieceKind.ADDED: ("{+", "+}"),
}
# What is never broken: a blank, a word, a letter of a script without blanks.
_UNIT = re.compile(r"\n|[^\S\n]|[^\s\u1100-\U0010ffff]+|.")

ELLIPSIS = ("…", PieceKind.SAME)

# A text, and in whose colour it is shown.
Drawn: TypeAlias = tuple[str, PieceKind]


def lines(
    held: "StoredArticle",
    found: Sequence[Revision],
    changes: Iterable[Step],
    *,
    coloured: bool,
) -> Iterator[str]:
    """Give the versions, a line each, and what changed; by colours, or by `[-…-]` and `{+…+}`."""
    yield click.style(cut(harmless(held.article.title or "(no title)"), columns()), bold=True)
    yield f"article {held.id}, {counted(len(found), 'version')} · {harmless(held.article.url)}"
    for each in found:
        yield cut(_line(each, is_last=each is found[-1]), columns())
    for step in changes:
        yield ""
        yield from _shown(step, coloured=coloured)


def _line(each: Revision, *, is_last: bool) -> str:
    seen = f"{short_date(each.first_seen)} to {short_date(each.last_seen)}"
    if each.first_seen == each.last_seen:
        seen = short_date(each.first_seen)
    facts = (
        seen,
        f"{each.words} words",
        f"dated {short_date(each.published.isoformat())}" if each.published else "no date",
        harmless(each.title or "(no title)"),
    )
    return f"{each.number:>3}{'*' if is_last else ' '} {' · '.join(facts)}"


def _shown(step: Step, *, coloured: bool) -> Iterator[str]:
    before, after = step.before, step.after
    head = f"From {before.number} to {after.number}, {short_date(after.first_seen)}"
    yield click.style(head, bold=True)
    dates = [
        f"{name}: {_date(old)} ▸ {_date(new)}"
        for name, old, new in (
            ("Published", before.published, after.published),
            ("Changed", before.modified, after.modified),
        )
        if _date(old) != _date(new)
    ]
    yield from (f"{INDENT}{line}" for line in dates)
    if not (dates or step.title or step.text):
        yield f"{INDENT}the same title and text"
    if step.title:
        yield from _wrapped(_drawn(_inline(step.title), coloured=coloured))
    rows = hunks(step.text)
    for row in rows:
        begin = [] if row is rows[0] and row[0] == step.text[0] else [ELLIPSIS]
        end = [] if row is rows[-1] and row[-1] == step.text[-1] else [ELLIPSIS]
        yield from _wrapped([*begin, *_drawn(row, coloured=coloured), *end])


def _date(dated: "Dated | None") -> str:
    return short_date(dated.isoformat()) if dated else "not known"


def _inline(pieces: Iterable[Piece]) -> list[Piece]:
    return [Piece(text=" ".join(p.text.splitlines()), kind=p.kind) for p in pieces]


def _drawn(pieces: Iterable[Piece], *, coloured: bool) -> list[Drawn]:
    """Give harmless texts with the colour that each is to have, marked where there is none."""
    if coloured:
        return [(_harmless(piece.text), piece.kind) for piece in pieces]
    return [(_marked(_harmless(piece.text), piece.kind), PieceKind.SAME) for piece in pieces]


def _marked(text: str, kind: PieceKind) -> str:
    """Put a text into its marks, but for the line breaks around it."""
    inner = text.strip("\n")
    head, _, tail = text.partition(inner) if inner else (text, "", "")
    return f"{head}{inner.join(MARKS[kind])}{tail}" if inner else text


def _harmless(text: str) -> str:
    """Make a piece harmless, keeping its line breaks and the blanks at its edges."""
    return "\n".join(_edged(line) for line in text.split("\n"))


def _edged(line: str) -> str:
    inner = harmless(line)
    if not inner:
        return " " if line.isspace() else ""
    lead = " " if line[0].isspace() else ""
    return f"{lead}{inner}{' ' if line[-1].isspace() else ''}"


def _wrapped(drawn: Iterable[Drawn]) -> Iterator[str]:
    """Give indented lines that fit the terminal, in colours."""
    width = columns() - len(INDENT)
    line: list[Drawn] = []
    used = 0
    for text, kind in drawn:
        for unit in _UNIT.findall(text):
            if unit == "\n" or (used and used + cells(unit) > width):
                yield from _styled(line)
                line, used = [], 0
            if not unit.isspace() or (used and unit != "\n"):
                line.append((unit, kind))
                used += cells(unit)
    yield from _styled(line)


def _styled(line: Iterable[Drawn]) -> Iterator[str]:
    """Give a line of units, each row of one kind in its colour; nothing for an empty one."""
    rows = [
        ("".join(text for text, _ in units), kind)
        for kind, units in groupby(line, key=lambda unit: unit[1])
    ]
    if rows:
        yield INDENT + "".join(_coloured(text, kind) for text, kind in rows).rstrip()


def _coloured(text: str, kind: PieceKind) -> str:
    if kind is PieceKind.REMOVED:
        return click.style(text, fg="red", strikethrough=True)
    return click.style(text, fg="green") if kind is PieceKind.ADDED else text
