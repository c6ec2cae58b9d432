"""What is typed ▸ FTS5: meaning by example, and that nothing typed can break it."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive import query as queries
from archive.errors import NotFound, UsageError
from archive.filters import Filters
from archive.indexed import ARTICLE_COLUMNS, HEADLINE_COLUMNS, TOKENIZER
from archive.query import Asked, Here, Query
from archive.schema import ARTICLE_WORDS, HEADLINE_WORDS
from archive.scripts import characters

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


SOURCES = {"Lists": 1, "2": 2}


def find_source(text: str) -> int:
    if text not in SOURCES:
        raise NotFound(f"no source {text!r}")
    return SOURCES[text]


def others(word: str, exact: bool) -> tuple[str, ...]:
    """Stands for the archive's index of words: what else a word is written as there."""
    return {"licence": ("license",), "approve": () if exact else ("approval",)}.get(word, ())


HERE = Here(
    now=datetime(2024, 11, 8, 23, 30, tzinfo=UTC),
    zone=timezone(timedelta(hours=1)),
    source_id=find_source,
    ways=others,
)


def build(text: str, *, publisher: str | None = None) -> Query | None:
    return queries.build(Asked(words=text, publisher=publisher), HERE)


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
    return set(TEXTS).intersection(*sets) - matches(raw, "articles_fts", unwanted)


def headlines(raw: sqlite3.Connection, query: Query) -> set[int]:
    sets = [
        matches(raw, "headlines_fts", wanted.headlines)
        for wanted in (query.words, query.publishers)
        if wanted
    ]
    unwanted = query.excluded.headlines if query.excluded else None
    return set(HEADLINES).intersection(*sets) - matches(raw, "headlines_fts", unwanted)


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
        ('"stem cel"*', {1}),
        ('"stem cel*"', {1}),
        # what belongs together
        ("(stem cell) OR iphone", {1, 3}),
        ("(stem -plant) OR iphone", {1, 3}),
        ("stem (cell OR plant)", {1, 2}),
        ("stem -(cell OR plant)", set()),
        ("stem -(cell plant)", {1, 2}),
        ("title:(plant study)", {2}),
        ("title:(plant OR cell) -by:lee", {2}),
        ("stem AND plant", {2}),
        ("stem NOT plant", {1}),
        ("((stem", {1, 2}),
        ("stem) plant)", {2}),
        ("stem () plant", {2}),
        # what stands close together
        ("near:1(stem therapy)", {1}),
        ("near:0(stem therapy)", set()),
        ("near:(therapy stem)", {1}),
        ('"therapy stem"~1', {1}),
        ('title:"stem therapy"~0', set()),
        ("near:5(北京 人気)", {3}),
        ("near:0(北 京)", {3}),
        ("near:2(iphone 北京)", set()),
        ("near:3(iphone 北京)", {3}),
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


def test_parentheses_have_an_end() -> None:
    with pytest.raises(UsageError, match="nested"):
        build("(" * 100 + "stem")


# Text made of what the syntax is made of, beside any text at all.
SIGNS = (  # noqa: SIM905
    '" * - OR AND NOT NEAR( near:2( near: ~3 ( ) ^ : { } + title: by: site: lang: after: 2024 7d '
    "source: paper.example en stem 北京 ｶﾅ é ß ' ; -- % _ “ \\ . ไทย"
).split()
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
    except (UsageError, NotFound) as error:
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


def narrowed(text: str, **options: Any) -> Filters:
    query = queries.build(Asked(words=text, **options), HERE)
    assert query is not None
    return query.filters


def days(filters: Filters) -> tuple[str | None, str | None]:
    after, before = filters.after, filters.before
    return after.day if after else None, before.day if before else None


def test_conditions_are_read_from_the_words_and_from_options() -> None:
    said = narrowed("stem after:2024 before:2024-11 lang:en site:www.paper.example source:Lists")
    asked = narrowed(
        "stem",
        after="2024",
        before="2024-11",
        languages=("EN-gb",),
        sites=("https://paper.example/news",),
        sources=("Lists",),
    )
    assert said == asked
    assert days(said) == ("2024-01-01", "2024-11-01")
    assert (said.languages, said.sites, said.source_ids) == (("en",), ("paper.example",), (1,))


def test_a_publishers_whole_name_is_no_word_to_be_found() -> None:
    query = build("stem", publisher="= Post OR !")
    assert query is not None
    assert query.filters.publishers == ("Post OR !",)
    assert query.publishers is None
    alone = build("", publisher="=!")
    assert alone is not None
    assert (alone.words, alone.filters.publishers) == (None, ("!",))
    by_words = build("", publisher="Post")
    assert by_words is not None
    assert by_words.filters.publishers == ()
    with pytest.raises(UsageError, match="no publisher's name"):
        build("", publisher="= ")


