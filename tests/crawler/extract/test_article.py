"""A fetched page read whole: text, verdict, attribution, and the laws that hold for any bytes."""

import gc
import time
import tracemalloc
from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records import VerdictKind
from crawler.extract import extract_article
from tests.crawler.extract.hostile import HREFS, hrefs, page_with
from tests.crawler.extract.readings import (
    FIRST,
    NOON,
    SECOND,
    STORY,
    THIRD,
    URL,
    page,
    read,
    text_of,
)


def test_the_text_is_the_paragraphs_without_title_and_furniture() -> None:
    reading = read(
        page(
            "<nav><a href='/'>Home</a></nav><article>"
            "<h1>Cartilage grown</h1><p class='standfirst'>Four patients walk again</p>"
            f"<div class='share-bar'>Share this story with your friends and family now.</div>"
            f"<p>{FIRST}</p><figure><img src='a.jpg'><figcaption>The clinic.</figcaption></figure>"
            f"<p>Read also: <a href='/other'>Other news of the clinic</a></p>"
            f"<h2>What comes next</h2><p>{SECOND}</p>"
            f"<div class='newsletter'><p>Our letter brings you the week every Sunday.</p></div>"
            f"<p>{THIRD}</p></article><footer><p>Imprint of the paper and so on.</p></footer>"
        )
    )
    assert text_of(reading).split("\n\n") == [
        "Four patients walk again",
        FIRST,
        "What comes next",
        SECOND,
        THIRD,
    ]
    assert reading.article is not None
    assert reading.article.captions == ("The clinic.",)
    assert reading.verdict.kind is VerdictKind.ARTICLE


def test_a_sentence_keeps_what_is_named_like_a_pictures_legend() -> None:
    dateline = "<span class='legend'>HARBOUR</span>, <span class='legend'>Nov. 8</span> /Wire/ -- "
    credited = "<p><img src='a.jpg'> <span class='credit'>Photo: Bo Finn</span> </p>"
    story = (
        f"<h1>Cartilage grown</h1><p>{dateline}{FIRST}</p>{credited}<p>{SECOND}</p><p>{THIRD}</p>"
    )
    reading = read(page(f"<article>{story}</article>"))
    assert text_of(reading).split("\n\n") == [f"HARBOUR, Nov. 8 /Wire/ -- {FIRST}", SECOND, THIRD]


@pytest.mark.parametrize("tag", ["b", "blockquote", "div", "li", "table><tr><td", "ul><li"])
def test_deep_nests_are_read(tag: str) -> None:
    assert read(f"<{tag}>" * 400 + FIRST * 4).verdict.reason


def test_characters_that_no_tree_takes_are_left_out() -> None:
    html = page(f"<article><p>{FIRST} &#1;<a href='/a&#2;b'>x</a></p><nav>n</nav>&#3; {SECOND}<p>")
    assert text_of(read(html)).startswith(FIRST)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(html: bytes) -> None:
    assert extract_article(html, url=URL, captured_at=NOON).verdict.reason


TAG_NAMES = "a article b blockquote br div h1 h2 li ol p pre section table td tr ul"
TAGS = st.sampled_from(TAG_NAMES.split(" "))
NAMES = st.sampled_from(["", "ad", "article-body", "caption", "comments", "dek", "related", "x"])
PIECES = st.one_of(
    st.builds(lambda tag, name: f"<{tag} class='{name}' href='/{name}'>", TAGS, NAMES),
    st.builds(lambda tag: f"</{tag}>", TAGS),
    st.sampled_from([FIRST, SECOND, "Read also:", "Via", "\u00ad", " ", "日本\n語"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=10).map("".join))
def test_a_page_reads_the_same_whatever_was_read_before(html: str, other: str) -> None:
    first = read(html)
    read(other)
    assert read(html) == first


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(PIECES, max_size=20).map("".join), min_size=2, max_size=5), st.randoms())
def test_pages_read_the_same_in_any_order(pages: list[str], random: Random) -> None:
    alone = {html: read(html) for html in pages}
    random.shuffle(pages)
    assert {html: read(html) for html in pages} == alone


