"""The search page, with its JSON and its feed: the answers of `backfile search`."""

import json
from dataclasses import replace

from archive import export
from archive.answers import Shown as Narrowed
from archive.answers import conditions
from archive.datasette import feed
from archive.datasette.searching import (
    ON_A_PAGE,
    SORTS,
    Wanted,
    choices,
    heading,
    narrowings,
    shown,
    wanted,
)
from archive.datasette.serving import JSON, Asked, Raw, Shown
from archive.errors import NotFound, UsageError
from archive.found import SearchResults, Sort
from archive.holdings import Holdings
from archive.query import Query
from archive.zones import Local

# Of a search with so few hits near spellings are offered.
FEW = 3
# As many as feed readers keep.
IN_FEED = 50


def search(held: Holdings, asked: Asked) -> Shown:
    """Show what a search finds; without one, how to ask."""
    form = {name: asked.first(name) for name, _ in Wanted().given()}
    try:
        given = wanted(asked)
        if given.is_nothing:
            return Shown(template="search", context={"form": form, "sources": held.sources()})
        query, found = _found(held, asked, given, limit=ON_A_PAGE, facets=True)
    except (UsageError, NotFound) as error:
        context = {"form": form, "wrong": str(error), "sources": held.sources()}
        return Shown(template="search", context=context, status=400)
    sources = held.sources()
    names = {source.id: source.name or source.url for source in sources}
    told = Narrowed(query=query, zone=Local(), source_names=names)
    is_little = found.total < FEW and given.page == 1
    last = given.offset + len(found.hits)
    return Shown(
        template="search",
        context={
            "form": form,
            "sources": sources,
            "asked": given,
            "query": query,
            "found": found,
            "heading": heading(found),
            "hits": [shown(hit, all_copies=given.copies) for hit in found.hits],
            "first": given.offset + 1,
            "last": last,
            "older": given.link(page=given.page + 1) if _goes_on(found, last) else None,
            "newer": given.link(page=given.page - 1) if given.page > 1 else None,
            "sorts": [(words, given.link(sort=sort), sort is given.sort) for sort, words in _sorts],
            "narrowings": list(narrowings(given, names)),
            "conditions": conditions(told),
            "choices": list(choices(found, given, names)),
            "advice": held.advise(query) if is_little else None,
        },
    )


_sorts = tuple(SORTS.items())


def _goes_on(found: SearchResults, last: int) -> bool:
    return bool(found.hits) and (found.capped or last < found.total)


def _found(
    held: Holdings, asked: Asked, given: Wanted, *, limit: int, facets: bool
) -> tuple[Query, SearchResults]:
    query = held.ask(given.asked(), zone=Local(), now=asked.now)
    if query is None:
        raise UsageError("say what to search for")
    found = held.answer(
        query,
        sort=given.sort,
        limit=limit,
        offset=given.offset,
        all_copies=given.copies,
        facets=facets,
    )
    return query, found


def search_json(held: Holdings, asked: Asked) -> Raw:
    """Give a page of hits as `backfile search --json` does."""
    _, found = _found(held, asked, wanted(asked), limit=ON_A_PAGE, facets=False)
    hits = [export.hit(hit) for hit in found.hits]
    return Raw(body=json.dumps(hits, ensure_ascii=False), content_type=JSON)


def search_feed(held: Holdings, asked: Asked) -> Raw:
    """Give the newest hits as an Atom feed."""
    given = wanted(asked)
    newest = replace(given, sort=Sort.NEW, page=1)
    query, found = _found(held, asked, newest, limit=IN_FEED, facets=False)
    title = f"Search: {query.shown}" if query.shown else "Search"
    body = feed.feed(found.hits, title=title, home=asked.home, now=asked.now)
    return Raw(body=body, content_type="application/atom+xml; charset=utf-8")