def test_conditions_alone_are_a_search() -> None:
    query = build("site:paper.example -plant")
    assert query is not None
    assert (query.words, query.filters.sites) == (None, ("paper.example",))
    assert query.excluded is not None


def test_either_of_two_values_will_do_and_of_two_days_the_closer() -> None:
    for text in ("lang:en lang:de x", "lang:en OR lang:de x", "(lang:en OR lang:de) x"):
        assert narrowed(text).languages == ("en", "de"), text
    assert narrowed("lang:en x", languages=("de",)).languages == ("de", "en")
    assert days(narrowed("after:2023 after:2024 before:2026 x", before="2025")) == (
        "2024-01-01",
        "2025-01-01",
    )


def test_sites_languages_and_sources_are_excluded() -> None:
    found = narrowed(
        "x -site:www.a.example -lang:en-GB NOT source:Lists -(site:b.example OR site:c.example)"
    )
    assert (found.sites, found.languages, found.source_ids) == ((), (), ())
    assert found.not_sites == ("a.example", "b.example", "c.example")
    assert (found.not_languages, found.not_source_ids) == (("en",), (1,))
    query = build("-site:a.example -plant")
    assert query is not None
    assert (query.words, query.filters.not_sites) == (None, ("a.example",))


def test_days_count_where_the_reader_is() -> None:
    filters = narrowed("after:today x")
    assert filters.after is not None
    assert filters.after.day == "2024-11-09", "half past midnight there"
    assert filters.after.instant == datetime(2024, 11, 8, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("site:paper.example OR stem", "narrow the whole search"),
        ("stem -after:2024", "narrow the whole search"),
        ("stem -(plant OR site:paper.example)", "narrow the whole search"),
        ("stem -(site:paper.example lang:en)", "narrow the whole search"),
        ("stem -lang:english", "no language"),
        ("stem -site:paper", "no site"),
        ("(stem lang:en) OR plant", "narrow the whole search"),
        ("lang:en OR site:paper.example", "narrow the whole search"),
        ("after:2024 OR after:2023", "narrow the whole search"),
        ("stem after:soon", "no date"),
        ("stem lang:english", "no language"),
        ("stem site:paper", "no site"),
        ("stem after:2024-11 before:2024-11", "no day lies"),
        ('stem site:""', "no site"),
    ],
)
def test_conditions_that_cannot_be_met_are_said(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        build(text)


def test_a_source_that_there_is_none_of() -> None:
    with pytest.raises(NotFound):
        build("source:nowhere stem")


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"title": "stem cell"}, {1}),
        ({"title": "stem -cell"}, {2}),
        ({"title": '"stem study"'}, {2}),
        ({"title": "cell OR plant"}, {1, 2}),
        ({"by": "lee"}, {1}),
        ({"by": "Lee Ann"}, set()),
        ({"by": "李雷", "words": "iphone"}, {3}),
        ({"title": "stem", "publisher": "garden"}, {2}),
    ],
)
def test_fields_as_options(
    index: sqlite3.Connection, options: dict[str, Any], found: set[int]
) -> None:
    query = queries.build(Asked(**options), HERE)
    assert query is not None
    assert articles(index, query) == found


@pytest.mark.parametrize("options", [{"by": "!"}, {"publisher": " "}, {"title": "-stem"}])
def test_options_without_a_word(options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        queries.build(Asked(words="stem", **options), HERE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("licence", {2}),
        ('"licence text"', {2}),
        ("approve", {1, 2}),
        ('"approve"', {2}),
        ("approve -licence", {1}),
    ],
)
def test_other_writings_are_found_and_other_forms_without_quotes(
    text: str, found: set[int]
) -> None:
    raw = sqlite3.connect(":memory:")
    raw.execute(table("articles_fts", ARTICLE_COLUMNS))
    texts = {1: "approval", 2: "a license text to approve"}
    sql = "INSERT INTO articles_fts(rowid, text) VALUES (?, ?)"
    raw.executemany(sql, texts.items())
    assert articles(raw, built(text)) == found
    raw.close()


def test_what_was_understood_is_told() -> None:
    query = built('stem (cell OR "plant study") title:licen* near:3(a b) -by:lee -(x y)')
    assert query.shown == ('stem (cell OR "plant study") title:licen* near:3(a b) -by:lee -(x y)')
    assert [term.words for term in query.terms] == [
        "stem",
        "cell",
        "plant study",
        "licen",
        "a",
        "b",
    ]
    assert built(query.shown).shown == query.shown
