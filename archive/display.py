"""What people see of records: titles, dates, snippets and tables as lines for a terminal.

Every text from a page passes through `terminal` first. Styles are put around it here; click takes
them off again where the output is no terminal.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import click

from archive.held import (
    AddressRole,
    FailureCount,
    LookupAnswer,
    LookupState,
    Resolution,
    Resolved,
    SourceSummary,
    Status,
    StoredArticle,
    StoredChange,
    StoredHeadline,
)
from archive.layout import INDENT, columns, known_date, short_date, table
from archive.records import Article, ChangeKind, Dated, UrlState
from archive.terminal import counted, cut, harmless, wrap_text

# Pages that are not held, or not yet.
NOT_HAD = (UrlState.FAILED, UrlState.GONE, UrlState.REFUSED)


def article(held: StoredArticle) -> Iterator[str]:
    """Give an article to read, with what is known about it."""
    width = columns()
    read = held.article
    for line in wrap_text(read.title or "(no title)", width):
        yield click.style(line, bold=True)
    yield from table(_about(held), width)
    yield ""
    yield from wrap_text(read.text, width)
    yield from _related(held, width)


def _about(held: StoredArticle) -> list[tuple[str, str]]:
    read = held.article
    rows = [
        ("By", ", ".join(read.byline)),
        ("Publisher", read.publisher or ""),
        ("Published", _dated(read.published) or "not known from the page"),
        ("Changed", _dated(read.modified) or ""),
        ("Address", read.url),
        ("Memento", _memento(held)),
        ("Original", _original(held)),
        ("Language", read.language or ""),
        ("Article", f"{held.id}, stored {short_date(held.first_seen)}{_reservation(read)}"),
    ]
    return [(name, value) for name, value in rows if value]


def _memento(held: StoredArticle) -> str:
    """Say that a web archive's copy was read, from when it is and where."""
    at = short_date(held.captured_at)
    return f"archived {at}, the link itself is dead: {held.memento_url}" if held.memento_url else ""


def _original(held: StoredArticle) -> str:
    """Give where the text comes from: its address, or else the title that the page names."""
    named = held.attribution.title if held.attribution else None
    return held.original_url or named or ""


def _reservation(read: Article) -> str:
    partly = "; only a part could be read" if read.partial else ""
    return f"{partly}; its letters are garbled" if read.damaged else partly


def _related(held: StoredArticle, width: int) -> Iterator[str]:
    listed = [(f"headline {each.id}", _listed(each)) for each in held.headlines]
    members = [
        (f"article {each.id}", " · ".join(filter(None, (each.publisher, each.title, each.url))))
        for each in held.members
    ]
    versions = [
        (
            f"version {each.id}",
            f"{each.title or '(no title)'} · until {short_date(each.replaced_at)}",
        )
        for each in held.versions
    ]
    others = [
        (each.role.value, each.url) for each in held.addresses if each.role is not AddressRole.OWN
    ]
    sections = (
        ("Listed as", listed),
        ("Also found at", others),
        ("Same story", members),
        ("Earlier versions", versions),
    )
    for name, rows in sections:
        if rows:
            yield ""
            yield click.style(name, bold=True)
            yield from table(rows, width)


def _listed(held: StoredHeadline) -> str:
    line = held.headline
    date = _dated(line.published) or "no date"
    tied = f"tied by its title: {held.resolution.evidence}" if held.resolution else ""
    return " · ".join(filter(None, (line.title, line.publisher, date, line.list_url, tied)))


def headline(held: StoredHeadline) -> Iterator[str]:
    """Give a headline whose article is not held."""
    width = columns()
    line = held.headline
    for text in wrap_text(line.title, width):
        yield click.style(text, bold=True)
    rows = [
        ("Publisher", line.publisher or "not given"),
        ("Published", _dated(line.published) or "not known"),
        ("Address", line.url or "none given by the list"),
        ("List", line.list_url),
        ("Line", line.raw),
        ("Headline", f"{held.id}, first seen {short_date(held.first_seen)}"),
        ("Withdrawn", short_date(held.withdrawn_at) if held.withdrawn_at else ""),
        ("Gone", _lookup(held.lookup) if held.lookup else ""),
    ]
    known = [(name, value) for name, value in rows if value]
    yield from table([*known, *_means(held.resolution)], width)


