"""`backfile search`: what is asked on the command line ▸ `Archive` ▸ what is printed."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import click

from archive import answers, paging, zones
from archive.answers import Shown
from archive.commands.narrowing import QueryCommand, narrowing
from archive.console import MOST_ROWS, archive_option, examples, json_options, print_json
from archive.found import SearchResults, Sort
from archive.holdings import Holdings
from archive.query import Asked, Query

Decorated = TypeVar("Decorated", bound=Callable[..., object])

# How far into an answer one may go.
FURTHEST = 1_000_000_000


class Form(StrEnum):
    """In which form hits are printed."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    URLS = "urls"


def _paging(function: Decorated) -> Decorated:
    """Add the options that say which of the hits are shown, and how."""
    options = (
        click.option(
            "--sort",
            type=click.Choice([sort.value for sort in Sort]),
            default=Sort.RANK.value,
            show_default=True,
            help="Best first, newest first, oldest first.",
        ),
        click.option(
            "-n",
            "--limit",
            type=click.IntRange(min=1, max=MOST_ROWS),
            default=10,
            show_default=True,
            help="How many to show at most.",
        ),
        click.option(
            "--offset",
            type=click.IntRange(min=0, max=FURTHEST),
            default=0,
            help="Leave out the first ones.",
        ),
        click.option("--all-copies", is_flag=True, help="Every copy of a story, a row each."),
        click.option("--exhaustive", is_flag=True, help="Rank all matches, however many."),
        click.option(
            "--facets", is_flag=True, help="Count by publisher, year, month, language, source."
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


@click.command(
    cls=QueryCommand,
    epilog=examples(
        "backfile search stem cell therapy",
        "backfile search '\"stem cell\" OR msc -cosmetic'",
        "backfile search 'near:5(licence stem)' --after 3m --sort new",
        'backfile search title:licence --publisher "Daily Post" --after 2024-11',
        "backfile search --site paper.example --after 2024-11-01 --before 2024-12 --facets",
        "backfile search licence --limit 1000 --urls",
    ),
)
@click.argument("words", nargs=-1)
@narrowing
@_paging
@json_options
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for spreadsheets.")
@click.option("--urls", "as_urls", is_flag=True, help="Print the addresses alone, one a line.")
@click.option("--no-pager", is_flag=True, help="Print long answers at once.")
@archive_option
def search(
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
    sort: str,
    limit: int,
    offset: int,
    all_copies: bool,
    exhaustive: bool,
    facets: bool,
    as_json: bool,
    as_jsonl: bool,
    as_csv: bool,
    as_urls: bool,
    no_pager: bool,
    archive: Path,
) -> None:
    """Find articles, and headlines whose article is not held.

    All words have to be there, in any form of case and accents. "A phrase" in quotes, -not, one OR
    another, begin*, (groups), near:5(one other); title: by: publisher: for one field; site: lang:
    source: after: before: to narrow it. One row per story. docs/search.md says it all.
    """
    form = _form(as_json=as_json, as_jsonl=as_jsonl, as_csv=as_csv, as_urls=as_urls)
    if facets and form is Form.URLS:
        raise click.UsageError("--facets counts, and --urls prints no counts")
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
    with Holdings.reading(archive) as opened:
        query = opened.ask(asked, zone=here, now=datetime.now(UTC), stems=stems)
        found = opened.answer(
            query,
            sort=Sort(sort),
            limit=limit,
            offset=offset,
            all_copies=all_copies,
            exhaustive=exhaustive,
            facets=facets,
        )
        if query is None:  # `answer` has refused it
            return
        for remark in answers.remarks(found, query) if form is not Form.TEXT else query.notes:
            click.echo(f"backfile: {remark}", err=True)
        names = _source_names(opened) if facets or _names_sources(query) else {}
        shown = Shown(
            query=query, zone=here, offset=offset, all_copies=all_copies, source_names=names
        )
        if form is Form.TEXT:
            _print_text(opened, found, shown, pages=not no_pager)
        elif facets:
            _print_counts(found, names, form)
        else:
            _print_hits(found, form)


def _form(*, as_json: bool, as_jsonl: bool, as_csv: bool, as_urls: bool) -> Form:
    """Give the form that was asked for. Raises click.UsageError for two."""
    asked = {Form.JSON: as_json, Form.JSONL: as_jsonl, Form.CSV: as_csv, Form.URLS: as_urls}
    chosen = [form for form, wanted in asked.items() if wanted]
    if len(chosen) > 1:
        raise click.UsageError(f"{' and '.join(f'--{form}' for form in chosen)}: choose one")
    return chosen[0] if chosen else Form.TEXT


def _names_sources(query: Query) -> bool:
    return bool(query.filters.source_ids or query.filters.not_source_ids)


def _source_names(opened: Holdings) -> dict[int, str]:
    return {source.id: source.name or source.url for source in opened.sources()}


def _print_text(opened: Holdings, found: SearchResults, shown: Shown, *, pages: bool) -> None:
    if not found.total:
        from archive import advice

        paging.show(advice.nothing_found(opened.advise(shown.query), shown), pages=pages)
        return
    lines = list(answers.results(found, shown))
    if found.total < answers.FEW and not shown.offset:
        from archive import advice

        lines += advice.little_found(opened.advise(shown.query))
    paging.show(lines, pages=pages)


def _print_hits(found: SearchResults, form: Form) -> None:
    from archive import export

    if form is Form.CSV:
        click.echo(export.csv_table(export.HIT_CELLS, map(export.hit_cells, found.hits)), nl=False)
    elif form is Form.URLS:
        addresses = [url for hit in found.hits if (url := export.web_address(hit.url))]
        for address in addresses:
            click.echo(address)
        if without := len(found.hits) - len(addresses):
            click.echo(f"backfile: {without} of them without a web address left out", err=True)
    else:
        print_json(map(export.hit, found.hits), by_line=form is Form.JSONL)


def _print_counts(found: SearchResults, names: dict[int, str], form: Form) -> None:
    from archive import export

    records: list[export.Record] = [
        {
            "facet": facet.name,
            "value": answers.value_name(facet.name, each.value, names),
            "count": each.count,
            "covered": facet.covered,
        }
        for facet in found.facets
        for each in facet.counts
    ]
    if form is Form.CSV:
        cells = ([export.cell(value) for value in record.values()] for record in records)
        click.echo(export.csv_table(("facet", "value", "count", "covered"), cells), nl=False)
    else:
        print_json(records, by_line=form is Form.JSONL)
