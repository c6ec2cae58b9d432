from datetime import UTC, datetime

import lxml.html
import pytest

from archive.records import DateSource, Precision
from crawler.extract.lists.datemarks import Mark, Place, find_marks
from crawler.extract.lists.outline import Outline

CAPTURED = datetime(2024, 11, 20, 12, tzinfo=UTC)


def marks(body: str) -> list[Mark]:
    root = lxml.html.document_fromstring(f"<html><body>{body}</body></html>")
    return find_marks(Outline(root), captured_at=CAPTURED, languages=())


@pytest.mark.parametrize(
    ("body", "place", "source"),
    [
        ("<p>5 May 2024</p>", Place.ALONE, DateSource.LIST),
        ("<h3>Sunday, 5 May 2024</h3>", Place.ALONE, DateSource.HEADING),
        ("<p>Posted on 5 May 2024 by</p>", Place.SHORT, DateSource.LIST),
        ("<p>5 May 2024: " + "words " * 9 + "</p>", Place.START, DateSource.LIST),
        ("<p>" + "words " * 9 + "- 5 May 2024</p>", Place.END, DateSource.LIST),
        ("<time datetime=2024-05-05></time>", Place.ALONE, DateSource.TIME),
        ("<p data-date=1714903200>x</p>", Place.ALONE, DateSource.ATTRIBUTE),
        ("<meta itemprop=datePublished content=2024-05-05>", Place.ALONE, DateSource.META),
        ("<p><b>5</b> <i>May</i> <u>2024</u></p>", Place.ALONE, DateSource.LIST),
        ("<p><b>05</b> <i>2024-05</i></p>", Place.ALONE, DateSource.LIST),
        ("<p><b>2024</b> <i>5</i> <u>May</u></p>", Place.ALONE, DateSource.LIST),
        (
            "<p><b>5</b><i>May</i><u>2024</u><a>A title of many words</a></p>",
            Place.ALONE,
            DateSource.LIST,
        ),
        ("<p>Updated 9 May 2024 — Published 5 May 2024</p>", Place.END, DateSource.LIST),
    ],
)
def test_where_dates_stand(body: str, place: Place, source: DateSource) -> None:
    (mark,) = marks(body)
    one = mark.found.readings[0]
    assert (one.year, one.month, one.day) == (2024, 5, 5)
    assert (mark.place, mark.source) == (place, source)


def test_days_of_other_things_are_marked_so() -> None:
    body = "<p>Event: 5 May 2024</p><p>Deadline for entries: 5 May 2024</p><p>Posted 5 May 2024</p>"
    assert [mark.kind[3] for mark in marks(body)] == [True, True, False]


def test_a_year_alone_is_one_outside_links() -> None:
    (mark, heading) = marks("<p>2019</p><h2>2018</h2><a href=/x>2017</a><p>1066</p>")
    assert mark.found.readings[0].precision is Precision.YEAR
    assert (heading.found.text, heading.source) == ("2018", DateSource.HEADING)


@pytest.mark.parametrize("body", ["<p>12</p>", "<p>Row 5 of 12</p>", "<p>10.5 %</p>", "<b>Mar</b>"])
def test_numbers_are_no_marks(body: str) -> None:
    assert marks(body) == []
