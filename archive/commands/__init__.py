"""The commands of the archive alone, a module for each topic; `archive.cli` names them all."""
