"""Makes the dumps that are missing; see the package."""

import sqlite3
import sys
import tempfile
from pathlib import Path

from sqlite_utils import Database

from archive import schema
from archive.connection import FILE_NAME
from tests.archive.schemas import FOLDER, dump, dumps, load


def main() -> None:
    """Make them, and say which."""
    names = [step.__name__ for step in schema.STEPS]
    for count, name in enumerate(names, start=1):
        path = FOLDER / f"{name}.sql"
        if path.exists():
            continue
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "archive"
            step_up(folder, count)
            path.write_text(dump(folder / FILE_NAME), encoding="utf-8")
        sys.stdout.write(f"{path}\n")


def step_up(folder: Path, count: int) -> None:
    """Bring the archive of the version before so many steps far."""
    held = {path.stem: path for path in dumps()}
    before = next(
        held[step.__name__] for step in reversed(schema.STEPS[: count - 1]) if step.__name__ in held
    )
    raw = sqlite3.connect(load(before, folder), isolation_level=None)
    raw.row_factory = sqlite3.Row
    raw.execute("BEGIN")
    schema.apply(Database(raw), schema.STEPS[:count])
    raw.execute("COMMIT")
    raw.close()


if __name__ == "__main__":
    main()
