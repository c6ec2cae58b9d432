"""A month of daily jobs that nobody watches, in seconds: at its end all is as it happened.

The newsstand prints something every day. One list is redesigned, one walls itself off, one dies; an
article is edited and posted again, a post is withdrawn, another printed with another title, two
links are dead when they come; one job is killed, and one finds another at work.
"""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from tests.crawler.test_run import backfile, rows
from tests.newsstand import Lead, Newsstand

# The day before the first job is the last that the newsstand has printed by then.
START = date(2024, 11, 9)
DAYS = 30
LISTS = ("archive", "blog", "feed", "json")
LABNOTES, HARBOUR, ASSAY = "labnotes.example", "harbourbusiness.example", "dailyassay.example"
POLDER, QUARRY = "polderpost.example", "oldquarry.example"
# Whose lists are read beside the aggregator's; each prints every third day.
TURNS = (LABNOTES, HARBOUR, ASSAY)
KILLED, OVERLAPPED = 10, 26
REDESIGNED, WALLED, DEAD = 12, 15, 20
# When the killed job is begun again: sooner than the claims of who was killed end by themselves.
AGAIN = timedelta(minutes=5)
FERRY = "Zwerdling ferry to the islands sails on Sundays again"
# As long as a post has to be to be taken for an article: it shows the first two.
FERRIES = (
    (
        "The ferry Zwerdling sails at noon from the old pier, as it did until the storm of March "
        "took the landing stage with it, and two of the lamps."
    ),
    (
        "Islanders had waited for it since then, and had their bread brought over by fishermen, "
        "who were glad of the work and sorry for the bread."
    ),
    "The first boat carried eleven passengers, a piano, and the letters of half a year.",
)
SECOND_THOUGHTS = (
    "All was different, say those who were there: nobody had measured anything before June.",
    "Nobody who was asked remembers the first account, and the pictures were taken down.",
)


def day_of(number: int) -> date:
    return START + timedelta(days=number - 1)


def morning(number: int) -> datetime:
    """When the job of a day begins."""
    return datetime(*day_of(number).timetuple()[:3], 6, tzinfo=UTC)


def number_of(moment: str | None) -> int | None:
    """Give the day of the month on which something was; None where there is no time."""
    return None if moment is None else (date.fromisoformat(moment[:10]) - START).days + 1


