"""Datasette, as `backfile browse` starts it: what goes wrong for a reader is told to the reader.

Where `rich` is installed, Datasette prints a traceback with all local variables for each page that
is not there. Here it does not see it.
"""

import sys


def main() -> None:
    """Run Datasette's command with this process's arguments."""
    # Python's own way to say that a module is not to be had.
    sys.modules["rich"] = None  # type: ignore[assignment]
    from datasette.cli import cli

    cli()


if __name__ == "__main__":
    main()
