"""An article's page: its text, where it came from, what it said before, its copies."""

import json
import re
from pathlib import Path

import pytest

from archive import Archive
from tests.archive.calling import said
from tests.archive.datasette.asking import Visitor, visiting
from tests.archive.datasette.furnished import NOW, Furnished, furnish
from tests.archive.making import article, new_archive, reading


def test_it_is_set_for_reading(visitor: Visitor, furnished: Furnished) -> None:
    with Archive.open(furnished.folder, read_only=True) as archive:
        held = archive.article(furnished.article)
    page = visitor.page(f"/-/article/{furnished.article}")
    assert f"<h1>{held.article.title}</h1>" in page
    for block in held.article.text.split("\n\n"):
        assert f"<p>{block}</p>" in page or "“" in block or "&" in block or "'" in block
    assert f"By {held.article.byline[0]}" in page
    assert '<time datetime="2026-11-04">4 November 2026</time>' in page
    assert f'<a href="{held.article.url}" rel="noopener noreferrer">The original page</a>' in page
    assert "https://web.archive.org/web/20261122060000/" in page
    assert "DOI 10.1000/182" in page
    assert "PubMed 31452104" in page
    assert "from json-ld" in page


def test_its_record_is_that_of_the_command(visitor: Visitor, furnished: Furnished) -> None:
    told = said("show", str(furnished.article), "--json", "-a", str(furnished.folder))
    record = json.loads(told)
    shown = visitor.get(f"/-/article/{furnished.article}.json").json()
    assert shown == (record[0] if isinstance(record, list) else record)


def test_what_the_lists_said_of_it(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page(f"/-/article/{furnished.article}")
    assert "Listed as" in page
    assert f'<a href="/-/source/{furnished.source}">Cell news</a>' in page


def test_its_versions_are_compared(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page(f"/-/article/{furnished.article}")
    assert "2 earlier versions are held" in page
    page = visitor.page(f"/-/article/{furnished.article}/versions")
    assert re.search(r"<ins>.*\s*A reader corrected us\.</ins>", page)
    assert re.search(r"<ins>.*\s*A spokesman confirmed the figures\.</ins>", page)
    first = re.findall(r'href="(/-/article/\d+/version/\d+)"', page)[0]
    before = visitor.page(first)
    assert "A spokesman" not in before
    assert "An earlier version" in before


def test_its_copies_stand_on_a_line_of_time(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page(f"/-/article/{furnished.copied}")
    line = page[page.index('<ol class="timeline">') : page.index("</ol>")]
    days = re.findall(r'datetime="([\d-]+)"', line)
    assert len(days) == 4
    assert days == sorted(days)
    assert "the same text" in line


def test_a_post_and_its_original_stand_side_by_side(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page(f"/-/article/{furnished.post}")
    assert 'class="beside"' in page
    assert f'<a href="/-/article/{furnished.original}">' in page
    page = visitor.page(f"/-/article/{furnished.original}")
    assert "A post that cites it" in page
    assert f'<a href="/-/article/{furnished.post}">' in page


def test_an_article_alone_has_nothing_beside(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page(f"/-/article/{furnished.article}")
    assert 'class="beside"' not in page
    assert 'class="timeline"' not in page


def test_similar_articles_are_others(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page(f"/-/article/{furnished.copied}")
    similar = page[page.index("similar-heading") : page.index("kept-heading")]
    found = [int(number) for number in re.findall(r'href="/-/article/(\d+)"', similar)]
    assert found
    assert furnished.copied not in found


def test_what_a_stored_page_held_is_inert(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page(f"/-/article/{furnished.hostile}")
    assert "&lt;script&gt;alert(&#39;title&#39;)" in page
    for evil in ("<script>alert", "javascript:", "onclick=", "<img", "<style", "tracker", "\u202e"):
        assert evil not in page.replace("&lt;script&gt;alert", "").replace("&lt;img", ""), evil
    assert ">run</a>" in page


def test_a_title_without_end_is_cut(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page(f"/-/article/{furnished.long}")
    assert len(page) < 30_000
    assert "…</h1>" in page


def test_a_long_text_is_whole(folder: Path) -> None:
    text = "\n\n".join(f"Paragraph {number} of a book." for number in range(100_000))
    with new_archive(folder) as archive:
        archive.store(
            reading(article(text=text)), asked_url="https://a.example/", claim=None, source_id=None,
            now=NOW,
        )  # fmt: skip
    with visiting(folder) as visitor:
        page = visitor.page("/-/article/1")
    assert "<p>Paragraph 99999 of a book.</p>" in page


def test_an_address_leads_to_its_article(visitor: Visitor, furnished: Furnished) -> None:
    answer = visitor.get("/-/article/https://evil.example/hostile")
    assert answer.status_code == 302
    assert answer.headers["location"] == f"/-/article/{furnished.hostile}"


@pytest.mark.parametrize(
    "asked", ["99999", "9" * 40, "nothing", "https://no.example/", "1/version/9"]
)
def test_what_is_not_held_is_told(visitor: Visitor, asked: str) -> None:
    answer = visitor.get(f"/-/article/{asked}")
    assert answer.status_code == 404
    assert "This page cannot be shown" in answer.text


def test_what_was_forgotten_says_so(tmp_path: Path) -> None:
    furnished = furnish(tmp_path / "archive")
    with Archive.open(furnished.folder) as archive:
        archive.forget(str(furnished.hostile), now=NOW)
    with visiting(furnished.folder) as visitor:
        answer = visitor.get("/-/article/https://evil.example/hostile")
    assert answer.status_code == 404
    assert "was forgotten" in answer.text
