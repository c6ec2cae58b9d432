"""A page's whole story: what is known ▸ events in order of time, facts, what comes next. Pure.

`tracing` gathers what is known. Nothing is guessed: what the archive did not write down is not
told (of several fetches without captures only the last one shows).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches

from archive.held import LookupState, StoredArticle, StoredChange, StoredHeadline
from archive.records import Capture, CaptureKind, PageKind, Source, UrlState
from archive.storylist import Copy, Why
from archive.terminal import counted

# Addresses that are shown where the one that was asked for is not known.
MOST_SIMILAR = 5
LEAST_SIMILAR = 0.8
# Kinds of events, in the order in which those of one second follow from each other: a transaction's
# instant is when it was begun.
KINDS = (
    "found",
    "changed",
    "withdrawn",
    "resolved",
    "queued",
    "answered",
    "settled",
    "looked up",
    "stored",
    "replaced",
    "forgotten",
)
REASONS = {
    Why.HAND: "joined by hand with article {}",
    Why.TEXT: "its text is that of article {}",
    Why.ATTRIBUTION: "one of it and article {} attributes its text to the other",
    Why.NEAR: "its text is near that of article {}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A page's row of the frontier."""

    url: str
    key: str
    kind: PageKind
    state: UrlState
    due_at: datetime | None
    source_id: int | None
    found_on: str | None
    added_at: datetime
    attempts: int
    claims: int
    visited_at: datetime | None
    status: int | None
    verdict: str | None
    reason: str | None
    final_url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLink:
    """A dead link's row of the look-ups in a web archive."""

    url: str
    state: LookupState
    due_at: datetime | None
    asked_at: datetime | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """Everything that the archive knows of a page."""

    asked: str
    keys: tuple[str, ...] = ()
    """The identities under which it is known, the one that was asked for first."""
    headlines: tuple[StoredHeadline, ...] = ()
    resolved_at: Mapping[int, datetime] = field(default_factory=dict)
    """Headline's id ▸ when it was last tried to be resolved."""
    changes: tuple[StoredChange, ...] = ()
    visits: tuple[Visit, ...] = ()
    dead_links: tuple[DeadLink, ...] = ()
    captures: tuple[Capture, ...] = ()
    article: StoredArticle | None = None
    member: Copy | None = None
    """The article as a member of its story."""
    forgotten_at: datetime | None = None
    sources: Mapping[int, Source] = field(default_factory=dict)
    """Those that are not removed."""
    lists: Mapping[int, datetime | None] = field(default_factory=dict)
    """Source's id ▸ when its list, which this page is, is visited next."""
    host: str | None = None
    at_host: Mapping[str, int] = field(default_factory=dict)
    """How many pages of its host are in which state; filled where the page is not known."""
    robots: Capture | None = None
    """The last answer of its host's robots.txt."""
    candidates: tuple[str, ...] = ()
    """Addresses at its host; filled where the page is not known."""

    @property
    def is_known(self) -> bool:
        """Tell whether anything at all is known of the page itself."""
        return any(
            (
                self.headlines,
                self.visits,
                self.dead_links,
                self.captures,
                self.article,
                self.forgotten_at,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a page."""

    at: datetime
    what: str
    """One of `KINDS`."""
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A page's story."""

    asked: str
    keys: tuple[str, ...]
    is_known: bool
    events: tuple[Event, ...]
    facts: tuple[tuple[str, str], ...]
    """What holds now: a name and what is said of it; names repeat."""
    next: tuple[str, ...]
    """What would happen next."""
    article_id: int | None = None
    story_id: int | None = None


def explain(known: Traced, *, now: datetime) -> Explanation:
    """Tell a page's story, in the order of time."""
    events = [
        *_of_lists(known),
        *_of_frontier(known),
        *_of_lookups(known),
        *map(_of_capture, known.captures),
        *_of_article(known),
    ]
    if known.forgotten_at:
        events.append(
            Event(at=known.forgotten_at, what="forgotten", said="taken out for good, by hand")
        )
    held = known.article
    return Explanation(
        asked=known.asked,
        keys=known.keys,
        is_known=known.is_known,
        events=tuple(sorted(events, key=_order)),
        facts=tuple(_facts(known) if known.is_known else _surroundings(known)),
        next=tuple(_next(known, now)),
        article_id=held.id if held else None,
        story_id=held.story_id if held else None,
    )


def _order(event: Event) -> tuple[datetime, int]:
    return event.at.replace(microsecond=0), KINDS.index(event.what)


def _name(known: Traced, source_id: int | None) -> str:
    if source_id is None:
        return "no list"
    source = known.sources.get(source_id)
    return (source.name or source.url) if source else f"source {source_id}, which was removed"


def _of_lists(known: Traced) -> Iterator[Event]:
    for held in known.headlines:
        read = held.headline
        dated = f", dated {read.published.isoformat()}" if read.published else ", undated"
        whose = f", of {read.publisher}" if read.publisher else ""
        link = "" if read.url else ", without a link"
        said = f"in {_name(known, held.source_id)}: h{held.id} “{read.title}”{whose}{dated}{link}"
        yield Event(at=held.first_seen, what="found", said=f"{said} (on {read.list_url})")
        if held.withdrawn_at:
            said = f"h{held.id} is gone from the middle of its list"
            yield Event(at=held.withdrawn_at, what="withdrawn", said=said)
        yield from _of_resolution(known, held)
    for change in known.changes:
        said = f"h{change.headline_id} {change.kind}: {change.old or '-'} → {change.new or '-'}"
        yield Event(at=change.at, what="changed", said=said)


def _of_resolution(known: Traced, held: StoredHeadline) -> Iterator[Event]:
    at = known.resolved_at.get(held.id)
    if held.resolution is None or at is None:
        return
    found = held.resolution
    meant = f"means {found.url}" if found.url else "stays open"
    yield Event(at=at, what="resolved", said=f"h{held.id} {meant}: {found.evidence}")


def _of_frontier(known: Traced) -> Iterator[Event]:
    for visit in known.visits:
        on = f", found on {visit.found_on}" if visit.found_on else ""
        led = f" through {_name(known, visit.source_id)}" if visit.source_id is not None else ""
        yield Event(
            at=visit.added_at, what="queued", said=f"to be fetched as {visit.kind}{on}{led}"
        )
        if visit.visited_at:
            yield Event(at=visit.visited_at, what="settled", said=_settled(visit))


def _of_lookups(known: Traced) -> Iterator[Event]:
    for link in known.dead_links:
        if link.asked_at:
            said = {
                LookupState.WAITING: "asked, and not answered yet",
                LookupState.FOUND: "held: its memento is stored",
                LookupState.NONE: "not held, or nothing there that is the article",
                LookupState.CLOSED: "asked no more",
            }[link.state]
            because = f": {link.reason}" if link.reason else ""
            yield Event(
                at=link.asked_at,
                what="looked up",
                said=f"in the web archive, {said}{because} ({link.url})",
            )


def _settled(visit: Visit) -> str:
    parts = [
        str(visit.state),
        f"status {visit.status}" if visit.status is not None else None,
        f"read as {visit.verdict}" if visit.verdict else None,
        visit.reason,
        f"asked {visit.claims} times in all" if visit.claims > 1 else None,
        f"at {visit.final_url}" if visit.final_url and visit.final_url != visit.url else None,
    ]
    return f"{', '.join(filter(None, parts))} ({visit.url})"


def _of_capture(capture: Capture) -> Event:
    to = f" to {capture.location}" if capture.location else ""
    kind = f" {capture.media_type}" if capture.media_type else ""
    same = ", the same bytes as before" if capture.kind is CaptureKind.REVISIT else ""
    said = f"{capture.status}{to}{kind}{same} ({capture.url}; {capture.file})"
    return Event(at=capture.captured_at, what="answered", said=said)


def _of_article(known: Traced) -> Iterator[Event]:
    held = known.article
    if held is None:
        return
    said = f"as article {held.id}, through {_name(known, held.source_id)}"
    yield Event(at=held.first_seen, what="stored", said=said)
    for version in held.versions:
        said = f"the page says something else; what it said is version {version.id}"
        yield Event(at=version.replaced_at, what="replaced", said=said)


def _facts(known: Traced) -> Iterator[tuple[str, str]]:
    held = known.article
    if held is None:
        yield "kept", _why_not(known)
        return
    yield "kept", f"yes: article {held.id}, read as {held.verdict}"
    if held.article.partial:
        yield "kept", "a part only: the rest could not be read"
    yield "story", _story(held, known.member)
    for address in held.addresses:
        yield "address", f"{address.url} ({address.role})"
    yield from _fields(held)


def _why_not(known: Traced) -> str:
    if known.forgotten_at:
        return "no: it was forgotten on request"
    asked = [visit for visit in known.visits if visit.visited_at]
    if not known.visits:
        bare = known.headlines and not any(held.headline.url for held in known.headlines)
        return "no: its headline has no link" if bare else "no: it was never put into the frontier"
    if not asked:
        return "no: it was not asked for yet"
    last = max(asked, key=lambda visit: visit.visited_at or visit.added_at)
    if last.kind is PageKind.LIST:
        return "no: it is a list, whose headlines are kept"
    return f"no: {last.reason or last.verdict or last.state}"


def _story(held: StoredArticle, member: Copy | None) -> str:
    if not held.members:
        return f"{held.story_id}, alone in it"
    others = ", ".join(str(other.id) for other in held.members)
    if member is None or member.leads:
        return f"{held.story_id}, which it leads; with article {others}"
    why = REASONS[member.why].format(member.tied_to) if member.why else "its tie is gone"
    return f"{held.story_id}, with article {others}: {why}"


def _fields(held: StoredArticle) -> Iterator[tuple[str, str]]:
    read = held.article
    for name, dated in (("published", read.published), ("modified", read.modified)):
        if dated:
            said = f"{dated.isoformat()}, to the {dated.precision}, from {dated.source}"
            yield f"field {name}", f"{said}: “{dated.raw}”"
    if read.published is None:
        listed = [h.headline.published for h in held.headlines if h.headline.published]
        by_list = f"a list says {listed[0].isoformat()}" if listed else "nor does a list"
        yield "field published", f"the page does not say; {by_list}"
    for name, where in sorted(read.sources.items()):
        if name not in {"published", "modified"}:
            yield f"field {name}", f"from {where}"


def _surroundings(known: Traced) -> Iterator[tuple[str, str]]:
    """Say what is known around a page that is not."""
    if known.host is None:
        return
    if not known.at_host:
        yield "host", f"no page of {known.host} is known"
    else:
        counts = ", ".join(f"{count} {state}" for state, count in sorted(known.at_host.items()))
        yield "host", f"pages of {known.host}: {counts}"
    if known.robots:
        at = f"{known.robots.captured_at:%Y-%m-%d}"
        yield "robots.txt", f"answered {known.robots.status} on {at} ({known.robots.file})"
    for url in similar(known.asked, known.candidates):
        yield "similar", url


def similar(asked: str, candidates: Sequence[str]) -> list[str]:
    """Give the addresses that are nearest to one in writing, the nearest first."""
    return get_close_matches(asked, dict.fromkeys(candidates), MOST_SIMILAR, LEAST_SIMILAR)


def _next(known: Traced, now: datetime) -> Iterator[str]:
    if known.forgotten_at:
        yield "never again: it was forgotten; `backfile forget --recall URL` lets it come back"
        return
    for visit in known.visits:
        yield f"{_due(visit, known, now)} ({visit.url})"
    for link in known.dead_links:
        if link.due_at is not None:
            again = "again " if link.asked_at else ""
            when = f"from {_when(link.due_at)} on" if link.due_at > now else "by the next crawl"
            yield f"looked up {again}in the web archive, {when} ({link.url})"
    if known.visits:
        return
    if not known.is_known:
        yield "nothing: no list has led to it; `backfile import` takes a file of addresses"
    elif known.headlines and known.article is None:
        yield "`backfile resolve` looks for the page that the headline means"
    else:
        yield "nothing: it is not in the frontier"


def _due(visit: Visit, known: Traced, now: datetime) -> str:
    source_id = visit.source_id
    if visit.state in {UrlState.GONE, UrlState.REFUSED}:
        where = "at its own address " if known.dead_links else ""
        return f"never again {where}".rstrip() + f": {visit.reason or visit.state}"
    if visit.kind is PageKind.LIST and source_id is not None and source_id in known.lists:
        return _list_due(known.lists[source_id], now)
    if visit.due_at is None:
        return "not again: it was read"
    source = known.sources.get(source_id) if source_id is not None else None
    paused = ", by a crawl that names its source, which is paused"
    return _waiting(visit, visit.due_at, now) + (paused if source and source.paused else "")


def _waiting(visit: Visit, due_at: datetime, now: datetime) -> str:
    if visit.state is UrlState.CLAIMED:
        return f"being fetched; given back at {_when(due_at)}"
    if visit.state is UrlState.FAILED:
        failed = counted(visit.attempts, "time")
        return f"tried again from {_when(due_at)} on, having failed {failed}"
    return f"asked from {_when(due_at)} on" if due_at > now else "due: asked by the next crawl"


def _list_due(at: datetime | None, now: datetime) -> str:
    if at is None or at <= now:
        return "list due: visited by the next crawl"
    return f"list due from {_when(at)} on"


def _when(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def lines(told: Explanation) -> Iterator[str]:
    """Say it in plain text; whoever prints it makes it harmless."""
    yield told.asked
    if not told.is_known:
        yield "nothing is known of it"
    for event in told.events:
        yield f"{event.at:%Y-%m-%d %H:%M:%S} {event.what}: {event.said}"
    for name, said in told.facts:
        yield f"{name}: {said}"
    for said in told.next:
        yield f"next: {said}"
