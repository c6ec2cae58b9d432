"""The full-text tables in order of publication: the SQL of one step of the schema. Pure.

`time_order` is the rowid of an article or a headline in its full-text table: the day of
publication (UTC, Julian day number), how exactly it is known, and the row's id, in one number that
sorts as dates do (`timeorder` reads it). So the newest matches are the last rows, and a span of
days is a span of rowids, whatever the order in which things were stored. What has no date comes
before all that has one, in the order in which it was stored.

`marks` are words that no text has: an article's language, its sources, its address's host. They are
searched together with what was typed, so that narrowing a search costs nothing.

What lists say of an article is kept in its row, so that one full-text row answers for it.
"""

from archive.indexed import ARTICLE_COLUMNS, COLUMNS, HEADLINE_COLUMNS, HOST_SIGNS

LISTED = (
    "listed_titles",
    "listed_publishers",
    "listed_characters",
    "listed_sources",
    "listed_published",
    "listed_published_precision",
)
# `indexed.SEPARATOR`, as SQL makes it.
_SEPARATOR = "char(57344)"
# More rows than this a table cannot have: their ids would run into the day.
MOST_ROWS = 1 << 28


def steps() -> tuple[str, ...]:
    """Give the statements that bring the full-text tables of before into this form, but `hosts`."""
    return (
        *(f"DROP TRIGGER {table}_{event}" for table, event in _OLD_TRIGGERS),
        "DROP TABLE articles_fts",
        "DROP TABLE headlines_fts",
        *(f"ALTER TABLE articles ADD COLUMN {name} TEXT" for name in LISTED),
        _added("articles", "time_order", "INTEGER", _TIME_ORDER.format(date=_EFFECTIVE)),
        _added("articles", "marks", "TEXT", _ARTICLE_MARKS),
        _added("headlines", "time_order", "INTEGER", _TIME_ORDER.format(date=_OWN)),
        _added("headlines", "marks", "TEXT", _HEADLINE_MARKS),
        # Which story an article belongs to is read for every match that is counted.
        "CREATE INDEX idx_articles_time_order ON articles (time_order, story_id)",
        "CREATE INDEX idx_headlines_time_order ON headlines (time_order)",
        _LISTINGS,
        UPDATE_LISTED.format(which="articles.listed_titles IS NULL"),
        "CREATE TABLE publishers (id INTEGER PRIMARY KEY, publisher TEXT NOT NULL UNIQUE)",
        _PUBLISHERS,
    )


