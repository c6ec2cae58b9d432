"""What a machine-readable list declares becomes headlines as any other list's."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from archive.records import DateSource, Precision
from crawler.extract.doors.entries import (
    Entry,
    beginning,
    headlines_of,
    languages_of,
    read_feed_date,
)

NOW = datetime(2024, 11, 9, 12, tzinfo=UTC)
LIST = "https://paper.example/feed"
EAST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("Fri, 08 Nov 2024 10:00:30 +0200", datetime(2024, 11, 8, 10, 0, 30, tzinfo=EAST)),
        ("Fri, 08 Nov 2024 10:00:30 GMT", datetime(2024, 11, 8, 10, 0, 30, tzinfo=UTC)),
        ("2024-11-08T10:00:30+02:00", datetime(2024, 11, 8, 10, 0, 30, tzinfo=EAST)),
        ("2024-11-08T10:00:30Z", datetime(2024, 11, 8, 10, 0, 30, tzinfo=UTC)),
        ("2024-11-08", date(2024, 11, 8)),
    ],
)
def test_a_date_keeps_the_offset_it_was_printed_with(printed: str, value: date) -> None:
    dated = read_feed_date(printed, captured_at=NOW)
    assert dated is not None
    assert dated.value == value
    assert dated.isoformat() == value.isoformat()
    assert dated.source is DateSource.FEED
    assert dated.raw == printed


def test_a_mail_date_without_seconds_is_known_to_the_minute() -> None:
    dated = read_feed_date("08 Nov 2024 10:00 +0200", captured_at=NOW)
    assert dated is not None
    assert dated.precision is Precision.MINUTE


@pytest.mark.parametrize(
    "printed",
    [
        "Fri, 15 Nov 2024 10:00:00 GMT",
        "2031-01-01T00:00:00Z",
        "soon",
        "",
        None,
        "9" * 5000,
    ],
)
def test_what_is_in_the_future_or_no_date_is_none(printed: str | None) -> None:
    assert read_feed_date(printed, captured_at=NOW) is None


def test_markup_and_references_are_no_part_of_a_title() -> None:
    (one,) = headlines_of(
        [Entry(title="A <b>cure</b> &amp;amp; a <i>cause</i>", url="/a")], url=LIST
    )
    assert one.title == "A cure & a cause"
    assert one.url == "https://paper.example/a"


def test_a_title_may_speak_of_tags_and_of_less_than() -> None:
    titles = [h.title for h in headlines_of([Entry(title="p < 0.05, b > 3")], url=LIST)]
    assert titles == ["p < 0.05, b > 3"]


def test_each_address_comes_once_and_in_order() -> None:
    entries = [Entry(title=t, url=u) for t, u in (("One", "/1"), ("Two", "/2"), ("Again", "/1"))]
    found = headlines_of(entries, url=LIST)
    assert [(h.title, h.position) for h in found] == [("One", 0), ("Two", 1)]


def test_a_declared_publisher_is_taken_off_the_title() -> None:
    entries = [Entry(title="Cells mend - Meadow Post", url="/1", publisher="Meadow Post")]
    (one,) = headlines_of(entries, url=LIST)
    assert (one.title, one.publisher) == ("Cells mend", "Meadow Post")


def test_publishers_at_the_end_of_most_titles_are_parted_as_in_any_list() -> None:
    entries = [
        Entry(title=f"Cells number {n} mend - {name}", url=f"/{n}")
        for n, name in enumerate(["Meadow Post", "Hill Letters", "Meadow Post", "Hill Letters"] * 3)
    ]
    found = headlines_of(entries, url=LIST)
    assert {h.publisher for h in found} == {"Meadow Post", "Hill Letters"}
    assert found[0].title == "Cells number 0 mend"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "ftp://a.example/", "http://[broken", " "])
def test_what_is_no_web_address_is_no_link(href: str) -> None:
    (one,) = headlines_of([Entry(title="Cells mend", url=href)], url=LIST)
    assert one.url is None


def test_a_title_out_of_an_address_is_flagged() -> None:
    (one,) = headlines_of([Entry(title="cells mend slowly", url="/a", made_up=True)], url=LIST)
    assert one.damaged


def test_a_long_text_gives_its_first_words() -> None:
    assert beginning("<p>Short text</p>") == "Short text"
    cut = beginning("word " * 100)
    assert len(cut) <= 120
    assert cut.endswith("word")


@pytest.mark.parametrize(("declared", "codes"), [("en-GB", ["en"]), ("", []), (None, []), (7, [])])
def test_a_language_is_its_two_letters(declared: object, codes: list[str]) -> None:
    assert languages_of(declared) == codes
