"""The command `backfile`: the archive's own commands, and those that need the crawler.

Everything heavy is imported inside the command that needs it: `backfile search` must start at
once. Reads options and prints; the work is done elsewhere.
"""

import functools
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from archive.cli import COMMANDS
from archive.console import archive_option, json_options, print_json, run

if TYPE_CHECKING:
    from archive import Archive
    from archive.records import Door
    from crawler.doors import Choice, View
    from crawler.items import Fetched
    from crawler.run import Network


T = TypeVar("T")

NETWORK_OPTIONS = (
    click.option(
        "--contact",
        envvar="BACKFILE_CONTACT",
        metavar="TEXT",
        help="A mail or web address for the user agent, so that sites can reach you.",
    ),
    click.option(
        "--delay",
        type=click.FloatRange(min=0),
        metavar="SECONDS",
        help="Pause between two requests to one host (default 1; 0 only for your own hosts).",
    ),
    click.option(
        "--allow-private",
        is_flag=True,
        help="Fetch from private and loopback addresses too (an intranet).",
    ),
    click.option(
        "--resolve",
        "hosts",
        multiple=True,
        metavar="HOST=ADDRESS",
        help="Use this address for a host, or for *.DOMAIN, instead of asking DNS.",
    ),
    click.option("-v", "--verbose", is_flag=True, help="Log what the crawler does."),
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="backfile", prog_name="backfile")
@archive_option
def backfile(archive: Path) -> None:
    """Keep the news behind dated headline lists.

    Add the page of a list, crawl it, search what it led to.

    \b
    Examples:
      backfile add https://cells.example/news/
      backfile crawl
      backfile search stem cells

    Exit codes: 0 done, 1 the job failed or a source is broken, 2 wrong usage, 3 the archive is
    held by another crawl, 130 and 143 stopped by a signal once all was safe.
    """


def main() -> NoReturn:
    """Run the command line; ends the process with the documented exit code."""
    run(backfile, name="backfile")


def network_options(command: Callable[..., T]) -> Callable[..., T]:
    """Add the options about the network; the command gets them as one argument, `network`."""

    @functools.wraps(command)
    def with_network(
        *args: Any,
        contact: str | None,
        delay: float | None,
        hosts: tuple[str, ...],
        allow_private: bool,
        verbose: bool,
        **kwargs: Any,
    ) -> T:
        from crawler.run import Network

        network = Network(
            contact=contact,
            delay=delay,
            allow_private=allow_private,
            hosts=dict(split_host(pair) for pair in hosts),
            verbose=verbose,
        )
        return command(*args, network=network, **kwargs)

    for option in reversed(NETWORK_OPTIONS):
        with_network = option(with_network)
    return with_network


def split_host(pair: str) -> tuple[str, str]:
    """Split HOST=ADDRESS.

    Raises:
        BadParameter: it is no such pair.

    """
    host, equals, address = pair.partition("=")
    if not (host and equals and address):
        raise click.BadParameter(f"{pair!r} should read HOST=ADDRESS", param_hint="--resolve")
    return host.casefold(), address


@backfile.command()
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
    from crawler.reports import choice_lines, choice_rows

    if not url.startswith(("http://", "https://")):
        raise UsageError(f"{url!r} is no web address: it should begin with http:// or https://")
    if no_look:
        door = door_of(url, wanted)
    else:
        views, choice = looked_at(url, wanted, network)
        if as_json or as_jsonl:
            print_json(choice_rows(views, choice), by_line=as_jsonl)
        else:
            echo_lines(choice_lines(views, choice))
        door = chosen_door(url, choice)
    with Archive.open(archive, create=True, upgrade=True) as opened:
        source = opened.add_source(url, name=name, door=door, now=datetime.now(UTC))
    click.echo(f"source {source.id}: {source.name or source.url}", err=True)
    click.echo("`backfile crawl` fetches it", err=True)


