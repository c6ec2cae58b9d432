"""A PDF document read as an article: bytes in; title, paragraphs and time of creation out.

`glyphs` reads its lines and `layout` puts them in order; here is decided what its title is. Does
not judge what becomes of it and reads none of the other fields: what its text says of them is read
from `as_page`, as any page's is.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from archive.records import Dated, DateSource, Precision
from crawler.extract.pdf.glyphs import draw
from crawler.extract.pdf.layout import Paragraph, paragraphs_of
from crawler.extract.text.blocks import Block, fold

# The end of a document has this sign among its last bytes; one that was cut has not.
END = b"%%EOF"
TAIL = 2_048

# A title is so much larger than the text, stands so high on its page, and is so long.
LARGER = 1.15
TITLE_HEIGHT = 0.6
SHORTEST_TITLE = 8
LONGEST_TITLE = 300
# Part of the declared title's words that the first page must show; templates keep old ones.
SHOWN = 0.7
# Paragraphs at the head of a document in which its title stands.
HEAD = 12

# What programs put in a title's place: a file's name, a layout's, a form's.
NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint|excel)\b|powerpoint presentation|untitled|(?:document|layout|"
    r"slide|page|pr|print|folie|dokument|presentation)[ _-]?\d*$|.*\.(?:docx?|indd|pdf|pptx?|qxd|"
    r"rtf|odt|xlsx?|tex|dvi|html?)$|[\w-]+$|https?:",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"(?:by|written by|author|von|par|por|di|door|av|af|autor)\b:?\s+\S.{0,80}$", re.IGNORECASE
)
# A row of single words above the title is a menu that a browser printed; a line of rights ends
# pages.
MENU = re.compile(r"(?:[^\W\d_][^\W\d]{0,14}(?:[\s|·•>/]+|$)){3,12}")
RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b)", re.IGNORECASE)
# What a release ends with, for those who set it.
END_MARK = re.compile(r"[\W_]*(?:30|ends?|ende)?[\W_]*", re.IGNORECASE)
LAST_LINES = 3
CREATED = re.compile(
    r"(?:D:)?(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a PDF document says."""

    title: str | None
    title_source: str | None
    signed: bool
    """Its head names who wrote it in so many words; a release names people to be called, too."""
    paragraphs: tuple[Paragraph, ...]
    """Without the title's."""
    created: str | None
    pages: int
    read: int
    """Pages that were read; a long document's are not all."""
    torn: bool
    """Its end is missing."""
    lost: int = 0
    """Letters of which the document does not say what they are."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Give the paragraphs as blocks of an article."""
        return tuple(
            Block(kind="p", text=text, html=f"<p>{html.escape(text, quote=False)}</p>")
            for paragraph in self.paragraphs
            if (text := fold(paragraph.text))
        )

    @property
    def as_page(self) -> bytes:
        """Give the document as a page of HTML, for the readers of what a text says of itself."""
        title = html.escape(self.title or "")
        body = "\n".join(block.html for block in self.blocks)
        page = f"<html><body><article><h1>{title}</h1>{body}</article></body></html>"
        return page.encode("utf-8", "replace")


def read_document(data: bytes) -> Document:
    """Read a PDF document.

    Raises:
        UnreadablePdf: it asks for a password, or is damaged beyond reading.

    """
    drawn = draw(data)
    paragraphs = paragraphs_of(drawn.sheets)
    shown = title_at(paragraphs)
    declared = sensible(drawn.title)
    title, source, spent = " ".join(p.text for p in shown) or None, "largest text", shown
    if (
        declared
        and (not title or is_shown(declared, paragraphs[:HEAD]))
        and not (title and is_part(declared, title))
    ):
        title, source = declared, "pdf title"
        spent = shown if is_shown(declared, shown) else [p for p in shown if p.text == declared]
    return Document(
        signed=any(SIGNED.match(p.text) for p in paragraphs[:HEAD]),
        title=title,
        title_source=source if title else None,
        paragraphs=tuple(own_paragraphs(paragraphs, spent, shown)),
        created=drawn.created,
        pages=drawn.pages,
        read=len(drawn.sheets),
        torn=END not in data[-TAIL:],
        lost=sum(sheet.lost for sheet in drawn.sheets),
    )


