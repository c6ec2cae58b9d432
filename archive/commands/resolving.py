"""`backfile resolve` within the archive: the pages that headlines without a link mean."""

from datetime import UTC, datetime
from pathlib import Path

import click

from archive.console import archive_option, echo_lines, examples, json_options, print_json
from archive.store import Archive


@click.command(
    epilog=examples(
        "backfile resolve",
        "backfile resolve list.txt --dry-run",
        "backfile resolve --json",
    )
)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--dry-run", is_flag=True, help="Show what would be resolved; store nothing.")
@json_options
@archive_option
def resolve(
    *, sources: tuple[str, ...], dry_run: bool, as_json: bool, as_jsonl: bool, archive: Path
) -> None:
    """Find the pages that headlines without a link mean, by title, day and publisher.

    Looks at the articles that are held and at other lists that print the same title with a link.
    What is found is stored with its evidence; its page is fetched by the next crawl if it is not
    held. What is ambiguous stays open: `show h12` shows the candidates.

    SOURCE is a source's number, name or address; all if none is given.
    """
    from archive import display

    with Archive.open(archive, read_only=dry_run) as opened:
        chosen = tuple(opened.source(text).id for text in sources) or None
        found = opened.resolve(source_ids=chosen, dry_run=dry_run, now=datetime.now(UTC))
    if as_json or as_jsonl:
        from archive import export

        print_json(map(export.resolved, found), by_line=as_jsonl)
    else:
        echo_lines(display.resolved(found, dry_run=dry_run))
