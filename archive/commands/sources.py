"""Commands about sources and their lists: `sources`, `source`, `changes`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.console import (
    MOST_ROWS,
    archive_option,
    echo_lines,
    examples,
    json_options,
    print_json,
)
from archive.store import Archive
from archive.terminal import harmless

if TYPE_CHECKING:
    from archive.records import Source


@click.command(
    epilog=examples(
        "backfile sources",
        "backfile sources --json",
    )
)
@json_options
@archive_option
def sources(*, as_json: bool, as_jsonl: bool, archive: Path) -> None:
    """List the sources: what each has brought, and when it was visited."""
    from archive import display

    with Archive.open(archive, read_only=True) as opened:
        summaries = opened.source_summaries()
    if as_json or as_jsonl:
        from archive import export

        print_json(map(export.source, summaries), by_line=as_jsonl)
    elif summaries:
        echo_lines(display.sources(summaries))
    else:
        click.echo("No sources yet: `backfile add URL` adds one.")


@click.group(
    epilog=examples(
        'backfile source rename 1 "Cell news"',
        'backfile source pause "Cell news"',
        'backfile source resume "Cell news"',
        "backfile source accept 1",
        "backfile source move 1 https://cells.example/all-news/",
        "backfile source remove 1 --yes",
    )
)
@archive_option
def source(archive: Path) -> None:
    """Rename, pause, resume, accept, move or remove a source.

    SOURCE is a source's number, name or address, as `backfile sources` shows them.
    """


@source.command(epilog=examples('backfile source rename 1 "Cell news"'))
@click.argument("which", metavar="SOURCE")
@click.argument("name")
@archive_option
def rename(*, which: str, name: str, archive: Path) -> None:
    """Give a source another name."""
    with Archive.open(archive) as opened:
        held = opened.source(which)
        opened.rename_source(held, name)
        _tell(opened.source(str(held.id)))


@source.command(epilog=examples('backfile source pause "Cell news"'))
@click.argument("which", metavar="SOURCE")
@archive_option
def pause(*, which: str, archive: Path) -> None:
    """Leave a source out of every crawl that does not name it."""
    _pause(archive, which, paused=True)


@source.command(epilog=examples('backfile source resume "Cell news"'))
@click.argument("which", metavar="SOURCE")
@archive_option
def resume(*, which: str, archive: Path) -> None:
    """Have a paused source crawled again."""
    _pause(archive, which, paused=False)


@source.command(epilog=examples("backfile source accept 1"))
@click.argument("which", metavar="SOURCE")
@archive_option
def accept(*, which: str, archive: Path) -> None:
    """Say that what a source's list brings now is normal.

    For a source that `status` calls `fewer`, `undated` or `quiet` and that is to be so: from now on
    it is compared with what it brings from now on.
    """
    with Archive.open(archive) as opened:
        held = opened.source(which)
        stood = opened.accept_source(held, now=datetime.now(UTC))
        _tell(held)
    said = f"{stood.state.value} is normal from now on: {stood.reason}"
    click.echo(harmless(said), err=True)


@source.command(epilog=examples("backfile source move 1 https://cells.example/all-news/"))
@click.argument("which", metavar="SOURCE")
@click.argument("url")
@archive_option
def move(*, which: str, url: str, archive: Path) -> None:
    """Give a source's list another address.

    What the source brought stays with it; older list pages that wait at the old address do not.
    """
    with Archive.open(archive) as opened:
        held = opened.source(which)
        opened.move_source(held, url)
        _tell(opened.source(str(held.id)))


@source.command(epilog=examples("backfile source remove 1", "backfile source remove 1 --yes"))
@click.argument("which", metavar="SOURCE")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@archive_option
def remove(*, which: str, yes: bool, archive: Path) -> None:
    """Remove a source; its articles stay.

    The headlines that led to these articles stay with them, and what changed of them. Headlines
    whose article is not held go, and so does what waits to be fetched because of the source.
    Adding the address again brings the source back.
    """
    with Archive.open(archive) as opened:
        held = opened.source(which)
        (summary,) = (s for s in opened.source_summaries() if s.source.id == held.id)
        bare = summary.headlines - summary.articles
        name = harmless(held.name or held.url)
        question = f"Remove {name}, and {bare} headlines without article?"
        if not yes:
            click.confirm(question, abort=True, err=True)
        opened.remove_source(held, now=datetime.now(UTC))
    click.echo(f"removed {name}; articles stay", err=True)


def _pause(archive: Path, which: str, *, paused: bool) -> None:
    with Archive.open(archive) as opened:
        held = opened.source(which)
        opened.pause_source(held, paused=paused)
        _tell(opened.source(str(held.id)))


def _tell(held: "Source") -> None:
    """Say on stderr how a source stands."""
    click.echo(
        f"source {held.id}: {harmless(held.name or held.url)} <{harmless(held.url)}>"
        f"{' (paused)' if held.paused else ''}",
        err=True,
    )


@click.command(
    epilog=examples(
        "backfile changes",
        'backfile changes "Cell news" --since 2024-11',
        "backfile changes 1 --limit 200 --jsonl",
    )
)
@click.argument("which", metavar="[SOURCE]", required=False)
@click.option("--since", metavar="DATE", help="Found in or after: 2024, 2024-11, 2024-11-08 (UTC).")
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(min=1, max=MOST_ROWS),
    default=50,
    show_default=True,
    help="How many to show at most.",
)
@json_options
@archive_option
def changes(
    *,
    which: str | None,
    since: str | None,
    limit: int,
    as_json: bool,
    as_jsonl: bool,
    archive: Path,
) -> None:
    """Show what changed in the lists from visit to visit, newest first.

    Headlines that were added, got another title, date or link, were withdrawn (gone from between
    two that are still listed) or came back. What scrolled off a list's end is no change, and what a
    source's first visit found is not listed as added.
    """
    from archive import display

    with Archive.open(archive, read_only=True) as opened:
        source_id = opened.source(which).id if which else None
        found = opened.changes(source_id=source_id, since=since, limit=limit)
        names = {source.id: source.name or source.url for source in opened.sources()}
    if as_json or as_jsonl:
        from archive import export

        print_json(map(export.change, found), by_line=as_jsonl)
    elif found:
        echo_lines(display.changes(found, names))
    else:
        click.echo("No changes: they show from a list's second visit on.")
