"""Commands that keep an archive well: `check`, `optimize`."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.connection import FILE_NAME, missing
from archive.console import archive_option, examples, json_options, print_json
from archive.errors import ArchiveError, ArchiveMissing
from archive.store import Archive
from archive.terminal import counted, harmless

if TYPE_CHECKING:
    from archive.export import Record
    from archive.faults import Fault

MEGABYTE = 1_000_000
# Of one kind so many are told one by one; a damaged index can bring a line for every article.
MOST_OF_A_KIND = 20


@click.command(
    epilog=examples(
        "backfile check",
        "backfile check --thorough",
        "backfile check --repair",
        "backfile check --json",
    )
)
@click.option(
    "--thorough", is_flag=True, help="Read every captured page, and make every sketch anew."
)
@click.option("--repair", is_flag=True, help="Mend what can be worked out anew.")
@click.option("-q", "--quiet", is_flag=True, help="Do not say what is being checked.")
@json_options
@archive_option
def check(
    *, thorough: bool, repair: bool, quiet: bool, as_json: bool, as_jsonl: bool, archive: Path
) -> int:
    """Look whether the archive is whole: file, search index, texts, stories, captures.

    One line for each fault, with what to do about it; exit code 0 if there is none, else 1. No
    crawl may run meanwhile. --repair makes anew what follows from what is held (the search index,
    sketches, digests, identities, leads, the captures' index), in one transaction, and says what it
    did; what cannot be mended stays said.
    """
    now = datetime.now(UTC)
    say = None if quiet else _say
    with opened_alone(archive, now=now) as (opened, writable):
        if not writable:
            note = f"{archive} is read-only: the search index's words are not compared"
            click.echo(f"backfile: {harmless(note)}", err=True)
        if repair and writable:
            mended = opened.repair(now=now, thorough=thorough, progress=say)
            for done in mended.done:
                click.echo(f"backfile: mended: {harmless(done)}", err=True)
            faults = mended.left
        else:
            faults = opened.check(now=now, thorough=thorough, writable=writable, progress=say)
        held = opened.status()
    if as_json or as_jsonl:
        print_json(map(_record, faults), by_line=as_jsonl)
    else:
        for line in fault_lines(faults):
            click.echo(line)
    if not faults:
        size = f"{counted(held.articles, 'article')}, {counted(held.captures, 'capture')}"
        click.echo(f"{harmless(str(archive))}: no fault found in {size}", err=True)
    return 1 if faults else 0


@click.command(epilog=examples("backfile optimize", "backfile optimize --vacuum"))
@click.option("--vacuum", is_flag=True, help="Write the file anew, without what deletions left.")
@archive_option
def optimize(*, vacuum: bool, archive: Path) -> None:
    """Make search faster after much was stored, and the database's files smaller.

    Merges the parts of the search index, takes statistics for SQLite's planner and empties the
    journal. Searching goes on meanwhile; it may be interrupted, and goes on from there the next
    time. --vacuum takes as much free disk as the database has, for a while.
    """
    with opened_alone(archive, now=datetime.now(UTC)) as (opened, writable):
        if not writable:
            raise ArchiveError(f"{archive} cannot be written: it is read-only")
        done = opened.optimize(vacuum=vacuum, progress=_say)
    click.echo(
        f"{harmless(str(archive))}: {done.before / MEGABYTE:.1f} MB before, "
        f"{done.after / MEGABYTE:.1f} MB now; search index of "
        f"{counted(done.segments_before, 'part')} before, {done.segments_after} now",
        err=True,
    )


@contextmanager
def opened_alone(folder: Path, *, now: datetime) -> Iterator[tuple[Archive, bool]]:
    """Open the archive as the only one that works on it; says whether it can be written."""
    from archive.lock import crawl_lock

    if not (folder / FILE_NAME).is_file():
        raise ArchiveMissing(missing(folder))
    if not os.access(folder, os.W_OK):
        with Archive.open(folder, read_only=True) as opened:
            yield opened, False
        return
    with crawl_lock(folder, now=now), Archive.open(folder) as opened:
        yield opened, True


def _say(stage: str) -> None:
    click.echo(f"backfile: {stage} …", err=True)


def fault_lines(faults: Iterable["Fault"]) -> Iterator[str]:
    """Say each fault with its remedy; of many of one kind the first."""
    told: Counter[str] = Counter()
    for fault in faults:
        told[fault.kind.value] += 1
        if told[fault.kind.value] <= MOST_OF_A_KIND:
            yield harmless(f"{fault.kind.value}: {fault.place}: {fault.what}; {fault.remedy}")
    for kind, count in told.items():
        if count > MOST_OF_A_KIND:
            yield f"{kind}: {count - MOST_OF_A_KIND} more (--json shows all)"


def _record(fault: "Fault") -> "Record":
    return {
        "kind": fault.kind.value,
        "where": fault.where,
        "id": fault.id,
        "what": fault.what,
        "mendable": fault.mendable,
        "remedy": fault.remedy,
    }
