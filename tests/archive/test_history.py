"""The history of a list as it is kept: visit after visit, and within one."""

from dataclasses import replace

import pytest

from archive import Archive
from archive.errors import UsageError
from archive.records import Headline, ListPage, Source
from tests.archive.making import HOUR, LIST, NOW, article, day, headline, list_page, reading

OLDER = f"{LIST}?page=2"


def line(name: str) -> Headline:
    return headline(f"Title {name}", f"https://paper.example/{name}")


def page(names: str, *, url: str = LIST, older: str | None = None) -> ListPage:
    return list_page(*(line(name) for name in names.split()), url=url, older=older)


def visit(archive: Archive, source: Source, hours: int, *pages: ListPage) -> None:
    for minute, each in enumerate(pages):
        archive.store_list(
            each,
            source_id=source.id,
            claim=None,
            now=NOW + hours * HOUR + minute * HOUR / 60,
            follow=None,
            follow_older=False,
        )


def history(archive: Archive, **asked: object) -> list[str]:
    """Give the changes, oldest first, as `kind title`."""
    found = sorted(archive.changes(**asked), key=lambda each: each.id)  # type: ignore[arg-type]  # each test gives what fits
    return [f"{each.kind.value} {each.title[6:]}" for each in found]


def test_a_first_visit_and_a_visit_without_news_write_nothing(
    archive: Archive, source: Source
) -> None:
    pages = page("a b c", older=OLDER), page("d e f", url=OLDER)
    visit(archive, source, 0, *pages)
    visit(archive, source, 1, *pages)
    assert history(archive) == []


def test_each_visit_is_kept_as_what_changed(archive: Archive, source: Source) -> None:
    visit(archive, source, 0, page("a b c d"))
    visit(archive, source, 1, page("n a c d"))
    assert history(archive) == ["added n", "withdrawn b"]
    (gone,) = (h for h in archive.headlines() if h.headline.title == "Title b")
    assert gone.withdrawn_at == NOW + HOUR
    assert archive.search("title").total == 5
    visit(archive, source, 2, page("n a b c d"))
    assert history(archive, headline_id=gone.id) == ["withdrawn b", "returned b"]
    assert archive.headline(gone.id).withdrawn_at is None


def test_what_changed_is_searched_as_it_is_now_and_was_is_kept(
    archive: Archive, source: Source
) -> None:
    visit(archive, source, 0, page("a b c"))
    changed = headline("Ferry", "https://paper.example/b", published="2024-11-20")
    visit(archive, source, 1, list_page(line("a"), changed, line("c")))
    title, date = archive.changes()
    assert (title.old, title.new, title.at) == ("Title b", "Ferry", NOW + HOUR)
    assert (date.old, date.new) == ("2024-11-08", "2024-11-20")
    assert archive.search("ferry").total == 1
    assert archive.search("title").total == 2
    assert archive.headline(2).headline.published == day("2024-11-20")


def test_another_link_is_the_same_headline(archive: Archive, source: Source) -> None:
    visit(archive, source, 0, page("a b c"))
    other = replace(line("b"), url="https://other.example/b")
    archive.store(
        reading(article("https://other.example/b")),
        asked_url="https://other.example/b",
        claim=None,
        source_id=None,
        now=NOW,
    )
    visit(archive, source, 1, list_page(line("a"), other, line("c")))
    (change,) = archive.changes()
    assert (change.old, change.new) == ("https://paper.example/b", "https://other.example/b")
    assert archive.headline(2).article_id == 1
    assert len(archive.headlines()) == 3
    visit(archive, source, 2, list_page(line("a"), other, line("c")))
    assert len(archive.changes()) == 1


def test_what_is_pushed_onto_the_next_page_has_not_changed(
    archive: Archive, source: Source
) -> None:
    visit(archive, source, 0, page("a b c", older=OLDER), page("d e f", url=OLDER))
    visit(archive, source, 1, page("n a b", older=OLDER), page("c d e", url=OLDER))
    assert history(archive) == ["added n"]
    visit(archive, source, 2, page("n b c", older=OLDER), page("d e f", url=OLDER))
    assert history(archive)[1:] == ["withdrawn a"]


def test_what_a_sidebar_prints_otherwise_changes_nothing(archive: Archive, source: Source) -> None:
    aside = headline("In short", "https://paper.example/a")
    second = list_page(line("d"), line("e"), aside, url=OLDER)
    visit(archive, source, 0, page("a b c", older=OLDER), second)
    visit(archive, source, 1, page("a b c", older=OLDER), second)
    visit(archive, source, 2, list_page(line("a"), line("b"), aside, older=OLDER), second)
    assert history(archive) == []


