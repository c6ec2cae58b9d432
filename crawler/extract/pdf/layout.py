"""Lines of a document put in reading order and joined into paragraphs. Pure geometry and words.

Columns are read one after the other; what repeats at the top or bottom of pages is left out, and
so are page numbers. A paragraph goes on over columns and pages; a word parted at a line's end is
made whole. Does not know what a title or a date is.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from crawler.extract.pdf.glyphs import Line, Sheet
from crawler.extract.pdf.hyphens import HYPHENATED, is_parted, made_whole, words_of

# Parts of a page's height at its top and bottom where running heads and page numbers stand.
MARGIN = 0.12
# The white space between two columns, in heights of a line, and the lines that make a column.
GUTTER = 0.9
COLUMN_LINES = 3
# A page of more lines is read as it is drawn: finding its columns costs the square of them.
MOST_LINES = 300

# The distance of two lines, in usual distances, that parts paragraphs.
PARAGRAPH_GAP = 1.3
# The change of size that does.
OTHER_SIZE = 0.12
# An indent that does, in heights of a line, and what a line may fall short of its column.
INDENT = 0.8
SLACK = 0.8

PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:(?:page|seite|página|pagina|strona|p\.|s\.)\s*)?\d{1,4}"
    r"(?:\s*(?:of|/|von|sur|de|di|van|z)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
# What a browser prints at the edge of each page: when, of what, and from where.
PRINTED = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},?\s\d{1,2}[:.]\d\d(?:\s?[AP]\.?M\.?)?(?:\s.*)?"
    r"|(?:https?|file)://\S+(?:\s+\d+/\d+)?",
    re.IGNORECASE,
)
# The part of a page's height at its top and bottom where it does.
EDGE = 0.05
DIGITS = re.compile(r"\d+")
SENTENCE_END = re.compile(r"[.!?:。！？][\"'”’»)\]]*$")
ITEM = re.compile(r"(?:[•‣◦▪●■*–-]|\d{1,2}[.)]|[a-z]\))\s+\S")
WIDE = re.compile(r"[\u3001-\u30ff\u3400-\u9fff\uff01-\uff60]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph, and how it is set."""

    text: str
    size: float
    page: int
    """0 for the first."""
    top: float
    """Where it begins, as a part of its page's height."""


def paragraphs_of(sheets: Sequence[Sheet]) -> list[Paragraph]:
    """Give the paragraphs of a document in reading order."""
    running = repeated(sheets)
    known = words_of(line.text for sheet in sheets for line in sheet.lines)
    found: list[Paragraph] = []
    gutters: frozenset[float] = frozenset()
    for number, sheet in enumerate(sheets):
        own = without_prints(sheet)
        lines = [line for line in own if not is_furniture(line, sheet, running)]
        pitch = pitch_of(lines)
        columns = list(columns_of(lines, gutters))
        gutters |= gutters_between(columns)
        for column in columns:
            for group in grouped(column, pitch):
                add(found, paragraph_of(group, number, sheet, known), known)
    return found


def gutters_between(columns: Sequence[Sequence[Line]]) -> frozenset[float]:
    """Give the places of the white strips between columns that stand side by side."""
    ends = ((max(line.right for line in one), other) for one, other in pairwise(columns))
    return frozenset(end for end, other in ends if min(line.left for line in other) > end)


def repeated(sheets: Sequence[Sheet]) -> frozenset[str]:
    """Give the lines, without their numbers, that stand in the margins of several pages."""
    counts = Counter(
        mark for sheet in sheets for mark in {unnumbered(line) for line in margin_lines(sheet)}
    )
    return frozenset(mark for mark, count in counts.items() if count > 1)


def margin_lines(sheet: Sheet) -> Iterator[Line]:
    """Give the lines at a page's top and bottom."""
    return (line for line in sheet.lines if in_margin(line, sheet))


