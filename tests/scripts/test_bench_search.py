"""The bench runs: it makes an archive, searches every kind, and tells what is above its bound."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import bench_search  # noqa: E402 - the scripts are no package
import million  # noqa: E402


def test_every_kind_is_searched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    million.make(tmp_path / "archive", 2_000)
    assert bench_search.bench(tmp_path / "archive", rounds=1) in {0, 1}
    printed = capsys.readouterr().out
    known = million.vocabulary()
    for kind in bench_search.kinds(known):
        assert kind.name in printed
    assert "2,000 articles" in printed
    assert "python -c pass" in printed


def test_a_kind_above_its_bound_is_slow() -> None:
    kind = bench_search.Kind(name="x", searches=())
    most = bench_search.MOST_MILLISECONDS
    slow = bench_search.Figures(kind=kind, milliseconds=(1.0, most + 1, most + 1), rows="1")
    assert slow.is_slow
    assert not bench_search.Figures(kind=kind, milliseconds=(most,), rows="1").is_slow
    beside = bench_search.Kind(name="x", searches=(), is_bounded=False)
    assert not bench_search.Figures(kind=beside, milliseconds=(most + 1,), rows="1").is_slow


def test_nineteen_of_twenty_are_below() -> None:
    kind = bench_search.Kind(name="x", searches=())
    values = tuple(float(value) for value in range(1, 101))
    assert bench_search.Figures(kind=kind, milliseconds=values, rows="1").p95 == pytest.approx(95)
