"""Commands that need the archive only: to find, to show, and to keep the list of sources.

`python -m archive` offers them alone; the command `backfile` adds those that fetch and read pages
(see `COMMANDS`). The commands themselves are in `archive.commands`: their callbacks read arguments,
ask `Archive` and print; no SQL, no decision is there.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import click

from archive.console import archive_option, run
from archive.offered import Offered

# Name ▸ where it is: a program imports only the one that is called.
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "backup": "archive.commands.backup:backup",
        "browse": "archive.commands.browsing:browse",
        "care": "archive.commands.care:care",
        "changes": "archive.commands.sources:changes",
        "check": "archive.commands.keeping:check",
        "explain": "archive.commands.explain:explain",
        "export": "archive.commands.moving:export",
        "forget": "archive.commands.forgetting:forget",
        "history": "archive.commands.versions:history",
        "merge": "archive.commands.moving:merge",
        "optimize": "archive.commands.keeping:optimize",
        "resolve": "archive.commands.resolving:resolve",
        "restore": "archive.commands.backup:restore",
        "search": "archive.commands.search:search",
        "show": "archive.commands.showing:show",
        "source": "archive.commands.sources:source",
        "sources": "archive.commands.sources:sources",
        "status": "archive.commands.status:status",
        "stories": "archive.commands.stories:stories",
        "watch": "archive.commands.watch:watch",
    }
)


@click.group(commands=Offered(COMMANDS), context_settings={"help_option_names": ["-h", "--help"]})
@archive_option
def main(archive: Path) -> None:
    """Find and read what a news archive holds."""


def entry_point() -> None:
    """Run the archive's commands alone."""
    run(main, name="python -m archive")
