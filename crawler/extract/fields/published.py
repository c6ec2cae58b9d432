"""When the article was published and last changed.

Ranks what the page declares and shows; reading one printed date is `dates.py`'s part. Never takes a
comment's, a related item's or a copyright date, nor one after the page was captured.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from urllib.parse import urlsplit

import lxml.html

from archive.records import Dated, DateSource, Precision
from crawler.extract.dates.printed import (
    DateOrder,
    find_dates,
    order_of,
    read_date,
    read_found,
)
from crawler.extract.dates.shapes import FULL
from crawler.extract.fields.helpeddates import helped_dates
from crawler.extract.fields.jsonld import Json, text_of
from crawler.extract.fields.ownentries import own_entries
from crawler.extract.fields.pieces import Showing
from crawler.extract.fields.scriptdates import script_dates, titled_dates
from crawler.extract.fields.showndates import ShownDate, may_hold_date, read_shown_dates
from crawler.extract.fields.sitenames import DATE_PART, split_title
from crawler.extract.fields.structured import Structured
from crawler.extract.page import Page

# The names under which pages declare when they were published, the most particular first; `date`
# and its like come last, because some servers put the time of delivery there.
PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "datepublished",
    "rnews:datepublished",
    "og:published_time",
    "og:pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "bt:pubdate",
    "lp.article:published_time",
    "originalpublicationdate",
    "article_date_original",
    "article.published",
    "article.created",
    "article:created_time",
    "publication_date",
    "publication-date",
    "publicationdate",
    "publish-date",
    "publish_date",
    "publishdate",
    "published-date",
    "published_at",
    "pubdate",
    "pub_date",
    "ptime",
    "displaydate",
    "ob:date",
    "eprints.date",
    "video:release_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "datecreated",
)
# Names that some servers fill with the print edition's day or the time of delivery: asked only
# where the page shows no date beside its headline.
WEAK_METAS = ("dcterms.date", "dc.date", "date", "creation_date", "creationdate")

# How other names end that declare a publication: `video:upload_date`, `vendor:published`.
PUBLISHED_ENDING = re.compile(
    r"(?:^|[:._-])(?:publi(?:shed|cation|cationdate|shdate|shed_?(?:date|time|at|on))|upload(?:ed|date|_date)|"
    r"citation_(?:online_)?date|creat(?:ed?|ion)_?(?:at|time)|pub_?date|date_?published|published_?time|(?:publi(?:sh|cation)|release)[_-]?(?:date|time))$"
)
MODIFIED_METAS = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "article:modified",
    "article:updated_time",
    "datemodified",
    "dateupdate",
    "dateupdated",
    "bt:moddate",
    "lp.article:modified_time",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "modified",
    "revised",
)
# Below this a shown date is not taken for the publication's.
LEAST_SCORE = 30
# A shown date that its own words call that of a change is the page's wherever it stands.
LEAST_UPDATED = 20
# From here on it stands beside the headline and looks like a date of publication.
SURE_SCORE = 55

# What is declared for earlier is doubted; and the days that programs count from, which stand for
# a date that is missing.
FIRST_DECLARED_YEAR = 1990
ZEROS = frozenset({(1969, 12, 31), (1970, 1, 1), (1904, 1, 1), (1900, 1, 1), (1899, 12, 30)})

COARSE = (Precision.YEAR, Precision.MONTH)

# How the source of a date is marked that counts from the capture, or has its year elsewhere.
HELP = "counted from the capture or the address's year"

PUBLISHED_KEYS = ("datePublished", "uploadDate", "dateCreated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """When the article was published and last changed, and where that was found."""

    published: Dated | None = None
    modified: Dated | None = None
    published_source: str | None = None
    modified_source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A date as printed, and where."""

    text: str
    source: DateSource
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A date, and where it was found."""

    dated: Dated
    where: str


def read_dates(
    page: Page,
    structured: Structured,
    showing: Showing,
    language: str | None,
) -> Dates:
    """Choose the date of publication and that of the last change."""
    reader = Reader(page, showing, language)
    declared = list(reader.read(published_candidates(structured)))
    published = choose_declared(declared, structured, reader) or choose_shown(structured, reader)
    modified = next(reader.read(modified_candidates(structured)), None)
    if modified is None and not declared:
        modified = reader.best_updated(LEAST_SCORE)
    if published and modified and day_of(modified) < day_of(published) - timedelta(days=1):
        modified = None
    return Dates(
        published=published.dated if published else None,
        modified=modified.dated if modified else None,
        published_source=published.where if published else None,
        modified_source=modified.where if modified else None,
    )


class Reader:
    """Reads dates of one page; looks for shown ones once, and only when asked."""

    def __init__(self, page: Page, showing: Showing, language: str | None) -> None:
        self.page = page
        self.showing = showing
        self.languages = (language,) if language else ()
        self.url_day = url_day(page.url, page.captured_at)

    def read(self, candidates: Iterable[Candidate]) -> Iterator[Read]:
        """Give each candidate that is a whole day or finer, read, in the order given."""
        for candidate in candidates:
            dated = read_date(
                candidate.text,
                captured_at=self.page.captured_at,
                source=candidate.source,
                languages=self.languages,
            )
            if dated and dated.precision not in COARSE and self.is_sensible(dated):
                yield Read(dated=dated, where=candidate.where)

    def is_sensible(self, dated: Dated) -> bool:
        """Tell whether a declared date can be meant: no program's zero, and the web has begun.

        An older one is of an article of print where the page shows its year, or the address its
        day.
        """
        value = dated.value
        if value.year >= FIRST_DECLARED_YEAR:
            return True
        if self.url_day and self.url_day.value.year == value.year:
            return True
        zero = (value.year, value.month, value.day) in ZEROS
        year = str(value.year)
        return not zero and any(year in piece.text for piece in self.showing.pieces)

    @cached_property
    def shown(self) -> list[ShownDate]:
        """Give the dates that the page shows, rated with what its address says, the best first."""
        return self.rated(self.showing)

    def below_headline(self) -> ShownDate | None:
        """Give the date that the page prints below its headline, if it looks like its own."""
        below = self.showing.below()
        if below is None or not any(map(may_hold_date, below.pieces)):
            return None
        best = next(iter(self.rated(below)), None)
        return best if best and best.score >= SURE_SCORE and not best.updated else None

    def rated(self, showing: Showing) -> list[ShownDate]:
        """Give the dates of a page or a part of it, as `shown` does."""
        shown = read_shown_dates(
            showing,
            captured_at=self.page.captured_at,
            languages=self.languages,
            order=self.order_on(showing),
        )
        month = url_month(self.page.url)
        rated = [replace(one, score=agreed(one, self.url_day, month)) for one in shown]
        return sorted(rated, key=lambda one: -one.score)

    def own_entry(self) -> Read | None:
        """Give the date that the page's own entry carries in a list on the page."""
        for text in own_entries(self.page.root, self.page.url, self.page.base):
            found = find_dates(text, captured_at=self.page.captured_at, languages=self.languages)
            full = [one for one in found if one.strength == FULL]
            dated = len(full) == 1 and read_found(
                full[0],
                captured_at=self.page.captured_at,
                source=DateSource.LIST,
                order=self.order_on(self.showing),
            )
            if dated and dated.precision not in COARSE:
                return Read(dated=dated, where="the page's own entry in a list")
        return None

    def helped(self) -> Read | None:
        """Give the date beside the headline that needs help: `3 hours ago`, `8 November`."""
        month, year = url_month(self.page.url), url_year(self.page.url)
        helped = helped_dates(
            self.showing, captured_at=self.page.captured_at, languages=self.languages, year=year
        )
        fitting = (one for one in helped if month in (None, (one.value.year, one.value.month)))
        return next((Read(dated=one, where=f"text, {HELP}") for one in fitting), None)

    def order_on(self, showing: Showing) -> DateOrder | None:
        """Give the order of day and month that the page's language or the page itself prints."""
        return order_of(self.languages) or self.printed_order(showing)

    def printed_order(self, showing: Showing) -> DateOrder | None:
        """Give the order of day and month that the page is known to print, for English pages.

        By the region that it declares or its address names, else by a date of which one number
        cannot be a month, else by the language that its makers call a date in.
        """
        region = region_of(self.page)
        if region:
            return DateOrder.MDY if region in MONTH_FIRST else DateOrder.DMY
        numeric = [piece for piece in showing.pieces if NUMERIC.search(piece.text)]
        numbers = [n for piece in numeric for n in NUMERIC.findall(piece.text)]
        days_first = any(int(first) > MONTHS_OF_YEAR for first, _, _ in numbers)
        days_second = any(int(second) > MONTHS_OF_YEAR for _, _, second in numbers)
        if days_first != days_second:
            return DateOrder.DMY if days_first else DateOrder.MDY
        foreign = any(DAY_FIRST_CLASS.search(piece.element.get("class") or "") for piece in numeric)
        return DateOrder.DMY if foreign else None

    def best_shown(self, least: int) -> Read | None:
        """Give the best shown date that is rated at least so and not labelled as a change's."""
        dated = next((o.dated for o in self.shown if not o.updated and o.score >= least), None)
        return Read(dated=dated, where=dated.source.value) if dated else None

    def best_updated(self, least: int) -> Read | None:
        """Give the best shown date that is rated at least so and labelled as a change's."""
        dated = next((o.dated for o in self.shown if o.updated and o.score >= least), None)
        return Read(dated=dated, where=f"{dated.source.value}, as updated") if dated else None


