"""What time it is, as an argument: whoever starts a crawl hands a clock down to all that asks.

Only here, and in commands, the wall's clock is looked at. A clock goes on while the crawl does:
what waits for a server's word waits by it, so one that stood still would wait for ever.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]
"""Gives the time, in UTC and aware of it."""


def utc() -> datetime:
    """Give the time by this machine's clock."""
    return datetime.now(UTC)
