"""Where days begin, and how that is said."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from archive.errors import UsageError
from archive.zones import Local, described, named

WINTER, SUMMER = datetime(2024, 1, 15, 12, tzinfo=UTC), datetime(2024, 7, 15, 12, tzinfo=UTC)


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This machine set to Berlin's time, by its rule, so that no table of zones is needed."""
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("berlin")
def test_the_machines_own_zone_has_its_summers() -> None:
    assert WINTER.astimezone(Local()).hour == 13
    assert SUMMER.astimezone(Local()).hour == 14
    assert datetime(2024, 7, 15, tzinfo=Local()).astimezone(UTC).hour == 22
    assert described(Local(), SUMMER) == "CEST, UTC+02:00"
    assert described(Local(), WINTER) == "CET, UTC+01:00"


@pytest.mark.usefixtures("berlin")
@pytest.mark.parametrize("moment", [(1, 1, 1, 0, 0), (9999, 12, 31, 23, 59), (2024, 3, 31, 2, 30)])
def test_every_local_time_has_an_offset(moment: tuple[int, int, int, int, int]) -> None:
    local = datetime(*moment, tzinfo=Local())
    assert local.utcoffset() in {timedelta(hours=1), timedelta(hours=2)}


def test_utc_is_called_so() -> None:
    assert described(UTC, WINTER) == "UTC"
    assert described(timezone(timedelta(hours=5, minutes=30)), WINTER) == "UTC+05:30"


def test_zones_by_name() -> None:
    assert WINTER.astimezone(named("UTC")).hour == 12
    for wrong in ("Nowhere/City", "", "../etc/passwd", "\x00", "Europe"):
        with pytest.raises(UsageError, match="no time zone"):
            named(wrong)
