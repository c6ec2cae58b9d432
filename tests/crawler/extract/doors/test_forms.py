"""The form of a list is told from its first bytes, whatever its server calls it."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import DoorKind
from crawler.extract import extract_headlines
from crawler.extract.doors.forms import sniff

NOW = datetime(2024, 11, 9, 12, tzinfo=UTC)
POSTS = json.dumps([{"link": "https://a.example/x", "title": {"rendered": "Sheep climb"}}]).encode()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<rss version='2.0'>", DoorKind.FEED),
        (b"\xef\xbb\xbf\n<?xml version='1.0'?>\n<!-- made -->\n<rss>", DoorKind.FEED),
        (b"<?xml version='1.0'?><?xml-stylesheet href='a>b'?><feed xmlns='x'>", DoorKind.FEED),
        (b"<rdf:RDF xmlns:rdf='x'>", DoorKind.FEED),
        ('<?xml version="1.0"?><rss>'.encode("utf-16"), DoorKind.FEED),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", DoorKind.FEED),
        (b"<urlset xmlns='x'>", DoorKind.SITEMAP),
        (b"<sm:sitemapindex xmlns:sm='x'>", DoorKind.SITEMAP),
        (gzip.compress(b"<urlset>", mtime=0), DoorKind.SITEMAP),
        (gzip.compress(b"<!doctype html><html>", mtime=0), None),
        (b"\x1f\x8b damaged", None),
        (b'{"version": "https://jsonfeed.org/version/1", "items": []}', DoorKind.JSON_FEED),
        (POSTS, DoorKind.WORDPRESS),
        (b"[]", DoorKind.WORDPRESS),
        (b"<!DOCTYPE html><html><body><rss>", None),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", None),
        (b"<svg xmlns='x'/>", None),
        (b'{"items": []}', None),
        (b"{broken", None),
        (b"[" * 100_000, None),
        (b'[{"name": "x"}]', None),
        (b"- Sheep climb - Meadow Post - November 7th, 2024", None),
        (b"", None),
        (b"<?a?>" * 800 + b"x", None),
        (b"<!--a-->" * 500, None),
    ],
)
def test_the_form_of_bytes(body: bytes, kind: DoorKind | None) -> None:
    form = sniff(body)
    assert (form.kind if form else None) == kind


@given(st.binary(max_size=200))
def test_any_bytes_have_a_form_or_none(body: bytes) -> None:
    for head in (b"", b"<", b"{", b"[", b"\x1f\x8b", b"\xff\xfe"):
        sniff(head + body)


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel><item><title>Sheep climb</title><link>https://a.example/x</link></item></channel></rss>",
        POSTS,
        b'{"version":"https://jsonfeed.org/version/1","items":[{"title":"Sheep climb","url":"https://a.example/x"}]}',
    ],
)
def test_headlines_are_extracted_from_any_form(body: bytes) -> None:
    (one,) = extract_headlines(body, url="https://a.example/list", captured_at=NOW).headlines
    assert (one.title, one.url) == ("Sheep climb", "https://a.example/x")
