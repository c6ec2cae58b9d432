"""What a saved search tells: everything that is new, and a story once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from archive.errors import NotFound, UsageError
from archive.query import Asked
from archive.records import FrontierEntry, Headline, PageKind, Source
from archive.watching import Wanted, WatchReport
from tests.archive.making import LIST, NOW, article, day, headline, list_page, reading
from tests.archive.newsroom import Desk

LATER = NOW + timedelta(days=1)
OTHER_LIST = "https://lists.example/other"


def wanted(words: str = "ferry", **given: Any) -> Wanted:
    return Wanted(asked=Asked(words=words)._replace(**given), zone="UTC")


def put(archive: Archive, url: str, text: str, **given: Any) -> int:
    """Store an article; gives its id."""
    page = reading(article(url, text, **given))
    done = archive.store(page, asked_url=url, claim=None, source_id=None, now=NOW)
    assert done is not None
    return done.article_id


def put_list(archive: Archive, source: Source, *lines: Headline) -> None:
    archive.store_list(
        list_page(*lines, url=source.url),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )


def run(archive: Archive) -> WatchReport:
    (report,) = archive.run_watches(now=LATER)
    return report


def told(archive: Archive) -> list[int]:
    report = run(archive)
    assert report.problem is None
    assert report.new == len(report.hits)
    return [hit.id for hit in report.hits]


def test_what_was_there_is_not_new_and_what_comes_is_told_once(archive: Archive) -> None:
    put(archive, "https://a.example/1", "The ferry sails.")
    _, known = archive.add_watch("ferries", wanted(), now=NOW)
    assert known == 1
    assert told(archive) == []
    new = put(archive, "https://a.example/2", "Another ferry sank in the harbour.", title="Sunk")
    put(archive, "https://a.example/3", "A train.", title="Rails")
    assert told(archive) == [new]
    assert told(archive) == []
    (held,) = archive.watches()
    assert (held.told, held.last_run_at) == (1, LATER)


def test_the_past_is_told_where_it_is_asked_for(archive: Archive) -> None:
    first = put(archive, "https://a.example/1", "The ferry sails.")
    archive.add_watch("ferries", wanted(), past=True, now=NOW)
    assert told(archive) == [first]
    assert told(archive) == []


def test_a_copy_of_a_told_story_is_not_told(archive: Archive) -> None:
    archive.add_watch("all", wanted(publisher="Daily Post", words=""), now=NOW)
    text = Desk(7).article().text
    first = put(archive, "https://a.example/1", text)
    put(archive, "https://copy.example/1", text)
    assert told(archive) == [first]
    put(archive, "https://third.example/1", text)
    assert told(archive) == []


def test_stories_that_are_joined_or_parted_later_are_not_told_again(archive: Archive) -> None:
    archive.add_watch("ferries", wanted(), now=NOW)
    one = put(archive, "https://a.example/1", "The ferry sails at nine.")
    other = put(archive, "https://b.example/2", "No ferry on Monday, says the harbour.")
    assert sorted(told(archive)) == [one, other]
    archive.join_stories(one, other, now=LATER)
    assert told(archive) == []
    third = put(archive, "https://c.example/3", "A ferry is painted green, slowly.")
    archive.join_stories(one, third, now=LATER)
    assert told(archive) == []
    archive.part_story(third, now=LATER)
    assert told(archive) == []


def test_a_text_that_changes_so_that_it_matches_is_told(archive: Archive) -> None:
    held = put(archive, "https://a.example/1", "Nothing yet.", title="Harbour")
    archive.add_watch("ferries", wanted(), now=NOW)
    assert told(archive) == []
    assert put(archive, "https://a.example/1", "Now the ferry sails.", title="Harbour") == held
    assert told(archive) == [held]


def test_days_are_counted_from_each_run(archive: Archive) -> None:
    archive.add_watch("ferries", wanted(before="7d"), now=NOW)
    recent = put(archive, "https://a.example/1", "A ferry.", published=day("2026-11-20"))
    put(archive, "https://a.example/2", "A ferry, undated.", title="Undated")
    assert told(archive) == []
    (report,) = archive.run_watches(now=NOW + timedelta(days=30))
    assert [hit.id for hit in report.hits] == [recent]


def test_a_headline_is_told_once_whatever_lists_print_it_and_whatever_it_becomes(
    archive: Archive, source: Source
) -> None:
    archive.add_watch("ferries", wanted(), now=NOW)
    other = archive.add_source(OTHER_LIST, now=NOW)
    put_list(
        archive,
        source,
        headline("Ferry linked", "https://paper.example/f"),
        headline("Ferry bare", position=1),
    )
    assert sorted(hit.title or "" for hit in run(archive).hits) == ["Ferry bare", "Ferry linked"]
    put_list(
        archive,
        other,
        headline("Ferry, as linked here", "https://paper.example/f"),
        headline("Ferry bare", position=1),
    )
    assert told(archive) == []
    put(archive, "https://paper.example/f", "The ferry itself.")
    assert told(archive) == []


def test_a_bare_headline_that_was_told_is_not_told_with_its_link(
    archive: Archive, source: Source
) -> None:
    archive.add_watch("ferries", wanted(), now=NOW)
    title = "Ferry to the northern islands sails on Sundays again"
    put_list(archive, source, headline(title))
    assert len(told(archive)) == 1
    other = archive.add_source(OTHER_LIST, now=NOW)
    put_list(archive, other, headline(title, "https://paper.example/f"))
    archive.resolve(now=NOW)
    assert told(archive) == []


POST, PAGE = "https://blog.example/post", "https://a.example/1"


def lead_on(archive: Archive, source: Source) -> None:
    """Have a post led to a publisher's page, which it is too short to be kept beside."""
    put_list(archive, source, headline("The ferry sails", POST))
    entry = FrontierEntry(url=PAGE, kind=PageKind.ARTICLE, source_id=source.id, found_on=POST)
    archive.frontier.add([entry], now=NOW)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_headline_and_the_article_behind_its_post_are_one(
    archive: Archive, source: Source, at_once: bool
) -> None:
    archive.add_watch("ferries", wanted(), now=NOW)
    lead_on(archive, source)
    first = [] if at_once else told(archive)
    assert len(first) == (not at_once)
    article_id = put(archive, PAGE, "The ferry sails at noon.")
    put(archive, "https://b.example/2", "Another ferry altogether, and a storm.", title="Sunk")
    assert told(archive) == ([article_id + 1, article_id] if at_once else [article_id + 1])
    assert told(archive) == []


