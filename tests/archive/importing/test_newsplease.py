"""Articles that news-please has read."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from archive.bundles import Malformed
from archive.importing import newsplease
from archive.records import Precision
from tests.archive.lives import lines, take_lines
from tests.archive.making import NOW

ARTICLE: dict[str, Any] = {
    "authors": ["Ann Lee", None],
    "date_download": "2024-11-09 06:30:00",
    "date_modify": None,
    "date_publish": "2024-11-08 17:03:00",
    "description": "A ferry.",
    "filename": "https%3A%2F%2Fpaper.example%2Fferry.json",
    "image_url": None,
    "language": "en",
    "localpath": None,
    "source_domain": "paper.example",
    "maintext": "The ferry sails again.\nIslanders had asked for it.",
    "title": "Ferry sails",
    "title_page": None,
    "title_rss": None,
    "url": "https://paper.example/ferry",
}


def test_its_fields_become_an_article() -> None:
    read = newsplease.read(ARTICLE, now=NOW)
    assert read.captured_at == datetime(2024, 11, 9, 6, 30, tzinfo=UTC)
    assert read.article is not None
    assert read.article.text == "The ferry sails again.\n\nIslanders had asked for it."
    assert read.article.byline == ("Ann Lee",)
    assert read.article.published is not None
    assert read.article.published.value == datetime(2024, 11, 8, 17, 3)  # noqa: DTZ001 - as it is
    assert read.article.published.precision is Precision.SECOND
    assert read.article.publisher is None


def test_midnight_is_a_day_and_a_missing_download_is_the_page_s_own_date() -> None:
    given = ARTICLE | {"date_publish": "2024-11-08 00:00:00", "date_download": None}
    read = newsplease.read(given, now=NOW)
    assert read.article is not None
    assert read.article.published is not None
    assert read.article.published.value == date(2024, 11, 8)
    assert read.captured_at == datetime(2024, 11, 8, tzinfo=UTC)
    undated = given | {"date_publish": None}
    assert newsplease.read(undated, now=NOW).captured_at == NOW


def test_an_older_version_s_text_and_a_missing_title_and_address() -> None:
    given = {name: value for name, value in ARTICLE.items() if name not in {"maintext", "url"}}
    read = newsplease.read(given | {"text": "Old.", "title": "", "title_rss": "RSS"}, now=NOW)
    assert read.article is not None
    assert (read.article.text, read.article.title) == ("Old.", "RSS")
    assert read.url.startswith("urn:sha256:")


def test_a_date_that_is_none_is_malformed() -> None:
    with pytest.raises(Malformed, match="Invalid isoformat"):
        newsplease.read(ARTICLE | {"date_publish": "last week"}, now=NOW)


def test_its_articles_are_told_from_other_json() -> None:
    assert newsplease.is_one(ARTICLE)
    assert not newsplease.is_one({"text": "One", "url": "https://paper.example"})
    assert not newsplease.is_one(ARTICLE | {"record": "article"})


def test_they_are_stored_once_and_found(tmp_path: Path) -> None:
    told = [f"{json.dumps(one)}\n" for one in (ARTICLE, ARTICLE | {"maintext": None})]
    taken = take_lines(tmp_path / "archive", told)
    assert (taken.articles, taken.faults) == (1, 1)
    assert taken.told == ["record 2: news-please: it has no text"]
    before = lines(tmp_path / "archive")
    assert take_lines(tmp_path / "archive", told).unchanged == 1
    assert lines(tmp_path / "archive") == before
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.search("ferry").total == 1
        archive.forget(ARTICLE["url"], now=NOW)
    assert take_lines(tmp_path / "archive", told).kept_out == 1
