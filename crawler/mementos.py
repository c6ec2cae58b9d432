"""What is asked of a web archive (Memento, RFC 7089), and what its answers mean.

    timegate_for ─▶ from_timegate ─▶ next_step ─▶ a memento's page ─▶ as_original
                                        └──▶ from_timemap ──┘

Its pages are given as their own servers sent them, without what the web archive put in.

Pure: asks nobody and stores nothing. Nothing here hangs on one web archive but the form of its
addresses, which those that replay web pages share: fourteen digits before the original address.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from archive.held import Known, Lookup, Memento
from archive.records import Claim
from archive.urls import without_credentials
from crawler.items import Fetched

# Captures of one page that are looked at: around the headline's date the first is nearly always
# good, and a page that was dead three times in a row was dead by then.
MOST_TRIED = 3
# Mementos that are remembered of a page, the nearest ones: what may be tried, and some to spare.
MOST_KNOWN = 8
# Links read of one answer: the longest list of a news page's captures is a tenth of that.
MOST_LINKS = 100_000
# A web archive that was asked for a date and names its very last capture, so much later than that,
# seems to name that whatever it is asked for.
TOO_LATE = timedelta(days=30)

# An address at which a web archive replays a page: `…/20241108120000/http://…`, with letters behind
# the digits for a form of it (`id_`: as it was, without a banner and with its links as they were).
REPLAY = re.compile(
    r"(?P<prefix>https?://[^/?#]+/(?:[^?#]*?/)?)(?P<stamp>\d{14})(?P<form>[a-z]{2}_)?/"
    r"(?P<original>(?:https?:/{1,2}|www\.).+)",
    re.IGNORECASE | re.DOTALL,
)
RAW = "id_"

# A link and its parameters (RFC 8288, section 3), with what careless servers write.
TARGET = re.compile(r"[\s,]*<([^>]*)>")
PARAMETER = re.compile(r'\s*;\s*([^\s=;,"<>]*)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?')

# What web archives put into the pages that they replay, between marks of their own: Wayback Machine
# and OpenWayback, then pywb.
INSERTS = (
    re.compile(
        rb"<!--\s*BEGIN WAYBACK TOOLBAR INSERT\s*-->.*?<!--\s*END WAYBACK TOOLBAR INSERT\s*-->",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        rb"(?<=<head>)(?:(?!</head|<title).)*?<!--\s*End Wayback Rewrite JS Include\s*-->",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(rb"<!--\s*WB Insert\s*-->.*?<!--\s*End WB Insert\s*-->", re.IGNORECASE | re.DOTALL),
    re.compile(rb"<!--(?:(?!-->).)*?\bFILE ARCHIVED ON\b.*?-->", re.IGNORECASE | re.DOTALL),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link of a `Link` header, or of a TimeMap."""

    url: str
    """Absolute."""
    rels: frozenset[str]
    at: datetime | None
    """Its `datetime`, UTC; None where it has none that can be read."""


class Ask(StrEnum):
    """What to ask of a web archive next."""

    TIMEGATE = "timegate"
    """Which capture is nearest to a date."""
    TIMEMAP = "timemap"
    """Which captures there are."""
    MEMENTO = "memento"
    """A capture itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A request to a web archive."""

    ask: Ask
    url: str
    memento: Memento | None = None
    """The capture that is asked for, as the web archive names it."""


def timegate_for(timegate: str, url: str) -> str:
    """Give the address at which a TimeGate is asked for a page: its base, with the page's after it.

    What would end there as a fragment is part of the page's address.
    """
    return timegate + without_credentials(url).replace("#", "%23")


def accept_datetime(at: datetime) -> str:
    """Give the value of `Accept-Datetime` (RFC 7089, 2.1.1) for an aware instant."""
    return format_datetime(at.astimezone(UTC), usegmt=True)


def http_date(value: str | None) -> datetime | None:
    """Read an HTTP date, such as that of `Memento-Datetime`; None for what is none."""
    try:
        found = parsedate_to_datetime(value or "")
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def links(text: str, *, base: str) -> tuple[Link, ...]:
    """Read a `Link` header's value, or a TimeMap's text (RFC 6690 is of the same form).

    Whatever is not in the form is passed over; never raises.
    """
    found: list[Link] = []
    at = 0
    while at < len(text) and len(found) < MOST_LINKS:
        target = TARGET.match(text, at)
        if target is None:
            at = text.find("<", at + 1)
            if at < 0:
                break
            continue
        at = target.end()
        given: dict[str, str] = {}
        while (parameter := PARAMETER.match(text, at)) is not None:
            name, quoted, bare = parameter.groups()
            # The first of several counts (RFC 8288, 3.3).
            given.setdefault(name.casefold(), _unquoted(quoted) if quoted else bare or "")
            at = parameter.end()
        if (url := _joined(base, target[1])) is not None:
            rels = frozenset(given.get("rel", "").casefold().split())
            found.append(Link(url=url, rels=rels, at=http_date(given.get("datetime"))))
    return tuple(found)


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _joined(base: str, url: str) -> str | None:
    """Give an absolute web address; None for what is none."""
    try:
        joined = urljoin(base, url.strip())
        return joined if urlsplit(joined).scheme in {"http", "https"} else None
    except ValueError:
        return None


def stamp_of(url: str) -> datetime | None:
    """Read the time from the address at which a page is replayed; None from any other."""
    found = REPLAY.match(url)
    try:
        return (
            datetime.strptime(found["stamp"], "%Y%m%d%H%M%S").replace(tzinfo=UTC) if found else None
        )
    except ValueError:
        return None


