"""Entries that a list declares for machines (feed, sitemap, interface) made headlines.

What such a list says is said once and in fields, so nothing is located here: titles are freed of
their markup, addresses made absolute, dates read as printed, publishers parted from titles as in
any other list. Knows no format; the modules that read one do.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from archive.records import Dated, DateSource, Headline, LeftOut, Precision
from crawler.extract.dates.printed import is_future, read_date, read_machine_date
from crawler.extract.fields.jsonld import clean
from crawler.extract.lists.damage import is_damaged, is_truncated
from crawler.extract.lists.hosts import host_of
from crawler.extract.lists.publishers import Line, credit

# A longer title is a whole article in the wrong field.
LONGEST_TITLE = 500

# As much of an entry's text as other lists keep.
LONGEST_RAW = 500

# A date is shorter in every format.
LONGEST_DATE = 60

# An entry without a title is known by the beginning of its text.
TEXT_FOR_TITLE = 120

TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--.*?-->", re.DOTALL)
CLOCK = re.compile(r"\d:\d\d(:\d\d)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as its list declares it."""

    title: str
    """May hold markup and character references."""
    url: str | None = None
    published: Dated | None = None
    date_text: str | None = None
    publisher: str | None = None
    raw: str | None = None
    """The entry's text; made of the other fields if not given."""
    cut: bool = False
    """The title is the beginning of a longer text."""
    made_up: bool = False
    """The title was not printed but read out of the address."""


def headlines_of(
    entries: Iterable[Entry], *, url: str, known_publishers: Mapping[str, str] = {}
) -> tuple[Headline, ...]:
    """Make headlines of entries, in their order, each address once.

    `url` is the list's own address. Entries without any title are left out: they name nothing.
    """
    told = list(distinct(entries, url))
    lines = [Line(title=title, host=host_of(link), beside=()) for _, title, link in told]
    credited = credit(lines, site=host_of(url), known=known_publishers, printed_alone=False)
    named = any(entry.publisher for entry, _, _ in told)
    return tuple(
        make(
            entry,
            without_suffix(title, entry.publisher) if named else one.title,
            entry.publisher if named else one.publisher,
            link=link,
            list_url=url,
            position=position,
        )
        for position, ((entry, title, link), one) in enumerate(zip(told, credited, strict=True))
    )


def left_of(
    entries: Sequence[Entry], *, beyond: int = 0, bound: int = 0, at_least: bool = False
) -> tuple[LeftOut, ...]:
    """Say how many entries are left out: those without a title, and those `beyond` a `bound`."""
    untitled = sum(not plain(entry.title) for entry in entries)
    left = []
    if untitled:
        left.append(LeftOut(what="entries", count=untitled, reason="no title"))
    if beyond > 0:
        reason = f"only the first {bound:,} are read"
        left.append(LeftOut(what="entries", count=beyond, reason=reason, at_least=at_least))
    return tuple(left)


def distinct(entries: Iterable[Entry], url: str) -> Iterator[tuple[Entry, str, str | None]]:
    """Give each entry with its clean title and absolute address, the first of each address."""
    seen: set[str] = set()
    for entry in entries:
        title, link = plain(entry.title)[:LONGEST_TITLE], absolute(url, entry.url)
        key = link or f"{title}\n{entry.date_text}"
        if title and key not in seen:
            seen.add(key)
            yield entry, title, link


def make(
    entry: Entry,
    title: str,
    publisher: str | None,
    *,
    link: str | None,
    list_url: str,
    position: int,
) -> Headline:
    """Make one headline of an entry whose title and publisher are parted."""
    fields = (title, publisher, entry.date_text)
    raw = entry.raw or " - ".join(field for field in fields if field)
    return Headline(
        title=title,
        raw=" ".join(raw.split())[:LONGEST_RAW],
        list_url=list_url,
        position=position,
        url=link,
        publisher=publisher,
        published=entry.published,
        date_text=entry.date_text,
        truncated=entry.cut or is_truncated(title) or len(plain(entry.title)) > LONGEST_TITLE,
        damaged=entry.made_up or is_damaged(title),
    )


def without_suffix(title: str, publisher: str | None) -> str:
    """Take the publisher off a title that ends in it, as feeds of many publishers print it."""
    for sign in (" - ", " – ", " — ", " | "):
        if publisher and title.endswith(sign + publisher):
            return title.removesuffix(sign + publisher).rstrip() or title
    return title


def plain(text: str) -> str:
    """Give a title's words: tags dropped, references decoded, white space folded."""
    return clean(TAG.sub("", text))


def beginning(text: str) -> str:
    """Give the first words of a text, for an entry that has no title."""
    words = plain(text)
    if len(words) <= TEXT_FOR_TITLE:
        return words
    return words[:TEXT_FOR_TITLE].rpartition(" ")[0] or words[:TEXT_FOR_TITLE]


def absolute(base: str, href: str | None) -> str | None:
    """Join an address to its list's; None for none, and for what is no web address."""
    stripped = (href or "").strip()
    if not stripped:
        return None
    try:
        # Without a base `urljoin` gives back an address that it has not looked at.
        joined = urljoin(base, stripped) if base else urlsplit(stripped).geturl()
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) else None


def read_feed_date(
    text: str | None, *, captured_at: datetime, languages: Sequence[str] = ()
) -> Dated | None:
    """Read a date as feeds print it: ISO 8601 or RFC 822, or whatever else a publisher wrote.

    The offset stays as printed; what lies after `captured_at` is no date of publication.
    """
    if not text or len(text) > LONGEST_DATE:
        return None
    return (
        read_machine_date(text, captured_at=captured_at, source=DateSource.FEED)
        or read_mail_date(text, captured_at=captured_at)
        or read_date(text, captured_at=captured_at, source=DateSource.FEED, languages=languages)
    )


def read_mail_date(text: str, *, captured_at: datetime) -> Dated | None:
    """Read the date of RFC 822 and its successors: `Fri, 08 Nov 2024 10:00:00 +0100`."""
    clock = CLOCK.search(text)
    try:
        value = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if clock is None or is_future(value, captured_at):
        return None
    precision = Precision.SECOND if clock[1] else Precision.MINUTE
    return Dated(value=value, precision=precision, source=DateSource.FEED, raw=text.strip())


def languages_of(declared: object) -> list[str]:
    """Give the two-letter code of a declared language (`en-GB`), as a list for the date readers."""
    code = declared.strip().lower()[:2] if isinstance(declared, str) else ""
    return [code] if len(code) == 2 and code.isalpha() else []
