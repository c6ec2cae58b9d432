"""PDF documents read as articles."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import DateSource, PageReading, Precision, VerdictKind
from crawler.extract import extract_article
from tests.newsstand.pdfs import Put, column, pdf

URL = "https://line.example/press/ferry.pdf"
NOON = datetime(2024, 11, 20, 12, tzinfo=UTC)
BODY = (
    "The ferry to the northern islands runs again since",
    "Monday morning. Its engine was taken out in Octo-",
    "ber after a crack had been found in its hous-",
    "ing, the shipping line said on Friday.",
)
TEXT = (
    "The ferry to the northern islands runs again since Monday morning. Its engine was taken out "
    "in October after a crack had been found in its housing, the shipping line said on Friday."
)
HEADLINE = Put(x=70, y=100, size=22, text="Ferry runs again after autumn")


def read(data: bytes, **arguments: object) -> PageReading:
    given_arguments: dict[str, object] = {"url": URL, "captured_at": NOON} | arguments
    return extract_article(data, **given_arguments)  # type: ignore[arg-type]  # by name


def test_title_text_and_date_are_what_the_document_shows() -> None:
    release = Put(x=70, y=60, size=14, text="PRESS RELEASE")
    day = Put(x=70, y=160, text="Harbour town, November 8, 2024")
    reading = read(
        pdf(
            [release, HEADLINE, day, *column(BODY)],
            title="Microsoft Word - ferry_final2.docx",
            created="D:20241107180000+01'00'",
        )
    )
    article = reading.article
    assert reading.verdict.kind is VerdictKind.ARTICLE
    assert article is not None
    assert article.title == HEADLINE.text
    assert article.sources["title"] == "largest text"
    assert article.text == f"{day.text}\n\n{TEXT}"
    assert article.published is not None
    assert article.published.value == date(2024, 11, 8)
    assert article.byline == ()
    assert article.publisher == "line.example"
    assert not article.partial


def test_a_sensible_title_of_the_file_is_taken_where_the_page_shows_it() -> None:
    data = pdf([HEADLINE, *column(BODY)], title="Ferry Runs Again After Autumn")
    article = read(data).article
    assert article is not None
    assert (article.title, article.sources["title"]) == (
        "Ferry Runs Again After Autumn",
        "pdf title",
    )
    assert article.text == TEXT


@pytest.mark.parametrize("title", ["Template of the office", "untitled", "ferry.indd", "Layout 1"])
def test_a_title_that_says_nothing_of_the_page_is_not(title: str) -> None:
    article = read(pdf([HEADLINE, *column(BODY)], title=title)).article
    assert article is not None
    assert article.title == HEADLINE.text


def test_the_files_own_time_is_a_lesser_source_and_never_after_the_capture() -> None:
    article = read(pdf(column(BODY), created="D:20241107180000+01'00'")).article
    assert article is not None
    assert article.published is not None
    assert article.published.source is DateSource.DOCUMENT
    assert article.sources["published"] == "pdf creation date"
    zone = timezone(timedelta(hours=1))
    assert article.published.value == datetime(2024, 11, 7, 18, tzinfo=zone)
    later = read(pdf(column(BODY), created="D:20241120130000Z")).article
    assert later is not None
    assert later.published is None
    day = read(pdf(column(BODY), created="D:20241107")).article
    assert day is not None
    assert day.published is not None
    assert day.published.precision is Precision.DAY


def test_who_signs_is_the_byline_and_who_is_to_be_called_is_not() -> None:
    signed = read(pdf([HEADLINE, Put(x=70, y=150, text="By Ida Strand"), *column(BODY)])).article
    assert signed is not None
    assert signed.byline == ("Ida Strand",)
    called = read(pdf([HEADLINE, Put(x=70, y=150, text="Ida Strand"), *column(BODY)])).article
    assert called is not None
    assert called.byline == ()


def test_columns_are_read_one_after_the_other() -> None:
    left = [f"Left line {n} of the first column." for n in range(8)]
    right = [f"Right line {n} of the second one." for n in range(8)]
    rows = zip(column(left, x=60), column(right, x=320), strict=True)
    article = read(pdf([HEADLINE, *[put for row in rows for put in row]])).article
    assert article is not None
    assert " ".join(article.text.split()) == " ".join([*left, *right])


def test_running_heads_and_page_numbers_are_left_out_and_sentences_go_on() -> None:
    def sheet(number: int, lines: tuple[str, ...]) -> list[Put]:
        head = Put(x=70, y=40, size=8, text="Northern Shipping Line, press office")
        foot = Put(x=280, y=810, size=8, text=f"Page {number} of 2")
        return [head, *column(lines), foot]

    article = read(pdf(sheet(1, BODY[:2]), sheet(2, BODY[2:]))).article
    assert article is not None
    assert article.text == TEXT


def test_paragraphs_are_told_by_distance_and_by_indent() -> None:
    first, second = column(BODY), column(BODY, y=280)
    article = read(pdf([*first, *second])).article
    assert article is not None
    assert article.text == f"{TEXT}\n\n{TEXT}"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf(column(BODY), encrypted=True), "it asks for a password"),
        (pdf([]), "a PDF document of 1 page without text"),
        (pdf([Put(x=70, y=60, text="Scan 7")], []), "a PDF document of 2 pages without text"),
        (b"%PDF-1.7\nand nothing more", "it is damaged beyond reading"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    reading = read(data)
    assert reading.verdict.kind is VerdictKind.NOT_HTML
    assert reason in reading.verdict.reason
    assert reading.article is None


def test_a_torn_document_is_partial() -> None:
    data = pdf([HEADLINE, *column(BODY)])
    reading = read(data[: data.index(b"startxref")])
    assert reading.verdict.kind is VerdictKind.ARTICLE
    assert "the end of which is missing" in reading.verdict.reason
    assert reading.article is not None
    assert reading.article.partial


def test_a_long_document_is_read_as_far_as_the_bound() -> None:
    reading = read(pdf(*[column([f"{n}. {BODY[0]}"]) for n in range(70)]))
    assert "70 pages of a PDF, of which 60 were read" in reading.verdict.reason
    assert reading.article is not None
    assert reading.article.partial


def test_an_error_with_a_document_is_the_servers() -> None:
    assert read(pdf(column(BODY)), status=503).verdict.kind is VerdictKind.ERROR


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_mutated_document_ends_in_a_verdict(data: st.DataObject) -> None:
    whole = bytearray(pdf([HEADLINE, *column(BODY)], title="Ferry", created="D:20241107"))
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(8, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert read(bytes(whole)).verdict.reason


def test_what_a_browser_prints_at_the_edges_is_neither_text_nor_date() -> None:
    prints = [
        Put(x=30, y=22, size=8, text="11/19/24, 2:47 PM"),
        Put(x=300, y=22, size=8, text="Ferry runs again"),
        Put(x=30, y=825, size=8, text="https://line.example/press/ferry"),
        Put(x=560, y=825, size=8, text="1/1"),
    ]
    article = read(pdf([*prints, HEADLINE, *column(BODY)])).article
    assert article is not None
    assert article.text == TEXT
    assert article.published is None


def test_the_day_on_which_a_page_was_saved_is_no_date() -> None:
    saved = pdf([HEADLINE, *column(BODY)], created="D:20241120090000Z")
    article = read(saved).article
    assert article is not None
    assert article.published is None


def test_a_compound_keeps_its_hyphen_at_a_lines_end() -> None:
    lines = ("The ferry is a well-", "known one, with a new die-", "sel engine below its deck.")
    article = read(pdf([HEADLINE, *column(lines), *column(BODY, y=300)])).article
    assert article is not None
    assert article.text.startswith("The ferry is a well-known one, with a new diesel engine")


def test_a_columns_last_lines_are_told_by_the_pages_before() -> None:
    def sheet(count: int, word: str) -> list[Put]:
        left = [f"{word} line {n} of the first column here." for n in range(count)]
        right = [f"{word} line {n} of the second one here." for n in range(count)]
        rows = zip(column(left, x=60), column(right, x=320), strict=True)
        return [put for row in rows for put in row]

    article = read(pdf(sheet(8, "Early"), sheet(2, "Late"))).article
    assert article is not None
    late = article.text[article.text.index("Late") :]
    assert [word for word in late.split() if word in ("first", "second")] == [
        "first", "first", "second", "second",
    ]  # fmt: skip


def test_a_printed_menu_rights_and_the_sign_of_the_end_are_not_text() -> None:
    menu = Put(x=70, y=50, text="Home News Sport Opinion")
    last = [Put(x=70, y=300, text="###"), Put(x=70, y=340, text="© 2024 Northern Line")]
    article = read(pdf([menu, HEADLINE, *column(BODY), *last])).article
    assert article is not None
    assert article.text == TEXT


def test_a_part_of_the_shown_title_is_not_the_title() -> None:
    article = read(pdf([HEADLINE, *column(BODY)], title="Ferry runs again")).article
    assert article is not None
    assert article.title == HEADLINE.text