def region_of(page: Page) -> str | None:
    """Give the region that an English page declares (`en-GB`), or that its address ends in."""
    html = page.root.getroottree().getroot()
    declared = REGION.fullmatch((html.get("lang") or "").strip())
    if declared:
        return declared[1].lower()
    ending = (urlsplit(page.url).hostname or "").rpartition(".")[2]
    return ending if ending in ENGLISH_ENDINGS else None


def choose_shown(structured: Structured, reader: Reader) -> Read | None:
    """Choose where nothing sure is declared: the headline's date, weak metas, others, the address.

    Where a page prints but the day of its last change, that is the best that is known, and its
    source says so.
    """
    return (
        reader.best_shown(SURE_SCORE)
        or read_scripts(reader)
        or next(reader.read(weak_candidates(structured)), None)
        or reader.best_updated(SURE_SCORE)
        or reader.best_shown(LEAST_SCORE)
        or reader.own_entry()
        or reader.best_updated(LEAST_UPDATED)
        or (Read(dated=reader.url_day, where="url") if reader.url_day else None)
        or reader.helped()
    )


def read_scripts(reader: Reader) -> Read | None:
    """Give the date in the data of the page's programs: the only day, or the one of this title."""
    root = reader.page.root
    read = list(reader.read(script_candidates(script_dates(root))))
    if not read or (only := only_day(read)):
        return only if read else None
    return only_day(list(reader.read(script_candidates(titled_dates(root, reader.showing.title)))))


