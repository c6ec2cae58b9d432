"""WARC files into the archive: articles, lists and captures, once."""

import io
from pathlib import Path

import pytest

from archive import Archive
from archive.errors import ArchiveLocked
from archive.lock import crawl_lock
from archive.records import UrlState
from crawler.importing.warcs import Brought, import_warc
from crawler.rereading import reread_all
from tests.crawler.importing.warcmade import list_of, page, record
from tests.crawler.made import NOON

NOW = NOON.replace(year=2025)
SITE = "https://paper.example"

OTHER = (
    "A harbour of the south coast keeps its crane, because nobody could say who owns it. "
    "Three offices had claimed the contrary of one another in as many years of letters. "
) * 6


def imported(archive: Archive, *parts: bytes, capture: bool = True) -> Brought:
    return import_warc(archive, io.BytesIO(b"".join(parts)), now=NOW, capture=capture)


def whole() -> list[bytes]:
    return [
        record(f"{SITE}/news", list_of("/1", "/2", "/3", "/4")),
        record(f"{SITE}/1", kind="request"),
        record(f"{SITE}/1", page("The ferry sails")),
        record(f"{SITE}/short", status="301 Moved", headers=(("Location", "/2"),)),
        record(f"{SITE}/2", page("A second story", OTHER)),
        record(f"{SITE}/logo.png", b"PNG", media_type="image/png"),
        record(f"{SITE}/gone", b"<p>Gone</p>", status="404 Not Found"),
        record(f"{SITE}/1", kind="revisit"),
        record("dns:paper.example", b"1", kind="resource", media_type="text/dns"),
    ]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.open(tmp_path / "archive", create=True)


def test_pages_become_articles_lists_and_captures(archive: Archive) -> None:
    with archive:
        brought = imported(archive, *whole())
        assert brought.counts == {
            "pages": 3,
            "articles": 2,
            "lists": 1,
            "headlines": 4,
            "queued": 4,
            "other files": 1,
            "redirects and errors": 2,
            "revisits": 1,
            "no article": 0,
        }
        held = archive.article(f"{SITE}/1")
        assert held.article.title == "The ferry sails"
        assert held.captured_at.isoformat() == "2024-11-09T06:30:00+00:00"
        assert held.first_seen == NOW
        assert [one.headline.list_url for one in held.headlines] == [f"{SITE}/news"]
        # What was asked first leads to it, too.
        assert archive.article(f"{SITE}/short").article.title == "A second story"
        counts = archive.frontier.counts()
        assert (counts[UrlState.DONE], counts[UrlState.DUE]) == (2, 3)
        (source,) = archive.sources()
        assert (source.url, source.paused) == (f"{SITE}/news", True)


def test_the_captures_are_whole_and_read_again(archive: Archive) -> None:
    with archive:
        imported(archive, *whole())
        (capture,) = archive.captures.of(f"{SITE}/1")
        assert archive.captures.read(capture).body == page("The ferry sails")
        assert b"Accept: text/html" in _inflated(archive.captures.packed(capture)[0])
        done = reread_all(archive, since=None)
        assert [one.decision.kind.value for one in done if one.decision] == ["unchanged"] * 2


def _inflated(member: bytes) -> bytes:
    import gzip

    return gzip.decompress(member)


def test_a_second_time_reads_nothing_and_changes_nothing(archive: Archive) -> None:
    with archive:
        imported(archive, *whole())
        before = archive.status()
        brought = imported(archive, *whole())
        assert brought.counts["known"] == 3
        assert brought.counts["pages"] == 0
        assert archive.status() == before


def test_what_was_interrupted_goes_on(archive: Archive) -> None:
    with archive:
        imported(archive, *whole()[:3])
        brought = imported(archive, *whole())
        assert (brought.counts["known"], brought.counts["articles"]) == (2, 1)


def test_a_damaged_record_is_told_with_its_number(archive: Archive) -> None:
    parts = whole()
    parts[2] = parts[2][:-40]
    with archive:
        brought = imported(archive, *parts)
        assert brought.counts["damaged"] == 1
        assert brought.faults == ["record 3: the file ends in the midst of it"] or (
            "record 3" in brought.faults[0]
        )
        assert brought.counts["articles"] == 1


def test_without_captures_none_are_kept(archive: Archive) -> None:
    with archive:
        brought = imported(archive, *whole(), capture=False)
        assert brought.counts["articles"] == 2
        assert archive.status().captures == 0


def test_a_page_that_was_forgotten_stays_out(archive: Archive) -> None:
    with archive:
        imported(archive, *whole())
        archive.forget(f"{SITE}/1", now=NOW)
        brought = imported(archive, *whole())
        assert (brought.counts["kept out"], brought.counts["articles"]) == (1, 0)
        assert archive.status().articles == 1
        assert archive.captures.of(f"{SITE}/1") == ()


def test_while_somebody_crawls_it_waits_for_another_time(archive: Archive) -> None:
    with archive, crawl_lock(archive.folder, now=NOW), pytest.raises(ArchiveLocked):
        imported(archive, *whole())


def test_the_pages_of_one_list_are_one_source(archive: Archive) -> None:
    older = list_of("/5", "/6", "/7").replace(b"November", b"October")
    first = list_of("/1", "/2", "/3", "/4").replace(
        b"</body>", b'<a rel="next" href="/news/page/2">Older posts</a></body>'
    )
    with archive:
        imported(archive, record(f"{SITE}/news", first), record(f"{SITE}/news/page/2", older))
        (source,) = archive.sources()
        assert len(archive.headlines(source_id=source.id)) == 7


def test_a_feed_is_a_list(archive: Archive) -> None:
    items = "".join(
        f"<item><title>Ferry {n} sails</title><link>{SITE}/{n}</link>"
        f"<pubDate>Fri, 0{n} Nov 2024 10:00:00 GMT</pubDate></item>"
        for n in range(1, 5)
    )
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()
    with archive:
        brought = imported(archive, record(f"{SITE}/feed", feed, media_type="application/rss+xml"))
        assert (brought.counts["lists"], brought.counts["headlines"]) == (1, 4)


def test_an_address_of_other_letters_is_escaped(archive: Archive) -> None:
    with archive:
        imported(archive, record("https://zeitung.example/fähre", page("Die Fähre fährt")))
        (capture,) = archive.captures.of("https://zeitung.example/f%C3%A4hre")
        assert capture.url == "https://zeitung.example/f%C3%A4hre"
        assert archive.article(capture.url).article.title == "Die Fähre fährt"
