"""What is typed ▸ a tree, by example; that any text gives one or says why not is test_query's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from archive.language import (
    COLUMNS,
    FIELDS,
    FOREIGN,
    MOST_WORDS,
    NARROWING,
    Narrowing,
    Near,
    read,
    shown,
    terms,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("stem  cell", "stem cell"),
        ("stem, (cell)!", "stem cell"),
        ("a b OR c d", "a (b OR c) d"),
        ("a OR b OR c", "(a OR b OR c)"),
        ("(a b) OR c", "(a b OR c)"),
        ("a AND b", "a b"),
        ("a NOT b", "a -b"),
        ("a or not b and", "a or not b and"),
        ("OR a", "OR a"),
        ("a OR", "a OR"),
        ("(a OR) b", "a OR b"),
        ("a OR OR b", "(a OR b)"),
        ("a -(b OR c)", "a -(b OR c)"),
        ("a -(b c)", "a -(b c)"),
        ("“typographic quotes”", '"typographic quotes"'),
        ('"no end', '"no end"'),
        ("cell*", "cell*"),
        ('"stem cel*"', '"stem cel"*'),
        ("title:(a b) c", "title:a title:b c"),
        ("AUTHOR:lee by:lee", "by:lee by:lee"),
        ('"a b"~3', "near:3(a b)"),
        ('near:"a b"', "near:10(a b)"),
        ('title:"a b"~3', "title:near:3(a b)"),
        ("near:3(one)", "one"),
        ('near:3("a b" c*)', 'near:3("a b" c*)'),
        ("f(x) y", '"f x" y'),
        ("(f(x) y) OR z", '("f x" y OR z)'),
        ("U.S. 10:30 don't", '"U S" "10 30" "don t"'),
        ("https://paper.example/a", '"https paper example a"'),
        ("Boat sinks - Daily Post", "Boat sinks Daily Post"),
        ("(!!) a", "a"),
        ("a ) b", "a b"),
        ("site:x a", "site:x a"),
    ],
)
def test_what_is_understood(text: str, understood: str) -> None:
    assert shown(read(text).wanted) == understood


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a OR -b", "excluded always"),
        ("-a OR b", "OR after what is excluded"),
        ("a AND b OR c", "parentheses"),
        ("(-a) b", "only excludes"),
        ("titel:ferry", "no field `titel:`, but title:"),
        ("publihser:post", "but publisher:"),
        ("since:2024 ferry", "but after:"),
        ("title:(by:lee)", "within another field"),
        ("title:(near:3(a b))", "within another field"),
        ("site:(a b)", "takes one value"),
        ("near:3(a -b)", "words and"),
        ("near:3(a (b OR c))", "words and"),
        ("near:ferry", "in parentheses"),
        ("word " * (MOST_WORDS + 1), "at most"),
        ("near:3(" + "word " * (MOST_WORDS + 1) + ")", "at most"),
    ],
)
def test_what_cannot_be_searched_is_said(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read(text)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("title: ferry", "`title:` was searched as a word"),
        ("Note:ferry", "`note:` is no field"),
        ('"titel:ferry"', None),
        ("10:30 ferry", None),
        ("https://paper.example", None),
        ("lan:ferry", "`lan:` is no field"),
    ],
)
def test_what_may_have_been_meant_otherwise_is_noted(text: str, note: str | None) -> None:
    notes = read(text).notes
    assert [each.startswith(note or "") for each in notes] == ([True] if note else [])


def test_every_field_is_taken() -> None:
    for name, column in COLUMNS.items():
        assert [term.column for term in terms(read(f"{name}:x").wanted)] == [column]
    for name, kind in NARROWING.items():
        assert read(f"{name}:x").wanted.all_of == (
            Narrowing(kind=kind, value="x", shown=f"{name}:x"),
        )
    assert isinstance(read("near:2(a b)").wanted.all_of[0], Near)
    assert not FIELDS & FOREIGN.keys()


@given(st.text())
def test_words_are_what_the_index_takes_for_words(text: str) -> None:
    words = words_of(text)
    assert words == words_of(words)
    assert not set(words) & set('"*()-:\x00\ud800')
