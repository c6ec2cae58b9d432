"""The front page: what is held, what is new, how the sources stand."""

import re
from html import unescape
from pathlib import Path

from tests.archive.datasette.asking import Visitor, visiting
from tests.archive.datasette.furnished import Furnished
from tests.archive.making import new_archive


def test_what_is_held_at_a_glance(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page("/")
    text = re.sub(r"<[^>]+>|\s+", " ", page)
    assert re.search(r"127 +articles in +123 +stories, +121 +headlines", text)
    assert 'datetime="2026-11-19">19 November 2026</time>' in page


def test_the_newest_come_first_by_day(visitor: Visitor) -> None:
    page = visitor.page("/")
    days = re.findall(r'<h3><time datetime="([\d-]+)"', page)
    assert days[0] == "2026-11-19"
    assert days == sorted(set(days), reverse=True)
    assert "and 3 copies" in page


def test_a_bar_leads_to_what_it_counts(visitor: Visitor) -> None:
    page = visitor.page("/")
    bars = re.findall(r'<a href="([^"]+)" aria-label="[^:]+: (\d+)"><title>', page)
    assert len(bars) == 20
    for address, count in bars[::4]:
        found = visitor.page(f"{unescape(address)}&copies=all")
        headlines = len(re.findall(r"the article is not held", found))
        assert f"<strong>{int(count) + headlines} found" in found


def test_a_source_that_is_not_well_is_named(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page("/")
    assert re.search(r'Press room</a> <span class="state bad">fewer</span>', page)
    assert not re.search(r'Cell news</a> <span class="state', page)


def test_publishers_and_languages_are_links(visitor: Visitor) -> None:
    page = visitor.page("/")
    assert 'href="/-/publisher/Journal%20of%20Small%20Machines"' in page
    assert 'href="/-/search?lang=de&amp;sort=new"' in page


def test_an_empty_archive_says_how_to_fill_it(folder: Path) -> None:
    new_archive(folder).close()
    with visiting(folder) as visitor:
        page = visitor.page("/")
    assert "backfile add URL" in page
    assert "<svg" not in page
