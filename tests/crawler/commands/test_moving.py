"""`import` as it is called."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive import Archive, backup
from archive.errors import ArchiveError, UsageError
from crawler.cli import backfile
from tests.crawler.importing.test_pages import POST


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(
        backfile, [str(one) for one in arguments], standalone_mode=False, catch_exceptions=False
    )


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "post.txt").write_text(POST, encoding="utf-8")
    (inbox / "urls.txt").write_text("https://a.example/1\nhttps://a.example/2\n")
    return inbox


def test_a_line_for_each_file_of_a_folder(inbox: Path, tmp_path: Path) -> None:
    done = run("import", inbox, "-a", tmp_path / "archive")
    first, second = done.stdout.splitlines()
    assert "7 headlines (7 new)" in first
    assert second == f"{inbox}/urls.txt (urls): 2 addresses, 2 queued"
    assert done.return_value == 0


def test_json_says_what_became_of_each_file(inbox: Path, tmp_path: Path) -> None:
    (inbox / "z.jsonl").write_text('{"record": "poem"}\n')
    done = run("import", inbox, "-a", tmp_path / "archive", "--json")
    page, urls, broken = json.loads(done.stdout)
    assert (page["format"], page["headlines"]) == ("page", 7)
    assert (urls["format"], urls["counts"]["queued"]) == ("urls", 2)
    assert broken["faults"] == ["record 1: it is no record of this program or of news-please"]
    assert done.return_value == 1
    assert "z.jsonl: record 1" in done.stderr


def test_a_dry_run_stores_nothing(inbox: Path, tmp_path: Path) -> None:
    done = run("import", inbox, "-a", tmp_path / "archive", "--dry-run", "--jsonl")
    assert len(done.stdout.splitlines()) == 2
    assert not (tmp_path / "archive").exists()


def test_a_dry_run_counts_what_is_new_to_the_archive(inbox: Path, tmp_path: Path) -> None:
    run("import", inbox / "urls.txt", "-a", tmp_path / "archive")
    before = (tmp_path / "archive" / "archive.db").read_bytes()
    done = run("import", inbox, "-a", tmp_path / "archive", "--dry-run", "--json")
    page, urls, *_ = json.loads(done.stdout)
    assert (page["headlines"], page["new_headlines"], urls["counts"]["queued"]) == (7, 7, 0)
    assert (tmp_path / "archive" / "archive.db").read_bytes() == before
    run("import", inbox, "-a", tmp_path / "archive")
    again = run("import", inbox, "-a", tmp_path / "archive", "--dry-run", "--json")
    assert json.loads(again.stdout)[0]["new_headlines"] == 0


def test_a_dry_run_wants_room_for_its_copy(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("import", inbox, "-a", tmp_path / "archive")
    monkeypatch.setattr(backup, "ROOM", 1 << 60)
    with pytest.raises(ArchiveError, match="TMPDIR names another folder"):
        run("import", inbox, "-a", tmp_path / "archive", "--dry-run")


def test_as_overrules_the_bytes(inbox: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no JSON"):
        run("import", inbox / "urls.txt", "--as", "jsonl", "-a", tmp_path / "archive")
    with Archive.open(tmp_path / "archive") as archive:
        assert archive.status().headlines == 0


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = run("import", tmp_path / "empty", "-a", tmp_path / "archive")
    assert (done.return_value, done.stderr) == (1, "backfile: no file to import\n")
