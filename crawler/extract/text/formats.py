"""What an answer's bytes are, before anything is parsed: a page, or what is none.

Looks at first bytes, size and declared type. Does not decode, and does not judge pages.
"""

import re
from collections.abc import Mapping

from w3lib.encoding import read_bom

from archive.records import Verdict, VerdictKind

# The largest of six hundred real pages has 1.7 MB; of one beyond this so much is read.
LARGEST_PAGE = 16_000_000

PDF_MAGIC = b"%PDF-"

# First bytes of what is no page, as `file` knows them.
MAGIC = {
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x1f\x8b": "gzip-compressed data",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "a RIFF file (WebP, WAV or AVI)",
    b"\x00\x00\x00\x18ftyp": "an MP4 video",
    b"\x00\x00\x00\x1cftyp": "an MP4 video or AVIF image",
    b"\x00\x00\x00\x20ftyp": "an MP4 video",
    b"ID3": "an MP3 recording",
    b"OggS": "an Ogg recording",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "an RTF document",
    b"wOF2": "a font",
    b"wOFF": "a font",
    b"#EXTM3U": "a list of media streams",
    b"%!PS": "a PostScript document",
    b"BEGIN:VCALENDAR": "a calendar",
    b"WEBVTT": "subtitles",
}
# A comment ends at its first end: what was passed once is not tried again (atomic groups).
XML_HEAD = rb"\s*+(?:\xef\xbb\xbf)?\s*+(?:<\?xml[^>]*>\s*+)?(?>(?>(?s:<!--.*?-->)|<\?[^>]*>)\s*+)*+"
FEED = re.compile(XML_HEAD + rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL)
DRAWING = re.compile(XML_HEAD + rb"(?:<!DOCTYPE svg[^>]*>\s*)?<svg\b", re.DOTALL)
# An object's first key, or a list of objects, strings or lists; a text may begin with a bracket.
JSON_HEAD = re.compile(rb'\s*(?:\xef\xbb\xbf)?\s*(?:\{\s*"[^"]*"\s*:|\[\s*(?:\{\s*"|\[\s*["\d]|"))')
# XML of other roots than a web page's.
XML = re.compile(
    rb"\s*+(?:\xef\xbb\xbf)?\s*+<\?xml[^>]*>\s*+(?>(?>(?s:<!--.*?-->)|<\?[^>]*>)\s*+)*+"
    rb"<(?!!doctype\s+html|(?:a|article|body|br|center|div|font|frameset|h[1-6]|head|html|link|main|meta"
    rb"|noscript|p|pre|script|section|span|style|table|title|ul|ol|xhtml:html)\b)(?!!)",
    re.DOTALL | re.IGNORECASE,
)
# Style sheets and programs: what they begin with, behind comments, is no beginning of a text.
COMMENTS = rb"\s*+(?:\xef\xbb\xbf)?\s*+(?>(?>(?s:/\*.*?\*/)|//[^\n]*\n)\s*+)*+"
STYLES = re.compile(
    COMMENTS + rb"(?:@(?:charset\s+\"|import\s+(?:url|\")|media\s[^{;]*\{|font-face\s*\{)"
    rb"|[.#:*\w][\w\s.#:>,*()\[\]=\"~+-]{0,200}\{\s*[\w-]+\s*:[^{}]*[;}])",
    re.DOTALL,
)
PROGRAM = re.compile(
    COMMENTS + rb"(?:[!;(~+]?\s*\(?\s*function\s*[\w$]*\s*\([\w$,\s]*\)\s*\{|[\"']use strict[\"'];?"
    rb"|(?:var|let|const)\s+[\w$]+\s*=|(?:window|document|self|globalThis)[.\[][^\n]{0,80}?=[^=]"
    rb"|\([\w$,\s]*\)\s*=>|import\s[^\n]{0,200}?\sfrom\s*[\"'])",
    re.DOTALL,
)
SNIFFED = 512
# Code may begin with its licence; and so far behind some code a page may begin yet.
CODE_HEAD = 4_096
PAGE_HEAD = 65_536

# Declared types whose bytes may be a page all the same, and those of `text/` that never are.
PAGE_TYPES = ("text/", "application/xhtml", "application/xml", "application/octet-stream")
CODE_TYPES = (
    "text/calendar",
    "text/css",
    "text/csv",
    "text/ecmascript",
    "text/javascript",
    "text/vcard",
    "text/vtt",
)

# Control characters that no text holds in any encoding (NUL apart: UTF-16 is full of it). Of random
# bytes one in ten is among them; a text with a stray one here and there is a text still.
NO_TEXT = bytes([*range(1, 9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)])
MOST_NO_TEXT = 0.03


def is_binary(head: bytes) -> bool:
    """Tell bytes that are text in no encoding; what begins with a byte order mark is text."""
    if read_bom(head)[0]:
        return False
    return len(head) - len(head.translate(None, NO_TEXT)) > MOST_NO_TEXT * len(head)


def is_pdf(data: bytes) -> bool:
    """Tell a PDF document by its first bytes; some have a blank line or a mark before them."""
    return len(data) <= LARGEST_PAGE and starts_as_pdf(data)


def starts_as_pdf(data: bytes) -> bool:
    """Tell whether bytes begin as a PDF document does."""
    return data[:SNIFFED].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(PDF_MAGIC)


def judge_bytes(html: bytes, *, headers: Mapping[str, str] = {}) -> Verdict | None:
    """Judge an answer that is no web page by its first bytes and its declared type."""
    if not html or html.isspace():
        return Verdict(kind=VerdictKind.EMPTY, reason="the answer has no content")
    if len(html) > LARGEST_PAGE and starts_as_pdf(html):
        reason = f"a PDF document of {len(html) / 1e6:.0f} MB; no article is so large"
        return Verdict(kind=VerdictKind.NOT_HTML, reason=reason)
    declared = next((v for k, v in headers.items() if k.lower() == "content-type"), "")
    wide = "utf-16" in declared.lower()
    if named := name_of(html) or (None if wide else binary_name(html)):
        return Verdict(kind=VerdictKind.NOT_HTML, reason=f"{named}, by its first bytes")
    mime = declared.partition(";")[0].strip().lower()
    if mime and not is_page_type(mime) and b"<html" not in html[:SNIFFED].lower():
        return Verdict(kind=VerdictKind.NOT_HTML, reason=f"declared as {mime}")
    return None


def name_of(html: bytes) -> str | None:
    """Name what the first bytes say an answer is, where that is no page."""
    head = html[:SNIFFED]
    if named := next((name for magic, name in MAGIC.items() if html.startswith(magic)), None):
        return named
    if FEED.match(head):
        return "a feed or site map"
    if DRAWING.match(head):
        return "an SVG drawing"
    if JSON_HEAD.match(head):
        return "JSON data"
    return code_in(html)


def binary_name(html: bytes) -> str | None:
    """Name bytes that are text in no encoding; in UTF-16 all that are not Latin look so."""
    return "no text but binary data" if is_binary(html[:SNIFFED]) else None


def code_in(html: bytes) -> str | None:
    """Name the kind of code that an answer is; a page may begin with a piece of it."""
    head = html[:CODE_HEAD]
    found = next((name for shape, name in CODE.items() if shape.match(head)), None)
    return None if found and b"<html" in html[:PAGE_HEAD].lower() else found


CODE = {XML: "XML data", STYLES: "a style sheet", PROGRAM: "a program"}


def is_page_type(mime: str) -> bool:
    """Tell a declared type with which pages come, be it by a mistake."""
    return mime.startswith(PAGE_TYPES) and mime not in CODE_TYPES
