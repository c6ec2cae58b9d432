"""What no visitor can do, asked of a real Datasette over the network, while a crawl writes."""

import contextlib
import http.client
import json
import os
import sqlite3
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.browse import LOOPBACK, choose_port
from tests.archive.making import NOW, article, new_archive, reading

ROOT = Path(__file__).parent.parent.parent.parent


@dataclass
class Answer:
    status: int
    text: str


@dataclass
class Served:
    """A running `backfile browse`."""

    folder: Path
    port: int
    said: Path

    def ask(
        self, path: str, *, method: str = "GET", body: str | None = None, host: str | None = None
    ) -> Answer:
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=30)
        headers = {"Host": host} if host else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        with contextlib.closing(connection):
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode())

    def sql(self, statement: str) -> Answer:
        return self.ask(f"/archive.json?{urllib.parse.urlencode({'sql': statement})}")

    def articles(self) -> int:
        (row,) = json.loads(self.sql("select count(*) as n from articles").text)["rows"]
        return int(row[0])


@contextlib.contextmanager
def browsing(folder: Path, *options: str) -> Iterator[Served]:
    port = choose_port(0)
    command = [sys.executable, "-m", "archive", "browse", "-a", str(folder), "--port", str(port)]
    # A pipe that nobody reads would hold Datasette up once it is full of what it refused.
    said = folder.with_name("said")
    with said.open("w") as output:
        process = subprocess.Popen(
            [*command, *options],
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=ROOT,
            env=os.environ | {"COLUMNS": "80"},
        )
    served = Served(folder, port, said)
    with process:
        try:
            for _ in range(300):
                with contextlib.suppress(OSError):
                    served.ask("/-/versions.json")
                    break
                time.sleep(0.1)
            yield served
        finally:
            process.terminate()


@pytest.fixture
def served(filled: Path) -> Iterator[Served]:
    with browsing(filled) as running:
        yield running


def dump(folder: Path) -> list[str]:
    raw = sqlite3.connect(folder / "archive.db")
    with contextlib.closing(raw):
        return list(raw.iterdump())


def test_nobody_writes(served: Served, tmp_path: Path) -> None:
    before = dump(served.folder)
    elsewhere = tmp_path / "taken.db"
    for statement in (
        "delete from articles",
        "update articles set title = 'x'",
        "insert into tombstones values ('x', 'x')",
        "drop table articles",
        f"attach database '{elsewhere}' as other",
        f"vacuum into '{elsewhere}'",
        "pragma journal_mode=delete",
        "pragma user_version=7",
        "pragma query_only=0",
        "pragma writable_schema=1",
        "with x as (select 1) delete from articles",
        "with x as (select 1) insert into tombstones select 'x', 'x'",
        "select 1; delete from articles",
        "select load_extension('x')",
        "select writefile('x', 'y')",
        "select readfile('/etc/passwd')",
        "explain delete from articles; delete from articles",
        "/* */ replace into tombstones values ('x', 'x')",
        "insert into articles_fts (articles_fts) values ('delete-all')",
    ):
        assert served.sql(statement).status == 400, statement
    assert not elsewhere.exists()
    assert dump(served.folder) == before


def test_nobody_posts_or_takes_files(served: Served) -> None:
    before = dump(served.folder)
    for path in ("/archive", "/archive/articles", "/archive/languages", "/", "/archive/articles/1"):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            answer = served.ask(path, method=method, body="sql=delete+from+articles")
            assert answer.status >= 400, (method, path)
    for path in (
        "/archive.db",
        "/backfile.toml",
        "/settings.json",
        "/captures",
        "/archive.db-wal",
        "/static/../archive.db",
        "/-/static-plugins/backfile/../routes.py",
        "/-/static-plugins/backfile/%2e%2e/routes.py",
    ):
        assert served.ask(path).status in {403, 404}, path
    assert dump(served.folder) == before


def test_sql_ends_in_time_and_within_bounds(served: Served) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    began = time.monotonic()
    assert (
        served.ask(f"/archive.json?_timelimit=200&sql={urllib.parse.quote(endless)}").status == 400
    )
    assert time.monotonic() - began < 4
    answer = served.sql("select length(hex(zeroblob(400000000)))")
    assert answer.status == 400
    assert "too big" in answer.text
    assert served.sql("select length(hex(zeroblob(4000000)))").status == 200


def test_reading_and_writing_go_on_together(served: Served) -> None:
    with new_archive(served.folder) as archive:
        for number in range(20):
            url = f"https://more.example/{number}"
            read = article(url, f"Another text, number {number}, of no length at all.")
            archive.store(reading(read), asked_url=url, claim=None, source_id=None, now=NOW)
            # Each is seen at once, and whoever reads keeps nobody from writing.
            assert served.articles() == 3 + number
            assert served.ask("/archive/articles").status == 200


def test_a_writer_in_the_middle_of_a_page_is_not_seen_and_not_hindered(served: Served) -> None:
    raw = sqlite3.connect(served.folder / "archive.db", isolation_level=None, timeout=1)
    with contextlib.closing(raw):
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO tombstones VALUES ('k', 'x')")
        assert served.sql("select count(*) from tombstones").text.count("[0]") == 1
        assert served.ask("/archive/articles").status == 200
        raw.execute("COMMIT")
    assert "[1]" in served.sql("select count(*) from tombstones").text.replace(" ", "")


def test_another_sites_name_is_refused_over_the_network(served: Served) -> None:
    assert served.ask("/archive", host="evil.example").status == 421
    assert served.ask("/archive", host=f"localhost:{served.port}").status == 200


def test_public_says_what_it_opens_and_answers_to_every_name(filled: Path) -> None:
    with browsing(filled, "--public", "--host", "0.0.0.0") as served:
        assert served.ask("/archive", host="news.example").status == 200
        assert served.sql("delete from articles").status == 400
        assert served.ask("/archive", method="POST", body="x=1").status >= 400
        said = " ".join(served.said.read_text().split())
    assert "Public: whoever reaches this address can read all that the archive holds" in said
    assert "up to 5 seconds each. Nobody can write" in said
    assert f"port {served.port} of all addresses of this machine" in said


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--public"], "--public needs --host"),
        (["--host", "0.0.0.0"], "add --public"),
        (["--host", "192.168.0.1"], "add --public"),
    ],
)
def test_nothing_is_opened_by_half_a_word(filled: Path, options: list[str], told: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "archive", "browse", "-a", str(filled), *options],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stdout == ""
