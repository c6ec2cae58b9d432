"""What was joined and parted by hand comes along; of two decisions the later one counts."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest

from archive import Archive
from tests.archive.lives import lines, take_lines
from tests.archive.making import NOW, new_archive
from tests.archive.test_bulk import ADDRESS, incoming, text_of
from tests.archive.test_merging import held, merged

DAY = timedelta(days=1)
TEXT = text_of("shared", 200)


def begun(folder: Path, *names: str) -> Path:
    """Have articles of these names held, alone in their stories."""
    with new_archive(folder) as archive:
        archive.store_many([incoming(name) for name in names])
    return folder


def join(folder: Path, one: str, other: str, day: int) -> None:
    with Archive.open(folder) as archive:
        archive.join_stories(f"{ADDRESS}{one}", f"{ADDRESS}{other}", now=NOW + day * DAY)


def part(folder: Path, name: str, day: int) -> None:
    with Archive.open(folder) as archive:
        archive.part_story(f"{ADDRESS}{name}", now=NOW + day * DAY)


def stories(folder: Path) -> list[tuple[str, ...]]:
    """Give the titles of each story's members."""
    with Archive.open(folder, read_only=True) as archive:
        titles = [
            [archive.article(n).article.title, *(one.title for one in archive.article(n).members)]
            for n in range(1, archive.status().articles + 1)
        ]
    return sorted({tuple(sorted(map(str, each))) for each in titles})


def test_what_was_joined_by_hand_is_joined_in_the_other(tmp_path: Path) -> None:
    one = begun(tmp_path / "one", "a", "b", "c")
    join(one, "a", "b", day=1)
    told = lines(one)
    take_lines(tmp_path / "other", told)
    assert lines(tmp_path / "other") == told
    into = begun(tmp_path / "into", "b", "a")
    take_lines(into, told)
    assert stories(into) == [("a", "b"), ("c",)]
    before = lines(into)
    assert take_lines(into, told).disputed == 0
    assert lines(into) == before


def test_what_was_parted_by_hand_stays_parted_whatever_comes_to_be_stored(tmp_path: Path) -> None:
    with new_archive(tmp_path / "one") as archive:
        archive.store_many([incoming("a", text=TEXT), incoming("b", text=f"{TEXT} And more.")])
    assert stories(tmp_path / "one") == [("a", "b")]
    copytree(tmp_path / "one", tmp_path / "two")
    part(tmp_path / "one", "b", day=1)
    told = lines(tmp_path / "one")
    for name in ("two", "new"):
        take_lines(tmp_path / name, told)
        assert stories(tmp_path / name) == [("a",), ("b",)]
        with Archive.open(tmp_path / name) as archive:
            archive.find_stories(now=NOW)
        assert stories(tmp_path / name) == [("a",), ("b",)]


@pytest.mark.parametrize("joined_on", [1, 3])
def test_of_two_decisions_the_later_one_counts_either_way_round(
    tmp_path: Path, joined_on: int
) -> None:
    joined = begun(tmp_path / "joined", "a", "b")
    parted = copytree(joined, tmp_path / "parted")
    join(joined, "a", "b", day=joined_on)
    join(parted, "a", "b", day=0)
    part(parted, "b", day=2)
    copies = copytree(joined, tmp_path / "joined2"), copytree(parted, tmp_path / "parted2")
    done = merged(joined, parted)
    assert merged(copies[1], copies[0]).taken.disputed == 1
    later = "here" if joined_on == 3 else "there"
    told = "paper.example/b and paper.example/a: joined here, parted there; "
    assert done.taken.disputes == [f"{told}what was said {later} is later, and counts"]
    want = [("a", "b")] if joined_on == 3 else [("a",), ("b",)]
    assert stories(joined) == stories(copies[1]) == want
    before = held(joined)
    merged(joined, parted)
    assert held(joined) == before == held(copies[1])


def all_of(*folders: Path) -> Sequence[list[tuple[str, ...]]]:
    return [stories(folder) for folder in folders]


def test_joining_takes_back_what_parted_the_two_stories_before(tmp_path: Path) -> None:
    """One out of three was parted; elsewhere it was joined again later, with one of the two."""
    parted = begun(tmp_path / "parted", "a", "b", "c")
    join(parted, "a", "b", day=0)
    join(parted, "b", "c", day=0)
    joined = copytree(parted, tmp_path / "joined")
    part(parted, "a", day=1)
    part(joined, "a", day=1)
    join(joined, "a", "b", day=2)
    copies = copytree(joined, tmp_path / "joined2"), copytree(parted, tmp_path / "parted2")
    merged(parted, joined)
    merged(copies[0], copies[1])
    assert all_of(parted, copies[0]) == [[("a", "b", "c")]] * 2
    assert held(parted) == held(copies[0])
