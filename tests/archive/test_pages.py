"""One page, one transaction: what is stored of a list and of an article, and when nothing is."""

import multiprocessing
import os
import re
import signal
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from archive import Archive, frontier
from archive.connection import FILE_NAME
from archive.records import (
    DecisionKind,
    FrontierEntry,
    ListOutcome,
    ListPart,
    PageKind,
    Source,
    UrlState,
    VerdictKind,
)
from tests.archive.making import (
    HOUR,
    LEASE,
    LIST,
    NOW,
    STORY,
    article,
    claim_one,
    headline,
    list_page,
    new_archive,
    reading,
)

OLDER = f"{LIST}?page=2"


def dump(folder: Path) -> list[str]:
    """Give the whole database as text, to compare it with itself."""
    raw = sqlite3.connect(folder / FILE_NAME)
    try:
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type='table'")]
        return [
            str(row)
            for name in sorted(names)
            if "_fts" not in name
            for row in raw.execute(f'SELECT * FROM "{name}"')
        ]
    finally:
        raw.close()


def check_search_rows(folder: Path) -> None:
    """Raise where the full-text index differs from its tables."""
    raw = sqlite3.connect(folder / FILE_NAME)
    try:
        for name in ("articles_fts", "headlines_fts"):
            raw.execute(f"INSERT INTO {name}({name}, rank) VALUES ('integrity-check', 1)")
    finally:
        raw.close()


def store_list(
    archive: Archive, source: Source, *, follow: PageKind | None = PageKind.ARTICLE
) -> ListOutcome:
    archive.frontier.make_due(archive.entry_of(source), now=NOW)
    page = list_page(headline("One", "https://paper.example/1"), headline("Two"), older=OLDER)
    return archive.store_list(
        page,
        source_id=source.id,
        claim=claim_one(archive),
        now=NOW,
        follow=follow,
        follow_older=True,
    )


def test_a_list_brings_headlines_links_and_its_older_page(archive: Archive, source: Source) -> None:
    outcome = store_list(archive, source)
    assert outcome == ListOutcome(found=2, new=2, queued=1, older=OLDER)
    claims = archive.frontier.claim(9, now=NOW, lease=LEASE)
    assert [(claim.kind, claim.url, claim.found_on) for claim in claims] == [
        (PageKind.LIST, OLDER, LIST),
        (PageKind.ARTICLE, "https://paper.example/1", LIST),
    ]
    assert archive.frontier.counts()[UrlState.DONE] == 1


def test_a_list_without_anything_new_does_not_lead_further_back(
    archive: Archive, source: Source
) -> None:
    store_list(archive, source)
    archive.frontier.claim(9, now=NOW, lease=LEASE)
    assert store_list_again(archive, source) == ListOutcome(found=2, new=0, queued=0)


def store_list_again(archive: Archive, source: Source) -> ListOutcome:
    page = list_page(headline("One", "https://paper.example/1"), headline("Two"), older=OLDER)
    return archive.store_list(
        page,
        source_id=source.id,
        claim=None,
        now=NOW + HOUR,
        follow=PageKind.ARTICLE,
        follow_older=True,
    )


def test_something_new_makes_the_older_page_due_again(archive: Archive, source: Source) -> None:
    store_list(archive, source)
    older = claim_one(archive)
    archive.frontier.done(older, now=NOW, reason="read")
    page = list_page(headline("Three"), older=OLDER)
    outcome = archive.store_list(
        page, source_id=source.id, claim=None, now=NOW, follow=None, follow_older=True
    )
    assert outcome.older == OLDER
    assert claim_one(archive).url == OLDER


def test_links_are_not_followed_unless_asked(archive: Archive, source: Source) -> None:
    assert store_list(archive, source, follow=None).queued == 0


def test_an_empty_list_is_tried_again_and_says_why(archive: Archive, source: Source) -> None:
    archive.frontier.make_due(archive.entry_of(source), now=NOW)
    archive.store_list(
        list_page(),
        source_id=source.id,
        claim=claim_one(archive),
        now=NOW,
        follow=None,
        follow_older=True,
    )
    (summary,) = archive.source_summaries()
    assert summary.last_state is UrlState.FAILED
    assert summary.last_reason == "no headlines found on the list page"
    assert archive.frontier.next_due() == NOW + timedelta(minutes=15)


@pytest.mark.parametrize("kind", [VerdictKind.ERROR, VerdictKind.SOFT_404])
def test_a_list_that_is_not_there_is_tried_again_and_its_older_pages_are_not(
    archive: Archive, source: Source, kind: VerdictKind
) -> None:
    older = FrontierEntry(url=OLDER, kind=PageKind.LIST, source_id=source.id, found_on=LIST)
    for entry, retried in ((archive.entry_of(source), True), (older, False)):
        archive.frontier.make_due(entry, now=NOW)
        archive.store(
            reading(kind=kind),
            asked_url=entry.url,
            claim=claim_one(archive),
            source_id=source.id,
            now=NOW,
            status=404,
        )
        assert (archive.frontier.next_due() == NOW + timedelta(minutes=15)) is retried
        archive.frontier.make_due(archive.entry_of(source), now=NOW)
        archive.frontier.done(claim_one(archive), now=NOW, reason="read")