PARAGRAPH = f"<p>{FIRST}</p>"
HOSTILE = {
    "nested blocks": "<div>" * 10_000 + PARAGRAPH,
    "nested inline elements": "<font>" * 10_000 + PARAGRAPH,
    "200,000 elements": "<b>x</b>" * 200_000,
    "as many elements as are read": "<p>x</p>" * 14_000,
    "headlines in one block": "<div>" + "<h3><a href='/a'>A headline of a page</a></h3>" * 7_000,
    "headlines in links": "<h2><a href='/a'>A headline of a page</a></h2> " * 7_000,
    "first headings": "<h1>A heading of the page</h1>" * 14_000,
    "a hundred thousand attributes": f"<div {' '.join(f'a{i}' for i in range(100_000))}>x</div>",
    "a megabyte of title": f"<title>{'A title of a page ' * 55_000}</title>",
    "a megabyte of first heading": f"<h1>{'A title of a page ' * 55_000}</h1>",
    "a name for each element": "".join(f"<i class='ad-{i} c{i}'>x</i>" for i in range(14_000)),
    "a megabyte of class names": f"<div class='{'ad ' * 350_000}'>x</div>",
    "a megabyte of digits": f"<p>{'1234567890' * 100_000}</p>",
    "a megabyte of dates": f"<p>{'12/12/2024 ' * 90_000}</p>",
    "a megabyte of spaces": f"<p>a{' ' * 1_000_000}b</p>",
    "unclosed tags": "<p><b><i><a href=x>word " * 5_000,
    "NUL bytes": "<p>wo\0rd</p>" * 10_000,
    "a megabyte of nested JSON-LD": '<script type="application/ld+json">' + '{"a":' * 200_000,
    "a string without end": '<script type="application/ld+json">{"a":"' + '\\"' * 500_000,
}


@pytest.mark.parametrize("inner", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_end_in_a_verdict_soon(inner: str) -> None:
    start = time.process_time()
    reading = read(page(f"<article>{STORY}{inner}"))
    assert reading.verdict.reason
    assert time.process_time() - start < HOSTILE_SECONDS


# Three times what the slowest of them takes on a slow machine with all its cores busy; what grows
# with the square of such a page takes minutes.
HOSTILE_SECONDS = 8


def held_after(reader: Callable[[str], object], first: int, pages: int = 15) -> int:
    """Read pages and give the bytes of Python's memory that are still held."""
    for number in range(first, first + pages):
        reader(page(f"<article>{STORY}<p>{FIRST} {number}.</p></article>"))
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


def growth(reader: Callable[[str], object]) -> int:
    """Give the bytes that reading 45 pages leaves behind, once what is made once is made."""
    tracemalloc.start()
    try:
        held = [held_after(reader, first) for first in range(0, 75, 15)]
    finally:
        tracemalloc.stop()
    return held[-1] - held[1]


def test_memory_stays_flat_over_many_pages() -> None:
    kept: list[object] = []
    assert growth(read) < 15_000
    assert growth(lambda html: kept.append(read(html))) > 30_000, "the measure sees what is kept"


def test_a_page_of_a_picture_alone_says_what_it_is_and_when() -> None:
    head = "<meta property='article:published_time' content='2024-11-07T08:00:00+01:00'>"
    reading = read(page("<h1>Cartilage grown</h1><img src='a.jpg'>", head))
    assert reading.article is not None
    assert (reading.article.title, reading.article.text) == ("Cartilage grown", "")
    assert reading.article.published is not None
    assert reading.verdict.kind is not VerdictKind.ARTICLE
    assert read(page("<h1>Cartilage grown</h1><img src='a.jpg'>")).article is None


@settings(max_examples=15, deadline=None)
@given(st.lists(hrefs, min_size=1, max_size=5), st.sampled_from(["", URL]))
def test_addresses_that_cannot_be_parted_break_nothing(addresses: list[str], url: str) -> None:
    for some in (addresses, list(HREFS)):
        reading = extract_article(page_with(some), url=url, captured_at=NOON)
        assert reading.verdict.reason
