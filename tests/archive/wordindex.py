"""An index of few words, for tests that ask which words the archive has."""

import sqlite3

from archive.indexed import ARTICLE_COLUMNS, HEADLINE_COLUMNS, TOKENIZER

ARTICLES = (
    "naïve plans for the Straße in København",
    *["therapy for the government"] * 30,
    "theripy once by mistake",
    "the cellular approvals",
)
HEADLINES = ("Nave islanders find a boat", "a recommendation")


def open_index() -> sqlite3.Connection:
    opened = sqlite3.connect(":memory:", isolation_level=None)
    for name, columns in (("articles_fts", ARTICLE_COLUMNS), ("headlines_fts", HEADLINE_COLUMNS)):
        listed = ", ".join(columns)
        opened.execute(f'CREATE VIRTUAL TABLE {name} USING fts5({listed}, tokenize="{TOKENIZER}")')
    opened.executemany("INSERT INTO articles_fts (text) VALUES (?)", [(t,) for t in ARTICLES])
    opened.executemany("INSERT INTO headlines_fts (title) VALUES (?)", [(t,) for t in HEADLINES])
    return opened
