"""An archive in a folder of its own, for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from archive import Archive
from archive.records import Source
from tests.archive.making import LIST, NOW, new_archive

# Laws are about values: on a busy machine a slow example is no failure.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "an-archive"


@pytest.fixture
def archive(folder: Path) -> Iterator[Archive]:
    with new_archive(folder) as opened:
        yield opened


@pytest.fixture
def source(archive: Archive) -> Source:
    return archive.add_source(LIST, name="Lists", now=NOW)
