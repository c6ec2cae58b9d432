"""`settings.json` and `metadata.yaml`, by which Datasette takes an archive's folder as its own.

They are written where they are missing, and renewed where they are, to the byte, what an earlier
version wrote; what a person changed is kept. What the tables mean is not in them: the plugin says
it (`archive.datasette.described`), so that it follows the version. Nothing here loads Datasette.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from archive.errors import ArchiveError, UsageError

# Each differs from Datasette's own default for a reason; the figures are of an archive of a million
# articles.
SETTINGS: Mapping[str, int | bool] = {
    # A row of articles is wide: half of Datasette's hundred is a page that can be scrolled.
    "default_page_size": 50,
    # The slowest of our queries takes 1.5 seconds, twice that from a cold disk (Datasette: 1000).
    "sql_time_limit_ms": 5000,
    # A facet over an index takes 70 ms, one that reads all headlines 200 (Datasette: 200). Those
    # that a table shows unasked are chosen to be quick; this is for what people ask for.
    "facet_time_limit_ms": 1000,
    # Trying each of forty columns for 50 ms would add two seconds to every table's page.
    "suggest_facets": False,
    # Texts have pages of their own; in a table their beginnings do (Datasette: 2048).
    "truncate_cells_html": 300,
    # Of each of three connections, in the place of SQLite's 2 MB: the index's upper pages stay.
    "cache_size_kb": 16384,
    # A database that is being written to would be torn; `backfile backup` gives a whole one.
    "allow_download": False,
}
METADATA = """\
# Made by `backfile`. What you change here is yours: the file is not written again then. What tables
# and columns mean, and the queries, come with the program; what you say of them here goes before.
title: News archive
"""
SETTINGS_FILE, METADATA_FILE = "settings.json", "metadata.yaml"
# Datasette reads the first of these that is there.
METADATA_NAMES = ("metadata.json", METADATA_FILE, "metadata.yml")
# SHA-256 of what earlier versions wrote. A text that is changed above leaves its digest here.
FORMER: Mapping[str, frozenset[str]] = {
    SETTINGS_FILE: frozenset(
        {"df6ca1cab17b67c33736d8a0da9957f0c7cdcb53b5b959e3d44d207edc4754c9"},
    ),
    METADATA_FILE: frozenset(
        {
            "1c58d5cbcb8f14aae301647fb89bc1b06e6b02584fbbbf9fdf401c1cf06a49c1",
            "360223a930c9b6810aa84dffbb9e531cf0c75f621cdeb6a3863075a2a7c464e4",
            "8e1fe6ff42caea7ba62a4452e2e6f85e36fbd10a7f2a54d264d852e957b0d238",
            "93315985d8595642a70784f38fb0127a0bcf5c72a2e8ff3cd20eb41c90add32c",
            "a44bc3ff6861eda8f1760a0a133c1b950ea8b21dca0153acd7b3195da4268625",
        },
    ),
}


def settings_text() -> str:
    """Give `settings.json` as it is written."""
    return json.dumps(SETTINGS, indent=2) + "\n"


def keep(folder: Path) -> tuple[str, ...]:
    """Write what is missing, renew what is ours; give what is to be told, a line each.

    A folder that cannot be written to is told, and no error: Datasette does without.
    """
    texts = {SETTINGS_FILE: settings_text(), METADATA_FILE: METADATA}
    return tuple(line for name, text in texts.items() for line in _kept(folder / name, text))


def _kept(path: Path, text: str) -> Iterator[str]:
    try:
        held = path.read_bytes() if path.exists() else None
        if held is None and _is_elsewhere(path):
            return
        if held is None or digest(held) in FORMER[path.name]:
            _write(path, text)
    except (OSError, ArchiveError) as error:
        yield f"{error}; Datasette does without what is new in it"


def digest(text: bytes) -> str:
    """Give a text's digest as `FORMER` has it."""
    return hashlib.sha256(text).hexdigest()


def _is_elsewhere(path: Path) -> bool:
    """Tell whether metadata stand under another of the names that Datasette reads."""
    return path.name == METADATA_FILE and any(
        path.with_name(name).exists() for name in METADATA_NAMES
    )


def _write(path: Path, text: str) -> None:
    from archive.exporting.output import whole

    # A link stays a link.
    with whole(path.resolve()) as file:
        file.write(text.encode())


def lacking(folder: Path) -> tuple[str, ...]:
    """Tell in one line which of our defaults a person's own `settings.json` does not set.

    Raises UsageError for one that Datasette could not read.
    """
    path = folder / SETTINGS_FILE
    try:
        held = json.loads(path.read_bytes()) if path.exists() else dict(SETTINGS)
    except ValueError as error:
        raise UsageError(f"{path} is no JSON: {error}") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    if not isinstance(held, dict):
        raise UsageError(f"{path} should be a JSON object of settings")
    missing = [f"{name} {json.dumps(value)}" for name, value in SETTINGS.items()]
    missing = [line for line in missing if line.split()[0] not in held]
    return (f"{path} is yours, and lacks: {', '.join(missing)}",) if missing else ()
