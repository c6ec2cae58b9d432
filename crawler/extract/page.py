"""Bytes to a parsed page: the encoding decided, the tree built, once for all readers.

Does not read anything out of the page; the modules beside this one do.
"""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from urllib.parse import urljoin

import charset_normalizer
import lxml.etree
import lxml.html
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

from crawler.extract.fields.xpaths import string
from crawler.extract.text.boilerplate import words

BASE = string("string(/html/head/base[@href][1]/@href)")

# Valid UTF-8 of this many multi-byte characters is not chance. It outranks what the page or its
# server declares: saved pages are often re-encoded with their old <meta> left in, and servers
# announce a default charset for files they never looked at.
PROOF_OF_UTF8 = 8

# Bytes that charset detection looks at; its cost is linear and a head of this size decides.
DETECTION_BYTES = 65_536

# The encodings that browsers read, by Python's names; pages are in no other, and a guess among all
# of Python's takes windows-1252 for those of old computers.
WEB_ENCODINGS = sorted(
    words(
        """big5hkscs cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874
        cp932 euc_jp euc_kr gb18030 iso2022_jp iso8859_10 iso8859_13 iso8859_14 iso8859_15
        iso8859_16 iso8859_2 iso8859_3 iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8 koi8_r
        koi8_u mac_cyrillic mac_roman utf_16 utf_8"""
    )
)

# Those of them that are of other scripts than Latin.
OTHER_SCRIPTS = sorted(
    words(
        """big5hkscs cp1251 cp1253 cp1255 cp1256 cp866 cp874 cp932 euc_jp euc_kr gb18030 iso8859_5
        iso8859_6 iso8859_7 iso8859_8 koi8_r koi8_u mac_cyrillic"""
    )
)

# What servers declare for files they never looked at; w3lib's name for Latin-1 is windows-1252.
SERVER_DEFAULTS = frozenset(["ascii", "cp1252", "iso8859-1"])

# Bytes at which UTF-16 is seen, and the sign that turns ASCII into Japanese.
WIDE_HEAD = 256
JAPANESE_SHIFT = b"\x1b$B"

# Encodings of single languages that differ from windows-1252 in few letters, so that detection
# hesitates: the browsers' fallbacks by language.
LANGUAGE = re.compile(rb"<html[^>]*?\blang\s*=\s*[\"']?([a-zA-Z]{2})", re.IGNORECASE)
# ISO 8859-2 has no letters where windows-1250 has some of its commonest.
C1_CONTROLS = re.compile(rb"[\x80-\x9f]")
LEGACY = {"cp1250": "cs hr hu pl ro sk sl sq", "cp1254": "az ku tr", "cp1257": "et lt lv"}
MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")
# What stands for bytes that could not be read.
REPLACED = "\ufffd"

# One class for all elements: `lxml.html`'s own parser calls Python for the class of each.
ELEMENT_CLASS = lxml.etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)

# A tag, a comment or a doctype; "<3" and "a < b" in a plain text are none of these.
MARKUP = re.compile(rb"<(?:!--|!doctype\b|/?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>)", re.IGNORECASE)

# Tags that can stand in their own kind without end; without them a page is its lines.
NESTING_TAG = re.compile(
    rb"</?(?!(?:body|br|h[1-6]|head|html|link|meta|noscript|p|script|style|title)\b)[a-z][^<>]*>",
    re.IGNORECASE,
)

# Control characters that no text needs; libxml2 ends a document at the first NUL. Dropped from
# UTF-8 bytes, where it costs 0.5 ms a page: `str.translate` takes 30 ms for the same.
CONTROLS = bytes([*range(0x09), 0x0B, *range(0x0E, 0x20), 0x7F])

