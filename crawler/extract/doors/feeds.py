"""RSS, RDF and Atom feeds, and JSON Feed, read as headline lists.

feedparser reads the XML, broken feeds too; it is given bytes in memory, so that it opens nothing.
An entry's date is that of its publication. Where Atom tells only when an entry was `updated`, the
text is kept and no date is read; the same field of RSS and RDF (`dc:date`) is the publication's.

Older pages: what the feed itself declares (RFC 5005), JSON Feed's `next_url`, and the `paged=` of
WordPress, which has it without saying so.
"""

import io
import re
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

import feedparser

from archive.records import LeftOut, ListPage
from crawler.extract.doors.entries import (
    Entry,
    absolute,
    beginning,
    headlines_of,
    languages_of,
    left_of,
    plain,
    read_feed_date,
)
from crawler.extract.fields.jsonld import Json, Node

# feedparser takes a millisecond an entry. Feeds of the world hold ten to a few hundred; what is
# beyond this bound is not read, so that none takes longer than its reader has.
MOST_ENTRIES = 10_000

# feedparser takes time by the square of the nesting. Feeds nest some ten deep; broken ones, full
# of HTML that is never closed, some hundreds.
DEEPEST = 2_000
TAG_EDGE = re.compile(rb"<(/?)[A-Za-z][^<>]*?(/?)>")

END_OF_ENTRY = re.compile(rb"</(?:\w{1,20}:)?(?:item|entry)\s*>")

# How a feed names its next older page (RFC 5005), the surer first.
OLDER = ("next", "prev-archive")

# Where an entry says when it was published. feedparser puts RSS' and RDF's `dc:date` under
# `updated`; Atom's own `updated` is the last change.
PUBLISHED = ("published", "created")


