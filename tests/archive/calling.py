"""Calls commands as people do: a real process, its output and its exit code."""

import os
import pty
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
EVIL = "Evil \x1b[31m\x1b]0;owned\x07title\u202e"


def backfile(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "archive", *args],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"} | env,
        check=False,
    )


def said(*args: str, **env: str) -> str:
    run = backfile(*args, **env)
    assert (run.returncode, run.stderr) == (0, ""), run.stderr
    return run.stdout


def terminal(args: list[str], **env: str) -> str:
    """Run a command with a terminal as its output."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "archive", *args],
        stdout=theirs,
        stdin=theirs,
        cwd=ROOT,
        env=os.environ | {"TERM": "xterm", "PYTHONIOENCODING": "utf-8"} | env,
    )
    os.close(theirs)
    pieces = []
    while True:
        try:
            pieces.append(os.read(ours, 65536))
        except OSError:  # the other end is closed
            break
    os.close(ours)
    assert process.wait() == 0
    return b"".join(pieces).decode()
