"""Entries of lists, and addresses under which lists stand."""

import pytest

from crawler.extract.text.teasers import entries_of, is_list_address, share_in_entries
from tests.crawler.extract.pages import page

SITE = "https://paper.example"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/category/islands/", True),
        ("/tag/ferry/page/3/", True),
        ("/blog/", True),
        ("/2024/10/page/2", True),
        ("/?s=ferry", True),
        ("/search?q=ferry", True),
        ("/index.php?option=com_content&view=category&id=14", True),
        ("/blog/ferry-runs-again-today", False),
        ("/news/2024/ferry", False),
        ("/category/islands/ferry-runs-again-today", False),
        ("/article.html?page=2", False),
        ("/story.php?id=7", False),
        ("/", False),
    ],
)
def test_addresses_of_lists(path: str, expected: bool) -> None:
    assert is_list_address(f"{SITE}{path}") is expected


def test_entries_begin_with_a_headline_and_hold_no_other() -> None:
    items = "".join(
        f"<li><span>Oct. {n}</span> <a href='/{n}/s'>The harbour council met again, part {n}</a>"
        f"<p>What it said on day {n}.</p></li>"
        for n in range(1, 4)
    )
    menu = "<nav><a href='/x'>A link that is as long as a headline is</a></nav>"
    found = entries_of(page(f"{menu}<h1>Council</h1><ul>{items}</ul>"))
    assert found[0] == "Oct. 1 The harbour council met again, part 1What it said on day 1."
    assert len(found) == 3
    assert share_in_entries(["What it said on day 1.", "Not in any of them."], found) > 0.5


def test_a_paragraph_with_a_long_link_is_no_entry() -> None:
    text = (
        "<p>The council, which had <a href='/a/b'>met again on Thursday evening</a>, said so.</p>"
    )
    assert entries_of(page(f"<h1>Council</h1>{text * 5}")) == []
