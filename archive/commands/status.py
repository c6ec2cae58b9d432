"""The command `status`: the archive at a glance, and how each of its sources stands.

It prints what `archive.health` judges and judges nothing itself.
"""

import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.console import archive_option, examples, json_options, print_json
from archive.layout import INDENT, columns, short_date
from archive.store import Archive
from archive.terminal import cells, counted, cut, harmless, wrap_text

if TYPE_CHECKING:
    from archive.crawls import Crawl, Record
    from archive.export import Record as Row
    from archive.health import Health, Visit
    from archive.held import SourceSummary

# Crawls of a source that its history shows.
SHOWN = 10
# From nothing new to the most of those shown; and a crawl whose list could not be read.
LEVELS, NOTHING, TROUBLE = "▂▃▄▅▆▇█", "▁", "×"
PLAIN_TROUBLE = "x"
# Columns that a source's name has at least, however narrow the terminal.
LEAST_NAME = 12
# How a source stands that is not judged, for it is not visited.
PAUSED, IMPORTED = "paused", "imported"
UNRECORDED = "no crawl of it is on record yet; the next one leaves a record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A source with what is remembered of its crawls, and how it stands."""

    summary: "SourceSummary"
    record: "Record"
    health: "Health | None"
    """None where it is not visited: paused, or imported."""

    @property
    def state(self) -> str:
        """How it stands, in one word."""
        if self.health is not None:
            return self.health.state.value
        return IMPORTED if self.summary.is_imported else PAUSED

    @property
    def last(self) -> "Visit | None":
        """Its last visit."""
        return next((v for v in reversed(self.record.visits) if v.is_of_list), None)


@click.command(
    epilog=examples(
        "backfile status",
        "backfile status --json",
    )
)
@json_options
@archive_option
def status(*, as_json: bool, as_jsonl: bool, archive: Path) -> None:
    """Show the archive at a glance: how much is held, what failed, how each source stands.

    A source is compared with what it brought before: `fewer` headlines than ever, `undated` all at
    once, `walled`, `dead` (its list failed for days), `quiet` for longer than its rhythm. Below
    what is not well stands what can be done about it.
    """
    from archive import display

    with Archive.open(archive, read_only=True) as opened:
        held, last = opened.status(), opened.last_crawl()
        standings = standings_of(opened, now=datetime.now(UTC))
    if as_json or as_jsonl:
        from archive import export

        row = export.status(held) | {
            "last_crawl": crawl_row(last) if last else None,
            "source_health": [standing_row(each) for each in standings],
        }
        print_json([row], by_line=as_jsonl)
        return
    for lines in (
        display.status(held, folder=str(archive)),
        crawl_lines(last, is_running=held.held_by is not None),
        standing_lines(standings, width=columns(), unicode=is_utf8()),
    ):
        for line in lines:
            click.echo(line)


def standings_of(archive: Archive, *, now: datetime) -> tuple[Standing, ...]:
    """Judge every source that is visited, in the order in which they were added."""
    summaries = archive.source_summaries()
    records = archive.crawl_records(each.source.id for each in summaries)
    return tuple(
        Standing(
            summary=each,
            record=records[each.source.id],
            health=health_of(each, records[each.source.id], now),
        )
        for each in summaries
    )


def health_of(summary: "SourceSummary", record: "Record", now: datetime) -> "Health | None":
    """Say how a source stands; None where it is not visited."""
    if summary.source.paused or summary.is_imported:
        return None
    health = record.judged(now)
    if summary.last_visit is not None and not record.visits:
        return replace(health, reason=UNRECORDED)
    return health


def is_utf8() -> bool:
    """Tell whether what is printed may be drawn in characters beyond ASCII."""
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")


def crawl_lines(last: "Crawl | None", *, is_running: bool) -> Iterator[str]:
    """Say when the last crawl was, how it ended and what it did."""
    if last is None:
        return
    yield ""
    title = click.style("Last crawl", bold=True)
    ended = last.ended.value if last.ended else "running" if is_running else "killed"
    totals = last.totals
    did = ", ".join(
        (
            counted(totals.pages, "page"),
            counted(totals.articles, "new article"),
            f"{totals.failed} failed",
            f"{totals.bytes / 1_000_000:.1f} MB",
            f"{last.seconds:.0f} s",
        )
    )
    yield f"{title}  {short_date(last.started_at)[:16]} UTC, {ended}: {did}"


def standing_lines(standings: Sequence[Standing], *, width: int, unicode: bool) -> Iterator[str]:
    """Give a line for each source, and below what is not well what can be done about it."""
    if not standings:
        return
    yield ""
    yield click.style("How the sources stand", bold=True)
    table = [row_of(each, unicode=unicode) for each in standings]
    widths = [max(cells(row[n]) for row in table) for n in range(len(table[0]))]
    widths[0] = min(widths[0], max(LEAST_NAME, width - sum(widths[1:]) - 2 * len(widths[1:])))
    for standing, row in zip(standings, table, strict=True):
        padded = [_padded(text, size) for text, size in zip(row, widths, strict=True)]
        colour = colour_of(standing)
        padded[1] = click.style(padded[1], fg=colour) if colour else padded[1]
        yield "  ".join(padded).rstrip()
        for line in _advice(standing, width - len(INDENT)):
            yield INDENT + line


