"""The command `backfile`: the archive's own commands, and those that need the crawler.

Everything heavy is imported inside the command that needs it: `backfile search` must start at
once.
"""

from pathlib import Path
from typing import NoReturn

import click

from archive.cli import COMMANDS
from archive.console import archive_option, run
from crawler.commands.configured import config
from crawler.commands.jobs import schedule
from crawler.commands.lists import add, crawl, resolve
from crawler.commands.moving import import_
from crawler.commands.pages import extract, headlines, reread


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="backfile", prog_name="backfile")
@archive_option
def backfile(archive: Path) -> None:
    """Keep the news behind dated headline lists.

    Add the page of a list, crawl it, search what it led to.

    \b
    Examples:
      backfile add https://cells.example/news/
      backfile crawl
      backfile search stem cells

    Exit codes: 0 done, 1 the job failed or a source is broken, 2 wrong usage, 3 the archive is
    held by another crawl, 130 and 143 stopped by a signal once all was safe.
    """


def main() -> NoReturn:
    """Run the command line; ends the process with the documented exit code."""
    run(backfile, name="backfile")


for command in (add, crawl, config, schedule, headlines, extract, resolve, reread, import_):
    backfile.add_command(command)
for command in COMMANDS:
    # `resolve` asks the archive alone there, and sites too here.
    if command.name not in backfile.commands:
        backfile.add_command(command)
