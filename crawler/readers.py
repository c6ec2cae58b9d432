"""Reading pages in processes of their own, so that no page stalls or ends a crawl.

A page that takes too long, or too much memory, costs its worker; the caller gets `Unreadable`.
Workers ignore Ctrl-C (the crawl decides when to stop) and end when their parent does, however
it ends. What is read, and how, is `crawler.extract`'s.
"""

import asyncio
import multiprocessing
import multiprocessing.connection
import os
import resource
import signal
import threading
from collections.abc import Callable, Mapping
from typing import Any, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from archive.records import ListPage, PageReading
from crawler.items import Fetched

# The worst page of 600 real ones takes under a second; a reader that is not done by now never is.
PAGE_SECONDS = 30

# Address space of one reader. lxml's tree takes some 10 times a page's bytes, BeautifulSoup's 50
# times of the part it reads; with 16 MB as the largest page this is ample, and bounds the rest.
READER_BYTES = 4 * 1024**3

# Readers begin afresh after so many pages; whatever a C library leaks goes with them.
PAGES_PER_READER = 2_000

# What reads is loaded once, and shared by all readers. `crawler.extract` itself loads nothing.
PRELOADED = (
    "crawler.readers",
    "crawler.extract.article",
    "crawler.extract.doors.finding",
    "crawler.sites",
)

T = TypeVar("T")


class Unreadable(Exception):
    """Reading the page failed; `str()` says how. The page itself is at fault, not the network."""


class Readers:
    """A pool of processes that read pages."""

    def __init__(self, processes: int | None = None) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(PRELOADED))
        self.pool = ProcessPool(
            max_workers=processes or os.cpu_count() or 1,
            max_tasks=PAGES_PER_READER,
            initializer=begin_worker,
            context=context,
        )

    async def read_list(
        self, fetched: Fetched, known_publishers: Mapping[str, str] = {}
    ) -> ListPage:
        """Read a list page; `known_publishers` maps hosts to names. Raises Unreadable."""
        return await self._run(headlines_of, fetched, known_publishers)

    async def read_page(self, fetched: Fetched) -> PageReading:
        """Read an article's page.

        Raises:
            Unreadable: the page broke its reader or took too long.

        """
        return await self._run(reading_of, fetched)

    async def _run(self, function: Callable[..., T], *arguments: object) -> T:
        future = self.pool.schedule(function, args=arguments, timeout=PAGE_SECONDS)
        try:
            return await asyncio.wrap_future(future)
        except TimeoutError:
            raise Unreadable(f"reading took longer than {PAGE_SECONDS} s") from None
        except MemoryError as error:
            raise Unreadable("reading ran out of memory") from error
        except ProcessExpired as error:
            raise Unreadable(f"reading ended its process ({error})") from error
        except ReaderFault as error:
            raise Unreadable(str(error)) from error

    def close(self) -> None:
        """End the workers at once; what they were reading is lost, its claims come back."""
        self.pool.stop()  # type: ignore[no-untyped-call]  # Pebble leaves it untyped
        self.pool.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class ReaderFault(Exception):
    """An exception of the extractor, as text: exceptions of C libraries do not always travel."""


def headlines_of(fetched: Fetched, known_publishers: Mapping[str, str]) -> ListPage:
    """Read a list page, in the worker."""
    from crawler.extract.doors.finding import read_door
    from crawler.extract.page import decide_encoding

    return guarded(
        read_door,
        fetched.body,
        url=fetched.url,
        captured_at=fetched.captured_at,
        kind=fetched.door,
        encoding=decide_encoding(fetched.body, headers=fetched.headers),
        headers=fetched.headers,
        known_publishers=known_publishers,
    )


def reading_of(fetched: Fetched) -> PageReading:
    """Read an article's page, in the worker."""
    from crawler.extract import extract_article
    from crawler.sites import declaration_for

    return guarded(
        extract_article,
        fetched.body,
        url=fetched.url,
        captured_at=fetched.captured_at,
        asked_url=fetched.claim.url,
        status=fetched.status,
        headers=fetched.headers,
        site=declaration_for(fetched.url, fetched.captured_at.date()),
    )


def guarded(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Call the extractor; the one place where a fault of it is caught, named and passed on."""
    try:
        return function(*args, **kwargs)
    except MemoryError:
        raise
    except Exception as error:
        raise ReaderFault(f"the reader failed: {type(error).__name__}: {error}") from error


def begin_worker() -> None:
    """Prepare a worker: bounded memory, deaf to Ctrl-C, gone when its parent is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (READER_BYTES, resource.RLIM_INFINITY))
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait for the parent's end, then end this process without further ado."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
