"""An article's HTML as Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.exporting.marked import escaped, from_html


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<h2>Head</h2><p>Text</p>", "## Head\n\nText"),
        ("<p>A <em>fine</em> <strong>day</strong></p>", "A *fine* **day**"),
        ('<p><a href="https://a.example/?x=1">Link</a></p>', "[Link](<https://a.example/?x=1>)"),
        ("<ul><li>One</li><li>Two</li></ul>", "- One\n\n- Two"),
        ("<ol><li><p>One</p></li><li><p>Two</p></li></ol>", "1. One\n\n2. Two"),
        ("<ul><li>One<ul><li>In</li></ul></li></ul>", "- One\n\n  - In"),
        ("<blockquote><p>Said</p><p>so</p></blockquote>", "> Said\n\n> so"),
        ("<pre>a  b\n  c</pre>", "```\na  b\n  c\n```"),
        ("<pre>``` in it</pre>", "````\n``` in it\n````"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1 |  |",
        ),
        ("<p>1. no list * and # no head</p>", r"1\. no list \* and \# no head"),
        ("<p>Line<br>and line</p>", "Line\\\nand line"),
        ("<p>a &lt; b &amp; c</p>", r"a \< b \& c"),
        ("text alone", "text alone"),
    ],
)
def test_what_articles_are_kept_in(html: str, markdown: str) -> None:
    assert from_html(html) == markdown


@given(st.text())
def test_any_html_gives_a_text(html: str) -> None:
    assert isinstance(from_html(html), str)


@given(st.text(alphabet="*_[]<>#|`-+.1) \n"))
def test_a_text_has_no_markup_of_its_own(text: str) -> None:
    plain = escaped(text)
    for sign in "*_[]<>#|`":
        assert plain.count(f"\\{sign}") == plain.count(sign)
