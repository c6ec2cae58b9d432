"""An article to be read, with where it came from, what it said before, and its copies."""

import json

from archive import export, revisions
from archive.datasette.reading import (
    captures,
    changed,
    reading,
    replayed,
    short,
    telling_words,
    timeline,
    why,
)
from archive.datasette.searching import shown
from archive.datasette.serving import JSON, Answer, Asked, Moved, Raw, Shown
from archive.errors import NotFound
from archive.held import StoredArticle
from archive.holdings import Holdings


def article(held: Holdings, asked: Asked) -> Answer:
    """Show an article, by its id; an address that leads to one moves there."""
    wanted = asked.names["article"]
    found = _found(held, wanted)
    if wanted != str(found.id):
        return Moved(path=f"/-/article/{found.id}")
    sources = {source.id: short(source.name or source.url) for source in held.sources()}
    related = [held.article(number) for number in _beside(held, found)]
    copies = held.story(found.story_id).members if found.members else ()
    told = held.explain(str(found.id), now=asked.now)
    similar = held.similar(found, words=telling_words(found.article.title))
    return Shown(
        template="article",
        context={
            "held": found,
            "read": reading(found),
            "sources": sources,
            "lists": [(line, short(line.headline.title)) for line in found.headlines],
            "changes": [each for line in found.headlines for each in _changes(held, line.id)],
            "related": [(reading(each), each) for each in related],
            "copies": [(copy, short(copy.title), why(copy)) for copy in timeline(copies)],
            "captures": captures(held.captures_of(found)),
            "similar": [shown(hit, all_copies=True) for hit in similar],
            "told": told,
        },
    )


def _found(held: Holdings, wanted: str) -> StoredArticle:
    """Give an article. Raises NotFound, also for one that was forgotten, and says so."""
    try:
        return held.article(wanted)
    except NotFound:
        if not wanted.isdecimal() and held.is_forgotten(wanted):
            raise NotFound(f"{short(wanted)} was forgotten, and is kept out") from None
        raise NotFound(f"no article {short(wanted)} is held") from None


def _beside(held: Holdings, found: StoredArticle) -> list[int]:
    """Give the id of the original that an aggregator's post cites, and of posts that cite this."""
    if found.original_id is not None:
        return [found.original_id]
    return [
        member.id
        for member in found.members[:MOST_BESIDE]
        if held.article(member.id).original_id == found.id
    ][:1]


# Copies that are looked at for one that cites this: a release has hundreds.
MOST_BESIDE = 20


def _changes(held: Holdings, headline_id: int) -> list[tuple[str, str, str, str]]:
    """Give when a list's line changed, and how."""
    return [
        (each.at.isoformat(), each.kind.value, short(each.old), short(each.new))
        for each in held.changes(headline_id=headline_id)
    ]


def article_json(held: Holdings, asked: Asked) -> Raw:
    """Give an article as `backfile show --json` does."""
    record = export.stored_article(_found(held, asked.names["article"]))
    return Raw(
        body=json.dumps(record, ensure_ascii=False),
        content_type=JSON,
    )


def versions(held: Holdings, asked: Asked) -> Shown:
    """Show what an article said before, and what changed from each version to the next."""
    found = _found(held, asked.names["article"])
    known = revisions.revisions(found)
    return Shown(
        template="versions",
        context={
            "read": reading(found),
            "versions": known,
            "steps": [(step, changed(step)) for step in reversed(revisions.steps(known))],
        },
    )


def version(held: Holdings, asked: Asked) -> Shown:
    """Show one earlier version of an article."""
    found = _found(held, asked.names["article"])
    number = asked.names["version"]
    known = next((each for each in found.versions if str(each.id) == number), None)
    if known is None:
        raise NotFound(f"article {found.id} has no version {short(number)}")
    return Shown(
        template="version",
        context={
            "read": reading(found),
            "version": known,
            "title_then": short(known.title) or "(no title)",
            "blocks": [block for block in known.text.split("\n\n") if block.strip()],
            "replayed": replayed(found.article.url, known.captured_at, memento=known.memento_url),
        },
    )
