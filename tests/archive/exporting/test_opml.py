"""The sources for feed readers."""

import xml.etree.ElementTree as ET

from archive import Archive
from archive.connection import open_to_read
from archive.exporting.opml import write
from archive.exporting.selecting import EVERYTHING
from archive.records import Door, DoorKind
from tests.archive.making import NOW


def test_pages_feeds_and_no_files(archive: Archive) -> None:
    archive.add_source("https://lists.example/news", name='"News" & <more>', now=NOW)
    archive.add_source("urn:sha256:1", name="A file", paused=True, now=NOW)
    gone = archive.add_source("https://gone.example/", now=NOW)
    archive.remove_source(gone, now=NOW)
    feed = Door(kind=DoorKind.FEED, url="https://paper.example/feed")
    archive.add_source("https://paper.example/", door=feed, now=NOW)
    connection = open_to_read(archive.folder)
    root = ET.fromstring("".join(write(connection.raw, EVERYTHING)))
    connection.close()
    page, door = root.iter("outline")
    assert page.attrib == {
        "text": '"News" & <more>',
        "title": '"News" & <more>',
        "type": "link",
        "url": "https://lists.example/news",
        "htmlUrl": "https://lists.example/news",
    }
    assert (door.get("xmlUrl"), door.get("htmlUrl")) == (
        "https://paper.example/feed",
        "https://paper.example/",
    )
