"""What the commands about pages say of a file: when it was saved, and where from."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive import Archive
from archive.errors import UsageError
from crawler.cli import backfile

LIST = """- Sheep climb again after a year of cells - Meadow Post - {} 7{}
- A second look at the cells of old sheep - Hill Letters - {} 5{}
- Why a tendon takes its time - Meadow Post - {} 2{}
"""
WHOLE = LIST.replace("{} ", "November ").replace("{}", ", 2024")
YEARLESS = LIST.replace("{} ", "November ").replace("{}", "")


def run(*arguments: str, piped: str | None = None) -> Result:
    return CliRunner().invoke(backfile, arguments, input=piped)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "list.txt"
    path.write_text(YEARLESS, encoding="utf-8")
    return path


def test_dates_of_a_file_count_from_when_it_was_saved(saved: Path, tmp_path: Path) -> None:
    done = run("headlines", str(saved), "--captured-at", "2020-11-09", "--json")
    assert [row["published"] for row in json.loads(done.stdout)] == [
        "2020-11-07",
        "2020-11-05",
        "2020-11-02",
    ]
    assert done.stderr == ""
    archive = str(tmp_path / "archive")
    given = run("import", str(saved), "-a", archive, "--captured-at", "2020-11-09")
    assert "now" not in given.stderr
    with Archive.open(archive) as opened:
        assert opened.headlines()[0].first_seen.isoformat() == "2020-11-09T23:59:59+00:00"


@pytest.mark.parametrize("command", ["headlines", "import"])
def test_that_now_was_assumed_is_said_once(command: str, saved: Path, tmp_path: Path) -> None:
    archive = ["-a", str(tmp_path / "archive")] if command == "import" else []
    done = run(command, str(saved), *archive)
    assert done.stderr.count("--captured-at") == 1
    saved.write_text(WHOLE, encoding="utf-8")
    assert "--captured-at" not in run(command, str(saved), *archive).stderr


def test_an_article_dated_without_a_year_hangs_on_it_too(tmp_path: Path) -> None:
    path = tmp_path / "saved.html"
    text = "The ferry to the northern islands runs again on Sundays. " * 12
    data = '{"@type": "NewsArticle", "headline": "Ferry runs again", "datePublished": "DAY"}'
    page = (
        f'<html><head><script type="application/ld+json">{data}</script></head>'
        f"<body><article><h1>Ferry runs again</h1><p>{text}</p></article></body></html>"
    )
    path.write_text(page.replace("DAY", "November 7"), encoding="utf-8")
    done = run("extract", str(path), "--captured-at", "2020-11-09", "--json")
    assert json.loads(done.stdout)[0]["published"] == "2020-11-07"
    assert done.stderr == ""
    assert run("extract", str(path)).stderr.count("--captured-at") == 1
    path.write_text(page.replace("DAY", "November 7, 2024"), encoding="utf-8")
    assert run("extract", str(path)).stderr == ""


@pytest.mark.parametrize("command", ["headlines", "extract", "import"])
@pytest.mark.parametrize(
    "wrong",
    [
        ("--url", "http://[x/"),
        ("--url", "nonsense"),
        ("--url", "https://user:secret@paper.example/"),
        ("--captured-at", "9999-01-01"),
    ],
)
def test_what_a_file_cannot_be_is_wrong_usage(
    command: str, wrong: tuple[str, str], saved: Path
) -> None:
    done = run(command, str(saved), *wrong)
    assert isinstance(done.exception, UsageError)
    assert "\n" not in str(done.exception)


def test_what_is_known_of_a_file_is_not_said_of_an_address() -> None:
    done = run("headlines", "https://paper.example/", "--captured-at", "2020-11-09")
    assert isinstance(done.exception, UsageError)


@pytest.mark.parametrize("command", ["headlines", "extract", "import"])
def test_what_is_piped_in_is_read(command: str, tmp_path: Path) -> None:
    archive = ["-a", str(tmp_path / "archive")] if command == "import" else []
    done = run(command, "-", "--json", *archive, piped=WHOLE)
    (row, *rest) = json.loads(done.stdout)
    told = {"headlines": len(rest) == 2, "extract": row.get("verdict"), "import": True}
    assert told[command]
    assert command != "import" or row["headlines"] == 3


@pytest.mark.parametrize(
    ("body", "verdict", "code"),
    [
        ("<article><h1>Ferry</h1><p>{text}</p></article>", "article", 0),
        (
            "<article><h1>Ferry</h1><p>{text}</p><p>Subscribe to continue reading.</p></article>",
            "paywall",
            0,
        ),
        ("<h1>Page not found</h1><p>Try the search.</p>", "soft-404", 1),
        ("<h1>Verify you are human</h1>", "bot-challenge", 1),
        ("", "empty", 1),
    ],
)
def test_extract_tells_by_its_exit_code_whether_an_archive_would_keep_it(
    body: str, verdict: str, code: int, tmp_path: Path
) -> None:
    path = tmp_path / "saved.html"
    text = "The ferry to the northern islands runs again. Its engine had been cracked since May."
    path.write_text(f"<html><body>{body.format(text=text + text[45:])}</body></html>")
    arguments = ["extract", str(path), "--json"]
    done = CliRunner().invoke(backfile, arguments, standalone_mode=False)
    assert done.return_value == code
    assert json.loads(done.stdout)[0]["verdict"] == verdict
