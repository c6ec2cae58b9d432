import io
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from archive import Archive
from archive.backup import back_up, restore
from archive.captures import Captures
from archive.errors import ArchiveError, ArchiveMissing, UsageError
from archive.lock import crawl_lock
from tests.archive.making import NOW, article, reading
from tests.archive.test_captures import exchange

WRITER = """
import sys
from pathlib import Path
from archive import Archive
from tests.archive.making import NOW, article, reading
with Archive.open(Path(sys.argv[1])) as archive:
    for number in range(400):
        url = f"https://paper.example/{number}"
        held = reading(article(url=url, text=f"The {number}. ferry leaves at dawn. " * 9))
        archive.store(held, asked_url=url, source_id=None, claim=None, now=NOW)
        if number == 20:
            print("begun", flush=True)
"""


def store(archive: Archive, number: int) -> None:
    url = f"https://paper.example/{number}"
    held = reading(article(url=url, text=f"The {number}. ferry leaves at dawn, as ever. " * 5))
    archive.store(held, asked_url=url, source_id=None, claim=None, now=NOW)


def dump(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "archive.db") as raw:
        return list(raw.iterdump())


@pytest.mark.parametrize("name", ["a.tar", "a.tar.gz", "a.tgz"])
def test_what_is_backed_up_comes_back(
    archive: Archive, folder: Path, tmp_path: Path, name: str
) -> None:
    store(archive, 1)
    (folder / "captures").mkdir()
    (folder / "captures" / "1.warc.gz").write_bytes(b"\x1f\x8b kept")
    (folder / "backfile.toml").write_text("# mine\n")
    (folder / "crawl.lock").write_text("")
    done = back_up(folder, tmp_path / name)
    assert (done.captures, done.size) == (1, (tmp_path / name).stat().st_size)
    restore(tmp_path / name, tmp_path / "again")
    assert dump(tmp_path / "again") == dump(folder)
    names = {str(path.relative_to(tmp_path / "again")) for path in (tmp_path / "again").rglob("*")}
    assert names == {
        "archive.db",
        "backfile.toml",
        "captures",
        "captures/1.warc.gz",
        "metadata.yaml",
        "settings.json",
    }
    with Archive.open(tmp_path / "again") as again:
        assert again.status().articles == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["again", name, folder.name])


def test_a_backup_beside_a_writer_is_one_moment_of_it(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    archive.close()
    with subprocess.Popen([sys.executable, "-c", WRITER, folder], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        back_up(folder, tmp_path / "a.tar")
    assert writer.returncode == 0
    restore(tmp_path / "a.tar", tmp_path / "again")
    with Archive.open(tmp_path / "again") as again:
        held = again.status()
    assert 20 <= held.articles <= 400
    # One article at a time, whole: each has a story of its own.
    assert held.stories == held.articles


@pytest.mark.parametrize("indexed", [True, False])
def test_what_a_crawl_has_captured_and_not_put_down_is_left_to_the_next_backup(
    archive: Archive, folder: Path, tmp_path: Path, indexed: bool
) -> None:
    captures = Captures(archive._connection, reserve_bytes=0)
    with crawl_lock(folder, now=NOW):
        captures.write(exchange(b"one"))
        if indexed:
            captures.index()
        captures.write(exchange(b"two", url="https://paper.example/two"))
        during = back_up(folder, tmp_path / "during.tar")
    # Of a crawl that was killed all is taken: the next one puts it down.
    back_up(folder, tmp_path / "after.tar")
    assert during.captures == indexed
    restore(tmp_path / "during.tar", tmp_path / "during")
    restore(tmp_path / "after.tar", tmp_path / "after")
    for name, found in (("during", 0), ("after", 1 if indexed else 2)):
        with Archive.open(tmp_path / name) as again:
            held = Captures(again._connection, reserve_bytes=0)
            bodies = [held.read(each).body for each in held.every()]
            assert bodies == ([b"one"] if indexed else [])
            mended = held.mend()
            assert (mended.indexed, mended.cut) == (found, 0)


def test_nothing_is_overwritten(archive: Archive, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.tar"
    back_up(folder, target)
    with pytest.raises(UsageError, match="--replace"):
        back_up(folder, target)
    store(archive, 1)
    back_up(folder, target, replace=True)
    with pytest.raises(UsageError, match="not empty"):
        restore(target, folder)
    (tmp_path / "empty").mkdir()
    restore(target, tmp_path / "empty")
    with Archive.open(tmp_path / "empty") as again:
        assert again.status().articles == 1


def test_captures_can_be_left_out(archive: Archive, folder: Path, tmp_path: Path) -> None:
    store(archive, 1)
    (folder / "captures").mkdir()
    (folder / "captures" / "1.warc.gz").write_bytes(b"kept")
    assert back_up(folder, tmp_path / "a.tar", captures=False).captures == 0


def test_a_damaged_archive_is_not_backed_up(archive: Archive, folder: Path, tmp_path: Path) -> None:
    for number in range(60):
        store(archive, number)
    archive.close()
    path = folder / "archive.db"
    page = bytearray(path.read_bytes())
    half = len(page) // 2 // 4096 * 4096
    page[half : half + 4096 * 8] = b"\xff" * 4096 * 8
    path.write_bytes(page)
    with pytest.raises(ArchiveError, match="damaged"):
        back_up(folder, tmp_path / "a.tar")
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]


def test_no_archive_no_backup(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissing):
        back_up(tmp_path / "none", tmp_path / "a.tar")


def test_what_is_cut_off_is_not_restored(archive: Archive, folder: Path, tmp_path: Path) -> None:
    store(archive, 1)
    for name in ("a.tar", "a.tar.gz"):
        target = tmp_path / name
        back_up(folder, target)
        target.write_bytes(target.read_bytes()[: target.stat().st_size // 2])
        with pytest.raises(UsageError, match=r"cut off|damaged"):
            restore(target, tmp_path / "again")
        assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("name", ["../escaped", "captures/../../escaped", "/escaped", "other.db"])
def test_a_tar_of_other_things_writes_nothing(tmp_path: Path, name: str) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as pack:
        member = tarfile.TarInfo(name)
        member.size = 4
        pack.addfile(member, io.BytesIO(b"text"))
    with pytest.raises(UsageError, match="no backup of an archive"):
        restore(tmp_path / "a.tar", tmp_path / "again")
    assert [path.name for path in tmp_path.iterdir()] == ["a.tar"]


def test_another_programs_database_is_no_archive(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as raw:
        raw.execute("CREATE TABLE other (id)")
    with tarfile.open(tmp_path / "a.tar", "w") as pack:
        pack.add(tmp_path / "other.db", "archive.db")
    with pytest.raises(ArchiveError, match="not one of this program's"):
        restore(tmp_path / "a.tar", tmp_path / "again")
    assert not (tmp_path / "again").exists()


def test_what_is_no_tar_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_text("no tar")
    with pytest.raises(UsageError, match="no backup"):
        restore(tmp_path / "a.tar", tmp_path / "again")
