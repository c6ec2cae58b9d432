"""Everything that a search finds, and nothing else."""

from datetime import UTC, datetime
from typing import Any

import pytest

from archive.connection import Connection
from archive.exporting.selecting import EVERYTHING, pick
from archive.filters import Bound, Filters
from archive.query import Query
from tests.archive.making import query_of


def found(connection: Connection, words: str = "", **filters: Any) -> tuple[list[str], list[str]]:
    asked = query_of(words) or Query(words=None, publishers=None, excluded=None, unspaced=())
    picked = pick(connection.raw, asked._replace(filters=Filters(**filters)))
    articles = connection.raw.execute(f"SELECT url FROM articles WHERE {picked.articles}")
    titles = connection.raw.execute(f"SELECT title FROM headlines WHERE {picked.headlines}")
    return [row[0].split("/")[2] for row in articles], [row[0][:5] for row in titles]


def bound(day: str) -> Bound:
    return Bound(day=day, instant=datetime.fromisoformat(day).replace(tzinfo=UTC))


def test_without_any_condition_everything_is_meant(connection: Connection) -> None:
    assert pick(connection.raw, None) is EVERYTHING


@pytest.mark.parametrize(
    ("words", "articles", "titles"),
    [
        ("sails", ["paper.example"], ["Ferry"]),
        # What only the list says finds the article, too.
        ("says", ["paper.example"], ["Ferry"]),
        ("hyperlink", [], ["=HYPE"]),
        ("渡轮", ["zh.example"], []),
        ("ferry -sing", [], []),
        ("publisher:daily sails", ["paper.example"], ["Ferry"]),
        ("by:lee", ["paper.example"], ["Ferry"]),
        ("nothing", [], []),
    ],
)
def test_words(words: str, articles: list[str], titles: list[str], connection: Connection) -> None:
    assert found(connection, words) == (articles, titles)


@pytest.mark.parametrize(
    ("filters", "articles", "titles"),
    [
        ({"languages": ("en",)}, ["paper.example"], ["Ferry"]),
        ({"sites": ("example",)}, ["paper.example", "zh.example"], ["Ferry", "=HYPE"]),
        ({"sites": ("zh.example",)}, ["zh.example"], []),
        ({"sites": ("h.example",)}, [], []),
        ({"source_ids": (1,)}, ["paper.example"], ["Ferry", "=HYPE"]),
        ({"source_ids": (2,)}, [], []),
        # The page has no date: the list's counts.
        ({"after": bound("2024-11-08")}, ["zh.example"], ["=HYPE"]),
        ({"before": bound("2024-11-08")}, ["paper.example"], ["Ferry"]),
    ],
)
def test_filters(
    filters: dict[str, Any], articles: list[str], titles: list[str], connection: Connection
) -> None:
    assert found(connection, **filters) == (articles, titles)


def test_the_second_search_of_a_connection_is_its_own(connection: Connection) -> None:
    found(connection, "sails")
    assert found(connection, "渡轮") == (["zh.example"], [])
