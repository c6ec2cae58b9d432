"""Shows on stderr how a crawl goes: live lines on a terminal, plain ones elsewhere.

On a terminal a bar is over what is known to be left, and below it each source has its own line.
Reads the spider's tally and the frontier; changes nothing.
"""

import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from archive.health import length
from archive.terminal import cut, harmless

if TYPE_CHECKING:
    from rich.progress import Progress as Display
    from scrapy.crawler import Crawler

    from crawler.accounts import Account
    from crawler.spiders.headlines import HeadlinesSpider

# Seconds between two looks at the frontier; one look counts rows.
LIVE_EVERY = 0.5
PLAIN_EVERY = 10.0
# Between two looks at what is left of each source: one look counts rows for each that is shown.
LEFT_EVERY = 5.0
# Sources that have a line of their own, those with the latest news; a screen has some 24 lines.
SOURCES_SHOWN = 8
NAME_LENGTH = 24


class Progress:
    """A Scrapy extension; off where `BACKFILE_PROGRESS` is false."""

    def __init__(self, *, live: bool) -> None:
        self.live = live
        self.display: Display | None = None
        self.started = self.shown = time.monotonic()
        self.names: dict[int, str] = {}
        self.pages: dict[int, int] = {}
        """Of each source, when it was last shown: who has more now is at work."""
        self.left: dict[int, int] = {}
        self.left_at = self.started - LEFT_EVERY

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

    def opened(self, spider: "HeadlinesSpider") -> None:
        """Begin the display."""
        if self.live:
            self.names = {each.id: each.name or each.url for each in spider.archive.sources()}
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
        lines = (line, *self.source_lines(spider))
        self.display.update(
            self.display.task_ids[0],
            description="\n".join(lines),
            completed=settled,
            total=settled + waiting,
        )

    def source_lines(self, spider: "HeadlinesSpider") -> Iterator[str]:
        """Say how it goes with the sources that are at work, and how long each will still take."""
        accounts, now = spider.tally.accounts, time.monotonic()
        busy = sorted(
            accounts, key=lambda key: (accounts[key].settled - self.pages.get(key, 0), key)
        )[-SOURCES_SHOWN:]
        if len(accounts) < 2:
            return
        if now - self.left_at >= LEFT_EVERY:
            self.left_at = now
            self.left = {key: spider.waiting_of(key) for key in busy}
        for key in sorted(busy):
            name = cut(harmless(self.names.get(key, str(key))), NAME_LENGTH)
            seconds, left = now - self.started, self.left.get(key)
            yield account_line(name, accounts[key], seconds, left, now=spider.clock())
        self.pages = {key: accounts[key].settled for key in accounts}

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


def account_line(
    name: str, account: "Account", seconds: float, left: int | None, *, now: datetime
) -> str:
    """Say in one line how it goes with a source; `left` pages of it wait, None if not known."""
    visit = account.visit(now)
    rate = account.settled / seconds if seconds > 0 else 0.0
    line = (
        f"  {name}: {visit.pages} pages, {visit.new_articles} new, "
        f"{visit.changed_articles} changed, {visit.unchanged_articles} unchanged, "
        f"{visit.failed + visit.refused} failed, {rate:.1f}/s"
    )
    if left and rate:
        return f"{line}, {length(timedelta(seconds=left / rate))} left"
    return line


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
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True),
        transient=True,
    )
