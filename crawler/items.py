"""What travels through Scrapy: a fetched page, then the same page read, and what came instead."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version

from archive.records import Claim, DoorKind, ListPage, PageReading, Verdict, VerdictKind

# Which reader reads: what an older one has read is asked for again, changed or not.
READER = version("backfile")

NOT_MODIFIED = 304
# Id of a claim that stands for no row of the frontier; its rows begin with 1.
NO_ROW = 0


def digest_of(body: bytes) -> str:
    """Give what tells a page's bytes from others'."""
    return hashlib.sha256(body).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page as it came from the network."""

    claim: Claim
    url: str
    """The address that answered, after redirects."""
    status: int
    headers: Mapping[str, str]
    body: bytes
    captured_at: datetime
    """When the answer was complete, UTC."""
    redirects: tuple[str, ...] = ()
    """Every address asked before `url`, in order."""
    door: DoorKind | None = None
    """For a list page: the form in which its source's list is to come."""
    memento_url: str | None = None
    """Where a web archive has the page: it came from there, and was archived at `captured_at`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A claim that brought no page."""

    claim: Claim
    failed_at: datetime
    reason: str
    status: int | None = None
    retry_after: float | None = None
    """Seconds that the server asked us to wait."""
    refused: bool = False
    """robots.txt or our own guard forbids the page: no failure, and no retry."""
    broke: bool = False
    """The program itself failed on it."""
    instead: VerdictKind | None = None
    """What came in the place of a list; None where nothing did, or nothing was to be a list."""
    dead: bool = False
    """The host is gone: what a web archive has of the page is looked up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A claim whose page is as it was when it was last read: by its server's word or its bytes."""

    claim: Claim
    asked_at: datetime
    status: int = NOT_MODIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A fetched page with what it was read as."""

    fetched: Fetched
    reading: PageReading


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadList:
    """A fetched list page with its headlines."""

    fetched: Fetched
    page: ListPage
    instead: Verdict | None = None
    """What the page is instead, where it holds no headlines."""


def claim_of(item: Fetched | Failed | Unchanged | ReadPage | ReadList) -> Claim:
    """Give the claim that `item` is to settle."""
    return item.fetched.claim if isinstance(item, ReadPage | ReadList) else item.claim
