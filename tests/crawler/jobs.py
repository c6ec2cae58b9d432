"""Does jobs one after the other in one process, each at a time of its own; for test_month.

    python -m tests.crawler.jobs ARCHIVE TIMEGATE

A line of stdin is when a job begins (ISO), a line of stdout what it did (JSON). The time goes on
while a job runs. All is as `backfile crawl` has it, but that one reactor serves all jobs: what a
command starts once in its process is started once for all of them.
"""

import json
import sys
import time
from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crawler.clock import Clock
    from crawler.job import Job
    from crawler.run import Process


def clock_from(start: datetime) -> "Clock":
    """Give a clock that shows `start` now, and goes on from there."""
    began = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - began)


def job_at(folder: Path, timegate: str, start: datetime) -> "Job":
    """Order the job that cron would have ordered."""
    from archive.configuration import read
    from crawler.commands.configured import scrapy_settings
    from crawler.job import Job
    from crawler.paging import Bounds
    from crawler.run import Network, WebArchive, crawl_settings

    configuration = read(folder)
    settings = crawl_settings(
        network=Network(delay=0, allow_private=True, hosts={"*.example": "127.0.0.1"}),
        web_archive=WebArchive(timegate=timegate, delay=0),
        progress=False,
        others=scrapy_settings(configuration),
    )
    return Job(
        folder=folder,
        configuration=configuration,
        settings=settings,
        bounds=Bounds(),
        resolve_most=20,
        clock=clock_from(start),
    )


def standing() -> "Callable[[Mapping[str, Any]], Process]":
    """Give what makes a job's process: its reactor is started once, and never stopped."""
    import asyncio

    from crawler.run import Process

    is_running = False

    class Standing(Process):
        def complete(self, work: Coroutine[Any, Any, None]) -> None:
            nonlocal is_running
            if not is_running:
                from twisted.internet import reactor

                self._setup_reactor(install_signal_handlers=False)
                reactor.startRunning(installSignalHandlers=False)
                is_running = True
            asyncio.get_event_loop().run_until_complete(work)

    return Standing


def done(job: "Job", process_of: "Callable[[Mapping[str, Any]], Process]") -> dict[str, Any]:
    """Do a job; gives its exit code and its summary, or its error."""
    from archive.errors import BackfileError
    from crawler.job import run
    from crawler.telling import end_row

    try:
        end = run(job, process_of=process_of)
    except BackfileError as error:
        return {"exit": error.exit_code, "error": str(error)}
    return {"exit": end.exit_code, "untold": list(end.untold), "summary": end_row(end)}


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def stop() -> None:
    """Stop what the reactor has started: its threads would keep the process."""
    import asyncio

    from twisted.internet import reactor

    reactor.stop()  # type: ignore[misc]  # Twisted declares it of a module
    asyncio.get_event_loop().run_forever()


def main() -> None:
    """Do the jobs that stdin orders, until it ends."""
    folder, timegate = Path(sys.argv[1]), sys.argv[2]
    process_of = standing()
    # Whoever orders waits for a first word, so that no job's time goes on while modules load.
    say("ready")
    for line in sys.stdin:
        job = job_at(folder, timegate, datetime.fromisoformat(line.strip()))
        say(json.dumps(done(job, process_of)))
    stop()


if __name__ == "__main__":
    main()
