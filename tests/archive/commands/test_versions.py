"""`backfile history` as people call it."""

import json
from pathlib import Path

import pytest

from tests.archive.calling import backfile, said, terminal
from tests.archive.making import HOUR, NOW, STORY, article, new_archive, reading

URL = "https://paper.example/ferry"


@pytest.fixture
def changed(folder: Path) -> Path:
    """An archive with an article of three versions."""
    texts = (STORY, STORY.replace("Friday", "Thursday"), STORY.replace("Friday", "Monday"))
    with new_archive(folder) as archive:
        for hours, text in enumerate(texts):
            now = NOW + hours * HOUR
            page = reading(article(URL, text), captured_at=now)
            archive.store(page, asked_url=URL, claim=None, source_id=None, now=now)
    return folder


@pytest.mark.parametrize("which", ["1", f"{URL}?utm_source=x"])
def test_history(changed: Path, which: str) -> None:
    out = said("history", which, "-a", str(changed))
    assert "3 versions" in out
    assert "[-Friday-]{+Thursday+}" in out
    assert "[-Thursday-]{+Monday+}" in out


def test_between_two_versions(changed: Path) -> None:
    out = said("history", "1", "--from", "1", "--to", "3", "-a", str(changed))
    assert out.count("From ") == 1
    assert "[-Friday-]{+Monday+}" in out


def test_as_json(changed: Path) -> None:
    (whole,) = json.loads(said("history", "1", "--json", "-a", str(changed)))
    assert [each["number"] for each in whole["versions"]] == [1, 2, 3]
    assert [(each["from"], each["to"]) for each in whole["changes"]] == [(1, 2), (2, 3)]
    assert {"text": "Thursday", "kind": "added"} in whole["changes"][0]["text"]
    (line,) = said("history", "1", "--to", "2", "--jsonl", "-a", str(changed)).splitlines()
    assert len(json.loads(line)["changes"]) == 1


def test_colours_on_a_terminal_only(changed: Path) -> None:
    assert "\x1b[32m" in terminal(["history", "1"], BACKFILE_ARCHIVE=str(changed))
    assert "\x1b" not in said("history", "1", "-a", str(changed))


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["history", "9"], 1, "no article"),
        (["history", "1", "--from", "4"], 2, "no version 4: 3 versions"),
        (["history", "1", "--to", "0"], 2, "Usage:"),
    ],
)
def test_what_is_not_there_is_said(changed: Path, args: list[str], code: int, message: str) -> None:
    run = backfile(*args, "-a", str(changed))
    assert (run.returncode, run.stdout) == (code, "")
    assert message in run.stderr
