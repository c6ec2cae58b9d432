import pytest

from crawler.extract.fields.metadata import read_metadata
from tests.crawler.extract.pages import page

TEXT = "<p>" + "The bridge across the harbour closes for repairs. " * 30 + "</p>"
HERE = "https://evening-post.example/bridge-closes"


def day(body: str, attributes: str = "lang='en'") -> str | None:
    published = read_metadata(page(body, url=HERE, attributes=attributes)).published
    return published.isoformat()[:10] if published else None


@pytest.mark.parametrize(
    "line",
    [
        "<p>8 November 2024</p>",
        "<p>By Ann Lee, 8 November 2024</p>",
        "<span class='meta'>Nov 8, 2024 | Harbour</span>",
        "<time datetime='2024-11-08T10:00'>last Friday</time>",
        "<div class='date'><span>8</span> <span>Nov</span> <span>2024</span></div>",
        "<p>Published: 8 November 2024</p>",
        "<p>(8 November 2024) The bridge across the harbour closes. " + "It is old. " * 40 + "</p>",
    ],
)
def test_the_date_at_the_headline_is_the_publications(line: str) -> None:
    assert day(f"<h1>Bridge closes</h1>{line}{TEXT}") == "2024-11-08"


def test_a_date_right_before_the_headline_counts_too() -> None:
    assert day(f"<p class='date'>8 November 2024</p><h1>Bridge closes</h1>{TEXT}") == "2024-11-08"


def test_a_date_that_opens_the_headline_counts() -> None:
    assert day(f"<h1>08.11.2024 - Bridge closes</h1>{TEXT}", "lang='de'") == "2024-11-08"


def test_a_labelled_date_counts_far_from_the_headline() -> None:
    assert day(f"<h1>Bridge closes</h1>{TEXT}<p>Published on 8 November 2024</p>") == "2024-11-08"


def test_the_headline_may_be_no_h1() -> None:
    head = "<title>Bridge closes</title>"
    body = f"<h3>Bridge closes</h3><p class='date'>8 November 2024</p>{TEXT}"
    published = read_metadata(page(body, head=head, url=HERE)).published
    assert published is not None
    assert published.isoformat() == "2024-11-08"


@pytest.mark.parametrize(
    "other",
    [
        "<footer>Published 7 May 2019</footer>",
        "<aside><p class='date'>7 May 2019</p></aside>",
        "<div class='related-articles'><p class='date'>7 May 2019</p></div>",
        "<ol class='comments'><li><time datetime='2019-05-07'>7 May 2019</time></li></ol>",
        "<p>© 7 May 2019 Evening Post</p>",
        f"<p>On 7 May 2019 the bridge was last repaired. {'It is old. ' * 30}</p>",
        "<p>Born 7 May 1919</p>",
    ],
)
def test_dates_of_other_things_are_not_taken(other: str) -> None:
    assert day(f"<h1>Bridge closes</h1>{TEXT}{other}") is None


def test_todays_date_in_the_masthead_is_not_taken() -> None:
    body = (
        f"<header><p class='date'>Wed, 20 Nov 2024</p></header><main><h1>Bridge</h1>{TEXT}</main>"
    )
    assert day(body) is None


def test_publication_wins_over_a_change() -> None:
    lines = "<p>Updated: 12 November 2024</p><p>Published: 8 November 2024</p>"
    assert day(f"<h1>Bridge closes</h1>{lines}{TEXT}") == "2024-11-08"


def test_a_class_with_sidebar_around_all_of_it_is_no_sidebar() -> None:
    body = f"<h1>Site</h1><div class='with-sidebar'><p class='date'>8 November 2024</p>{TEXT}</div>"
    assert day(body) == "2024-11-08"


def test_what_contains_the_headline_is_the_articles_whatever_its_class() -> None:
    body = f"<div class='latest-post'><h1>Bridge closes</h1><p>8 November 2024</p></div>{TEXT}"
    assert day(body) == "2024-11-08"


def test_the_order_of_day_and_month_is_the_languages() -> None:
    body = f"<h1>Brücke gesperrt</h1><p class='date'>08.11.2024</p>{TEXT}"
    assert day(body, "lang='de'") == "2024-11-08"


def test_a_verb_behind_the_date_labels_it() -> None:
    note = "<p><small>Dieser Beitrag wurde am {} um 10:00 Uhr {} und unter Hafen abgelegt.</small>"
    body = f"<h1>Brücke</h1>{TEXT}{note.format('8. November 2024', 'veröffentlicht')}"
    assert day(body, "lang='de'") == "2024-11-08"
    changed = note.format("9. November 2024", "geändert")
    assert day(f"{body}{changed}", "lang='de'") == "2024-11-08"
