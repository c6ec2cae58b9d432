"""New, changed, unchanged or a copy: one test for each rule."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.decide import (
    HeldArticle,
    Member,
    NewArticle,
    components,
    decide,
    elect_lead,
    identity,
)
from archive.fingerprint import fingerprint
from archive.records import DecisionKind
from tests.archive.making import NOW, STORY, article


def held(text: str = STORY, *, title: str = "Ferry", partial: bool = False) -> HeldArticle:
    return HeldArticle(
        id=7,
        story_id=3,
        title=title,
        text=text,
        text_digest=fingerprint(text).digest,
        partial=partial,
        captured_at=NOW,
    )


def new(
    text: str = STORY, *, title: str = "Ferry", partial: bool = False, hours: int = 1
) -> NewArticle:
    return NewArticle(
        title=title,
        text=text,
        fingerprint=fingerprint(text),
        partial=partial,
        captured_at=NOW + timedelta(hours=hours),
    )


def test_what_is_not_held_is_new() -> None:
    assert decide(held=None, same_text=None, new=new()).kind is DecisionKind.NEW


def test_the_same_again_is_unchanged() -> None:
    intent = decide(held=held(), same_text=held(), new=new(title="FERRY!"))
    assert (intent.kind, intent.refresh) == (DecisionKind.UNCHANGED, True)


@pytest.mark.parametrize(
    ("read", "reason"),
    [(new("Another text."), "the text changed"), (new(title="Boat"), "the title changed")],
)
def test_another_text_or_title_is_a_change(read: NewArticle, reason: str) -> None:
    intent = decide(held=held(), same_text=None, new=read)
    assert (intent.kind, intent.reason) == (DecisionKind.CHANGED, reason)


def test_a_counter_or_a_clock_is_no_change() -> None:
    before, after = f"5 min ago\n\n{STORY}", f"2 hours ago\n\n{STORY}\n\n1,234 views"
    intent = decide(held=held(before), same_text=None, new=new(after))
    assert (intent.kind, intent.refresh) == (DecisionKind.UNCHANGED, True)


def test_another_number_or_currency_in_the_text_is_a_change() -> None:
    for before, after in (("killed 12", "killed 14"), ("for $5", "for €5")):
        read = decide(held=held(f"It was {before}."), same_text=None, new=new(f"It was {after}."))
        assert read.kind is DecisionKind.CHANGED


def test_a_part_does_not_replace_the_whole() -> None:
    intent = decide(held=held(), same_text=None, new=new("The ferry", partial=True))
    assert (intent.kind, intent.refresh) == (DecisionKind.UNCHANGED, False)


def test_the_whole_replaces_a_part() -> None:
    intent = decide(held=held("The ferry", partial=True), same_text=None, new=new())
    assert intent.kind is DecisionKind.CHANGED


def test_an_older_capture_does_not_replace_a_newer() -> None:
    intent = decide(held=held(), same_text=None, new=new("Another text.", hours=-1))
    assert intent.kind is DecisionKind.UNCHANGED


def test_the_same_text_elsewhere_is_a_copy() -> None:
    intent = decide(held=None, same_text=held(), new=new(title="Another head"))
    assert (intent.kind, intent.duplicate_of) == (DecisionKind.DUPLICATE, held())


def test_a_short_notice_is_no_copy_of_another_page() -> None:
    notice = "Subscribe to read on."
    apart = decide(held=None, same_text=held(notice), new=new(notice, title="Boat"))
    same = decide(held=None, same_text=held(notice), new=new(notice))
    assert (apart.kind, same.kind) == (DecisionKind.NEW, DecisionKind.DUPLICATE)


@pytest.mark.parametrize(
    ("declared", "key"),
    [
        (None, "paper.example/ferry"),
        ("https://www.paper.example/2024/ferry/", "paper.example/2024/ferry"),
        ("https://paper.example/", "paper.example/ferry"),
        ("https://wire.example/ferry", "paper.example/ferry"),
        ("not an address", "paper.example/ferry"),
    ],
)
def test_identity(declared: str | None, key: str) -> None:
    assert identity(article("http://paper.example/ferry#top", canonical_url=declared)) == key


def test_a_text_without_address_is_its_urn() -> None:
    assert identity(article("urn:sha256:00")) == "urn:sha256:00"


def member(
    number: int,
    *,
    attributed: bool = False,
    partial: bool = False,
    letters: int = 1000,
    day: str | None = None,
) -> Member:
    return Member(id=number, attributed=attributed, partial=partial, letters=letters, day=day)


def test_the_publisher_leads_then_the_whole_then_the_first() -> None:
    post = member(1, attributed=True)
    partial = member(2, partial=True)
    whole, later = member(3), member(4)
    assert elect_lead([later, post, partial, whole]) == 3
    assert elect_lead([post, partial]) == 2
    assert elect_lead([post]) == 1


def test_the_fuller_leads_before_the_cut_and_of_like_ones_the_earliest() -> None:
    cut = member(1, letters=600, day="2024-11-01")
    framed = member(2, letters=1000, day="2024-11-08")
    release = member(3, letters=900, day="2024-11-07")
    undated = member(4, letters=1000)
    assert elect_lead([cut, framed, release, undated]) == 3
    assert elect_lead([cut, framed, undated]) == 2
    assert elect_lead([cut]) == 1


def test_an_aggregators_longer_text_makes_no_publisher_a_cut_one() -> None:
    assert elect_lead([member(1, attributed=True, letters=5000), member(2, letters=900)]) == 2


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_what_is_tied_is_together_whatever_the_order(ties: list[tuple[int, int]]) -> None:
    groups = components(range(8), ties)
    assert sorted(member for group in groups for member in group) == list(range(8))
    assert groups == components(reversed(range(8)), [(b, a) for a, b in reversed(ties)])
    at = {member: index for index, group in enumerate(groups) for member in group}
    assert all(at[a] == at[b] for a, b in ties if a in at and b in at)


def test_what_no_tie_leads_to_is_apart() -> None:
    assert components([1, 2, 3, 4, 5], [(1, 3), (4, 5), (3, 9)]) == [[1, 3], [2], [4, 5]]
