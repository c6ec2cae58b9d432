"""Commands that need the archive only: to find, to show, and to keep the list of sources.

`python -m archive` offers them alone; the command `backfile` adds those that fetch and read pages
(see `COMMANDS`). Callbacks read arguments, ask `Archive` and print: no SQL, no decision is here.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.commands import moving
from archive.commands.backup import backup, restore
from archive.commands.care import care
from archive.commands.explain import explain
from archive.commands.keeping import check, optimize
from archive.commands.search import MOST_ROWS, search
from archive.commands.stories import stories
from archive.commands.versions import history
from archive.commands.watch import watch
from archive.console import archive_option, examples, json_options, print_json, run
from archive.errors import NotFound
from archive.store import Archive
from archive.terminal import counted, harmless

if TYPE_CHECKING:
    from archive.held import StoredArticle
    from archive.records import Source

# `show h12` shows headline 12; a bare number is an article's.
HEADLINE_ID = re.compile(r"h(\d+)")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@archive_option
def main(archive: Path) -> None:
    """Find and read what a news archive holds."""


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

    found = HEADLINE_ID.fullmatch(which)
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
        _print(display.article(held))
    elif line is not None:
        _print(display.headline(line))
    _print(display.list_history(changed))


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
        _print(display.resolved(found, dry_run=dry_run))


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
        _print(display.sources(summaries))
    else:
        click.echo("No sources yet: `backfile add URL` adds one.")


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
        _print(display.changes(found, names))
    else:
        click.echo("No changes: they show from a list's second visit on.")


@click.group(
    epilog=examples(
        'backfile source rename 1 "Cell news"',
        'backfile source pause "Cell news"',
        'backfile source resume "Cell news"',
        "backfile source move 1 https://cells.example/all-news/",
        "backfile source remove 1 --yes",
    )
)
@archive_option
def source(archive: Path) -> None:
    """Rename, pause, resume, move or remove a source.

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
        "backfile status",
        "backfile status --json",
    )
)
@json_options
@archive_option
def status(*, as_json: bool, as_jsonl: bool, archive: Path) -> None:
    """Show the archive at a glance: how much is held, what waits, what failed and why."""
    from archive import display

    with Archive.open(archive, read_only=True) as opened:
        held = opened.status()
    if as_json or as_jsonl:
        from archive import export

        print_json([export.status(held)], by_line=as_jsonl)
    else:
        _print(display.status(held, folder=str(archive)))


@click.command(
    epilog=examples(
        "backfile browse",
        "backfile browse --port 8010 --open",
    )
)
@click.option("--port", type=click.IntRange(0, 65535), help="Port to listen on (0: any free one).")
@click.option("--open/--no-open", "opens", default=False, help="Open it in a browser.")
@archive_option
def browse(*, port: int | None, opens: bool, archive: Path) -> None:
    """Browse the archive in a web browser, with Datasette, on this machine only.

    Ends with Ctrl-C. What metadata.yaml and settings.json in the folder say is kept.
    """
    from archive.browse import LOOPBACK, choose_port, prepare, serve

    Archive.open(archive, read_only=True).close()
    prepare(archive)
    chosen = choose_port(port)
    click.echo(f"Browse {archive} at http://{LOOPBACK}:{chosen}/ (Ctrl-C ends it)")
    serve(archive, port=chosen, opens=opens)


COMMANDS: tuple[click.Command, ...] = (
    search,
    show,
    explain,
    history,
    forget,
    resolve,
    sources,
    source,
    changes,
    stories,
    watch,
    status,
    backup,
    restore,
    check,
    optimize,
    care,
    browse,
    moving.export,
    moving.merge,
)
for _command in COMMANDS:
    main.add_command(_command)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


def entry_point() -> None:
    """Run the archive's commands alone."""
    run(main, name="python -m archive")
