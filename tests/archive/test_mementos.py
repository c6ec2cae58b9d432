"""The queue of dead links, and articles that were read from a web archive."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive import Archive, display, export, lookup
from archive.exporting import jsonl
from archive.held import AddressRole, Known, Lookup, LookupState, Memento
from archive.importing.lines import of_values
from archive.mementos import ABSENT_FOR, ABSENT_LONGEST, DEAD_BEFORE, TROUBLE_FOR
from archive.records import (
    Article,
    Decision,
    DecisionKind,
    FrontierEntry,
    PageKind,
    PageReading,
    Source,
    UrlState,
    Verdict,
    VerdictKind,
)
from tests.archive.making import (
    NOW,
    STORY,
    article,
    claim_one,
    headline,
    list_page,
    new_archive,
    reading,
)
from tests.archive.test_captures import exchange

DEAD = "https://paper.example/ferry"
KEPT = f"https://keepsake.example/web/20241109080000id_/{DEAD}"
THEN = datetime(2024, 11, 9, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def verdict(kind: VerdictKind, url: str = DEAD) -> PageReading:
    return PageReading(url=url, captured_at=NOW, verdict=Verdict(kind=kind, reason=f"a {kind}"))


def visit(
    archive: Archive, read: PageReading, *, status: int = 200, kind: PageKind = PageKind.POST
) -> None:
    archive.frontier.add([FrontierEntry(url=DEAD, kind=kind)], now=NOW)
    archive.store(
        read, asked_url=DEAD, claim=claim_one(archive), source_id=None, now=NOW, status=status
    )


def dead(archive: Archive) -> Lookup:
    """Have a link found dead; gives its look-up."""
    visit(archive, verdict(VerdictKind.ERROR), status=404)
    found = archive.mementos.next(now=NOW)
    assert found is not None
    return found


def remember(archive: Archive, asked: Lookup, read: Article | None = None) -> Decision:
    """Store what a web archive has of a dead link."""
    page = replace(reading(read or article(DEAD, STORY), captured_at=THEN), memento_url=KEPT)
    decision = archive.store(
        page, asked_url=DEAD, claim=None, source_id=None, now=NOW, lookup=asked
    )
    assert decision is not None
    return decision


@pytest.mark.parametrize(
    ("kind", "status", "expected"),
    [
        (VerdictKind.ERROR, 404, True),
        (VerdictKind.ERROR, 410, True),
        (VerdictKind.ERROR, 500, False),
        (VerdictKind.SOFT_404, 200, True),
        (VerdictKind.HOME, 200, True),
        (VerdictKind.CONSENT, 200, False),
        (VerdictKind.LOGIN, 200, False),
        (VerdictKind.LIST, 200, False),
    ],
)
def test_what_is_gone_is_to_be_looked_up(
    archive: Archive, kind: VerdictKind, status: int, expected: bool
) -> None:
    visit(archive, verdict(kind), status=status)
    assert (archive.mementos.next(now=NOW) is not None) is expected


def test_a_front_page_that_is_one_is_not_gone(archive: Archive) -> None:
    front = "https://paper.example/"
    archive.frontier.add([FrontierEntry(url=front, kind=PageKind.POST)], now=NOW)
    read = verdict(VerdictKind.HOME, front)
    archive.store(read, asked_url=front, claim=claim_one(archive), source_id=None, now=NOW)
    assert archive.mementos.next(now=NOW) is None


def test_a_host_that_is_gone_is_looked_up_and_tried_again(archive: Archive) -> None:
    archive.frontier.add([FrontierEntry(url=DEAD, kind=PageKind.POST)], now=NOW)
    archive.frontier.failed(
        claim_one(archive),
        now=NOW,
        state=UrlState.FAILED,
        reason="host not found",
        retry_at=LATER,
        dead=True,
    )
    assert archive.mementos.next(now=NOW) is not None
    assert archive.frontier.next_due() == LATER


def test_lists_are_not_looked_up(archive: Archive) -> None:
    visit(archive, verdict(VerdictKind.ERROR), status=404, kind=PageKind.LIST)
    assert archive.mementos.counts()[LookupState.WAITING] == 0


def test_a_claim_that_another_has_taken_over_says_nothing(archive: Archive) -> None:
    archive.frontier.add([FrontierEntry(url=DEAD, kind=PageKind.POST)], now=NOW)
    old = replace(claim_one(archive), serial=99)
    archive.frontier.failed(old, now=NOW, state=UrlState.GONE, reason="gone", dead=True)
    assert archive.mementos.next(now=NOW) is None


@pytest.mark.parametrize("published", ["2024-11-08", None])
def test_the_headlines_date_is_wanted_or_else_when_the_link_was_found(
    archive: Archive, source: Source, published: str | None
) -> None:
    archive.store_list(
        list_page(headline("Ferry", DEAD, published=published)),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )
    expected = datetime(2024, 11, 8, 12, tzinfo=UTC) if published else NOW
    assert dead(archive).wanted == expected


def test_a_publishers_page_is_wanted_of_the_day_of_the_post_that_led_there(
    archive: Archive, source: Source
) -> None:
    post = "https://posts.example/7"
    archive.store_list(
        list_page(headline("Ferry", post, published="2023-02-01")),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )
    entry = FrontierEntry(url=DEAD, kind=PageKind.ARTICLE, found_on=post)
    archive.frontier.add([entry], now=NOW)
    archive.store(
        verdict(VerdictKind.SOFT_404),
        asked_url=DEAD,
        claim=claim_one(archive),
        source_id=None,
        now=NOW,
    )
    asked = archive.mementos.next(now=NOW)
    assert asked is not None
    assert asked.wanted == datetime(2023, 2, 1, 12, tzinfo=UTC)


def test_what_was_learned_is_there_for_the_next_process(folder: Path) -> None:
    known = Known(
        mementos=(Memento(url=KEPT, at=THEN),),
        timemap="https://keepsake.example/map",
        map_first=True,
        tried=("https://keepsake.example/é",),
        why="it is parked",
    )
    with new_archive(folder) as archive:
        archive.mementos.learned(dead(archive), known)
    with Archive.open(folder) as archive:
        again = archive.mementos.next(now=NOW)
        assert again is not None
        assert again.known == known


def test_what_is_not_there_is_asked_for_again_after_weeks_and_then_less_often(
    archive: Archive,
) -> None:
    mementos, now = archive.mementos, NOW
    waits = []
    asked: Lookup | None = dead(archive)
    for _ in range(4):
        assert asked is not None
        mementos.absent(asked, reason="no capture there", now=now)
        due = mementos.next_due()
        assert due is not None
        assert mementos.next(now=due - timedelta(seconds=1)) is None
        waits.append(due - now)
        now, asked = due, mementos.next(now=due)
    assert waits == [ABSENT_FOR, 4 * ABSENT_FOR, ABSENT_LONGEST, ABSENT_LONGEST]
    assert mementos.counts()[LookupState.NONE] == 1


def test_trouble_postpones_one_look_up_and_patience_all(archive: Archive) -> None:
    mementos = archive.mementos
    mementos.postponed(dead(archive), reason="it answers 500", now=NOW)
    assert mementos.next_due() == NOW + TROUBLE_FOR
    mementos.wait(until=LATER, reason="slow down")
    assert mementos.next_due() == LATER
    assert mementos.due(now=NOW) == 0
    assert mementos.due(now=LATER) == 1
    mementos.wait(until=NOW, reason="slow down")
    assert mementos.next_due() == LATER


def test_only_what_the_sources_led_to_is_looked_up(archive: Archive, source: Source) -> None:
    dead(archive)
    assert archive.mementos.next(now=NOW, source_ids=(source.id,)) is None
    assert archive.mementos.due(now=NOW, source_ids=(source.id,)) == 0
    assert archive.mementos.next_due(source_ids=(source.id,)) is None


def test_a_page_that_is_held_by_now_is_not_asked_for(archive: Archive) -> None:
    dead(archive)
    page = article("https://paper.example/moved", canonical_url=DEAD)
    archive.store(reading(page), asked_url=DEAD, claim=None, source_id=None, now=NOW)
    assert archive.mementos.next(now=NOW) is None
    assert archive.mementos.counts()[LookupState.CLOSED] == 1


def test_a_memento_is_an_article_that_says_so(archive: Archive) -> None:
    asked = dead(archive)
    decision = remember(archive, asked)
    held = archive.article(decision.article_id)
    assert (held.article.url, held.memento_url, held.captured_at) == (DEAD, KEPT, THEN)
    assert [(a.url, a.role) for a in held.addresses] == [
        (DEAD, AddressRole.OWN),
        (KEPT, AddressRole.MEMENTO),
    ]
    assert archive.article(KEPT).id == held.id
    assert archive.mementos.original(KEPT) == DEAD
    assert archive.mementos.next(now=LATER) is None
    assert archive.mementos.counts()[LookupState.FOUND] == 1
    (hit,) = archive.search("ferry").hits
    assert hit.memento


def test_a_page_that_comes_back_takes_the_mementos_place(archive: Archive) -> None:
    decision = remember(archive, dead(archive))
    other = article(DEAD, f"{STORY} It costs nothing, the company added on Saturday morning.")
    back = archive.store(
        reading(other, captured_at=LATER), asked_url=DEAD, claim=None, source_id=None, now=LATER
    )
    assert back is not None
    assert (back.kind, back.article_id) == (DecisionKind.CHANGED, decision.article_id)
    held = archive.article(back.article_id)
    assert held.memento_url is None
    (version,) = held.versions
    assert (version.memento_url, version.captured_at) == (KEPT, THEN)


def test_a_page_that_comes_back_as_it_was_is_a_memento_no_more(archive: Archive) -> None:
    decision = remember(archive, dead(archive))
    again = reading(article(DEAD, STORY), captured_at=LATER)
    archive.store(again, asked_url=DEAD, claim=None, source_id=None, now=LATER)
    held = archive.article(decision.article_id)
    assert (held.memento_url, held.captured_at, held.versions) == (None, LATER, ())


def test_an_older_memento_changes_nothing_of_what_was_read_live(archive: Archive) -> None:
    asked = dead(archive)
    live = reading(article(DEAD, STORY), captured_at=NOW)
    archive.store(live, asked_url=DEAD, claim=None, source_id=None, now=NOW)
    for text in (STORY, "Quite another text of the same page, from before it was finished."):
        decision = remember(archive, asked, article(DEAD, text))
        held = archive.article(decision.article_id)
        assert (held.memento_url, held.captured_at) == (None, NOW)
        assert held.article.text == STORY


def test_the_headline_says_what_became_of_its_link(archive: Archive, source: Source) -> None:
    archive.store_list(
        list_page(headline("Ferry", DEAD)),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )
    assert archive.headline(1).lookup is None
    asked = dead(archive)
    archive.mementos.asking(asked, KEPT, now=NOW)
    archive.mementos.absent(asked, reason="no capture there", now=NOW)
    answer = archive.headline(1).lookup
    assert answer is not None
    assert (answer.state, answer.reason) == (LookupState.NONE, "no capture there")
    assert (answer.asked_at, answer.next_try) == (NOW, NOW + ABSENT_FOR)
    remember(archive, asked)
    answer = archive.headline(1).lookup
    assert answer is not None
    assert answer.memento == Memento(url=KEPT, at=THEN)


def list_dead(archive: Archive, source: Source) -> None:
    archive.store_list(
        list_page(headline("Ferry", DEAD), headline("Ferry and bridge", "https://b.example/b")),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )


def test_a_headline_that_is_found_says_that_nothing_is_left_of_it(
    archive: Archive, source: Source
) -> None:
    list_dead(archive, source)
    asked = dead(archive)
    assert [hit.gone for hit in archive.search("ferry").hits] == [False, False]
    archive.mementos.absent(asked, reason="no capture there", now=NOW)
    found = {hit.title: hit.gone for hit in archive.search("ferry").hits}
    assert found == {"Ferry": True, "Ferry and bridge": False}
    remember(archive, asked)
    assert not any(hit.gone for hit in archive.search("ferry").hits)


def test_a_headline_that_was_resolved_to_a_dead_link_says_so_too(
    archive: Archive, source: Source
) -> None:
    archive.store_list(
        list_page(headline("Ferry")),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )
    with archive._connection.writing() as db:
        db.execute(
            "INSERT INTO resolutions (headline_id, url, key, evidence, rivals, resolved_at) "
            "VALUES (1, ?, 'paper.example/ferry', 'title', '[]', ?)",
            (DEAD, NOW.isoformat()),
        )
    archive.mementos.absent(dead(archive), reason="no capture there", now=NOW)
    (hit,) = archive.search("ferry").hits
    assert hit.gone


def test_a_dead_link_whose_memento_is_held_is_not_among_what_is_not_kept(
    archive: Archive,
) -> None:
    asked = dead(archive)
    other = FrontierEntry(url="https://paper.example/other", kind=PageKind.POST)
    archive.frontier.add([other], now=NOW)
    lost = verdict(VerdictKind.ERROR, other.url)
    archive.store(
        lost, asked_url=other.url, claim=claim_one(archive), source_id=None, now=NOW, status=404
    )
    assert [each.count for each in archive.frontier.failures()] == [2]
    remember(archive, asked)
    kept, gone = archive.frontier.failures()
    assert (kept.kept, kept.count, kept.example) == (True, 1, DEAD)
    assert kept.reason == "kept from the web archive"
    assert (gone.kept, gone.count, gone.example) == (False, 1, other.url)
    status = "\n".join(display.status(archive.status(), folder="x"))
    before, _, after = status.partition("Not kept")
    assert "1 kept from the web archive" in before
    assert DEAD not in after
    assert "more, for rarer reasons" not in after
    record = export.status(archive.status())["failures"]
    assert isinstance(record, list)
    assert [each["kept_from_web_archive"] for each in record] == [True, False]


@pytest.fixture
def remembered(folder: Path) -> Iterator[Archive]:
    """An archive with a memento and its captures, and one of a TimeGate's answer."""
    with new_archive(folder) as archive:
        asked = dead(archive)
        gate = f"https://keepsake.example/web/{DEAD}"
        for url in (gate, KEPT):
            archive.mementos.asking(asked, url, now=NOW)
            archive.captures.write(exchange(url=url, asked_url=url))
        remember(archive, asked)
        archive.captures.index()
        yield archive


