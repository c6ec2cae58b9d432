"""The canned queries: each runs as Datasette runs it, and finds the rows that are to be found."""

import re
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from archive.datasette.described import TABLES
from archive.datasette.queries import QUERIES
from tests.archive.datasette.asking import visiting
from tests.archive.making import NOW, article, day, new_archive, reading

ROOT = Path(__file__).parent.parent.parent.parent
WALL = (
    "INSERT INTO frontier (url, key, kind, state, priority, added_at, verdict, host, visited_at) "
    "VALUES (?, ?, 'article', ?, 5, '2026-01-01', ?, ?, ?)"
)


@pytest.fixture
def eventful(filled: Path) -> Path:
    """The filled archive, and some of each that the queries look for."""
    with new_archive(filled) as archive:
        for number, language in enumerate(("en", "en", "fil")):
            read = article(
                f"https://many.example/{number}",
                f"Text number {number} of its own, about harbour cranes and {number} drivers.",
                published=day(f"2023-05-0{number + 1}"),
                publisher="Harbour News",
                language=language,
            )
            archive.store(reading(read), asked_url=read.url, claim=None, source_id=1, now=NOW)
    raw = sqlite3.connect(filled / "archive.db")
    with raw:
        for number, (state, verdict, host) in enumerate(
            (
                ("failed", "consent-wall", "walled.example"),
                ("done", "consent-wall", "walled.example"),
                ("failed", "bot-challenge", "walled.example"),
                ("done", "paywall", "paid.example"),
                ("done", "article", "open.example"),
            )
        ):
            url = f"https://{host}/{number}"
            raw.execute(WALL, (url, url, state, verdict, host, f"2026-02-0{number + 1}"))
        raw.execute(
            "INSERT INTO headlines (source_id, title, raw, list_url, position, first_seen, "
            "identity, published) VALUES (1, 'Nowhere to go', 'x', 'x', 3, '2026-01-01', 'x', "
            "'2022-03-04')"
        )
        raw.execute(
            "INSERT INTO resolutions VALUES (3, NULL, NULL, 0.4, 'two are as good', NULL, 'x')"
        )
        raw.execute(
            "INSERT INTO mementos (key, url, kind, state, added_at, memento_url, memento_at) "
            "SELECT key, url, 'article', 'found', 'x', 'https://web.example/1', '2024' "
            "FROM articles WHERE id = 3"
        )
        raw.execute(
            "INSERT INTO versions (article_id, title, text, text_digest, captured_at, replaced_at) "
            "VALUES (3, 'As it was', 'short', 'x', 'x', '2023-05-11')"
        )
        raw.execute(
            "INSERT INTO list_changes (source_id, headline_id, kind, at, old, new) VALUES "
            "(1, 1, 'retitled', '2026-03-01', 'Old', 'New'), (1, 2, 'withdrawn', '2026-03-02', "
            "'Gone', NULL)"
        )
        raw.execute("INSERT INTO crawls VALUES (1, 'x', 'x', 'x', 'done', '1', 1, 1, 1, 1, 1)")
        raw.execute(
            "INSERT INTO crawl_sources VALUES (1, 1, 'k', 1, 0, 'wall', 'a consent wall', 0, 0, 0, "
            "0, 1, 0, 0, 0, 0, 2, 3, 0, NULL, 1, 1)"
        )
    raw.close()
    return filled


def asked(folder: Path, name: str, **parameters: str) -> list[dict[str, Any]]:
    given = urlencode({"_shape": "array", **parameters})
    with visiting(folder) as visitor:
        answer = visitor.get(f"/archive/{name}.json?{given}")
    assert answer.status_code == 200, answer.text
    return list(answer.json())


def column(rows: list[dict[str, Any]], name: str) -> list[Any]:
    return [row[name] for row in rows]


def test_stories_with_copies(eventful: Path) -> None:
    (row,) = asked(eventful, "most_copied")
    assert (row["article_id"], row["members"], row["publishers"], row["texts"]) == (1, 2, 1, 1)


def test_walls(eventful: Path) -> None:
    rows = asked(eventful, "walls_met")
    assert [(row["host"], row["verdict"], row["pages"], row["tried_again"]) for row in rows] == [
        ("walled.example", "consent-wall", 2, 1),
        ("paid.example", "paywall", 1, 0),
        ("walled.example", "bot-challenge", 1, 1),
    ]
    assert rows[0]["last_met"] == "2026-02-02"
    assert len(asked(eventful, "walls_met", host="paid.example")) == 1


def test_undated_articles(eventful: Path) -> None:
    assert column(asked(eventful, "undated"), "url") == ["https://copy.example/ferry"]


def test_headlines_that_lead_nowhere(eventful: Path) -> None:
    for parameters in ({}, {"source": "1"}):
        (row,) = asked(eventful, "unresolved", **parameters)
        assert (row["title"], row["evidence"]) == ("Nowhere to go", "two are as good")
    assert asked(eventful, "unresolved", source="7") == []


def test_publishers_of_a_year(eventful: Path) -> None:
    (row,) = asked(eventful, "busiest_publishers", year="2023")
    assert row == {"year": "2023", "publisher": "Harbour News", "articles": 3}
    (newest,) = asked(eventful, "busiest_publishers")
    assert newest == {"year": "2024", "publisher": "Daily Post", "articles": 1}
    assert asked(eventful, "busiest_publishers", year="1999") == []
    assert asked(eventful, "busiest_publishers", year="x' OR 1") == []


def test_link_rot(eventful: Path) -> None:
    rows = asked(eventful, "link_rot")
    assert rows == [
        {
            "year": "2024",
            "headlines": 2,
            "gone": 1,
            "held": 0,
            "percent_gone": 50.0,
            "gone_originals": 0,
        },
        {
            "year": "2022",
            "headlines": 1,
            "gone": 0,
            "held": 0,
            "percent_gone": 0.0,
            "gone_originals": 0,
        },
    ]


