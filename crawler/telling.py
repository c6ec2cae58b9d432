"""What a crawl says at its end of the sources that it was about: how they stand, and what is news.

`archive.health` judges; here it is asked, put into words, and handed to `crawler.notifying` where
the archive's owner wants to be told.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archive.health import TOLD, Health
from archive.terminal import harmless

if TYPE_CHECKING:
    from archive import Archive


def judged(archive: "Archive", sources: Sequence[int], *, now: datetime) -> dict[int, Health]:
    """Say how each of the sources stands, by its id."""
    records = archive.crawl_records(sources)
    return {source_id: record.judged(now) for source_id, record in records.items()}


def is_any_broken(health: Mapping[int, Health]) -> bool:
    """Tell whether somebody should do something about one of them."""
    return any(each.is_broken for each in health.values())


def health_lines(health: Mapping[int, Health], names: Mapping[int, str]) -> Iterator[str]:
    """Say of the sources that are not well what is wrong, and what can be done."""
    for source_id, each in health.items():
        if each.state in TOLD:
            name = harmless(names.get(source_id, str(source_id)))
            yield f"{each.state.value:<11} {name}: {harmless(each.reason)}"
            yield f"  {each.advice}"


def health_rows(health: Mapping[int, Health]) -> list[dict[str, Any]]:
    """Give the same as JSON shows it, of every source."""
    return [
        {
            "source_id": source_id,
            "state": each.state.value,
            "broken": each.is_broken,
            "since": each.since.isoformat() if each.since else None,
            "reason": each.reason,
            "advice": each.advice,
        }
        for source_id, each in health.items()
    ]
