"""`history`: what an article said at other times, and what was changed."""

import sys
from pathlib import Path

import click

from archive.console import archive_option, examples, json_options, print_json
from archive.store import Archive

NUMBER = click.IntRange(min=1)


@click.command(
    epilog=examples(
        "backfile history 7",
        "backfile history https://paper.example/2024/a-story",
        "backfile history 7 --from 1 --to 3",
        "backfile history 7 --json",
    )
)
@click.argument("which", metavar="ID|URL")
@click.option("--from", "first", type=NUMBER, metavar="N", help="Compare this version …")
@click.option(
    "--to", "last", type=NUMBER, metavar="N", help="… with this one, or what is held now."
)
@json_options
@archive_option
def history(
    *,
    which: str,
    first: int | None,
    last: int | None,
    as_json: bool,
    as_jsonl: bool,
    archive: Path,
) -> None:
    """Show the versions of an article, and what changed between them, by words.

    What was taken out and put in is coloured on a terminal, else marked [-so-] and {+so+}. Counters
    and clocks that change with every visit ("1,234 views", "5 min ago") make no version.
    """
    with Archive.open(archive, read_only=True) as opened:
        held = opened.article(which)
    # What compares texts is loaded here: other commands start without it.
    from archive import redlines, revisions

    found = revisions.revisions(held)
    changes = revisions.steps(found, first=first, last=last)
    if as_json or as_jsonl:
        print_json([revisions.record(held, found, changes)], by_line=as_jsonl)
        return
    for line in redlines.lines(held, found, changes, coloured=sys.stdout.isatty()):
        click.echo(line)
