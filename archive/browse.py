"""The reading room: Datasette on the archive's folder, on this machine only.

Writes `metadata.yaml` and `settings.json` where they are missing, and never again: they are the
reader's to change. Datasette opens the database read-only, so a crawl may go on meanwhile.
"""

import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

from archive.errors import ArchiveError, UsageError

LOOPBACK = "127.0.0.1"
# Datasette's own, tried first so that the address stays the same from day to day.
USUAL_PORT = 8001

SETTINGS = """{
  "default_page_size": 50,
  "sql_time_limit_ms": 5000,
  "allow_download": false
}
"""
METADATA = """\
# Made by `backfile browse`; yours to change, it is not written again.
title: News archive
databases:
  archive:
    tables:
      news:
        description: One row per story, by the article that leads it.
        sort_desc: published
        facets: [publisher, language]
      duplicates:
        description: Articles beside the one that leads their story.
      dead_links:
        description: Pages that are gone, with the headlines that lead there.
      articles:
        description: One row per page that was read; text is plain.
        label_column: title
        sort_desc: published
        facets: [publisher, language]
      headlines:
        description: What the lists said, each line once per source.
        label_column: title
        sort_desc: published
        facets: [publisher]
      list_changes:
        description: What changed in the lists from visit to visit.
        sort_desc: at
        facets: [kind]
      sources:
        description: Seeds, the lists that are visited.
        label_column: name
      stories:
        description: Articles that are one; lead_id is the one that search shows.
      story_ties:
        description: Near copies, and what was joined or parted by hand.
        facets: [kind]
      versions:
        description: What changed articles said before.
        label_column: title
      frontier:
        description: Every URL's state, with the reason.
        label_column: url
        facets: [state, kind, verdict]
      addresses:
        description: Every address that leads to an article.
"""


def prepare(folder: Path) -> None:
    """Write the configuration that is missing. Raises ArchiveError."""
    for name, text in (("settings.json", SETTINGS), ("metadata.yaml", METADATA)):
        path = folder / name
        if _is_configured(path):
            continue
        try:
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise ArchiveError(f"cannot write {path}: {error.strerror}") from error


def _is_configured(path: Path) -> bool:
    """Tell whether the file is there, metadata also under the other names that Datasette reads."""
    if path.stem == "metadata":
        return any(path.with_suffix(suffix).exists() for suffix in (".yaml", ".yml", ".json"))
    return path.exists()


def choose_port(wanted: int | None) -> int:
    """Give the port asked for, or the usual one, or any free one. Raises UsageError when taken."""
    if wanted is not None:
        if wanted and not _is_free(wanted):
            raise UsageError(f"port {wanted} is in use; leave --port out to take a free one")
        return wanted or _any_free()
    return USUAL_PORT if _is_free(USUAL_PORT) else _any_free()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the server will: a port whose last connections are only fading counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _any_free() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def arguments(folder: Path, *, port: int, opens: bool) -> list[str]:
    """Give the command that serves a folder."""
    command = [sys.executable, "-m", "datasette", "serve", str(folder)]
    return [*command, "--host", LOOPBACK, "--port", str(port), *(["--open"] if opens else [])]


def serve(folder: Path, *, port: int, opens: bool) -> NoReturn:
    """Become Datasette: signals go to it directly and nothing is left running."""
    command = arguments(folder, port=port, opens=opens)
    # The command is built from our own constants, a path and a number; no shell sees it.
    os.execv(command[0], command)  # noqa: S606 - the command is our own
