"""What a search gave. Data only: no searching, no showing.

Named tuples: a data class takes seven times as long to make, and every search makes these when it
starts. What only some searches make is where they make it (`facets.FacetCount`).
"""

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from archive.facets import FacetCount


class Span(NamedTuple):
    """A piece of a snippet."""

    text: str
    match: bool = False


class HitKind(StrEnum):
    """What was found."""

    ARTICLE = "article"
    HEADLINE = "headline"
    """A list's entry whose article is not held."""


class Sort(StrEnum):
    """Order of what was found."""

    RANK = "rank"
    NEW = "new"
    OLD = "old"


class SearchHit(NamedTuple):
    """One story, or one headline without its article, that answers a search."""

    kind: HitKind
    id: int
    """Of the article or of the headline."""
    url: str | None
    title: str | None
    publisher: str | None
    published: str | None
    """ISO text, as stored."""
    published_precision: str | None
    """How much of it is known: of a `year` or a `month` the rest is filled up."""
    published_from: str | None
    snippet: tuple[Span, ...]
    rank: float
    """bm25 with the preference for the recent; lower is better, 0 where nothing was ranked."""
    story_size: int = 1
    damaged: bool = False
    """The article's text, or the headline's title, has lost or garbled characters."""
    memento: bool = False
    """The article was read from a web archive: its own link is dead."""
    gone: bool = False
    """The headline's link is dead, and the web archive has none of its page."""


class Facet(NamedTuple):
    """What was found, counted by one of its columns."""

    name: str
    """`publisher`, `year`, `month`, `language` or `source`."""
    counts: tuple["FacetCount", ...]
    """The commonest first, years and months the newest first; a story with two publishers counts
    in both."""
    other: int
    """Values that are not among the counts."""
    covered: int | None
    """So many matches were counted, the first by date; None: all of them."""


class SearchResults(NamedTuple):
    """One page of what was found, and how much there is."""

    hits: tuple[SearchHit, ...]
    total: int
    """Rows without limit and offset."""
    capped: bool = False
    """There are more than `total`: they were not counted."""
    ranked: int | None = None
    """So many of the newest matches were ranked, the others follow by date; None: all of them."""
    facets: tuple[Facet, ...] = ()
    """Empty unless they were asked for."""
