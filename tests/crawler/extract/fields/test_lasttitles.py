import json

import pytest

from crawler.extract.fields.lasttitles import is_headline_long, marked_title, state_title
from tests.crawler.extract.pages import page

TEXT = ["The tram stops at the lock, and nobody knows why it does. " * 4] * 4


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<div class='entry-title'>Trams get their new brakes</div>", True),
        ("<h3 id=article_title>Trams get their new brakes</h3>", True),
        ("<h2>Trams get their new brakes</h2>", True),
        ("<h2>Trams</h2><h2>Trams get their new brakes</h2>", False),
        ("<nav><p class=headline>Trams get their new brakes</p></nav>", False),
        ("<p class=headlines>Trams get their new brakes</p>", False),
    ],
)
def test_an_element_that_is_marked_as_a_headline_is_found(body: str, *, text: bool) -> None:
    assert marked_title(page(body).root) == ("Trams get their new brakes" if text else None)


@pytest.mark.parametrize("before", ["", "window.__STATE__ = "])
def test_the_object_with_most_text_names_the_article(before: str) -> None:
    story = {"headline": "Trams get their new brakes", "body": [{"text": one} for one in TEXT]}
    other = {"headline": "Ferry has a new captain now", "content": TEXT[0]}
    data = json.dumps({"props": {"related": [other], "story": story}})
    assert state_title(page(f"<script>{before}{data}</script>").root) == (
        "Trams get their new brakes"
    )


@pytest.mark.parametrize(
    "data",
    [
        '{"title": "Trams get their new brakes"}',
        '{"title": "Trams get their new brakes", "body": "A teaser."}',
        json.dumps({"title": "Trams", "body": TEXT}),
        json.dumps({"title": "Trams get their new brakes", "body": TEXT})[:-1],
        "[" * 5_000,
    ],
)
def test_data_without_an_article_names_none(data: str) -> None:
    assert state_title(page(f"<script>{data}</script>").root) is None


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("News", False),
        ("More on it", False),
        ("Trams get new brakes", True),
        ("新しい電車が走る", True),
    ],
)
def test_a_section_is_told_by_its_length(text: str, *, long: bool) -> None:
    assert is_headline_long(text) is long
