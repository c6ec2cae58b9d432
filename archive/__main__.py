"""`python -m archive`: the archive's commands without the crawler."""

from archive.cli import entry_point

entry_point()
