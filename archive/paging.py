"""Lines on their way to the reader: in colour where that is wanted, through a pager when long."""

import os
import sys
from collections.abc import Iterable

import click

from archive import layout
from archive.terminal import cells

# PAGER says so where nothing is to stand between the program and the terminal.
NO_PAGERS = frozenset({"", "cat"})


def show(lines: Iterable[str], *, pages: bool = True) -> None:
    """Print lines; on a terminal that is shorter than they are, by `PAGER` unless `pages` is False.

    Colours of ours are taken off where the output is no terminal, and where NO_COLOR or
    TERM=dumb asks for it.
    """
    colour = None if wants_colour() else False
    if not pages or not _is_terminal() or os.environ.get("PAGER", "less") in NO_PAGERS:
        for line in lines:
            click.echo(line, color=colour)
        return
    shown = list(lines)
    if _rows(shown) < layout.screen()[1]:
        click.echo("\n".join(shown), color=colour)
    else:
        click.echo_via_pager("\n".join((*shown, "")), color=colour)


def wants_colour() -> bool:
    """Tell whether colours may be used where the output is a terminal (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _rows(lines: Iterable[str]) -> int:
    """Count the rows that lines take; one that is too long (an address) goes on in the next."""
    width = max(1, layout.screen()[0])
    return sum(max(1, -(-cells(click.unstyle(line)) // width)) for line in lines)
