"""The command `explain`, as people call it."""

import json
from pathlib import Path

from tests.archive.calling import backfile, said


def test_a_page_that_is_held_one_that_is_gone_and_one_that_is_not_known(filled: Path) -> None:
    of = ("-a", str(filled))
    held = said("explain", "https://paper.example/ferry", *of)
    assert "found: in Lists: h1 “Ferry listed”" in held
    assert "kept: yes: article 1, read as article" in held
    (gone,) = json.loads(said("explain", "https://paper.example/evil", "--json", *of))
    assert gone["known"]
    assert gone["next"] == ["never again: 404 Not Found (https://paper.example/evil)"]
    assert "\x1b" not in said("explain", "h2", *of)
    unknown = backfile("explain", "https://paper.example/evill", *of)
    assert (unknown.returncode, unknown.stderr) == (1, "")
    assert "nothing is known of it" in unknown.stdout
    assert "similar: https://paper.example/evil" in unknown.stdout
