"""Lines on a terminal that is shorter than they are; the rest is in commands/test_search.py."""

import pytest

from archive import paging


def test_rows_count_what_goes_on_in_the_next_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "10")
    assert paging._rows(["", "x" * 10, "x" * 11, "\x1b[1mbold\x1b[0m"]) == 5


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [("NO_COLOR", "1", False), ("NO_COLOR", "", True), ("TERM", "dumb", False)],
)
def test_colours_are_left_out_where_that_is_asked(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, wanted: bool
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    assert paging.wants_colour() is wanted


def test_what_is_no_terminal_gets_the_lines_as_they_come(
    capsys: pytest.CaptureFixture[str],
) -> None:
    paging.show(f"line {number}" for number in range(500))
    assert capsys.readouterr().out.count("\n") == 500
