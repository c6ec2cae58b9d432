import pytest

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


def test_linked_and_plain_names_of_one_byline_are_all_read() -> None:
    for byline in (
        "By <a>Ann Lee</a> and Bo Finn, Harbour correspondents",
        "By <a>Ann Lee</a> and Bo Finn, Berlin",
    ):
        assert shown(f"<div class=byline>{byline}</div>")[0].people == ("Ann Lee", "Bo Finn")
    three = "<div class=byline>By <a>Ann Lee</a>, Bo Finn and <a>Cy Gray</a></div>"
    assert shown(three)[0].people == ("Ann Lee", "Bo Finn", "Cy Gray")
    place = "<div class=byline>By <a>Ann Lee</a>, Hong Kong</div>"
    assert shown(place)[0].people == ("Ann Lee",)


@pytest.mark.parametrize(
    ("line", "writer"),
    [
        ("March 5th, 2012 by Gwen Stone", "Gwen Stone"),
        ("מאת: דן כהן | 8 בנובמבר 2024", "דן כהן"),
        ("作者：李安", "李安"),
        ("2024-11-08 18:09 来源：晚报 作者：李安 责任编辑：王五", "李安"),
    ],
)
def test_a_line_says_who_behind_when_and_in_other_scripts(line: str, writer: str) -> None:
    assert shown(f"<p>{line}</p>")[0].people == (writer,)


def test_a_sentence_about_a_year_is_no_byline() -> None:
    assert shown("<p>The bridge was built in 1912 and closed by the Harbour Board</p>") == []


@pytest.mark.parametrize(
    ("line", "writer"),
    [
        ("Posted by Gwen Stone on March 5, 2012", "Gwen Stone"),
        ("Ein Kommentar von Uwe Groß", "Uwe Groß"),
        ("Propos recueillis par Anne Roux", "Anne Roux"),
        ("Guest contributor: Gwen Stone", "Gwen Stone"),
        ("Текст: Иван Петров", "Иван Петров"),
        ("كتب - أحمد علي", "أحمد علي"),
        ("文／山田太郎", "山田太郎"),
        ("記者 李安／台北報導", "李安"),
        ("김민수 기자 kim@tide.example", "김민수"),
        ("Gwen Stone, Chief Harbour Reporter", "Gwen Stone"),
        ("Von der Redaktion", None),
        ("Interview: Mayor Gwen Stone", None),
        ("記者今日從港口獲悉，大橋將關閉一年。", None),
        ("기자 회견에서 시장은 다리를 닫는다고 말했다", None),
        ("Gwen Stone, Mayor of the town", None),
    ],
)
def test_a_line_is_a_byline_by_its_own_words(line: str, writer: str | None) -> None:
    assert [names.people for names in shown(f"<p>{line}</p>")] == ([(writer,)] if writer else [])


def test_an_agencys_reporters_sign_below_the_text() -> None:
    signed = "<p>(Reporting by Gwen Stone and Bo Finn; Editing by Cy Gray)</p>"
    assert [names.people for names in shown(TEXT + signed)] == [("Gwen Stone", "Bo Finn")]
    assert shown(TEXT + f"<aside>{signed}</aside>") == []


@pytest.mark.parametrize(
    ("boxes", "writers"),
    [
        (["<h3>About The Author</h3><h4>Gwen Stone</h4><a>View Profile</a>"], ["Gwen Stone"]),
        (["<h3>About Gwen Stone</h3><p>She writes.</p>"], ["Gwen Stone"]),
        (["<a>Follow Us</a><strong>More Articles</strong>"], []),
        (["<h4>Gwen Stone</h4>", "<h4>Bo Finn</h4>"], []),
    ],
)
def test_the_one_box_about_a_writer_names_him(boxes: list[str], writers: list[str]) -> None:
    body = TEXT + "".join(f"<div class=author-box>{box}</div>" for box in boxes)
    assert [name for names in shown(body) for name in names.people] == writers
    assert shown(TEXT + "<div class='author-box comment'><h4>Zed Zulu</h4></div>") == []
