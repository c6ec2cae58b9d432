"""Headlines without a link find their pages among what is held, and only those."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import Archive
from archive.held import Resolved
from archive.records import Article, Headline, ListPage, PageKind, Source, UrlState
from archive.resolving import OPEN
from tests.archive.making import HOUR, NOW, STORY, article, day, headline, list_page, reading

TITLE = "Harbour seals learn to ride the morning ferry between naïve islands"
PAGE = "https://paper.example/seals"
SEED = Path(__file__).parent.parent.parent.parent / "shared" / "seed"


@pytest.fixture
def plain(archive: Archive) -> Source:
    """A list that prints no links."""
    return archive.add_source("urn:sha256:00", name="list.txt", now=NOW)


def store(archive: Archive, source: Source, *lines: Headline) -> None:
    archive.store_list(
        list_page(*lines, url=source.url),
        source_id=source.id,
        claim=None,
        now=NOW,
        follow=None,
        follow_older=False,
    )


def keep(archive: Archive, read: Article) -> int:
    decision = archive.store(reading(read), asked_url=read.url, claim=None, source_id=None, now=NOW)
    assert decision
    return decision.article_id


def resolve(archive: Archive, **given: object) -> tuple[Resolved, ...]:
    return archive.resolve(now=NOW, **given)  # type: ignore[arg-type] # whatever the test gives


@pytest.mark.parametrize(
    "printed",
    [
        TITLE,
        TITLE.upper(),
        TITLE.replace("naïve", "nave"),
        TITLE.replace("naïve", "naive"),
        f"{TITLE[:52]}...",
        f"{TITLE} - Daily Post",
    ],
)
def test_an_article_that_is_held_is_found(archive: Archive, plain: Source, printed: str) -> None:
    held = keep(archive, article(PAGE, title=f"{TITLE} | Daily Post", published=day("2024-11-07")))
    store(archive, plain, headline(printed))
    (found,) = resolve(archive)
    assert (found.article_id, found.resolution.url, found.to_fetch) == (held, PAGE, False)
    line = archive.headline(1)
    assert (line.article_id, line.headline.url) == (held, None)
    assert line.resolution == found.resolution
    assert archive.article(held).headlines[0].resolution == found.resolution
    assert archive.frontier.counts()[UrlState.DUE] == 0


def test_a_page_that_another_list_links_to_is_fetched(
    archive: Archive, source: Source, plain: Source
) -> None:
    store(archive, source, headline(TITLE, PAGE))
    store(archive, plain, headline(f"{TITLE[:52]}..."))
    (found,) = resolve(archive)
    assert (found.resolution.url, found.article_id, found.to_fetch) == (PAGE, None, True)
    (claim,) = archive.frontier.claim(9, now=NOW, lease=HOUR)
    assert (claim.url, claim.kind, claim.source_id) == (PAGE, PageKind.POST, plain.id)


def test_the_article_is_tied_once_the_page_is_stored(
    archive: Archive, source: Source, plain: Source
) -> None:
    store(archive, source, headline(TITLE, PAGE))
    store(archive, plain, headline(TITLE))
    resolve(archive)
    held = keep(archive, article(PAGE, title="The page says it otherwise"))
    assert [line.article_id for line in archive.headlines()] == [held, held]
    assert resolve(archive) == ()


def test_a_printed_link_is_never_touched(archive: Archive, source: Source) -> None:
    keep(archive, article(PAGE, title=TITLE))
    store(archive, source, headline(TITLE, "https://elsewhere.example/x"))
    assert resolve(archive) == ()
    assert archive.headline(1).headline.url == "https://elsewhere.example/x"


def test_what_is_ambiguous_stays_open_with_its_candidates(archive: Archive, plain: Source) -> None:
    for number in (1, 2):
        read = article(f"https://p{number}.example/", f"{STORY} {number}", title=TITLE)
        keep(archive, read)
    store(archive, plain, headline(TITLE, publisher=None))
    (found,) = resolve(archive)
    assert found.resolution.url is None
    assert "ambiguous" in found.resolution.evidence
    assert [rival.article_id for rival in found.resolution.rivals] == [1, 2]
    assert archive.headline(1).resolution == found.resolution
    assert archive.headline(1).article_id is None
    assert archive.status().headlines_unresolved == 1


def test_copies_of_one_story_are_one_page(archive: Archive, plain: Source) -> None:
    for number in (1, 2):
        keep(archive, article(f"https://p{number}.example/", title=TITLE))
    store(archive, plain, headline(TITLE))
    (found,) = resolve(archive)
    assert found.article_id == 1


def test_what_is_open_is_tried_again_and_counted(
    archive: Archive, source: Source, plain: Source
) -> None:
    store(archive, plain, headline(TITLE), headline("Quite another matter of the fishing fleet"))
    assert [each.resolution.evidence for each in resolve(archive)] == ["no title like it"] * 2
    assert archive.status().headlines_unresolved == 2
    store(archive, source, headline(TITLE, PAGE))
    assert [each.resolution.url for each in resolve(archive)] == [PAGE, None]
    assert archive.status().headlines_unresolved == 1


def test_a_dry_run_changes_nothing(archive: Archive, source: Source, plain: Source) -> None:
    store(archive, source, headline(TITLE, PAGE))
    store(archive, plain, headline(TITLE))
    (found,) = resolve(archive, dry_run=True)
    assert found.resolution.url == PAGE
    assert archive.headline(2).resolution is None
    assert archive.frontier.counts()[UrlState.DUE] == 0


def test_sources_can_be_chosen(archive: Archive, source: Source, plain: Source) -> None:
    store(archive, plain, headline(TITLE))
    assert resolve(archive, source_ids=[source.id]) == ()
    assert len(resolve(archive, source_ids=[plain.id])) == 1


def test_headlines_from_elsewhere_are_candidates(archive: Archive, plain: Source) -> None:
    store(archive, plain, headline(TITLE), headline(f"{TITLE} in winter"))
    held = keep(archive, article("https://paper.example/w", title="Winter"))
    feed = [
        headline(TITLE, PAGE),
        headline(f"{TITLE} in winter", "https://paper.example/w"),
        headline(f"{TITLE} in spring", "https://paper.example/s"),
        headline(TITLE, "mailto:nobody"),
    ]
    found = resolve(archive, candidates=feed)
    assert [(each.resolution.url, each.article_id) for each in found] == [
        (PAGE, None),
        ("https://paper.example/w", held),
    ]


def test_a_link_to_the_list_itself_leads_nowhere(
    archive: Archive, source: Source, plain: Source
) -> None:
    store(archive, source, headline(TITLE, f"{source.url}#top"))
    store(archive, plain, headline(TITLE))
    (found,) = [each for each in resolve(archive) if each.held.source_id == plain.id]
    assert found.resolution.url is None


def test_scripts_without_blanks(archive: Archive, source: Source, plain: Source) -> None:
    title = "北京的科学家发现港口的海豹学会乘坐早晨的渡轮前往北方岛屿"
    store(archive, source, headline(title, PAGE))
    store(archive, plain, headline(f"{title[:20]}..."))
    (found,) = resolve(archive)
    assert found.resolution.url == PAGE


def test_only_a_few_rows_are_looked_at_however_many_are_held(
    archive: Archive, source: Source, plain: Source
) -> None:
    titles = [
        f"Acme{n} Reports Inducement Grants Under Listing Rule 5635(c)(4)" for n in range(300)
    ]
    store(archive, source, *(headline(t, f"{PAGE}/{n}") for n, t in enumerate(titles)))
    store(archive, plain, headline(titles[7], publisher=None), headline("Reports of Grants"))
    assert [each.resolution.url for each in resolve(archive)] == [f"{PAGE}/7", None]


def test_of_more_than_are_to_be_tried_those_come_first_that_were_not(
    archive: Archive, plain: Source
) -> None:
    store(archive, plain, *(headline(f"Line {n} of a list", position=n) for n in range(5)))

    def tried(most: int | None, hours: int) -> list[int]:
        found = archive.resolve(most=most, now=NOW + hours * HOUR)
        return [each.held.id for each in found]

    assert tried(2, 0) == [1, 2]
    assert tried(2, 1) == [3, 4]
    assert tried(3, 2) == [5, 1, 2]
    assert tried(None, 3) == [1, 2, 3, 4, 5]


def test_what_is_open_is_found_without_a_walk_through_all(archive: Archive) -> None:
    raw = archive._connection.raw
    plan = raw.execute(
        f"EXPLAIN QUERY PLAN {OPEN}", {"sources": None, "headlines": None, "most": None}
    ).fetchall()
    assert "idx_headlines_open" in plan[0]["detail"]


def seed_lines() -> ListPage:
    from crawler.extract import extract_headlines

    (path,) = SEED.glob("*.txt")
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return extract_headlines(path.read_bytes(), url="urn:seed", captured_at=moment)


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed is not here")
def test_no_headline_of_the_seed_is_joined_to_anothers_page(archive: Archive) -> None:
    """Each is held with a link, but one: that one must find nothing."""
    page = seed_lines()
    lines = page.headlines
    assert len(lines) == 80
    listed = archive.add_source("https://other.example/", now=NOW)
    for n, line in enumerate(lines):
        copy = headline(line.title, f"https://p.example/{n}", publisher=line.publisher)
        store(archive, listed, copy)
    feed = [
        headline(line.title, f"https://p.example/{n}", publisher=line.publisher)
        for n, line in enumerate(lines)
    ]
    for n, line in enumerate(lines):
        source = archive.add_source(f"urn:{n}", now=NOW)
        asked = headline(line.title, publisher=line.publisher)
        store(archive, source, asked)
        (found,) = archive.resolve(source_ids=[source.id], now=NOW, candidates=feed)
        assert found.resolution.url in {None, f"https://p.example/{n}"}, line.title


def test_who_was_asked_for_what_is_remembered_until_the_source_goes(
    archive: Archive, plain: Source
) -> None:
    store(archive, plain, headline(TITLE), headline("Quite another matter of the fishing fleet"))
    archive.note_lookups([(1, "a.example"), (2, "a.example"), (1, "b.example")], now=NOW)
    archive.note_lookups([(1, "a.example")], now=NOW + HOUR)
    assert archive.lookups() == {
        (1, "a.example"): NOW + HOUR,
        (2, "a.example"): NOW,
        (1, "b.example"): NOW,
    }
    archive.remove_source(plain, now=NOW)
    assert archive.lookups() == {}


def test_a_look_that_finds_nothing_keeps_what_another_found_and_doubted(
    archive: Archive, plain: Source
) -> None:
    store(archive, plain, headline(TITLE, publisher=None))
    two = [headline(TITLE, f"https://p{n}.example/", publisher=None) for n in (1, 2)]
    (doubted,) = resolve(archive, candidates=two)
    assert len(doubted.resolution.rivals) == 2
    (nothing,) = resolve(archive)
    assert nothing.resolution.evidence == "no title like it"
    assert archive.headline(1).resolution == doubted.resolution
