"""What the tables mean is said in two places, and they say the same."""

import re
import sqlite3
from pathlib import Path

import pytest

from archive.datasette.described import TABLES

ROOT = Path(__file__).parent.parent.parent.parent
# Columns that are worked out; the document explains them at length.
WORKED_OUT = {"articles": {"time_order", "marks"}, "headlines": {"time_order", "marks"}}


def documented() -> dict[str, tuple[str, dict[str, str]]]:
    """Give table ▸ its first paragraph, and column ▸ meaning, of docs/schema.md as plain text."""
    parts = re.split(r"^## ", (ROOT / "docs" / "schema.md").read_text(), flags=re.MULTILINE)[1:]
    tables = {}
    for part in parts:
        head, _, body = part.partition("\n")
        rows = re.findall(r"^\| `(\w+)` \| (.*?) \|$", body, re.MULTILINE)
        first = plain(body.strip().split("\n\n")[0])
        tables[head] = (first, {name: plain(meaning) for name, meaning in rows})
    return tables


def plain(text: str) -> str:
    return " ".join(re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text).replace("`", "").split())


def test_every_table_of_the_document_is_described() -> None:
    assert set(TABLES) == {name for name in documented() if "_fts" not in name}


@pytest.mark.parametrize("name", TABLES)
def test_the_words_are_those_of_the_document(name: str) -> None:
    first, columns = documented()[name]
    table = TABLES[name]
    assert table.description == first
    said = {c: words for c, words in table.columns.items() if c not in WORKED_OUT.get(name, ())}
    assert said == ({} if table.hidden else columns)


def test_what_is_described_is_there(filled: Path) -> None:
    raw = sqlite3.connect(filled / "archive.db")
    for name, table in TABLES.items():
        columns = {row[1] for row in raw.execute(f'PRAGMA table_xinfo("{name}")')}
        assert columns
        if not table.hidden:
            assert set(table.columns) == columns, name
        shown = {table.label, table.sort_desc, *table.facets, *table.small_facets, *table.units}
        assert shown - {None} <= columns, name
    raw.close()


def test_tables_are_sorted_by_what_is_found_at_once(filled: Path) -> None:
    raw = sqlite3.connect(filled / "archive.db")
    for name, table in TABLES.items():
        if table.sort_desc:
            plan = " ".join(
                str(row[3])
                for row in raw.execute(
                    f"EXPLAIN QUERY PLAN SELECT * FROM {name} "
                    f"ORDER BY {table.sort_desc} DESC LIMIT 51"
                )
            )
            assert "TEMP B-TREE" not in plan, name
    raw.close()


def test_facets_that_are_always_shown_have_an_index_or_a_short_table(filled: Path) -> None:
    raw = sqlite3.connect(filled / "archive.db")
    short = {"crawls"}
    for name, table in TABLES.items():
        for column in table.facets if name not in short else ():
            plan = raw.execute(
                f"EXPLAIN QUERY PLAN SELECT {column}, count(*) FROM {name} "
                f"WHERE {column} IS NOT NULL GROUP BY {column}"
            ).fetchall()
            assert "COVERING INDEX" in str([row[3] for row in plan]) or name == "crawl_sources"
    raw.close()
