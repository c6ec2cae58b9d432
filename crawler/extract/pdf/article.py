"""A PDF document to a `PageReading`: verdict with its reason, and the article where it has text."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

from archive.records import Article, Dated, PageReading, Verdict, VerdictKind
from crawler.extract.fields.metadata import Metadata, read_metadata
from crawler.extract.page import parse_page
from crawler.extract.pdf.document import Document, read_created, read_document
from crawler.extract.pdf.glyphs import UnreadablePdf
from crawler.extract.text.blocks import joined_text

# Characters of text; a document of pictures has a stamp or a number at most.
LEAST_TEXT = 80


def read_pdf(
    data: bytes, *, url: str, captured_at: datetime, status: int = HTTPStatus.OK
) -> PageReading:
    """Read one fetched PDF document; any bytes give an answer."""
    if status >= HTTPStatus.BAD_REQUEST:
        return refused(url, captured_at, VerdictKind.ERROR, f"the server answered {status}")
    try:
        document = read_document(data)
    except UnreadablePdf as error:
        reason = f"a PDF document that cannot be read: {error}"
        return refused(url, captured_at, VerdictKind.NOT_HTML, reason)
    text = joined_text(document.blocks)
    if len(text) < LEAST_TEXT:
        reason = f"a PDF document of {pages(document.pages)} without text: pictures of it, or scans"
        return refused(url, captured_at, VerdictKind.NOT_HTML, reason)
    return PageReading(
        url=url,
        captured_at=captured_at,
        verdict=Verdict(kind=VerdictKind.ARTICLE, reason=reason_of(document)),
        article=assemble(document, text, url=url, captured_at=captured_at),
    )


def refused(url: str, captured_at: datetime, kind: VerdictKind, reason: str) -> PageReading:
    """Give the reading of a document that holds no article."""
    return PageReading(url=url, captured_at=captured_at, verdict=Verdict(kind=kind, reason=reason))


def pages(number: int) -> str:
    """Give a number of pages in words."""
    return "1 page" if number == 1 else f"{number} pages"


def reason_of(document: Document) -> str:
    """Say what was read of a document."""
    said = f"running text, on the {pages(document.pages)} of a PDF"
    if document.read < document.pages:
        said = f"{said}, of which {document.read} were read"
    if document.torn:
        said = f"{said}, the end of which is missing"
    return (
        f"{said}; its letters are garbled: {document.lost} are missing"
        if has_lost(document)
        else said
    )


# So many letters that are missing show in a text; one or two are a bullet or a logo.
FEWEST_LOST = 2


def has_lost(document: Document) -> bool:
    """Tell whether letters are missing from the text."""
    return document.lost >= FEWEST_LOST


def assemble(document: Document, text: str, *, url: str, captured_at: datetime) -> Article:
    """Put the article together from what the document shows and, for want of it, declares."""
    page = parse_page(document.as_page, url=url, captured_at=captured_at, encoding="utf-8")
    metadata = read_metadata(page, text=text, body=page.root.body)
    published, sources = dated(document, metadata, captured_at)
    return Article(
        url=url,
        text=text,
        title=document.title,
        byline=metadata.byline if document.signed else (),
        agency=metadata.agency,
        publisher=metadata.publisher,
        published=published,
        modified=metadata.modified,
        dateline=metadata.dateline,
        language=metadata.language,
        html="\n".join(block.html for block in document.blocks),
        references=metadata.references,
        partial=document.torn or has_lost(document) or document.read < document.pages,
        sources=sources,
    )


def dated(
    document: Document, metadata: Metadata, captured_at: datetime
) -> tuple[Dated | None, Mapping[str, str]]:
    """Give the date of publication, from the text or else the file, and where all was found."""
    sources = {**metadata.sources, "text": "pdf"}
    sources.pop("title", None)
    if not document.signed:
        sources.pop("byline", None)
    if document.title_source:
        sources["title"] = document.title_source
    published = metadata.published
    if published is None and (published := read_created(document.created, captured_at=captured_at)):
        sources["published"] = "pdf creation date"
    return published, sources
