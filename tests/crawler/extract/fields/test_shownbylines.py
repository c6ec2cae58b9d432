from crawler.extract.fields.names import Names
from crawler.extract.fields.pieces import Showing
from crawler.extract.fields.shownbylines import read_shown_bylines
from tests.crawler.extract.pages import page

TEXT = "<p>" + "The bridge across the harbour closes for repairs. " * 30 + "</p>"


def shown(body: str) -> list[Names]:
    parsed = page(f"<h1>Bridge closes</h1>{body}")
    showing = Showing(parsed.root, title="Bridge closes", heading=next(parsed.root.iter("h1")))
    return list(read_shown_bylines(showing))


def test_marked_bylines_come_before_printed_ones() -> None:
    found = shown("<p>By Bo Finn</p><p class=byline>Ann Lee</p>")
    assert [names.people for names in found] == [("Ann Lee",), ("Bo Finn",)]


def test_links_of_a_byline_name_its_people() -> None:
    body = "<div class=authors>By <a>Ann Lee</a> and <a>Bo Finn</a> in Paris, 8 Nov 2024</div>"
    assert shown(body)[0].people == ("Ann Lee", "Bo Finn")


def test_a_byline_stands_before_the_text() -> None:
    assert shown(TEXT + "<p class=author>Cy Doe</p>") == []


def test_a_plain_label_counts_anywhere() -> None:
    assert shown(TEXT + "<dl><dt>Autor:</dt><dd>Uwe Groß</dd></dl>")[0].people == ("Uwe Groß",)


def test_a_byline_is_marked_in_the_makers_own_language() -> None:
    body = "<table><tr><td class=datum>8-11-2024<tr><td class=auteur>Ann Lee and Bo Finn</table>"
    assert shown(body)[0].people == ("Ann Lee", "Bo Finn")


def test_a_byline_is_read_in_any_cell() -> None:
    body = "<table><tr><td><font size=1>By Ann Lee</font><br><font>8 November 2024</font></table>"
    assert shown(body)[0].people == ("Ann Lee",)
