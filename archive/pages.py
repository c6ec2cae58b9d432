"""One fetched page, one transaction: what it said, what it leads to, and that it was fetched.

Composes the modules that know one noun each; what is decided here is only which of them hears of a
page. Nothing is fetched, and nothing is read from HTML.
"""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from archive import articles, forgetting, frontier, headlines, history, mementos
from archive.connection import Connection
from archive.decide import is_kept
from archive.fingerprint import fingerprint, urn
from archive.held import Lookup, Memento
from archive.records import (
    Article,
    Claim,
    Decision,
    FrontierEntry,
    ListOutcome,
    ListPage,
    PageKind,
    PageReading,
    UrlState,
    Validators,
    Verdict,
    VerdictKind,
)
from archive.schedule import is_dead, retry_at, state_after
from archive.urls import page_key

if TYPE_CHECKING:
    from sqlite_utils import Database


def store_list(
    connection: Connection,
    page: ListPage,
    *,
    source_id: int,
    claim: Claim | None,
    now: datetime,
    seen: datetime | None,
    follow: PageKind | None,
    follow_older: bool,
    status: int,
    validators: Validators | None,
) -> ListOutcome:
    """Carry out `Archive.store_list`."""
    with connection.writing() as db:
        page = _without_forgotten(db, page)
        if seen is not None and history.is_past(db, source_id=source_id, seen=seen):
            new = headlines.write_past(db, page, source_id=source_id, seen=seen)
        else:
            asked, at = claim.url if claim else page.url, seen or now
            visit = history.begin(db, page, asked=asked, source_id=source_id, now=at)
            new = headlines.write(db, page, source_id=source_id, visit=visit, now=at)
        queued = frontier.insert(db, _followed(page, source_id, follow), now=now)
        if follow_older:
            _queue_parts(db, page, source_id, now)
        older = page.older if follow_older and new else None
        if older and not _queue_older(db, older, page, source_id, now):
            older = None
        if claim is not None:
            verdict = _list_verdict(page, new)
            known = validators if verdict.kind is VerdictKind.LIST else None
            _close(
                db,
                claim,
                verdict,
                status=status,
                final_url=page.url,
                validators=known,
                now=now,
            )
    return ListOutcome(found=len(page.headlines), new=new, queued=queued, older=older)


def store(
    connection: Connection,
    reading: PageReading,
    *,
    asked_url: str,
    redirects: tuple[str, ...],
    claim: Claim | None,
    source_id: int | None,
    now: datetime,
    status: int,
    follow: FrontierEntry | None,
    lookup: Lookup | None,
) -> Decision | None:
    """Carry out `Archive.store`."""
    arrival = arriving(
        reading, asked_url=asked_url, redirects=redirects, source_id=source_id, now=now
    )
    with connection.writing() as db:
        decision = store_article(db, arrival) if arrival else None
        if follow is not None:
            frontier.insert(db, [follow], now=now)
        if lookup is not None and decision is not None and reading.memento_url:
            memento = Memento(url=reading.memento_url, at=reading.captured_at)
            mementos.found(db, lookup, memento)
        if claim is not None:
            _close(db, claim, reading.verdict, status=status, final_url=reading.url, now=now)
    return decision


def reread(
    connection: Connection,
    reading: PageReading,
    *,
    asked_url: str,
    source_id: int | None,
) -> Decision | None:
    """Carry out `Archive.reread`."""
    arrival = arriving(reading, asked_url=asked_url, source_id=source_id, now=reading.captured_at)
    if arrival is None:
        return None
    with connection.writing() as db:
        return None if _is_forgotten(db, arrival) else articles.reread(db, arrival)


def arriving(
    reading: PageReading,
    *,
    asked_url: str,
    source_id: int | None,
    now: datetime,
    redirects: tuple[str, ...] = (),
) -> articles.Arrival | None:
    """Give the article of a page as it is to be stored; None where it has none to keep."""
    article = _kept(reading)
    if article is None:
        return None
    return articles.Arrival(
        article=article,
        fingerprint=fingerprint(article.text),
        reading=reading,
        asked_url=asked_url,
        redirects=redirects,
        source_id=source_id,
        now=now,
    )


