"""Store then load is identity, for every record that a row holds."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import Archive, rows
from archive.records import Article, Dated, DateSource, Headline, Precision
from tests.archive.making import LIST, NOW, article, headline, list_page, reading

# Zero bytes and lone surrogates cannot be stored; a test below says what becomes of them.
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))
WORDS = TEXT.filter(str.strip)
MAYBE = st.none() | WORDS
OFFSETS = st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes)))
DATED = st.builds(
    Dated,
    value=st.dates() | st.datetimes(timezones=OFFSETS) | st.datetimes(),
    precision=st.sampled_from(Precision),
    source=st.sampled_from(DateSource),
    raw=WORDS,
)
LISTED = st.lists(WORDS, max_size=3).map(tuple)
ARTICLES = st.builds(
    Article,
    url=st.just("https://paper.example/a"),
    text=WORDS,
    title=MAYBE,
    canonical_url=st.none() | st.just("https://paper.example/b"),
    byline=LISTED,
    agency=MAYBE,
    publisher=MAYBE,
    published=st.none() | DATED,
    modified=st.none() | DATED,
    dateline=MAYBE,
    section=MAYBE,
    tags=LISTED,
    language=MAYBE,
    description=MAYBE,
    html=MAYBE,
    captions=LISTED,
    image_url=MAYBE,
    references=LISTED,
    partial=st.booleans(),
    damaged=st.booleans(),
    sources=st.dictionaries(WORDS, TEXT, max_size=3),
)
HEADLINES = st.builds(
    Headline,
    title=WORDS,
    raw=WORDS,
    list_url=st.just(LIST),
    position=st.integers(0, 999),
    url=st.none() | st.just("https://paper.example/a"),
    publisher=MAYBE,
    published=st.none() | DATED,
    date_text=MAYBE,
    truncated=st.booleans(),
    damaged=st.booleans(),
    publisher_cut=st.booleans(),
)


@given(ARTICLES)
def test_an_article_s_row_is_the_article(read: Article) -> None:
    assert rows.article(rows.article_row(read)) == read


@given(HEADLINES)
def test_a_headline_s_row_is_the_headline(line: Headline) -> None:
    assert rows.headline(rows.headline_row(line)) == line


FEW = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FEW
@given(read=ARTICLES)
def test_store_then_load_is_identity(
    tmp_path_factory: pytest.TempPathFactory, read: Article
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    with Archive.open(folder, create=True) as archive:
        archive.store(reading(read), asked_url=read.url, claim=None, source_id=None, now=NOW)
        assert archive.article(1).article == read


@FEW
@given(line=HEADLINES)
def test_store_then_load_of_a_headline_is_identity(
    tmp_path_factory: pytest.TempPathFactory, line: Headline
) -> None:
    folder = tmp_path_factory.mktemp("archive")
    with Archive.open(folder, create=True) as archive:
        source = archive.add_source(LIST, now=NOW)
        archive.store_list(
            list_page(line),
            source_id=source.id,
            claim=None,
            now=NOW,
            follow=None,
            follow_older=False,
        )
        assert archive.headline(1).headline == line


def test_a_day_stays_a_day_and_a_time_keeps_its_offset() -> None:
    line = headline("One")
    assert rows.headline_row(line)["published"] == "2024-11-08"
    assert rows.headline(rows.headline_row(line)).published == line.published
    moment = datetime(2024, 11, 8, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    dated = Dated(
        value=moment, precision=Precision.MINUTE, source=DateSource.JSON_LD, raw="late on Friday"
    )
    columns = rows.dated_columns("published", dated)
    assert columns["published"] == "2024-11-08T23:30:00-05:00"
    assert rows.dated(columns, "published") == dated


@given(st.datetimes(timezones=OFFSETS), st.datetimes(timezones=OFFSETS))
def test_our_instants_are_utc_and_sort_as_time_does(one: datetime, other: datetime) -> None:
    try:
        first, second = rows.instant(one), rows.instant(other)
    except OverflowError:
        # Within a day of the first or last year there is no UTC for it.
        assert {one.year, other.year} & {1, 9999}
        return
    assert (first < second) == (one < other)
    assert rows.moment(first) == one
    assert rows.moment(first).tzinfo == UTC


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        rows.instant(datetime(2024, 1, 1))  # noqa: DTZ001 - what is refused


def test_empty_lists_are_null() -> None:
    assert rows.array(()) is None
    assert rows.strings(None) == ()
    assert rows.array(("Ann Lee", "李雷")) == '["Ann Lee", "李雷"]'


def test_what_cannot_be_stored_is_replaced(archive: Archive) -> None:
    broken = article(title="Lost \ud83d letter\x00", text="A \ud83d\ude00 and a \udfff.")
    archive.store(reading(broken), asked_url=broken.url, claim=None, source_id=None, now=NOW)
    held = archive.article(1).article
    assert held.title == "Lost \ufffd letter"
    assert held.text == "A \U0001f600 and a \ufffd."
