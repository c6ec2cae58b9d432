"""What `search` and `export` share: words with a hyphen before them, and what narrows a search."""

from collections.abc import Callable
from typing import TypeVar

import click

Decorated = TypeVar("Decorated", bound=Callable[..., object])

DAY = "2024, 2024-11, 2024-11-08, 7d, 2w, 3m, 1y, today"


class QueryCommand(click.Command):
    """A command whose words may begin with a hyphen: `search stem -plant`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep click from taking `-plant` for the options -p, -l, -a …: ours have one letter."""
        ours = {name for param in self.get_params(ctx) for name in param.opts}

        def is_excluded(arg: str) -> bool:
            return arg[:1] == "-" and arg[1:2] not in {"", "-"} and arg not in ours

        return super().parse_args(ctx, [f" {arg}" if is_excluded(arg) else arg for arg in args])


def narrowing(function: Decorated) -> Decorated:
    """Add the options that say the same as the search language's fields."""
    options = (
        click.option("--title", metavar="WORDS", help="All of these in the title."),
        click.option("--by", metavar="NAME", help="Only by this writer."),
        click.option(
            "--publisher", metavar="NAME", help="Only from this publisher; =NAME: just so."
        ),
        click.option(
            "--site", "sites", metavar="HOST", multiple=True, help="Only at this host or below it."
        ),
        click.option(
            "--lang", "languages", metavar="CODE", multiple=True, help="Only in this language: en."
        ),
        click.option(
            "--source", "sources", metavar="SOURCE", multiple=True, help="Only from this list."
        ),
        click.option("--after", metavar="DAY", help=f"Published on it or later: {DAY}."),
        click.option("--before", metavar="DAY", help="Published before it."),
        click.option("--zone", metavar="NAME", help="Whose days: Europe/Berlin (default: yours)."),
        click.option("--stems", is_flag=True, help="English words in their other forms, too."),
    )
    for option in reversed(options):
        function = option(function)
    return function
