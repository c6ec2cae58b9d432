"""Claims, leases and states; two processes never get one URL at the same time."""

import multiprocessing
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import Archive
from archive.frontier import LOOK_AHEAD, close
from archive.records import (
    Claim,
    FrontierEntry,
    PageKind,
    UrlState,
    Validators,
    Verdict,
    VerdictKind,
)
from tests.archive.making import HOUR, LEASE, LIST, NOW, new_archive


def entry(
    path: str,
    kind: PageKind = PageKind.ARTICLE,
    *,
    source_id: int | None = None,
    priority: int | None = None,
) -> FrontierEntry:
    url = f"https://paper.example/{path}"
    return FrontierEntry(url=url, kind=kind, source_id=source_id, priority=priority)


def paths(claims: tuple[Claim, ...]) -> list[str]:
    return [claim.url.rpartition("/")[2] for claim in claims]


def test_a_known_url_is_not_added_again(archive: Archive) -> None:
    assert archive.frontier.add([entry("a"), entry("b"), entry("a?utm_source=x")], now=NOW) == 2
    assert archive.frontier.add([entry("a/"), entry("c")], now=NOW) == 1


def test_what_is_no_web_address_is_passed_over(archive: Archive) -> None:
    bad = FrontierEntry(url="mailto:desk@paper.example", kind=PageKind.ARTICLE)
    assert archive.frontier.add([bad], now=NOW) == 0


def test_lists_are_claimed_before_posts_before_articles(archive: Archive) -> None:
    kinds = [entry("a"), entry("p", PageKind.POST), entry("l", PageKind.LIST), entry("b")]
    archive.frontier.add(kinds, now=NOW)
    assert paths(archive.frontier.claim(3, now=NOW, lease=LEASE)) == ["l", "p", "a"]
    assert paths(archive.frontier.claim(3, now=NOW, lease=LEASE)) == ["b"]


def test_a_priority_of_its_own(archive: Archive) -> None:
    archive.frontier.add([entry("a"), entry("b", priority=-1)], now=NOW)
    assert paths(archive.frontier.claim(2, now=NOW, lease=LEASE)) == ["b", "a"]


def test_claims_of_some_sources_only(archive: Archive) -> None:
    one = archive.add_source(LIST, now=NOW).id
    two = archive.add_source("https://other.example/", now=NOW).id
    entries = [entry("a", source_id=one), entry("b", source_id=two), entry("c")]
    archive.frontier.add(entries, now=NOW)
    assert archive.frontier.claimable(now=NOW, source_ids=[one]) == 1
    assert paths(archive.frontier.claim(9, now=NOW, lease=LEASE, source_ids=[two])) == ["b"]
    assert archive.frontier.claim(9, now=NOW, lease=LEASE, source_ids=[]) == ()


def test_an_expired_lease_comes_back(archive: Archive) -> None:
    archive.frontier.add([entry("a")], now=NOW)
    (first,) = archive.frontier.claim(1, now=NOW, lease=LEASE)
    assert archive.frontier.claim(1, now=NOW + LEASE / 2, lease=LEASE) == ()
    (second,) = archive.frontier.claim(1, now=NOW + LEASE, lease=LEASE)
    assert (first.attempts, second.attempts) == (1, 2)
    assert second.id == first.id


def test_who_lost_the_lease_cannot_close_what_another_has_claimed(archive: Archive) -> None:
    archive.frontier.add([entry("a")], now=NOW)
    (late,) = archive.frontier.claim(1, now=NOW, lease=LEASE)
    (current,) = archive.frontier.claim(1, now=NOW + LEASE, lease=LEASE)
    later = NOW + LEASE
    assert not archive.frontier.failed(late, now=later, state=UrlState.GONE, reason="404")
    archive.frontier.release([late], now=later)
    assert archive.frontier.counts()[UrlState.CLAIMED] == 1
    assert archive.frontier.done(current, now=later, reason="not modified", status=304)
    assert archive.frontier.counts()[UrlState.DONE] == 1