def settle_declared(declared: Sequence[Read], reader: Reader) -> Read:
    """Choose among declared dates: the first, unless another is the one that the page shows.

    Declarations that are days apart come from different systems of one publisher, of which one
    may keep the time of a first draft.
    """
    first = declared[0]
    others = [one for one in declared[1:] if abs(day_of(one) - day_of(first)) > timedelta(days=1)]
    if others and (shown := reader.best_shown(SURE_SCORE)):
        first = next((one for one in declared if day_of(one) == day_of(shown)), first)
    return localise(first, declared, reader)


def choose_declared(
    declared: Sequence[Read], structured: Structured, reader: Reader
) -> Read | None:
    """Choose among declared dates, the shown one in mind; None where there are none."""
    if not declared:
        return None
    return released(declared[0], structured, reader) or settle_declared(declared, reader)


def released(declared: Read, structured: Structured, reader: Reader) -> Read | None:
    """Give the day printed below the headline where it is another than marked, and declared too.

    Marked by microdata alone, in local time: some systems mark when a text was first saved. The
    names that are weak elsewhere have the day of its release then.
    """
    value = declared.dated.value
    if not (declared.where.startswith("itemprop") and isinstance(value, datetime)):
        return None
    if not value.utcoffset():
        return None
    others = {day_of(one) for one in reader.read(weak_candidates(structured))}
    shown = reader.below_headline() if others - {day_of(declared)} else None
    if shown is None or shown.dated.precision is not Precision.DAY:
        return None
    read = Read(dated=shown.dated, where=shown.dated.source.value)
    return read if day_of(read) in others and day_of(read) > day_of(declared) else None


def localise(chosen: Read, declared: Sequence[Read], reader: Reader) -> Read:
    """Give an instant in UTC with the offset that the publisher prints it with elsewhere.

    The same instant with an offset, or the same minute and second some hours away without one,
    is the publisher's local time: the day that readers saw.
    """
    value = chosen.dated.value
    if not isinstance(value, datetime) or value.utcoffset() != timedelta(0):
        return chosen
    local = next(filter(None, (local_of(value, one.dated.value) for one in declared)), None)
    if local is None and reader.url_day and reader.url_day.value != value.date():
        seen = (one.dated.value for one in reader.shown if one.score >= LEAST_SCORE)
        local = next(filter(None, (local_of(value, one) for one in seen)), None)
    if local is None:
        return printed_day(value, reader) or chosen
    return Read(dated=replace(chosen.dated, value=local), where=chosen.where)


