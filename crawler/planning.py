"""What a crawl would fetch now, for `crawl --dry-run`: fetches nothing, writes nothing.

What a list will bring is known when it is read; what waits already is known here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archive.terminal import counted, harmless

if TYPE_CHECKING:
    from archive import Archive
    from archive.records import Source

# Addresses that are named of each source: in lines for people, and in JSON.
NAMED, NAMED_IN_JSON = 3, 100


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


def plan(
    archive: "Archive",
    *,
    sources: Sequence[int],
    imported: Sequence[int],
    visit: Sequence[int] | None,
    now: datetime,
) -> tuple[Planned, ...]:
    """Say what a crawl with the same arguments as `crawler.run.crawl` would do for each source."""
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
