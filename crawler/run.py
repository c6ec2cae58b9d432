"""Starts Scrapy for a command and waits for its end.

One run for each process: Twisted's reactor does not start twice. In one run several crawls may
follow each other, each with settings of its own.
"""

import asyncio
import logging
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

import click
from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Request, Response
from scrapy.settings import Settings

import crawler.settings
from archive.errors import BackfileError, FetchError
from archive.records import Claim, PageKind
from crawler.clock import Clock, utc
from crawler.items import Fetched
from crawler.jsonlog import STDERR
from crawler.spiders.headlines import header_map, reason_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from twisted.python.failure import Failure


# Scrapy's words for a crawl that was done, one that a signal stopped, and one whose time was up.
ORDERLY = frozenset({"finished", "shutdown", "closespider_timeout"})

STOPPING = "backfile: stopping once all is safe; again stops at once, and the next crawl goes on"

# Of a spider that hands its pages to its caller: nothing is stored or shown, politeness stays.
ALONE: Mapping[str, object] = MappingProxyType(
    {"ITEM_PIPELINES": {}, "EXTENSIONS": {"crawler.politeness.Politeness": 600}}
)

S = TypeVar("S", bound=Spider)


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How to behave towards the network, as a command was told; None leaves the setting."""

    contact: str | None = None
    delay: float | None = None
    allow_private: bool = False
    hosts: Mapping[str, str] = field(default_factory=dict)
    credentials: Path | None = None
    """A file of headers by host; see `crawler.credentials`."""
    verbose: bool = False

    def settings(self) -> dict[str, Any]:
        """Give the Scrapy settings that follow."""
        changed: dict[str, Any] = {
            "BACKFILE_ALLOW_PRIVATE": self.allow_private,
            "BACKFILE_HOSTS": dict(self.hosts),
            "BACKFILE_CREDENTIALS": str(self.credentials) if self.credentials else None,
        }
        if self.contact:
            changed["USER_AGENT"] = crawler.settings.user_agent(self.contact)
        if self.delay is not None:
            changed |= {
                "DOWNLOAD_DELAY": self.delay,
                "AUTOTHROTTLE_START_DELAY": self.delay,
                # Someone who sets no pause at all means it: on their own machine.
                "AUTOTHROTTLE_ENABLED": self.delay > 0,
            }
        if self.verbose:
            changed["LOG_LEVEL"] = "INFO"
        return changed


@dataclass(frozen=True, slots=True, kw_only=True)
class WebArchive:
    """Where dead links are looked up, as a command was told; None leaves the setting."""

    is_asked: bool = True
    timegate: str | None = None
    delay: float | None = None
    most: int | None = None

    def settings(self) -> dict[str, Any]:
        """Give the Scrapy settings that follow."""
        changed = {
            "BACKFILE_MEMENTOS": None if self.is_asked else False,
            "BACKFILE_TIMEGATE": self.timegate,
            "BACKFILE_MEMENTO_DELAY": self.delay,
            "BACKFILE_MEMENTO_MOST": self.most,
        }
        return {name: value for name, value in changed.items() if value is not None}


def crawl_settings(
    *,
    network: Network,
    web_archive: WebArchive,
    captures: bool = True,
    reserve: int | None = None,
    budget: int | None = None,
    progress: bool = True,
    log: str | None = None,
    others: Mapping[str, object] = MappingProxyType({}),
) -> dict[str, Any]:
    """Give the Scrapy settings of a crawl into an archive.

    `reserve` and `budget` are megabytes: left free on the disk, and taken by the archive; None
    leaves the settings. `log` is a file for a log of JSON lines, `-` stderr. `others` are settings
    as Scrapy names them.
    """
    bounds_of_disk = {"BACKFILE_RESERVE_MB": reserve, "BACKFILE_BUDGET_MB": budget}
    return (
        dict(others)
        | network.settings()
        | web_archive.settings()
        | {"BACKFILE_PROGRESS": progress, "BACKFILE_CAPTURES": captures, "BACKFILE_JSON_LOG": log}
        # On stderr nothing else may stand between the lines of the log.
        | ({"LOG_ENABLED": False} if log == STDERR else {})
        | {name: size for name, size in bounds_of_disk.items() if size is not None}
    )


def fetch(url: str, *, network: Network) -> Fetched:
    """Fetch one page, with the same manners and guards as a crawl.

    Raises:
        FetchError: nothing came, with the reason.

    """
    spider = Process(network.settings() | dict(ALONE)).run(PageSpider, url=url)
    if spider.page is None:
        raise FetchError(f"{url}: {spider.reason or 'nothing came'}")
    return spider.page


class Process(AsyncCrawlerProcess):
    """Runs spiders, and remembers the signal that stopped them, for the exit code."""

    signal: int | None = None
    is_killed = False
    """A second signal came: what runs is left as it is."""

    def __init__(self, changed: Mapping[str, Any]) -> None:
        super().__init__(project_settings(changed))
        self.changed = changed
        # A robots.txt that could not be had shows in what becomes of its host's pages.
        logging.getLogger("scrapy.downloadermiddlewares.robotstxt").setLevel(logging.CRITICAL)

    def run(self, spider: type[S], **arguments: Any) -> S:
        """Run one spider to its end, with Ctrl-C and SIGTERM ending it cleanly; gives the spider.

        An exception in the spider's construction is raised here.
        """
        crawling = self.prepared(spider)
        self.complete(self.visit(crawling, **arguments))
        return self.ended(crawling, spider)

    def complete(self, work: Coroutine[Any, Any, None]) -> None:
        """Run the reactor until `work` is done, or a signal has stopped it; raises what it raised.

        `work` looks at `signal` between two crawls. Once for each process.
        """
        task = asyncio.get_event_loop().create_task(work)
        # What runs besides Scrapy's own crawls is waited for as these are.
        self._active.add(task)
        task.add_done_callback(self._active.discard)
        self.start()
        if task.done() and not task.cancelled():
            task.result()

    def prepared(
        self, spider: type[Spider], changed: Mapping[str, Any] = MappingProxyType({})
    ) -> Crawler:
        """Give a crawl that has not begun; `changed` are settings of its own."""
        return Crawler(spider, project_settings({**self.changed, **changed}))

    async def visit(self, crawling: Crawler, **arguments: Any) -> None:
        """Run a crawl to its end, in the reactor that runs."""
        await self.crawl(crawling, **arguments)

    def ended(self, crawling: Crawler, spider: type[S]) -> S:
        """Give the spider of a crawl that is over.

        Raises:
            BackfileError: it ended early, by a fault of the archive's or our own.

        """
        if not isinstance(crawling.spider, spider):
            raise BackfileError("the crawl ended before it began; --verbose says more")
        fatal = getattr(crawling.spider, "fatal", None)
        if fatal is not None:
            raise fatal
        if self.signal is not None:
            return crawling.spider
        reason = crawling.stats.get_value("finish_reason") if crawling.stats else None
        if reason not in ORDERLY:
            raise BackfileError(f"the crawl ended early ({reason}); --verbose says more")
        return crawling.spider

    async def stop(self) -> None:
        """End the crawls, and wait for what follows them; a second signal waits for nothing."""
        await super().stop()
        if not self.is_killed:
            await self.join()

    def _signal_kill(self, signum: int, frame: FrameType | None) -> None:
        self.is_killed = True
        super()._signal_kill(signum, frame)

    def _signal_shutdown(self, signum: int, frame: FrameType | None) -> None:
        self.signal = signum
        from twisted.internet import reactor

        # Printed by the reactor: what the signal interrupted may be printing itself.
        if self.settings["BACKFILE_JSON_LOG"] != STDERR:
            reactor.callFromThread(click.echo, STOPPING, err=True)
        super()._signal_shutdown(signum, frame)


def project_settings(changed: Mapping[str, Any]) -> Settings:
    """Give the project's settings with `changed` over them, wherever the command is run."""
    settings = Settings()
    settings.setmodule(crawler.settings, priority="project")
    settings.setdict(dict(changed), priority="cmdline")
    return settings


class PageSpider(Spider):
    """Fetches one page and keeps it in `page`; no spider of the project's own list."""

    name = "page"

    def __init__(self, *, url: str, clock: Clock = utc) -> None:
        super().__init__()
        self.clock = clock
        self.url = url
        self.page: Fetched | None = None
        self.reason: str | None = None

    async def start(self) -> "AsyncIterator[Request]":
        """Ask for the page."""
        yield Request(self.url, callback=self.keep, errback=self.note)

    def keep(self, response: Response) -> None:
        """Keep what came."""
        claim = Claim(id=0, url=self.url, kind=PageKind.POST, source_id=None, attempts=1, serial=0)
        self.page = Fetched(
            claim=claim,
            url=response.url,
            status=response.status,
            headers=header_map(response),
            body=response.body,
            captured_at=self.clock(),
        )

    def note(self, failure: "Failure") -> None:
        """Keep why nothing came."""
        self.reason = reason_of(failure.value) if failure.value else None
