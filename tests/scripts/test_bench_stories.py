"""The bench runs from end to end: every way of copying is counted, and growth is measured."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_recall_precision_and_cost_are_measured() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "bench_stories.py")]
    done = subprocess.run(
        [*command, "--articles", "60", "--grow", "200"], capture_output=True, text=True, check=False
    )
    # On a busy machine the cost of so few says little.
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    recall = re.search(r"^recall ([\d.]+) of (\d+) copies among (\d+) ", done.stdout, re.MULTILINE)
    assert recall, done.stdout
    assert float(recall[1]) > 0.9
    assert int(recall[3]) > int(recall[2]) > 60
    assert "precision 1.0000" in done.stdout
    for line in ("shingles", "lookups", "judging"):
        assert re.search(rf"^  {line} +[\d.]+ ms", done.stdout, re.MULTILINE), done.stdout
    assert "among 200 sketches" in done.stdout
