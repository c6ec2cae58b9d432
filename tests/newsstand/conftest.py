"""One newsstand for the tests that change nothing."""

from collections.abc import Iterator

import pytest

from tests.newsstand import Newsstand


@pytest.fixture(scope="session")
def stand() -> Iterator[Newsstand]:
    with Newsstand(slow_seconds=0.2, bomb_bytes=20_000_000) as running:
        yield running
