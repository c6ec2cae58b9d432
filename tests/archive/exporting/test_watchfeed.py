"""The feed that a watch writes, as a feed reader sees it."""

from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

from archive import Archive
from archive.query import Asked
from archive.records import Source
from archive.watching import MOST_HITS, Wanted
from tests.archive.making import NOW, article, headline, list_page, reading

ATOM = "{http://www.w3.org/2005/Atom}"
LATER = NOW + timedelta(days=1)


def watched(archive: Archive) -> None:
    archive.add_watch("ferries", Wanted(asked=Asked(words="ferry"), zone="UTC"), now=NOW)


def put(archive: Archive, url: str, text: str) -> None:
    page = reading(article(url, text, title=text))
    archive.store(page, asked_url=url, claim=None, source_id=None, now=NOW)


def put_headline(archive: Archive, source: Source, title: str, url: str | None) -> None:
    archive.store_list(
        list_page(headline(title, url)),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )


def read(folder: Path) -> ET.Element:
    return ET.parse(folder / "feeds" / "ferries.atom").getroot()


def texts(feed: ET.Element, path: str) -> list[str | None]:
    return [each.text for each in feed.findall("/".join(ATOM + step for step in path.split("/")))]


def test_a_feed_is_there_from_the_beginning(archive: Archive, folder: Path) -> None:
    watched(archive)
    feed = read(folder)
    assert texts(feed, "title") == ["ferries"]
    assert texts(feed, "updated") == [NOW.isoformat()]
    assert len(texts(feed, "id")) == len(texts(feed, "author/name")) == 1
    assert feed.findall(f"{ATOM}entry") == []


def test_an_entry_keeps_its_id_and_an_unchanged_feed_its_bytes(
    archive: Archive, folder: Path
) -> None:
    watched(archive)
    put(archive, "https://a.example/1", "A ferry & <more>.")
    archive.run_watches(now=LATER)
    feed = read(folder)
    assert texts(feed, "entry/title") == ["A ferry & <more>."]
    assert texts(feed, "updated") == [LATER.isoformat()]
    ids = texts(feed, "entry/id")
    before = (folder / "feeds" / "ferries.atom").stat()
    archive.run_watches(now=LATER + timedelta(days=1))
    after = (folder / "feeds" / "ferries.atom").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    put(archive, "https://a.example/2", "Another ferry.")
    archive.run_watches(now=LATER + timedelta(days=2))
    feed = read(folder)
    assert texts(feed, "entry/id")[1:] == ids
    for entry in feed.findall(f"{ATOM}entry"):
        assert {f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated"} <= {each.tag for each in entry}


def test_a_headline_keeps_its_entry_when_its_article_comes(
    archive: Archive, folder: Path, source: Source
) -> None:
    watched(archive)
    put_headline(archive, source, "Ferry listed", "https://a.example/1")
    archive.run_watches(now=LATER)
    first = read(folder)
    page = reading(article("https://moved.example/ferry", "A text.", title="The ferry itself."))
    asked = "https://a.example/1"
    archive.store(page, asked_url=asked, claim=None, source_id=None, now=NOW)
    archive.run_watches(now=LATER)
    second = read(folder)
    assert texts(first, "entry/title") == ["Ferry listed"]
    assert texts(second, "entry/title") == ["The ferry itself."]
    assert texts(first, "entry/id") == texts(second, "entry/id")


def test_a_headline_without_a_link_has_an_entry(
    archive: Archive, folder: Path, source: Source
) -> None:
    watched(archive)
    put_headline(archive, source, "Ferry bare", None)
    archive.run_watches(now=LATER)
    feed = read(folder)
    assert texts(feed, "entry/title") == ["Ferry bare"]
    assert texts(feed, "entry/published") == ["2024-11-08T00:00:00+00:00"]
    assert texts(feed, "entry/content") == ["Ferry bare - Daily Post - 2024-11-08"]
    assert feed.findall(f"{ATOM}entry/{ATOM}link") == []


def test_what_is_forgotten_leaves_the_feed_at_once(archive: Archive, folder: Path) -> None:
    watched(archive)
    put(archive, "https://a.example/1", "A ferry.")
    archive.run_watches(now=LATER)
    archive.forget("https://a.example/1", now=LATER)
    assert texts(read(folder), "entry/id") == []


def test_the_newest_hundred(archive: Archive, folder: Path, source: Source) -> None:
    watched(archive)
    lines = [
        headline(f"Ferry {n}", f"https://a.example/{n}", position=n) for n in range(MOST_HITS + 2)
    ]
    archive.store_list(
        list_page(*lines),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )
    (report,) = archive.run_watches(now=LATER)
    assert (report.new, len(report.hits)) == (MOST_HITS + 2, MOST_HITS)
    ids = texts(read(folder), "entry/id")
    assert len(set(ids)) == len(ids) == MOST_HITS
