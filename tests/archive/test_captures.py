"""WARC files and their index: what is written, found again, and mended."""

import gzip
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import Archive
from archive.captures import Captures
from archive.errors import ArchiveError
from archive.records import CaptureKind, Exchange
from tests.archive.making import HOUR, NOW

PAGE = "https://paper.example/ferry"


def exchange(body: bytes = b"<p>The ferry sails.</p>", **more: object) -> Exchange:
    given_values: dict[str, object] = {
        "url": PAGE,
        "asked_url": PAGE,
        "captured_at": NOW,
        "request_headers": (("User-Agent", "Backfile"),),
        "status": 200,
        "headers": (("Content-Type", "text/html; charset=utf-8"),),
        "body": body,
    } | more
    return Exchange(**given_values)  # type: ignore[arg-type]  # each test gives what fits


@pytest.fixture
def captures(archive: Archive) -> Captures:
    return Captures(archive._connection, reserve_bytes=0)


def only_file(captures: Captures) -> Path:
    (path,) = captures.folder.iterdir()
    return path


def again(captures: Captures) -> Captures:
    """Give the captures as the next process sees them."""
    return Captures(captures._connection, reserve_bytes=0)


headers = st.lists(
    st.tuples(
        st.from_regex(r"[A-Za-z][A-Za-z-]{0,20}", fullmatch=True).filter(
            lambda name: name.casefold() not in {"content-length", "transfer-encoding"}
        ),
        st.from_regex(r"[!-~]([ -~]{0,40}[!-~])?", fullmatch=True),
    ),
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=3_000), headers, st.sampled_from([200, 204, 301, 404, 418, 503, 599]))
def test_what_is_written_is_read_back(
    captures: Captures, body: bytes, given_headers: list[tuple[str, str]], status: int
) -> None:
    sent = exchange(body, headers=tuple(given_headers), status=status)
    read = captures.read(captures.write(sent))
    assert (read.body, read.status, read.captured_at) == (body, status, NOW)
    assert read.headers == tuple(given_headers)


def test_a_redirect_keeps_which_address_was_asked_and_where_it_led(captures: Captures) -> None:
    first, second = "https://short.example/x", "https://paper.example/go"
    hop = exchange(b"", url=second, asked_url=first, status=302, headers=(("Location", PAGE),))
    captures.write(hop)
    captures.index()
    (kept,) = captures.of(second)
    assert (kept.asked_url, kept.location, kept.status) == (first, PAGE, 302)
    assert captures.read(kept).asked_url == first


def test_an_unchanged_body_is_kept_once(captures: Captures) -> None:
    body = os.urandom(50_000)
    first = captures.write(exchange(body))
    for hours in (1, 2):
        captures.index()
        same = captures.write(exchange(body, captured_at=NOW + hours * HOUR))
        assert same.kind is CaptureKind.REVISIT
        assert same.length < 1_000 < first.length
        assert captures.read(same).body == body
        assert captures.read(same).captured_at == NOW + hours * HOUR
    assert captures.write(exchange(body, url=f"{PAGE}/2")).kind is CaptureKind.RESPONSE


@pytest.mark.parametrize("indexed", [True, False])
def test_a_page_that_its_server_calls_unchanged_repeats_the_one_that_came_whole(
    captures: Captures, indexed: bool
) -> None:
    captures.write(exchange(b"first"))
    whole = captures.write(exchange(b"second", captured_at=NOW + HOUR))
    if indexed:
        captures.index()
    later = NOW + 2 * HOUR
    same = captures.write(exchange(b"", status=304, headers=(), captured_at=later))
    assert (same.kind, same.digest, same.status) == (CaptureKind.REVISIT, whole.digest, 304)
    captures.index()
    read = captures.read(same)
    assert (read.body, read.status, read.captured_at) == (b"second", 304, later)
    captures._connection.raw.execute("DELETE FROM captures")
    assert again(captures).mend().indexed == 3
    assert captures.of(PAGE)[-1] == same
    check(only_file(captures))
    unpacked = gzip.decompress(only_file(captures).read_bytes())
    assert unpacked.count(b"revisit/server-not-modified") == 1
    assert b"HTTP/1.1 304" not in unpacked


def test_an_unchanged_page_of_which_nothing_is_held_is_kept_as_it_came(captures: Captures) -> None:
    kept = captures.write(exchange(b"", status=304, headers=(("ETag", '"a"'),)))
    assert kept.kind is CaptureKind.RESPONSE
    assert captures.read(kept).headers == (("ETag", '"a"'),)


def test_rows_come_in_batches_and_at_the_end(captures: Captures) -> None:
    captures.write(exchange())
    assert captures.of(PAGE) == ()
    captures.index()
    assert len(captures.of(PAGE)) == 1
    for number in range(60):
        captures.write(exchange(str(number).encode(), captured_at=NOW + (number + 1) * HOUR))
    assert 50 <= len(captures.of(PAGE)) < 61


def test_what_a_killed_crawl_left_is_indexed_and_what_is_torn_is_cut_off(
    captures: Captures,
) -> None:
    captures.write(exchange(b"one"))
    captures.index()
    captures.write(exchange(b"two", captured_at=NOW + HOUR))
    whole = only_file(captures).stat().st_size
    captures.write(exchange(b"three", captured_at=NOW + 2 * HOUR))
    with only_file(captures).open("rb+") as file:
        file.truncate(whole + 100)
    mended = again(captures).mend()
    assert (mended.indexed, mended.cut) == (1, 100)
    assert only_file(captures).stat().st_size == whole
    assert [captures.read(kept).body for kept in captures.of(PAGE)] == [b"one", b"two"]
    assert again(captures).mend().indexed == 0


