"""Versions in order, as they came about, and what changed between any two."""

import json

import pytest

from archive import Archive
from archive.errors import UsageError
from archive.records import DateSource, DecisionKind
from archive.revisions import Revision, record, revisions, steps
from archive.versions import PieceKind
from tests.archive.making import HOUR, NOW, STORY, article, day, reading

URL = "https://paper.example/ferry"
OTHER = STORY.replace("Friday", "Thursday")


def store(archive: Archive, hours: int, text: str, title: str = "Ferry", **given: object) -> str:
    now = NOW + hours * HOUR
    page = reading(article(URL, text, title=title, **given), captured_at=now)
    decision = archive.store(page, asked_url=URL, claim=None, source_id=None, now=now)
    assert decision is not None
    return decision.kind.value


def held(archive: Archive) -> tuple[Revision, ...]:
    return revisions(archive.article(URL))


def test_every_version_is_kept_in_order_also_one_that_comes_back(archive: Archive) -> None:
    kinds = [store(archive, hours, text) for hours, text in enumerate((STORY, OTHER, STORY))]
    assert kinds == ["new", "changed", "changed"]
    found = held(archive)
    assert [each.text for each in found] == [STORY, OTHER, STORY]
    assert [each.number for each in found] == [1, 2, 3]
    assert found[0].text_digest == found[2].text_digest != found[1].text_digest
    assert [each.first_seen for each in found] == [NOW, NOW + HOUR, NOW + 2 * HOUR]


def test_clutter_makes_no_version_however_often_it_changes(archive: Archive) -> None:
    texts = (f"{hours} min ago\n\n{STORY}\n\n{hours * 99} views" for hours in range(4))
    kinds = [store(archive, hours, text) for hours, text in enumerate(texts)]
    assert kinds == ["new", *["unchanged"] * 3]
    (only,) = held(archive)
    assert (only.first_seen, only.last_seen) == (NOW, NOW + 3 * HOUR)


def test_a_version_has_its_own_title_and_dates(archive: Archive) -> None:
    store(archive, 0, STORY, published=day("2024-11-08", DateSource.META))
    store(archive, 1, STORY, title="Boat", published=day("2024-11-09", DateSource.META))
    before, after = held(archive)
    assert (before.title, after.title) == ("Ferry", "Boat")
    assert [each.published and each.published.isoformat() for each in (before, after)] == [
        "2024-11-08",
        "2024-11-09",
    ]


def test_reading_a_capture_anew_makes_no_version(archive: Archive) -> None:
    store(archive, 0, STORY)
    page = reading(article(URL, "Read better.", title="Ferry"), captured_at=NOW)
    decision = archive.reread(page, asked_url=URL, source_id=None)
    assert decision is not None
    assert decision.kind is DecisionKind.REREAD
    assert len(held(archive)) == 1


def test_changes_from_each_to_the_next_or_between_two(archive: Archive) -> None:
    for hours, text in enumerate((STORY, OTHER, OTHER + "\n\nMore.")):
        store(archive, hours, text)
    found = held(archive)
    numbers = [(step.before.number, step.after.number) for step in steps(found)]
    assert numbers == [(1, 2), (2, 3)]
    for asked, expected in (
        ({"first": 1}, (1, 3)),
        ({"last": 2}, (1, 2)),
        ({"last": 1}, (1, 1)),
        ({"first": 3, "last": 1}, (3, 1)),
    ):
        (step,) = steps(found, **asked)
        assert (step.before.number, step.after.number) == expected
    for asked in ({"first": 4}, {"last": 4}, {"first": 0}):
        with pytest.raises(UsageError, match=r"no version .: 3 versions"):
            steps(found, **asked)


def test_the_spans_of_a_record_are_both_texts(archive: Archive) -> None:
    store(archive, 0, STORY)
    store(archive, 1, OTHER)
    article_held = archive.article(URL)
    found = revisions(article_held)
    (step,) = steps(found)
    assert step.title == ()
    assert "".join(p.text for p in step.text if p.kind is not PieceKind.ADDED) == STORY
    told = json.loads(json.dumps(record(article_held, found, [step])))
    assert [each["number"] for each in told["versions"]] == [1, 2]
    (change,) = told["changes"]
    assert {"text": "Thursday", "kind": "added"} in change["text"]
