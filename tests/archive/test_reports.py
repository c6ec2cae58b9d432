"""The archive at a glance counts what is there."""

from archive import Archive, display, reports
from archive.lock import crawl_lock
from archive.records import Source, UrlState
from tests.archive.making import (
    HOUR,
    LIST,
    NOW,
    STORY,
    article,
    claim_one,
    day,
    headline,
    list_page,
    reading,
)


def test_an_empty_archive(archive: Archive) -> None:
    status = archive.status()
    assert (status.sources, status.headlines, status.articles, status.stories) == (0, 0, 0, 0)
    assert (status.oldest, status.newest, status.last_stored, status.held_by) == (None,) * 4
    assert status.next_due is None
    assert status.failures == ()
    assert status.size > 0
    assert archive.source_summaries() == ()


def test_counts(archive: Archive, source: Source) -> None:
    dates = {"a": "2024-11-08", "b": "2023-01-02", "c": None}
    for hours, (name, date) in enumerate(dates.items()):
        url = f"https://paper.example/{name}"
        text = f"{STORY} {name}" if name != "b" else f"{STORY} a"
        read = article(url, text, published=day(date) if date else None)
        now = NOW + hours * HOUR
        archive.store(reading(read), asked_url=url, claim=None, source_id=None, now=now)
    status = archive.status()
    assert (status.articles, status.stories, status.versions) == (3, 2, 0)
    assert (status.oldest, status.newest) == ("2023-01-02", "2024-11-08")
    assert status.last_stored == NOW + 2 * HOUR
    with crawl_lock(archive.folder, now=NOW):
        assert str(archive.status().held_by).startswith("process")


def test_what_a_source_has_brought(archive: Archive, source: Source) -> None:
    archive.frontier.make_due(archive.entry_of(source), now=NOW)
    archive.add_source("https://other.example/", now=NOW)
    page = list_page(headline("One", "https://paper.example/1"), headline("Two"))
    archive.store_list(
        page,
        source_id=source.id,
        claim=claim_one(archive),
        now=NOW,
        follow=None,
        follow_older=False,
    )
    url = "https://paper.example/1"
    archive.store(reading(article(url)), asked_url=url, claim=None, source_id=None, now=NOW)
    first, second = archive.source_summaries()
    assert (first.source, first.headlines, first.with_link, first.articles) == (source, 2, 1, 1)
    assert (first.newest, first.last_visit, first.last_state) == ("2024-11-08", NOW, UrlState.DONE)
    assert (second.headlines, second.newest, second.last_visit) == (0, None, None)
    assert first.source.url == LIST


def test_another_try_is_visible(archive: Archive, source: Source) -> None:
    archive.frontier.make_due(archive.entry_of(source), now=NOW)
    later = NOW + HOUR
    archive.frontier.failed(
        claim_one(archive), now=NOW, state=UrlState.FAILED, reason="timeout", retry_at=later
    )
    status = archive.status()
    assert status.next_due == later
    assert "nothing, another try from 2026-11-22 11:00 UTC on" in "\n".join(
        display.status(status, folder="x")
    )


def test_a_host_is_known_by_the_name_that_its_articles_agree_on(archive: Archive) -> None:
    for number, (host, publisher) in enumerate(
        [("paper.example", "Daily Post")] * 9
        + [("paper.example", "Daily Post Sports")]
        + [("portal.example", "One"), ("portal.example", "Two"), ("quiet.example", None)]
    ):
        page = article(f"https://{host}/{number}", text=f"Text {number}.", publisher=publisher)
        archive.store(reading(page), asked_url=page.url, claim=None, source_id=None, now=NOW)
    assert archive.known_publishers() == {"paper.example": "Daily Post"}
    assert archive.publisher_sites() == {"https://paper.example/": "Daily Post"}


def test_the_archive_is_counted_without_reading_its_articles(archive: Archive) -> None:
    """By what SQLite says that it reads: a table's rows have their texts in them."""
    with archive._connection.reading() as raw:
        plan = [row["detail"] for row in raw.execute(f"EXPLAIN QUERY PLAN {reports.COUNTS}")]
    read = [line for line in plan if line.split()[1] in {"articles", "headlines", "versions"}]
    assert len(read) >= 8
    assert [line for line in read if "INDEX" not in line] == []
    assert "SEARCH articles USING COVERING INDEX idx_articles_last_seen" in read
