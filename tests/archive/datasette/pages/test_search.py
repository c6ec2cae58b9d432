"""The search page: the answers of the command, narrowed by links, with help for who finds none."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.archive.calling import said
from tests.archive.datasette.asking import Visitor, visiting
from tests.archive.datasette.furnished import Furnished

ATOM = "{http://www.w3.org/2005/Atom}"


def total(page: str) -> int:
    found = re.search(r"<strong>([\d,]+) found", page)
    return int(found[1].replace(",", "")) if found else 0


def narrowed(page: str) -> Iterator[tuple[str, int]]:
    """Give the address and the count of each value of the facets."""
    pattern = r'<li><a href="([^"]+)">[^<]*</a> <span class="number">([\d,]+)'
    for address, count in re.findall(pattern, page):
        yield unescape(address), int(count.replace(",", ""))


def hits(page: str) -> list[tuple[str, str]]:
    return re.findall(r'data-hit href="/-/(article|headline)/(\d+)"', page)


@pytest.mark.parametrize(
    "words", ["the", '"under low oxygen" OR serum', "surviv*", "publisher:valley the", "lang:de"]
)
def test_it_finds_what_the_command_finds(
    visitor: Visitor, furnished: Furnished, words: str
) -> None:
    told = said("search", words, "-n", "20", "--json", "-a", str(furnished.folder))
    assert visitor.get(f"/-/search.json?q={quote(words)}").json() == json.loads(told)
    shown = [(kind, int(number)) for kind, number in hits(visitor.page(f"/-/search?q={words}"))]
    assert shown == [(hit["kind"], hit["id"]) for hit in json.loads(told)]


def test_a_facets_count_is_what_its_link_finds(visitor: Visitor) -> None:
    page = visitor.page("/-/search?q=the")
    values = list(narrowed(page))
    assert len(values) > 20
    for address, count in values:
        assert total(visitor.page(address)) == count, address


def test_what_narrows_is_named_and_taken_off(visitor: Visitor) -> None:
    page = visitor.page("/-/search?q=the&month=2026-10&lang=en")
    assert 'href="/-/search?q=the&amp;lang=en"' in page
    assert 'href="/-/search?q=the&amp;month=2026-10"' in page
    assert total(page) < total(visitor.page("/-/search?q=the&lang=en"))


def test_a_month_within_other_days_is_both(visitor: Visitor) -> None:
    whole = total(visitor.page("/-/search?q=the&month=2026-10"))
    part = total(visitor.page("/-/search?q=the&month=2026-10&after=2026-10-15"))
    assert 0 < part < whole


def test_december_ends_with_the_year(visitor: Visitor) -> None:
    page = visitor.get("/-/search.json?month=2025-12").json()
    assert {hit["published"][:7] for hit in page} == {"2025-12"}
    page = visitor.get("/-/search.json?year=2025").json()
    assert {hit["published"][:4] for hit in page} == {"2025"}


def test_pages_follow_one_another(visitor: Visitor) -> None:
    first = visitor.page("/-/search?q=the&sort=new")
    assert '<link rel="next" href="/-/search?q=the&amp;sort=new&amp;page=2">' in first
    second = visitor.page("/-/search?q=the&sort=new&page=2")
    assert not set(hits(first)) & set(hits(second))
    assert '<ol class="hits" start="21">' in second
    assert 'rel="prev"' in second


def test_copies_are_folded_and_unfolded(visitor: Visitor, furnished: Furnished) -> None:
    with_copies = visitor.page("/-/search?q=the&sort=new&year=2026")
    assert "and 3 copies" in with_copies
    all_copies = visitor.page("/-/search?q=the&sort=new&year=2026&copies=all")
    assert "and 3 copies" not in all_copies
    # Of the release three, of the post that cites an article one.
    assert total(all_copies) == total(with_copies) + 3 + 1


def test_a_headline_alone_says_so(visitor: Visitor, furnished: Furnished) -> None:
    page = visitor.page("/-/search?q=bridge+nobody")
    assert f"/-/headline/{furnished.headline}" in page
    assert "the article is not held" in page


def test_the_feed_has_the_newest(visitor: Visitor) -> None:
    feed = ET.fromstring(visitor.page("/-/search.atom?q=the&page=3"))
    dates = [entry.findtext(f"{ATOM}updated") for entry in feed.iter(f"{ATOM}entry")]
    assert len(dates) == 50
    assert dates == sorted(dates, key=str, reverse=True)
    assert all(entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry"))


def test_without_a_question_it_says_how_to_ask(visitor: Visitor) -> None:
    page = visitor.page("/-/search")
    assert "near:5(" in page
    assert 'class="hits"' not in page


def test_nothing_found_says_what_may_help(visitor: Visitor, furnished: Furnished) -> None:
    wrong = furnished.word[:-1] + "xx"
    page = visitor.page(f"/-/search?q={wrong}&lang=en")
    assert "Nothing found" in page
    assert f"<q>{wrong.lower()}</q>" in page.lower()
    page = visitor.page(f"/-/search?q={furnished.word}&lang=xx")
    assert "Without these conditions" in page


@pytest.mark.parametrize(
    "asked",
    ["q=a&sort=best", "q=a&page=0", "q=a&page=x", "q=a&page=501", "q=a&month=2024-13",
     "q=a&source=nothing", "q=a&after=soon", "q=-only"],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_beside_the_form(visitor: Visitor, asked: str) -> None:
    answer = visitor.get(f"/-/search?{asked}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert 'name="q" type="search" value="' in answer.text
    told = visitor.get(f"/-/search.json?{asked}")
    assert told.status_code in {400, 404}
    assert told.json()["ok"] is False
    assert told.json()["status"] == told.status_code


def test_what_is_stored_is_shown_and_not_run(visitor: Visitor) -> None:
    page = visitor.page("/-/search?q=alert")
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert "javascript:" not in page
    echoed = visitor.page("/-/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in echoed


def test_a_title_without_end_is_cut(visitor: Visitor) -> None:
    page = visitor.page("/-/search?q=title:without")
    assert len(page) < 60_000
    assert "…" in page


def test_an_empty_archive_says_how_to_fill_it(folder: Path) -> None:
    from archive import Archive

    Archive.open(folder, create=True).close()
    with visiting(folder) as opened:
        assert "backfile add URL" in opened.page("/-/search?q=anything")


def test_addresses_follow_the_path_it_is_served_at(furnished: Furnished) -> None:
    with visiting(furnished.folder, settings={"base_url": "/news/"}) as opened:
        page = opened.page("/-/search?q=the")
        feed = opened.page("/-/search.atom?q=the")
    assert 'href="/news/-/article/' in page
    assert "/news/-/article/" in feed