def test_a_number_that_is_given_out_again_stands_for_what_is_new(archive: Archive) -> None:
    archive.add_watch("ferries", wanted(), now=NOW)
    gone = put(archive, "https://a.example/1", "A ferry.")
    assert told(archive) == [gone]
    archive.forget(str(gone), now=NOW)
    again = put(archive, "https://a.example/2", "Quite another ferry.", title="Another")
    assert again == gone
    assert told(archive) == [again]


def test_a_watch_that_cannot_be_run_is_told_and_keeps_no_other(
    archive: Archive, folder: Path
) -> None:
    source = archive.add_source(LIST, name="Lists", now=NOW)
    archive.add_watch("broken", wanted(sources=("Lists",)), now=NOW)
    archive.add_watch("ferries", wanted(), now=NOW)
    archive.rename_source(source, "Renamed")
    broken, _ = archive.run_watches(now=LATER)
    assert broken.problem is None
    archive.remove_source(source, now=NOW)
    new = put(archive, "https://a.example/1", "A ferry.")
    broken, whole = archive.run_watches(now=LATER)
    assert broken.problem is not None
    assert "no source" in broken.problem
    assert [hit.id for hit in whole.hits] == [new]
    with archive._connection.writing() as db:
        db.execute("UPDATE watches SET asked = 'of a newer version' WHERE name = 'broken'")
    broken, _ = archive.run_watches(now=LATER)
    assert "cannot be read" in (broken.problem or "")


def test_a_feed_that_cannot_be_written_is_told_and_written_the_next_time(
    archive: Archive, folder: Path
) -> None:
    archive.add_watch("ferries", wanted(), now=NOW)
    feed = folder / "feeds" / "ferries.atom"
    feed.unlink()
    feed.mkdir()
    put(archive, "https://a.example/1", "A ferry.")
    report = run(archive)
    assert report.problem is not None
    assert report.new == 1
    feed.rmdir()
    assert run(archive) == WatchReport(name="ferries", feed="feeds/ferries.atom")
    assert "A ferry." in feed.read_text()


@pytest.mark.parametrize(
    ("name", "asked"),
    [("Ferries", wanted()), ("x", wanted("")), ("x", wanted(after="soon")), ("../x", wanted())],
)
def test_what_cannot_be_watched_is_refused(archive: Archive, name: str, asked: Wanted) -> None:
    archive.add_watch("ferries", wanted(), now=NOW)
    with pytest.raises(UsageError):
        archive.add_watch(name, asked, now=NOW)
    assert [watch.name for watch in archive.watches()] == ["ferries"]


def test_a_watch_is_held_as_it_was_asked(archive: Archive) -> None:
    number = str(archive.add_source(LIST, name="Lists", now=NOW).id)
    asked = Asked(words="a", title="b", sites=("x.example",), sources=("Lists",), after="7d")
    held, _ = archive.add_watch("w", Wanted(asked=asked, zone="UTC", stems=True), now=NOW)
    assert held.wanted == Wanted(asked=asked._replace(sources=(number,)), zone="UTC", stems=True)


def test_removed_with_its_feed(archive: Archive, folder: Path) -> None:
    archive.add_watch("ferries", wanted(), now=NOW)
    put(archive, "https://a.example/1", "A ferry.")
    run(archive)
    archive.remove_watch("FERRIES")
    assert archive.watches() == ()
    assert not (folder / "feeds" / "ferries.atom").exists()
    with pytest.raises(NotFound):
        archive.run_watches(["ferries"], now=LATER)
