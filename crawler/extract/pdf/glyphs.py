"""The lines that a PDF document shows, by PDFium: bytes ▸ characters with places ▸ lines.

The one module that knows pypdfium2. Reads at most so many pages and characters; draws nothing,
runs none of the document's scripts, and decides nothing about what the lines are.
"""

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pypdfium2
import pypdfium2.raw as pdfium

from crawler.extract.pdf.directions import is_leftward, logical

# A document of more pages is a report of which the head is read; press releases have three.
MOST_PAGES = 60
# Characters read of one page, and of all: a page of a newspaper holds 20,000.
MOST_PAGE_CHARACTERS = 60_000
MOST_CHARACTERS = 600_000
# A gap between two characters of one line that parts columns or cells, in heights of a character.
CELL_GAP = 1.6
# Two characters whose baselines differ by less than this part of their height stand on one line.
SAME_LINE = 0.4
# The gap that parts words of joined letters, which leave none between them.
LEFTWARD_GAP = 0.13
# PDFium's sign for a hyphen at the end of a line.
SOFT_HYPHEN = "\x02"


# What PDFium gives for a letter of which the document's font does not say what it is.
UNMAPPED = (0, 0xFFFE, 0xFFFF)


class UnreadablePdf(Exception):
    """The document cannot be read; `str()` says why, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text, or its part in one column; measures are points, from the page's top left."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    """The height of its font."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page's lines in the order in which the document draws them."""

    width: float
    height: float
    lines: tuple[Line, ...]
    lost: int = 0
    """Letters that are drawn and that nothing says which they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What a document shows and says of itself."""

    sheets: tuple[Sheet, ...]
    """The pages that were read."""
    pages: int
    """How many there are."""
    title: str | None
    created: str | None
    """The time of creation as the document writes it, `D:20241108120000+01'00'`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyph:
    """A character and its place."""

    text: str
    left: float
    right: float
    base: float
    size: float


def draw(data: bytes) -> Drawn:
    """Read a document's lines.

    Raises:
        UnreadablePdf: it asks for a password, or is no PDF that can be read.

    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadablePdf(why(error)) from error
    try:
        said = document.get_metadata_dict(skip_empty=True)
        return Drawn(
            sheets=tuple(sheets_of(document)),
            pages=len(document),
            title=said.get("Title"),
            created=said.get("CreationDate") or None,
        )
    finally:
        document.close()


def why(error: Exception) -> str:
    """Say why PDFium does not open a document."""
    locked = re.search(r"password|security", str(error), re.IGNORECASE)
    return "it asks for a password" if locked else "it is damaged beyond reading"


def sheets_of(document: pypdfium2.PdfDocument) -> Iterator[Sheet]:
    """Give the document's pages, as far as the bounds go; a damaged one is an empty page."""
    left = MOST_CHARACTERS
    for index in range(min(len(document), MOST_PAGES)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError:
            yield Sheet(width=0, height=0, lines=())
            continue
        sheet = read_sheet(page, min(left, MOST_PAGE_CHARACTERS))
        page.close()
        yield sheet
        left -= sum(len(line.text) for line in sheet.lines)
        if left <= 0:
            return


def read_sheet(page: pypdfium2.PdfPage, most: int) -> Sheet:
    """Read one page's lines."""
    width, height = page.get_size()
    text = page.get_textpage()
    try:
        lines = tuple(lines_of(glyphs_of(text, height, most)))
        lost = unmapped(text, most)
    finally:
        text.close()
    return Sheet(width=width, height=height, lines=lines, lost=lost)


def unmapped(text: pypdfium2.PdfTextPage, most: int) -> int:
    """Count a page's letters that its fonts do not name."""
    codes = (
        pdfium.FPDFText_GetUnicode(text, index) for index in range(min(text.count_chars(), most))
    )
    return sum(1 for code in codes if code in UNMAPPED)


def glyphs_of(text: pypdfium2.PdfTextPage, height: float, most: int) -> Iterator[Glyph]:
    """Give a page's characters; those that PDFium adds between lines have no place and are left."""
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    held, size = (0.0, 0.0), 0.0
    for index in range(min(text.count_chars(), most)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        generated = pdfium.FPDFText_IsGenerated(text, index) == 1
        if code in UNMAPPED or (generated and code in (10, 13)):
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, index, box):
            continue
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        set_at = (pdfium.FPDFText_GetFontSize(text, index), y.value)
        if set_at != held:
            # What stands on one baseline in one size is scaled alike; asking costs a fifth more.
            held, size = set_at, set_at[0] * scale_of(text, index)
        yield Glyph(
            text=chr(code),
            left=box.left,
            right=box.right,
            base=height - y.value,
            size=size or box.top - box.bottom,
        )


def scale_of(text: pypdfium2.PdfTextPage, index: int) -> float:
    """Give what a character's font is scaled by in height; 0 where it cannot be known.

    Browsers print in pixels and scale them by a matrix, and other programs set fonts of size 1.
    """
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text, index, matrix):
        return 0.0
    return math.hypot(matrix.c, matrix.d)