@backfile.command()
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
@click.option("--all", "every", is_flag=True, help="Visit every list, however lately it was.")
@click.option("--no-captures", is_flag=True, help="Keep no copies of the pages as they came.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but errors.")
@network_options
@json_options
@archive_option
def crawl(
    archive: Path,
    sources: tuple[str, ...],
    max_pages: int | None,
    since: datetime | None,
    network: "Network",
    *,
    every: bool,
    no_captures: bool,
    quiet: bool,
    as_json: bool,
    as_jsonl: bool,
) -> int:
    """Follow the lists of the sources, and their headlines to the articles.

    SOURCE is a source's number, name or address. If none is given, the lists are visited that are
    due by their own rhythm: often where much is published, every few days where little is; --all
    visits every one that is not paused. What an earlier crawl left undone is done first. Exits 1
    when a list could not be read.

    \b
    Examples:
      backfile crawl
      backfile crawl --all
      backfile crawl "Cell news" --max-pages 3
      backfile crawl --contact mailto:me@cells.example --delay 5
    """
    from archive import Archive
    from crawler import run as scrapy
    from crawler.paging import Bounds
    from crawler.reports import summary_lines, summary_row

    bounds = Bounds(max_pages=max_pages, since=since.date() if since else None)
    with Archive.crawling(archive, now=datetime.now(UTC)) as opened:
        chosen = sources_to_visit(opened, sources)
        due = None if every or sources else due_now(opened)
        end = scrapy.crawl(
            opened,
            sources=chosen,
            visit=due,
            network=network,
            bounds=bounds,
            captures=not no_captures,
            progress=not quiet,
        )
        names = {source.id: source.name or source.url for source in opened.sources()}
    if as_json or as_jsonl:
        print_json([summary_row(end.tally)], by_line=as_jsonl)
    elif not quiet:
        echo_lines(summary_lines(end.tally, names), err=True)
    if end.signal is not None:
        return 128 + end.signal
    return 1 if end.tally.broken_lists or end.tally.internal_errors else 0


@backfile.command()
@click.argument("page", metavar="URL|FILE")
@click.option("--url", help="For a FILE: the address it was saved from.")
@network_options
@json_options
def headlines(
    page: str,
    url: str | None,
    network: "Network",
    *,
    as_json: bool,
    as_jsonl: bool,
) -> None:
    """Show the headlines that a page would give; store nothing.

    \b
    Examples:
      backfile headlines https://cells.example/news/
      backfile headlines saved.html --url https://cells.example/news/
      backfile headlines list.txt --json
    """
    from archive import export
    from crawler.extract import extract_headlines
    from crawler.extract.page import decide_encoding
    from crawler.reports import headline_lines

    got = page_of(page, url, network)
    read = extract_headlines(
        got.body,
        url=got.url,
        captured_at=got.captured_at,
        encoding=decide_encoding(got.body, headers=got.headers),
    )
    if as_json or as_jsonl:
        print_json(map(export.headline, read.headlines), by_line=as_jsonl)
    else:
        echo_lines(headline_lines(read))


@backfile.command()
@click.argument("page", metavar="URL|FILE")
@click.option("--url", help="For a FILE: the address it was saved from.")
@network_options
@json_options
def extract(
    page: str,
    url: str | None,
    network: "Network",
    *,
    as_json: bool,
    as_jsonl: bool,
) -> None:
    """Show the article that a page would give; store nothing.

    \b
    Examples:
      backfile extract https://cells.example/2024/11/a-study
      backfile extract saved.html --json
    """
    from crawler.extract import extract_article
    from crawler.reports import reading_lines, reading_row

    got = page_of(page, url, network)
    reading = extract_article(
        got.body,
        url=got.url,
        captured_at=got.captured_at,
        asked_url=got.claim.url,
        status=got.status,
        headers=got.headers,
    )
    if as_json or as_jsonl:
        print_json([reading_row(reading)], by_line=as_jsonl)
    else:
        echo_lines(reading_lines(reading))


@backfile.command()
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only what was captured from this day on (UTC).",
)
@json_options
@archive_option
def reread(archive: Path, since: datetime | None, *, as_json: bool, as_jsonl: bool) -> int:
    """Read the kept captures again with today's reader, without the network.

    What is read otherwise now replaces what was read before; versions are what pages said, and are
    not touched. Exits 1 when a capture could not be read.

    \b
    Examples:
      backfile reread
      backfile reread --since 2024-11-01 --json
    """
    from archive import Archive
    from crawler.reports import reread_lines, reread_row
    from crawler.rereading import reread_all

    start = since.replace(tzinfo=UTC) if since else None
    with Archive.open(archive, upgrade=True) as opened:
        done = reread_all(opened, since=start)
    if as_json or as_jsonl:
        print_json(map(reread_row, done), by_line=as_jsonl)
    else:
        echo_lines(reread_lines(done))
    return 1 if any(each.fault for each in done) else 0


