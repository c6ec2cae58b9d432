"""What the pages of the front, the sources and the publishers show: decided here. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from archive.crawls import Record
from archive.datasette.searching import Hit, shown
from archive.found import SearchHit
from archive.health import Health, HealthState, Visit
from archive.records import Source
from archive.terminal import harmless

# Crawls of a source that are listed.
MOST_VISITS = 30
MOST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A source, and how it stands."""

    source: Source
    name: str
    health: Health | None
    """None where it is not visited."""

    @property
    def state(self) -> str:
        """How it stands, in a word."""
        if self.health is not None:
            return self.health.state.value
        return "paused" if self.source.url.startswith("http") else "imported"


def name_of(source: Source) -> str:
    """Give what a source is called, in one line."""
    called = harmless((source.name or source.url)[: MOST_NAME + 1])
    return called if len(called) <= MOST_NAME else f"{called[:MOST_NAME]}…"


def standing(source: Source, record: Record, *, now: datetime) -> Standing:
    """Say how a source stands."""
    is_visited = source.url.startswith("http") and not source.paused
    health = record.judged(now) if is_visited else None
    return Standing(source=source, name=name_of(source), health=health)


def troubled(standings: Iterable[Standing]) -> list[Standing]:
    """Give the sources that somebody should look at."""
    fine = {HealthState.WELL, HealthState.NEW}
    return [each for each in standings if each.health and each.health.state not in fine]


def by_day(hits: Sequence[SearchHit]) -> list[tuple[str | None, list[Hit]]]:
    """Group the newest stories by their day of publication, as printed; they are in its order."""
    return [
        (day, [shown(hit, all_copies=False) for hit in group])
        for day, group in groupby(hits, key=_day)
    ]


def _day(hit: SearchHit) -> str | None:
    return hit.published[:10] if hit.published else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """A visit to a source, as it is listed."""

    at: datetime
    headlines: str
    """On its list, in words."""
    new: int
    articles: int
    failed: int
    failures: str
    """What failed, by kind, in words."""
    trouble: str | None


def visited(record: Record) -> Iterator[Visited]:
    """Give the last visits to a source, the newest first."""
    for visit in reversed(record.visits[-MOST_VISITS:]):
        yield Visited(
            at=visit.at,
            headlines=_headlines(visit),
            new=visit.new_headlines,
            articles=visit.new_articles,
            failed=visit.failed + visit.refused,
            failures=", ".join(f"{harmless(kind)} {n:,}" for kind, n in visit.failures.items()),
            trouble=visit.list_reason or (visit.list_trouble.value if visit.list_trouble else None),
        )


def _headlines(visit: Visit) -> str:
    if not visit.is_of_list:
        return "list not asked for"
    if visit.list_pages and visit.list_pages == visit.unchanged_lists:
        return "as before"
    return f"{visit.headlines:,}"
