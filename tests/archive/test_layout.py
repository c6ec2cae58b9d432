"""The terminal's size, and what is fitted to it."""

import pytest

from archive import layout


@pytest.mark.parametrize(
    ("columns", "lines", "screen"),
    [("120", "50", (120, 50)), ("0", "x", (80, 24)), ("", "", (80, 24)), ("²", "-3", (80, 24))],
)
def test_the_size_is_what_the_environment_says(
    monkeypatch: pytest.MonkeyPatch, columns: str, lines: str, screen: tuple[int, int]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("LINES", lines)
    monkeypatch.setattr("os.get_terminal_size", lambda _fd: (_ for _ in ()).throw(OSError))
    assert layout.screen() == screen


@pytest.mark.parametrize(("columns", "width"), [("10", 40), ("77", 77), ("400", 100)])
def test_lines_are_neither_too_long_nor_too_short(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert layout.columns() == width


def test_long_values_go_on_below_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(layout.table([("A", "one two"), ("Name", "x")], 10)) == [
        "\x1b[2mA\x1b[0m     one",
        "\x1b[2m\x1b[0m      two",
        "\x1b[2mName\x1b[0m  x",
    ]
