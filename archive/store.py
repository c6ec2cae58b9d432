"""`Archive`: the one object that callers hold.

    with Archive.open(folder, create=True, upgrade=True) as archive:
        source = archive.add_source("https://paper.example/news", now=now)
        archive.frontier.make_due(archive.entry_of(source), now=now)
        claims = archive.frontier.claim(8, now=now, lease=timedelta(minutes=10))
        …fetch and read each claim's page…
        archive.store_list(page, source_id=source.id, claim=claim, now=now, …)
        archive.store(reading, asked_url=claim.url, claim=claim, source_id=source.id, now=now)

Each method is one transaction: stored whole, with the frontier's row, or not at all. Methods only
hand on to the modules that do it, imported when they are needed; those that read only are in
`holdings`. It fetches and reads no page. Every SQLite error leaves as an ArchiveError.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from archive.connection import FILE_NAME, missing, open_to_write
from archive.errors import ArchiveError, ArchiveMissing
from archive.holdings import Holdings

if TYPE_CHECKING:
    from archive.bulk import Incoming, Tally
    from archive.captures import Captures
    from archive.crawls import CrawlEnding, CrawlTotals
    from archive.faults import Fault
    from archive.health import Health, Visit
    from archive.held import Lookup, Resolved
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
    from archive.watching import Wanted, Watch, WatchReport


class Archive(Holdings):
    """One archive folder, open for reading or writing; a context manager."""

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
            return cls.reading(folder)
        if create:
            _make(folder)
        elif not (folder / FILE_NAME).is_file():
            raise ArchiveMissing(missing(folder))
        connection = open_to_write(folder)
        if create or upgrade:
            from archive import roomfiles, schema

            try:
                schema.upgrade(connection)
                roomfiles.keep(folder)
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

    def resolve(
        self,
        *,
        source_ids: Sequence[int] | None = None,
        headline_ids: Sequence[int] | None = None,
        candidates: Iterable[Headline] = (),
        most: int | None = None,
        dry_run: bool = False,
        now: datetime,
    ) -> tuple[Resolved, ...]:
        """Find the pages that headlines without a link mean, by title, day and publisher.

        Looks among what is held, and among `candidates`: headlines with links from elsewhere (a
        feed, a sitemap, a site's search). What is found is stored with its evidence, tied to the
        article, or put into the frontier where that is not held; `dry_run` stores nothing. What
        was resolved before is left alone. `source_ids` and `headline_ids` say whose and which are
        tried, None for all; `most` bounds how many are tried: those first that were
        never, or not for longest. Gives every headline that was tried.
        """
        from archive import resolving

        return resolving.resolve(
            self._connection,
            source_ids=source_ids,
            headline_ids=headline_ids,
            candidates=candidates,
            most=most,
            dry_run=dry_run,
            now=now,
        )

    def note_lookups(self, asked: Iterable[tuple[int, str]], *, now: datetime) -> None:
        """Remember that sites were asked for headlines, each a headline's id and a site."""
        from archive import resolving

        with self._connection.writing() as db:
            resolving.note_lookups(db, asked, now)

    def forget(self, asked: str, *, now: datetime) -> Forgotten:
        """Take a page out for good, by an address, an article's id or `h12`; see `forgetting`.

        For who holds the crawl lock. Raises NotFound.
        """
        from archive import forgetting
        from archive.exporting import watchfeed

        gone = forgetting.forget(self._connection, self.captures, asked, now=now)
        for watch in self.watches():
            watchfeed.write(self._connection, watch)
        return gone

    def recall(self, url: str, *, now: datetime) -> bool:
        """Let a forgotten page come back; False where it was not out."""
        from archive import forgetting

        return forgetting.recall(self._connection, url, now=now) > 0

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

    def begin_crawl(self, *, version: str, now: datetime) -> int:
        """Begin a crawl's record, `version` being the program's; gives its id.

        For who holds the crawl lock: a record that is open still is that of a killed crawl.
        """
        from archive import crawls

        with self._connection.writing() as db:
            return crawls.begin(db, version=version, now=now)

    def record_crawl(
        self,
        crawl_id: int,
        totals: CrawlTotals,
        visits: Mapping[int, Visit],
        *,
        now: datetime,
        ended: CrawlEnding | None = None,
    ) -> None:
        """Write how far a crawl has come with each source, and with `ended` that it is over."""
        from archive import crawls

        with self._connection.writing() as db:
            crawls.write(db, crawl_id, totals, visits, now=now, ended=ended)

    def accept_source(self, source: Source, *, now: datetime) -> Health:
        """Have what a source's list brings be normal from now on; gives how it stood.

        Raises UsageError where it is well, or its list cannot be read.
        """
        from archive import crawls

        with self._connection.writing() as db:
            return crawls.accept(db, source.id, now=now)

    def note_told(self, judged: Mapping[int, Health], *, now: datetime) -> None:
        """Remember what the owner was told of sources, so that they are told once."""
        from archive import crawls

        with self._connection.writing() as db:
            crawls.note_told(db, judged, now=now)

    def add_watch(
        self, name: str, wanted: Wanted, *, past: bool = False, now: datetime
    ) -> tuple[Watch, int]:
        """Save a search and make its feed; gives it, and how many rows match already.

        These are not told, unless `past`. Raises UsageError, NotFound.
        """
        from archive import watches
        from archive.exporting import watchfeed

        with self._connection.writing() as db:
            held, known = watches.add(db, name, wanted, past=past, now=now)
        watchfeed.write(self._connection, held)
        return held, known

    def remove_watch(self, name: str) -> Watch:
        """Take a saved search out, with its feed; gives what it was. Raises NotFound."""
        from archive import watches

        with self._connection.writing() as db:
            held = watches.remove(db, name)
        (self.folder / held.feed).unlink(missing_ok=True)
        return held

    def run_watches(self, names: Sequence[str] = (), *, now: datetime) -> tuple[WatchReport, ...]:
        """Look what saved searches find that is new (all, if none is named), and write their feeds.

        A watch that cannot be run says so in its report. Raises NotFound for a name.
        """
        from archive import watches

        with self._connection.reading() as raw:
            chosen = [watches.find(raw, name) for name in names] or watches.every(raw)
        return tuple(watches.run(self._connection, watch, now=now) for watch in chosen)

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
        lookup: Lookup | None = None,
    ) -> Decision | None:
        """Store what a page was read as, what it leads to, and that it was fetched.

        `redirects` are the addresses that were passed through on the way from `asked_url`.

        Gives None where the verdict says that it is nothing to keep: then only the frontier's row
        remembers it, with the reason. `follow` is fetched next (the publisher's page of a post).
        `lookup` is answered by what is stored: a memento of a dead link.
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
            lookup=lookup,
        )

    def take_in(
        self,
        records: Iterable[Numbered],
        *,
        now: datetime,
        progress: Callable[[Taken], None] | None = None,
    ) -> Taken:
        """Take in records of another archive, or of news-please; see `importing`.

        Several transactions, each of whole records; `progress` hears of every one that is
        committed. What their headlines link to is fetched by the next crawl.
        """
        from archive.importing import intake

        return intake.take_in(self._connection, records, follow=True, now=now, progress=progress)

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
