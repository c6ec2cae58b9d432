"""Asks sites for the pages of headlines without a link: for `backfile resolve`, and for a job.

With the manners and guards of a crawl: robots.txt, a pause between two requests to one host, and at
most MOST_REQUESTS to one site. One site's doors are opened one after the other, and no further
than there is something left to find; different sites are asked side by side. What comes is read in
a process of its own and gathered here; `crawler.resolve` decides whom to ask, `archive.matching`
what is an answer.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from urllib.parse import urljoin

from scrapy import Spider
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from archive.errors import BackfileError
from archive.held import StoredHeadline
from archive.records import Door, DoorKind, Headline, ListPage
from crawler import resolve
from crawler.clock import Clock, utc
from crawler.extract.doors.finding import find_doors
from crawler.extract.doors.forms import sniff
from crawler.extract.page import decide_encoding, parse_page
from crawler.items import Fetched
from crawler.looking import as_fetched
from crawler.politeness import LONGEST_ROBOTS
from crawler.readers import Readers, Unreadable
from crawler.resolve import Plan, Visit
from crawler.run import ALONE, Network, Process
from crawler.spiders.headlines import reason_of

# To one site in one run, robots.txt and all: at a second each, half a minute.
MOST_REQUESTS = 30

Tell = Callable[[str], None]


@dataclass(slots=True, kw_only=True)
class Asked:
    """What asking one site brought."""

    visit: Visit
    found: list[Headline] = field(default_factory=list)
    """Headlines with links."""
    done: set[int] = field(default_factory=set)
    """Ids of the headlines for which the site was asked all that it can be."""
    requests: int = 0
    problem: str | None = None
    """Why the site could not be asked at all."""

    @property
    def bounded(self) -> bool:
        """Whether no further request may be made."""
        return self.requests >= MOST_REQUESTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What asking every site brought."""

    sites: tuple[Asked, ...]
    signal: int | None = None
    """The signal that ended it before it was done."""

    @property
    def found(self) -> tuple[Headline, ...]:
        """Headlines with links, of all sites."""
        return tuple(each for asked in self.sites for each in asked.found)

    @property
    def lookups(self) -> tuple[tuple[int, str], ...]:
        """What need not be asked again today: a headline's id, and the site."""
        return tuple((each, asked.visit.key) for asked in self.sites for each in asked.done)


def ask(plan: Plan, *, network: Network, tell: Tell) -> Answers:
    """Ask the sites of a plan; `tell` gets a line for each.

    Raises:
        BackfileError: the run ended early by a fault of our own.

    """
    process = Process(network.settings() | dict(ALONE))
    spider = process.run(AskSpider, visits=plan.visits, tell=tell)
    return answers_of(spider, process.signal)


async def ask_within(
    process: Process, plan: Plan, *, tell: Tell, clock: Clock, longest: timedelta
) -> Answers:
    """Ask the sites of a plan in the reactor that runs; for no longer than `longest`.

    Raises:
        BackfileError: the run ended early by a fault of our own.

    """
    bound = {"CLOSESPIDER_TIMEOUT": longest.total_seconds()}
    asking = process.prepared(AskSpider, {**ALONE, **bound})
    await process.visit(asking, visits=plan.visits, tell=tell, clock=clock)
    return answers_of(process.ended(asking, AskSpider), process.signal)


def answers_of(spider: "AskSpider", signal: int | None) -> Answers:
    """Gather what a spider that is done has brought. Raises BackfileError for a fault of it."""
    if spider.task is not None and spider.task.done() and not spider.task.cancelled():
        fault = spider.task.exception()
        if fault is not None:
            raise BackfileError(f"asking ended early: {type(fault).__name__}: {fault}") from fault
    return Answers(sites=tuple(spider.asked), signal=signal)


