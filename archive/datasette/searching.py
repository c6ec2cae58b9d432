"""What a search page is asked for, and what it shows: decided here, laid out by its template. Pure.

An address holds what was asked: `q` in the search language, fields beside it, what narrows it, the
order and the page. Every link of the page is the same address with something changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from archive.answers import FACET_NAMES, harmless_spans
from archive.datasette.serving import Asked as Request
from archive.errors import UsageError
from archive.filters import MONTHS_OF_YEAR, first_day
from archive.found import Facet, HitKind, SearchHit, SearchResults, Sort, Span
from archive.query import EXACTLY, Asked

ON_A_PAGE = 20
# As far as a person pages; each page costs what those before it do.
MOST_PAGES = 500
# Characters of a title that are shown: one without end is cut.
MOST_TITLE = 300
# Values of a facet that are shown at once; the others are folded below.
AT_ONCE = 8

SORTS: Mapping[Sort, str] = {Sort.RANK: "best first", Sort.NEW: "newest", Sort.OLD: "oldest"}
# The name of a facet, and of what narrows to one of its values in an address.
NARROWED_BY: Mapping[str, str] = {
    "publisher": "publisher",
    "year": "year",
    "month": "month",
    "language": "lang",
    "source": "source",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an address asks for; None is what it does not say."""

    q: str | None = None
    title: str | None = None
    by: str | None = None
    publisher: str | None = None
    site: str | None = None
    source: str | None = None
    lang: str | None = None
    after: str | None = None
    before: str | None = None
    year: str | None = None
    month: str | None = None
    sort: Sort = Sort.RANK
    page: int = 1
    copies: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is searched for."""
        return all(value is None for name, value in self.given() if name in SEARCHED)

    @property
    def offset(self) -> int:
        """How many rows the pages before hold."""
        return (self.page - 1) * ON_A_PAGE

    def given(self) -> Iterator[tuple[str, object]]:
        """Give the name and the value of everything that may be asked for."""
        for field in fields(self):
            yield field.name, getattr(self, field.name)

    def link(self, **changes: object) -> dict[str, str]:
        """Give the arguments of the same search with something changed, from its first page on."""
        changed = replace(self, **({"page": 1} | changes))  # type: ignore[arg-type]  # by name
        told = {name: value for name, value in changed.given() if value is not None}
        if changed.sort is Sort.RANK:
            del told["sort"]
        if changed.page == 1:
            del told["page"]
        told["copies"] = "all" if changed.copies else ""
        return {name: str(value) for name, value in told.items() if value != ""}

    def asked(self) -> Asked:
        """Give the search in the archive's own terms. Raises UsageError."""
        # First, so that a quote that is not closed does not take them for words.
        words = " ".join(filter(None, (*_days(self.year), *_days(self.month), self.q)))
        return Asked(
            words=words,
            title=self.title,
            by=self.by,
            publisher=self.publisher,
            sites=(self.site,) if self.site else (),
            sources=(self.source,) if self.source else (),
            languages=(self.lang,) if self.lang else (),
            after=self.after,
            before=self.before,
        )


SEARCHED = frozenset(field.name for field in fields(Wanted)) - {"sort", "page", "copies"}


def wanted(request: Request) -> Wanted:
    """Read an address. Raises UsageError for an order or a page that there is none of."""
    given = {name: request.first(name) for name in SEARCHED}
    return Wanted(
        **given,
        sort=_sort(request.first("sort")),
        page=_page(request.first("page")),
        copies=request.first("copies") == "all",
    )


def _sort(text: str | None) -> Sort:
    try:
        return Sort(text or Sort.RANK.value)
    except ValueError:
        raise UsageError(f"sort={text}: it is rank, new or old") from None


def _page(text: str | None) -> int:
    if text is None:
        return 1
    if not text.isdecimal() or not 1 <= int(text[:9]) <= MOST_PAGES:
        raise UsageError(f"page={text}: it is a number from 1 to {MOST_PAGES}")
    return int(text)


