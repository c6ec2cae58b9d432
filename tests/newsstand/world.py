"""What is printed where, and when: headlines, stories, addresses.

Nothing is kept but what tests have changed; every lead and story is worked out from its number
when it is asked for, so a newsstand of a million articles is as small as one of eighty.
Number 0 is the oldest headline. Pages are set elsewhere (`aggregator`, `papers`).
"""

import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, timezone
from urllib.parse import parse_qsl, quote, urlsplit

from tests.newsstand import designs
from tests.newsstand.answers import covers
from tests.newsstand.content import Story, story, title
from tests.newsstand.oddities import DAMAGED, ODDITIES, TWINS, Oddity
from tests.newsstand.publishers import (
    AGGREGATOR,
    PAPERS,
    PRESS_ROOM,
    PUBLISHERS,
    RELEASES,
    SHORTENER,
    TROUBLE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """One line of the aggregator's list, and where it leads."""

    number: int
    title: str
    """As the list prints it."""
    publisher: str | None
    """As the list prints it."""
    day: date
    """As the list prints it."""
    truncated: bool
    damaged: bool
    publisher_cut: bool
    host: str
    oddity: Oddity | None
    post: str
    """Address of the aggregator's post."""
    original: str
    """Address that the post attributes its text to."""
    article: str
    """Address of the publisher's article, after redirects."""

    @property
    def name(self) -> str:
        """Title and publisher as one line prints them."""
        if self.publisher_cut:
            return f"{self.title} -..."
        return f"{self.title} - {self.publisher}" if self.publisher else self.title

    @property
    def line(self) -> str:
        """The whole line, without the hyphen before it."""
        return f"{self.name} - {printed_day(self.day)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What a test has put in the place of a story's own words."""

    title: str | None = None
    paragraphs: tuple[str, ...] | None = None
    modified: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What a test has published on top of the list."""

    host: str
    day: date
    title: str | None
    paragraphs: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All that can change; replaced as a whole, so that readers need no lock."""

    count: int
    news: Mapping[int, News] = field(default_factory=dict)
    edits: Mapping[tuple[str, int], Edit] = field(default_factory=dict)
    withdrawn: Mapping[str, int] = field(default_factory=dict)
    reprints: Mapping[int, str] = field(default_factory=dict)
    pointed: Mapping[int, str] = field(default_factory=dict)


class World:
    """Every headline and article of a newsstand at `port`, with `articles` headlines to begin."""

    def __init__(
        self, *, port: int, articles: int, lists: int, today: date, salt: str, shortened: bool
    ) -> None:
        self.port = port
        self.today = today
        self.per_page = max(1, -(-articles // max(1, lists)))
        self._first = articles
        self._salt = salt
        self._shortened = shortened
        self._state = State(count=articles)
        self._lock = threading.Lock()

    @property
    def count(self) -> int:
        """How many headlines there are now."""
        return self._state.count

    def url(self, host: str, target: str) -> str:
        """Give the absolute address of a page."""
        return f"http://{host}:{self.port}{target}"

    def lead(self, number: int) -> Lead:
        """Give the headline of a number below `count`."""
        position, host = self.position(number), self.host(number)
        whole, damaged = self.first_title(host, number), position in DAMAGED
        printed = damage(whole) if damaged else whole
        cut, bare, publisher_cut = _faults(position)
        shown = cut_title(printed, at=60) if cut else printed
        day = self.day(number)
        article = self.url(host, self.article_target(host, number))
        lead = Lead(
            number=number,
            title=f"{shown} ..." if cut and shown != printed and bare else _dots(shown, printed),
            publisher=None if bare or publisher_cut else PUBLISHERS[host].name,
            day=day,
            truncated=shown != printed,
            damaged=damaged,
            publisher_cut=publisher_cut,
            host=host,
            oddity=self.oddity(number),
            post=self.url(AGGREGATOR, f"/{day:%Y/%m}/{slug(whole)}-{number}/"),
            original=self._original(number, host, article),
            article=article,
        )
        reprint = self._state.reprints.get(number)
        return replace(lead, title=reprint, truncated=False, damaged=False) if reprint else lead

    def is_listed(self, lead: Lead) -> bool:
        """Tell whether the list prints a headline: not once its post was withdrawn."""
        parts = urlsplit(lead.post)
        return self.withdrawn(str(parts.hostname), parts.path) is None

    def leads(self) -> Iterator[Lead]:
        """Give every headline, newest first."""
        return (self.lead(number) for number in range(self.count - 1, -1, -1))

    def position(self, number: int) -> int:
        """Where a headline stood at the start; below 0 for those published since."""
        return self._first - 1 - number

    def oddity(self, number: int) -> Oddity | None:
        """What is odd about the page that a headline leads to."""
        kind, _ = ODDITIES.get(self.position(number), (None, None))
        return kind

    def host(self, number: int) -> str:
        """Which publisher a headline leads to."""
        if number in self._state.news:
            return self._state.news[number].host
        position = self.position(number)
        if position in TWINS.values():
            return "meridianwire.example"
        if position in ODDITIES:
            return ODDITIES[position][1]
        return tuple(PUBLISHERS)[(number * 5 + number // 6) % len(PUBLISHERS)]

    def day(self, number: int) -> date:
        """The day that the list prints: several headlines share one."""
        if number in self._state.news:
            return self._state.news[number].day
        position = self.position(number)
        block, rest = divmod(position, 8)
        step = 8 * block + rest - rest % (1 + block % 4)
        span = 155 if self._first <= 80 else min(2 * self._first, 3650)
        return self.today - timedelta(days=step * span // max(self._first, 1))

    def published(self, host: str, number: int) -> datetime:
        """When the publisher says an article appeared; now and then a day before the list."""
        if host in PUBLISHERS:
            day = self.day(number) - timedelta(days=int(number % 9 == 4))
        else:
            day = self.today - timedelta(days=9 * number)
        zone = timezone(timedelta(hours=PAPERS[host].hours))
        return datetime.combine(day, time(6 + number % 6, number * 7 % 60), zone)

    def modified(self, host: str, number: int) -> datetime | None:
        """When the publisher says an article was changed."""
        edit = self._state.edits.get((host, number))
        if edit and edit.modified:
            return edit.modified
        return self.published(host, number) + timedelta(hours=2) if number % 3 == 0 else None

    def first_title(self, host: str, number: int) -> str:
        """Give the title that an article appeared with, which its address keeps."""
        news = self._state.news.get(number) if host in PUBLISHERS else None
        if news and news.title:
            return news.title
        position = self.position(number) if host in PUBLISHERS else -1
        return DAMAGED.get(position) or title(self._key(host, number))

    def story(self, host: str, number: int) -> Story:
        """Give the article as it now is."""
        told = replace(story(self._key(host, number)), title=self.first_title(host, number))
        if host in PUBLISHERS and number in self._state.news:
            told = _edited(told, Edit(paragraphs=self._state.news[number].paragraphs))
        if host in PUBLISHERS and self.oddity(number) is Oddity.TEXT_DATE:
            day = designs.long_date(self.published(host, number))
            lead = f"{told.place.upper()}, {day} – {told.paragraphs[0]}"
            told = replace(told, paragraphs=(lead, *told.paragraphs[1:]))
        return _edited(told, self._state.edits.get((host, number)))

    def article_target(self, host: str, number: int) -> str:
        """Give path and query of an article."""
        words = slug(self.first_title(host, number))
        if host in PUBLISHERS and self.oddity(number) is Oddity.ROBOTS:
            return f"/members/{words}-{number}"
        day = self.published(host, number)
        return PAPERS[host].path.format(slug=words, number=number, day=day)

    def locate(self, host: str, target: str) -> int | None:
        """Give the number of the article at an address, whatever is added to its query."""
        parts = urlsplit(target)
        query = parse_qsl(parts.query)
        found = dict(query).get("id") or (re.findall(r"\d+", parts.path) or [""])[-1]
        number = int(found) if re.fullmatch(r"[0-9]{1,9}", found) else -1
        if not 0 <= number < self.extent(host) or (
            host in PUBLISHERS and self.host(number) != host
        ):
            return None
        right = urlsplit(self.article_target(host, number))
        same = right.path == parts.path and set(parse_qsl(right.query)) <= set(query)
        return number if same else None

    def extent(self, host: str) -> int:
        """How many numbers a host has."""
        return self.count if host in PUBLISHERS else {PRESS_ROOM: RELEASES, TROUBLE: 10_000}[host]

    def shows_date(self, host: str, number: int) -> bool:
        """Whether the article's page has its date anywhere outside the text."""
        hidden = (Oddity.NO_DATE, Oddity.TEXT_DATE)
        return host not in PUBLISHERS or self.oddity(number) not in hidden

    def excerpt(self, number: int) -> tuple[str, ...]:
        """Give what the aggregator copied when the article appeared: edits do not reach it."""
        told = story(self._key(self.host(number), number)).paragraphs
        news = self._state.news.get(number)
        whole = news.paragraphs if news and news.paragraphs else told
        shown = whole[: 2 + number % 2]
        return tuple(map(damage, shown)) if self.position(number) in DAMAGED else shown

    def withdrawn(self, host: str, target: str) -> int | None:
        """Give the status of a page that was withdrawn."""
        gone = self._state.withdrawn.items()
        return next((status for place, status in gone if covers(place, host, target)), None)

    def last_change(self) -> datetime:
        """When the aggregator's list last changed."""
        newest = datetime.combine(self.day(self.count - 1), time(12), UTC)
        return newest + timedelta(minutes=len(self._state.news))

    def publish(
        self,
        *,
        title: str | None,
        paragraphs: tuple[str, ...] | None,
        host: str | None,
        day: date | None,
    ) -> Lead:
        """Put a new post on top of the list."""
        with self._lock:
            state, number = self._state, self._state.count
            news = News(
                host=host or tuple(PUBLISHERS)[number % len(PUBLISHERS)],
                day=day or max(self.today, self.day(number - 1) if number else self.today),
                title=title,
                paragraphs=paragraphs,
            )
            self._state = replace(state, count=number + 1, news={**state.news, number: news})
        return self.lead(number)

    def edit(
        self,
        url: str,
        *,
        title: str | None,
        paragraphs: tuple[str, ...] | None,
        modified: datetime | None,
    ) -> None:
        """Change an article; LookupError where none is at `url`."""
        host, number = self._found(url)
        moment = modified or (self.modified(host, number) or self.published(host, number))
        with self._lock:
            held = self._state.edits.get((host, number), Edit())
            new = Edit(
                title=title or held.title,
                paragraphs=paragraphs or held.paragraphs,
                modified=modified or moment + timedelta(hours=1),
            )
            self._state = replace(self._state, edits={**self._state.edits, (host, number): new})

    def reprint(self, number: int, title: str) -> None:
        """Let the list print another title; post and article keep theirs."""
        with self._lock:
            reprints = {**self._state.reprints, number: title}
            self._state = replace(self._state, reprints=reprints)

    def point(self, number: int, url: str) -> None:
        """Let a headline's short link lead elsewhere."""
        with self._lock:
            pointed = {**self._state.pointed, number: url}
            self._state = replace(self._state, pointed=pointed)

    def short_target(self, number: int) -> str:
        """Give where a headline's short link leads."""
        return self._state.pointed.get(number) or self.lead(number).article

    def withdraw(self, url: str, *, status: int) -> None:
        """Let any page answer with an error from now on."""
        parts = urlsplit(url)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        with self._lock:
            gone = {**self._state.withdrawn, f"{parts.hostname}{target}": status}
            self._state = replace(self._state, withdrawn=gone)

    def _found(self, url: str) -> tuple[str, int]:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if host in PAPERS:
            number = self.locate(host, f"{parts.path}?{parts.query}")
            if number is not None:
                return host, number
        raise LookupError(f"no article at {url}")

    def _key(self, host: str, number: int) -> str:
        if host not in PUBLISHERS:
            return f"{self._salt}/{host}/{number}"
        position = self.position(number)
        return f"{self._salt}/{self._first - 1 - TWINS.get(position, position)}"

    def _original(self, number: int, host: str, article: str) -> str:
        oddity = self.oddity(number)
        if oddity is None and self._shortened:
            oddity = Oddity.SHORTENER
        ways = {
            Oddity.REDIRECT: (host, f"/go/{number}"),
            Oddity.REDIRECTOR: (AGGREGATOR, f"/out?u={quote(article, safe='')}"),
            Oddity.LANDING: (host, f"/products/{number}"),
            Oddity.LIST: (host, f"/dossier/{number}"),
            Oddity.SHORTENER: (SHORTENER, f"/x{number}"),
            Oddity.REFRESH: (SHORTENER, f"/refresh/x{number}"),
            Oddity.SCRIPT: (SHORTENER, f"/script/x{number}"),
        }
        if oddity in ways:
            return self.url(*ways[oddity])
        joint = "&" if "?" in article else "?"
        tracked = f"{article}{joint}utm_source=cellwire&utm_medium=web"
        return tracked if number % 8 == 5 else article


def printed_day(day: date) -> str:
    """Give `November 8th, 2024`."""
    return f"{designs.MONTHS[day.month - 1]} {designs.ordinal(day.day)}, {day.year}"


def slug(text: str) -> str:
    """Give a title's first words as part of an address."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain)[:8])


def damage(text: str) -> str:
    """Lose every character outside ASCII, as careless aggregators do."""
    return "".join(letter for letter in text if letter.isascii())


def cut_title(text: str, *, at: int) -> str:
    """Cut a title after the last word that ends before `at`."""
    return text if len(text) <= at else text[:at].rpartition(" ")[0].rstrip(" ,:;")


def _dots(shown: str, whole: str) -> str:
    return shown if shown == whole else f"{shown}..."


def _faults(position: int) -> tuple[bool, bool, bool]:
    """Say of a line whether its title is cut, its publisher missing, its publisher cut off."""
    if position % 20 == 13:
        return False, False, True
    cut = position % 5 == 2 or position % 10 == 6
    return cut, position % 5 == 2 or position % 4 == 1, False


def _edited(told: Story, edit: Edit | None) -> Story:
    if edit is None:
        return told
    return replace(
        told,
        title=edit.title or told.title,
        paragraphs=edit.paragraphs or told.paragraphs,
    )
