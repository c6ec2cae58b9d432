"""JSON's keys are the columns' names, and every record's fields are in it."""

import csv
import io
import json
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import Archive, export
from archive.found import HitKind, SearchHit, Span
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


EVIL = "Evil\x9b2J \x1b[31m\x1b]8;;https://evil.example\x07link\u202e"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("1=1", "1=1"),
        ("", ""),
    ],
)
def test_no_cell_is_a_formula(text: str, cell: str) -> None:
    assert export.defused(text) == cell


def found(**given: Any) -> SearchHit:
    fields: dict[str, Any] = {
        "kind": HitKind.ARTICLE,
        "id": 7,
        "url": "https://paper.example/ferry",
        "title": " =cmd|' /C calc'!A0",
        "publisher": EVIL,
        "published": "2024-11-08",
        "published_precision": "day",
        "published_from": "meta",
        "snippet": (Span(text="a "), Span(text='"ferry"', match=True), Span(text=",\nit")),
        "rank": -1.23456,
    }
    return SearchHit(**(fields | given))


def test_hits_as_a_table() -> None:
    text = export.csv_table(export.HIT_CELLS, [export.hit_cells(found())])
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["title"] == "'=cmd|' /C calc'!A0"
    assert row["publisher"] == "Evil link"
    assert row["snippet"] == 'a "ferry", it'
    assert (row["id"], row["rank"], row["damaged"]) == ("7", "-1.235", "false")
    assert set(row) == set(export.hit(found()))
    bare = export.hit_cells(found(title=None, publisher=None, published=None, snippet=()))
    assert bare.count("") == 4


@given(st.text(), st.text())
def test_a_table_of_any_text_is_read_back(title: str, publisher: str) -> None:
    text = export.csv_table(
        export.HIT_CELLS, [export.hit_cells(found(title=title, publisher=publisher))]
    )
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["url"] == "https://paper.example/ferry"
    assert not row["title"].startswith(export.FORMULA_SIGNS)
    assert not set(text) - {"\n"} & {chr(code) for code in (*range(32), *range(127, 160))}


@pytest.mark.parametrize(
    ("url", "line"),
    [
        ("https://paper.example/a?b=1", "https://paper.example/a?b=1"),
        ('https://paper.example/it\'s "it"\\', "https://paper.example/it%27s%20%22it%22%5C"),
        ("https://paper.example/a\nb\x1b[2J", "https://paper.example/a%20b"),
        ("urn:sha256:ab", None),
        ("javascript:alert(1)", None),
        (None, None),
    ],
)
def test_addresses_for_other_programs(url: str | None, line: str | None) -> None:
    assert export.web_address(url) == line


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
    assert set(export.hit(hit)) == set(SearchHit._fields)
    status = archive.status()
    assert set(export.status(status)) == {field.name for field in fields(Status)}
    (summary,) = archive.source_summaries()
    assert json.loads(json.dumps(export.source(summary)))["articles"] == 1
