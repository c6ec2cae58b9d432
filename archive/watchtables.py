"""The tables of the saved searches: the SQL of one step. Pure.

A hit is what a watch has seen, told or not: `told_at` is NULL for what was there when the watch was
made, and for the further copies of a story. The triggers keep a number that SQLite gives out again
from being taken for what it stood for before.
"""

STEPS = (
    """
    CREATE TABLE watches (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        asked TEXT NOT NULL,
        made_at TEXT NOT NULL,
        last_run_at TEXT,
        feed TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE watch_hits (
        kind TEXT NOT NULL,
        item_id INTEGER NOT NULL,
        watch_id INTEGER NOT NULL REFERENCES watches(id),
        told_at TEXT,
        PRIMARY KEY (kind, item_id, watch_id)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX idx_watch_hits_told ON watch_hits (watch_id, told_at) WHERE told_at IS NOT NULL",
    """
    CREATE TRIGGER watch_hits_articles AFTER DELETE ON articles BEGIN
        DELETE FROM watch_hits WHERE kind = 'article' AND item_id = old.id;
    END
    """,
    """
    CREATE TRIGGER watch_hits_headlines AFTER DELETE ON headlines BEGIN
        DELETE FROM watch_hits WHERE kind = 'headline' AND item_id = old.id;
    END
    """,
)
