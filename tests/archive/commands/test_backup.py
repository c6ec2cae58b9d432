from pathlib import Path

from click.testing import CliRunner

from archive import Archive
from archive.cli import main


def test_a_backup_is_made_and_restored(archive: Archive, folder: Path, tmp_path: Path) -> None:
    made = CliRunner().invoke(main, ["-a", str(folder), "backup", str(tmp_path / "a.tar")])
    assert made.exit_code == 0, made.output
    assert "a database of" in made.stderr
    assert not made.stdout
    again = CliRunner().invoke(
        main, ["-a", str(tmp_path / "b"), "restore", str(tmp_path / "a.tar")]
    )
    assert again.exit_code == 0, again.output
    assert (tmp_path / "b" / "archive.db").is_file()
    assert archive.status().articles == 0