def queue(archive: Archive, url: str = "https://paper.example/ferry") -> None:
    archive.frontier.add([FrontierEntry(url=url, kind=PageKind.POST)], now=NOW)


def test_an_article_closes_its_claim_and_queues_what_follows(archive: Archive) -> None:
    queue(archive)
    next_page = FrontierEntry(url="https://wire.example/original", kind=PageKind.ARTICLE)
    decision = archive.store(
        reading(article()),
        asked_url="https://paper.example/ferry",
        claim=claim_one(archive),
        source_id=None,
        now=NOW,
        follow=next_page,
    )
    assert decision is not None
    assert (decision.kind, decision.article_id) == (DecisionKind.NEW, 1)
    assert archive.frontier.counts()[UrlState.DONE] == 1
    assert claim_one(archive).url == next_page.url


@pytest.mark.parametrize("kind", VerdictKind)
def test_only_articles_live_blogs_and_readable_paywalls_are_kept(
    archive: Archive, kind: VerdictKind
) -> None:
    kept = {VerdictKind.ARTICLE, VerdictKind.LIVE_BLOG, VerdictKind.PAYWALL}
    queue(archive)
    decision = archive.store(
        reading(article(), kind=kind),
        asked_url="https://paper.example/ferry",
        claim=claim_one(archive),
        source_id=None,
        now=NOW,
    )
    assert (decision is not None) == (kind in kept)
    assert archive.status().articles == (1 if kind in kept else 0)
    if kind not in kept:
        (failure,) = archive.frontier.failures() or [None]
        if kind is VerdictKind.LIST:
            assert failure is None
        else:
            assert failure is not None
            assert failure.reason == f"looks like {kind.value}"


def test_a_paywalled_article_is_marked_as_a_part(archive: Archive) -> None:
    queue(archive)
    archive.store(
        reading(article(), kind=VerdictKind.PAYWALL),
        asked_url="https://paper.example/ferry",
        claim=claim_one(archive),
        source_id=None,
        now=NOW,
    )
    assert archive.article(1).article.partial
    assert archive.frontier.failures() == (), "a part is kept"


@pytest.mark.parametrize("read", [None, article(text=" \n")])
def test_a_verdict_without_text_stores_nothing(archive: Archive, read: object) -> None:
    page = reading(None) if read is None else reading(article(text=" \n"))
    stored = archive.store(
        page, asked_url="https://a.example/", claim=None, source_id=None, now=NOW
    )
    assert stored is None


def test_an_imported_text_gets_the_address_of_its_digest(archive: Archive) -> None:
    for _ in range(2):
        archive.store(
            reading(article(url="")), asked_url="file:///a.txt", claim=None, source_id=None, now=NOW
        )
    assert archive.status().articles == 1
    held = archive.article(1)
    assert held.article.url.startswith("urn:sha256:")
    assert archive.article(held.article.url).id == 1


class Broken(Exception):
    """Raised in the middle of a transaction."""


