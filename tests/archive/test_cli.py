"""The commands as people call them: a real process, its output and its exit code."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive import Archive
from archive.cli import COMMANDS
from archive.connection import FILE_NAME
from archive.records import FrontierEntry, PageKind, UrlState
from archive.searchtables import LISTED
from tests.archive.calling import EVIL, ROOT, backfile, said, terminal
from tests.archive.making import (
    HOUR,
    LEASE,
    LIST,
    NOW,
    STORY,
    headline,
    list_page,
    new_archive,
)


@pytest.mark.parametrize("which", ["1", "https://www.paper.example/ferry/", "h1"])
def test_show(filled: Path, which: str) -> None:
    out = said("show", "-a", str(filled), which)
    assert out.startswith("Ferry sails on Sundays\nBy         Ann Lee, 李雷\n")
    assert "Published  not known from the page" in out
    assert "The first boat leaves at nine." in out
    assert "Listed as\nheadline 1  Ferry listed · Daily Post · 2024-11-08" in out
    assert "Same story\narticle 2" in out


def test_show_as_json_has_the_columns(filled: Path) -> None:
    (held,) = json.loads(said("show", "-a", str(filled), "1", "--json"))
    assert (held["id"], held["text"], held["byline"]) == (1, STORY, ["Ann Lee", "李雷"])
    with Archive.open(filled, read_only=True) as archive:
        raw = archive._connection.raw
        names = {row["name"] for row in raw.execute("PRAGMA table_info(articles)")}
    inner = {"key", "original_key", "text_digest", "title_characters", "text_characters"}
    inner |= {"hosts", *LISTED}
    assert set(held) == (names - inner) | {"addresses", "headlines", "members", "versions"}
    assert held["addresses"] == [
        {"url": "https://paper.example/ferry", "key": "paper.example/ferry", "role": "own"}
    ]


def test_show_of_a_headline_alone(filled: Path) -> None:
    assert said("show", "-a", str(filled), "h2").startswith("Evil title\nPublisher  Daily Post\n")
    (held,) = json.loads(said("show", "-a", str(filled), "h2", "--json"))
    assert (held["id"], held["title"], held["article_id"]) == (2, EVIL, None)


def test_status_says_when_what_failed_is_tried_again_and_hides_no_reason(folder: Path) -> None:
    with new_archive(folder) as archive:
        urls = [f"https://paper.example/{number}" for number in range(25)]
        archive.frontier.add(
            [FrontierEntry(url=url, kind=PageKind.ARTICLE) for url in urls], now=NOW
        )
        for number, claim in enumerate(archive.frontier.claim(25, now=NOW, lease=LEASE)):
            archive.frontier.failed(
                claim,
                now=NOW,
                state=UrlState.FAILED,
                reason="no answer" if number < 3 else f"error {number}",
                retry_at=NOW + (number + 1) * HOUR,
            )
    out = said("status", "-a", str(folder))
    assert "3  failed: no answer; next try 2026-11-22 11:00 UTC; https://paper.example/0" in out
    assert out.endswith("and 3 pages more, for rarer reasons\n")
    (held,) = json.loads(said("status", "-a", str(folder), "--json"))
    assert held["failures"][0]["next_try"] == "2026-11-22T11:00:00+00:00"


def test_sources_and_status(filled: Path) -> None:
    assert said("sources", "-a", str(filled)).splitlines() == [
        "1. Lists",
        f"    Address    {LIST}",
        "    Headlines  2, 1 with article, newest of 2024-11-08",
        "    Visited    2026-11-22 10:00 UTC: 2 headlines, 2 of them new",
    ]
    out = said("status", "-a", str(filled))
    assert "Articles     2, stories: 1\n" in out
    assert "1 gone" in out
    assert "Not kept\n1  gone: 404 Not Found; https://paper.example/evil\n\n" in out
    (held,) = json.loads(said("status", "-a", str(filled), "--json"))
    assert (held["articles"], held["frontier"]["gone"]) == (2, 1)
    (source,) = json.loads(said("sources", "-a", str(filled), "--json"))
    assert (source["url"], source["headlines"]) == (LIST, 2)


@pytest.fixture
def unlinked(filled: Path) -> Path:
    """The same with a list that prints no links: one line means the article, one nothing held."""
    with Archive.open(filled) as archive:
        source = archive.add_source("urn:sha256:00", name="list.txt", now=NOW)
        lines = (headline("Ferry sails on Sundays - Daily Post"), headline(EVIL, publisher="Mail"))
        archive.store_list(
            list_page(*lines, url=source.url),
            source_id=source.id,
            claim=None,
            now=NOW,
            follow=None,
            follow_older=False,
        )
    return filled


def test_resolve(unlinked: Path) -> None:
    def unresolved() -> int:
        (held,) = json.loads(said("status", "-a", str(unlinked), "--json"))
        return int(held["headlines_unresolved"])

    dry = said("resolve", "-a", str(unlinked), "list.txt", "--dry-run")
    assert "1 of 2 could be resolved (1 with article), 1 stay open" in dry
    assert unresolved() == 2
    out = said("resolve", "-a", str(unlinked))
    assert out.splitlines() == [
        "h3. Ferry sails on Sundays - Daily Post",
        "    https://paper.example/ferry",
        "    0.88: exact after folding; without “Daily Post”; no dates to compare;",
        "    publisher agrees",
        "",
        "1 of 2 resolved (1 with article), 1 stay open",
        "1  too little evidence",
    ]
    assert unresolved() == 1
    assert "1 without a link, unresolved" in " ".join(said("status", "-a", str(unlinked)).split())
    assert "tied by its title: exact after folding" in " ".join(
        said("show", "-a", str(unlinked), "h3").split()
    )
    assert "Unresolved too little evidence" in " ".join(
        said("show", "-a", str(unlinked), "h4").split()
    )


def test_resolve_as_json(unlinked: Path) -> None:
    done, still_open = json.loads(said("resolve", "-a", str(unlinked), "--json"))
    assert (done["id"], done["article_id"], done["to_fetch"]) == (3, 1, False)
    assert done["url"] == "https://paper.example/ferry"
    assert (still_open["url"], len(still_open["rivals"])) == (None, 1)
    (shown,) = json.loads(said("show", "-a", str(unlinked), "h4", "--json"))
    assert shown["resolution"]["rivals"] == still_open["rivals"]


def test_resolve_with_nothing_to_do(filled: Path) -> None:
    assert said("resolve", "-a", str(filled)).startswith("Every headline has a link")


@pytest.mark.parametrize("command", ["search evil", "show h2", "sources", "status", "search 404"])
def test_no_escape_sequence_reaches_the_terminal(filled: Path, command: str) -> None:
    out = terminal(command.split(), BACKFILE_ARCHIVE=str(filled))
    ours = re.compile(r"\x1b\[[0-9;]*m")
    assert "\x1b" not in ours.sub("", out)
    assert "\x1b[31m" not in out
    assert "\u202e" not in out


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        (["search", "x", "-a", "/nowhere"], 2, "no archive at /nowhere"),
        (["search"], 2, "say what to search for"),
        (["search", "-x1"], 2, "only excludes"),
        (["search", "x", "--after", "soon"], 2, "no date"),
        (["search", "x", "--limit", "0"], 2, "Usage:"),
        (["search", "x", "--nonsense"], 2, "Usage:"),
        (["fetch"], 2, "Usage:"),
        (["show", "99"], 1, "no article '99'"),
        (["show", "h99"], 1, "no headline 99"),
        (["show", "9" * 40], 1, "no article"),
        (["show", f"h{'9' * 40}"], 1, "no headline"),
    ],
)
def test_errors_are_clear_and_have_their_codes(
    filled: Path, args: list[str], code: int, message: str
) -> None:
    run = backfile(*args, BACKFILE_ARCHIVE=str(filled))
    assert (run.returncode, run.stdout) == (code, "")
    assert message in run.stderr
    assert "Traceback" not in run.stderr
    if "Usage:" not in message:
        assert run.stderr.count("\n") == 1


def test_the_folder_may_be_given_before_after_or_by_the_environment(
    filled: Path, tmp_path: Path
) -> None:
    assert said("-a", str(filled), "status") == said("status", "-a", str(filled))
    assert said("status", BACKFILE_ARCHIVE=str(filled)) == said("status", "-a", str(filled))
    wrong = str(tmp_path / "wrong")
    assert said("-a", wrong, "status", "-a", str(filled), BACKFILE_ARCHIVE=wrong)


def test_a_reader_that_has_enough_ends_it_quietly(filled: Path) -> None:
    script = f"{sys.executable} -m archive show 1 --json | head -c 1"
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", script],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"BACKFILE_ARCHIVE": str(filled)},
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "[", "")


def test_an_empty_archive_is_helpful(folder: Path) -> None:
    new_archive(folder).close()
    assert "backfile add URL" in said("sources", "-a", str(folder))
    assert "The archive is empty" in said("search", "-a", str(folder), "x")
    assert "Last stored  nothing yet" in said("status", "-a", str(folder))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_examples(name: str) -> None:
    out = said(name, "--help")
    assert f"Examples:\n    backfile {name}" in out


@pytest.mark.parametrize("command", ["search ferry", "show 1", "sources", "status"])
def test_reading_commands_load_no_heavy_library(filled: Path, command: str) -> None:
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "archive", *command.split()],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"BACKFILE_ARCHIVE": str(filled)},
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines()}
    assert "sqlite3" in loaded
    heavy = {"scrapy", "dateparser", "bs4", "lxml", "sqlite_utils", "datasette", "rich", "asyncio"}
    assert not loaded & heavy


def test_reading_changes_nothing(filled: Path) -> None:
    before = (filled / FILE_NAME).read_bytes()
    for command in (["search", "ferry"], ["show", "1"], ["sources"], ["status"]):
        said(*command, BACKFILE_ARCHIVE=str(filled))
    assert (filled / FILE_NAME).read_bytes() == before


def store_again(folder: Path, *titles: str) -> None:
    """Visit the list of `filled` once more."""
    with Archive.open(folder) as archive:
        lines = [headline(title, f"https://paper.example/{title}") for title in titles]
        archive.store_list(
            list_page(*lines),
            source_id=1,
            claim=None,
            now=datetime.now(UTC),
            follow=None,
            follow_older=False,
        )


def test_changes(filled: Path) -> None:
    assert said("changes", "-a", str(filled)).startswith("No changes")
    store_again(filled, "new", "ferry")
    lines = said("changes", "Lists", "-a", str(filled)).splitlines()
    assert lines[0].endswith("  Lists")
    assert lines[1:] == [
        "    added  new (h3)",
        "    retitled  ferry (h1), was: Ferry listed, now: ferry",
    ]
    added, retitled = json.loads(said("changes", "-a", str(filled), "--json"))
    assert (added["kind"], added["old"], added["new"]) == ("added", None, "new")
    assert retitled["old"] == "Ferry listed"
    assert "retitled" in said("show", "h1", "-a", str(filled))
    (shown,) = json.loads(said("show", "h3", "--json", "-a", str(filled)))
    assert [each["kind"] for each in shown["changes"]] == ["added"]


def test_a_source_is_changed_by_commands(filled: Path) -> None:
    def source(*args: str) -> str:
        run = backfile("source", "-a", str(filled), *args)
        assert run.returncode == 0, run.stderr
        return run.stderr

    assert "Assay" in source("rename", "Lists", "Assay")
    assert "(paused)" in source("pause", "Assay")
    assert "(paused)" not in source("resume", "1")
    assert "https://lists.example/all" in source("move", "1", "https://lists.example/all")
    assert "articles stay" in source("remove", "1", "--yes")
    assert "No sources" in said("sources", "-a", str(filled))
    assert "and 1 copy" in said("search", "-a", str(filled), "ferry")


def test_a_source_is_removed_only_when_that_is_meant(filled: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "archive", "source", "remove", "1", "-a", str(filled)],
        capture_output=True,
        text=True,
        input="n\n",
        cwd=ROOT,
        check=False,
    )
    assert "1 headlines without article" in run.stderr
    assert run.returncode == 130
    assert "Lists" in said("sources", "-a", str(filled))
