"""`backfile search` as people call it: a real process, its output and its exit code."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from archive import Archive
from tests.archive.calling import ROOT, backfile, said, terminal
from tests.archive.making import NOW, article, new_archive, reading

HOSTILE = (
    "Ferry \x1b[2J\x1b]0;owned\x07 \x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\"
    " \x9b31m \x9d0;t\x9c \x90q\x9c \u202egnp \u2066x\u2069 \x08\x0d\x7f =1+1"
)


def test_search(filled: Path) -> None:
    out = said("search", "-a", str(filled), "ferry")
    assert out.splitlines()[:4] == [
        "1 found",
        "",
        "1.  Ferry sails on Sundays",
        "    Daily Post · 2024-11-08 (by the list) · article 1 · and 1 copy",
    ]
    assert "The ferry to the islands" in out


def test_search_as_json(filled: Path) -> None:
    (hit,) = json.loads(said("search", "-a", str(filled), "ferry", "--json"))
    assert list(hit) == [
        "id",
        "kind",
        "url",
        "title",
        "publisher",
        "published",
        "published_precision",
        "published_from",
        "snippet",
        "rank",
        "story_size",
        "damaged",
        "memento",
        "gone",
    ]
    assert {"text": "ferry", "match": True} in hit["snippet"]
    lines = said("search", "-a", str(filled), "ferry OR evil", "--jsonl").splitlines()
    assert [json.loads(line)["kind"] for line in lines] == ["article", "headline"]


def test_nothing_found_is_said_and_is_no_failure(filled: Path) -> None:
    out = said("search", "-a", str(filled), "zeppelin")
    assert out.startswith("Nothing found for zeppelin in 2 articles and 2 headlines.\n")
    assert json.loads(said("search", "-a", str(filled), "zeppelin", "--json")) == []
    assert said("search", "-a", str(filled), "zeppelin", "--jsonl") == ""


def test_words_may_begin_with_a_hyphen(filled: Path) -> None:
    assert said("search", "-a", str(filled), "ferry", "-sundays").startswith("Nothing found")
    assert said("search", "-a", str(filled), "ferry", "-another").startswith("1 found")


def test_matches_are_marked_on_a_terminal_only(filled: Path) -> None:
    assert "\x1b[33m" in terminal(["search", "islands"], BACKFILE_ARCHIVE=str(filled))
    assert "\x1b" not in said("search", "islands", BACKFILE_ARCHIVE=str(filled))


@pytest.fixture
def hostile(folder: Path) -> Path:
    """An archive whose texts try to take over the terminal."""
    with new_archive(folder) as archive:
        for number in range(30):
            url = f"https://paper.example/{number}"
            read = article(url, f"{number} {HOSTILE}", title=HOSTILE, publisher=f"={HOSTILE}")
            archive.store(reading(read), asked_url=url, claim=None, source_id=None, now=NOW)
    return folder


CONTROLS = {chr(code) for code in (*range(32), *range(127, 160))} | set("\u202e\u2066\u2069")
FORMS: tuple[tuple[str, ...], ...] = (
    ("ferry",),
    ("ferry", "--facets"),
    ("ferry", "--all-copies", "--sort", "new"),
    ("ferry", "--json"),
    ("ferry", "--jsonl"),
    ("ferry", "--csv"),
    ("ferry", "--urls"),
    ("ferry", "--facets", "--json"),
    ("ferry", "--facets", "--csv"),
    ("\x1b[31mnothing\x9b2J", "by:\x1b]0;x\x07nobody"),
)


@pytest.mark.parametrize("args", FORMS, ids=" ".join)
def test_nothing_stored_or_typed_controls_the_terminal(
    hostile: Path, args: tuple[str, ...]
) -> None:
    out = terminal(["search", *args, "--no-pager"], BACKFILE_ARCHIVE=str(hostile))
    bare = re.sub(r"\x1b\[[0-9;]*m", "", out).replace("\r\n", "\n").replace("\n", "")
    assert bare
    assert not set(bare) & CONTROLS
    assert "\x1b[31m" not in out


def test_a_table_has_no_formulas(hostile: Path) -> None:
    rows = list(csv.reader(io.StringIO(said("search", "ferry", "--csv", "-a", str(hostile)))))
    assert len(rows) == 11
    assert all(row[3].startswith("'=Ferry") for row in rows[1:])


def test_addresses_alone(filled: Path) -> None:
    run = backfile("search", "ferry OR evil", "--urls", "--all-copies", "-a", str(filled))
    assert run.stdout.split() == [
        "https://paper.example/ferry",
        "https://copy.example/ferry",
        "https://paper.example/evil",
    ]
    assert said("search", "zeppelin", "--urls", "-a", str(filled)) == ""


def test_every_copy_is_a_row_when_wanted(filled: Path) -> None:
    out = said("search", "ferry", "--all-copies", "-a", str(filled))
    assert out.startswith("2 found\n")
    assert out.count("one of 2 copies") == 2


def test_counts(filled: Path) -> None:
    out = said("search", "ferry OR evil", "--facets", "-a", str(filled))
    assert "By publisher\n    2  Daily Post\n" in out
    assert "By month\n    2  2024-11\n" in out
    assert "By source\n    2  Lists\n" in out
    records = json.loads(said("search", "ferry OR evil", "--facets", "--json", "-a", str(filled)))
    assert {"facet": "source", "value": "Lists", "count": 2, "covered": None} in records
    table = said("search", "ferry OR evil", "--facets", "--csv", "-a", str(filled))
    assert table.startswith("facet,value,count,covered\n")


def test_pages_say_how_to_see_the_next(filled: Path) -> None:
    out = said("search", "ferry OR evil", "--limit", "1", "-a", str(filled))
    assert out.startswith("2 found, 1 to 1 shown\n")
    assert out.endswith("\nThe next ones: the same with --offset 1\n")
    last = said("search", "ferry OR evil", "--limit", "1", "--offset", "1", "-a", str(filled))
    assert "The next ones" not in last
    behind = said("search", "ferry", "--offset", "7", "-a", str(filled))
    assert behind == "1 found, none from 8 on\n"


@pytest.mark.parametrize(
    ("language", "options"),
    [
        ("title:sails", ["--title", "sails"]),
        ("by:lee", ["--by", "Lee"]),
        ('by:"ann lee"', ["--by", "ann lee"]),
        ("publisher:daily", ["--publisher", "daily"]),
        ("site:copy.example", ["--site", "copy.example"]),
        ("lang:en", ["--lang", "en"]),
        ("source:Lists", ["--source", "Lists"]),
        ("after:2024-11", ["--after", "2024-11"]),
        ("before:2024-11", ["--before", "2024-11"]),
        ("after:1y", ["--after", "1y"]),
    ],
)
def test_options_say_the_same_as_fields(filled: Path, language: str, options: list[str]) -> None:
    typed = said("search", "ferry", language, "--json", "-a", str(filled))
    assert typed == said("search", "ferry", *options, "--json", "-a", str(filled))


@pytest.mark.parametrize("field", ["site:copy.example", "lang:en", "source:Lists"])
def test_what_is_excluded_is_all_that_is_not_asked_for(filled: Path, field: str) -> None:
    def ids(*words: str) -> list[str]:
        done = backfile("search", *words, "--all-copies", "--jsonl", "-a", str(filled))
        lines = done.stdout.splitlines()
        return [f"{hit['kind']} {hit['id']}" for hit in map(json.loads, lines)]

    for words in (["(ferry OR evil)"], []):
        every = ids(*words, "-site:nowhere.example")
        assert sorted([*ids(*words, field), *ids(*words, f"-{field}")]) == sorted(every)
    assert len(every) == 3, "an exclusion alone finds all else"


def test_what_is_excluded_is_said(filled: Path) -> None:
    out = said("search", "ferry", "-site:nowhere.example", "-lang:xx", "-a", str(filled))
    assert "not at nowhere.example, not in xx" in out
    out = said("search", "ferry", "-source:Lists", "-a", str(filled))
    assert "not from the list Lists" in out


def test_a_publishers_whole_name_is_said(filled: Path) -> None:
    out = said("search", "ferry", "--publisher", "=Nobody's Post", "-a", str(filled))
    assert "of the publisher Nobody's Post" in out


def test_days_are_the_readers_and_it_is_said(filled: Path) -> None:
    out = said("search", "ferry", "--after", "2024-11", "-a", str(filled), TZ="EST5")
    assert "published from 2024-11-01 on (days in EST, UTC-05:00)" in out
    named = said("search", "ferry", "--after", "2024-11", "--zone", "UTC", "-a", str(filled))
    assert "(days in UTC)" in named


def test_no_hits_say_which_word_and_offer_another(filled: Path) -> None:
    out = " ".join(said("search", "ferri", "zeppelin", "title:sails", "-a", str(filled)).split())
    assert out.startswith("Nothing found for ferri zeppelin title:sails in 2 articles and 2 ")
    assert "Nothing has ferri or zeppelin." in out
    assert "Near spellings of ferri: ferry (2)." in out


def test_remarks_go_to_stderr(filled: Path) -> None:
    for form in ([], ["--json"], ["--urls"]):
        run = backfile("search", "fo:ferry", *form, "-a", str(filled))
        assert run.returncode == 0
        assert run.stderr == "backfile: `fo:` is no field, so it was searched as a word\n"


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["x", "--json", "--csv"], "--json and --csv: choose one"),
        (["x", "--facets", "--urls"], "prints no counts"),
        (["x", "--zone", "Nowhere"], "no time zone"),
        (["x", "--lang", "english"], "no language"),
        (["x", "--site", "paper"], "no site"),
        (["titel:x"], "but title:"),
        (["-x"], "only excludes"),
    ],
)
def test_wrong_usage_is_said(filled: Path, args: list[str], message: str) -> None:
    run = backfile("search", *args, "-a", str(filled))
    assert (run.returncode, run.stdout) == (2, "")
    assert message in run.stderr
    assert "Traceback" not in run.stderr


def test_a_source_that_there_is_none_of(filled: Path) -> None:
    run = backfile("search", "x", "--source", "Nowhere", "-a", str(filled))
    assert (run.returncode, "no source 'Nowhere'" in run.stderr) == (1, True)


@pytest.mark.parametrize(
    "typed", ["\udc80", "a\udcff b", '"' * 9, "NEAR(a b", "*", "''", "--", "%"]
)
def test_anything_may_be_typed(filled: Path, typed: str) -> None:
    run = backfile("search", "-a", str(filled), "--", typed)
    assert run.returncode in {0, 2}
    assert "Traceback" not in run.stderr


def test_long_answers_go_through_the_pager(hostile: Path, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    env = {"BACKFILE_ARCHIVE": str(hostile), "PAGER": f"tee {seen}", "LINES": "24"}
    terminal(["search", "ferry"], **env)
    assert seen.read_text().count("article ") == 10
    seen.unlink()
    for args in (["ferry", "--no-pager"], ["ferry", "--limit", "1"], ["ferry", "--jsonl"]):
        terminal(["search", *args], **env)
        assert not seen.exists(), args
    said("search", "ferry", **env)
    assert not seen.exists(), "only on a terminal"
    assert "10." in terminal(["search", "ferry"], **(env | {"PAGER": "cat"}))


def test_no_colours_where_they_are_not_wanted(filled: Path) -> None:
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        out = terminal(["search", "islands", "--no-pager"], BACKFILE_ARCHIVE=str(filled), **env)
        assert "\x1b" not in out


@pytest.mark.parametrize("form", [[], ["--jsonl"], ["--csv"], ["--urls"]])
def test_a_reader_that_has_enough_ends_it_quietly(hostile: Path, form: list[str]) -> None:
    args = ["search", "ferry", "-n", "30", *form, "-a", str(hostile)]
    shell = f"{sys.executable} -m archive {' '.join(args)} | head -c 1"
    run = subprocess.run(
        ["bash", "-o", "pipefail", "-c", shell],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=dict(os.environ),
        check=False,
    )
    assert (run.returncode, len(run.stdout), run.stderr) == (0, 1, "")


# What a search may load besides Python's own: what a plain one needs, and nothing for others.
OURS = {
    "answers", "asking", "cli", "commands", "commands.narrowing", "commands.search", "connection",
    "console", "errors", "filters", "found", "hits", "holdings", "indexed", "language", "layout",
    "matches", "offered", "paging", "query", "questions", "ranking", "scripts", "search",
    "snippets", "spelling", "terminal", "timeorder", "vetting", "vocabulary", "zones",
}  # fmt: skip


def test_a_search_loads_what_it_needs(hostile: Path) -> None:
    run = subprocess.run(
        [
            sys.executable,
            "-X",
            "importtime",
            "-m",
            "archive",
            "search",
            "ferry",
            "-a",
            str(hostile),
        ],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines()}
    ours = {name.removeprefix("archive.") for name in loaded if name.startswith("archive.")}
    assert "cli" in ours
    assert ours <= OURS
    outside = {"csv", "zoneinfo", "asyncio", "urllib.request", "http", "json", "dataclasses"}
    outside |= {"shutil", "tempfile", "subprocess", "importlib.metadata", "decimal", "logging"}
    assert loaded & outside == set()


def test_the_archive_is_left_as_it_is(filled: Path) -> None:
    with Archive.open(filled, read_only=True) as archive:
        before = archive._connection.raw.execute("PRAGMA data_version").fetchone()[0]
        for args in (["ferry"], ["zeppelin"], ["ferri"], ["ferry", "--stems", "--facets"]):
            said("search", *args, "-a", str(filled))
        assert archive._connection.raw.execute("PRAGMA data_version").fetchone()[0] == before
