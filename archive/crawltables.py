"""The tables of what each crawl did, and of what its owner was told: the SQL of one step. Pure."""

# One row for each crawl, begun as it starts and written along, so that a killed one has it too.
_CRAWLS = """
CREATE TABLE crawls (
    id INTEGER PRIMARY KEY,
    started_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    ended_at TEXT,
    ended TEXT,
    version TEXT NOT NULL,
    pages INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    seconds REAL NOT NULL
)
"""
# Of the sources that a crawl had to do with. The key's order is that in which a source's last
# crawls are read.
_CRAWL_SOURCES = """
CREATE TABLE crawl_sources (
    source_id INTEGER NOT NULL REFERENCES sources(id),
    crawl_id INTEGER NOT NULL REFERENCES crawls(id),
    list_key TEXT NOT NULL,
    list_pages INTEGER NOT NULL,
    unchanged_lists INTEGER NOT NULL,
    list_trouble TEXT,
    list_reason TEXT,
    headlines INTEGER NOT NULL,
    first_page INTEGER,
    undated INTEGER NOT NULL,
    new_headlines INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    new_articles INTEGER NOT NULL,
    changed_articles INTEGER NOT NULL,
    unchanged_articles INTEGER NOT NULL,
    first_tries INTEGER NOT NULL,
    walls INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    failures TEXT,
    bytes INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (source_id, crawl_id)
)
"""
# A list that has been quiet for years is asked for its last news without a walk through the years.
_ARRIVALS = """
CREATE INDEX idx_crawl_sources_arrivals ON crawl_sources (source_id, crawl_id)
WHERE new_headlines > 0
"""
# What the owner was last told of a source, so that nothing is told twice.
_NOTICES = """
CREATE TABLE notices (
    source_id INTEGER PRIMARY KEY REFERENCES sources(id),
    state TEXT NOT NULL,
    reason TEXT NOT NULL,
    told_at TEXT NOT NULL
)
"""
STATEMENTS = (_CRAWLS, _CRAWL_SOURCES, _ARRIVALS, _NOTICES)
