"""Ranks: bm25 whatever is selected, and the recent preferred a little."""

from datetime import date

import pytest

from archive import Archive, ranking, search
from archive.records import Source
from archive.timeorder import BEFORE_FIRST_DAY, DAY_SHIFT
from tests.archive.making import NOW, article, day, headline, list_page, reading


def keep(archive: Archive, name: str, text: str, published: str | None = None) -> None:
    url = f"https://paper.example/{name}"
    page = reading(article(url, text, title=name, published=day(published) if published else None))
    archive.store(page, asked_url=url, claim=None, source_id=None, now=NOW)


def order(text: str) -> int:
    return date.fromisoformat(text).toordinal() + BEFORE_FIRST_DAY << DAY_SHIFT


def test_of_two_equals_the_recent_is_first(archive: Archive) -> None:
    keep(archive, "old", "A ferry sails.", "2014-11-08")
    keep(archive, "new", "A ferry sails!", "2024-11-08")
    keep(archive, "undated", "A ferry sails?")
    keep(archive, "other", "Nothing of the kind.", "2024-11-08")
    assert [hit.title for hit in archive.search("ferry").hits] == ["new", "old", "undated"]


def test_the_preference_is_mild(archive: Archive) -> None:
    keep(archive, "ferry", "A ferry sails.", "2004-11-08")
    keep(archive, "boat", "A ferry sails.", "2024-11-08")
    keep(archive, "other", "Nothing of the kind.", "2024-11-08")
    assert [hit.title for hit in archive.search("ferry").hits] == ["ferry", "boat"]


def test_a_year_halves_the_preference() -> None:
    orders = [order(text) for text in ("2024-11-08", "2023-11-09", "1980-01-01")]
    told = ranking.preferences([*orders, 3], newest=orders[0])
    first, second, old, undated = (told[each >> DAY_SHIFT] for each in (*orders, 3))
    assert first == pytest.approx(1.2)
    assert second == pytest.approx(1.1)
    assert old == pytest.approx(1.0)
    assert undated == 1.0


def test_the_newest_are_ranked_and_the_others_follow(
    archive: Archive, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 8):
        keep(archive, f"ferry {number}", "text " * number, f"2024-11-0{number}")
    line = headline("ferry", published="2024-11-09")
    archive.store_list(
        list_page(line),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )
    monkeypatch.setattr(search, "MOST_RANKED", 3)
    found = archive.search("ferry")
    assert found.ranked == 4
    assert (found.total, found.capped) == (8, False)
    assert [hit.rank < 0 for hit in found.hits] == [True] * 4 + [False] * 4
    assert [hit.title for hit in found.hits[4:]] == [f"ferry {n}" for n in (4, 3, 2, 1)]
    whole = archive.search("ferry", exhaustive=True)
    assert whole.ranked is None
    assert all(hit.rank < 0 for hit in whole.hits)


def test_marks_change_no_rank(archive: Archive, source: Source) -> None:
    for number in range(5):
        keep(archive, f"ferry {number}", f"text {'ferry ' * number}", "2024-11-08")
    alone = {hit.id: hit.rank for hit in archive.search("ferry").hits}
    narrowed = {hit.id: hit.rank for hit in archive.search("ferry", publisher="daily").hits}
    excluded = {hit.id: hit.rank for hit in archive.search("ferry -nothing").hits}
    assert alone == pytest.approx(narrowed)
    assert alone == pytest.approx(excluded)
