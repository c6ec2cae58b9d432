"""Which sites are asked for a headline without a link, and with which words. Decides only.

    open headlines ─▶ plan ─▶ one Visit for each site ─▶ crawler.asking fetches ─▶ headlines with
    links ─▶ Archive.resolve(candidates=…)

A headline's own source has a site, unless it came as a file; the publisher that a headline prints
has one where the archive knows it, by an article or as a source. What a title means is
`archive.matching`'s business; which doors a site has is `crawler.extract.doors`'.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from archive import matching, titles
from archive.held import Resolved, StoredHeadline
from archive.matching import Candidate, Printed, Shelf
from archive.records import Door, DoorKind, Headline, ListPart, Source
from archive.titlewords import FORMULA_WORDS, FUNCTION_WORDS
from archive.urls import page_key

if TYPE_CHECKING:
    from archive import Archive

# A publisher may have a second host; more that are named alike are other publishers.
MOST_SITES = 2

# WordPress finds posts that hold all the words: few find more, and of a title that has lost letters
# nobody knows which words are whole.
WORDS_ASKED, DAMAGED_WORDS_ASKED = 4, 2

# Parts of a sitemap that are looked into for one site, and how long a part may go on changing after
# the day that is looked for.
MOST_PARTS = 3

# Feeds hold the newest and are cheap; an interface that can be asked finds any; sitemaps are large,
# and print titles only of the last two days.
ORDER: Mapping[DoorKind, int] = {
    DoorKind.FEED: 0,
    DoorKind.JSON_FEED: 0,
    DoorKind.WORDPRESS: 1,
    DoorKind.SITEMAP: 2,
}
# Doors of one kind that are opened; of sites with many the others are languages and sections.
MOST_OF_A_KIND = 2

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site that the archive knows."""

    url: str
    """The page that is looked at first: a source's list, or a home page."""
    name: str | None = None
    """The publisher's name."""
    door: Door | None = None
    """Where a source's list is read, if not at its page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A site to be asked, and for what."""

    key: str
    """Tells sites apart: the host, with its port if that is unusual."""
    site: Site
    headlines: tuple[StoredHeadline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Whom to ask for what, and what is not asked for."""

    visits: tuple[Visit, ...]
    homeless: int = 0
    """Headlines for which no site is known."""
    asked_today: int = 0
    """Headlines whose sites were all asked today."""
    waiting: int = 0
    """Headlines beyond the bound of one run."""

    @property
    def headline_ids(self) -> tuple[int, ...]:
        """The headlines that are asked for."""
        return tuple(sorted({each.id for visit in self.visits for each in visit.headlines}))

    @property
    def headlines(self) -> int:
        """How many headlines are asked for."""
        return len(self.headline_ids)


def plan_from(
    archive: "Archive", still_open: Iterable[Resolved], *, most: int, now: datetime
) -> Plan:
    """Decide, by what an archive knows, which site is asked for which headline; see `plan`."""
    return plan(
        [each.held for each in still_open],
        sources=archive.sources(),
        homes=archive.publisher_sites(),
        lookups=archive.lookups(),
        most=most,
        now=now,
    )


def plan(
    headlines: Sequence[StoredHeadline],
    *,
    sources: Iterable[Source],
    homes: Mapping[str, str],
    lookups: Mapping[tuple[int, str], datetime],
    most: int,
    now: datetime,
) -> Plan:
    """Decide which site is asked for which of the open headlines.

    `homes` maps home pages to the publishers that the archive knows; `lookups` a headline's id and
    a site to when it was last asked. At most `most` headlines, those never asked for first.
    """
    by_id = {source.id: source for source in sources}
    known = dict(known_sites(by_id.values(), homes))
    wanted = {each.id: tuple(sites_of(each, by_id, known)) for each in headlines}
    due = [
        (each, [site for site in wanted[each.id] if is_due(lookups.get((each.id, site)), now)])
        for each in headlines
    ]
    asked = sorted((pair for pair in due if pair[1]), key=lambda pair: last_asked(pair, lookups))
    homeless = sum(1 for each in headlines if not wanted[each.id])
    return Plan(
        visits=visits(asked[:most], known),
        homeless=homeless,
        asked_today=len(headlines) - homeless - len(asked),
        waiting=max(0, len(asked) - most),
    )


def known_sites(sources: Iterable[Source], homes: Mapping[str, str]) -> Iterator[tuple[str, Site]]:
    """Give each known site with the page to look at and its publisher; a source's page is best."""
    names = {site_of(home): name for home, name in homes.items()}
    for home, name in homes.items():
        yield site_of(home), Site(url=home, name=name)
    for source in sources:
        if source.url.startswith("http"):
            key = site_of(source.url)
            yield key, Site(url=source.url, name=names.get(key), door=source.door)


def sites_of(
    held: StoredHeadline, sources: Mapping[int, Source], known: Mapping[str, Site]
) -> Iterator[str]:
    """Give the sites that may have a headline's page: its publisher's, then its own source's."""
    own = sources.get(held.source_id)
    mine = site_of(own.url) if own and own.url.startswith("http") else None
    publisher = held.headline.publisher
    others = [
        key
        for key, site in known.items()
        if publisher and key != mine and is_named(site, publisher)
    ]
    yield from others[:MOST_SITES]
    if mine:
        yield mine


def is_named(site: Site, publisher: str) -> bool:
    """Tell whether a site is a publisher's: by its name, or by its host where none is known."""
    if site.name:
        return matching.same_name(site.name, publisher)
    return matching.is_host_of(site.url, publisher)


def site_of(url: str) -> str:
    """Give what tells an address's site from others."""
    return (page_key(url) or url).partition("/")[0]


def is_due(asked_at: datetime | None, now: datetime) -> bool:
    """Tell whether a site may be asked for a headline again: on another day."""
    return asked_at is None or asked_at.astimezone(UTC).date() != now.astimezone(UTC).date()


def last_asked(
    pair: tuple[StoredHeadline, Sequence[str]], lookups: Mapping[tuple[int, str], datetime]
) -> tuple[float, int]:
    """Order headlines by when they were last asked for, those never asked for first."""
    held, sites = pair
    asked = [at.timestamp() for site in sites if (at := lookups.get((held.id, site)))]
    return max(asked, default=0.0), held.id


def visits(
    asked: Iterable[tuple[StoredHeadline, Sequence[str]]],
    known: Mapping[str, Site],
) -> tuple[Visit, ...]:
    """Gather by site what is asked there."""
    by_site: defaultdict[str, list[StoredHeadline]] = defaultdict(list)
    for held, sites in asked:
        for site in sites:
            by_site[site].append(held)
    return tuple(
        Visit(key=key, site=known[key], headlines=tuple(held)) for key, held in by_site.items()
    )


def doors_to_ask(doors: Iterable[Door]) -> tuple[Door, ...]:
    """Give the doors that are opened, in their order: a few of each kind, each address once."""
    chosen: list[Door] = []
    distinct = {door.url: door for door in doors}
    for door in sorted(distinct.values(), key=lambda door: ORDER.get(door.kind, len(ORDER))):
        same = sum(1 for other in chosen if other.kind is door.kind)
        if door.kind in ORDER and same < MOST_OF_A_KIND:
            chosen.append(door)
    return tuple(chosen)


def search_words(headline: Headline) -> tuple[str, ...]:
    """Give the words by which a site's own search finds a title: the most telling ones, in order.

    Those of formulas are taken only where there are no others; `()` where there are none at all.
    """
    words = titles.content_words(matching.without_tail(headline.title))
    rare = [word for word in words if word not in FORMULA_WORDS and not word.isdigit()]
    most = DAMAGED_WORDS_ASKED if headline.damaged else WORDS_ASKED
    longest = sorted(rare or [w for w in words if w not in FUNCTION_WORDS], key=len, reverse=True)
    return tuple(word for word in words if word in longest[:most])


def interface_search(posts: str, words: Iterable[str]) -> str:
    """Give the address at which WordPress' interface finds posts with these words."""
    parts = urlsplit(posts)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True)) | {"search": " ".join(words)}
    return parts._replace(query=urlencode(asked, safe="/,")).geturl()


