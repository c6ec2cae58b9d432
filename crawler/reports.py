"""What the commands say of a list, an article or a crawl: records to rows and lines. Pure.

Lines are for a terminal: whatever a page said goes through `harmless` on its way into one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from archive import export
from archive.held import Resolved
from archive.records import DecisionKind, LeftOut, ListPage, PageReading, Source
from archive.terminal import counted, harmless, harmless_lines
from crawler.tally import ListTally, Tally, Trouble

if TYPE_CHECKING:
    from crawler.asking import Answers
    from crawler.doors import Choice, View
    from crawler.importing.outcome import Outcome
    from crawler.importing.pages import Imported
    from crawler.job import Resolving
    from crawler.rereading import Reread
    from crawler.resolve import Plan

Row = dict[str, Any]

# What storing a page that was just fetched can do; captures are read again by no crawl.
OF_A_CRAWL = tuple(kind for kind in DecisionKind if kind is not DecisionKind.REREAD)

# Troubles listed one by one in a summary; the rest is counted, and `backfile status` has all.
TROUBLES_SHOWN = 10

# What a list's reader may leave out ▸ one of them.
SINGULAR = {
    "addresses": "address",
    "elements": "element",
    "entries": "entry",
    "headlines": "headline",
    "lines": "line",
    "links": "link",
    "parts": "part",
}

# Raw lines shown of what a list's reader left out.
LINES_SHOWN = 5


def reading_row(reading: PageReading) -> Row:
    """Give what a page was read as, as JSON shows it."""
    article = reading.article
    row: Row = {
        "url": reading.url,
        "verdict": reading.verdict.kind,
        "reason": reading.verdict.reason,
        "original": reading.original,
        "attribution": reading.attribution.phrase if reading.attribution else None,
        "original_title": reading.attribution.title if reading.attribution else None,
    }
    return row | export.article(article) if article else row


def headline_lines(page: ListPage) -> Iterator[str]:
    """Give a list as a person reads it: a line per headline, then the counts."""
    for headline in page.headlines:
        day = headline.published.isoformat()[:10] if headline.published else "no date   "
        publisher = f"  [{harmless(headline.publisher)}]" if headline.publisher else ""
        yield f"{day}  {harmless(headline.title)}{publisher}"
        if headline.url:
            yield f"            {harmless(headline.url)}"
    dated = sum(1 for h in page.headlines if h.published)
    flags = Counter(
        {
            "with publisher": sum(1 for h in page.headlines if h.publisher),
            "cut short": sum(1 for h in page.headlines if h.truncated),
            "damaged": sum(1 for h in page.headlines if h.damaged),
        }
    )
    counts = ", ".join(f"{n} {name}" for name, n in flags.items() if n)
    yield ""
    yield f"{counted(len(page.headlines), 'headline')}, {dated} dated" + (
        f", {counts}" if counts else ""
    )
    if page.older:
        yield f"older page: {harmless(page.older)}"


def left_out_lines(left_out: Sequence[LeftOut]) -> Iterator[str]:
    """Say what of a list was not read and why; of lines, the first few as they stand."""
    for one in left_out:
        yield f"left out: {left_out_words(one)}"
        yield from (f"  {harmless(line)}" for line in one.lines[:LINES_SHOWN])
        if one.lines and one.count > LINES_SHOWN:
            yield f"  and {one.count - LINES_SHOWN} more"


def left_out_words(one: LeftOut) -> str:
    """Say what was left out, how much of it, and why."""
    least = "at least " if one.at_least else ""
    what = SINGULAR[one.what] if one.count == 1 else one.what
    return f"{least}{one.count:,} {what} ({harmless(one.reason)})"


def left_out_rows(left_out: Sequence[LeftOut]) -> list[Row]:
    """Give what of a list was not read, as JSON shows it."""
    return [
        {
            "what": one.what,
            "count": one.count,
            "at_least": one.at_least,
            "reason": one.reason,
            "lines": list(one.lines),
        }
        for one in left_out
    ]


def choice_rows(views: Sequence["View"], choice: "Choice") -> Iterator[Row]:
    """Give what the doors of a list hold, as JSON shows it."""
    for view in views:
        yield {
            "kind": view.door.kind.value,
            "url": view.door.url,
            "title": view.door.title,
            "headlines": view.count,
            "seen": len(view.headlines),
            "dated": view.dated,
            "oldest": view.days[0].isoformat() if view.days else None,
            "newest": view.days[-1].isoformat() if view.days else None,
            "goes_on": view.goes_on,
            "problem": view.reason,
            "chosen": view is choice.view,
            "why": choice.reason if view is choice.view else None,
        }


def choice_lines(views: Sequence["View"], choice: "Choice") -> Iterator[str]:
    """Give what the doors of a list hold as a table, and which is chosen and why."""
    yield "  door       headlines  dated  oldest      newest      address"
    for view in views:
        mark = "*" if view is choice.view else " "
        yield f"{mark} {view.door.kind:<9}  {door_line(view)}  {harmless(view.door.url)}"
    if any(view.goes_on for view in views):
        yield "  (+: older pages follow)"
    if choice.view:
        yield f"read as {choice.view.door.kind}: {choice.reason}"


def door_line(view: "View") -> str:
    """Give what a door holds in columns, or why it could not be read."""
    if not view.headlines and not view.goes_on:
        return f"{harmless(view.reason or 'no headlines'):<42}"
    count = f"{view.count}{'+' if view.goes_on else ''}"
    oldest, newest = (view.days[0], view.days[-1]) if view.days else ("-", "-")
    return f"{count:>9}  {view.dated:>5}  {oldest!s:<10}  {newest!s:<10}"


def reading_lines(reading: PageReading) -> Iterator[str]:
    """Give an article as a person reads it: what it is, its fields, its text."""
    yield f"verdict: {reading.verdict.kind} ({reading.verdict.reason})"
    if reading.original:
        yield f"original: {harmless(reading.original)}"
    article = reading.article
    if article is None:
        return
    fields = {
        "title": article.title,
        "byline": ", ".join(article.byline) or None,
        "agency": article.agency,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "modified": article.modified.isoformat() if article.modified else None,
        "section": article.section,
        "tags": ", ".join(article.tags) or None,
        "language": article.language,
        "canonical": article.canonical_url,
    }
    yield from (f"{name}: {harmless(value)}" for name, value in fields.items() if value)
    yield ""
    yield harmless_lines(article.text)


def reread_row(done: "Reread") -> Row:
    """Give what became of a capture that was read again, as JSON shows it."""
    return {
        "url": done.capture.url,
        "captured_at": done.capture.captured_at.isoformat(),
        "verdict": done.verdict.kind if done.verdict else None,
        "decision": done.decision.kind if done.decision else None,
        "article_id": done.decision.article_id if done.decision else None,
        "reason": reread_reason(done),
    }


def reread_reason(done: "Reread") -> str:
    """Say what was read otherwise, why nothing was kept, or why it could not be read."""
    if done.fault is not None or done.verdict is None:
        return done.fault or "it could not be read"
    return done.decision.reason if done.decision else done.verdict.reason


def reread_lines(done: "Sequence[Reread]") -> Iterator[str]:
    """Say which articles are read otherwise now, what could not be read, and how many were read."""
    told = [each for each in done if is_told(each)]
    for each in told:
        kind = each.decision.kind if each.decision else "not read"
        which = f"article {each.decision.article_id} {kind}" if each.decision else kind
        yield f"{which}: {harmless(reread_reason(each))} ({harmless(each.capture.url)})"
    articles = sum(1 for each in done if each.decision)
    yield f"{len(done)} captures read again, {articles} of them articles"


def is_told(done: "Reread") -> bool:
    """Tell what a person wants to know of: what changed, and what went wrong."""
    if done.decision is not None:
        return done.decision.kind is not DecisionKind.UNCHANGED
    return done.fault is not None


def import_row(done: "Imported") -> Row:
    """Give what an imported file brought, as JSON shows it."""
    return {
        "file": str(done.path),
        "verdict": done.reading.verdict.kind,
        "headlines": done.headlines.found if done.headlines else 0,
        "new_headlines": done.headlines.new if done.headlines else 0,
        "queued": done.headlines.queued if done.headlines else 0,
        "left_out": left_out_rows(done.left_out),
        "article": done.article.kind if done.article else None,
        "article_id": done.article.article_id if done.article else None,
        "attribution": done.reading.attribution.title if done.reading.attribution else None,
    }


def import_line(done: "Imported") -> str:
    """Say what an imported file brought."""
    parts = []
    if done.headlines:
        count = counted(done.headlines.found, "headline")
        queued = f", {done.headlines.queued} to fetch" if done.headlines.queued else ""
        parts.append(f"{count} ({done.headlines.new} new{queued})")
    if done.article:
        title = done.reading.article.title if done.reading.article else None
        named = f": {harmless(title)}" if title else ""
        parts.append(f"article {done.article.article_id} ({done.article.kind}){named}")
    if not parts:
        parts.append(f"nothing to keep: {harmless(done.reading.verdict.reason)}")
    return f"{done.path}: {', '.join(parts)}"


def outcome_row(done: "Outcome") -> Row:
    """Give what became of a file, as JSON shows it."""
    if done.page is not None:
        return {"format": done.kind} | import_row(done.page)
    return {
        "format": done.kind,
        "file": str(done.path),
        "counts": dict(done.counts),
        "faults": list(done.faults),
        "error": done.failed,
    }


def outcome_line(done: "Outcome") -> str:
    """Say what a file brought."""
    if done.page is not None:
        return import_line(done.page)
    told = ", ".join(f"{count:,} {what}" for what, count in done.counts.items() if count)
    return f"{harmless(str(done.path))} ({done.kind}): {told or 'nothing to keep'}"


def list_line(of_list: ListTally) -> str:
    """Say what one source's list brought, and why it was not followed further."""
    back = f" back to {of_list.oldest}" if of_list.oldest else ""
    ended = f"; ended: {of_list.ended}" if of_list.ended else ""
    return f"{counted(of_list.headlines, 'headline')} ({of_list.new} new){back}{ended}"


