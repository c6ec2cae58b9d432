"""An archive of every version of the schema, as SQL text, named after its last step.

What is in them was written by the program as it was then: the same few lists and articles, over
and over. The later ones were made of the one before by the step, so that all hold the same.
They are never edited. `python -m tests.archive.schemas` makes those that are missing.
"""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from archive.connection import FILE_NAME
from archive.shape import search_indexes

FOLDER = Path(__file__).parent


def dumps() -> list[Path]:
    """Give the files in the order of their steps."""
    return sorted(FOLDER.glob("m*.sql"))


def load(path: Path, folder: Path) -> Path:
    """Make the archive of a dump in a folder; gives its database."""
    folder.mkdir(parents=True)
    raw = sqlite3.connect(folder / FILE_NAME)
    raw.executescript(path.read_text(encoding="utf-8"))
    raw.commit()
    raw.close()
    return folder / FILE_NAME


def dump(database: Path) -> str:
    """Give a database as SQL: tables with their rows, then search, indexes, triggers, views."""
    raw = sqlite3.connect(database)
    try:
        return "\n".join(_statements(raw)) + "\n"
    finally:
        raw.close()


def _statements(raw: sqlite3.Connection) -> Iterator[str]:
    (mark,) = raw.execute("PRAGMA application_id").fetchone()
    yield f"PRAGMA application_id={mark};"
    indexes = search_indexes(raw)
    searched = re.compile("|".join(f"{index.name}(_|$)" for index in indexes) or "$^")
    made = raw.execute(
        "SELECT type, name, sql FROM sqlite_schema "
        "WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
    ).fetchall()
    tables = [(name, sql) for kind, name, sql in made if kind == "table"]
    plain = [(name, sql) for name, sql in tables if not searched.match(name)]
    for name, sql in plain:
        yield f"{sql};"
        yield from _rows(raw, name)
    for index in indexes:
        yield f"{dict(tables)[index.name]};"
        yield f"INSERT INTO {index.name} ({index.name}) VALUES ('rebuild');"
    for wanted in ("index", "view", "trigger"):
        yield from (f"{sql};" for kind, _, sql in made if kind == wanted)


def _rows(raw: sqlite3.Connection, table: str) -> Iterator[str]:
    # Columns that are worked out from others are not written.
    columns = [row[1] for row in raw.execute(f"PRAGMA table_xinfo({table})") if not row[6]]
    names = ", ".join(f'"{name}"' for name in columns)
    values = " || ', ' || ".join(f'quote("{name}")' for name in columns)
    for (row,) in raw.execute(f'SELECT {values} FROM {table} ORDER BY "{columns[0]}"'):
        yield f'INSERT INTO "{table}" ({names}) VALUES ({row});'
