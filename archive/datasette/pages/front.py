"""The front page."""

from archive.datasette.serving import Asked, Shown
from archive.holdings import Holdings


def front(held: Holdings, _asked: Asked) -> Shown:
    """Show what the archive holds."""
    return Shown(template="front", context={"status": held.status()})
