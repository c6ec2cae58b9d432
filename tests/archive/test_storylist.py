"""Stories as they are given back: members, the leading one first, and why each belongs."""

import pytest

from archive import Archive
from archive.errors import NotFound, UsageError
from archive.storylist import Why, record
from tests.archive.making import HOUR, NOW, STORY, article, reading
from tests.archive.newsroom import Desk

FERRY = "https://paper.example/ferry"
LONG = Desk(51).article().text


def store(
    archive: Archive, url: str, text: str = STORY, *, hours: int = 0, original: str | None = None
) -> None:
    page = reading(article(url, text), original=original)
    now = NOW + hours * HOUR
    archive.store(page, asked_url=url, claim=None, source_id=None, now=now)


@pytest.fixture
def told(archive: Archive) -> Archive:
    """An archive with two stories of several members, and an article of its own."""
    store(archive, FERRY)
    store(archive, "https://copy.example/ferry")
    store(archive, "https://aggregator.example/post", "Excerpt.", original=FERRY)
    store(archive, "https://paper.example/other", "Something else.")
    store(archive, "https://paper.example/long", LONG, hours=48)
    store(archive, "https://copy.example/long", f"{LONG}\n\nRead on at home.", hours=72)
    return archive


def test_stories_of_several_are_listed_the_newest_first(told: Archive) -> None:
    found = told.stories()
    assert [[member.id for member in story.members] for story in found] == [[5, 6], [1, 2, 3]]
    assert [story.members[0].leads for story in found] == [True, True]
    assert told.stories(limit=1) == found[:1]
    assert told.stories(since="2026-11-25") == found[:1]
    assert told.stories(since="2027") == ()


def test_each_member_says_why_it_belongs(told: Archive) -> None:
    whys = {
        member.id: (member.why, member.tied_to)
        for story in told.stories()
        for member in story.members
    }
    assert whys == {
        1: (None, None),
        2: (Why.TEXT, 1),
        3: (Why.ATTRIBUTION, 1),
        5: (None, None),
        6: (Why.NEAR, 5),
    }
    told.join_stories("1", "5", now=NOW)
    (story,) = told.stories()
    assert {member.why for member in story.members if not member.leads} == set(Why)


def test_one_story_is_given_by_its_number(told: Archive) -> None:
    story = told.story(told.article(FERRY).story_id)
    assert story.members[0].url == FERRY
    plain = record(story)
    assert plain["id"] == story.id
    members = plain["members"]
    assert isinstance(members, list)
    assert members[1]["why"] == "text"


@pytest.mark.parametrize("asked", ["999", "x", "9" * 30, ""])
def test_what_is_no_story_is_told(told: Archive, asked: str) -> None:
    with pytest.raises(NotFound):
        told.story(asked)


def test_a_day_that_is_none_is_told(told: Archive) -> None:
    with pytest.raises(UsageError):
        told.stories(since="soon")


def test_a_member_whose_tie_was_forgotten_has_no_reason(told: Archive) -> None:
    store(told, "https://third.example/long", f"{LONG}\n\nMore of it elsewhere.")
    told.forget("https://paper.example/long", now=NOW)
    (left,) = (s for s in told.stories() if s.members[0].url.endswith("/long"))
    assert len(left.members) == 2