@pytest.mark.parametrize("left", [0, 10, 300])
def test_a_file_torn_at_its_very_beginning_is_begun_anew(captures: Captures, left: int) -> None:
    captures.write(exchange())
    with only_file(captures).open("rb+") as file:
        file.truncate(left)
    fresh = again(captures)
    assert fresh.mend().indexed == 0
    assert fresh.read(fresh.write(exchange(b"new"))).body == b"new"
    check(only_file(captures))


def test_at_any_byte_a_file_is_cut_its_whole_records_are_found(
    archive: Archive, captures: Captures
) -> None:
    ends = []
    for number in range(3):
        captures.write(exchange(f"page {number}".encode(), captured_at=NOW + number * HOUR))
        ends.append(only_file(captures).stat().st_size)
    path = only_file(captures)
    content = path.read_bytes()
    for size in range(0, len(content) + 1, 37):
        archive._connection.raw.execute("DELETE FROM captures")
        path.write_bytes(content[:size])
        again(captures).mend()
        whole = [end for end in ends if end <= size]
        assert len(captures.of(PAGE)) == len(whole)
        assert not whole or path.stat().st_size == whole[-1]


def test_files_are_of_a_bounded_size(archive: Archive) -> None:
    captures = Captures(archive._connection, file_bytes=5_000, reserve_bytes=0)
    for number in range(8):
        captures.write(exchange(os.urandom(2_000), url=f"{PAGE}/{number}"))
    captures.index()
    files = sorted(captures.folder.iterdir())
    assert 2 < len(files) < 8
    assert all(path.stat().st_size < 9_000 for path in files)
    for number in range(8):
        (kept,) = captures.of(f"{PAGE}/{number}")
        assert len(captures.read(kept).body) == 2_000
    for path in files:
        check(path)


def check(path: Path) -> None:
    """Have the tools of the format's own people check a file's records and digests."""
    done = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert "failed" not in done.stdout


def test_the_tools_of_others_read_our_files(captures: Captures) -> None:
    coded = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    for body, kept in ((b"", ()), (b"\x1f\x8b...", coded), (b"\x00" * 9_000, ())):
        captures.write(exchange(body, headers=kept, captured_at=NOW))
    captures.write(exchange(b"\x00" * 9_000, captured_at=NOW + HOUR))
    check(only_file(captures))
    index = (sys.executable, "-m", "warcio.cli", "index", "-f", "warc-type")
    done = subprocess.run(
        [*index, str(only_file(captures))], capture_output=True, text=True, check=True
    )
    kinds = [json.loads(line)["warc-type"] for line in done.stdout.splitlines()]
    assert kinds == ["warcinfo", *["request", "response"] * 3, "request", "revisit"]


def test_a_dropped_connection_is_noted(captures: Captures) -> None:
    assert captures.read(captures.write(exchange(cut_short=True))).cut_short


def test_nothing_is_written_on_a_full_disk(archive: Archive) -> None:
    captures = Captures(archive._connection, reserve_bytes=10**18)
    with pytest.raises(ArchiveError, match="free on the disk"):
        captures.write(exchange())
    assert list(captures.folder.iterdir()) == []


def test_an_archive_takes_no_more_than_its_budget(archive: Archive) -> None:
    captures = Captures(archive._connection, reserve_bytes=0, budget_bytes=1_000_000)
    captures.check_room()
    captures.write(exchange(os.urandom(1_000_000)))
    with pytest.raises(ArchiveError, match="is to take no more than 1 MB; nothing was deleted"):
        captures.check_room()
    assert only_file(captures).stat().st_size > 1_000_000
    Captures(archive._connection, reserve_bytes=0).check_room()


def test_room_is_looked_for_whether_or_not_captures_are_kept(archive: Archive) -> None:
    captures = Captures(archive._connection, reserve_bytes=10**18)
    with pytest.raises(ArchiveError, match="free on the disk"):
        captures.check_room()
    assert not captures.folder.exists()


@pytest.mark.parametrize("room", [0, 1, 200, 700])
def test_a_disk_that_fills_up_in_mid_record_leaves_no_torn_one(
    captures: Captures, room: int
) -> None:
    captures.write(exchange(b"one"))
    whole = only_file(captures).stat().st_size
    bounds = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (whole + room, bounds[1]))
    try:
        with pytest.raises(ArchiveError, match="cannot write captures"):
            captures.write(exchange(os.urandom(2_000), captured_at=NOW + HOUR))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, bounds)
    assert only_file(captures).stat().st_size == whole
    # As soon as there is room the same crawl may go on writing, before it has come to its end.
    captures.write(exchange(b"three", captured_at=NOW + 2 * HOUR))
    captures.index()
    check(only_file(captures))
    assert [captures.read(kept).body for kept in captures.of(PAGE)] == [b"one", b"three"]


def test_a_file_that_is_gone_is_told(captures: Captures) -> None:
    kept = captures.write(exchange())
    only_file(captures).unlink()
    with pytest.raises(ArchiveError, match="cannot read"):
        captures.read(kept)
    assert replace(kept, offset=0).offset == 0


@pytest.fixture(autouse=True)
def _closed(archive: Archive) -> Iterator[None]:
    yield
    archive.close()
