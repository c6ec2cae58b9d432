"""A line now and then for a large file, and none for a small one."""

from io import StringIO
from pathlib import Path

from archive.importing.state import Taken
from crawler.importing.meter import ANEW, Meter


class Clock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def told(*, live: bool, size: int | None = 4_000_000) -> str:
    stream, clock = StringIO(), Clock()
    meter = Meter(stream, live=live, clock=clock)
    meter.begin(Path("folder/big\x1b[31m.jsonl"), size)
    for second in range(30):
        clock.now = second
        meter.read(100_000)
    meter.take(Taken(articles=1_200, headlines=3, judged=800))
    clock.now += 10
    meter.read(1_000_000)
    meter.end()
    return stream.getvalue()


def test_elsewhere_a_line_every_ten_seconds() -> None:
    assert told(live=False).splitlines() == [
        "backfile: big.jsonl: 27 % of 4.0 MB read",
        "backfile: big.jsonl: 52 % of 4.0 MB read",
        (
            "backfile: big.jsonl: 100 % of 4.0 MB read; 1,200 articles and 3 headlines stored, "
            "800 looked at for their story"
        ),
    ]


def test_on_a_terminal_one_line_is_written_anew_and_taken_out() -> None:
    lines = told(live=True).split(ANEW)
    assert lines[1] == "big.jsonl: 5 % of 4.0 MB read"
    assert len(lines) == 32
    assert lines[-1] == ""
    assert "\n" not in "".join(lines)
    assert all(len(line) < 80 for line in lines)


def test_of_what_is_piped_in_no_part_is_known() -> None:
    assert told(live=False, size=None).startswith("backfile: big.jsonl: 1.1 MB read\n")


def test_a_small_file_leaves_nothing() -> None:
    stream = StringIO()
    meter = Meter(stream, live=True)
    meter.begin(Path("small.jsonl"), 10)
    meter.read(10)
    meter.end()
    assert stream.getvalue() == ""
