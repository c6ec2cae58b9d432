"""What is found, in which order, with which dates and snippets."""

from dataclasses import replace
from typing import Any

import pytest

from archive import Archive
from archive.errors import UsageError
from archive.found import HitKind, SearchHit, Sort, Span
from archive.records import DateSource, Precision, Source
from tests.archive.making import LIST, NOW, STORY, article, day, headline, list_page, reading


def keep(archive: Archive, name: str, text: str, **given: Any) -> None:
    url = f"https://paper.example/{name}"
    published = given.pop("published", None)
    page = reading(
        article(
            url,
            text,
            title=name,
            published=day(str(published), DateSource.META) if published else None,
            **given,
        )
    )
    archive.store(page, asked_url=url, claim=None, source_id=None, now=NOW)


def listed(archive: Archive, source: Source, *titles: str, link: bool = True) -> None:
    lines = [
        headline(title, f"https://paper.example/{title}" if link else None) for title in titles
    ]
    archive.store_list(
        list_page(*lines), source_id=source.id, claim=None, now=NOW, follow=None, follow_older=False
    )


def titles(hits: tuple[SearchHit, ...]) -> list[str | None]:
    return [hit.title for hit in hits]


def matches(hit: SearchHit) -> list[str]:
    return [span.text for span in hit.snippet if span.match]


def test_the_title_weighs_more_than_the_text(archive: Archive) -> None:
    keep(archive, "harbour", "A long text that says ferry once among many other words.")
    keep(archive, "ferry", "A long text that says harbour once among many other words.")
    keep(archive, "other", "Nothing of the kind.")
    assert titles(archive.search("ferry").hits) == ["ferry", "harbour"]


def test_a_hit_has_what_is_needed_to_judge_it(archive: Archive) -> None:
    keep(archive, "boat", STORY, published="2024-11-08", publisher="Garden News")
    (hit,) = archive.search("islands -never").hits
    assert (hit.kind, hit.id, hit.url) == (HitKind.ARTICLE, 1, "https://paper.example/boat")
    assert (hit.publisher, hit.published, hit.published_from) == (
        "Garden News",
        "2024-11-08",
        "meta",
    )
    assert matches(hit) == ["islands"]
    assert "".join(span.text for span in hit.snippet).startswith("The ferry to the islands")


def test_headlines_without_their_article_are_found(archive: Archive, source: Source) -> None:
    listed(archive, source, "Ferry stops", "Boat sinks")
    listed(archive, source, "Ferry rests", link=False)
    found = archive.search("ferry")
    assert found.total == 2
    assert {hit.kind for hit in found.hits} == {HitKind.HEADLINE}
    assert {hit.published_from for hit in found.hits} == {"list"}
    assert found.hits[0].snippet[0] == Span(text="Ferry", match=True)


def test_a_headline_is_not_shown_beside_its_article(archive: Archive, source: Source) -> None:
    listed(archive, source, "ferry")
    keep(archive, "ferry", STORY)
    assert [hit.kind for hit in archive.search("ferry").hits] == [HitKind.ARTICLE]


def test_an_article_is_found_by_what_a_list_said_of_it(archive: Archive, source: Source) -> None:
    listed(archive, source, "boat")
    keep(archive, "boat", "Text without these words.", publisher=None)
    for words in ("publisher:daily", '"daily post"'):
        (hit,) = archive.search(words).hits
        assert (hit.kind, hit.publisher, hit.published) == (
            HitKind.ARTICLE,
            "Daily Post",
            "2024-11-08",
        )
        assert hit.published_from == "list"
        assert hit.snippet == (Span(text="Text without these words."),)
    assert archive.search('"daily post" -these').total == 0, "the article has it"


def test_one_link_in_two_lists_is_one_row(archive: Archive, source: Source) -> None:
    listed(archive, source, "ferry")
    listed(archive, archive.add_source("https://other.example/", now=NOW), "ferry")
    assert archive.search("ferry").total == 1


