"""A format by its name or the file's, and an export from begin to end."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archive.connection import Connection
from archive.errors import UsageError
from archive.exporting.formats import Exported, Format, Wanted, export, format_of
from tests.archive.making import query_of


def wanted(form: Format, path: Path | None, words: str = "", **given: Any) -> Wanted:
    return Wanted(
        format=form,
        path=path,
        query=query_of(words),
        title="A test",
        **given,
    )


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.jsonl", Format.JSONL),
        ("a.jsonl.gz", Format.JSONL),
        ("A.CSV", Format.CSV),
        ("a.atom", Format.ATOM),
        ("a.opml", Format.OPML),
        ("a.warc.gz", Format.WARC),
    ],
)
def test_the_name_of_the_file_tells(name: str, form: Format) -> None:
    assert format_of(Path(name), None) is form
    assert format_of(Path(name), "csv") is Format.CSV


def test_a_name_that_tells_nothing_is_wrong_usage() -> None:
    assert format_of(None, None) is Format.JSONL
    with pytest.raises(UsageError, match=r"--format jsonl\|csv"):
        format_of(Path("notes"), None)


@pytest.mark.parametrize("form", list(Format))
def test_each_format_is_written_and_counted(
    form: Format, connection: Connection, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert export(connection, wanted(form, out)) == Exported(articles=2, headlines=2)
    assert out.exists()
    assert export(connection, wanted(form, out, "sails")) == Exported(articles=1, headlines=1)


def test_markdown_wants_a_folder(connection: Connection) -> None:
    with pytest.raises(UsageError, match="-o FOLDER"):
        export(connection, wanted(Format.MARKDOWN, None))


def test_captures_of_what_matched_are_a_valid_file(connection: Connection, tmp_path: Path) -> None:
    out = tmp_path / "out.warc.gz"
    export(connection, wanted(Format.WARC, out, "sails"))
    warcio = Path(sys.executable).with_name("warcio")
    subprocess.run([warcio, "check", out], check=True)
    told = subprocess.run([warcio, "index", out], check=True, capture_output=True, text=True)
    assert told.stdout.count("paper.example/ferry") == 2
    assert "zh.example" not in told.stdout


def test_a_capture_that_is_gone_is_told(
    connection: Connection, folder: Path, tmp_path: Path
) -> None:
    for path in (folder / "captures").iterdir():
        path.unlink()
    done = export(connection, wanted(Format.WARC, tmp_path / "out.warc.gz"))
    assert len(done.lost) == 2