def test_a_released_claim_is_due_at_once_and_did_not_count(archive: Archive) -> None:
    archive.frontier.add([entry("a")], now=NOW)
    archive.frontier.release(archive.frontier.claim(1, now=NOW, lease=LEASE), now=NOW)
    (again,) = archive.frontier.claim(1, now=NOW, lease=LEASE)
    assert again.attempts == 1


def test_who_holds_the_lock_takes_over_what_a_killed_crawl_had_claimed(archive: Archive) -> None:
    archive.frontier.add([entry("a"), entry("b"), entry("c")], now=NOW)
    killed = archive.frontier.claim(2, now=NOW, lease=LEASE)
    assert archive.frontier.recover(now=NOW) == 2
    again = archive.frontier.claim(9, now=NOW, lease=LEASE)
    assert [claim.attempts for claim in again] == [2, 2, 1]
    assert not archive.frontier.done(killed[0], now=NOW, reason="late")


def test_a_claim_of_nothing(archive: Archive) -> None:
    archive.frontier.add([entry("a")], now=NOW)
    assert archive.frontier.claim(0, now=NOW, lease=LEASE) == ()
    assert archive.frontier.claim(-1, now=NOW, lease=LEASE) == ()


def test_a_failure_is_tried_again_when_it_says(archive: Archive) -> None:
    archive.frontier.add([entry("a")], now=NOW)
    (claim,) = archive.frontier.claim(1, now=NOW, lease=LEASE)
    closed = archive.frontier.failed(
        claim, now=NOW, state=UrlState.FAILED, reason="timeout", retry_at=NOW + HOUR
    )
    assert closed
    assert archive.frontier.next_due() == NOW + HOUR
    assert archive.frontier.claim(1, now=NOW + HOUR / 2, lease=LEASE) == ()
    (again,) = archive.frontier.claim(1, now=NOW + HOUR, lease=LEASE)
    assert again.attempts == 2


def test_what_went_well_has_no_attempts_behind_it(archive: Archive) -> None:
    archive.frontier.add([entry("a"), entry("b")], now=NOW)
    well, badly = archive.frontier.claim(2, now=NOW, lease=LEASE)
    archive.frontier.done(well, now=NOW, reason="read")
    archive.frontier.failed(badly, now=NOW, state=UrlState.FAILED, reason="timeout")
    rows = archive._connection.raw.execute("SELECT attempts, visited_at, reason FROM frontier")
    seen = "2026-11-22T10:00:00+00:00"
    assert [tuple(row) for row in rows] == [(0, seen, "read"), (1, seen, "timeout")]


@pytest.mark.parametrize("state", [UrlState.GONE, UrlState.REFUSED, UrlState.FAILED])
def test_without_a_retry_it_is_never_claimed_again(archive: Archive, state: UrlState) -> None:
    archive.frontier.add([entry("a")], now=NOW)
    (claim,) = archive.frontier.claim(1, now=NOW, lease=LEASE)
    archive.frontier.failed(claim, now=NOW, state=state, reason="no", status=404)
    assert archive.frontier.claim(1, now=NOW + timedelta(days=999), lease=LEASE) == ()
    assert archive.frontier.next_due() is None
    (failure,) = archive.frontier.failures()
    assert (failure.state, failure.reason, failure.count) == (state, "no", 1)


def test_a_done_list_is_made_due_and_starts_afresh(archive: Archive) -> None:
    page = entry("list", PageKind.LIST)
    assert archive.frontier.make_due(page, now=NOW)
    (claim,) = archive.frontier.claim(1, now=NOW, lease=LEASE)
    assert not archive.frontier.make_due(page, now=NOW), "it is being fetched"
    archive.frontier.done(claim, now=NOW, reason="read")
    assert archive.frontier.make_due(page, now=NOW + HOUR)
    (again,) = archive.frontier.claim(1, now=NOW + HOUR, lease=LEASE)
    assert (again.id, again.attempts) == (claim.id, 1)


