"""Queries and filters become one expression for each table."""

from archive.filters import Filters
from archive.indexed import SEPARATOR
from archive.questions import mark, questions
from tests.archive.making import query_of


def tables(text: str, filters: Filters, names: tuple[str, ...] | None = None) -> list[str]:
    return [asked.table for asked in questions(query_of(text), filters, names)]


def test_a_mark_is_one_word_whatever_its_value() -> None:
    assert mark("lang", "en") == f'marks : "{SEPARATOR}langen"'
    assert mark("site", "a-b.example") == f'marks : "{SEPARATOR}sitea\ue002b\ue001example"'
    assert mark("site", '" OR x') == f'marks : "{SEPARATOR}siteORx"'


def test_a_table_that_cannot_answer_is_not_asked() -> None:
    assert tables("ferry", Filters()) == ["articles", "headlines"]
    assert tables("by:lee", Filters()) == ["articles"]
    assert tables("ferry", Filters(languages=("en",))) == ["articles"], "lists do not tell"
    assert tables("publisher:nobody", Filters(), ()) == [], "no publisher has such a name"


def test_publishers_are_asked_for_by_their_marks() -> None:
    (asked, _) = questions(query_of("ferry publisher:post"), Filters(), ("Post",))
    assert asked.ranked is not None
    assert "pub506f7374" in asked.wanted
    assert "post" not in asked.wanted
    assert not asked.is_common


def test_a_publishers_whole_name_is_asked_for_by_its_mark() -> None:
    (asked, lines) = questions(query_of("ferry"), Filters(publishers=("Post", "!")))
    for question in (asked, lines):
        assert "pub506f7374" in question.wanted
        assert f"{SEPARATOR}pub21" in question.wanted
        assert question.ranked is not None
        assert f"{SEPARATOR}pub" not in question.ranked
    assert not asked.is_common


def test_everything_is_asked_for_by_the_mark_that_every_row_has() -> None:
    (asked, lines) = questions(None, Filters())
    assert asked.wanted == lines.wanted == f"({mark('every')})"
    assert asked.ranked is asked.words is None


def test_what_is_not_wanted_is_left_out_by_its_marks() -> None:
    shut_out = Filters(not_sites=("a.example",), not_languages=("en",), not_source_ids=(2,))
    (asked, lines) = questions(query_of("ferry -bridge"), shut_out)
    for question in (asked, lines):
        wanted, _, unwanted = question.wanted.partition(" NOT ")
        assert "ferry" in wanted
        assert all(each in unwanted for each in ("bridge", "langen", "source2", "sitea"))
        assert question.is_common