def _lookup(answer: LookupAnswer) -> str:
    """Say what a web archive has of a dead link."""
    asked = f"asked {short_date(answer.asked_at)}" if answer.asked_at else "not asked yet"
    if answer.state is LookupState.WAITING:
        why = f": {answer.reason}" if answer.reason else ""
        return f"to be looked up in the web archive ({asked}{why})"
    if answer.state is LookupState.NONE:
        return f"not in the web archive ({asked}: {answer.reason})"
    if answer.memento is not None:
        return f"archived {short_date(answer.memento.at)}: {answer.memento.url}"
    return f"not looked up in the web archive: {answer.reason}"


def list_history(found: Sequence[StoredChange]) -> Iterator[str]:
    """Give what a headline's list changed of it, newest first; nothing where nothing changed."""
    if found:
        yield ""
        yield click.style("In its list", bold=True)
        rows = [(each.kind.value, f"{short_date(each.at)}{_from_to(each)}") for each in found]
        yield from table(rows, columns())


def changes(found: Sequence[StoredChange], names: Mapping[int, str]) -> Iterator[str]:
    """Give what changed in the lists, by source and visit, newest first."""
    visit: tuple[int, str] | None = None
    for each in found:
        # A visit reads several pages: to the minute they are one.
        this = (each.source_id, short_date(each.at))
        if this != visit:
            yield from [""] if visit else []
            name = names.get(each.source_id, "a source that was removed")
            yield click.style(f"{this[1]}  {harmless(name)}", bold=True)
            visit = this
        what = f"{each.title} (h{each.headline_id}){_from_to(each)}"
        yield from (INDENT + line for line in table([(each.kind.value, what)], columns() - 4))


def _from_to(change: StoredChange) -> str:
    """Say what the headline was before, where it was something else."""
    if change.kind in {ChangeKind.RETITLED, ChangeKind.REDATED, ChangeKind.RELINKED}:
        return f", was: {change.old or 'none'}, now: {change.new or 'none'}"
    return ""


def _means(found: Resolution | None) -> Iterator[tuple[str, str]]:
    """Give what a headline without a link was resolved to, and what else it may mean."""
    if found is None:
        return
    if found.url:
        yield ("By its title", f"{found.url} ({found.score:.2f}: {found.evidence})")
    else:
        yield ("Unresolved", found.evidence)
    for rival in found.rivals:
        yield ("Candidate", f"{rival.title} · {rival.url} ({rival.score:.2f}: {rival.evidence})")


def resolved(found: Sequence[Resolved], *, dry_run: bool) -> Iterator[str]:
    """Give the headlines that were resolved, a few lines each, then how many are open and why."""
    width = columns()
    done = [each for each in found if each.resolution.url]
    for each in done:
        name = harmless(f"h{each.held.id}. {each.held.headline.title}")
        yield click.style(cut(name, width), bold=True)
        score = f"{each.resolution.score:.2f}: {each.resolution.evidence}"
        for text in (each.resolution.url or "", score):
            yield from (INDENT + line for line in wrap_text(text, width - len(INDENT)))
    yield from ([""] if done else [])
    yield _outcome(found, done, dry_run=dry_run)
    still_open = (each.resolution.evidence for each in found if not each.resolution.url)
    reasons = Counter(evidence.partition(":")[0] for evidence in still_open)
    yield from table([(str(count), reason) for reason, count in reasons.most_common()], width)


def _outcome(found: Sequence[Resolved], done: Sequence[Resolved], *, dry_run: bool) -> str:
    if not found:
        return "Every headline has a link, an article or an answer."
    held = sum(1 for each in done if each.article_id)
    mood = "could be resolved" if dry_run else "resolved"
    fetch = f", {len(done) - held} to fetch" if len(done) > held else ""
    facts = f" ({held} with article{fetch})" if done else ""
    return f"{len(done)} of {len(found)} {mood}{facts}, {len(found) - len(done)} stay open"


