"""The command `watch`: searches that are saved, and tell what is new after each crawl."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.commands.narrowing import QueryCommand, narrowing
from archive.console import archive_option, examples, json_options, print_json
from archive.query import Asked
from archive.store import Archive
from archive.terminal import counted, harmless
from archive.watching import Wanted, Watch, lines, record, words

if TYPE_CHECKING:
    from archive.export import Record


@click.group(
    epilog=examples(
        "backfile watch add ferries ferry OR boat --lang en",
        "backfile watch list",
        "backfile watch run",
        "backfile watch remove ferries",
    )
)
@archive_option
def watch(archive: Path) -> None:
    """Save searches: each crawl tells what they find that is new, a story once.

    What is told is in feeds/NAME.atom in the archive's folder too, for any feed reader.
    """


@watch.command(
    cls=QueryCommand,
    epilog=examples(
        "backfile watch add ferries ferry",
        "backfile watch add licences '\"stem cell\" OR msc -cosmetic' --site cells.example",
        "backfile watch add post --publisher 'Daily Post' --after 30d --past",
    ),
)
@click.argument("name")
@click.argument("query", nargs=-1)
@narrowing
@click.option("--past", is_flag=True, help="Tell what is held already, too.")
@json_options
@archive_option
def add(
    *,
    name: str,
    query: tuple[str, ...],
    title: str | None,
    by: str | None,
    publisher: str | None,
    sites: tuple[str, ...],
    languages: tuple[str, ...],
    sources: tuple[str, ...],
    after: str | None,
    before: str | None,
    zone: str | None,
    stems: bool,
    past: bool,
    as_json: bool,
    as_jsonl: bool,
    archive: Path,
) -> None:
    """Save a search under a name; QUERY and options are those of `search`.

    `7d` is counted back from each run. What matches already is not new, unless --past.
    """
    asked = Asked(
        words=" ".join(query),
        title=title,
        by=by,
        publisher=publisher,
        sites=sites,
        languages=languages,
        sources=sources,
        after=after,
        before=before,
    )
    wanted = Wanted(asked=asked, zone=zone, stems=stems)
    with Archive.open(archive) as opened:
        held, known = opened.add_watch(name, wanted, past=past, now=datetime.now(UTC))
    if as_json or as_jsonl:
        print_json([_record(held, archive)], by_line=as_jsonl)
    before_it = "what is held is told by its first run" if past else f"{known} held already"
    click.echo(
        f"watch {harmless(held.name)}: {before_it}; feed {harmless(str(archive / held.feed))}",
        err=True,
    )


@watch.command(
    "list", epilog=examples("backfile watch list -a my-archive", "backfile watch list --json")
)
@json_options
@archive_option
def list_(*, as_json: bool, as_jsonl: bool, archive: Path) -> None:
    """List the saved searches: what each looks for, and what it has told."""
    with Archive.open(archive, read_only=True) as opened:
        held = opened.watches()
    if as_json or as_jsonl:
        print_json((_record(one, archive) for one in held), by_line=as_jsonl)
    elif held:
        for line in _lines(held, archive):
            click.echo(line)
    else:
        click.echo("No saved searches: `backfile watch add NAME QUERY` saves one.")


@watch.command(epilog=examples("backfile watch remove ferries"))
@click.argument("name")
@archive_option
def remove(*, name: str, archive: Path) -> None:
    """Take a saved search out, with its feed; nothing that it found goes."""
    with Archive.open(archive) as opened:
        held = opened.remove_watch(name)
    click.echo(f"removed watch {harmless(held.name)}", err=True)


@watch.command(epilog=examples("backfile watch run ferries", "backfile watch run ferries --json"))
@click.argument("names", nargs=-1, metavar="[NAME]...")
@json_options
@archive_option
def run(*, names: tuple[str, ...], as_json: bool, as_jsonl: bool, archive: Path) -> int:
    """Look now what saved searches find that is new, as each crawl does at its end.

    Runs all, if none is named. Exits 1 when one of them could not be run.
    """
    with Archive.open(archive) as opened:
        reports = opened.run_watches(names, now=datetime.now(UTC))
    if as_json or as_jsonl:
        print_json(map(record, reports), by_line=as_jsonl)
    elif reports:
        for report in reports:
            for line in lines(report):
                click.echo(line)
    else:
        click.echo("No saved searches: `backfile watch add NAME QUERY` saves one.")
    return 1 if any(report.problem for report in reports) else 0


def _record(held: Watch, archive: Path) -> "Record":
    return {
        "name": held.name,
        "query": words(held.wanted) if held.wanted else None,
        "made_at": held.made_at.isoformat(),
        "last_run_at": held.last_run_at.isoformat() if held.last_run_at else None,
        "told": held.told,
        "feed": str(archive / held.feed),
    }


def _lines(held: Sequence[Watch], archive: Path) -> Iterator[str]:
    for one in held:
        looked = f"run {one.last_run_at:%Y-%m-%d %H:%M} UTC" if one.last_run_at else "never run"
        asked = harmless(words(one.wanted)) if one.wanted else "(its query cannot be read)"
        yield f"{harmless(one.name)}: {asked}"
        yield f"    {counted(one.told, 'hit')} told, {looked}, {harmless(str(archive / one.feed))}"
