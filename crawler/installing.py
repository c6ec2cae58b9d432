"""A scheduled crawl, and weekly care, handed to systemd or cron. Acts; `timers` has the lines."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from archive.errors import BackfileError
from crawler.timers import (
    Job,
    care_name_of,
    cron_lines,
    name_of,
    units,
    with_job,
    without_job,
)

# Where a running systemd says that it is one.
RUNNING = Path("/run/systemd/system")
SYSTEM_UNITS = Path("/etc/systemd/system")
TIMER = ".timer"


class Systemd:
    """Timers of systemd: the machine's own for root, else the user's."""

    name = "systemd"

    def __init__(self, folder: Path | None = None) -> None:
        self.is_users = os.geteuid() != 0
        users = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        self.folder = folder or (users / "systemd/user" if self.is_users else SYSTEM_UNITS)

    @staticmethod
    def is_there() -> bool:
        """Tell whether systemd runs this machine."""
        return RUNNING.is_dir() and shutil.which("systemctl") is not None

    def shown(self, job: Job) -> str:
        """Give what would be written, file by file."""
        return "\n".join(f"# {self.folder / name}\n{text}" for name, text in units(job).items())

    def install(self, job: Job) -> None:
        """Write the files, have systemd check them, and start the timers.

        Care that the archive had before, and has no longer, is taken back.

        Raises:
            BackfileError: they could not be written, or systemd does not take them.

        """
        files = units(job)
        if job.care is None:
            self.remove_timer(care_name_of(job.archive))
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name, text in files.items():
                (self.folder / name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise BackfileError(f"{self.folder}: {error.strerror}") from error
        try:
            self.verify(job)
            self.control("daemon-reload")
            for name in files:
                if name.endswith(TIMER):
                    self.control("enable", "--now", name)
        except BackfileError:
            self.clear(job.archive)
            raise

    def verify(self, job: Job) -> None:
        """Have `systemd-analyze verify` read the files, where it is installed.

        Raises:
            BackfileError: it finds a fault.

        """
        if shutil.which("systemd-analyze") is None:
            return
        paths = [str(self.folder / name) for name in units(job)]
        # Without a session of its own (from cron, in a container) a user has no scope to look in.
        in_session = self.is_users and os.environ.get("XDG_RUNTIME_DIR")
        scope = ["--user"] if in_session else []
        said = run(["systemd-analyze", "verify", *scope, *paths])
        # It exits 0 after some faults too; what it says of other units is not ours to mend.
        fault = next((line for line in said.splitlines() if name_of(job.archive) in line), None)
        if fault:
            raise BackfileError(f"systemd-analyze: {fault}")

    def remove(self, archive: str) -> bool:
        """Stop the archive's timers and delete their files; tells whether there were any.

        Raises:
            BackfileError: they could not be deleted.

        """
        gone = [self.remove_timer(name) for name in (name_of(archive), care_name_of(archive))]
        return any(gone)

    def remove_timer(self, name: str) -> bool:
        """Stop one timer and delete its files; tells whether there were any.

        Raises:
            BackfileError: they could not be deleted.

        """
        paths = self.paths(name)
        if not any(path.exists() for path in paths):
            return False
        if self.is_there():
            self.control("disable", "--now", f"{name}{TIMER}")
        self.delete(paths)
        if self.is_there():
            self.control("daemon-reload")
        return True

    def clear(self, archive: str) -> None:
        """Delete the files of an archive's timers.

        Raises:
            BackfileError: they could not be deleted.

        """
        self.delete([*self.paths(name_of(archive)), *self.paths(care_name_of(archive))])

    def delete(self, paths: Sequence[Path]) -> None:
        """Delete files that are there.

        Raises:
            BackfileError: one could not be deleted.

        """
        try:
            for path in paths:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise BackfileError(f"{self.folder}: {error.strerror}") from error

    def paths(self, name: str) -> list[Path]:
        """Give the files of a timer."""
        return [self.folder / f"{name}{kind}" for kind in (".service", TIMER)]

    def control(self, *words: str) -> None:
        """Tell systemd something.

        Raises:
            BackfileError: it refuses.

        """
        run(["systemctl", *(["--user"] if self.is_users else []), *words])


class Cron:
    """The user's crontab."""

    name = "cron"

    @staticmethod
    def is_there() -> bool:
        """Tell whether cron is installed."""
        return shutil.which("crontab") is not None

    @staticmethod
    def shown(job: Job) -> str:
        """Give the lines that would be added."""
        return "\n".join(cron_lines(job))

    def install(self, job: Job) -> None:
        """Put the job's lines into the crontab.

        Raises:
            BackfileError: cron does not take them.

        """
        self.write(with_job(self.read(), job))

    def remove(self, archive: str) -> bool:
        """Take the archive's lines out; tells whether there were any.

        Raises:
            BackfileError: cron does not take the rest.

        """
        if not self.is_there():
            return False
        before = self.read()
        after = without_job(before, archive)
        if after != before:
            self.write(after)
        return after != before

    @staticmethod
    def read() -> str:
        """Give the crontab; empty where there is none.

        Raises:
            BackfileError: it cannot be read.

        """
        command = ["crontab", "-l"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  ours
        if done.returncode and "no crontab" not in done.stderr.lower():
            raise BackfileError(f"crontab -l: {first_line(done.stderr)}")
        return done.stdout if done.returncode == 0 else ""

    @staticmethod
    def write(text: str) -> None:
        """Make a text the crontab; an empty one takes it away.

        Raises:
            BackfileError: cron does not take it.

        """
        if text.strip():
            run(["crontab", "-"], given=text)
        else:
            run(["crontab", "-r"])


def run(command: Sequence[str], *, given: str | None = None) -> str:
    """Run a program of the system; gives what it says on stderr.

    Raises:
        BackfileError: it fails, with the first line of what it says.

    """
    done = subprocess.run(  # noqa: S603  the commands are this module's own
        command, input=given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = first_line(done.stderr or done.stdout) or f"exit code {done.returncode}"
        raise BackfileError(f"{command[0]}: {said}")
    return done.stderr


def first_line(text: str) -> str:
    """Give the first line of what a program said."""
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
