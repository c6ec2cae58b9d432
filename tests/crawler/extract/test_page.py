"""Decoding and parsing: any bytes give a page, and the encoding is the right one."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.page import Page, decode, parse_page

NOON = datetime(2024, 11, 8, 12, tzinfo=UTC)
WORDS = "Überraschung: größere Zellen für Zürich, sagt Müller aus Köln über Öl"
RUSSIAN = (
    "Учёные из Новосибирска сообщили, что новые клетки помогают при лечении суставов. "
    "Работа опубликована в журнале, и врачи надеются на продолжение исследований."
)


def parsed(html: bytes, headers: Mapping[str, str] = {}) -> Page:
    return parse_page(html, url="http://paper.example/a", captured_at=NOON, headers=headers)


def body_text(page: Page) -> str:
    return str(page.root.text_content()).strip()


@pytest.mark.parametrize(
    ("html", "headers", "encoding"),
    [
        (WORDS.encode("utf-8"), {}, "utf-8"),
        (b"\xef\xbb\xbf" + WORDS.encode("utf-8"), {}, "utf-8"),
        (WORDS.encode("utf-16-le"), {"Content-Type": "text/html; charset=utf-16-le"}, "utf-16-le"),
        (WORDS.encode("cp1252"), {"content-type": "text/html; charset=ISO-8859-1"}, "cp1252"),
        (b'<meta charset="iso-8859-1">' + WORDS.encode("cp1252"), {}, "cp1252"),
        (b'<meta charset="iso-8859-1">' + WORDS.encode("utf-8"), {}, "utf-8"),
        (WORDS.encode("utf-8"), {"Content-Type": "text/html; charset=iso-8859-1"}, "utf-8"),
    ],
)
def test_the_encoding_is_found(html: bytes, headers: Mapping[str, str], encoding: str) -> None:
    text, used = decode(html, headers=headers)
    assert used == encoding
    assert text.endswith(WORDS)


def test_undeclared_bytes_are_detected() -> None:
    text, _ = decode(RUSSIAN.encode("cp1251"))
    assert text == RUSSIAN


def test_the_callers_word_wins_and_an_unknown_one_does_not_crash() -> None:
    assert decode("é".encode(), encoding="cp1252")[0] == "Ã©"
    assert decode(b"plain", encoding="no-such-charset") == ("plain", "utf-8")


def test_a_text_without_markup_is_kept_as_plain() -> None:
    assert parsed(b"- One < two - Paper - May 1st, 2024").plain is not None
    assert parsed(b"<p>One</p>").plain is None


def test_a_nul_does_not_end_the_page() -> None:
    assert body_text(parsed(b"<p>before\x00after</p>")) == "beforeafter"


def test_an_xml_declaration_does_not_stop_the_parser() -> None:
    page = parsed(b'<?xml version="1.0" encoding="utf-8"?><html><body><p>Text</p></body></html>')
    assert body_text(page) == "Text"


@given(st.binary(max_size=300))
def test_any_bytes_give_a_page(html: bytes) -> None:
    page = parsed(html)
    assert page.root.body is not None
    assert page.size == len(html)


def test_western_bytes_are_read_as_windows_1252() -> None:
    text = "<p>Shade in Zürich. “You learn more from 3 samples,” Siobhán noted, señor.</p>\n" * 4
    assert decode(text.encode("cp1252")) == (text, "cp1252")


def test_a_page_nested_too_deeply_keeps_its_text() -> None:
    page = parse_page(
        b"<p>First</p>" + b"<font>" * 5_000 + b"<p>Last</p>",
        url="https://a.example/",
        captured_at=datetime(2024, 11, 8, tzinfo=UTC),
    )
    assert page.root.text_content().split() == ["First", "Last"]


@pytest.mark.parametrize(
    ("head", "base"),
    [
        ("", "http://paper.example/a"),
        ('<base href="/news/">', "http://paper.example/news/"),
        ('<base href="https://cdn.example/x/">', "https://cdn.example/x/"),
        ('<base target="_blank">', "http://paper.example/a"),
        ('<base href="http://[broken/">', "http://paper.example/a"),
    ],
)
def test_links_are_joined_to_the_base_that_the_page_declares(head: str, base: str) -> None:
    assert parsed(f"<html><head>{head}</head><body><p>x</p></body></html>".encode()).base == base