def printed_day(instant: datetime, reader: Reader) -> Read | None:
    """Give the day printed below the headline where it is another one than UTC's of `instant`.

    It must be the day of that instant where the page's language is at home, and be printed without
    a time, which would be another instant's, or stand in the address too.
    """
    if local_days(instant, reader.languages) == {instant.date()}:
        return None
    shown = reader.below_headline()
    if shown is None:
        return None
    value = shown.dated.value
    day = value.date() if isinstance(value, datetime) else value
    named = reader.url_day is not None and reader.url_day.value == day
    if day == instant.date() or day not in local_days(instant, reader.languages):
        return None
    if isinstance(value, datetime) and not named:
        return None
    dated = replace(shown.dated, value=day, precision=Precision.DAY)
    return Read(dated=dated, where=f"{dated.source.value}, the local day")


def local_days(instant: datetime, languages: Sequence[str]) -> set[date]:
    """Give the days that an instant falls on where a page's language is at home."""
    west, east = OFFSETS.get(languages[0] if languages else "", ANYWHERE)
    return {(instant + timedelta(hours=hours)).date() for hours in (west, 0, east)}


def local_of(instant: datetime, other: date | datetime) -> datetime | None:
    """Give `instant` in the zone that `other` shows for it; None where that is another instant."""
    if not isinstance(other, datetime):
        return None
    if other.tzinfo is not None:
        same = abs(other - instant) < timedelta(minutes=1) and other.utcoffset() != timedelta(0)
        return instant.astimezone(other.tzinfo) if same else None
    exact = bool(other.second)
    printed = instant.replace(tzinfo=None) if exact else instant.replace(tzinfo=None, second=0)
    offset = other - printed.replace(microsecond=0)
    if not offset or abs(offset) > timedelta(hours=14) or offset % timedelta(minutes=30):
        return None
    return instant.astimezone(timezone(offset))


def day_of(one: Read) -> date:
    """Give the calendar day of a date as printed."""
    value = one.dated.value
    return value.date() if isinstance(value, datetime) else value


def agreed(shown: ShownDate, day: Dated | None, month: tuple[int, int] | None) -> int:
    """Rate a shown date anew by what the address says."""
    value = shown.dated.value
    if day is not None:
        same = value.isoformat()[:10] == day.value.isoformat()[:10]
        return shown.score + (40 if same else -40)
    if month is not None:
        return shown.score + (25 if (value.year, value.month) == month else -25)
    return shown.score


def published_candidates(structured: Structured) -> Iterator[Candidate]:
    """Give the dates that the page declares as its publication's, the best first."""
    for key in PUBLISHED_KEYS:
        for node in structured.articles:
            if text := date_text(node.get(key)):
                yield Candidate(text=text, source=DateSource.JSON_LD, where=f"json-ld {key}")
    others = [name for name in structured.metas if PUBLISHED_ENDING.search(name)]
    for name, value in structured.meta_values(dict.fromkeys((*PUBLISHED_METAS, *others))):
        yield Candidate(text=value, source=DateSource.META, where=f"meta {name}")
    for value in structured.metas.get("parsely-page", ()):
        if told := PARSELY_DATE.search(value):
            yield Candidate(text=told[1], source=DateSource.META, where="meta parsely-page")
    for name in ("datepublished", "datecreated"):
        for element in structured.properties.get(name, ())[:3]:
            for text in element_dates(element):
                yield Candidate(text=text, source=DateSource.META, where=f"itemprop {name}")


def date_text(value: Json) -> str | None:
    """Give a date's text, also where a program wrote seconds or milliseconds as a number."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(int(value)) if value == value // 1 else None
    return text_of(value)


def script_candidates(dates: Iterable[tuple[str, str]]) -> Iterator[Candidate]:
    """Give the dates of the page's scripts as candidates."""
    for text, key in dates:
        yield Candidate(text=text, source=DateSource.META, where=f"script {key}")


def only_day(read: Sequence[Read]) -> Read | None:
    """Give the first date if all are of its day; scripts of several days hold other works."""
    days = {day_of(one) for one in read}
    return read[0] if len(days) == 1 else None


def weak_candidates(structured: Structured) -> Iterator[Candidate]:
    """Give the declared dates that may also be an edition's or a delivery's."""
    for name, value in structured.meta_values(WEAK_METAS):
        yield Candidate(text=value, source=DateSource.META, where=f"meta {name}")
    for title in (structured.meta("og:title"), structured.title):
        if day := DATE_PART.search(split_title(title or "")[-1][1]):
            yield Candidate(text=day.group(), source=DateSource.META, where="title")


