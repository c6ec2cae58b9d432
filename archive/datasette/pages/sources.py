"""The sources: all of them, and one with what it brought and how it stands."""

from archive.datasette.overview import name_of, standing, visited
from archive.datasette.plot import plot
from archive.datasette.reading import short
from archive.datasette.serving import Asked, Shown
from archive.errors import NotFound
from archive.holdings import Holdings

MOST_LINES, MOST_CHANGES = 30, 50
# SQLite's integers end within this many digits.
MOST_DIGITS = 18


def sources(held: Holdings, asked: Asked) -> Shown:
    """Show all sources, and how they stand."""
    summaries = held.source_summaries()
    records = held.crawl_records(each.source.id for each in summaries)
    return Shown(
        template="sources",
        context={
            "sources": [
                (each, standing(each.source, records[each.source.id], now=asked.now))
                for each in summaries
            ]
        },
    )


def source(held: Holdings, asked: Asked) -> Shown:
    """Show a source. Raises NotFound."""
    number = asked.names["source"]
    found = next((each for each in held.sources() if str(each.id) == number), None)
    if found is None or len(number) > MOST_DIGITS:
        raise NotFound(f"no source {short(number)} is held; it may have been removed")
    record = held.crawl_records([found.id])[found.id]
    changes = held.changes(source_id=found.id, limit=MOST_CHANGES + 1)
    return Shown(
        template="source",
        context={
            "source": found,
            "name": name_of(found),
            "standing": standing(found, record, now=asked.now),
            "visits": list(visited(record)),
            "next_visit": held.next_visits(now=asked.now).get(found.id),
            "plot": plot(held.months("source", number), today=asked.now.date()),
            "lines": [
                (line, short(line.headline.title))
                for line in held.newest_headlines(found.id, MOST_LINES)
            ],
            "changes": [
                (each, short(each.title), short(each.old), short(each.new))
                for each in changes[:MOST_CHANGES]
            ],
            "more_changes": len(changes) > MOST_CHANGES,
        },
    )
