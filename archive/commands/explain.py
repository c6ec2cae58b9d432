"""The command `explain`: everything that happened to a page, and what would happen next."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.console import archive_option, examples, json_options, print_json
from archive.store import Archive
from archive.terminal import harmless

if TYPE_CHECKING:
    from archive.explaining import Explanation
    from archive.export import Record


@click.command(
    epilog=examples(
        "backfile explain https://paper.example/2024/a-story",
        "backfile explain 7",
        "backfile explain h12 --json",
    )
)
@click.argument("which", metavar="URL|ID")
@json_options
@archive_option
def explain(*, which: str, as_json: bool, as_jsonl: bool, archive: Path) -> int:
    """Tell a page's whole story, in the order of time; changes nothing.

    In which list it was found, when it was asked for, what was answered, what that was read as,
    whether it is kept and why, where each field came from, which story it is of, and what would
    happen next. Any address of the page does, an article's id, or h12 for a headline. Exits 1 for
    a page of which nothing is known.
    """
    from archive import explaining

    with Archive.open(archive, read_only=True) as opened:
        told = opened.explain(which, now=datetime.now(UTC))
    if as_json or as_jsonl:
        print_json([_record(told)], by_line=as_jsonl)
    else:
        for line in explaining.lines(told):
            click.echo(harmless(line))
    return 0 if told.is_known else 1


def _record(told: "Explanation") -> "Record":
    return {
        "asked": told.asked,
        "known": told.is_known,
        "keys": list(told.keys),
        "article_id": told.article_id,
        "story_id": told.story_id,
        "events": [
            {"at": event.at.isoformat(), "what": event.what, "said": event.said}
            for event in told.events
        ],
        "facts": [{"name": name, "said": said} for name, said in told.facts],
        "next": list(told.next),
    }