def index(
    table: str, columns: tuple[str, ...], tokenizer: str, *, rowid: str = "time_order"
) -> str:
    """Give the statement that makes a full-text table without text of its own."""
    return (
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5({', '.join(columns)}, "
        f"content='{table}', content_rowid='{rowid}', tokenize=\"{tokenizer}\")"
    )


def filling(table: str) -> str:
    """Give the statement that indexes all rows of a table in an empty full-text table.

    In the index's order: each row that comes before the last one has FTS5 begin a new segment,
    which is why its own `rebuild`, in the table's order, takes several times as long.
    """
    listed = ", ".join(COLUMNS[table])
    return (
        f"INSERT INTO {table}_fts (rowid, {listed}) "  # noqa: S608 - our own names
        f"SELECT time_order, {listed} FROM {table} ORDER BY time_order"
    )


def triggers() -> tuple[str, ...]:
    """Give the triggers that keep the full-text tables equal to what they index."""
    return (
        *_index_triggers("articles", ARTICLE_COLUMNS, _ARTICLE_CAUSES),
        *_index_triggers("headlines", HEADLINE_COLUMNS, _HEADLINE_CAUSES),
        *_LISTED_TRIGGERS,
        _INDEX_PUBLISHER,
        *(
            f"CREATE TRIGGER {table}_{event.partition(' ')[0].lower()}_publisher "
            f"AFTER {event} ON {table} WHEN new.publisher IS NOT NULL BEGIN {_NOTED} END"
            for table in ("articles", "headlines")
            for event in ("INSERT", "UPDATE OF publisher")
        ),
    )


_OLD_TRIGGERS = tuple(
    (table, event)
    for table in ("articles", "headlines")
    for event in ("insert", "delete", "update")
)
_OWN = ("published", "published_precision")
# A page without a date of its own takes the one that a list gave.
_EFFECTIVE = (
    "coalesce(published, listed_published)",
    "CASE WHEN published IS NULL THEN listed_published_precision ELSE published_precision END",
)
_TIME_ORDER = """
    (coalesce(
        CAST(julianday({date[0]}) + 0.5 AS INTEGER),
        CAST(julianday(substr({date[0]}, 1, 10)) + 0.5 AS INTEGER),
        0
    ) << 30)
    | (CASE
        WHEN {date[0]} IS NULL THEN 0
        WHEN {date[1]} = 'year' THEN 0
        WHEN {date[1]} = 'month' THEN 1
        WHEN instr({date[0]}, 'T') THEN 3
        ELSE 2 END << 28)
    | id
"""
_LANGUAGE = "replace(language, '_', '-')"
_HOST_MARKS = f"replace(' ' || hosts, ' ', ' ' || {_SEPARATOR} || 'site')"
# A name is one word, whatever is in it: its bytes in hexadecimal.
_PUBLISHER_MARK = f"coalesce(' ' || {_SEPARATOR} || 'pub' || nullif(hex(publisher), ''), '')"
for _sign, _letter in HOST_SIGNS:
    _HOST_MARKS = f"replace({_HOST_MARKS}, '{_sign}', char({ord(_letter)}))"
_ARTICLE_MARKS = f"""
    {_SEPARATOR} || 'every'
    || coalesce(
        ' ' || {_SEPARATOR} || 'lang'
        || lower(substr({_LANGUAGE}, 1, instr({_LANGUAGE} || '-', '-') - 1)), '')
    || coalesce(' ' || {_SEPARATOR} || 'source' || source_id, '')
    || coalesce(replace(' ' || listed_sources, ' ', ' ' || {_SEPARATOR} || 'source'), '')
    || coalesce({_HOST_MARKS}, '')
    || {_PUBLISHER_MARK}
    || coalesce(
        ' ' || {_SEPARATOR} || 'pub'
        || replace(
            nullif(hex(listed_publishers), ''), '20EE808020', ' ' || {_SEPARATOR} || 'pub'), '')
"""
_HEADLINE_MARKS = f"""
    CASE WHEN article_id IS NULL THEN {_SEPARATOR} || 'every' ELSE {_SEPARATOR} || 'held' END
    || ' ' || {_SEPARATOR} || 'source' || source_id
    || coalesce({_HOST_MARKS}, '')
    || {_PUBLISHER_MARK}
"""
# A change of any of these may change a column of the index or the order.
_ARTICLE_CAUSES = (
    *ARTICLE_COLUMNS[:-1],
    *LISTED[3:],
    "published",
    "published_precision",
    "language",
    "source_id",
    "hosts",
)
_HEADLINE_CAUSES = (
    *HEADLINE_COLUMNS[:-1],
    "published",
    "published_precision",
    "source_id",
    "article_id",
    "hosts",
)
_PUBLISHERS = """
    INSERT INTO publishers (publisher)
    SELECT publisher FROM articles WHERE publisher IS NOT NULL
    UNION SELECT publisher FROM headlines WHERE publisher IS NOT NULL
"""
_INDEX_PUBLISHER = """
    CREATE TRIGGER publishers_insert AFTER INSERT ON publishers BEGIN
        INSERT INTO publishers_fts (rowid, publisher) VALUES (new.id, new.publisher);
    END
"""
# Names are few: what is asked of a publisher is looked up among them, and found by its mark.
_NOTED = (
    "INSERT INTO publishers (publisher) SELECT new.publisher "
    "WHERE NOT EXISTS (SELECT 1 FROM publishers WHERE publisher = new.publisher);"
)
_BETWEEN = f"' ' || {_SEPARATOR} || ' '"
# The first that has a date tells it, a whole date before a bare year, as `search` shows it.
LISTING = f"""
    (SELECT group_concat(title, {_BETWEEN}) FROM (
        SELECT title FROM headlines WHERE {{these}} GROUP BY title ORDER BY min(id)
    )) AS listed_titles,
    (SELECT group_concat(publisher, {_BETWEEN}) FROM (
        SELECT publisher FROM headlines WHERE {{these}} AND publisher IS NOT NULL
        GROUP BY publisher
        ORDER BY min(published IS NULL), min(published_precision IS 'year'), min(id)
    )) AS listed_publishers,
    (SELECT group_concat(title_characters, {_BETWEEN}) FROM (
        SELECT title_characters FROM headlines WHERE {{these}} AND title_characters IS NOT NULL
        GROUP BY title_characters ORDER BY min(id)
    )) AS listed_characters,
    (SELECT group_concat(source_id, ' ') FROM (
        SELECT DISTINCT source_id FROM headlines WHERE {{these}} ORDER BY source_id
    )) AS listed_sources,
    (SELECT published FROM headlines WHERE {{these}}
        ORDER BY published IS NULL, published_precision IS 'year', id LIMIT 1
    ) AS listed_published,
    (SELECT published_precision FROM headlines WHERE {{these}}
        ORDER BY published IS NULL, published_precision IS 'year', id LIMIT 1
    ) AS listed_published_precision
"""  # noqa: S608 - our own names
_LISTINGS = f"""
    CREATE VIEW listings AS SELECT articles.id AS article_id,
    {LISTING.format(these="article_id = articles.id")}
    FROM articles
"""  # noqa: S608 - our own names
UPDATE_LISTED = f"""
    UPDATE articles SET ({", ".join(LISTED)}) =
        (SELECT {", ".join(LISTED)} FROM listings WHERE listings.article_id = articles.id)
    WHERE {{which}} AND ({", ".join(LISTED)}) IS NOT
        (SELECT {", ".join(LISTED)} FROM listings WHERE listings.article_id = articles.id)
"""  # noqa: S608 - our own names
_LISTED_TRIGGERS = (
    f"""
        CREATE TRIGGER headlines_insert_listed AFTER INSERT ON headlines
        WHEN new.article_id IS NOT NULL BEGIN
            {UPDATE_LISTED.format(which="articles.id = new.article_id")};
        END
    """,
    f"""
        CREATE TRIGGER headlines_delete_listed AFTER DELETE ON headlines
        WHEN old.article_id IS NOT NULL BEGIN
            {UPDATE_LISTED.format(which="articles.id = old.article_id")};
        END
    """,
    f"""
        CREATE TRIGGER headlines_update_listed AFTER UPDATE OF
            article_id, title, title_characters, publisher, published, published_precision,
            source_id
        ON headlines WHEN old.article_id IS NOT NULL OR new.article_id IS NOT NULL BEGIN
            {UPDATE_LISTED.format(which="articles.id IN (old.article_id, new.article_id)")};
        END
    """,
)


def _added(table: str, name: str, kind: str, expression: str) -> str:
    """Give the statement that adds a column which is worked out from others."""
    return (
        f"ALTER TABLE {table} ADD COLUMN {name} {kind} "
        f"GENERATED ALWAYS AS ({' '.join(expression.split())}) VIRTUAL"
    )


def _index_triggers(
    table: str, columns: tuple[str, ...], causes: tuple[str, ...]
) -> tuple[str, ...]:
    """Give the triggers of one full-text table; an update that changes nothing in it is none."""
    listed = ", ".join(columns)
    old, new = (", ".join(f"{row}.{name}" for name in columns) for row in ("old", "new"))
    differs = " OR ".join(f"old.{name} IS NOT new.{name}" for name in ("time_order", *columns))
    removal = (
        f"INSERT INTO {table}_fts ({table}_fts, rowid, {listed}) "  # noqa: S608 - our own names
        f"VALUES ('delete', old.time_order, {old});"
    )
    guard = f"SELECT raise(ABORT, 'the table {table} is full') WHERE new.id >= {MOST_ROWS};"
    addition = f"INSERT INTO {table}_fts (rowid, {listed}) VALUES (new.time_order, {new});"  # noqa: S608 - our own names
    change = f"AFTER UPDATE OF {', '.join(causes)} ON {table} WHEN {differs}"
    return (
        f"CREATE TRIGGER {table}_insert AFTER INSERT ON {table} BEGIN {guard} {addition} END",
        f"CREATE TRIGGER {table}_delete AFTER DELETE ON {table} BEGIN {removal} END",
        f"CREATE TRIGGER {table}_update {change} BEGIN {removal} {addition} END",
    )
