"""The commands that carry archives about: `export`, `merge`.

Everything that a command needs is imported inside it.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.commands.narrowing import QueryCommand, narrowing
from archive.console import archive_option, examples, json_options, print_json
from archive.terminal import counted, harmless

if TYPE_CHECKING:
    from archive.query import Asked

FORMATS = ("jsonl", "csv", "markdown", "atom", "opml", "warc")


@click.command(
    cls=QueryCommand,
    epilog=examples(
        "backfile export -o everything.jsonl",
        "backfile export stem cells --after 2024 -o cells.csv",
        "backfile export --publisher 'Daily Post' --format markdown -o notes",
        "backfile export --format opml > sources.opml",
    ),
)
@click.argument("words", nargs=-1)
@narrowing
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="What to write; without it the name after -o tells, or else it is jsonl.",
)
@click.option(
    "-o",
    "--output",
    "path",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write there, whole or not at all, instead of to stdout (a folder for markdown).",
)
@click.option("--bom", "mark", is_flag=True, help="Begin CSV with a mark that Excel wants.")
@archive_option
def export(
    *,
    words: tuple[str, ...],
    title: str | None,
    by: str | None,
    publisher: str | None,
    sites: tuple[str, ...],
    languages: tuple[str, ...],
    sources: tuple[str, ...],
    after: str | None,
    before: str | None,
    zone: str | None,
    stems: bool,
    form: str | None,
    path: Path | None,
    mark: bool,
    archive: Path,
) -> int:
    """Write out what is held: everything, or everything that a search finds.

    \b
    jsonl     all that is held, to be imported again; without captures
    csv       a row an article, or a headline without one; formulas defused
    markdown  a folder, a file an article
    atom      the articles as a feed
    opml      the sources, for feed readers
    warc      the captures of the articles, as they came over the network
    """
    from archive import zones
    from archive.exporting.formats import Wanted, format_of
    from archive.query import Asked
    from archive.store import Archive

    asked = Asked(
        words=" ".join(words),
        title=title,
        by=by,
        publisher=publisher,
        sites=sites,
        languages=languages,
        sources=sources,
        after=after,
        before=before,
    )
    here = zones.named(zone) if zone else zones.Local()
    told = [query_text(asked), after and f"after {after}", before and f"before {before}"]
    with Archive.open(archive, read_only=True) as opened:
        query = opened.ask(asked, zone=here, now=datetime.now(UTC), stems=stems)
        wanted = Wanted(
            format=format_of(path, form),
            path=path,
            query=query,
            title="Backfile: " + (", ".join(filter(None, told)) or "everything"),
            mark=mark,
        )
        done = opened.export(wanted)
    where = f" to {harmless(str(path))}" if path else ""
    for line in done.lost:
        click.echo(f"backfile: not exported: {harmless(line)}", err=True)
    click.echo(
        f"exported {counted(done.articles, 'article')} and {counted(done.headlines, 'headline')}"
        f"{where}",
        err=True,
    )
    if words and not (done.articles or done.headlines):
        # A file's name in the place of what is searched for, mostly.
        said = harmless(" ".join(words))
        click.echo(f"backfile: nothing matches {said!r}; -o names a file to write to", err=True)
    return 1 if done.lost else 0


@click.command(
    epilog=examples(
        "backfile merge ../laptop/backfile-archive",
        "backfile merge /mnt/old --json",
    )
)
@click.argument("other", type=click.Path(path_type=Path, file_okay=False))
@json_options
@archive_option
def merge(*, other: Path, as_json: bool, as_jsonl: bool, archive: Path) -> int:
    """Take in everything that another archive holds; OTHER is its folder, and only read.

    Articles that both hold become one: the later text is the current one, the other a version. So
    do headlines, sources, and pages to fetch; what is done in one is done. Captures are copied.
    What was forgotten here stays out. Merging again, also after an interruption, changes nothing
    that was done. Exits 1 where captures could not be read.
    """
    from archive.store import Archive

    now = datetime.now(UTC)
    with (
        Archive.open(other, read_only=True) as theirs,
        Archive.crawling(archive, create=True, now=now) as opened,
    ):
        done = opened.merge(theirs, now=now)
    taken = done.taken
    counts = {
        "articles": taken.articles,
        "changed articles": taken.changed,
        "headlines": taken.headlines,
        "changed headlines": taken.changed_headlines,
        "sources": taken.sources,
        "pages to fetch or done": done.pages,
        "captures": done.captures,
        "stories disputed": taken.disputed,
        "kept out": taken.kept_out,
        "forgotten there": done.forgotten,
        "forgotten there, held here": done.still_held,
        "captures lost": done.lost,
    }
    if as_json or as_jsonl:
        print_json(
            [{name.replace(",", "").replace(" ", "_"): n for name, n in counts.items()}],
            by_line=as_jsonl,
        )
    else:
        told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
        click.echo(f"merged {harmless(str(other))}: {told or 'nothing new'}")
    for dispute in taken.disputes:
        click.echo(f"backfile: {harmless(dispute)}", err=True)
    for fault in taken.told:
        click.echo(f"backfile: {harmless(fault)}", err=True)
    return 1 if done.lost or taken.faults else 0


def query_text(asked: "Asked") -> str:
    """Give the words that are asked for, as a title of what they find."""
    given = (asked.words, asked.title, asked.by, asked.publisher, *asked.sites)
    return ", ".join(filter(None, given))
