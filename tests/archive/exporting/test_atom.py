"""A feed that is valid, whatever a page says."""

import xml.etree.ElementTree as ET

import feedparser

from archive.connection import Connection
from archive.exporting.atom import write
from archive.exporting.selecting import EVERYTHING, pick
from tests.archive.making import query_of

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(connection: Connection, words: str = "") -> str:
    picked = pick(connection.raw, query_of(words))
    return "".join(write(connection.raw, picked, title=f"Backfile: {words} <&>"))


def test_entries_have_ids_dates_and_text(connection: Connection) -> None:
    root = ET.fromstring(feed(connection))
    assert root.findtext(f"{ATOM}title") == "Backfile:  <&>"
    first, second = root.iter(f"{ATOM}entry")
    assert (first.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
    assert first.findtext(f"{ATOM}published") == "2024-11-07T00:00:00+00:00"
    assert first.findtext(f"{ATOM}updated") == "2026-11-22T10:00:00+00:00"
    assert [one.findtext(f"{ATOM}name") for one in first.iter(f"{ATOM}author")] == [
        "Ann Lee",
        "Bo Day",
    ]
    known = first.find(f"{ATOM}category[@scheme='urn:backfile:published']")
    assert known is not None
    assert (known.get("term"), known.get("label")) == ("2024-11-07", "day")
    content = first.find(f"{ATOM}content")
    assert content is not None
    # What XML cannot hold is replaced.
    assert (content.text or "").endswith("* Islanders \ufffd <b>rejoice</b> & sing.")
    of_second = second.find(f"{ATOM}content")
    assert of_second is not None
    assert of_second.get("type") == "html"
    assert of_second.text == "<p>渡轮<b>再次</b>起航。</p>"


def test_ids_are_the_same_in_every_export(connection: Connection) -> None:
    whole, part = (
        {one.findtext(f"{ATOM}id") for one in ET.fromstring(text).iter(f"{ATOM}entry")}
        for text in (feed(connection), feed(connection, "sails"))
    )
    assert len(part) == 1
    assert part < whole


def test_a_feed_reader_finds_nothing_wrong(connection: Connection) -> None:
    parsed = feedparser.parse(feed(connection).encode())
    assert not parsed.bozo
    assert [entry.link for entry in parsed.entries] == [
        "https://paper.example/ferry",
        "https://zh.example/2024/ferry",
    ]


def test_a_feed_without_entries_is_valid(connection: Connection) -> None:
    root = ET.fromstring(feed(connection, "nothing"))
    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


def test_everything_is_what_is_meant_without_words(connection: Connection) -> None:
    assert "".join(write(connection.raw, EVERYTHING, title="All")).count("<entry") == 2
