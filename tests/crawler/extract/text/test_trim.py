"""Lines that are not the article's."""

import pytest

from crawler.extract.text.blocks import Block
from crawler.extract.text.trim import trim
from tests.crawler.extract.readings import FIRST, SECOND, THIRD


def block(text: str, *, kind: str = "p", html: str | None = None, linked: int = 0) -> Block:
    return Block(kind=kind, text=text, html=html or f"<{kind}>{text}</{kind}>", linked=linked)


def trimmed(*blocks: Block) -> list[str]:
    return [kept.text for kept in trim([], blocks).blocks]


STORY = [block(FIRST), block(SECOND), block(THIRD)]


@pytest.mark.parametrize(
    "mark", ["About the author", "Die Autorin", "12 Comments", "Meistgelesen", "Leave a Reply"]
)
def test_nothing_follows_an_end_mark(mark: str) -> None:
    after = block("Someone wrote for this paper for many years, and lives in the harbour town.")
    assert trimmed(*STORY, block(mark, kind="h3"), after) == [FIRST, SECOND, THIRD]


def test_a_section_of_that_name_in_the_middle_is_the_articles() -> None:
    texts = [block(f"{n}. {FIRST} {SECOND}") for n in range(6)]
    blocks = [texts[0], block("Comments", kind="h2"), *texts[1:]]
    assert len([text for text in trimmed(*blocks) if FIRST in text]) == 6


@pytest.mark.parametrize(
    "line",
    [
        "Stories like this one, every day in your inbox.",
        "You can unsubscribe at any time. Read our Privacy Policy.",
        "Follow us on Instagram for more.",
    ],
)
def test_appeals_are_dropped(line: str) -> None:
    assert trimmed(block(FIRST), block(line), block(SECOND)) == [FIRST, SECOND]


def test_a_label_and_a_link_to_another_text_are_dropped() -> None:
    headline = "Clinic opens its doors for a day"
    html = f"<p><strong>MORE OF IT | </strong><a href='https://a.example/b'>{headline}</a></p>"
    line = block(f"MORE OF IT | {headline}", html=html, linked=len(headline))
    assert trimmed(block(FIRST), line, block(SECOND)) == [FIRST, SECOND]


def test_a_sentence_with_a_link_at_its_end_stays() -> None:
    text = f"{FIRST[:-1]}, says the clinic that has its doors open on a Monday."
    html = f"<p>{FIRST[:-1]}, says <a href='https://a.example/b'>{text[len(FIRST) + 6 :]}</a></p>"
    assert text in trimmed(block(text, html=html, linked=40), block(SECOND))


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("p", "We shall see."),
        ("p", "None."),
        ("p", "“I will swim,” he said."),
        ("p", "再開は未定だ。"),
        ("p", "Why close it now?"),
        ("blockquote", "Not a word more"),
        ("pre", "z = x | y"),
    ],
)
def test_a_short_text_at_either_end_is_the_articles(kind: str, text: str) -> None:
    short = block(text, kind=kind)
    assert trimmed(short, *STORY, short) == [text, FIRST, SECOND, THIRD, text]


@pytest.mark.parametrize("line", ["Ann Lee", "Share this", "Photo: Bo", "By Ann Lee"])
def test_a_label_at_either_end_is_not(line: str) -> None:
    assert trimmed(block(line), *STORY, block(line)) == [FIRST, SECOND, THIRD]


def test_key_points_open_an_article_and_menus_do_not() -> None:
    points = block("Bridge closes in May\nFerries run all night", kind="ul")
    menu = block("Home\nWorld\nMore sport", kind="ul")
    assert trimmed(menu, points, *STORY) == [points.text, FIRST, SECOND, THIRD]


def test_what_a_wall_says_on_is_its_own() -> None:
    wall = [
        block("Create a free account to keep reading", kind="h2"),
        block("Register now, it takes a minute. You have read your three free articles."),
    ]
    assert trimmed(*STORY, *wall) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "line",
    [
        "(Read also: A lighthouse is painted)",
        "[Lesen Sie auch: Ein Leuchtturm wird gestrichen]",
        "jtk\nPosts: 12",
        "mole\nBeiträge: 3.201\nRegistriert: Mai 2011",
        "The clinic in autumn. Foto: dpa",
    ],
)
def test_lines_about_the_page_stand_in_the_midst(line: str) -> None:
    assert trimmed(block(FIRST), block(line), block(SECOND)) == [FIRST, SECOND]


@pytest.mark.parametrize(
    "line",
    [
        "This entry was posted on Monday, March 5th and is filed under Bread.",
        "You can follow any responses to this entry through the RSS 2.0 feed.",
        "Comments are closed.",
    ],
)
def test_a_blogs_last_line_is_none_of_the_post(line: str) -> None:
    assert trimmed(*STORY, block(line)) == [FIRST, SECOND, THIRD]


def test_the_first_entry_of_a_live_blog_keeps_its_hour() -> None:
    hours = [block("23:40"), block("9 pm")]
    entries = [hours[0], block("Count stops", kind="h2"), block(FIRST), hours[1], block(SECOND)]
    assert trimmed(*entries) == [entry.text for entry in entries]
    assert trimmed(hours[0], *STORY) == [FIRST, SECOND, THIRD]


STATEMENT = "And what became of the boat in the end nobody could tell us"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (STATEMENT, True),
        ("This is a breaking story and more of it will follow here soon", False),
        ("With files from the agency and from our man on the islands", False),
        ("Ann Lee And Bo Finn In North Bay For The Evening Post", False),
        ("find the rules of the draw here: https://paper.example/draw and send it", False),
    ],
)
def test_a_statement_without_a_full_stop_ends_a_text(line: str, kept: bool) -> None:
    assert trimmed(*STORY, block(line)) == [FIRST, SECOND, THIRD, *([line] if kept else [])]


def test_thai_needs_no_full_stop() -> None:
    lines = ["สภาเมืองประกาศเมื่อวันศุกร์ว่าสะพานจะปิด", "คนเดินเท้าใช้ทางเดินด้านตะวันออกได้"]
    assert trimmed(*map(block, lines)) == lines


def test_verse_is_kept_to_its_last_line() -> None:
    lines = ["The boats lie on their sides like so much cattle", "and nobody waits", "for the tide"]
    assert trimmed(*map(block, lines)) == lines


def test_a_sentence_that_begins_like_a_wall_is_the_articles() -> None:
    line = "This article is reserved for subscribers: three of four readers leave at that line."
    assert trimmed(block(line), *STORY) == [line, FIRST, SECOND, THIRD]
    assert trimmed(*STORY, block("This article is reserved for subscribers.")) == [
        FIRST,
        SECOND,
        THIRD,
    ]
