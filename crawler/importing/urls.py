"""A list of addresses, one a line, with a title and a date where they stand beside it.

    https://paper.example/story
    https://paper.example/other<TAB>2024-11-08<TAB>The other story
    2024-11-08 https://paper.example/third The third story

Tabs, commas, semicolons or blanks part them; `#` begins a remark. Each address is fetched by the
next crawl; one with a title becomes a headline of its list, too.
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
PARTED = re.compile(r"[\t,;]")
# Names of a table's columns, in its head.
HEADS = frozenset({"address", "date", "link", "published", "publisher", "title", "url"})


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
    for line in lines_of(text):
        found = ADDRESS.search(line)
        url = found[0].rstrip(",;") if found else ""
        if not url or canonical_url(url) is None:
            bad.append(line)
            continue
        urls[url] = None
        headline = read_line(line, url, address, len(headlines), captured_at)
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


def lines_of(text: str) -> Iterator[str]:
    """Give the lines that hold something, without a table's head."""
    for number, line in enumerate(text.splitlines()):
        stripped = line.strip()
        cells = {cell.strip(" \"'").lower() for cell in PARTED.split(stripped)}
        if stripped and not stripped.startswith("#") and not (number == 0 and cells <= HEADS):
            yield stripped


def read_line(
    line: str, url: str, address: str, position: int, captured_at: datetime
) -> Headline | None:
    """Read a line's title and date; None where it has no title."""
    cells = [cell for cell in cells_of(line, url) if cell]
    dated = [(cell, date_of(cell, captured_at)) for cell in cells]
    published = next((date for _, date in dated if date), None)
    title = " ".join(cell for cell, date in dated if date is None)
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


def cells_of(line: str, url: str) -> list[str]:
    """Give what stands beside an address: cells of a table, or a date and a title."""
    sign = next((sign for sign in "\t;," if sign in line.replace(url, "", 1)), None)
    if sign is not None:
        cells = next(csv.reader([line], delimiter=sign), [])
        parted = [cell.strip() for cell in cells if url not in cell]
        if url in (cell.strip() for cell in cells):
            return parted
    rest = " ".join(line.replace(url, " ", 1).split()).strip("\"' ")
    found = ISO_DATE.match(rest) or ISO_DATE.search(rest)
    if found is None or (found.start() and found.end() != len(rest)):
        return [rest]
    return [found[0], f"{rest[: found.start()]}{rest[found.end() :]}".strip(" \"'-–—")]


def date_of(text: str, captured_at: datetime) -> Dated | None:
    """Read a cell as a date."""
    return read_machine_date(text, captured_at=captured_at, source=DateSource.LIST) or read_date(
        text, captured_at=captured_at, source=DateSource.LIST, languages=()
    )
