"""`export` and `merge` as they are called."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.cli import main
from archive.errors import ArchiveMissing, UsageError
from tests.archive.lives import lines
from tests.archive.making import NOW, article, new_archive, reading


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(
        main, [str(one) for one in arguments], standalone_mode=False, catch_exceptions=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with new_archive(tmp_path / "archive") as archive:
        for url, text in (("https://a.example/1", "A boat."), ("https://b.example/2", "A plant.")):
            read = reading(article(url, text=text))
            archive.store(read, asked_url=url, claim=None, source_id=None, now=NOW)
    return tmp_path / "archive"


def test_everything_goes_to_stdout_as_jsonl(folder: Path) -> None:
    done = run("export", "-a", folder)
    assert done.stdout.splitlines() == [line.rstrip("\n") for line in lines(folder)]
    assert done.stderr == "exported 2 articles and 0 headlines\n"


def test_words_and_options_narrow_it(folder: Path) -> None:
    assert "b.example" not in run("export", "boat", "-a", folder).stdout
    assert "a.example" not in run("export", "-a", folder, "ferry", "-boat").stdout
    assert "a.example" not in run("export", "--site", "b.example", "-a", folder).stdout
    assert run("export", "--lang", "de", "-a", folder).stdout.count("\n") == 1
    assert run("export", "--after", "2024", "-a", folder).stdout.count("\n") == 1


def test_a_files_name_in_the_place_of_words_is_told(folder: Path) -> None:
    done = run("export", "-a", folder, "out.jsonl")
    assert "nothing matches 'out.jsonl'; -o names a file to write to" in done.stderr
    assert "nothing matches" not in run("export", "--site", "none.example", "-a", folder).stderr


def test_a_file_takes_its_format_from_its_name(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert run("export", "-o", out, "--bom", "-a", folder).stdout == ""
    assert out.read_text(encoding="utf-8").startswith("\ufeffkind,id,")
    with pytest.raises(UsageError, match="tells no format"):
        run("export", "-o", tmp_path / "out.pdf", "-a", folder)


def test_merge_says_what_came_in_and_twice_nothing(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert run("merge", folder, "-a", other).stdout == f"merged {folder}: 2 articles\n"
    assert run("merge", folder, "-a", other).stdout == f"merged {folder}: nothing new\n"
    (row,) = json.loads(run("merge", folder, "-a", other, "--json").stdout)
    assert row["articles"] == 0
    assert row["forgotten_there_held_here"] == 0
    assert lines(other) == lines(folder)


def test_merge_wants_an_archive(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(ArchiveMissing):
        run("merge", tmp_path / "none", "-a", folder)
