"""The dated headline list of a page: bytes to a `ListPage`.

```
page ▸ outline ▸ marks (where dates stand)
              ▸ columns (what repeats) ▸ dating of each column ▸ which columns are headline lists
                                       ▸ titles ▸ dates decided by the list ▸ publishers, flags
       lines of text ▸ text list, where it holds more than the lists of links
       ▸ pagination
```

lxml parses the page, and everything is located in one flat pass over its tree. BeautifulSoup is
not used here: an entry's title is the text of one or two elements, which the outline already has,
and a second tree of a list of 2,000 rows would alone cost more than all the rest. dateparser reads
what no shape of `dates` knows, once the place of a list's dates is found.

Does not fetch, does not follow `older`, and knows no site by name.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import compress

from archive.records import Dated, DateSource, Headline, LeftOut, ListPage, Precision
from crawler.extract.dates.printed import FoundDate, settle
from crawler.extract.doors.forms import read_form, sniff
from crawler.extract.lists.addresses import absolute
from crawler.extract.lists.adverts import adverts_among
from crawler.extract.lists.beside import beside_of
from crawler.extract.lists.bounds import beyond_bounds
from crawler.extract.lists.columns import OTHER_TEXT, Record
from crawler.extract.lists.damage import is_damaged, is_truncated
from crawler.extract.lists.datemarks import Mark, Place, find_marks
from crawler.extract.lists.dating import Context, Marks, day_in_url
from crawler.extract.lists.heroes import with_heroes
from crawler.extract.lists.hosts import host_of
from crawler.extract.lists.lengths import are_times, is_bare_count, is_called_length
from crawler.extract.lists.linecredit import credit_lines
from crawler.extract.lists.listdates import Entry, as_printed, day_in, decide, entries_of
from crawler.extract.lists.listing import Listing, choose, columns_of, link_of
from crawler.extract.lists.listpage import languages_of, needs_javascript, title_of_page
from crawler.extract.lists.outline import Node, Outline, Text, Zone, join
from crawler.extract.lists.pagination import older_page
from crawler.extract.lists.publishers import Beside, Credited, Line, credit
from crawler.extract.lists.textlines import Row, definitions_of, rows_of_text
from crawler.extract.lists.textlists import TextEntry, TextList, read_rows
from crawler.extract.lists.titles import pattern_of, title_of
from crawler.extract.page import Page, parse_page
from crawler.extract.text.formats import is_pdf

# An entry's raw text is kept to this length; what is longer is a whole article in a list.
LONGEST_RAW = 500

# A text list must be this much longer than the lists of links to be the page's main one.
MORE_LINES = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An entry of a list before its publisher is known."""

    title: str
    raw: str
    date_text: str | None
    url: str | None = None
    published: Dated | None = None
    beside: tuple[Beside, ...] = ()
    is_unresolved: bool = False
    """It has a link whose address is relative to one that is not known."""
    no_entry: str | None = None
    """Why it is left out though it stands in the list."""
    line: TextEntry | None = None
    """Of a list of text lines, what the line says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The lists of a page, the main one first, and what was left out of them."""

    lists: tuple[tuple[Item, ...], ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def extract_headlines(
    html: bytes,
    *,
    url: str,
    captured_at: datetime,
    encoding: str | None = None,
    known_publishers: Mapping[str, str] = {},
) -> ListPage:
    """Read the dated headlines of a page, in page order, the main list before others.

    `url` is where the page was finally read from, `captured_at` (aware) when: relative and
    year-less dates count from it and no date lies after it. `known_publishers` maps hosts
    (`example.com`) to the names that publishers go by. Any bytes give an answer: feeds, sitemaps
    and posts of WordPress' interface are read as what they are.

    Raises:
        ValueError: `url` itself cannot be taken apart (`http://[a/`); no page is that of none.

    """
    if form := sniff(html):
        return read_form(
            form, html, url=url, captured_at=captured_at, known_publishers=known_publishers
        )
    if is_pdf(html):
        return ListPage(url=url, captured_at=captured_at, headlines=())
    page = parse_page(html, url=url, captured_at=captured_at, encoding=encoding)
    flat = Outline(page.root)
    languages = languages_of(page.root)
    found = lists_of(page, flat, for_dates(languages))
    headlines = tuple(numbered(with_publishers(found.lists, page, known_publishers), page))
    return ListPage(
        url=url,
        captured_at=captured_at,
        headlines=headlines,
        older=older_page(flat, page.root, url=url, base=page.base, oldest=oldest_day(headlines)),
        language=languages[0] if languages else None,
        title=title_of_page(page.root),
        needs_javascript=not headlines and needs_javascript(page.root, flat),
        left_out=(*found.left_out, *beyond_bounds(page.root, flat), *without_base(found.lists)),
    )


def without_base(lists: Iterable[Iterable[Item]]) -> tuple[LeftOut, ...]:
    """Say how many links lead nowhere because the page's own address is not known."""
    count = sum(item.is_unresolved for items in lists for item in items)
    return (LeftOut(what="links", count=count, reason=NO_BASE),) if count else ()


# What a reader of files says of links like `/news/1`.
NO_BASE = "they are relative, and the page's own address is not known"


def for_dates(languages: Sequence[str]) -> list[str]:
    """Give the languages to read dates in: none for English, which templates declare by default."""
    if not languages or languages[0] == "en":
        return []
    return list(dict.fromkeys([*languages, "en"]))


def lists_of(page: Page, flat: Outline, languages: Sequence[str]) -> Found:
    """Give the lists of a page, the main one first: those of links, or the one of text lines."""
    if page.plain is not None:
        read = read_rows(
            rows_of_text(page.plain),
            captured_at=page.captured_at,
            languages=languages,
            definitions=definitions_of(page.plain),
            is_plain=True,
        )
        return Found(lists=(text_list(read, page, languages),), left_out=read.left_out)
    columns = columns_of(flat)
    # Without columns there is nothing that marks could date, and lines are read by themselves.
    found = find_marks(flat, captured_at=page.captured_at, languages=languages) if columns else ()
    marks = Marks(found)
    context = Context(url=page.base, captured_at=page.captured_at, languages=tuple(languages))
    listings = choose(flat, columns, marks, context)
    heroes, listings = with_heroes(listings, flat, marks)
    items = tuple(
        tuple(items_of(flat, one, marks, context, heroes=0 if n else heroes))
        for n, one in enumerate(listings)
    )
    linked = tuple(tuple(item for item in one if item.no_entry is None) for one in items)
    reasons = Counter(item.no_entry for one in items for item in one if item.no_entry)
    said = tuple(LeftOut(what="rows", count=n, reason=reason) for reason, n in reasons.items())
    dated = max((sum(map(is_dated, one)) for one in linked), default=0)
    if dated and sum(ends_line(mark) for mark in marks.all) <= MORE_LINES * dated:
        return Found(lists=linked, left_out=said)
    read = read_rows(rows_of_page(flat), captured_at=page.captured_at, languages=languages)
    # Lines that only a count dates are those of the links, which have been asked about it.
    if len(read.entries) <= MORE_LINES * dated or (linked and any(map(is_bare_count, read.founds))):
        return Found(lists=linked, left_out=said)
    return Found(lists=(text_list(read, page, languages),), left_out=read.left_out)


# Why rows of a list are no entries.
ADVERT = "they are labelled as advertisements"
BUTTON = "they link to no page, and have no date of their own"


def is_dated(item: Item) -> bool:
    """Tell whether an entry prints a date, be it one that does not say when it was published."""
    return item.published is not None or item.date_text is not None


def ends_line(mark: Mark) -> bool:
    """Tell whether a mark may be the date of a line of text without a link around its title."""
    return mark.link is None and mark.place in {Place.START, Place.END}


def rows_of_page(flat: Outline) -> Iterator[Row]:
    """Give the lines of a page as a reader sees them, with the first link in each."""
    links = {node.start: node for node in flat.nodes if node.tag == "a"}
    line: list[Text] = []
    texts = (text for text in flat.texts if text.node.zone is not Zone.FURNITURE)
    printed: Node | None = None
    for text in [*texts, None]:
        if text is not None and (block := printed_block(text.node)):
            # Their own line breaks are lost in the outline.
            if block is not printed:
                yield from rows_of_text(str(block.element.text_content()))
            printed = block
            continue
        if line and (text is None or text.gap > 1):
            span = range(line[0].number - 1, line[-1].number + 1)
            href = next((links[n].element.get("href") for n in span if n in links), None)
            yield Row(text=join(line), href=href)
            line = []
        if text is not None:
            line.append(text)


def printed_block(node: Node) -> Node | None:
    """Give the `<pre>` that a text stands in: the element itself, or not far above it."""
    above: Node | None = node
    for _ in range(3):
        if above is None or above.tag == "pre":
            return above
        above = above.parent
    return None


def text_list(read: TextList, page: Page, languages: Sequence[str]) -> tuple[Item, ...]:
    """Decide the dates of a list of text lines."""
    are_lengths = has_lengths(read)
    wanted = [
        Entry(
            found=without_length(entry.found) if are_lengths else entry.found,
            source=DateSource.HEADING if entry.place is Place.ALONE else DateSource.LIST,
        )
        for entry in read.entries
    ]
    dates = decide(wanted, captured_at=page.captured_at, languages=languages)
    base = page.base
    pairs = zip(read.entries, dates, strict=True)
    return tuple(line_item(entry, dated, base) for entry, dated in pairs)


def has_lengths(read: TextList) -> bool:
    """Tell whether lines have bare counts of minutes or hours that are no times."""
    counts = [found.text for found in read.founds if is_bare_count(found)]
    return bool(counts) and (is_called_length(counts, "") or not are_times(read.founds))


def without_length(found: FoundDate | None) -> FoundDate | None:
    """Give a date if it is no bare count of minutes or hours."""
    return None if found and is_bare_count(found) else found


def line_item(entry: TextEntry, dated: Dated | None, base: str) -> Item:
    """Make an item of a line."""
    return Item(
        title=entry.title,
        raw=entry.raw[:LONGEST_RAW],
        url=absolute(base, entry.url),
        published=dated,
        date_text=entry.date_text,
        line=entry,
    )


def items_of(
    flat: Outline, listing: Listing, marks: Marks, context: Context, *, heroes: int
) -> Iterator[Item]:
    """Read the records of a list of links, of which the first `heroes` are featured above it."""
    used = listing.dating.marks
    records = listing.column.records
    hrefs = [link_of(record, flat) for record in records]
    urls = [absolute(context.url, href) for href in hrefs]
    has_base = context.url.startswith(("http://", "https://"))
    entries = entries_of(listing.column, listing.dating, urls, marks, flat, context)
    dates = decide(entries, captured_at=context.captured_at, languages=context.languages)
    pattern = pattern_of(listing.column.spots[heroes:])
    adverts = adverts_among(flat, records)
    own = Counter(map(id, used))
    fits = [True] * len(records)
    fits[:heroes] = [belongs(index, heroes, dates, urls) for index in range(heroes)]
    for record, mark, dated, url, href in compress(
        zip(records, used, dates, urls, hrefs, strict=True), fits
    ):
        title = title_of(record.spot, marks_inside(record, mark, marks), pattern)
        if not title or OTHER_TEXT.fullmatch(title[:120]):
            continue
        shown = as_printed(dated, mark, marks) if mark and dated else dated
        if mark is None or (dated and dated.precision is Precision.YEAR):
            shown = dated_by_link(url, context) or shown
        elif mark.is_no_publication:
            shown = dated_by_link(url, context)
        yield Item(
            title=title,
            raw=join(texts_of(flat, record))[:LONGEST_RAW],
            date_text=mark.found.text.strip() if mark else None,
            url=url,
            published=shown,
            beside=tuple(beside_of(flat, record, title)),
            is_unresolved=bool(href) and url is None and not has_base,
            no_entry=why_no_entry(
                record, adverts, is_dated=mark is not None and own[id(mark)] == 1
            ),
        )


def why_no_entry(record: Record, adverts: Container[Record], *, is_dated: bool) -> str | None:
    """Say why a row of a list is none of its entries; None where it is one."""
    if record in adverts:
        return ADVERT
    return BUTTON if leads_nowhere(record) and not is_dated else None


def belongs(
    index: int, heroes: int, dates: Sequence[Dated | None], urls: Sequence[str | None]
) -> bool:
    """Tell whether a featured entry continues its list upwards, on the same site.

    One that is older than the list's first is promoted from elsewhere.
    """
    dated = dates[index]
    first = next((one for one in dates[heroes:] if one), None)
    if dated is None or first is None or is_before(dated, first):
        return False
    return host_of(urls[index]) in {host_of(url) for url in urls[heroes:]}


def is_before(one: Dated, other: Dated) -> bool:
    """Tell whether a date is before another: by their instants, else by their days."""
    a, b = one.value, other.value
    if isinstance(a, datetime) and isinstance(b, datetime) and a.tzinfo and b.tzinfo:
        return a < b
    return day_in(one) < day_in(other)


def leads_nowhere(record: Record) -> bool:
    """Tell a link that is none to a page: without a date it does something, "Load more"."""
    return record.spot.href is None and record.spot.node.tag == "a"


def dated_by_link(url: str | None, context: Context) -> Dated | None:
    """Give the day or month that an address names, of an entry that prints no date."""
    named = day_in_url(url)
    if named is None:
        return None
    return settle(named[0], captured_at=context.captured_at, source=DateSource.URL, raw=named[1])


def marks_inside(record: Record, mark: Mark | None, marks: Marks) -> list[Mark]:
    """Give the dates inside a record's link: its own, and those that stand alone."""
    node = record.spot.node
    return [
        one
        for one in marks.between(node.start, node.end)
        if one is mark or one.place is Place.ALONE
    ]


def texts_of(flat: Outline, record: Record) -> Sequence[Text]:
    """Give a record's texts; of a bare link's, all up to its neighbours."""
    if record.root is record.spot.node:
        return flat.texts_in(record.before, record.after)
    return flat.texts_in(*record.span)


def with_publishers(
    lists: Sequence[Sequence[Item]], page: Page, known: Mapping[str, str]
) -> Iterator[tuple[Item, Credited]]:
    """Give the items of all lists, each with its title parted from its publisher."""
    site = host_of(page.url)
    for items in lists:
        of_text = [item.line for item in items if item.line]
        if of_text:
            hosts = [host_of(item.url) for item in items]
            parted = credit_lines(of_text, hosts, site=site, known=known)
        else:
            parted = credit(lines_of(items), site=site, known=known, printed_alone=False)
        yield from zip(items, parted, strict=True)


def lines_of(items: Iterable[Item]) -> list[Line]:
    """Give what the items of a list of links show of their publishers."""
    return [
        Line(
            title=item.title,
            host=host_of(item.url),
            beside=item.beside,
            date_text=item.date_text,
        )
        for item in items
    ]


def numbered(items: Iterable[tuple[Item, Credited]], page: Page) -> Iterator[Headline]:
    """Make headlines of items, each address (or linkless line) once."""
    seen: set[str] = set()
    for item, credited in items:
        # Lines may share an address: their publisher's, or that of the list itself.
        key = item.raw if item.line else item.url or item.raw
        title, publisher, cut = credited.title, credited.publisher, credited.cut
        if key in seen or not title:
            continue
        seen.add(key)
        yield Headline(
            title=title,
            raw=item.raw,
            list_url=page.url,
            position=len(seen) - 1,
            url=item.url,
            publisher=publisher,
            published=item.published,
            date_text=item.date_text,
            truncated=cut or is_truncated(title) or bool(publisher and is_truncated(publisher)),
            damaged=is_damaged(title),
            publisher_cut=cut,
        )


def oldest_day(headlines: Sequence[Headline]) -> date | None:
    """Give the oldest day of a list."""
    values = [headline.published.value for headline in headlines if headline.published]
    days = [value.date() if isinstance(value, datetime) else value for value in values]
    return min(days, default=None)
