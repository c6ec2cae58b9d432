"""Articles, versions, addresses and originals: what is held after each kind of arrival."""

from typing import Any

import pytest

from archive import Archive
from archive.errors import NotFound
from archive.records import DateSource, Decision, DecisionKind
from tests.archive.making import HOUR, NOW, STORY, article, day, reading

FERRY = "https://paper.example/ferry"
POST = "https://aggregator.example/post"


def store(
    archive: Archive,
    url: str = FERRY,
    *,
    asked: str | None = None,
    hours: int = 0,
    original: str | None = None,
    redirects: tuple[str, ...] = (),
    **given: Any,
) -> Decision:
    now = NOW + hours * HOUR
    page = reading(article(url, **given), captured_at=now, original=original)
    decision = archive.store(
        page, asked_url=asked or url, redirects=redirects, claim=None, source_id=None, now=now
    )
    assert decision is not None
    return decision


def test_a_changed_article_keeps_what_it_said_before(archive: Archive) -> None:
    store(archive, title="Ferry")
    decision = store(archive, title="Ferry, corrected", text="It sails on Mondays.", hours=1)
    held = archive.article(decision.article_id)
    assert decision.kind is DecisionKind.CHANGED
    assert (held.article.title, held.article.text) == ("Ferry, corrected", "It sails on Mondays.")
    (version,) = held.versions
    assert (version.title, version.text) == ("Ferry", STORY)
    assert (version.captured_at, version.replaced_at) == (NOW, NOW + HOUR)


def test_a_change_does_not_lose_what_is_not_given_any_more(archive: Archive) -> None:
    store(archive, byline=("Ann Lee",), published=day("2024-11-08", DateSource.META), html="<p>x")
    store(archive, text="Another text.", hours=1)
    read = archive.article(1).article
    assert read.byline == ("Ann Lee",)
    assert read.published == day("2024-11-08", DateSource.META)
    assert read.html is None, "it belonged to the other text"


def test_an_unchanged_article_takes_what_was_not_known(archive: Archive) -> None:
    store(archive)
    decision = store(archive, byline=("Ann Lee",), section="Travel", hours=1)
    held = archive.article(1)
    assert decision.kind is DecisionKind.UNCHANGED
    assert (held.article.byline, held.article.section) == (("Ann Lee",), "Travel")
    assert (held.first_seen, held.last_seen) == (NOW, NOW + HOUR)
    assert held.versions == ()


def test_clutter_is_as_the_latest_capture_has_it_and_no_version(archive: Archive) -> None:
    store(archive, text=f"5 min ago\n\n{STORY}", html="<p>5 min ago")
    decision = store(archive, text=f"2 hours ago\n\n{STORY}", html="<p>2 hours ago", hours=2)
    held = archive.article(1)
    assert (decision.kind, held.versions) == (DecisionKind.UNCHANGED, ())
    assert held.article.text.startswith("2 hours ago")
    assert held.article.html == "<p>2 hours ago"
    again = reading(held.article, captured_at=NOW + 2 * HOUR)
    reread = archive.reread(again, asked_url=FERRY, source_id=None)
    assert reread is not None
    assert (reread.kind, reread.reason) == (DecisionKind.UNCHANGED, "read as before")
    store(archive, text=f"1 min ago\n\n{STORY}", hours=1)
    assert archive.article(1).article.text.startswith("2 hours ago"), "an older capture's"


def test_one_page_under_several_addresses_is_one_article(archive: Archive) -> None:
    canonical = f"{FERRY}/full"
    store(archive, asked="https://short.example/x", canonical_url=canonical)
    for url in (FERRY, "http://www.paper.example/ferry/", canonical):
        assert store(archive, url, canonical_url=canonical).kind is DecisionKind.UNCHANGED
    for asked in ("https://short.example/x", FERRY, canonical):
        assert archive.article(asked).id == 1


def roles(archive: Archive, article_id: int) -> dict[str, str]:
    return {each.url: each.role.value for each in archive.article(article_id).addresses}


