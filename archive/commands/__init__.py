"""Commands that need the archive only, a module for each topic; `archive.cli` gathers them."""
