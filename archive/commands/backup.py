"""Commands that put an archive into one file and take it out again: `backup`, `restore`."""

from pathlib import Path

import click

from archive.console import archive_option, examples
from archive.terminal import counted, harmless

MEGABYTE = 1_000_000


@click.command(
    epilog=examples("backfile backup cells.tar", "backfile backup weekly.tar.gz --replace")
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--no-captures", is_flag=True, help="Leave the captured pages out.")
@click.option("--replace", is_flag=True, help="Overwrite FILE, once the new one is whole.")
@archive_option
def backup(*, file: Path, no_captures: bool, replace: bool, archive: Path) -> None:
    """Copy the archive into FILE, a tar; also while a crawl runs.

    The database is copied as it is at one moment and looked through for damage. FILE is compressed
    if its name ends in .gz or .tgz.
    """
    from archive.backup import back_up

    done = back_up(archive, file, captures=not no_captures, replace=replace)
    click.echo(
        f"{harmless(str(file))}: {done.size / MEGABYTE:.1f} MB, a database of "
        f"{done.database / MEGABYTE:.1f} MB and {counted(done.captures, 'file')} of captures",
        err=True,
    )


@click.command(epilog=examples("backfile restore cells.tar -a restored"))
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@archive_option
def restore(*, file: Path, archive: Path) -> None:
    """Make an archive from a backup, in a new folder (-a FOLDER).

    Nothing is overwritten: the folder must not be there, or be empty.
    """
    from archive.backup import restore as unpack

    done = unpack(file, archive)
    click.echo(
        f"{harmless(str(archive))}: a database of {done.database / MEGABYTE:.1f} MB and "
        f"{counted(done.captures, 'file')} of captures",
        err=True,
    )
