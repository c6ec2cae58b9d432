"""Which words the archive's index has: other writings of a word. Reads only.

A word is looked for with a search that ends at its first document: 20 µs, however often it stands
there. `spelling` says what to look for.
"""

import sqlite3
from collections.abc import Iterable

from archive import spelling

# The words are quoted, as FTS5 has it: what they are made of is no operator then.
HELD = """
    WITH asked (value) AS (VALUES {})
    SELECT value FROM asked
    WHERE EXISTS (SELECT 1 FROM articles_fts WHERE articles_fts MATCH '"' || value || '"')
    OR EXISTS (SELECT 1 FROM headlines_fts WHERE headlines_fts MATCH '"' || value || '"')
"""


def held(raw: sqlite3.Connection, words: Iterable[str]) -> tuple[str, ...]:
    """Give those of some words that the archive has, in their order."""
    asked = [word.replace('"', "") for word in words]
    if not asked:
        return ()
    sql = HELD.format(", ".join(["(?)"] * len(asked)))
    return tuple(row[0] for row in raw.execute(sql, asked))


def writings(raw: sqlite3.Connection, word: str) -> tuple[str, ...]:
    """Give the other writings of a word that the archive has: `straße` for `strasse`."""
    return held(raw, spelling.variants(word))