def test_the_capture_that_a_memento_was_read_from_is_read_again(remembered: Archive) -> None:
    assert KEPT in [capture.url for capture in remembered.captures.readable()]


def test_forgetting_takes_the_web_archives_answers_along(remembered: Archive) -> None:
    forgotten = remembered.forget(DEAD, now=NOW)
    assert (forgotten.articles, forgotten.captures) == (1, 2)
    assert list(remembered.captures.every()) == []
    assert not any(remembered.mementos.counts().values())


def test_what_is_exported_comes_back_as_it_was(remembered: Archive, tmp_path: Path) -> None:
    with remembered._connection.reading() as raw:
        lines = list(jsonl.records(raw))
    with new_archive(tmp_path / "other") as other:
        other.take_in(of_values(list(lines)), now=NOW)
        with other._connection.reading() as raw:
            assert list(jsonl.records(raw)) == lines
            assert lookup.article(raw, DEAD).memento_url == KEPT


@pytest.mark.parametrize("mine", [False, True])
def test_an_archive_that_is_merged_brings_its_look_ups(
    remembered: Archive, tmp_path: Path, mine: bool
) -> None:
    with new_archive(tmp_path / "other") as other:
        if mine:
            other.mementos.absent(dead(other), reason="no capture there", now=NOW)
        other.merge(remembered, now=NOW)
        held = other.article(DEAD)
        assert (held.memento_url, held.captured_at) == (KEPT, THEN)
        counts = other.mementos.counts()
        assert counts[LookupState.NONE if mine else LookupState.FOUND] == 1
        assert other.mementos.next(now=LATER + ABSENT_FOR) is None