def summary_lines(
    tally: Tally, names: Mapping[int, str], *, left: int = 0, lookups_left: int = 0
) -> Iterator[str]:
    """Give a finished crawl's summary; `names` are the sources', by their ids.

    `left` counts the pages that are due still, `lookups_left` the dead links to look up still.
    """
    back = f", back to {tally.oldest}" if tally.oldest else ""
    yield f"fetched     {counted(tally.settled, 'page')}"
    yield f"lists       {counted(tally.list_pages, 'page')} read{back}"
    for source_id, of_list in tally.lists.items():
        yield f"  {harmless(names.get(source_id, str(source_id)))}: {list_line(of_list)}"
        yield from (f"    left out: {left_out_words(one)}" for one in of_list.left_out)
    yield f"headlines   {tally.headlines} found, {tally.new_headlines} new"
    yield f"articles    {articles_line(tally)}"
    others = ", ".join(f"{n} {kind}" for kind, n in sorted(tally.others.items()))
    if others:
        yield f"no article  {others}"
    refused = f", {tally.refusals} refused" if tally.refusals else ""
    yield f"failed      {tally.failures}{refused}"
    for trouble in tally.troubles[:TROUBLES_SHOWN]:
        yield trouble_line(trouble)
    more = tally.failures + tally.refusals - TROUBLES_SHOWN
    if more > 0:
        yield f"  and {more} more; `backfile status` counts them"
    yield from lookup_lines(tally, lookups_left)
    if left:
        why = "time is up" if tally.out_of_time else "a host asks to wait or the crawl was stopped"
        due = f"left        {counted(left, 'page')} due still, as {why}"
        yield f"{due}; the next crawl goes on with them"
    if not (tally.new_headlines or tally.stored or tally.troubles or left):
        yield "nothing new: the lists hold what the archive has already"


