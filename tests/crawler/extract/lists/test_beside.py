import lxml.html
import pytest

from crawler.extract.lists.beside import beside_of
from crawler.extract.lists.columns import find_columns
from crawler.extract.lists.outline import Outline
from crawler.extract.lists.publishers import Beside

TITLE = "The ram stays on the hill"


def beside(row: str, around: str = "{}") -> list[Beside]:
    """Read what stands beside the title of the first of three rows."""
    link = '<a href="/{}">' + TITLE + "</a>"
    rows = "".join(row.replace("TITLE", link.format(n)) for n in range(3))
    root = lxml.html.document_fromstring(f"<html><body>{around.format(rows)}</body></html>")
    page = Outline(root)
    column = max(find_columns(page), key=lambda one: len(one.spots[0].text))
    return list(beside_of(page, column.records[0], TITLE))


def test_texts_know_their_side_and_names() -> None:
    before, after = beside("<li><b class=src>Hill Post</b> TITLE <i>x y</i></li>")
    assert (before.text, before.is_before, before.label.strip()) == ("Hill Post", True, "src")
    assert (after.text, after.is_before) == ("x y", False)
    assert before.path != after.path


def test_titles_long_texts_and_machine_dates_are_left_out() -> None:
    words = "word " * 30
    assert beside(f"<li>TITLE <p>{words}</p><time>5 May 2024</time></li>") == []


@pytest.mark.parametrize("head", ["Source", "News outlet", "Quelle", "Medium", "媒体", "Издание"])
def test_a_column_headed_as_one_of_publishers(head: str) -> None:
    table = f"<table><tr><th>Title</th><th>{head}</th><th>By</th></tr>{{}}</table>"
    paper, author = beside("<tr><td>TITLE</td><td>Ovis</td><td>Ann</td></tr>", table)
    assert (paper.is_headed, author.is_headed) == (True, False)


def test_logos_speak_by_their_alternative_text() -> None:
    (logo,) = beside("<li><img alt='Hill Post logo' src=x> TITLE</li>")
    assert (logo.text, logo.is_doubtful) == ("Hill Post", True)


def test_authors_and_sections_are_doubtful() -> None:
    (author,) = beside("<li>TITLE <span class=author>Ann Author</span></li>")
    assert author.is_doubtful


def test_a_link_to_a_home_page_says_whose() -> None:
    home, other = beside(
        "<li><a href='https://hill.example/'>Hill</a> TITLE <a href='/x/y'>Why</a></li>"
    )
    assert (home.home, other.home) == ("hill.example", None)
