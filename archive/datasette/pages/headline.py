"""A headline: what a list said, when, and what became of its link."""

from archive.datasette.reading import replayed, short
from archive.datasette.serving import Asked, Shown
from archive.errors import NotFound
from archive.holdings import Holdings


def headline(held: Holdings, asked: Asked) -> Shown:
    """Show a headline, whether its article is held or not."""
    number = asked.names["headline"]
    if len(number) > MOST_DIGITS:
        raise NotFound(f"no headline {short(number)}")
    found = held.headline(int(number))
    read = found.headline
    sources = {source.id: source for source in held.sources()}
    source = sources.get(found.source_id)
    rivals = found.resolution.rivals if found.resolution else ()
    return Shown(
        template="headline",
        context={
            "found": found,
            "title_shown": short(read.title),
            "line": read.raw,
            "source": source,
            "source_name": short(source.name or source.url) if source else None,
            "article": held.article(found.article_id) if found.article_id else None,
            "rivals": [(short(rival.title), rival) for rival in rivals],
            "changes": held.changes(headline_id=found.id),
            "replayed": replayed(read.url, found.first_seen) if read.url else None,
            "told": held.explain(f"h{found.id}", now=asked.now),
        },
    )


# SQLite's integers end within this many digits.
MOST_DIGITS = 18