def resolved_lines(done: "Resolving") -> Iterator[str]:
    """Say how many headlines without a link were found, where; nothing where there is none."""
    if done.tried:
        found = done.found + done.answered
        yield f"resolved    {found} of {counted(done.tried, 'headline')} without a link"
    if done.asked:
        sites = counted(done.sites, "site")
        yield f"  asked {sites} for {counted(done.asked, 'headline')}: {done.answered} found"
    if done.fault:
        yield f"  {harmless(done.fault)}"


def lookup_lines(tally: Tally, left: int) -> Iterator[str]:
    """Say what a web archive had of the dead links; nothing where nothing was looked up."""
    facts = [
        f"{tally.mementos} read from the web archive" if tally.mementos else "",
        f"{tally.not_archived} not there" if tally.not_archived else "",
        f"{left} to look up by the next crawls" if left else "",
    ]
    said = ", ".join(fact for fact in facts if fact)
    trouble = harmless(tally.lookup_trouble) if tally.lookup_trouble else ""
    if said or trouble:
        yield f"dead links  {said}{'; ' * bool(said and trouble)}{trouble}"


def trouble_line(trouble: Trouble) -> str:
    """Say what went wrong with one page."""
    return f"  {harmless(trouble.reason)}: {harmless(trouble.url)}"


