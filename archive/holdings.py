"""`Holdings`: what an archive holds, as callers read it; `store.Archive` is that and writes, too.

Methods only hand on to the modules that do it, imported when they are needed: `lookup`, `sources`,
`asking`, `advising`, `search`, `storylist`, `reports`, `crawls`. Every SQLite error leaves as an
ArchiveError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archive import search, vetting
from archive.connection import open_to_read
from archive.errors import UsageError
from archive.filters import first_day
from archive.found import HitKind, Sort
from archive.query import Asked, Query

if TYPE_CHECKING:
    from archive.advising import Advice
    from archive.connection import Connection
    from archive.crawls import Crawl, Record
    from archive.explaining import Explanation
    from archive.exporting.formats import Exported, Wanted
    from archive.found import SearchHit, SearchResults
    from archive.frontier import Frontier
    from archive.health import HealthState
    from archive.held import SourceSummary, Status, StoredArticle, StoredChange, StoredHeadline
    from archive.mementos import Mementos
    from archive.records import Capture, FrontierEntry, Source
    from archive.storylist import Story
    from archive.watching import Watch

# Other articles that are named beside one that is read.
SIMILAR = 6


class Holdings:
    """One archive folder, open for reading; a context manager."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    def reading(cls, folder: Path | str) -> Self:
        """Open the archive in a folder to read it, without loading what writes.

        Raises ArchiveMissing, ArchiveOutdated, ArchiveTooNew, ArchiveError.
        """
        return cls._checked(open_to_read(Path(folder)))

    @classmethod
    def _checked(cls, connection: Connection) -> Self:
        """Give the archive behind a connection, which is closed if it is none of ours."""
        try:
            vetting.check(connection)
        except BaseException:
            connection.close()
            raise
        return cls(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    @property
    def folder(self) -> Path:
        """The archive's folder."""
        return self._connection.folder

    @cached_property
    def frontier(self) -> Frontier:
        """Every URL's state."""
        from archive.frontier import Frontier

        return Frontier(self._connection)

    @cached_property
    def mementos(self) -> Mementos:
        """The dead links, and their look-ups in a web archive."""
        from archive.mementos import Mementos

        return Mementos(self._connection)

    def source(self, text: str) -> Source:
        """Find a source by id, name or URL. Raises NotFound."""
        from archive import sources

        with self._connection.reading() as raw:
            return sources.find(raw, text)

    def sources(self) -> tuple[Source, ...]:
        """Give every source, in the order in which they were added."""
        from archive import sources

        with self._connection.reading() as raw:
            return sources.every(raw)

    def next_visits(self, *, now: datetime) -> dict[int, datetime | None]:
        """Give source id ▸ from when on its list is to be visited; None where it never was.

        Sources that are paused or were imported are not among them.
        """
        from archive import sources

        with self._connection.reading() as raw:
            return sources.next_visits(raw, now=now)

    def changes(
        self,
        *,
        source_id: int | None = None,
        headline_id: int | None = None,
        since: str | None = None,
        limit: int | None = None,
    ) -> tuple[StoredChange, ...]:
        """Give what changed in the lists, newest first: of one source, one headline, or all.

        `since` is a year, a month or a day: from its first day on (UTC). Raises UsageError.
        """
        from archive import history

        first = first_day(since) if since else None
        with self._connection.reading() as raw:
            return history.changes(
                raw, source_id=source_id, headline_id=headline_id, since=first, limit=limit
            )

    def entry_of(self, source: Source) -> FrontierEntry:
        """Give the frontier's entry for a source's first list page, behind its door."""
        from archive.records import FrontierEntry, PageKind

        url = source.door.url if source.door else source.url
        return FrontierEntry(url=url, kind=PageKind.LIST, source_id=source.id)

    def article(self, asked: str | int) -> StoredArticle:
        """Give the article under an id or that an address leads to. Raises NotFound."""
        from archive import lookup

        with self._connection.reading() as raw:
            return lookup.article(raw, str(asked))

    def headline(self, headline_id: int) -> StoredHeadline:
        """Give a headline by id. Raises NotFound."""
        from archive import lookup

        with self._connection.reading() as raw:
            return lookup.headline(raw, headline_id)

    def headlines(self, *, source_id: int | None = None) -> tuple[StoredHeadline, ...]:
        """Give the headlines of one source or of all, in the order in which they were found."""
        from archive import lookup

        with self._connection.reading() as raw:
            return lookup.headlines(raw, source_id=source_id)

    def ask(
        self,
        asked: Asked,
        *,
        zone: tzinfo = UTC,
        now: datetime | None = None,
        stems: bool = False,
    ) -> Query | None:
        """Read what is asked for, as `archive.query` says; None where it is nothing at all.

        Days are those of `zone`, and `7d` counts from `now` (by the clock, if it is not given).
        With `stems` a word finds its other English forms. Raises UsageError, NotFound.
        """
        from archive import asking

        with self._connection.reading() as raw:
            return asking.ask(raw, asked, zone=zone, now=now or datetime.now(UTC), stems=stems)

    def search(
        self,
        words: str = "",
        *,
        title: str | None = None,
        by: str | None = None,
        publisher: str | None = None,
        languages: Iterable[str] = (),
        sites: Iterable[str] = (),
        sources: Iterable[str] = (),
        after: str | None = None,
        before: str | None = None,
        zone: tzinfo = UTC,
        now: datetime | None = None,
        stems: bool = False,
        sort: Sort = Sort.RANK,
        limit: int = 20,
        offset: int = 0,
        all_copies: bool = False,
        exhaustive: bool = False,
        facets: bool = False,
    ) -> SearchResults:
        """Find articles, and headlines whose article is not held; one row per story.

        `words` are as `archive.language` says, days as `archive.filters` says; `sources` are
        numbers, names or addresses. `ask` and `answer` are its two halves. Raises UsageError for
        what cannot be asked, NotFound for a source that there is none of.
        """
        asked = Asked(
            words=words,
            title=title,
            by=by,
            publisher=publisher,
            languages=tuple(languages),
            sites=tuple(sites),
            sources=tuple(sources),
            after=after,
            before=before,
        )
        return self.answer(
            self.ask(asked, zone=zone, now=now, stems=stems),
            sort=sort,
            limit=limit,
            offset=offset,
            all_copies=all_copies,
            exhaustive=exhaustive,
            facets=facets,
        )

    def answer(
        self,
        query: Query | None,
        *,
        sort: Sort = Sort.RANK,
        limit: int = 20,
        offset: int = 0,
        all_copies: bool = False,
        exhaustive: bool = False,
        facets: bool = False,
    ) -> SearchResults:
        """Find what a query asks for; with `facets`, also how it is spread.

        `all_copies` gives a row for each of a story's copies; `exhaustive` ranks however many
        match. Raises UsageError for no query.
        """
        if query is None:
            raise UsageError("say what to search for: words, a publisher, a site, a date")
        window = search.Window(
            filters=query.filters,
            sort=sort,
            limit=limit,
            offset=offset,
            all_copies=all_copies,
            exhaustive=exhaustive,
            facets=facets,
        )
        with self._connection.reading() as raw:
            return search.search(raw, query, window)

    def advise(self, query: Query) -> Advice:
        """Give what may help where little was found: words without a hit, near spellings."""
        from archive import advising

        with self._connection.reading() as raw:
            return advising.advise(raw, query)

    def lookups(self) -> Mapping[tuple[int, str], datetime]:
        """Give headline's id and site ▸ when that site was last asked for the headline."""
        from archive import resolving

        with self._connection.reading() as raw:
            return resolving.lookups(raw)

    def find_to_forget(self, asked: str) -> Sequence[str]:
        """Give the identities under which forgetting would keep a page out. Raises NotFound."""
        from archive import forgetting

        with self._connection.reading() as raw:
            return forgetting.find(raw, asked)

    def is_forgotten(self, *urls: str) -> bool:
        """Tell whether a page under one of these addresses was forgotten, and is kept out."""
        from archive import forgetting

        with self._connection.reading() as raw:
            return bool(forgetting.forgotten(raw, urls))

    def stories(self, *, since: str | None = None, limit: int = 20) -> tuple[Story, ...]:
        """Give the stories that several articles tell, the one with the newest member first.

        `since` is a year, a month or a day: a member was stored in it (UTC) or later. Raises
        UsageError.
        """
        from archive import storylist

        first = first_day(since) if since else None
        with self._connection.reading() as raw:
            return storylist.stories(raw, since=first, limit=limit)

    def story(self, asked: str | int) -> Story:
        """Give the story under an id, with its members. Raises NotFound."""
        from archive import storylist

        with self._connection.reading() as raw:
            return storylist.story(raw, str(asked))

    def explain(self, asked: str, *, now: datetime) -> Explanation:
        """Tell the whole story of a page: by an address, an article's id, or `h12`.

        Raises NotFound for an id that there is none of; of an unknown address it says what is
        known around it.
        """
        from archive import explaining, tracing

        with self._connection.reading() as raw:
            return explaining.explain(tracing.trace(raw, asked, now=now), now=now)

    def captures_of(self, held: StoredArticle) -> tuple[Capture, ...]:
        """Give what is kept of an article's pages as they came, the oldest first."""
        from archive import tracing

        with self._connection.reading() as raw:
            return tracing.captured(raw, [address.key for address in held.addresses])

    def similar(self, held: StoredArticle, *, words: Sequence[str]) -> tuple[SearchHit, ...]:
        """Give other stories that have some of these words, by the rarest that others have too."""
        from archive import guessing

        with self._connection.reading() as raw:
            rarest = guessing.rarest(raw, words)
        if not rarest:
            return ()
        asked = Asked(words=" OR ".join(f'"{word}"' for word in rarest))
        found = self.answer(self.ask(asked), limit=SIMILAR + 1)
        own = {held.id, *(member.id for member in held.members)}
        others = [hit for hit in found.hits if hit.kind is HitKind.HEADLINE or hit.id not in own]
        return tuple(others[:SIMILAR])

    def newest(self, limit: int) -> tuple[SearchHit, ...]:
        """Give the stories, and the headlines without their article, that are dated last."""
        window = search.Window(sort=Sort.NEW, limit=limit)
        with self._connection.reading() as raw:
            return search.search(raw, None, window).hits

    def newest_headlines(self, source_id: int, limit: int) -> tuple[StoredHeadline, ...]:
        """Give the headlines of a source that are dated last."""
        from archive import lookup

        with self._connection.reading() as raw:
            return lookup.newest_headlines(raw, source_id, limit)

    def months(self, kind: str = "all", name: str = "") -> Mapping[str, int]:
        """Give month (`2024-11`, `2024`, `` for no date) ▸ articles: of all, or of one name.

        `kind` is `publisher`, `language` or `source`.
        """
        from archive import tallied

        with self._connection.reading() as raw:
            return tallied.months(raw, kind, name)

    def commonest(self, kind: str, most: int) -> Sequence[tuple[str, int]]:
        """Give the commonest names of a kind with their articles; `months` says the kinds."""
        from archive import tallied

        with self._connection.reading() as raw:
            return tallied.commonest(raw, kind, most)

    def named(self, kind: str) -> int:
        """Give how many names of a kind there are."""
        from archive import tallied

        with self._connection.reading() as raw:
            return tallied.named(raw, kind)

    def watches(self) -> tuple[Watch, ...]:
        """Give every saved search, by name."""
        from archive import watches

        with self._connection.reading() as raw:
            return watches.every(raw)

    def source_summaries(self) -> tuple[SourceSummary, ...]:
        """Give each source with what it has brought."""
        from archive import reports

        with self._connection.reading() as raw:
            return reports.source_summaries(raw)

    def known_publishers(self) -> dict[str, str]:
        """Give host ▸ publisher, as learnt from the articles held; see `reports`."""
        from archive import reports

        with self._connection.reading() as raw:
            return reports.known_publishers(raw)

    def publisher_sites(self) -> dict[str, str]:
        """Give home page ▸ publisher, of the hosts that `known_publishers` knows."""
        from archive import reports

        with self._connection.reading() as raw:
            return reports.publisher_sites(raw)

    def status(self) -> Status:
        """Give the archive at a glance."""
        from archive import lock, reports

        counts, failures = self.frontier.counts(), self.frontier.failures()
        next_due = self.frontier.next_due()
        with self._connection.reading() as raw:
            return reports.status(
                raw,
                self.folder,
                frontier=counts,
                failures=failures,
                next_due=next_due,
                held_by=lock.holder(self.folder),
            )

    def last_crawl(self) -> Crawl | None:
        """Give the last crawl, be it running; None before any."""
        from archive import crawls

        with self._connection.reading() as raw:
            return crawls.last(raw)

    def crawl_records(self, source_ids: Iterable[int]) -> dict[int, Record]:
        """Give source id ▸ what is remembered of its last crawls."""
        from archive import crawls

        with self._connection.reading() as raw:
            return crawls.records(raw, source_ids)

    def told(self) -> dict[int, HealthState]:
        """Give source id ▸ what its owner was last told of it."""
        from archive import crawls

        with self._connection.reading() as raw:
            return crawls.told(raw)

    def export(self, wanted: Wanted) -> Exported:
        """Write out what is held, or what a search finds of it; see `exporting.formats`."""
        from archive.exporting import formats

        return formats.export(self._connection, wanted)
