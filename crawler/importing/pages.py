"""A saved page, a feed or a text list into the archive. Reads and stores; fetches nothing.

What the headlines link to is put into the frontier, for the next crawl; the list itself is not
visited unless its address is added.
"""

import hashlib
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from archive import Archive
from archive.decide import is_kept
from archive.errors import UsageError
from archive.records import Decision, LeftOut, ListOutcome, ListPage, PageKind, PageReading
from crawler.extract import extract_article, extract_headlines
from crawler.extract.doors.forms import sniff
from crawler.extract.page import declared_url, parse_page
from crawler.extract.text.sight import OWN_ELEMENTS
from crawler.extract.text.teasers import is_list_address
from crawler.sites import declaration_for

Read = TypeVar("Read", ListPage, PageReading)

# Fewer dated lines than this are an article's own "read more", not a list worth keeping.
FEWEST_HEADLINES = 3

# A text of which this share is its dated lines is a list with a heading, and no article.
ALL_LIST = 0.85

# One of which this share is, and that has no title of its own, is a mail or a note around its list.
MOSTLY_LIST = 0.5

# How a text is found that stands where its page says, and one that has nothing beside it.
NAMED_ELEMENTS = OWN_ELEMENTS | {"json-ld", "script"}
WITHOUT_MARKUP = frozenset({"pdf", "plain"})

# A date that names its year is the same when it is read so much later; it need not be a whole year.
A_YEAR_LATER = timedelta(days=400)

# What stands for a file that is piped in.
PIPED = "-"

# A file beyond this is no list and no article; WARC and other bulk formats have ways of their own.
LARGEST_FILE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a file brought."""

    path: Path
    page: ListPage
    reading: PageReading
    headlines: ListOutcome | None
    """None where the file holds no headline list."""
    article: Decision | None
    """None where the file holds no article."""
    stand_beside: bool = False
    """Its headlines stand around an article, and are no list."""
    counted_from_now: bool = False
    """No one said when it was saved, and a date on it hangs on that."""

    @property
    def is_empty(self) -> bool:
        """Whether the file brought nothing that is kept."""
        return self.headlines is None and self.article is None

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What of its list was not read, or that it is too short to be one."""
        if self.headlines or not self.page.headlines:
            return self.page.left_out
        count = len(self.page.headlines)
        few = f"fewer than {FEWEST_HEADLINES} with a date are no list"
        reason = "they stand beside an article" if self.stand_beside else few
        return (LeftOut(what="headlines", count=count, reason=reason), *self.page.left_out)


def import_file(
    archive: Archive, path: Path, *, url: str | None, captured_at: datetime | None, now: datetime
) -> Imported:
    """Read a file and store its headlines and its article; a second time changes nothing.

    `captured_at` is when the file was saved; None takes `now`. `url` is where the page was saved
    from, if that is known: links in it are resolved against it. Without, the file is known by the
    digest of its bytes, and its links are resolved against the address that the page declares as
    its own, if it does; relative ones are left out if not.

    Raises:
        UsageError: the file cannot be read, or is larger than a page can be.
        ArchiveError: the archive could not be written.

    """
    return import_page(archive, read_file(path), path, url=url, captured_at=captured_at, now=now)


def import_page(
    archive: Archive,
    html: bytes,
    path: Path,
    *,
    url: str | None,
    captured_at: datetime | None,
    now: datetime,
) -> Imported:
    """Do the same with a file's bytes; `path` is only its name."""
    address = url or f"urn:sha256:{hashlib.sha256(html).hexdigest()}"
    saved = captured_at or now
    site = declaration_for(address, saved.date())

    def list_at(moment: datetime) -> ListPage:
        return read_list(html, address, moment)

    def article_at(moment: datetime) -> PageReading:
        return extract_article(html, url=address, captured_at=moment, site=site)

    page, reading = list_at(saved), article_at(saved)
    headlines = None
    # A feed is a list however short, and so is a text that is nothing else.
    is_short = bool(page.headlines) and (sniff(html) is not None or is_all_list(page, len(html)))
    beside = is_list(page) and not is_short and stands_beside(page, reading, address)
    if is_short or (is_list(page) and not beside):
        # Paused: a list that came as a file is not visited, unless its address is added.
        name = None if url or str(path) == PIPED else path.name
        source = archive.add_source(address, name=name, paused=True, now=now)
        headlines = archive.store_list(
            page,
            source_id=source.id,
            claim=None,
            now=now,
            seen=saved,
            follow=PageKind.POST,
            follow_older=False,
        )
    article = None
    if not (is_all_list(page, len(html)) or (headlines and is_framed_list(page, reading, html))):
        article = archive.store(reading, asked_url=address, claim=None, source_id=None, now=now)
    counted = captured_at is None and (
        (headlines is not None and hangs_on_moment(page, list_at, now))
        or (article is not None and hangs_on_moment(reading, article_at, now))
    )
    return Imported(
        path=path,
        page=page,
        reading=reading,
        headlines=headlines,
        article=article,
        stand_beside=beside,
        counted_from_now=counted,
    )


