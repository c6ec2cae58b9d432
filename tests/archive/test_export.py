"""JSON's keys are the columns' names, and every record's fields are in it."""

import json
from dataclasses import fields

from archive import Archive, export
from archive.found import SearchHit
from archive.held import Status
from archive.records import Article, Headline, Source
from archive.rows import article_row, headline_row
from tests.archive.making import LIST, NOW, article, headline, list_page, reading

OF_SEARCH = {"title_characters", "text_characters", "hosts"}


def test_an_article_has_its_columns() -> None:
    assert set(export.article(article())) == set(article_row(article())) - OF_SEARCH
    renamed = {"references": "cited", "sources": "field_sources"}
    names = {renamed.get(field.name, field.name) for field in fields(Article)}
    assert names <= set(export.article(article()))


def test_a_headline_has_its_columns() -> None:
    line = headline("One", "https://paper.example/1")
    assert set(export.headline(line)) == set(headline_row(line)) - OF_SEARCH
    assert {field.name for field in fields(Headline)} <= set(export.headline(line))
    assert export.headline(line)["published"] == "2024-11-08"
    assert export.headline(line)["published_from"] == "list"


def test_all_that_is_held_becomes_json(archive: Archive, source: Source) -> None:
    url = "https://paper.example/ferry"
    for text in ("One text of the ferry.", "Another text of the ferry."):
        page = reading(article(url, text, byline=("Ann Lee",)))
        archive.store(page, asked_url=url, claim=None, source_id=source.id, now=NOW)
    archive.store_list(
        list_page(headline("Ferry", url)),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )
    held = json.loads(json.dumps(export.stored_article(archive.article(1))))
    assert held["byline"] == ["Ann Lee"]
    assert held["headlines"][0]["list_url"] == LIST
    assert held["versions"][0]["text"] == "One text of the ferry."
    assert held["captured_at"] == "2026-11-22T10:00:00+00:00"
    (hit,) = archive.search("ferry").hits
    assert set(export.hit(hit)) == {field.name for field in fields(SearchHit)}
    status = archive.status()
    assert set(export.status(status)) == {field.name for field in fields(Status)}
    (summary,) = archive.source_summaries()
    assert json.loads(json.dumps(export.source(summary)))["articles"] == 1
