"""Reading pages in processes of their own, so that no page stalls or ends a crawl.

A page that takes too long, or too much memory, costs its reader; the caller gets `Unreadable`.
Readers ignore Ctrl-C and SIGTERM (the crawl decides when to stop) and end when their parent does,
however it ends. What is read, and how, is `crawler.extract`'s.

Each reader has a pipe of its own and shares nothing with the others: whoever is killed, by its
page or by a system that is short of memory, in the midst of whatever, takes only its page along.
"""

import asyncio
import atexit
import gc
import multiprocessing
import multiprocessing.connection
import os
import resource
import signal
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from queue import SimpleQueue
from typing import Any, Self, TypeVar

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

# Objects that are made before the collector looks for what refers to itself. By Python's own
# measure, 700, it looks a dozen times a page, at what is about to be dropped: 5 % of reading.
COLLECT_AFTER = 20_000

T = TypeVar("T")


class Unreadable(Exception):
    """Reading the page failed; `str()` says how. The page itself is at fault, not the network."""


class Readers:
    """A number of processes that read pages, each begun when it is first needed."""

    def __init__(self, processes: int | None = None) -> None:
        count = processes or os.cpu_count() or 1
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(list(PRELOADED))
        self.threads = ThreadPoolExecutor(count, thread_name_prefix="reader")
        self.idle: SimpleQueue[Reader | None] = SimpleQueue()
        """One for each thread: a reader that waits for its next page, or leave to begin one."""
        for _ in range(count):
            self.idle.put(None)
        self.busy: set[Reader] = set()
        self.closed = False
        atexit.register(self.close)

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
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, self._read, function, arguments)

    def _read(self, function: Callable[..., T], arguments: tuple[object, ...]) -> T:
        """Have the next idle reader read, in a thread."""
        reader = self.idle.get()
        try:
            fit = reader = self._fit(reader)
            self.busy.add(fit)
            return fit.read(function, arguments)
        except (MemoryError, ReaderFault) as error:
            raise Unreadable(str(error) or "reading ran out of memory") from error
        except (OSError, EOFError) as error:
            raise Unreadable(f"no reader could be had ({error})") from error
        finally:
            if reader is not None:
                self.busy.discard(reader)
            self.idle.put(reader)

    def _fit(self, reader: "Reader | None") -> "Reader":
        """Give a reader that can read one more page: this one, or another in its place."""
        if reader is not None and reader.is_fit():
            return reader
        if reader is not None:
            reader.end()
        if self.closed:
            raise OSError("the readers were closed")
        return Reader(self.context)

    def close(self) -> None:
        """End the readers at once; what they were reading is lost, its claims come back."""
        atexit.unregister(self.close)
        self.closed = True
        for busy in tuple(self.busy):
            busy.kill()
        self.threads.shutdown(cancel_futures=True)
        while not self.idle.empty():
            reader = self.idle.get()
            if reader is not None:
                reader.end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Reader:
    """One process that reads, at the other end of a pipe; used by one thread at a time."""

    def __init__(self, context: ForkServerContext) -> None:
        self.pages = 0
        self.pipe, theirs = context.Pipe()
        with theirs:
            self.process = context.Process(target=serve, args=(theirs,), name="reader", daemon=True)
            self.process.start()

    def is_fit(self) -> bool:
        """Tell whether it lives, waits, and has not read its share of pages."""
        # Unasked, a pipe only ever says that nobody is at its other end.
        return self.pages < PAGES_PER_READER and not self.pipe.closed and not self.pipe.poll()

    def read(self, function: Callable[..., T], arguments: tuple[object, ...]) -> T:
        """Have a function called with these arguments, and give what it gives.

        Raises:
            Unreadable: it took too long or ended the process, which is over now.
            ReaderFault: it raised.
            MemoryError: it ran out of memory.

        """
        self.pages += 1
        try:
            self.pipe.send((function, arguments))
            if not self.pipe.poll(PAGE_SECONDS):
                self.end()
                raise Unreadable(f"reading took longer than {PAGE_SECONDS} s")
            answer, error = self.pipe.recv()
        except (OSError, EOFError):
            self.end()
            raise Unreadable(f"reading ended its process ({self.process.exitcode})") from None
        if error is not None:
            raise error
        result: T = answer
        return result

    def end(self) -> None:
        """End the process, whatever it is at, and the pipe."""
        if not self.pipe.closed:
            self.kill()
            self.pipe.close()
            self.process.join()

    def kill(self) -> None:
        """End the process; whoever waits for its answer is told by the pipe."""
        # What the pipe has something to say of is over, or will be when it is closed; its number
        # may be another process's by now. Not by `Process.kill`, which believes a process to be
        # over once its fork server is.
        if self.process.pid is not None and not self.pipe.poll():
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGKILL)


def serve(pipe: Connection) -> None:
    """Read what comes through a pipe until it is closed, in the process of a reader."""
    begin_worker()
    with suppress(EOFError, OSError):
        while True:
            function, arguments = pipe.recv()
            try:
                pipe.send((guarded(function, *arguments), None))
            except (MemoryError, ReaderFault) as error:
                pipe.send((None, error))


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
    return guarded(article_of, fetched)


def article_of(fetched: Fetched) -> PageReading:
    """Read an article's page as its publisher's declaration says, if there is one."""
    from crawler.extract import extract_article
    from crawler.sites import declaration_for

    return extract_article(
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
    except (MemoryError, ReaderFault):
        raise
    except Exception as error:
        raise ReaderFault(f"the reader failed: {type(error).__name__}: {error}") from error


def begin_worker() -> None:
    """Prepare a worker: bounded memory, deaf to Ctrl-C and SIGTERM, gone when its parent is."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (READER_BYTES, resource.RLIM_INFINITY))
    # What was loaded once is not walked through again and again.
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """Wait for the parent's end, then end this process without further ado."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)
