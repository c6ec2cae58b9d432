"""Small PDF documents, written by hand: lines of Helvetica at given places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import wrap

# Points: A4.
WIDTH, HEIGHT = 595, 842

# What the font has.
LETTERS = "cp1252"


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A line of text: its place from the page's top left, its size, its words in Latin-1."""

    x: float
    y: float
    text: str
    size: float = 11
    scale: float = 1
    """What a matrix scales the line by, as browsers do that print in pixels; `size` is as seen."""


def column(
    lines: Sequence[str], *, x: float = 70, y: float = 200, size: float = 11, pitch: float = 14
) -> list[Put]:
    """Set lines below each other."""
    return [Put(x=x, y=y + n * pitch, text=text, size=size) for n, text in enumerate(lines)]


def release(title: str, opening: str, paragraphs: Sequence[str]) -> bytes:
    """Set a press release: its title in large letters, a day, paragraphs over as many pages."""
    placed = list(set_release(title, opening, paragraphs))
    pages = range(1 + max(page for page, _ in placed))
    foots = [Put(x=270, y=815, size=8, text=f"Page {n + 1} of {len(pages)}") for n in pages]
    return pdf(*([put for page, put in placed if page == n] + [foots[n]] for n in pages))


def set_release(title: str, opening: str, paragraphs: Sequence[str]) -> Iterator[tuple[int, Put]]:
    """Give the lines of a release, each with the number of its page."""
    page, y = 0, 120.0
    parts = [(title, 20, 44), (opening, 11, 88), *((text, 11, 88) for text in paragraphs)]
    for text, size, width in parts:
        for line in wrap(text, width):
            if y > 770:
                page, y = page + 1, 120.0
            yield page, Put(x=70, y=y, text=line, size=size)
            y += 1.3 * size
        y += 10


def pdf(
    *pages: Sequence[Put],
    title: str | None = None,
    created: str | None = None,
    encrypted: bool = False,
) -> bytes:
    """Write a document of these pages."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, page in enumerate(pages):
        content = b"\n".join(map(drawn, page))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents "
            f"{5 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    said = [f"/Title {literal(title)}"] if title else []
    said += [f"/CreationDate {literal(created)}"] if created else []
    objects.append(f"<< {' '.join(said)} >>".encode("latin-1"))
    return written(objects, encrypted=encrypted)


def drawn(line: Put) -> bytes:
    """Give the operators that draw a line."""
    by = line.scale
    place = f"/F1 {line.size / by} Tf {line.x / by} {(HEIGHT - line.y) / by} Td"
    text = f"q {by} 0 0 {by} 0 0 cm BT {place} {literal(line.text)} Tj ET Q"
    return text.encode(LETTERS, "replace")


def printable(text: str) -> str:
    """Give a text as a document prints it: what its font lacks is a question mark."""
    return text.encode(LETTERS, "replace").decode(LETTERS)


def literal(text: str) -> str:
    """Give a string as PDF writes it."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"({escaped})"


def written(objects: Sequence[bytes], *, encrypted: bool) -> bytes:
    """Put the objects into a file, with their table and its trailer."""
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"/Size %d /Root 1 0 R /Info %d 0 R" % (len(objects) + 1, len(objects))
    if encrypted:
        key = b"<" + b"5a" * 32 + b">"
        guard = b"<< /Filter /Standard /V 1 /R 2 /P -4 /O %s /U %s >>" % (key, key)
        trailer += b" /ID [<00><00>] /Encrypt " + guard
    return data + b"trailer\n<< %s >>\nstartxref\n%d\n%%%%EOF\n" % (trailer, start)
