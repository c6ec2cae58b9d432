"""A saved page or a text list, from a file into the archive. Reads and stores; fetches nothing.

What the headlines link to is put into the frontier, for the next crawl; the list itself is not
visited unless its address is added.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from archive import Archive
from archive.errors import UsageError
from archive.records import Decision, LeftOut, ListOutcome, ListPage, PageKind, PageReading
from crawler.extract import extract_article, extract_headlines
from crawler.extract.doors.forms import sniff
from crawler.extract.page import declared_url, parse_page
from crawler.sites import declaration_for

# Fewer dated lines than this are an article's own "read more", not a list worth keeping.
FEWEST_HEADLINES = 3

# A text of which this share is its dated lines is a list with a heading, and no article.
ALL_LIST = 0.85

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
        reason = f"fewer than {FEWEST_HEADLINES} with a date are no list"
        return (LeftOut(what="headlines", count=count, reason=reason), *self.page.left_out)


def import_files(
    archive: Archive,
    paths: Sequence[Path],
    *,
    url: str | None,
    captured_at: datetime,
    now: datetime,
) -> tuple[list[Imported], list[UsageError]]:
    """Import files one after the other; one that cannot be read keeps none of the others back.

    Gives what was brought, and the errors of the files that could not be read. Raises ArchiveError.
    """
    done: list[Imported] = []
    failed: list[UsageError] = []
    for path in paths:
        try:
            done.append(import_file(archive, path, url=url, captured_at=captured_at, now=now))
        except UsageError as error:
            failed.append(error)
    return done, failed


def import_file(
    archive: Archive, path: Path, *, url: str | None, captured_at: datetime, now: datetime
) -> Imported:
    """Read a file and store its headlines and its article; a second time changes nothing.

    `url` is where the page was saved from, if that is known: links in it are resolved against
    it. Without, the file is known by the digest of its bytes, and its links are resolved against
    the address that the page declares as its own, if it does; relative ones are left out if not.

    Raises:
        UsageError: the file cannot be read, or is larger than a page can be.
        ArchiveError: the archive could not be written.

    """
    html = read_file(path)
    address = url or f"urn:sha256:{hashlib.sha256(html).hexdigest()}"
    page = read_list(html, address, captured_at)
    reading = extract_article(
        html,
        url=address,
        captured_at=captured_at,
        site=declaration_for(address, captured_at.date()),
    )
    headlines = None
    # A feed is a list however short, and so is a text that is nothing else.
    is_short = bool(page.headlines) and (sniff(html) is not None or is_all_list(page, len(html)))
    if is_list(page) or is_short:
        # Paused: a list that came as a file is not visited, unless its address is added.
        name = None if url else path.name
        source = archive.add_source(address, name=name, paused=True, now=now)
        headlines = archive.store_list(
            page,
            source_id=source.id,
            claim=None,
            now=now,
            follow=PageKind.POST,
            follow_older=False,
        )
    article = None
    if not is_all_list(page, len(html)):
        article = archive.store(reading, asked_url=address, claim=None, source_id=None, now=now)
    return Imported(path=path, page=page, reading=reading, headlines=headlines, article=article)


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
    """Give a file's bytes.

    Raises:
        UsageError: it cannot be read, or is larger than a page can be.

    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UsageError(f"{path} is larger than {LARGEST_FILE >> 20} MB: no page is")
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error


def is_all_list(page: ListPage, size: int) -> bool:
    """Tell a text that holds nothing but its list from one in which a list stands, too."""
    lines = [*(h.raw for h in page.headlines), *(raw for one in page.left_out for raw in one.lines)]
    return sum(len(line.encode()) for line in lines) >= ALL_LIST * size


def is_list(page: ListPage) -> bool:
    """Tell a headline list from the few dated links that any page carries."""
    return sum(1 for h in page.headlines if h.published) >= FEWEST_HEADLINES
