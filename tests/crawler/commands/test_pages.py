"""What a day means where an instant is asked for."""

from datetime import timedelta

from crawler.commands.pages import saved_at
from tests.crawler.made import NOON


def test_a_day_of_capture_is_its_end() -> None:
    day = NOON.replace(hour=0) - timedelta(days=3)
    assert saved_at(day, NOON) == day.replace(hour=23, minute=59, second=59)
    assert saved_at(day.replace(hour=9), NOON) == day.replace(hour=9)
    assert saved_at(NOON.replace(hour=0), NOON) == NOON
    assert saved_at(None, NOON) == NOON
