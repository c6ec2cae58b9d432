from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import Headline, LeftOut, ListPage
from crawler.extract import extract_headlines
from crawler.extract.lists import textlists
from crawler.extract.lists.textlines import rows_of_text
from crawler.extract.lists.textlists import TextEntry, read_rows
from tests.crawler.extract.lists.textsamples import SAMPLES, TITLES, Answer, listed, plain

CAPTURED = datetime(2024, 11, 20, 12, tzinfo=UTC)


def read(text: str) -> list[TextEntry]:
    return list(read_rows(rows_of_text(text), captured_at=CAPTURED, languages=()).entries)


def left_out(text: str) -> tuple[LeftOut, ...]:
    return page_of(text).left_out


def page_of(text: str) -> ListPage:
    return extract_headlines(text.encode(), url="https://list.example/", captured_at=CAPTURED)


def answer(headline: Headline) -> Answer:
    day = headline.published.isoformat()[:10] if headline.published else None
    return headline.title, headline.publisher, day, headline.url


@pytest.mark.parametrize(("text", "answers"), SAMPLES.values(), ids=SAMPLES.keys())
def test_samples_are_read_right(text: str, answers: list[Answer]) -> None:
    assert [answer(headline) for headline in page_of(text).headlines] == answers


def test_the_commonest_form_is_the_list() -> None:
    text = "On 3 May 2019 it began\n" + "- Some title here - 5 May 2024\n" * 4 + "Fin 6 May 2024"
    assert [entry.title for entry in read(text)] == ["Some title here"] * 4


def test_dates_before_the_titles() -> None:
    lines = "5 May 2024: The first\n4 May 2024: The second\n3 May 2024: Third one"
    assert [entry.title for entry in read(lines)] == ["The first", "The second", "Third one"]


def test_two_lines_of_a_page_are_no_list() -> None:
    page = "<p>Some title here - 5 May 2024</p><p>Another one - 4 May 2024</p>"
    assert page_of(page).headlines == ()


def test_a_line_with_a_date_is_no_list() -> None:
    assert read("The statement was issued on 5 May 2024") == []


def test_one_day_above_paragraphs_is_an_article() -> None:
    assert read("5 May 2024\n" + "A paragraph of it.\n" * 5) == []


def test_dates_in_prose_are_no_list() -> None:
    prose = "It was so until 5 May 2024.\nThen came the rest of it, as was said.\n"
    assert read((prose + "And that was all that was known of it then.\n") * 4) == []


def test_what_is_in_the_list_and_not_read_is_told() -> None:
    lines = listed(lambda n: plain(n, "")).splitlines()
    lines.insert(2, "Somebody wrote a line here that has no date at all")
    lines.insert(4, "Nov 9, 2024")
    lines.insert(4, "It - Nov 9, 2024")
    told = left_out("\n".join(lines))
    assert [(one.what, one.count, one.reason) for one in told] == [
        ("lines", 1, textlists.NO_DATE),
        ("lines", 1, textlists.NO_TITLE),
    ]
    assert told[0].lines == ("Somebody wrote a line here that has no date at all",)


def test_a_dated_line_in_another_form_is_told() -> None:
    text = listed(plain) + "\n\nWords of the end.\n\n3 May 2019 - An older story of the harbour\n"
    assert [(one.count, one.reason) for one in left_out(text)] == [(1, textlists.OTHER_FORM)]


def test_a_line_without_a_date_is_kept_with_its_raw_text() -> None:
    page = page_of(SAMPLES["a line without a date"][0])
    assert page.left_out == ()
    assert (page.headlines[2].date_text, page.headlines[2].raw) == (
        None,
        f"- {TITLES[2]} - Glossbury Post",
    )


def test_an_impossible_date_is_kept_as_printed() -> None:
    page = page_of(SAMPLES["an impossible date"][0])
    assert (page.headlines[1].published, page.headlines[1].date_text) == (
        None,
        "February 30th, 2024",
    )


def test_lines_beyond_the_bound_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textlists, "MOST_ROWS", 3)
    page = page_of(listed(plain))
    assert len(page.headlines) == 3
    assert [(one.what, one.count) for one in page.left_out] == [("lines", 2)]
    assert "first 3 lines" in page.left_out[0].reason


LINES = st.sampled_from(
    [
        *(plain(n) for n in range(5)),
        *("", "---", "8 Nov 2024", "November 2024", "Words of it", "> quoted - 3 May 2024"),
        *("https://news.example/a", "| a | b |", "[1]: https://news.example/b", "2024", "12 - It"),
        *(
            "* [A title of some length](https://news.example/c) - 5 May 2024",
            "  set in, 4 May 2024",
        ),
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(LINES, max_size=30))
def test_every_line_is_an_entry_or_not_and_none_comes_twice(lines: list[str]) -> None:
    found = read_rows(
        rows_of_text("\n".join(lines)), captured_at=CAPTURED, languages=(), is_plain=True
    )
    told = sum(one.count for one in found.left_out)
    assert len(found.entries) + told <= len(lines)
    assert all(entry.title and entry.raw for entry in found.entries)


def test_a_line_that_goes_on_in_small_letters_is_joined_without_a_sign() -> None:
    text = (
        "1. A harbour that is deep\n   enough for all the ships - The Tide - 5 May 2024\n"
        "2. The second one\n   the tide, 4 May 2024\n3. A third one - The Isle - 3 May 2024"
    )
    assert [entry.title for entry in read(text)] == [
        "A harbour that is deep enough for all the ships - The Tide",
        "The second one - the tide",
        "A third one - The Isle",
    ]
