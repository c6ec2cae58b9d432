"""What is shown while a crawl runs."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest
from rich.console import Console

from archive import Archive
from archive.records import Decision, DecisionKind, ListOutcome, PageKind
from crawler import progress
from crawler.progress import Progress, account_line
from crawler.spiders.headlines import HeadlinesSpider
from crawler.tally import Tally
from tests.crawler.made import NOON, claim, fetched, headline, list_page, reading


class Stub:
    """What the display asks of a spider."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.tally = Tally()
        self.left = 30

    def clock(self) -> datetime:
        return NOON

    def waiting(self) -> int:
        return self.left

    def waiting_of(self, source_id: int) -> int:
        return self.left // source_id


@pytest.fixture
def spider(tmp_path: Path) -> Stub:
    with Archive.open(tmp_path, create=True) as archive:
        archive.add_source("http://wire.example/", name="Wire [bold]\x1b[31m", now=NOON)
        archive.add_source("http://hill.example/", now=NOON)
        sources = archive.sources()
    stub = Stub(archive)
    archive.sources = lambda: sources  # type: ignore[method-assign]  # it is closed by now
    return stub


def read_pages(tally: Tally, source_id: int, count: int) -> None:
    of = replace(claim(PageKind.LIST), source_id=source_id)
    tally.listed(of, list_page(headline()), ListOutcome(found=1, new=1, queued=1), None)
    page = replace(fetched(), claim=replace(claim(), source_id=source_id))
    for _ in range(count):
        tally.read(page, reading(), Decision(kind=DecisionKind.NEW, article_id=1, reason="so"))


def as_spider(stub: Stub) -> HeadlinesSpider:
    return cast("HeadlinesSpider", stub)


def test_without_a_terminal_lines_are_plain(
    spider: Stub, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = Progress(live=False)
    shown.opened(as_spider(spider))
    read_pages(spider.tally, 1, 2)
    shown.advanced(as_spider(spider))
    assert capsys.readouterr().err == ""
    shown.shown -= progress.PLAIN_EVERY
    shown.advanced(as_spider(spider))
    shown.closed(as_spider(spider))
    assert capsys.readouterr().err == (
        "backfile: 1 list pages, 1 headlines back to 2024-11-08, 2 articles, 0 failed, 30 waiting\n"
    )


def test_on_a_terminal_each_source_has_its_line(spider: Stub) -> None:
    shown = Progress(live=True)
    shown.opened(as_spider(spider))
    assert shown.display is not None
    try:
        read_pages(spider.tally, 1, 2)
        shown.show(as_spider(spider))
        assert "\n" not in shown.display.tasks[0].description
        read_pages(spider.tally, 2, 7)
        shown.started -= 10
        shown.show(as_spider(spider))
        task = shown.display.tasks[0]
        console = Console(width=120, force_terminal=False)
        with console.capture() as capture:
            console.print(shown.display.get_renderable())
    finally:
        shown.display.stop()
    first, second = task.description.splitlines()[1:]
    assert first.startswith(
        "  Wire [bold]: 3 pages, 2 new, 0 changed, 0 unchanged, 0 failed, 0.3/s"
    )
    assert first.endswith(" left")
    assert second.startswith("  http://hill.example/: 8 pages, 7 new")
    assert task.total == spider.tally.settled + 30
    assert "Wire [bold]: 3 pages" in capture.get()
    assert "\x1b" not in task.description


def test_of_many_sources_those_at_work_are_shown(
    spider: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "SOURCES_SHOWN", 2)
    shown = Progress(live=True)
    for source_id in range(1, 6):
        read_pages(spider.tally, source_id, source_id)
    assert [line.split(":")[0].strip() for line in shown.source_lines(as_spider(spider))] == [
        "4",
        "5",
    ]
    read_pages(spider.tally, 1, 3)
    read_pages(spider.tally, 3, 3)
    assert [line.split(":")[0].strip() for line in shown.source_lines(as_spider(spider))] == [
        "1",
        "3",
    ]


def test_what_is_left_is_said_once_a_rate_is_known() -> None:
    tally = Tally()
    read_pages(tally, 1, 19)
    account = tally.accounts[1]
    account.settled = 20
    assert account_line("A", account, 10.0, 2400, now=NOON).endswith("2.0/s, 20 minutes left")
    assert account_line("A", account, 10.0, 0, now=NOON).endswith("2.0/s")
    assert account_line("A", account, 0.0, None, now=NOON).endswith("0.0/s")
