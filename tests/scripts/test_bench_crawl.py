"""The bench runs from end to end, and counts all that a crawl's processes take."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from bench_crawl import bound, measured  # noqa: E402 - the scripts are no package
from bench_stages import Pages, at_home  # noqa: E402

# Leaves a process behind that works on after its parent's end.
LEAVING = """
import os, time
if os.fork() == 0:
    while time.process_time() < 0.5:
        pass
"""


def test_every_stage_is_measured_and_every_page_stored(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "bench_crawl.py"), str(tmp_path / "none")]
    done = subprocess.run(
        [*command, "--pages", "20", "--no-peer"], capture_output=True, text=True, check=False
    )
    # So few pages cost little beside starting: whether the bounds hold says nothing.
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    for line in ("downloads them", "reads them", "are written", "their sum", "the whole crawl"):
        found = re.search(rf"{line}\D* ([\d.]+)", done.stdout)
        assert found, done.stdout
        assert float(found[1]) > 0
    memory = re.search(r"^ +20 +(\d+) +(\d+) +(\d+)$", done.stdout, re.MULTILINE)
    assert memory, done.stdout
    # How they compare says nothing either: the crawl may end between two looks at it.
    assert all(int(megabytes) > 0 for megabytes in memory.groups())


def test_a_process_that_outlives_its_parent_is_counted() -> None:
    cost = measured(sys.executable, "-c", LEAVING)
    assert cost.cpu >= 0.5
    assert cost.own_cpu < 0.5


def test_a_program_that_fails_is_no_measurement() -> None:
    with pytest.raises(subprocess.CalledProcessError):
        measured(sys.executable, "-c", "raise SystemExit(1)")


def test_a_bound_says_whether_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert bound("whole", 1.2, most=1.25)
    assert not bound("whole", 1.3, most=1.25)
    assert not bound("rate", 2.4, least=2.5)
    assert capsys.readouterr().out.count("MISSED") == 2


def test_a_copy_names_its_own_address(tmp_path: Path) -> None:
    html = b'<link rel="canonical" href="http://paper.example/a"><p>Text.</p>'
    url = Pages(folder=tmp_path, port=80).url(17)
    assert at_home(html, url) == f'<link rel="canonical" href="{url}"><p>Text.</p>'.encode()
