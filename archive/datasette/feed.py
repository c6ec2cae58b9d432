"""A search's newest hits as an Atom feed (RFC 4287), for feed readers that follow a search. Pure.

An article has the id that it has in exports and in the feeds of saved searches.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from archive.exporting.atom import link, urn
from archive.exporting.xmltext import attribute, element
from archive.found import HitKind, SearchHit
from archive.rows import instant
from archive.urls import page_key


def feed(hits: Iterable[SearchHit], *, title: str, home: str, now: datetime) -> str:
    """Give the feed; `home` is the reading room's address, `now` of a feed without dates."""
    entries = [_entry(hit, home, now) for hit in hits]
    updated = max((moment for moment, _ in entries), default=now)
    parts = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
        f"<id>{urn(f'search:{title}')}</id>\n{element('title', title)}\n",
        f"{element('updated', instant(updated))}\n<generator>Backfile</generator>\n",
        "<author><name>Backfile</name></author>\n",
        *(f"{entry}\n" for _, entry in entries),
        "</feed>\n",
    )
    return "".join(parts)


def _entry(hit: SearchHit, home: str, now: datetime) -> tuple[datetime, str]:
    moment = _moment(hit.published) or now
    address = f"{home}-/{hit.kind.value}/{hit.id}"
    parts = (
        element("id", urn((hit.url and page_key(hit.url)) or address)),
        element("title", hit.title or hit.url or "(no title)"),
        element("updated", instant(moment)),
        element("published", instant(moment)) if hit.published else "",
        link(hit.url or ""),
        f'<link rel="related" type="text/html" href="{attribute(address)}"/>',
        f"<source>{element('title', hit.publisher)}</source>" if hit.publisher else "",
        element("summary", "".join(span.text for span in hit.snippet))
        if hit.kind is HitKind.ARTICLE
        else "",
    )
    return moment, f"<entry>{''.join(parts)}</entry>"


def _moment(published: str | None) -> datetime | None:
    """Give a date as an instant: a day begins in UTC, as does a time without an offset."""
    if published is None:
        return None
    if "T" not in published:
        return datetime.combine(date.fromisoformat(published), time(), UTC)
    value = datetime.fromisoformat(published)
    try:
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except OverflowError:
        return value.replace(tzinfo=UTC)
