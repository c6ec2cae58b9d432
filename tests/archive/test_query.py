"""What is typed ▸ FTS5: meaning by example, and that nothing typed can break it."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.query import Query, build, first_day
from archive.schema import ARTICLE_WORDS, HEADLINE_WORDS, TOKENIZER
from archive.scripts import characters
from archive.searchtables import ARTICLE_COLUMNS, HEADLINE_COLUMNS

TEXTS = {
    1: (
        "Stem cell therapy wins approval",
        "The agency said yes to cells.",
        "Ann Lee",
        "Daily Post",
    ),
    2: ("Plant stem study", "Roots and naïve leaves, said the café.", "Bo Ek", "Garden News"),
    3: ("북한 날씨", "iPhone発売の北京晚报は大人気", "李雷", "新华社"),
    4: ("हिन्दी समाचार", "Don't stop at 10:30 sharp", None, None),
}
HEADLINES = {1: ("Stem cell list line", "Daily Post"), 2: ("北京晚报的消息", None)}


def table(name: str, columns: tuple[str, ...]) -> str:
    return f'CREATE VIRTUAL TABLE {name} USING fts5({", ".join(columns)}, tokenize="{TOKENIZER}")'


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    raw = sqlite3.connect(":memory:")
    raw.execute(table("articles_fts", ARTICLE_COLUMNS))
    raw.execute(table("headlines_fts", HEADLINE_COLUMNS))
    for rowid, (title, text, byline, publisher) in TEXTS.items():
        row = (rowid, title, text, byline, publisher, characters(title), characters(text))
        sql = f"INSERT INTO articles_fts(rowid, {', '.join(ARTICLE_WORDS)}) VALUES (?,?,?,?,?,?,?)"
        raw.execute(sql, row)
    for rowid, (title, publisher) in HEADLINES.items():
        sql = f"INSERT INTO headlines_fts(rowid, {', '.join(HEADLINE_WORDS)}) VALUES (?,?,?,?)"
        raw.execute(sql, (rowid, title, publisher, characters(title)))
    yield raw
    raw.close()


def matches(raw: sqlite3.Connection, table: str, expression: str | None) -> set[int]:
    if expression is None:
        return set()
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ?"
    return {row[0] for row in raw.execute(sql, (expression,))}


def articles(raw: sqlite3.Connection, query: Query) -> set[int]:
    """Give what the sets of a query have in common, among the articles."""
    sets = [
        matches(raw, "articles_fts", wanted.articles)
        for wanted in (query.words, query.publishers)
        if wanted
    ]
    unwanted = query.excluded.articles if query.excluded else None
    return set.intersection(*sets) - matches(raw, "articles_fts", unwanted)


def headlines(raw: sqlite3.Connection, query: Query) -> set[int]:
    sets = [
        matches(raw, "headlines_fts", wanted.headlines)
        for wanted in (query.words, query.publishers)
        if wanted
    ]
    unwanted = query.excluded.headlines if query.excluded else None
    return set.intersection(*sets) - matches(raw, "headlines_fts", unwanted)


def built(text: str, publisher: str | None = None) -> Query:
    query = build(text, publisher=publisher)
    assert query is not None
    return query


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("stem", {1, 2}),
        ("STEM", {1, 2}),
        ("stem cell", {1}),
        ('"stem cell"', {1}),
        ('"cell stem"', set()),
        ("“stem cell”", {1}),
        ('"stem cell', {1}),
        ("stem -plant", {1}),
        ('stem -"plant stem"', {1}),
        ("stem NOT", set()),
        ("therapy OR roots", {1, 2}),
        ("stem therapy OR roots", {1, 2}),
        ("therapy OR roots leaves", {2}),
        ("OR", set()),
        ("therapy OR", set()),
        ("thera*", {1}),
        ("thera", set()),
        ("title:stem", {1, 2}),
        ("title:cells", set()),
        ("Title:plant", {2}),
        ("by:lee", {1}),
        ('by:"ann lee"', {1}),
        ("by:post", set()),
        ("publisher:post", {1}),
        ("-publisher:post stem", {2}),
        ("naive", {2}),
        ("cafe", {2}),
        ("cafe\u0301", {2}),
        ("don't", {4}),
        ("10:30", {4}),
        ("हिन्दी", {4}),
        ("हिन्द", set()),
        ("stem, (cell)!", {1}),
        # scripts without blanks: any part, of any length, in sequence
        ("北京", {3}),
        ("晚报", {3}),
        ("京", {3}),
        ("京北", set()),
        ("iphone", {3}),
        ("iPhone発売", {3}),
        ("発売 -北京", set()),
        ("title:북한", {3}),
        ("title:북", {3}),
        ("title:北京", set()),
        ("by:李雷", {3}),
        ("publisher:新华", {3}),
        ("新华社", {3}),
    ],
)
def test_articles_found(index: sqlite3.Connection, text: str, found: set[int]) -> None:
    assert articles(index, built(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("stem", {1}),
        ("by:lee", set()),
        ("by:lee stem", set()),
        ("by:lee OR stem", {1}),
        ("stem -by:lee", {1}),
        ("publisher:daily", {1}),
        ("消息", {2}),
    ],
)
def test_headlines_found(index: sqlite3.Connection, text: str, found: set[int]) -> None:
    assert headlines(index, built(text)) == found


def test_publisher_as_an_option(index: sqlite3.Connection) -> None:
    assert articles(index, built("stem", publisher="garden news")) == {2}
    assert articles(index, built("", publisher="新华")) == {3}
    assert articles(index, built("-plant", publisher="news")) == set()


@pytest.mark.parametrize("text", ["-stem", '-"stem cell" -x', "!!!", "*", '""', "-", "a OR -b"])
def test_what_cannot_be_searched_says_so(text: str) -> None:
    with pytest.raises(UsageError):
        build(text)


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_nothing_asked_is_no_query(text: str) -> None:
    assert build(text) is None


def test_too_many_words() -> None:
    with pytest.raises(UsageError, match="at most"):
        build("word " * 65)


# Text made of what the syntax is made of, beside any text at all.
SIGNS = "\" * - OR AND NOT NEAR( ) ^ : { } + title: by: stem 北京 é ' ; -- % _ “".split()  # noqa: SIM905
SYNTAX = st.lists(st.sampled_from([" ", "\x00", "\ud800", *SIGNS])).map("".join)


@settings(max_examples=400)
@given(st.one_of(st.text(), SYNTAX), st.one_of(st.none(), st.text(), SYNTAX))
@example("a" * 100_000, None)
@example('"' * 1001, None)
@example("a " + "* " * 500, None)
def test_nothing_typed_breaks_the_index(
    index: sqlite3.Connection, text: str, publisher: str | None
) -> None:
    try:
        query = build(text, publisher=publisher)
    except UsageError as error:
        assert "\n" not in str(error)  # noqa: PT017 - it need not be raised
        return
    if query is not None:
        articles(index, query)
        headlines(index, query)


@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_every_part_of_a_chinese_text_is_found(
    index: sqlite3.Connection, rowid: int, data: st.DataObject
) -> None:
    text = "北京晚报は大人気"
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert articles(index, built(text[start:end])) == {3}


@pytest.mark.parametrize(
    ("text", "day"),
    [("2024", "2024-01-01"), ("2024-11", "2024-11-01"), (" 2024-11-8 ", "2024-11-08")],
)
def test_first_day(text: str, day: str) -> None:
    assert first_day(text) == day


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2024-13", "2023-02-29", "0000", "24", "8/11/24"]
)
def test_no_day(text: str) -> None:
    with pytest.raises(UsageError, match="no date"):
        first_day(text)
