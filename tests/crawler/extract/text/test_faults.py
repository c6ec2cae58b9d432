"""What is wrong with a text."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records import VerdictKind
from crawler.extract.text.faults import is_garbled
from tests.crawler.extract.readings import FIRST, SECOND, STORY, THIRD, page, read, text_of

GARBLED = "The clinicâ€™s “naïveâ€ method, GÃ¼nther says, isnâ€™t new: itâ€™s fifty years old."


def test_garbled_letters_are_told_and_left_as_they_are() -> None:
    assert is_garbled(GARBLED)
    assert not is_garbled("Â is a letter, “â€™” is what became of an apostrophe. Ñandú, Ðuro, São.")
    reading = read(
        page(f"<article><h1>Cartilage grown</h1><p>{FIRST}</p><p>{GARBLED}</p></article>")
    )
    assert reading.verdict.kind is VerdictKind.ARTICLE
    assert reading.verdict.reason.endswith("; its letters are garbled")
    assert GARBLED in text_of(reading)
    assert reading.article is not None
    assert reading.article.damaged


def test_a_page_cut_in_its_text_is_partial() -> None:
    story = "".join(f"<p>{n}. {FIRST} {SECOND} {THIRD}</p>" for n in range(40))
    whole = page(f"<article><h1>Cartilage grown</h1>{story}</article><footer>{THIRD * 5}</footer>")
    # What is left of a compressed answer that lost its end.
    packed = gzip.compress(whole.encode())
    cut = zlib.decompressobj(31).decompress(packed[: len(packed) * 4 // 5]).decode()
    assert len(cut) < len(whole)
    reading = read(cut)
    assert reading.article is not None
    assert reading.article.partial
    assert reading.verdict.reason.endswith("; the page breaks off")
    whole_reading = read(whole)
    assert whole_reading.article is not None
    assert not whole_reading.article.partial


@given(st.integers(min_value=0))
def test_a_page_cut_anywhere_ends_in_a_verdict(length: int) -> None:
    whole = page(f"<nav><a href='/'>Home</a></nav><article>{STORY}</article>").encode()
    assert read(whole[: length % len(whole)].decode()).verdict.reason


def test_a_page_cut_behind_its_text_is_whole() -> None:
    cut = page(f"<article>{STORY}</article><footer>{THIRD * 6}").removesuffix("</body></html>")
    reading = read(cut)
    assert reading.article is not None
    assert not reading.article.partial


def test_another_scripts_letters_read_as_western_are_garbled() -> None:
    words = "Паром снова ходит с понедельника".encode("cp1251").decode("cp1252")
    assert is_garbled(words)
    assert not is_garbled("L’été a été très élevé là où Þjóðverjar ætluðu að sjá Größe.")


@pytest.mark.parametrize(
    ("end", "below"),
    [
        ("and the harbour […]", ""),
        ("and the harbour [...]", ""),
        ("and the harbour...", "<p><a href='/whole'>Continue reading →</a></p>"),
        ("and the harbour…", "<p><a href='https://tide.example/1'>Weiterlesen</a></p>"),
        ("and the harbour…", "<p>Source: <a href='https://tide.example/1'>The Tide</a></p>"),
    ],
)
def test_an_excerpt_is_partial(end: str, below: str) -> None:
    reading = read(
        page(f"<article><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD} {end}</p>{below}</article>")
    )
    assert reading.article is not None
    assert reading.article.partial


@pytest.mark.parametrize(
    ("end", "below"),
    [
        ("and the harbour...", ""),
        ("and the harbour.", "<p><a href='/next'>Read more about harbours</a></p>"),
        ("and […] the harbour.", ""),
    ],
)
def test_a_text_that_trails_off_is_whole(end: str, below: str) -> None:
    reading = read(
        page(f"<article><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD} {end}</p>{below}</article>")
    )
    assert reading.article is not None
    assert not reading.article.partial


def test_a_part_that_a_server_sent_is_partial() -> None:
    reading = read(page(f"<article>{STORY}</article>"), status=206)
    assert reading.article is not None
    assert reading.article.partial
    assert reading.verdict.reason.endswith("the server sent a part of it")
