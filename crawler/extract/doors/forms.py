"""Which form a list's bytes have, told from their beginning, and the reader of each form.

For what is no HTML: feeds, sitemaps, WordPress' interface. A look at the first bytes costs a page
of HTML nothing worth measuring.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from archive.records import DoorKind, ListPage
from crawler.extract.doors.feeds import read_feed, read_json_feed
from crawler.extract.doors.sitemaps import GZIP, beginning, read_sitemap
from crawler.extract.doors.wordpress import read_posts
from crawler.extract.fields.jsonld import Json

# A document's root stands behind declarations, comments and style sheets, or not this far away.
HEAD = 4_096

# Declarations, comments and a doctype with its entities, then the root's name. Atomic: what was
# passed once is not tried again in another division, of which there are exponentially many.
ROOT = re.compile(
    r"\s*+(?>(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)\s*+)*+"
    r"<(?:\w+:)?(\w+)",
    re.DOTALL | re.IGNORECASE,
)
ROOTS: Mapping[str, DoorKind] = {
    "rss": DoorKind.FEED,
    "rdf": DoorKind.FEED,
    "feed": DoorKind.FEED,
    "urlset": DoorKind.SITEMAP,
    "sitemapindex": DoorKind.SITEMAP,
}
MARKS: Mapping[bytes, str] = {
    b"\xef\xbb\xbf": "utf-8",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What bytes are: their form, and the value where that is JSON."""

    kind: DoorKind
    value: Json = None


def sniff(body: bytes) -> Form | None:
    """Tell the form of a list's bytes; None for HTML, plain text and everything else."""
    if body.startswith(GZIP):
        root = ROOT.match(head_of(beginning(body)))
        kind = ROOTS.get(root[1].lower()) if root else None
        return Form(kind=kind) if kind is DoorKind.SITEMAP else None
    head = head_of(body)
    if head.startswith(("{", "[")):
        return sniff_json(body)
    root = ROOT.match(head)
    kind = ROOTS.get(root[1].lower()) if root else None
    return Form(kind=kind) if kind else None


def head_of(body: bytes) -> str:
    """Decode the beginning of bytes well enough to see what it is."""
    encoding = next((MARKS[mark] for mark in MARKS if body.startswith(mark)), "utf-8")
    return body[:HEAD].decode(encoding, "replace").lstrip("\ufeff \t\r\n")


def sniff_json(body: bytes) -> Form | None:
    """Tell the form of what looks like JSON: a JSON Feed, WordPress' posts, or neither."""
    try:
        value: Json = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        version = value.get("version")
        is_feed = isinstance(version, str) and "jsonfeed.org" in version
        return Form(kind=DoorKind.JSON_FEED, value=value) if is_feed else None
    if isinstance(value, list) and all(is_post(one) for one in value):
        return Form(kind=DoorKind.WORDPRESS, value=value)
    return None


def is_post(value: Json) -> bool:
    """Tell a post of WordPress' interface by its fields."""
    return isinstance(value, dict) and {"link", "title"} <= set(value)


def read_form(
    form: Form,
    body: bytes,
    *,
    url: str,
    captured_at: datetime,
    headers: Mapping[str, str] = {},
    known_publishers: Mapping[str, str] = {},
) -> ListPage:
    """Read a list in its form; `headers` are the answer's, names in lower case."""
    if form.kind is DoorKind.SITEMAP:
        return read_sitemap(
            body, url=url, captured_at=captured_at, known_publishers=known_publishers
        )
    if form.kind is DoorKind.JSON_FEED:
        return read_json_feed(
            form.value, url=url, captured_at=captured_at, known_publishers=known_publishers
        )
    if form.kind is DoorKind.WORDPRESS:
        return read_posts(
            form.value,
            url=url,
            captured_at=captured_at,
            headers=headers,
            known_publishers=known_publishers,
        )
    return read_feed(
        body, url=url, captured_at=captured_at, headers=headers, known_publishers=known_publishers
    )
