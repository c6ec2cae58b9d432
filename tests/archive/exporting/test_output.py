"""A file is there whole or not at all."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import ArchiveError
from archive.exporting import output


def test_a_file_holds_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    output.write(["one\n", b"two\n", "\ud83d"], path)
    assert path.read_bytes() == b"one\ntwo\n?"
    assert [one.name for one in tmp_path.iterdir()] == ["out.jsonl"]


def test_the_end_of_the_name_packs_it_the_same_each_time(tmp_path: Path) -> None:
    first, second = tmp_path / "one.jsonl.gz", tmp_path / "two.jsonl.gz"
    for path in (first, second):
        output.write(["one\n" * 100_000], path)
    assert gzip.decompress(first.read_bytes()) == b"one\n" * 100_000
    assert first.read_bytes() == second.read_bytes()


def test_what_was_there_stays_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before")

    def failing() -> Iterator[str]:
        yield "some"
        raise ArchiveError("the database is damaged")

    with pytest.raises(ArchiveError, match="damaged"):
        output.write(failing(), path)
    assert path.read_text() == "before"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"cannot write .*: No such file"):
        output.write(["one"], tmp_path / "none" / "out.jsonl")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="cannot write"):
        output.write(["one"], tmp_path)
