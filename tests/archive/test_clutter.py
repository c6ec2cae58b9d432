"""Counters and clocks make no change, and nothing else is taken for one: both ways, as laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.clutter import is_clutter, reads_the_same
from tests.archive.making import STORY

# Each with room for a number.
CLUTTER = (
    "{} views",
    "{} shares",
    "{},3K shares",
    "{} comments",
    "Comments ({})",
    "{} people are reading this now",
    "Share {} Tweet {}",
    "{} min ago",
    "{} hours ago",
    "Updated {} hours ago",
    "Updated: November {}, 2024 at 5:0{} PM EST",
    "Last updated on {} Nov 2024",
    "By Ann Lee • {} min ago",
    "Pier Road | {} views | {} comments",
    "{} min read",
    "Read time {} min",
    "vor {} Minuten",
    "vor {} Std.",
    "Aktualisiert am {}. November 2024, 14:05 Uhr",
    "{} Kommentare",
    "il y a {} minutes",
    "Mis à jour le {} novembre 2024 à 14h05",
    "Temps de lecture : {} min",
    "hace {} horas",
    "há {} minutos",
    "{} minuti fa",
    "{} minuten geleden",
    "{} минут назад",
    "Просмотров: {}",
    "{} minut temu",
    "{} dakika önce",
    "πριν από {} λεπτά",
    "לפני {} דקות",
    "منذ {} دقائق",
    "{} मिनट पहले",
    "{} นาทีที่แล้ว",
    "{} phút trước",
    "{}分前",
    "{}小时前",
    "{}분 전",
    "閲覧数 {}",
    "阅读 {}",
    "조회수 {}",
    "この記事は{}分で読めます",
)
# Lines with a number that are an article's own, short as they are.
TOLD = (
    "{} killed",
    "Dead: {}",
    "Il y a {} morts",
    "{}人前",
    "死者{}人",
    "{} hours a day",
    "Cooking time {} min",
    "Doors open 14:{}",
    "Votes: {}",
    "$5 shares, {} sold",
    "Race starts in {} minutes",
    "Vor {} Zuschauern",
    "{} people",
    "Temperature: -{}°",
    "By Ann Lee • {} dead",
    "Updated figures: {} dead",
    "The bus left {} minutes ago, the driver said.",
    "Police said {} people were watching when the pier fell {} hours ago",
    "Es gab {} Kommentare und {} Anzeigen gegen den Wirt.",
)
NUMBERS = st.integers(min_value=0, max_value=9_999_999)


def filled(line: str, number: int) -> str:
    return line.replace("{}", str(number))


@given(st.sampled_from(CLUTTER), NUMBERS, NUMBERS)
def test_clutter_makes_no_change(line: str, one: int, other: int) -> None:
    before, after = (f"{filled(line, number)}\n\n{STORY}" for number in (one, other))
    assert reads_the_same(before, after)


@pytest.mark.parametrize(
    "line", [line for line in CLUTTER if "Ann" not in line and "Pier" not in line]
)
def test_clutter_may_come_and_go(line: str) -> None:
    assert is_clutter(filled(line, 3))
    assert reads_the_same(STORY, f"{STORY}\n\n{filled(line, 3)}")


@given(st.sampled_from(TOLD), NUMBERS, NUMBERS)
def test_a_number_of_the_article_is_a_change(line: str, one: int, other: int) -> None:
    before, after = (f"{STORY}\n\n{filled(line, number)}" for number in (one, other))
    assert reads_the_same(before, after) == (one == other)


@given(
    st.sampled_from(CLUTTER),
    st.text("abc xyz", min_size=1).filter(str.strip),
    NUMBERS,
    NUMBERS,
)
def test_clutter_within_a_sentence_is_the_article_s(
    line: str, words: str, one: int, other: int
) -> None:
    before, after = (f"Harbour {words} saw {filled(line, number)}." for number in (one, other))
    assert reads_the_same(before, after) == (one == other)


@given(st.text(), NUMBERS)
def test_a_paragraph_more_is_a_change(text: str, number: int) -> None:
    assert not reads_the_same(text, f"{text}\n\nHarbour masters counted {number} boats")


@given(st.text())
def test_a_text_reads_as_itself_in_any_spelling(text: str) -> None:
    assert reads_the_same(text, text)
    assert reads_the_same(text, f"  {text}\n\n")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Sails at nine,” she said – at last", '"Sails at nine", she said - at last'),
        ("Sails  at\u00a0nine", "sails at nine"),
        ("Sails at\nnine", "Sails at nine"),
        ("co\u00adoperate", "cooperate"),
        ("Advertisement\n\nSails at nine.", "Sails at nine."),
        ("Story continues below advertisement\nSails at nine.", "Anzeige\nSails at nine."),
        ("just now\nSails at nine.", "5 min ago\nSails at nine."),
        ("Heute, 14:05 Uhr\nSails at nine.", "Gestern, 14:05 Uhr\nSails at nine."),
        ("By Ann Lee • just now", "By Ann Lee • an hour ago"),
        ("به‌روزرسانی: ۵ دقیقه پیش", "به‌روزرسانی: ۲ ساعت پیش"),
    ],
)
def test_style_and_clutter_make_no_change(one: str, other: str) -> None:
    assert reads_the_same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It costs $5.", "It costs €5."),
        ("It costs 5.", "It costs $5."),
        ("Shares fell -5 %.", "Shares fell 5 %."),
        ("Up 5 percent", "Up 5 per mille"),
        ("It rose 1.5 m", "It rose 15 m"),
        ("By Ann Lee • 5 min ago", "By Bo Lee • 5 min ago"),
        ("naive", "naïve"),
        ("", "x"),
    ],
)
def test_what_is_said_is_a_change(one: str, other: str) -> None:
    assert not reads_the_same(one, other)