def articles_line(tally: Tally) -> str:
    """Say what storing the articles did."""
    counts = tally.articles
    words = f"{tally.stored} new"
    if counts[DecisionKind.DUPLICATE]:
        words += f" ({counts[DecisionKind.DUPLICATE]} with a text that another has too)"
    changed, unchanged = counts[DecisionKind.CHANGED], counts[DecisionKind.UNCHANGED]
    return (
        words
        + (f", {changed} changed" if changed else "")
        + (f", {unchanged} unchanged" if unchanged else "")
    )


def summary_row(tally: Tally, *, left: int = 0, lookups_left: int = 0) -> Row:
    """Give a finished crawl's summary as JSON shows it; see `summary_lines`."""
    return {
        "fetched": tally.settled,
        "left": left,
        "out_of_time": tally.out_of_time,
        "list_pages": tally.list_pages,
        "headlines": tally.headlines,
        "new_headlines": tally.new_headlines,
        "oldest": tally.oldest.isoformat() if tally.oldest else None,
        "lists": [
            {
                "source_id": source_id,
                "pages": of_list.pages,
                "headlines": of_list.headlines,
                "new_headlines": of_list.new,
                "oldest": of_list.oldest.isoformat() if of_list.oldest else None,
                "ended": of_list.ended,
                "left_out": left_out_rows(of_list.left_out),
            }
            for source_id, of_list in tally.lists.items()
        ],
        "articles": {kind.value: tally.articles[kind] for kind in OF_A_CRAWL},
        "no_article": dict(sorted(tally.others.items())),
        "failed": tally.failures,
        "refused": tally.refusals,
        "dead_links": {
            "mementos": tally.mementos,
            "not_archived": tally.not_archived,
            "left": lookups_left,
            "trouble": tally.lookup_trouble,
        },
        "troubles": [
            {"url": t.url, "kind": t.kind, "reason": t.reason, "refused": t.refused}
            for t in tally.troubles
        ],
    }


def asked_lines(plan: "Plan", answers: "Answers | None") -> Iterator[str]:
    """Say whom `resolve` has asked for what, and what it has not asked for, and why."""
    sites = answers.sites if answers else ()
    requests = sum(asked.requests for asked in sites)
    if sites:
        yield (
            f"asked {counted(len(sites), 'site')} for {counted(plan.headlines, 'headline')}: "
            f"{counted(requests, 'request')}"
        )
    bounded = [asked.visit.key for asked in sites if asked.bounded]
    for site in bounded:
        yield harmless(f"{site} was asked as much as one run may; run again to go on")
    if plan.asked_today:
        yield f"{counted(plan.asked_today, 'headline')} not asked for: asked for today already"
    if plan.waiting:
        yield f"{counted(plan.waiting, 'headline')} not asked for: beyond --limit; run again"
    if plan.homeless:
        yield (
            f"{counted(plan.homeless, 'headline')} not asked for: the list came as a file, and "
            "the publisher's site is not known (an article or a source of it makes it known)"
        )


def paused_lines(done: Iterable[Resolved], sources: Iterable[Source]) -> Iterator[str]:
    """Say which found pages the next crawl leaves alone, because their source is paused."""
    paused = {one.id: one for one in sources if one.paused and one.url.startswith("http")}
    counts = Counter(each.held.source_id for each in done if each.to_fetch)
    for source_id, source in paused.items():
        if counts[source_id]:
            yield harmless(
                f"{counted(counts[source_id], 'page')} found for {source.name or source.url}, "
                f"which is paused: `backfile crawl {source_id}` fetches them"
            )
