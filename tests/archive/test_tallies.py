"""The counts by month, publisher, language and source are what is held, whatever happens."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import Archive, tallies
from archive.faults import FaultKind
from archive.records import Article, Dated, DateSource, Precision
from tests.archive.making import LIST, NOW, article, day, headline, list_page, new_archive, reading


def held(archive: Archive) -> dict[tuple[str, str, str], int]:
    found = archive._connection.raw.execute("SELECT * FROM tallies").fetchall()
    return {(row["kind"], row["name"], row["month"]): row["articles"] for row in found}


def wrong(archive: Archive) -> list[tuple[str, ...]]:
    return [tuple(row) for row in archive._connection.raw.execute(tallies.WRONG)]


def store(archive: Archive, read: Article, source_id: int | None = None) -> None:
    archive.store(reading(read), asked_url=read.url, claim=None, source_id=source_id, now=NOW)


def test_an_article_counts_once_under_each(archive: Archive) -> None:
    source = archive.add_source(LIST, now=NOW)
    store(archive, article(published=day("2024-11-08"), language="en-GB"), source.id)
    assert held(archive) == {
        ("all", "", "2024-11"): 1,
        ("publisher", "Daily Post", "2024-11"): 1,
        ("language", "en", "2024-11"): 1,
        ("source", str(source.id), "2024-11"): 1,
    }


def test_what_is_not_known_counts_as_that(archive: Archive) -> None:
    store(archive, article(publisher=None))
    assert held(archive) == {
        ("all", "", ""): 1,
        ("publisher", "", ""): 1,
        ("language", "", ""): 1,
        ("source", "", ""): 1,
    }


def test_of_some_only_the_year_is_known(archive: Archive) -> None:
    year = Dated(
        value=day("2024-01-01").value,
        precision=Precision.YEAR,
        source=DateSource.TEXT,
        raw="2024",
    )
    store(archive, article(published=year))
    assert ("all", "", "2024") in held(archive)


def test_what_a_list_says_counts_where_the_page_says_nothing(archive: Archive) -> None:
    source = archive.add_source(LIST, now=NOW)
    store(archive, article("https://paper.example/a", publisher=None))
    page = list_page(headline("Ferry", "https://paper.example/a", published="2023-05-04"))
    archive.store_list(
        page, source_id=source.id, claim=None, now=NOW, follow=None, follow_older=False
    )
    assert held(archive)["publisher", "Daily Post", "2023-05"] == 1
    assert wrong(archive) == []


def test_what_changes_counts_anew_and_what_goes_no_more(archive: Archive) -> None:
    first = article(published=day("2024-11-08"))
    store(archive, first)
    later = replace(first, text=first.text + " More.", published=day("2024-12-01"))
    archive.store(
        reading(later, captured_at=NOW + timedelta(days=1)),
        asked_url=first.url,
        claim=None,
        source_id=None,
        now=NOW + timedelta(days=1),
    )
    assert held(archive)["all", "", "2024-12"] == 1
    assert ("all", "", "2024-11") not in held(archive)
    archive.forget("1", now=NOW)
    assert held(archive) == {}


WORDS = st.sampled_from([None, "Post", "O'Hara's", "", " ", "Zürich\n", "a,b"])


@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 4), WORDS, st.sampled_from([None, "2024-11-08", "1999-01-01"]),
            st.sampled_from([None, "en", "en_US", "DE-at", "x"]),
        ),
        max_size=8,
    )
)  # fmt: skip
def test_whatever_is_stored_the_counts_are_what_is_held(
    tmp_path_factory: pytest.TempPathFactory,
    stored: list[tuple[int, str | None, str | None, str | None]],
) -> None:
    with new_archive(tmp_path_factory.mktemp("tallies") / "a") as archive:
        for number, (page, publisher, published, language) in enumerate(stored):
            read = article(
                f"https://paper.example/{page}",
                text=f"The ferry sails on {number} days. It is text {number} of page {page}.",
                publisher=publisher,
                published=day(published) if published else None,
                language=language,
            )
            at = NOW + timedelta(hours=number)
            archive.store(
                reading(read, captured_at=at),
                asked_url=read.url,
                claim=None,
                source_id=None,
                now=at,
            )
        assert wrong(archive) == []
        assert all(count > 0 for count in held(archive).values())


def test_a_wrong_count_is_found_and_mended(folder: Path) -> None:
    with new_archive(folder) as archive:
        store(archive, article(published=day("2024-11-08")))
        raw = archive._connection.raw
        raw.execute("UPDATE tallies SET articles = 5 WHERE kind = 'all'")
        raw.execute("INSERT INTO tallies VALUES ('publisher', 'Nobody', '', 1)")
        faults = [fault for fault in archive.check(now=NOW) if fault.kind is FaultKind.TALLY]
        assert len(faults) == 2
        assert archive.repair(now=NOW).left == ()
        assert wrong(archive) == []
