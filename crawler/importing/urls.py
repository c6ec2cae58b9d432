"""A list of addresses, one a line, with a title and a date where they stand beside it.

    https://paper.example/story
    https://paper.example/other<TAB>2024-11-08<TAB>The other story
    2024-11-08 https://paper.example/third The third story

Tabs or blanks part them, in a table with a head (`url,title,date`) its sign does; commas and the
like are part of many an address. `#` begins a remark. Each address is fetched by the next crawl;
one with a title becomes a headline of its list, too.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from archive.records import Dated, DateSource, Headline, LeftOut, ListPage
from archive.urls import canonical_url
from crawler.extract.dates.printed import read_date, read_machine_date
from crawler.extract.lists.damage import is_damaged, is_truncated

ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
ISO_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?(?:[T ]\d\d:\d\d\S*)?")
SIGNS = ("\t", ",", ";")
# Names of a table's columns, in its head.
ADDRESSES = frozenset({"address", "link", "url"})
HEADS = ADDRESSES | {"date", "published", "publisher", "title"}


@dataclass(frozen=True, slots=True, kw_only=True)
class UrlList:
    """What a list of addresses holds."""

    page: ListPage
    """Those with a title."""
    urls: tuple[str, ...]
    """All of them, each once."""


def read_urls(text: str, *, address: str, captured_at: datetime) -> UrlList:
    """Read a list of addresses; `address` is what the list is known by."""
    urls: dict[str, None] = {}
    headlines: list[Headline] = []
    bad: list[str] = []
    sign = sign_of(text)
    for line in lines_of(text):
        cells = cells_of(line, sign)
        url = next((cell for cell in cells if ADDRESS.fullmatch(cell)), None)
        if url is None or canonical_url(url) is None:
            bad.append(line)
            continue
        urls[url] = None
        told = [cell for cell in cells if cell and cell != url]
        headline = read_cells(told, line, url, address, len(headlines), captured_at)
        if headline is not None:
            headlines.append(headline)
    left = LeftOut(what="lines", count=len(bad), reason="no web address", lines=tuple(bad[:5]))
    page = ListPage(
        url=address,
        captured_at=captured_at,
        headlines=tuple(headlines),
        left_out=(left,) if bad else (),
    )
    return UrlList(page=page, urls=tuple(urls))


def sign_of(text: str) -> str | None:
    """Give what parts the cells of a table, by its head; None where there is no head."""
    head = text.lstrip().partition("\n")[0]
    return next((sign for sign in SIGNS if is_head(head, sign)), None)


def is_head(line: str, sign: str) -> bool:
    """Tell a table's head: names of columns, an address' among them."""
    cells = {cell.strip(" \"'\r").lower() for cell in line.split(sign)}
    return cells <= HEADS and bool(cells & ADDRESSES)


def lines_of(text: str) -> Iterator[str]:
    """Give the lines that hold something, without a table's head."""
    for number, line in enumerate(text.strip().splitlines()):
        stripped = line.strip()
        head = number == 0 and any(is_head(stripped, sign) for sign in SIGNS)
        if stripped and not stripped.startswith("#") and not head:
            yield stripped


def cells_of(line: str, sign: str | None) -> list[str]:
    """Part a line: as a table has it, at tabs, as CSV where it is quoted, or at its address."""
    sign = sign or ("\t" if "\t" in line else "," if line.startswith('"') else None)
    if sign is not None:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=sign), [])]
    found = ADDRESS.search(line)
    if found is None:
        return [line]
    rest = " ".join(f"{line[: found.start()]} {line[found.end() :]}".split())
    return [found[0], *parted(rest)]


def parted(rest: str) -> list[str]:
    """Part what stands beside an address: a date at its beginning or its end, and a title."""
    date = ISO_DATE.match(rest) or next(
        (one for one in ISO_DATE.finditer(rest) if one.end() == len(rest)), None
    )
    if date is None:
        return [rest]
    title = f"{rest[: date.start()]}{rest[date.end() :]}"
    return [date[0], title.strip(" \"'-–—,;")]


def read_cells(
    cells: list[str], line: str, url: str, address: str, position: int, captured_at: datetime
) -> Headline | None:
    """Read the title and the date beside an address; None where it has no title."""
    dated = [(cell, date_of(cell, captured_at)) for cell in cells]
    published = next((date for _, date in dated if date), None)
    title = " ".join(cell for cell, date in dated if date is None and not ISO_DATE.fullmatch(cell))
    if not title:
        return None
    return Headline(
        title=title,
        raw=" ".join(line.split()),
        list_url=address,
        position=position,
        url=url,
        published=published,
        date_text=published.raw if published else None,
        truncated=is_truncated(title),
        damaged=is_damaged(title),
    )


def date_of(text: str, captured_at: datetime) -> Dated | None:
    """Read a cell as a date."""
    return read_machine_date(text, captured_at=captured_at, source=DateSource.LIST) or read_date(
        text, captured_at=captured_at, source=DateSource.LIST, languages=()
    )