def read_list(html: bytes, address: str, captured_at: datetime) -> ListPage:
    """Read a file's headlines; its own address, where it is not known, is what the page declares.

    The list is known by `address` all the same: what a page declares may be another's.
    """
    own = None
    if not address.startswith("http"):
        own = declared_url(parse_page(html, url=address, captured_at=captured_at).root)
    page = extract_headlines(html, url=own or address, captured_at=captured_at)
    if own is None:
        return page
    headlines = tuple(replace(headline, list_url=address) for headline in page.headlines)
    return replace(page, url=address, headlines=headlines)


def read_file(path: Path) -> bytes:
    """Give a file's bytes; of `-` what is piped in.

    Raises:
        UsageError: it cannot be read, or is larger than a page can be.

    """
    try:
        body = _piped() if str(path) == PIPED else _content(path)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
    if body is None:
        raise too_large(path)
    return body


def too_large(path: Path) -> UsageError:
    """Give the error that says that a file is larger than a page can be."""
    return UsageError(f"{path} is larger than {LARGEST_FILE >> 20} MB: no page is")


def _piped() -> bytes | None:
    body = sys.stdin.buffer.read(LARGEST_FILE + 1)
    return body if len(body) <= LARGEST_FILE else None


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.stat().st_size <= LARGEST_FILE else None


def hangs_on_moment(read: Read, read_at: Callable[[datetime], Read], moment: datetime) -> bool:
    """Tell whether a date of what was read would be another one if it were read a year later."""
    dates = dates_of(read)
    return any(dates) and dates != dates_of(read_at(moment + A_YEAR_LATER))


def dates_of(read: ListPage | PageReading) -> list[str | None]:
    """Give the dates of a list's headlines, or of an article."""
    if isinstance(read, ListPage):
        dates = [headline.published for headline in read.headlines]
    else:
        dates = [read.article.published, read.article.modified] if read.article else []
    return [dated.isoformat() if dated else None for dated in dates]


def list_share(page: ListPage, size: int) -> float:
    """Give the share of a text's bytes that is its list, with the lines that were left out."""
    lines = [*(h.raw for h in page.headlines), *(raw for one in page.left_out for raw in one.lines)]
    return sum(len(line.encode()) for line in lines) / max(1, size)


def is_all_list(page: ListPage, size: int) -> bool:
    """Tell a text that holds nothing but its list from one in which a list stands, too."""
    return list_share(page, size) >= ALL_LIST


def is_framed_list(page: ListPage, reading: PageReading, html: bytes) -> bool:
    """Tell a list with a greeting and a farewell from an article: it is most of it, untitled."""
    titled = reading.article is not None and reading.article.title is not None
    return not titled and list_share(page, len(html)) >= MOSTLY_LIST


def stands_beside(page: ListPage, reading: PageReading, address: str) -> bool:
    """Tell headlines around a page's article (related, latest, popular ones) from a list.

    They stand outside of its text, and it names the element that holds it, or outweighs them. A
    text without markup has nothing beside it, what is addressed as a list is one, and an
    aggregator's post carries its list.
    """
    article = reading.article
    if article is None or not is_kept(reading) or is_list_address(address):
        return False
    if reading.attribution is not None:
        return False
    found = article.sources.get("text")
    if found in NAMED_ELEMENTS:
        return True
    within = sum(1 for headline in page.headlines if headline.title in article.text)
    outweighed = sum(len(headline.raw) for headline in page.headlines) < len(article.text)
    return found not in WITHOUT_MARKUP and outweighed and 2 * within < len(page.headlines)


def is_list(page: ListPage) -> bool:
    """Tell a headline list from the few dated links that any page carries."""
    return sum(1 for h in page.headlines if h.published) >= FEWEST_HEADLINES
