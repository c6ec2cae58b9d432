"""A saved page or a text list, from a file into the archive. Reads and stores; fetches nothing."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive import Archive
from archive.errors import UsageError
from archive.records import Decision, ListOutcome, ListPage, PageReading
from crawler.extract import extract_article, extract_headlines
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


def import_file(
    archive: Archive, path: Path, *, url: str | None, captured_at: datetime, now: datetime
) -> Imported:
    """Read a file and store its headlines and its article; a second time changes nothing.

    `url` is where the page was saved from, if that is known: links in it are resolved against
    it. Without, the file is known by the digest of its bytes.

    Raises:
        UsageError: the file cannot be read, or is larger than a page can be.
        ArchiveError: the archive could not be written.

    """
    html = read_file(path)
    address = url or f"urn:sha256:{hashlib.sha256(html).hexdigest()}"
    page = extract_headlines(html, url=address, captured_at=captured_at)
    reading = extract_article(
        html,
        url=address,
        captured_at=captured_at,
        site=declaration_for(address, captured_at.date()),
    )
    headlines = None
    if is_list(page):
        # Paused: a list that came as a file is not visited, unless its address is added.
        name = None if url else path.name
        source = archive.add_source(address, name=name, paused=True, now=now)
        headlines = archive.store_list(
            page, source_id=source.id, claim=None, now=now, follow=None, follow_older=False
        )
    article = None
    if not is_all_list(page, len(html)):
        article = archive.store(reading, asked_url=address, claim=None, source_id=None, now=now)
    return Imported(path=path, page=page, reading=reading, headlines=headlines, article=article)


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
    return sum(len(h.raw.encode()) for h in page.headlines) >= ALL_LIST * size


def is_list(page: ListPage) -> bool:
    """Tell a headline list from the few dated links that any page carries."""
    return sum(1 for h in page.headlines if h.published) >= FEWEST_HEADLINES
