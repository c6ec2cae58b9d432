"""What the spider decides; whole crawls are in test_run."""

from dataclasses import replace
from pathlib import Path

import pytest
from scrapy.exceptions import CannotResolveHostError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response

from archive import Archive
from archive.errors import UsageError
from archive.records import PageKind, Validators
from crawler.items import READER, digest_of
from crawler.middlewares import Refused
from crawler.spiders.headlines import (
    TRUSTED,
    HeadlinesSpider,
    header_map,
    headers_for,
    is_refusal,
    is_unchanged,
    one_list_each,
    reason_of,
)
from tests.crawler.made import NOON, claim


@pytest.mark.parametrize(
    ("error", "reason", "refused"),
    [
        (CannotResolveHostError("no such name"), "host not found", False),
        (DownloadTimeoutError("60 s"), "no answer in time (DOWNLOAD_TIMEOUT)", False),
        (IgnoreRequest("Forbidden by robots.txt"), "Forbidden by robots.txt", True),
        (Refused("only http and https are fetched"), "only http and https are fetched", True),
        (ValueError("one\ntwo"), "one", False),
        (ValueError(), "ValueError", False),
    ],
)
def test_errors_are_said_in_words(error: Exception, reason: str, refused: bool) -> None:
    assert reason_of(error) == reason
    assert is_refusal(error) is refused


def test_header_names_are_lower_case() -> None:
    response = Response("http://wire.example/", headers={"Content-Type": "text/html"})
    assert header_map(response) == {"content-type": "text/html"}


def test_of_a_sources_lists_one_is_fetched_at_a_time() -> None:
    lists = [
        replace(claim(PageKind.LIST), id=n, source_id=source) for n, source in enumerate((1, 2, 1))
    ]
    posts = [replace(claim(), id=n, source_id=1) for n in (7, 8)]
    assert [c.id for c in one_list_each((*lists, *posts))] == [0, 1, 7, 8]


def test_of_what_was_imported_pages_are_fetched_and_no_list(tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        spider = HeadlinesSpider(archive=archive, sources=(1,), imported=(2,))
        assert spider.claimed_from() == (1, 2)
        assert spider.lists_to_leave() == (2,)


@pytest.mark.parametrize(
    "arguments", [{}, {"archive": "a", "seed": "foo"}, {"archive": "a", "max_pages": "x"}]
)
def test_wrong_arguments_are_said(arguments: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        HeadlinesSpider(**arguments)  # type: ignore[arg-type]  # as Scrapy's command line does


def test_only_the_reader_that_read_a_page_takes_its_server_at_its_word() -> None:
    held = Validators(
        etag='"a"', last_modified="Fri, 08 Nov 2024 12:00:00 GMT", reader=READER, read_at=NOON
    )
    asked = headers_for(
        replace(claim(), validators=held, found_on="http://wire.example/"), now=NOON
    )
    assert asked == {
        "Referer": "http://wire.example/",
        "If-None-Match": '"a"',
        "If-Modified-Since": "Fri, 08 Nov 2024 12:00:00 GMT",
    }
    for other in (replace(held, reader="0.0.1"), replace(held, read_at=NOON - TRUSTED)):
        assert headers_for(replace(claim(), validators=other), now=NOON) == {}
    assert headers_for(claim(), now=NOON) == {}


@pytest.mark.parametrize(
    ("status", "body", "kind", "expected"),
    [
        (304, b"", PageKind.LIST, True),
        (200, b"as it was", PageKind.LIST, True),
        (200, b"otherwise", PageKind.LIST, False),
        (503, b"as it was", PageKind.LIST, False),
        (304, b"", PageKind.POST, False),
    ],
)
def test_a_list_is_unchanged_by_its_servers_word_or_its_bytes(
    status: int, body: bytes, kind: PageKind, expected: bool
) -> None:
    held = Validators(etag=None, last_modified=None, reader=READER, digest=digest_of(b"as it was"))
    asked = replace(claim(kind), validators=held)
    response = Response("http://wire.example/", status=status, body=body)
    assert is_unchanged(response, asked) is expected
    by_another = replace(asked, validators=replace(held, reader="0.0.1"))
    assert not is_unchanged(response, by_another)
    assert not is_unchanged(response, claim(kind))