def test_every_address_on_the_way_leads_to_the_article(archive: Archive) -> None:
    asked, hop = "https://short.example/x", "https://track.example/?to=7"
    front = "https://paper.example/"
    store(archive, asked=asked, redirects=(asked, hop, front), canonical_url=f"{FERRY}/full")
    assert roles(archive, 1) == {
        FERRY: "own",
        asked: "asked",
        hop: "redirect",
        f"{FERRY}/full": "canonical",
    }
    for address in (asked, hop, f"http://www.{hop[8:]}&utm_source=x"):
        assert archive.article(address).id == 1
    with pytest.raises(NotFound):
        archive.article(front)


def test_what_many_pass_through_is_the_first_s_and_no_page_s_own(archive: Archive) -> None:
    wall, other = "https://wall.example/agree", "https://paper.example/boat"
    store(archive, redirects=(wall,))
    store(archive, other, redirects=(wall, FERRY), text="It sails at ten.")
    assert archive.article(wall).id == 1
    assert archive.article(FERRY).id == 1
    store(archive, wall, text="How to agree to everything, at length.")
    assert archive.article(wall).article.url == wall


def test_no_password_of_a_redirect_is_kept(archive: Archive) -> None:
    store(archive, redirects=("https://ann:secret@track.example/7",))
    assert "https://track.example/7" in roles(archive, 1)


def test_a_page_that_begins_to_declare_another_address_stays_one(archive: Archive) -> None:
    store(archive)
    assert store(archive, canonical_url=f"{FERRY}/full").kind is DecisionKind.UNCHANGED
    assert store(archive).article_id == 1


def test_a_foreign_declaration_takes_no_address_away(archive: Archive) -> None:
    store(archive)
    decision = store(archive, POST, text="Excerpt only.", canonical_url=FERRY)
    assert decision.kind is DecisionKind.NEW
    assert archive.article(FERRY).id == 1


def test_the_page_itself_takes_over_an_address_that_was_only_declared(archive: Archive) -> None:
    store(archive, POST, text="Excerpt only.", canonical_url=FERRY)
    assert archive.article(FERRY).id == 1
    store(archive)
    assert archive.article(FERRY).id == 2


def test_a_copy_joins_the_story_and_keeps_its_own_name(archive: Archive) -> None:
    store(archive)
    copy = store(archive, "https://other.example/boat", title="Boat", publisher="Garden News")
    assert (copy.kind, copy.duplicate_of) == (DecisionKind.DUPLICATE, 1)
    (member,) = archive.article(1).members
    assert (member.id, member.publisher, member.title) == (2, "Garden News", "Boat")
    assert archive.status().stories == 1


def test_post_and_original_are_tied_and_one_story_whichever_comes_first(archive: Archive) -> None:
    other = f"{POST}/2"
    store(archive, POST, text="Excerpt.", original=FERRY)
    store(archive)
    store(archive, other, text="Another excerpt.", original=f"{FERRY}?utm_source=feed")
    assert [archive.article(number).original_id for number in (1, 2, 3)] == [2, None, 2]
    assert [archive.article(number).story_id for number in (1, 2, 3)] == [1, 1, 1]
    assert [member.id for member in archive.article(1).members if member.leads] == [2]


def test_a_page_that_names_itself_as_original_is_not_tied(archive: Archive) -> None:
    store(archive, original=FERRY)
    assert archive.article(1).original_id is None


def test_storing_looks_at_no_more_rows_however_many_are_held(archive: Archive) -> None:
    """Counted in steps of SQLite's machine, by the hundred: an index that is missed shows."""
    steps = [0]

    def count() -> None:
        steps[0] += 1

    def cost(number: int) -> int:
        steps[0] = 0
        store(archive, f"https://paper.example/{number}", text=f"Notice {number}.")
        return steps[0]

    with archive._connection.reading() as raw:
        raw.set_progress_handler(count, 100)
    few = max(cost(number) for number in range(20))
    for number in range(20, 600):
        store(archive, f"https://paper.example/{number}", text=f"Notice {number}.")
    many = max(cost(number) for number in range(600, 610))
    assert few > 0
    assert many < 2 * few
