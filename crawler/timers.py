"""A crawl, and weekly care, started by the clock: the lines that systemd and cron are told. Pure.

Writes and installs nothing; `installing` does.
"""

import hashlib
import re
import shlex
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import PurePath

from archive.errors import UsageError

# Exit code 3: another crawl holds the archive, which is no fault of a job that comes too early.
LOCKED = 3
# What is in flight is finished or given back; a page may take its whole time-out.
STOPPING_SECONDS = 300
# Many people's jobs begin at the hour; the sites that they ask are often the same.
DELAY_SECONDS = 300
# Minute of an hourly job.
MINUTE = 17
# Care beside an hourly job: at night, half an hour from the crawls before and after it.
NIGHT = time(3, 47)
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A crawl of one archive at fixed times of the day."""

    program: str
    """Absolute path of the command `backfile`."""
    archive: str
    """Absolute path of the archive's folder."""
    at: tuple[time, ...]
    """Times of the day where the machine is; none means every hour."""
    options: tuple[str, ...] = ()
    """What `crawl` is given besides."""
    folder: str = "/"
    """Absolute path of what the names of files among these count from."""
    care: tuple[str, ...] | None = None
    """What weekly `care` is given; None where there is none."""

    @property
    def command(self) -> tuple[str, ...]:
        """The command that is run; errors only are printed."""
        return (self.program, "--archive", self.archive, "crawl", "--quiet", *self.options)

    @property
    def care_command(self) -> tuple[str, ...]:
        """The command that is run once a week; faults only are printed."""
        return (self.program, "--archive", self.archive, "care", "--quiet", *(self.care or ()))

    @property
    def care_at(self) -> time:
        """When on Sundays, which is as far from crawls as can be: both want the archive alone."""
        if not self.at:
            return NIGHT
        minutes = [at.hour * 60 + at.minute for at in self.at]
        following = [*minutes[1:], minutes[0] + DAY_MINUTES]
        gap, begin = max((after - at, -at) for at, after in zip(minutes, following, strict=True))
        hour, minute = divmod((gap // 2 - begin) % DAY_MINUTES, 60)
        return time(hour, minute)


def name_of(archive: str) -> str:
    """Give the name of an archive's job: its last part to be read, its whole path to be unique."""
    slug = re.sub(r"[^a-z0-9]+", "-", PurePath(archive).name.lower()).strip("-")[:40] or "archive"
    return f"backfile-{slug}-{hashlib.sha256(archive.encode()).hexdigest()[:6]}"


def care_name_of(archive: str) -> str:
    """Give the name of an archive's weekly care."""
    return f"{name_of(archive)}-care"


def check(job: Job) -> None:
    """See that a job can be written in lines.

    Raises:
        UsageError: a part of its command has a line break or a control character.

    """
    for part in (*job.command, *job.care_command, job.folder):
        if any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in part):
            raise UsageError(f"{part!r} cannot be scheduled: it has a control character")


def units(job: Job) -> Mapping[str, str]:
    """Give the files of an archive's systemd timers: name ▸ text."""
    times = tuple(f"*-*-* {at:%H:%M}:00" for at in job.at) or (f"*-*-* *:{MINUTE:02}:00",)
    # A crawl that finds another one at work is no fault; care that was not taken is to be seen.
    crawled = _units(
        job, name_of(job.archive), "crawl", job.command, times, f"SuccessExitStatus={LOCKED}\n"
    )
    if job.care is None:
        return crawled
    weekly = (f"Sun *-*-* {job.care_at:%H:%M}:00",)
    return crawled | _units(job, care_name_of(job.archive), "care for", job.care_command, weekly)


def _units(
    job: Job, name: str, verb: str, command: Sequence[str], times: Sequence[str], more: str = ""
) -> dict[str, str]:
    title = job.archive.replace("%", "%%")
    calendar = "\n".join(f"OnCalendar={moment}" for moment in times)
    return {
        f"{name}.service": f"""[Unit]
Description=Backfile: {verb} {title}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={job.folder.replace("%", "%%")}
ExecStart={" ".join(map(quoted, command))}
{more}TimeoutStopSec={STOPPING_SECONDS}
Nice=10
""",
        f"{name}.timer": f"""[Unit]
Description=Backfile: when to {verb} {title}

[Timer]
{calendar}
RandomizedDelaySec={DELAY_SECONDS}
Persistent=true

[Install]
WantedBy=timers.target
""",
    }


def quoted(word: str) -> str:
    """Quote a word for systemd's ExecStart, which knows `%` and `$` too."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("%", "%%").replace("$", "$$") + '"'


def cron_lines(job: Job) -> tuple[str, ...]:
    """Give a job's lines of a crontab, between two comments by which they are found again."""
    times = [f"{at.minute} {at.hour} * * *" for at in job.at] or [f"{MINUTE} * * * *"]
    lines = [f"{moment} {_cron_command(job, job.command)}" for moment in times]
    if job.care is not None:
        at = job.care_at
        lines.append(f"{at.minute} {at.hour} * * 0 {_cron_command(job, job.care_command)}")
    first, last = marks(job.archive)
    return (first, *lines, last)


def _cron_command(job: Job, command: Sequence[str]) -> str:
    # cron takes a bare % for a line break.
    return f"cd {shlex.quote(job.folder)} && {shlex.join(command)}".replace("%", "\\%")


def marks(archive: str) -> tuple[str, str]:
    """Give the comments around an archive's lines in a crontab."""
    name = name_of(archive)
    return f"# {name}: {archive} (backfile schedule --remove)", f"# {name}: end"


def without_job(crontab: str, archive: str) -> str:
    """Give a crontab without an archive's lines."""
    first, last = marks(archive)
    kept: list[str] = []
    inside = False
    for line in crontab.splitlines(keepends=True):
        if line.strip() == first:
            inside = True
        elif inside:
            inside = line.strip() != last
        else:
            kept.append(line)
    return "".join(kept)


def with_job(crontab: str, job: Job) -> str:
    """Give a crontab with a job's lines, in place of those that the archive had."""
    others = without_job(crontab, job.archive)
    ended = others if not others or others.endswith("\n") else f"{others}\n"
    return ended + "".join(f"{line}\n" for line in cron_lines(job))


def times_of(texts: Sequence[str]) -> tuple[time, ...]:
    """Read times of the day, `6:00` or `18:30`, in order and each once.

    Raises:
        UsageError: one is no such time.

    """
    found = []
    for text in texts:
        hour, colon, minute = text.partition(":")
        try:
            found.append(time(int(hour), int(minute)) if colon else time.fromisoformat(""))
        except ValueError:
            raise UsageError(
                f"{text!r} is no time of the day: give hours and minutes, as 06:00"
            ) from None
    return tuple(sorted(set(found)))