def test_one_row_per_story_with_its_size(archive: Archive) -> None:
    keep(archive, "first", STORY)
    keep(archive, "second", STORY)
    keep(archive, "third", "Another ferry story altogether.")
    found = archive.search("ferry")
    assert found.total == 2
    assert {(hit.title, hit.story_size) for hit in found.hits} == {("first", 2), ("third", 1)}
    (hit,) = archive.search("second").hits
    assert (hit.title, hit.story_size) == ("second", 2), "only this member matches"


def test_the_leading_member_is_shown_also_where_another_matches_better(archive: Archive) -> None:
    keep(archive, "leads", STORY)
    keep(archive, "ferry ferry ferry", STORY)
    keep(archive, "other", "A text about something else, so that words are rare enough.")
    found = archive.search("ferry")
    assert titles(found.hits) == ["leads"]
    assert found.hits[0].rank < archive.search("islands").hits[0].rank, "by its best member"


def test_dates_are_exact(archive: Archive, source: Source) -> None:
    for date in ("2023-12-31", "2024-01-01", "2024-10-31", "2024-11-01", "2024-11-30"):
        keep(archive, date, f"ferry of {date}", published=date)
    keep(archive, "undated", "ferry some day")
    listed(archive, source, "ferry listed")

    def found(after: str | None = None, before: str | None = None) -> list[str | None]:
        return sorted(titles(archive.search("ferry", after=after, before=before).hits), key=str)

    assert found(after="2024-11") == ["2024-11-01", "2024-11-30", "ferry listed"]
    assert found(before="2024") == ["2023-12-31"]
    assert found(after="2024", before="2024-11") == ["2024-01-01", "2024-10-31"]
    assert found(after="2024-11-30", before="2024-12-01") == ["2024-11-30"]
    assert len(found()) == 7


def test_a_date_known_in_part_is_within_where_all_of_it_is(archive: Archive) -> None:
    for precision, value in ((Precision.YEAR, "2024-01-01"), (Precision.MONTH, "2024-11-01")):
        known = replace(day(value), precision=precision)
        url = f"https://paper.example/{precision}"
        page = reading(article(url, f"ferry {precision}", title=precision, published=known))
        archive.store(page, asked_url=url, claim=None, source_id=None, now=NOW)

    def found(after: str | None = None, before: str | None = None) -> list[str | None]:
        return sorted(titles(archive.search("ferry", after=after, before=before).hits), key=str)

    assert found(after="2024", before="2025") == ["month", "year"]
    assert found(after="2024-06") == ["month"]
    assert found(before="2024-12") == ["month"]
    assert found(before="2024-11-30") == []


def test_orders(archive: Archive) -> None:
    for date in ("2024-10-01", "2024-12-01", "2024-11-01"):
        keep(archive, date, f"ferry {date}", published=date)
    keep(archive, "undated", "ferry")
    newest = titles(archive.search("ferry", sort=Sort.NEW).hits)
    oldest = titles(archive.search("ferry", sort=Sort.OLD).hits)
    assert newest == ["2024-12-01", "2024-11-01", "2024-10-01", "undated"]
    assert oldest == ["2024-10-01", "2024-11-01", "2024-12-01", "undated"]


def test_pages_cover_everything_once(archive: Archive) -> None:
    for number in range(25):
        keep(archive, f"n{number}", f"ferry number {number}")
    seen = [
        hit.id
        for offset in range(0, 30, 10)
        for hit in archive.search("ferry", limit=10, offset=offset).hits
    ]
    assert sorted(seen) == list(range(1, 26))
    assert archive.search("ferry", limit=10, offset=20).total == 25
    assert archive.search("ferry", limit=10, offset=99).total == 25


