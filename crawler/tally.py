"""What a crawl has done so far, for the progress display and the summary; decides nothing."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from archive.records import (
    Claim,
    Decision,
    DecisionKind,
    LeftOut,
    ListOutcome,
    ListPage,
    PageKind,
    PageReading,
    UrlState,
)
from archive.schedule import state_after
from crawler.accounts import Account
from crawler.items import Failed, Fetched
from crawler.paging import day_of

# Raw lines kept of what a list's pages left out; the rest is counted.
LINES_KEPT = 20
# Troubles kept one by one, some 300 bytes each; the rest is counted, and the frontier has all. A
# quarter of old links is dead: a crawl of a million must not carry them all along.
TROUBLES_KEPT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A page that brought nothing, and why."""

    url: str
    kind: PageKind
    reason: str
    refused: bool = False
    breaks: bool = False
    """It is a source's own page, without which the source is broken."""


@dataclass(slots=True, kw_only=True)
class ListTally:
    """Running counts of one source's list."""

    pages: int = 0
    headlines: int = 0
    new: int = 0
    oldest: date | None = None
    """The day that the list was followed back to."""
    ended: str | None = None
    """Why it was not followed further."""
    left_out: tuple[LeftOut, ...] = ()
    """What of its pages was not read, summed up by reason."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """Running counts of one crawl."""

    settled: int = 0
    """Claims that the crawl has done with, whatever came of them."""
    lists: dict[int, ListTally] = field(default_factory=dict)
    """By the source's id."""
    accounts: defaultdict[int, Account] = field(default_factory=lambda: defaultdict(Account))
    """The same of all that the source led to, for the record."""
    pages: int = 0
    """Every page that was fetched and read, lists included."""
    articles: Counter[DecisionKind] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    """Pages that are no article, by verdict."""
    internal_errors: int = 0
    """Pages on which the program itself failed; they are among the troubles, too."""
    bytes: int = 0
    """Of answers, as they came over the network."""
    failures: int = 0
    """Pages that could not be had or read."""
    out_of_time: bool = False
    """It ended because it had taken as long as it may."""
    refusals: int = 0
    """Pages that may not be fetched."""
    mementos: int = 0
    """Dead links that were read from a web archive; their articles are counted, too."""
    not_archived: int = 0
    """Dead links of which the web archive has no article."""
    lookup_trouble: str | None = None
    """The last that went wrong between us and the web archive."""
    troubles: list[Trouble] = field(default_factory=list)
    """The first of both, and every list among them."""

    def listed(self, claim: Claim, page: ListPage, outcome: ListOutcome, ended: str | None) -> None:
        """Count a list page that was read and stored, with why the list ended at it, if it did."""
        self.pages += 1
        if claim.source_id is None:
            return
        self.accounts[claim.source_id].listed(claim, page, outcome)
        of_list = self.lists.setdefault(claim.source_id, ListTally())
        of_list.pages += 1
        of_list.headlines += outcome.found
        of_list.new += outcome.new
        of_list.ended = ended
        of_list.left_out = summed((*of_list.left_out, *page.left_out))
        days = [day_of(h.published.value) for h in page.headlines if h.published]
        of_list.oldest = min([*days, *([of_list.oldest] if of_list.oldest else [])], default=None)

    def unchanged(self, claim: Claim) -> None:
        """Count a list page that is as it was."""
        self.pages += 1
        if claim.source_id is not None:
            of_list = self.lists.setdefault(claim.source_id, ListTally())
            of_list.pages += 1
            of_list.ended = "not changed since the last visit"
            self.accounts[claim.source_id].unchanged(claim)

    def transferred(self, claim: Claim, size: int, seconds: float) -> None:
        """Count an answer's bytes as they came over the network, and the time that they took."""
        self.bytes += size
        if claim.source_id is not None:
            self.accounts[claim.source_id].transferred(size, seconds)

    @property
    def list_pages(self) -> int:
        """List pages read, of all sources."""
        return sum(of_list.pages for of_list in self.lists.values())

    @property
    def headlines(self) -> int:
        """Headlines on the list pages read."""
        return sum(of_list.headlines for of_list in self.lists.values())

    @property
    def new_headlines(self) -> int:
        """Headlines that were not held before."""
        return sum(of_list.new for of_list in self.lists.values())

    @property
    def oldest(self) -> date | None:
        """The day that the lists were followed back to."""
        return min((t.oldest for t in self.lists.values() if t.oldest), default=None)

    def read(self, fetched: Fetched, reading: PageReading, decision: Decision | None) -> None:
        """Count a page that was read and, if it is an article, stored."""
        self.pages += 1
        if fetched.claim.source_id is not None:
            self.accounts[fetched.claim.source_id].read(fetched, reading, decision)
        if decision is not None:
            self.articles[decision.kind] += 1
            return
        self.others[reading.verdict.kind] += 1
        if state_after(reading.verdict.kind, status=fetched.status) is not UrlState.DONE:
            self._trouble(fetched.claim, reading.verdict.reason)

    def failed(self, item: Failed) -> None:
        """Count a claim that brought no page."""
        if item.claim.source_id is not None:
            self.accounts[item.claim.source_id].brought_nothing(item)
        self._trouble(item.claim, item.reason, refused=item.refused)

    def broke(self, item: Failed) -> None:
        """Count a page on which the program itself failed."""
        self.internal_errors += 1
        self.failed(item)

    def _trouble(self, claim: Claim, reason: str, *, refused: bool = False) -> None:
        self.failures += not refused
        self.refusals += refused
        breaks = claim.kind is PageKind.LIST and claim.found_on is None
        if not breaks and len(self.troubles) >= TROUBLES_KEPT:
            return
        self.troubles.append(
            Trouble(url=claim.url, kind=claim.kind, reason=reason, refused=refused, breaks=breaks)
        )

    @property
    def broken_lists(self) -> list[Trouble]:
        """Lists that could not be read: the crawl's own purpose failed there."""
        return [t for t in self.troubles if t.breaks]

    @property
    def stored(self) -> int:
        """Articles that are new in the archive, duplicates of another's text included."""
        return self.articles[DecisionKind.NEW] + self.articles[DecisionKind.DUPLICATE]


def summed(left_out: Sequence[LeftOut]) -> tuple[LeftOut, ...]:
    """Add up what several pages left out for the same reason."""
    by_reason: dict[tuple[str, str], LeftOut] = {}
    for one in left_out:
        key = (one.what, one.reason)
        held = by_reason.get(key)
        by_reason[key] = (
            one
            if held is None
            else replace(
                held,
                count=held.count + one.count,
                at_least=held.at_least or one.at_least,
                lines=(held.lines + one.lines)[:LINES_KEPT],
            )
        )
    return tuple(by_reason.values())