def test_a_claim_whose_lease_has_ended_is_made_due(archive: Archive) -> None:
    page = entry("list", PageKind.LIST)
    archive.frontier.make_due(page, now=NOW)
    archive.frontier.claim(1, now=NOW, lease=LEASE)
    assert archive.frontier.make_due(page, now=NOW + LEASE)


def test_counts_name_every_state(archive: Archive) -> None:
    assert archive.frontier.counts() == dict.fromkeys(UrlState, 0)


def claim_all(folder: Path, connection: "multiprocessing.connection.Connection") -> None:
    got: list[int] = []
    with Archive.open(folder) as archive:
        while claims := archive.frontier.claim(7, now=NOW, lease=LEASE):
            got += [claim.id for claim in claims]
    connection.send(got)
    connection.close()


def test_two_processes_never_claim_one_url(folder: Path) -> None:
    with new_archive(folder) as archive:
        archive.frontier.add([entry(str(number)) for number in range(300)], now=NOW)
    context = multiprocessing.get_context("spawn")
    pipes = [context.Pipe(duplex=False) for _ in range(2)]
    processes = [context.Process(target=claim_all, args=(folder, pipe[1])) for pipe in pipes]
    for process in processes:
        process.start()
    got = [pipe[0].recv() for pipe in pipes]
    for process in processes:
        process.join()
    for pipe in pipes:
        pipe[0].close()
        pipe[1].close()
    assert len(got[0]) + len(got[1]) == 300
    assert set(got[0]).isdisjoint(got[1])


def test_a_page_that_has_not_changed_keeps_what_it_was_read_as(archive: Archive) -> None:
    archive.frontier.add([entry("l", PageKind.LIST)], now=NOW)
    (claim,) = archive.frontier.claim(1, now=NOW, lease=LEASE)
    assert claim.validators is None
    known = Validators(etag='"a"', last_modified=None, reader="1", digest="d", read_at=NOW)
    list_verdict = Verdict(kind=VerdictKind.LIST, reason="3 headlines")
    with archive._connection.writing() as db:
        close(
            db,
            claim,
            now=NOW,
            state=UrlState.DONE,
            reason="3 headlines",
            verdict=list_verdict,
            validators=known,
        )
    archive.frontier.make_due(entry("l", PageKind.LIST), now=NOW + HOUR)
    (again,) = archive.frontier.claim(1, now=NOW + HOUR, lease=LEASE)
    assert again.validators == known
    assert archive.frontier.unchanged(again, now=NOW + HOUR, status=304)
    assert not archive.frontier.unchanged(again, now=NOW + HOUR, status=304)
    row = archive._connection.raw.execute("SELECT * FROM frontier").fetchone()
    assert (row["state"], row["verdict"], row["etag"], row["status"]) == (
        "done",
        "list",
        '"a"',
        304,
    )


def of_host(name: str, *, n: int) -> list[FrontierEntry]:
    urls = (f"https://{name}.example/{name}{number}" for number in range(n))
    return [FrontierEntry(url=url, kind=PageKind.ARTICLE) for url in urls]


def test_a_host_has_no_more_than_its_share(archive: Archive) -> None:
    archive.frontier.add([*of_host("a", n=9), *of_host("b", n=9), *of_host("c", n=1)], now=NOW)
    first = archive.frontier.claim(6, now=NOW, lease=LEASE, per_host=2)
    assert paths(first) == ["a0", "a1", "b0", "b1", "c0"]
    left = first[1:]
    again = archive.frontier.claim(6, now=NOW, lease=LEASE, per_host=2, claimed=left)
    assert paths(again) == ["a2"]


def test_a_host_that_waits_is_left_alone(archive: Archive) -> None:
    archive.frontier.add([*of_host("a", n=3), *of_host("b", n=1)], now=NOW)
    claims = archive.frontier.claim(9, now=NOW, lease=LEASE, without_hosts=["a.example"])
    assert paths(claims) == ["b0"]


