"""The sources' pages: what they brought, how fresh they are, what went wrong."""

import re

import pytest

from archive import Archive
from tests.archive.datasette.asking import Visitor
from tests.archive.datasette.furnished import Furnished


def test_all_of_them_with_how_they_stand(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page("/-/sources")
    text = re.sub(r"<[^>]+>|\s+", " ", page)
    assert re.search(r"Cell news +well +121 +120 +19 November 2026", text)
    assert re.search(r"Press room +fewer +0 +0 +no date", text)


def test_one_that_is_well(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page(f"/-/source/{furnished.source}")
    assert 'href="https://lists.example/cells" rel="noopener noreferrer"' in page
    assert f'href="/-/headline/{furnished.headline}"' in page
    assert "article not held" in page
    assert page.count("<tr><td>") >= 14
    assert "Articles per month" in page


def test_one_that_is_not_well_says_what_to_do(visitor: Visitor, furnished: Furnished) -> None:
    with Archive.open(furnished.folder, read_only=True) as archive:
        (other,) = (s for s in archive.sources() if s.id != furnished.source)
    page = visitor.page(f"/-/source/{other.id}")
    assert "fewer" in page
    assert "since <time" in page
    assert "<td>timeout 2</td>" in page


@pytest.mark.parametrize("asked", ["99", "9" * 40, "007"])
def test_one_that_is_not_there(visitor: Visitor, asked: str) -> None:
    assert visitor.get(f"/-/source/{asked}").status_code == 404
