"""Fetches a list page, robots.txt and the doors that they name, for `backfile add`.

With the manners and guards of a crawl, and bounded: a handful of doors, one page of each, and of
an index or a counted list one page more. Pages are read in a process of their own. What is found
is only shown here; `crawler.doors` chooses.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin

from scrapy import Spider
from scrapy.http import Request, Response
from twisted.python.failure import Failure

from archive.errors import FetchError
from archive.records import Claim, Door, DoorKind, ListPage, PageKind
from crawler.clock import Clock, utc
from crawler.doors import View
from crawler.extract.doors.finding import find_doors
from crawler.extract.doors.forms import sniff
from crawler.extract.page import decide_encoding, parse_page
from crawler.items import Fetched
from crawler.politeness import LONGEST_ROBOTS
from crawler.readers import Readers, Unreadable
from crawler.run import ALONE, Network, Process
from crawler.spiders.headlines import header_map, reason_of

# Doors that are looked behind. Pages name two or three; the rest are languages and sections.
MOST_DOORS = 8


def look(url: str, *, network: Network) -> tuple[View, ...]:
    """Look at a list page and its doors; gives a view of each, the page's first.

    Raises:
        FetchError: the page could not be had, with the reason.

    """
    spider = Process(network.settings() | dict(ALONE)).run(LookSpider, url=url)
    if spider.own not in spider.views:
        raise FetchError(f"{url}: {spider.reason or 'nothing came'}")
    return tuple(spider.views[d] for d in (spider.own, *spider.doors) if d in spider.views)


class LookSpider(Spider):
    """Fetches a page and its doors into `views`; no spider of the project's own list."""

    name = "look"

    def __init__(self, *, url: str, clock: Clock = utc) -> None:
        super().__init__()
        self.clock = clock
        self.url = url
        self.reason: str | None = None
        self.own = Door(kind=DoorKind.LIST, url=url)
        self.doors: tuple[Door, ...] = ()
        self.views: dict[Door, View] = {}
        self.fetched: Fetched | None = None
        self.readers = Readers(1)

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the page."""
        yield Request(self.url, callback=self.read_page, errback=self.note)

    def closed(self, reason: str) -> None:  # noqa: ARG002 - Scrapy's signature
        """End the reader."""
        self.readers.close()

    async def read_page(self, response: Response) -> AsyncIterator[Request]:
        """Read the page itself, then ask for robots.txt."""
        if response.status >= 400:
            self.reason = f"the server answers {response.status}"
            return
        self.fetched = fetched = as_fetched(response, now=self.clock())
        self.views[self.own] = view = await self.view(self.own, fetched)
        for request in self.ask_deeper(self.own, view):
            yield request
        yield Request(
            urljoin(response.url, "/robots.txt"),
            callback=self.read_robots,
            errback=self.do_without_robots,
            # What says who may go where may always be read.
            meta={"dont_obey_robotstxt": True},
        )

    async def read_robots(self, response: Response) -> AsyncIterator[Request]:
        """Find the doors, and ask for them."""
        robots = response.body[:LONGEST_ROBOTS].decode("utf-8", "replace")
        async for request in self.ask(robots if response.status < 400 else None):
            yield request

    async def do_without_robots(self, _failure: Failure) -> AsyncIterator[Request]:
        """Find the doors that the page alone names, and ask for them."""
        async for request in self.ask(None):
            yield request

    async def ask(self, robots: str | None) -> AsyncIterator[Request]:
        """Ask for each door; what stands in the page itself is there already."""
        fetched = self.fetched
        if fetched is None or sniff(fetched.body):
            return
        page = parse_page(
            fetched.body,
            url=fetched.url,
            captured_at=fetched.captured_at,
            encoding=decide_encoding(fetched.body, headers=fetched.headers),
        )
        self.doors = find_doors(page, robots=robots)
        for door in self.doors[MOST_DOORS:]:
            self.views[door] = View(door=door, reason=f"not looked at: {MOST_DOORS} are enough")
        for door in self.doors[:MOST_DOORS]:
            if door.url == fetched.url:
                self.views[door] = await self.view(door, fetched)
                continue
            yield Request(
                door.url,
                callback=self.read_door,
                errback=self.note_door,
                cb_kwargs={"door": door},
            )

    async def read_door(self, response: Response, door: Door) -> AsyncIterator[Request]:
        """Read a door's newest page, and ask for one more where it says where to look."""
        self.views[door] = view = await self.view(door, as_fetched(response, now=self.clock()))
        for request in self.ask_deeper(door, view):
            yield request

    def ask_deeper(self, door: Door, view: View) -> Iterator[Request]:
        """Ask for the oldest page of a counted list, or the newest part of an index."""
        page = view.page
        deeper = page and (page.last or (page.parts[0].url if page.parts else None))
        if deeper:
            yield Request(
                deeper,
                callback=self.read_deeper,
                errback=self.note_nothing,
                cb_kwargs={"door": door},
            )

    async def read_deeper(self, response: Response, door: Door) -> None:
        """Add what `ask_deeper` asked for to what was seen of the door."""
        deep = (await self.view(door, as_fetched(response, now=self.clock()))).page
        view = self.views[door]
        if deep is None or view.page is None:
            return
        if view.page.parts:
            whole = replace(view.page, headlines=deep.headlines)
            self.views[door] = replace(view, page=whole)
        else:
            self.views[door] = replace(view, deep=deep)

    async def view(self, door: Door, fetched: Fetched) -> View:
        """Read what came as what the door is to be."""
        if fetched.status >= 400:
            return View(door=door, reason=f"the server answers {fetched.status}")
        try:
            page = await self.readers.read_list(replace(fetched, door=door.kind))
        except Unreadable as error:
            return View(door=door, reason=str(error))
        return View(door=actual(door, fetched), page=page, reason=lacking(page, door))

    def note(self, failure: Failure) -> None:
        """Keep why the page did not come."""
        self.reason = reason_of(failure.value) if failure.value else None

    def note_door(self, failure: Failure) -> None:
        """Keep why a door did not open."""
        door = failure.request.cb_kwargs["door"]  # type: ignore[attr-defined]  # Scrapy adds it
        reason = reason_of(failure.value) if failure.value else "nothing came"
        self.views[door] = View(door=door, reason=reason)

    def note_nothing(self, _failure: Failure) -> None:
        """Leave a view as it is where its second page did not come."""


def actual(door: Door, fetched: Fetched) -> Door:
    """Give the door as the kind that it turned out to be: a seed may be a feed itself."""
    form = sniff(fetched.body)
    return replace(door, kind=form.kind) if form else door


def lacking(page: ListPage, door: Door) -> str | None:
    """Say what keeps a page that came from being a list."""
    if page.headlines or page.parts:
        return None
    if page.needs_javascript:
        return "its list is drawn by a script"
    return "no headlines" if door.kind is DoorKind.LIST else f"no {door.kind}, or an empty one"


def as_fetched(response: Response, *, now: datetime) -> Fetched:
    """Give what came as the readers take it."""
    claim = Claim(id=0, url=response.url, kind=PageKind.LIST, source_id=None, attempts=1, serial=0)
    return Fetched(
        claim=claim,
        url=response.url,
        status=response.status,
        headers=header_map(response),
        body=response.body,
        captured_at=now,
    )
