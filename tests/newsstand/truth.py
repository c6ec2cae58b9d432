"""What a reader should find at each address: the answers that tests compare with."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from urllib.parse import urlsplit

from tests.newsstand import designs
from tests.newsstand.misbehaviour import READABLE, article_number
from tests.newsstand.oddities import UNREADABLE, Oddity
from tests.newsstand.pdfs import printable
from tests.newsstand.publishers import AGGREGATOR, PAPERS, PRESS_ROOM, PUBLISHERS, RELEASES, TROUBLE
from tests.newsstand.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a reader of the page should find."""

    kind: Literal["article", "post"]
    url: str
    title: str
    paragraphs: tuple[str, ...]
    """Of a post: of its excerpt."""
    subheads: tuple[str, ...]
    byline: tuple[str, ...]
    published: datetime | date | None
    """None where the page does not say."""
    modified: datetime | None
    publisher: str


def article_truth(world: World, host: str, number: int, url: str | None = None) -> Truth:
    """Give what a reader should find in a publisher's article; `url` if it stands elsewhere."""
    told, publisher = world.story(host, number), PAPERS[host]
    is_document = host in PUBLISHERS and world.oddity(number) is Oddity.PDF
    return Truth(
        kind="article",
        url=url or world.url(host, world.article_target(host, number)),
        title=printable(told.title) if is_document else told.title,
        paragraphs=tuple(map(printable, told.paragraphs)) if is_document else told.paragraphs,
        subheads=designs.SUBHEADS if publisher.design is designs.graph else (),
        byline=told.byline if publisher.named else (),
        published=_published(world, host, number),
        modified=world.modified(host, number) if publisher.dates_changes else None,
        publisher=publisher.name,
    )


def _published(world: World, host: str, number: int) -> datetime | date | None:
    """Give the date as exactly as the page has it."""
    moment = world.published(host, number)
    if world.shows_date(host, number):
        return moment if PAPERS[host].precise else moment.date()
    return moment.date() if world.oddity(number) is Oddity.TEXT_DATE else None


def post_truth(world: World, number: int) -> Truth:
    """Give what a reader should find in the aggregator's post."""
    lead = world.lead(number)
    return Truth(
        kind="post",
        url=lead.post,
        title=lead.name,
        paragraphs=world.excerpt(number),
        subheads=(),
        byline=(),
        published=lead.day,
        modified=None,
        publisher="Cell Wire",
    )


class TruthBook(Mapping[str, Truth]):
    """Address ▸ truth, worked out when asked for."""

    def __init__(self, world: World) -> None:
        self._world = world

    def __getitem__(self, url: str) -> Truth:
        parts = urlsplit(url)
        host = parts.hostname or ""
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        if parts.port == self._world.port and (truth := self._find(host, target)):
            return truth
        raise KeyError(url)

    def _find(self, host: str, target: str) -> Truth | None:
        world = self._world
        if world.withdrawn(host, target):
            return None
        if host == AGGREGATOR:
            return self._post(target)
        if host == TROUBLE:
            return self._trouble(target)
        number = world.locate(host, target) if host in PAPERS else None
        if number is None or (host in PUBLISHERS and world.oddity(number) in UNREADABLE):
            return None
        return article_truth(world, host, number)

    def _post(self, target: str) -> Truth | None:
        found = re.search(r"-(\d{1,9})/$", target)
        if not found or int(found[1]) >= self._world.count:
            return None
        truth = post_truth(self._world, int(found[1]))
        return truth if truth.url == self._world.url(AGGREGATOR, target) else None

    def _trouble(self, target: str) -> Truth | None:
        """Give the article of a page of `trouble.example` that can be read in the end."""
        if target.strip("/").partition("/")[0] not in READABLE:
            return None
        url = self._world.url(TROUBLE, target)
        return article_truth(self._world, TROUBLE, article_number(target), url)

    def __iter__(self) -> Iterator[str]:
        for lead in self._world.leads():
            yield from (url for url in (lead.post, lead.article) if url in self)
        for number in range(RELEASES):
            url = self._world.url(PRESS_ROOM, self._world.article_target(PRESS_ROOM, number))
            if url in self:
                yield url
        yield from (self._world.url(TROUBLE, f"/{name}") for name in READABLE)

    def __len__(self) -> int:
        return sum(1 for _ in self)
