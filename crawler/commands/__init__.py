"""The commands that need the crawler; `crawler.cli` gathers them. They read options and print."""
