"""Sitemaps, of news and ordinary, and their indexes, read as headline lists.

Parsed as a stream, each entry forgotten once it is read. A news sitemap prints titles and dates of
publication. An ordinary one prints addresses and `lastmod`, which is the day of a change: it is
never read as the publication's. Its titles are read out of addresses that hold words, without
capitals, accents and signs, and flagged as damaged; their date is the one in the path, if there is
one. Addresses without words (`/about`, `/story/4711`) name nothing and are left out.

An index gives its parts, the newest first, without those that are not of articles.
"""

import io
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import unquote, urlsplit

import lxml.etree

from archive.records import DateSource, LeftOut, ListPage, ListPart
from crawler.extract.dates.printed import read_machine_date
from crawler.extract.doors.entries import (
    Entry,
    absolute,
    headlines_of,
    languages_of,
    plain,
    read_feed_date,
)
from crawler.extract.fields.published import url_day

# The protocol's own bounds for one file: 50,000 addresses, 50 MB when decompressed.
MOST_ENTRIES = 50_000
LARGEST = 50 * 1024 * 1024

# Parts of an index that are followed; a part a day makes three years.
MOST_PARTS = 1_000

GZIP = b"\x1f\x8b"

BEGIN_OF_ENTRY = re.compile(rb"<(?:\w{1,20}:)?(?:url|sitemap)[\s>]")
BROKEN = "the XML breaks off"

# Tags of one entry; an entry with more is no sitemap's.
MOST_FIELDS = 64

# An address's last words are a title where there are so many of them.
FEWEST_WORDS = 3
WORD = re.compile(r"[^\W\d_]{2,}")
SEPARATORS = re.compile(r"[-_+\s]+")
ENDING = re.compile(r"\.(?:s?html?|php|aspx?|jsp|cfm)$", re.IGNORECASE)
# Identifiers that stand before or after an address's words.
IDENTIFIER = re.compile(r"^(?:[a-z]{0,3}\d+|[0-9a-f]{8,})$", re.IGNORECASE)

# Parts that hold no articles, as the makers of sitemaps name them: Yoast, WordPress itself,
# Rank Math, Drupal, shops.
NO_ARTICLES = re.compile(
    r"(?:^|[/_-])(?:author|authors|user|users|category|categories|tag|tags|post_tag|taxonomies|"
    r"page|pages|image|images|video|videos|product|products|attachment|location|locations|"
    r"static|section|sections|topic|topics|people|profile|profiles)"
    r"(?=[-_.]|\d*\.|$)(?!.*post-sitemap)",
    re.IGNORECASE,
)

LANGUAGE = "news:language"

Fields = dict[str, str]


def read_sitemap(
    body: bytes,
    *,
    url: str,
    captured_at: datetime,
    known_publishers: Mapping[str, str] = {},
) -> ListPage:
    """Read a sitemap or an index, gzipped or not; what is none gives a page without headlines.

    What follows broken XML, or what lies beyond the protocol's bounds, is not read; the page says
    how much that is.
    """
    whole, is_cut = unpacked(body)
    found = list(fields_of(whole))
    languages = languages_of(next((f[LANGUAGE] for _, f in found if LANGUAGE in f), None))
    entries = [
        entry
        for kind, fields in found
        if kind == "url" and (entry := entry_of(fields, captured_at, languages))
    ]
    parts = parts_of([fields for kind, fields in found if kind == "sitemap"], url, captured_at)
    wordless = sum(kind == "url" and "loc" in fields for kind, fields in found) - len(entries)
    return ListPage(
        url=url,
        captured_at=captured_at,
        headlines=headlines_of(entries, url=url, known_publishers=known_publishers),
        language=languages[0] if languages else None,
        parts=parts[:MOST_PARTS],
        left_out=tuple(
            left_out(
                whole, len(found), wordless=wordless, parts=len(parts) - MOST_PARTS, is_cut=is_cut
            )
        ),
    )


def left_out(
    body: bytes, read: int, *, wordless: int, parts: int, is_cut: bool
) -> Iterator[LeftOut]:
    """Say what of a sitemap was not read."""
    if wordless:
        yield LeftOut(what="addresses", count=wordless, reason="no words that could be a title")
    if parts > 0:
        reason = f"only the newest {MOST_PARTS:,} are followed"
        yield LeftOut(what="parts", count=parts, reason=reason)
    beyond = len(BEGIN_OF_ENTRY.findall(body)) - read
    if read >= MOST_ENTRIES:
        reason = f"only the first {MOST_ENTRIES:,} are read"
    else:
        reason = f"only the first {LARGEST >> 20} MB are read" if is_cut else BROKEN
    if beyond > 0 or is_cut:
        yield LeftOut(what="entries", count=max(1, beyond), reason=reason, at_least=is_cut)