def in_margin(line: Line, sheet: Sheet) -> bool:
    """Tell whether a line stands at its page's top or bottom."""
    return line.bottom < MARGIN * sheet.height or line.top > (1 - MARGIN) * sheet.height


def unnumbered(line: Line) -> str:
    """Give a line's text with its numbers alike."""
    return DIGITS.sub("#", line.text).casefold()


def is_furniture(line: Line, sheet: Sheet, running: frozenset[str]) -> bool:
    """Tell a running head, a foot or a page number."""
    if not in_margin(line, sheet):
        return False
    return unnumbered(line) in running or PAGE_NUMBER.fullmatch(line.text) is not None


def without_prints(sheet: Sheet) -> list[Line]:
    """Give a page's lines without the rows that a browser printed at its edges."""
    rows = [line for line in sheet.lines if at_edge(line, sheet) and PRINTED.fullmatch(line.text)]
    return [
        line
        for line in sheet.lines
        if not any(abs(line.bottom - row.bottom) < SAME_ROW * row.size for row in rows)
    ]


def at_edge(line: Line, sheet: Sheet) -> bool:
    """Tell whether a line stands at the very top or bottom of its page."""
    return line.bottom < EDGE * sheet.height or line.top > (1 - EDGE) * sheet.height


def pitch_of(lines: Sequence[Line]) -> float:
    """Give the usual distance of a page's lines, from baseline to baseline."""
    steps = [
        below.bottom - line.bottom
        for line, below in pairwise(lines)
        if 0 < below.bottom - line.bottom < 3 * line.size
    ]
    return median(steps) if steps else 0.0


def columns_of(
    lines: Sequence[Line], known: AbstractSet[float] = frozenset()
) -> Iterator[list[Line]]:
    """Give a page's lines column by column, in reading order.

    `known` are the gutters of earlier pages: at one of these a page's last few lines are columns.
    """
    if len(lines) > MOST_LINES:
        yield list(lines)
    elif (gutter := gutter_of(lines, known)) is not None:
        yield from columns_of([line for line in lines if line.right <= gutter], known)
        yield from columns_of([line for line in lines if line.right > gutter], known)
    elif (cut := cut_of(lines)) is not None:
        yield from columns_of([line for line in lines if line.bottom <= cut], known)
        yield from columns_of([line for line in lines if line.bottom > cut], known)
    elif lines:
        yield sorted(lines, key=lambda line: (round(line.bottom), line.left))


def gutter_of(lines: Sequence[Line], known: AbstractSet[float] = frozenset()) -> float | None:
    """Give the place of a white strip that parts lines into two columns side by side."""
    ordered = sorted(lines, key=lambda line: line.left)
    reach = 0.0
    for index, line in enumerate(ordered):
        wide = index > 0 and line.left - reach >= GUTTER * line.size
        same = wide and any(abs(reach - gutter) < line.size for gutter in known)
        if wide and (same or are_columns(ordered[:index], ordered[index:])):
            return reach
        reach = max(reach, line.right)
    return None


def are_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Tell columns, which stand beside each other and have several lines, from an indent."""
    if min(len(left), len(right)) < COLUMN_LINES:
        return False
    top = max(min(line.top for line in left), min(line.top for line in right))
    end = min(max(line.bottom for line in left), max(line.bottom for line in right))
    return sum(1 for line in left if top <= line.bottom <= end) >= COLUMN_LINES - 1


def cut_of(lines: Sequence[Line]) -> float | None:
    """Give the height at which what is above or below a heading over columns parts from them."""
    ordered = sorted(lines, key=lambda line: line.bottom)
    if len(ordered) < 2 * COLUMN_LINES + 1:
        return None
    for index in range(1, len(ordered) - 2 * COLUMN_LINES + 1):
        if is_cut(ordered, index) and gutter_of(ordered[index:]) is not None:
            return ordered[index - 1].bottom
    for index in range(len(ordered) - 1, 2 * COLUMN_LINES - 1, -1):
        if is_cut(ordered, index) and gutter_of(ordered[:index]) is not None:
            return ordered[index - 1].bottom
    return None


def is_cut(ordered: Sequence[Line], index: int) -> bool:
    """Tell whether a page's lines can be parted before this one: it stands below the one before."""
    return ordered[index].bottom > ordered[index - 1].bottom + 1