@backfile.command(name="import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--url", help="The address that the file was saved from.")
@click.option(
    "--captured-at",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    help="When the file was saved (UTC): relative dates count from it. Now, if not given.",
)
@json_options
@archive_option
def import_(
    archive: Path,
    files: tuple[Path, ...],
    url: str | None,
    captured_at: datetime | None,
    *,
    as_json: bool,
    as_jsonl: bool,
) -> None:
    """Store the headlines and the article of text lists and saved pages.

    The archive is made if it is missing. Importing a file again changes nothing.

    \b
    Examples:
      backfile import list.txt
      backfile import saved.html --url https://cells.example/news/ --captured-at 2024-11-09
    """
    from archive import Archive
    from crawler.importing import import_file
    from crawler.reports import import_line, import_row

    if url and len(files) > 1:
        raise click.UsageError("--url is one file's address; import the files one by one")
    now = datetime.now(UTC)
    saved = captured_at.replace(tzinfo=UTC) if captured_at else now
    with Archive.open(archive, create=True, upgrade=True) as opened:
        done = [import_file(opened, f, url=url, captured_at=saved, now=now) for f in files]
    if as_json or as_jsonl:
        print_json(map(import_row, done), by_line=as_jsonl)
    else:
        echo_lines(map(import_line, done))


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


def sources_to_visit(archive: "Archive", named: tuple[str, ...]) -> tuple[int, ...]:
    """Give the ids of the sources to crawl: those that are named, else all that are not paused.

    Raises:
        NotFound: there is no source of such a name.
        UsageError: one that is named was imported, and is nowhere to be visited.

    """
    from archive.errors import UsageError

    chosen = [archive.source(text) for text in named] or [
        source for source in archive.sources() if not source.paused
    ]
    for source in chosen:
        if named and not source.url.startswith("http"):
            raise UsageError(f"{source.name or source.url} was imported: nothing is there to visit")
    web = tuple(source.id for source in chosen if source.url.startswith("http"))
    if not web:
        click.echo("backfile: no source to visit; `backfile add URL` adds one", err=True)
    return web


def due_now(archive: "Archive") -> tuple[int, ...]:
    """Give the ids of the sources whose lists are due; where none is, say when the next will be."""
    now = datetime.now(UTC)
    planned = archive.next_visits(now=now)
    due = tuple(key for key, moment in planned.items() if moment is None or moment <= now)
    later = [moment for moment in planned.values() if moment is not None]
    if planned and not due:
        soonest = f"{min(later):%Y-%m-%d %H:%M} UTC"
        click.echo(f"no list is due before {soonest}; `backfile crawl --all` visits all", err=True)
    return due


def page_of(page: str, url: str | None, network: "Network") -> "Fetched":
    """Fetch a URL, or read a file as if it had been fetched now.

    Raises:
        FetchError: the URL brought nothing.
        UsageError: the address is no web address, or the file cannot be read.

    """
    from archive.errors import UsageError
    from archive.records import Claim, PageKind
    from crawler.importing import read_file
    from crawler.items import Fetched
    from crawler.run import fetch

    if page.startswith(("http://", "https://")):
        return fetch(page, network=network)
    if "://" in page:
        raise UsageError(f"{page}: only http and https addresses are fetched")
    path = Path(page)
    address = url or "file:" + path.name
    return Fetched(
        claim=Claim(id=0, url=address, kind=PageKind.POST, source_id=None, attempts=1, serial=0),
        url=address,
        status=200,
        headers={},
        body=read_file(path),
        captured_at=datetime.now(UTC),
    )


def echo_lines(lines: Iterable[str], *, err: bool = False) -> None:
    """Print lines; their makers have taken out of them what a terminal would obey."""
    for line in lines:
        click.echo(line, err=err)


for command in COMMANDS:
    backfile.add_command(command)