def lines_of(glyphs: Iterator[Glyph]) -> Iterator[Line]:
    """Put characters together into lines, in the order in which they are drawn.

    Rows in scripts that run from right to left are read by their places: some documents draw their
    letters in that order, some in the other, and PDFium turns around a part of them.
    """
    for _, row in groupby(glyphs, Rows()):
        held = list(row)
        if is_leftward([glyph.text for glyph in held]):
            yield from leftward_lines(held)
        else:
            yield from rightward_lines(held)


class Rows:
    """Numbers glyphs by their row: one more with each change of the baseline."""

    def __init__(self) -> None:
        self._last: Glyph | None = None
        self._number = 0

    def __call__(self, glyph: Glyph) -> int:
        """Give the number of the row in which the next glyph stands."""
        last, self._last = self._last, glyph
        if last and abs(glyph.base - last.base) > SAME_LINE * max(last.size, glyph.size, 1):
            self._number += 1
        return self._number


def rightward_lines(glyphs: Sequence[Glyph]) -> Iterator[Line]:
    """Give the lines of a row that runs from left to right."""
    held: list[Glyph] = []
    for glyph in glyphs:
        if held and not goes_on(held[-1], glyph):
            yield from line_of(held)
            held = []
        held.append(glyph)
    yield from line_of(held)


def leftward_lines(glyphs: Sequence[Glyph]) -> Iterator[Line]:
    """Give the lines of a row that runs from right to left, its letters as they are read."""
    seen = [glyph for glyph in glyphs if glyph.right > glyph.left]
    held: list[Glyph] = []
    for glyph in sorted(seen, key=rightmost):
        if held and held[-1].left - glyph.right > CELL_GAP * max(held[-1].size, glyph.size, 1):
            yield from leftward_line(held)
            held = []
        held.append(glyph)
    yield from leftward_line(held)


def rightmost(glyph: Glyph) -> float:
    """Give the key by which glyphs are sorted from right to left; marks come after their letter."""
    if unicodedata.combining(glyph.text):
        return -glyph.left
    return -(glyph.left + glyph.right) / 2


def leftward_line(held: list[Glyph]) -> Iterator[Line]:
    """Give the line of glyphs that are sorted from right to left."""
    for line in line_of(held):
        text = unicodedata.normalize("NFKC", "".join(spaced(held, leftward=True)))
        yield replace(line, text=" ".join(logical(text).split()))


def goes_on(last: Glyph, glyph: Glyph) -> bool:
    """Tell whether a character continues the line of the one before."""
    high = max(last.size, glyph.size, 1)
    if abs(glyph.base - last.base) > SAME_LINE * high:
        return False
    if last.text.isspace() and glyph.left == last.left:
        return True
    return last.left - high <= glyph.left <= last.right + CELL_GAP * high


def line_of(glyphs: list[Glyph]) -> Iterator[Line]:
    """Give the line of these characters, unless it is blank."""
    seen = [glyph for glyph in glyphs if not glyph.text.isspace()]
    text = "".join(spaced(glyphs))
    if not seen:
        return
    sizes = sorted(glyph.size for glyph in seen)
    size = sizes[len(sizes) // 2]
    base = seen[0].base
    yield Line(
        text=" ".join(text.replace(SOFT_HYPHEN, "-").split()),
        left=min(glyph.left for glyph in seen),
        right=max(glyph.right for glyph in seen),
        top=base - size,
        bottom=base,
        size=size,
    )


# A gap wider than this part of a character's height is a blank that the document did not draw.
BLANK_GAP = 0.25


def spaced(glyphs: Sequence[Glyph], *, leftward: bool = False) -> Iterator[str]:
    """Give the characters in the order given, with blanks where the document leaves a gap."""
    last: Glyph | None = None
    for glyph in glyphs:
        if last:
            gap = last.left - glyph.right if leftward else glyph.left - last.right
            if gap > (LEFTWARD_GAP if leftward else BLANK_GAP) * glyph.size:
                yield " "
        yield glyph.text
        last = glyph
