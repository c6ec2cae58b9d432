"""The command that takes files in: `import`.

Everything heavy is imported inside it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.console import archive_option, echo_lines, json_options, print_json
from crawler.commands.options import ASSUMED_NOW, file_options, saved_at

if TYPE_CHECKING:
    from archive import Archive
    from crawler.importing.outcome import Outcome

KINDS = ("page", "feed", "urls", "opml", "jsonl", "warc")


@click.command(name="import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option(
    "--as",
    "kind",
    type=click.Choice(KINDS),
    help="What the files are; without it their first bytes tell, whatever their names are.",
)
@click.option(
    "--dry-run", is_flag=True, help="Say what the files hold; store nothing, as if it were all new."
)
@file_options
@json_options
@archive_option
def import_(
    archive: Path,
    files: tuple[Path, ...],
    kind: str | None,
    url: str | None,
    captured_at: datetime | None,
    *,
    dry_run: bool,
    as_json: bool,
    as_jsonl: bool,
) -> int:
    """Store what files and folders hold; fetch nothing.

    \b
    page   saved pages, PDF documents and text lists: their headlines, their article
    feed   RSS, Atom, JSON feeds and sitemaps: their headlines
    urls   addresses, one a line, with a date and a title where they have one
    opml   sources
    jsonl  what `backfile export` wrote; articles of news-please
    warc   pages of any web archive, kept as captures, too

    The archive is made if it is missing. `-` is what is piped in; gzip is unpacked. Importing a
    file again changes nothing, and one that was saved before the list's last visit only adds what
    was not known. What the headlines link to is fetched by the next crawl. A file that cannot be
    read, or holds nothing to keep, is said; the others are stored, and the command exits 1.

    \b
    Examples:
      backfile import list.txt
      backfile import saved.html --url https://cells.example/news/ --captured-at 2024-11-09
      backfile import feeds.opml pages/ crawl.warc.gz
      gunzip -c articles.jsonl.gz | backfile import - --as jsonl
    """
    from crawler.importing.files import Wanted, import_files
    from crawler.importing.kinds import Kind

    if url and (len(files) > 1 or files[0].is_dir()):
        raise click.UsageError("--url is one file's address; import the files one by one")
    now = datetime.now(UTC)
    wanted = Wanted(
        now=now,
        url=url,
        captured_at=saved_at(captured_at, now) if captured_at else None,
        kind=Kind(kind) if kind else None,
        capture=not dry_run,
    )
    with _archive(archive, dry_run=dry_run) as opened:
        done = import_files(opened, files, wanted)
        shown = list(_shown(done, as_json=as_json, as_jsonl=as_jsonl))
    if not shown:
        click.echo("backfile: no file to import", err=True)
    if any(one.page and one.page.counted_from_now for one in shown):
        click.echo(ASSUMED_NOW, err=True)
    return 0 if shown and all(one.is_well for one in shown) else 1


@contextmanager
def _archive(folder: Path, *, dry_run: bool) -> "Iterator[Archive]":
    """Open the archive, or for a dry run one that is thrown away."""
    from tempfile import TemporaryDirectory

    from archive import Archive

    if not dry_run:
        with Archive.open(folder, create=True, upgrade=True) as opened:
            yield opened
        return
    with (
        TemporaryDirectory(prefix="backfile-") as thrown_away,
        Archive.open(thrown_away, create=True) as opened,
    ):
        yield opened


def _shown(done: "Iterable[Outcome]", *, as_json: bool, as_jsonl: bool) -> "Iterator[Outcome]":
    """Show what became of each file as soon as it is known; all of one JSON array at the end."""
    from archive.errors import UsageError
    from crawler.reports import outcome_line, outcome_row

    kept: list[Outcome] = []
    for one in done:
        kept.append(one)
        if as_jsonl:
            print_json([outcome_row(one)], by_line=True)
        elif not as_json and one.failed is None:
            click.echo(outcome_line(one))
        _tell(one)
        yield one
    if len(kept) == 1 and kept[0].failed is not None and not (as_json or as_jsonl):
        raise UsageError(kept[0].failed)
    if as_json:
        print_json(map(outcome_row, kept), by_line=False)


def _tell(one: "Outcome") -> None:
    """Say on stderr what of a file was not read."""
    from archive.terminal import harmless
    from crawler.reports import left_out_lines

    if one.page is not None:
        echo_lines(left_out_lines(one.page.left_out), err=True)
    for fault in one.faults:
        click.echo(f"backfile: {harmless(f'{one.path}: {fault}')}", err=True)
    if one.failed is not None:
        click.echo(f"backfile: not imported: {harmless(one.failed)}", err=True)
