"""New, changed, unchanged or a copy: one test for each rule."""

from datetime import timedelta

import pytest

from archive.decide import HeldArticle, Member, NewArticle, decide, elect_lead, identity
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


def test_the_publisher_leads_then_the_whole_then_the_first() -> None:
    post = Member(id=1, attributed=True, partial=False)
    cut = Member(id=2, attributed=False, partial=True)
    whole = Member(id=3, attributed=False, partial=False)
    later = Member(id=4, attributed=False, partial=False)
    assert elect_lead([later, post, cut, whole]) == 3
    assert elect_lead([post, cut]) == 2
    assert elect_lead([post]) == 1
