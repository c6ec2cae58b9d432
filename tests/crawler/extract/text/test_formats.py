"""What an answer's bytes are."""

import random
import time

import pytest

from archive.records import VerdictKind
from crawler.extract.text.formats import is_pdf, judge_bytes


@pytest.mark.parametrize(
    ("data", "mime", "reason"),
    [
        (b"\x89PNG\r\n", "text/html", "a PNG image, by its first bytes"),
        (
            b'\n<?xml version="1.0"?><!-- a --><rss>',
            "text/html",
            "a feed or site map, by its first",
        ),
        (b'{"title": "Ferry", "body": []}', "text/html", "JSON data"),
        (b"body { color: red }", "text/html", "a style sheet, by its first bytes"),
        (b"red", "text/css", "declared as text/css"),
        (b"a,b,c", "text/csv; charset=utf-8", "declared as text/csv"),
    ],
)
def test_what_is_no_page_is_named(data: bytes, mime: str, reason: str) -> None:
    verdict = judge_bytes(data, headers={"Content-Type": mime})
    assert verdict is not None
    assert verdict.kind is VerdictKind.NOT_HTML
    assert verdict.reason.startswith(reason)


@pytest.mark.parametrize(
    "text",
    ["[Update] The ferry runs again.", "{name} was here, says the wall.", "<svgs> are sold."],
)
def test_a_text_with_a_bracket_is_a_text(text: str) -> None:
    assert judge_bytes(text.encode()) is None


def test_utf_16_is_text_where_it_is_declared() -> None:
    japanese = "港の橋は月曜日から通行止めになると市が発表した。".encode("utf-16-le") * 20
    assert judge_bytes(japanese) is not None
    headers = {"Content-Type": "text/html; charset=UTF-16LE"}
    assert judge_bytes(japanese, headers=headers) is None


@pytest.mark.parametrize(
    "html",
    [
        "<?xml version='1.0'?><!DOCTYPE html><html><body><p>Ferry</p></body></html>",
        '<?xml version="1.0" encoding="utf-8"?>\n<div><p>Ferry</p></div>',
        "var a = 1;\n<!DOCTYPE html><html><body><p>Ferry</p></body></html>",
        "Import duties on ferries rise, says the paper; let us see what comes of it.",
        "Window seats: (sold out) => none. Let me know!",
        "Ferry: {two} sail on Sundays.",
    ],
)
def test_pages_and_texts_that_begin_like_code_are_read(html: str) -> None:
    assert judge_bytes(html.encode()) is None


@pytest.mark.parametrize("piece", ["/* a */ ", "<!-- a --> ", "<?a?> ", "// a\n", "a {", "#a: "])
@pytest.mark.parametrize("first", ["", "<?xml version='1.0'?>", "/*", "(function"])
def test_comments_without_end_are_passed_in_no_time(first: str, piece: str) -> None:
    start = time.process_time()
    judge_bytes((first + piece * 2_000).encode())
    assert time.process_time() - start < 1


def test_a_pdf_document_is_known_behind_blanks() -> None:
    assert is_pdf(b"\r\n%PDF-1.4")
    assert not is_pdf(b"<p>%PDF-1.4")


def test_random_bytes_are_no_text() -> None:
    verdict = judge_bytes(random.Random(7).randbytes(50_000))
    assert verdict is not None
    assert verdict.kind is VerdictKind.NOT_HTML


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251", "gb18030", "iso2022_jp"])
def test_text_in_any_encoding_is_text(encoding: str) -> None:
    assert judge_bytes(("Учёные сообщили 科学 о клетках. " * 40).encode(encoding, "ignore")) is None