def test_a_host_with_more_pages_than_are_looked_at_keeps_no_other_waiting(archive: Archive) -> None:
    crowd = LOOK_AHEAD + 100
    archive.frontier.add([*of_host("a", n=crowd), *of_host("b", n=3), *of_host("c", n=1)], now=NOW)
    claims = archive.frontier.claim(8, now=NOW, lease=LEASE, per_host=2)
    assert paths(claims) == ["a0", "a1", "b0", "b1", "c0"]
    waiting = archive.frontier.claim(8, now=NOW, lease=LEASE, without_hosts=["a.example"])
    assert paths(waiting) == ["b2"]


def test_a_source_with_more_pages_than_are_looked_at_keeps_no_other_waiting(
    archive: Archive,
) -> None:
    one = archive.add_source(LIST, now=NOW).id
    two = archive.add_source("https://other.example/", now=NOW).id
    crowd = [entry(str(number), source_id=one) for number in range(LOOK_AHEAD + 100)]
    others = [entry("x", source_id=two), entry("y"), entry("z", PageKind.LIST, source_id=two)]
    archive.frontier.add([*crowd, *others], now=NOW)
    options = {"now": NOW, "lease": LEASE, "source_ids": [two], "without_lists_of": [two]}
    assert paths(archive.frontier.claim(9, **options)) == ["x"]  # type: ignore[arg-type]
    every = archive.frontier.claim(999, now=NOW, lease=LEASE)
    assert len(every) == LOOK_AHEAD + 102
    assert len(set(paths(every))) == len(every)


def test_lists_that_are_left_keep_no_other_waiting(archive: Archive) -> None:
    one = archive.add_source(LIST, now=NOW).id
    two = archive.add_source("https://other.example/", now=NOW).id
    parts = [entry(str(n), PageKind.LIST, source_id=one) for n in range(LOOK_AHEAD + 100)]
    archive.frontier.add([*parts, entry("l", PageKind.LIST, source_id=two)], now=NOW)
    claims = archive.frontier.claim(9, now=NOW, lease=LEASE, without_lists_of=[one])
    assert paths(claims) == ["l"]


def steps_of(archive: Archive, work: Callable[[], object]) -> int:
    """Count the steps of SQLite's machine that some work takes, in hundreds."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    archive._connection.raw.set_progress_handler(count, 100)
    work()
    archive._connection.raw.set_progress_handler(None, 100)
    return steps


def test_what_a_crawl_asks_costs_no_more_of_a_longer_frontier(archive: Archive) -> None:
    """Neither the pages of others, nor what waits for a later day, nor what is done is walked."""
    one = archive.add_source(LIST, now=NOW).id
    two = archive.add_source("https://other.example/", now=NOW).id
    frontier = archive.frontier

    def ask() -> None:
        claims = frontier.claim(
            9, now=NOW, lease=LEASE, source_ids=[one], without_hosts=["a.example"], per_host=2
        )
        assert len(claims) == 3
        frontier.release(claims, now=NOW)
        assert frontier.claimable(now=NOW, source_ids=[one, two], at_most=1) == 1
        assert frontier.next_due() is not None
        assert frontier.recover(now=NOW) == 0

    taken = []
    for size in (1_000, 10_000):
        crowds = [replace(each, source_id=two) for each in of_host("a", n=size)]
        ours = [replace(each, source_id=one) for each in (*of_host("c", n=2), *of_host("d", n=1))]
        frontier.add([*crowds, *ours], now=NOW)
        frontier.add([replace(e, source_id=two) for e in of_host("b", n=size)], now=NOW + HOUR)
        done = frontier.claim(size // 2, now=NOW + HOUR, lease=LEASE, source_ids=[two])
        for claim in done[:200]:
            frontier.done(claim, now=NOW, reason="read")
        frontier.release(done[200:], now=NOW + HOUR)
        taken.append(steps_of(archive, ask))
    assert taken[1] < 1.3 * taken[0], taken