def row_of(standing: Standing, *, unicode: bool) -> tuple[str, ...]:
    """Give a source's line in columns: name, state, last news, the last crawl, history."""
    source, last = standing.summary.source, standing.last
    arrivals = standing.record.arrivals
    figures = ""
    if last is not None:
        figures = f"{found_words(last)}, {last.new_headlines} new, {last.failed} failed"
    address = source.url.removeprefix("https://").removeprefix("http://")
    return (
        harmless(f"{source.id}. {source.name or address}"),
        standing.state,
        f"news {arrivals[-1]:%Y-%m-%d}" if arrivals else "",
        figures,
        history(standing.record.visits, unicode=unicode),
    )


def found_words(visit: "Visit") -> str:
    """Say how many headlines a visit found; of a list that had not changed, that."""
    if visit.headlines or visit.first_page is not None:
        return f"{visit.headlines} found"
    return "not read" if visit.list_trouble else "unchanged"


def history(visits: "Sequence[Visit]", *, unicode: bool) -> str:
    """Draw the new headlines of the last visits, the newest last; figures where that cannot be."""
    shown = [visit for visit in visits if visit.is_of_list][-SHOWN:]
    if not unicode:
        return " ".join(PLAIN_TROUBLE if v.list_trouble else str(v.new_headlines) for v in shown)
    most = max((visit.new_headlines for visit in shown), default=0)
    return "".join(
        TROUBLE if visit.list_trouble else level(visit.new_headlines, most) for visit in shown
    )


def level(count: int, most: int) -> str:
    """Give the bar of a count; by its root, for a first visit brings a hundred times as much."""
    if count <= 0:
        return NOTHING
    return LEVELS[round(math.sqrt(count / max(count, most)) * (len(LEVELS) - 1))]


def colour_of(standing: Standing) -> str | None:
    """Give the colour of a state: red is broken, yellow is to be looked at, dimmed none."""
    if standing.health is None or standing.health.advice is None:
        return None
    return "red" if standing.health.is_broken else "yellow"


def _advice(standing: Standing, width: int) -> Iterator[str]:
    health = standing.health
    if health is None or health.advice is None:
        return
    since = f" (since {health.since:%Y-%m-%d %H:%M} UTC)" if health.since else ""
    yield from wrap_text(harmless(health.reason) + since, width)
    yield from wrap_text(health.advice, width)


def _padded(text: str, size: int) -> str:
    fitted = cut(text, size)
    return fitted + " " * (size - cells(fitted))


def crawl_row(last: "Crawl") -> "Row":
    """Give the last crawl as JSON shows it."""
    return {
        "id": last.id,
        "started_at": last.started_at.isoformat(),
        "ended_at": last.ended_at.isoformat() if last.ended_at else None,
        "ended": last.ended.value if last.ended else None,
        "version": last.version,
        "pages": last.totals.pages,
        "articles": last.totals.articles,
        "failed": last.totals.failed,
        "bytes": last.totals.bytes,
        "seconds": last.seconds,
    }


def standing_row(standing: Standing) -> "Row":
    """Give a source as JSON shows it: how it stands, and its last crawls, the newest last."""
    source, health = standing.summary.source, standing.health
    arrivals, accepted = standing.record.arrivals, standing.record.accepted
    return {
        "id": source.id,
        "name": source.name,
        "url": source.url,
        "state": standing.state,
        "broken": health is not None and health.is_broken,
        "since": health.since.isoformat() if health and health.since else None,
        "reason": health.reason if health else None,
        "advice": health.advice if health else None,
        "accepted_at": accepted.isoformat() if accepted else None,
        "last_new": arrivals[-1].isoformat() if arrivals else None,
        "crawls": [visit_row(visit) for visit in standing.record.visits[-SHOWN:]],
    }


def visit_row(visit: "Visit") -> "Row":
    """Give what one crawl did for a source, as JSON shows it."""
    return {
        "at": visit.at.isoformat(),
        "list_pages": visit.list_pages,
        "unchanged_lists": visit.unchanged_lists,
        "list_trouble": visit.list_trouble.value if visit.list_trouble else None,
        "list_reason": visit.list_reason,
        "headlines": visit.headlines,
        "first_page": visit.first_page,
        "undated": visit.undated,
        "new_headlines": visit.new_headlines,
        "pages": visit.pages,
        "new_articles": visit.new_articles,
        "changed_articles": visit.changed_articles,
        "unchanged_articles": visit.unchanged_articles,
        "first_tries": visit.first_tries,
        "walls": visit.walls,
        "failed": visit.failed,
        "refused": visit.refused,
        "failures": dict(visit.failures),
        "bytes": visit.bytes,
        "seconds": visit.seconds,
    }
