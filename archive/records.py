"""Every record that travels between the parts; a stage is a type.

Frozen and keyword-only. What is missing is `None` or `()`, never an empty string. Our own
instants (`captured_at`, `first_seen`) are aware UTC; a page's date keeps the offset it was
printed with, and a date printed without a time stays a `date`.

This module holds data only: no reading, no deciding, no storing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a date is known."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"
    SECOND = "second"


class DateSource(StrEnum):
    """Where a date was found."""

    JSON_LD = "json-ld"
    META = "meta"
    TIME = "time"
    ATTRIBUTE = "attribute"
    LIST = "list"
    HEADING = "heading"
    URL = "url"
    TEXT = "text"
    FEED = "feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date or an instant as a page gave it."""

    value: date | datetime
    precision: Precision
    source: DateSource
    raw: str
    """The string that was read, as printed."""

    def isoformat(self) -> str:
        """Give the value as ISO 8601 text: a day, or a time with the offset that was printed."""
        return self.value.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One entry of a dated headline list, as the list gives it."""

    title: str
    raw: str
    """The entry's whole text (text lists: the line), white space folded."""
    list_url: str
    position: int
    """0 for the first headline of the page."""
    url: str | None = None
    """Absolute address that the headline links to; None in lists without links."""
    publisher: str | None = None
    published: Dated | None = None
    date_text: str | None = None
    """The date as printed, kept also where it could not be decided."""
    truncated: bool = False
    """The title was cut short (`...`)."""
    damaged: bool = False
    """The title has lost or garbled characters."""
    publisher_cut: bool = False
    """The line ends in a separator with the publisher cut off (` -...`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """What one page of a dated headline list says."""

    url: str
    captured_at: datetime
    headlines: tuple[Headline, ...]
    """In page order, the main list before sidebars."""
    older: str | None = None
    """Address of the list's next older page."""
    language: str | None = None
    title: str | None = None
    """What the list or its site calls itself."""
    needs_javascript: bool = False
    """The list is drawn by a script; the page itself holds no headlines."""


class VerdictKind(StrEnum):
    """What a fetched page turned out to be."""

    ARTICLE = "article"
    LIVE_BLOG = "live-blog"
    LIST = "list"
    PAYWALL = "paywall"
    CONSENT = "consent-wall"
    CHALLENGE = "bot-challenge"
    LOGIN = "log-in"
    SOFT_404 = "soft-404"
    HOME = "home-page"
    JAVASCRIPT = "needs-javascript"
    MEDIA = "media-only"
    NOT_HTML = "not-html"
    ERROR = "http-error"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a page is, and why we think so, in words a person understands."""

    kind: VerdictKind
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """An aggregator's statement of where its text comes from."""

    phrase: str
    """The words that say so, as printed: `Read the original post:`."""
    title: str | None = None
    """The original's title as the attribution prints it."""
    url: str | None = None
    """The original's address, absolute; None where the attribution has no link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as its page gives it."""

    url: str
    """The address the page was finally read from; a `urn:` of its digest for imported text."""
    text: str
    """Plain text, a blank line between blocks."""
    title: str | None = None
    canonical_url: str | None = None
    """The address that the page declares for itself, where it can be trusted."""
    byline: tuple[str, ...] = ()
    """People who wrote it, one name each."""
    agency: str | None = None
    publisher: str | None = None
    published: Dated | None = None
    modified: Dated | None = None
    dateline: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    description: str | None = None
    html: str | None = None
    """The text's structure as a small sanitised subset of HTML."""
    captions: tuple[str, ...] = ()
    image_url: str | None = None
    references: tuple[str, ...] = ()
    """Cited works: DOI, PMID and arXiv identifiers as URLs, then other cited links."""
    partial: bool = False
    """Only a part could be read (paywall, excerpt)."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Field name ▸ where it was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageReading:
    """What a fetched page was read as. The verdict, not `article`, decides what is stored."""

    url: str
    captured_at: datetime
    verdict: Verdict
    article: Article | None = None
    """Filled whenever anything is readable, whatever the verdict."""
    attribution: Attribution | None = None

    @property
    def original(self) -> str | None:
        """Address of the publisher's page that this page attributes its text to."""
        return self.attribution.url if self.attribution else None
