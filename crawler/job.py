"""One crawl job, from the lock to the notices; prints nothing.

    lock ─▶ choose ─▶ resolve: among what is held ▸ by asking sites ─▶ crawl
         ─▶ health ─▶ saved searches ─▶ tell ─▶ JobEnd

What a command was told comes in as a `Job`, the time too. Sites are asked and crawled in one run
of the reactor; what comes before and after it runs outside, where a signal ends it at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive import Archive
from archive.errors import BackfileError
from archive.health import Health
from archive.watching import WatchReport
from crawler import telling
from crawler.asking import ask_within
from crawler.clock import Clock, utc
from crawler.paging import Bounds
from crawler.planning import Chosen, choose, chosen_lines, pages_left
from crawler.resolve import plan_from
from crawler.run import Process
from crawler.spiders.headlines import HeadlinesSpider
from crawler.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.crawler import Crawler

    from archive.configuration import Configuration
    from archive.held import Resolved

# Headlines without a link that a job looks for among what is held: some milliseconds each.
MOST_RESOLVED = 500
# Sites are asked for no longer than this, and of a job's own time for a quarter at most: a slow
# site must not keep the lists waiting.
LONGEST_ASKING = timedelta(minutes=5)
PART_ASKING = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A crawl as it was ordered."""

    folder: Path
    configuration: "Configuration"
    settings: Mapping[str, Any]
    """Scrapy's, of `crawler.run.crawl_settings`."""
    bounds: Bounds
    named: tuple[str, ...] = ()
    """Sources by number, name or address; none: all that are not paused."""
    every: bool = False
    """Visit every list, however lately it was visited."""
    resolve_most: int = 0
    """Sites are asked for at most so many headlines without a link."""
    has_lookups: bool = True
    """Dead links are looked up in a web archive."""
    clock: Clock = utc
    tell: Callable[[str], None] = lambda _line: None
    """Gets a line for a person of what there is to know before the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolving:
    """What became of headlines without a link, before the crawl."""

    tried: int = 0
    found: int = 0
    """Among what is held."""
    asked: int = 0
    """Headlines for which sites were asked."""
    sites: int = 0
    answered: int = 0
    """Headlines that were found by asking."""
    fault: str | None = None
    """A fault of our own that ended the asking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobEnd:
    """What a job did, and what it found."""

    tally: Tally
    names: Mapping[int, str]
    """Source ▸ what it is called."""
    left: int
    """Pages that are due still."""
    lookups_left: int
    """Dead links that are to be looked up still."""
    resolving: Resolving
    health: Mapping[int, Health]
    watched: tuple[WatchReport, ...]
    untold: tuple[str, ...]
    """What went wrong in telling the owner."""
    signal: int | None
    """The signal that stopped it before it was done; None where it ended by itself."""

    @property
    def exit_code(self) -> int:
        """0 where all is well, 1 where a source is broken or the program was at fault."""
        if self.signal is not None:
            return 128 + self.signal
        is_broken = telling.is_any_broken(self.health) or self.tally.broken_lists
        return 1 if is_broken or self.tally.internal_errors or self.resolving.fault else 0


def run(job: Job, *, process_of: Callable[[Mapping[str, Any]], Process] = Process) -> JobEnd:
    """Do a job, alone with its archive.

    Raises:
        ArchiveError: the archive is missing, held by another job, or cannot be written.
        NotFound: there is no source of a name.
        UsageError: nothing is there to visit of one that is named.
        BackfileError: the crawl ended early.

    """
    with Archive.crawling(job.folder, now=job.clock()) as archive:
        chosen = choose(archive, job.named, every=job.every, now=job.clock())
        for line in chosen_lines(chosen):
            job.tell(line)
        # What it finds is fetched below.
        tried = archive.resolve(
            source_ids=chosen.sources if job.named else None,
            most=MOST_RESOLVED,
            now=job.clock(),
        )
        visits = Visits(job, archive, chosen, process_of(job.settings), resolving_of(tried))
        visits.process.complete(visits.make(tried))
        return conclude(visits)


