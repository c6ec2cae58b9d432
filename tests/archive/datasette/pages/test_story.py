"""A story's page: the articles that are one."""

from tests.archive.datasette.asking import Visitor
from tests.archive.datasette.furnished import Furnished


def test_its_articles_in_order_of_publication(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page(f"/-/story/{furnished.copied}")
    assert "4 articles by 4 publishers" in page
    assert page.index("25 October 2026") < page.index("26 October 2026") < page.index("28 October")
    assert "leads the story" in page
    assert "the same text" in page


def test_a_story_of_one_is_its_article(visitor: Visitor, furnished: Furnished) -> None:
    answer = visitor.get(f"/-/story/{furnished.article}")
    assert answer.headers["location"] == f"/-/article/{furnished.article}"


def test_one_that_is_not_there(visitor: Visitor) -> None:
    assert visitor.get("/-/story/99999").status_code == 404
