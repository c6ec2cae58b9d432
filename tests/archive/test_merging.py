"""Two archives made one: nothing is lost, twice is once, and either way round it holds the same."""

import json
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings

from archive import Archive
from archive.captures import Captures
from archive.connection import open_to_read
from archive.errors import ArchiveError, UsageError
from archive.merging import Merged
from archive.records import (
    CaptureKind,
    Exchange,
    FrontierEntry,
    PageKind,
    UrlState,
    Verdict,
    VerdictKind,
)
from tests.archive.lives import BEGUN, PAGES, Event, Page, lines, lived, lives
from tests.archive.making import (
    LEASE,
    LIST,
    NOW,
    STORY,
    article,
    headline,
    list_page,
    new_archive,
    reading,
)

DAY = timedelta(days=1)


def merged(folder: Path, other: Path) -> Merged:
    with Archive.open(folder) as ours, Archive.open(other, read_only=True) as theirs:
        return ours.merge(theirs, now=BEGUN + 100 * DAY)


def held(folder: Path) -> list[str]:
    """Give what an archive holds, without what depends on which of two was there first."""
    records = [json.loads(line) for line in lines(folder)]
    for one in records:
        one["ties"] = [tie for tie in one.get("ties", []) if tie["kind"] != "near"]
    ours = ("story", "name")
    kept = [{name: one[name] for name in one if name not in ours} for one in records]
    return sorted(json.dumps(one, sort_keys=True) for one in kept)


def undisputed(life: Sequence[Event]) -> list[Event]:
    """Have each address lead to one page, as addresses mostly do."""
    return [
        replace(event, asked=event.article.url, article=replace(event.article, canonical_url=None))
        if isinstance(event, Page)
        else event
        for event in life
    ]