def modified_candidates(structured: Structured) -> Iterator[Candidate]:
    """Give the dates that may be the last change's, the best first."""
    for node in structured.articles:
        if text := date_text(node.get("dateModified")):
            yield Candidate(text=text, source=DateSource.JSON_LD, where="json-ld dateModified")
    for name, value in structured.meta_values(MODIFIED_METAS):
        yield Candidate(text=value, source=DateSource.META, where=f"meta {name}")
    for element in structured.properties.get("datemodified", ())[:1]:
        for text in element_dates(element):
            yield Candidate(text=text, source=DateSource.META, where="itemprop datemodified")


def element_dates(element: lxml.html.HtmlElement) -> Iterator[str]:
    """Give the forms of a date that an element holds: for machines first, then as printed."""
    for text in (element.get("datetime"), element.get("content"), element.get("title")):
        if text:
            yield text
    yield " ".join(" ".join(element.itertext()).split())


# A JSON object in a meta, whose quotation marks some sites write as entities.
PARSELY_DATE = re.compile(r'"pub_?date"\s*:\s*"([^"]{8,40})"', re.IGNORECASE)

# English prints both orders of day and month; the region tells which.
REGION = re.compile(r"[a-z]{2}[-_]([a-z]{2})", re.IGNORECASE)
MONTH_FIRST = frozenset({"us", "ph", "gov", "mil"})
ENGLISH_ENDINGS = frozenset(
    {"au", "gov", "ie", "in", "ke", "mil", "ng", "nz", "ph", "sg", "uk", "us", "za"}
)
NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/-])(\d{1,2})\2(?:19|20)?\d\d(?![\d/-])")
# An English page built by people whose own language calls a date so prints it as that one does:
# every language with these words sets the day first.
DAY_FIRST_CLASS = re.compile(r"(?<![a-z])(?:datum|fecha|dato|tarih)(?![a-z])", re.IGNORECASE)
MONTHS_OF_YEAR = 12

# Hours ahead of UTC, least and most, where a language's newsrooms are; others are spread over the
# world's: from Hawaii to New Zealand in its summer.
OFFSETS = {
    "cs": (1, 2), "da": (1, 2), "de": (1, 2), "hr": (1, 2), "hu": (1, 2), "it": (1, 2),
    "nb": (1, 2), "nl": (1, 2), "no": (1, 2), "pl": (1, 2), "sk": (1, 2), "sl": (1, 2),
    "sr": (1, 2), "sv": (1, 2), "bg": (2, 3), "el": (2, 3), "et": (2, 3), "fi": (2, 3),
    "he": (2, 3), "lt": (2, 3), "lv": (2, 3), "ro": (2, 3), "uk": (2, 3), "tr": (3, 3),
    "hi": (5, 6), "bn": (5, 6), "th": (7, 7), "vi": (7, 7), "id": (7, 9), "ja": (9, 9),
    "ko": (9, 9),
}  # fmt: skip
ANYWHERE = (-10, 13)

# A path names a day where year, month and day follow each other between slashes or as one word.
URL_DAY = re.compile(
    r"(?:^|[/_.-])((?:19|20)\d\d)([/_.-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=$|[/_.T-]|[a-z])"
)
URL_MONTH_NAME = re.compile(
    r"/((?:19|20)\d\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/(\d{1,2})(?=/|$)",
    re.IGNORECASE,
)
URL_YEAR = re.compile(r"/((?:19|20)\d\d)(?=/)")
URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])/")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def url_day(url: str, captured_at: datetime) -> Dated | None:
    """Read the day that the address's path carries."""
    path = urlsplit(url).path
    if found := URL_DAY.search(path):
        year, _, month, day = found.groups()
    elif named := URL_MONTH_NAME.search(path):
        year, name, day = named.groups()
        month = str(MONTHS.index(name.lower()) + 1)
    else:
        return None
    text = f"{year}-{int(month):02}-{int(day):02}"
    return read_date(text, captured_at=captured_at, source=DateSource.URL)


def url_month(url: str) -> tuple[int, int] | None:
    """Read the year and month that the address's path carries."""
    found = URL_MONTH.search(urlsplit(url).path)
    return (int(found[1]), int(found[2])) if found else None


def url_year(url: str) -> int | None:
    """Read the year that the address's path carries as a part of its own."""
    found = URL_YEAR.search(urlsplit(url).path)
    return int(found[1]) if found else None