def resolving_of(tried: "Sequence[Resolved]") -> Resolving:
    """Count what was found among what is held."""
    found = sum(each.resolution.url is not None for each in tried)
    return Resolving(tried=len(tried), found=found)


class Visits:
    """What a job does over the network: it asks sites, then it crawls."""

    def __init__(
        self,
        job: Job,
        archive: Archive,
        chosen: Chosen,
        process: Process,
        resolving: Resolving,
    ) -> None:
        self.job = job
        self.archive = archive
        self.chosen = chosen
        self.process = process
        self.resolving = resolving
        self.crawling: Crawler | None = None

    async def make(self, tried: "Sequence[Resolved]") -> None:
        """Make them, until a signal comes."""
        began = self.job.clock()
        await self.ask([each for each in tried if each.resolution.url is None])
        if self.process.signal is not None:
            return
        # Set before it runs: after a second signal it is never done.
        self.crawling = self.process.prepared(HeadlinesSpider)
        max_time = self.job.bounds.max_time
        if max_time is not None:
            # Not nothing, which would be no bound.
            max_time = max(max_time - (self.job.clock() - began), timedelta.resolution)
        await self.process.visit(
            self.crawling,
            archive=self.archive,
            sources=self.chosen.sources,
            imported=self.chosen.imported,
            visit=self.chosen.visit,
            max_pages=self.job.bounds.max_pages,
            since=self.job.bounds.since,
            max_time=max_time,
            clock=self.job.clock,
        )

    async def ask(self, still_open: "Sequence[Resolved]") -> None:
        """Ask sites for headlines that are open still; what is found is fetched by the crawl."""
        job, most = self.job, self.job.resolve_most
        plan = plan_from(self.archive, still_open, most=most, now=job.clock())
        if not plan.visits:
            return
        bound = job.bounds.max_time
        longest = LONGEST_ASKING if bound is None else min(LONGEST_ASKING, bound / PART_ASKING)
        self.resolving = replace(self.resolving, asked=plan.headlines, sites=len(plan.visits))
        try:
            answers = await ask_within(
                self.process, plan, tell=job.tell, clock=job.clock, longest=longest
            )
        except BackfileError as error:
            # The lists are visited all the same; the job's end tells of it.
            self.resolving = replace(self.resolving, fault=str(error))
            return
        done = self.archive.resolve(
            headline_ids=plan.headline_ids, candidates=answers.found, now=job.clock()
        )
        self.archive.note_lookups(answers.lookups, now=job.clock())
        self.resolving = replace(self.resolving, answered=resolving_of(done).found)

    @property
    def tally(self) -> Tally:
        """What the crawl counted; nothing where there was none. Raises BackfileError."""
        if self.crawling is None:
            return Tally()
        return self.process.ended(self.crawling, HeadlinesSpider).tally


def conclude(visits: Visits) -> JobEnd:
    """Judge the sources, run the saved searches, and tell what is news."""
    job, archive, signal = visits.job, visits.archive, visits.process.signal
    tally, sources, now = visits.tally, visits.chosen.sources, job.clock()
    health = telling.judged(archive, sources, now=now)
    # Who stops a crawl by a signal waits neither for saved searches nor for a mail server: the
    # next one tells what there is.
    watched = archive.run_watches(now=now) if not signal else ()
    untold = (
        telling.tell(archive, health, watched, job.configuration, now=now) if not signal else ()
    )
    return JobEnd(
        tally=tally,
        names={source.id: source.name or source.url for source in archive.sources()},
        left=pages_left(archive, sources, now=now),
        lookups_left=archive.mementos.due(now=now) if job.has_lookups else 0,
        resolving=visits.resolving,
        health=health,
        watched=watched,
        untold=untold,
        signal=signal,
    )
