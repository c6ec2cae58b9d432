"""The command `show`: one article or headline, as it is held."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.console import archive_option, echo_lines, examples, json_options, print_json
from archive.store import Archive

if TYPE_CHECKING:
    from archive.held import StoredArticle

# `show h12` shows headline 12; a bare number is an article's.
HEADLINE_ID = r"h(\d+)"


@click.command(
    epilog=examples(
        "backfile show 7",
        "backfile show https://paper.example/2024/a-story",
        "backfile show h12 --json",
    )
)
@click.argument("which", metavar="ID|URL")
@json_options
@archive_option
def show(*, which: str, as_json: bool, as_jsonl: bool, archive: Path) -> None:
    """Show an article: by id, or by any address that leads to it.

    h12 shows headline 12 of a list, with its article when that is held, and what its list changed.
    """
    from archive import display

    found = re.fullmatch(HEADLINE_ID, which)
    held: StoredArticle | None = None
    with Archive.open(archive, read_only=True) as opened:
        line = opened.headline(int(found[1])) if found else None
        changed = opened.changes(headline_id=line.id) if line else ()
        if line is None:
            held = opened.article(which)
        elif line.article_id is not None:
            held = opened.article(line.article_id)
    if as_json or as_jsonl:
        from archive import export

        record = export.shown(held, line, changed)
        print_json([record], by_line=as_jsonl)
        return
    if held is not None:
        echo_lines(display.article(held))
    elif line is not None:
        echo_lines(display.headline(line))
    echo_lines(display.list_history(changed))
