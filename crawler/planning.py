"""Which sources a crawl is about, and what it would fetch now (`crawl --dry-run`).

Fetches nothing, writes nothing, prints nothing. What a list will bring is known when it is read;
what waits already is known here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archive.errors import UsageError
from archive.terminal import counted, harmless

if TYPE_CHECKING:
    from archive import Archive
    from archive.records import Source

# Addresses that are named of each source: in lines for people, and in JSON.
NAMED, NAMED_IN_JSON = 3, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The sources that a crawl is about."""

    sources: tuple[int, ...]
    imported: tuple[int, ...] = ()
    """Lists that came as files: not visited, but what they led to is fetched."""
    visit: tuple[int, ...] | None = None
    """Those of the sources whose lists are visited; None for all."""
    next_due: datetime | None = None
    """Where none is to be visited: when the first list is due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a crawl would do for one source."""

    source: "Source"
    list_url: str | None
    """Where its list would be asked for; None where it would not be."""
    next_visit: datetime | None
    """When its list is due by its own rhythm; None where that is at once, or never."""
    waiting: int
    """Pages that wait to be fetched, its list's first page aside."""
    first: tuple[str, ...]
    """The first of them."""


def choose(archive: "Archive", named: tuple[str, ...], *, every: bool, now: datetime) -> Chosen:
    """Choose the sources for a crawl: those that are named, or else by what is due.

    Raises:
        NotFound: there is no source of such a name.
        UsageError: one that is named was imported, and none of its pages waits.

    """
    sources = sources_to_visit(archive, named)
    if named:
        return Chosen(sources=sources)
    imported = imported_sources(archive)
    if every:
        return Chosen(sources=sources, imported=imported)
    planned = archive.next_visits(now=now)
    due = tuple(key for key, moment in planned.items() if moment is None or moment <= now)
    later = [moment for moment in planned.values() if moment is not None]
    next_due = min(later) if planned and not due else None
    return Chosen(sources=sources, imported=imported, visit=due, next_due=next_due)


def chosen_lines(chosen: Chosen) -> Iterator[str]:
    """Say where there is nothing to visit, and what can be done."""
    if not chosen.sources and not chosen.imported:
        yield "backfile: no source to visit; `backfile add URL` adds one"
    if chosen.next_due is not None:
        soonest = f"{chosen.next_due:%Y-%m-%d %H:%M} UTC"
        yield f"no list is due before {soonest}; `backfile crawl --all` visits all"


def sources_to_visit(archive: "Archive", named: tuple[str, ...]) -> tuple[int, ...]:
    """Give the ids of the sources to crawl: those that are named, else all that are not paused.

    One that came as a file is nowhere to be visited, but its headlines may have been resolved to
    pages that wait to be fetched.

    Raises:
        NotFound: there is no source of such a name.
        UsageError: one that is named was imported, and none of its pages waits.

    """
    named_ones = [archive.source(text) for text in named]
    for source in named_ones:
        if not source.url.startswith("http") and not has_pages_waiting(archive, source):
            raise UsageError(f"{source.name or source.url} was imported: nothing is there to visit")
    chosen = named_ones or [
        source
        for source in archive.sources()
        if not source.paused and source.url.startswith("http")
    ]
    return tuple(source.id for source in chosen)


def pages_left(archive: "Archive", sources: Sequence[int], *, now: datetime) -> int:
    """Count the pages that a crawl of these sources has left due."""
    return archive.frontier.claimable(now=now, source_ids=sources)


def has_pages_waiting(archive: "Archive", source: "Source") -> bool:
    """Tell whether pages that a source led to are to be fetched, now or at another try."""
    return archive.frontier.next_due(source_ids=(source.id,)) is not None


def imported_sources(archive: "Archive") -> tuple[int, ...]:
    """Give the ids of the lists that came as files: not visited, but what they led to is fetched.

    One with a web address is paused and was never visited.
    """
    sources = archive.sources()
    files = {one.id for one in sources if not one.url.startswith("http")}
    if any(one.paused and one.id not in files for one in sources):
        files |= {
            one.source.id
            for one in archive.source_summaries()
            if one.source.paused and one.last_visit is None
        }
    return tuple(sorted(files))


def plan(
    archive: "Archive",
    *,
    sources: Sequence[int],
    imported: Sequence[int],
    visit: Sequence[int] | None,
    now: datetime,
) -> tuple[Planned, ...]:
    """Say what a crawl of what was chosen would do for each source."""
    visits = archive.next_visits(now=now)
    found = []
    for source in archive.sources():
        if source.id not in {*sources, *imported}:
            continue
        is_visited = source.id in sources and source.url.startswith("http")
        is_asked = is_visited and (visit is None or source.id in visit)
        count, first = archive.frontier.waiting(source.id, now=now, at_most=NAMED_IN_JSON)
        found.append(
            Planned(
                source=source,
                list_url=archive.entry_of(source).url if is_asked else None,
                next_visit=visits.get(source.id) if is_visited and not is_asked else None,
                waiting=count,
                first=first,
            )
        )
    return tuple(found)


def plan_lines(planned: Sequence[Planned]) -> Iterator[str]:
    """Say it to a person."""
    for each in planned:
        source = each.source
        name = harmless(f"{source.id}. {source.name or source.url}")
        waiting = f"{counted(each.waiting, 'page')} waiting"
        yield f"{name}: {visit_words(each)}, {waiting}"
        named = [each.list_url, *each.first[:NAMED]] if each.list_url else each.first[:NAMED]
        yield from (f"  {harmless(url)}" for url in named if url)
        if each.waiting > NAMED:
            yield f"  and {each.waiting - NAMED} more"
    lists = sum(1 for each in planned if each.list_url)
    pages = sum(each.waiting for each in planned)
    yield (
        f"{counted(lists, 'list')} and {counted(pages, 'page')} would be fetched now, and what "
        "the lists bring; nothing was"
    )


def visit_words(each: Planned) -> str:
    """Say whether a list would be asked for."""
    if each.list_url is not None:
        return "its list"
    if each.next_visit is not None:
        return f"its list not before {each.next_visit:%Y-%m-%d %H:%M} UTC"
    return "not its list"


def plan_rows(planned: Sequence[Planned]) -> Iterator[dict[str, Any]]:
    """Say it to a program."""
    for each in planned:
        yield {
            "source_id": each.source.id,
            "name": each.source.name,
            "url": each.source.url,
            "list_url": each.list_url,
            "next_visit": each.next_visit.isoformat() if each.next_visit else None,
            "waiting": each.waiting,
            "first": list(each.first),
        }
