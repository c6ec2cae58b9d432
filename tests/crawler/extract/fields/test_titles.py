import pytest

from crawler.extract.fields.sitenames import read_site_names
from crawler.extract.fields.structured import read_structured
from crawler.extract.fields.titles import Title, is_cut, read_headings, read_title, visible_text
from crawler.extract.page import Page
from tests.crawler.extract.pages import json_ld, page


def titled(parsed: Page) -> Title:
    headings = read_headings(parsed.root)
    structured = read_structured(parsed, [heading.text for heading in headings])
    names = read_site_names(structured, parsed.url)
    return read_title(parsed.root, structured, headings, names)


def og(title: str) -> str:
    return f'<meta property="og:title" content="{title}">'


def headline(title: str) -> str:
    return json_ld(f'{{"@type": "NewsArticle", "headline": "{title}"}}')


def test_the_h1_that_agrees_is_the_title() -> None:
    found = titled(
        page("<h1>Evening Post</h1><h1>Bridge closes</h1>", head=og("Bridge closes - Evening Post"))
    )
    assert (found.text, found.source) == ("Bridge closes", "h1")
    assert found.heading is not None
    assert found.heading.text == "Bridge closes"


def test_the_publishers_headline_outranks_a_title_for_sharing() -> None:
    found = titled(
        page(
            "<h1>Bridge closes for a year</h1>",
            head=og("You won't believe this") + headline("Bridge closes for a year"),
        )
    )
    assert (found.text, found.source) == ("Bridge closes for a year", "json-ld headline")


def test_a_headline_with_entities_and_the_sites_name_is_freed_of_both() -> None:
    found = titled(page(head=headline("K&amp;uuml;hlturm gesprengt - Evening Post")))
    assert found.text == "Kühlturm gesprengt"


def test_a_headline_cut_by_length_gives_way_to_the_h1() -> None:
    whole = "The bridge across the harbour closes for a year " * 3
    found = titled(page(f"<h1>{whole}</h1>", head=headline(whole[:110])))
    assert (found.text, found.source) == (whole.strip(), "h1")


@pytest.mark.parametrize(
    ("text", "whole", "cut"),
    [
        ("Bridge closes...", "Bridge closes for a year", True),
        ("Bridge closes", "Bridge closes for a year", False),
        ("Bridge closes", "Bridge closes", False),
        ("Ferry sails…", "Bridge closes for a year", False),
    ],
)
def test_cut_titles_are_told(text: str, whole: str, *, cut: bool) -> None:
    assert is_cut(text, whole) is cut


def test_a_kicker_stays_where_the_title_has_it_for_sharing() -> None:
    found = titled(
        page(
            "<h1>Orders for nothing</h1>",
            head=og("Veterans: Orders for nothing") + headline("Veterans: Orders for nothing"),
        )
    )
    assert found.text == "Veterans: Orders for nothing"


def test_a_kicker_goes_where_the_title_for_sharing_leaves_it_out() -> None:
    body = "<h1><span class='kicker'>War in the north</span> - Druze ask for a part</h1>"
    assert titled(page(body, head=og("Druze ask for a part"))).text == "Druze ask for a part"


def test_a_page_without_h1_is_called_what_its_title_and_text_share() -> None:
    found = titled(
        page("<h2>Bridge closes</h2>", head="<title>Bridge closes ‹ Unknown Project</title>")
    )
    assert (found.text, found.source) == ("Bridge closes", "title")


def test_a_page_without_any_has_none() -> None:
    assert titled(page("<p>Text</p>")).text is None


def test_the_sites_name_alone_is_no_title() -> None:
    head = "<meta property='og:site_name' content='Evening Post'><title>Evening Post</title>"
    assert titled(page("<h1>Evening Post</h1>", head=head)).text is None


def test_parts_of_a_heading_do_not_run_together() -> None:
    root = page("<h1><span>National strike</span>The day comes<script>x()</script></h1>").root
    assert visible_text(next(root.iter("h1"))) == "National strike The day comes"


def test_a_heading_of_something_else_is_not_the_title() -> None:
    found = titled(page("<h1>Weather for the week</h1>", head=og("Bridge closes")))
    assert (found.text, found.source, found.heading) == ("Bridge closes", "og:title", None)


def test_two_characters_may_be_a_title_in_chinese() -> None:
    assert titled(page("<h1>大桥</h1>", head="<title>大桥_百科</title>")).text == "大桥"


def test_a_lower_heading_shows_which_part_of_the_title_is_the_headline() -> None:
    body = "<div id=mast><b>Harbour Gazette</b></div><h2>Ferry sails: a year on</h2>"
    found = titled(page(body, head="<title>Harbour Gazette: Ferry sails: a year on</title>"))
    assert (found.text, found.source) == ("Ferry sails: a year on", "title")


def test_a_lower_heading_of_a_section_is_no_headline() -> None:
    head = "<title>The long way home: Ferry</title>"
    assert titled(page("<h3>Ferry</h3>", head=head)).text == "The long way home: Ferry"


def test_the_shown_headline_wins_over_the_one_for_search_if_the_same_object_has_it() -> None:
    body = "<h1>The bridge that nobody wanted</h1>"
    both = (
        '{"@type": "NewsArticle", "headline": "Bridge opening times and prices",'
        ' "%s": "The bridge that nobody wanted"}'
    )
    for key in ("name", "alternativeHeadline"):
        found = titled(page(body, head=json_ld(both % key)))
        assert (found.text, found.source) == ("The bridge that nobody wanted", "h1")
    found = titled(page(body, head=json_ld(both % "description")))
    assert found.text == "Bridge opening times and prices"


def test_of_headings_that_agree_alike_the_better_declared_one_is_taken() -> None:
    head = og("Bridge closes") + "<title>detail</title>"
    assert titled(page("<h1>detail</h1><h1>Bridge closes</h1>", head=head)).text == "Bridge closes"
