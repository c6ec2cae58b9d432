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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urljoin

from archive.records import Dated, DateSource, Headline, LeftOut, ListPage
from crawler.extract.dates.printed import settle
from crawler.extract.doors.forms import read_form, sniff
from crawler.extract.lists.adverts import adverts_among
from crawler.extract.lists.beside import beside_of
from crawler.extract.lists.bounds import beyond_bounds
from crawler.extract.lists.columns import OTHER_TEXT, Record
from crawler.extract.lists.damage import is_damaged, is_truncated
from crawler.extract.lists.datemarks import Mark, Place, find_marks
from crawler.extract.lists.dating import Context, Marks, day_in_url
from crawler.extract.lists.hosts import host_of
from crawler.extract.lists.linecredit import credit_lines
from crawler.extract.lists.listdates import Entry, as_printed, decide, entries_of
from crawler.extract.lists.listing import Listing, choose, link_of
from crawler.extract.lists.listpage import languages_of, needs_javascript, title_of_page
from crawler.extract.lists.outline import Node, Outline, Text, Zone, join
from crawler.extract.lists.pagination import older_page
from crawler.extract.lists.publishers import Beside, Line, credit
from crawler.extract.lists.textlines import Row, definitions_of, rows_of_text
from crawler.extract.lists.textlists import TextEntry, TextList, read_rows
from crawler.extract.lists.titles import Pattern, pattern_of, title_of
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
    marks = Marks(find_marks(flat, captured_at=page.captured_at, languages=languages))
    context = Context(url=page.base, captured_at=page.captured_at, languages=tuple(languages))
    listings = choose(flat, marks, context)
    items = tuple(tuple(items_of(flat, one, marks, context)) for one in listings)
    linked = tuple(tuple(item for item in one if item.no_entry is None) for one in items)
    reasons = Counter(item.no_entry for one in items for item in one if item.no_entry)
    said = tuple(LeftOut(what="rows", count=n, reason=reason) for reason, n in reasons.items())
    dated = max((sum(item.published is not None for item in one) for one in linked), default=0)
    if dated and sum(ends_line(mark) for mark in marks.all) <= MORE_LINES * dated:
        return Found(lists=linked, left_out=said)
    read = read_rows(rows_of_page(flat), captured_at=page.captured_at, languages=languages)
    if len(read.entries) <= MORE_LINES * dated:
        return Found(lists=linked, left_out=said)
    return Found(lists=(text_list(read, page, languages),), left_out=read.left_out)


# Why rows of a list are no entries.
ADVERT = "they are labelled as advertisements"
BUTTON = "they link to no page, and have no date of their own"


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
    wanted = [
        Entry(
            found=entry.found,
            source=DateSource.HEADING if entry.place is Place.ALONE else DateSource.LIST,
        )
        for entry in read.entries
    ]
    dates = decide(wanted, captured_at=page.captured_at, languages=languages)
    base = page.base
    pairs = zip(read.entries, dates, strict=True)
    return tuple(line_item(entry, dated, base) for entry, dated in pairs)


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


def items_of(flat: Outline, listing: Listing, marks: Marks, context: Context) -> Iterator[Item]:
    """Read the records of a list of links."""
    used = listing.dating.marks
    records = listing.column.records
    hrefs = [link_of(record, flat) for record in records]
    urls = [absolute(context.url, href) for href in hrefs]
    has_base = context.url.startswith(("http://", "https://"))
    entries = entries_of(listing.column, listing.dating, urls, marks, flat, context)
    dates = decide(entries, captured_at=context.captured_at, languages=context.languages)
    pattern = pattern_of(listing.column.spots)
    adverts = adverts_among(flat, records)
    own = Counter(map(id, used))
    for record, mark, dated, url, href in zip(records, used, dates, urls, hrefs, strict=True):
        shown = as_printed(dated, mark, marks) if mark and dated else dated
        if mark is None:
            shown = dated_by_link(url, context)
        item = replace(read_record(flat, record, mark, marks, pattern), url=url, published=shown)
        if href and url is None and not has_base:
            item = replace(item, is_unresolved=True)
        if record in adverts:
            item = replace(item, no_entry=ADVERT)
        elif leads_nowhere(record) and (mark is None or own[id(mark)] > 1):
            item = replace(item, no_entry=BUTTON)
        if item.title and not OTHER_TEXT.fullmatch(item.title[:120]):
            yield item


def leads_nowhere(record: Record) -> bool:
    """Tell a link that is none to a page: without a date it does something, "Load more"."""
    return record.spot.href is None and record.spot.node.tag == "a"


def dated_by_link(url: str | None, context: Context) -> Dated | None:
    """Give the day or month that an address names, of an entry that prints no date."""
    named = day_in_url(url)
    if named is None:
        return None
    return settle(named[0], captured_at=context.captured_at, source=DateSource.URL, raw=named[1])


def read_record(
    flat: Outline, record: Record, mark: Mark | None, marks: Marks, pattern: Pattern
) -> Item:
    """Read one record's title, and what stands beside it."""
    spot = record.spot
    inside = [
        one
        for one in marks.between(spot.node.start, spot.node.end)
        if one is mark or one.place is Place.ALONE
    ]
    texts = flat.texts_in(record.root.start, record.root.end)
    if record.root is spot.node:
        texts = flat.texts_in(record.before, record.after)
    title = title_of(spot, inside, pattern)
    return Item(
        title=title,
        raw=join(texts)[:LONGEST_RAW],
        date_text=mark.found.text.strip() if mark else None,
        beside=tuple(beside_of(flat, record, title)),
    )


def with_publishers(
    lists: Sequence[Sequence[Item]], page: Page, known: Mapping[str, str]
) -> Iterator[tuple[Item, str | None, bool]]:
    """Give the items of all lists with the title parted from the publisher."""
    site = host_of(page.url)
    for items in lists:
        of_text = [item.line for item in items if item.line]
        if of_text:
            hosts = [host_of(item.url) for item in items]
            parted = credit_lines(of_text, hosts, site=site, known=known)
        else:
            parted = credit(lines_of(items), site=site, known=known, printed_alone=False)
        for item, one in zip(items, parted, strict=True):
            yield replace(item, title=one.title), one.publisher, one.cut


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


def numbered(items: Iterable[tuple[Item, str | None, bool]], page: Page) -> Iterator[Headline]:
    """Make headlines of items, each address (or linkless line) once."""
    seen: set[str] = set()
    for item, publisher, cut in items:
        # Lines may share an address: their publisher's, or that of the list itself.
        key = item.raw if item.line else item.url or item.raw
        if key in seen or not item.title:
            continue
        seen.add(key)
        yield Headline(
            title=item.title,
            raw=item.raw,
            list_url=page.url,
            position=len(seen) - 1,
            url=item.url,
            publisher=publisher,
            published=item.published,
            date_text=item.date_text,
            truncated=cut or is_truncated(item.title) or is_truncated(publisher or ""),
            damaged=is_damaged(item.title),
            publisher_cut=cut,
        )


def absolute(base: str, href: str | None) -> str | None:
    """Join a printed address to its page's; None for what is no web address then."""
    if not href:
        return None
    try:
        url = urljoin(base, href.strip())
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None


def oldest_day(headlines: Sequence[Headline]) -> date | None:
    """Give the oldest day of a list."""
    values = [headline.published.value for headline in headlines if headline.published]
    days = [value.date() if isinstance(value, datetime) else value for value in values]
    return min(days, default=None)
