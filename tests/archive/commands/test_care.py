"""The command `care`, as cron calls it."""

import json
import re
from pathlib import Path

from archive import Archive
from archive.lock import crawl_lock
from tests.archive.calling import backfile
from tests.archive.making import NOW


def test_one_line_for_each_step_and_none_when_quiet(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept.tar.gz"
    of = ("care", "-a", str(filled), "--backup", str(target))
    done = backfile(*of)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines] == ["optimize", "check", "backup"]
    assert all(re.search(r"\(\d+\.\d s\)$", line) for line in lines)
    quiet = backfile(*of, "--quiet")
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")


def test_what_is_wrong_is_printed_when_quiet_too(filled: Path, tmp_path: Path) -> None:
    with Archive.open(filled) as archive, archive._connection.writing() as db:
        db.execute("UPDATE articles SET text_digest = 'of another text' WHERE id = 1")
    done = backfile("care", "-a", str(filled), "--backup", str(tmp_path / "b"), "--quiet")
    assert done.returncode == 1
    assert done.stdout.startswith("check: ")
    assert "nothing was backed up" in done.stdout
    assert not (tmp_path / "b").exists()
    rows = json.loads(backfile("care", "-a", str(filled), "--json").stdout)
    assert [(row["step"], row["code"]) for row in rows] == [("optimize", 0), ("check", 1)]


def test_not_while_a_crawl_runs_nor_with_what_cannot_be_meant(filled: Path) -> None:
    with crawl_lock(filled, now=NOW):
        assert backfile("care", "-a", str(filled)).returncode == 3
    assert backfile("care", "-a", str(filled), "--keep", "2").returncode == 2