def own_paragraphs(
    paragraphs: Sequence[Paragraph], spent: Sequence[Paragraph], shown: Sequence[Paragraph]
) -> Iterator[Paragraph]:
    """Give the paragraphs that are the article's: no title, label, menu above it or line of rights.

    `spent` are those that are the title's, `shown` those that stand largest.
    """
    start = next((i for i, p in enumerate(paragraphs) if any(p is one for one in shown)), 0)
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if LABEL.fullmatch(text) or any(paragraph is one for one in spent):
            continue
        if index < start and MENU.fullmatch(text) and not SIGNED.match(text):
            continue
        if index >= len(paragraphs) - LAST_LINES and (
            RIGHTS.match(text) or END_MARK.fullmatch(text)
        ):
            continue
        yield paragraph


def title_at(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Give the paragraphs of the largest text at the top of the first page; () where none is."""
    head = [p for p in paragraphs[:HEAD] if p.page == 0 and p.top < TITLE_HEIGHT]
    usual = usual_size(paragraphs)
    sizes = {p.size for p in head if p.size >= LARGER * usual and len(p.text) >= SHORTEST_TITLE}
    for size in sorted(sizes, reverse=True):
        first = next((i for i, p in enumerate(head) if p.size == size and is_title(p.text)), None)
        if first is None:
            continue
        found = [head[first]]
        for paragraph in head[first + 1 :]:
            if paragraph.size != size:
                break
            found.append(paragraph)
        if len(" ".join(p.text for p in found)) <= LONGEST_TITLE:
            return found
    return []


def is_title(text: str) -> bool:
    """Tell what may be a title from a label in large letters (`PRESS RELEASE`)."""
    return len(text) >= SHORTEST_TITLE and not LABEL.fullmatch(text)


LABEL = re.compile(
    r"\W*(?:(?:for immediate |press |news |media )?(?:release|information|statement)|"
    r"pressemitteilung|presseinformation|medienmitteilung|communiqué(?: de presse)?|"
    r"comunicado(?: de prensa)?|comunicato stampa|nota de prensa|persbericht|pressmeddelande|"
    r"newsletter|contents|abstract)\W*",
    re.IGNORECASE,
)


def usual_size(paragraphs: Sequence[Paragraph]) -> float:
    """Give the size in which most of the text is set."""
    weights: dict[float, int] = {}
    for paragraph in paragraphs:
        size = round(paragraph.size, 1)
        weights[size] = weights.get(size, 0) + len(paragraph.text)
    return max(weights, key=lambda size: weights[size], default=0.0)


def sensible(title: str | None) -> str | None:
    """Give a declared title if it can be one, and is no name of a file or a form."""
    folded = fold(title or "").strip()
    if not SHORTEST_TITLE <= len(folded) <= LONGEST_TITLE or NO_TITLE.match(folded):
        return None
    return None if LABEL.fullmatch(folded) else folded


def is_part(declared: str, shown: str) -> bool:
    """Tell whether a declared title is but some of the words of the shown one, as they follow."""
    part, whole = (" ".join(re.findall(r"\w+", text.casefold())) for text in (declared, shown))
    return part != whole and f" {part} " in f" {whole} "


def is_shown(title: str, paragraphs: Sequence[Paragraph]) -> bool:
    """Tell whether paragraphs hold most of a title's words."""
    said = set(re.findall(r"\w+", " ".join(p.text for p in paragraphs).casefold()))
    wanted = re.findall(r"\w+", title.casefold())
    return sum(word in said for word in wanted) >= SHOWN * max(len(wanted), 1)


def read_created(created: str | None, *, captured_at: datetime) -> Dated | None:
    """Read a document's time of creation (ISO 32000, 7.9.4); None from the day of `captured_at` on.

    A document that was made on the day on which it was captured was made by saving a page.
    A lesser witness than a date in the text: a release is often written before it is released, and
    exported again after.
    """
    found = CREATED.match(created or "")
    if found is None:
        return None
    year, month, day, hour, minute, second, utc, sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    zone = timezone(-offset if sign == "-" else offset) if utc or sign else captured_at.tzinfo
    try:
        value = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0),
            tzinfo=zone,
        )  # fmt: skip
    except ValueError:
        return None
    if value > captured_at or value.date() == captured_at.astimezone(value.tzinfo).date():
        return None
    raw = found.group()
    source = DateSource.DOCUMENT
    if hour is None or not (utc or sign):
        return Dated(value=value.date(), precision=Precision.DAY, source=source, raw=raw)
    return Dated(value=value, precision=Precision.SECOND, source=source, raw=raw)