def unpacked(body: bytes) -> tuple[bytes, bool]:
    """Decompress gzip, up to the protocol's bound, and tell whether there is more behind it.

    Other bytes are given as they are.
    """
    if not body.startswith(GZIP):
        return body, False
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        return inflater.decompress(body, LARGEST), bool(inflater.unconsumed_tail)
    except zlib.error:
        return b"", False


def beginning(body: bytes, length: int = 8_192) -> bytes:
    """Decompress the beginning of gzip; empty where it is damaged from the start."""
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, length)
    except zlib.error:
        return b""


def fields_of(body: bytes) -> Iterator[tuple[str, Fields]]:
    """Give each `<url>` and `<sitemap>` as its tag and the texts of its fields."""
    fields: Fields = {}
    count = 0
    for tag, value, forget in elements_of(body):
        if tag in {"url", "sitemap"}:
            yield tag, fields
            fields, count = {}, count + 1
            forget()
            if count >= MOST_ENTRIES:
                return
        elif tag and value and len(fields) < MOST_FIELDS:
            fields.setdefault(tag, value)


def elements_of(body: bytes) -> Iterator[tuple[str, str, Callable[[], None]]]:
    """Give each element that ends: its name without prefix, its text, how to free its memory.

    No entity is expanded and nothing is loaded.
    """
    parser = lxml.etree.iterparse(
        io.BytesIO(body),
        events=("end",),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in parser:
            yield name_of(element.tag), (element.text or "").strip(), forgetting(element)
    except lxml.etree.XMLSyntaxError:
        return


def name_of(tag: object) -> str:
    """Give a tag's name in lower case, `news:` before those of news; "" for pictures and films.

    Pictures have titles and films have dates of publication: neither is the page's.
    """
    space, _, name = tag.rpartition("}") if isinstance(tag, str) else ("", "", "")
    prefix, _, bare = name.lower().rpartition(":")
    if "sitemap-news" in space or prefix == "news":
        return f"news:{bare}"
    foreign = prefix or "sitemap-" in space
    return "" if foreign else bare


def forgetting(element: lxml.etree._Element) -> Callable[[], None]:
    """Give what frees an element, and those before it, once it was read."""

    def forget() -> None:
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]

    return forget


def entry_of(fields: Fields, captured_at: datetime, languages: list[str]) -> Entry | None:
    """Read an entry; None where it has neither title nor words in its address."""
    address = fields.get("loc")
    if address is None:
        return None
    if "news:title" in fields:
        printed = fields.get("news:publication_date")
        return Entry(
            title=fields["news:title"],
            url=address,
            published=read_feed_date(printed, captured_at=captured_at, languages=languages),
            date_text=printed,
            publisher=plain(fields.get("news:name", "")) or None,
        )
    words = words_of(address)
    if words is None:
        return None
    day = url_day(address, captured_at)
    return Entry(title=words, url=address, published=day, raw=address, made_up=True)


def words_of(address: str) -> str | None:
    """Give the words of an address's last segment that has enough of them, else None."""
    try:
        path = unquote(urlsplit(address).path)
    except ValueError:
        return None
    for segment in reversed([one for one in path.split("/") if one][-2:]):
        pieces = SEPARATORS.split(ENDING.sub("", segment))
        while pieces and IDENTIFIER.match(pieces[-1]):
            pieces.pop()
        while pieces and IDENTIFIER.match(pieces[0]):
            pieces.pop(0)
        if sum(bool(WORD.search(piece)) for piece in pieces) >= FEWEST_WORDS:
            return " ".join(pieces)
    return None


def parts_of(found: list[Fields], url: str, captured_at: datetime) -> tuple[ListPart, ...]:
    """Give the parts of an index that may hold articles, the last changed first."""
    parts = {
        address: ListPart(url=address, changed=changed_at(fields.get("lastmod"), captured_at))
        for fields in found
        if (address := absolute(url, fields.get("loc"))) and address != url
    }
    of_articles = [part for part in parts.values() if not NO_ARTICLES.search(file_of(part.url))]
    of_articles.sort(key=newest_first, reverse=True)
    return tuple(of_articles)


def file_of(url: str) -> str:
    """Give the last segment of an address's path."""
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def newest_first(part: ListPart) -> tuple[bool, float, list[int]]:
    """Order parts by when they changed, then by the numbers in their address: 2024-11, page 12."""
    numbers = [int(number) for number in re.findall(r"\d{1,8}", part.url)]
    return (
        part.changed is not None,
        part.changed.timestamp() if part.changed else 0.0,
        numbers,
    )


def changed_at(printed: str | None, captured_at: datetime) -> datetime | None:
    """Give the latest instant that a `lastmod` may mean; a day lasts until it ends everywhere."""
    dated = (
        read_machine_date(printed, captured_at=captured_at, source=DateSource.FEED)
        if printed
        else None
    )
    if dated is None:
        return None
    value = dated.value
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    return end_of_day(value)


def end_of_day(day: date) -> datetime:
    """Give the instant at which a day has ended in every zone."""
    return datetime.combine(day, time(), tzinfo=UTC) + timedelta(hours=36)