def sources(summaries: Sequence[SourceSummary]) -> Iterator[str]:
    """Give the sources, a few lines each."""
    width = columns()
    for number, summary in enumerate(summaries):
        if number:
            yield ""
        held = summary.source
        state = " (imported)" if summary.is_imported else " (paused)" if held.paused else ""
        name = f"{held.id}. {held.name or held.url}{state}"
        yield click.style(cut(harmless(name), width), bold=True)
        yield from (INDENT + line for line in table(_source(summary), width - len(INDENT)))


def _source(summary: SourceSummary) -> list[tuple[str, str]]:
    never = "never: its list was imported" if summary.is_imported else "not yet"
    visit = f"{short_date(summary.last_visit)}" if summary.last_visit else never
    outcome = summary.last_reason or (summary.last_state.value if summary.last_state else "")
    newest = f", newest of {summary.newest}" if summary.newest else ""
    return [
        ("Address", summary.source.url),
        ("Headlines", f"{summary.headlines}, {summary.articles} with article{newest}"),
        ("Visited", f"{visit}: {outcome}" if summary.last_visit and outcome else visit),
    ]


def status(held: Status, *, folder: str) -> Iterator[str]:
    """Give the archive at a glance."""
    width = columns()
    stories = f", stories: {held.stories}" if held.stories != held.articles else ""
    versions = f", earlier versions: {held.versions}" if held.versions else ""
    period = f"{held.oldest} to {held.newest}" if held.oldest else ""
    open_ones = held.headlines_unresolved
    unresolved = f", {open_ones} without a link, unresolved" if open_ones else ""
    waiting = held.frontier[UrlState.DUE] + held.frontier[UrlState.CLAIMED]
    rows = [
        ("Archive", f"{folder} ({_megabytes(held.size)})"),
        ("Sources", str(held.sources)),
        ("Headlines", f"{held.headlines}, {held.headlines_with_article} with article{unresolved}"),
        ("Articles", f"{held.articles}{stories}{versions}"),
        ("Published", period),
        ("Captures", _captures(held)),
        ("Last stored", short_date(held.last_stored) if held.last_stored else "nothing yet"),
        ("Pages", ", ".join(f"{n} {state.value}" for state, n in held.frontier.items() if n)),
        ("To fetch", f"{waiting} pages" if waiting else _nothing_to_fetch(held)),
        ("Dead links", _dead_links(held.lookups)),
        ("Crawling", held.held_by or ""),
    ]
    yield from table([(name, value) for name, value in rows if value], width)
    if lost := [each for each in held.failures if not each.kept]:
        yield ""
        yield click.style("Not kept", bold=True)
        yield from table([(str(each.count), _failure(each)) for each in lost], width)
        if left := sum(held.frontier[state] for state in NOT_HAD) - sum(
            each.count for each in held.failures if each.state in NOT_HAD
        ):
            yield f"and {counted(left, 'page')} more, for rarer reasons"


# How many dead links are in each state, in words.
LOOKED_UP = {
    LookupState.FOUND: "kept from the web archive",
    LookupState.NONE: "gone, not in the web archive",
    LookupState.WAITING: "to look up there",
}


def _dead_links(lookups: Mapping[LookupState, int]) -> str:
    return ", ".join(
        f"{lookups[state]} {said}" for state, said in LOOKED_UP.items() if lookups[state]
    )


def _failure(each: FailureCount) -> str:
    """Say how pages ended, whether they are tried again, and name one of them."""
    again = f"; next try {short_date(each.next_try)}" if each.next_try else ""
    return f"{each.state.value}: {harmless(each.reason)}{again}; {harmless(each.example)}"


def _captures(held: Status) -> str:
    return f"{held.captures} ({_megabytes(held.captures_size)})" if held.captures else ""


def _nothing_to_fetch(held: Status) -> str:
    again = f", another try from {short_date(held.next_due)} on" if held.next_due else ""
    return f"nothing{again}"


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _dated(dated: Dated | None) -> str | None:
    return known_date(dated.isoformat(), dated.precision) if dated else None
