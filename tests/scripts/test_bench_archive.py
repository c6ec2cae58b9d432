"""The bench of writing runs from end to end, and finds nothing wrong with what it wrote."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from bench_archive import bound, make  # noqa: E402 - the scripts are no package


def test_every_way_is_measured_and_the_archive_is_whole() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "bench_archive.py")]
    done = subprocess.run(
        [*command, "--articles", "300", "--rounds", "1"],
        capture_output=True,
        text=True,
        check=False,
    )
    # Of so few rows the ratios say nothing.
    assert done.returncode in {0, 1}, done.stderr
    assert "Traceback" not in done.stderr
    for name in ("plain", "insert_all", "store_many", "one by one", "check", "optimize"):
        found = re.search(rf"^{name} +([\d,.]+)", done.stdout, re.MULTILINE)
        assert found, done.stdout
        assert float(found[1].replace(",", "")) >= 0
    assert "0 faults" in done.stdout


def test_made_pages_are_the_same_every_time_and_differ_among_each_other() -> None:
    once, again = ([each.reading.article for each in make(20, html=False)] for _ in range(2))
    assert once == again
    assert len({each.text for each in once if each}) == 20
    assert 3000 < sum(len(each.text) for each in once if each) / 20 < 4500


def test_a_bound_says_whether_it_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert bound("plain", 0.21, 0.2)
    assert not bound("plain", 0.19, 0.2)
    assert capsys.readouterr().out.count("MISSED") == 1
