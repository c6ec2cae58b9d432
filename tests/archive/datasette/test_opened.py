"""Datasette's own pages of an archive: described, sorted, counted; a person's words go before."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from archive.datasette import opened
from archive.datasette.described import TABLES, Table
from tests.archive.datasette.asking import visiting


def rows(answer: Any) -> list[dict[str, Any]]:
    return list(answer.json())


def test_tables_say_what_they_are_also_without_the_folder(filled: Path, tmp_path: Path) -> None:
    for files in (filled, filled / "archive.db"):
        with visiting(files) as visitor:
            page = visitor.page("/archive/articles")
            assert TABLES["articles"].description in page
            assert TABLES["articles"].columns["dateline"] in page
            assert "News archive" in visitor.page("/")


def test_a_database_of_another_name(filled: Path, tmp_path: Path) -> None:
    (filled / "archive.db").rename(tmp_path / "old news.db")
    with visiting(tmp_path / "old news.db") as visitor:
        assert TABLES["articles"].description in visitor.page("/old~20news/articles")


def test_what_is_no_archive_has_no_words_of_ours(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT)")
    raw.close()
    with visiting(path, filled / "archive.db") as visitor:
        assert TABLES["articles"].description not in visitor.page("/other/articles")
        assert TABLES["articles"].description in visitor.page("/archive/articles")
    with visiting(path) as visitor:
        assert visitor.get("/-/metadata.json").json() == {}


def test_a_persons_metadata_go_before(filled: Path) -> None:
    (filled / "metadata.yaml").write_text(
        "title: Mine\n"
        "databases:\n  archive:\n    tables:\n      articles:\n"
        "        description: My articles\n        sort: title\n        facets: []\n"
        "        columns: {title: My titles}\n"
    )
    with visiting(filled) as visitor:
        page = visitor.page("/archive/articles")
        assert "My articles" in page
        assert "My titles" in page
        assert TABLES["articles"].columns["dateline"] in page
        assert "sorted by title" in page
        assert "Mine" in visitor.page("/")
        assert TABLES["headlines"].description in visitor.page("/archive/headlines")
    # What one Datasette was told is not told by the next.
    assert TABLES["articles"].description.startswith("One row per page")
    (filled / "metadata.yaml").unlink()
    with visiting(filled) as visitor:
        assert "My articles" not in visitor.page("/archive/articles")


@pytest.mark.parametrize("name", [n for n, table in TABLES.items() if not table.hidden])
def test_every_table_opens_with_its_facets(filled: Path, name: str) -> None:
    with visiting(filled) as visitor:
        page = visitor.page(f"/archive/{name}")
    for column in (*TABLES[name].facets, *TABLES[name].small_facets):
        assert f'data-column="{column}"' in page


def test_newest_first_and_paged(filled: Path) -> None:
    with visiting(filled) as visitor:
        first = visitor.get("/archive/articles.json?_size=1").json()
        assert [row[0] for row in first["rows"]] == [2]
        second = visitor.get(first["next_url"].removeprefix("http://localhost")).json()
        assert [row[0] for row in second["rows"]] == [1]
        assert first["filtered_table_rows_count"] == 2


def test_the_search_box_searches(filled: Path) -> None:
    with visiting(filled) as visitor:
        assert 'name="_search"' in visitor.page("/archive/articles")
        for table, word, found in (
            ("articles", "ferry", 2),
            ("articles", "unheard", 0),
            ("headlines", "listed", 1),
        ):
            path = f"/archive/{table}.json?_shape=array&_search={word}"
            assert len(rows(visitor.get(path))) == found, (table, word)


def test_the_programs_own_tables_are_hidden_and_not_counted(filled: Path) -> None:
    with visiting(filled) as visitor:
        tables = {t["name"]: t for t in visitor.get("/archive.json").json()["tables"]}
    assert tables["articles"]["count"] == 2
    assert tables["articles_fts_data"]["count"] is None
    seen = {name for name, table in tables.items() if not table["hidden"]}
    described = {name for name, table in TABLES.items() if not table.hidden}
    assert seen == described - {"news", "duplicates", "dead_links"}


def test_names_stand_for_numbers(filled: Path) -> None:
    with visiting(filled) as visitor:
        assert ">Lists</a>" in visitor.page("/archive/headlines")


def test_columns_that_an_older_archive_lacks_are_left_out() -> None:
    table = Table(
        description="x",
        columns={"a": "A", "b": "B"},
        sort_desc="b",
        facets=("b",),
        small_facets=("a",),
        units={"b": "byte"},
    )
    shown = opened.details(table, columns=["a"], rows=1, theirs={})
    assert shown == {"description": "x", "columns": {"a": "A"}, "facets": ["a"]}


def test_a_long_table_is_not_read_for_facets() -> None:
    table = Table(description="x", facets=("a",), small_facets=("b",), small=10)
    for count, facets in ((10, ["a", "b"]), (11, ["a"])):
        shown = opened.details(table, columns=["a", "b"], rows=count, theirs={})
        assert shown["facets"] == facets


def test_what_the_columns_mean_is_folded_up(filled: Path, tmp_path: Path) -> None:
    with visiting(filled) as visitor:
        page = visitor.page("/archive/articles")
    assert "<summary>What the columns mean</summary>" in page
    assert page.count("<dt>dateline</dt>") == 1
    assert 'class="column-descriptions"' not in page
    assert f'data-column-description="{TABLES["articles"].columns["dateline"]}"' in page
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE birds (name TEXT)")
    raw.close()
    theirs = {"databases": {"other": {"tables": {"birds": {"columns": {"name": "Its name"}}}}}}
    with visiting(path, filled / "archive.db", metadata=theirs) as visitor:
        page = visitor.page("/other/birds")
    assert '<dl class="column-descriptions">' in page
    assert "What the columns mean" not in page