def store_article(db: "Database", arrival: articles.Arrival) -> Decision | None:
    """Store an article in the caller's transaction; None where its page was forgotten."""
    return None if _is_forgotten(db, arrival) else articles.store(db, arrival)


def _followed(page: ListPage, source_id: int, follow: PageKind | None) -> list[FrontierEntry]:
    if follow is None:
        return []
    return [
        FrontierEntry(url=headline.url, kind=follow, source_id=source_id, found_on=page.url)
        for headline in headlines.links(page)
        if headline.url
    ]


def _queue_older(db: "Database", older: str, page: ListPage, source_id: int, now: datetime) -> bool:
    """Have the older page fetched: new headlines above have pushed others down onto it."""
    if page_key(older) == page_key(page.url):
        return False
    entry = FrontierEntry(url=older, kind=PageKind.LIST, source_id=source_id, found_on=page.url)
    return frontier.insert(db, [entry], now=now) == 1 or frontier.revive(db, older, now=now)


def _queue_parts(db: "Database", page: ListPage, source_id: int, now: datetime) -> None:
    """Have an index's parts fetched: new ones, and those that changed since they were visited.

    Where the index does not say what changed, its first part is where new headlines appear.
    """
    entries = [
        FrontierEntry(url=part.url, kind=PageKind.LIST, source_id=source_id, found_on=page.url)
        for part in page.parts
    ]
    frontier.insert(db, entries, now=now)
    for part in page.parts:
        changed = part.changed or (now if part is page.parts[0] else None)
        if changed is not None:
            frontier.revive(db, part.url, now=now, visited_before=changed)


def _list_verdict(page: ListPage, new: int) -> Verdict:
    if page.needs_javascript:
        return Verdict(kind=VerdictKind.JAVASCRIPT, reason="the list is drawn by a script")
    if page.parts:
        return Verdict(kind=VerdictKind.LIST, reason=f"an index of {len(page.parts)} parts")
    if not page.headlines:
        return Verdict(kind=VerdictKind.EMPTY, reason="no headlines found on the list page")
    return Verdict(
        kind=VerdictKind.LIST, reason=f"{len(page.headlines)} headlines, {new} of them new"
    )


def _without_forgotten(db: "Database", page: ListPage) -> ListPage:
    """Give the page without the headlines of pages that were forgotten."""
    out = forgetting.forgotten(db, (headline.url for headline in page.headlines))
    if not out:
        return page
    left = tuple(h for h in page.headlines if not h.url or page_key(h.url) not in out)
    return replace(page, headlines=left)


def _is_forgotten(db: "Database", arrival: articles.Arrival) -> bool:
    urls = (arrival.article.url, arrival.article.canonical_url, arrival.asked_url)
    return bool(forgetting.forgotten(db, urls))


def _kept(reading: PageReading) -> Article | None:
    """Give the article that is to be kept, with an address; None where there is none."""
    article = reading.article
    if article is None or not is_kept(reading):
        return None
    if reading.verdict.kind is VerdictKind.PAYWALL:
        article = replace(article, partial=True)
    return article if article.url else replace(article, url=urn(article.text))


def _close(
    db: "Database",
    claim: Claim,
    verdict: Verdict,
    *,
    status: int,
    final_url: str,
    validators: Validators | None = None,
    now: datetime,
) -> None:
    state = state_after(verdict.kind, status=status)
    if state is UrlState.GONE and claim.kind is PageKind.LIST and claim.found_on is None:
        # What a source lives by is not given up for an answer: whether it is dead, days will show.
        state = UrlState.FAILED
    again = retry_at(claim.kind, claim.attempts, now) if state is UrlState.FAILED else None
    frontier.close(
        db,
        claim,
        now=now,
        state=state,
        reason=verdict.reason,
        status=status,
        retry_at=again,
        verdict=verdict,
        final_url=final_url,
        validators=validators,
        dead=is_dead(verdict.kind, claim.url, status=status),
    )
