import pytest

from crawler.extract.fields.headings import Heading, read_headings
from tests.crawler.extract.pages import URL, page


def only(html: str) -> Heading:
    (heading,) = read_headings(page(html).root, URL)
    return heading


def test_a_marked_kicker_is_kept_apart() -> None:
    heading = only("<h1><span class='overline'>Waterways</span> Minister opens a lock</h1>")
    assert (heading.text, heading.whole) == (
        "Minister opens a lock",
        "Waterways Minister opens a lock",
    )


def test_what_takes_up_most_of_a_heading_is_no_kicker() -> None:
    heading = only("<h1>Now: <span class='label'>Minister opens a lock</span></h1>")
    assert heading.text == "Now: Minister opens a lock"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>Minister opens a lock <small>And what it is for</small></h1>", None),
        (
            "<h1>Minister opens a lock<span class='article-subtitle'>Ships may pass</span></h1>",
            None,
        ),
        (
            "<h1><i class=label>Video</i> Minister opens a lock <b class=byline>Ann Lee</b></h1>",
            None,
        ),
        ("<h1>Locks <small>and weirs</small></h1>", "Locks and weirs"),
        ("<h1><b>PLUS</b>Minister opens a lock</h1>", "PLUS Minister opens a lock"),
    ],
)
def test_what_stands_beside_the_headline_in_its_element_is_kept_apart(
    html: str, text: str | None
) -> None:
    assert only(html).text == (text or "Minister opens a lock")


def test_a_picture_is_a_heading_where_no_text_is() -> None:
    heading = only("<h1><img src=a.gif alt='Minister opens a lock'></h1>")
    assert (heading.text, heading.is_picture) == ("Minister opens a lock", True)
    assert only("<h1><img src=a.gif alt='Evening Post'></h1><h1>Lock opens</h1>").text == (
        "Lock opens"
    )


def test_a_heading_that_is_all_for_screen_readers_still_speaks() -> None:
    assert only("<h1><span class='sr-only'>Lock opens</span></h1>").text == "Lock opens"


def test_parts_do_not_run_together_and_words_are_not_torn() -> None:
    assert only("<h1><b>National strike</b>The day<br>comes</h1>").text == (
        "National strike The day comes"
    )
    assert only("<h1><b>L</b>ock <!-- x -->opens</h1>").text == "Lock opens"


@pytest.mark.parametrize(
    ("html", "logo"),
    [
        ("<h1><a href='/'>Evening Post</a></h1>", True),
        ("<h1><a href='https://www.evening-post.example'>Evening Post</a></h1>", True),
        ("<h1 class='site-title'>Evening Post</h1>", True),
        ("<h1><a href='/a'>Bridge closes</a></h1>", False),
        ("<h1><a href='/'>Home</a> Bridge closes</h1>", False),
        ("<h1><a href='#'>Bridge closes</a></h1>", False),
        ("<h1><a href='https://other.example/'>Bridge closes</a></h1>", False),
        ("<h1><a href='http://[broken'>Bridge closes</a></h1>", False),
        ("<h1 class='catalogology'>Bridge closes</h1>", False),
    ],
)
def test_a_heading_that_is_the_sites_own_name_is_told(html: str, *, logo: bool) -> None:
    assert only(html).is_logo is logo


def test_a_heading_that_never_ends_is_read_to_a_bound() -> None:
    assert len(only("<h1>" + "<b>word </b>" * 5_000).text) <= 500


def test_a_page_without_headings_has_its_large_line_as_one() -> None:
    old = "<font size=5><b>Harbour bridge to close</b></font><br><i>by Walt Ames</i><br>"
    assert [one.text for one in read_headings(page(old).root, URL)] == ["Harbour bridge to close"]


@pytest.mark.parametrize(
    "body",
    [
        "<font size=2>Harbour bridge to close</font><br>",
        "<font size=5><a href=/b>Harbour bridge to close</a></font><br>",
        "The <font size=5>harbour bridge to close</font><br>",
        "<font size=5>Harbour bridge to close</font> for a year",
        "<h2>News</h2><font size=5>Harbour bridge to close</font><br>",
    ],
)
def test_other_large_words_are_no_heading(body: str) -> None:
    assert read_headings(page(body).root, URL) == ()
