"""Every record that the archive gives back: what is held, as those who ask for it get it.

Like `archive.records`, which holds what the crawler and the readers make: frozen, keyword-only,
missing is `None` or `()`. `StoredHeadline`, `StoredChange` and `StoredArticle` are rows with what
is tied to them, `Version` and `StoryMember` belong to an article, `Resolution` and `Resolved` say
what a headline without a link means, a `Lookup` and its `LookupAnswer` what a web archive has of a
dead one, `SourceSummary` and `Status` count.

This module holds data only: no reading, no deciding, no storing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from archive.records import (
    Article,
    Attribution,
    ChangeKind,
    Dated,
    Headline,
    PageKind,
    Source,
    UrlState,
    VerdictKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSummary:
    """A source with what it has brought."""

    source: Source
    headlines: int
    with_link: int
    articles: int
    """Headlines whose article is held."""
    newest: str | None
    """Day of its newest headline, ISO."""
    last_visit: datetime | None
    last_state: UrlState | None
    last_reason: str | None

    @property
    def is_imported(self) -> bool:
        """Whether its list came as a file, and is not visited: it has headlines all the same."""
        is_file = not self.source.url.startswith("http")
        return is_file or (self.source.paused and self.last_visit is None and self.headlines > 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A page that a headline may mean, and was not taken."""

    title: str
    url: str | None
    article_id: int | None
    score: float
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Which page a headline without a link means, by its title; or why that cannot be said."""

    headline_id: int
    url: str | None
    """None where it stays open."""
    score: float | None
    """From 0 to 1, of the page or of the best candidate; None without any."""
    evidence: str
    rivals: tuple[Rival, ...] = ()
    """The best candidates that were not taken, the best first."""


class LookupState(StrEnum):
    """How the look-up of a dead link stands."""

    WAITING = "waiting"
    """Not answered yet."""
    FOUND = "found"
    """A memento is stored."""
    NONE = "none"
    """The web archive has none that is the article."""
    CLOSED = "closed"
    """No look-up is needed, or none is made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Memento:
    """What a page was at a time, as a web archive has it."""

    url: str
    at: datetime
    """When it was archived, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a web archive has said of a page so far."""

    mementos: tuple[Memento, ...] = ()
    timemap: str | None = None
    """Where it lists all of them; None where it names no such list, or that was read."""
    map_first: bool = False
    """It names the newest whatever is asked for: the list is read before anything else."""
    tried: tuple[str, ...] = ()
    """Addresses of mementos that turned out to be no article."""
    why: str | None = None
    """What the last of them was instead, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """A dead link that is to be looked up."""

    id: int
    url: str
    kind: PageKind
    source_id: int | None
    found_on: str | None
    wanted: datetime
    """The headline's date, UTC; without one when the link was found."""
    attempts: int
    """How often it was asked for in vain."""
    known: Known | None = None
    """None until the web archive has answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupAnswer:
    """What became of the look-up of a dead link."""

    state: LookupState
    reason: str | None
    asked_at: datetime | None
    next_try: datetime | None
    memento: Memento | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredHeadline:
    """A headline as it is held."""

    id: int
    source_id: int
    headline: Headline
    first_seen: datetime
    last_seen: datetime
    article_id: int | None
    withdrawn_at: datetime | None = None
    """When a visit found it gone from the middle of its list; None while it is listed."""
    resolution: Resolution | None = None
    """What it was resolved to, where its list gives no link; None where that was not tried."""
    lookup: LookupAnswer | None = None
    """What a web archive has of its page, where that is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredChange:
    """A change as it is held."""

    id: int
    source_id: int
    headline_id: int
    kind: ChangeKind
    at: datetime
    old: str | None
    """Title, date or address before; None where there was none."""
    new: str | None
    title: str
    """The headline's title now."""
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What resolving one headline gave."""

    held: StoredHeadline
    """As it was before."""
    resolution: Resolution
    article_id: int | None = None
    """The article, where it is held."""
    to_fetch: bool = False
    """The page is not held: it is in the frontier, unless it was there before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a changed article said before."""

    id: int
    article_id: int
    title: str | None
    text: str
    text_digest: str
    published: Dated | None
    modified: Dated | None
    captured_at: datetime
    """When the page said so."""
    replaced_at: datetime
    memento_url: str | None = None
    """Where a web archive has it, from which it was read; None where it was read in its place."""


class AddressRole(StrEnum):
    """How an address leads to an article."""

    OWN = "own"
    """It was read from there."""
    ASKED = "asked"
    """It was asked for there, as a list or a person gave it, and redirected."""
    REDIRECT = "redirect"
    """A redirect on the way passed through it."""
    CANONICAL = "canonical"
    """The page declares it for itself."""
    MEMENTO = "memento"
    """A web archive has the page there; it was read from that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address that leads to an article."""

    url: str
    key: str
    """The identity of the page there."""
    role: AddressRole


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMember:
    """Another article of the same story."""

    id: int
    url: str
    title: str | None
    publisher: str | None
    published: str | None
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article as it is held, with what it is tied to."""

    id: int
    article: Article
    verdict: VerdictKind
    asked_url: str
    captured_at: datetime
    first_seen: datetime
    last_seen: datetime
    story_id: int
    source_id: int | None = None
    original_url: str | None = None
    """Where an aggregator's post says that its text comes from."""
    attribution: Attribution | None = None
    """The words that say so, also where no address goes with them."""
    original_id: int | None = None
    headlines: tuple[StoredHeadline, ...] = ()
    """What the lists said that led here."""
    members: tuple[StoryMember, ...] = ()
    """The story's other articles."""
    versions: tuple[Version, ...] = ()
    """What it said before, newest first."""
    addresses: tuple[Address, ...] = ()
    """Every address that leads to it, its own first."""
    memento_url: str | None = None
    """Where a web archive has it: it was read from there, `captured_at` is when it was archived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureCount:
    """How many URLs ended in one way."""

    state: UrlState
    reason: str
    count: int
    example: str
    """One of their addresses."""
    next_try: datetime | None = None
    """When the first of them is tried again; None when none is."""
    kept: bool = False
    """Their pages are held nevertheless, from a web archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The archive at a glance."""

    sources: int
    headlines: int
    headlines_with_article: int
    headlines_unresolved: int
    """Without a link, and without an article or a page found for them."""
    articles: int
    stories: int
    versions: int
    frontier: Mapping[UrlState, int]
    failures: tuple[FailureCount, ...]
    """The commonest first."""
    next_due: datetime | None
    """When the next page may be fetched, be it for another try; None when none ever will."""
    oldest: str | None
    newest: str | None
    """First and last day of publication among the articles, ISO."""
    last_stored: datetime | None
    size: int
    """Bytes of the database on disk."""
    captures: int
    captures_size: int
    """Bytes of the WARC files."""
    lookups: Mapping[LookupState, int]
    """Dead links, by what became of their look-up in a web archive."""
    held_by: str | None = None
    """Who crawls just now, in words."""
