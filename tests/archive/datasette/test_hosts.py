"""Whose requests are answered on this machine."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from archive.browse import PUBLIC_VARIABLE
from archive.datasette.hosts import is_local, is_welcome
from tests.archive.datasette.asking import Visitor, visiting


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "::1", "room.localhost"]
)
def test_names_of_this_machine(host: str) -> None:
    assert is_local(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        "",
        "2130706433",
    ],
)
def test_other_names(host: str) -> None:
    assert not is_local(host)
    assert not is_welcome(host, served_at="127.0.0.1", names=())


def test_names_that_a_person_gives() -> None:
    assert is_welcome("news.example", served_at="127.0.0.1", names=["News.Example"])
    assert not is_welcome("more.news.example", served_at="::1", names=["news.example"])


def test_what_others_reach_answers_to_every_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_welcome("news.example", served_at="192.0.2.7", names=())
    assert is_welcome("news.example", served_at=None, names=())
    monkeypatch.setenv(PUBLIC_VARIABLE, "1")
    assert is_welcome("news.example", served_at="127.0.0.1", names=())


def ask(visitor: Visitor, host: str, path: str = "/archive") -> Any:
    return visitor._loop.run_until_complete(
        visitor._datasette.client.get(path, headers={"host": host})
    )


def test_a_rebound_name_reads_nothing(filled: Path) -> None:
    with visiting(filled) as visitor:
        for path in ("/", "/archive/articles.json", "/-/databases.json", "/archive?sql=select+1"):
            answer = ask(visitor, "evil.example:8001", path)
            assert answer.status_code == 421
            assert "articles" not in answer.text
        for host in ("localhost:8001", "127.0.0.1:8001", "[::1]:8001", "LOCALHOST"):
            assert ask(visitor, host).status_code == 200


@pytest.mark.parametrize("given", ["hosts: [news.example]", "hosts: news.example"])
def test_a_proxys_name_is_given_in_the_metadata(filled: Path, given: str) -> None:
    (filled / "metadata.yaml").write_text(f"plugins: {{backfile: {{{given}}}}}\n")
    with visiting(filled) as visitor:
        assert ask(visitor, "news.example").status_code == 200
        assert ask(visitor, "evil.example").status_code == 421


def test_other_databases_are_answered_as_ever(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE birds (name TEXT)")
    raw.close()
    with visiting(path) as visitor:
        answer = ask(visitor, "birds.example", "/other")
    assert answer.status_code == 200
    assert "x-content-type-options" not in answer.headers


def test_no_site_is_told_who_links_to_it_and_nothing_is_taken_for_a_page(filled: Path) -> None:
    with visiting(filled) as visitor:
        for path in ("/archive/articles", "/archive/articles.csv", "/"):
            headers = visitor.get(path).headers
            is_page = headers["content-type"].startswith("text/html")
            assert headers.get_list("referrer-policy") == ["no-referrer"] * is_page
            assert headers.get_list("x-content-type-options") == ["nosniff"]
