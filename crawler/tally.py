"""What a crawl has done so far, for the progress display and the summary; decides nothing."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from archive.records import (
    Decision,
    DecisionKind,
    ListOutcome,
    ListPage,
    PageKind,
    PageReading,
    UrlState,
)
from archive.schedule import state_after
from crawler.items import Failed, Fetched


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A page that brought nothing, and why."""

    url: str
    kind: PageKind
    reason: str
    refused: bool = False


@dataclass(slots=True, kw_only=True)
class Tally:
    """Running counts of one crawl."""

    settled: int = 0
    """Claims that the crawl has done with, whatever came of them."""
    lists: int = 0
    headlines: int = 0
    new_headlines: int = 0
    queued: int = 0
    pages: int = 0
    """Every page that was fetched and read, lists included."""
    articles: Counter[DecisionKind] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    """Pages that are no article, by verdict."""
    internal_errors: int = 0
    """Pages on which the program itself failed; they are among the troubles, too."""
    troubles: list[Trouble] = field(default_factory=list)
    oldest: date | None = None
    """The date that the lists were followed back to."""

    def listed(self, page: ListPage, outcome: ListOutcome) -> None:
        """Count a list page that was read and stored."""
        self.pages += 1
        self.lists += 1
        self.headlines += outcome.found
        self.new_headlines += outcome.new
        self.queued += outcome.queued
        days = [day_of(h.published.value) for h in page.headlines if h.published]
        self.oldest = min([*days, *([self.oldest] if self.oldest else [])], default=None)

    def read(self, fetched: Fetched, reading: PageReading, decision: Decision | None) -> None:
        """Count a page that was read and, if it is an article, stored."""
        self.pages += 1
        if decision is not None:
            self.articles[decision.kind] += 1
            return
        self.others[reading.verdict.kind] += 1
        if state_after(reading.verdict.kind) is not UrlState.DONE or fetched.status >= 400:
            self._trouble(fetched.claim.url, fetched.claim.kind, reading.verdict.reason)

    def failed(self, item: Failed) -> None:
        """Count a claim that brought no page."""
        self._trouble(item.claim.url, item.claim.kind, item.reason, refused=item.refused)

    def broke(self, item: Failed) -> None:
        """Count a page on which the program itself failed."""
        self.internal_errors += 1
        self.failed(item)

    def _trouble(self, url: str, kind: PageKind, reason: str, *, refused: bool = False) -> None:
        self.troubles.append(Trouble(url=url, kind=kind, reason=reason, refused=refused))

    @property
    def broken_lists(self) -> list[Trouble]:
        """Lists that could not be read: the crawl's own purpose failed there."""
        return [t for t in self.troubles if t.kind is PageKind.LIST]

    @property
    def stored(self) -> int:
        """Articles that are new in the archive, duplicates of another's text included."""
        return self.articles[DecisionKind.NEW] + self.articles[DecisionKind.DUPLICATE]


def day_of(value: date | datetime) -> date:
    """Give the day, as printed, of a date or an instant."""
    return value.date() if isinstance(value, datetime) else value
