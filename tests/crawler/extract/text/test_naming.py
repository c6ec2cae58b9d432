"""What elements are called, and what that says of them."""

import lxml.html
import pytest

from crawler.extract.text.boilerplate import CAPTION_FLAG, FURNITURE_FLAG, STANDFIRST_FLAG
from crawler.extract.text.naming import (
    FURNITURE_LIMIT,
    LONGEST_CAPTION_NAME,
    STRANGE_LIMIT,
    Named,
    naming_of,
    read_names,
)


def named(markup: str) -> list[Named]:
    """Read the names of a piece of markup."""
    return read_names(lxml.html.fromstring(f"<body>{markup}</body>").iter())


def test_an_element_that_nothing_is_known_of_is_left_out() -> None:
    assert named("<div><p class='copperfield'>a</p><span data-x='related'>b</span></div>") == []


def test_class_and_id_speak_against_an_element() -> None:
    (one,) = named("<div class='comments related' id='newsletter-2'>a</div>")
    assert one.against == {
        "comments": STRANGE_LIMIT,
        "related": FURNITURE_LIMIT,
        "newsletter-#": FURNITURE_LIMIT,
    }
    assert one.flags & FURNITURE_FLAG


def test_a_tag_speaks_without_a_name() -> None:
    (one,) = named("<aside>a</aside>")
    assert one.against == {"<aside>": 0.4}


@pytest.mark.parametrize(
    "markup",
    [
        "<div hidden>a</div>",
        "<div role='dialog'>a</div>",
        "<div style='color: red; display : NONE'>a</div>",
    ],
)
def test_what_the_page_hides_is_set_apart(markup: str) -> None:
    assert [one.apart for one in named(markup)] == [True]


def test_a_style_that_hides_nothing_says_nothing() -> None:
    assert named("<div style='margin: 0' role='main'>a</div>") == []


@pytest.mark.parametrize(
    ("markup", "how"),
    [
        ("<div itemprop='articleBody description'>a</div>", "itemprop"),
        ("<div class='article-body'>a</div>", "class"),
        ("<article>a</article>", "article"),
    ],
)
def test_a_body_says_that_it_is_one(markup: str, how: str) -> None:
    assert [one.body for one in named(markup)] == [how]


def test_a_style_sheet_spelled_out_names_no_caption() -> None:
    long = " ".join(["caption", *(f"m-{number}" for number in range(LONGEST_CAPTION_NAME))])
    assert naming_of("caption").flags & CAPTION_FLAG
    assert not naming_of(long).flags & CAPTION_FLAG


def test_a_series_has_one_name() -> None:
    assert naming_of("comment-1 comment-22").against == {"comment-#": STRANGE_LIMIT}


def test_a_standfirst_is_named() -> None:
    assert naming_of("article__standfirst").flags & STANDFIRST_FLAG
