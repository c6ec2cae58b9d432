"""The sources' pages: what they brought, how fresh they are, what went wrong."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from archive import Archive
from archive.datasette.pages.sources import MOST_CHANGES
from tests.archive.datasette.asking import Visitor, visiting
from tests.archive.datasette.furnished import Furnished
from tests.archive.making import NOW, headline, list_page, new_archive


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
    assert "Its page may look different now: <code>backfile headlines URL</code>" in page
    assert "`" not in page


def test_what_is_listed_of_its_lists_changes_says_where_the_others_are(folder: Path) -> None:
    with new_archive(folder) as archive:
        source = archive.add_source("https://lists.example/news", now=NOW)
        for visit in range(MOST_CHANGES + 2):
            line = headline(f"Ferry {visit}", "https://paper.example/ferry")
            archive.store_list(
                list_page(line),
                source_id=source.id,
                claim=None,
                now=NOW + timedelta(days=visit),
                follow=None,
                follow_older=False,
            )
        held = len(archive.changes(source_id=source.id))
    assert held > MOST_CHANGES
    with visiting(folder) as visitor:
        page = visitor.page(f"/-/source/{source.id}")
        assert f"These are the newest {MOST_CHANGES}." in page
        (address,) = re.findall(r'<a href="([^"]+)">All changes', page)
        assert f"{held} rows" in visitor.page(unescape(address))


@pytest.mark.parametrize("asked", ["99", "9" * 40, "007"])
def test_one_that_is_not_there(visitor: Visitor, asked: str) -> None:
    assert visitor.get(f"/-/source/{asked}").status_code == 404
