"""A story: the articles that are one, and what ties them."""

from archive.datasette.reading import short, timeline, why
from archive.datasette.serving import Answer, Asked, Moved, Shown
from archive.holdings import Holdings


def story(held: Holdings, asked: Asked) -> Answer:
    """Show a story's articles in order of publication; one of a single article is that."""
    found = held.story(asked.names["story"])
    lead = found.members[0]
    if len(found.members) == 1:
        return Moved(path=f"/-/article/{lead.id}")
    return Shown(
        template="story",
        context={
            "story": found,
            "lead": short(lead.title) or "(no title)",
            "copies": [(copy, short(copy.title), why(copy)) for copy in timeline(found.members)],
            "publishers": len({copy.publisher for copy in found.members if copy.publisher}),
        },
    )
