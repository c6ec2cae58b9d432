"""What came in is of a story at once: with what was held, and with what came in beside it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from archive import Archive
from archive.connection import open_to_read
from tests.archive.lives import lines, take_lines
from tests.archive.making import new_archive
from tests.archive.test_bulk import incoming, text_of
from tests.archive.test_merging import merged


def hold(folder: Path, *given: tuple[str, str]) -> list[str]:
    """Have articles of these names and texts held; gives them as lines."""
    with new_archive(folder) as archive:
        archive.store_many([incoming(name, text=text) for name, text in given])
    return lines(folder)


def stories(folder: Path) -> list[list[str]]:
    """Give the titles of each story's members."""
    connection = open_to_read(folder)
    rows = connection.raw.execute("SELECT story_id, title FROM articles ORDER BY story_id, title")
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row["story_id"], []).append(row["title"])
    assert connection.raw.execute("SELECT count(*) FROM unjudged").fetchone()[0] == 0
    connection.close()
    return sorted(found.values())


def near(text: str) -> str:
    return f"{text} It was said on the quay."


FIRST, SECOND = text_of("first", 200), text_of("second", 200)


@pytest.mark.parametrize("way", ["import", "merge"])
def test_near_copies_of_what_was_held_join_its_story(tmp_path: Path, way: str) -> None:
    hold(tmp_path / "ours", ("a", FIRST), ("b", SECOND))
    told = hold(tmp_path / "theirs", ("c", near(FIRST)), ("d", text_of("fourth", 200)))
    if way == "import":
        take_lines(tmp_path / "ours", told)
    else:
        merged(tmp_path / "ours", tmp_path / "theirs")
    assert stories(tmp_path / "ours") == [["a", "c"], ["b"], ["d"]]


def unjudged(told: Sequence[str]) -> list[str]:
    return [line.replace('"judged":true', '"judged":false') for line in told]


def test_records_that_say_nothing_of_stories_are_judged_among_themselves(tmp_path: Path) -> None:
    told = hold(tmp_path / "one", ("a", FIRST), ("b", SECOND), ("c", near(FIRST)))
    apart = [line.replace('"story":"paper.example/a"', '"story":null') for line in told]
    assert apart != told
    take_lines(tmp_path / "other", unjudged(apart))
    assert stories(tmp_path / "other") == [["a", "c"], ["b"]]


def test_what_was_judged_keeps_its_stories_and_ties_as_they_were(tmp_path: Path) -> None:
    told = hold(tmp_path / "one", ("a", FIRST), ("b", near(FIRST)), ("c", SECOND))
    take_lines(tmp_path / "other", told)
    assert lines(tmp_path / "other") == told
    assert stories(tmp_path / "other") == [["a", "b"], ["c"]]
    hold(tmp_path / "third", ("d", SECOND + " More was said."))
    take_lines(tmp_path / "third", told)
    assert stories(tmp_path / "third") == [["a", "b"], ["c", "d"]]
    ties = [line[line.index('"ties"') :] for line in told if '"kind":"near"' in line]
    assert ties
    assert all(any(tie in line for line in lines(tmp_path / "third")) for tie in ties)


def test_what_comes_later_finds_what_was_imported(tmp_path: Path) -> None:
    take_lines(tmp_path / "other", hold(tmp_path / "one", ("a", FIRST), ("c", SECOND)))
    with Archive.open(tmp_path / "other") as archive:
        archive.store_many([incoming("late", text=near(SECOND))])
    assert stories(tmp_path / "other") == [["a"], ["c", "late"]]
