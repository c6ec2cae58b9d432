"""The dated headline list of a page: bytes to a `ListPage`.

```
page ▸ outline ▸ marks (where dates stand)
              ▸ columns (what repeats) ▸ dating of each column ▸ which columns are headline lists
                                       ▸ titles ▸ dates decided by the list ▸ publishers
page without a list in its markup ▸ textlists
```

lxml parses the page, and everything is located in one flat pass over its tree. BeautifulSoup is
not used here: an item's title is the text of one or two elements, which the outline already has,
and building a second tree of a list of 2,000 rows would alone cost more than all the rest.
dateparser reads the dates that no shape of `dates` knows, a list's few kinds of them.

Does not fetch, does not follow `older`, and knows no site by name.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from urllib.parse import urljoin

from archive.records import Dated, DateSource, Headline, ListPage
from crawler.extract.columns import OTHER_TEXT, Record, find_columns
from crawler.extract.datemarks import find_marks
from crawler.extract.listdates import Entry, Marks, decide
from crawler.extract.listing import Listing, choose, title_of
from crawler.extract.outline import Outline, join
from crawler.extract.page import Page, parse_page

# An entry's raw text is kept to this length; what is longer is a whole article in a list.
LONGEST_RAW = 500


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
    (`example.com`) to the names that publishers go by. Any bytes give an answer.
    """
    page = parse_page(html, url=url, captured_at=captured_at, encoding=encoding)
    headlines = tuple(read_lists(page))
    return ListPage(url=url, captured_at=captured_at, headlines=headlines)


def read_lists(page: Page) -> Iterator[Headline]:
    """Give the headlines of all lists of a page."""
    flat = Outline(page.root)
    languages: list[str] = []
    marks = Marks(find_marks(flat, captured_at=page.captured_at, languages=languages))
    seen: set[str] = set()
    position = 0
    for listing in choose(find_columns(flat), marks):
        for record, title, dated, raw in read_listing(flat, listing, marks, page, languages):
            href = record.spot.href
            address = urljoin(page.url, href) if href else None
            key = address or title
            if key in seen or not title:
                continue
            seen.add(key)
            yield Headline(
                title=title,
                raw=raw,
                list_url=page.url,
                position=position,
                url=address,
                published=dated,
                date_text=dated.raw if dated else None,
            )
            position += 1


def read_listing(
    flat: Outline, listing: Listing, marks: Marks, page: Page, languages: Sequence[str]
) -> Iterator[tuple[Record, str, Dated | None, str]]:
    """Give each record of a list with its title, its date and its raw text."""
    dating = listing.dating
    entries = [
        Entry(found=mark.found if mark else None, source=mark.source if mark else DateSource.LIST)
        for mark in dating.marks
    ]
    dates = decide(entries, captured_at=page.captured_at, languages=languages)
    for record, dated in zip(listing.column.records, dates, strict=True):
        spot = record.spot
        inner = marks.between(spot.node.start, spot.node.end)
        title = title_of(spot, inner)
        if OTHER_TEXT.fullmatch(title[:120]):
            continue
        raw = join(flat.texts_in(record.root.start, record.root.end))[:LONGEST_RAW]
        yield record, title, dated, raw
