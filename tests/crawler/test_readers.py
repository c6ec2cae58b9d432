"""Reading in other processes: what a page can do to its reader, and what that does to a crawl."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.records import PageKind, PageReading, VerdictKind
from crawler import readers
from crawler.items import Fetched
from crawler.readers import ReaderFault, Readers, Unreadable
from tests.crawler.made import fetched

PAGE = b"""<html><head><title>Cells mend</title></head><body><article><h1>Cells mend</h1>
<p>Cells that were given time mended a torn tendon in nine of ten sheep, a clinic said today.</p>
<p>The sheep are well, and two of them have since climbed a hill that they used to avoid.</p>
<p>Whether people will climb likewise is what a trial is to show from the spring of next year.</p>
</article></body></html>"""


def sleep_for_ever(_: Fetched) -> None:
    time.sleep(600)


def end_abruptly(_: Fetched) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def leave(_: Fetched) -> None:
    os._exit(3)


def take_all_memory(_: Fetched) -> int:
    return len(b"x" * (readers.READER_BYTES + 1))


def raise_a_fault(_: Fetched) -> None:
    readers.guarded(int, "no number")


@pytest.fixture(scope="module")
def pool() -> Iterator[Readers]:
    with Readers(1) as running:
        yield running


def run(pool: Readers, function: Any) -> Any:
    return asyncio.run(pool._run(function, fetched(PAGE)))


def test_a_page_is_read_as_in_this_process(pool: Readers) -> None:
    reading = asyncio.run(pool.read_page(fetched(PAGE)))
    assert reading.verdict.kind is VerdictKind.ARTICLE
    assert reading.article is not None
    assert reading.article.title == "Cells mend"


def test_a_list_is_read(pool: Readers) -> None:
    items = b"".join(
        b'<li><a href="/%d">Cells mended a tendon, part %d</a> - November %d, 2024</li>' % (n, n, n)
        for n in range(1, 9)
    )
    asked = fetched(b"<html><body><ul>" + items + b"</ul></body></html>", kind=PageKind.LIST)
    page = asyncio.run(pool.read_list(asked))
    assert [h.url for h in page.headlines] == [f"http://wire.example/{n}" for n in range(1, 9)]


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (end_abruptly, "ended its process"),
        (take_all_memory, "out of memory"),
        (raise_a_fault, "ValueError"),
    ],
)
def test_what_breaks_a_reader_is_named_and_the_next_page_is_read(
    pool: Readers, function: Any, reason: str
) -> None:
    with pytest.raises(Unreadable, match=reason):
        run(pool, function)
    assert asyncio.run(pool.read_page(fetched(PAGE))).article is not None


def test_a_page_that_takes_too_long_costs_its_reader(
    pool: Readers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "PAGE_SECONDS", 0.5)
    with pytest.raises(Unreadable, match="longer than"):
        run(pool, sleep_for_ever)
    monkeypatch.undo()
    assert asyncio.run(pool.read_page(fetched(PAGE))).article is not None


def who(_: Fetched) -> int:
    return os.getpid()


def killed(pid: int) -> None:
    """Kill a process and wait until it is gone."""
    os.kill(pid, signal.SIGKILL)
    for _ in range(100):
        if not running(pid):
            # Its other thread may hold the pipe for a moment longer.
            time.sleep(0.1)
            return
        time.sleep(0.02)
    pytest.fail(f"process {pid} is still there")


def test_readers_that_are_killed_while_they_wait_are_replaced_unnoticed() -> None:
    with Readers(2) as pool:
        for _ in range(3):
            for pid in {run(pool, who) for _ in range(4)}:
                killed(pid)
            assert asyncio.run(pool.read_page(fetched(PAGE))).article is not None


def test_no_process_is_killed_by_the_number_of_one_that_is_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Readers(1) as pool:
        killed(run(pool, who))
        signals: list[int] = []
        monkeypatch.setattr(os, "kill", lambda pid, _: signals.append(pid))
        run(pool, who)
        with pytest.raises(Unreadable):
            run(pool, leave)
        run(pool, who)
        assert signals == []
        monkeypatch.undo()


def test_a_killed_fork_server_is_replaced_when_a_reader_is_needed() -> None:
    with Readers(1) as pool:
        first = run(pool, who)
        killed(int(Path(f"/proc/{first}/stat").read_text().rpartition(")")[2].split()[1]))
        assert run(pool, who) == first
        killed(first)
        assert run(pool, who) != first
        assert asyncio.run(pool.read_page(fetched(PAGE))).article is not None
    assert not running(first)


def test_of_readers_that_are_killed_at_work_only_their_pages_are_lost() -> None:
    async def read_all(pool: Readers) -> list[object]:
        ways = [end_abruptly if n % 9 == 5 else readers.reading_of for n in range(45)]
        reading = [pool._run(way, fetched(PAGE)) for way in ways]
        return await asyncio.gather(*reading, return_exceptions=True)

    with Readers(2) as pool:
        came = asyncio.run(read_all(pool))
    assert [n for n, each in enumerate(came) if isinstance(each, Unreadable)] == [5, 14, 23, 32, 41]
    assert sum(isinstance(each, PageReading) for each in came) == 40


def test_a_reader_leaves_it_to_the_crawl_when_to_stop(pool: Readers) -> None:
    pid = run(pool, who)
    for one in (signal.SIGINT, signal.SIGTERM):
        os.kill(pid, one)
    time.sleep(0.1)
    assert run(pool, who) == pid


def test_readers_begin_afresh_after_their_share_of_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "PAGES_PER_READER", 3)
    with Readers(1) as pool:
        pids = [run(pool, who) for _ in range(7)]
        assert len(set(pids)) == 3
        assert not running(pids[0])


def test_what_is_being_read_does_not_keep_readers_from_being_closed() -> None:
    async def close_soon(pool: Readers) -> None:
        reading = asyncio.ensure_future(pool._run(sleep_for_ever, fetched(PAGE)))
        await asyncio.sleep(1)
        await asyncio.wait_for(asyncio.to_thread(pool.close), 5)
        with pytest.raises(Unreadable, match="ended its process"):
            await reading

    asyncio.run(close_soon(Readers(1)))


def test_the_declared_encoding_reaches_the_reader(pool: Readers) -> None:
    body = PAGE.decode().replace("mended", "m\u00e9nded").encode("cp1252")
    page = replace(fetched(body), headers={"content-type": "text/html; charset=windows-1252"})
    reading = asyncio.run(pool.read_page(page))
    assert reading.article is not None
    assert "m\u00e9nded" in reading.article.text


def test_a_fault_travels_as_text() -> None:
    with pytest.raises(ReaderFault, match="ValueError: invalid literal"):
        raise_a_fault(fetched())


LONE_PARENT = """
import asyncio, os, sys
from crawler.readers import Readers

def who(_): return os.getpid()

if __name__ == "__main__":
    pool = Readers(1)
    print(asyncio.run(pool._run(who, None)), flush=True)
    sys.stdin.read()
"""


def test_a_reader_does_not_outlive_a_killed_parent(tmp_path: Any) -> None:
    script = tmp_path / "lone_parent.py"
    script.write_text(LONE_PARENT)
    parent = subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    for _ in range(100):
        if not running(worker):
            return
        time.sleep(0.05)
    pytest.fail(f"process {worker} is still there")


def running(pid: int) -> bool:
    """Tell whether a process is there and no zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def test_what_reads_is_loaded_before_the_first_page() -> None:
    loaded = "set(__import__('sys').modules)"
    with Readers(1) as fresh:
        assert set(readers.PRELOADED) <= asyncio.run(fresh._run(eval, loaded))
