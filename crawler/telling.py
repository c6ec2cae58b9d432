"""What a job says at its end: what it did, how the sources stand that it was about, what is news.

`archive.health` judges; here it is asked, put into words, and handed to `crawler.notifying` where
the archive's owner wants to be told.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from archive import watching
from archive.health import TOLD, Health, Notice, news_of
from archive.terminal import counted, harmless
from archive.watching import WatchReport
from crawler.reports import resolved_lines, summary_lines, summary_row

if TYPE_CHECKING:
    from archive import Archive
    from archive.configuration import Configuration
    from archive.records import Source
    from crawler.job import JobEnd
    from crawler.notifying import Telling


def end_lines(end: "JobEnd") -> Iterator[str]:
    """Give what a job did and found, for a person."""
    yield from resolved_lines(end.resolving)
    yield from summary_lines(end.tally, end.names, left=end.left, lookups_left=end.lookups_left)
    yield from health_lines(end.health, end.names)


def end_row(end: "JobEnd") -> dict[str, Any]:
    """Give the same as JSON shows it."""
    done = end.resolving
    resolved = {
        "tried": done.tried,
        "found": done.found + done.answered,
        "asked": done.asked,
        "found_by_asking": done.answered,
        "fault": done.fault,
    }
    return summary_row(end.tally, left=end.left, lookups_left=end.lookups_left) | {
        "resolved": resolved,
        "health": health_rows(end.health),
        "watches": [*map(watching.record, end.watched)],
    }


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


def watch_lines(reports: Sequence[WatchReport], *, problems_only: bool) -> Iterator[str]:
    """Say what saved searches found, or only what keeps one from being run."""
    for report in reports:
        if report.problem or (report.is_news and not problems_only):
            yield from watching.lines(report)


def tell(
    archive: "Archive",
    health: Mapping[int, Health],
    watched: Sequence[WatchReport],
    held: "Configuration",
    *,
    now: datetime,
) -> tuple[str, ...]:
    """Tell the owner what is news, by every way that they have configured; gives what went wrong.

    What went out of sources by one way at least is remembered as told; else the next crawl tells
    it. What saved searches found is in their feeds, and told here once.
    """
    # Mail and the web are loaded where somebody wants to be told, only.
    from crawler import notifying

    if not notifying.ways(held):
        return ()
    news = news_of(archive.told(), health)
    found = [report for report in watched if report.is_news]
    if not news and not found:
        return ()
    sources = {source.id: source for source in archive.sources()}
    outcome = notifying.tell(telling_of(str(archive.folder), news, sources, found), held)
    if None in outcome.values():
        archive.note_told({each.source_id: each.health for each in news}, now=now)
    return tuple(f"notify.{way}: {fault}" for way, fault in outcome.items() if fault is not None)


def telling_of(
    folder: str,
    news: Sequence[Notice],
    sources: Mapping[int, "Source"],
    found: Sequence[WatchReport] = (),
) -> "Telling":
    """Put what is news into words and into a record."""
    from crawler.notifying import Telling

    lines = [line for notice in news for line in notice_lines(notice, sources[notice.source_id])]
    lines += watch_lines(found, problems_only=False)
    of_sources = f"news of {counted(len(news), 'source')}"
    if len(news) == 1:
        of_sources = heading(news[0], sources[news[0].source_id])
    hits = sum(report.new for report in found)
    of_watches = f"{counted(hits, 'new hit')} of saved searches"
    subject = "; ".join([of_sources] * bool(news) + [of_watches] * bool(found))
    text = "\n".join((*lines, "", f"archive: {harmless(folder)}"))
    record = {
        "archive": folder,
        "text": text,
        "sources": [notice_row(notice, sources[notice.source_id]) for notice in news],
        "watches": [watching.record(report) for report in found],
    }
    return Telling(subject=f"Backfile: {subject}", text=text, record=record)


def notice_lines(notice: Notice, source: "Source") -> Iterator[str]:
    """Say of one source how it stands now, and what can be done."""
    health = notice.health
    before = f" (it was {notice.before.value})" if notice.is_recovery and notice.before else ""
    yield f"{heading(notice, source)}: {harmless(health.reason)}{before}"
    if health.advice is not None:
        since = f"since {health.since:%Y-%m-%d %H:%M} UTC; " if health.since else ""
        yield f"  {since}{harmless(source.url)}"
        yield f"  {health.advice}"


def heading(notice: Notice, source: "Source") -> str:
    """Say in a few words how a source stands now."""
    again = " again" if notice.is_recovery else ""
    return f"{harmless(source.name or source.url)} is {notice.health.state.value}{again}"


def notice_row(notice: Notice, source: "Source") -> dict[str, Any]:
    """Give the same for programs."""
    health = notice.health
    return {
        "id": source.id,
        "name": source.name,
        "url": source.url,
        "state": health.state.value,
        "before": notice.before.value if notice.before else None,
        "broken": health.is_broken,
        "recovered": notice.is_recovery,
        "since": health.since.isoformat() if health.since else None,
        "reason": health.reason,
        "advice": health.advice,
    }
