"""Sources out of OPML, however it is nested and broken."""

from archive.records import Door, DoorKind
from crawler.importing.opml import Outline, read_opml

OPML = b"""<?xml version="1.0"?>
<!DOCTYPE opml [<!ENTITY out SYSTEM "file:///etc/hostname">]>
<opml version="2.0"><body>
<outline text="Sea">
  <outline text="Ferries">
    <outline type="rss" title="Daily Ferry" xmlUrl="https://paper.example/feed"
      htmlUrl="https://paper.example/"/>
    <outline type="rss" text="Feed alone" xmlUrl="https://feed.example/rss"/>
  </outline>
  <outline type="link" text="&out;A page" url="https://lists.example/news"/>
  <outline text="Again" htmlUrl="https://paper.example/"/>
  <outline text="Mail" url="mailto:somebody@paper.example"/>
</outline></body></opml>"""


def test_pages_feeds_and_what_is_none_of_the_web() -> None:
    read = read_opml(OPML)
    feed = Door(kind=DoorKind.FEED, url="https://paper.example/feed")
    alone = Door(kind=DoorKind.FEED, url="https://feed.example/rss")
    assert read.sources == (
        Outline(url="https://paper.example/", name="Daily Ferry", door=feed),
        Outline(url="https://feed.example/rss", name="Feed alone", door=alone),
        Outline(url="https://lists.example/news", name="A page", door=None),
    )
    assert read.refused == ("mailto:somebody@paper.example",)


def test_a_broken_file_is_read_as_far_as_it_goes() -> None:
    assert len(read_opml(OPML[: OPML.index(b'<outline text="Again')]).sources) == 3
    assert read_opml(b"").sources == ()
    assert read_opml(b"no XML").sources == ()
