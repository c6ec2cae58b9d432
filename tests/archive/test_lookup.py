"""An article comes back with everything that is tied to it."""

from dataclasses import replace

import pytest

from archive import Archive
from archive.errors import NotFound
from archive.records import Attribution, Source, VerdictKind
from tests.archive.making import HOUR, NOW, article, headline, list_page, reading

URL = "https://paper.example/ferry"


def store(archive: Archive, source: Source | None = None) -> None:
    archive.store(
        reading(article(URL), kind=VerdictKind.LIVE_BLOG),
        asked_url="https://short.example/x",
        claim=None,
        source_id=source.id if source else None,
        now=NOW + HOUR,
    )


def test_an_article_with_its_circumstances(archive: Archive, source: Source) -> None:
    line = headline("Ferry", URL)
    archive.store_list(
        list_page(line), source_id=source.id, claim=None, now=NOW, follow=None, follow_older=False
    )
    store(archive, source)
    held = archive.article(1)
    assert held.article == article(URL)
    assert (held.verdict, held.asked_url) == (VerdictKind.LIVE_BLOG, "https://short.example/x")
    assert (held.captured_at, held.first_seen) == (NOW, NOW + HOUR)
    assert held.source_id == source.id
    assert [each.headline for each in held.headlines] == [line]


@pytest.mark.parametrize("asked", [1, "1", URL, f"{URL}/?utm_source=x", "https://short.example/x"])
def test_by_id_or_any_address(archive: Archive, asked: str | int) -> None:
    store(archive)
    assert archive.article(asked).id == 1


@pytest.mark.parametrize(
    "asked", ["0", "2", "-1", "1.0", "٣", "", "https://paper.example/", "x" * 9]
)
def test_what_is_not_held(archive: Archive, asked: str) -> None:
    store(archive)
    with pytest.raises(NotFound, match="backfile search"):
        archive.article(asked)


def test_headlines_of_one_source_or_all(archive: Archive, source: Source) -> None:
    other = archive.add_source("https://other.example/", now=NOW)
    for where, title in ((source, "One"), (other, "Two")):
        archive.store_list(
            list_page(headline(title)),
            source_id=where.id,
            claim=None,
            now=NOW,
            follow=None,
            follow_older=False,
        )
    assert [each.headline.title for each in archive.headlines()] == ["One", "Two"]
    assert [each.id for each in archive.headlines(source_id=other.id)] == [2]
    assert archive.headline(2).source_id == other.id


def test_what_a_page_says_of_its_origin_is_kept_also_without_an_address(archive: Archive) -> None:
    said = Attribution(phrase="Read the original post:", title="Ferries of the north ...")
    page = replace(reading(article()), attribution=said)
    stored = archive.store(page, asked_url=page.url, claim=None, source_id=None, now=NOW)
    assert stored is not None
    assert archive.article(stored.article_id).attribution == said
