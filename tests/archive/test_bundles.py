"""Records hold every column of their tables but those that can be worked out again."""

from pathlib import Path

import pytest

from archive import bundles, stories
from archive.connection import open_to_read
from archive.export import Plain, Record
from tests.archive.lives import empty

# Ids of one archive, and what is made anew from the rest.
IDS = {"id", "article_id", "headline_id", "source_id", "story_id", "original_id"}
WORKED_OUT = {
    "original_key",
    "text_digest",
    "title_characters",
    "text_characters",
    "hosts",
    "listed_titles",
    "listed_publishers",
    "listed_characters",
    "listed_sources",
    "listed_published",
    "listed_published_precision",
}
TABLES = {
    # What its owner took for normal is about crawls, which an archive keeps to itself.
    "sources": (bundles.SOURCE, {"accepted_at"}),
    "articles": (bundles.ARTICLE, set()),
    "versions": (bundles.VERSION, set()),
    "addresses": (bundles.ADDRESS, set()),
    "story_ties": (bundles.TIE, {"other_id"}),
    "headlines": (bundles.HEADLINE, set()),
    "list_changes": (bundles.CHANGE, set()),
    "resolutions": (bundles.RESOLUTION, {"rivals"}),
    "lookups": (bundles.LOOKUP, set()),
}


@pytest.mark.parametrize("table", TABLES)
def test_a_record_has_its_tables_columns(table: str, tmp_path: Path) -> None:
    shape, apart = TABLES[table]
    connection = open_to_read(empty(tmp_path / "archive"))
    columns = {row["name"] for row in connection.raw.execute(f"PRAGMA table_info({table})")}
    connection.close()
    assert columns - IDS - WORKED_OUT - apart == set(shape.columns)
    assert shape.required <= set(shape.columns)


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        ([], "an object is expected"),
        ({}, "asked_url is missing"),
        ({"text": 1}, "text: it should be a text"),
        ({"partial": "yes"}, "partial: it should be true or false"),
        ({"byline": "Ann"}, "byline: it should be a list of texts"),
        ({"byline": ["Ann", 1]}, "byline: it should be a list of texts"),
        ({"captured_at": "yesterday"}, "captured_at: Invalid isoformat"),
        ({"captured_at": "2024-11-08"}, "captured_at: an instant needs a time zone"),
        ({"verdict": "home-page?"}, "verdict: 'home-page\\?' is not a valid"),
        ({"field_sources": {"title": 1}}, "field_sources: it should be an object of texts"),
    ],
)
def test_what_is_malformed_is_refused_with_the_reason(record: Plain, fault: str) -> None:
    with pytest.raises(bundles.Malformed, match=fault):
        bundles.ARTICLE.row(record)


def test_a_date_that_could_not_be_read_again_is_refused() -> None:
    moment = "2026-11-22T10:00:00+00:00"
    headline: Record = {
        "identity": "paper.example/1",
        "title": "One",
        "raw": "One",
        "list_url": "https://paper.example",
        "position": 0,
        "first_seen": moment,
        "last_seen": moment,
        "published": "2024-11-08",
        "published_precision": "day",
        "published_from": "list",
        "published_text": "8 Nov",
    }
    assert bundles.HEADLINE.row(headline)["published"] == "2024-11-08"
    with pytest.raises(bundles.Malformed, match="published"):
        bundles.HEADLINE.row(headline | {"published_precision": "fortnight"})
    with pytest.raises(bundles.Malformed, match="whole number"):
        bundles.HEADLINE.row(headline | {"position": 2**70})


def test_what_two_articles_are_to_each_other_is_what_stories_knows() -> None:
    assert [kind.value for kind in bundles.TieKind] == [kind.value for kind in stories.TieKind]