def test_everything_in_a_window_without_words(archive: Archive, source: Source) -> None:
    keep(archive, "boat", STORY, published="2024-11-08")
    keep(archive, "old", "Another text.", published="2023-11-08")
    listed(archive, source, "Line")
    found = archive.search(after="2024", sort=Sort.NEW)
    assert titles(found.hits) == ["boat", "Line"]
    assert found.hits[0].snippet[0].text.startswith("The ferry")


def test_by_publisher(archive: Archive) -> None:
    keep(archive, "one", "ferry one", publisher="Garden News")
    keep(archive, "two", "ferry two", publisher="Daily Post")
    assert titles(archive.search("ferry", publisher="garden").hits) == ["one"]
    assert titles(archive.search(publisher="Daily Post").hits) == ["two"]


@pytest.mark.parametrize("name", ["Post", "Daily Post", "POST", "Post!", "!!!", "=Post"])
def test_by_a_publishers_whole_name(archive: Archive, source: Source, name: str) -> None:
    for each in ("Post", "Daily Post", "POST", "Post!", "!!!", "=Post"):
        keep(archive, each, f"ferry {each}", publisher=each)
    listed(archive, source, "Line")
    found = set(titles(archive.search(publisher=f"={name}").hits))
    assert found == {name, *({"Line"} if name == "Daily Post" else set())}
    assert titles(archive.search("ferry -line", publisher=f"={name}").hits) == [name]
    assert archive.search("ferry", publisher=f"={name} of nobody").total == 0


def test_a_publishers_whole_name_is_without_the_blanks_around_it(archive: Archive) -> None:
    keep(archive, "one", "ferry", publisher=" Post ")
    assert titles(archive.search(publisher="=Post").hits) == ["one"]


def test_the_list_may_name_the_publisher_and_the_page_have_the_words(
    archive: Archive, source: Source
) -> None:
    listed(archive, source, "boat")
    keep(archive, "boat", STORY, publisher=None)
    keep(archive, "other", "Islands elsewhere.", publisher="Garden News")
    for words in ("islands publisher:daily", 'publisher:"Daily Post" islands'):
        assert titles(archive.search(words).hits) == ["boat"]
    assert titles(archive.search("islands", publisher="daily post").hits) == ["boat"]
    assert archive.search("islands -sundays", publisher="daily post").total == 0
    assert titles(archive.search("islands -publisher:garden").hits) == ["boat"]


def test_headlines_of_a_publisher(archive: Archive, source: Source) -> None:
    listed(archive, source, "ferry one", "ferry two")
    assert archive.search("ferry", publisher="daily").total == 2
    assert archive.search("ferry -two", publisher="daily").total == 1
    assert archive.search("-two", publisher="daily").total == 1
    assert archive.search("ferry", publisher="garden").total == 0


def test_nothing_asked_is_refused(archive: Archive) -> None:
    with pytest.raises(UsageError, match="what to search for"):
        archive.search(" ")


def test_chinese_is_found_by_any_part_and_marked(archive: Archive, source: Source) -> None:
    keep(archive, "渡轮复航", "公司表示，开往群岛的渡轮周日将恢复航行。", publisher="群岛日报")
    listed(archive, source, "渡轮停航")
    for words, total in {"渡轮": 2, "群岛": 1, "航行": 1, "周日将": 1, "岛群": 0}.items():
        assert archive.search(words).total == total, words
    (hit,) = archive.search("恢复航").hits
    assert matches(hit) == ["恢复航"]
    line = next(hit for hit in archive.search("停航").hits if hit.kind is HitKind.HEADLINE)
    assert matches(line) == ["停航"]


def test_a_later_change_of_date_or_title_is_found_at_once(archive: Archive) -> None:
    keep(archive, "boat", STORY)
    page = reading(article("https://paper.example/boat", STORY, title="Renamed vessel"))
    archive.store(page, asked_url=LIST, claim=None, source_id=None, now=NOW)
    assert archive.search("vessel").total == 1
    assert archive.search("title:boat").total == 0
