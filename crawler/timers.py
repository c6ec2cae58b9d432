"""A crawl that is started by the clock: the lines that systemd and cron are told. Pure.

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

    @property
    def command(self) -> tuple[str, ...]:
        """The command that is run; errors only are printed."""
        return (self.program, "--archive", self.archive, "crawl", "--quiet", *self.options)


def name_of(archive: str) -> str:
    """Give the name of an archive's job: its last part to be read, its whole path to be unique."""
    slug = re.sub(r"[^a-z0-9]+", "-", PurePath(archive).name.lower()).strip("-")[:40] or "archive"
    return f"backfile-{slug}-{hashlib.sha256(archive.encode()).hexdigest()[:6]}"


def check(job: Job) -> None:
    """See that a job can be written in lines.

    Raises:
        UsageError: a part of its command has a line break or a control character.

    """
    for part in (*job.command, job.folder):
        if any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in part):
            raise UsageError(f"{part!r} cannot be scheduled: it has a control character")


def units(job: Job) -> Mapping[str, str]:
    """Give the files of a systemd timer: name ▸ text."""
    name = name_of(job.archive)
    times = [f"*-*-* {at:%H:%M}:00" for at in job.at] or [f"*-*-* *:{MINUTE:02}:00"]
    calendar = "\n".join(f"OnCalendar={moment}" for moment in times)
    title = job.archive.replace("%", "%%")
    return {
        f"{name}.service": f"""[Unit]
Description=Backfile: crawl {title}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
WorkingDirectory={job.folder.replace("%", "%%")}
ExecStart={" ".join(map(quoted, job.command))}
SuccessExitStatus={LOCKED}
TimeoutStopSec={STOPPING_SECONDS}
Nice=10
""",
        f"{name}.timer": f"""[Unit]
Description=Backfile: when to crawl {title}

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
    # cron takes a bare % for a line break.
    command = f"cd {shlex.quote(job.folder)} && {shlex.join(job.command)}".replace("%", "\\%")
    times = [f"{at.minute} {at.hour} * * *" for at in job.at] or [f"{MINUTE} * * * *"]
    first, last = marks(job.archive)
    return (first, *(f"{moment} {command}" for moment in times), last)


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
