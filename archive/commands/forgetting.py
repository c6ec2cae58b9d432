"""`backfile forget`: take a page out for good."""

from datetime import UTC, datetime
from pathlib import Path

import click

from archive.console import archive_option, examples
from archive.errors import NotFound
from archive.store import Archive
from archive.terminal import counted, harmless


@click.command(
    epilog=examples(
        "backfile forget https://paper.example/2024/11/a-name",
        "backfile forget 123 --yes",
        "backfile forget h12",
        "backfile forget --recall https://paper.example/2024/11/a-name",
    )
)
@click.argument("item", metavar="ID|URL")
@click.option("--recall", is_flag=True, help="Let a forgotten page come back.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@archive_option
def forget(*, item: str, recall: bool, yes: bool, archive: Path) -> None:
    """Take a page out for good, and keep it out.

    ID is an article's, or a headline's (h12): then the page that it leads to is meant.
    Its article goes with every version, the headlines that led to it, and the captures, whose
    bytes are overwritten. Backups and what was exported are yours to look after.
    """
    now = datetime.now(UTC)
    with Archive.crawling(archive, now=now) as opened:
        if recall:
            if not opened.recall(item, now=now):
                raise NotFound(f"{item!r} was not forgotten")
            click.echo(
                f"{harmless(item)} may come back: the next crawl asks for it",
                err=True,
            )
            return
        opened.find_to_forget(item)
        if not yes:
            click.confirm(f"Take {harmless(item)} out of {archive} for good?", abort=True, err=True)
        gone = opened.forget(item, now=now)
    click.echo(
        f"forgotten: {counted(gone.articles, 'article')}, {counted(gone.headlines, 'headline')}, "
        f"{counted(gone.captures, 'capture')}",
        err=True,
    )
    for older in sorted(archive.glob("archive.db.before-*")):
        click.echo(f"backfile: {older} is a backup that may still hold it", err=True)
