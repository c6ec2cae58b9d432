"""What a crawl did for one source, as its record in the archive tells it. Decides nothing.

The tally keeps one for each source; `crawler.journal` writes them down.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from archive.health import ListTrouble, Visit
from archive.records import (
    Claim,
    Decision,
    DecisionKind,
    ListOutcome,
    ListPage,
    PageKind,
    PageReading,
    UrlState,
    VerdictKind,
)
from archive.schedule import state_after
from crawler.items import Failed, Fetched

# Pages that keep a reader out, until somebody does something about it.
WALLS = frozenset(
    {VerdictKind.CHALLENGE, VerdictKind.CONSENT, VerdictKind.LOGIN, VerdictKind.PAYWALL}
)
STORED = frozenset({DecisionKind.NEW, DecisionKind.DUPLICATE})
# Kinds of failure that a record tells apart, and characters of each: some name a host.
KINDS, KIND_LENGTH = 20, 60
OTHER = "other"


@dataclass(slots=True, kw_only=True)
class Account:
    """Running counts of one source; the names are those of `archive.health.Visit`."""

    settled: int = 0
    """Claims that the crawl has done with, whatever came of them; for the display only."""
    list_pages: int = 0
    unchanged_lists: int = 0
    list_trouble: ListTrouble | None = None
    list_reason: str | None = None
    headlines: int = 0
    first_page: int | None = None
    undated: int = 0
    new_headlines: int = 0
    pages: int = 0
    articles: Counter[DecisionKind] = field(default_factory=Counter)
    first_tries: int = 0
    walls: int = 0
    failed: int = 0
    refused: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    bytes: int = 0
    seconds: float = 0.0

    def listed(self, claim: Claim, page: ListPage, outcome: ListOutcome) -> None:
        """Count a list page that was read."""
        self.settled += 1
        self.pages += 1
        self.list_pages += 1
        self.headlines += outcome.found
        self.new_headlines += outcome.new
        self.undated += sum(1 for headline in page.headlines if headline.published is None)
        if not is_first(claim):
            return
        self.list_trouble = self.list_reason = None
        # An index of sitemaps has its headlines on other pages.
        self.first_page = outcome.found if page.headlines else None

    def unchanged(self, claim: Claim) -> None:
        """Count a list page that is as it was."""
        self.settled += 1
        self.pages += 1
        self.list_pages += 1
        self.unchanged_lists += 1
        if is_first(claim):
            self.list_trouble = self.list_reason = None

    def read(self, fetched: Fetched, reading: PageReading, decision: Decision | None) -> None:
        """Count a page that was read, and stored if it is an article."""
        self.settled += 1
        self.pages += 1
        claim, verdict = fetched.claim, reading.verdict
        is_wall = decision is None and verdict.kind in WALLS
        if claim.kind is not PageKind.LIST and claim.attempts <= 1:
            self.first_tries += 1
            self.walls += is_wall
        if decision is not None:
            self.articles[decision.kind] += 1
        if is_first(claim):
            self.list_trouble = ListTrouble.WALL if is_wall else ListTrouble.UNREACHABLE
            self.list_reason = verdict.reason
        if (
            decision is None
            and state_after(verdict.kind, status=fetched.status) is not UrlState.DONE
        ):
            answered = verdict.kind is VerdictKind.ERROR and fetched.status >= 400
            self._failed(f"HTTP {fetched.status}" if answered else verdict.kind.value)

    def brought_nothing(self, item: Failed) -> None:
        """Count a claim that brought no page."""
        self.settled += 1
        if item.instead is not None:
            self.pages += 1
        if is_first(item.claim):
            self.list_trouble, self.list_reason = trouble_of(item), item.reason
        if item.refused:
            self.refused += 1
            self._note(kind_of(item.reason))
        else:
            self._failed(kind_of(item.reason))

    def transferred(self, size: int, seconds: float) -> None:
        """Count an answer."""
        self.bytes += size
        self.seconds += seconds

    def _failed(self, kind: str) -> None:
        self.failed += 1
        self._note(kind)

    def _note(self, kind: str) -> None:
        known = kind in self.failures or len(self.failures) < KINDS
        self.failures[kind if known else OTHER] += 1

    def visit(self, at: datetime) -> Visit:
        """Give the record, of a crawl that began `at`."""
        return Visit(
            at=at,
            list_pages=self.list_pages,
            unchanged_lists=self.unchanged_lists,
            list_trouble=self.list_trouble,
            list_reason=self.list_reason,
            headlines=self.headlines,
            first_page=self.first_page,
            undated=self.undated,
            new_headlines=self.new_headlines,
            pages=self.pages,
            new_articles=sum(self.articles[kind] for kind in STORED),
            changed_articles=self.articles[DecisionKind.CHANGED],
            unchanged_articles=self.articles[DecisionKind.UNCHANGED],
            first_tries=self.first_tries,
            walls=self.walls,
            failed=self.failed,
            refused=self.refused,
            failures=dict(self.failures),
            bytes=self.bytes,
            seconds=self.seconds,
        )


def is_first(claim: Claim) -> bool:
    """Tell a list's first page, which every visit asks for, from its older ones."""
    return claim.kind is PageKind.LIST and claim.found_on is None


def trouble_of(item: Failed) -> ListTrouble:
    """Say in which way a list's first page brought nothing."""
    if item.refused or item.broke:
        return ListTrouble.OURS
    if item.instead is None or item.instead is VerdictKind.ERROR:
        return ListTrouble.UNREACHABLE
    return ListTrouble.WALL if item.instead in WALLS else ListTrouble.EMPTY


def kind_of(reason: str) -> str:
    """Give what a reason has in common with others of its kind: no address, no detail."""
    if reason.startswith("redirected to "):
        return "redirected to what is not fetched"
    return reason.partition(":")[0][:KIND_LENGTH]
