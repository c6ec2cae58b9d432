"""Every record that travels between the parts; a stage is a type.

Frozen and keyword-only. What is missing is `None` or `()`, never an empty string. Our own
instants (`captured_at`, `first_seen`) are aware UTC; a page's date keeps the offset it was
printed with, and a date printed without a time stays a `date`.

The names tell the stage: `Door`, `Headline`, `ListPage`, `Article` and `PageReading` came from a
page; `FrontierEntry` is to be fetched and a `Claim` is being fetched; an `Exchange` came over the
network and a `Capture` says where it is kept; `Decision` and `ListOutcome` say what storing did.
What was found is in `archive.found`, what the archive gives back otherwise in `archive.held`.

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
    DOCUMENT = "document"
    """What a file says of its own making; a lesser witness than what it shows."""


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


class DoorKind(StrEnum):
    """In which form a dated headline list is offered."""

    LIST = "list"
    """A page that people read, or a list of text lines."""
    FEED = "feed"
    """RSS, RDF or Atom."""
    JSON_FEED = "json-feed"
    SITEMAP = "sitemap"
    WORDPRESS = "wordpress"
    """The posts of WordPress' REST interface."""
    ITEM_LIST = "json-ld"
    """A list that a page declares for machines, in JSON-LD."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """An address at which a list may be read, and in which form."""

    kind: DoorKind
    url: str
    title: str | None = None
    """What the page that names it calls it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPart:
    """One of the pages that an index says a list is made of."""

    url: str
    changed: datetime | None = None
    """The latest instant (aware) at which the index may mean that it changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Something on a list page that was not read as part of its list, and why."""

    what: str
    """What it is, in the plural: `lines`, `entries`, `links`."""
    count: int
    reason: str
    """In words a person understands, the bound included where it was one."""
    at_least: bool = False
    """There may be more than `count`."""
    lines: tuple[str, ...] = ()
    """The raw lines, or the first of them."""


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
    parts: tuple[ListPart, ...] = ()
    """The pages that an index of sitemaps names, the newest first; it has no headlines itself."""
    total: int | None = None
    """Headlines of all the list's pages together, where the list says so."""
    last: str | None = None
    """Address of the list's last and oldest page, where the list says so."""
    left_out: tuple[LeftOut, ...] = ()
    """What was not read: beyond a bound, or in no form that is known."""


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
    damaged: bool = False
    """The text has garbled letters, as the page has them; they are kept as they are."""
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
    memento_url: str | None = None
    """Where a web archive has the page: it was read from there, and `captured_at` is when it was
    archived."""

    @property
    def original(self) -> str | None:
        """Address of the publisher's page that this page attributes its text to."""
        return self.attribution.url if self.attribution else None


class PageKind(StrEnum):
    """Why a page is fetched; also the order in which pages are: lists first."""

    LIST = "list"
    POST = "post"
    """An aggregator's post, which may attribute its text to a publisher's page."""
    ARTICLE = "article"


class UrlState(StrEnum):
    """Where a URL of the frontier stands."""

    DUE = "due"
    CLAIMED = "claimed"
    DONE = "done"
    FAILED = "failed"
    """Could not be had or read; tried again where the row has a `due_at`."""
    GONE = "gone"
    REFUSED = "refused"
    """robots.txt or our own guard forbids it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and what the server answered, as they went over the network."""

    url: str
    asked_url: str
    """The address that was asked first; `url` where no redirect led here."""
    captured_at: datetime
    """When the answer was complete, UTC."""
    request_headers: tuple[tuple[str, str], ...]
    """Without cookies and credentials."""
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """As it was transferred: a content coding (gzip) is still on it."""
    cut_short: bool = False
    """The connection was dropped before the whole body was here."""


class CaptureKind(StrEnum):
    """How a capture keeps its body."""

    RESPONSE = "response"
    REVISIT = "revisit"
    """The body is that of an earlier capture of the same page, byte for byte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """An exchange that is kept, and where it lies."""

    url: str
    asked_url: str
    captured_at: datetime
    status: int
    media_type: str | None
    digest: str
    """SHA-1 of the body as it was transferred, in base 32, as WARC files name it."""
    kind: CaptureKind
    location: str | None
    """Where a redirect led."""
    file: str
    """Name of the WARC file in the archive's `captures` folder."""
    offset: int
    """Where the answer's record begins in it, in bytes."""
    length: int
    """Bytes of that record, compressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierEntry:
    """A page that is to be fetched."""

    url: str
    kind: PageKind
    source_id: int | None = None
    found_on: str | None = None
    """Address of the page that led to it."""
    priority: int | None = None
    """Lower is sooner; None takes the kind's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What an unchanged page is told by: by its server (RFC 9110, 8.8), and by its bytes."""

    etag: str | None
    last_modified: str | None
    reader: str
    """Version of the program that read the copy; another one is to read the page itself."""
    digest: str | None = None
    """Of the page's bytes, for servers that say neither."""
    read_at: datetime | None = None
    """When the page was last read whole; given by the archive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A page that one process has undertaken to fetch before its lease ends."""

    id: int
    """The frontier's row."""
    url: str
    kind: PageKind
    source_id: int | None
    attempts: int
    """How often it was claimed since it last went well, this time included."""
    serial: int
    """Tells this claim from earlier ones of the same URL, whose lease has ended."""
    found_on: str | None = None
    validators: Validators | None = None
    """Of what it was read as when it last went well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A seed: a list page that is visited again and again, or a file that was imported."""

    id: int
    url: str
    name: str | None
    added_at: datetime
    paused: bool = False
    door: Door | None = None
    """Where its list is read, if not at `url` as a page."""


class DecisionKind(StrEnum):
    """What storing a page did."""

    NEW = "new"
    CHANGED = "changed"
    """Held before with another text or title; the older one is kept as a version."""
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    """New address, known text or a near copy: stored as one more member of the same story."""
    REREAD = "reread"
    """The capture that is held was read otherwise than before; what was read before is replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What storing a page did, and why."""

    kind: DecisionKind
    article_id: int
    reason: str
    duplicate_of: int | None = None
    """Id of the article with the same text, or that it is nearest to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What forgetting a page took out."""

    keys: tuple[str, ...]
    """The identities under which the page is kept out from now on."""
    articles: int
    headlines: int
    captures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOutcome:
    """What storing a list page did."""

    found: int
    """Headlines on the page."""
    new: int
    """Headlines not held before."""
    queued: int
    """Articles' addresses that are new to the frontier."""
    older: str | None = None
    """The older page that was put into the frontier; None where there is none or no need."""


class ChangeKind(StrEnum):
    """What a visit found changed in a list."""

    ADDED = "added"
    RETITLED = "retitled"
    REDATED = "redated"
    RELINKED = "relinked"
    WITHDRAWN = "withdrawn"
    """Gone from between two headlines that are still listed; scrolling off the end is no change."""
    RETURNED = "returned"
    """Listed again after it was withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldEntry:
    """A headline as an earlier reading of a list page had it."""

    id: int
    identity: str
    headline: Headline
    reading: str
    """Tells one reading of a list from every other; pages that one visit read in a row share it."""
    place: tuple[int, int] | None
    """Where it stood in that reading: which page, and where on it; None where that is not known."""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between what was held of a list and what its page says now."""

    kind: ChangeKind
    entry: int | None
    """Index of the headline on the page; None for one that is withdrawn."""
    held: HeldEntry | None
    """As it was; None for one that is added."""
