"""Which headlines are one, and that a second look adds nothing and loses nothing."""

from dataclasses import replace

from archive import Archive
from archive.listchanges import identities
from archive.records import Headline, ListPage, Source
from tests.archive.making import HOUR, LIST, NOW, article, headline, list_page, reading


def store(archive: Archive, page: ListPage, source: Source, hours: int = 0) -> int:
    now = NOW + hours * HOUR
    outcome = archive.store_list(
        page, source_id=source.id, claim=None, now=now, follow=None, follow_older=False
    )
    return outcome.new


def test_a_second_visit_adds_nothing(archive: Archive, source: Source) -> None:
    page = list_page(headline("One", "https://paper.example/1"), headline("Two"))
    assert store(archive, page, source) == 2
    assert store(archive, page, source, hours=1) == 0
    one, two = archive.headlines(source_id=source.id)
    assert (one.first_seen, one.last_seen) == (NOW, NOW + HOUR)
    assert (one.headline, two.headline) == page.headlines


def test_an_earlier_visit_stored_late_does_not_turn_the_clock_back(
    archive: Archive, source: Source
) -> None:
    store(archive, list_page(headline("One")), source, hours=1)
    store(archive, list_page(headline("One")), source)
    assert archive.headlines()[0].last_seen == NOW + HOUR


def test_one_link_is_one_headline_whatever_its_spelling(archive: Archive, source: Source) -> None:
    store(archive, list_page(headline("One", "https://paper.example/1?utm_source=x")), source)
    again = headline("One, corrected", "http://www.paper.example/1/")
    assert store(archive, list_page(again), source) == 0
    assert archive.headlines()[0].headline.title == "One"


def test_without_link_title_day_and_publisher_tell(archive: Archive, source: Source) -> None:
    page = list_page(
        headline("One"),
        headline("One", publisher="Garden News"),
        headline("One", published="2024-11-09"),
        headline("One"),
    )
    assert store(archive, page, source) == 4
    assert store(archive, page, source) == 0
    assert store(archive, list_page(*page.headlines[1:3]), source) == 0


def test_a_link_to_the_list_itself_is_no_link(archive: Archive, source: Source) -> None:
    page = list_page(headline("One", f"{LIST}#one"), headline("Two", f"{LIST}#two"))
    assert store(archive, page, source) == 2


def test_two_sources_each_keep_what_they_said(archive: Archive, source: Source) -> None:
    other = archive.add_source("https://other.example/", now=NOW)
    page = list_page(headline("One", "https://paper.example/1"))
    assert store(archive, page, source) == 1
    assert store(archive, page, other) == 1


def test_what_was_not_known_is_filled_in_and_the_rest_stays(
    archive: Archive, source: Source
) -> None:
    url = "https://paper.example/1"
    store(archive, list_page(headline("One", url, published=None, publisher=None)), source)
    store(archive, list_page(headline("One", url, published="2024-11-08")), source)
    store(archive, list_page(headline("One", url, published="2024-11-30", publisher="X")), source)
    held = archive.headlines()[0].headline
    assert held.published is not None
    assert (held.published.isoformat(), held.publisher) == ("2024-11-08", "Daily Post")


def test_a_headline_is_tied_to_its_article_whichever_comes_first(
    archive: Archive, source: Source
) -> None:
    before, after = (
        headline("One", "https://paper.example/1"),
        headline("Two", "https://p.example/2"),
    )
    store(archive, list_page(before), source)
    for line in (before, after):
        assert line.url
        archive.store(
            reading(article(line.url)), asked_url=line.url, claim=None, source_id=None, now=NOW
        )
    store(archive, list_page(after), source)
    assert [line.article_id for line in archive.headlines()] == [1, 2]


def test_identities_are_given_in_order_and_differ() -> None:
    line: Headline = headline("One")
    page = list_page(line, replace(line, position=1), replace(line, publisher=None))
    given = identities(page)
    assert len(set(given)) == 3
    assert given == identities(page)
