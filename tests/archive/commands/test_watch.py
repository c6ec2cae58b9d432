"""The command `watch`, as people call it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.cli import main
from archive.errors import UsageError
from tests.archive.calling import backfile, said
from tests.archive.making import NOW, article, new_archive, reading


def watch(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["watch", *arguments, "-a", str(folder)], standalone_mode=False)


def put(folder: Path, url: str, text: str) -> None:
    with new_archive(folder) as archive:
        page = reading(article(url, text))
        archive.store(page, asked_url=url, claim=None, source_id=None, now=NOW)


def test_from_adding_to_removing(filled: Path) -> None:
    """A whole life, in processes of its own."""
    of = ("-a", str(filled))
    assert said("watch", "list", *of).startswith("No saved searches")
    added = backfile("watch", "add", "post", "--publisher", "Daily Post", "-evil", *of)
    assert added.returncode == 0
    assert "watch post: 2 held already; feed" in added.stderr
    put(filled, "https://paper.example/new", "A bridge instead of boats.")
    assert said("watch", "run", *of) == (
        "watch post: 1 new\n  Ferry sails on Sundays (Daily Post)\n    https://paper.example/new\n"
    )
    assert said("watch", "run", "post", *of) == "watch post: nothing new\n"
    assert "post: -evil --publisher 'Daily Post'\n    1 hit told, run 20" in said(
        "watch", "list", *of
    )
    assert "A bridge instead of boats." in (filled / "feeds" / "post.atom").read_text()
    assert backfile("watch", "remove", "post", *of).returncode == 0
    assert backfile("watch", "remove", "post", *of).returncode == 1


def test_json(filled: Path) -> None:
    added = watch(filled, "add", "ferries", "ferry", "--past", "--json")
    (record,) = json.loads(added.stdout)
    assert (record["query"], record["told"], record["last_run_at"]) == ("ferry", 0, None)
    (report,) = json.loads(watch(filled, "run", "--json").stdout)
    assert (report["new"], report["problem"]) == (1, None)
    assert report["hits"][0]["url"] == "https://paper.example/ferry"
    (line,) = watch(filled, "list", "--jsonl").stdout.splitlines()
    assert json.loads(line)["told"] == 1


def test_a_name_that_is_taken(filled: Path) -> None:
    watch(filled, "add", "ferries", "ferry")
    result = watch(filled, "add", "ferries", "boat")
    assert isinstance(result.exception, UsageError)
    with pytest.raises(UsageError, match="already"):
        raise result.exception


def test_a_watch_that_cannot_be_run_ends_with_1(filled: Path) -> None:
    watch(filled, "add", "ferries", "ferry", "--source", "Lists")
    with new_archive(filled) as archive:
        archive.remove_source(archive.source("Lists"), now=NOW)
    result = watch(filled, "run")
    assert result.return_value == 1
    assert "watch ferries: no source" in result.output
