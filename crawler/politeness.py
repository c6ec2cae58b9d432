"""How fast each host is asked: what its robots.txt wishes, and what its answers say.

`Manners` decides, given what happened and when; `Politeness` feeds it from Scrapy's signals and
sets the pauses of Scrapy's slots. A host that refuses slows itself, not the crawl.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from scrapy import Spider, signals
from scrapy.http import Request, Response
from scrapy.robotstxt import ProtegoRobotParser

from archive.urls import host
from crawler.clock import Clock, utc

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

# Answers by which a host says that it is asked too often, or that it will not answer such as us.
REFUSALS = frozenset({403, 429, 503})

# A `Crawl-delay` beyond this would keep one list's headlines for weeks; the largest in use are 60.
LONGEST_WISH = 120.0
# Each refusal in a row doubles the pause, from the usual one up to what AutoThrottle may set, too;
# a good answer halves it again: one page that is forbidden is no reason to crawl for a week.
LONGEST_PENALTY = 60.0
FORGIVEN = 0.5
# A robots.txt is read to this length, the least that RFC 9309 asks for: parsed where all downloads
# wait for it, one of 6 MB took 51 s, and each question 3 s more.
LONGEST_ROBOTS = 500 * 1024
# Robots' meta tags, as far into a page as a head goes.
HEAD_BYTES = 100_000
META = re.compile(rb"<meta\b[^>]{1,300}>", re.IGNORECASE)
ROBOTS = re.compile(rb"\bname\s*=\s*[\"']?(?:robots|backfile)\b", re.IGNORECASE)
CONTENT = re.compile(rb"\bcontent\s*=\s*(?:\"([^\"]*)|'([^']*)|([^\s\"'>]+))", re.IGNORECASE)
# Rules that take a value, by their colon: any other word before a colon names whom rules are for.
VALUED = frozenset({"max-image-preview", "max-snippet", "max-video-preview", "unavailable_after"})
# Whom rules are for that hold for us.
FOR_US = frozenset({"", "*", "backfile", "robots"})

# A host that asked for patience without saying how much.
USUAL_PATIENCE = 60.0
# Asked for years, a page is looked at again after as long as the frontier waits at most.
LONGEST_PATIENCE = 7 * 24 * 3600.0


@dataclass(slots=True, kw_only=True)
class Manners:
    """What is known of each host in one crawl."""

    usual: float = 0.0
    """Seconds between two requests to any host; 0 on one's own hosts, which no refusal slows."""
    wishes: dict[str, float] = field(default_factory=dict)
    """Seconds between two requests, by robots.txt."""
    penalties: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Seconds between two requests, by refusals."""
    waits: dict[str, datetime] = field(default_factory=dict)
    """Until when a host has asked not to be asked."""

    def wished(self, of: str, seconds: float | None) -> None:
        """Note a `Crawl-delay`."""
        if seconds:
            self.wishes[of] = min(seconds, LONGEST_WISH)

    def answered(self, of: str, status: int, *, patience: float | None, now: datetime) -> None:
        """Note an answer; `patience` are the seconds of its `Retry-After`."""
        if status not in REFUSALS:
            self.penalties[of] *= FORGIVEN
            return
        self.penalties[of] = min(2 * max(self.pause(of), self.usual), LONGEST_PENALTY)
        if status == 429 or patience is not None:
            self.waits[of] = now + timedelta(seconds=patience or USUAL_PATIENCE)

    def pause(self, of: str) -> float:
        """Give the least seconds between two requests to a host."""
        return max(self.wishes.get(of, 0.0), self.penalties[of])

    def waiting(self, now: datetime) -> Mapping[str, datetime]:
        """Give the hosts that are not to be asked now ▸ until when."""
        return {of: until for of, until in self.waits.items() if until > now}


class Politeness:
    """A Scrapy extension."""

    def __init__(self, crawler: "Crawler") -> None:
        self.crawler = crawler
        # A spider that claims from the frontier leaves hosts alone that have asked for it.
        self.manners: Manners = getattr(crawler.spider, "manners", None) or Manners(
            usual=crawler.settings.getfloat("DOWNLOAD_DELAY")
        )
        self.clock: Clock = getattr(crawler.spider, "clock", utc)
        self.agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build and connect; behind AutoThrottle, whose pauses are only lengthened."""
        made = cls(crawler)
        crawler.signals.connect(made.robots, signal=signals.robots_parsed)
        crawler.signals.connect(made.reached, signal=signals.request_reached_downloader)
        crawler.signals.connect(made.downloaded, signal=signals.response_downloaded)
        return made

    def robots(self, robotparser: "RobotParser", request: Request) -> None:
        """Note what robots.txt wishes."""
        self.manners.wished(named(request.url), robotparser.crawl_delay(self.agent))
        self.lengthen(request)

    def reached(self, request: Request) -> None:
        """Have the pause of a slot that was made anew be as long as before."""
        self.lengthen(request)

    def downloaded(self, response: Response, request: Request) -> None:
        """Note an answer."""
        now = self.clock()
        patience = retry_after(response, now)
        self.manners.answered(named(request.url), response.status, patience=patience, now=now)
        self.lengthen(request)

    def lengthen(self, request: Request) -> None:
        """Make the pause of the request's slot as long as its host is due."""
        engine = self.crawler.engine
        slot = engine.downloader.slots.get(urlsplit(request.url).hostname or "") if engine else None
        if slot is not None:
            slot.delay = max(slot.delay, self.manners.pause(named(request.url)))


