"""`python -m crawler` is the command `backfile`."""

from crawler.cli import main

main()
