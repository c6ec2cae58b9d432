"""The publishers' pages: who they are, and what is held of them."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.archive.datasette.asking import Visitor, visiting
from tests.archive.datasette.furnished import Furnished
from tests.archive.making import NOW, article, new_archive, reading


def test_those_first_of_whom_most_is_held(visitor: Visitor) -> None:
    page = visitor.page("/-/publishers")
    counts = [int(n) for n in re.findall(r'</a> <span class="number">(\d+)</span></li>', page)]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == 127


def test_one_is_found_by_a_part_of_its_name(visitor: Visitor) -> None:
    page = visitor.page("/-/publishers?name=VALLEY")
    assert re.findall(r'href="/-/publisher/([^"]+)"', page) == ["The%20Valley%20Post"]


def test_one_with_what_is_held(visitor: Visitor) -> None:
    page = visitor.page("/-/publisher/Harbour%20Courier")
    assert "24 articles are held" in page
    assert "courier.example" in page
    assert 'href="/-/search?publisher=%3DHarbour+Courier&amp;sort=new"' in page


def test_every_publisher_that_is_listed_has_its_page(visitor: Visitor) -> None:
    for address in re.findall(r'href="(/-/publisher/[^"]+)"', visitor.page("/-/publishers")):
        assert "held" in visitor.page(unescape(address))


@pytest.mark.parametrize(
    "name",
    [
        "AC/DC Post",
        "50% Daily",
        "a~b.c",
        "Жур нал",
        "?x=1&y",
        "a+b",
        "!!!",
        "🙂",
        'The "Post"',
        "=Post",
        "<b>Post",
    ],
)
def test_names_that_addresses_are_made_of(folder: Path, name: str) -> None:
    with new_archive(folder) as archive:
        archive.store(
            reading(article(publisher=name)),
            asked_url="https://paper.example/ferry",
            claim=None,
            source_id=None,
            now=NOW,
        )
    with visiting(folder) as visitor:
        assert 'class="news"><li>' in visitor.page(f"/-/publisher/{quote(name, safe='')}")
        (address,) = re.findall(r'href="(/-/publisher/[^"]+)"', visitor.page("/-/publishers"))
        assert "1 article is held" in visitor.page(unescape(address))


def test_one_whose_name_is_a_part_of_others_has_nothing_of_theirs(folder: Path) -> None:
    names = ("Post", "Daily Post", "post", "Post Office News")
    with new_archive(folder) as archive:
        for number, name in enumerate(names):
            told = article(
                f"https://paper.example/{number}",
                " ".join(f"word{number}of{each}" for each in range(200)),
                title=f"Told by {name}",
                publisher=name,
                published=None,
            )
            archive.store(reading(told), asked_url=told.url, claim=None, source_id=None, now=NOW)
    with visiting(folder) as visitor:
        for name in names:
            page = visitor.page(f"/-/publisher/{quote(name)}")
            assert re.findall(r"Told by ([\w ]+)<", page) == [name]
            (all_of_it,) = re.findall(r'<a href="([^"]+)">All of them', page)
            found = visitor.page(unescape(all_of_it))
            assert "<strong>1 found" in found
            assert f">publisher {name} <" in found


def test_one_that_is_not_there(visitor: Visitor, furnished: Furnished) -> None:
    answer = visitor.get("/-/publisher/%3Cb%3ENobody")
    assert answer.status_code == 404
    assert "<b>" not in answer.text
