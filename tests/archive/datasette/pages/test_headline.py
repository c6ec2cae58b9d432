"""A headline's page: what a list said, and what became of its link."""

import pytest

from tests.archive.datasette.asking import Visitor
from tests.archive.datasette.furnished import Furnished


def test_one_whose_article_is_gone(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page(f"/-/headline/{furnished.headline}")
    assert "A bridge nobody has crossed is closed for repair" in page
    assert "Its article is not held." in page
    assert 'href="https://courier.example/gone" rel="noopener noreferrer"' in page
    assert "404 Not Found" in page


def test_one_that_led_to_an_article(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page("/-/headline/4")
    assert f'Its article is held: <a href="/-/article/{furnished.article}">' in page
    assert f'<a href="/-/source/{furnished.source}">Cell news</a>' in page


@pytest.mark.parametrize("asked", ["99999", "9" * 40])
def test_one_that_is_not_there(visitor: Visitor, asked: str) -> None:
    assert visitor.get(f"/-/headline/{asked}").status_code == 404