def asks_not_to_archive(response: Response) -> bool:
    """Tell whether a page says `noarchive` (or `none`) to robots, in its headers or its head."""
    said = list(response.headers.getlist("X-Robots-Tag"))
    for tag in META.findall(response.body[:HEAD_BYTES]):
        if ROBOTS.search(tag):
            said += [b"".join(match) for match in CONTENT.findall(tag)]
    return any(forbids_archiving(line.decode("latin-1")) for line in said)


def forbids_archiving(rules: str) -> bool:
    """Tell whether a line of rules for robots forbids it to us: `noarchive`, `otherbot: none`.

    A robot's name before rules limits these to it, up to the next name.
    """
    whom = ""
    for part in rules.casefold().split(","):
        name, colon, rest = part.partition(":")
        rule = part
        if colon and name.strip() not in VALUED:
            whom, rule = name.strip(), rest
        if whom in FOR_US and rule.strip() in {"noarchive", "none"}:
            return True
    return False


def named(url: str) -> str:
    """Give the host as the frontier names it."""
    return host(url) or ""


def retry_after(response: Response, now: datetime) -> float | None:
    """Read `Retry-After` (RFC 9110, 10.2.3) as seconds from `now`; None if absent or unreadable.

    Never more than LONGEST_PATIENCE: what a server asks for is not to be a way to be forgotten.
    """
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), LONGEST_PATIENCE)
    try:
        moment = parsedate_to_datetime(value)
        seconds = (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
    except (ValueError, OverflowError):
        return None
    return min(max(0.0, seconds), LONGEST_PATIENCE)


class BoundedRobots(ProtegoRobotParser):
    """Scrapy's parser of robots.txt, for those that are longer than anybody's."""

    def __init__(self, robotstxt_body: bytes, spider: Spider | None) -> None:
        if len(robotstxt_body) > LONGEST_ROBOTS:
            whole_lines = robotstxt_body[:LONGEST_ROBOTS].rfind(b"\n") + 1
            robotstxt_body = robotstxt_body[:whole_lines]
        super().__init__(robotstxt_body, spider)


class Patience:
    """A downloader middleware: what names a time at which to come back is not retried before."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep Scrapy from asking again at once; the frontier's row gets the time."""
        if "Retry-After" in response.headers:
            request.meta["dont_retry"] = True
        return response
