"""Text from pages on its way to a terminal: harmless, and fitted to its width. Pure.

A page may contain escape sequences that colour, move or rename the terminal, and characters that
show text in another order than it is read. None of them passes. Colours of our own are put around
the text afterwards, by the caller.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from archive.found import Span

# Joiners that scripts and emoji need; every other invisible character only misleads.
KEPT_INVISIBLE = frozenset("\u200c\u200d")
BREAKS = frozenset("\n\t\r\v\f\x85\u2028\u2029")
REPLACEMENT = "\ufffd"
# ECMA-48: control sequences, and strings (titles, links) up to their end. Without its first
# character the rest would only be litter in the text.
_SEQUENCE = (
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"
)


def harmless(text: str) -> str:
    """Give a text in one line without control, bidirectional and invisible characters."""
    # What Python calls printable has none of these: most texts need no look at each character.
    kept = text if text.isprintable() else "".join(map(_harmless, re.sub(_SEQUENCE, "", text)))
    return " ".join(kept.split())


def harmless_lines(text: str) -> str:
    """Give a text the same way, its line breaks kept."""
    return "\n".join(harmless(line) for line in text.splitlines())


def _harmless(char: str) -> str:
    if char in BREAKS:
        return " "
    category = unicodedata.category(char)
    if category == "Cs":
        return REPLACEMENT
    return "" if category in {"Cc", "Cf"} and char not in KEPT_INVISIBLE else char


def counted(number: int, noun: str) -> str:
    """Give a number with its noun, in the plural unless it is one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def cells(text: str) -> int:
    """Give how many columns of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cut(text: str, columns: int) -> str:
    """Give a text that takes at most so many columns, with an ellipsis where it was cut."""
    if cells(text) <= columns:
        return text
    kept, used = "", 1
    for char in text:
        used += _cells(char)
        if used > columns:
            break
        kept += char
    return f"{kept.rstrip()}…"


def wrap(spans: Sequence[Span], columns: int) -> list[list[Span]]:
    """Break spans into lines of at most so many columns: at blanks, and between wide characters.

    A word that is longer than a line stands alone on one.
    """
    lines: list[list[Span]] = [[]]
    used = 0
    for piece in _pieces(spans):
        if used and used + cells(piece.text) > columns:
            lines.append([])
            used = 0
        text = piece.text if used else piece.text.lstrip()
        if text:
            lines[-1].append(Span(text=text, match=piece.match))
            used += cells(text)
    return [line for line in lines if line]


def wrap_text(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most so many columns; its own line breaks are kept."""
    broken: list[str] = []
    for line in harmless_lines(text).split("\n"):
        wrapped = wrap([Span(text=line)], columns)
        broken += ["".join(span.text for span in spans) for spans in wrapped] or [""]
    return broken


def _pieces(spans: Iterable[Span]) -> Iterator[Span]:
    """Give what must not be broken: a word with the blank before it, or one wide character."""
    for span in spans:
        if span.text.isascii():
            first, *others = span.text.split(" ")
            words = [first, *(f" {word}" for word in others)]
            yield from (Span(text=word, match=span.match) for word in words if word)
            continue
        piece = ""
        for char in span.text:
            if piece and (char == " " or _cells(char) == 2 or _cells(piece[-1]) == 2):
                yield Span(text=piece, match=span.match)
                piece = ""
            piece += char
        if piece:
            yield Span(text=piece, match=span.match)
