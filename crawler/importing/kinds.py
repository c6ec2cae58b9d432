"""What a file is, told by its first bytes and never by its name. Pure."""

import json
import re
from enum import StrEnum

from crawler.extract.doors.forms import ROOT, head_of

# Bytes that are looked at; a list of addresses or a root element shows within them.
HEAD = 64 * 1024
GZIP = b"\x1f\x8b"
ZSTANDARD = b"\x28\xb5\x2f\xfd"
WARC = b"WARC/"
# An address begins the line, or stands behind a date; or the line is a table's head.
ADDRESS_LINE = re.compile(
    r"""["']?(?:\d{4}-\d\d(?:-\d\d)?\S*[\s,;]+["']?)?https?://[^\s"'<>]+["']?(?:[\s,;].*)?$""",
    re.IGNORECASE,
)
TABLE_HEAD = re.compile(r"[\"']?(?:url|link|address|date)\b[^<>]*$", re.IGNORECASE)
# Keys that tell lines of records from other JSON.
RECORD_KEYS = frozenset({"record", "maintext", "source_domain", "date_publish", "title_rss"})
KEY = re.compile(r'"(\w+)"\s*:')


class Kind(StrEnum):
    """What a file is, as `--as` names it."""

    PAGE = "page"
    """A saved page, a PDF or a text list."""
    FEED = "feed"
    """RSS, Atom, a JSON feed, a sitemap: read as a page is, which tells them apart itself."""
    URLS = "urls"
    OPML = "opml"
    JSONL = "jsonl"
    """Records of an archive, or articles of news-please."""
    WARC = "warc"


def kind_of(head: bytes) -> Kind:
    """Tell what a file is by its beginning, unpacked."""
    if head.startswith(WARC):
        return Kind.WARC
    text = head_of(head)
    root = ROOT.match(text)
    if root and root[1].lower() == "opml":
        return Kind.OPML
    if text.startswith(("{", "[")) and RECORD_KEYS & set(
        KEY.findall(head.decode("utf-8", "replace"))
    ):
        return Kind.JSONL
    return Kind.URLS if is_url_list(head) else Kind.PAGE


def is_url_list(head: bytes) -> bool:
    """Tell a list of addresses: every line begins with one, or with a date before one."""
    text = head.decode("utf-8-sig", "replace")
    lines = [line.strip() for line in text.splitlines()[: -1 if len(head) >= HEAD else None]]
    told = [line for line in lines if line and not line.startswith("#")]
    if told and TABLE_HEAD.match(told[0]):
        told = told[1:]
    return bool(told) and all(ADDRESS_LINE.match(line) for line in told)


def is_json(head: bytes) -> bool:
    """Tell whether a first line is JSON of its own, and not the beginning of a longer value."""
    try:
        json.loads(head.partition(b"\n")[0])
    except ValueError:
        return False
    return True
