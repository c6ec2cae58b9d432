"""The front page: what the archive holds, what is new, how its sources stand."""

from archive.datasette.overview import by_day, standing, troubled
from archive.datasette.plot import plot
from archive.datasette.serving import Asked, Shown
from archive.holdings import Holdings

NEWEST = 30
COMMONEST = 10


def front(held: Holdings, asked: Asked) -> Shown:
    """Show the archive at a glance."""
    status = held.status()
    sources = held.sources()
    records = held.crawl_records(source.id for source in sources)
    standings = [standing(source, records[source.id], now=asked.now) for source in sources]
    return Shown(
        template="front",
        context={
            "status": status,
            "standings": standings,
            "troubled": troubled(standings),
            "last_crawl": held.last_crawl(),
            "days": by_day(held.newest(NEWEST)),
            "plot": plot(held.months(), today=asked.now.date()),
            "publishers": held.commonest("publisher", COMMONEST),
            "languages": held.commonest("language", COMMONEST),
        },
    )
