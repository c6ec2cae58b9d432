"""Files, folders and pipes, one after the other."""

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from archive.records import DoorKind, UrlState
from crawler.importing import pages
from crawler.importing.files import Wanted, files_in, import_files
from crawler.importing.kinds import Kind
from crawler.importing.outcome import Outcome
from tests.archive.exporting.conftest import store
from tests.archive.lives import lines
from tests.crawler.importing.test_opml import OPML
from tests.crawler.importing.test_pages import POST
from tests.crawler.importing.warcmade import page, record
from tests.crawler.made import NOON


def imported(folder: Path, *paths: Path, **given: Any) -> list[Outcome]:
    with Archive.open(folder, create=True) as archive:
        return list(import_files(archive, paths, Wanted(now=NOON, **given)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def test_folders_are_walked_sorted_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b/2.html", "b/1.html", "a.txt", ".hidden", "b/.git/config"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("One")
    found = [str(path.relative_to(tmp_path / "in")) for path in files_in([tmp_path / "in"])]
    assert found == ["a.txt", "b/1.html", "b/2.html"]
    assert list(files_in([Path("-"), Path("none")])) == [Path("-"), Path("none")]


def test_a_file_that_cannot_be_read_keeps_none_of_the_others_back(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "LARGEST_FILE", len(POST.encode()))
    monkeypatch.setattr("crawler.importing.files.LARGEST_FILE", len(POST.encode()))
    for name, data in (
        ("0-large.txt", POST.encode() * 2),
        ("1-packed.html", b"\x28\xb5\x2f\xfd rest"),
        ("2-torn.gz", gzip.compress(page("One"))[:-20]),
        ("3-post.txt", POST.encode()),
    ):
        (tmp_path / name).write_bytes(data)
    done = imported(folder, *sorted(tmp_path.glob("?-*")), tmp_path / "none.txt")
    assert [one.is_well for one in done] == [False, False, False, True, False]
    reasons = [one.failed or "" for one in done]
    assert "larger than" in reasons[0]
    assert "Zstandard" in reasons[1]
    assert "cannot unpack" in reasons[2]
    assert "cannot read" in reasons[4]


def test_a_packed_page_and_a_pipe(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = tmp_path / "page.html.gz"
    packed.write_bytes(gzip.compress(page("The ferry sails")))
    (done,) = imported(folder, packed)
    assert done.page is not None
    assert done.page.article is not None

    class Piped:
        buffer = io.BytesIO(page("Piped", "A text of its own, piped in by somebody. " * 20))

    monkeypatch.setattr("sys.stdin", Piped)
    (done,) = imported(folder, Path("-"))
    assert done.page is not None
    assert done.page.article is not None


def test_addresses_are_fetched_by_the_next_crawl(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "urls"
    path.write_text("https://a.example/1\tOne\t2024-11-01\nhttps://a.example/2\n")
    (done,) = imported(folder, path)
    assert (done.kind, done.counts) == (Kind.URLS, {"addresses": 2, "queued": 2, "headlines": 1})
    (again,) = imported(folder, path)
    assert again.counts == {"addresses": 2, "queued": 0, "headlines": 0}
    with Archive.open(folder) as archive:
        assert archive.frontier.counts()[UrlState.DUE] == 2
        assert archive.headlines()[0].headline.title == "One"


def test_opml_adds_sources_once(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "feeds.xml"
    path.write_bytes(OPML)
    (done,) = imported(folder, path)
    assert done.counts == {"sources": 3, "known": 0}
    assert done.faults == ("no web address: mailto:somebody@paper.example",)
    assert not done.is_well
    (again,) = imported(folder, path)
    assert again.counts == {"sources": 0, "known": 3}
    with Archive.open(folder) as archive:
        door = archive.source("Daily Ferry").door
        assert door is not None
        assert door.kind is DoorKind.FEED


def test_an_archive_s_own_lines_packed_or_not(folder: Path, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "other", create=True) as archive:
        store(archive, "https://paper.example/ferry")
    told = lines(tmp_path / "other")
    packed = tmp_path / "lines"
    packed.write_bytes(gzip.compress("".join(told).encode()))
    (done,) = imported(folder, packed)
    assert (done.kind, done.counts["articles"]) == (Kind.JSONL, 1)
    assert lines(folder) == told
    (again,) = imported(folder, packed)
    assert again.is_well


@pytest.mark.parametrize("form", ["lines", "array", "object"])
def test_news_please_in_each_of_its_forms(form: str, folder: Path, tmp_path: Path) -> None:
    article = {"maintext": "A text.", "title": "One", "source_domain": "a.example", "authors": []}
    given = [article | {"url": f"https://a.example/{n}"} for n in range(2)]
    text = {
        "lines": "\n".join(map(json.dumps, given)),
        "array": json.dumps(given, indent=2),
        "object": json.dumps(given[0], indent=2),
    }
    path = tmp_path / "articles.json"
    path.write_text(text[form])
    (done,) = imported(folder, path)
    assert done.counts["articles"] == (1 if form == "object" else 2)


def test_what_is_said_to_be_json_and_is_none(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "post.txt"
    path.write_text(POST)
    (done,) = imported(folder, path, kind=Kind.JSONL)
    assert done.failed is not None
    assert "is no JSON" in done.failed


def test_a_warc_file_by_its_bytes(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "anything"
    path.write_bytes(record("https://paper.example/1", page("The ferry sails")))
    (done,) = imported(folder, path)
    assert (done.kind, done.counts["articles"]) == (Kind.WARC, 1)
