"""The gate itself: it lets nothing below a floor pass, and no floor sink unasked."""

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

import floors  # noqa: E402 - the scripts are no package
from evaluate import predictions  # noqa: E402

PAGE = """<html lang="en"><head><title>Cells mend a tendon</title>
<meta property="og:title" content="Cells mend a tendon">
<meta property="article:published_time" content="2024-11-08T09:30:00+01:00"></head>
<body><article><h1>Cells mend a tendon</h1>
<p>Cells that were given time mended a torn tendon in nine of ten sheep, a clinic said today.</p>
<p>The sheep are well, and two of them have since climbed a hill that they used to avoid.</p>
</article></body></html>"""

# Prints as figures what the predictions hold; stands in for the scorer, which is not in the tree.
SCORER = """
import json, sys
rows = [json.loads(line) for line in open(sys.argv[3])]
print(json.dumps({"pages": len(rows), "title": sum(r.get("title") == "Cells mend a tendon"
    for r in rows) / len(rows), "list_f1": 1.0 if "headlines" in rows[0] else None}))
"""


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A folder of the form of the shared pages, with one page in each set."""
    for kind in ("articles", "dates", "lists"):
        folder = tmp_path / "pages" / kind
        (folder / "html").mkdir(parents=True)
        truth = {"a": {"url": "http://paper.example/a", "captured_at": "2024-12-01T00:00:00+00:00"}}
        (folder / "truth.json").write_text(json.dumps(truth))
        (folder / "html" / "a.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (tmp_path / "score.py").write_text(SCORER)
    return tmp_path


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "floors.json"
    monkeypatch.setattr(floors, "FLOORS", path)
    return path


def test_a_page_is_evaluated_from_its_bytes_url_and_time(shared: Path) -> None:
    (read,) = predictions(shared / "pages" / "articles", "articles")
    assert read["id"] == "a"
    assert read["title"] == "Cells mend a tendon"
    assert read["published"] == "2024-11-08T09:30:00+01:00"
    assert read["text"].count("\n\n") == 1


def test_figures_at_their_floors_pass_and_below_them_fail(shared: Path, held: Path) -> None:
    assert floors.check(shared, write=True, lower=False) == []
    assert floors.check(shared, write=False, lower=False) == []
    written: dict[str, Any] = json.loads(held.read_text())
    written["articles"]["floors"]["title"] = 1.01
    held.write_text(json.dumps(written))
    problems = floors.check(shared, write=False, lower=False)
    assert problems == ["articles: title is 1.0, its floor 1.01"]


def test_floors_of_other_pages_do_not_count(shared: Path, held: Path) -> None:
    floors.check(shared, write=True, lower=False)
    (shared / "pages" / "dates" / "html" / "b.html.gz").write_bytes(gzip.compress(b"<p>New"))
    (problem,) = floors.check(shared, write=False, lower=False)
    assert "another set of pages" in problem


def test_a_floor_sinks_only_when_asked() -> None:
    assert floors.renewed({"title": 0.9}, {"title": 0.8}, lower=False) == {"title": 0.9}
    assert floors.renewed({"title": 0.9}, {"title": 0.8}, lower=True) == {"title": 0.8}
    assert floors.renewed({"title": 0.9}, {"title": 0.95}, lower=False) == {"title": 0.95}


def test_a_missing_figure_is_below_its_floor() -> None:
    assert floors.shortfalls({}, {"title": 0.5}) == ["title is None, its floor 0.5"]


def test_without_the_pages_the_check_says_so_aloud(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts" / "floors.py"), str(tmp_path / "none")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "SKIPPED" in done.stdout
