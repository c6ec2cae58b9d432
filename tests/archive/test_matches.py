"""Matches in order of publication, read as far as needed, and counted without being read."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

import pytest

from archive import Archive, matches, stories, timeorder
from archive.filters import Bound, Filters
from archive.matches import Matches, moments, numbers
from archive.questions import questions
from archive.records import Dated, DateSource, Precision
from tests.archive.making import LIST, NOW, article, day, headline, list_page, query_of, reading

EAST = timezone(timedelta(hours=9))


def timed(text: str) -> Dated:
    return Dated(
        value=datetime.fromisoformat(text),
        precision=Precision.MINUTE,
        source=DateSource.META,
        raw=text,
    )


DATES = (
    day("2024-11-03"),
    day("2024-11-01"),
    None,
    timed("2024-11-02T23:30:00+00:00"),
    day("2024-11-05"),
    timed("2024-11-02T01:00:00+09:00"),
    None,
    day("2024-11-04"),
)
# Articles' ids, as their dates have them: the one of half past eleven in the evening is of the
# second, that of one o'clock in the east still of the first.
NEWEST = [5, 8, 1, 4, 6, 2, 7, 3]
OLDEST = [2, 6, 4, 1, 8, 5, 3, 7]


@pytest.fixture
def filled(archive: Archive) -> Archive:
    """Give an archive of eight ferries: the first and the fourth are one story."""
    for number, published in enumerate(DATES, start=1):
        url = f"https://paper.example/{number}"
        read = article(url, f"A ferry sails {'far ' * number}", published=published)
        archive.store(reading(read), asked_url=url, claim=None, source_id=None, now=NOW)
    with archive._connection.writing() as db:
        stories.join(db, 1, 4)
    return archive


def asking(
    archive: Archive,
    words: str = "ferry",
    *,
    table: str = "articles",
    filters: Filters | None = None,
    newest: bool = True,
    all_copies: bool = False,
    ranked: int | None = 0,
) -> Matches:
    wanted = filters or Filters()
    asked = questions(query_of(words), wanted)
    return Matches(
        archive._connection.raw,
        next(question for question in asked if question.table == table),
        timeorder.span(wanted),
        newest=newest,
        all_copies=all_copies,
        ranked=ranked,
    )


def ids(rows: Sequence[matches.Match]) -> list[int]:
    return [order & timeorder.ID_MASK for order, _, _ in rows]


def since(text: str, zone: timezone = UTC) -> Filters:
    midnight = datetime.fromisoformat(text).replace(tzinfo=zone)
    return Filters(after=Bound(day=text, instant=midnight.astimezone(UTC)))


@pytest.fixture(params=["usual", "one by one"])
def pieces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read and count in portions of any size."""
    if request.param == "one by one":
        for name, size in (("FEW", 1), ("MANY", 1), ("SPARE", 0)):
            monkeypatch.setattr(matches, name, size)


@pytest.mark.parametrize(("newest", "expected"), [(True, NEWEST), (False, OLDEST)])
@pytest.mark.usefixtures("pieces")
def test_matches_come_in_order_of_publication_the_undated_last(
    filled: Archive, newest: bool, expected: list[int]
) -> None:
    stream = asking(filled, newest=newest)
    assert ids(list(stream)) == expected
    assert stream.complete
    assert ids(list(asking(filled, newest=newest).once())) == expected


@pytest.mark.parametrize("newest", [True, False])
@pytest.mark.parametrize("read", [0, 1, 3, 7, 8])
@pytest.mark.usefixtures("pieces")
def test_all_are_counted_whatever_was_read_before(filled: Archive, read: int, newest: bool) -> None:
    stream = asking(filled, newest=newest)
    stream.read_rows(read)
    assert stream.count(100) == 7, "eight articles, two of which are one story"
    assert stream.known == 8
    assert ids(list(stream)) == (NEWEST if newest else OLDEST), "reading goes on where it was"
    assert stream.known == 8


@pytest.mark.usefixtures("pieces")
def test_what_is_more_than_asked_for_is_told_to_be_more(filled: Archive) -> None:
    for most in range(7):
        assert asking(filled).count(most) > most
    assert asking(filled).count(7) == 7
    assert asking(filled, "nothing").count(0) == 0


