"""The commands of the archive alone, a module a topic; `archive.cli` offers them."""
