"""Versions on a terminal: marked or coloured, fitted to its width, and harmless."""

import re
from dataclasses import replace

import pytest

from archive import Archive
from archive.redlines import lines
from archive.revisions import revisions, steps
from archive.terminal import cells
from tests.archive.making import HOUR, NOW, STORY, article, reading

URL = "https://paper.example/ferry"


def shown(archive: Archive, *texts: str, titles: tuple[str, ...] = (), coloured: bool) -> str:
    for hours, text in enumerate(texts):
        now = NOW + hours * HOUR
        title = titles[hours] if titles else "Ferry"
        page = reading(article(URL, text, title=title), captured_at=now)
        archive.store(page, asked_url=URL, claim=None, source_id=None, now=now)
    held = archive.article(URL)
    found = revisions(held)
    return "\n".join(lines(held, found, steps(found), coloured=coloured))


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")


def test_versions_and_changes_are_marked(archive: Archive) -> None:
    out = shown(
        archive, "It sails on Friday.", "It sails on Monday.\n\nTickets: 5!", coloured=False
    )
    assert re.sub("\x1b\\[[0-9;]*m", "", out).splitlines() == [
        "Ferry",
        "article 1, 2 versions · https://paper.example/ferry",
        "  1  2026-11-22 10:00 UTC · 4 words · no date · Ferry",
        "  2* 2026-11-22 11:00 UTC · 6 words · no date · Ferry",
        "",
        "From 1 to 2, 2026-11-22 11:00 UTC",
        "    It sails on [-Friday-]{+Monday+}.",
        "    {+Tickets: 5!+}",
    ]


def test_on_a_terminal_changes_have_colours(archive: Archive) -> None:
    out = shown(archive, "It sails on Friday.", "It sails on Monday.", coloured=True)
    assert "\x1b[31m\x1b[9mFriday\x1b[0m\x1b[32mMonday\x1b[0m." in out
    assert "[-" not in out


def test_of_a_long_text_only_what_is_near_is_shown(archive: Archive) -> None:
    text = "\n\n".join(f"Pier {number} has boats and people of its own." for number in range(99))
    out = shown(
        archive, text, text.replace("Pier 50 has boats", "Pier 50 has ships"), coloured=False
    )
    assert "Pier 50 has [-boats-]{+ships+}" in out
    assert "Pier 40" not in out
    assert out.count("…") == 2
    assert len(out.splitlines()) < 14


@pytest.mark.parametrize("coloured", [True, False])
@pytest.mark.parametrize("word", ["word ", "船"])
def test_lines_fit_the_terminal(archive: Archive, word: str, coloured: bool) -> None:
    out = shown(archive, f"A {word * 90}.", f"B {word * 40}x {word * 90}.", coloured=coloured)
    for line in re.sub("\x1b\\[[0-9;]*m", "", out).splitlines():
        assert cells(line) <= 60


@pytest.mark.parametrize("coloured", [True, False])
def test_no_escape_sequence_of_a_page_passes(archive: Archive, coloured: bool) -> None:
    evil = "\x1b]0;owned\x07 sails \x1b[31m on \u202e Friday"
    out = shown(
        archive, evil, evil.replace("31m", "32m"), titles=(evil, f"x{evil}"), coloured=coloured
    )
    ours = re.compile("\x1b\\[(?:0|1|9|31|32)m")
    assert not set("\x1b\x07\u202e") & set(ours.sub("", out))
    assert "owned" not in out


def test_two_versions_that_say_the_same(archive: Archive) -> None:
    shown(archive, STORY, coloured=False)
    held = archive.article(URL)
    (only,) = revisions(held)
    twice = (only, replace(only, number=2))
    assert "    the same title and text" in list(lines(held, twice, steps(twice), coloured=False))
