"""The command `care`: what an archive needs once a week, as one line for cron."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.commands.keeping import fault_lines, opened_alone
from archive.console import archive_option, examples, json_options, print_json
from archive.errors import ArchiveError, UsageError
from archive.terminal import harmless

if TYPE_CHECKING:
    from archive.caring import Step
    from archive.export import Record

# A month of weekly ones.
KEPT = 4


@click.command(
    epilog=examples(
        "backfile care",
        "backfile care --backup /srv/backups/cells.tar.gz",
        "backfile care --backup /srv/backups --keep 8 --quiet",
    )
)
@click.option(
    "--backup",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER",
    help="Back up into FILE (.tar, .tar.gz, .tgz), or into FOLDER beside earlier ones.",
)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    metavar="N",
    help=f"Keep the last N backups in FOLDER (default {KEPT}).",
)
@click.option("-q", "--quiet", is_flag=True, help="Print only what is wrong.")
@json_options
@archive_option
def care(
    *,
    target: Path | None,
    keep: int | None,
    quiet: bool,
    as_json: bool,
    as_jsonl: bool,
    archive: Path,
) -> int:
    """Optimize, check and back up the archive: once a week is enough.

    Says in a line each what was done and what it took. An archive that has a fault is not backed
    up: earlier backups stay. Exits with the worst of the three's codes. No crawl may run meanwhile.
    """
    # Loads what packs files, which no other command needs.
    from archive.caring import care as take_care
    from archive.caring import is_file

    if keep is not None and (target is None or is_file(target)):
        raise UsageError("--keep counts the backups in a folder: --backup FOLDER")
    now = datetime.now(UTC)
    with opened_alone(archive, now=now) as (opened, writable):
        if not writable:
            raise ArchiveError(f"{archive} cannot be written: it is read-only")
        steps = take_care(opened, target=target, keep=keep or KEPT, now=now)
    if as_json or as_jsonl:
        print_json(map(_record, steps), by_line=as_jsonl)
    else:
        _tell(steps, quiet=quiet)
    return max(step.code for step in steps)


def _tell(steps: Sequence["Step"], *, quiet: bool) -> None:
    for step in steps:
        if quiet and not step.code:
            continue
        click.echo(f"{step.name}: {harmless(step.said)} ({step.seconds:.1f} s)")
        for line in fault_lines(step.faults):
            click.echo(f"  {line}")


def _record(step: "Step") -> "Record":
    return {
        "step": step.name,
        "seconds": round(step.seconds, 3),
        "bytes": step.size,
        "said": step.said,
        "code": step.code,
        "faults": len(step.faults),
    }