class Worker:
    """A process that does jobs when it is told to; see `tests.crawler.jobs`."""

    def __init__(self, archive: Path, stand: Newsstand) -> None:
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-W", "error", "-m", "tests.crawler.jobs"),
                *(str(archive), stand.timegate),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def begin(self, number: int, *, after: timedelta = timedelta()) -> None:
        """Begin the job of a day, or another one somewhat later."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{(morning(number) + after).isoformat()}\n")
        self.process.stdin.flush()

    def end(self) -> dict[str, Any]:
        """Wait for the job's end; gives what it did."""
        line = self._line()
        told: dict[str, Any] = json.loads(line)
        return told

    def ready(self) -> None:
        """Wait until a job can be begun."""
        assert self._line() == "ready\n"

    def _line(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            assert self.process.stderr is not None
            pytest.fail(self.process.stderr.read())
        return line

    def close(self) -> str:
        """Have it end, however busy it is; gives what it has printed as errors."""
        _, said = self.process.communicate(timeout=30)
        return said


@contextmanager
def worker(archive: Path, stand: Newsstand) -> Iterator[Worker]:
    made = Worker(archive, stand)
    try:
        made.ready()
        yield made
    finally:
        made.process.kill()
        made.process.communicate()


@dataclass
class Month:
    """What happened, and what the jobs made of it."""

    stand: Newsstand
    archive: Path
    leads: dict[int, Lead] = field(default_factory=dict)
    """Day ▸ what was printed in turn."""
    others: dict[str, Lead] = field(default_factory=dict)
    ends: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Day ▸ what the job says that it did."""
    first_account: tuple[str, ...] = ()
    """What the edited article said before."""
    killed: int | None = None
    refused: dict[str, Any] = field(default_factory=dict)
    said: str = ""
    """What the jobs have printed as errors."""

    @property
    def notices(self) -> list[dict[str, Any]]:
        lines = (self.archive.parent / "notices").read_text().splitlines()
        return [json.loads(line) for line in lines]

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return rows(self.archive, sql)


def publish(month: Month, host: str, number: int, **words: Any) -> Lead:
    """Print an article, and its headline, on the day before a job."""
    return month.stand.publish(host=host, day=day_of(number) - timedelta(days=1), **words)


def ferry(month: Month) -> None:
    month.others["ferry"] = publish(month, POLDER, 5, title=FERRY, paragraphs=FERRIES)


def withdraw(month: Month) -> None:
    month.stand.withdraw(month.leads[5].post)
    month.stand.reprint(month.leads[4], "Another title for an old line")


def lose(month: Month) -> None:
    """Print a line whose post is dead by now; the web archive has it."""
    month.others["archived"] = lead = publish(month, QUARRY, 8)
    month.stand.remember(lead.post, morning(8) - timedelta(hours=9))
    month.stand.misbehave(lead.post, "404")


def lose_for_good(month: Month) -> None:
    month.others["lost"] = lead = publish(month, QUARRY, 9)
    month.stand.misbehave(lead.post, "410")


def redesign(month: Month) -> None:
    month.stand.misbehave(month.stand.lists["blog"], "redesigned")


def edit(month: Month) -> None:
    """Change an article, and print another headline that leads to it."""
    edited = month.leads[3]
    month.first_account = month.stand.truth[edited.article].paragraphs
    month.stand.edit(edited.article, paragraphs=SECOND_THOUGHTS)
    month.others["again"] = again = publish(month, POLDER, 13)
    month.stand.point(again, edited.article)


def wall_off(month: Month) -> None:
    month.stand.misbehave(month.stand.lists["feed"], "consent")


def die(month: Month) -> None:
    month.stand.misbehave(month.stand.lists["json"], "404")


EVENTS: Mapping[int, Callable[[Month], None]] = {
    5: ferry,
    7: withdraw,
    8: lose,
    9: lose_for_good,
    REDESIGNED: redesign,
    13: edit,
    WALLED: wall_off,
    DEAD: die,
}


def held_back(month: Month, number: int) -> str:
    """Have the article of a day not come while the gate is closed; gives its place."""
    lead = month.leads[number]
    month.stand.gate.clear()
    month.stand.misbehave(lead.article, "held")
    return lead.article.partition("//")[2].partition("/")[2]


def wait_for(month: Month, path: str) -> None:
    """Wait until a page was asked for."""
    deadline = time.monotonic() + 60
    while not any(path in entry.path for entry in month.stand.log):
        assert time.monotonic() < deadline, f"{path} was not asked for"
        time.sleep(0.01)


def kill(month: Month) -> None:
    """Kill a job while a page is on its way."""
    path = held_back(month, KILLED)
    with worker(month.archive, month.stand) as victim:
        victim.begin(KILLED)
        wait_for(month, path)
        victim.process.kill()
        month.killed = victim.process.wait(30)
    month.stand.gate.set()


def overlap(month: Month, main: Worker) -> None:
    """Begin a job while another is at work."""
    path = held_back(month, OVERLAPPED)
    with worker(month.archive, month.stand) as late:
        main.begin(OVERLAPPED)
        wait_for(month, path)
        late.begin(OVERLAPPED)
        month.refused = late.end()
    month.stand.gate.set()
    month.ends[OVERLAPPED] = main.end()


def live(month: Month) -> None:
    """Let the month pass."""
    with worker(month.archive, month.stand) as main:
        for number in range(1, DAYS + 1):
            if number > 1:
                month.leads[number] = publish(month, TURNS[number % 3], number)
            if number in EVENTS:
                EVENTS[number](month)
            if number == KILLED:
                kill(month)
                main.begin(number, after=AGAIN)
                month.ends[number] = main.end()
            elif number == OVERLAPPED:
                overlap(month, main)
            else:
                main.begin(number)
                month.ends[number] = main.end()
        month.said = main.close()


def prepared(stand: Newsstand, folder: Path) -> Month:
    """Give an archive with four lists, a saved search, and a command that notices are told to."""
    archive = folder / "archive"
    with Archive.open(archive, create=True) as opened:
        for name in LISTS:
            opened.add_source(stand.lists[name], name=name, now=morning(0))
    backfile(archive, "watch", "add", "ferries", "zwerdling")
    command = json.dumps(["sh", "-c", f"cat >> '{folder}/notices'; echo >> '{folder}/notices'"])
    (archive / "backfile.toml").write_text(
        f"[crawl]\nreaders = 1\n\n[notify]\ncommand = {command}\n", encoding="utf-8"
    )
    return Month(stand=stand, archive=archive)


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Month]:
    with Newsstand(articles=6, lists=1, shortened=True) as stand:
        month = prepared(stand, tmp_path_factory.mktemp("month"))
        for number in range(-10, 2):
            # The blog's page shows six, the others' what there is.
            publish(month, LABNOTES if number % 2 else TURNS[1 + number // 2 % 2], number)
        live(month)
        yield month


def test_every_job_ends_as_it_went(month: Month) -> None:
    assert month.killed == -signal.SIGKILL
    assert month.refused["exit"] == 3
    assert "is being crawled by process" in month.refused["error"]
    # The redesigned list is known to be broken once two of its readings were short.
    exits = {n: int(n >= REDESIGNED + 3) for n in range(1, DAYS + 1)}
    assert {n: end["exit"] for n, end in month.ends.items()} == exits
    assert [end["untold"] for end in month.ends.values() if end["untold"]] == []
    assert month.said == ""


def test_every_job_leaves_its_record(month: Month) -> None:
    held = month.rows("SELECT started_at, ended_at, ended FROM crawls ORDER BY id")
    expected: list[tuple[int, int | None, str]] = [(n, n, "done") for n in range(1, DAYS + 1)]
    expected.insert(KILLED - 1, (KILLED, None, "killed"))
    assert [(number_of(begun), number_of(over), ended) for begun, over, ended in held] == expected


def test_the_archive_holds_all_that_was_to_be_had_and_each_once(month: Month) -> None:
    lost, again = month.others["lost"], month.others["again"]
    printed = [lead for lead in month.stand.leads() if lead.number != lost.number]
    wanted = {lead.post for lead in printed}
    wanted |= {lead.article for lead in printed if lead.number != again.number}
    held = {
        url: (title, text)
        for url, title, text in month.rows("SELECT url, title, text FROM articles")
    }
    assert set(held) == wanted
    assert month.rows("SELECT count(*) FROM articles") == [(len(wanted),)]
    compared = {url: truth for url, truth in month.stand.truth.items() if url in held}
    # The withdrawn post alone cannot be asked for any more.
    assert wanted - set(compared) == {month.leads[5].post}
    for url, truth in compared.items():
        title, text = held[url]
        # A post keeps the title that it was stored with when its list prints another.
        assert title == truth.title or url == month.leads[4].post, url
        assert [p for p in truth.paragraphs if p not in text] == [], url


def test_no_day_is_the_jobs(month: Month) -> None:
    """What was printed on a day is not dated by when it was fetched, nor by this machine."""
    days = dict(month.rows("SELECT url, substr(published, 1, 10) FROM articles"))
    for lead in month.stand.leads():
        if lead.post in days:
            assert days[lead.post] == str(lead.day), lead.post
    first = {number_of(at) for (at,) in month.rows("SELECT DISTINCT first_seen FROM articles")}
    assert first <= set(range(1, DAYS + 1))
    # The page that was on its way when the job was killed came as soon as another began.
    late = f"SELECT first_seen FROM articles WHERE url = '{month.leads[KILLED].article}'"
    ((came,),) = month.rows(late)
    assert came.startswith((morning(KILLED) + AGAIN).isoformat()[:16])


def test_what_was_changed_keeps_what_it_was(month: Month) -> None:
    ((article, replaced, before),) = month.rows(
        "SELECT article_id, replaced_at, text FROM versions"
    )
    ((url, now),) = month.rows(f"SELECT url, text FROM articles WHERE id = {article}")
    assert (url, number_of(replaced)) == (month.leads[3].article, 13)
    assert [p for p in month.first_account if p not in before] == []
    assert [p for p in SECOND_THOUGHTS if p not in now] == []
    assert not [p for p in SECOND_THOUGHTS if p in before]


def test_what_changed_in_the_lists_is_told(month: Month) -> None:
    with Archive.open(month.archive, read_only=True) as archive:
        changes = archive.changes(limit=1000)
    told = {
        (each.kind.value, each.url, number_of(each.at.isoformat()))
        for each in changes
        if each.kind.value != "added"
    }
    assert told == {
        ("withdrawn", month.leads[5].post, 7),
        ("retitled", month.leads[4].post, 7),
    }


def test_dead_links_are_looked_up_once(month: Month) -> None:
    archived, lost = month.others["archived"], month.others["lost"]
    # Both lines are read on the same day: the list is not visited every day at first.
    assert set(month.rows("SELECT url, state FROM mementos")) == {
        (archived.post, "found"),
        (lost.post, "none"),
    }
    mementos = month.rows("SELECT url FROM articles WHERE memento_url IS NOT NULL")
    assert mementos == [(archived.post,)]
    asked = [entry.path for entry in month.stand.log if entry.host == "keepsake.example"]
    assert sum(lost.post in path for path in asked) == 1


# The list that dies prints every third day, and was visited as often: two days after its death.
FOUND_DEAD = DEAD + 2
HEALTH = [("well", 1), ("fewer", REDESIGNED), ("walled", WALLED), ("dead", FOUND_DEAD)]


def test_each_source_stands_as_it_does(month: Month) -> None:
    health = month.ends[DAYS]["summary"]["health"]
    assert [(each["state"], number_of(each["since"])) for each in health] == HEALTH
    (status,) = json.loads(backfile(month.archive, "status", "--json").stdout)
    assert [each["state"] for each in status["source_health"]] == [state for state, _ in HEALTH]


def test_a_broken_list_is_asked_for_every_day(month: Month) -> None:
    asked = month.rows(
        "SELECT source_id, started_at FROM crawl_sources JOIN crawls ON crawls.id = crawl_id "
        "WHERE list_trouble IS NOT NULL ORDER BY source_id, started_at"
    )
    assert [(source, number_of(at)) for source, at in asked] == [
        *((3, number) for number in range(WALLED, DAYS + 1)),
        *((4, number) for number in range(FOUND_DEAD, DAYS + 1)),
    ]


def test_the_owner_is_told_of_each_once(month: Month) -> None:
    told = [
        (
            [(each["name"], each["state"], number_of(each["since"])) for each in notice["sources"]],
            [(each["name"], each["new"]) for each in notice["watches"]],
        )
        for notice in month.notices
    ]
    assert told == [
        ([], [("ferries", 1)]),
        ([("blog", "fewer", REDESIGNED)], []),
        ([("feed", "walled", WALLED)], []),
        ([("json", "dead", FOUND_DEAD)], []),
    ]


def test_the_owner_is_told_as_soon_as_it_is_sure(month: Month) -> None:
    """Of fewer headlines at the second reading that was short, else after three days in a row."""
    held = month.rows("SELECT state, told_at FROM notices ORDER BY told_at")
    assert [(state, number_of(at)) for state, at in held] == [
        ("fewer", REDESIGNED + 3),
        ("walled", WALLED + 2),
        ("dead", FOUND_DEAD + 2),
    ]
    for number in (WALLED, WALLED + 1):
        assert month.ends[number]["summary"]["health"][2]["state"] == "failed"


def test_a_story_is_told_by_one_job(month: Month) -> None:
    hits = {
        number: each["new"]
        for number, end in month.ends.items()
        for each in end["summary"]["watches"]
        if each["new"]
    }
    assert hits == {5: 1}
    feed = (month.archive / "feeds" / "ferries.atom").read_text(encoding="utf-8")
    assert feed.count("</entry>") == 1
    assert FERRY in feed
