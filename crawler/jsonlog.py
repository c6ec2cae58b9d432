"""A crawl's log for programs: one JSON object a line, in a file or on stderr.

Each has `at` (UTC) and `event`: `begin`, `list`, `page`, `unchanged`, `failed`, `log` (what a
library said), `end`, and `summary` from the command. A log that cannot be written on ends; the
crawl does not.
"""

import json
import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from archive.errors import UsageError
from crawler.clock import Clock, utc
from crawler.items import Failed, Fetched, ReadList, ReadPage, Unchanged, claim_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

STDERR = "-"


class JsonLines:
    """Writes events to a file, or to stderr for `-`."""

    def __init__(self, target: str, *, clock: Clock = utc) -> None:
        self.clock = clock
        try:
            self.stream: IO[str] | None = (
                sys.stderr if target == STDERR else Path(target).open("a", encoding="utf-8")  # noqa: SIM115 - for the whole crawl
            )
        except OSError as error:
            raise UsageError(f"cannot write {target}: {error.strerror}") from error
        self.is_ours = target != STDERR

    def write(self, event: str, fields: Mapping[str, Any]) -> None:
        """Write one event at once, so that whoever follows the file sees it."""
        if self.stream is None:
            return
        at = self.clock().isoformat(timespec="milliseconds")
        line = json.dumps({"at": at, "event": event, **fields})
        try:
            self.stream.write(line + "\n")
            self.stream.flush()
        except OSError:
            # A full disk, a reader that has gone: the archive's own errors end a crawl, not these.
            self.stream = None

    def close(self) -> None:
        """Close the file."""
        if self.is_ours and self.stream is not None:
            self.stream.close()
        self.stream = None


class JsonLog(logging.Handler):
    """A Scrapy extension; off where `BACKFILE_JSON_LOG` names no file."""

    def __init__(self, lines: JsonLines, level: str) -> None:
        super().__init__(level)
        self.lines = lines

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Build and connect.

        Raises:
            NotConfigured: no file is named.
            UsageError: it cannot be written.

        """
        target = crawler.settings["BACKFILE_JSON_LOG"]
        if not target:
            raise NotConfigured
        lines = JsonLines(target, clock=getattr(crawler.spider, "clock", utc))
        log = cls(lines, crawler.settings["LOG_LEVEL"])
        crawler.signals.connect(log.opened, signal=signals.spider_opened)
        crawler.signals.connect(log.settled, signal=signals.item_scraped)
        crawler.signals.connect(log.closed, signal=signals.spider_closed)
        return log

    def opened(self) -> None:
        """Log that the crawl begins, and from now on what libraries say."""
        logging.getLogger().addHandler(self)
        self.lines.write("begin", {})

    def settled(self, item: Fetched | ReadPage | ReadList | Failed | Unchanged) -> None:
        """Log what became of a page."""
        claim = claim_of(item)
        about = {"source_id": claim.source_id, "kind": claim.kind.value, "url": claim.url}
        self.lines.write(event_of(item), about | facts_of(item))

    def emit(self, record: logging.LogRecord) -> None:
        """Log what a library says."""
        said = {"level": record.levelname, "logger": record.name, "message": record.getMessage()}
        self.lines.write("log", said)

    def closed(self, reason: str) -> None:
        """Log that the crawl ended, and why."""
        self.lines.write("end", {"reason": reason})
        logging.getLogger().removeHandler(self)
        self.lines.close()


def event_of(item: Fetched | ReadPage | ReadList | Failed | Unchanged) -> str:
    """Name what became of a page."""
    if isinstance(item, Failed):
        return "failed"
    if isinstance(item, Unchanged):
        return "unchanged"
    return "list" if isinstance(item, ReadList) else "page"


def facts_of(item: Fetched | ReadPage | ReadList | Failed | Unchanged) -> dict[str, Any]:
    """Give what there is to know of it."""
    if isinstance(item, Failed):
        return {"status": item.status, "reason": item.reason, "refused": item.refused}
    if isinstance(item, Unchanged | Fetched):
        return {"status": item.status}
    if isinstance(item, ReadList):
        instead = item.instead.reason if item.instead else None
        return {
            "status": item.fetched.status,
            "headlines": len(item.page.headlines),
            "reason": instead,
        }
    verdict = item.reading.verdict
    return {"status": item.fetched.status, "verdict": verdict.kind.value, "reason": verdict.reason}
