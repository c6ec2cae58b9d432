"""The command line: what it accepts, what it prints, how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

LIST = """- Sheep climb again after a year of cells - Meadow Post - November 7th, 2024
- A second look at the cells of old sheep - Hill Letters - November 5th, 2024
- Why a tendon takes its time - Meadow Post - November 2nd, 2024
"""
HEAVY = ("scrapy", "dateparser", "bs4", "lxml", "sqlite_utils", "datasette", "rich", "twisted")


def backfile(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "crawler", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=cwd,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a text list in it."""
    (tmp_path / "list.txt").write_text(LIST, encoding="utf-8")
    return tmp_path


def test_the_default_archive_is_made_by_import_and_searched(folder: Path) -> None:
    assert backfile("import", "list.txt", cwd=folder).returncode == 0
    assert (folder / "backfile-archive" / "archive.db").exists()
    found = json.loads(backfile("search", "sheep", "--json", cwd=folder).stdout)
    assert {hit["published"] for hit in found} == {"2024-11-07", "2024-11-05"}


def test_headlines_of_a_file_are_shown_and_not_stored(folder: Path) -> None:
    done = backfile("headlines", "list.txt", "--json", cwd=folder)
    shown = json.loads(done.stdout)
    assert [row["publisher"] for row in shown] == ["Meadow Post", "Hill Letters", "Meadow Post"]
    assert shown[0]["published"] == "2024-11-07"
    assert not (folder / "backfile-archive").exists()


def test_an_import_says_what_it_brought(folder: Path) -> None:
    row = json.loads(backfile("import", "list.txt", "--json", cwd=folder).stdout)[0]
    assert (row["headlines"], row["new_headlines"], row["article"]) == (3, 3, None)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["crawl"], 2, "no archive at backfile-archive"),
        (["search", "x"], 2, "no archive at backfile-archive"),
        (["add", "no-address"], 2, "no web address"),
        (["add", "file:///etc/hostname"], 2, "no web address"),
        (["import", "no-such-file"], 2, "cannot read"),
        (["headlines", "no-such-file"], 2, "cannot read no-such-file"),
        (["extract", "ftp://paper.example/a"], 2, "only http and https"),
        (["extract", "http://[x"], 2, "'http://[x' is no web address"),
        (["headlines", "https://a.example:99999/"], 2, "is no web address"),
        (["crawl", "--resolve", "nonsense"], 2, "HOST=ADDRESS"),
        (["import", "list.txt", "list.txt", "--url", "http://a.example/"], 2, "one file's address"),
        (["no-such-command"], 2, "No such command"),
        (["extract", "http://127.0.0.1:9/"], 1, "not a public address"),
    ],
)
def test_an_error_is_one_clear_line_and_an_exit_code(
    folder: Path, arguments: list[str], code: int, message: str
) -> None:
    done = backfile(*arguments, cwd=folder)
    assert done.returncode == code, done.stderr
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("arguments", [["search", "sheep"], ["status"], ["--help"], ["--version"]])
def test_what_reads_only_starts_without_the_heavy_packages(
    folder: Path, arguments: list[str]
) -> None:
    backfile("import", "list.txt", cwd=folder)
    script = (
        "import sys\nfrom crawler.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        f"print(*sorted(set(sys.modules) & set({HEAVY!r})), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        check=True,
    )
    assert done.stderr.strip() == ""
    assert done.stdout


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"", "no content"),
        (b"<rss><channel></channel></rss>", "a feed without entries"),
    ],
)
def test_a_page_without_headlines_is_said_to_be_what_it_is(
    tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "page").write_bytes(content)
    done = backfile("headlines", "page", "--json", cwd=tmp_path)
    assert (done.returncode, json.loads(done.stdout)) == (1, [])
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_lines_that_were_not_read_are_said(folder: Path) -> None:
    path = folder / "list.txt"
    path.write_text(LIST.replace("- ", "", 3) + "\nIt - November 1st, 2024\n" + LIST)
    done = backfile("headlines", "list.txt", cwd=folder)
    assert "left out: 1 line (no title beside the date)" in done.stderr
    assert done.returncode == 0


def test_of_several_files_those_that_can_be_read_are_imported(folder: Path) -> None:
    done = backfile("import", "list.txt", "none.txt", cwd=folder)
    assert done.returncode == 1
    assert "3 headlines" in done.stdout
    assert "not imported: cannot read none.txt" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("headlines", "list.txt", "--delay", "nan"),
        ("headlines", "list.txt", "--resolve", "paper.example=localhost"),
        ("add", "--no-look", "https://user:secret@paper.example/"),
    ],
)
def test_what_cannot_be_meant_is_wrong_usage(folder: Path, arguments: tuple[str, ...]) -> None:
    done = backfile(*arguments, cwd=folder)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