@settings(max_examples=25)
@given(lives, lives)
def test_merging_is_the_same_either_way_round_and_twice_is_once(
    one: list[Event], other: list[Event]
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        first = lived(root / "first", undisputed(one))
        second = lived(root / "second", undisputed(other), offset=5)
        copytree(first, root / "copy")
        assert merged(first, second).taken.faults == 0
        again = merged(first, second)
        counts = (again.taken.articles, again.taken.changed, again.taken.headlines, again.pages)
        assert (*counts, again.taken.changed_headlines) == (0, 0, 0, 0, 0)
        merged(second, root / "copy")
        assert held(second) == held(first)


def store(archive: Archive, day: int, **given: Any) -> None:
    read = reading(article(PAGES[0], **given), captured_at=NOW + day * DAY)
    archive.store(read, asked_url=PAGES[0], claim=None, source_id=None, now=NOW + day * DAY)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    new_archive(tmp_path / "ours").close()
    return tmp_path / "ours"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    new_archive(tmp_path / "theirs").close()
    return tmp_path / "theirs"


def test_the_later_text_is_current_and_the_other_a_version(ours: Path, theirs: Path) -> None:
    with Archive.open(ours) as one, Archive.open(theirs) as other:
        store(one, 2, text="What it said later.")
        store(other, 1, text="What it said first.", section="Sea")
    merged(ours, theirs)
    with Archive.open(ours) as archive:
        found = archive.article(PAGES[0])
    assert found.article.text == "What it said later."
    assert found.article.section == "Sea"
    assert [version.text for version in found.versions] == ["What it said first."]
    assert (found.first_seen, found.last_seen) == (NOW + DAY, NOW + 2 * DAY)


def test_a_part_that_was_read_later_replaces_no_whole(ours: Path, theirs: Path) -> None:
    with Archive.open(ours) as one, Archive.open(theirs) as other:
        store(one, 1, text="All of it, to the end.")
        store(other, 2, text="All of it, …", partial=True)
    merged(ours, theirs)
    with Archive.open(ours) as archive:
        found = archive.article(PAGES[0])
    assert (found.article.text, found.versions) == ("All of it, to the end.", ())


def test_a_copy_and_a_post_meet_what_is_held(ours: Path, theirs: Path) -> None:
    post = article("https://aggregator.example/post", text="An excerpt of it.")
    with Archive.open(ours) as archive:
        archive.store(
            reading(post, original=PAGES[0]),
            asked_url=post.url,
            claim=None,
            source_id=None,
            now=NOW,
        )
        copy = article("https://other.example/copy", text=STORY)
        archive.store(reading(copy), asked_url=copy.url, claim=None, source_id=None, now=NOW)
    with Archive.open(theirs) as archive:
        store(archive, 0, text=STORY)
    merged(ours, theirs)
    with Archive.open(ours) as archive:
        original = archive.article(PAGES[0])
        assert archive.article(post.url).original_id == original.id
    assert {member.url for member in original.members} == {post.url, "https://other.example/copy"}


def listed(folder: Path, *titles: str, day: int = 0) -> None:
    with Archive.open(folder) as archive:
        source = archive.add_source(LIST, name=folder.name, now=NOW)
        page = list_page(*(headline(title, f"https://paper.example/{title}") for title in titles))
        archive.store_list(
            page,
            source_id=source.id,
            claim=None,
            now=NOW + day * DAY,
            follow=PageKind.POST,
            follow_older=False,
        )


def test_a_list_that_both_hold_goes_on_from_the_later_visit(ours: Path, theirs: Path) -> None:
    listed(ours, "A", "B", "C")
    listed(theirs, "B", "C", "D", day=1)
    merged(ours, theirs)
    with Archive.open(ours) as archive:
        (source,) = archive.sources()
        assert source.name == "ours"
        assert {one.headline.title for one in archive.headlines()} == {"A", "B", "C", "D"}
        assert archive.changes() == ()
    # The next visit judges by their reading, in which A was none of the list.
    listed(ours, "B", "D", day=2)
    with Archive.open(ours) as archive:
        assert [change.title for change in archive.changes()] == ["C"]


def test_what_waits_there_waits_here_and_what_is_done_stays_done(ours: Path, theirs: Path) -> None:
    pages = [FrontierEntry(url=url, kind=PageKind.POST) for url in PAGES[:4]]
    with Archive.open(ours) as archive:
        archive.frontier.add(pages[:2], now=NOW)
        (claim, _) = archive.frontier.claim(2, now=NOW, lease=LEASE)
        archive.frontier.done(claim, now=NOW, reason="read")
    with Archive.open(theirs) as archive:
        archive.frontier.add(pages[2:], now=NOW)
        for claim in archive.frontier.claim(1, now=NOW, lease=LEASE):
            verdict = Verdict(kind=VerdictKind.ARTICLE, reason="read")
            archive.frontier.visited(
                pages[0], at=NOW, verdict=verdict, status=200, final_url="", now=NOW, kept=True
            )
            assert claim.url == PAGES[2]
        archive.frontier.add(pages[1:2], now=NOW)
    assert merged(ours, theirs).pages == 2
    with Archive.open(ours) as archive:
        counts = archive.frontier.counts()
        assert (counts[UrlState.DONE], counts[UrlState.DUE], counts[UrlState.CLAIMED]) == (1, 2, 1)


def test_what_was_forgotten_on_either_side(ours: Path, theirs: Path) -> None:
    with Archive.open(ours) as one, Archive.open(theirs) as other:
        for archive, url in (
            (one, PAGES[0]),
            (one, PAGES[1]),
            (other, PAGES[0]),
            (other, PAGES[2]),
        ):
            read = reading(article(url, text=f"The text of {url}."))
            archive.store(read, asked_url=url, claim=None, source_id=None, now=NOW)
        store(other, 0)
        one.forget(PAGES[0], now=NOW)
        read = reading(article(PAGES[1], text=f"The text of {PAGES[1]}."))
        other.store(read, asked_url=PAGES[1], claim=None, source_id=None, now=NOW)
        other.forget(PAGES[1], now=NOW)
        other.forget(PAGES[2], now=NOW)
        one.frontier.add([FrontierEntry(url=PAGES[2], kind=PageKind.POST)], now=NOW)
    done = merged(ours, theirs)
    assert (done.taken.kept_out, done.forgotten, done.still_held) == (1, 1, 1)
    with Archive.open(ours) as archive:
        assert archive.status().articles == 1
        assert archive.article(PAGES[1])
        assert archive.frontier.counts()[UrlState.REFUSED] == 1
        assert archive.recall(PAGES[2], now=NOW)


def exchange(url: str, body: bytes, day: int = 0) -> Exchange:
    return Exchange(
        url=url,
        asked_url=url,
        captured_at=NOW + day * DAY,
        request_headers=(("Accept", "text/html"),),
        status=200,
        headers=(("Content-Type", "text/html"),),
        body=body,
    )


def test_captures_are_copied_as_they_are_and_can_be_read(ours: Path, theirs: Path) -> None:
    with Archive.open(ours) as archive:
        archive.captures.write(exchange(PAGES[0], b"<p>Ours</p>"))
        archive.captures.index()
        archive.forget(PAGES[0], now=NOW)
        archive.captures.write(exchange(PAGES[1], b"<p>Both</p>"))
        archive.captures.index()
    with Archive.open(theirs) as archive:
        for url, body, day in (
            (PAGES[0], b"<p>Forgotten there</p>", 0),
            (PAGES[1], b"<p>Both</p>", 0),
            (PAGES[2], b"<p>Theirs</p>", 0),
            (PAGES[2], b"<p>Theirs</p>", 1),
        ):
            archive.captures.write(exchange(url, body, day), asked=day == 0)
        archive.captures.index()
    assert merged(ours, theirs).captures == 2
    assert merged(ours, theirs).captures == 0
    with Archive.open(ours) as archive:
        first, again = archive.captures.of(PAGES[2])
        assert (first.kind, again.kind) == (CaptureKind.RESPONSE, CaptureKind.REVISIT)
        assert archive.captures.read(again).body == b"<p>Theirs</p>"
        assert archive.captures.of(PAGES[0]) == ()
        assert archive.captures.packed(first)[0]
        assert archive.captures.packed(again)[0] == b""
    files = [str(path) for path in (ours / "captures").iterdir()]
    warcio = Path(sys.executable).with_name("warcio")
    subprocess.run([warcio, "check", *files], check=True)


def test_captures_whose_file_is_gone_are_counted(ours: Path, theirs: Path) -> None:
    with Archive.open(theirs) as archive:
        archive.captures.write(exchange(PAGES[0], b"<p>Theirs</p>"))
        archive.captures.index()
    for path in (theirs / "captures").iterdir():
        path.unlink()
    assert merged(ours, theirs).lost == 1


def test_an_archive_is_not_merged_with_itself(ours: Path) -> None:
    with pytest.raises(UsageError, match="the archive itself"):
        merged(ours, ours)


def test_the_other_archive_is_not_written_to(ours: Path, theirs: Path) -> None:
    listed(theirs, "A", "B")
    before = lines(theirs)
    merged(ours, theirs)
    assert lines(theirs) == before


def test_a_full_disk_leaves_what_was_whole(
    ours: Path, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed(theirs, "A", "B")
    with Archive.open(theirs) as archive:
        archive.captures.write(exchange(PAGES[0], b"<p>Theirs</p>"))
        archive.captures.index()

    def full(_captures: Captures) -> None:
        raise ArchiveError("only 0 MB are free")

    with monkeypatch.context() as patched:
        patched.setattr(Captures, "_check_free", full)
        with pytest.raises(ArchiveError, match="only 0 MB"):
            merged(ours, theirs)
    assert merged(ours, theirs).captures == 1
    assert held(ours) == held(theirs)


KILLED = """
import os, signal, sys
from pathlib import Path
from archive import Archive, merging
from archive.importing import intake
from archive.connection import Connection
from tests.archive.making import NOW

intake.BATCH = merging.BATCH = 3
left = int(sys.argv[3])
committed = Connection.writing

from contextlib import contextmanager

@contextmanager
def writing(self):
    global left
    left -= 1
    with committed(self) as db:
        yield db
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

Connection.writing = writing
with Archive.open(sys.argv[1]) as ours, Archive.open(sys.argv[2], read_only=True) as theirs:
    ours.merge(theirs, now=NOW)
"""


@pytest.mark.parametrize("transactions", [1, 2, 4, 6])
def test_a_merge_that_is_killed_is_completed_by_the_next(
    ours: Path, theirs: Path, tmp_path: Path, transactions: int
) -> None:
    listed(ours, "A", "B")
    listed(theirs, "B", "C", "D", "E", "F", day=1)
    with Archive.open(theirs) as archive:
        for number in range(6):
            read = reading(article(f"https://paper.example/{number}", text=f"Text {number}."))
            archive.store(read, asked_url=read.url, claim=None, source_id=None, now=NOW)
            archive.captures.write(exchange(read.url, b"<p>Text</p>"))
        archive.captures.index()
    copytree(ours, tmp_path / "whole")
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(ours), str(theirs), str(transactions)], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    connection = open_to_read(ours)
    assert connection.raw.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    connection.close()
    merged(ours, theirs)
    merged(tmp_path / "whole", theirs)
    assert held(ours) == held(tmp_path / "whole")
    with Archive.open(ours) as archive:
        assert archive.status().captures == 6