def test_counting_reads_no_more_rows_than_a_page_needs(
    filled: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matches, "FEW", 2)
    stream = asking(filled)
    assert stream.count(100) == 7
    assert len(stream.rows) == 2
    assert not stream.complete


@pytest.mark.usefixtures("pieces")
def test_every_copy_counts_where_it_is_wanted(filled: Archive) -> None:
    stream = asking(filled, all_copies=True)
    assert stream.count(100) == 8
    assert len({group for _, group, _ in stream}) == 8


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (since("2024-11-02"), [5, 8, 1, 4]),
        # Midnight in the east is three in the afternoon before: the sixth is of the second there.
        (since("2024-11-02", EAST), [5, 8, 1, 4, 6]),
        (since("2024-11-03", EAST), [5, 8, 1, 4]),
        (since("2024-11-03"), [5, 8, 1]),
        (since("2024-11-06"), []),
    ],
)
@pytest.mark.usefixtures("pieces")
def test_days_are_exact_read_or_counted(
    filled: Archive, filters: Filters, expected: list[int]
) -> None:
    assert ids(list(asking(filled, filters=filters))) == expected
    stories_of = len(expected) - (1 in expected and 4 in expected)
    assert asking(filled, filters=filters).count(100) == stories_of
    assert asking(filled, filters=filters, all_copies=True).count(100) == len(expected)
    stream = asking(filled, filters=filters)
    stream.count(100)
    assert stream.known == len(expected)


@pytest.mark.usefixtures("pieces")
def test_the_newest_have_ranks_and_the_others_follow(filled: Archive) -> None:
    stream = asking(filled, ranked=3)
    rows = stream.read_rows(3)
    assert stream.is_ranked
    assert ids(rows) == NEWEST[:3]
    assert all(rank is not None and rank < 0 for _, _, rank in rows)
    assert stream.count(100) == 7
    assert ids(list(stream)) == NEWEST
    assert [rank for _, _, rank in stream.rows[3:]] == [None] * 5
    assert None not in [rank for _, _, rank in asking(filled, ranked=None)]


@pytest.mark.usefixtures("pieces")
def test_a_row_is_told_to_match_read_or_not(filled: Archive) -> None:
    orders = {order & timeorder.ID_MASK: order for order, _, _ in asking(filled)}
    filters = since("2024-11-03")
    read = asking(filled, filters=filters)
    read.read()
    for stream in (read, asking(filled, filters=filters)):
        assert [number for number in range(1, 9) if orders[number] in stream] == [1, 5, 8]
    assert orders[1] not in asking(filled, "nothing")


@pytest.mark.usefixtures("pieces")
def test_headlines_of_one_link_are_one_row_read_or_counted(archive: Archive) -> None:
    urls = ["https://paper.example/a,b", 'https://paper.example/"c"', None]
    for place in ("home", "world"):
        lines = [headline(f"Ferry at {place}", url, position=n) for n, url in enumerate(urls)]
        archive.store_list(
            list_page(*lines, url=f"{LIST}/{place}"),
            source_id=archive.add_source(f"{LIST}/{place}", now=NOW).id,
            claim=None,
            now=NOW,
            follow=None,
            follow_older=False,
        )
    read = asking(archive, table="headlines")
    read.read()
    assert (len(read.rows), len(read.groups)) == (6, 4), "those without a link stand alone"
    counted = asking(archive, table="headlines")
    assert (counted.count(100), counted.known) == (4, 6)


def test_moments_are_given_of_what_has_one(filled: Archive) -> None:
    raw = filled._connection.raw
    orders = [order for order, _, _ in asking(filled)]
    told = {order & timeorder.ID_MASK: text for order, text in moments(raw, "articles", orders)}
    assert sorted(told) == [1, 2, 4, 5, 6, 8]
    assert told[6] == "2024-11-02T01:00:00+09:00"
    assert list(moments(raw, "articles", [])) == []


def test_numbers_are_what_sqlite_reads(archive: Archive) -> None:
    raw = archive._connection.raw
    rows = raw.execute("SELECT value FROM json_each(?)", (numbers([3, 1, 2]),))
    assert [row[0] for row in rows] == [3, 1, 2]
    assert numbers([]) == "[]"