def site_search(posts: str, words: Iterable[str]) -> str:
    """Give the address at which the same site's search does, as a feed, interface or none."""
    root = posts.partition("/wp-json/")[0] if "/wp-json/" in posts else posts.partition("?")[0]
    query = urlencode({"s": " ".join(words), "feed": "rss2"})
    return urljoin(f"{root.rstrip('/')}/", f"?{query}")


def parts_near(parts: Iterable[ListPart], days: Iterable[date]) -> tuple[ListPart, ...]:
    """Give the parts of an index that may hold pages of these days, the nearest first.

    A part that last changed before a day does not hold that day's pages; of the others the one that
    changed soonest after it most likely does.
    """
    wanted = sorted(set(days))
    found: dict[str, tuple[timedelta, ListPart]] = {}
    for part in parts:
        gaps = [part.changed.date() - day for day in wanted] if part.changed else []
        after = [gap for gap in gaps if gap >= -DAY]
        if after or not (gaps and wanted):
            # Without a day, or a time of change, nothing is known: last, in the index's order.
            found[part.url] = (min(after, default=timedelta.max), part)
    ranked = sorted(found.values(), key=lambda pair: pair[0])
    return tuple(part for _, part in ranked[:MOST_PARTS])


def as_candidates(
    headlines: Iterable[Headline], *, site: str, name: str | None
) -> Iterator[Headline]:
    """Give a door's headlines as candidates: the site's publisher named, made-up titles cut.

    A title that was read out of an address may be the beginning of a longer one.
    """
    for headline in headlines:
        if headline.url:
            made_up = headline.damaged and headline.raw.startswith(("http://", "https://"))
            own = headline.publisher is None and site_of(headline.url) == site
            yield replace(
                headline,
                title=f"{headline.title} …" if made_up else headline.title,
                truncated=made_up or headline.truncated,
                publisher=name if own else headline.publisher,
            )


def unanswered(
    held: Iterable[StoredHeadline], found: Iterable[Headline]
) -> tuple[StoredHeadline, ...]:
    """Give the headlines whose page is not among what was found so far."""
    shelf = Shelf(found)
    return tuple(each for each in held if not is_answered(matching.printed(each.headline), shelf))


def is_answered(asked: Printed, shelf: Shelf) -> bool:
    """Tell whether one page on a shelf is what a headline means."""
    offered = [
        Candidate(printed=matching.printed(each), page=page_key(each.url or "") or "")
        for each in shelf.like(asked.title)
    ]
    return matching.choose(asked, offered).taken is not None


def days_of(held: Iterable[StoredHeadline]) -> tuple[date, ...]:
    """Give the days of headlines, where they are known."""
    return tuple(day for each in held if (day := matching.day_of(each.headline.published)))
