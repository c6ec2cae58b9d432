"""The publishers: the commonest of them, and one with what is held of it."""

from archive.datasette.plot import plot
from archive.datasette.reading import short
from archive.datasette.searching import exactly, shown
from archive.datasette.serving import Asked, Shown
from archive.errors import NotFound
from archive.found import Sort
from archive.holdings import Holdings
from archive.urls import host

MOST_PUBLISHERS = 300
NEWEST = 20


def publishers(held: Holdings, asked: Asked) -> Shown:
    """Show the publishers of which most is held, or those whose name has some words."""
    wanted = (asked.first("name") or "").casefold()
    found = held.commonest("publisher", MOST_PUBLISHERS if not wanted else MOST_LOOKED_AT)
    matching = [(name, count) for name, count in found if wanted in name.casefold()]
    return Shown(
        template="publishers",
        context={
            "publishers": matching[:MOST_PUBLISHERS],
            "total": held.named("publisher"),
            "wanted": asked.first("name"),
        },
    )


# Names among which one is looked for.
MOST_LOOKED_AT = 20_000


def publisher(held: Holdings, asked: Asked) -> Shown:
    """Show a publisher. Raises NotFound."""
    name = asked.names["publisher"]
    months = held.months("publisher", name)
    if not months:
        raise NotFound(f"no article of {short(name)} is held")
    found = held.search(
        publisher=exactly(name), sort=Sort.NEW, limit=NEWEST, facets=True, now=asked.now
    )
    hits = [shown(hit, all_copies=False) for hit in found.hits]
    facets = {facet.name: facet for facet in found.facets}
    return Shown(
        template="publisher",
        context={
            "name": name,
            "articles": sum(months.values()),
            "plot": plot(months, today=asked.now.date()),
            "hits": hits,
            "hosts": sorted({site for hit in found.hits if hit.url and (site := host(hit.url))}),
            "languages": facets.get("language"),
            "sources": facets.get("source"),
            "source_names": {str(each.id): short(each.name or each.url) for each in held.sources()},
            "exactly": exactly(name),
        },
    )
