"""`Archive`: the one object that callers hold.

    with Archive.open(folder, create=True, upgrade=True) as archive:
        source = archive.add_source("https://paper.example/news", now=now)
        archive.frontier.make_due(archive.entry_of(source), now=now)
        claims = archive.frontier.claim(8, now=now, lease=timedelta(minutes=10))
        …fetch and read each claim's page…
        archive.store_list(page, source_id=source.id, claim=claim, now=now, …)
        archive.store(reading, asked_url=claim.url, claim=claim, source_id=source.id, now=now)

Each method is one transaction: stored whole, with the frontier's row, or not at all. Methods only
hand on to the modules that do it, imported when they are needed: `pages` writes, `lookup`, `search`
and `reports` read. It fetches and reads no page. Every SQLite error leaves as an ArchiveError.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from archive import schema, search
from archive.connection import FILE_NAME, Connection, missing, open_to_read, open_to_write
from archive.errors import ArchiveError, ArchiveMissing, UsageError
from archive.filters import first_day
from archive.found import Sort
from archive.query import Asked, Query

if TYPE_CHECKING:
    from archive.asking import Advice
    from archive.bulk import Incoming, Tally
    from archive.captures import Captures
    from archive.exporting.formats import Exported, Wanted
    from archive.faults import Fault
    from archive.found import SearchResults
    from archive.frontier import Frontier
    from archive.held import (
        Resolved,
        SourceSummary,
        Status,
        StoredArticle,
        StoredChange,
        StoredHeadline,
    )
    from archive.importing.lines import Numbered
    from archive.importing.state import Taken
    from archive.merging import Merged
    from archive.optimizing import Optimized
    from archive.records import (
        Claim,
        Decision,
        Door,
        Forgotten,
        FrontierEntry,
        Headline,
        ListOutcome,
        ListPage,
        PageKind,
        PageReading,
        Source,
        Validators,
    )
    from archive.repairing import Repaired
    from archive.storylist import Story


class Archive:
    """One archive folder, open for reading or writing; a context manager."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @classmethod
    def open(
        cls,
        folder: Path | str,
        *,
        create: bool = False,
        upgrade: bool = False,
        read_only: bool = False,
    ) -> Archive:
        """Open the archive in a folder.

        `create` makes folder and database when missing; `upgrade` brings an older schema to
        today's, after a copy. Raises ArchiveMissing, ArchiveOutdated, ArchiveTooNew, ArchiveError.
        """
        folder = Path(folder)
        if read_only:
            return cls._checked(open_to_read(folder))
        if create:
            _make(folder)
        elif not (folder / FILE_NAME).is_file():
            raise ArchiveMissing(missing(folder))
        connection = open_to_write(folder)
        if create or upgrade:
            try:
                schema.upgrade(connection)
            except BaseException:
                connection.close()
                raise
        return cls._checked(connection)

    @classmethod
    @contextmanager
    def crawling(
        cls, folder: Path | str, *, create: bool = False, now: datetime
    ) -> Iterator[Archive]:
        """Open the archive as the one that crawls: locked, and only then upgraded.

        Raises ArchiveMissing, ArchiveLocked, ArchiveTooNew, ArchiveError.
        """
        from archive.lock import crawl_lock

        folder = Path(folder)
        if create:
            _make(folder)
        elif not (folder / FILE_NAME).is_file():
            raise ArchiveMissing(missing(folder))
        with (
            crawl_lock(folder, now=now),
            cls.open(folder, create=create, upgrade=True) as archive,
        ):
            yield archive

    @classmethod
    def _checked(cls, connection: Connection) -> Archive:
        try:
            schema.check(connection)
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
    def captures(self) -> Captures:
        """What came over the network, as it came."""
        from archive.captures import Captures

        return Captures(self._connection)

    def add_source(
        self,
        url: str,
        *,
        name: str | None = None,
        paused: bool = False,
        door: Door | None = None,
        now: datetime,
    ) -> Source:
        """Add a seed, or give the one that is held under the same page; a new name is taken over.

        `url` is a web address, or a `file:` or `urn:` of what was imported. `door` is where its
        list is read (the page itself, if its kind is a list); None leaves that as it is. Raises
        UsageError for what is no address.
        """
        from archive import sources

        with self._connection.writing() as db:
            return sources.add(db, url, name=name, paused=paused, door=door, now=now)

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

    def rename_source(self, source: Source, name: str) -> None:
        """Give a source another name. Raises UsageError for an empty one."""
        from archive import sources

        with self._connection.writing() as db:
            sources.rename(db, source.id, name)

    def pause_source(self, source: Source, *, paused: bool) -> None:
        """Have a source left out by crawls that do not name it, or visited again."""
        from archive import sources

        with self._connection.writing() as db:
            sources.pause(db, source.id, paused=paused)

    def move_source(self, source: Source, url: str) -> None:
        """Give a source another address; what it brought stays. Raises UsageError."""
        from archive import sources

        with self._connection.writing() as db:
            sources.move(db, source.id, url)

    def remove_source(self, source: Source, *, now: datetime) -> None:
        """Take a source out; articles stay, with the headlines that led to them."""
        from archive import sources

        with self._connection.writing() as db:
            sources.remove(db, source.id, now=now)

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
        from archive import asking

        with self._connection.reading() as raw:
            return asking.advise(raw, query)

    def resolve(
        self,
        *,
        source_ids: Sequence[int] | None = None,
        candidates: Iterable[Headline] = (),
        dry_run: bool = False,
        now: datetime,
    ) -> tuple[Resolved, ...]:
        """Find the pages that headlines without a link mean, by title, day and publisher.

        Looks among what is held, and among `candidates`: headlines with links from elsewhere (a
        feed, a sitemap, a site's search). What is found is stored with its evidence, tied to the
        article, or put into the frontier where that is not held; `dry_run` stores nothing. What
        was resolved before is left alone. Gives every headline that was tried.
        """
        from archive import resolving

        return resolving.resolve(
            self._connection,
            source_ids=source_ids,
            candidates=candidates,
            dry_run=dry_run,
            now=now,
        )

    def lookups(self) -> Mapping[tuple[int, str], datetime]:
        """Give headline's id and site ▸ when that site was last asked for the headline."""
        from archive import resolving

        with self._connection.reading() as raw:
            return resolving.lookups(raw)

    def note_lookups(self, asked: Iterable[tuple[int, str]], *, now: datetime) -> None:
        """Remember that sites were asked for headlines, each a headline's id and a site."""
        from archive import resolving

        with self._connection.writing() as db:
            resolving.note_lookups(db, asked, now)

    def find_to_forget(self, asked: str) -> Sequence[str]:
        """Give the identities under which forgetting would keep a page out. Raises NotFound."""
        from archive import forgetting

        with self._connection.reading() as raw:
            return forgetting.find(raw, asked)

    def forget(self, asked: str, *, now: datetime) -> Forgotten:
        """Take a page out for good, by an address, an article's id or `h12`; see `forgetting`.

        For who holds the crawl lock. Raises NotFound.
        """
        from archive import forgetting

        return forgetting.forget(self._connection, self.captures, asked, now=now)

    def recall(self, url: str, *, now: datetime) -> bool:
        """Let a forgotten page come back; False where it was not out."""
        from archive import forgetting

        return forgetting.recall(self._connection, url, now=now) > 0

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

    def part_story(self, asked: str | int, *, now: datetime) -> Story:
        """Take an article out of its story for good; gives the story that it is in then.

        Raises NotFound, and UsageError for one that is alone in its story.
        """
        from archive import judging, lookup

        with self._connection.writing() as db:
            article_id = lookup.article(self._connection.raw, str(asked)).id
            judging.part(db, article_id, now=now)
        return self.story(self.article(article_id).story_id)

    def join_stories(self, one: str | int, other: str | int, *, now: datetime) -> Story:
        """Make one story of two articles' stories for good; gives it. Raises NotFound, UsageError.

        What was parted by hand between the two stories before is one again.
        """
        from archive import lookup, stories

        with self._connection.writing() as db:
            raw = self._connection.raw
            ids = lookup.article(raw, str(one)).id, lookup.article(raw, str(other)).id
            stories.join_by_hand(db, *ids, now=now)
        return self.story(self.article(ids[0]).story_id)

    def find_stories(self, *, most: int = 200, now: datetime) -> int:
        """Find the stories of articles that were stored without looking for them.

        Such are those that an older version stored. Gives how many were looked at, `most` at most,
        in one transaction; 0 when none is left.
        """
        from archive import judging

        with self._connection.writing() as db:
            return judging.catch_up(db, most=most, now=now)

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

    def store_list(
        self,
        page: ListPage,
        *,
        source_id: int,
        claim: Claim | None,
        now: datetime,
        seen: datetime | None = None,
        follow: PageKind | None,
        follow_older: bool,
        status: int = 200,
        validators: Validators | None = None,
    ) -> ListOutcome:
        """Store a list page's headlines and what is to be fetched because of them.

        `seen` is when the page said so, where that is not `now`: an imported file was saved before.
        One of before the list's last visit adds what was not known, and changes nothing.
        `follow` is the kind of page that the headlines' links lead to; None fetches none of them.
        With `follow_older` the list's older page is fetched too, if this one had anything new.
        `validators` are kept for the next time that it is asked for.
        """
        from archive import pages

        return pages.store_list(
            self._connection,
            page,
            source_id=source_id,
            claim=claim,
            now=now,
            seen=seen,
            follow=follow,
            follow_older=follow_older,
            status=status,
            validators=validators,
        )

    def store(
        self,
        reading: PageReading,
        *,
        asked_url: str,
        redirects: tuple[str, ...] = (),
        claim: Claim | None,
        source_id: int | None,
        now: datetime,
        status: int = 200,
        follow: FrontierEntry | None = None,
    ) -> Decision | None:
        """Store what a page was read as, what it leads to, and that it was fetched.

        `redirects` are the addresses that were passed through on the way from `asked_url`.

        Gives None where the verdict says that it is nothing to keep: then only the frontier's row
        remembers it, with the reason. `follow` is fetched next (the publisher's page of a post).
        """
        from archive import pages

        return pages.store(
            self._connection,
            reading,
            asked_url=asked_url,
            redirects=redirects,
            claim=claim,
            source_id=source_id,
            now=now,
            status=status,
            follow=follow,
        )

    def export(self, wanted: Wanted) -> Exported:
        """Write out what is held, or what a search finds of it; see `exporting.formats`."""
        from archive.exporting import formats

        return formats.export(self._connection, wanted)

    def take_in(self, records: Iterable[Numbered], *, now: datetime) -> Taken:
        """Take in records of another archive, or of news-please; see `importing`.

        Several transactions, each of whole records. What their headlines link to is fetched by the
        next crawl.
        """
        from archive.importing import intake

        return intake.take_in(self._connection, records, follow=True, now=now)

    def merge(self, other: Archive, *, now: datetime) -> Merged:
        """Take in everything that another archive holds; see `merging`.

        For who holds the crawl lock. Raises UsageError, ArchiveError.
        """
        from archive import merging

        return merging.merge(
            self._connection,
            self.captures,
            other._connection,
            other.captures,
            now=now,
        )

    def store_many(
        self,
        incoming: Iterable[Incoming],
        *,
        progress: Callable[[Tally], None] | None = None,
    ) -> Tally:
        """Store many pages, with the result of storing one by one, in a fraction of the time.

        Pages are taken from `incoming` batch by batch, each of which is one transaction; `progress`
        hears of every one that is committed. For imports: no frontier's row is closed.
        """
        from archive import bulk

        return bulk.store(self._connection, incoming, progress=progress)

    def check(
        self,
        *,
        now: datetime,
        thorough: bool = False,
        writable: bool = True,
        progress: Callable[[str], None] | None = None,
    ) -> tuple[Fault, ...]:
        """Give everything that is wrong with the archive; see `checking`.

        `writable` compares the search index with its tables, which takes the write lock meanwhile.
        """
        from archive import checking

        with self._connection.reading():
            return tuple(
                checking.check(
                    self._connection,
                    now=now,
                    thorough=thorough,
                    writable=writable,
                    progress=progress,
                )
            )

    def repair(
        self,
        *,
        now: datetime,
        thorough: bool = False,
        progress: Callable[[str], None] | None = None,
    ) -> Repaired:
        """Mend what is wrong and can be worked out anew; see `repairing`.

        For who holds the crawl lock.
        """
        from archive import repairing

        find = partial(self.check, now=now, thorough=thorough, progress=progress)
        return repairing.repair(self._connection, self.captures, find, now=now)

    def optimize(
        self, *, vacuum: bool = False, progress: Callable[[str], None] | None = None
    ) -> Optimized:
        """Merge the search index's parts and make the files smaller; see `optimizing`."""
        from archive import optimizing

        return optimizing.optimize(self._connection, vacuum=vacuum, progress=progress)

    def reread(
        self, reading: PageReading, *, asked_url: str, source_id: int | None
    ) -> Decision | None:
        """Store what today's reader makes of a capture; see `articles.reread`.

        Gives None where it says that the page is nothing to keep: what is held of it stays.
        """
        from archive import pages

        return pages.reread(self._connection, reading, asked_url=asked_url, source_id=source_id)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"cannot make {folder}: {error.strerror}") from error
    if not os.access(folder, os.W_OK):
        raise ArchiveError(f"{folder} cannot be written: it is read-only")