def read_feed(
    body: bytes,
    *,
    url: str,
    captured_at: datetime,
    headers: Mapping[str, str] = {},
    known_publishers: Mapping[str, str] = {},
) -> ListPage:
    """Read an RSS, RDF or Atom feed; what is none gives a page without headlines."""
    told = {name: v for name, v in headers.items() if name == "content-type"}
    short, beyond = shortened(body)
    parsed = feedparser.parse(
        io.BytesIO(short),
        response_headers=told | {"content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    feed: Mapping[str, object] = parsed.feed
    languages = languages_of(feed.get("language"))
    dates = PUBLISHED if str(parsed.get("version")).startswith("atom") else (*PUBLISHED, "updated")
    entries = [
        # As a plain dict: feedparser's own gives one field for another that is missing.
        read_entry(dict(one), dates, captured_at=captured_at, languages=languages)
        for one in parsed.entries
    ]
    headlines = headlines_of(entries, url=url, known_publishers=known_publishers)
    return ListPage(
        url=url,
        captured_at=captured_at,
        headlines=headlines,
        older=older_of(feed, url) if headlines else None,
        language=languages[0] if languages else None,
        title=plain(text(feed.get("title"))) or None,
        left_out=(*left_of(entries), *beyond),
    )


def shortened(body: bytes) -> tuple[bytes, tuple[LeftOut, ...]]:
    """Take out the entries beyond `MOST_ENTRIES`, so that the rest is as well-formed as before.

    What is nested as no feed is, is read up to where that begins. Gives what was taken out, too.
    """
    left: list[LeftOut] = []
    depth = too_deep_at(body)
    if depth < len(body):
        lost = len(END_OF_ENTRY.findall(body, depth))
        reason = f"elements are nested more than {DEEPEST:,} deep"
        left.append(LeftOut(what="entries", count=max(1, lost), reason=reason, at_least=True))
        body = body[:depth]
    ends = [match.end() for match in END_OF_ENTRY.finditer(body)]
    if len(ends) <= MOST_ENTRIES:
        return body, tuple(left)
    reason = f"only the first {MOST_ENTRIES:,} are read"
    left.append(LeftOut(what="entries", count=len(ends) - MOST_ENTRIES, reason=reason))
    return body[: ends[MOST_ENTRIES - 1]] + body[ends[-1] :], tuple(left)


def too_deep_at(body: bytes) -> int:
    """Give where tags are nested deeper than `DEEPEST`; the body's length where they never are."""
    depth = 0
    for tag in TAG_EDGE.finditer(body):
        if tag[1]:
            depth = max(0, depth - 1)
        elif not tag[2]:
            depth += 1
            if depth > DEEPEST:
                return tag.start()
    return len(body)


def read_entry(
    one: Mapping[str, object],
    dates: tuple[str, ...],
    *,
    captured_at: datetime,
    languages: list[str],
) -> Entry:
    """Read one entry; `dates` are the fields that may hold its publication's date."""
    title, summary = text(one.get("title")), text(one.get("summary"))
    date_text = next((text(one.get(name)) for name in (*dates, "updated") if one.get(name)), None)
    of_publication = any(one.get(name) for name in dates)
    source = one.get("source")
    return Entry(
        title=title or beginning(summary),
        url=text(one.get("feedburner_origlink")) or text(one.get("link")) or None,
        published=read_feed_date(date_text, captured_at=captured_at, languages=languages)
        if of_publication
        else None,
        date_text=date_text or None,
        publisher=(plain(text(source.get("title"))) or None)
        if isinstance(source, Mapping)
        else None,
        cut=not title and len(plain(summary)) > len(beginning(summary)),
    )


def text(value: object) -> str:
    """Give a field's text; nothing for a field that is missing or of another kind."""
    return value.strip() if isinstance(value, str) else ""


def older_of(feed: Mapping[str, object], url: str) -> str | None:
    """Give the address of the feed's next older page."""
    links = feed.get("links")
    by_rel = {
        text(link.get("rel")): absolute(url, text(link.get("href")))
        for link in (links if isinstance(links, list) else [])
        if isinstance(link, Mapping)
    }
    declared = next((by_rel[rel] for rel in OLDER if by_rel.get(rel)), None)
    if declared:
        return declared if declared != url else None
    return next_paged(url) if "wordpress" in text(feed.get("generator")).lower() else None


def next_paged(url: str) -> str:
    """Give the address of the page after this one of a WordPress feed: `?paged=2` after none."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    here = asked.get("paged", "1")
    number = int(here) if here.isdecimal() and len(here) < 7 else 1
    return parts._replace(query=urlencode(asked | {"paged": str(number + 1)}), fragment="").geturl()


def read_json_feed(
    value: Json,
    *,
    url: str,
    captured_at: datetime,
    known_publishers: Mapping[str, str] = {},
) -> ListPage:
    """Read a JSON Feed, decoded; what is none gives a page without headlines."""
    feed = value if isinstance(value, dict) else {}
    languages = languages_of(feed.get("language"))
    items = items_of(feed)
    entries = [
        read_json_entry(item, captured_at=captured_at, languages=languages)
        for item in items[:MOST_ENTRIES]
    ]
    headlines = headlines_of(entries, url=url, known_publishers=known_publishers)
    older = absolute(url, text(feed.get("next_url")))
    return ListPage(
        url=url,
        captured_at=captured_at,
        headlines=headlines,
        older=older if headlines and older != url else None,
        language=languages[0] if languages else None,
        title=plain(text(feed.get("title"))) or None,
        left_out=left_of(entries, beyond=len(items) - MOST_ENTRIES, bound=MOST_ENTRIES),
    )


def items_of(feed: Node) -> list[Node]:
    """Give the entries of a JSON Feed."""
    items = feed.get("items")
    return [item for item in (items if isinstance(items, list) else []) if isinstance(item, dict)]


def read_json_entry(item: Node, *, captured_at: datetime, languages: list[str]) -> Entry:
    """Read one entry of a JSON Feed. `external_url` is what a link blog writes about."""
    title = text(item.get("title"))
    body = text(item.get("summary")) or text(item.get("content_text"))
    body = body or text(item.get("content_html"))
    date_text = text(item.get("date_published"))
    return Entry(
        title=title or beginning(body),
        url=text(item.get("url")) or text(item.get("external_url")) or None,
        published=read_feed_date(date_text, captured_at=captured_at, languages=languages),
        date_text=date_text or text(item.get("date_modified")) or None,
        cut=not title and len(plain(body)) > len(beginning(body)),
    )
