"""A list that is crawled again: what changed in it meanwhile is told, by real processes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.test_run import backfile, crawl, rows
from tests.newsstand import Newsstand


@pytest.fixture
def stand() -> Iterator[Newsstand]:
    with Newsstand(articles=12, lists=2) as running:
        yield running


def changes(archive: Path, *arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        backfile(archive, "changes", *arguments, "--json").stdout
    )
    return found


def test_what_changed_between_two_crawls_is_told(stand: Newsstand, tmp_path: Path) -> None:
    backfile(tmp_path, "add", "--no-look", stand.seed, "--name", "Cells")
    crawl(tmp_path)
    assert changes(tmp_path) == []
    listed = list(stand.leads())
    stand.publish(title="Ferry to the islands sails on Sundays")
    stand.reprint(listed[1], "Another title for the second line")
    stand.withdraw(listed[3].post)
    crawl(tmp_path)
    told = changes(tmp_path, "Cells")
    found = {each["kind"]: each for each in told}
    assert sorted(each["kind"] for each in told) == ["added", "retitled", "withdrawn"]
    assert found["added"]["new"] == "Ferry to the islands sails on Sundays"
    assert (found["retitled"]["old"], found["retitled"]["new"]) == (
        listed[1].title,
        "Another title for the second line",
    )
    assert (found["withdrawn"]["url"], found["withdrawn"]["new"]) == (listed[3].post, None)
    gone = f"h{found['withdrawn']['headline_id']}"
    assert "withdrawn" in backfile(tmp_path, "show", gone).stdout
    assert "withdrawn" in backfile(tmp_path, "changes", "1").stdout
    # What scrolled from the first page onto the second has not changed; nor has a third visit.
    crawl(tmp_path)
    assert len(changes(tmp_path)) == 3


def test_a_paused_source_is_crawled_only_where_it_is_named(
    stand: Newsstand, tmp_path: Path
) -> None:
    backfile(tmp_path, "add", "--no-look", stand.seed)
    backfile(tmp_path, "source", "pause", "1")
    assert crawl(tmp_path)["fetched"] == 0
    assert crawl(tmp_path, "1", "--max-pages", "1")["list_pages"] == 1
    backfile(tmp_path, "source", "resume", "1")
    assert crawl(tmp_path)["list_pages"] >= 1


def test_a_removed_source_leaves_its_articles(stand: Newsstand, tmp_path: Path) -> None:
    backfile(tmp_path, "add", "--no-look", stand.seed)
    crawl(tmp_path, "--max-pages", "1")
    held = rows(tmp_path, "SELECT id FROM articles")
    backfile(tmp_path, "source", "remove", "1", "--yes")
    assert rows(tmp_path, "SELECT id FROM articles") == held
    assert crawl(tmp_path)["fetched"] == 0
