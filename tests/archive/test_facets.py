"""What was found is counted by publisher, year, month, language and source."""

import pytest

from archive import Archive, search
from archive.found import Facet
from archive.records import Source
from tests.archive.making import NOW, article, day, headline, list_page, reading


def keep(archive: Archive, name: str, text: str, source: Source, **given: object) -> None:
    url = f"https://paper.example/{name}"
    page = reading(article(url, text, title=name, **given))
    archive.store(page, asked_url=url, claim=None, source_id=source.id, now=NOW)


def counted(archive: Archive, words: str) -> dict[str, Facet]:
    return {facet.name: facet for facet in archive.search(words, facets=True).facets}


def counts(facet: Facet) -> dict[str, int]:
    return {each.value: each.count for each in facet.counts}


@pytest.fixture
def filled(archive: Archive, source: Source) -> Archive:
    keep(archive, "one", "ferry one", source, published=day("2024-11-08"), language="en-GB")
    keep(archive, "two", "ferry two", source, published=day("2024-11-30"), language="en")
    keep(archive, "three", "ferry three", source, publisher="Garden News", language="de")
    archive.store_list(
        list_page(headline("ferry four", published="2023-05-01", publisher="Wire")),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )
    return archive


def test_each_value_is_counted(filled: Archive) -> None:
    found = counted(filled, "ferry")
    assert counts(found["publisher"]) == {"Daily Post": 2, "Garden News": 1, "Wire": 1}
    assert list(counts(found["month"]).items()) == [("2024-11", 2), ("2023-05", 1)]
    assert list(counts(found["year"]).items()) == [("2024", 2), ("2023", 1)]
    assert counts(found["language"]) == {"en": 2, "de": 1}
    assert counts(found["source"]) == {"1": 4}
    assert {facet.covered for facet in found.values()} == {None}


def test_none_is_counted_unless_asked(filled: Archive) -> None:
    assert filled.search("ferry").facets == ()


def test_where_not_all_are_counted_the_facet_says_so(
    filled: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_COUNTED", 2)
    monkeypatch.setattr(search, "MOST_SAMPLED", 1)
    found = counted(filled, "ferry")
    assert counts(found["month"]) == {"2024-11": 1, "2023-05": 1}
    assert found["month"].covered == 2, "the newest article and the newest headline"
