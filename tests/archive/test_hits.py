"""Rows of the results as they are held, with the piece that shows why each was found."""

import pytest

from archive import Archive, stories
from archive.filters import Filters
from archive.found import HitKind, SearchHit
from archive.hits import Shown, first_listed, hits
from archive.indexed import SEPARATOR
from archive.questions import Question, questions
from archive.records import DateSource, Source
from archive.timeorder import DAY_SHIFT
from tests.archive.making import (
    NOW,
    STORY,
    article,
    day,
    headline,
    list_page,
    query_of,
    reading,
)

URL = "https://paper.example/ferry"


def keep(archive: Archive, url: str = URL, text: str = STORY, **given: object) -> int:
    page = reading(article(url, text, **given))
    archive.store(page, asked_url=url, claim=None, source_id=None, now=NOW)
    raw = archive._connection.raw
    return int(raw.execute("SELECT id FROM articles WHERE url = ?", (url,)).fetchone()[0])


def listed(archive: Archive, source: Source, title: str, url: str | None = None) -> int:
    archive.store_list(
        list_page(headline(title, url, published="2024-11-09", publisher="Wire")),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )
    raw = archive._connection.raw
    return int(raw.execute("SELECT max(id) FROM headlines").fetchone()[0])


def asked(words: str) -> tuple[tuple[Question, ...], tuple[str, ...]]:
    query = query_of(words)
    assert query is not None
    return questions(query, query.filters), tuple(query.unspaced)


def show(archive: Archive, words: str, *rows: Shown) -> tuple[SearchHit, ...]:
    wanted, unspaced = asked(words)
    return hits(archive._connection.raw, wanted, unspaced, rows)


def row(table: str, number: int, rank: float = 0.0) -> Shown:
    return Shown(table=table, order=(2_460_000 << DAY_SHIFT) + number, group=number, rank=rank)


def marked(hit: SearchHit) -> list[str]:
    return [span.text for span in hit.snippet if span.match]


def said(hit: SearchHit) -> str:
    return "".join(span.text for span in hit.snippet)


def test_rows_come_as_they_are_to_be_shown(archive: Archive, source: Source) -> None:
    first = keep(archive, published=day("2024-11-08"))
    second = keep(archive, "https://paper.example/boat", "A boat and a ferry.", title="Boat")
    line = listed(archive, source, "Ferry at nine")
    found = show(
        archive,
        "ferry",
        row("articles", second, -2.0),
        row("headlines", line, -1.5),
        row("articles", first, -1.0),
    )
    assert [(hit.kind, hit.id, hit.rank) for hit in found] == [
        (HitKind.ARTICLE, second, -2.0),
        (HitKind.HEADLINE, line, -1.5),
        (HitKind.ARTICLE, first, -1.0),
    ]
    assert (found[2].title, found[2].url) == ("Ferry sails on Sundays", URL)
    assert (found[2].publisher, found[2].published) == ("Daily Post", "2024-11-08")
    assert (found[1].title, found[1].publisher) == ("Ferry at nine", "Wire")


def test_matches_are_marked_where_they_are(archive: Archive, source: Source) -> None:
    number = keep(archive)
    line = listed(archive, source, "Ferry at nine")
    of_article, of_headline = show(
        archive, "ferry sundays", row("articles", number), row("headlines", line)
    )
    assert marked(of_article) == ["ferry", "Sundays"]
    assert said(of_headline) == "Ferry at nine", "a title is shown whole"


def test_a_phrase_is_marked_as_one(archive: Archive) -> None:
    number = keep(archive)
    (hit,) = show(archive, '"cut two winters"', row("articles", number))
    assert marked(hit) == ["cut two winters"]


def test_what_matches_in_the_title_alone_begins_at_the_beginning(archive: Archive) -> None:
    number = keep(archive, text="Nothing of the kind is said here.", title="Ferry")
    (hit,) = show(archive, "ferry", row("articles", number))
    assert said(hit) == "Nothing of the kind is said here."
    assert marked(hit) == []


def test_a_piece_of_a_long_text_is_around_its_match(archive: Archive) -> None:
    text = f"{'Before it was quiet. ' * 60}Then a zeppelin came. {'After it was quiet. ' * 60}"
    number = keep(archive, text=text)
    (hit,) = show(archive, "zeppelin", row("articles", number))
    assert marked(hit) == ["zeppelin"]
    assert said(hit).startswith("…")
    assert said(hit).endswith("…")
    assert len(said(hit).split()) < 40


def test_what_has_no_blanks_is_marked_by_its_characters(archive: Archive) -> None:
    number = keep(archive, text="渡轮公司周五表示,周日将恢复航班。", title="渡轮")
    (hit,) = show(archive, "恢复", row("articles", number))
    assert marked(hit) == ["恢复"]


def test_without_words_a_text_begins_and_nothing_is_marked(archive: Archive) -> None:
    number = keep(archive, published=day("2024-11-08"))
    (hit,) = hits(
        archive._connection.raw, questions(None, Filters()), (), [row("articles", number)]
    )
    assert said(hit).startswith("The ferry to the islands")
    assert marked(hit) == []


def test_a_page_that_says_nothing_is_told_by_its_list(archive: Archive, source: Source) -> None:
    listed(archive, source, "Ferry sails", URL)
    number = keep(archive, publisher=None)
    (hit,) = show(archive, "ferry", row("articles", number))
    assert (hit.publisher, hit.published, hit.published_from) == ("Wire", "2024-11-09", "list")
    own = keep(archive, "https://paper.example/own", published=day("2024-11-08", DateSource.META))
    (hit,) = show(archive, "ferry", row("articles", own))
    assert (hit.publisher, hit.published) == ("Daily Post", "2024-11-08")
    assert hit.published_from == "meta"


def test_a_story_tells_how_many_it_has(archive: Archive) -> None:
    first, second = keep(archive), keep(archive, "https://copy.example/ferry")
    alone = keep(archive, "https://paper.example/boat", "Of boats and of weather only.")
    with archive._connection.writing() as db:
        stories.join(db, first, second)
    found = show(archive, "ferry", row("articles", second), row("articles", alone))
    assert [hit.story_size for hit in found] == [2, 1]


def test_nothing_shown_is_nothing(archive: Archive) -> None:
    assert show(archive, "ferry") == ()


@pytest.mark.parametrize(
    ("names", "expected"),
    [(None, None), ("", None), ("Wire", "Wire"), (f"Wire {SEPARATOR} Post", "Wire")],
)
def test_the_first_of_several_lists_names_the_publisher(
    names: str | None, expected: str | None
) -> None:
    assert first_listed(names) == expected


def test_a_row_is_shown_by_another_member() -> None:
    shown = row("articles", 7, -1.0)
    other = shown.at((2_460_000 << DAY_SHIFT) + 9)
    assert (shown.id, other.id, other.group, other.rank) == (7, 9, 7, -1.0)
