"""The way from a request to an answer: what is open, what is refused, and how it is protected."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest

from archive.datasette import serving
from archive.datasette.serving import Asked, Moved, Shown
from archive.errors import NotFound, UsageError
from archive.holdings import Holdings
from tests.archive.datasette.asking import visiting
from tests.archive.datasette.furnished import Furnished, furnish
from tests.archive.making import NOW


def showing(answer: Callable[[], object]) -> Callable[[str], Callable[..., object]]:
    """Stand in for the page that an address names."""
    return lambda _name: lambda _held, _asked: answer()


def test_a_page_of_ours_lets_nothing_run_or_load_that_is_not_ours(filled: Path) -> None:
    with visiting(filled) as visitor:
        headers = visitor.get("/").headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_database_that_is_no_archive_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE birds (name TEXT)")
    raw.close()
    with visiting(path) as visitor:
        assert "birds" in visitor.page("/")
        assert "content-security-policy" not in visitor.get("/").headers
        assert "birds" in visitor.page("/other")


def test_an_archive_beside_another_database_is_found(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE birds (name TEXT)")
    raw.close()
    with visiting(path, filled / "archive.db") as visitor:
        assert 'class="masthead"' in visitor.page("/")
        assert "birds" in visitor.page("/other")


def test_an_archive_of_an_older_version_says_what_to_do(filled: Path) -> None:
    with sqlite3.connect(filled / "archive.db") as raw:
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0022_watches'")
    raw.close()
    with visiting(filled) as visitor:
        answer = visitor.get("/")
    assert answer.status_code == 503
    assert "made by an older version" in answer.text
    assert "Traceback" not in answer.text


def test_who_may_not_see_the_database_sees_no_page_of_it(filled: Path) -> None:
    kept = {"databases": {"archive": {"allow": {"id": "root"}}}}
    with visiting(filled, metadata=kept) as visitor:
        assert visitor.get("/").status_code == 403


@pytest.mark.parametrize(
    ("error", "status"), [(NotFound("no <b> here"), 404), (UsageError("what <b>?"), 400)]
)
def test_what_cannot_be_shown_is_told(
    filled: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail() -> object:
        raise error

    monkeypatch.setattr(serving, "_page", showing(fail))
    with visiting(filled) as visitor:
        answer = visitor.get("/")
    assert answer.status_code == status
    assert "&lt;b&gt;" in answer.text
    assert "<b>" not in answer.text


def test_a_page_that_takes_too_long_is_ended(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"

    def page(held: Holdings, _asked: Asked) -> Shown:
        with held._connection.reading() as raw:
            raw.execute(endless).fetchone()
        return Shown(template="front")

    monkeypatch.setattr(serving, "_page", lambda _name: page)
    with visiting(filled, settings={"sql_time_limit_ms": 50}) as visitor:
        answer = visitor.get("/")
    assert answer.status_code == 503
    assert "took longer" in answer.text


def test_a_page_that_has_moved(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_page", showing(lambda: Moved(path="/archive")))
    with visiting(filled, settings={"base_url": "/news/"}) as visitor:
        answer = visitor.get("/")
    assert answer.status_code == 302
    assert answer.headers["location"] == "/news/archive"


def test_arguments_are_trimmed() -> None:
    asked = Asked(names={}, arguments={"q": [" ferry ", "x"], "empty": [" "]}, now=NOW)
    assert asked.first("q") == "ferry"
    assert asked.first("empty") is None
    assert asked.first("missing") is None


PAGES = (
    "/", "/-/search", "/-/search?q=the", "/-/search?q=nothingatall", "/-/search?q=x&page=0",
    "/-/article/{article}", "/-/article/{article}/versions", "/-/article/{post}",
    "/-/article/{hostile}", "/-/article/{long}", "/-/article/0", "/-/story/{copied}",
    "/-/headline/{headline}", "/-/sources", "/-/source/{source}", "/-/publishers",
    "/-/publisher/Harbour%20Courier",
)  # fmt: skip


def test_pages_are_valid_html_with_ids_of_their_own(tmp_path: Path) -> None:
    furnished = furnish(tmp_path / "archive")
    held = {name: getattr(furnished, name) for name in Furnished.__slots__}
    with visiting(furnished.folder) as visitor:
        for page in PAGES:
            text = visitor.get(page.format(**held)).text
            html5lib.HTMLParser(strict=True).parse(text)
            ids = re.findall(r' id="([^"]+)"', text)
            assert sorted(ids) == sorted(set(ids)), page
            assert text.count("<h1") == 1, page
