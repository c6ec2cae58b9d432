import shlex
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from crawler.timers import Job, check, cron_lines, name_of, quoted, times_of, units, with_job
from crawler.timers import without_job as without

JOB = Job(
    program="/opt/my apps/backfile",
    archive='/srv/50% of "cells"',
    at=(time(6), time(18, 30)),
    options=("--contact", "mailto:me@cells.example"),
    folder="/home/me",
)


def test_a_timer_starts_at_the_times_and_catches_up() -> None:
    (service, timer) = units(JOB).values()
    assert "OnCalendar=*-*-* 06:00:00\nOnCalendar=*-*-* 18:30:00" in timer
    assert "Persistent=true" in timer
    assert "SuccessExitStatus=3" in service
    assert (
        'ExecStart="/opt/my apps/backfile" "--archive" "/srv/50%% of \\"cells\\"" "crawl" "--quiet"'
        ' "--contact" "mailto:me@cells.example"' in service
    )
    hourly = Job(program="/b", archive="/a", at=())
    assert "OnCalendar=*-*-* *:17:00" in units(hourly)[f"{name_of('/a')}.timer"]


def test_a_crontab_line_is_what_a_shell_reads_back() -> None:
    _, first, second, _ = cron_lines(JOB)
    assert (first[:10], second[:11]) == ("0 6 * * * ", "30 18 * * *")
    words = shlex.split(first[10:].replace("\\%", "%"))
    assert words == ["cd", "/home/me", "&&", *JOB.command]


def test_two_archives_of_one_name_have_two_jobs() -> None:
    assert name_of("/a/cells") != name_of("/b/cells")
    assert name_of("/a/Zellen & Gewebe").startswith("backfile-zellen-gewebe-")
    assert name_of("/a/细胞").startswith("backfile-archive-")


LINES = st.lists(st.text(st.characters(exclude_categories=("C", "Z")), max_size=20))


@given(LINES, st.booleans())
def test_a_crontab_is_given_back_as_it_was(lines: list[str], ended: bool) -> None:
    before = "\n".join(lines) + ("\n" if ended and lines else "")
    scheduled = with_job(before, JOB)
    assert with_job(scheduled, JOB) == scheduled
    assert without(scheduled, JOB.archive).rstrip("\n") == before.rstrip("\n")
    other = Job(program="/b", archive="/other", at=(time(7),))
    assert without(with_job(scheduled, other), "/other") == scheduled


def test_times_of_the_day_are_read_in_order() -> None:
    assert times_of(["18:30", "6:00", "06:00"]) == (time(6), time(18, 30))
    for text in ("25:00", "noon", "6", "6:0:0", ""):
        with pytest.raises(UsageError, match="no time of the day"):
            times_of([text])


def test_what_cannot_be_a_line_is_refused() -> None:
    with pytest.raises(UsageError, match="control character"):
        check(Job(program="/b", archive="/a\n* * * * * rm", at=()))
    check(JOB)


def test_systemds_own_signs_are_escaped() -> None:
    assert quoted('a "b" \\ 5% $HOME') == '"a \\"b\\" \\\\ 5%% $$HOME"'
