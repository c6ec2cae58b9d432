"""Taking in by the batch is taking in one by one, and a kill loses the batch under way at most."""

import random
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from archive import Archive
from archive.importing import batches, intake
from archive.importing.articles import Given
from tests.archive.lives import Event, lines, lived, lives, take_lines
from tests.archive.making import NOW, new_archive
from tests.archive.test_bulk import ROOT, assert_lost_nothing, contents, incoming


def all_known(given: Sequence[tuple[int, Given]]) -> set[int]:
    """Say of every article that it is to be taken in by itself."""
    return set(range(len(given)))


@settings(max_examples=25)
@given(lives, lives)
def test_by_the_batch_is_one_by_one(one: list[Event], other: list[Event]) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patched:
        root = Path(folder)
        told = lines(lived(root / "other", other, offset=5))
        many, single = lived(root / "many", one), copytree(root / "many", root / "single")
        by_batch = take_lines(many, told)
        patched.setattr(batches, "_repeated", all_known)
        one_by_one = take_lines(single, told)
        assert lines(many) == lines(single)
        assert contents(many) == contents(single)
        assert by_batch == one_by_one


def test_records_twice_in_a_file_are_taken_in_once(tmp_path: Path) -> None:
    with new_archive(tmp_path / "one") as archive:
        archive.store_many([incoming(f"page-{n}") for n in range(5)])
    told = lines(tmp_path / "one")
    taken = take_lines(tmp_path / "other", [*told, *told])
    assert (taken.articles, taken.unchanged) == (5, 5)
    assert lines(tmp_path / "other") == told


def test_ids_follow_the_records_and_batches_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_archive(tmp_path / "one") as archive:
        archive.store_many([incoming(f"page-{n}") for n in range(10)])
    told = lines(tmp_path / "one")
    newest_first = [told[0], *told[:0:-1]]
    monkeypatch.setattr(intake, "MOST_ARTICLES", 3)
    assert take_lines(tmp_path / "other", newest_first).articles == 10
    assert lines(tmp_path / "other") == newest_first


def test_an_article_of_no_known_source_is_told_and_keeps_no_other_back(tmp_path: Path) -> None:
    with new_archive(tmp_path / "one") as archive:
        archive.store_many([incoming("a"), incoming("b")])
    told = lines(tmp_path / "one")
    broken = told[1].replace('"source":null', '"source":"nowhere.example"')
    taken = take_lines(tmp_path / "other", [told[0], broken, told[2]])
    assert (taken.articles, taken.faults) == (1, 1)
    assert taken.told == [
        "record 2: article: its source 'nowhere.example' is not among the records before it"
    ]


IMPORTING = """
import sys
from archive import Archive
from archive.importing import intake, lines
from tests.archive.making import NOW

intake.MOST_ARTICLES = 200
with Archive.open(sys.argv[1]) as archive, open(sys.argv[2], "rb") as file:
    print(0, flush=True)
    intake.take_in(
        archive._connection, lines.read(file), follow=True, now=NOW,
        progress=lambda taken: print(taken.articles, flush=True),
    )
"""


def test_a_kill_at_any_instant_loses_the_batch_under_way_and_importing_again_brings_it(
    tmp_path: Path,
) -> None:
    rng = random.Random(11)
    with new_archive(tmp_path / "one") as archive:
        archive.store_many([incoming(f"page-{n}") for n in range(3_000)])
    told = lines(tmp_path / "one")
    (tmp_path / "told.jsonl").write_text("".join(told), encoding="utf-8")
    new_archive(tmp_path / "other").close()
    held = 0
    for _ in range(12):
        arguments = [IMPORTING, str(tmp_path / "other"), str(tmp_path / "told.jsonl")]
        with subprocess.Popen(
            [sys.executable, "-c", *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as other:
            assert other.stdout
            said = [int(other.stdout.readline() or 0) for _ in range(rng.randrange(5))]
            time.sleep(rng.uniform(0, 0.3))
            other.kill()
            said += [int(line) for line in other.stdout.read().split()]
        with Archive.open(tmp_path / "other") as archive:
            before, held = held, archive.status().articles
            assert archive.check(now=NOW) == ()
        assert held % 200 == 0
        assert held >= before + max([0, *said])
    assert held
    take_lines(tmp_path / "other", told)
    assert lines(tmp_path / "other") == told
    assert_lost_nothing(tmp_path / "other", 3_000)