def test_originals_that_are_gone(eventful: Path) -> None:
    with sqlite3.connect(eventful / "archive.db") as raw:
        raw.execute(
            "UPDATE articles SET original_key = (SELECT key FROM frontier WHERE state = 'gone') "
            "WHERE id = 1"
        )
    raw.close()
    assert column(asked(eventful, "link_rot"), "gone_originals") == [1, 0]


def test_dead_links_that_were_found(eventful: Path) -> None:
    (row,) = asked(eventful, "dead_links_found")
    assert (row["article_id"], row["memento_url"]) == (3, "https://web.example/1")


def test_changes_after_publication(eventful: Path) -> None:
    for days in ("", "10"):
        (row,) = asked(eventful, "changed", days=days)
        assert (row["article_id"], row["days_after"]) == (3, 10.0)
        assert row["title_before"] == "As it was"
        assert row["characters_more"] > 40
    assert asked(eventful, "changed", days="10.5") == []


def test_changes_of_the_lists(eventful: Path) -> None:
    assert column(asked(eventful, "newest_list_changes"), "kind") == ["withdrawn", "retitled"]
    (row,) = asked(eventful, "newest_list_changes", kind="retitled", source="1")
    assert (row["source"], row["old"], row["new"]) == ("Lists", "Old", "New")


def test_sources_with_faults(eventful: Path) -> None:
    (row,) = asked(eventful, "faulty_sources")
    assert (row["source"], row["unread_lists"], row["walls"], row["failed"]) == ("Lists", 1, 2, 3)
    assert row["last_reason"] == "a consent wall"


def test_only_the_last_ten_crawls_tell_faults(eventful: Path) -> None:
    with sqlite3.connect(eventful / "archive.db") as raw:
        for number in range(2, 12):
            raw.execute(
                "INSERT INTO crawls VALUES (?, 'x', 'x', 'x', 'done', '1', 1, 1, 1, 1, 1)",
                (number,),
            )
            raw.execute(
                "INSERT INTO crawl_sources VALUES (1, ?, 'k', 1, 0, NULL, NULL, 0, 0, 0, 0, 1, 0, "
                "0, 0, 0, 0, 0, 0, NULL, 1, 1)",
                (number,),
            )
    raw.close()
    assert asked(eventful, "faulty_sources") == []


def test_biggest_texts(eventful: Path) -> None:
    with sqlite3.connect(eventful / "archive.db") as raw:
        raw.execute("DELETE FROM sketches")
        raw.execute("INSERT INTO sketches VALUES (3, 1, 20, x''), (4, 1, 30, x''), (5, 1, 10, x'')")
    raw.close()
    assert column(asked(eventful, "biggest_texts"), "article_id") == [4, 3, 5]


def test_languages(eventful: Path) -> None:
    rows = {row["language"]: row["articles"] for row in asked(eventful, "languages")}
    assert rows == {"en": 2, "fil": 1, "unknown": 2}


def test_every_query_is_listed_explained_and_runs(eventful: Path) -> None:
    with visiting(eventful) as visitor:
        front = visitor.page("/archive")
        for name, query in QUERIES.items():
            assert query.title in front
            page = visitor.page(f"/archive/{name}")
            assert query.title in page
            assert 'class="message-error"' not in page
            for parameter, words in query.parameters.items():
                assert f'name="{parameter}"' in page
                assert f"{parameter}: {words}" in page


@pytest.mark.parametrize("name", QUERIES)
def test_parameters_are_those_of_the_sql(name: str) -> None:
    query = QUERIES[name]
    assert set(re.findall(r"(?<!:):(\w+)", query.sql)) == set(query.parameters)
    assert all("empty" in words for words in query.parameters.values())
    assert name not in TABLES


@pytest.mark.parametrize("name", QUERIES)
def test_an_empty_archive(folder: Path, name: str) -> None:
    with new_archive(folder):
        pass
    assert asked(folder, name) == []


@pytest.mark.parametrize("name", QUERIES)
def test_no_query_reads_all_articles(eventful: Path, name: str) -> None:
    query = QUERIES[name]
    raw = sqlite3.connect(eventful / "archive.db")
    plan = raw.execute(f"EXPLAIN QUERY PLAN {query.sql}", dict.fromkeys(query.parameters, ""))
    steps = [row[3] for row in plan]
    raw.close()
    assert not [step for step in steps if re.search(r"SCAN articles(?!_fts| USING)", step)]


def test_a_persons_query_of_the_same_name_goes_before(filled: Path) -> None:
    (filled / "metadata.yaml").write_text(
        "databases:\n  archive:\n    queries:\n      languages: select 7 as mine\n"
        "      own: select 8 as mine\n"
    )
    with visiting(filled) as visitor:
        for _ in range(2):
            assert visitor.get("/archive/languages.json?_shape=array").json() == [{"mine": 7}]
            assert visitor.get("/archive/own.json?_shape=array").json() == [{"mine": 8}]
            assert visitor.get("/archive/undated.json?_shape=array").status_code == 200


def test_another_database_has_none(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE birds (name TEXT)")
    raw.close()
    with visiting(path, filled / "archive.db") as visitor:
        assert visitor.get("/other/languages").status_code == 404


def test_the_document_lists_the_queries_with_their_parameters() -> None:
    document = (ROOT / "docs" / "reading-room.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `(\w+)` \| ([^|]*)\|", document, re.MULTILINE)
    said = {name: re.findall(r"`(\w+)`", given) for name, given in listed if name in QUERIES}
    assert said == {name: list(query.parameters) for name, query in QUERIES.items()}
