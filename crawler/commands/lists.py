"""The commands about lists: `add`, `crawl`, `resolve`.

Everything heavy is imported inside the command that needs it.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.configuration import SETTINGS, read
from archive.console import archive_option, echo_lines, json_options, print_json
from archive.terminal import harmless
from crawler.commands.configured import Configured, scrapy_settings
from crawler.commands.options import (
    NO_CREDENTIALS,
    has_credentials,
    network_options,
    web_archive_options,
)

if TYPE_CHECKING:
    from archive import Archive
    from archive.held import Resolved
    from archive.records import Door
    from crawler.asking import Answers
    from crawler.doors import Choice, View
    from crawler.resolve import Plan
    from crawler.run import Network, WebArchive


@click.command(cls=Configured)
@click.argument("url")
@click.option("--name", help="What to call the source; its address if not given.")
@click.option(
    "--as",
    "wanted",
    type=click.Choice(["list", "feed", "sitemap", "wordpress"]),
    help="Read the list through this door; the best one if not given.",
)
@click.option("--no-look", is_flag=True, help="Fetch nothing: add the address as it is.")
@network_options
@json_options
@archive_option
def add(
    archive: Path,
    url: str,
    name: str | None,
    wanted: str | None,
    network: "Network",
    *,
    no_look: bool,
    as_json: bool,
    as_jsonl: bool,
) -> None:
    """Add the page of a dated headline list as a source.

    Looks at the page and at the other doors to its list: feeds, sitemaps, WordPress' interface,
    JSON-LD. Says how many headlines each gives and how far back, and has the list read through
    the one that reaches furthest, unless --as says otherwise. A page that cannot be had, and has
    no other door, is not added. The archive is made if it is missing.

    \b
    Examples:
      backfile add https://cells.example/news/
      backfile add https://cells.example/news/ --name "Cell news" --as feed
      backfile add https://cells.example/feed.xml --as feed --no-look
    """
    from archive import Archive
    from archive.errors import UsageError
    from crawler.doors import door_of
    from crawler.reports import choice_lines, choice_rows, left_out_lines

    if not url.startswith(("http://", "https://")):
        raise UsageError(f"{url!r} is no web address: it should begin with http:// or https://")
    if has_credentials(url):
        raise UsageError(NO_CREDENTIALS)
    if no_look:
        door = door_of(url, wanted)
    else:
        views, choice = looked_at(url, wanted, network)
        if as_json or as_jsonl:
            print_json(choice_rows(views, choice), by_line=as_jsonl)
        else:
            echo_lines(choice_lines(views, choice))
        door = chosen_door(url, choice)
        if choice.view and choice.view.page:
            echo_lines(left_out_lines(choice.view.page.left_out), err=True)
    with Archive.open(archive, create=True, upgrade=True) as opened:
        source = opened.add_source(url, name=name, door=door, now=datetime.now(UTC))
    click.echo(f"source {source.id}: {source.name or source.url}", err=True)
    click.echo("`backfile crawl` fetches it", err=True)


def looked_at(
    url: str, wanted: str | None, network: "Network"
) -> tuple["tuple[View, ...]", "Choice"]:
    """Look at a page and its doors, and choose.

    Raises:
        UsageError: it is no web address.
        FetchError: the page could not be had.

    """
    from archive.errors import FetchError, UsageError
    from archive.urls import canonical_url
    from crawler.doors import choose
    from crawler.looking import look

    if canonical_url(url) is None:
        raise UsageError(f"{url!r} is no web address: it should begin with http:// or https://")
    try:
        views = look(url, network=network)
    except FetchError as error:
        raise FetchError(f"not added: {error}; --no-look adds it unseen") from error
    return views, choose(views, wanted=wanted)


def chosen_door(url: str, choice: "Choice") -> "Door":
    """Give the chosen door.

    Raises:
        FetchError: there is none.

    """
    from archive.errors import FetchError

    if choice.view is None:
        raise FetchError(f"{url} not added: {choice.reason}; --no-look adds it unseen")
    return choice.view.door


@click.command(cls=Configured)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--max-pages",
    type=click.IntRange(min=1),
    metavar="N",
    help="Read at most N list pages of each source; the rest waits for another time.",
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Follow lists back to this day; the rest waits for another time.",
)
@click.option(
    "--max-time",
    metavar="TIME",
    help="Ask for no more pages after so long (90s, 30m, 2h); the rest waits for another time.",
)
@click.option("--all", "every", is_flag=True, help="Visit every list, however lately it was.")
@click.option("--no-captures", is_flag=True, help="Keep no copies of the pages as they came.")
@click.option(
    "--reserve",
    type=click.IntRange(min=0),
    envvar="BACKFILE_RESERVE_MB",
    metavar="MB",
    help="Stop while so much is free on the disk (default 500); nothing is deleted.",
)
@click.option(
    "--budget",
    type=click.IntRange(min=1),
    envvar="BACKFILE_BUDGET_MB",
    metavar="MB",
    help="Stop when the archive takes so much; nothing is deleted.",
)
@click.option(
    "--resolve-most",
    type=click.IntRange(min=0),
    default=SETTINGS["crawl.resolve_most"].default,
    show_default=True,
    metavar="N",
    help="Ask sites for at most N headlines without a link; 0 asks none.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be fetched now; fetch nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@click.option(
    "--log-json",
    metavar="FILE",
    help="Add a log of JSON lines to this file; - is stderr, which then holds nothing else.",
)
@web_archive_options
@network_options
@json_options
@archive_option
def crawl(
    archive: Path,
    sources: tuple[str, ...],
    max_pages: int | None,
    since: datetime | None,
    max_time: str | None,
    reserve: int | None,
    budget: int | None,
    resolve_most: int,
    log_json: str | None,
    network: "Network",
    web_archive: "WebArchive",
    *,
    every: bool,
    no_captures: bool,
    dry_run: bool,
    quiet: bool,
    as_json: bool,
    as_jsonl: bool,
) -> int:
    """Follow the lists of the sources, and their headlines to the articles.

    SOURCE is a source's number, name or address. If none is given, the lists are visited that are
    due by their own rhythm: often where much is published, every few days where little is; --all
    visits every one that is not paused. What an earlier crawl left undone is done first, and
    headlines without a link are looked for among what is held, then by asking sites as `backfile
    resolve` does. Exits 1 when a list could not be read, or a source that the crawl is about is
    broken: `backfile status` says since when and why.

    \b
    Examples:
      backfile crawl
      backfile crawl --all
      backfile crawl "Cell news" --max-pages 3
      backfile crawl --max-time 2h
      backfile crawl --dry-run
      backfile crawl --no-mementos
      backfile crawl --contact mailto:me@cells.example --delay 5
    """
    from crawler import job, telling
    from crawler.jsonlog import STDERR, JsonLines
    from crawler.paging import Bounds, duration
    from crawler.run import crawl_settings

    if dry_run:
        show_plan(archive, sources, every=every, as_json=as_json, as_jsonl=as_jsonl)
        return 0
    configuration = read(archive)
    # A log that cannot be written is told before anything is fetched.
    log = JsonLines(log_json) if log_json else None
    is_silent = quiet or log_json == STDERR
    ordered = job.Job(
        folder=archive,
        configuration=configuration,
        settings=crawl_settings(
            network=network,
            web_archive=web_archive,
            captures=not no_captures,
            reserve=reserve,
            budget=budget,
            progress=not is_silent,
            log=log_json,
            others=scrapy_settings(configuration),
        ),
        bounds=Bounds(
            max_pages=max_pages,
            since=since.date() if since else None,
            max_time=duration(max_time) if max_time else None,
        ),
        named=sources,
        every=every,
        resolve_most=resolve_most,
        has_lookups=web_archive.is_asked,
        tell=say_nothing if is_silent else say,
    )
    end = job.run(ordered)
    if log is not None:
        log.write("summary", telling.end_row(end) | {"not_told": list(end.untold)})
        log.close()
    if as_json or as_jsonl:
        print_json([telling.end_row(end)], by_line=as_jsonl)
    elif not is_silent:
        echo_lines(telling.end_lines(end), err=True)
    if log_json != STDERR:
        echo_lines(telling.watch_lines(end.watched, problems_only=quiet), err=True)
        echo_lines((f"backfile: not told: {fault}" for fault in end.untold), err=True)
    return end.exit_code


def say(line: str) -> None:
    """Print a line of what there is to know before the end."""
    click.echo(harmless(line), err=True)


def say_nothing(_line: str) -> None:
    """Print nothing."""


def show_plan(
    folder: Path, named: tuple[str, ...], *, every: bool, as_json: bool, as_jsonl: bool
) -> None:
    """Show what a crawl would fetch now; the archive is read, and not locked."""
    from archive import Archive
    from crawler.planning import choose, chosen_lines, plan, plan_lines, plan_rows

    now = datetime.now(UTC)
    with Archive.open(folder, read_only=True) as opened:
        chosen = choose(opened, named, every=every, now=now)
        planned = plan(
            opened,
            sources=chosen.sources,
            imported=chosen.imported,
            visit=chosen.visit,
            now=now,
        )
    if not planned:
        echo_lines(chosen_lines(chosen), err=True)
    if as_json or as_jsonl:
        print_json(plan_rows(planned), by_line=as_jsonl)
    else:
        echo_lines(plan_lines(planned))


@click.command(cls=Configured)
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--offline", is_flag=True, help="Ask the archive only, no site.")
@click.option("--dry-run", is_flag=True, help="Show what would be resolved; store nothing.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="Ask sites for at most so many headlines; the rest waits for another run.",
)
@network_options
@json_options
@archive_option
def resolve(
    archive: Path,
    sources: tuple[str, ...],
    limit: int,
    network: "Network",
    *,
    offline: bool,
    dry_run: bool,
    as_json: bool,
    as_jsonl: bool,
) -> int:
    """Find the pages that headlines without a link mean, by title, day and publisher.

    Looks at the articles that are held and at other lists that print the same title with a link.
    For what stays open it asks the source's own site, and that of the publisher where the archive
    knows it: their feeds, WordPress' search, sitemaps; each for a headline once a day, with the
    manners of a crawl. What is found is stored with its evidence; its page is fetched by the next
    crawl if it is not held. What is ambiguous stays open: `show h12` shows the candidates.

    SOURCE is a source's number, name or address; all if none is given.

    \b
    Examples:
      backfile resolve
      backfile resolve list.txt --dry-run
      backfile resolve --offline --json
    """
    from archive import Archive, display, export
    from crawler.reports import asked_lines, paused_lines

    now, code = datetime.now(UTC), 0
    # Who asks sites holds the lock of a crawl: two at once would be twice as rude.
    alone = not (offline or dry_run)
    opening = Archive.crawling(archive, now=now) if alone else None
    with opening or Archive.open(archive, read_only=dry_run) as opened:
        chosen = tuple(opened.source(text).id for text in sources) or None
        done = opened.resolve(source_ids=chosen, dry_run=dry_run, now=now)
        if not offline:
            plan, answers = asked_sites(opened, done, network, limit)
            if answers is not None:
                again = opened.resolve(
                    source_ids=chosen, candidates=answers.found, dry_run=dry_run, now=now
                )
                done = tuple({each.held.id: each for each in (*done, *again)}.values())
                code = exit_code(answers)
                if not dry_run:
                    opened.note_lookups(answers.lookups, now=now)
            echo_lines(asked_lines(plan, answers), err=True)
        if not dry_run:
            echo_lines(paused_lines(done, opened.sources()), err=True)
    if as_json or as_jsonl:
        print_json(map(export.resolved, done), by_line=as_jsonl)
    else:
        echo_lines(display.resolved(done, dry_run=dry_run))
    return code


def asked_sites(
    archive: "Archive", done: "Iterable[Resolved]", network: "Network", limit: int
) -> "tuple[Plan, Answers | None]":
    """Ask sites for the headlines that are open still; None where there is nobody to ask."""
    from crawler.resolve import plan_from

    still_open = [each for each in done if each.resolution.url is None]
    decided = plan_from(archive, still_open, most=limit, now=datetime.now(UTC))
    if not decided.visits:
        return decided, None
    from crawler.asking import ask

    return decided, ask(decided, network=network, tell=say)


def exit_code(answers: "Answers") -> int:
    """Give the exit code of asking sites: 1 where none of them could be asked."""
    if answers.signal is not None:
        return 128 + answers.signal
    return 0 if any(asked.problem is None or asked.done for asked in answers.sites) else 1
