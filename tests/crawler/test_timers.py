import shlex
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UsageError
from crawler.timers import (
    Job,
    care_name_of,
    check,
    cron_lines,
    name_of,
    quoted,
    times_of,
    units,
    with_job,
)
from crawler.timers import without_job as without

CARED = Job(
    program="/opt/my apps/backfile",
    archive='/srv/50% of "cells"',
    at=(time(6),),
    care=("--backup", "/srv/back ups"),
)
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


def test_care_is_a_timer_of_its_own_once_a_week() -> None:
    files = units(CARED)
    assert len(files) == 4
    name = care_name_of(CARED.archive)
    assert "OnCalendar=Sun *-*-* 18:00:00\n" in files[f"{name}.timer"]
    service = files[f"{name}.service"]
    assert '"/srv/50%% of \\"cells\\"" "care" "--quiet" "--backup" "/srv/back ups"' in service
    assert "SuccessExitStatus" not in service
    crawling = {key: text for key, text in files.items() if "-care." not in key}
    assert all("Sun" not in text and '"care"' not in text for text in crawling.values())


def test_care_is_a_line_of_its_own_between_the_same_marks() -> None:
    first, crawling, caring, last = cron_lines(CARED)
    assert " crawl " in crawling
    assert caring.startswith("0 18 * * 0 ")
    words = shlex.split(caring.replace("\\%", "%"))
    assert words[5:] == ["cd", "/", "&&", *CARED.care_command]
    uncared = with_job(with_job("", CARED), JOB)
    assert "care" not in uncared
    assert (first, last) == (cron_lines(JOB)[0], cron_lines(JOB)[-1])


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ((), time(3, 47)),
        ((time(6),), time(18)),
        ((time(18),), time(6)),
        ((time(6), time(18, 30)), time(12, 15)),
        ((time(0), time(23)), time(11, 30)),
        ((time(2), time(4), time(23)), time(13, 30)),
    ],
)
def test_care_is_as_far_from_crawls_as_can_be(at: tuple[time, ...], expected: time) -> None:
    assert Job(program="/b", archive="/a", at=at, care=()).care_at == expected


@given(st.sets(st.times(timezones=st.none()).map(lambda t: t.replace(second=0, microsecond=0))))
def test_no_other_minute_is_farther_from_crawls(times: set[time]) -> None:
    def minutes(at: time) -> int:
        return at.hour * 60 + at.minute

    def distance(minute: int) -> int:
        return min(min((minute - each) % 1440, (each - minute) % 1440) for each in held)

    held = [minutes(at) for at in times]
    if held:
        job = Job(program="/b", archive="/a", at=tuple(sorted(times)), care=())
        assert distance(minutes(job.care_at)) == max(map(distance, range(1440)))


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