def _days(period: str | None) -> Sequence[str]:
    """Give the conditions that a year or a month is, in the search language. Raises UsageError."""
    if period is None:
        return ()
    first = first_day(period)
    year, month = int(first[:4]), int(first[5:7])
    is_month = len(period) > len("2024")
    following = year * MONTHS_OF_YEAR + (month if is_month else MONTHS_OF_YEAR)
    until = f"{following // MONTHS_OF_YEAR:04}-{following % MONTHS_OF_YEAR + 1:02}"
    return f"after:{first}", f"before:{until}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """A condition that is in force, and the search without it."""

    label: str
    without: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A facet's value, and the search narrowed to it."""

    name: str
    count: int
    narrowed: Mapping[str, str] | None
    """None where no search finds just these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A facet as it is shown."""

    name: str
    label: str
    first: Sequence[Value]
    others: Sequence[Value]
    other: int
    """Values that are not listed."""
    covered: int | None
    """So many of the newest matches were counted; None: all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A hit as it is shown."""

    page: tuple[str, int]
    """Parts of the address where the archive shows it."""
    title: Sequence[Span]
    snippet: Sequence[Span]
    url: str | None
    publisher: str | None
    published: str | None
    precision: str | None
    copies: int
    remarks: Sequence[str]


def narrowings(asked: Wanted, names: Mapping[int, str]) -> Iterator[Narrowing]:
    """Give the conditions in force beside the words, each with the search without it."""
    for name in ("title", "by", "publisher", "site", "source", "lang", "after", "before"):
        value = getattr(asked, name)
        if value is not None:
            shown = _source_name(value, names) if name == "source" else value
            shown = shown.removeprefix(EXACTLY) if name == "publisher" else shown
            yield Narrowing(label=f"{LABELS[name]} {shown}", without=asked.link(**{name: None}))
    for name in ("year", "month"):
        if (value := getattr(asked, name)) is not None:
            yield Narrowing(label=f"in {value}", without=asked.link(**{name: None}))


LABELS: Mapping[str, str] = {
    "title": "title:",
    "by": "by",
    "publisher": "publisher",
    "site": "site",
    "source": "from the list",
    "lang": "language",
    "after": "from",
    "before": "before",
}


def _source_name(value: str, names: Mapping[int, str]) -> str:
    return names.get(int(value), value) if value.isdecimal() else value


def choices(found: SearchResults, asked: Wanted, names: Mapping[int, str]) -> Iterator[Choice]:
    """Give the facets that may narrow the search further."""
    for facet in found.facets:
        if len(facet.counts) > 1 or (facet.counts and facet.covered):
            values = [_value(facet, each.value, each.count, asked, names) for each in facet.counts]
            yield Choice(
                name=facet.name,
                label=FACET_NAMES.get(facet.name, facet.name),
                first=values[:AT_ONCE],
                others=values[AT_ONCE:],
                other=facet.other,
                covered=facet.covered,
            )


def _value(facet: Facet, value: str, count: int, asked: Wanted, names: Mapping[int, str]) -> Value:
    name = _source_name(value, names) if facet.name == "source" else value
    # Of some only the year is known: no condition finds these alone.
    is_vague = facet.name == "month" and len(value) == len("2024")
    narrowed = value if facet.name != "publisher" else exactly(value)
    return Value(
        name=f"{name}, month unknown" if is_vague else name,
        count=count,
        narrowed=None if is_vague else asked.link(**{NARROWED_BY[facet.name]: narrowed}),
    )


def exactly(name: str) -> str:
    """Give what asks for a publisher of just this name, and of none that has more words."""
    return f"{EXACTLY}{name}"


def shown(hit: SearchHit, *, all_copies: bool) -> Hit:
    """Give a hit as it is shown."""
    is_headline = hit.kind is HitKind.HEADLINE
    title = hit.snippet if is_headline else (Span(text=hit.title or "(no title)"),)
    remarks = {
        "date by the list": hit.published_from == "list" and not is_headline,
        "headline only, the article is not held": is_headline and not hit.gone,
        "its page is gone, and not in the web archive": is_headline and hit.gone,
        "garbled": hit.damaged,
        "from a web archive": hit.memento,
    }
    return Hit(
        page=("headline" if is_headline else "article", hit.id),
        title=harmless_spans(cut(title)),
        snippet=() if is_headline else harmless_spans(hit.snippet),
        url=hit.url,
        publisher=hit.publisher,
        published=hit.published,
        precision=hit.published_precision,
        copies=0 if all_copies else hit.story_size - 1,
        remarks=[remark for remark, is_so in remarks.items() if is_so],
    )


def cut(spans: Sequence[Span], most: int = MOST_TITLE) -> Sequence[Span]:
    """Give the beginning of spans, with an ellipsis where something was cut off."""
    kept: list[Span] = []
    room = most
    for span in spans:
        if len(span.text) > room:
            return [*kept, Span(text=f"{span.text[:room].rstrip()}…", match=span.match)]
        kept.append(span)
        room -= len(span.text)
    return kept


def heading(found: SearchResults) -> str:
    """Say how much was found."""
    if not found.total:
        return "Nothing found"
    more = "More than " if found.capped else ""
    return f"{more}{found.total:,} found"
