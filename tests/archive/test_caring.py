"""Care in one go: what was found whole is backed up, and nothing else."""

from datetime import timedelta
from pathlib import Path

from archive import Archive
from archive.backup import restore
from archive.captures import Captures
from archive.caring import care, is_file
from tests.archive import making
from tests.archive.test_captures import exchange

WEEK = timedelta(days=7)
# No clock stops at whole seconds.
NOW = making.NOW + timedelta(microseconds=775228)


def test_the_last_backups_stay_and_others_are_let_be(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "backups"
    target.mkdir()
    (target / "mine.tar").write_text("not ours")
    made = []
    with Archive.open(filled) as archive:
        for week in range(4):
            steps = care(archive, target=target, keep=2, now=NOW + week * WEEK)
            assert [(step.name, step.code) for step in steps] == [
                ("optimize", 0),
                ("check", 0),
                ("backup", 0),
            ]
            made.append(steps[2].said.split(" in ")[1].split(";")[0])
    assert "1 older one removed" in steps[2].said
    held = sorted(str(path) for path in target.iterdir() if path.name != "mine.tar")
    assert held == made[-2:]
    assert (target / "mine.tar").exists()
    assert steps[2].size == Path(made[-1]).stat().st_size
    restore(Path(made[-1]), tmp_path / "again")


def test_what_a_killed_crawl_left_is_put_down_and_backed_up(filled: Path, tmp_path: Path) -> None:
    with Archive.open(filled) as archive:
        Captures(archive._connection, reserve_bytes=0).write(exchange())
    with Archive.open(filled) as archive:
        steps = care(archive, target=tmp_path / "one.tar", keep=1, now=NOW)
        assert [(step.name, step.code) for step in steps] == [
            ("optimize", 0),
            ("check", 0),
            ("backup", 0),
        ]
        assert archive.status().captures == 1


def test_a_clock_that_was_set_back_does_not_cost_the_new_backup(
    filled: Path, tmp_path: Path
) -> None:
    with Archive.open(filled) as archive:
        for moment in (NOW, NOW + WEEK, NOW - WEEK):
            care(archive, target=tmp_path / "backups", keep=1, now=moment)
    (left,) = (tmp_path / "backups").iterdir()
    assert "20261115" in left.name


def test_a_damaged_archive_takes_no_good_backups_place(filled: Path, tmp_path: Path) -> None:
    for target in (tmp_path / "one.tar", tmp_path / "backups"):
        with Archive.open(filled) as archive:
            care(archive, target=target, keep=1, now=NOW)
    good = (tmp_path / "one.tar").read_bytes()
    kept = list((tmp_path / "backups").iterdir())
    with Archive.open(filled) as archive:
        with archive._connection.writing() as db:
            db.execute("UPDATE articles SET text_digest = 'of another text' WHERE id = 1")
        for target in (tmp_path / "one.tar", tmp_path / "backups"):
            optimized, checked, backed_up = care(archive, target=target, keep=1, now=NOW + WEEK)
            assert (optimized.code, checked.code, backed_up.code) == (0, 1, 1)
            assert checked.faults
            assert "nothing was backed up" in backed_up.said
            assert backed_up.size is None
    assert (tmp_path / "one.tar").read_bytes() == good
    assert list((tmp_path / "backups").iterdir()) == kept


def test_what_fails_is_in_its_step(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with Archive.open(filled) as archive:
        *others, backed_up = care(archive, target=tmp_path / "file" / "x", now=NOW)
    assert [step.code for step in others] == [0, 0]
    assert backed_up.code == 1
    assert "cannot make" in backed_up.said


def test_files_and_folders_are_told_by_their_names(tmp_path: Path) -> None:
    (tmp_path / "folder.tar").mkdir()
    assert [
        is_file(tmp_path / name) for name in ("a.tar", "a.tar.gz", "a.tgz", "a", "folder.tar")
    ] == [
        True,
        True,
        True,
        False,
        False,
    ]
