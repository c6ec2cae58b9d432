"""Shows on stderr how a crawl goes: a live line on a terminal, plain lines elsewhere.

Reads the spider's tally and the frontier; changes nothing.
"""

import sys
import time
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

if TYPE_CHECKING:
    from rich.progress import Progress as Display
    from scrapy.crawler import Crawler

    from crawler.spiders.headlines import HeadlinesSpider

# Seconds between two looks at the frontier; one look counts rows.
LIVE_EVERY = 0.5
PLAIN_EVERY = 10.0


class Progress:
    """A Scrapy extension; off where `BACKFILE_PROGRESS` is false."""

    def __init__(self, *, live: bool) -> None:
        self.live = live
        self.display: Display | None = None
        self.started = self.shown = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build and connect.

        Raises:
            NotConfigured: the setting turns the display off.

        """
        if not crawler.settings.getbool("BACKFILE_PROGRESS"):
            raise NotConfigured
        progress = cls(live=sys.stderr.isatty())
        crawler.signals.connect(progress.opened, signal=signals.spider_opened)
        crawler.signals.connect(progress.advanced, signal=signals.item_scraped)
        crawler.signals.connect(progress.closed, signal=signals.spider_closed)
        return progress

    def opened(self) -> None:
        """Begin the display."""
        if self.live:
            self.display = live_display()
            self.display.start()
            self.display.add_task("looking at the lists", total=None)

    def advanced(self, spider: "HeadlinesSpider") -> None:
        """Show the state, not more often than it can be read."""
        now = time.monotonic()
        if now - self.shown < (LIVE_EVERY if self.live else PLAIN_EVERY):
            return
        self.shown = now
        self.show(spider)

    def show(self, spider: "HeadlinesSpider") -> None:
        """Show the state now."""
        line, waiting = state_line(spider), spider.waiting()
        if self.display is None:
            print(f"backfile: {line}, {waiting} waiting", file=sys.stderr, flush=True)  # noqa: T201 - it is the display
            return
        settled = spider.tally.settled
        self.display.update(
            self.display.task_ids[0],
            description=line,
            completed=settled,
            total=settled + waiting,
        )

    def closed(self, spider: "HeadlinesSpider") -> None:
        """End the display; the command prints the summary."""
        if self.display is not None:
            self.show(spider)
            self.display.stop()


def state_line(spider: "HeadlinesSpider") -> str:
    """Say in one line what the crawl has brought so far."""
    tally = spider.tally
    back = f" back to {tally.oldest}" if tally.oldest else ""
    mementos = f", {tally.mementos} of dead links" if tally.mementos else ""
    return (
        f"{tally.list_pages} list pages, {tally.headlines} headlines{back}, "
        f"{tally.stored} articles{mementos}, {tally.failures + tally.refusals} failed"
    )


def live_display() -> "Display":
    """Make the live line: a bar over what is known to be left, with rate and time."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import Progress as Display

    return Display(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True),
        transient=True,
    )
