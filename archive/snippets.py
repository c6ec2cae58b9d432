"""The piece of a text that shows why it was found, as spans. Pure."""

import re
from collections.abc import Sequence

from archive.found import Span

# What `snippet()` is told to put around a match: control characters that no page's text keeps.
OPEN, CLOSE = "\x02", "\x03"
ELLIPSIS = "…"
# Characters around the first match, where the index knows no words: two or three lines.
BEFORE, AFTER = 30, 110

_MARKED = f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}"


def from_marked(text: str) -> tuple[Span, ...]:
    """Give the spans of a text in which matches stand between OPEN and CLOSE."""
    pieces = re.split(_MARKED, text)
    spans = (
        Span(text=_folded(piece.replace(OPEN, "").replace(CLOSE, "")), match=index % 2 == 1)
        for index, piece in enumerate(pieces)
    )
    return tuple(span for span in spans if span.text)


def around(text: str, needles: Sequence[str]) -> tuple[Span, ...]:
    """Give the piece around the first of the needles, all of them marked; () without a match."""
    if not needles:
        return ()
    pattern = re.compile("|".join(map(re.escape, needles)), re.IGNORECASE)
    first = pattern.search(text)
    if first is None:
        return ()
    start, end = max(0, first.start() - BEFORE), min(len(text), first.end() + AFTER)
    marked = pattern.sub(lambda match: f"{OPEN}{match[0]}{CLOSE}", text[start:end])
    before = ELLIPSIS if start > 0 else ""
    after = ELLIPSIS if end < len(text) else ""
    return from_marked(f"{before}{marked}{after}")


def beginning(text: str) -> tuple[Span, ...]:
    """Give the beginning of a text, where nothing in it was searched for."""
    length = BEFORE + AFTER
    cut = text[:length].rsplit(maxsplit=1)[0] if len(text) > length else text
    return from_marked(f"{cut}{ELLIPSIS if len(cut) < len(text) else ''}")


def _folded(text: str) -> str:
    """Fold line breaks and runs of blanks; a blank at an end separates two spans and stays."""
    words = " ".join(text.split())
    lead = " " if text[:1].isspace() else ""
    tail = " " if words and text[-1:].isspace() else ""
    return f"{lead}{words}{tail}"
