"""The furnished archive, opened in Datasette once for the pages' tests."""

from collections.abc import Iterator

import pytest

from tests.archive.datasette.asking import Visitor, visiting
from tests.archive.datasette.furnished import Furnished, furnish


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    return furnish(tmp_path_factory.mktemp("pages") / "archive")


@pytest.fixture(scope="module")
def visitor(furnished: Furnished) -> Iterator[Visitor]:
    with visiting(furnished.folder) as opened:
        yield opened
