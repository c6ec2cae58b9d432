"""What people see of a search: its hits, and how they are spread; `advice` where few are found.

Every text from a page passes through `terminal` first, as in `display`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from typing import NamedTuple

import click

from archive import zones
from archive.filters import Bound, Filters
from archive.found import Facet, HitKind, SearchHit, SearchResults, Span
from archive.layout import INDENT, columns, known_date
from archive.query import Query
from archive.terminal import counted, cut, harmless, wrap, wrap_text

# Fewer hits than this, and a near spelling is offered beside them.
FEW = 5
# Of each kind of counts, where hits stand below them.
MOST_COUNTS = 12

FACET_NAMES = {
    "publisher": "By publisher",
    "year": "By year",
    "month": "By month",
    "language": "By language",
    "source": "By source",
}


class Shown(NamedTuple):
    """How a search was asked, for saying so beside its answer."""

    query: Query
    zone: tzinfo
    source_names: Mapping[int, str]
    """Of the sources that narrow the search or are counted."""
    offset: int = 0
    all_copies: bool = False


def results(found: SearchResults, shown: Shown) -> Iterator[str]:
    """Give a page of hits, numbered, with how many there are and how to see the next."""
    yield _how_many(found, shown.offset)
    yield from (click.style(line, dim=True) for line in _conditions_line(shown))
    if said := _ranked(found):
        yield click.style(said, dim=True)
    for facet in found.facets:
        yield from _facet(facet, shown.source_names)
    for number, hit in enumerate(found.hits, shown.offset + 1):
        yield ""
        yield from _hit(hit, number, all_copies=shown.all_copies)
    last = shown.offset + len(found.hits)
    if found.hits and (last < found.total or found.capped):
        yield ""
        yield click.style(f"The next ones: the same with --offset {last}", dim=True)


def _how_many(found: SearchResults, offset: int) -> str:
    first, last = offset + 1, offset + len(found.hits)
    total = f"{'more than ' if found.capped else ''}{found.total:,} found"
    if not found.hits:
        return f"{total}, none from {first} on"
    whole = found.total == len(found.hits) and not found.capped
    return total if whole else f"{total}, {first} to {last} shown"


def _ranked(found: SearchResults) -> str:
    """Say that not all were ranked, where that is so."""
    if found.ranked is None:
        return ""
    of = f"{'more than ' if found.capped else ''}{found.total:,}"
    return f"ranked the newest {found.ranked:,} of {of}; --exhaustive ranks all"


def remarks(found: SearchResults, query: Query) -> Iterator[str]:
    """Give what is to be known of an answer whatever its form: it goes to stderr."""
    yield from map(harmless, query.notes)
    if said := _ranked(found):
        yield said
    for facet in found.facets:
        if facet.other:
            yield f"of {facet.name} {counted(facet.other, 'value')} more are not listed"


def _hit(hit: SearchHit, number: int, *, all_copies: bool) -> Iterator[str]:
    width = columns()
    label = f"{number}.".ljust(len(INDENT) - 1) + " "
    is_headline = hit.kind is HitKind.HEADLINE
    title = hit.snippet if is_headline else (Span(text=hit.title or "(no title)"),)
    for index, line in enumerate(wrap(harmless_spans(title), width - len(label))):
        lead = label if index == 0 else " " * len(label)
        yield lead + "".join(_title(span, marked=is_headline) for span in line)
    for text in wrap_text(_facts(hit, all_copies=all_copies), width - len(INDENT)):
        yield INDENT + click.style(text, dim=True)
    if hit.url:
        yield INDENT + harmless(hit.url)
    if not is_headline:
        for line in wrap(harmless_spans(hit.snippet), width - len(INDENT)):
            yield INDENT + "".join(_marked(span) for span in line)


def _facts(hit: SearchHit, *, all_copies: bool) -> str:
    listed = " (by the list)" if hit.published_from == "list" else ""
    of_article = f"article {hit.id}"
    bare = "gone; not in the web archive" if hit.gone else "headline only, article not held"
    facts = [
        (hit.publisher and harmless(hit.publisher)) or "publisher unknown",
        f"{known_date(hit.published, hit.published_precision)}{listed}"
        if hit.published
        else "no date",
        of_article if hit.kind is HitKind.ARTICLE else bare,
        _copies(hit.story_size, all_copies=all_copies),
        "garbled" if hit.damaged else "",
        "from a web archive" if hit.memento else "",
    ]
    return " · ".join(fact for fact in facts if fact)


def _copies(size: int, *, all_copies: bool) -> str:
    if size < 2:
        return ""
    others = f"{size - 1} {'copy' if size == 2 else 'copies'}"
    return f"one of {size} copies" if all_copies else f"and {others}"


def _facet(facet: Facet, names: Mapping[int, str]) -> Iterator[str]:
    """Give the commonest values of one kind with their counts; months the newest first."""
    if not facet.counts:
        return
    window = f" (of the newest {facet.covered:,})" if facet.covered is not None else ""
    yield ""
    yield click.style(f"{FACET_NAMES.get(facet.name, facet.name)}{window}", bold=True)
    counted_first = facet.counts[:MOST_COUNTS]
    width = max(len(f"{each.count:,}") for each in counted_first)
    for each in counted_first:
        name = harmless(value_name(facet.name, each.value, names))
        room = columns() - len(INDENT) - width - 2
        yield f"{INDENT}{each.count:>{width},}  {cut(name, room)}"
    if more := facet.other + len(facet.counts) - len(counted_first):
        yield f"{INDENT}and {more:,} more"


def value_name(name: str, value: str, names: Mapping[int, str]) -> str:
    """Give a counted value as people call it: a source by its name."""
    is_source = name == "source" and value.isdecimal()
    return names.get(int(value), f"source {value}") if is_source else value


def listed(names: list[str] | tuple[str, ...]) -> str:
    """Give names as a sentence has them."""
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]


def _conditions_line(shown: Shown) -> Iterator[str]:
    if narrowed := conditions(shown):
        yield from wrap_text(", ".join(narrowed), columns())


def conditions(shown: Shown) -> list[str]:
    """Give what narrows a search, in words."""
    filters = shown.query.filters
    names, others = (
        [shown.source_names.get(each, f"source {each}") for each in ids]
        for ids in (filters.source_ids, filters.not_source_ids)
    )
    said = [
        _days(filters, shown.zone),
        f"at {listed(filters.sites)}" if filters.sites else "",
        f"in {listed(filters.languages)}" if filters.languages else "",
        f"from the list {listed(names)}" if names else "",
        f"of the publisher {listed(filters.publishers)}" if filters.publishers else "",
        f"not at {listed(filters.not_sites)}" if filters.not_sites else "",
        f"not in {listed(filters.not_languages)}" if filters.not_languages else "",
        f"not from the list {listed(others)}" if others else "",
    ]
    return [harmless(each) for each in said if each]


def _days(filters: Filters, zone: tzinfo) -> str:
    """Say between which days, and whose days they are."""
    bounds: list[tuple[str, Bound]] = []
    if filters.after:
        bounds.append(("from", filters.after))
    if filters.before:
        bounds.append(("before", filters.before))
    if not bounds:
        return ""
    said = " and ".join(f"{word} {each.day}{' on' * (word == 'from')}" for word, each in bounds)
    at: datetime = bounds[0][1].instant
    return f"published {said} (days in {zones.described(zone, at)})"


def harmless_spans(spans: Iterable[Span]) -> list[Span]:
    """Make spans harmless, keeping the blanks that separate one from the next."""
    return [Span(text=_edges(span.text, harmless(span.text)), match=span.match) for span in spans]


def _edges(before: str, after: str) -> str:
    lead = " " if before[:1].isspace() else ""
    tail = " " if before[-1:].isspace() and after else ""
    return f"{lead}{after}{tail}"


def _title(span: Span, *, marked: bool) -> str:
    return click.style(span.text, bold=True, underline=marked and span.match)


def _marked(span: Span) -> str:
    return click.style(span.text, bold=True, fg="yellow") if span.match else span.text