def grouped(column: Sequence[Line], pitch: float) -> Iterator[list[Line]]:
    """Part a column's lines into paragraphs."""
    if not column:
        return
    left = median(line.left for line in column)
    right = max(line.right for line in column)
    # Where paragraphs are set apart, no other sign of theirs is needed, and each may mislead.
    if any(is_apart(last, line, pitch) for last, line in pairwise(column)):
        left, right = float("inf"), 0.0
    held = [column[0]]
    for line in column[1:]:
        if begins_paragraph(held[-1], line, left=left, right=right, pitch=pitch):
            yield held
            held = []
        held.append(line)
    yield held


def begins_paragraph(last: Line, line: Line, *, left: float, right: float, pitch: float) -> bool:
    """Tell whether a line begins a paragraph: by its distance, size, indent, or the end before."""
    if abs(line.bottom - last.bottom) < SAME_ROW * line.size:
        return False
    if abs(line.size - last.size) > OTHER_SIZE * last.size:
        return True
    if is_apart(last, line, pitch):
        return True
    if ITEM.match(line.text):
        return True
    ended = SENTENCE_END.search(last.text) is not None
    indented = line.left > left + INDENT * line.size and last.left < line.left
    return ended and (indented or fits(line, last.right, right))


def is_apart(last: Line, line: Line, pitch: float) -> bool:
    """Tell whether more than the usual white stands between two lines."""
    return pitch > 0 and line.bottom - last.bottom > PARAGRAPH_GAP * max(pitch, line.size)


def fits(line: Line, end: float, right: float) -> bool:
    """Tell whether a line's first word had room behind the line before: it was broken on purpose.

    `end` is where that line ends, `right` where its column does.
    """
    word = line.text.partition(" ")[0]
    width = (line.right - line.left) * len(word) / max(len(line.text), 1)
    return end + width + SLACK * line.size < right


# Parts of one row, as cells of a table are, have the same baseline.
SAME_ROW = 0.3


def paragraph_of(
    lines: Sequence[Line], number: int, sheet: Sheet, known: AbstractSet[str]
) -> Paragraph:
    """Join the lines of a paragraph."""
    text = lines[0].text
    for line in lines[1:]:
        text = join(text, line.text, known)
    return Paragraph(
        text=text,
        size=median(line.size for line in lines),
        page=number,
        top=lines[0].top / (sheet.height or 1),
    )


def join(text: str, more: str, known: AbstractSet[str]) -> str:
    """Put a line behind a text: a parted word is made whole, Chinese and Japanese need no blank.

    `known` are the words of the document.
    """
    if is_parted(text, more):
        return made_whole(text, more, known)
    if text.endswith(("-", "\u2010")) and not text.endswith(" -") and more[:1].isalpha():
        return text + more
    if WIDE.match(more) and WIDE.match(text[-1:]):
        return text + more
    return f"{text} {more}"


def add(found: list[Paragraph], paragraph: Paragraph, known: AbstractSet[str]) -> None:
    """Add a paragraph, or go on with the last one where a column or page ended in mid-sentence."""
    if not found or not carries_on(found[-1], paragraph):
        found.append(paragraph)
        return
    found[-1] = replace(found[-1], text=join(found[-1].text, paragraph.text, known))


def carries_on(last: Paragraph, paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is the rest of the last: same size, no end before, no capital."""
    if abs(paragraph.size - last.size) > OTHER_SIZE * last.size:
        return False
    if SENTENCE_END.search(last.text) or ITEM.match(paragraph.text):
        return False
    return paragraph.text[:1].islower() or HYPHENATED.search(last.text) is not None
