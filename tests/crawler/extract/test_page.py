"""Decoding and parsing: any bytes give a page, and the encoding is the right one."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.page import MOST_ELEMENTS, Page, decode, first_part, parse_page

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


def many(attribute: str, count: int) -> str:
    """Give a paragraph with so many attributes, of which the text must not be lost."""
    names = " ".join(attribute.format(n) for n in range(count))
    return f'<p {names} title="a > b">It was read.</p><p id="next">So was this.</p>'


@pytest.mark.parametrize("attribute", ["a{}", "a{}=1", 'a{}="1 > 0"', "a{} = '>'"])
def test_a_tag_of_a_hundred_thousand_attributes_is_read_in_no_time(attribute: str) -> None:
    start = time.process_time()
    page = parsed(many(attribute, 100_000).encode())
    assert time.process_time() - start < 2
    assert body_text(page) == "It was read.So was this."
    first, second = page.root.body
    assert 1_000 <= len(first.attrib) < 1_010
    assert second.get("id") == "next"


def test_long_tags_of_few_attributes_and_long_scripts_are_left_as_they_are() -> None:
    data = "x > y, " * 20_000
    script = "if (a<b) { " + "go(1, 'it', \"so\"); " * 20_000 + "}"
    source = f'<p title="t" data-x="{data}" id="i">Text</p><script>{script}</script>'
    page = parsed((source + many("a{}", 9)).encode())
    paragraph = page.root.body[0]
    assert (paragraph.get("data-x"), paragraph.get("id")) == (data, "i")
    assert page.root.findtext(".//script") == script


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


# A sentence in a language, the encoding its pages were in, and the browsers' name for that.
LEGACY = (
    ("de", "cp1252", "windows-1252", "Die Fähre zu den Inseln fährt „übermorgen“ wieder, größer."),
    ("ru", "cp1251", "windows-1251", "Паром на северные острова снова ходит с утра понедельника."),
    ("ru", "koi8_r", "koi8-r", "Двигатель сняли в октябре, когда в корпусе нашли трещину."),
    (
        "pl",
        "iso8859_2",
        "iso-8859-2",
        "Prom znów kursuje, gdyż pęknięcie już usunięto w porcie.",
    ),
    (
        "cs",
        "cp1250",
        "windows-1250",
        "Trajekt už opět jezdí, řekla správkyně přístavu večer.",
    ),
    ("el", "iso8859_7", "iso-8859-7", "Το πλοίο για τα βόρεια νησιά δρομολογείται ξανά σήμερα."),
    ("tr", "cp1254", "windows-1254", "Kuzey adalarına giden feribot, gövdesi değişince çalışıyor."),
    ("he", "cp1255", "windows-1255", "המעבורת לאיים הצפוניים חזרה לפעול מיום שני בבוקר."),
    ("ar", "cp1256", "windows-1256", "عادت العبارة إلى الجزر الشمالية للعمل منذ صباح يوم الاثنين."),
    ("ja", "cp932", "shift_jis", "北の島々へのフェリーは、月曜日の朝から再び運航している。"),
    ("ja", "iso2022_jp", "iso-2022-jp", "エンジンは十月に取り外されていた。"),
    ("zh", "gb18030", "gb2312", "开往北方群岛的渡轮从周一早晨起恢复运行，发动机已经修好。"),
    ("zh", "big5", "big5", "開往北方群島的渡輪從週一早晨起恢復行駛，引擎已經修好。"),
    ("ko", "euc_kr", "euc-kr", "북쪽 섬들로 가는 여객선이 월요일 아침부터 다시 운항하고 있다."),
)


def legacy_page(language: str, encoding: str, text: str, declared: str | None) -> bytes:
    meta = f'<meta charset="{declared}">' if declared else ""
    head = f'<html lang="{language}"><head>{meta}</head>'
    return f"{head}<body>{f'<p>{text}</p>' * 4}</body></html>".encode(encoding)


@pytest.mark.parametrize(("language", "encoding", "name", "text"), LEGACY)
def test_old_encodings_are_read_declared_undeclared_and_declared_wrongly(
    language: str, encoding: str, name: str, text: str
) -> None:
    default = {"content-type": "text/html; charset=iso-8859-1"}
    for declared, headers in (
        (None, {}),
        (name, {}),
        (None, {"content-type": f"text/html; charset={name}"}),
        (name, default),
    ):
        assert text in decode(legacy_page(language, encoding, text, declared), headers=headers)[0]
    if encoding != "iso2022_jp":
        assert text in decode(legacy_page(language, encoding, text, "utf-8"))[0]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_seen(encoding: str) -> None:
    text = "The ferry to the northern islands runs again: naïve, señor."
    assert text in decode(legacy_page("en", encoding, text, "utf-16"))[0]


def test_a_meta_of_utf_16_that_can_be_read_is_none() -> None:
    text = "Naïve questions."
    assert decode(legacy_page("en", "utf-8", text, "utf-16"))[1] == "utf-8"


def test_a_page_in_utf_8_with_a_broken_letter_stays_so() -> None:
    html = "<meta charset=utf-8><p>Für größere Fähren, über Öresund</p>".encode() + b"\xfc"
    assert decode(html)[1] == "utf-8"


@pytest.mark.parametrize(
    ("html", "torn"),
    [
        ("<html><body><div><p>Text.</p></div></body></html>", False),
        ("<html><body><div><p>Text.</p></div>", False),
        ("<p>A fragment of a page, as files hold them.<div>", False),
        ("<html><body><main><article><p>Text.</p></article>", False),
        ("<html><body><main><article><p>Text.</p>", True),
        ("<html><body><div><p>Text that bre", True),
        ("<html><body><p>Text <a hre", True),
    ],
)
def test_a_torn_page_is_seen(html: str, torn: bool) -> None:
    assert parsed(html.encode()).torn is torn


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Паром снова ходит с понедельника, сообщает управление порта."),
        ("koi8_u", "Пором знову ходить з понеділка, повідомляє управління порту."),
        ("cp1253", "Το πλοίο ταξιδεύει πάλι από τη Δευτέρα, λέει το λιμεναρχείο."),
        ("cp1255", "המעבורת שבה להפליג ביום שני בבוקר, כך הודיעה הנהלת הנמל בעיר."),
        ("cp1256", "عادت العبارة إلى الإبحار صباح الاثنين كما أعلنت إدارة الميناء في المدينة."),
        ("euc_kr", "연락선이 월요일 아침부터 다시 다닌다고 항구 관리소가 시민에게 밝혔다."),
        ("cp1252", "Fähren fahren wieder, sagt Jörg Größner: «Überfällig» – même l’été."),
        ("cp1252", "Ferðirnar hófust aftur á þriðjudag, sögðu þeir í höfninni."),
    ],
)
def test_another_script_than_the_declared_one_is_seen(encoding: str, text: str) -> None:
    assert text in decode(legacy_page("", encoding, text, "iso-8859-1"))[0]


def test_only_the_first_part_of_a_page_too_large_is_kept() -> None:
    many = "".join(f"<p>{number}<b>.</b></p>" for number in range(MOST_ELEMENTS))
    page, cut = first_part(parsed(f"<div>{many}</div><p>End.</p>".encode()))
    texts = [p.text for p in page.root.iter("p")]
    assert cut
    assert texts == [str(number) for number in range(len(texts))]
    assert sum(1 for _ in page.root.iter()) <= MOST_ELEMENTS + 1


def test_a_page_within_the_budget_is_whole() -> None:
    page, cut = first_part(parsed(b"<p>1</p><p>2</p>"))
    assert not cut
    assert page.root.text_content() == "12"


@pytest.mark.parametrize(
    "title",
    [
        "\x1b[31mRed\x1b[0m ferry",
        "&#27;[1;31mRed&#x1B;[m ferry",
        "\x1b]0;owned\x07Red ferry",
        "&#27;]0;owned&#7;Red ferry",
        "\x1b]8;;http://x/\x1b\\Red\x1b]8;;\x1b\\ ferry",
        "Red\x1b ferry",
    ],
)
def test_what_a_terminal_obeys_leaves_nothing_in_a_title(title: str) -> None:
    page = parse_page(
        f"<title>{title}</title>".encode(), url="https://a.example/", captured_at=NOON
    )
    assert page.root.findtext(".//title") == "Red ferry"
