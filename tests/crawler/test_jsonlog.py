"""The log for programs: an object a line, and no crawl is lost for it."""

import io
import json
import logging
from pathlib import Path

import pytest

from archive.errors import UsageError
from archive.records import PageKind, Verdict, VerdictKind
from crawler.items import Failed, ReadList, ReadPage, Unchanged
from crawler.jsonlog import JsonLines, JsonLog
from tests.crawler.made import NOON, claim, fetched, headline, list_page, reading


def test_each_event_is_a_line_with_its_time(tmp_path: Path) -> None:
    path = tmp_path / "log"
    log = JsonLog(JsonLines(str(path)), "INFO")
    log.opened()
    of_list = fetched(kind=PageKind.LIST)
    log.settled(ReadList(fetched=of_list, page=list_page(headline(), headline(1))))
    empty = Verdict(kind=VerdictKind.EMPTY, reason="no\nentries")
    log.settled(ReadList(fetched=of_list, page=list_page(), instead=empty))
    log.settled(ReadPage(fetched=fetched(), reading=reading(VerdictKind.CONSENT)))
    log.settled(Failed(claim=claim(), failed_at=NOON, reason="host not found \ud800"))
    log.settled(Unchanged(claim=claim(PageKind.LIST), asked_at=NOON))
    logging.getLogger("x.y").error("lost %s", "it\nall")
    logging.getLogger("x.y").debug("not asked for")
    log.closed("finished")
    logging.getLogger("x.y").error("after the end")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert all(line.pop("at").endswith("+00:00") for line in lines)
    about = {"source_id": 1, "url": "http://wire.example/a"}
    assert lines == [
        {"event": "begin"},
        {"event": "list", **about, "kind": "list", "status": 200, "headlines": 2, "reason": None},
        {
            "event": "list",
            **about,
            "kind": "list",
            "status": 200,
            "headlines": 0,
            "reason": "no\nentries",
        },
        {
            "event": "page",
            **about,
            "kind": "post",
            "status": 200,
            "verdict": "consent-wall",
            "reason": "it is a consent-wall",
        },
        {
            "event": "failed",
            **about,
            "kind": "post",
            "status": None,
            "reason": "host not found \ud800",
            "refused": False,
        },
        {"event": "unchanged", **about, "kind": "list", "status": 304},
        {"event": "log", "level": "ERROR", "logger": "x.y", "message": "lost it\nall"},
        {"event": "end", "reason": "finished"},
    ]


def test_a_log_is_added_to(tmp_path: Path) -> None:
    for number in range(2):
        lines = JsonLines(str(tmp_path / "log"))
        lines.write("begin", {"number": number})
        lines.close()
        lines.write("end", {})
    assert (tmp_path / "log").read_text().count("\n") == 2


def test_on_stderr_it_is_not_closed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = JsonLines("-")
    lines.write("begin", {})
    lines.close()
    assert json.loads(capsys.readouterr().err)["event"] == "begin"


def test_a_log_that_cannot_be_written_is_told_before(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cannot write .*: Is a directory"):
        JsonLines(str(tmp_path))


class Full(io.StringIO):
    """A file on a disk that is full."""

    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_a_log_that_cannot_be_written_on_ends_no_crawl(tmp_path: Path) -> None:
    lines = JsonLines(str(tmp_path / "log"))
    lines.close()
    lines.stream = Full()
    lines.write("begin", {})
    lines.write("end", {})
    assert lines.stream is None
