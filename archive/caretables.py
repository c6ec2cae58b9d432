"""What an archive that is cared for over years has beside its pages: the SQL of one step. Pure.

The index answers when the archive last saw a page, which `status` asks: without it the whole table
is read, texts and all. `accepted_at` is when an owner said that what a list brings is normal now.
"""

STEPS = (
    "CREATE INDEX idx_articles_last_seen ON articles (last_seen)",
    "ALTER TABLE sources ADD COLUMN accepted_at TEXT",
)
