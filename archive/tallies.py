"""How many articles there are by month, publisher, language and source: the SQL of one step. Pure.

Counting a million rows takes seconds; the front page of an archive shows these counts each time it
is opened. Triggers keep them, in the transaction that stores an article: `articles` of a `kind`
with a `name` in a `month`. A page without a publisher or a date of its own counts under what a list
gave, as it does in a search; of what only the year is known the year is the month, and `` where
nothing is. Kind `all` has one name, ``; `check` compares with the articles, and counts them anew.
"""

TABLE = """
    CREATE TABLE tallies (
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        month TEXT NOT NULL,
        articles INTEGER NOT NULL,
        PRIMARY KEY (kind, name, month)
    ) WITHOUT ROWID
"""
# `{0}` is the row: `new.`, `old.`, or nothing in a query. U+E000 separates what several lists say.
_PUBLISHER = (
    "trim(coalesce({0}publisher, substr({0}listed_publishers, 1, "
    "instr({0}listed_publishers || char(57344), char(57344)) - 1), ''))"
)
_MONTH = (
    "coalesce(substr(coalesce({0}published, {0}listed_published), 1, CASE WHEN "
    "CASE WHEN {0}published IS NULL THEN {0}listed_published_precision "
    "ELSE {0}published_precision END = 'year' THEN 4 ELSE 7 END), '')"
)
_WHOLE_LANGUAGE = "replace(coalesce({0}language, ''), '_', '-') || '-'"
_LANGUAGE = f"lower(substr({_WHOLE_LANGUAGE}, 1, instr({_WHOLE_LANGUAGE}, '-') - 1))"
_SOURCE = "coalesce({0}source_id, '')"
NAMES = {"all": "''", "publisher": _PUBLISHER, "language": _LANGUAGE, "source": _SOURCE}
# Columns of which the counts are made.
_CAUSES = (
    "publisher",
    "listed_publishers",
    "published",
    "published_precision",
    "listed_published",
    "listed_published_precision",
    "language",
    "source_id",
)


def _rows(row: str) -> str:
    """Give the kinds and names under which a row counts, with its month."""
    return ", ".join(
        f"('{kind}', {name.format(row)}, {_MONTH.format(row)}, 1)" for kind, name in NAMES.items()
    )


_ADD = (
    f"INSERT INTO tallies VALUES {_rows('new.')} "  # noqa: S608 - our own names
    "ON CONFLICT DO UPDATE SET articles = articles + 1;"
)
_TAKE = " ".join(
    f"UPDATE tallies SET articles = articles - 1 WHERE kind = '{kind}' "  # noqa: S608 - our own names
    f"AND name = {name.format('old.')} AND month = {_MONTH.format('old.')};"
    for kind, name in NAMES.items()
)
_CLEAR = " ".join(
    f"DELETE FROM tallies WHERE kind = '{kind}' AND name = {name.format('old.')} "  # noqa: S608 - our own names
    f"AND month = {_MONTH.format('old.')} AND articles <= 0;"
    for kind, name in NAMES.items()
)
_CHANGED = " OR ".join(f"old.{name} IS NOT new.{name}" for name in _CAUSES)
TRIGGERS = (
    f"CREATE TRIGGER tallies_insert AFTER INSERT ON articles BEGIN {_ADD} END",
    f"CREATE TRIGGER tallies_delete AFTER DELETE ON articles BEGIN {_TAKE} {_CLEAR} END",
    (
        f"CREATE TRIGGER tallies_update AFTER UPDATE OF {', '.join(_CAUSES)} ON articles "
        f"WHEN {_CHANGED} BEGIN {_TAKE} {_CLEAR} {_ADD} END"
    ),
)
COUNTED = " UNION ALL ".join(
    f"SELECT '{kind}' AS kind, CAST({name.format('')} AS TEXT) AS name, "  # noqa: S608 - our own names
    f"{_MONTH.format('')} AS month, count(*) AS articles FROM articles GROUP BY 2, 3"
    for kind, name in NAMES.items()
)
FILL = f"INSERT INTO tallies {COUNTED}"
STEPS = (TABLE, FILL, *TRIGGERS)
# What is counted wrongly, either way.
WRONG = (
    f"SELECT kind, name, month FROM (SELECT * FROM ({COUNTED}) EXCEPT SELECT * FROM tallies) "  # noqa: S608 - our own names
    f"UNION SELECT kind, name, month FROM (SELECT * FROM tallies EXCEPT SELECT * FROM ({COUNTED}))"
)
EMPTY = "DELETE FROM tallies"
