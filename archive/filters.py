"""What an answer must be besides having the words that were asked for. Pure.

It holds what `query` read and what `search` applies, and does neither.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The beginning of a day where the reader is."""

    day: str
    """ISO day: what has a day only, or a time without an offset, is compared with this."""
    instant: datetime
    """The same midnight as aware UTC: what has a time with an offset is compared with this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Each narrows what is found; an empty one lets everything through."""

    after: Bound | None = None
    """Published on this day or later; what has no date is not within."""
    before: Bound | None = None
    """Published before this day."""
    languages: tuple[str, ...] = ()
    """In one of these: first subtags, lower case (`en`, `zh`)."""
    sites: tuple[str, ...] = ()
    """At one of these hosts or below: `paper.example` is also `news.paper.example`."""
    source_ids: tuple[int, ...] = ()
    """Brought by one of these sources."""