def test_a_withdrawal_is_taken_back_when_the_same_visit_finds_it_further_down(
    archive: Archive, source: Source
) -> None:
    visit(archive, source, 0, page("a b c d", older=OLDER))
    visit(archive, source, 1, page("a c d", older=OLDER), page("b e", url=OLDER))
    assert history(archive) == []
    assert all(held.withdrawn_at is None for held in archive.headlines())


def test_what_is_gone_from_where_two_pages_meet_is_withdrawn(
    archive: Archive, source: Source
) -> None:
    visit(archive, source, 0, page("a b c", older=OLDER), page("d e f", url=OLDER))
    visit(archive, source, 1, page("a b d", older=OLDER))
    assert history(archive) == ["withdrawn c"]


def test_where_pages_of_two_visits_meet_nothing_is_said(archive: Archive, source: Source) -> None:
    visit(archive, source, 0, page("a b c", older=OLDER), page("d e f", url=OLDER))
    visit(archive, source, 1, page("m n o", older=OLDER))
    visit(archive, source, 2, page("m n d", older=OLDER))
    assert history(archive) == ["added m", "added n", "added o"]


def test_pages_between_which_another_was_read_do_not_meet(archive: Archive, source: Source) -> None:
    third = "https://lists.example/news?page=3"
    pages = page("a b c", older=OLDER), page("d e f", url=OLDER), page("g h i", url=third)
    visit(archive, source, 0, *pages)
    visit(archive, source, 1, page("a b g", older=OLDER), page("c d e f", url=OLDER))
    assert history(archive) == []


def test_what_a_longer_walk_brings_was_there_before(archive: Archive, source: Source) -> None:
    visit(archive, source, 0, page("a b c", older=OLDER))
    visit(
        archive,
        source,
        1,
        page("m n", older=OLDER),
        page("a b c", url=OLDER),
        page("x", url="https://lists.example/news?page=3"),
    )
    assert history(archive) == ["added m", "added n"]


def test_sources_do_not_mix_and_the_newest_come_first(archive: Archive, source: Source) -> None:
    other = archive.add_source("https://other.example/", now=NOW)
    for held in (source, other):
        url = held.url
        visit(archive, held, 0, page("a b c", url=url))
        visit(archive, held, held.id, page("n a b c", url=url))
    assert [c.source_id for c in archive.changes()] == [other.id, source.id]
    assert [c.source_id for c in archive.changes(source_id=source.id)] == [source.id]
    assert len(archive.changes(limit=1)) == 1
    assert archive.changes(since="2026-11-23") == ()
    assert len(archive.changes(since="2026-11-22")) == 2
    with pytest.raises(UsageError):
        archive.changes(since="soon")


def test_a_visit_costs_what_its_page_holds_however_long_the_list(
    archive: Archive, source: Source
) -> None:
    visit(archive, source, 0, page("a b c"))
    plan = archive._connection.raw.execute(
        "EXPLAIN QUERY PLAN SELECT * FROM headlines "
        "WHERE source_id = 1 AND last_seen = 'x' AND listed_on = 'y'"
    ).fetchall()
    assert "source_id=? AND last_seen=? AND listed_on=?" in plan[0]["detail"]


def capture(archive: Archive, source: Source, hours: int, saved: ListPage) -> None:
    archive.store_list(
        saved,
        source_id=source.id,
        claim=None,
        now=NOW + 99 * HOUR,
        seen=NOW + hours * HOUR,
        follow=None,
        follow_older=False,
    )


def test_an_older_capture_adds_what_was_not_known_and_changes_nothing(
    archive: Archive, source: Source
) -> None:
    told = replace(line("b"), title="Title ferry", published=None)
    capture(archive, source, 5, list_page(line("a"), told, line("c")))
    capture(archive, source, 7, list_page(line("n"), line("a"), told, line("c")))
    # What the list said before: another title, a link that is another now, one that has gone.
    linked = replace(line("c"), url="https://old.example/c")
    capture(archive, source, 1, list_page(line("a"), line("b"), linked, line("z")))
    assert history(archive) == ["added n"]
    held = {h.headline.title: h for h in archive.headlines()}
    assert set(held) == {"Title a", "Title ferry", "Title c", "Title n", "Title z"}
    assert held["Title c"].headline.url == line("c").url
    assert held["Title ferry"].headline.published == day("2024-11-08")
    seen = {name: (h.first_seen - NOW, h.last_seen - NOW) for name, h in held.items()}
    assert seen["Title ferry"] == seen["Title c"] == (HOUR, 7 * HOUR)
    assert seen["Title z"] == (HOUR, HOUR)
    assert seen["Title n"] == (7 * HOUR, 7 * HOUR)
    # The next visit compares with the last one, not with what was brought in later from before.
    capture(archive, source, 9, list_page(line("n"), line("a"), line("c"), line("z")))
    assert history(archive) == ["added n", "withdrawn ferry"]
    assert archive.changes()[0].at == NOW + 9 * HOUR
