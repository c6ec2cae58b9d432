import lxml.html

from crawler.extract.fields.surroundings import Surroundings
from tests.crawler.extract.pages import page

LONG = "<p>" + "The bridge closes. " * 60 + "</p>"


def at(root: lxml.html.HtmlElement, name: str) -> lxml.html.HtmlElement:
    return root.get_element_by_id(name)


def test_parts_of_the_page_are_told_by_tag_and_class() -> None:
    root = page(
        f"<h1 id=h>Bridge</h1><div>{LONG}<p id=own>8 Nov</p></div><aside><p id=aside>x</p></aside>"
        "<div class='most-read'><p id=read>x</p></div>"
    ).root
    around = Surroundings(root, at(root, "h"))
    assert not around.is_foreign(at(root, "own"))
    assert around.is_foreign(at(root, "aside"))
    assert around.is_foreign(at(root, "read"))


def test_what_holds_headline_or_most_text_is_never_foreign() -> None:
    root = page(
        f"<div class=latest><h1 id=h>Bridge</h1><p id=own>8 Nov</p></div>"
        f"<div class=has-sidebar><p id=text>x</p>{LONG}</div>"
    ).root
    around = Surroundings(root, at(root, "h"))
    assert not around.is_foreign(at(root, "own"))
    assert not around.is_foreign(at(root, "text"))


def test_the_masthead_is_the_header_without_the_headline() -> None:
    root = page(
        "<header><p id=today>x</p></header>"
        "<article><header><h1 id=h>Bridge</h1><p id=own>x</p></header></article>"
    ).root
    around = Surroundings(root, at(root, "h"))
    assert around.is_in_masthead(at(root, "today"))
    assert not around.is_in_masthead(at(root, "own"))
