"""Elements of lxml's tree handed to BeautifulSoup."""

import lxml.html
import pytest
from bs4 import BeautifulSoup

from crawler.extract.text.soup import TreeOfElements, read_soup

URL = "https://paper.example/news/ferry"


def soup_of(*markups: str) -> BeautifulSoup:
    """Hand each piece of markup on as a group of its own."""
    return read_soup([[lxml.html.fragment_fromstring(one)] for one in markups], URL)


def inner(soup: BeautifulSoup) -> str:
    """Give what stands in the groups, their own two tags taken off."""
    return "".join(group.div.decode_contents() for group in soup.find_all("main") if group.div)


def test_each_group_has_its_element() -> None:
    soup = soup_of("<p>One</p>", "<p>Two</p>")
    assert [group.get_text() for group in soup.find_all("main", recursive=False)] == ["One", "Two"]


def test_text_keeps_its_place_among_elements() -> None:
    markup = "<div><p>a <b>b</b> c <i>d</i></p><ul><li>e</li></ul></div>"
    assert inner(soup_of(markup)) == markup


def test_wrappers_go_and_leave_their_text() -> None:
    assert inner(soup_of("<p>a <span class='x'>b <b>c</b> d</span> e</p>")) == (
        "<p>a b <b>c</b> d e</p>"
    )


def test_what_is_read_aloud_beside_a_word_goes() -> None:
    assert soup_of("<p><ruby>渡<rp>(</rp><rt>わた</rt><rp>)</rp></ruby>し船</p>").get_text() == (
        "渡し船"
    )


def test_blanks_between_blocks_go_and_those_between_words_stay() -> None:
    assert inner(soup_of("<div>\n <p>a <b>b</b> <i>c</i></p>\n <p>d</p>\n</div>")) == (
        "<div><p>a <b>b</b> <i>c</i></p><p>d</p></div>"
    )


def test_a_main_in_a_group_is_no_group() -> None:
    soup = soup_of("<div><main><p>a</p></main></div>")
    assert len(soup.find_all("main")) == 1


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/more", "https://paper.example/more"),
        (" https://other.example/a?b=c&d#e ", "https://other.example/a?b=c&d#e"),
        ("/fähre 2", "https://paper.example/f%C3%A4hre%202"),
        ("/f%C3%A4hre", "https://paper.example/f%C3%A4hre"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_links_are_whole(href: str, address: str) -> None:
    soup = soup_of(f"<p><a href='{href}' class='x' onclick='y()'>a</a></p>")
    assert [link.attrs for link in soup.find_all("a")] == [{"href": address}]


def test_a_place_on_the_page_is_no_link() -> None:
    assert inner(soup_of("<p><a href='#note'>a</a><a name='b'>b</a></p>")) == (
        "<p><a>a</a><a>b</a></p>"
    )


def test_the_tree_handed_on_is_not_changed() -> None:
    markup = "<div>\n<p>a <span>b</span></p>\n</div>"
    element = lxml.html.fragment_fromstring(markup)
    read_soup([[element]], URL)
    assert lxml.html.tostring(element, encoding="unicode") == markup


def test_a_builder_is_fed_by_its_soup_alone() -> None:
    with pytest.raises(RuntimeError, match="fed by the soup"):
        TreeOfElements([[]], URL).feed("")
