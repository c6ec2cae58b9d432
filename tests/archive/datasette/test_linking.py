"""Ways from the tables into the reading room, and that what stands in cells stays text."""

import re
import sqlite3
from pathlib import Path

import pytest

from tests.archive.datasette.asking import visiting

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    " javascript:alert(1)",
    'https://paper.example/"onmouseover="alert(1)',
    "https://paper.example/<script>alert(1)</script>",
    "file:///etc/passwd",
)


def test_the_menu_leads_into_the_reading_room(filled: Path, tmp_path: Path) -> None:
    with visiting(filled, settings={"base_url": "/news/"}) as visitor:
        page = visitor.page("/archive/articles")
    assert '<a href="/news/">Reading room</a>' in page
    assert '<a href="/news/-/search">Search</a>' in page
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE birds (source_id INTEGER, name TEXT)")
        raw.execute("INSERT INTO birds VALUES (1, 'wren')")
    raw.close()
    with visiting(path) as visitor:
        page = visitor.page("/other/birds")
    assert "Reading room" not in page
    assert "/-/source/" not in page


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/archive/headlines", '<a href="/-/source/1">Lists</a>&nbsp;<em>1</em>'),
        ("/archive/headlines", '<a href="/-/article/1">Ferry sails on Sundays</a>'),
        ("/archive/news", '<a href="/-/story/1">1</a>'),
        ("/archive/news", '<a href="/-/article/1">1</a>'),
        ("/archive/duplicates", '<a href="/-/article/2">2</a>'),
        ("/archive/articles/1", '<a href="/-/article/1">1</a>'),
        ("/archive/most_copied", '<a href="/-/story/1">1</a>'),
    ],
)
def test_numbers_lead_to_pages(filled: Path, path: str, link: str) -> None:
    with visiting(filled) as visitor:
        assert link in visitor.page(path)


def test_what_stands_in_cells_neither_runs_nor_links(filled: Path) -> None:
    with sqlite3.connect(filled / "archive.db") as raw:
        for text in HOSTILE:
            raw.execute("DELETE FROM sources WHERE id = 9")
            raw.execute(
                "INSERT INTO sources (id, url, name, key, added_at) VALUES (9, ?, ?, 'k', 'x')",
                (text, text),
            )
            raw.execute(
                "INSERT INTO headlines (source_id, title, url, publisher, raw, list_url, position, "
                "first_seen, identity) VALUES (9, ?, ?, ?, ?, ?, 1, 'x', ?)",
                (*([text] * 5), f"i{text}"),
            )
            raw.commit()
            with visiting(filled) as visitor:
                for path in (
                    "/archive/headlines",
                    "/archive/headlines?_facet=title&_facet=url",
                    "/archive/headlines/3",
                    "/archive/sources",
                    "/archive?sql=select+*,+source_id+from+headlines",
                ):
                    assert_inert(visitor.page(path))
    raw.close()


def assert_inert(page: str) -> None:
    """See to it that a page has only Datasette's own scripts, and links that lead to http."""
    page = re.sub(r"(?s)<(style|textarea|pre)\b.*?</\1>", "", page)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<svg onload" not in page
    for link in re.findall(r'<a\b[^>]*href="([^"]*)"', page):
        assert re.match(r"https?://|/|#|\?|$", link), link
    assert not re.findall(r"<\w+[^<>]*\son(?:mouseover|error|load)\s*=", page)


def test_running_text_has_room_in_tables_of_an_archive_only(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE birds (name TEXT)")
    raw.close()
    with visiting(path, filled / "archive.db", settings={"base_url": "/news/"}) as visitor:
        (style,) = re.findall(
            r'href="/news(/-/static[^"]*tables\.css[^"]*)"', visitor.page("/archive/articles")
        )
        assert visitor.get(style).headers["content-type"].startswith("text/css")
        assert "tables.css" not in visitor.page("/other/birds")
        assert "tables.css" not in visitor.page("/")
