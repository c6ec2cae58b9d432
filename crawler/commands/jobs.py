"""The command about crawls, and care, that nobody starts: `schedule`.

Everything heavy is imported inside the command that needs it.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.console import archive_option
from archive.errors import UsageError
from archive.terminal import harmless
from crawler.commands.lists import crawl

if TYPE_CHECKING:
    from crawler.timers import Job

# Variables that a crawl heeds; a job does not have its owner's shell around it.
HEEDED = {"BACKFILE_CONTACT": "--contact", "BACKFILE_CREDENTIALS": "--credentials"}


@click.command()
@click.argument("crawl_options", nargs=-1, metavar="[-- CRAWL-OPTION]...")
@click.option("--at", "times", multiple=True, metavar="HH:MM", help="When; 06:00 if not given.")
@click.option("--hourly", is_flag=True, help="Every hour: each list is visited when it is due.")
@click.option(
    "--with",
    "scheduler",
    type=click.Choice(["systemd", "cron"]),
    help="By which; systemd where it runs the machine.",
)
@click.option("--care", is_flag=True, help="And on Sundays `care`: optimized, checked, backed up.")
@click.option(
    "--backup",
    type=click.Path(path_type=Path),
    metavar="FILE|FOLDER",
    help="Where `care` backs the archive up.",
)
@click.option("--install", is_flag=True, help="Do it, instead of showing it.")
@click.option("--remove", is_flag=True, help="Undo it.")
@archive_option
def schedule(
    archive: Path,
    crawl_options: tuple[str, ...],
    times: tuple[str, ...],
    scheduler: str | None,
    *,
    hourly: bool,
    care: bool,
    backup: Path | None,
    install: bool,
    remove: bool,
) -> None:
    """Have this archive crawled every day, by a timer of systemd or a line of the crontab.

    Shows what would be written; --install writes it, and --remove takes it back. What follows `--`
    is given to `crawl`. Root's timer is the machine's, anybody else's is their own. --care adds a
    second one that takes care of the archive on Sundays, as far from its crawls as can be.

    \b
    Examples:
      backfile schedule
      backfile schedule --at 06:00 --at 18:00 --install -- --contact mailto:me@cells.example
      backfile schedule --hourly --with cron
      backfile schedule --care --backup /srv/backups --install
      backfile schedule --remove
    """
    from crawler.installing import Cron, Systemd
    from crawler.timers import Job, check, times_of

    folder = str(archive.resolve())
    if remove:
        gone = [each.name for each in (Systemd(), Cron()) if each.remove(folder)]
        said = f"removed from {' and '.join(gone)}" if gone else "was not scheduled"
        click.echo(f"{harmless(folder)}: {said}", err=True)
        return
    if hourly and times:
        raise UsageError("--hourly and --at exclude each other")
    if backup is not None and not care:
        raise UsageError("--backup is what `care` does: give --care too")
    check_options(("--archive", folder, *crawl_options))
    job = Job(
        program=program(),
        archive=folder,
        at=() if hourly else times_of(times or ("06:00",)),
        options=crawl_options,
        folder=str(Path.cwd()),
        care=(() if backup is None else ("--backup", str(backup.absolute()))) if care else None,
    )
    check(job)
    refuse_what_is_no_archive(archive, installs=install)
    chosen = (Systemd() if Systemd.is_there() else Cron()) if scheduler is None else None
    keeper = chosen or (Systemd() if scheduler == "systemd" else Cron())
    tell_of_environment(crawl_options)
    if not install:
        click.echo(keeper.shown(job).rstrip("\n"))
        click.echo(f"--install hands this to {keeper.name}; nothing was written", err=True)
        return
    keeper.install(job)
    click.echo(f"{harmless(folder)} is {done_by(job)} by {keeper.name} from now on", err=True)
    if isinstance(keeper, Systemd) and keeper.is_users:
        click.echo("it runs while you are logged out too after `loginctl enable-linger`", err=True)


def refuse_what_is_no_archive(folder: Path, *, installs: bool) -> None:
    """Say that there is nothing to crawl; what is only shown is shown all the same.

    Raises:
        ArchiveMissing: a job for it would be installed.

    """
    from archive.connection import FILE_NAME, missing
    from archive.errors import ArchiveMissing

    if (folder / FILE_NAME).is_file():
        return
    if installs:
        raise ArchiveMissing(missing(folder))
    click.echo(f"backfile: {harmless(missing(folder))}", err=True)


def done_by(job: "Job") -> str:
    """Say what a job does to its archive."""
    if job.care is None:
        return "crawled"
    return f"crawled, and cared for on Sundays at {job.care_at:%H:%M},"


def check_options(options: tuple[str, ...]) -> None:
    """Have `crawl` read the options that it is to be given.

    Raises:
        UsageError: it would not take them.

    """
    try:
        crawl.make_context("crawl", list(options))
    except click.UsageError as error:
        raise UsageError(f"crawl would not take that: {error.format_message()}") from None


def program() -> str:
    """Give the absolute path of the command `backfile`.

    Raises:
        UsageError: it is nowhere to be found.

    """
    beside = Path(sys.executable).parent / "backfile"
    # Loads every kind of compression, which no other command needs.
    import shutil

    found = str(beside) if beside.is_file() else shutil.which("backfile")
    if found is None:
        raise UsageError("the command `backfile` is not installed; scripts/demo installs it")
    return str(Path(found).absolute())


def tell_of_environment(options: tuple[str, ...]) -> None:
    """Say which variables are set here that a job will not have."""
    for variable, option in HEEDED.items():
        given = any(one == option or one.startswith(f"{option}=") for one in options)
        if os.environ.get(variable) and not given:
            click.echo(
                f"a job has no {variable}: add `-- {option} …` to give it what you have here",
                err=True,
            )
