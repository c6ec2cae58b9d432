"""The head of a text without markup: its first line as a headline, the writer's and day's below.

Gives the page anew as if that head were marked up; reading the fields stays the readers' part, and
the article's text is read elsewhere.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import replace

from crawler.extract.dates.printed import find_dates
from crawler.extract.dates.shapes import FULL
from crawler.extract.fields.shownbylines import OWN_LINE
from crawler.extract.page import Page, parse_tree

# A headline in characters, and at most how many lines of writer and day stand below it.
HEADLINE_CHARACTERS = range(8, 140)
FACTS = 4
# A line of writer or day is short; a paragraph of an article is not.
FACT_CHARACTERS = 80
TEXT_CHARACTERS = 120

# A sentence's end, a mark at the start, an address, a mail's header: no headline is so.
NO_HEADLINE = re.compile(
    r".*[.,;:。…]|[^\w\s\"'“„«‘¿¡].*|(?:from|to|date|subject): .*|.*://.*", re.IGNORECASE
)


def with_head(page: Page) -> Page:
    """Give a page of plain text with its head marked up; any other page as it is."""
    if page.plain is None:
        return page
    lines = [" ".join(line.split()) for line in page.plain.strip("\ufeff \t\r\n").splitlines()]
    count = head_lines(lines, page)
    if not count:
        return page
    rest = "".join(f"<p>{html.escape(line)}</p>" for line in lines[1:] if line)
    marked = f"<html><body><h1>{html.escape(lines[0])}</h1>{rest}</body></html>"
    return replace(page, root=parse_tree(marked.encode()))


def head_lines(lines: Sequence[str], page: Page) -> int:
    """Give how many lines are the head, blank ones counted; 0 where the first is no headline.

    It is one where a blank line, or the lines of writer and day, part it from a paragraph.
    """
    first = lines[0] if lines else ""
    if len(first) not in HEADLINE_CHARACTERS or NO_HEADLINE.fullmatch(first):
        return 0
    end, facts = 1, 0
    while end < len(lines) and (not lines[end] or (facts < FACTS and is_fact(lines[end], page))):
        facts += bool(lines[end])
        end += 1
    apart = facts > 0 or (end > 1 and not lines[end - 1])
    following = lines[end:]
    stop = following.index("") if "" in following else len(following)
    return end if apart and sum(map(len, following[:stop])) >= TEXT_CHARACTERS else 0


def is_fact(line: str, page: Page) -> bool:
    """Tell whether a line says who wrote or when, and nothing longer."""
    if len(line) > FACT_CHARACTERS:
        return False
    found = find_dates(line, captured_at=page.captured_at, languages=())
    return bool(OWN_LINE.match(line)) or any(one.strength == FULL for one in found)
