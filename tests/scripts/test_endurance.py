"""A thousand pages with every misbehaviour and five kills: nothing lost, nothing doubled."""

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parents[2] / "scripts" / "endurance.py"


def test_a_crawl_survives_being_killed() -> None:
    command = [sys.executable, str(SCRIPT), "--headlines", "500", "--kills", "5"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    assert told["faults"] == []
    assert done.returncode == 0
    assert told["kills"] == 5
    assert told["articles"] > 950