# ECMA-48: what a terminal obeys, control sequences and strings to their end. Without its first
# character the rest would be litter in a title.
_ESCAPE = rb"(?:\x1b|&#0*27;|&#[xX]0*1[bB];)"
# Looked for first: with alternatives at its head the whole pattern is ten times as dear to search.
ESCAPE_REFERENCE = re.compile(rb"&#(?:0*27|[xX]0*1[bB]);")
_BELL = rb"(?:\x07|&#0*7;|&#[xX]0*7;)"
TERMINAL_SEQUENCE = re.compile(
    _ESCAPE
    + rb"(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b&<]{0,200}(?:"
    + _BELL
    + rb"|"
    + _ESCAPE
    + rb"\\)|(?=&#|[^\[\]]))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A parsed page. `root` is lxml's tree; whoever prunes it works on a copy."""

    url: str
    captured_at: datetime
    root: lxml.html.HtmlElement
    encoding: str
    size: int
    """Length of the page in bytes."""
    tags: int
    """How many tags it has at most; it has no more than twice as many elements."""
    plain: str | None = None
    """The decoded text where the bytes hold no markup at all, else None."""
    torn: bool = False
    """The source ends before its elements do: the answer was cut on its way."""

    @property
    def base(self) -> str:
        """The address that the page's links are to be joined to: `<base href>`, or its own."""
        href = BASE(self.root).strip()
        try:
            return urljoin(self.url, href) if href else self.url
        except ValueError:
            return self.url


def parse_page(
    html: bytes,
    *,
    url: str,
    captured_at: datetime,
    encoding: str | None = None,
    headers: Mapping[str, str] = {},
) -> Page:
    """Decode and parse `html`; any bytes give a page, an empty one if need be.

    `encoding` is the caller's word and wins. Without it the order is the browsers': byte order
    mark, HTTP header, `<meta>`, detection; but a proof of UTF-8 outranks what is declared (see
    `PROOF_OF_UTF8`), and a declaration that the bytes give the lie to is passed over.
    """
    source, used = recode(html, encoding=encoding, headers=headers)
    return Page(
        url=url,
        captured_at=captured_at,
        root=parse_tree(source),
        encoding=used,
        size=len(html),
        tags=source.count(b"<"),
        plain=None if MARKUP.search(source) else source.decode("utf-8"),
        torn=is_torn(source),
    )


# A page's end tags stand within so many bytes of its end; scripts and comments may follow.
TAIL = 20_000
# One that closes its article, and has nothing more, has lost its last end tags only.
ENDS = re.compile(rb"</(?:body|html)|</(?:article|footer|main)>\s*$")


def is_torn(source: bytes) -> bool:
    """Tell whether a page's source was cut: begun as a whole page, ended inside its elements.

    Pages may leave out their last end tags; then their containers are closed all the same.
    """
    tail = source[-TAIL:].lower()
    if ENDS.search(tail) or b"<html" not in source[:TAIL].lower():
        return False
    if tail.rfind(b"<") > tail.rfind(b">"):
        return True
    lower = source.lower()
    return any(
        lower.count(b"<" + tag) > lower.count(b"</" + tag)
        for tag in (b"article", b"main", b"section", b"div", b"script")
    )


# The budget of a page's tree; that of its bytes is in `formats`. The largest of six hundred real
# pages has 9,751 elements.
MOST_ELEMENTS = 20_000


def first_part(page: Page) -> tuple[Page, bool]:
    """Give a page as far as the budget of its elements goes, and whether that is not all of it.

    The tree itself is cut.
    """
    if page.tags <= MOST_ELEMENTS // 2:
        return page, False
    last = next(islice(page.root.iter(), MOST_ELEMENTS, None), None)
    if last is None:
        return page, False
    del last[:]
    for element in (last, *last.iterancestors()):
        above = element.getparent()
        if above is not None:
            element.tail = None
            for sibling in list(element.itersiblings()):
                above.remove(sibling)
    return page, True


def declared_url(root: lxml.html.HtmlElement) -> str | None:
    """Give the absolute address that a page declares for itself: its base, or its canonical one."""
    found = [
        *root.xpath("/html/head/base/@href"),
        *root.xpath("/html/head/link[@rel='canonical']/@href"),
        *root.xpath("/html/head/meta[@property='og:url']/@content"),
    ]
    stripped = (str(one).strip() for one in found)
    return next((one for one in stripped if one.startswith(("http://", "https://"))), None)


# libxml2 compares each attribute of a tag with all before it: 60,000 of them take it ten seconds.
MOST_ATTRIBUTES = 1_000
# So many bytes without a "<" are looked at for such a tag; shorter ones cost next to nothing.
TAG_WINDOW = 8_000
# Names hold no brackets and commas: a program's `a<b` is no tag.
MANY_ATTRIBUTES = re.compile(
    rb"""<[a-zA-Z][^\s/>]*+
    (?:[\s/]*+[^\s/>="'(){};,<]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+){%d}"""
    % MOST_ATTRIBUTES,
    re.VERBOSE,
)
REST_OF_TAG = re.compile(rb"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+""")


def parse_tree(source: bytes) -> lxml.html.HtmlElement:
    """Give the tree of a page in UTF-8; an empty page's where there is nothing to parse.

    libxml2 ends a document where its elements nest too deeply, text and all. Such a page is read
    again with its lines only.
    """
    source = shorten_tags(source)
    tree, whole = parse_source(source)
    return tree if whole else parse_source(NESTING_TAG.sub(b" ", source))[0]


def shorten_tags(source: bytes) -> bytes:
    """Take off its tags the attributes beyond `MOST_ATTRIBUTES`."""
    kept: list[bytes] = []
    done = 0
    before = True
    for start in range(0, len(source), TAG_WINDOW):
        opened = source.find(b"<", start, start + TAG_WINDOW) >= 0
        if before and not opened and start >= done:
            opening = source.rfind(b"<", max(done, start - TAG_WINDOW), start)
            if opening >= 0 and (found := MANY_ATTRIBUTES.match(source, opening)):
                kept.append(source[done : found.end()])
                rest = REST_OF_TAG.match(source, found.end())
                done = rest.end() if rest else found.end()
        before = opened
    return b"".join([*kept, source[done:]]) if kept else source


def parse_source(source: bytes) -> tuple[lxml.html.HtmlElement, bool]:
    """Give the tree of a source, and whether all of it was read."""
    parser = lxml.etree.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    parser.set_element_class_lookup(ELEMENT_CLASS)
    try:
        tree = lxml.html.document_fromstring(source, parser=parser, ensure_head_body=True)
    except lxml.etree.ParserError:
        return lxml.html.document_fromstring("<html></html>", ensure_head_body=True), True
    last = parser.error_log.last_error
    return tree, last is None or last.type != lxml.etree.ErrorTypes.ERR_RESOURCE_LIMIT


def decode(
    html: bytes, *, encoding: str | None = None, headers: Mapping[str, str] = {}
) -> tuple[str, str]:
    """Give the text of `html` and the encoding it was read in; undecodable bytes become U+FFFD.

    Control characters that no text needs are left out.
    """
    source, used = recode(html, encoding=encoding, headers=headers)
    return source.decode("utf-8"), used


def recode(html: bytes, *, encoding: str | None, headers: Mapping[str, str]) -> tuple[bytes, str]:
    """Give `html` in UTF-8 and the encoding it was read in.

    Control characters are left out, and whole the sequences of them that a terminal would obey.
    """
    bom_encoding, bom = read_bom(html)
    valid = False
    if bom_encoding and bom:
        html, used = html[len(bom) :], bom_encoding
    elif encoding:
        used = encoding
    else:
        used, valid = decide(html, headers)
    try:
        source = html if valid else in_utf8(html, used)
    except LookupError:
        used, _ = decide(html, headers)
        source = in_utf8(html, used)
    if b"\x1b" in source or ESCAPE_REFERENCE.search(source):
        source = TERMINAL_SEQUENCE.sub(b"", source)
    return source.translate(None, CONTROLS), used


def in_utf8(html: bytes, encoding: str) -> bytes:
    """Give bytes of an encoding in UTF-8; what cannot be read becomes U+FFFD.

    Raises:
        LookupError: Python knows no such encoding.

    """
    if html.isascii() and codecs.lookup(encoding).name == "utf-8":
        return html
    text = html.decode(encoding, "replace")
    same = codecs.lookup(encoding).name == "utf-8" and REPLACED not in text
    return html if same else text.encode("utf-8", "replace")


def decide_encoding(html: bytes, *, headers: Mapping[str, str] = {}) -> str:
    """Name the encoding of bytes without a byte order mark; Python's name for it."""
    return decide(html, headers)[0]


def decide(html: bytes, headers: Mapping[str, str]) -> tuple[str, bool]:
    """Name the encoding of such bytes, and tell whether they were seen to be whole UTF-8.

    What was seen once need not be looked for again: decoding is the dearest part of it.
    """
    if wide := wide_encoding(html[:WIDE_HEAD]):
        return wide, False
    multibyte, whole = multibyte_characters(html)
    if multibyte is not None and multibyte >= PROOF_OF_UTF8:
        return "utf-8", whole
    if declared := declared_encoding(html, headers):
        used = other_script(html) or declared if declared in SERVER_DEFAULTS else declared
        return used, whole and used == "utf-8"
    if multibyte is None:
        return detect_encoding(html), False
    return ("iso2022_jp", False) if JAPANESE_SHIFT in html else ("utf-8", whole)


def wide_encoding(head: bytes) -> str | None:
    """Name the UTF-16 of bytes without a mark: Latin text in it has a NUL in every other place."""
    for order, first in (("utf-16-be", 0), ("utf-16-le", 1)):
        if 2 * head[first::2].count(0) > len(head[first::2]) and not head[1 - first :: 2].count(0):
            return order
    return None


def declared_encoding(html: bytes, headers: Mapping[str, str]) -> str | None:
    """Name the encoding that is declared, unless the bytes give the lie to it.

    The header comes first, as in browsers. Two declarations are passed over: UTF-8 of bytes that
    are mostly no UTF-8, and a server's default of Latin-1 where the page itself names another one
    in which it can be read.
    """
    content_type = next((v for k, v in headers.items() if k.lower() == "content-type"), None)
    said = http_content_type_encoding(content_type)
    page = html_body_declared_encoding(html)
    if page and page.startswith("utf-16"):
        # What can be read up to its <meta> is in no UTF-16; the standard takes it for UTF-8.
        page = "utf-8"
    if page and said in SERVER_DEFAULTS and page not in SERVER_DEFAULTS and is_in(html, page):
        return page
    declared = (name for name in (said, page) if name)
    return next((name for name in declared if name != "utf-8" or not belies_utf8(html)), None)


# Bytes that are letters with accents in windows-1252, and words of nothing but such and signs. No
# Western language has them; Cyrillic, Greek, Hebrew, Arabic and Thai have no others.
ACCENTED = re.compile(rb"[\xc0-\xff]")
STRANGE_WORD = re.compile(rb"[\xa1-\xff]{4,}")
FEWEST_STRANGE = 20


def other_script(html: bytes) -> str | None:
    """Name the encoding of bytes that are declared Western and are plainly in another script."""
    if html.isascii():
        return None
    found = STRANGE_WORD.findall(html)
    within = sum(len(ACCENTED.findall(word)) for word in found)
    if within < FEWEST_STRANGE or 2 * within <= len(ACCENTED.findall(html)):
        return None
    head = b" ".join(found)[:DETECTION_BYTES]
    guesses = charset_normalizer.from_bytes(head, cp_isolation=OTHER_SCRIPTS)
    return next((guess.encoding for guess in guesses if is_in(html, guess.encoding)), None)


def is_in(html: bytes, encoding: str) -> bool:
    """Tell whether bytes can be read in an encoding without a fault."""
    try:
        html.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return False
    return True


def belies_utf8(html: bytes) -> bool:
    """Tell bytes of which most that are not ASCII are no UTF-8; a few are a broken letter."""
    if html.isascii():
        return False
    text = html.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return broken > foreign - broken


def multibyte_characters(html: bytes) -> tuple[int | None, bool]:
    """Count characters of several bytes, as far as `PROOF_OF_UTF8` asks; None in no valid UTF-8.

    A character that the end cuts off is valid still; second comes whether none is.
    """
    if html.isascii():
        return 0, True
    whole = True
    try:
        text = html.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data":
            return None, False
        whole = False
        html = html[: error.start]
        text = html.decode("utf-8")
    # A character has at most four bytes: a proof that costs no look at any of them.
    if len(html) - len(text) >= 3 * PROOF_OF_UTF8:
        return PROOF_OF_UTF8, whole
    return sum(1 for _ in islice(MULTIBYTE.finditer(html), PROOF_OF_UTF8)), whole


def detect_encoding(html: bytes) -> str:
    """Guess the encoding of undeclared bytes that are no UTF-8; windows-1252 if nothing fits.

    windows-1252 also where it reads as well as what was guessed: in most texts a handful of
    bytes decide, which make letters in half of the encodings.
    """
    head = html[:DETECTION_BYTES]
    if known := legacy_encoding(head):
        return known
    best = charset_normalizer.from_bytes(head, cp_isolation=WEB_ENCODINGS).best()
    western = charset_normalizer.from_bytes(head, cp_isolation=["cp1252"]).best()
    if best is None or (
        western and western.chaos <= best.chaos and western.coherence >= best.coherence
    ):
        return "cp1252"
    return best.encoding


def legacy_encoding(head: bytes) -> str | None:
    """Name the encoding that pages of the declared language were written in before UTF-8."""
    found = LANGUAGE.search(head)
    code = found[1].decode("ascii").lower() if found else ""
    name = next((name for name, codes in LEGACY.items() if code in codes.split()), None)
    if name == "cp1250" and not C1_CONTROLS.search(head):
        return "iso8859_2"
    return name
