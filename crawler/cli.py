"""The command `backfile`: the archive's own commands, and those that need the crawler.

A command is imported when it is called, and what is heavy inside the command that needs it:
`backfile search` must start at once.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

import click

from archive.cli import COMMANDS as OF_THE_ARCHIVE
from archive.console import archive_option, run
from archive.offered import Offered

# Name ▸ where it is. `resolve` asks the archive alone there, and sites too here.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        **OF_THE_ARCHIVE,
        "add": "crawler.commands.lists:add",
        "config": "crawler.commands.configured:config",
        "crawl": "crawler.commands.lists:crawl",
        "extract": "crawler.commands.pages:extract",
        "headlines": "crawler.commands.pages:headlines",
        "import": "crawler.commands.moving:import_",
        "reread": "crawler.commands.pages:reread",
        "resolve": "crawler.commands.lists:resolve",
        "schedule": "crawler.commands.jobs:schedule",
    }
)


@click.group(commands=Offered(COMMANDS), context_settings={"help_option_names": ["-h", "--help"]})
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