def test_of_two_archives_the_later_reading_says_whether_it_is_a_memento(
    remembered: Archive, tmp_path: Path
) -> None:
    with new_archive(tmp_path / "other") as other:
        live = reading(article(DEAD, STORY), captured_at=LATER)
        other.store(live, asked_url=DEAD, claim=None, source_id=None, now=LATER)
        other.merge(remembered, now=LATER)
        held = other.article(DEAD)
        assert (held.memento_url, held.captured_at, held.versions) == (None, LATER, ())


def test_forgetting_what_was_merged_takes_the_captures_along(
    remembered: Archive, tmp_path: Path
) -> None:
    with new_archive(tmp_path / "other") as other:
        other.merge(remembered, now=NOW)
        assert other.forget(DEAD, now=NOW).captures == 2


def test_an_upgrade_has_what_is_dead_looked_up(folder: Path) -> None:
    other, soft = "https://paper.example/other", "https://paper.example/soft"
    with new_archive(folder) as archive:
        dead(archive)
        for url in (other, soft):
            archive.frontier.add([FrontierEntry(url=url, kind=PageKind.POST)], now=NOW)
        (_, claim) = archive.frontier.claim(2, now=NOW, lease=LATER - NOW)
        archive.frontier.failed(claim, now=NOW, state=UrlState.GONE, reason="gone")
        with archive._connection.writing() as db:
            db.execute("DELETE FROM mementos")
            db.execute(DEAD_BEFORE)
        rows = archive._connection.raw.execute("SELECT url, state, due_at FROM mementos")
        assert [tuple(row) for row in rows] == [
            (DEAD, "waiting", NOW.isoformat()),
            (claim.url, "waiting", NOW.isoformat()),
        ]
