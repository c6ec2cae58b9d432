"""Looking at doors, choosing, and crawling through them: whole commands against the newsstand."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.test_run import LOCAL, backfile, crawl, rows
from tests.newsstand import Newsstand

DAILY, HARBOUR, LABNOTES = (
    "dailyassay.example",
    "harbourbusiness.example",
    "labnotes.example",
)


@pytest.fixture(scope="module")
def stand() -> Iterator[Newsstand]:
    with Newsstand() as running:
        yield running


def add(archive: Path, url: str, *arguments: str) -> list[dict[str, Any]]:
    """Add a list, and give what was seen behind its doors."""
    done = backfile(archive, "add", url, "--json", *LOCAL, *arguments)
    seen: list[dict[str, Any]] = json.loads(done.stdout)
    return seen


def chosen(seen: list[dict[str, Any]]) -> dict[str, Any]:
    (one,) = [door for door in seen if door["chosen"]]
    return one


def test_a_list_drawn_by_a_script_is_read_through_its_json_feed(
    stand: Newsstand, tmp_path: Path
) -> None:
    seen = add(tmp_path, stand.lists["script"])
    assert seen[0]["problem"] == "its list is drawn by a script"
    assert (chosen(seen)["kind"], chosen(seen)["url"]) == ("json-feed", stand.lists["json"])
    summary = crawl(tmp_path)
    assert summary["new_headlines"] == chosen(seen)["headlines"] > 8
    held = rows(tmp_path, "SELECT url, published, published_from FROM headlines")
    dates = {url: truth.published for url, truth in stand.truth.items()}
    assert all(source == "feed" for _, _, source in held)
    known = [(value, dates[url]) for url, value, _ in held if dates.get(url)]
    assert known
    assert all(value == published.isoformat() for value, published in known if published)


def test_without_another_door_such_a_list_says_what_it_is(stand: Newsstand, tmp_path: Path) -> None:
    backfile(tmp_path, "add", stand.lists["script"], "--no-look")
    summary = crawl(tmp_path, code=1)
    assert "drawn by a script" in summary["troubles"][0]["reason"]
    assert not rows(tmp_path, "SELECT 1 FROM headlines")


def test_a_short_page_of_wordpress_is_read_through_its_interface(
    stand: Newsstand, tmp_path: Path
) -> None:
    seen = add(tmp_path, stand.lists["blog"])
    page, posts = seen[0], chosen(seen)
    assert (page["kind"], posts["kind"]) == ("list", "wordpress")
    assert posts["oldest"] < page["oldest"]
    assert crawl(tmp_path)["new_headlines"] == posts["headlines"] > page["headlines"]


def test_pages_of_the_interface_are_followed_to_the_last(stand: Newsstand, tmp_path: Path) -> None:
    posts = stand.url(LABNOTES, "/wp-json/wp/v2/posts?per_page=3")
    backfile(tmp_path, "add", posts, "--as", "wordpress", "--no-look")
    summary = crawl(tmp_path)
    assert summary["list_pages"] > 2
    assert summary["lists"][0]["ended"] == "the list has no older page"
    titles = rows(tmp_path, "SELECT title FROM headlines")
    assert len(titles) == summary["new_headlines"] > 8
    again = crawl(tmp_path)
    assert (again["list_pages"], again["new_headlines"]) == (1, 0)


def test_a_feed_of_wordpress_is_counted_through_until_there_is_no_page(
    stand: Newsstand, tmp_path: Path
) -> None:
    feed = stand.url(LABNOTES, "/blog/feed/")
    backfile(tmp_path, "add", feed, "--as", "feed", "--no-look")
    stand.reset_log()
    summary = crawl(tmp_path)
    assert summary["list_pages"] > 2
    assert stand.counts()[f"{LABNOTES}/blog/feed/?paged={summary['list_pages'] + 1}"] == 1
    assert summary["lists"][0]["ended"] == "the list has no older page"
    ends = "SELECT state, reason FROM frontier WHERE kind = 'list' AND status = 404"
    assert rows(tmp_path, ends) == [("done", "behind the list's last page")]
    assert not [t for t in summary["troubles"] if "feed" in t["url"]]


def test_an_undated_front_page_is_read_through_its_feed(stand: Newsstand, tmp_path: Path) -> None:
    seen = add(tmp_path, stand.url(HARBOUR, "/"))
    assert {door["kind"] for door in seen} == {"list", "feed", "sitemap"}
    assert (seen[0]["dated"], chosen(seen)["kind"]) == (0, "feed")
    crawl(tmp_path)
    assert not rows(tmp_path, "SELECT 1 FROM headlines WHERE published IS NULL")
    (source,) = json.loads(backfile(tmp_path, "sources", "--json").stdout)
    assert (source["url"], source["door"]) == (stand.url(HARBOUR, "/"), stand.lists["feed"])
    assert (source["last_state"], source["headlines"] > 8) == ("done", True)


def test_a_sitemap_is_read_when_told_and_dates_nothing_by_changes(
    stand: Newsstand, tmp_path: Path
) -> None:
    seen = add(tmp_path, stand.url(HARBOUR, "/"), "--as", "sitemap")
    assert chosen(seen)["why"] == "as told"
    summary = crawl(tmp_path)
    assert summary["new_headlines"] == chosen(seen)["headlines"] > 8
    held = rows(tmp_path, "SELECT published, damaged FROM headlines")
    assert set(held) == {(None, 1)}


def test_an_index_is_followed_part_by_part_the_last_changed_first(
    stand: Newsstand, tmp_path: Path
) -> None:
    (seen,) = add(tmp_path, stand.lists["index"])
    assert (seen["kind"], seen["goes_on"], seen["dated"]) == ("sitemap", True, 5)
    first = crawl(tmp_path, "--max-pages", "2")
    assert (first["list_pages"], first["new_headlines"]) == (2, 5)
    second = crawl(tmp_path)
    assert (second["list_pages"], second["new_headlines"] > 5) == (2, True)
    held = rows(tmp_path, "SELECT count(*), count(published), sum(damaged) FROM headlines")
    count, dated, made_up = held[0]
    assert (dated, made_up) == (5, count - 5)


def test_a_list_that_goes_on_is_read_as_it_is(stand: Newsstand, tmp_path: Path) -> None:
    stand.reset_log()
    seen = add(tmp_path, stand.seed)
    assert (chosen(seen)["kind"], chosen(seen)["goes_on"]) == ("list", True)
    assert stand.counts()["cellwire.example/archive/"] == 1


@pytest.mark.parametrize(
    ("path", "arguments", "why"),
    [
        ("/no/such/list", (), "the server answers 404"),
        ("/", ("--as", "wordpress"), "no wordpress found"),
    ],
)
def test_what_cannot_be_read_is_not_added(
    stand: Newsstand, tmp_path: Path, path: str, arguments: tuple[str, ...], why: str
) -> None:
    done = backfile(tmp_path, "add", stand.url(HARBOUR, path), *LOCAL, *arguments, code=1)
    assert why in done.stderr
    assert "--no-look" in done.stderr
    assert not (tmp_path / "archive.db").exists()


def test_a_private_address_is_not_looked_at_unless_allowed(
    stand: Newsstand, tmp_path: Path
) -> None:
    here = ("--resolve", "*.example=127.0.0.1")
    done = backfile(tmp_path, "add", stand.seed, *here, code=1)
    assert "not a public address" in done.stderr


def test_what_is_seen_is_shown_as_a_table(stand: Newsstand, tmp_path: Path) -> None:
    done = backfile(tmp_path, "add", stand.lists["script"], *LOCAL)
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["door", "headlines", "dated", "oldest", "newest", "address"]
    assert "drawn by a script" in lines[1]
    assert lines[2].startswith("* json-feed")
    assert lines[-1] == "read as json-feed: the page's list is drawn by a script"
    assert "source 1" in done.stderr
