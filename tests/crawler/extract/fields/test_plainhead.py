from datetime import date

import pytest

from crawler.extract.fields.metadata import Metadata, read_metadata
from crawler.extract.fields.plainhead import with_head
from crawler.extract.page import parse_page
from tests.crawler.extract.pages import CAPTURED_AT, URL, page

TEXT = "The bridge across the harbour closes for repairs, as everybody had feared. " * 3
HEADLINE = "Harbour bridge to close"


def read(text: str) -> Metadata:
    return read_metadata(parse_page(text.encode(), url=URL, captured_at=CAPTURED_AT))


@pytest.mark.parametrize(
    "head",
    [
        f"{HEADLINE}\nBy Ann Lee\n8 November 2024\n\n",
        f"{HEADLINE}\n\nBy Ann Lee\n8 November 2024\n\n",
        f"{HEADLINE}\r\nBy Ann Lee\r\n8 November 2024\r\n",
    ],
)
def test_the_first_lines_are_headline_writer_and_day(head: str) -> None:
    found = read(f"{head}{TEXT}\n\n{TEXT}")
    assert (found.title, found.byline, found.sources["title"]) == (
        HEADLINE,
        ("Ann Lee",),
        "first line",
    )
    assert found.published is not None
    assert found.published.value == date(2024, 11, 8)


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT,
        f"It was over.\n\n{TEXT}",
        f"Dear all,\n\n{TEXT}",
        f"From: Ann Lee\n\n{TEXT}",
        f"{HEADLINE}\n{TEXT}",
        f"{HEADLINE}\n\nToo short to be a text.",
        "The bridge across the harbour\ncloses for repairs, as everybody\n\n" + TEXT,
    ],
)
def test_a_line_that_is_not_set_off_from_a_text_is_no_headline(text: str) -> None:
    assert read(text).title is None


def test_a_page_of_markup_stays_as_it_is() -> None:
    marked = page(f"{HEADLINE}<br><br>{TEXT}")
    assert with_head(marked) is marked