def test_a_failure_in_the_middle_leaves_nothing(
    archive: Archive, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(archive)
    claim = claim_one(archive)
    before = dump(folder)

    def broken(*args: object, **kwargs: object) -> bool:
        raise Broken

    monkeypatch.setattr(frontier, "close", broken)
    with pytest.raises(Broken):
        archive.store(reading(article()), asked_url=claim.url, claim=claim, source_id=None, now=NOW)
    assert dump(folder) == before
    assert archive.search("ferry").total == 0
    monkeypatch.undo()
    archive.store(reading(article()), asked_url=claim.url, claim=claim, source_id=None, now=NOW)
    assert archive.search("ferry").total == 1


def write_for_ever(folder: Path, started: "multiprocessing.synchronize.Event") -> None:
    with Archive.open(folder) as archive:
        while claims := archive.frontier.claim(1, now=NOW, lease=LEASE):
            text = f"{STORY} {claims[0].url} {'and on ' * 500}"
            archive.store(
                reading(article(claims[0].url, text)),
                asked_url=claims[0].url,
                claim=claims[0],
                source_id=None,
                now=NOW,
            )
            started.set()


def test_a_killed_writer_leaves_each_page_whole_or_not_at_all(folder: Path) -> None:
    with new_archive(folder) as archive:
        urls = [f"https://paper.example/{number}" for number in range(5000)]
        entries = [FrontierEntry(url=url, kind=PageKind.ARTICLE) for url in urls]
        archive.frontier.add(entries, now=NOW)
    context = multiprocessing.get_context("spawn")
    started = context.Event()
    writer = context.Process(target=write_for_ever, args=(folder, started))
    writer.start()
    assert started.wait(30)
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    with Archive.open(folder) as archive:
        counts, status = archive.frontier.counts(), archive.status()
        assert status.articles == counts[UrlState.DONE] == archive.search("ferry").total >= 1
        assert counts[UrlState.CLAIMED] <= 1
        assert sum(counts.values()) == 5000
        assert archive.frontier.claimable(now=NOW + LEASE) == 5000 - status.articles
    check_search_rows(folder)
    raw = sqlite3.connect(folder / FILE_NAME)
    assert raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    raw.close()


def test_the_search_rows_follow_every_change(archive: Archive, folder: Path) -> None:
    url = "https://paper.example/ferry"
    texts = [STORY, f"{STORY} Updated.", "北京的渡轮", STORY]
    for hours, text in enumerate(texts):
        page = reading(article(text=text), captured_at=NOW + hours * HOUR)
        archive.store(page, asked_url=url, claim=None, source_id=None, now=NOW + hours * HOUR)
        check_search_rows(folder)
    assert archive.search("updated").total == 0
    assert archive.search("北京").total == 0
    assert archive.search("islands").total == 1
    assert len(archive.article(1).versions) == 3


def test_the_search_rows_follow_what_is_deleted(
    archive: Archive, source: Source, folder: Path
) -> None:
    store_list(archive, source)
    with archive._connection.writing() as db:
        db.table("headlines").delete(1)
    check_search_rows(folder)
    assert [hit.title for hit in archive.search("one OR two").hits] == ["Two"]


def test_no_statement_of_a_page_walks_through_a_whole_table(
    archive: Archive, source: Source
) -> None:
    """What a page costs must not grow with the archive."""
    store_list(archive, source)
    raw = archive._connection.raw
    said: list[str] = []
    raw.set_trace_callback(said.append)
    store_list_again(archive, source)
    for text in (STORY, f"{STORY} Updated."):
        queue(archive)
        archive.store(
            reading(article(text=text), original="https://wire.example/original"),
            asked_url="https://paper.example/ferry",
            claim=claim_one(archive),
            source_id=source.id,
            now=NOW,
        )
        archive.frontier.make_due(archive.entry_of(source), now=NOW)
    raw.set_trace_callback(None)
    asked = [
        sql for sql in said if sql.upper().startswith(("SELECT", "UPDATE", "INSERT", "DELETE"))
    ]
    plans = {
        f"{row['detail']}: {sql}"
        for sql in asked
        for row in raw.execute(f"EXPLAIN QUERY PLAN {sql}")
    }
    tables = "articles|headlines|frontier|addresses|stories|versions|sources"
    walked = re.compile(rf"SCAN ({tables})\b(?!_)")
    assert [plan for plan in plans if walked.match(plan)] == []
    assert len(asked) > 50


def store_index(archive: Archive, source: Source, *parts: ListPart, now: datetime = NOW) -> None:
    archive.frontier.make_due(archive.entry_of(source), now=now)
    page = replace(list_page(), parts=parts)
    claim = next(c for c in archive.frontier.claim(9, now=now, lease=LEASE) if c.url == source.url)
    archive.store_list(
        page, source_id=source.id, claim=claim, now=now, follow=PageKind.POST, follow_older=True
    )


def visit_parts(archive: Archive, now: datetime) -> list[str]:
    """Fetch all that is due; gives the addresses in their order."""
    claims = archive.frontier.claim(9, now=now, lease=LEASE)
    for claim in claims:
        archive.frontier.done(claim, now=now, reason="read")
    return [claim.url for claim in claims]


def part(name: str, changed: datetime | None = None) -> ListPart:
    return ListPart(url=f"https://lists.example/{name}.xml", changed=changed)


def test_the_parts_of_an_index_are_fetched_in_its_order(archive: Archive, source: Source) -> None:
    store_index(archive, source, part("b"), part("a"))
    assert visit_parts(archive, NOW) == [part("b").url, part("a").url]
    (summary,) = archive.source_summaries()
    assert (summary.last_state, summary.last_reason) == (UrlState.DONE, "an index of 2 parts")


def test_later_only_new_and_changed_parts_are(archive: Archive, source: Source) -> None:
    old, new = part("old", NOW - HOUR), part("new", NOW + HOUR)
    store_index(archive, source, part("changed", NOW - HOUR), old)
    visit_parts(archive, NOW)
    store_index(archive, source, new, part("changed", NOW + HOUR), old, now=NOW + 2 * HOUR)
    assert set(visit_parts(archive, NOW + 2 * HOUR)) == {new.url, part("changed").url}


def test_an_index_that_tells_no_changes_has_its_first_part_looked_at(
    archive: Archive, source: Source
) -> None:
    for now, expected in ((NOW, ["b", "a"]), (NOW + HOUR, ["b"])):
        store_index(archive, source, part("b"), part("a"), now=now)
        assert visit_parts(archive, now) == [part(name).url for name in expected]
