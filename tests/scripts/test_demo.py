"""The demo does the main job from end to end, and leaves nothing running."""

import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def processes_of(archive: Path) -> list[str]:
    """Give the processes that the demo with this archive has left running."""
    left = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        if f"BACKFILE_DEMO={archive}".encode() in environment:
            left.append(folder.name)
    return left


def test_the_demo_crawls_searches_and_shows(tmp_path: Path) -> None:
    archive = tmp_path / "demo"
    done = subprocess.run(
        [ROOT / "scripts" / "demo"],
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"BACKFILE_DEMO": str(archive), "BACKFILE_ARCHIVE": "/nowhere"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout + done.stderr
    assert "80 headlines" in said.replace("80 found, 80 new", "80 headlines")
    assert "nothing new" in said
    assert "Nothing found" not in said
    assert "Traceback" not in said
    assert "backfile browse" in said
    assert processes_of(archive) == []
