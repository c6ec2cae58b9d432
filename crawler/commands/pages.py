"""The commands about pages: `headlines`, `extract`, `reread`.

Everything heavy is imported inside the command that needs it.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.console import archive_option, echo_lines, json_options, print_json
from crawler.commands.options import (
    ASSUMED_NOW,
    NO_CREDENTIALS,
    file_options,
    has_credentials,
    network_options,
    saved_at,
)

if TYPE_CHECKING:
    from archive.records import ListPage, PageReading
    from crawler.items import Fetched
    from crawler.run import Network


@click.command()
@click.argument("page", metavar="URL|FILE|-")
@file_options
@network_options
@json_options
def headlines(
    page: str,
    url: str | None,
    captured_at: datetime | None,
    network: "Network",
    *,
    as_json: bool,
    as_jsonl: bool,
) -> int:
    """Show the headlines that a page would give; store nothing. `-` reads what is piped in.

    What of the list could not be read is said on stderr. Exits 1 where there are no headlines.

    \b
    Examples:
      backfile headlines https://cells.example/news/
      backfile headlines saved.html --url https://cells.example/news/
      backfile headlines list.txt --json
      pbpaste | backfile headlines -
    """
    from archive import export
    from crawler.extract.doors.finding import read_door
    from crawler.extract.page import decide_encoding
    from crawler.importing.pages import hangs_on_moment
    from crawler.reports import headline_lines, left_out_lines

    got = page_of(page, url, captured_at, network)

    def read_at(moment: datetime) -> "ListPage":
        return read_door(
            got.body,
            url=got.url,
            captured_at=moment,
            encoding=decide_encoding(got.body, headers=got.headers),
            headers=got.headers,
        )

    read = read_at(got.captured_at)
    if as_json or as_jsonl:
        print_json(map(export.headline, read.headlines), by_line=as_jsonl)
    else:
        echo_lines(headline_lines(read))
    echo_lines(left_out_lines(read.left_out), err=True)
    if is_file(page) and not captured_at and hangs_on_moment(read, read_at, got.captured_at):
        click.echo(ASSUMED_NOW, err=True)
    if read.headlines or read.parts:
        return 0
    click.echo(f"backfile: no headlines: {why_none(got, read)}", err=True)
    return 1


def why_none(got: "Fetched", read: "ListPage") -> str:
    """Say what a page without headlines is instead."""
    from archive.records import VerdictKind
    from archive.terminal import harmless
    from crawler.extract import extract_article
    from crawler.extract.doors.forms import sniff

    if read.needs_javascript:
        return "the list is drawn by a script, the page itself holds none of it"
    if form := sniff(got.body):
        return f"it is a {form.kind} without entries"
    verdict = extract_article(
        got.body,
        url=got.url,
        captured_at=got.captured_at,
        asked_url=got.claim.url,
        status=got.status,
        headers=got.headers,
    ).verdict
    if verdict.kind in {VerdictKind.LIST, VerdictKind.EMPTY} and b"href" in got.body.lower():
        # The verdict is of an article's text: "a list" and "no text" say nothing about its links.
        return UNTOLD
    return f"{verdict.kind}: {harmless(verdict.reason)}"


# Why a page of links gives none.
UNTOLD = "no links with dates look like headlines, nor do enough links without dates"


@click.command()
@click.argument("page", metavar="URL|FILE|-")
@file_options
@network_options
@json_options
def extract(
    page: str,
    url: str | None,
    captured_at: datetime | None,
    network: "Network",
    *,
    as_json: bool,
    as_jsonl: bool,
) -> int:
    """Show the article that a page would give; store nothing. `-` reads what is piped in.

    Exits 1 where the page is none that an archive keeps: a wall, a list, a message, or nothing.
    What could be read of it is shown all the same, with the reason. Of an article behind a paywall
    the part that is readable is kept, marked as partial.

    \b
    Examples:
      backfile extract https://cells.example/2024/11/a-study
      backfile extract saved.html --json
    """
    from archive.decide import is_kept
    from crawler.extract import extract_article
    from crawler.importing.pages import hangs_on_moment
    from crawler.reports import reading_lines, reading_row
    from crawler.sites import declaration_for

    got = page_of(page, url, captured_at, network)

    def read_at(moment: datetime) -> "PageReading":
        return extract_article(
            got.body,
            url=got.url,
            captured_at=moment,
            asked_url=got.claim.url,
            status=got.status,
            headers=got.headers,
            site=declaration_for(got.url, got.captured_at.date()),
        )

    reading = read_at(got.captured_at)
    if as_json or as_jsonl:
        print_json([reading_row(reading)], by_line=as_jsonl)
    else:
        echo_lines(reading_lines(reading))
    if is_file(page) and not captured_at and hangs_on_moment(reading, read_at, got.captured_at):
        click.echo(ASSUMED_NOW, err=True)
    return 0 if is_kept(reading) else 1


def is_file(page: str) -> bool:
    """Tell a file from an address that is fetched."""
    return not page.startswith(("http://", "https://"))


def page_of(
    page: str, url: str | None, captured_at: datetime | None, network: "Network"
) -> "Fetched":
    """Fetch a URL, or read a file as if it had been fetched when it was saved.

    Raises:
        FetchError: the URL brought nothing.
        UsageError: the address is no web address, or the file cannot be read, or was saved later.

    """
    from archive.errors import UsageError
    from archive.records import Claim, PageKind
    from archive.urls import canonical_url
    from crawler.importing.pages import read_file
    from crawler.items import Fetched
    from crawler.run import fetch

    if has_credentials(page):
        raise UsageError(NO_CREDENTIALS)
    if not is_file(page):
        if url is not None or captured_at is not None:
            raise UsageError("--url and --captured-at are about a saved file; the page is fetched")
        if canonical_url(page) is None:
            raise UsageError(f"{page!r} is no web address: it cannot be read as one")
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
        captured_at=saved_at(captured_at, datetime.now(UTC)),
    )


@click.command()
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
