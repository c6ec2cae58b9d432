import lxml.html

from crawler.extract.lists.outline import Outline, Zone, join, lasting_classes


def outline(body: str) -> Outline:
    return Outline(lxml.html.document_fromstring(f"<html><body>{body}</body></html>"))


def test_texts_are_joined_as_they_are_seen() -> None:
    page = outline("<p>A<b>B</b> C</p><p>D</p>E<script>F</script> G")
    assert [text.text for text in page.texts] == ["A", "B", "C", "D", "E", "G"]
    assert join(page.texts) == "AB C D E G"


def test_numbers_tell_what_is_inside() -> None:
    page = outline("<div id=a><p>one</p></div><div id=b>two</div>")
    first, second = (node for node in page.nodes if node.tag == "div")
    inside = page.texts_in(first.start, first.end)
    assert [text.text for text in inside] == ["one"]
    assert first.holds(inside[0].number)
    assert not second.holds(inside[0].number)


def test_items_of_one_list_have_one_path() -> None:
    page = outline("<ul><li class='row-1 odd item'>x</li><li class='row-2 even item'>y</li></ul>")
    first, second = (node for node in page.nodes if node.tag == "li")
    assert first.path == second.path
    assert lasting_classes("row-1 odd item") == "item"


def test_zones_are_inherited() -> None:
    page = outline("<nav><p>x</p></nav><div class='sidebar'><p>y</p></div><p>z</p>")
    zones = [node.zone for node in page.nodes if node.tag == "p"]
    assert zones == [Zone.FURNITURE, Zone.SIDE, Zone.MAIN]


def test_cells_are_told_apart_by_their_place() -> None:
    row = "<tr><td><a>x</a></td><td><a>y</a></td></tr>"
    first, second, third, fourth = (
        node.path for node in outline(f"<table>{row}{row}</table>").nodes if node.tag == "a"
    )
    assert (first, second) == (third, fourth)
    assert first != second
