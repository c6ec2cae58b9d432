"""How a watch and what it found are named and said."""

import pytest

from archive.errors import UsageError
from archive.found import HitKind
from archive.query import Asked
from archive.watching import MOST_LINES, Wanted, WatchHit, WatchReport, checked_name, lines, words
from tests.archive.calling import EVIL


def hit(number: int, *, url: str | None = "https://a.example/1") -> WatchHit:
    return WatchHit(
        kind=HitKind.HEADLINE,
        id=number,
        title=EVIL,
        url=url,
        publisher="Daily Post",
        published="2024-11-08T10:00:00+01:00",
    )


def test_a_report_names_its_titles_without_what_commands_a_terminal() -> None:
    report = WatchReport(name="ferries", new=2, hits=(hit(1), hit(2, url=None)))
    text = "\n".join(lines(report))
    assert text.startswith("watch ferries: 2 new\n  Evil")
    assert "(Daily Post, 2024-11-08)\n    https://a.example/1\n" in text
    assert text.endswith("backfile show h2")
    assert "\x1b" not in text
    assert report.is_news


def test_a_long_report_is_cut_and_says_so() -> None:
    many = tuple(hit(number) for number in range(MOST_LINES + 5))
    said = list(lines(WatchReport(name="w", new=200, hits=many, feed="feeds/w.atom")))
    assert said[-1] == "  and 180 more; feeds/w.atom has the newest"
    assert len(said) == 2 * MOST_LINES + 2


def test_nothing_new_and_a_problem() -> None:
    assert list(lines(WatchReport(name="w"))) == ["watch w: nothing new"]
    assert not WatchReport(name="w").is_news
    broken = WatchReport(name="w", problem="no source '3'")
    assert list(lines(broken)) == ["watch w: no source '3'"]
    assert broken.is_news


@pytest.mark.parametrize("name", ["", " ", "../up", "a/b", ".hidden", "-x", "a\n", "x" * 101, "a."])
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    if name == "a\n":  # a line end around it is no part of it
        assert checked_name(name) == "a"
        return
    with pytest.raises(UsageError):
        checked_name(name)


@pytest.mark.parametrize("name", ["ferries", "干细胞", "Stem cells 2024", "a.b-c+d"])
def test_names_of_any_language(name: str) -> None:
    assert checked_name(f" {name} ") == name


def test_the_words_are_those_of_the_command() -> None:
    asked = Asked(words="ferry OR boat", publisher="Daily Post", languages=("en",), after="7d")
    assert words(Wanted(asked=asked, stems=True)) == (
        "ferry OR boat --publisher 'Daily Post' --lang en --after 7d --stems"
    )