def original_of(url: str) -> str | None:
    """Give the page that is replayed at an address; None for any other address."""
    found = REPLAY.match(url)
    if found is None:
        return None
    original = re.sub(r"^(https?:)/+", r"\1//", found["original"], flags=re.IGNORECASE)
    return original if "://" in original else f"http://{original}"


def raw_of(url: str) -> str:
    """Give where a page is replayed as it was captured; an address without a stamp stays."""
    found = REPLAY.match(url)
    return f"{found['prefix']}{found['stamp']}{RAW}/{found['original']}" if found else url


def from_timegate(
    headers: Mapping[str, str], *, asked: str, status: int, wanted: datetime
) -> Known | None:
    """Read what a TimeGate says; None where it names no memento.

    It redirects to one (RFC 7089, patterns 1.1 and 2.1), or is one itself (1.2, 2.2); its links
    name others. Header names are in lower case.
    """
    named = links(headers.get("link", ""), base=asked)
    first = _chosen(headers, named, asked=asked, status=status)
    mementos = _nearest([*first, *_mementos(named)], wanted)
    if not mementos:
        return None
    timemaps = [link.url for link in named if "timemap" in link.rels]
    lasts = [link.at for link in named if {"memento", "last"} <= link.rels]
    ignores_date = bool(first) and first[0].at in lasts and first[0].at - wanted > TOO_LATE
    return Known(
        mementos=mementos,
        timemap=timemaps[0] if timemaps else None,
        map_first=ignores_date,
    )


def _chosen(
    headers: Mapping[str, str], named: Sequence[Link], *, asked: str, status: int
) -> list[Memento]:
    """Give the memento that a TimeGate redirects to, or is."""
    given = headers.get("location") if 300 <= status < 400 else headers.get("content-location", "")
    url = _joined(asked, given) if given is not None else None
    if url is None:
        return []
    by_link = next((link.at for link in named if link.url == url and link.at), None)
    own = http_date(headers.get("memento-datetime")) if status < 300 else None
    at = own or by_link or stamp_of(url)
    return [Memento(url=url, at=at)] if at is not None else []


def from_timemap(text: str, *, asked: str, known: Known, wanted: datetime) -> Known:
    """Add what a TimeMap lists (RFC 7089, section 5) to what is known; once is enough."""
    listed = _mementos(links(text, base=asked))
    mementos = _nearest([*known.mementos, *listed], wanted)
    return replace(known, mementos=mementos, timemap=None, map_first=False)


def _mementos(named: Iterable[Link]) -> list[Memento]:
    return [
        Memento(url=link.url, at=link.at) for link in named if "memento" in link.rels and link.at
    ]


def _nearest(mementos: Iterable[Memento], wanted: datetime) -> tuple[Memento, ...]:
    """Give the nearest to a date, of each instant one; of two as near the later one.

    What was archived before its day was seldom there yet.
    """
    at = {each.at: each for each in reversed(list(mementos))}
    ordered = sorted(at.values(), key=lambda each: (abs(each.at - wanted), each.at < wanted))
    return tuple(ordered[:MOST_KNOWN])


def next_step(lookup: Lookup, *, timegate: str) -> Step | None:
    """Say what to ask of the web archive next; None once there is nothing more to ask."""
    known = lookup.known
    if known is None:
        return Step(ask=Ask.TIMEGATE, url=timegate_for(timegate, lookup.url))
    if len(known.tried) >= MOST_TRIED:
        return None
    left = [each for each in known.mementos if each.url not in known.tried]
    if known.timemap and (known.map_first or not left):
        return Step(ask=Ask.TIMEMAP, url=known.timemap)
    return Step(ask=Ask.MEMENTO, url=raw_of(left[0].url), memento=left[0]) if left else None


def is_replayed(headers: Mapping[str, str]) -> bool:
    """Tell a page that a web archive replays, whatever its status, from a message of its own."""
    return http_date(headers.get("memento-datetime")) is not None


def as_original(
    *, claim: Claim, url: str, headers: Mapping[str, str], body: bytes, memento: Memento
) -> Fetched:
    """Give a replayed page as its own server sent it then: its address, its links, no banner.

    `url` is where the web archive answered, `memento` what was asked for.
    """
    at = http_date(headers.get("memento-datetime")) or stamp_of(url) or memento.at
    kept = {name: headers[name] for name in ("content-type",) if name in headers}
    return Fetched(
        claim=claim,
        url=original_of(url) or claim.url,
        status=200,
        headers=kept,
        body=without_inserts(body, url=url),
        captured_at=at,
        memento_url=url,
    )


def without_inserts(body: bytes, *, url: str) -> bytes:
    """Take out what a web archive has put into a page: banner, scripts, and its address in links.

    `url` is where it is replayed.
    """
    for insert in INSERTS:
        body = insert.sub(b"", body)
    found = REPLAY.match(url)
    if found is None:
        return body
    place = urlsplit(found["prefix"])
    rewritten = re.compile(
        rb"(?:(?:https?:)?//%b)?%b\d{14}(?:[a-z]{2}_)?/(?=(?:https?:)?//|https?%%3A|mailto:)"
        % (re.escape(place.netloc.encode()), re.escape(place.path.encode())),
        re.IGNORECASE,
    )
    return rewritten.sub(b"", body)