class AskSpider(Spider):
    """Asks sites; no spider of the project's own list."""

    name = "ask"

    def __init__(self, *, visits: Iterable[Visit], tell: Tell, clock: Clock = utc) -> None:
        super().__init__()
        self.clock = clock
        self.asked = [Asked(visit=visit) for visit in visits]
        self.tell = tell
        self.requests: asyncio.Queue[Request | None] = asyncio.Queue()
        self.task: asyncio.Task[None] | None = None
        self.readers = Readers(1)

    async def start(self) -> AsyncIterator[Request]:
        """Yield the requests that the visits make, until all are done."""
        self.task = asyncio.ensure_future(self.ask_all())
        while (request := await self.requests.get()) is not None:
            yield request

    def closed(self, reason: str) -> None:  # noqa: ARG002 - Scrapy's signature
        """End what is under way, and the reader."""
        if self.task is not None:
            self.task.cancel()
        self.readers.close()

    async def ask_all(self) -> None:
        """Ask every site, side by side."""
        try:
            await asyncio.gather(*map(self.ask_site, self.asked))
        finally:
            self.requests.put_nowait(None)

    async def ask_site(self, asked: Asked) -> None:
        """Look at a site's page, then open its doors one after the other."""
        visit = asked.visit
        page = await self.look(asked)
        if page is None:
            self.tell(f"backfile: {visit.key}: {asked.problem}")
            return
        for door in await self.doors(asked, page):
            left = resolve.unanswered(visit.headlines, asked.found)
            if not left or asked.bounded:
                break
            await self.open(asked, door, left)
        left = resolve.unanswered(visit.headlines, asked.found)
        if not asked.bounded:
            asked.done = {held.id for held in visit.headlines}
        # What was found need not be asked for again, whatever else could not be.
        asked.done |= {held.id for held in visit.headlines} - {held.id for held in left}
        told = f"{len(visit.headlines) - len(left)} of {len(visit.headlines)} found"
        self.tell(f"backfile: {visit.key}: {told} in {asked.requests} requests")

    async def look(self, asked: Asked) -> Fetched | None:
        """Fetch the page that a site is known by, and read it as a list."""
        page = await self.get(asked, asked.visit.site.url)
        if page is None:
            return None
        if page.status >= 400:
            asked.problem = f"the server answers {page.status}"
            # A page that is not there, or not for us, will not be there in an hour.
            if page.status < 500:
                asked.done = {held.id for held in asked.visit.headlines}
            return None
        await self.read(asked, page, None)
        return page

    async def doors(self, asked: Asked, page: Fetched) -> tuple[Door, ...]:
        """Find the doors of a site, by its page and robots.txt, or else by its home page."""
        robots = await self.get(asked, urljoin(page.url, "/robots.txt"), robots=True)
        told = None
        if robots is not None and robots.status < 400:
            told = robots.body[:LONGEST_ROBOTS].decode("utf-8", "replace")
        known = asked.visit.site.door
        doors = resolve.doors_to_ask((*doors_of(page, told), *((known,) if known else ())))
        home = urljoin(page.url, "/")
        if doors or page.url == home:
            return doors
        front = await self.get(asked, home)
        if front is None or front.status >= 400:
            return ()
        await self.read(asked, front, None)
        return resolve.doors_to_ask(doors_of(front, told))

    async def open(self, asked: Asked, door: Door, left: Iterable[StoredHeadline]) -> None:
        """Open one door: a list as it is, an index near the days, a search for each headline."""
        if door.kind is DoorKind.WORDPRESS:
            await self.search(asked, door, left)
            return
        page = await self.fetch_list(asked, door.url, door.kind)
        if page is None or not page.parts:
            return
        for part in resolve.parts_near(page.parts, resolve.days_of(left)):
            if not asked.bounded:
                await self.fetch_list(asked, part.url, door.kind)

    async def search(self, asked: Asked, door: Door, left: Iterable[StoredHeadline]) -> None:
        """Ask WordPress for each headline by its words: its interface, or the site's own search."""
        interface = True
        for held in left:
            words = resolve.search_words(held.headline)
            if not words:
                asked.done.add(held.id)
                continue
            if interface and not asked.bounded:
                url = resolve.interface_search(door.url, words)
                interface = await self.fetch_list(asked, url, door.kind) is not None
            if not interface and not asked.bounded:
                await self.fetch_list(asked, resolve.site_search(door.url, words), None)
            if asked.bounded:
                return
            asked.done.add(held.id)

    async def fetch_list(self, asked: Asked, url: str, kind: DoorKind | None) -> ListPage | None:
        """Fetch and read a list; None where none came: an error, or something else in its place."""
        fetched = await self.get(asked, url)
        if fetched is None or fetched.status >= 400:
            return None
        form = sniff(fetched.body)
        if kind is not None and (form is None or form.kind is not kind):
            return None
        return await self.read(asked, fetched, kind)

    async def read(self, asked: Asked, fetched: Fetched, kind: DoorKind | None) -> ListPage | None:
        """Read what came, and gather its headlines with links."""
        try:
            page = await self.readers.read_list(replace(fetched, door=kind))
        except Unreadable:
            return None
        visit = asked.visit
        asked.found += resolve.as_candidates(page.headlines, site=visit.key, name=visit.site.name)
        return page

    async def get(self, asked: Asked, url: str, *, robots: bool = False) -> Fetched | None:
        """Fetch a page; None where nothing came. What says who may go where may always be read."""
        asked.requests += 1
        came: asyncio.Future[Fetched | None] = asyncio.get_running_loop().create_future()

        def keep(response: Response) -> None:
            came.set_result(as_fetched(response, now=self.clock()))

        def note(failure: Failure) -> None:
            asked.problem = reason_of(failure.value) if failure.value else "nothing came"
            came.set_result(None)

        meta = {"dont_obey_robotstxt": True} if robots else {}
        self.requests.put_nowait(Request(url, callback=keep, errback=note, meta=meta))
        return await came


def doors_of(fetched: Fetched, robots: str | None) -> tuple[Door, ...]:
    """Find the doors of a page; what is a feed or the like itself is one, and names none."""
    form = sniff(fetched.body)
    if form:
        return (Door(kind=form.kind, url=fetched.url),) if form.kind is DoorKind.WORDPRESS else ()
    page = parse_page(
        fetched.body,
        url=fetched.url,
        captured_at=fetched.captured_at,
        encoding=decide_encoding(fetched.body, headers=fetched.headers),
    )
    return find_doors(page, robots=robots)
