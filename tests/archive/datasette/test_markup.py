"""Stored HTML is shown as what is known of it, and as nothing that could run or load."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.datasette.markup import DEEPEST, EMPTY, HEADINGS, KEPT, harmless_html, paragraphs

NAMES = st.sampled_from(
    [*sorted(KEPT), *HEADINGS, "script", "style", "img", "iframe", "svg", "form", "x-y", "br"]
)
HREFS = st.sampled_from(
    [
        "https://a.example/x",
        "javascript:alert(1)",
        "JaVaScRiPt:1",
        "data:text/html,x",
        "//b.example",
        'https://a.example/"onclick="x',
        "\x01javascript:1",
    ]
)
OPENED = st.builds(
    lambda name, href, quote: f"<{name} href={quote}{href}{quote} onclick={quote}x{quote}>",
    NAMES,
    HREFS,
    st.sampled_from(["", "'", '"']),
)
CLOSED = st.builds(lambda name: f"</{name}>", NAMES)
SOUP = st.lists(st.one_of(OPENED, CLOSED, st.text(max_size=8)), max_size=30).map("".join)


class Strict(HTMLParser):
    """Fails for whatever is not allowed, and for what is not closed in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in KEPT | EMPTY | set(HEADINGS.values()), tag
        given_ones = dict(attrs)
        assert set(given_ones) <= {"href", "rel"}
        if "href" in given_ones:
            assert (given_ones["href"] or "").startswith(("http://", "https://"))
            assert given_ones["rel"] == "noopener noreferrer nofollow"
        if tag not in EMPTY:
            self.open.append(tag)
        assert len(self.open) <= DEEPEST

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError("a declaration")


@given(SOUP)
def test_whatever_goes_in_nothing_but_what_is_known_comes_out(soup: str) -> None:
    written = str(harmless_html(soup))
    strict = Strict()
    strict.feed(written)
    strict.close()
    assert strict.open == []


@given(st.text())
def test_text_stays_text(text: str) -> None:
    assert "<" not in re.sub(r"&\w+;|<br>|<hr>", "", str(harmless_html(text.replace("<", "&lt;"))))


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("<p>a <em>b</em> c</p>", "<p>a <em>b</em> c</p>"),
        ("<p>a<script>b</script>c</p>", "<p>ac</p>"),
        ("<h2>a</h2>", "<h3>a</h3>"),
        ("<p>a &amp; b &lt;c&gt;</p>", "<p>a &amp; b &lt;c&gt;</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a<li>b</li></li></ul>"),
        ("<p>a", "<p>a</p>"),
        ("a</p>b", "ab"),
        ("<p>x\u202ey</p>", "<p>xy</p>"),
        (
            '<a href="https://a.example/?x=1&amp;y=2">a</a>',
            '<a href="https://a.example/?x=1&amp;y=2" rel="noopener noreferrer nofollow">a</a>',
        ),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>"),
    ],
)
def test_shown(stored: str, shown: str) -> None:
    assert str(harmless_html(stored)) == shown


def test_paragraphs_of_a_plain_text() -> None:
    assert paragraphs("a\u202e b\n\n\n\n c \n\n\u200b") == ["a b", "c"]
